"""The opening of page 1: its title, and the patient panel."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Self

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts import lettering
from handouts.pdf.blocks.marks import Pill, TickBox
from handouts.pdf.file import plate, room
from handouts.pdf.file.plate import WEIGHT, Room
from handouts.pdf.file.room import Rooms
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Skin, Space, Stack, beside_or_under
from handouts.pdf.layout.theme import MUTE, RULE, WHITE, Style, baseline

VALUE_MEASURE = 410.0  # the widest a value may be: bold, so about 72 characters
LABEL_GAP = 6.0  # from a label to its line
INSET = 2.0  # from the start of the line to the value


class Filled(Flowable):  # type: ignore[misc]
    """A label and the room for its value on a line; without a value, the line to write on.

    Further lines stand under the first, which is at `left` or behind the label; or, with `whole`,
    they take the whole width. The value itself is not drawn: the canvas is told where a print of
    the plate puts it.
    """

    def __init__(self, field: doc.Field, width: float, style: Style, *,
                 left: float | None = None, whole: bool = False) -> None:
        super().__init__()
        self.field, self.width, self.style, self.type_ = field, width, style, style.type.field
        self.leading = style.type.body.leading
        self.tag = Tag("P")
        self.left = text.width_of(field.label, self.type_) + LABEL_GAP if left is None else left
        self.room = (plate.Room(width - INSET, self.left + INSET) if whole
                     else plate.Room(min(width - self.left - INSET, VALUE_MEASURE)))
        value = lettering.Text(field.value, plate.WEIGHT)
        self.lines = plate.lines_in(value, self.room, self.type_.size) if field.value else 0
        self.row = style.typed_row if self.lines else style.row

    def at_least(self, row: float) -> Self:
        """The field, its row no less high than this."""
        self.row = max(self.row, row)
        return self

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width of the field, and a row's height with a leading for each further line."""
        self.height = self.row + max(self.lines - 1, 0) * self.leading
        return self.width, self.height

    def draw(self) -> None:
        """Paints label and line, and tells where the value goes."""
        canv, room = self.canv, self.room
        base = self.height - self.row + self.style.base(self.row)
        with canv.group(self.tag):
            with canv.mark(None):
                text.show(canv, f"{self.field.label} ", self.type_, MUTE, (0, base))
            if self.lines:
                left = self.left + INSET - room.indent
                canv.slot(plate.Slot(self.field.id, 0, left, base, room.width, self.lines,
                                     self.type_.size, self.leading, room.indent))
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.75)
        canv.line(0 if room.indent and self.lines > 1 else self.left, .9, self.width, .9)


class Ticked(Box):
    """The box that says that the safety list was checked, on a row's baseline."""

    def __init__(self, words: str, width: float, style: Style) -> None:
        super().__init__()
        self.width, self.style, self.row = width, style, style.typed_row
        self.box = RowBox([(TickBox(style.tick, style.sized(2)), style.tick),
                           (text.paragraph(words, style.type.field, MUTE), None)],
                          gap=style.sized(6))

    def at_least(self, row: float) -> Self:
        """The box on a row that is no less high than this."""
        self.row = max(self.row, row)
        return self

    def arrange(self, width: float) -> tuple[float, float]:
        """The box under what is free above its words."""
        self.box.wrap(self.width, 1e6)
        above = self.row - self.style.base(self.row) - baseline(self.style.type.field)
        self.place(self.box, 0, max(above, 0))
        return self.width, self.row


Cell = Filled | Ticked
GAP = 14.0
ALONE = ("patient", "clinician")  # names: they have a row of their own
TICKED_AFTER = "date"
LEAST = 90.0  # points: a narrower half is no line to write on


def places(panel: doc.Panel, width: float, style: Style) -> Mapping[str, tuple[Room, ...]]:
    """The rooms that each field may have: half a row where that is enough, a row."""
    found = {field.id: tuple(cell.room for cell in _ways(field, width, style))
             for field in panel.fields}
    return found | {panel.note.id: (_note(panel, width, style).room,)}


def long_note_rows(panel: doc.Panel, width: float, style: Style) -> list[Flowable]:
    """The rows of the panel, the note last."""
    found: list[Flowable] = []
    waiting: Cell | None = None  # half a row, for a neighbour
    for cell in _cells(panel, width, style):
        if waiting is not None and cell.width < width:
            row = max(waiting.row, cell.row)
            found[-1] = RowBox([(half.at_least(row), half.width) for half in (waiting, cell)],
                               gap=GAP)
            waiting = None
            continue
        if waiting is not None:
            waiting.width = width  # its line goes on where no neighbour stands
        found.append(cell)
        waiting = cell if cell.width < width else None
    if waiting is not None:
        waiting.width = width
    return [*found, _note(panel, width, style)]


def _cells(panel: doc.Panel, width: float, style: Style) -> Iterator[Cell]:
    for field in panel.fields:
        ways = _ways(field, width, style)
        value = lettering.Text(field.value, WEIGHT)
        which = room.settled(value, [way.room for way in ways], style.type.field.size)
        yield ways[which]
        if field.id == TICKED_AFTER:
            yield Ticked(panel.tick, _half(width), style)


def _ways(field: doc.Field, width: float, style: Style) -> tuple[Filled, ...]:
    half, row = Filled(field, _half(width), style), Filled(field, width, style)
    return (row,) if field.id in ALONE or half.room.width < LEAST else (half, row)


def _half(width: float) -> float:
    return (width - GAP) / 2


def _note(panel: doc.Panel, width: float, style: Style) -> Filled:
    return Filled(panel.note, width, style, whole=True)


COLUMNS = (188.0, 118.0, 134.0)  # on Letter; the first gives way on narrower paper
SIDE = 28.0  # padding at the sides of the opening and of the panel
CLOSE_SIDE = 22.0  # the same, with a long note in large print
BLANK = 130.0  # a line to write on elsewhere
COLUMN_GAP = 10.0  # from the longest label to the lines, in large print
BESIDE_TICK = 2  # lines of a note; a longer one takes the whole width under the tick box
# The padding above and below, and the gap to the panel: of the opening, and of the panel.
HEIGHTS = {"open": (10, 7, 12, 4, 8), "full": (10, 7, 12, 4, 8), "close": (7, 4, 8, 1, 5)}


def hero(block: doc.Hero, style: Style) -> Flowable:
    """The tinted opening: title, pill, panel."""
    brand = style.palette.brand
    above, between, below, *_ = HEIGHTS[style.opening]
    side = _side(style) / 2
    inner = style.width - 2 * side
    body = Stack([title_row(block.title, block.pill, style, width=inner), Space(between),
                  _panel(block.panel, style)])
    return CardBox(body, Skin(brand.tint, radius=style.sized(18),
                              padding=(above, side, below, side)))


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


def rooms(panel: doc.Panel, style: Style, spare: int = 0) -> Rooms:
    """The room that each field has for its value, and where else it may stand.

    `spare` is how many lines more than one a field large print has room for.
    """
    size = style.type.field.size
    if style.stacked:
        full = replace(style, opening="full")
        others = places(panel, _inner(full), full)
        fields = _labelled(panel, _inner(style), style)
        return Rooms(size, {filled.field.id: (filled.room, *others[filled.field.id])
                            for filled in fields}, spare)
    widths = _widths(style)
    found: dict[str, tuple[Room, ...]] = {
        field.id: (Filled(field, widths[at % 3], style).room,)
        for at, field in enumerate(panel.fields)}
    beside = widths[0] + GAP + widths[1]
    found[panel.note.id] = (Filled(panel.note, beside, style).room,
                            Filled(panel.note, _inner(style), style).room)
    return Rooms(size, found, BESIDE_TICK - 1)


def _side(style: Style) -> float:
    """What the paddings of opening and panel take at each side."""
    return SIDE if style.opening == "open" else CLOSE_SIDE


def _inner(style: Style) -> float:
    """The width inside the panel."""
    return style.width - 2 * _side(style)


def _widths(style: Style) -> tuple[float, ...]:
    """The widths of the panel's columns."""
    return _inner(style) - COLUMNS[1] - COLUMNS[2] - 2 * GAP, COLUMNS[1], COLUMNS[2]


def _panel(panel: doc.Panel, style: Style) -> Flowable:
    inner, side = _inner(style), _side(style) / 2
    *_, above, below = HEIGHTS[style.opening]
    if style.opening != "open":
        rows = long_note_rows(panel, inner, style)
    elif style.stacked:
        rows = [*_labelled(panel, inner, style), _tick(panel, style)]
    else:
        rows = _columns(panel, inner, style)
    return CardBox(Stack(rows), Skin(WHITE, style.palette.brand.outline, radius=style.sized(12),
                                     padding=(above, side, below, side)))


def _columns(panel: doc.Panel, inner: float, style: Style) -> list[Flowable]:
    """Fields in three columns; the note beside the tick box, a long one on the whole width."""
    widths, rows = _widths(style), list[Flowable]()
    for at in range(0, len(panel.fields), 3):
        fields = panel.fields[at:at + 3]
        rows.append(RowBox([(Filled(field, wide, style), wide)
                            for field, wide in zip(fields, widths, strict=False)], gap=GAP))
    beside = widths[0] + GAP + widths[1]
    tick, short = _tick(panel, style), Filled(panel.note, beside, style)
    if short.lines <= BESIDE_TICK:
        return [*rows, RowBox([(short, beside), (tick, widths[2])], gap=GAP)]
    return [*rows, Filled(panel.note, inner, style), tick]


def _tick(panel: doc.Panel, style: Style) -> Flowable:
    """The box that says that the safety list was checked, on a row's line."""
    field = style.type.field
    words = text.paragraph(panel.tick, field, MUTE)
    box = RowBox([(TickBox(style.tick, style.sized(2)), style.tick), (words, None)],
                 gap=style.sized(6))
    return Stack([Space(style.row - field.leading - 1), box])


def _labelled(panel: doc.Panel, width: float, style: Style) -> list[Filled]:
    """A row for each field, their lines under each other."""
    fields = [*panel.fields, panel.note]
    left = max(text.width_of(field.label, style.type.field) for field in fields) + COLUMN_GAP
    return [Filled(field, width, style, left=left) for field in fields]
