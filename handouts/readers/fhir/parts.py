"""The parts of FHIR R4 that a handout needs, and what they say in plain Python.

Every element may be missing, and null where an export writes it so.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from handouts.errors import InputError
from handouts.pack.pack import Pack, language_of
from handouts.request.days import day_of, refuse_children
from handouts.request.request import Patient

# Numbers that a handout does not show: social security, driver's licence, passport, tax.
_PRIVATE = {"SS", "SB", "DL", "PPN", "TAX", "NI"}
_SSN = "http://hl7.org/fhir/sid/us-ssn"
_DAY = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_BIRTH_TIME = "http://hl7.org/fhir/StructureDefinition/patient-birthTime"
_NAME_USES = ("official", "usual")
MOST = 80  # characters of an address
# Where public code systems have their addresses; what stands elsewhere may be anything.
_PUBLIC = re.compile(r"""
    https?://hl7\.org/fhir/(sid/)?[a-z0-9-]+
    | https?://terminology\.hl7\.org/CodeSystem/[\w-]+
    | https?://snomed\.info/sct(/[0-9]+)?
    | https?://loinc\.org
    | https?://www\.nlm\.nih\.gov/research/umls/[a-z0-9-]+
    | https?://www\.ama-assn\.org/go/cpt
    | https?://www\.whocc\.no/atc
    | https?://www\.cms\.gov/Medicare/Coding/[A-Za-z0-9]+
    | https?://fhir\.de/CodeSystem/[a-z]+/[a-z0-9-]+
    | (urn:oid:)?2\.16\.840\.1\.113883\.6\.[0-9.]+""", re.VERBOSE)
OTHER, NONE = "another", "none"


class Coding(Struct):
    """A code of a system."""

    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Struct):
    """The same thing in one or more codes."""

    coding: list[Coding] | None = None
    text: str | None = None

    def codes(self) -> list[tuple[str, str]]:
        """System and code of each coding that has a code."""
        return [(coding.system or "", coding.code) for coding in self.coding or [] if coding.code]

    def names(self) -> list[str]:
        """Its words."""
        return [name for name in (self.text, *(each.display for each in self.coding or [])) if name]


class Extension(Struct):
    """An extension that may name a side."""

    url: str | None = None
    valueCodeableConcept: Concept | None = None


class BodySite(Concept):
    """A body site."""

    extension: list[Extension] | None = None


class Reference(Struct):
    """A reference to another resource."""

    reference: str | None = None


class Period(Struct):
    """From when to when."""

    start: str | None = None
    end: str | None = None


class Quantity(Struct):
    """So much of a unit."""

    value: float | None = None
    unit: str | None = None
    code: str | None = None


class EntryPart(Struct):
    """What every entry of a record has: whose it is, and what stands inside it."""

    subject: Reference | None = None
    contained: list[dict[str, Any]] | None = None


class ConditionPart(EntryPart):
    """The elements of a Condition that are read."""

    code: Concept | None = None
    clinicalStatus: Concept | None = None
    verificationStatus: Concept | None = None
    bodySite: list[BodySite] | None = None
    extension: list[Extension] | None = None
    modifierExtension: list[Any] | None = None
    onsetDateTime: str | None = None
    onsetPeriod: Period | None = None
    onsetAge: Quantity | None = None
    recordedDate: str | None = None


class HumanName(Struct):
    """A name."""

    use: str | None = None
    text: str | None = None
    family: str | None = None
    given: list[str | None] | None = None


class Identifier(Struct):
    """A number that someone gave the patient."""

    use: str | None = None
    type: Concept | None = None
    system: str | None = None
    value: str | None = None


class Communication(Struct):
    """A language that the patient speaks."""

    language: Concept | None = None
    preferred: bool | None = None


class PatientLink(Struct):
    """Another record of the same person, and what it is to this one."""

    type: str | None = None


class BirthExtension(Struct):
    """An extension of a birth date that may name the time of birth."""

    url: str | None = None
    valueDateTime: str | None = None


class BirthElement(Struct):
    """What stands beside a birth date."""

    extension: list[BirthExtension] | None = None


class PatientPart(Struct, rename={"birthElement": "_birthDate"}):
    """The elements of a Patient that are read."""

    id: str | None = None
    active: bool | None = None
    name: list[HumanName] | None = None
    identifier: list[Identifier] | None = None
    birthDate: str | None = None
    birthElement: BirthElement | None = None
    deceasedBoolean: bool | None = None
    deceasedDateTime: str | None = None
    communication: list[Communication] | None = None
    link: list[PatientLink] | None = None


def panel_of(part: PatientPart, today: date, *, adult: bool = False) -> Patient:
    """Name, birth date and number; InputError for a birth date that is none, or under 18.

    Nothing is made where nobody says that the patient is of age: neither a birth date nor, by
    `adult`, the rest of the record.
    """
    text = part.birthDate or _birth_time(part.birthElement)
    if not (text or adult):
        raise InputError("no birth date is there, and nothing else tells that this is an adult",
                         where="birthDate", field="Patient",
                         cure="Add the birth date or its year, or make this handout by itself.")
    return Patient(name=_name(part.name or []), born=_born(text, today),
                   id=_number(part.identifier or []))


def passed_over(part: PatientPart) -> str:
    """Why a patient gets no handout: `deceased`, `inactive` (a record not in use), or empty."""
    if part.deceasedBoolean or part.deceasedDateTime:
        return "deceased"
    return "inactive" if part.active is False else ""


def is_replaced(part: PatientPart) -> bool:
    """Whether another record is to be used in place of this one (FHIR R4, Patient.link)."""
    return any(link.type == "replaced-by" for link in part.link or [])


def spoken(part: PatientPart, pack: Pack) -> tuple[str, bool]:
    """The best language that patient and pack share (empty: none), and whether it is the first."""
    spoken = sorted(part.communication or [], key=lambda one: not one.preferred)
    named = [names for one in spoken if one.language and (names := [
        *(code for _, code in one.language.codes()), *filter(None, [one.language.text])])]
    shared = [next((language for name in names if (language := language_of(name, pack))), "")
              for names in named]
    best = next((language for language in shared if language), "")
    return best, not shared or bool(shared[0])


def who(part: PatientPart, url: str) -> str:
    """What tells one person from another whose id is the same: it begins with the id."""
    names = [[name.use, name.text, name.family, name.given] for name in part.name or []]
    numbers = [[one.system, one.value] for one in part.identifier or []]
    return f"{part.id or url}\x1f{part.birthDate}\x1f{names}\x1f{numbers}"


def _name(names: Iterable[HumanName]) -> str:
    ranked = {use: at for at, use in enumerate(_NAME_USES)}
    for name in sorted(names, key=lambda one: ranked.get(one.use or "", len(ranked))):
        parts = [*(given or "" for given in name.given or []), name.family or ""]
        text = " ".join((name.text or " ".join(parts)).split())
        if text:
            return text
    return ""


def _number(identifiers: Iterable[Identifier]) -> str:
    """The medical record number, else the first number that may be shown."""
    known = [(_types(one), one.value.strip()) for one in identifiers
             if one.value and one.use != "old" and one.system != _SSN]
    records = [value for types, value in known if "MR" in types]
    others = [value for types, value in known if not types & _PRIVATE]
    return next(iter([*records, *others]), "")


def _birth_time(beside: BirthElement | None) -> str:
    """The day of the time of birth that stands beside a birth date left out."""
    return next((each.valueDateTime[:10] for each in (beside and beside.extension) or []
                 if each.url == _BIRTH_TIME and each.valueDateTime), "")


def _types(identifier: Identifier) -> set[str]:
    return {code for _, code in identifier.type.codes()} if identifier.type else set()


def _born(text: str | None, today: date) -> date | None:
    """The day, or None where only a month or a year is known; never a guess.

    Who may be under 18, born on the last day that it can have been, is taken to be.
    """
    if not text:
        return None
    if day := day_of(text):
        return day
    try:
        known = _DAY.fullmatch(text)
        first = date(*(int(part or 1) for part in known.groups())) if known else date.min
    except ValueError:
        known = None
    if known is None or known[3]:
        raise InputError("is not a date", where="birthDate", field="Patient",
                         cure="FHIR writes YYYY, YYYY-MM or YYYY-MM-DD.")
    # Born in a month, one is of age for sure from the next month on; in a year, from the next year.
    refuse_children(today.year - first.year - (not known[2] or today.month <= first.month))
    return None


def days_since(text: str | None, today: date) -> int | None:
    """How many days ago a FHIR date or time was; None for a year alone, or no date.

    Of a month its last day counts, but not after today: flags only ever restrict, and what is of
    late is the more cautious reading.
    """
    known = _DAY.match(text or "")
    if known is None or known[2] is None:
        return None
    year, month = int(known[1]), int(known[2])
    try:
        day = date(year, month, int(known[3] or monthrange(year, month)[1]))
    except ValueError:
        return None
    ago = (today - day).days
    return max(ago, 0) if not known[3] and (year, month) == (today.year, today.month) else ago


def side_of(sites: Iterable[BodySite], extensions: Iterable[Extension],
            sides: Mapping[tuple[str, str], str]) -> set[str]:
    """The sides that body sites and extensions on laterality name, by a table of codes."""
    sites = list(sites)
    concepts: list[Concept] = [*sites]
    for extension in [*extensions, *(more for site in sites for more in site.extension or [])]:
        if extension.valueCodeableConcept and "laterality" in (extension.url or "").lower():
            concepts.append(extension.valueCodeableConcept)
    return {sides[code] for concept in concepts for code in concept.codes() if code in sides}


# -- how a code system is told ---------------------------------------------------------------------


def shown_system(system: str) -> str:
    """A public system's own address; `another` for any other, `none` for none."""
    plain = system.strip()
    if not plain:
        return NONE
    return plain if len(plain) <= MOST and _PUBLIC.fullmatch(plain) else OTHER
