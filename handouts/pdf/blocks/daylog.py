"""The days to write down: a table with a column a day, words to circle, boxes to tick, room to
write."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.forms import row_of
from handouts.pdf.blocks.marks import Badge, DrawnSign, TickBox
from handouts.pdf.file.tagtree import Tag, scope, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Measured, RowBox, Stack
from handouts.pdf.layout.theme import GRID, INK, WHITE, Style

HEAD = 19.0
LARGE_HEAD = 30.0
LOW_ROW = 23.0  # 8.1 mm: to write in, where a page is full
LABEL = 88.0
EDGE = 8.0  # from the edge of the table to its words
BOX = 14.0
LARGE_BOX = 20.0
BOX_GAP = 6.0
LARGE_DAYS = 4  # so many in each table of large print
CORNER = 6.0
LINES = 2.0  # added above and below words that stand under each other
FRAME = 1.0


def rows(block: doc.Log, style: Style) -> list[Flowable]:
    """The table under its heading; in large print its days stand in several tables."""
    abreast = LARGE_DAYS if style.stacked else block.days
    tables: list[Flowable] = [
        DayTable(block, range(first, min(first + abreast, block.days)), style)
        for first in range(0, block.days, abreast)]
    return [Stack([_heading(block, style), tables[0]], gap=style.sized(5), tag=section()),
            *tables[1:]]


def _heading(block: doc.Log, style: Style) -> Flowable:
    """The title, and what the log is for beside it or, where there is no room, under it."""
    colour, types, size = style.palette.kind("do").ink, style.type, style.badge
    title = text.paragraph(block.title, types.h2, colour)
    wide = text.width_of(block.title, types.h2) + 4
    intro = Measured(text.paragraph(block.intro, types.body), style.measure)
    cells: list[tuple[Flowable, float | None]] = [(Badge("pen", size, colour), size), (title, wide)]
    if style.stacked:
        return Stack([RowBox(cells, gap=8, align="middle"), intro], gap=4)
    return RowBox([*cells, (intro, None)], gap=8, align="middle")


class DayTable(DrawnSign):
    """The table: a row for the days' numbers, and one for each thing to write down."""

    def __init__(self, block: doc.Log, days: range, style: Style) -> None:
        self.block, self.days, self.types = block, days, style.type
        self.colour = style.palette.kind("do").ink
        self.box = LARGE_BOX if style.stacked else BOX
        longest = max(text.width_of(row.label, self.types.body) for row in block.rows)
        self.label = max(LABEL, longest + 2 * EDGE)
        self.pitch = (style.width - self.label) / (LARGE_DAYS if style.stacked else len(days))
        head = LARGE_HEAD if style.stacked else HEAD
        least = LOW_ROW if "low" in style.given else row_of(style)
        self.heights = [head, *(self._height(row, least) for row in block.rows)]
        super().__init__(self.label + self.pitch * len(days), sum(self.heights))

    def _height(self, row: doc.LogRow, least: float) -> float:
        if self._in_one_line(row):
            return least
        return max(least, len(row.circle) * self.types.body.leading + 2 * LINES)

    def _in_one_line(self, row: doc.LogRow) -> bool:
        """Whether the words to circle have room beside each other, and to be circled."""
        wide = sum(text.width_of(word, self.types.body) + 2 * LINES for word in row.circle)
        return wide + (len(row.circle) + 1) * BOX_GAP <= self.pitch

    def draw(self) -> None:
        """Paints frame and lines, then the rows with their cells."""
        self._frame()
        canv, top = self.canv, self.height
        with canv.group(Tag("Table")):
            with canv.group(Tag("TR")):
                self._header(top)
            for row, tall in zip(self.block.rows, self.heights[1:], strict=True):
                top -= self.heights[0] if row is self.block.rows[0] else 0
                with canv.group(Tag("TR")):
                    self._row(row, top - tall / 2)
                top -= tall

    def _frame(self) -> None:
        canv, top = self.canv, self.height
        canv.setFillColor(WHITE)
        canv.setStrokeColor(GRID)
        canv.setLineWidth(.75)
        canv.roundRect(FRAME / 2, FRAME / 2, self.width - FRAME, self.height - FRAME, CORNER,
                       stroke=0, fill=1)
        for tall in self.heights[:-1]:
            top -= tall
            canv.line(0, top, self.width, top)
        for day in range(len(self.days)):
            left = self.label + day * self.pitch
            canv.line(left, 0, left, self.height)
        canv.setStrokeColor(INK)
        canv.setLineWidth(FRAME)
        canv.roundRect(FRAME / 2, FRAME / 2, self.width - FRAME, self.height - FRAME, CORNER,
                       stroke=1, fill=0)

    def _header(self, top: float) -> None:
        """The word for a day, and the days' numbers."""
        canv, strong = self.canv, self.types.strong
        base = self._base(top - self.heights[0] / 2)
        with canv.mark(Tag("TH", attributes=scope("Column"))):
            text.show(canv, self.block.day_word, strong, INK, (EDGE, base))
        for at, day in enumerate(self.days):
            with canv.mark(Tag("TH", attributes=scope("Column"))):
                text.show_centred(canv, str(day + 1), strong, INK, (self._middle(at), base))

    def _row(self, row: doc.LogRow, level: float) -> None:
        """A row's label, and what is in each day's cell."""
        with self.canv.mark(Tag("TH", attributes=scope("Row"))):
            text.show(self.canv, row.label, self.types.body, INK, (EDGE, self._base(level)))
        for day in range(len(self.days)):
            if row.circle:
                with self.canv.mark(Tag("TD")):
                    self._words(row, self._middle(day), level)
            else:
                with self.canv.group(Tag("TD")):
                    self._boxes(row.boxes, self._middle(day), level)

    def _words(self, row: doc.LogRow, middle: float, level: float) -> None:
        """The words to circle, beside each other or under each other."""
        body = self.types.body
        if not self._in_one_line(row):
            first = level + (len(row.circle) - 1) * body.leading / 2
            left = middle - max(text.width_of(word, body) for word in row.circle) / 2
            for at, word in enumerate(row.circle):  # running text is set left, never centred
                text.show(self.canv, f"{word} ", body, INK,
                          (left, self._base(first - at * body.leading)))
            return
        share = self.pitch / len(row.circle)
        for at, word in enumerate(row.circle):
            self._show(word, middle + (at + .5) * share - self.pitch / 2, level)

    def _show(self, word: str, middle: float, level: float) -> None:
        text.show_centred(self.canv, f"{word} ", self.types.body, INK, (middle, self._base(level)))

    def _boxes(self, count: int, middle: float, level: float) -> None:
        wide = count * self.box + (count - 1) * BOX_GAP
        for at in range(count):
            TickBox(self.box, 0).drawOn(self.canv, middle - wide / 2 + at * (self.box + BOX_GAP),
                                        level - self.box / 2)

    def _base(self, level: float) -> float:
        """The baseline of words in the middle of a row."""
        return level - .35 * self.types.body.size

    def _middle(self, day: int) -> float:
        return self.label + (day + .5) * self.pitch
