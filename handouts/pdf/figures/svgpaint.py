"""What SVG says about paint → colours, and gradients as PDF shadings.

What a PDF shading can't do (repeats, translucent stops) is an Unkept with its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from xml.etree.ElementTree import Element

from handouts.drawings.svg import length
from handouts.pdf.figures.painters import Colour, Matrix, Step, colour, multiplied, precise
from handouts.pdf.figures.svgshapes import transform

Box = tuple[float, float, float, float]  # left, top, right, bottom
GRADIENTS = ("linearGradient", "radialGradient")
URL = re.compile(r"url\(\s*['\"]?#([^'\")]+?)['\"]?\s*\)\s*(.*)")
_HEX = re.compile("#[0-9a-fA-F]{6}")
_GAP = 1e-4  # between two stops at one place: the bounds of a function must rise


class Unkept(ValueError):
    """What an SVG has that can't be kept as shapes."""


# -- colours ---------------------------------------------------------------------------------------


def read_colour(text: str, current: str) -> tuple[Colour, float] | None:
    """A colour and its opacity (CSS Color 4), or None for none; Unkept for one that is unknown."""
    text = current if text.strip().lower() == "currentcolor" else text.strip()
    if text in ("", "none"):
        return None
    if _HEX.fullmatch(text):
        red, green, blue = bytes.fromhex(text[1:])
        return (red / 255, green / 255, blue / 255), 1.0
    from tinycss2.color4 import parse_color

    found = parse_color(text)
    if found is None or isinstance(found, str):
        raise Unkept("a colour that nobody knows")
    try:
        red, green, blue = (min(1.0, max(0.0, part)) for part in found.to("srgb").coordinates)
    except (NotImplementedError, TypeError) as error:
        raise Unkept("a colour that no printer knows") from error
    return (red, green, blue), min(1.0, max(0.0, found.alpha))


def fraction(text: str) -> float:
    """An opacity as 0 to 1."""
    return min(1.0, max(0.0, length(text, 1, 1)))


def even_scale(matrix: Matrix) -> float:
    """How much wider a stroke gets; Unkept where it would get uneven."""
    a, b, c, d = matrix[:4]
    across, down = hypot(a, b), hypot(c, d)
    if abs(across - down) > 0.01 * across or abs(a * c + b * d) > 0.01 * across * down:
        raise Unkept("a line that is stretched or slanted")
    return across


def index_of(value: str, names: tuple[str, ...]) -> int:
    """A line's cap or join as PDF numbers it; Unkept for one that PDF does not know."""
    if value not in names:
        raise Unkept("a line that ends or bends in a way of its own")
    return names.index(value)


# -- gradients -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gradient:
    """Stops along a line or between two circles, in the units of the shape or of its box."""

    coordinates: tuple[float, ...]
    matrix: Matrix
    in_box: bool
    stops: tuple[tuple[float, Colour], ...]

    def placed(self, box: Box) -> Matrix:
        """The matrix from the gradient's units to the shape's."""
        if not self.in_box:
            return self.matrix
        left, top, right, bottom = box
        return multiplied((right - left, 0, 0, bottom - top, left, top), self.matrix)

    def is_one_colour(self) -> bool:
        """Whether it has a single stop or no way to go, and so is its last colour (SVG 2, 14.2)."""
        at = self.coordinates
        still = at[:2] == at[2:] if len(at) == 4 else at[5] == 0
        return still or len(self.stops) == 1

    def shading(self) -> str:
        """The shading's dictionary."""
        places = " ".join(precise(value) for value in self.coordinates)
        return (f"<</ShadingType {2 if len(self.coordinates) == 4 else 3}/ColorSpace/DeviceRGB"
                f"/Coords[{places}]/Extend[true true]/Function{_function(self.stops)}>>")


def read_gradient(name: str, named: Mapping[str, Element], wide: float, high: float,
                  current: str) -> Gradient:
    """The gradient of this id, with what it takes from others; Unkept for what is not kept.

    Percentages are of the drawing's width and height. A transform that is none is a ValueError.
    """
    chain = [named[name]]
    while (above := chain[-1].get("href", "").removeprefix("#")) in named:
        if len(chain) > 9:
            raise Unkept("a gradient that refers to itself")
        chain.append(named[above])
    given: dict[str, str] = {}
    for element in reversed(chain):
        given |= element.attrib
    if given.get("spreadMethod", "pad") != "pad":
        raise Unkept("a gradient that repeats")
    stops = next((found for element in chain if (found := list(element.iter("stop")))), [])
    if not stops:
        raise Unkept("a gradient without colours")
    in_box = given.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox"
    size = (1.0, 1.0) if in_box else (wide, high)
    return Gradient(_coordinates(chain[0].tag, given, size),
                    transform(given.get("gradientTransform", "")), in_box,
                    _stops(stops, current))


def _coordinates(tag: str, given: Mapping[str, str],
                 size: tuple[float, float]) -> tuple[float, ...]:
    def at(name: str, part: float) -> float:
        whole = {"x": size[0], "y": size[1]}.get(name.strip("12cf"), sum(size) / 2)
        return length(given.get(name, ""), whole, whole * part)

    if tag == "linearGradient":
        return at("x1", 0), at("y1", 0), at("x2", 1), at("y2", 0)
    x, y, radius, inner = at("cx", .5), at("cy", .5), at("r", .5), at("fr", 0)
    focus = [at(name, 0) if name in given else middle for name, middle in (("fx", x), ("fy", y))]
    if radius and (focus[0] - x) ** 2 + (focus[1] - y) ** 2 >= radius ** 2:
        raise Unkept("a gradient with its focus outside its circle")
    return *focus, inner, x, y, radius


def _stops(elements: list[Element], current: str) -> tuple[tuple[float, Colour], ...]:
    stops: list[tuple[float, Colour]] = []
    for element in elements:
        found = read_colour(element.get("stop-color", "#000000"), element.get("color", current))
        if found is None or found[1] * fraction(element.get("stop-opacity", "1")) < 1:
            raise Unkept("a gradient that fades to nothing")
        place = min(1.0, max(0.0, length(element.get("offset", ""), 1)))
        stops.append((max(place, stops[-1][0] if stops else 0), found[0]))
    return tuple(stops)


def _function(stops: tuple[tuple[float, Colour], ...]) -> str:
    """A function from 0-1 to colours, stitched of straight pieces."""
    ends = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    kept = [ends[0]]
    for place, shade in ends[1:]:
        kept.append((max(place, kept[-1][0] + _GAP) if place > 0 else 0.0, shade))
    kept = [one for one, after in pairwise(kept) if after[0] > one[0]] + kept[-1:]
    pieces = [f"<</FunctionType 2/Domain[0 1]/C0[{colour(one[1])}]/C1[{colour(two[1])}]/N 1>>"
              for one, two in pairwise(kept)]
    bounds = " ".join(precise(place) for place, _ in kept[1:-1])
    return (f"<</FunctionType 3/Domain[0 {precise(kept[-1][0])}]/Bounds[{bounds}]"
            f"/Encode[{' '.join(['0 1'] * len(pieces))}]/Functions[{''.join(pieces)}]>>")


def box_of(steps: list[Step]) -> Box:
    """The box that a path fills, its curves at their true extent."""
    xs: list[float] = []
    ys: list[float] = []
    at = (0.0, 0.0)
    for operator, points in steps:
        if operator == "c":
            xs += _extent((at[0], *points[::2]))
            ys += _extent((at[1], *points[1::2]))
        elif points:
            xs.append(points[0])
            ys.append(points[1])
        at = (points[-2], points[-1]) if points else at
    return min(xs), min(ys), max(xs), max(ys)


def _extent(p: tuple[float, ...]) -> list[float]:
    """The ends of a cubic in one dimension, and its turning points in between."""
    a, b, c = p[3] - 3 * p[2] + 3 * p[1] - p[0], 2 * (p[2] - 2 * p[1] + p[0]), p[1] - p[0]
    root = max(b * b - 4 * a * c, 0) ** .5
    times = [(-b + root) / (2 * a), (-b - root) / (2 * a)] if abs(a) > 1e-9 else (
        [-c / b] if b else [])
    return [p[0], p[3], *((1 - t) ** 3 * p[0] + 3 * t * (1 - t) ** 2 * p[1]
                          + 3 * t * t * (1 - t) * p[2] + t ** 3 * p[3]
                          for t in times if 0 < t < 1)]
