"""The diary: a grid of weeks to tick, and a 0-10 pain line, sized for handwriting."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import skin_of
from handouts.pdf.blocks.marks import Badge, DrawnSign, PainLine, TickBox
from handouts.pdf.file.tagtree import Tag, scope, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, RowBox, Space, Stack
from handouts.pdf.layout.theme import GRID, INK, RULE, WHITE, Style

ROW = 22.0  # 7.8 mm
LARGE_ROW = 34.0  # 12 mm
LARGE_WEEKS = 4  # so many in each grid of large print
LARGE_PAIN_GAP = 14.0  # from the pain line to the words at its ends
EDGE = 10.0  # from the grid's edge to its words
BOXES = 2  # massages a week


def card(block: doc.Diary, style: Style) -> Flowable:
    """The diary card; in large print its weeks stand in several grids."""
    inner = style.width - 32
    weeks = LARGE_WEEKS if style.stacked else block.weeks
    grids = [Grid(block, range(first, min(first + weeks, block.weeks)), inner, style)
             for first in range(0, block.weeks, weeks)]
    body = Stack([_heading(block, style), Space(style.sized(4)), Stack(grids, gap=10), Space(6),
                  _pain(block, inner, style)], tag=section())
    return CardBox(body, skin_of("do", style, padding=(9, 16, 7, 16)))


def _heading(block: doc.Diary, style: Style) -> Flowable:
    """The title, and what to do beside it or, in large print, under it."""
    colour, types, badge = style.palette.kind("do").ink, style.type, style.badge
    title = text.paragraph(block.title, types.h2, colour)
    intro = text.paragraph(block.intro, types.body)
    mark, gap = (Badge("pen", badge, colour), badge), style.sized(9)
    if style.stacked:
        return Stack([RowBox([mark, (title, None)], gap=gap, align="middle"), intro], gap=4)
    wide = text.width_of(block.title, types.h2) + 4
    return RowBox([mark, (title, wide), (intro, None)], gap=gap, align="middle")


def _pain(block: doc.Diary, width: float, style: Style) -> Flowable:
    body = style.type.body
    ends = [text.paragraph(words, text.Type(body.size, body.leading - 1)) for words in block.ends]
    wide = max(text.width_of(word, body) for words in block.ends for word in words.split()) + 4
    gap = LARGE_PAIN_GAP if style.stacked else 6.0
    return RowBox([(ends[0], wide), (PainLine(width - 2 * (wide + gap), body), None),
                   (ends[1], wide)], gap=gap, align="middle")


class Grid(DrawnSign):
    """A table of weeks: rows of boxes to tick, and a row of lines to write the pain on."""

    def __init__(self, block: doc.Diary, weeks: range, width: float, style: Style) -> None:
        self.block, self.weeks, self.types = block, weeks, style.type
        self.colour, self.radius = style.palette.kind("do").ink, style.sized(10)
        self.row, self.box = (LARGE_ROW, 24.0) if style.stacked else (ROW, 15.0)
        self.label = 72.0 if not style.stacked else 2 * EDGE + max(
            text.width_of(word, self.types.strong)
            for word in (block.week_word, *block.rows, block.pain_word))
        self.pitch = (width - self.label) / len(weeks)
        super().__init__(width, self.row * (len(block.rows) + 2))

    def draw(self) -> None:
        """Paints frame and lines, then the rows with their cells."""
        self._frame()
        rows = (*self.block.rows, self.block.pain_word)
        with self.canv.group(Tag("Table")):
            with self.canv.group(Tag("TR")):
                self._header()
            for at, label in enumerate(rows, 1):
                with self.canv.group(Tag("TR")):
                    self._row(at, label, boxes=at <= len(self.block.rows))

    def _frame(self) -> None:
        canv = self.canv
        canv.setFillColor(WHITE)
        canv.setStrokeColor(GRID)
        canv.setLineWidth(.75)
        canv.roundRect(0, 0, self.width, self.height, self.radius, stroke=1, fill=1)
        for week in range(len(self.weeks)):
            left = self.label + week * self.pitch
            canv.line(left, 0, left, self.height)
        for row in range(1, len(self.block.rows) + 2):
            canv.line(0, self.height - row * self.row, self.width, self.height - row * self.row)

    def _header(self) -> None:
        """The word for a week, and the weeks' numbers."""
        base = self._base(0)
        with self.canv.mark(Tag("TH", attributes=scope("Column"))):
            text.show(self.canv, self.block.week_word, self.types.strong, self.colour,
                      (EDGE, base))
        for at, week in enumerate(self.weeks):
            with self.canv.mark(Tag("TH", attributes=scope("Column"))):
                text.show_centred(self.canv, str(week + 1), self.types.strong, self.colour,
                                  (self._middle(at), base))

    def _row(self, at: int, label: str, *, boxes: bool) -> None:
        """A row's label, and in each week's cell boxes to tick or a line to write on."""
        with self.canv.mark(Tag("TH", attributes=scope("Row"))):
            text.show(self.canv, label, self.types.body, INK, (EDGE, self._base(at)))
        for week in range(len(self.weeks)):
            with self.canv.group(Tag("TD")):
                if boxes:
                    self._boxes(self._middle(week), self.height - (at + .5) * self.row)
                else:
                    self._write_in(self._middle(week))

    def _base(self, row: int) -> float:
        """The baseline of a row's words: in its middle."""
        return self.height - (row + .5) * self.row - .35 * self.types.body.size

    def _middle(self, week: int) -> float:
        return self.label + (week + .5) * self.pitch

    def _boxes(self, middle: float, level: float) -> None:
        for box in range(BOXES):
            TickBox(self.box, 0).drawOn(
                self.canv, middle + (box - 1) * 1.4 * self.box + .2 * self.box,
                level - self.box / 2)

    def _write_in(self, middle: float) -> None:
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(.75)
        reach = self.box
        self.canv.line(middle - reach, 5, middle + reach, 5)
