"""How much room the panel has for each value, known without laying a page out.

A plate is made for so many lines of each value. Whoever looks for the plate of a patient counts
the lines first, from the rooms that a layout of the same choices has told once.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handouts import lettering
from handouts.pdf.file.plate import Lines, Room, in_lines, lines_in

Shape = tuple[tuple[str, int, int], ...]
Texts = Mapping[str, lettering.Text]


class Rooms(NamedTuple):
    """The type size of a panel's values, and the places that each field has for its value.

    Fields with more than one place stand in their first if each takes one line there; else they
    all move.
    """

    size: float
    places: Mapping[str, tuple[Room, ...]]


class PlacedValues(NamedTuple):
    """The values that are not empty, in lines; the scripts beyond the body face that they need.

    `shape` tells for each its field, which of its places it takes, how many lines.
    """

    shape: Shape
    scripts: tuple[str, ...]
    lines: Lines


def placed(values: Mapping[str, str], rooms: Rooms) -> PlacedValues:
    """The values in the places that they take."""
    texts = {name: lettering.Text(value, rooms.places[name][0].weight)
             for name, value in values.items() if value}
    which = dict.fromkeys(texts, 0)
    if _is_crowded(texts, rooms):
        for name, text in texts.items():
            if places := rooms.places[name][1:]:
                which[name] = 1 + settled(text, places, rooms.size)
    lines = {name: in_lines(text, rooms.places[name][which[name]], rooms.size)
             for name, text in texts.items()}
    shape = tuple((name, which[name], len(found)) for name, found in lines.items())
    scripts = {name for text in texts.values() for name in text.scripts}
    return PlacedValues(shape, tuple(sorted(scripts)), lines)


def crowded(values: Mapping[str, str], rooms: Rooms) -> bool:
    """Whether values do not all stand in their first places."""
    return _is_crowded({name: lettering.Text(value, rooms.places[name][0].weight)
                        for name, value in values.items() if value}, rooms)


def _is_crowded(texts: Texts, rooms: Rooms) -> bool:
    return any(lines_in(text, rooms.places[name][0], rooms.size) > 1
               for name, text in texts.items() if len(rooms.places[name]) > 1)


def settled(text: lettering.Text, places: Sequence[Room], size: float) -> int:
    """Which place a value takes: the first that holds it on one line, else the last."""
    ways = (at for at, place in enumerate(places) if lines_in(text, place, size) <= 1)
    return next(ways, len(places) - 1)
