"""The opening of page 1: its title, and the patient panel."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, Self

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts import lettering
from handouts.pdf.blocks.marks import Pill
from handouts.pdf.file import plate, room
from handouts.pdf.file.plate import WEIGHT, Room
from handouts.pdf.file.room import Rooms
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, RowBox, Skin, Stack, beside_or_under
from handouts.pdf.layout.theme import MUTE, RULE, WHITE, Style

RECORD = "id"  # the field whose zeros have a stroke, to be told from an O
LABEL_GAP = 6.0  # from a label to its line
INSET = 2.0  # from the start of the line to the value
VALUE_MEASURE = 410.0  # the widest that a value may be, but for a note: about 72 characters
LINE = 0.9  # how thick a line to write on is
BLANK = 130.0  # a line to write on elsewhere


class Filled(Flowable):  # type: ignore[misc]
    """A label and the room for its value on a line; without a value, the line to write on.

    Further lines stand under the first, behind the label; a `running` value is text of regular
    weight, on no line. The value itself is not drawn: the canvas is told where a print of the plate
    puts it.
    """

    def __init__(self, field: doc.Field, width: float, style: Style, *,
                 running: bool = False) -> None:
        super().__init__()
        self.field, self.width, self.style, self.type_ = field, width, style, style.type.field
        self.leading = style.type.body.leading
        self.tag = Tag("P")
        self.left = text.width_of(field.label, self.type_) + LABEL_GAP
        self.running = running
        most = width if running else VALUE_MEASURE
        weight = lettering.RECORDS if field.id == RECORD else WEIGHT
        self.room = Room(min(width - self.left - INSET, most),
                         weight=lettering.REGULAR if running else weight)
        value = lettering.Text(field.value, self.room.weight)
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
                canv.slot(plate.Slot(self.field.id, 0, self.left + INSET, base, room.width,
                                     self.lines, self.type_.size, self.leading,
                                     weight=room.weight))
        if not (self.running and self.lines):
            canv.setStrokeColor(RULE)
            canv.setLineWidth(LINE)
            canv.line(self.left, LINE, self.width, LINE)


class FieldPlace(NamedTuple):
    """Where a field stands: its row, its share of the row's width."""

    row: int
    share: float


Places = Mapping[str, FieldPlace]
# In one row, on a page that has given way; in two; in three, where a value is too long for them.
# Each row is shared out whole.
ONE = {"patient": FieldPlace(0, .45), "date of birth": FieldPlace(0, .27),
       "clinician": FieldPlace(0, .28)}
TWO = {"patient": FieldPlace(0, .45), "date of birth": FieldPlace(0, .27), "id": FieldPlace(0, .28),
       "clinician": FieldPlace(1, .36), "date": FieldPlace(1, .24), "review": FieldPlace(1, .40)}
THREE = {"patient": FieldPlace(0, 1.), "date of birth": FieldPlace(1, .3), "id": FieldPlace(1, .3),
         "date": FieldPlace(1, .4), "clinician": FieldPlace(2, .5), "review": FieldPlace(2, .5)}
WRITTEN = ("id", "clinician", "date", "review")  # by hand, on other paper, where there is one row
PAIRS = {"patient": FieldPlace(0, .57), "date of birth": FieldPlace(0, .43),
         "clinician": FieldPlace(1, .57), "date": FieldPlace(1, .43),
         "review": FieldPlace(2, .57), "id": FieldPlace(2, .43)}  # in large print
APART = .45  # of a row: the share of any other field, beside which a note may be written
GAP = 12.0
SIDE = 12.75  # padding at the sides of the panel, its frame included
BELOW = 6.0
CORNER = 6.0


def hero(block: doc.Hero, style: Style) -> list[Flowable]:
    """The opening: title and pill, where no emergency told them; the panel."""
    if not block.title:
        colour, types = style.palette.brand.ink, style.type
        said = text.paragraph(block.pill, replace(types.h3, heading=False), colour, role="P")
        return [*([said] if block.pill else []), panel(block.panel, style)]
    return [title_row(block.title, block.pill, style, width=style.width),
            panel(block.panel, style)]


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


def rooms(block: doc.Panel, style: Style) -> Rooms:
    """The room that each field has for its value, and where else it may stand."""
    found: dict[str, tuple[Room, ...]] = {}
    for field in block.fields:
        ways = [Filled(field, _wide(places[field.id], places, style), style).room
                for places in _ways(style) if field.id in places]
        if style.stacked and ways:
            ways += [ways[0], _whole(field, style).room]
        found[field.id] = tuple(ways or [_cleared(field, style).room])
    found[block.note.id] = (_note(block, style).room,)
    return Rooms(style.type.field.size, found)


def panel(block: doc.Panel, style: Style) -> CardBox:
    """The panel: its fields in rows, the note under them."""
    rows = _pairs(block, style) if style.stacked else _rows(block, style)
    return CardBox(Stack([*rows, *_last(block, style)]), Skin(
        WHITE, style.palette.brand.ink, line_width=1, radius=style.sized(CORNER),
        padding=(0, SIDE, BELOW, SIDE)))


def _inner(style: Style) -> float:
    """The width inside the panel."""
    return style.width - 2 * SIDE


def _ways(style: Style) -> tuple[Places, ...]:
    return (PAIRS,) if style.stacked else (TWO, THREE)


def _wide(place: FieldPlace, places: Places, style: Style) -> float:
    """The width of a place, in points."""
    beside = sum(other.row == place.row for other in places.values()) - 1
    return place.share * (_inner(style) - beside * GAP)


def _rows(block: doc.Panel, style: Style) -> list[Flowable]:
    """The fields in two rows, or all in three where one of them is too long."""
    values = {field.id: field.value for field in block.fields}
    places: Places = THREE if room.crowded(values, rooms(block, style)) else TWO
    if "few" in style.given and not any(values.get(name) for name in WRITTEN):
        places = ONE
    rows: dict[int, list[tuple[Flowable, float | None]]] = {}
    for field in sorted((field for field in block.fields if field.id in places),
                        key=lambda field: list(places).index(field.id)):
        place = places[field.id]
        wide = _wide(place, places, style)
        rows.setdefault(place.row, []).append((Filled(field, wide, style), wide))
    return [RowBox(cells, gap=GAP) for cells in rows.values()]


def _pairs(block: doc.Panel, style: Style) -> list[Flowable]:
    """The fields of large print two by two, each on a row of its own where one is too long."""
    found: list[Flowable] = []
    known = {field.id: field for field in block.fields}
    for at in sorted({place.row for place in PAIRS.values()}):
        row = [(known[name], _wide(place, PAIRS, style)) for name, place in PAIRS.items()
               if place.row == at and name in known]
        cells = [(Filled(field, wide, style), wide) for field, wide in row]
        if all(cell.lines <= 1 for cell, _ in cells):
            tall = max((cell.row for cell, _ in cells), default=0)
            found.append(RowBox([(cell.at_least(tall), wide) for cell, wide in cells], gap=GAP))
            continue
        for cell, _ in cells:
            if cell.lines > 1:
                found.append(_whole(cell.field, style))
            else:
                cell.width = _inner(style)  # its line goes on where no neighbour stands
                found.append(cell)
    return found


def _last(block: doc.Panel, style: Style) -> Sequence[Flowable]:
    """When massage was cleared; the note, or beside that day a line to write one on."""
    cleared = [_cleared(field, style) for field in block.fields if field.id not in TWO]
    if block.note.value:
        return [*cleared, _note(block, style)]
    if not cleared or style.stacked:
        return cleared
    wide = _inner(style) - cleared[0].width - GAP
    return [RowBox([(cleared[0], cleared[0].width), (Filled(block.note, wide, style), wide)],
                   gap=GAP)]


def _cleared(field: doc.Field, style: Style) -> Filled:
    share = 1 if style.stacked else APART
    return Filled(field, share * _inner(style), style)


def _whole(field: doc.Field, style: Style) -> Filled:
    return Filled(field, _inner(style), style)


def _note(block: doc.Panel, style: Style) -> Filled:
    return Filled(block.note, _inner(style), style, running=True)
