"""The letterhead, and the opening of page 1 with the patient panel."""

from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import MEASURE, Card, Row, Skin, Space, Stack
from handouts.pdf.colours import MUTE, RULE, WHITE
from handouts.pdf.marks import Pill, TickBox
from handouts.pdf.style import Style

ROW = 22.5  # a line to write on: 7.9 mm
LINE = text.Type(12, 16)
VALUE = text.Type(12, 15, bold=True)
COLUMNS = (188.0, 118.0, 134.0)  # on Letter; the first gives way on narrower paper
GAP = 14.0
HERO_PADDING = 14.0
NOTE_LINES_BESIDE_TICK = 2
BLANK = 130.0  # a line to write on elsewhere


def hero(block: doc.Hero, style: Style) -> Flowable:
    """The tinted opening: title, pill, panel."""
    brand = style.palette.brand
    inner = style.width - 2 * HERO_PADDING
    body = Stack([title_row(block.title, block.pill, style, width=inner), Space(7),
                  _panel(block.panel, style, inner)])
    return Card(body, Skin(brand.tint, radius=18, padding=(10, HERO_PADDING, 12, HERO_PADDING)))


def title_row(title: str, pill: str, style: Style, *, width: float) -> Flowable:
    """A page's title, with its pill at the right or, if there is no room, below it."""
    brand = style.palette.brand
    heading = text.paragraph(title, text.H1, brand.ink)
    if not pill:
        return heading
    label = Pill(pill, brand.ink, brand.outline)
    if text.width_of(title, text.H1) + 12 + label.width > width:
        return Stack([heading, Space(3), label])
    return Row([(heading, None), (label, label.width)], gap=12, align="middle", height=31)


def _panel(panel: doc.Panel, style: Style, width: float) -> Flowable:
    inner = width - 28
    first = inner - COLUMNS[1] - COLUMNS[2] - 2 * GAP
    widths = (first, COLUMNS[1], COLUMNS[2])
    rows: list[Flowable] = []
    for at in range(0, len(panel.fields), 3):
        fields = panel.fields[at:at + 3]
        rows.append(Row([(Filled(field, wide), wide)
                         for field, wide in zip(fields, widths, strict=False)], gap=GAP))
    rows += _note_rows(panel, widths, inner)
    return Card(Stack(rows), Skin(WHITE, style.palette.brand.outline, radius=12,
                                  padding=(4, 14, 8, 14)))


def _note_rows(panel: doc.Panel, widths: tuple[float, ...], inner: float) -> list[Flowable]:
    """The note beside the tick box; a long one takes the whole width under it."""
    beside = widths[0] + GAP + widths[1]
    tick = Row([(TickBox(13, 2), 13), (text.paragraph(panel.tick, LINE, MUTE), None)], gap=6)
    tick = Stack([Space(ROW - 17), tick])
    short = Filled(panel.note, beside)
    short.wrap(beside)
    if short.lines <= NOTE_LINES_BESIDE_TICK:
        return [Row([(short, beside), (tick, widths[2])], gap=GAP)]
    return [Filled(panel.note, inner), tick]


class Filled(Flowable):  # type: ignore[misc]
    """A label and its value on a line; without a value, the line to write on."""

    def __init__(self, field: doc.Field, width: float) -> None:
        super().__init__()
        self.field, self.width = field, width
        self.left = text.width_of(field.label, LINE) + 6
        self.value = text.paragraph(doc.Run(field.value, strong=True).text, VALUE)
        self.lines = 1

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width of the field, and a row's height with 15 points for each further line."""
        self.lines = 1
        if self.field.value:
            _, tall = self.value.wrap(min(self.width - self.left - 2, MEASURE), 1e6)
            self.lines = max(1, round(tall / VALUE.leading))
        self.height = ROW + (self.lines - 1) * VALUE.leading
        return self.width, self.height

    def draw(self) -> None:
        """Paints label, value, and the line."""
        canv = self.canv
        base = self.height - ROW + 7.1
        self._label(MUTE, base)
        if self.field.value:
            self.value.drawOn(canv, self.left + 2,
                              base + text.baseline(VALUE) - self.value.height)
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.75)
        canv.line(self.left, .9, self.width, .9)

    def _label(self, colour: Color, base: float) -> None:
        self.canv.setFillColor(colour)
        self.canv.setFont(LINE.font, LINE.size)
        self.canv.drawString(0, base, self.field.label)


def letterhead(head: doc.Letterhead, logo: Flowable | None, style: Style) -> Flowable:
    """The practice's logo and name, and its address at the right."""
    name = text.H2 if text.width_of(head.name, text.H2) <= 250 else text.H3
    cells: list[tuple[Flowable, float | None]] = [
        (text.paragraph(head.name, name, style.palette.brand.ink), None)]
    if logo is not None:
        cells.insert(0, (logo, logo.width))
    wide = max((stringWidth(line, text.BODY.font, 12) for line in head.lines), default=0) + 1
    lines = Stack([_letterhead_line(line) for line in head.lines])
    return Row([(Row(cells, gap=10, align="middle"), None), (lines, wide)], gap=12,
               align="middle", height=34)


def _letterhead_line(line: str) -> Flowable:
    return text.paragraph(line)


