"""A plain SVG's shapes, as svglib reads them → operators and resources."""

import logging
from collections.abc import Iterator
from io import BytesIO
from math import hypot
from typing import Any

from reportlab.graphics import shapes
from reportlab.graphics.shapes import mmult
from reportlab.lib.colors import CMYKColor
from reportlab.pdfgen.canvas import FILL_EVEN_ODD
from svglib.svglib import svg2rlg

from handouts.errors import PackError
from handouts.pdf.figures.painters import Colour, Matrix, Paint, Pen, Step, moved, precise, written
from handouts.pdf.figures.plainsvg import PlainSvg, plain
from handouts.pdf.figures.svgpaint import Gradient, box_of

_ROUND = 0.5522847498  # a quarter of a circle as a cubic: 4/3 (√2 - 1)
_PATH_STEPS = (("m", 2), ("l", 2), ("c", 6), ("h", 0))  # by ReportLab's operator numbers
_log = logging.getLogger("svglib")
_log.propagate = False  # its complaints become errors here


def compiled(source: bytes, label: str, units: int) -> tuple[bytes, bytes, int, int]:
    """Operators, resources, width and height, the longer side `units` long."""
    read = plain(source, label)
    scale = units / max(read.box[2:])
    width, height = (max(1, round(side * scale)) for side in read.box[2:])
    press = _Press(read, label)
    try:
        drawing = _parsed(read, label)
        press.draw(drawing, (width / drawing.width, 0, 0, height / drawing.height, 0, 0))
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
        # What svglib and float raise for numbers that are none, or that no paper can hold.
        raise PackError("the SVG has a damaged shape", where=label,
                        cure="Export it again as plain paths.") from error
    operators = "\n".join(press.pen.lines)
    return operators.encode(), press.resources().encode(), width, height


class _Complaints(logging.Handler):
    """Whether svglib says that it could not do something; its words are its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Notes that there is one."""
        self.told = True


def _parsed(read: PlainSvg, label: str) -> Any:
    complaints = _Complaints()
    _log.addHandler(complaints)
    try:
        drawing = svg2rlg(BytesIO(read.svg))
    finally:
        _log.removeHandler(complaints)
    if drawing is None or complaints.told:
        raise PackError("the SVG has a colour, shape or transform that can't be read as drawn",
                        where=label, cure="Export it as plain paths.")
    return drawing


class _Press:
    """Walks the shapes with a pen."""

    def __init__(self, read: PlainSvg, label: str) -> None:
        self.pen, self.read, self.label = Pen(), read, label
        self.shaded: list[Gradient] = []

    def draw(self, group: Any, matrix: Matrix) -> None:
        """Draws what is in a group; a clip path holds for what follows it there."""
        inner = mmult(matrix, group.transform)
        clips = 0
        for child in group.contents:
            if getattr(child, "isClipPath", 0):
                self.pen.save()
                clips += 1
                self.pen.clip(written(moved(_steps(child), inner)),
                              even_odd=child.fillMode == FILL_EVEN_ODD)
            elif isinstance(child, shapes.Group):
                self.draw(child, inner)
            else:
                self._shape(child, inner)
        for _ in range(clips):
            self.pen.restore()

    def _shape(self, shape: Any, matrix: Matrix) -> None:
        steps = list(_steps(shape))
        look = self._look(shape, matrix)
        filled = getattr(shape, "fillColor", None)
        if isinstance(filled, CMYKColor):
            self._shade(self.read.gradients[round(filled.black * 100)], steps, matrix, look)
            look = Paint(**(vars(look) | {"fill": None}))
        self.pen.paint(written(moved(steps, matrix)), look)

    def _shade(self, gradient: Gradient, steps: list[Step], matrix: Matrix, look: Paint) -> None:
        box = box_of(steps)
        if box[0] == box[2] or box[1] == box[3]:
            return
        if gradient not in self.shaded:
            self.shaded.append(gradient)
        self.pen.save()
        self.pen.clip(written(moved(steps, matrix)), even_odd=look.even_odd)
        self.pen.shade(f"S{self.shaded.index(gradient)}", mmult(matrix, gradient.placed(box)),
                       look.fill_opacity)
        self.pen.restore()

    def _look(self, shape: Any, matrix: Matrix) -> Paint:
        given = shape.getProperties()  # svglib's NoStrokePath tells only there that it has none
        stroke = _rgb(given.get("strokeColor"))
        scale = self._scale(matrix) if stroke else 1
        return Paint(
            _rgb(given.get("fillColor")), stroke,
            even_odd=given.get("fillMode") == FILL_EVEN_ODD,
            fill_opacity=_opacity(given.get("fillOpacity")),
            stroke_opacity=_opacity(given.get("strokeOpacity")),
            width=shape.strokeWidth * scale, cap=shape.strokeLineCap, join=shape.strokeLineJoin,
            miter=self.read.miter,
            dash=tuple(length * scale for length in shape.strokeDashArray or ()))

    def _scale(self, matrix: Matrix) -> float:
        """How much wider a stroke gets; PackError where it would get uneven."""
        a, b, c, d = matrix[:4]
        across, down = hypot(a, b), hypot(c, d)
        if abs(across - down) > 0.01 * across or abs(a * c + b * d) > 0.01 * across * down:
            raise PackError("the SVG has a stroke that is stretched or slanted", where=self.label,
                            cure="Expand the strokes, or apply the transformations.")
        return across

    def resources(self) -> str:
        """The resource dictionary."""
        states = "".join(f"/G{at}<</ca {precise(fill)}/CA {precise(stroke)}>>"
                         for at, (fill, stroke) in enumerate(self.pen.opacities))
        shadings = "".join(f"/S{at}{gradient.shading()}"
                           for at, gradient in enumerate(self.shaded))
        return "<<" + (f"/ExtGState<<{states}>>" if states else "") + (
            f"/Shading<<{shadings}>>" if shadings else "") + ">>"


def _rgb(colour: Any) -> Colour | None:
    return None if colour is None else (colour.red, colour.green, colour.blue)


def _opacity(given: float | None) -> float:
    return 1.0 if given is None else float(given)


# -- shapes to paths -------------------------------------------------------------------------------


def _steps(shape: Any) -> Iterator[Step]:
    """The path of any shape, in its own units."""
    if isinstance(shape, shapes.Path):
        yield from _path(shape)
    elif isinstance(shape, shapes.Rect):
        yield from _rect(shape)
    elif isinstance(shape, shapes.Circle):
        yield from _ellipse(shape.cx, shape.cy, shape.r, shape.r)
    elif isinstance(shape, shapes.Ellipse):
        yield from _ellipse(shape.cx, shape.cy, shape.rx, shape.ry)
    else:
        line = isinstance(shape, shapes.Line)
        points = (shape.x1, shape.y1, shape.x2, shape.y2) if line else tuple(shape.points)
        for at in range(0, len(points), 2):
            yield ("l" if at else "m"), points[at:at + 2]
        if isinstance(shape, shapes.Polygon):
            yield "h", ()


def _path(path: Any) -> Iterator[Step]:
    at, last, points = 0, "", ()
    for number in path.operators:
        operator, count = _PATH_STEPS[number]
        if operator == "h" and last == "m":  # a dot: not every viewer shows one without a line
            yield "l", points
        points = tuple(path.points[at:at + count])
        yield operator, points
        at, last = at + count, operator


def _rect(rect: Any) -> Iterator[Step]:
    x, y, wide, high, rx, ry = rect.x, rect.y, rect.width, rect.height, rect.rx or 0, rect.ry or 0
    right, bottom = x + wide, y + high
    if not rx or not ry:
        yield from (("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)),
                    ("h", ()))
        return
    kx, ky = rx * (1 - _ROUND), ry * (1 - _ROUND)
    yield "m", (x + rx, y)
    yield "l", (right - rx, y)
    yield "c", (right - kx, y, right, y + ky, right, y + ry)
    yield "l", (right, bottom - ry)
    yield "c", (right, bottom - ky, right - kx, bottom, right - rx, bottom)
    yield "l", (x + rx, bottom)
    yield "c", (x + kx, bottom, x, bottom - ky, x, bottom - ry)
    yield "l", (x, y + ry)
    yield "c", (x, y + ky, x + kx, y, x + rx, y)
    yield "h", ()


def _ellipse(x: float, y: float, rx: float, ry: float) -> Iterator[Step]:
    kx, ky = rx * _ROUND, ry * _ROUND
    yield "m", (x + rx, y)
    yield "c", (x + rx, y + ky, x + kx, y + ry, x, y + ry)
    yield "c", (x - kx, y + ry, x - rx, y + ky, x - rx, y)
    yield "c", (x - rx, y - ky, x - kx, y - ry, x, y - ry)
    yield "c", (x + kx, y - ry, x + rx, y - ky, x + rx, y)
    yield "h", ()
