"""How much room the panel has for each value, known without laying a page out.

A plate is made for so many lines of each value. Whoever looks for the plate of a patient counts
the lines first, from the rooms that a layout of the same choices has told once.
"""

from collections.abc import Mapping

from handouts import lettering
from handouts.pdf.plate import in_lines

NOTE_LINES_BESIDE_TICK = 2  # a longer note takes the whole width under the tick box
Rooms = Mapping[str, tuple[float, ...]]
Shape = tuple[tuple[str, int, int], ...]


def shape(values: Mapping[str, str], rooms: Rooms) -> Shape:
    """For each value that is not empty: its field, which of its rooms it takes, how many lines."""
    return tuple((name, *_placed(value, rooms[name])) for name, value in values.items() if value)


def _placed(value: str, rooms: tuple[float, ...]) -> tuple[int, int]:
    lines = len(in_lines(value, rooms[0]))
    if len(rooms) > 1 and lines > NOTE_LINES_BESIDE_TICK:
        return 1, len(in_lines(value, rooms[1]))
    return 0, lines


def scripts(values: Mapping[str, str]) -> tuple[str, ...]:
    """The scripts beyond the body face that the values need."""
    return tuple(sorted(lettering.scripts_of("\n".join(values.values()))))
