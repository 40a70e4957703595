"""A labelled figure: the drawing in a white tile, its parts named by real text at both sides."""

from dataclasses import dataclass, field
from math import hypot
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.drawings.svg import anchors, mirrored, turned
from handouts.pdf.blocks.cards import skin_of
from handouts.pdf.figures.figures import Picture, dressed
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import wrapped
from handouts.pdf.layout.theme import INK, WHITE, Style

EDGES = 8.0  # above and below the figure, in large print
TILE_WIDTH = 276.0
TILE_HEIGHT = 141.0
FIGURE_WIDTH = 110.0
LARGE_FIGURE = 184.0  # in large print the tile takes the width at hand
REACH = 12.0  # from the figure to a label
EDGE = 6.0  # from a label to the edge of the tile
APART = 2.0  # least space between two labels of a side
DOT, RING = 2.6, 7.5  # radii: where a leader ends; round what the cause changes, left to be seen


@dataclass
class _LabelOnItsWay:
    """A label on its way to its place: the anchor, and the middle of its text, from the top."""

    words: Any
    anchor: tuple[float, float]
    middle: float
    height: float
    ringed: bool
    tag: Tag = field(default_factory=lambda: Tag("LI"))


def tile(block: doc.LabelledFigure, style: Style) -> Flowable:
    """The tile, mirrored with its labels where the side asks for it."""
    return LabelTile(block, style)


class LabelTile(Flowable):  # type: ignore[misc]
    """The drawing, its labels and their leaders."""

    def __init__(self, block: doc.LabelledFigure, style: Style) -> None:
        super().__init__()
        self.types, mirror = style.type, mirrored(
            block.figure.name, style.side, style.figures)
        figure_width = LARGE_FIGURE if style.stacked else FIGURE_WIDTH
        drawing = dressed(block.figure.name, style.look, style.figures)
        self.picture = Picture(drawing, figure_width, alt=block.figure.alt,
                               mirror=mirror)
        self.width, self.height = TILE_WIDTH, TILE_HEIGHT
        if style.stacked:
            _, right, _, left = skin_of("know", style).padding
            self.width = style.width - right - left
            self.height = self.picture.height + 2 * EDGES
        self.dot, self.ring = (size * figure_width / FIGURE_WIDTH for size in (DOT, RING))
        self.tag = Tag("L")
        self.left = (self.width - figure_width) / 2
        self.top = (self.height - self.picture.height) / 2
        self.sides: dict[str, list[_LabelOnItsWay]] = {"left": [], "right": []}
        for label in block.labels:
            self._add(label, anchors(block.figure.name, style.figures)[label.anchor], mirror)
        for placed in self.sides.values():
            _spread(placed, self.height)

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The tile's size."""
        return self.width, self.height

    def _add(self, label: doc.Label, at: tuple[float, float], mirror: bool) -> None:
        across = turned(at[0], self.picture.art.halves) if mirror else at[0]
        side = "left" if across < 0.5 else "right"
        room = self.left - REACH - EDGE
        words = wrapped(text.paragraph(
            label.text, self.types.strong if label.strong else self.types.body,
            align="right" if side == "left" else "left", role="LBody"), room)
        anchor = (self.left + across * self.picture.width, self.top + at[1] * self.picture.height)
        self.sides[side].append(_LabelOnItsWay(words, anchor, anchor[1], words.height,
                                               label.strong))

    def draw(self) -> None:
        """Paints the tile, the drawing, then leaders and labels."""
        canv = self.canv
        canv.setFillColor(WHITE)
        canv.roundRect(0, 0, self.width, self.height, 10, stroke=0, fill=1)
        self.picture.drawOn(canv, self.left, self.height - self.top - self.picture.height)
        for side, placed in self.sides.items():
            for label in placed:
                self._leader(label, side)
        with canv.group(self.tag):
            for side, placed in self.sides.items():
                left = EDGE if side == "left" else self.width - self.left + REACH
                for label in placed:
                    with canv.group(label.tag):
                        label.words.drawOn(canv, left,
                                           self.height - label.middle - label.height / 2)

    def _leader(self, label: _LabelOnItsWay, side: str) -> None:
        canv = self.canv
        start = self.left - REACH / 2 if side == "left" else self.width - self.left + REACH / 2
        x, y, level = label.anchor[0], self.height - label.anchor[1], self.height - label.middle
        short = self.ring / hypot(start - x, level - y) if label.ringed else 0.0
        end = x + (start - x) * short, y + (level - y) * short
        for colour, thickness in ((WHITE, 3), (INK, 1)):
            canv.setStrokeColor(colour)
            canv.setLineWidth(thickness)
            canv.line(start, level, *end)
            if label.ringed:
                canv.setLineWidth(thickness + .5)
                canv.circle(x, y, self.ring, stroke=1, fill=0)
        if not label.ringed:
            canv.setFillColor(INK)
            canv.setStrokeColor(WHITE)
            canv.setLineWidth(1)
            canv.circle(x, y, self.dot, stroke=1, fill=1)


def _spread(placed: list[_LabelOnItsWay], height: float) -> None:
    """Moves the labels of one side apart, and inside the tile, keeping their order."""
    placed.sort(key=lambda label: label.anchor[1])
    floor = 4.0
    for label in placed:
        label.middle = max(label.anchor[1], floor + label.height / 2)
        floor = label.middle + label.height / 2 + APART
    ceiling = height - 4
    for label in reversed(placed):
        label.middle = min(label.middle, ceiling - label.height / 2)
        ceiling = label.middle - label.height / 2 - APART
