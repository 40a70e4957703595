"""The opening of page 1: its title, and the patient panel."""

from dataclasses import replace

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import longnote, text
from handouts.pdf.arrange import beside_or_under
from handouts.pdf.boxes import Card, Row, Skin, Space, Stack
from handouts.pdf.colours import MUTE, WHITE
from handouts.pdf.filled import Filled
from handouts.pdf.marks import Pill, TickBox
from handouts.pdf.plate import Room
from handouts.pdf.room import Rooms
from handouts.pdf.style import Style

COLUMNS = (188.0, 118.0, 134.0)  # on Letter; the first gives way on narrower paper
GAP = 14.0
SIDE = 28.0  # padding at the sides of the opening and of the panel
CLOSE_SIDE = 22.0  # the same, with a long note in large print
BLANK = 130.0  # a line to write on elsewhere
LABEL_GAP = 10.0  # from the longest label to the lines, in large print
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
    return Card(body, Skin(brand.tint, radius=style.sized(18), padding=(above, side, below, side)))


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
        others = longnote.places(panel, _inner(full), full)
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
        rows = longnote.rows(panel, inner, style)
    elif style.stacked:
        rows = [*_labelled(panel, inner, style), _tick(panel, style)]
    else:
        rows = _columns(panel, inner, style)
    return Card(Stack(rows), Skin(WHITE, style.palette.brand.outline, radius=style.sized(12),
                                  padding=(above, side, below, side)))


def _columns(panel: doc.Panel, inner: float, style: Style) -> list[Flowable]:
    """Fields in three columns; the note beside the tick box, a long one on the whole width."""
    widths, rows = _widths(style), list[Flowable]()
    for at in range(0, len(panel.fields), 3):
        fields = panel.fields[at:at + 3]
        rows.append(Row([(Filled(field, wide, style), wide)
                         for field, wide in zip(fields, widths, strict=False)], gap=GAP))
    beside = widths[0] + GAP + widths[1]
    tick, short = _tick(panel, style), Filled(panel.note, beside, style)
    if short.lines <= BESIDE_TICK:
        return [*rows, Row([(short, beside), (tick, widths[2])], gap=GAP)]
    return [*rows, Filled(panel.note, inner, style), tick]


def _tick(panel: doc.Panel, style: Style) -> Flowable:
    """The box that says that the safety list was checked, on a row's line."""
    field = style.type.field
    words = text.paragraph(panel.tick, field, MUTE)
    box = Row([(TickBox(style.tick, style.sized(2)), style.tick), (words, None)],
              gap=style.sized(6))
    return Stack([Space(style.row - field.leading - 1), box])


def _labelled(panel: doc.Panel, width: float, style: Style) -> list[Filled]:
    """A row for each field, their lines under each other."""
    fields = [*panel.fields, panel.note]
    left = max(text.width_of(field.label, style.type.field) for field in fields) + LABEL_GAP
    return [Filled(field, width, style, left=left) for field in fields]
