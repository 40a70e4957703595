"""The letterhead, and the opening of page 1 with the patient panel."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import plate, text
from handouts.pdf.arrange import beside_or_under
from handouts.pdf.boxes import Card, Row, Skin, Space, Stack
from handouts.pdf.colours import MUTE, RULE, WHITE
from handouts.pdf.marks import Pill, TickBox
from handouts.pdf.room import NOTE_LINES_BESIDE_TICK, Rooms
from handouts.pdf.structure import Tag
from handouts.pdf.style import Style

COLUMNS = (188.0, 118.0, 134.0)  # on Letter; the first gives way on narrower paper
GAP = 14.0
HERO_PADDING = 14.0
VALUE_MEASURE = 410.0  # the widest a value may be: bold, so about 72 characters
BLANK = 130.0  # a line to write on elsewhere
LABEL_GAP = 10.0  # from the longest label to the lines, in large print


def hero(block: doc.Hero, style: Style) -> Flowable:
    """The tinted opening: title, pill, panel."""
    brand = style.palette.brand
    inner = style.width - 2 * HERO_PADDING
    body = Stack([title_row(block.title, block.pill, style, width=inner), Space(7),
                  _panel(block.panel, style)])
    return Card(body, Skin(brand.tint, radius=style.sized(18),
                           padding=(10, HERO_PADDING, 12, HERO_PADDING)))


def title_row(title: str, pill: str, style: Style, *, width: float) -> Flowable:
    """A page's title, with its pill at the right or, if there is no room, below it."""
    brand = style.palette.brand
    heading = text.paragraph(title, style.type.h1, brand.ink)
    if not pill:
        return heading
    label = Pill(pill, brand, style.type.strong)
    return beside_or_under((heading, text.width_of(title, style.type.h1)), (label, label.width),
                           width, least=style.type.h1.leading)


def running_title(title: str, pill: str, style: Style) -> Flowable:
    """A page's title in one line of bold type, for its further sheets of large print."""
    words = f"{title}: {pill}" if pill else title
    return text.paragraph(words, style.type.strong, style.palette.brand.ink)


def rooms(panel: doc.Panel, style: Style) -> Rooms:
    """The room that each field has for its value; a note has a second, wider place in columns."""
    inner, widths = _widths(style)
    if style.stacked:
        fields = _labelled(panel, inner, style)
        return Rooms(style.type.field.size, {filled.field.id: (filled.room,) for filled in fields})
    found: dict[str, tuple[float, ...]] = {
        field.id: (Filled(field, widths[at % 3], style).room,)
        for at, field in enumerate(panel.fields)}
    beside = widths[0] + GAP + widths[1]
    found[panel.note.id] = (Filled(panel.note, beside, style).room,
                            Filled(panel.note, inner, style).room)
    return Rooms(style.type.field.size, found)


def _widths(style: Style) -> tuple[float, tuple[float, ...]]:
    """The width inside the panel, and those of its columns."""
    inner = style.width - 2 * HERO_PADDING - 28
    first = inner - COLUMNS[1] - COLUMNS[2] - 2 * GAP
    return inner, (first, COLUMNS[1], COLUMNS[2])


def _panel(panel: doc.Panel, style: Style) -> Flowable:
    inner, widths = _widths(style)
    rows: list[Flowable] = []
    if style.stacked:
        rows += [*_labelled(panel, inner, style), _tick(panel, style)]
    else:
        for at in range(0, len(panel.fields), 3):
            fields = panel.fields[at:at + 3]
            rows.append(Row([(Filled(field, wide, style), wide)
                             for field, wide in zip(fields, widths, strict=False)], gap=GAP))
        rows += _note_rows(panel, widths, inner, style)
    return Card(Stack(rows), Skin(WHITE, style.palette.brand.outline, radius=style.sized(12),
                                  padding=(4, 14, 8, 14)))


def _note_rows(panel: doc.Panel, widths: tuple[float, ...], inner: float,
               style: Style) -> list[Flowable]:
    """The note beside the tick box; a long one takes the whole width under it."""
    beside = widths[0] + GAP + widths[1]
    tick = _tick(panel, style)
    short = Filled(panel.note, beside, style)
    short.wrap(beside)
    if short.lines <= NOTE_LINES_BESIDE_TICK:
        return [Row([(short, beside), (tick, widths[2])], gap=GAP)]
    return [Filled(panel.note, inner, style), tick]


def _tick(panel: doc.Panel, style: Style) -> Flowable:
    """The box that says that the safety list was checked, on a row's line."""
    field = style.type.field
    words = text.paragraph(panel.tick, field, MUTE)
    box = Row([(TickBox(style.tick, style.sized(2)), style.tick), (words, None)],
              gap=style.sized(6))
    return Stack([Space(style.row - field.leading - 1), box])


def _labelled(panel: doc.Panel, width: float, style: Style) -> list["Filled"]:
    """A row for each field, their lines under each other."""
    fields = [*panel.fields, panel.note]
    left = max(text.width_of(field.label, style.type.field) for field in fields) + LABEL_GAP
    return [Filled(field, width, style, left=left) for field in fields]


class Filled(Flowable):  # type: ignore[misc]
    """A label and the room for its value on a line; without a value, the line to write on.

    The value itself is not drawn: the canvas is told where a print of the plate puts it.
    """

    def __init__(self, field: doc.Field, width: float, style: Style, *,
                 left: float | None = None) -> None:
        super().__init__()
        self.field, self.width, self.type_ = field, width, style.type.field
        self.row, self.drop = style.row, style.sized(7.1)
        self.leading = style.type.body.leading
        self.tag = Tag("P")
        self.left = text.width_of(field.label, self.type_) + 6 if left is None else left
        self.room = min(width - self.left - 2, VALUE_MEASURE)
        self.lines = len(plate.in_lines(field.value, self.room, self.type_.size))

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width of the field, and a row's height with a leading for each further line."""
        self.height = self.row + max(self.lines - 1, 0) * self.leading
        return self.width, self.height

    def draw(self) -> None:
        """Paints label and line, and tells where the value goes."""
        canv = self.canv
        base = self.height - self.row + self.drop
        with canv.group(self.tag):
            with canv.mark(None):
                text.show(canv, f"{self.field.label} ", self.type_, MUTE, (0, base))
            if self.lines:
                canv.slot(plate.Slot(self.field.id, 0, self.left + 2, base, self.room, self.lines,
                                     self.type_.size, self.leading))
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
    gap = style.sized(10)
    practice = Row(cells, gap=gap, align="middle")
    if not head.lines:
        return practice.at_least(style.sized(34))
    wide = max(text.width_of(text.plain(line), types.body) for line in head.lines) + 1
    lines = Stack([text.paragraph(line, types.body) for line in head.lines])
    own = text.width_of(head.name, name) + (logo.width + gap if logo is not None else 0)
    return beside_or_under((practice, own if style.stacked else 0), (lines, wide), style.width,
                           least=style.sized(34))
