"""Whether what stands in the first line are names of columns, which may be told, or somebody's
values, which may not.
"""

import re
from collections.abc import Container, Iterable, Sequence

from handouts.errors import UsageError
from handouts.pack.naming import cause_and_side, id_of, language_of
from handouts.pack.pack import Pack
from handouts.paths import shown
from handouts.readers.tables import values
from handouts.readers.tables.days import days_in

_LONGEST = 40  # characters of a name that are told
_NUMBER = re.compile(r"\d{4}")  # a year of birth, a number of a record
_REACHED = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|\+?\(?\d[\d\s()./-]{5,}\d")  # e-mail, telephone


def short_name(name: str) -> str:
    """A column's name on one line, cut where it is long."""
    text = shown(" ".join(name.split()))
    return text if len(text) <= _LONGEST else text[:_LONGEST - 1] + "…"


def place(at: int) -> str:
    """A column by its place, which counts from 1 for people."""
    return str(at + 1)


def told_names(names: Sequence[str], unknown: Container[int], pack: Pack, *,
               asks: bool) -> list[str]:
    """Each name of a first line as it may be told: by its place alone where it has none, or where
    it may be somebody's value.

    They are names where one `asks` for handouts, or two of them are known, or most, and none of the
    others is a day, a number, a code, a telephone.
    """
    filled = [at for at, name in enumerate(names) if name.strip()]
    others = [at for at in filled if at in unknown]
    known = len(filled) - len(others)
    are_names = (asks or known > 1 or known > len(others)) and not any(
        is_figure(names[at]) for at in others)
    return [short_name(name) if name.strip() and (at not in unknown or (
        are_names and not (is_choice(name, pack) or _NUMBER.search(name))))
        else place(at) for at, name in enumerate(names)]


def is_row(cells: Iterable[str], pack: Pack) -> bool:
    """Whether a line without a known name is somebody's row, not one of names."""
    return any(is_figure(cell) or is_choice(cell, pack) for cell in cells)


def is_figure(text: str) -> bool:
    """Whether a cell holds a day, a number, a code, or a way to reach somebody."""
    text = text.strip()
    return bool(text) and bool(any(days_in(text)) or values.is_number(text)
                               or values.is_code(text) or _REACHED.fullmatch(text))


def is_choice(text: str, pack: Pack) -> bool:
    """Whether a cell is what a row says, not what a column is called: a cause, a side, a
    language."""
    try:
        return bool(cause_and_side(pack, text)[0] or language_of(text, pack)
                    or id_of(pack, "sides", text) in ("left", "right", "both"))
    except UsageError:  # it may be more than one
        return True
