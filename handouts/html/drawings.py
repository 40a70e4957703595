"""The drawings of a page: each is written into it once and shown by reference, mirrored or not."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import fromstring, tostring

from markupsafe import Markup

from handouts import document as doc
from handouts.drawings.inks import recolour
from handouts.drawings.svg import (
    BLACK,
    PANEL,
    Sign,
    anchors,
    bare,
    drawing_source,
    halves,
    mirrored,
    signs,
    strips,
    turned,
)
from handouts.html.writing import element, in_lines, together

SHAPES = {"x": "octagon", "bang": "triangle"}  # the badge shapes that are not a disc
_OUTLINES = {
    "disc": element("circle", cx="20", cy="20", r="20"),
    "octagon": element("path", d="M12 .8H28L39.2 12V28L28 39.2H12L.8 28V12Z"),
    "triangle": element("path", d="M20 3.5L38.5 35.5H1.5Z", stroke="currentColor",
                        stroke_width="3", stroke_linejoin="round"),
}
_COLOUR = re.compile("#[0-9A-F]{6}")
_MARGIN, _DISC, _APART = 110, 42, 92  # of a labelled figure, in its units


class Drawing(NamedTuple):
    """A drawing's size in its units, and what it draws."""

    width: float
    height: float
    shapes: Markup


class Drawings:
    """What a page draws, for the side that the handout is for, its people in a skin."""

    def __init__(self, side: str, skin: str, folder: Path | None = None) -> None:
        self._side, self._skin, self._folder = side, skin, folder
        self._used: dict[str, Drawing] = {}

    def figure(self, figure: doc.Figure) -> Markup:
        """A picture with its alternative text."""
        drawing = self._use(figure.name)
        return _image(figure.alt, f"0 0 {drawing.width:g} {drawing.height:g}",
                      self._placed(figure.name, drawing))

    def numbered(self, figure: doc.Figure, labels: tuple[doc.Label, ...]) -> Markup:
        """A picture whose labels are numbers at both sides, in the order of the labels."""
        drawing = self._use(figure.name)
        marks = [_mark(number, label, drawing)
                 for number, label in enumerate(self.placed(figure, labels), 1)]
        box = f"{-_MARGIN} 0 {drawing.width + 2 * _MARGIN:g} {drawing.height:g}"
        return _image(figure.alt, box, self._placed(figure.name, drawing), *marks)

    def placed(self, figure: doc.Figure, labels: tuple[doc.Label, ...]) -> "list[PlacedLabel]":
        """The labels where they stand: down the left side, then down the right one."""
        drawing, mirror = self._use(figure.name), self._mirrored(figure.name)
        sides: dict[bool, list[PlacedLabel]] = {False: [], True: []}
        for label in labels:
            left, top = anchors(figure.name, self._folder)[label.anchor]
            across = self._turned(left, figure.name) if mirror else left
            sides[across >= .5].append(
                PlacedLabel(label, across * drawing.width, top * drawing.height))
        return [label for side in sides.values() for label in _spread(side, drawing.height)]

    def icon(self, name: str) -> Markup:
        """An icon in the colour of the text around it; decoration."""
        return element("svg", self._icon(name), class_="icon", aria_hidden="true",
                       viewBox="0 0 24 24")

    def sign(self, name: str) -> Markup:
        """The picture of a sign, or as much room without one; decoration."""
        shown = [self._shown(name)] if name else []
        return element("svg", *shown, class_="sign", aria_hidden="true", viewBox="0 0 48 48")

    def _shown(self, name: str) -> Markup:
        self._use(name)
        return element("use", href=f"#{_id(name)}")

    def badge(self, name: str, *, always_disc: bool = False) -> Markup:
        """A light icon on a disc, an octagon or a triangle; decoration."""
        shape = "disc" if always_disc else SHAPES.get(name, "disc")
        left, top, size = (9.2, 11.4, 21.6) if shape == "triangle" else (5.9, 5.9, 28.2)
        glyph = self._icon(name, x=f"{left}", y=f"{top}", width=f"{size}", height=f"{size}",
                           class_="glyph")
        return element("svg", _OUTLINES[shape], glyph, class_="badge", aria_hidden="true",
                       viewBox="0 0 40 40", fill="currentColor")

    def store(self) -> Markup:
        """The drawings that were shown, hidden, for the places that show them."""
        symbols = (element("symbol", drawing.shapes, id=_id(name),
                           viewBox=f"0 0 {drawing.width:g} {drawing.height:g}")
                   for name, drawing in self._used.items())
        return element("svg", in_lines(symbols), class_="store", aria_hidden="true", width="0",
                       height="0")

    def _use(self, name: str) -> Drawing:
        return self._used.setdefault(name, _drawing(name, self._skin, self._folder))

    def is_wide(self, figure: doc.Figure) -> bool:
        """Whether a picture is wider than it is high."""
        drawing = self._use(figure.name)
        return drawing.width > drawing.height

    def _mirrored(self, name: str) -> bool:
        return mirrored(name, self._side, self._folder)

    def _icon(self, name: str, **attributes: str) -> Markup:
        self._use(f"icons/{name}")
        return element("use", href=f"#{_id(f'icons/{name}')}", **attributes)

    def _placed(self, name: str, drawing: Drawing) -> Markup:
        parts = strips(drawing.width, halves(name, self._folder))
        if not self._mirrored(name):
            shown = [_used(name, drawing)]
        elif len(parts) == 1:
            shown = [_used(name, drawing, parts[0])]
        else:
            shown = [_strip(name, drawing, part) for part in parts]
        return together([*shown, *(self._sign(sign, name, drawing)
                                   for sign in signs(name, self._folder))])

    def _turned(self, across: float, name: str) -> float:
        return turned(across, halves(name, self._folder))

    def _sign(self, sign: Sign, name: str, drawing: Drawing) -> Markup:
        """A sign on a picture: moved when that is mirrored, and never mirrored itself."""
        own = self._use(sign.name)
        across = self._turned(sign.x, name) if self._mirrored(name) else sign.x
        width = sign.width * drawing.width
        height = width * own.height / own.width
        return element(
            "use", href=f"#{_id(sign.name)}", x=f"{across * drawing.width - width / 2:g}",
            y=f"{sign.y * drawing.height - height / 2:g}", width=f"{width:g}",
            height=f"{height:g}")


def _image(alt: str, box: str, *inside: Markup) -> Markup:
    return element("svg", *inside, class_="figure", role="img", aria_label=alt, viewBox=box)


def _used(name: str, drawing: Drawing, turn: tuple[float, float] | None = None) -> Markup:
    """A drawing, or what of it lies between two places across, mirrored there."""
    size = {"width": f"{drawing.width:g}", "height": f"{drawing.height:g}"}
    if turn:
        size["transform"] = f"matrix(-1 0 0 1 {sum(turn):g} 0)"
    return element("use", href=f"#{_id(name)}", **size)


def _strip(name: str, drawing: Drawing, part: tuple[float, float]) -> Markup:
    """A part of a drawing alone, mirrored in its place."""
    low, wide = f"{part[0]:g}", f"{part[1] - part[0]:g}"
    return element("svg", _used(name, drawing, part), aria_hidden="true", x=low, y="0", width=wide,
                   height=f"{drawing.height:g}", viewBox=f"{low} 0 {wide} {drawing.height:g}")


def _id(name: str) -> str:
    return f"drawing-{name.replace('/', '-')}"


@cache
def _drawing(name: str, skin: str, folder: Path | None) -> Drawing:
    """The drawing of this name without its own title; an icon's black is the text's colour."""
    root = fromstring(drawing_source(name, folder))
    *_, width, height = map(float, root.get("viewBox", "").split())
    # HTML has no namespaces.
    shapes = "".join(tostring(child, encoding="unicode") for child in bare(root))
    swap = {BLACK: "currentColor"} if name.startswith("icons/") else dict(
        recolour(set(_COLOUR.findall(shapes)), skin) if "/" not in name else ())
    shapes = _COLOUR.sub(lambda colour: swap.get(colour[0], colour[0]), shapes)
    return Drawing(width, height, Markup(shapes.replace(f'fill="{PANEL}"', 'class="tile"')))


# -- labels ----------------------------------------------------------------------------------------


class PlacedLabel(NamedTuple):
    """A label, the place that it names, and how far down its number stands."""

    label: doc.Label
    left: float
    top: float
    middle: float = 0


def _spread(labels: list[PlacedLabel], height: float) -> list[PlacedLabel]:
    """The labels of one side from top to bottom, their numbers apart and inside the picture."""
    ordered = sorted(labels, key=lambda label: label.top)
    middles: list[float] = []
    for label in ordered:
        middles.append(max(label.top, middles[-1] + _APART if middles else _DISC + 4))
    floor = height - _DISC - 4
    for at in reversed(range(len(middles))):
        middles[at] = min(middles[at], floor)
        floor = middles[at] - _APART
    return [label._replace(middle=middle)
            for label, middle in zip(ordered, middles, strict=True)]


def _mark(number: int, placed: PlacedLabel, drawing: Drawing) -> Markup:
    """A number beside the picture, and a line from it to the place that it names."""
    on_left = placed.left < drawing.width / 2
    centre = -_MARGIN / 2 if on_left else drawing.width + _MARGIN / 2
    line = {"x1": f"{centre:g}", "y1": f"{placed.middle:g}", "x2": f"{placed.left:g}",
            "y2": f"{placed.top:g}"}
    at = {"cx": f"{centre:g}", "cy": f"{placed.middle:g}", "r": f"{_DISC}"}
    return element(
        "g", element("line", class_="halo", **line), element("line", **line),
        element("circle", cx=f"{placed.left:g}", cy=f"{placed.top:g}", r="9"),
        element("circle", **at),
        element("text", str(number), x=f"{centre:g}", y=f"{placed.middle + 17:g}"),
        class_="mark" + (" strong" if placed.label.strong else ""))
