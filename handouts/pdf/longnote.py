"""The panel of large print with a long note: short fields side by side, the note across the panel.

Fields keep the panel's order; the box to tick stands after the handout's date.
"""

from collections.abc import Iterator, Mapping

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts import lettering
from handouts.pdf import room
from handouts.pdf.boxes import Row
from handouts.pdf.filled import Filled, Ticked
from handouts.pdf.plate import WEIGHT, Room
from handouts.pdf.style import Style

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


def rows(panel: doc.Panel, width: float, style: Style) -> list[Flowable]:
    """The rows of the panel, the note last."""
    found: list[Flowable] = []
    waiting: Cell | None = None  # half a row, for a neighbour
    for cell in _cells(panel, width, style):
        if waiting is not None and cell.width < width:
            row = max(waiting.row, cell.row)
            found[-1] = Row([(half.at_least(row), half.width) for half in (waiting, cell)], gap=GAP)
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
