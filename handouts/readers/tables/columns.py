"""The names of columns → which column holds which field.

Names are matched without case, spaces and signs; one that is not known is told by name.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.errors import HandoutError, InputError, UsageError
from handouts.pack.naming import id_of
from handouts.pack.pack import Pack
from handouts.readers.tables import headings
from handouts.request.named import said_by

FLAG = "flag:"  # before a flag that a column is named after
UNUSED = "-"  # the field of a column that a map leaves out
# Other names for a field: a practice's own, and those of OpenEMR, Synthea, Cerner, Cliniko, Jane,
# SimplePractice and reports of Epic, in English and Spanish, the surer one first. `notes` is not
# among them: those may not be for the patient; nor is the day of a visit, which is not the
# handout's.
NAMES: dict[str, tuple[str, ...]] = {
    "patient": ("name", "patient name", "full name", "patient full name", "client", "client name",
                "pat name", "name full formatted", "name full", "patient display name",
                "nombre completo", "paciente", "nombre del paciente"),
    "given_name": ("given", "given names", "first name", "forename", "first", "fname", "name first",
                   "legal first name", "nombre", "nombres", "primer nombre"),
    "family_name": ("family", "last name", "surname", "last", "lname", "name last",
                    "legal last name", "apellido", "apellidos"),
    "dob": ("date of birth", "birth date", "birthdate", "birthday", "born", "birth dt tm",
            "birth dt", "dt of birth", "fecha de nacimiento", "nacimiento", "fecha nac"),
    "id": ("mrn", "pat mrn id", "mrn id", "medical record number", "chart number", "chart",
           "record number", "record", "patient number", "patient id", "patient no", "pubpid", "pid",
           "client id", "pat id", "person id", "patient guid", "reference number",
           "expediente", "numero de expediente", "historia clinica"),
    "cause": ("diagnosis", "condition", "problem", "primary diagnosis", "dx", "dx name",
              "diagnosis name", "diagnosis display", "diagnosis description", "problem list",
              "problems", "active problems", "diagnoses", "conditions", "diagnostico",
              "diagnosticos", "causa", "problema"),
    "code": ("diagnosis code", "diagnosis codes", "dx code", "dx codes", "icd", "icd code",
             "icd codes", "icd10", "icd 10", "icd10 code", "icd 10 code", "icd10 codes",
             "icd 10 codes", "icd10cm", "icd 10 cm", "icd10cm code", "icd 10 cm code",
             "current icd10 list", "diagnosis icd 10", "diagnosis icd10", "dx icd 10", "dx icd10",
             "source identifier", "primary diagnosis code", "condition code", "problem code",
             "snomed", "snomed code", "snomed ct", "snomed ct code", "codigo",
             "codigo de diagnostico", "cie 10", "codigo cie 10"),
    "code_system": ("codesystem", "coding system", "system", "vocabulary", "source vocabulary",
                    "source vocabulary disp", "code type", "codetype", "code set", "terminology",
                    "condition system", "diagnosis system"),
    "state": (),
    "cleared_on": ("date cleared",),
    "side": ("laterality", "laterality disp", "body side", "lado", "lateralidad"),
    "massages": ("massage",),
    "tips": ("tip",),
    "flags": ("flag", "precautions", "contraindications"),
    "protocol": (),
    "examined_on": ("date examined", "examination date"),
    "lang": ("language", "preferred language", "pref language", "language disp", "pref lang",
             "preferred lang", "spoken language", "primary language", "idioma", "lengua"),
    "format": ("print format", "accessible format"),
    "edition": (),
    "clinician": ("provider", "practitioner", "therapist", "doctor", "given by", "visit provider",
                  "staff member", "rendering provider", "primary clinician", "pcp", "medico",
                  "medica", "terapeuta"),
    "date": ("handout date", "given on"),
    "review": ("next visit", "next appointment", "follow up"),
    "note": ("nota",),
    "paper": ("paper size",),
    "password": ("pdf password",),
    "stop": ("end", "end date", "enddate", "stop date", "resolved", "resolved date",
             "date resolved", "resolved on", "abatement", "abatement date", "fecha de fin"),
    "status": ("problem status", "condition status", "diagnosis status", "clinical status",
               "patient status", "active", "active ind", "estado del diagnostico", "activo"),
    "deceased": ("death date", "deathdate", "date of death", "deceased date", "deceased dt tm",
                 "is deceased", "died", "dod"),
    "age": ("patient age", "age years", "age in years", "current age", "edad"),
    "merged": ("merged into", "merged with", "replaced by", "is merged"),
}
# What says that a row asks for nothing; it fills no field of a request.
LEAVING_OUT = ("stop", "status", "deceased", "merged")
ASKING = ("cause", "code", "protocol")
# Of these one is enough where a table has several names for it: the first, and the rest are told.
_ONE_OF_MANY = ("id", "clinician", "lang", "status", "stop")
# A word before a name that says no more than whose it is.
_OF_THE_PATIENT = re.compile("(?:patient|pt|pat|client)_")
_OWN = ("patient", "given_name", "family_name", "dob", "id", "lang", "deceased")
_PLACE = re.compile("#[1-9][0-9]{0,3}")  # a column by its place, from 1
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
# What stands before a flag in the name of a column of yes and no.
_ASKED = re.compile(r"(?:(?:is|are|on|has|had|takes|taking|currently|current|any|known)\s+)+", re.I)
_HISTORY = re.compile(r"\b(?:hx|h/o|hist)(?: of)?\s+", re.I)
_IN_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_ORDERS = {"mdy": re.compile(r"\bm{1,2}[-/. ]d{1,2}[-/. ]y", re.I),
           "dmy": re.compile(r"\bd{1,2}[-/. ]m{1,2}[-/. ]y", re.I)}
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
    """The place of each field, the places of further codes and of columns named after a flag, how
    many columns there are, and those that are not known: by place and the name that may be told of
    them (see `headings`), and by place alone where they have none.

    `warnings` are those of the unknown whose names tell of a flag, `order` is that of day and
    month, where a name says it.
    """

    places: Mapping[str, int]
    width: int
    unknown: Mapping[int, str]
    nameless: tuple[int, ...] = ()
    codes: tuple[int, ...] = ()
    flags: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[int, ...] = ()
    order: str = ""

    @property
    def asks(self) -> bool:
        """Whether a column says which handout to make."""
        return not self.places.keys().isdisjoint(ASKING)

    @property
    def known(self) -> int:
        """How many columns are known."""
        return self.width - len(self.unknown) - len(self.nameless)


class Fields(NamedTuple):
    """What is known of the names of columns, for one pack and one map."""

    names: Mapping[str, str]
    given: Mapping[str, str]
    pack: Pack
    places: Mapping[int, str] = {}

    def held(self, name: str, at: int) -> str:
        """What a column holds by its name or place: a field, `flag:ID`, `-` for left out, or
        nothing where it is not known."""
        field = self.places.get(at) or self.of(name) or self._numbered(name)
        flag = "" if field or not plain_name(name) else self.flag_of(name)
        return field or (f"{FLAG}{flag}" if flag else "")

    def _numbered(self, name: str) -> str:
        """The field of one of several columns of codes, such as `Dx code 2`."""
        found = re.fullmatch(r"(.*?)[\W_]*\d\d?", name.strip())
        return "code" if found and self.of(found[1]) == "code" else ""

    def of(self, name: str) -> str:
        """The field of a column, `-` of one that is left out, nothing of one that is not known."""
        plain = plain_name(name)
        if plain in self.given:
            return self.given[plain]
        short = plain_name(_IN_BRACKETS.sub(" ", _CAMEL.sub("_", name)))
        own = self.names.get(_joined(_OF_THE_PATIENT.sub("", short, count=1)), "")
        return (self.names.get(_joined(plain)) or self.names.get(_joined(short))
                or (own if own in _OWN else ""))

    def flag_of(self, name: str) -> str:
        """The flag that a column is named after, as in `On blood thinner? (Y/N)`, or nothing."""
        text = _HISTORY.sub("history of ", _IN_BRACKETS.sub(" ", name).replace("_", " "))
        for short in (text, _ASKED.sub("", text.strip())):
            try:
                found = id_of(self.pack, "flags", short)
            except UsageError:  # it may be more than one
                continue
            if found in self.pack.structure.flags:
                return found
        return ""

    def warns(self, name: str) -> bool:
        """Whether the name of a column tells of a flag without being its name."""
        return bool(said_by(self.pack, [name.replace("_", " ")]).flags)


def fields_by_name(named: Mapping[str, str], pack: Pack) -> Fields:
    """The field of each name; a field that `named` gives to a column has no other name."""
    taken = {*named.values()} - {"code"}
    names = {**NAMES, "side": (*NAMES["side"], *pack.body.side_columns)}
    known = {_joined(plain_name(name)): each for each, others in names.items() if each not in taken
             for name in (each, *others)}
    by_place = {int(column[1:]) - 1: each for column, each in named.items()
                if _PLACE.fullmatch(column)}
    return Fields(known, {plain_name(column): each for column, each in named.items()
                          if not _PLACE.fullmatch(column)}, pack, by_place)


def header_of(names: Sequence[str], fields: Fields, where: str) -> Header:
    """The columns that a line names; InputError where a field stands twice."""
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    flags: dict[str, int] = {}
    codes: list[int] = []
    for at, name in enumerate(names):
        field = fields.held(name, at)
        flag = field.removeprefix(FLAG) if field.startswith(FLAG) else ""
        if field == UNUSED or not (field or plain_name(name)):
            continue
        if flag and flag not in flags:
            flags[flag] = at
        elif flag or not field:
            unknown[at] = name
        elif field == "code" and field in places:
            codes.append(at)
        else:
            _place(field, at, names, (places, unknown), where)
    may_tell = headings.told_names(names, unknown, fields.pack,
                                   asks=not places.keys().isdisjoint(ASKING))
    return Header(places, len(names), {at: may_tell[at] for at in sorted(unknown)},
                  tuple(at for at, name in enumerate(names)
                        if not (plain_name(name) or at in fields.places)),
                  tuple(codes), flags,
                  tuple(at for at, name in unknown.items() if fields.warns(name)), _order(names))


def _place(field: str, at: int, names: Sequence[str],
           kept: tuple[dict[str, int], dict[int, str]], where: str) -> None:
    """Gives a column its field; of two that may have it the surer one, where one is enough."""
    places, unknown = kept
    if field not in places:
        places[field] = at
    elif field in _ONE_OF_MANY:
        first, later = sorted((places[field], at), key=lambda each: _rank(field, names[each]))
        places[field], unknown[later] = first, names[later]
    else:
        raise InputError(f"columns {places[field] + 1} and {at + 1} both hold '{field}'",
                         where=where, field="columns",
                         cure="Keep one of them, or choose with --map COLUMN=FIELD.")


def _rank(field: str, name: str) -> int:
    known = [plain_name(each) for each in (field, *NAMES[field])]
    return known.index(plain_name(name)) if plain_name(name) in known else len(known)


def _order(names: Iterable[str]) -> str:
    """The order of day and month that names say, as in `DOB (MM/DD/YYYY)`."""
    found = {order for name in names for order, form in _ORDERS.items() if form.search(name)}
    return found.pop() if len(found) == 1 else ""


def check_header(header: Header, names: Sequence[str], fields: Fields, where: str) -> None:
    """InputError for a header by which nobody knows what to make, or that a map doesn't fit."""
    plain = {plain_name(name) for name in names}
    for column, given in fields.given.items():
        if column not in plain:
            raise InputError(f"no column has the name that the map gives for '{given}'",
                             where=where, field="columns",
                             cure="Write it as in the first line of the file, or its place, such "
                                  "as #3.")
    if fields.places and max(fields.places) >= len(names):
        raise InputError("has fewer columns than the map gives places", where=where,
                         field="columns", cure="Count them from the left, from #1.")
    if header.asks:
        return
    raise InputError(
        f"no column says which handout to make{_seen(header)}", where=where, field="columns",
        cure="Name the columns in the first line: 'cause', 'code' or 'protocol' at least; known "
             f"are {', '.join(NAMES)}.\nOf another name: --map 'COLUMN=FIELD', such as "
             "--map 'Dx=code'.")


def _seen(header: Header) -> str:
    """The unknown names of a first line, or that it holds none."""
    names = [f"'{name}'" for at, name in header.unknown.items() if name != headings.place(at)]
    if names:
        return f"; not known are {', '.join(names)}"
    return "; its first line looks like a row, not like names" if header.unknown else ""


def plain_name(name: str) -> str:
    """A column's name without case, accents and signs."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name.casefold())
                   if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "_", bare).strip("_")


def _joined(plain: str) -> str:
    """A name as it is looked up: PATIENTID is Patient ID."""
    return plain.replace("_", "")
