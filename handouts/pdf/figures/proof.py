"""A stranger's SVG → its drawing as shapes, or a picture of it where shapes can't keep it.

resvg draws the SVG, and it draws the shapes that were read of it. Only where the two look the same
are the shapes printed. Neither may be blank on white paper.
"""

from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from handouts.brand.raster import HEADER_PIXELS, MAX_DATA, as_light_png, leaves_ink
from handouts.errors import PackError
from handouts.pdf.figures.painters import Matrix, PathPaint, Shading, precise
from handouts.pdf.figures.plainsvg import read_svg, size_of, view_box
from handouts.pdf.figures.svgpaint import Gradient, Unkept
from handouts.pdf.figures.svgwalk import draw
from handouts.pdf.figures.vectors import Compiled, compile_svg
from handouts.pdf.file.objects import deflated

if TYPE_CHECKING:
    from PIL.Image import Image

UNITS = 4000  # the longer side: fine enough for the letters of a long name
SEEN_AT = 300  # squared, the pixels at which two drawings are held against each other
DIFFERENT = 32  # of 255: two dots that differ by more are not the same
SAME = 0.01  # the part of all dots that may be different
_LEAST = 2  # pixels; what is narrower on paper is a hair at most
_SVG = "http://www.w3.org/2000/svg"
_MAGIC = b"handouts-picture 1 "


@dataclass(frozen=True)
class Pixels:
    """A picture of a drawing as a PNG, 600 dots to the inch in the head, and why it is one."""

    png: bytes
    why: str

    def packed(self) -> bytes:
        """The picture as bytes to keep."""
        return _MAGIC + self.why.encode() + b"\n" + self.png

    @classmethod
    def unpacked(cls, data: bytes) -> "Pixels | None":
        """The picture from kept bytes, if it is one."""
        why, _, png = data.removeprefix(_MAGIC).partition(b"\n")
        return cls(png, why.decode()) if data.startswith(_MAGIC) else None


def proved(source: bytes, label: str) -> Compiled | Pixels:
    """The drawing, or its picture; PackError when it can't be drawn, or is blank on white paper."""
    size = _size(source, label)
    seen_at = _scaled(size, SEEN_AT / sqrt(size[0] * size[1]))
    wanted = drawn(source, label, seen_at)
    if min(size) * min(HEADER_PIXELS[0] / size[0], HEADER_PIXELS[1] / size[1]) < 2 * _LEAST or (
            not leaves_ink(wanted)):
        raise PackError("the SVG is blank on white paper", where=label,
                        cure="Export the dark version of the logo, with all of it inside the "
                        "picture.")
    try:
        drawing = compile_svg(source, label, UNITS)
        if len(deflated(drawing.operators)) > MAX_DATA:
            raise PackError("has too many shapes for a light page")
        if is_same(drawn(_rewritten(source, label), label, seen_at), wanted):
            return drawing
        why = "an effect that shapes can't keep"
    except PackError as error:
        why = error.problem.removeprefix("the SVG ").partition(", which")[0]
    pixels = min(HEADER_PIXELS[0] / size[0], HEADER_PIXELS[1] / size[1])
    return Pixels(as_light_png(drawn(source, label, _scaled(size, pixels))),
                  why.removeprefix("has "))


def _scaled(size: tuple[int, int], by: float) -> tuple[int, int]:
    """A size in pixels; of a hair a pixel is left."""
    return max(1, min(UNITS, round(size[0] * by))), max(1, min(UNITS, round(size[1] * by)))


def is_same(one: "Image", other: "Image") -> bool:
    """Whether two pictures of a size look the same, but for a few dots at the edges of shapes."""
    return share_of_different(one, other) <= SAME


def share_of_different(one: "Image", other: "Image") -> float:
    """The part of the dots in which two RGB pictures of a size are different."""
    from functools import reduce

    from PIL import ImageChops

    most = reduce(ImageChops.lighter, ImageChops.difference(one, other).split()).histogram()
    return sum(most[DIFFERENT + 1:]) / (one.width * one.height)


def _size(source: bytes, label: str) -> tuple[int, int]:
    try:
        return size_of(read_svg(source, label), UNITS)
    except Unkept as error:
        raise PackError(f"the SVG has {error}", where=label,
                        cure="Export it again, with a size.") from error


def drawn(source: bytes, label: str, size: tuple[int, int]) -> "Image":
    """The SVG on white as resvg draws it: without fonts, and without any file but this one.

    It is drawn twice as large first, for else the paper shows between shapes that touch.
    """
    import resvg_py
    from PIL import Image

    root = fromstring(source)
    root.attrib |= {"width": f"{2 * size[0]}", "height": f"{2 * size[1]}",
                    "preserveAspectRatio": "none"}
    try:
        png = resvg_py.svg_to_bytes(svg_string=tostring(root, "unicode"), skip_system_fonts=True,
                                    background="#ffffff", dpi=96)
    except ValueError as error:
        raise PackError("the SVG is damaged", where=label, cure="Export it again.") from error
    with Image.open(BytesIO(png)) as picture:
        return picture.convert("RGB").reduce(2)


# -- shapes as an SVG ------------------------------------------------------------------------------


class _Proof:
    """A pen that writes what it draws as the plainest of SVGs."""

    def __init__(self, size: tuple[int, int], wide: float, high: float) -> None:
        box = {"viewBox": f"0 0 {wide} {high}", "width": f"{wide}", "height": f"{high}"}
        self.root = Element("svg", {"xmlns": _SVG} | box)
        self._names = 0
        self._parts = [[SubElement(self.root, "g", {
            "transform": f"matrix({wide / size[0]} 0 0 {-high / size[1]} 0 {high})"})]]

    def save(self) -> None:
        """Begins a part that may be clipped."""
        self._parts.append([self._parts[-1][-1]])

    def restore(self) -> None:
        """Ends it."""
        self._parts.pop()

    def clip(self, path: str, *, even_odd: bool) -> None:
        """Cuts what follows in this part."""
        name = self._named("clipPath", {})
        SubElement(name, "path", {"d": _data(path), "clip-rule": _rule(even_odd)})
        self._parts[-1].append(SubElement(self._parts[-1][-1], "g", {
            "clip-path": f"url(#{name.get('id')})"}))

    def shade(self, shading: Shading, matrix: Matrix, opacity: float) -> None:
        """Fills what the clip leaves."""
        assert isinstance(shading, Gradient)
        at = shading.coordinates
        kind, names = ("linearGradient", ("x1", "y1", "x2", "y2")) if len(at) == 4 else (
            "radialGradient", ("fx", "fy", "fr", "cx", "cy", "r"))
        placed = {"gradientUnits": "userSpaceOnUse", "gradientTransform":
                  f"matrix({' '.join(map(precise, matrix))})"}
        gradient = self._named(kind, placed | dict(zip(names, map(repr, at), strict=True)))
        for place, colour in shading.stops:
            SubElement(gradient, "stop", {"offset": f"{place}", "stop-color": _hex(colour)})
        self._draw("M-1000000-1000000H2000000V2000000H-1000000Z", {
            "fill": f"url(#{gradient.get('id')})", "fill-opacity": f"{opacity}"})

    def paint(self, path: str, look: PathPaint) -> None:
        """Fills and strokes a path."""
        given = {"fill": _hex(look.fill), "fill-rule": _rule(look.even_odd),
                 "fill-opacity": f"{look.fill_opacity}"}
        if look.stroke:
            given |= {"stroke": _hex(look.stroke), "stroke-width": f"{look.width}",
                      "stroke-opacity": f"{look.stroke_opacity}",
                      "stroke-linecap": ("butt", "round", "square")[look.cap],
                      "stroke-linejoin": ("miter", "round", "bevel")[look.join],
                      "stroke-miterlimit": f"{look.miter}"}
            given |= {"stroke-dasharray": " ".join(map(str, look.dash)),
                      "stroke-dashoffset": f"{look.dash_at}"} if look.dash else {}
        self._draw(_data(path), given)

    def _draw(self, data: str, given: dict[str, str]) -> None:
        SubElement(self._parts[-1][-1], "path", {"d": data} | given)

    def _named(self, kind: str, given: dict[str, str]) -> Element:
        self._names += 1
        return SubElement(self.root, kind, {"id": f"n{self._names}"} | given)


def _rewritten(source: bytes, label: str) -> bytes:
    """The SVG as an SVG of nothing but the shapes that were read of it."""
    root = read_svg(source, label)
    proof = _Proof(size := size_of(root, UNITS), *view_box(root)[2:])
    draw(root, proof, size)
    return tostring(proof.root)


def _data(path: str) -> str:
    """Operators of a path as path data."""
    out, at = list[str](), ("0", "0")
    for line in path.splitlines():
        *points, operator = line.split()
        if operator == "v":
            points = [*at, *points]
        elif operator == "y":
            points = [*points, *points[-2:]]
        out += [{"h": "Z", "v": "C", "y": "C"}.get(operator, operator.upper()), *points]
        at = (points[-2], points[-1]) if points else at
    return " ".join(out)


def _hex(colour: tuple[float, float, float] | None) -> str:
    return "none" if colour is None else "#" + "".join(f"{round(part * 255):02x}"
                                                       for part in colour)


def _rule(even_odd: bool) -> str:
    return "evenodd" if even_odd else "nonzero"
