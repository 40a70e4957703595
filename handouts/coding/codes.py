"""A diagnosis code of a known system → the cause and side that it stands for.

A code is never looked up by its text alone: the same M25.56 is one joint in ICD-10-CM and another
part of the body in the WHO's ICD-10. The tables and their origin are in the pack's codes/ folder.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from handouts.errors import InputError, PackError, UsageError, unknown
from handouts.pack.pack import Pack

# The systems by their short name, FHIR URI and OID; anything else is refused.
SYSTEMS = {
    "icd10cm": ("http://hl7.org/fhir/sid/icd-10-cm", "2.16.840.1.113883.6.90"),
    "snomed": ("http://snomed.info/sct", "2.16.840.1.113883.6.96"),
}
# What else they are called, each without signs (as in ICD-10-CM), or by an address of their own.
_ALSO = {
    "icd10cm": ("i10c", "http://hl7.org/fhir/sid/icd-10-us",
                "http://terminology.hl7.org/CodeSystem/icd-10-cm"),
    "snomed": ("snomedct", "snomedctus", "sct", "http://snomed.info/id"),
    "icd10pcs": ("http://hl7.org/fhir/sid/icd-10-pcs",),
    "cpt": ("cpt4", "http://hl7.org/fhir/sid/cpt"),
    "rxnorm": ("rxcui", "http://hl7.org/fhir/sid/rxnorm"),
    "atc": ("http://www.whocc.no/atc_ddd_index",),
}
SIDES = {"right": "right", "left": "left", "bilateral": "both"}
_COLUMNS = {"cause", "code", "side", "ask", "description"}
_OPEN = {"new", "not-united"}  # encounters of an injury that has not healed
_FORMS = {"icd10cm": re.compile("[A-Z][0-9][0-9A-Z]{1,5}"), "snomed": re.compile("[0-9]{6,18}")}
_SCHEME = re.compile("https?://(www[.])?|urn:oid:")
_EDITION = re.compile("(snomed[.]info/sct)/[0-9]+(/version/[0-9]+)?")
_SIGNS = re.compile("[ ._-]")
_OID = re.compile("[0-9]+([.][0-9]+)+")


@dataclass(frozen=True)
class Coded:
    """What a code stands for; `side` is empty where the code names none, `leaves_side` where it
    says that the side is not specified.

    `encounter` is new, not-united, healing or late (ICD-10-CM's seventh character); `asks` means
    that the code does not fix the place and never selects a handout by itself.
    """

    cause: str
    side: str = ""
    encounter: str = ""
    asks: bool = False
    description: str = ""
    leaves_side: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it says that an injury is still being treated, or that a bone has not united."""
        return self.encounter in _OPEN


def names_of(systems: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The short name of each system by its plain short name, FHIR URI and OID."""
    return {plain_system(name): short for short, names in systems.items()
            for name in (short, *names, *_ALSO.get(short, ()))}


@lru_cache(maxsize=1024)  # a file has few
def plain_system(name: str) -> str:
    """A system's name as it is looked up: whatever its case, http or https, a stroke at its end,
    a version or an edition after it, and signs in a name that is no address."""
    plain = name.strip().casefold().partition("|")[0]
    plain = _EDITION.sub(r"\1", _SCHEME.sub("", plain, count=1).removesuffix("/"))
    return plain if "/" in plain or _OID.fullmatch(plain) else _SIGNS.sub("", plain)


_NAMES = names_of(SYSTEMS)
# Systems that no record is kept in any more, or none of a patient: their warnings are not known.
_OLDER_NAMES = names_of({
    "icd9cm": ("http://hl7.org/fhir/sid/icd-9-cm", "2.16.840.1.113883.6.103"),
    "mesh": ("http://id.nlm.nih.gov/mesh", "2.16.840.1.113883.6.177"),
})


_OLDER_TOLD = {"icd9cm": "ICD-9-CM", "icd9": "ICD-9-CM", "mesh": "MeSH"}


def older_system(name: str) -> str:
    """What a system that is read of questions alone (`older.csv`) is called; else empty."""
    plain_name = plain_system(name)
    return _OLDER_TOLD.get(_OLDER_NAMES.get(plain_name, plain_name), "")


def known_system(name: str) -> str:
    """The short name of a code system given by short name, FHIR URI, OID or its URN; else empty."""
    return _NAMES.get(plain_system(name), "")


def fits(code: str, system: str) -> bool:
    """Whether a code has the form of those of a system, by its short name."""
    form = _FORMS.get(system)
    return form is None or form.fullmatch(plain(code)) is not None


def misplaced(code: str, system: str) -> str:
    """The system, of those that select a cause, whose form a code has that its own has not."""
    if fits(code, system):
        return ""
    return next((other for other in SYSTEMS if fits(code, other)), "")


def system_name(name: str) -> str:
    """The short name of a code system that is known; else a UsageError."""
    short = known_system(name)
    if not short:
        raise unknown("code system", name, SYSTEMS)
    return short


def find(pack: Pack, code: str, system: str = "icd10cm") -> Coded | None:
    """What a code stands for, or None where it stands for no cause."""
    coded = _table(pack.folder, system_name(system)).get(plain(code))
    if coded is not None and coded.cause not in pack.structure.causes:
        raise wrong_table(f"{system_name(system)}.csv", "a code names a cause that there is not")
    return coded


def older(pack: Pack, system: str, code: str) -> str:
    """The cause of a code of a system that only questions still use; else empty."""
    short = _OLDER_NAMES.get(plain_system(system), "")
    return _older(pack.folder).get((short, plain(code)), "")


def called(pack: Pack, name: str) -> Coded | None:
    """What the code stands for that has this name in its system, whatever its case."""
    return _names(pack.folder).get(" ".join(name.casefold().split()))


def mapped(pack: Pack, system: str = "icd10cm") -> tuple[tuple[str, Coded], ...]:
    """Every code of a system that selects a handout by itself, as it is written, in order."""
    return tuple((code, coded) for code, coded in listed(pack, system) if not coded.asks)


def listed(pack: Pack, system: str) -> tuple[tuple[str, Coded], ...]:
    """Every code of a system as it is written, in order, those that ask for the place, too."""
    table = _table(pack.folder, system)
    rows = rows_of(pack.folder / "codes" / f"{system}.csv", _COLUMNS)
    return tuple((code, table[plain(code)]) for code in dict.fromkeys(row["code"] for row in rows))


def causes_below(folder: Path, start: str) -> set[str]:
    """The causes of the codes of ICD-10-CM that begin so."""
    return {coded.cause for code, coded in _table(folder, "icd10cm").items()
            if code.startswith(start)}


def select(pack: Pack, code: str, *, system: str = "icd10cm", side: str = "",
           state: str | None = None) -> Coded:
    """The cause that a clinician's code selects, held against the `side` and `state` given with it.

    Raises UsageError for an unknown code, InputError for one that does not fix the place, that
    names the other side, or of something that has not healed beside a cleared state.
    """
    coded = find(pack, code, system)
    if coded is None:
        other = misplaced(code, system_name(system))
        raise UsageError("the code stands for no cause in this pack", where="code",
                         field="code",
                         cure=f"It is written as a code of {other}: give it with that system."
                         if other else
                         "Name the cause, or see codes/ in the pack for what is mapped.")
    if coded.asks:
        place = pack.words_in(pack.languages[0]).body.place
        raise InputError(f"the code does not fix one cause in {place} ({coded.description})",
                         where="code", field="code",
                         cure=f"If it is {place}, name the cause, such as {coded.cause}.")
    check_side(coded, side)
    check_state(pack, coded, state)
    return coded


def check_side(coded: Coded, side: str) -> None:
    """Raises InputError where a code names another side than `side`; each may name none."""
    if side and coded.side and side != coded.side:
        raise InputError(f"--side says {side}, the code says {coded.side}", where="code",
                         field="code", cure="Mend the one that is wrong.")


def check_state(pack: Pack, coded: Coded, state: str | None) -> None:
    """Raises InputError where a state says cleared, and the code that nothing has healed yet."""
    known = pack.cause(coded.cause).states
    if coded.is_open and state in known and known[state].cleared:
        raise InputError(f"the state '{state}' does not go with a code of active treatment, or of "
                         "a bone that has not united", where="code", field="code",
                         cure="Give the code of the later visit (7th character D and after), or "
                              "name the cause instead of a code.")


def plain(code: str) -> str:
    """A code as it is looked up: without blanks, dots and small letters."""
    return code.strip().upper().replace(".", "")


def rows_of(path: Path, wanted: Iterable[str]) -> list[dict[str, str]]:
    """The lines of a table with these columns; a pack without one has no codes of that system."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restval="")
        if missing := {*wanted} - {*(reader.fieldnames or ())}:
            raise wrong_table(path.name, f"there is no column '{min(missing)}'")
        return list(reader)


def wrong_table(name: str, problem: str) -> PackError:
    """The error for a table of codes/ that can't be used."""
    return PackError(problem, where=f"codes/{name}", cure="Mend that table of the pack.")


@cache
def _older(folder: Path) -> dict[tuple[str, str], str]:
    rows = rows_of(folder / "codes" / "older.csv", ("system", "code", "cause"))
    return {(row["system"], plain(row["code"])): row["cause"] for row in rows}


@cache
def _names(folder: Path) -> dict[str, Coded]:
    """The codes by their names; of one that several have, the one that fixes the least."""
    names: dict[str, Coded] = {}
    for coded in (each for system in SYSTEMS for each in _table(folder, system).values()):
        name = coded.description.casefold()
        known = names.setdefault(name, coded)
        if (known.cause, known.side) != (coded.cause, coded.side) or coded.asks:
            names[name] = replace(coded, side="", asks=known.asks or coded.asks
                                  or known.cause != coded.cause)
    return names


@cache
def _table(folder: Path, system: str) -> dict[str, Coded]:
    return {plain(row["code"]): Coded(
        row["cause"], SIDES.get(row["side"], ""), row.get("encounter", ""),
        bool(row["ask"]), row["description"], row["side"] == "unspecified")
        for row in rows_of(folder / "codes" / f"{system}.csv", _COLUMNS)}
