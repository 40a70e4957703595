"""The letterhead, and the opening of page 1 with the patient panel."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import plate, text
from handouts.pdf.boxes import Card, Row, Skin, Space, Stack
from handouts.pdf.colours import MUTE, RULE, WHITE
from handouts.pdf.marks import Pill, TickBox
from handouts.pdf.room import NOTE_LINES_BESIDE_TICK
from handouts.pdf.structure import Tag
from handouts.pdf.style import Style

ROW = 22.5  # a line to write on: 7.9 mm
COLUMNS = (188.0, 118.0, 134.0)  # on Letter; the first gives way on narrower paper
GAP = 14.0
HERO_PADDING = 14.0
VALUE_MEASURE = 410.0  # the widest a value may be: bold, so about 72 characters
BLANK = 130.0  # a line to write on elsewhere


def hero(block: doc.Hero, style: Style) -> Flowable:
    """The tinted opening: title, pill, panel."""
    brand = style.palette.brand
    inner = style.width - 2 * HERO_PADDING
    body = Stack([title_row(block.title, block.pill, style, width=inner), Space(7),
                  _panel(block.panel, style)])
    return Card(body, Skin(brand.tint, radius=18, padding=(10, HERO_PADDING, 12, HERO_PADDING)))


def title_row(title: str, pill: str, style: Style, *, width: float) -> Flowable:
    """A page's title, with its pill at the right or, if there is no room, below it."""
    brand = style.palette.brand
    heading = text.paragraph(title, style.type.h1, brand.ink)
    if not pill:
        return heading
    label = Pill(pill, brand, style.type.strong)
    if text.width_of(title, style.type.h1) + 12 + label.width > width:
        return Stack([heading, Space(3), label])
    return Row([(heading, None), (label, label.width)], gap=12, align="middle").at_least(31)


def rooms(panel: doc.Panel, style: Style) -> dict[str, tuple[float, ...]]:
    """The width in points that each field has for its value; a note has a second, wider place."""
    inner, widths = _widths(style)
    found: dict[str, tuple[float, ...]] = {
        field.id: (Filled(field, widths[at % 3], style).room,)
        for at, field in enumerate(panel.fields)}
    beside = widths[0] + GAP + widths[1]
    found[panel.note.id] = (Filled(panel.note, beside, style).room,
                            Filled(panel.note, inner, style).room)
    return found


def _widths(style: Style) -> tuple[float, tuple[float, ...]]:
    """The width inside the panel, and those of its columns."""
    inner = style.width - 2 * HERO_PADDING - 28
    first = inner - COLUMNS[1] - COLUMNS[2] - 2 * GAP
    return inner, (first, COLUMNS[1], COLUMNS[2])


def _panel(panel: doc.Panel, style: Style) -> Flowable:
    inner, widths = _widths(style)
    rows: list[Flowable] = []
    for at in range(0, len(panel.fields), 3):
        fields = panel.fields[at:at + 3]
        rows.append(Row([(Filled(field, wide, style), wide)
                         for field, wide in zip(fields, widths, strict=False)], gap=GAP))
    rows += _note_rows(panel, widths, inner, style)
    return Card(Stack(rows), Skin(WHITE, style.palette.brand.outline, radius=12,
                                  padding=(4, 14, 8, 14)))


def _note_rows(panel: doc.Panel, widths: tuple[float, ...], inner: float,
               style: Style) -> list[Flowable]:
    """The note beside the tick box; a long one takes the whole width under it."""
    beside = widths[0] + GAP + widths[1]
    tick = Row([(TickBox(13, 2), 13), (text.paragraph(panel.tick, style.type.field, MUTE), None)],
               gap=6)
    tick = Stack([Space(ROW - 17), tick])
    short = Filled(panel.note, beside, style)
    short.wrap(beside)
    if short.lines <= NOTE_LINES_BESIDE_TICK:
        return [Row([(short, beside), (tick, widths[2])], gap=GAP)]
    return [Filled(panel.note, inner, style), tick]


class Filled(Flowable):  # type: ignore[misc]
    """A label and the room for its value on a line; without a value, the line to write on.

    The value itself is not drawn: the canvas is told where a print of the plate puts it.
    """

    def __init__(self, field: doc.Field, width: float, style: Style) -> None:
        super().__init__()
        self.field, self.width, self.type_ = field, width, style.type.field
        self.tag = Tag("P")
        self.left = text.width_of(field.label, self.type_) + 6
        self.room = min(width - self.left - 2, VALUE_MEASURE)
        self.lines = len(plate.in_lines(field.value, self.room))

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width of the field, and a row's height with 15 points for each further line."""
        self.height = ROW + max(self.lines - 1, 0) * plate.LEADING
        return self.width, self.height

    def draw(self) -> None:
        """Paints label and line, and tells where the value goes."""
        canv = self.canv
        base = self.height - ROW + 7.1
        with canv.group(self.tag):
            with canv.mark(None):
                text.show(canv, f"{self.field.label} ", self.type_, MUTE, (0, base))
            if self.lines:
                canv.slot(plate.Slot(self.field.id, 0, self.left + 2, base, self.room, self.lines))
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.75)
        canv.line(self.left, .9, self.width, .9)


def letterhead(head: doc.Letterhead, logo: Flowable | None, style: Style) -> Flowable:
    """The practice's logo and name, and its address at the right."""
    types = style.type
    name = types.h2 if text.width_of(head.name, types.h2) <= 250 else types.h3
    cells: list[tuple[Flowable, float | None]] = [
        (text.paragraph(head.name, name, style.palette.brand.ink, role="P"), None)]
    if logo is not None:
        cells.insert(0, (logo, logo.width))
    wide = max((text.width_of(text.plain(line), types.body) for line in head.lines), default=0) + 1
    lines = Stack([text.paragraph(line, types.body) for line in head.lines])
    return Row([(Row(cells, gap=10, align="middle"), None), (lines, wide)], gap=12,
               align="middle").at_least(34)
