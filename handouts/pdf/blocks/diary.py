"""The diary: a grid of the weeks of a trial, sized for handwriting; and whom to call."""

from collections.abc import Callable

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.marks import Badge, DrawnSign, TickBox
from handouts.pdf.file.tagtree import Tag, scope, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import RowBox, Space, Stack, beside_or_under
from handouts.pdf.layout.theme import GRID, INK, WHITE, Style

ROW = 23.0  # 8.1 mm
LARGE_ROW = 34.0  # 12 mm
EDGE = 8.0  # from the grid's edge to its words
LABEL = 92.0  # wide
BOX, LARGE_BOX = 14.0, 20.0
LEAST = 44.0  # points: a narrower week has no room to write in
RADIUS = 6.0


def card(block: doc.Diary, style: Style) -> Flowable:
    """The diary under its heading; in large print its weeks stand in several grids."""
    most = block.weeks
    while Grid(block, range(most), style).pitch < LEAST:
        most = -(-most // 2)
    grids = [Grid(block, range(first, min(first + most, block.weeks)), style)
             for first in range(0, block.weeks, most)]
    return Stack([_heading(block, style), Space(style.sized(3)), Stack(grids, gap=10)],
                 tag=section())


def _heading(block: doc.Diary, style: Style) -> Flowable:
    """The title, and at the right or under it when the trial ends."""
    types, size = style.type, style.badge
    colour = style.palette.kind("do").ink
    wide = text.width_of(block.title, types.h2) + 2
    gap = style.sized(8)
    title = RowBox([(Badge("pen", size, colour), size),
                    (text.paragraph(block.title, types.h2, colour), wide)], gap=gap,
                   align="middle")
    end = text.paragraph(block.end, types.strong)
    return beside_or_under((title, size + gap + wide),
                           (end, text.width_of(block.end, types.strong) + 1), style.width,
                           least=size)


class Grid(DrawnSign):
    """A table of weeks: their numbers with room for a date, boxes to tick, cells to write in."""

    def __init__(self, block: doc.Diary, weeks: range, style: Style) -> None:
        self.block, self.weeks, self.types = block, weeks, style.type
        self.colour, self.radius = style.palette.kind("do").ink, style.sized(RADIUS)
        self.row, self.box = (LARGE_ROW, LARGE_BOX) if style.stacked else (ROW, BOX)
        self.labels = (block.week_word, block.ticked, *block.written)
        self.label = max(LABEL, EDGE * 1.5 + max(text.width_of(word, self.types.body)
                                                 for word in self.labels))
        self.pitch = (style.width - self.label) / len(weeks)
        super().__init__(style.width, self.row * len(self.labels))

    def draw(self) -> None:
        """Paints frame and lines, then the rows with their cells."""
        self._frame()
        cells: list[Callable[[int], None]] = [self._week, self._boxes]
        with self.canv.group(Tag("Table")):
            for at, label in enumerate(self.labels):
                with self.canv.group(Tag("TR")):
                    self._row(at, label, cells[at] if at < len(cells) else None)

    def _frame(self) -> None:
        canv = self.canv
        canv.setFillColor(WHITE)
        canv.setStrokeColor(GRID)
        canv.setLineWidth(.75)
        for week in range(len(self.weeks)):
            left = self.label + week * self.pitch
            canv.line(left, 0, left, self.height)
        for row in range(1, len(self.labels)):
            canv.line(0, self.height - row * self.row, self.width, self.height - row * self.row)
        canv.setStrokeColor(INK)
        canv.setLineWidth(.9)
        canv.roundRect(.45, .45, self.width - .9, self.height - .9, self.radius, stroke=1, fill=0)

    def _row(self, at: int, label: str, cell: Callable[[int], None] | None) -> None:
        """A row's label and, in each week's cell, its number, its boxes, or room to write."""
        first = at == 0
        with self.canv.mark(Tag("TH", attributes=scope("Column" if first else "Row"))):
            text.show(self.canv, label, self.types.body, INK, (EDGE, self._base(at)))
        for week in range(len(self.weeks)):
            with self.canv.group(Tag("TH", attributes=scope("Column")) if first else Tag("TD")):
                if cell is not None:
                    cell(week)

    def _base(self, row: int) -> float:
        """The baseline of a row's words: in its middle."""
        return self.height - (row + .5) * self.row - .35 * self.types.body.size

    def _week(self, week: int) -> None:
        """The number of a week at the left of its cell: the rest is for its date."""
        with self.canv.mark(None):
            text.show(self.canv, str(self.weeks[week] + 1), self.types.strong, INK,
                      (self.label + week * self.pitch + 4, self._base(0)))

    def _boxes(self, week: int) -> None:
        """A box for each massage of a week, as long as they have room; else room to write."""
        count = self.block.boxes
        step = min(self.box * 1.35, (self.pitch - EDGE / 2) / count)
        if step < self.box + 1:
            return
        left = self.label + (week + .5) * self.pitch - ((count - 1) * step + self.box) / 2
        low = self.height - 1.5 * self.row - self.box / 2
        for box in range(count):
            TickBox(self.box, 0).drawOn(self.canv, left + box * step, low)
