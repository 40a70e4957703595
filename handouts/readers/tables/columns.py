"""The names of columns → which column holds which field.

Names are matched without case, spaces and signs; one that is not known is told by name.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from handouts.errors import HandoutError, InputError
from handouts.pack.pack import Pack
from handouts.readers.tables import flagnames, headings
from handouts.readers.tables.names import (
    ABROAD,
    ALL_COUNT,
    ASKING,
    BESIDE_LATITUDE,
    BESIDE_STATE,
    EITHER,
    ENGLISH_TOO,
    LEAVING_OUT,
    NAMES,
    ONE_OF_MANY,
    OTHER_CODES,
    SURE_CODES,
)

FLAG = "flag:"  # before a flag that a column is named after
UNUSED = "-"  # the field of a column that a map leaves out
# A word before a name that says no more than whose it is.
_OF_THE_PATIENT = re.compile("(?:patient|client)_?|(?:pt|pat)_")
_OWN = ("patient", "given_name", "family_name", "dob", "id", "lang", "deceased")
OTHER_CODE = "other:code"  # of a column of codes of a system that is not read
_CUSTOM = re.compile(r"custom field:?\s*", re.I)
_MOST_TOLD = 20  # names in a message
_PLACE = re.compile("#[1-9][0-9]{0,3}")  # a column by its place, from 1
_ORDERS = {"mdy": re.compile(r"\bm{1,2}[-/. ]d{1,2}[-/. ]y", re.I),
           "dmy": re.compile(r"\bd{1,2}[-/. ]m{1,2}[-/. ]y", re.I)}
# The columns that fill a field of Request or Patient with another name.
_REQUEST_FIELDS = {"patient": "name", "dob": "born", "clinician": "given_by", "date": "given_on",
                   "review": "next_visit", "lang": "language"}
# An option of `make`, which in a table is a column; none of `batch`, whose value is of every row.
_OPTION = re.compile("--([a-z]+(?:-[a-z]+)*)(?![a-z-])(?! [A-Z]+=)")
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
    """The place of each field, those of further columns of it where all count, those of columns
    named after a flag, how many columns there are, and those that are not known: by place and the
    name that may be told of them (see `headings`), and by place alone where they have none.

    `warnings` are those of the unknown whose names tell of a flag or of risks, `likely` those whose
    names begin as a flag's does, `other_codes` those of codes of another edition or system, `order`
    is that of day and month, where a name says it; `is_abroad`: names are in a language of places
    where ICD-10 is not the edition of the US.
    """

    places: Mapping[str, int]
    width: int
    unknown: Mapping[int, str]
    nameless: tuple[int, ...] = ()
    more: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    flags: Mapping[int, str] = field(default_factory=dict)
    warnings: tuple[int, ...] = ()
    likely: tuple[int, ...] = ()
    other_codes: tuple[int, ...] = ()
    order: str = ""
    is_abroad: bool = False

    def all_of(self, field: str) -> tuple[int, ...]:
        """The places of all columns of a field."""
        return self._all.get(field, ())

    @cached_property
    def _all(self) -> Mapping[str, tuple[int, ...]]:
        return {field: (at, *self.more.get(field, ())) for field, at in self.places.items()}

    @cached_property
    def asking(self) -> tuple[int, ...]:
        """The places of all columns that say which handout to make."""
        return tuple(at for name in ASKING for at in self.all_of(name))

    @cached_property
    def leaving_out(self) -> tuple[tuple[str, int], ...]:
        """The fields that may say that a row asks for nothing, each with the place of a column."""
        return tuple((name, at) for name in LEAVING_OUT for at in self.all_of(name))

    @property
    def asks(self) -> bool:
        """Whether a column says which handout to make."""
        return bool(self.asking)


class Fields(NamedTuple):
    """What is known of the names of columns, for one pack and one map."""

    names: Mapping[str, str]
    given: Mapping[str, str]
    pack: Pack
    places: Mapping[int, str] = {}

    def all_held(self, names: Sequence[str]) -> list[str]:
        """What each column holds by its name or place: a field, `flag:ID`, `other:code` for codes
        that are not read, `-` for left out, or nothing where it is not known."""
        held = [self._held(name, at) for at, name in enumerate(names)]
        own = [at for at, name in enumerate(names)
               if at not in self.places and plain_name(name) not in self.given]
        plain = {at: plain_name(names[at]) for at in own}
        address = {*BESIDE_STATE} & {each.replace("_", " ") for each in plain.values()}
        for at in own:
            if plain[at] in EITHER and (parts := {"given_name", "family_name"} & {*held} - {
                    held[at]}):
                held[at] = _other_part(parts, held[at])
            elif (plain[at] == "state" and address) or (
                    plain[at] == "lat" and not {*BESIDE_LATITUDE}.isdisjoint(plain.values())):
                held[at] = ""
            elif (held[at] == "code" and self.is_abroad(names) and "code_system" not in held
                  and not any(sign in plain[at] for sign in SURE_CODES)):
                held[at] = OTHER_CODE
        return held

    def is_abroad(self, names: Iterable[str]) -> bool:
        """Whether names of columns are in a language of `ABROAD` alone."""
        return any(_joined(plain_name(name)) in _ABROAD_ALONE for name in names)

    def _held(self, name: str, at: int) -> str:
        field = self.places.get(at) or self.of(name) or self._numbered(name)
        flag = "" if field or not plain_name(name) else flagnames.flag_of(self.pack, name)
        return field or (f"{FLAG}{flag}" if flag else "")

    def _numbered(self, name: str) -> str:
        """The field of one of several columns of diagnoses, such as `Dx code 2`."""
        found = re.fullmatch(r"(.*?)[\W_]*\d\d?", name.strip())
        field = self.of(found[1]) if found else ""
        return field if field in ("code", "cause") else ""

    def of(self, name: str) -> str:
        """The field of a column, `-` of one that is left out, nothing of one that is not known."""
        plain = plain_name(name)
        if plain in self.given:
            return self.given[plain]
        bare = flagnames.CAMEL.sub("_", _CUSTOM.sub("", name))
        short = plain_name(flagnames.IN_BRACKETS.sub(" ", bare))
        own = self.names.get(_joined(_OF_THE_PATIENT.sub("", short, count=1)), "")
        return (self.names.get(_joined(plain)) or self.names.get(_joined(short))
                or (own if own in _OWN else ""))


def fields_by_name(named: Mapping[str, str], pack: Pack) -> Fields:
    """The field of each name; a field that `named` gives to a column has no other name."""
    taken = {*named.values()} - {*ALL_COUNT}
    names = {**NAMES, "side": (*NAMES["side"], *pack.body.side_columns)}
    known = {_joined(plain_name(name)): each for each, others in names.items() if each not in taken
             for name in (*ABROAD.get(each, ()), each, *others)}
    known |= {_joined(plain_name(name)): OTHER_CODE for name in OTHER_CODES}
    if "patient" not in taken:
        known |= dict.fromkeys(EITHER, "patient")
    by_place = {int(column[1:]) - 1: each for column, each in named.items()
                if _PLACE.fullmatch(column)}
    return Fields(known, {plain_name(column): each for column, each in named.items()
                          if not _PLACE.fullmatch(column)}, pack, by_place)


def _other_part(parts: set[str], field: str) -> str:
    """What `name` holds beside columns of given names or of the family's."""
    return field if len(parts) > 1 else "family_name" if "given_name" in parts else "given_name"


def header_of(names: Sequence[str], fields: Fields, where: str) -> Header:
    """The columns that a line names; InputError where a field stands twice."""
    places: dict[str, int] = {}
    unknown: dict[int, str] = {}
    more: defaultdict[str, tuple[int, ...]] = defaultdict(tuple)
    flags: dict[int, str] = {}
    held = fields.all_held(names)
    for at, (name, what) in enumerate(zip(names, held, strict=True)):
        flag = what.removeprefix(FLAG) if what.startswith(FLAG) else ""
        if what == UNUSED or not (what or plain_name(name)):
            continue
        if flag:
            flags[at] = flag
        elif what in ("", OTHER_CODE):
            unknown[at] = name
        elif what in ALL_COUNT and what in places:
            more[what] += (at,)
        else:
            _place(what, at, names, (places, unknown), where)
    may_tell = headings.told_names(names, unknown, fields.pack,
                                   asks=not places.keys().isdisjoint(ASKING))
    return Header(places, len(names), {at: may_tell[at] for at in sorted(unknown)},
                  tuple(at for at, name in enumerate(names)
                        if not (plain_name(name) or at in fields.places)),
                  more, flags,
                  tuple(at for at, name in unknown.items() if flagnames.warns(fields.pack, name)),
                  tuple(at for at, name in unknown.items()
                        if flagnames.is_likely(fields.pack, name)),
                  tuple(at for at, what in enumerate(held) if what == OTHER_CODE),
                  _order(names), fields.is_abroad(names))


def _place(field: str, at: int, names: Sequence[str],
           kept: tuple[dict[str, int], dict[int, str]], where: str) -> None:
    """Gives a column its field; of two that may have it the surer one, where one is enough."""
    places, unknown = kept
    if field not in places:
        places[field] = at
    elif field in ONE_OF_MANY:
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
    if header.other_codes:
        raise InputError(
            "its codes are not of ICD-10-CM, the edition of the US, or of SNOMED CT", where=where,
            field="columns",
            cure="Name the cause in a column of its own. Where they are of ICD-10-CM, say so: "
                 "--map 'COLUMN=code'.")
    raise InputError(
        f"no column says which handout to make{_seen(header)}", where=where, field="columns",
        cure="Name the columns in the first line: 'cause', 'code' or 'protocol' at least; known "
             f"are {', '.join(NAMES)}.\nOf another name: --map 'COLUMN=FIELD', such as "
             "--map 'Dx=code'.")


def _seen(header: Header) -> str:
    """The unknown names of a first line, or that it holds none."""
    names = [f"'{name}'" for at, name in header.unknown.items() if name != headings.place(at)]
    if names:
        more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
        return f"; not known are {', '.join(names[:_MOST_TOLD])}{more}"
    return "; its first line looks like a row, not like names" if header.unknown else ""


def plain_name(name: str) -> str:
    """A column's name without case, accents and signs."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name.casefold())
                   if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "_", bare).strip("_")


def _joined(plain: str) -> str:
    """A name as it is looked up: PATIENTID is Patient ID."""
    return plain.replace("_", "")


_ABROAD_ALONE = ({_joined(plain_name(name)) for names in ABROAD.values() for name in names}
                 - {_joined(plain_name(name)) for names in (*NAMES.values(), ENGLISH_TOO)
                    for name in names})
