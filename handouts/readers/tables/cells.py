"""A CSV file → rows: each record asks for one handout, in the columns that the first line names.

All that can be wrong with the file itself is told before the first row; what is wrong with a
record is that row's problem. The file is never held in memory.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TextIO, cast

from handouts.errors import HandoutError, InputError
from handouts.pack.naming import id_of, ids_of
from handouts.pack.pack import Pack, language_of
from handouts.paths import in_json
from handouts.readers.rows import Row
from handouts.readers.tables import csvfile
from handouts.readers.tables.columns import DELIMITERS, Header, columns_of, request_field
from handouts.readers.tables.csvfile import Encoding, Record
from handouts.request import codes, flagcodes
from handouts.request.days import is_examined, read_day
from handouts.request.look import EDITIONS, Edition, Format
from handouts.request.request import (
    SIDES,
    Patient,
    Request,
    Side,
    check_days,
    joined,
)
from handouts.rules.cases import refuse_doubted_flags

_SEPARATOR = re.compile(r'"?sep=(?P<sign>[^\w\s"]|\t)"?[\s,;|]*', re.I)  # Excel's own line
_SIDES = {side: side for side in ("", *SIDES)}
_NAMES = ("patient", "given_name", "family_name")
_PAPERS = {"": "", "letter": "letter", "us-letter": "letter", "a4": "a4"}
_FORMATS = {"": "", "normal": "", "standard": "", "large-print": "large-print",
            "large": "large-print"}
_EDITIONS = {edition: edition for edition in ("", *EDITIONS)}
Saved = Callable[[str], Request]  # the saved choices of a name; raises as its `find` does


def none_saved(name: str) -> Request:
    """No choices are saved."""
    raise InputError("there are no saved choices here", where="protocol", field="protocol",
                     cure="Leave the column empty.")


@dataclass(frozen=True)
class CsvTable:
    """A CSV file whose encoding and columns are known; its records begin after `line`."""

    path: Path
    encoding: Encoding
    columns: Header
    line: int
    saved: Saved = none_saved
    today: date | None = None


class CauseCell(NamedTuple):
    """The cause that a row asks for, and what else its code says."""

    cause: str
    side: str
    flags: tuple[str, ...] = ()
    unused: Mapping[str, int] = MappingProxyType({})


def open_table(path: Path, named: Mapping[str, str], saved: Saved = none_saved, *,
               side_columns: Sequence[str] = (), today: date | None = None) -> CsvTable:
    """The table in a file; `named` gives the field of columns that are not named after one,
    `saved` the choices of a protocol's name, `side_columns` the pack's own names of the side,
    `today` what the rows' dates are held against."""
    encoding = csvfile.encoding_of(path)
    with csvfile.text_of(path, encoding) as file:
        header, line = _first_line(file, path)
        said = _SEPARATOR.fullmatch(header)
        if said:
            header, more = _first_line(file, path)
            line += more
    csvfile.check_header(header, path)
    columns = columns_of(header, path, named, side_columns,
                         said["sign"] if said else DELIMITERS)
    return CsvTable(path, encoding, columns, line, saved, today)


def _first_line(file: TextIO, path: Path) -> tuple[str, int]:
    """The next line that holds something, and how many lines on it stands."""
    text, lines = "", 0
    while not text.strip(" \t\r\n,;|"):
        text = file.readline(csvfile.MOST_CHARACTERS)
        lines += 1
        if not text:
            raise InputError("is empty", where=str(path),
                             cure="The first line names the columns, each other line asks for "
                                  "a handout.")
    return text, lines


def rows(table: CsvTable, pack: Pack, numbers: Iterator[int]) -> Iterator[Row]:
    """A row for each record that is not blank; the first tells the columns that are not known, the
    first that fills a column without a name tells that."""
    columns = table.columns
    unused = {f"column:{at + 1}": 1 for at in columns.unknown}
    nameless = set(columns.nameless)
    single = tuple(at for field, at in columns.places.items() if field != "note")
    form = csvfile.CsvDialect(columns.delimiter, columns.width, single)
    with csvfile.text_of(table.path, table.encoding) as file:
        for _ in range(table.line):
            file.readline()
        for record in csvfile.records(file, form, table.line + 1):
            filled = {at for at in nameless if any(map(str.strip, record.cells[at:at + 1]))}
            nameless -= filled
            unused |= {f"column:{at + 1}": 1 for at in sorted(filled)}
            yield _row(record, table, pack, next(numbers), unused)
            unused = {}


def _row(record: Record, table: CsvTable, pack: Pack, number: int,
         unused: Mapping[str, int]) -> Row:
    file, values = in_json(table.path), dict[str, str]()
    try:
        values = _values(record, table.columns)
        request, not_used = _request(values, pack, table)
        if table.today is not None:
            check_days(request.patient, table.today)
    except HandoutError as problem:
        return Row(number, file, record.line, problem=problem, unused=unused,
                   patient_id=values.get("id", ""))
    return Row(number, file, record.line, request, unused={**unused, **not_used},
               password=values.get("password", ""))


def _values(record: Record, columns: Header) -> dict[str, str]:
    """The text of each field that has one."""
    if record.problem:
        raise InputError(record.problem, where="the row", field="row",
                         cure='Put quotes round a whole field, and write one inside as "".')
    cells, width = record.cells, columns.width
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        raise InputError(f"{len(cells)} columns, the first line names {width}", where="the row",
                         field="row",
                         cure="Put quotes round a field that holds the sign between the columns.")
    values = {field: _text(cells[at], field) for field, at in columns.places.items()}
    return {field: value for field, value in values.items() if value}


def _text(cell: str, field: str) -> str:
    """A cell without the blanks around it; a name of nothing but odd blanks is no empty name."""
    text = cell.strip()
    return text or (cell.strip(" \t\r\n") if field in _NAMES else "")


def _request(values: Mapping[str, str], pack: Pack,
             table: CsvTable) -> tuple[Request, Mapping[str, int]]:
    """What a row asks for, and what of it was not used."""
    protocol = _id(values.get("protocol", ""))
    base = table.saved(protocol) if protocol else Request("")
    asked, patient = _diagnosis(values, pack, base), _patient(values)
    seen_on, today = _day(values, "examined_on"), table.today
    examined = today is not None and is_examined(seen_on, patient.given_on or today, today)
    request, lost = joined(base, Request(
        cause=asked.cause, state=_id(values.get("state", "")) or None,
        flags=tuple(dict.fromkeys((*ids_of(pack, "flags", _ids(values, "flags")),
                                   *asked.flags))),
        massages=ids_of(pack, "massages", _ids(values, "massages")), tips=_ids(values, "tips"),
        side=cast(Side, asked.side),
        language=language_of(values.get("lang", ""), pack) or values.get("lang", ""),
        paper=_one_of(_PAPERS, values, "paper"),
        format=cast(Format, _one_of(_FORMATS, values, "format")),
        edition=cast(Edition, _one_of(_EDITIONS, values, "edition")),
        patient=patient), examined=examined)
    return request, {**asked.unused, **({f"protocol-state:{lost}": 1} if lost else {})}


def _patient(values: Mapping[str, str]) -> Patient:
    name = values.get("patient") or " ".join(
        values[part] for part in ("given_name", "family_name") if part in values)
    return Patient(
        name=name, born=_day(values, "dob"), id=values.get("id", ""),
        given_by=values.get("clinician", ""), given_on=_day(values, "date"),
        next_visit=values.get("review", ""), cleared_on=_day(values, "cleared_on"),
        note=values.get("note", "").replace("\r\n", "\n").replace("\r", "\n"))


def _diagnosis(values: Mapping[str, str], pack: Pack, saved: Request) -> CauseCell:
    """What cause and code say together, or else the saved cause; InputError where they differ."""
    cause = id_of(pack, "causes", _id(values.get("cause", "")))
    side = _side(values, pack)
    code = values.get("code", "")
    if not cause and not code:
        cause = saved.cause
    if not cause and not code:
        raise InputError("the row says neither cause nor code", where="cause",
                         field="cause", cure="Name one of them, or a protocol.")
    if not code:
        return CauseCell(cause, side)
    system = codes.system_name(_id(values.get("code_system", "")) or "icd10cm")
    state = _id(values.get("state", "")) or None
    if not cause:
        coded = codes.select(pack, code, system=system, side=side, state=state)
        return _coded(pack, coded.cause, side or coded.side, code, system)
    found = codes.find(pack, code, system)
    if found is None:
        told = _coded(pack, cause, side, code, system)
        known = flagcodes.flagged(pack, code, system)
        return told if known else told._replace(unused={f"code:unknown:{system}": 1})
    if found.cause != cause:
        raise InputError("cause and code stand for different causes", where="cause",
                         field="cause", cure="Keep the one that is right.")
    codes.check_side(found, side)
    codes.check_state(pack, found, state)
    return _coded(pack, cause, side or found.side, code, system)


def _coded(pack: Pack, cause: str, side: str, code: str, system: str) -> CauseCell:
    """A cause with the flags that a code sets for this side, and those that it asks for."""
    doubted = [each for each in flagcodes.flagged(pack, code, system) if each.asks]
    refuse_doubted_flags(pack, [each.flag for each in doubted],
                         [each.flag for each in doubted if each.holds], where="code")
    asked = {f"to-ask:{each.flag}": 1 for each in doubted}
    flags = flagcodes.flags_of(pack, code, system, side=side)
    return CauseCell(cause, side, flags, asked)


def _side(values: Mapping[str, str], pack: Pack) -> str:
    given = {"side": id_of(pack, "sides", _id(values.get("side", "")))}
    return _one_of(_SIDES, given, "side")


def _one_of(known: Mapping[str, str], values: Mapping[str, str], field: str) -> str:
    value = _id(values.get(field, ""))
    if value not in known:
        choices = dict.fromkeys(choice for choice in known.values() if choice)
        raise InputError("is not one of the choices", where=field,
                         field=request_field(field),
                         cure=f"Write {' or '.join(choices)}, or leave it empty.")
    return known[value]


def _ids(values: Mapping[str, str], field: str) -> tuple[str, ...]:
    found = (_id(part) for part in re.split(r"[;,|\r\n]", values.get(field, "")))
    return tuple(dict.fromkeys(name for name in found if name))


def _id(text: str) -> str:
    """An id of the pack, however it is written: `Some cause` is some-cause."""
    return "-".join(text.casefold().replace("_", " ").split())


def _day(values: Mapping[str, str], field: str) -> date | None:
    text = values.get(field)
    return None if text is None else read_day(text, where=field, field=request_field(field))
