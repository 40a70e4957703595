"""The first line of a CSV file → which column holds which field.

Names are matched without case, spaces and signs; a name that is not known is told by its place,
for a file without a first line of names has a patient there.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.errors import HandoutError, InputError, UsageError, unknown

DELIMITERS = ",;\t|"
# A practice's own names for a field. `notes` is not among them: those may not be for the patient.
NAMES = {
    "patient": ("name", "patient name", "full name", "patient full name"),
    "given_name": ("given", "given names", "first name", "forename"),
    "family_name": ("family", "last name", "surname"),
    "dob": ("date of birth", "birth date", "birthdate", "birthday", "born"),
    "id": ("mrn", "patient id", "record", "record number", "medical record number",
           "chart number"),
    "cause": ("diagnosis", "condition"),
    "code": ("diagnosis code", "dx code", "icd", "icd code", "icd10", "icd 10", "icd10 code",
             "icd 10 code", "icd10cm", "icd 10 cm", "icd10cm code", "icd 10 cm code"),
    "code_system": ("codesystem", "coding system"),
    "state": (),
    "cleared_on": ("date cleared",),
    "side": ("laterality",),
    "massages": ("massage",),
    "tips": ("tip",),
    "flags": ("flag",),
    "protocol": (),
    "examined_on": ("date examined", "examination date"),
    "lang": ("language", "preferred language"),
    "format": ("print format", "accessible format"),
    "edition": (),
    "clinician": ("provider", "practitioner", "therapist", "doctor", "given by"),
    "date": ("handout date", "given on"),
    "review": ("next visit", "next appointment", "follow up"),
    "note": (),
    "paper": ("paper size",),
    "password": ("pdf password",),
}
# The columns that fill a field of Request or Patient with another name.
_REQUEST_FIELDS = {"patient": "name", "dob": "born", "clinician": "given_by", "date": "given_on",
                   "review": "next_visit", "lang": "language"}
_OPTION = re.compile("--([a-z]+(?:-[a-z]+)*)")
_COLUMNS = {field: column for column, field in _REQUEST_FIELDS.items()}


def request_field(column: str) -> str:
    """The field of a request that a column fills."""
    return _REQUEST_FIELDS.get(column, column)


def column_of(field: str) -> str:
    """The column that fills a field of a request, or nothing."""
    column = _COLUMNS.get(field, field)
    return column if column in NAMES else ""


def in_columns(error: HandoutError) -> str:
    """What stands against a row: a column's name wherever the command line has an option."""
    text, column = str(error), column_of(error.field)
    place = f"{column.replace('_', '-')}: "  # as an option has it
    if column and text.startswith(place):
        text = f"{column}: {text.removeprefix(place)}"
    return _OPTION.sub(_column, text)


def _column(option: re.Match[str]) -> str:
    name = option[1].replace("-", "_")
    found = next((column for column in NAMES if column in (name, f"{name}s")), "")
    return f"column {found}" if found else option[0]


@dataclass(frozen=True)
class Header:
    """The place of each field, how many columns there are, and the places that are not known: of
    columns of another name, and of those without one."""

    places: Mapping[str, int]
    width: int
    unknown: tuple[int, ...]
    delimiter: str
    nameless: tuple[int, ...] = ()


def columns_of(header: str, path: Path, named: Mapping[str, str],
               side_columns: Sequence[str] = (), delimiters: str = DELIMITERS) -> Header:
    """The columns that a first line names; `named` gives the field of columns named otherwise,
    `side_columns` are the pack's own names of the side.

    The sign between them is the one of `delimiters` by which most are known. Raises InputError
    where nothing says which handout to make, or a field stands twice.
    """
    fields = _fields_by_name(named, side_columns)
    delimiter = max(delimiters, key=lambda sign: _known(header, sign, fields))
    names = [_plain(cell) for cell in _cells(header, delimiter)]
    places: dict[str, int] = {}
    unknown: list[int] = []
    for at, name in enumerate(names):
        field = fields.get(name)
        if field is None:
            unknown.extend([at] if name else [])  # one without a name is told where it is filled
        elif field in places:
            raise InputError(f"columns {places[field] + 1} and {at + 1} both hold '{field}'",
                             where=str(path),
                             cure="Keep one of them, or choose with --map COLUMN=FIELD.")
        else:
            places[field] = at
    _check(places, names, path, named)
    return Header(places, len(names), tuple(unknown), delimiter,
                  tuple(at for at, name in enumerate(names) if not name))


def _fields_by_name(named: Mapping[str, str], side_columns: Sequence[str]) -> dict[str, str]:
    """The field of each name; a field that `named` gives to a column has no other name."""
    for field in named.values():
        if field not in NAMES:
            raise unknown("field", field, NAMES, where="map")
    taken = set(named.values())
    if len(taken) < len(named):
        raise UsageError("two columns are given to one field", where="map", cure="Keep one.")
    names = {**NAMES, "side": (*NAMES["side"], *side_columns)}
    fields = {_plain(name): field for field, others in names.items() if field not in taken
              for name in (field, *others)}
    return {**fields, **{_plain(column): field for column, field in named.items()}}


def _check(places: Mapping[str, int], names: Sequence[str], path: Path,
           named: Mapping[str, str]) -> None:
    for column, field in named.items():
        if _plain(column) not in names:
            raise InputError(f"no column has the name that the map gives for '{field}'",
                             where=str(path), cure="Write it as in the first line of the file.")
    if places.keys().isdisjoint(("cause", "code", "protocol")):
        raise InputError(
            "no column says which handout to make", where=str(path),
            cure="Name the columns in the first line: 'cause', 'code' or 'protocol' at least; "
                 f"known are {', '.join(NAMES)}.")


def _known(header: str, sign: str, fields: Mapping[str, str]) -> int:
    return sum(_plain(cell) in fields for cell in _cells(header, sign))


def _cells(header: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=sign), [])
    except csv.Error:
        return []


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
