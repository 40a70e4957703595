"""The records of a table → rows: each asks for one handout, in the columns that are named.

What is wrong with a record is that row's problem. A record that asks for nothing, for its patient
has died or its condition is over, is passed over and told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple, cast

from handouts.coding import flagcodes
from handouts.coding.named import said_beside
from handouts.errors import HandoutError, InputError
from handouts.pack.naming import id_of, ids_of, language_of
from handouts.pack.pack import Pack
from handouts.paths import in_json
from handouts.readers.rows import Row
from handouts.readers.tables import days, mending, values
from handouts.readers.tables.beside import WordsBeside, beside
from handouts.readers.tables.columns import Header, column_of, request_field
from handouts.readers.tables.csvfile import Record
from handouts.readers.tables.diagnosis import RowSays, diagnosis
from handouts.readers.tables.headings import short_name
from handouts.readers.tables.table import Table
from handouts.request.days import is_examined, refuse_children
from handouts.request.look import EDITIONS, Edition, Format
from handouts.request.request import SIDES, Patient, Request, Side, check_days, joined

_LONGEST = 2000  # characters of a cell that is not used
_CODE = re.compile(r"\b[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?\b")
_SIDES = {side: side for side in ("", *SIDES)}
_PAPERS = {"": "", "letter": "letter", "us-letter": "letter", "a4": "a4"}
_FORMATS = {"": "", "normal": "", "standard": "", "large-print": "large-print",
            "large": "large-print"}
_EDITIONS = {edition: edition for edition in ("", *EDITIONS)}


def rows(table: Table, pack: Pack, numbers: Iterator[int]) -> Iterator[Row]:
    """A row for each record that is not blank; the first tells the columns that are not known, the
    first that fills a column without a name tells that."""
    columns = table.columns
    unused = {f"column:{name}": 1 for name in columns.unknown.values()}
    read_as, nameless, file = table.notes, {*columns.nameless}, in_json(table.path)
    for record in table.records():
        filled = {at for at in nameless if any(map(str.strip, record.cells[at:at + 1]))}
        nameless -= filled
        unused |= {f"column:{at + 1}": 1 for at in sorted(filled)}
        told = _Told(file, record.line, next(numbers), unused, read_as)
        yield _row(record, table, pack, told)
        unused, read_as = {}, {}


class _Told(NamedTuple):
    """Where a row stands, and what it tells beside its request."""

    file: str
    line: int
    number: int
    unused: Mapping[str, int]
    read_as: Mapping[str, int]

    def row(self, unused: Mapping[str, int], *, request: Request | None = None,
            problem: HandoutError | None = None, patient_id: str = "") -> Row:
        """The row, with what was not used of it."""
        return Row(self.number, self.file, self.line, request, problem,
                   unused={**self.unused, **unused}, patient_id=patient_id, read_as=self.read_as)


def _row(record: Record, table: Table, pack: Pack, told: _Told) -> Row:
    found = dict[str, str]()
    try:
        if _is_beside(record, table):
            return told.row({"line:not-a-patient": 1})
        replaced, record = mending.mended(record, table, pack)
        found = _values(record, table.columns)
        if record.line in table.left_out:
            return told.row({"row:left-out": 1}, patient_id=found.get("id", ""))
        if kind := _passed_over(record, table):
            return told.row({kind: 1})
        flags = _flag_columns(record, table)
        request, not_used = _request(found, flags, replaced, pack, table)
        if table.today is not None:
            check_days(request.patient, table.today)
    except HandoutError as problem:
        row = told.row({}, problem=problem, patient_id=found.get("id", ""))
        return replace(row, named=table.named, slips=mending.slips(
            record, table, pack, column_of(problem.field), problem))
    columns = table.columns
    cells = record.cells
    unread = {at for at in columns.warnings if values.says_something(cells[at])}
    unread |= {at for at in columns.likely if values.says_yes(cells[at])}
    unread |= {at for at in columns.unknown
               if at not in columns.warnings and _may_warn(cells[at], pack)}
    taken = mending.taken_out(record.line, table)
    others = [at for at in columns.other_codes if values.cleaned(record.cells[at], "code")]
    warn = len(unread | taken)
    made = told.row({**not_used, **({"flag:unreadable": warn} if warn else {}),
                     **({"code:other-system": len(others)} if others else {})}, request=request)
    return replace(made, password=found.get("password", ""), named=table.named, slips=mending.slips(
        record, table, pack, mending.unknown_field(request, pack)), look_in=tuple(
            columns.unknown.get(at) or table.told(at) for at in sorted({*unread, *others, *taken})))


def _may_warn(text: str, pack: Pack) -> bool:
    """Whether a cell that is not used names something for which massage may have to wait."""
    if not (text := text.strip()[:_LONGEST]):
        return False
    said = said_beside(pack, [text])
    return bool(said.flags or any(pack.cause(name).screened_wait for name in said.causes)
                or any(flagcodes.flagged(pack, code, "icd10cm") for code in _CODE.findall(text)))


def _is_beside(record: Record, table: Table) -> bool:
    """Whether a record is no patient's: it asks for nothing, and looks like a total or a foot."""
    cells = [cell.strip() for cell in record.cells]
    return not record.problem and (cells == table.names
                                   or values.is_foot(cells, table.columns.asking))


def _values(record: Record, columns: Header) -> dict[str, str]:
    """The text of each field that has one."""
    if record.problem:
        raise InputError(record.problem, where="the row", field="row",
                         cure='Put quotes round a whole field, and write one inside as "".')
    cells, width = record.cells, columns.width
    if len(cells) < width and {*range(len(cells), width)} <= {*columns.nameless}:
        cells = [*cells, *[""] * (width - len(cells))]
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        raise InputError(f"{len(cells)} columns, the first line names {width}", where="the row",
                         field="row",
                         cure="Put quotes round a field that holds the sign between the columns.")
    found = {field: values.cleaned(cells[at], field) for field, at in columns.places.items()}
    for field in ("cause", "code", "flags"):
        given = [values.cleaned(cells[at], field) for at in columns.all_of(field)]
        found[field] = "; ".join(dict.fromkeys(filter(None, given)))
    for field in ("code", "id", "password"):
        values.check_whole(found.get(field, ""), field)
    if columns.is_abroad:
        found["abroad"] = "yes"
    return {field: value for field, value in found.items() if value}


def _passed_over(record: Record, table: Table) -> str:
    """Why a row asks for nothing, by any of the columns that say so; else empty."""
    for field, at in table.columns.leaving_out:
        text = values.cleaned(record.cells[at], field)
        if kind := values.passed_over({field: text}, table.today):
            return kind
    return ""


def _flag_columns(record: Record, table: Table) -> tuple[str, ...]:
    """The flags of the columns that are named after one, and say yes."""
    return tuple(dict.fromkeys(
        flag for at, flag in table.columns.flags.items()
        if values.is_yes(record.cells[at], short_name(table.head.names[at]))))


def _request(found: Mapping[str, str], more: tuple[str, ...], replaced: Sequence[WordsBeside],
             pack: Pack, table: Table) -> tuple[Request, Mapping[str, int]]:
    """What a row asks for, with `more` flags and what the `replaced` words of it warn of, and what
    of it was not used."""
    protocol = values.as_id(found.get("protocol", ""))
    base = table.saved(protocol) if protocol else Request("")
    state = values.as_id(found.get("state", "")) or None
    patient = _patient(found, table)
    asked = diagnosis(found, pack, base, RowSays(_side(found, pack), state, table.day))
    flags = (*ids_of(pack, "flags", _ids(found, "flags")), *more, *asked.flags)
    asked = asked._replace(flags=flags)
    if replaced:
        asked = beside(asked, replaced, pack, table.day)
    seen_on, today = _day(found, "examined_on", table), table.today
    examined = today is not None and is_examined(seen_on, patient.given_on or today, today)
    if state and seen_on and today and not examined and _opens(asked.cause or base.cause, state,
                                                               pack):
        asked = asked._replace(unused={**asked.unused, "state:not-examined": 1})
        found = {**found, "massages": "", "tips": ""}
        state = None
    request, lost = joined(base, Request(
        cause=asked.cause, state=state,
        flags=tuple(dict.fromkeys(asked.flags)),
        massages=ids_of(pack, "massages", _ids(found, "massages")), tips=_ids(found, "tips"),
        side=cast(Side, asked.side),
        language=language_of(found.get("lang", ""), pack) or found.get("lang", ""),
        paper=_one_of(_PAPERS, found, "paper"),
        format=cast(Format, _one_of(_FORMATS, found, "format")),
        edition=cast(Edition, _one_of(_EDITIONS, found, "edition")),
        patient=patient), examined=examined)
    return request, {**asked.unused, **({f"protocol-state:{lost}": 1} if lost else {})}


def _opens(cause: str, state: str, pack: Pack) -> bool:
    """Whether a state lets massage be done because somebody looked, on no day of its own."""
    data = pack.cause(cause).states.get(state)
    return data is not None and not (data.wait or data.cleared)


def _patient(found: Mapping[str, str], table: Table) -> Patient:
    name = found.get("patient") or " ".join(
        found[part] for part in ("given_name", "family_name") if part in found)
    if values.is_number(name):
        raise InputError("looks like the number of a record, not like a name", where="patient",
                         field="name", cure="Put it into column id.")
    refuse_children(_age(found.get("age", "")))
    return Patient(
        name=name, born=_day(found, "dob", table), id=found.get("id", ""),
        given_by=found.get("clinician", ""), given_on=_day(found, "date", table),
        next_visit=found.get("review", ""), cleared_on=_day(found, "cleared_on", table),
        note=found.get("note", "").replace("\r\n", "\n").replace("\r", "\n"))


def _age(text: str) -> int | None:
    """An age in whole years; of months, weeks and days none. InputError for what is no age."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3})(?:[.,]\d+)?\s*([a-zñ]*)\.?.*", text.strip(), re.I | re.S)
    unit = found[2].casefold() if found else ""
    if found is None or (unit and not unit.startswith(("y", "a", "m", "w", "s", "d"))):
        raise InputError("is no age in years", where="age", field="born",
                         cure="Write years as a number, or give the date of birth.")
    return int(found[1]) if not unit or unit[0] in "ya" else 0


def _side(found: Mapping[str, str], pack: Pack) -> str:
    given = {"side": id_of(pack, "sides", values.as_id(found.get("side", "")))}
    return _one_of(_SIDES, given, "side")


def _one_of(known: Mapping[str, str], found: Mapping[str, str], field: str) -> str:
    value = values.as_id(found.get(field, ""))
    if value not in known:
        choices = dict.fromkeys(choice for choice in known.values() if choice)
        raise InputError("is not one of the choices", where=field,
                         field=request_field(field),
                         cure=f"Write {' or '.join(choices)}, or leave it empty.")
    return known[value]


def _ids(found: Mapping[str, str], field: str) -> tuple[str, ...]:
    parts = map(values.as_id, values.words_of(found.get(field, ""), field))
    return tuple(dict.fromkeys(name for name in parts if name))


def _day(found: Mapping[str, str], field: str, table: Table) -> date | None:
    text = found.get(field)
    return None if text is None else days.read_day(text, table.order, where=field,
                                                   field=request_field(field), today=table.day)
