"""The diary: a grid of weeks to tick, and a 0-10 pain line, sized for handwriting."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Card, Row, Space, Stack
from handouts.pdf.cards import skin_of
from handouts.pdf.colours import GRID, INK, RULE, WHITE
from handouts.pdf.marks import Badge, PainLine, Sign, TickBox
from handouts.pdf.structure import Tag, scope, section
from handouts.pdf.style import Style

ROW = 22.0  # 7.8 mm
LABEL = 72.0
BOXES = 2  # massages a week


def card(block: doc.Diary, style: Style) -> Flowable:
    """The diary card."""
    shades = style.palette.kind("do")
    types, badge = style.type, style.badge
    heading = Row([(Badge("pen", badge, shades.ink), badge),
                   (text.paragraph(block.title, types.h2, shades.ink),
                    text.width_of(block.title, types.h2) + 4),
                   (text.paragraph(block.intro, types.body), None)], gap=9, align="middle")
    inner = style.width - 32
    body = Stack([heading, Space(4), Grid(block, inner, style), Space(6),
                  _pain(block, inner, style)], tag=section())
    return Card(body, skin_of("do", style, padding=(9, 16, 7, 16)))


def _pain(block: doc.Diary, width: float, style: Style) -> Flowable:
    body = style.type.body
    ends = [text.paragraph(words, text.Type(body.size, body.leading - 1)) for words in block.ends]
    wide = max(text.width_of(word, body) for words in block.ends for word in words.split()) + 4
    return Row([(ends[0], wide), (PainLine(width - 2 * wide - 12, body), None), (ends[1], wide)],
               gap=6, align="middle")


class Grid(Sign):
    """A table of weeks: rows of boxes to tick, and a row of lines to write the pain on."""

    def __init__(self, block: doc.Diary, width: float, style: Style) -> None:
        super().__init__(width, ROW * (len(block.rows) + 2))
        self.block, self.types = block, style.type
        self.colour = style.palette.kind("do").ink
        self.pitch = (width - LABEL) / block.weeks

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
        canv.roundRect(0, 0, self.width, self.height, 10, stroke=1, fill=1)
        for week in range(self.block.weeks):
            left = LABEL + week * self.pitch
            canv.line(left, 0, left, self.height)
        for row in range(1, len(self.block.rows) + 2):
            canv.line(0, self.height - row * ROW, self.width, self.height - row * ROW)

    def _header(self) -> None:
        """The word for a week, and the weeks' numbers."""
        base = self.height - 15.2
        with self.canv.mark(Tag("TH", attributes=scope("Column"))):
            text.show(self.canv, self.block.week_word, self.types.strong, self.colour, (10, base))
        for week in range(self.block.weeks):
            with self.canv.mark(Tag("TH", attributes=scope("Column"))):
                text.show_centred(self.canv, str(week + 1), self.types.strong, self.colour,
                                  (self._middle(week), base))

    def _row(self, at: int, label: str, *, boxes: bool) -> None:
        """A row's label, and in each week's cell boxes to tick or a line to write on."""
        with self.canv.mark(Tag("TH", attributes=scope("Row"))):
            text.show(self.canv, label, self.types.body, INK, (10, self.height - at * ROW - 15.2))
        for week in range(self.block.weeks):
            with self.canv.group(Tag("TD")):
                if boxes:
                    self._boxes(self._middle(week), self.height - (at + 1) * ROW + 3.5)
                else:
                    self._write_in(self._middle(week))

    def _middle(self, week: int) -> float:
        return LABEL + (week + .5) * self.pitch

    def _boxes(self, middle: float, base: float) -> None:
        for box in range(BOXES):
            TickBox(15, 0).drawOn(self.canv, middle + (box - 1) * 21 + 3, base)

    def _write_in(self, middle: float) -> None:
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(.75)
        self.canv.line(middle - 15, 5, middle + 15, 5)
