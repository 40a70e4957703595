"""An SVG gradient → a PDF shading and the matrix that puts it in its place.

svglib drops gradientTransform, a focal point and the stretching to a shape's box; none is dropped
here. What a PDF shading can't do (repeats, translucent stops) is an Unkept with its name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from reportlab.graphics.shapes import mmult
from reportlab.lib.colors import toColor

from handouts.pdf.figures.painters import Colour, Matrix, Step, colour, precise

Box = tuple[float, float, float, float]  # left, top, right, bottom
_XY = {"linearGradient": {"x1": "0", "y1": "0", "x2": "1", "y2": "0"},
       "radialGradient": {"cx": ".5", "cy": ".5", "r": ".5", "fx": "", "fy": ""}}
_TRANSFORM = re.compile(r"(matrix|translate|scale)\(([^()]*)\)")
_GAP = 1e-4  # between two stops at one place: the bounds of a function must rise


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
        stretched: Matrix = mmult((right - left, 0, 0, bottom - top, left, top), self.matrix)
        return stretched

    def shading(self) -> str:
        """The shading's dictionary."""
        places = " ".join(precise(value) for value in self.coordinates)
        return (f"<</ShadingType {2 if len(self.coordinates) == 4 else 3}/ColorSpace/DeviceRGB"
                f"/Coords[{places}]/Extend[true true]/Function{_function(self.stops)}>>")


def read_gradient(name: str, named: dict[str, Element]) -> Gradient:
    """The gradient of this id, with what it takes from others; Unkept for what is not kept,
    another ValueError for a number that is none."""
    chain = [named[name]]
    while (above := chain[-1].get("href", "").removeprefix("#")) in named:
        if len(chain) > 9:
            raise Unkept("a gradient that refers to itself")
        chain.append(named[above])
    given: dict[str, str] = {}
    for element in reversed(chain):
        given |= element.attrib
    if given.get("spreadMethod", "pad") != "pad" or "fr" in given:
        raise Unkept("a gradient that repeats or has an inner circle")
    stops = next((found for element in chain if (found := list(element.iter("stop")))), [])
    if not stops:
        raise Unkept("a gradient without colours")
    in_box = given.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox"
    return Gradient(_coordinates(chain[0].tag, given, in_box),
                    _matrix(given.get("gradientTransform", "")), in_box, _stops(stops))


def _coordinates(tag: str, given: dict[str, str], in_box: bool) -> tuple[float, ...]:
    texts = {name: given.get(name) or default for name, default in _XY[tag].items()}
    if not in_box and any(name not in given or given[name].endswith("%")
                          for name, default in _XY[tag].items() if default):
        raise Unkept("a gradient placed in per cent of the whole")
    texts |= {f: texts[c] for f, c in (("fx", "cx"), ("fy", "cy")) if texts.get(f) == ""}
    at = {name: float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
          for name, text in texts.items()}
    if tag == "linearGradient":
        return at["x1"], at["y1"], at["x2"], at["y2"]
    if (at["fx"] - at["cx"]) ** 2 + (at["fy"] - at["cy"]) ** 2 >= at["r"] ** 2:
        raise Unkept("a gradient with its focus outside its circle")
    return at["fx"], at["fy"], 0, at["cx"], at["cy"], at["r"]


def _matrix(text: str) -> Matrix:
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    if _TRANSFORM.sub("", text).strip(" ,"):
        raise Unkept("a gradient that is turned")
    for kind, listed in _TRANSFORM.findall(text):
        n = [float(value) for value in listed.replace(",", " ").split()]
        if len(n) not in ((6,) if kind == "matrix" else (1, 2)):
            raise Unkept("a gradient that is turned")
        step = {"matrix": n, "translate": [1, 0, 0, 1, *n, 0], "scale": [n[0], 0, 0, n[-1], 0, 0]}
        matrix = mmult(matrix, tuple(step[kind][:6]))
    return matrix


def _stops(elements: list[Element]) -> tuple[tuple[float, Colour], ...]:
    stops: list[tuple[float, Colour]] = []
    for element in elements:
        if float(element.get("stop-opacity", "1")) < 1 or element.get("stop-color") == "none":
            raise Unkept("a gradient that fades to nothing")
        offset = element.get("offset", "0")
        place = float(offset.rstrip("%")) / (100 if offset.endswith("%") else 1)
        found = toColor(element.get("stop-color", "#000000"))
        stops.append((max(0, min(1, place), stops[-1][0] if stops else 0),
                      (found.red, found.green, found.blue)))
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


PAINTED = ("fill", "stroke", "stop-color")
_SELECTOR = re.compile(r"(\*|\w+)?(?:([.#])([\w-]+))?")


class Unkept(ValueError):
    """What an SVG has that would be drawn wrong."""


def cascade(root: Element) -> None:
    """Turns styles into attributes: a rule beats an attribute, a style of its own beats both."""
    rules = _rules(root)
    for parent in list(root.iter()):
        for sheet in parent.findall("style"):
            parent.remove(sheet)
    for element in root.iter():
        for _, selector, body in rules:
            if _selects(selector, element):
                element.attrib.update(body)
        element.attrib.update(_declared(element.attrib.pop("style", "")))


def _rules(root: Element) -> list[tuple[int, re.Match[str], dict[str, str]]]:
    """The rules of all style sheets, the weakest first."""
    rules = []
    for sheet in root.iter("style"):
        for selectors, body in _plain_rules(_without_comments(sheet.text or "")):
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if not match:
                    raise Unkept("a style sheet with more than class names")
                weight = {None: 0, ".": 2, "#": 4}[match[2]] + (match[1] not in (None, "*"))
                rules.append((weight, match, _declared(body)))
    return sorted(rules, key=lambda rule: rule[0])


def _without_comments(text: str) -> str:
    """The style sheet without what stands in comments; one left open goes on to the end."""
    parts, at = list[str](), 0
    while (start := text.find("/*", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("*/", start + 2)
        if end < 0:
            return "".join(parts)
        at = end + 2
    return "".join([*parts, text[at:]])


def _plain_rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule."""
    *rules, rest = text.split("}")
    for selectors, brace, body in (rule.partition("{") for rule in rules):
        if not brace or "{" in body:
            raise Unkept("a style sheet with more than plain rules")
        yield selectors, body
    if rest.strip():
        raise Unkept("a style sheet with more than plain rules")


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _selects(selector: re.Match[str], element: Element) -> bool:
    tag, kind, name = selector.groups()
    if tag not in (None, "*", element.tag):
        return False
    if kind == ".":
        return name in element.get("class", "").split()
    return kind is None or element.get("id") == name


def set_current_colours(element: Element, colour: str = "#000000",
                        names: frozenset[str] = frozenset()) -> None:
    """Writes out `currentColor`: the colour of the element that is drawn, its own or inherited.

    `names` are the properties for which the elements around have said it.
    """
    own = element.attrib.pop("color", "inherit")
    inherits = own.lower() in ("inherit", "currentcolor")
    colour = colour if inherits else own
    for name in PAINTED:
        value = element.get(name, "inherit").lower()
        if value == "currentcolor" or (value == "inherit" and name in names and not inherits):
            element.set(name, colour)
        if value != "inherit":
            names = names | {name} if value == "currentcolor" else names - {name}
    for child in element:
        set_current_colours(child, colour, names)
