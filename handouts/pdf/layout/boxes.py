"""Boxes that hold flowables: above each other, beside each other, or in a card.

A box is a ReportLab flowable: `wrap` gives its size, `draw` paints it from its lower left corner.
Children are placed when the box is wrapped and drawn where they were placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout.theme import Style


class Box(Flowable):  # type: ignore[misc]
    """A flowable with placed children; a subclass arranges them in `arrange`.

    `tag` says what it is; without one its children belong where it stands. Children are read in
    the order in which they are placed, unless one `reads_last`.
    """

    def __init__(self, tag: Tag | None = None) -> None:
        super().__init__()
        self.tag = tag
        self.last: int | None = None
        self.placed: list[tuple[Flowable, float, float]] = []  # child, left, top from the box's top

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The size in points, for the width at hand."""
        self.placed = []
        self.width, self.height = self.arrange(width)
        if self.last is not None:
            self.placed.append(self.placed.pop(self.last))
        return self.width, self.height

    def arrange(self, width: float) -> tuple[float, float]:
        """Places the children and gives the size."""
        raise NotImplementedError

    def reads_last(self, number: int) -> Self:
        """The box, with one child read after all others: a picture left of the words it shows."""
        self.last = number
        return self

    def place(self, child: Flowable, left: float, top: float) -> None:
        """Puts a wrapped child at a distance from the box's upper left corner."""
        self.placed.append((child, left, top))

    def draw(self) -> None:
        """Paints the children."""
        with self.canv.group(self.tag):
            for child, left, top in self.placed:
                child.drawOn(self.canv, left, self.height - top - child.height)


class Stack(Box):
    """Children above each other, with a gap between."""

    def __init__(self, children: Sequence[Flowable], gap: float = 0, *,
                 tag: Tag | None = None) -> None:
        super().__init__(tag)
        self.children, self.gap = list(children), gap

    def arrange(self, width: float) -> tuple[float, float]:
        """Each child takes the whole width."""
        top = 0.0
        for at, child in enumerate(self.children):
            top += self.gap if at else 0
            _, height = child.wrap(width, 1e6)
            self.place(child, 0, top)
            top += height
        return width, top


class RowBox(Box):
    """Children beside each other; a width of None shares what is left."""

    def __init__(self, cells: Sequence[tuple[Flowable, float | None]], gap: float = 0, *,
                 align: str = "top", tag: Tag | None = None) -> None:
        super().__init__(tag)
        self.cells, self.gap, self.align = list(cells), gap, align
        self.least = 0.0

    def at_least(self, height: float) -> Self:
        """The row, no less high than this."""
        self.least = height
        return self

    def arrange(self, width: float) -> tuple[float, float]:
        """Wraps the children to their widths and lines them up at the top or in the middle."""
        fixed = sum(wide for _, wide in self.cells if wide is not None)
        open_cells = sum(wide is None for _, wide in self.cells)
        left_over = width - fixed - self.gap * (len(self.cells) - 1)
        share = left_over / open_cells if open_cells else 0
        heights = [child.wrap(share if wide is None else wide, 1e6)[1]
                   for child, wide in self.cells]
        tall = max([self.least, *heights])
        left = 0.0
        for (child, wide), height in zip(self.cells, heights, strict=True):
            drop = (tall - height) / 2 if self.align == "middle" else 0
            self.place(child, left, drop)
            left += (share if wide is None else wide) + self.gap
        return width, tall


class Measured(Box):
    """One child, no wider than a comfortable line, in points."""

    def __init__(self, child: Flowable, measure: float) -> None:
        super().__init__()
        self.child, self.measure = child, measure

    def arrange(self, width: float) -> tuple[float, float]:
        """The child's height at the width at hand or at the measure."""
        _, height = self.child.wrap(min(width, self.measure), 1e6)
        self.place(self.child, 0, 0)
        return width, height


class Centred(Box):
    """One child of a width in points, in the middle of the width at hand."""

    def __init__(self, child: Flowable, wide: float) -> None:
        super().__init__()
        self.child, self.wide = child, wide

    def arrange(self, width: float) -> tuple[float, float]:
        """The child's height at its width, or at the width at hand if that is less."""
        wide = min(width, self.wide)
        _, height = self.child.wrap(wide, 1e6)
        self.place(self.child, (width - wide) / 2, 0)
        return width, height


@dataclass(frozen=True)
class Skin:
    """How a card looks, in points; its padding is top, right, bottom, left.

    Its corners are rounded by `radius`, or `cut` so far; a `bar` is a thick line at its left.
    """

    fill: Color | None = None
    line: Color | None = None
    line_width: float = 0.75
    radius: float = 14
    cut: float = 0
    bar: float = 0
    bar_colour: Color | None = None
    dash: tuple[float, ...] = ()
    padding: tuple[float, float, float, float] = field(default=(10, 16, 10, 16))


class CardBox(Box):
    """One child in a padded, rounded, tinted box; `height` is the least it takes."""

    def __init__(self, child: Flowable, skin: Skin, *, height: float = 0,
                 middle: bool = False, tag: Tag | None = None) -> None:
        super().__init__(tag)
        self.child, self.skin, self.least, self.middle = child, skin, height, middle

    def arrange(self, width: float) -> tuple[float, float]:
        """The child's height and the padding, at least the least height."""
        top, right, bottom, left = self.skin.padding
        _, inner = self.child.wrap(width - left - right, 1e6)
        height = max(self.least, top + inner + bottom)
        drop = (height - top - inner - bottom) / 2 if self.middle else 0
        self.place(self.child, left, top + drop)
        return width, height

    def draw(self) -> None:
        """Paints the box, then the child."""
        skin, canv = self.skin, self.canv
        canv.saveState()
        canv.setLineJoin(0)
        if skin.fill is not None:
            canv.setFillColor(skin.fill)
        if skin.line is not None:
            canv.setStrokeColor(skin.line)
            canv.setLineWidth(skin.line_width)
            if skin.dash:
                canv.setDash(list(skin.dash))
        self._frame(canv, stroke=int(skin.line is not None), fill=int(skin.fill is not None))
        if skin.bar:
            canv.setFillColor(skin.bar_colour)
            canv.rect(0, 0, skin.bar, self.height, stroke=0, fill=1)
        canv.restoreState()
        super().draw()

    def _frame(self, canv: Any, *, stroke: int, fill: int) -> None:
        """Paints the outline inside the box's edges."""
        skin = self.skin
        inset = skin.line_width / 2 if skin.line is not None else 0
        width, height = self.width - 2 * inset, self.height - 2 * inset
        if skin.cut:
            path, cut = canv.beginPath(), skin.cut - inset
            corners = ((cut, 0), (width - cut, 0), (width, cut), (width, height - cut),
                       (width - cut, height), (cut, height), (0, height - cut), (0, cut))
            path.moveTo(inset + corners[0][0], inset + corners[0][1])
            for x, y in corners[1:]:
                path.lineTo(inset + x, inset + y)
            path.close()
            canv.drawPath(path, stroke=stroke, fill=fill)
        elif skin.radius:
            canv.roundRect(inset, inset, width, height, max(skin.radius - inset, 0),
                           stroke=stroke, fill=fill)
        else:
            canv.rect(inset, inset, width, height, stroke=stroke, fill=fill)


class Hidden(Box):
    """One child that is no content: what is said elsewhere already, or decoration."""

    def __init__(self, child: Flowable) -> None:
        super().__init__()
        self.child = child

    def arrange(self, width: float) -> tuple[float, float]:
        """The child's size."""
        size: tuple[float, float] = self.child.wrap(width, 1e6)
        self.place(self.child, 0, 0)
        return size

    def draw(self) -> None:
        """Paints the child as an artifact."""
        with self.canv.artifact():
            super().draw()


class Space(Flowable):  # type: ignore[misc]
    """Nothing, of a height."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand and the height asked for."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Paints nothing."""


class RuleLine(Flowable):  # type: ignore[misc]
    """A horizontal rule across the width, in the middle of its height."""

    def __init__(self, colour: Color, *, thickness: float = 0.75, height: float = 0.75) -> None:
        super().__init__()
        self.colour, self.thickness, self.height = colour, thickness, height

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand and the height asked for."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Paints the rule."""
        self.canv.setStrokeColor(self.colour)
        self.canv.setLineWidth(self.thickness)
        self.canv.line(0, self.height / 2, self.width, self.height / 2)


def wrapped(child: Flowable, width: float) -> Any:
    """The child, wrapped to a width, for whoever must know its size before placing it."""
    child.wrap(width, 1e6)
    return child


GAP = 12.0  # between two parts at the ends of a line
UNDER = 3.0
Cells = Sequence[tuple[Flowable, float | None]]


def across(cells: Cells, style: Style, *, gap: float, align: str = "top",
           tag: Tag | None = None) -> Box:
    """Cells beside each other, of these widths; in large print each takes the whole width."""
    if style.stacked:
        return Stack([cell for cell, _ in cells], gap=style.type.body.leading / 3, tag=tag)
    return RowBox(cells, gap=gap, align=align, tag=tag)


def beside_or_under(left: tuple[Flowable, float], right: tuple[Flowable, float], width: float, *,
                    least: float) -> Box:
    """Two parts at both ends of a line, no less high than `least`, if they are narrow enough; else
    the second one under the first."""
    if left[1] + GAP + right[1] > width:
        return Stack([left[0], right[0]], gap=UNDER)
    return RowBox([(left[0], None), right], gap=GAP, align="middle").at_least(least)


class FlowBox(Box):
    """Cells of known widths beside each other, going on in a further row where the width ends."""

    def __init__(self, cells: Sequence[tuple[Flowable, float]], *, gap: float, under: float,
                 tag: Tag | None = None) -> None:
        super().__init__(tag)
        self.cells, self.gap, self.under = list(cells), gap, under

    def arrange(self, width: float) -> tuple[float, float]:
        """Fills row after row; a row is as high as its highest cell."""
        left = top = tall = 0.0
        for child, wide in self.cells:
            _, height = child.wrap(wide, 1e6)
            if left and left + wide > width:
                left, top, tall = 0.0, top + tall + self.under, 0.0
            self.place(child, left, top)
            left, tall = left + wide + self.gap, max(tall, height)
        return width, top + tall
