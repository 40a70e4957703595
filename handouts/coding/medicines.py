"""Medicines and procedures that set a flag by name or code, as the pack's codes/ folder lists them.

A name counts as a whole word, whatever its case: a generic one or a brand.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import Struct

from handouts.coding.codes import names_of, plain_system
from handouts.errors import PackError
from handouts.pack.pack import Pack
from handouts.pack.reading import convert, read_toml

# Systems of medicines by their short name, FHIR URI and OID.
SYSTEMS = {
    "rxnorm": ("http://www.nlm.nih.gov/research/umls/rxnorm", "2.16.840.1.113883.6.88"),
    "atc": ("http://www.whocc.no/atc", "2.16.840.1.113883.6.73"),
    "ndc": ("http://hl7.org/fhir/sid/ndc", "2.16.840.1.113883.6.69"),
}
_NAMES = names_of(SYSTEMS)
_NDC = (5, 4)  # digits of the labeler and of the product in an NDC of 11
T = TypeVar("T", bound=Struct)


class Medicine(Struct, frozen=True):
    """An ingredient: its flag, other names and brands, codes; `days` and `by_mouth` narrow it."""

    name: str
    flag: str
    names: tuple[str, ...] = ()
    rxnorm: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    ndc: tuple[str, ...] = ()
    days: int = 0
    by_mouth: bool = False


class MedicineForm(Struct, frozen=True):
    """Words and routes (SNOMED CT) that tell how a medicine is given."""

    words: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


class NamedProcedure(Struct, frozen=True):
    """A procedure by its name: one of the words at one of the places, if there are any, at most so
    many days ago; what is `lasting` is there however long ago it was done."""

    flag: str
    words: tuple[str, ...]
    days: int = 0
    lasting: bool = False
    places: tuple[str, ...] = ()


class UnknownProcedure(Struct, frozen=True):
    """What a procedure of late may be whose words are not known: asked for where a word has one of
    the endings of operations."""

    flag: str = ""
    days: int = 0
    endings: tuple[str, ...] = ()


class _Medicines(Struct, frozen=True):
    """medicines.toml."""

    medicines: tuple[Medicine, ...] = ()
    elsewhere: MedicineForm = MedicineForm()
    injected: MedicineForm = MedicineForm()


class _Procedures(Struct, frozen=True):
    """procedures.toml."""

    procedures: tuple[NamedProcedure, ...] = ()
    unknown: UnknownProcedure = UnknownProcedure()
    never: tuple[str, ...] = ()


class Taken(NamedTuple):
    """A medicine that sets a flag; `by_name` where no code told it."""

    medicine: Medicine
    by_name: bool


def known_system(name: str) -> str:
    """The short name of a system of medicines; else empty."""
    return _NAMES.get(plain_system(name), "")


def taken(pack: Pack, coded: Iterable[tuple[str, str]], named: Sequence[str],
          routes: Iterable[str] = ()) -> tuple[Taken, ...]:
    """The medicines of a record by its codes (system, code), its names and its routes.

    What stays where it is put, such as a gel, eye drops or a flush, is none.
    """
    return _taken(pack.folder, tuple(coded), tuple(named), frozenset(routes))


@lru_cache(maxsize=4096)  # an export says the same of many
def _taken(folder: Path, coded: tuple[tuple[str, str], ...], named: tuple[str, ...],
           routes: frozenset[str]) -> tuple[Taken, ...]:
    table = _medicines(folder)
    if _is_so(table.elsewhere, named, routes):
        return ()
    is_injected = _is_so(table.injected, named, routes)
    by_code = _by_code(folder)
    by_codes = {by_code[key] for system, code in coded
                if (key := (known_system(system), _plain(system, code))) in by_code}
    return tuple(Taken(each, each.name not in by_codes) for each in table.medicines
                 if (each.name in by_codes or is_named(named, (each.name, *each.names)))
                 and not (each.by_mouth and is_injected))


def named_procedures(pack: Pack, named: Sequence[str]) -> tuple[NamedProcedure, ...]:
    """The procedures that a name tells, its body sites among the names."""
    table = _procedures(pack.folder)
    if is_named(named, table.never):
        return ()
    return tuple(each for each in table.procedures
                 if is_named(named, each.words)
                 and (not each.places or is_named(named, each.places)))


def unknown_procedure(pack: Pack, named: Sequence[str], *, at_part: bool | None,
                      days: int | None) -> str:
    """The flag to ask for of a procedure of late that no words tell; else empty.

    `at_part`: whether its place is of the part, None where it names none.
    """
    table = _procedures(pack.folder)
    unknown = table.unknown
    is_late = days is not None and 0 <= days <= unknown.days
    if not unknown.flag or not is_late or at_part is False or is_named(named, table.never):
        return ""
    words = [word for text in named for word in re.findall(r"\w+", text.casefold())]
    is_operation = any(word.endswith(unknown.endings) for word in words)
    return unknown.flag if at_part or is_operation else ""


def is_named(texts: Iterable[str], words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in one of the texts, as a whole word."""
    pattern = _pattern(words)
    return bool(words) and any(pattern.search(text) for text in texts)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, words))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE)


def _is_so(form: MedicineForm, named: Sequence[str], routes: frozenset[str]) -> bool:
    return is_named(named, form.words) or not routes.isdisjoint(form.routes)


def _plain(system: str, code: str) -> str:
    """A code as it is looked up; of an NDC, labeler and product, as 00056-0172."""
    plain = code.strip().upper()
    if known_system(system) != "ndc":
        return plain
    labeler, product = _NDC
    parts = plain.split("-")
    if len(parts) > 1:
        return f"{parts[0].zfill(labeler)}-{parts[1].zfill(product)}"
    return f"{plain[:labeler]}-{plain[labeler:labeler + product]}"


@cache
def _by_code(folder: Path) -> dict[tuple[str, str], str]:
    """The ingredient of each code, by system and code."""
    return {(system, code): each.name for each in _medicines(folder).medicines
            for system in SYSTEMS for code in getattr(each, system)}


@cache
def _medicines(folder: Path) -> _Medicines:
    return read_list(folder / "codes" / "medicines.toml", _Medicines)


@cache
def _procedures(folder: Path) -> _Procedures:
    return read_list(folder / "codes" / "procedures.toml", _Procedures)


def read_list(path: Path, shape: type[T]) -> T:
    """The list in a file of a pack; one without the file has none. Raises PackError."""
    if not path.is_file():
        return shape()
    problems: list[str] = []
    table = read_toml(path, problems)
    made = convert(table, shape, path.name, problems) if table is not None else None
    if made is None:
        raise PackError("the list can't be used", where=str(path), problems=problems)
    return made
