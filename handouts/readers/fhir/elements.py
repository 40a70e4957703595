"""The elements of FHIR that a handout needs: of R4, and of DSTU2 and STU3 where they are plain.

Every element may be missing, and null where an export writes it so.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from handouts.coding.codes import known_system

DAY = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


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


Status = Concept | str  # R4 has it as a concept, DSTU2 and STU3 as the code alone


class Reference(Struct):
    """A reference to another resource, and what that is called."""

    reference: str | None = None
    display: str | None = None


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
    patient: Reference | None = None  # the same in DSTU2
    contained: list[dict[str, Any]] | None = None

    @property
    def owner(self) -> str:
        """The reference to the patient, or empty."""
        whose = self.subject or self.patient
        return (whose.reference if whose else None) or ""


class ConditionPart(EntryPart):
    """The elements of a Condition that are read."""

    code: Concept | None = None
    category: list[Concept] | Status | None = None  # a list in STU3 and R4
    clinicalStatus: Status | None = None
    verificationStatus: Status | None = None
    bodySite: list[BodySite] | None = None
    extension: list[Extension] | None = None
    modifierExtension: list[Any] | None = None
    onsetDateTime: str | None = None
    onsetPeriod: Period | None = None
    onsetAge: Quantity | None = None
    abatementDateTime: str | None = None
    abatementPeriod: Period | None = None
    abatementAge: Any = None
    abatementRange: Any = None
    abatementString: str | None = None
    abatementBoolean: bool | None = None  # DSTU2 and STU3
    recordedDate: str | None = None
    assertedDate: str | None = None  # STU3
    dateRecorded: str | None = None  # DSTU2


class HumanName(Struct):
    """A name."""

    use: str | None = None
    text: str | None = None
    family: str | list[str | None] | None = None  # a list in DSTU2
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

    other: Reference | None = None
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


def days_since(text: str | None, today: date) -> int | None:
    """How many days ago a FHIR date or time was; None for a year alone, or no date.

    Of a month its last day counts, but not after today: flags only ever restrict, and what is of
    late is the more cautious reading.
    """
    known = DAY.match(text or "")
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
            sides: Mapping[str, str]) -> set[str]:
    """The sides that body sites and extensions on laterality name, by a table of SNOMED CT."""
    sites = list(sites)
    concepts: list[Concept] = [*sites]
    for extension in [*extensions, *(more for site in sites for more in site.extension or [])]:
        if extension.valueCodeableConcept and "laterality" in (extension.url or "").lower():
            concepts.append(extension.valueCodeableConcept)
    return {sides[code] for concept in concepts for system, code in concept.codes()
            if known_system(system) == "snomed" and code in sides}
