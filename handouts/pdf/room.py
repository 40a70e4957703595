"""How much room the panel has for each value, known without laying a page out.

A plate is made for so many lines of each value. Whoever looks for the plate of a patient counts
the lines first, from the rooms that a layout of the same choices has told once.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handouts import lettering
from handouts.pdf.plate import Lines, Room, in_lines

Shape = tuple[tuple[str, int, int], ...]
Placed = dict[str, tuple[int, tuple[lettering.Line, ...]]]


class Rooms(NamedTuple):
    """The type size of a panel's values, and the places that each field has for its value.

    Fields with more than one place stand in their first, if together they take no more than
    `spare` lines besides one each; else they all move.
    """

    size: float
    places: Mapping[str, tuple[Room, ...]]
    spare: int


def placed(values: Mapping[str, str], rooms: Rooms) -> tuple[Shape, Lines]:
    """The values that are not empty, in lines; and their shape: for each its field, which of its
    places it takes, how many lines."""
    found = _in_first(values, rooms)
    if _is_crowded(found, rooms):
        for name in found:
            places = rooms.places[name][1:]
            if places:
                which, lines = settled(values[name], places, rooms.size)
                found[name] = 1 + which, lines
    shape = tuple((name, which, len(lines)) for name, (which, lines) in found.items())
    return shape, {name: lines for name, (_, lines) in found.items()}


def crowded(values: Mapping[str, str], rooms: Rooms) -> bool:
    """Whether values do not all stand in their first places."""
    return _is_crowded(_in_first(values, rooms), rooms)


def _in_first(values: Mapping[str, str], rooms: Rooms) -> Placed:
    return {name: (0, in_lines(value, rooms.places[name][0], rooms.size))
            for name, value in values.items() if value}


def _is_crowded(found: Placed, rooms: Rooms) -> bool:
    return rooms.spare < sum(len(lines) - 1 for name, (_, lines) in found.items()
                             if len(rooms.places[name]) > 1)


def settled(value: str, places: Sequence[Room],
            size: float) -> tuple[int, tuple[lettering.Line, ...]]:
    """Which place a value takes: the first that holds it on one line, else the last; its lines."""
    ways = [in_lines(value, place, size) for place in places]
    which = next((at for at, lines in enumerate(ways) if len(lines) <= 1), len(ways) - 1)
    return which, ways[which]


def scripts(values: Mapping[str, str]) -> tuple[str, ...]:
    """The scripts beyond the body face that the values need."""
    return tuple(sorted(lettering.scripts_of("\n".join(values.values()))))
