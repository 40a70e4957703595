"""What a table is seen to hold before its rows are asked for, for a person who says how it is read.

Nothing of it is a patient's value: cells are masked, and what may be a value in the first line is
told by its place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from handouts.errors import HandoutError, UsageError
from handouts.pack.naming import cause_and_side, id_of, language_of
from handouts.pack.pack import Pack
from handouts.readers.tables import headings, values
from handouts.readers.tables.columns import OTHER_CODE, Fields, fields_by_name, plain_name
from handouts.readers.tables.csvfile import Head, Record
from handouts.readers.tables.days import days_in
from handouts.readers.tables.names import ALL_COUNT, ASKING, NAMES
from handouts.readers.tables.reading import Reading
from handouts.readers.tables.table import chosen_head, open_source, open_table

ROWS_SHOWN = 5
_LOOKED_AT = 50  # rows by whose values a column is known
_MOST_ALIKE = 0.8  # of 1: how alike a name of a column and a known one are at the least
_MOST = 2 / 3  # of a column's cells that are alike


class SeenColumn(NamedTuple):
    """A column of a table: its place from 1, and its name as it may be told (empty where it has
    none or may be a patient's value).

    `field` is what it is read as: one of `names.NAMES`, `flag:ID`, `-` for left out, `other:code`
    for codes of a system that is not read, or nothing where it is not known; then `candidates` are
    the fields that it may hold, the likeliest first.
    `Reading(columns={key: field})` says what it holds.
    """

    place: int
    name: str
    field: str
    candidates: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the column is called in a `Reading`: safe to show and to send."""
        return f"#{self.place}"


@dataclass(frozen=True)
class Inspected:
    """A table as it is read now.

    `rows` are the first ones, masked; `sheets` the names of those that a workbook shows, and
    `sheet` the one that is read; `encoding` that of a text; `notes` how it was read where that has
    to be told, as in `Row.read_as`. `problem` is why it can't be used so, and its `field` says what
    is to be chosen: columns, dates, encoding, sheet, patient (a column of names that holds ids).
    """

    columns: tuple[SeenColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    notes: Mapping[str, int] = field(default_factory=dict)
    problem: HandoutError | None = None


def inspect_table(path: Path, pack: Pack, reading: Reading | None = None) -> Inspected:
    """What a table holds, as `reading` has it read; it raises nothing for a table that a choice
    makes usable, and tells of no row what is wrong with it. Raises InputError for what is no table.
    """
    reading = reading or Reading()
    problem: HandoutError | None = None
    try:
        source = open_source(path, reading)
    except HandoutError as error:
        if error.field not in ("encoding", "sheet"):
            raise
        other = Reading(reading.columns, reading.dates, "latin-1" if error.field == "encoding"
                        else reading.encoding)
        problem, source = error, open_source(path, other)
    fields = fields_by_name(reading.columns, pack)
    head, _ = chosen_head(source.heads(), fields, path)
    notes = source.notes
    try:
        notes = open_table(path, pack, reading).notes if problem is None else notes
    except HandoutError as error:
        problem = error
    records = [*islice((each for each in source.records(head, ()) if not each.problem), _LOOKED_AT)]
    return Inspected(
        _columns(head, records, fields, pack),
        tuple(tuple(values.masked(cell.strip()) for cell in each.cells)
              for each in records[:ROWS_SHOWN]),
        source.sheets, source.sheet, source.encoding_name, notes, problem)


# -- columns ---------------------------------------------------------------------------------------


def _columns(head: Head, records: Sequence[Record], fields: Fields,
             pack: Pack) -> tuple[SeenColumn, ...]:
    held = fields.all_held(head.names)
    unknown = {at for at, each in enumerate(held) if each in ("", OTHER_CODE)}
    told = headings.told_names(head.names, unknown, pack, asks=not {*held}.isdisjoint(ASKING))
    return tuple(SeenColumn(at + 1, "" if told[at] == headings.place(at) else told[at], each,
                            () if each else _candidates(head.names[at], at, records, held, pack))
                 for at, each in enumerate(held))


def _candidates(name: str, at: int, records: Iterable[Record], held: Sequence[str],
                pack: Pack) -> tuple[str, ...]:
    """The fields that a column may hold, by its name and by what its cells look like."""
    known = {plain_name(each): field for field, names in NAMES.items() for each in (field, *names)}
    near = [known[each] for each in get_close_matches(plain_name(name), known, 3, _MOST_ALIKE)]
    cells = [cell for record in records for cell in record.cells[at:at + 1]]
    cells = [text for cell in cells if (text := values.cleaned(cell, "cause"))]
    like = [field for fields, fits in _LOOKS for field in fields
            if cells and sum(fits(cell, pack) for cell in cells) >= _MOST * len(cells)]
    taken = {*held} - {*ALL_COUNT}
    return tuple(each for each in dict.fromkeys((*near, *like)) if each not in taken)


def _is_side(text: str, pack: Pack) -> bool:
    return id_of(pack, "sides", text) in ("left", "right", "both")


def _is_cause(text: str, pack: Pack) -> bool:
    try:
        return bool(cause_and_side(pack, text)[0])
    except UsageError:  # it may be more than one
        return True


def _is_name(text: str, pack: Pack) -> bool:
    words = text.replace(",", " ").split()
    return 1 < len(words) <= 4 and all(word[0].isupper() for word in words) and not (
        any(map(str.isdigit, text)) or _is_cause(text, pack))


# What the cells of a column look like, and which fields hold such.
_LOOKS: tuple[tuple[tuple[str, ...], Callable[[str, Pack], bool]], ...] = (
    (("code",), lambda text, _: bool(values.codes_in(text).codes)),
    (("cause",), _is_cause),
    (("side",), _is_side),
    (("lang",), lambda text, pack: bool(language_of(text, pack))),
    (("dob", "date", "examined_on", "stop"), lambda text, _: any(days_in(text))),
    (("id",), lambda text, _: len(text) > 2 and values.is_number(text)),
    (("patient", "clinician"), _is_name),
)
