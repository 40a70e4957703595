"""How much room the panel has for each value, known without laying a page out.

A plate is made for so many lines of each value. Whoever looks for the plate of a patient counts
the lines first, from the rooms that a layout of the same choices has told once.
"""

from collections.abc import Mapping
from typing import NamedTuple

from handouts import lettering
from handouts.pdf.plate import Lines, in_lines

NOTE_LINES_BESIDE_TICK = 2  # a longer note takes the whole width under the tick box
Shape = tuple[tuple[str, int, int], ...]


class Rooms(NamedTuple):
    """The type size of a panel's values, and the widths of the places that each field has for its
    value, in points."""

    size: float
    widths: Mapping[str, tuple[float, ...]]


def placed(values: Mapping[str, str], rooms: Rooms) -> tuple[Shape, Lines]:
    """The values that are not empty, in lines; and their shape: for each its field, which of its
    rooms it takes, how many lines."""
    shape, lines = [], {}
    for name, value in values.items():
        if value:
            which, lines[name] = _placed(value, rooms.widths[name], rooms.size)
            shape.append((name, which, len(lines[name])))
    return tuple(shape), lines


def _placed(value: str, widths: tuple[float, ...],
            size: float) -> tuple[int, tuple[lettering.Line, ...]]:
    lines = in_lines(value, widths[0], size)
    if len(widths) > 1 and len(lines) > NOTE_LINES_BESIDE_TICK:
        return 1, in_lines(value, widths[1], size)
    return 0, lines


def scripts(values: Mapping[str, str]) -> tuple[str, ...]:
    """The scripts beyond the body face that the values need."""
    return tuple(sorted(lettering.scripts_of("\n".join(values.values()))))
