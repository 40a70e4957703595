"""An SVG → the shapes that it draws, one after the other, each in its place and its paint.

A strict reader: what it does not know, or PDF can't hold, is an Unkept with its name. What it can
only guess (a mask taken for a clip path, the opacity of a group given to each of its shapes) is
held against another program's drawing of the same SVG (`ink`) before it is printed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import hypot, sqrt
from xml.etree.ElementTree import Element

from handouts.drawings.svg import length
from handouts.pdf.figures.painters import (
    Colour,
    Matrix,
    PathPaint,
    ShapeWriter,
    Step,
    moved,
    multiplied,
    written,
)
from handouts.pdf.figures.plainsvg import apply_styles, check_kept, view_box
from handouts.pdf.figures.svgpaint import (
    GRADIENTS,
    URL,
    Gradient,
    Unkept,
    box_of,
    even_scale,
    fraction,
    index_of,
    read_colour,
    read_gradient,
)
from handouts.pdf.figures.svgshapes import IDENTITY, fitted, shape_steps, transform

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_GROUPS = {"g", "a", "svg"}
_UNDRAWN = {"defs", "symbol", "clipPath", "mask", "marker", "pattern", "filter", "style",
            *GRADIENTS}
_DEEPEST, _MOST = 60, 50_000  # levels; elements, copies among them

# What a shape takes from the elements around it, and what holds where none of them says it.
_INHERITED = {
    "fill": "#000000", "stroke": "none", "color": "#000000", "fill-opacity": "1",
    "stroke-opacity": "1", "fill-rule": "nonzero", "clip-rule": "nonzero", "stroke-width": "1",
    "stroke-linecap": "butt", "stroke-linejoin": "miter", "stroke-miterlimit": "4",
    "stroke-dasharray": "none", "stroke-dashoffset": "0", "visibility": "visible",
    "paint-order": "normal", "marker-start": "none", "marker-mid": "none", "marker-end": "none"}
_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")


def draw(root: Element, pen: ShapeWriter, size: tuple[int, int]) -> None:
    """Draws what `read_svg` has read into a frame from 0,0 whose y axis goes up.

    Unkept for what can't be kept; ValueError and ArithmeticError for numbers that are none.
    """
    left, top, wide, high = view_box(root)
    across, down = size[0] / wide, size[1] / high
    apply_styles(root)
    _Drawing(root, pen, wide, high).element(
        root, _Place((across, 0, 0, -down, across * -left, down * (high + top)), _INHERITED))


# -- the walk --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Where an element stands: what is drawn with, and in which units."""

    matrix: Matrix
    look: Mapping[str, str]
    opacity: float = 1
    depth: int = 0

    def within(self, element: Element, more: Matrix = IDENTITY) -> "_Place":
        """The place inside an element."""
        own = {name: value for name, value in element.attrib.items()
               if name in _INHERITED and value != "inherit"}
        if own.get("color", "").lower() == "currentcolor":
            del own["color"]
        matrix = multiplied(self.matrix, transform(element.get("transform", "")))
        return _Place(multiplied(matrix, more), {**self.look, **own},
                      self.opacity * fraction(element.get("opacity", "1")), self.depth + 1)


class _Drawing:
    """Walks elements with a pen."""

    def __init__(self, root: Element, pen: ShapeWriter, wide: float, high: float) -> None:
        self.pen, self.wide, self.high = pen, wide, high
        self.named = {part.get("id", ""): part for part in root.iter() if part.get("id")}
        self.colour = root.get("color", "#000000")
        self.walked = 0

    def element(self, element: Element, place: _Place) -> None:
        """Draws an element and all in it."""
        self.walked += 1
        if place.depth > _DEEPEST or self.walked > _MOST:
            raise Unkept("more shapes than fit on paper")
        if element.tag in _UNDRAWN or element.get("display") == "none":
            return
        check_kept(element)
        inner = place.within(element)
        cuts = self._cut(element, inner)
        if element.tag in SHAPES:
            self._shape(element, inner)
        elif element.tag == "use":
            self._copy(element, inner)
        elif element.tag == "switch":
            self._children([child for child in element if _is_shown(child)][:1], inner)
        elif element.tag in _GROUPS and not (element.tag == "svg" and place.depth):
            self._children(list(element), inner)
        else:
            raise Unkept(f"a <{element.tag[:30]}> element")
        for _ in range(cuts):
            self.pen.restore()

    def _children(self, children: list[Element], place: _Place) -> None:
        for child in children:
            self.element(child, place)

    def _copy(self, use: Element, place: _Place) -> None:
        """What a <use> shows, where it shows it."""
        target = self.named.get(use.get("href", "").removeprefix("#"))
        if target is None:
            return  # nothing is shown (SVG 2, 5.6)
        at: Matrix = (1, 0, 0, 1, length(use.get("x", ""), self.wide),
                      length(use.get("y", ""), self.high))
        moved_by = _Place(multiplied(place.matrix, at), place.look, place.opacity, place.depth)
        if target.tag != "symbol":
            self.element(target, moved_by)
            return
        sides = [length(use.get(name) or target.get(name) or "100%", whole, whole)
                 for name, whole in (("width", self.wide), ("height", self.high))]
        fit, frame = fitted(target, sides[0], sides[1])
        inner = moved_by.within(target, fit)
        self.pen.save()
        self.pen.clip(written(moved(frame, inner.matrix)), even_odd=False)
        self._children(list(target), inner)
        self.pen.restore()

    # -- clips -------------------------------------------------------------------------------------

    def _cut(self, element: Element, place: _Place) -> int:
        """Clips what follows as the element wants it; gives how many parts that began."""
        cuts = 0
        for name, tag in (("clip-path", "clipPath"), ("mask", "mask")):
            given = element.get(name, "none")
            if given == "none":
                continue
            match = URL.fullmatch(given)
            cutter = self.named.get(match[1]) if match else None
            if cutter is None or cutter.tag != tag or cutter.get("display") == "none":
                raise Unkept(f"a '{name}' of something else")
            self._clip(cutter, self._units(cutter, element, place))
            cuts += 1
        return cuts

    def _units(self, cutter: Element, element: Element, place: _Place) -> _Place:
        """The place of what cuts an element: in its units, or in those of its box."""
        name = "clipPathUnits" if cutter.tag == "clipPath" else "maskContentUnits"
        if cutter.get(name, "userSpaceOnUse") == "userSpaceOnUse":
            return _Place(place.matrix, _INHERITED)
        steps = self._steps(element) if element.tag in SHAPES else []
        if not steps:
            raise Unkept("a clip path by the size of a group")
        left, top, right, bottom = box_of(steps)
        return _Place(multiplied(place.matrix, (right - left, 0, 0, bottom - top, left, top)),
                      _INHERITED)

    def _clip(self, cutter: Element, place: _Place) -> None:
        """Opens a part that shows only what the shapes of a clip path or mask cover."""
        if cutter.get("clip-path", "none") != "none" or cutter.get("mask", "none") != "none":
            raise Unkept("a clip path that is cut itself")
        inner = place.within(cutter)
        parts = list(self._covered(cutter, inner, is_mask=cutter.tag == "mask",
                                   luminance=cutter.get("mask-type", "luminance") != "alpha"))
        rules = {even_odd for _, even_odd in parts}
        path = "".join(path for path, _ in parts)
        if not path or (len(parts) > 1 and rules != {False}):
            raise Unkept("a clip path of shapes that can't be joined")
        self.pen.save()
        self.pen.clip(path, even_odd=rules == {True})

    def _covered(self, element: Element, place: _Place, *, is_mask: bool,
                 luminance: bool) -> Iterator[tuple[str, bool]]:
        """The paths that are covered inside an element, and whether by the even-odd rule."""
        for child in element:
            self.walked += 1
            if place.depth > _DEEPEST or self.walked > _MOST:
                raise Unkept("more shapes than fit on paper")
            if child.tag in _UNDRAWN or child.get("display") == "none":
                continue
            check_kept(child)
            inner = place.within(child)
            if child.get("clip-path", "none") != "none" or child.get("mask", "none") != "none":
                raise Unkept("a clip path that is cut itself")
            if child.tag == "g":
                yield from self._covered(child, inner, is_mask=is_mask, luminance=luminance)
                continue
            shape, inner = self._behind(child, inner)
            if is_mask and not _is_solid(inner, luminance=luminance):
                raise Unkept("a mask")
            rule = inner.look["fill-rule" if is_mask else "clip-rule"]
            yield written(moved(self._steps(shape), inner.matrix)), rule == "evenodd"

    def _behind(self, child: Element, place: _Place) -> tuple[Element, _Place]:
        """A shape, or the shape that a <use> shows, and its place."""
        if child.tag == "use":
            target = self.named.get(child.get("href", "").removeprefix("#"))
            at: Matrix = (1, 0, 0, 1, length(child.get("x", ""), self.wide),
                          length(child.get("y", ""), self.high))
            if target is not None:
                return target, _Place(multiplied(place.matrix, at), place.look, place.opacity,
                                      place.depth).within(target)
        return child, place

    # -- shapes ------------------------------------------------------------------------------------

    def _steps(self, shape: Element) -> list[Step]:
        if shape.tag not in SHAPES:
            raise Unkept(f"a <{shape.tag[:30]}> element in a clip path")
        return shape_steps(shape.tag, shape.attrib, self.wide, self.high)

    def _shape(self, element: Element, place: _Place) -> None:
        steps = self._steps(element)
        if place.look["visibility"] != "visible" or not steps:
            return
        path = written(moved(steps, place.matrix))
        stroke = self._stroke(place)
        if place.look["paint-order"].startswith("stroke"):
            self.pen.paint(path, stroke)
            stroke = PathPaint()
        look = replace(stroke, even_odd=place.look["fill-rule"] == "evenodd")
        opacity = place.opacity * fraction(place.look["fill-opacity"])
        fill = self._paint("fill", place)
        if isinstance(fill, Gradient):
            self._shade(fill, steps, place, look, opacity)
        elif fill is not None:
            look = replace(look, fill=fill[0], fill_opacity=opacity * fill[1])
        self.pen.paint(path, look)

    def _shade(self, gradient: Gradient, steps: list[Step], place: _Place, look: PathPaint,
               opacity: float) -> None:
        box = box_of(steps)
        if box[0] == box[2] or box[1] == box[3]:
            return
        self.pen.save()
        self.pen.clip(written(moved(steps, place.matrix)), even_odd=look.even_odd)
        self.pen.shade(gradient, multiplied(place.matrix, gradient.placed(box)), opacity)
        self.pen.restore()

    def _stroke(self, place: _Place) -> PathPaint:
        look, diagonal = place.look, hypot(self.wide, self.high) / sqrt(2)
        found, wide = self._paint("stroke", place), length(look["stroke-width"], diagonal, 1)
        if found is None or wide <= 0:
            return PathPaint()
        if isinstance(found, Gradient):
            raise Unkept("a gradient along a line")
        scale = even_scale(place.matrix)
        dash = [length(part, diagonal, -1) for part in look["stroke-dasharray"].replace(
            ",", " ").split() if part != "none"]
        is_dashed = sum(dash) > 0 and min(dash) >= 0
        return PathPaint(
            None, found[0], stroke_opacity=place.opacity * fraction(look["stroke-opacity"])
            * found[1], width=wide * scale, cap=index_of(look["stroke-linecap"], _CAPS),
            join=index_of(look["stroke-linejoin"], _JOINS),
            miter=max(1.0, length(look["stroke-miterlimit"], 1, 4)),
            dash=tuple(part * scale for part in dash) if is_dashed else (),
            dash_at=length(look["stroke-dashoffset"], diagonal) * scale if is_dashed else 0)

    def _paint(self, name: str, place: _Place) -> tuple[Colour, float] | Gradient | None:
        """The colour and opacity of a fill or stroke, or its gradient; None for none at all."""
        text, current = place.look[name], place.look["color"]
        match = URL.fullmatch(text.strip())
        target = self.named.get(match[1]) if match else None
        if target is not None and target.tag not in GRADIENTS:
            raise Unkept(f"a <{target.tag[:30]}> element")
        if match and target is not None:
            gradient = read_gradient(match[1], self.named, self.wide, self.high, self.colour)
            return (gradient.stops[-1][1], 1.0) if gradient.is_one_colour() else gradient
        return read_colour(match[2] if match else text, current)


def _is_shown(child: Element) -> bool:
    """Whether a switch may show a child: it asks for nothing that we do not have."""
    language = child.get("systemLanguage", "en")
    return not child.get("requiredExtensions") and any(
        part.strip().lower().partition("-")[0] == "en" for part in language.split(","))


def _is_solid(place: _Place, *, luminance: bool) -> bool:
    """Whether a shape of a mask lets everything through."""
    fill = read_colour(place.look["fill"], place.look["color"])
    return (fill is not None and fill[1] * place.opacity * fraction(place.look["fill-opacity"]) == 1
            and place.look["stroke"] == "none" and (not luminance or min(fill[0]) > 0.99))
