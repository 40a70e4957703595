"""A FHIR Patient → who it is: the panel, the language, what tells one person from another."""

import re
from collections.abc import Iterable
from datetime import date

from handouts.errors import InputError
from handouts.pack.pack import Pack, language_of
from handouts.readers.fhir.elements import (
    DAY,
    BirthElement,
    HumanName,
    Identifier,
    PatientPart,
)
from handouts.request.days import day_of, refuse_children
from handouts.request.request import Patient

# Numbers that a handout does not show: social security, driver's licence, passport, tax.
_PRIVATE = {"SS", "SB", "DL", "PPN", "TAX", "NI"}
_SSN = "http://hl7.org/fhir/sid/us-ssn"
_BIRTH_TIME = "http://hl7.org/fhir/StructureDefinition/patient-birthTime"
_REGION = re.compile("[(;,/]")  # Spanish (Mexico); Spanish; Castilian
_NAME_USES = ("official", "usual")


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
        *(code for _, code in one.language.codes()),
        *(_REGION.split(name)[0] for name in one.language.names())])]
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
        family = name.family if isinstance(name.family, list) else [name.family]
        parts = [part or "" for part in (*(name.given or []), *family)]
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
        known = DAY.fullmatch(text)
        first = date(*(int(part or 1) for part in known.groups())) if known else date.min
    except ValueError:
        known = None
    if known is None or known[3]:
        raise InputError("is not a date", where="birthDate", field="Patient",
                         cure="FHIR writes YYYY, YYYY-MM or YYYY-MM-DD.")
    # Born in a month, one is of age for sure from the next month on; in a year, from the next year.
    refuse_children(today.year - first.year - (not known[2] or today.month <= first.month))
    return None
