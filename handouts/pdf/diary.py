"""The diary: a grid of weeks to tick, and a 0-10 pain line, sized for handwriting."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Card, Row, Space, Stack
from handouts.pdf.cards import skin_of
from handouts.pdf.colours import GRID, INK, RULE, WHITE
from handouts.pdf.marks import Badge, PainLine, Sign, TickBox
from handouts.pdf.style import Style

ROW = 22.0  # 7.8 mm
LABEL = 72.0
BOXES = 2  # massages a week


def card(block: doc.Diary, style: Style) -> Flowable:
    """The diary card."""
    shades = style.palette.kind("do")
    heading = Row([(Badge("pen", 26, shades.ink), 26),
                   (text.paragraph(block.title, text.H2, shades.ink),
                    text.width_of(block.title, text.H2) + 4),
                   (text.paragraph(block.intro), None)], gap=9, align="middle")
    inner = style.width - 32
    body = Stack([heading, Space(4), Grid(block, inner, style), Space(6), _pain(block, inner)])
    return Card(body, skin_of("do", style, padding=(9, 16, 7, 16)))


def _pain(block: doc.Diary, width: float) -> Flowable:
    ends = [text.paragraph(words, text.Type(12, 14)) for words in block.ends]
    wide = max(text.width_of(word) for words in block.ends for word in words.split()) + 4
    return Row([(ends[0], wide), (PainLine(width - 2 * wide - 12), None), (ends[1], wide)],
               gap=6, align="middle")


class Grid(Sign):
    """A row of weeks, rows of boxes, a row of lines to write the pain on."""

    def __init__(self, block: doc.Diary, width: float, style: Style) -> None:
        super().__init__(width, ROW * (len(block.rows) + 2))
        self.block, self.colour = block, style.palette.kind("do").ink

    def draw(self) -> None:
        """Paints frame, lines, labels and boxes."""
        canv = self.canv
        canv.setFillColor(WHITE)
        canv.setStrokeColor(GRID)
        canv.setLineWidth(.75)
        canv.roundRect(0, 0, self.width, self.height, 10, stroke=1, fill=1)
        pitch = (self.width - LABEL) / self.block.weeks
        for week in range(self.block.weeks):
            left = LABEL + week * pitch
            canv.line(left, 0, left, self.height)
        for row in range(1, len(self.block.rows) + 2):
            canv.line(0, self.height - row * ROW, self.width, self.height - row * ROW)
        self._words(pitch)
        self._boxes(pitch)

    def _words(self, pitch: float) -> None:
        canv = self.canv
        labels = (self.block.week_word, *self.block.rows, self.block.pain_word)
        for at, label in enumerate(labels):
            type_ = text.STRONG if at == 0 else text.BODY
            canv.setFont(type_.font, type_.size)
            canv.setFillColor(self.colour if at == 0 else INK)
            canv.drawString(10, self.height - at * ROW - 15.2, label)
        canv.setFillColor(self.colour)
        canv.setFont(text.STRONG.font, text.STRONG.size)
        for week in range(self.block.weeks):
            canv.drawCentredString(LABEL + (week + .5) * pitch, self.height - 15.2, str(week + 1))

    def _boxes(self, pitch: float) -> None:
        canv = self.canv
        for week in range(self.block.weeks):
            middle = LABEL + (week + .5) * pitch
            for row in range(len(self.block.rows)):
                base = self.height - (row + 2) * ROW + 3.5
                for box in range(BOXES):
                    TickBox(15, 0).drawOn(canv, middle + (box - 1) * 21 + 3, base)
            canv.setStrokeColor(RULE)
            canv.setLineWidth(.75)
            canv.line(middle - 15, 5, middle + 15, 5)
