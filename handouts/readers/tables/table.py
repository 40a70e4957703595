"""A file → a table that is known: where its columns are named, and how its days are written.

All that can be wrong with the file itself is told before the first row. The file is never held in
memory.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast
from zipfile import BadZipFile, ZipFile

from handouts.errors import InputError
from handouts.pack.pack import Pack
from handouts.readers.tables import columns as named_columns
from handouts.readers.tables import csvfile, days, headings, values
from handouts.readers.tables.columns import Fields, Header
from handouts.readers.tables.csvfile import CsvText, Head, Record
from handouts.readers.tables.days import Order
from handouts.readers.tables.names import ASKING
from handouts.readers.tables.reading import Mended, Reading
from handouts.request.days import today as today_is
from handouts.request.request import Request

Saved = Callable[[str], Request]  # the saved choices of a name; raises as its `find` does
DAYS = ("dob", "date", "cleared_on", "examined_on")
MOST_COLUMNS = 1_000
_SEVERAL_LINES = ("note",)
_SURVEYED = 1_000  # rows, and all of them where a day among these can be read two ways
_ZIP = b"PK\x03\x04"
_SHEETS = "xl/workbook.xml", "xl/workbook.bin"


def none_saved(name: str) -> Request:
    """No choices are saved."""
    raise InputError("there are no saved choices here", where="protocol", field="protocol",
                     cure="Leave the column empty.")


class _Source(Protocol):
    """What records come from: the text of a CSV file, or a sheet of a workbook; `encoding_name`,
    `sheets` and `sheet` are empty where there are none."""

    @property
    def notes(self) -> Mapping[str, int]: ...

    @property
    def encoding_name(self) -> str: ...

    @property
    def sheets(self) -> tuple[str, ...]: ...

    @property
    def sheet(self) -> str: ...

    def heads(self) -> Iterator[Head]: ...

    def records(self, head: Head, single: tuple[int, ...]) -> Iterator[Record]: ...


@dataclass(frozen=True)
class Table:
    """A table whose columns are known; `order` is that of day and month, `notes` how it was read
    where that has to be told."""

    path: Path
    columns: Header
    head: Head
    source: _Source
    saved: Saved = none_saved
    today: date | None = None
    order: Order = ""
    notes: Mapping[str, int] = field(default_factory=dict)
    mended: Mended = field(default_factory=dict, repr=False)
    left_out: frozenset[int] = frozenset()

    @property
    def day(self) -> date:
        """The day that years of two figures are read by."""
        return self.today or today_is()

    @cached_property
    def names(self) -> list[str]:
        """The names of the columns, without the blanks around them."""
        return [name.strip() for name in self.head.names]

    @cached_property
    def named(self) -> Mapping[str, str]:
        """What the table calls the column of each field."""
        return {field: self.told(at) for field, at in self.columns.places.items()}

    def told(self, at: int) -> str:
        """What the table calls a column that is known, or its place."""
        return headings.short_name(self.names[at]) or headings.place(at)

    def records(self) -> Iterator[Record]:
        """The records under the names of the columns, blank ones left out."""
        several = {self.columns.places.get(name) for name in _SEVERAL_LINES}
        single = tuple(at for at in self.columns.places.values() if at not in several)
        return self.source.records(self.head, single)


def open_table(path: Path, pack: Pack, reading: Reading | None = None, saved: Saved = none_saved, *,
               today: date | None = None) -> Table:
    """The table in a file; `saved` gives the choices of a protocol's name, `today` is what the
    rows' dates are held against."""
    reading = reading or Reading()
    source = open_source(path, reading)
    fields = named_columns.fields_by_name(reading.columns, pack)
    head, above = chosen_head(source.heads(), fields, path)
    header = named_columns.header_of(head.names, fields, str(path))
    named_columns.check_header(header, head.names, fields, str(path))
    table = Table(path, header, head, source, saved, today)
    order = _surveyed(table, reading.dates or cast(Order, header.order))
    notes = {**source.notes, **({"lines-above": above} if above else {})}
    if order and not reading.dates:
        notes[f"dates:{order}"] = 1
    return Table(path, header, head, source, saved, today, order, notes, reading.mended,
                 reading.left_out)


def open_source(path: Path, reading: Reading) -> _Source:
    """What a file's records come from; InputError where it can't be read so."""
    if not is_workbook(path):
        return CsvText(path, reading.encoding)
    from handouts.readers.tables.workbook import Worksheet

    return Worksheet(path, reading.sheet)


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook in the form of .xlsx, by what it holds."""
    try:
        with path.open("rb") as file:
            if file.read(len(_ZIP)) != _ZIP:
                return False
            with ZipFile(file) as archive:
                return not {*_SHEETS}.isdisjoint(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return path.suffix.lower() in (".xlsx", ".xlsm")


def chosen_head(heads: Iterable[Head], fields: Fields, path: Path) -> tuple[Head, int]:
    """The one of the first records that names the columns, and how many lines it stands below the
    first.

    That is the one of which most are known; in a later one than the first they must be two at
    least, or all. Where columns are given by their places and the first line is a row, none does.
    """
    best, most, first = None, (-1, False), 0
    for head in heads:
        first = first or head.line
        named = [(at, name) for at, name in enumerate(head.names) if name.strip()]
        known = [field for at, name in named
                 if (field := fields.places.get(at) or fields.of(name))]
        score = len(known), not {*known}.isdisjoint(ASKING)
        is_sure = score[1] and (len(known) > 1 or len(known) == len(named))
        if score > most and (is_sure or head.line == first):
            best, most = head, score
    if best is None:
        raise csvfile.empty(path)
    if len(best.names) > MOST_COLUMNS:
        raise InputError(f"has more than {MOST_COLUMNS} columns", where=str(path), field="columns",
                         cure="Give the columns that a handout needs.")
    if fields.places and not any(map(fields.of, best.names)) and headings.is_row(
            best.names, fields.pack):
        return Head([""] * len(best.names), best.line, best.line - 1, best.sign), 0
    return best, best.line - first


def _surveyed(table: Table, asked: Order) -> Order:
    """The order of day and month in a table's days: the one that is asked for, else the one that
    they show. Raises InputError where a column of names holds ids, and where days can be read two
    ways."""
    places = table.columns.places
    survey = _Survey(asked)
    at_name = places.get("patient")
    at_days = [places[name] for name in DAYS if name in places]
    for number, record in enumerate(table.records()):
        if number >= _SURVEYED and not survey.is_open:
            break
        if record.problem:
            continue
        if number < _SURVEYED and at_name is not None and at_name < len(record.cells):
            survey.name(values.cleaned(record.cells[at_name], "patient"))
        for at in at_days:
            if at < len(record.cells):
                survey.day(values.cleaned(record.cells[at], "dob"),
                           born_by=table.day if at == places.get("dob") else None)
    survey.check(table)
    return survey.order


class _Survey:
    """What a table's values show together; none of them is kept but one day that is open."""

    def __init__(self, asked: Order) -> None:
        self._asked = asked
        self._names = self._numbers = 0
        self._shown = Counter[Order]()
        self._open = ""

    @property
    def is_open(self) -> bool:
        """Whether a day can be read two ways, as far as nothing is asked for."""
        return bool(self._open) and not self._asked

    @property
    def order(self) -> Order:
        """The order that is asked for, or that the days show where that is needed."""
        if self._asked or not self._open:
            return self._asked
        return next(iter(self._shown))

    def name(self, text: str) -> None:
        """Takes in what stands in the column of names."""
        self._names += bool(text)
        self._numbers += values.is_number(text)

    def day(self, text: str, *, born_by: date | None = None) -> None:
        """Takes in what stands in a column of days, or of births before a day."""
        if not text:
            return
        found = days.born_in(text, born_by) if born_by else days.days_in(text)
        if found.shows:
            self._shown[found.shows] += 1
        elif found.is_open and not self._open:
            self._open = days.example(text)

    def check(self, table: Table) -> None:
        """Raises InputError for the file as a whole."""
        where, columns = str(table.path), table.columns
        if self._numbers > 1 and self._numbers == self._names:  # of one, its row tells
            name = headings.short_name(table.head.names[columns.places["patient"]])
            raise InputError(f"column '{name}' holds ids, not names", where=where, field="patient",
                             cure=f"Give it as such: --map '{name}=id'. Names stand in patient, or "
                                  "in given_name and family_name.")
        if self.is_open and len(self._shown) != 1:
            both = ", and others show both orders" if self._shown else ""
            raise InputError(
                f"its dates can be read two ways, as day or month first{both}", where=where,
                field="dates",
                cure=f"Give --dates mdy where {self._open} is April 3, and --dates dmy where it is "
                     "March 4.")
