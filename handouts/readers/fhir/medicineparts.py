"""The elements of FHIR's medicines and procedures that are read, of R4, R5 and older versions."""

from collections.abc import Iterator

from msgspec import Struct

from handouts.readers.fhir.elements import (
    BodySite,
    Coding,
    Concept,
    EntryPart,
    Period,
    Quantity,
    Reference,
)


class CodedReference(Struct):
    """What R5 has in place of a concept or a reference."""

    concept: Concept | None = None
    reference: Reference | None = None


class Ingredient(Struct):
    """What a medicine holds."""

    itemCodeableConcept: Concept | None = None
    itemReference: Reference | None = None
    item: CodedReference | None = None  # R5

    def concepts(self) -> Iterator[Concept]:
        """Its codes and words."""
        new = self.item or CodedReference()
        yield from filter(None, (self.itemCodeableConcept, new.concept))
        called = self.itemReference or new.reference
        if called and called.display:
            yield Concept(text=called.display)


class MedicationPart(EntryPart):
    """The elements of a Medication that are read."""

    id: str | None = None
    resourceType: str | None = None
    code: Concept | None = None
    ingredient: list[Ingredient] | None = None

    @property
    def concept(self) -> Concept | None:
        """The medicine by its own codes and words and those of what it holds."""
        inner = [each for one in self.ingredient or [] for each in one.concepts()]
        said = [each for each in (self.code, *inner) if each]
        return Concept([*(coding for each in said for coding in each.coding or []),
                        *(Coding(display=each.text) for each in said if each.text)],
                       ) if said else None


class Repeat(Struct):
    """How long it goes on."""

    boundsDuration: Quantity | None = None
    boundsPeriod: Period | None = None


class Timing(Struct):
    """When it is taken."""

    repeat: Repeat | None = None


class Dosage(Struct):
    """How it is taken."""

    route: Concept | None = None
    timing: Timing | None = None


class Dispense(Struct):
    """How much of it is handed out."""

    expectedSupplyDuration: Quantity | None = None
    numberOfRepeatsAllowed: int | None = None


class Adherence(Struct):
    """Whether it is taken, as R5 tells it."""

    code: Concept | None = None


class MedicinePart(EntryPart):
    """The elements of a MedicationRequest, -Statement, -Dispense or -Administration that are read.
    """

    resourceType: str | None = None
    status: str | None = None
    doNotPerform: bool | None = None
    wasNotTaken: bool | None = None  # DSTU2
    wasNotGiven: bool | None = None
    notGiven: bool | None = None  # STU3
    taken: str | None = None
    adherence: Adherence | None = None  # R5
    medicationCodeableConcept: Concept | None = None
    medicationReference: Reference | None = None
    medication: CodedReference | None = None  # R5
    authoredOn: str | None = None
    dateWritten: str | None = None  # DSTU2
    effectiveDateTime: str | None = None
    effectivePeriod: Period | None = None
    dosageInstruction: list[Dosage] | None = None
    dosage: list[Dosage] | Dosage | None = None
    dispenseRequest: Dispense | None = None
    whenHandedOver: str | None = None
    whenPrepared: str | None = None
    daysSupply: Quantity | None = None

    @property
    def concept(self) -> Concept | None:
        """The medicine, where it is named here."""
        return self.medicationCodeableConcept or (
            self.medication.concept if self.medication else None)

    @property
    def _other(self) -> Reference | None:
        return self.medicationReference or (
            self.medication.reference if self.medication else None)

    @property
    def referred(self) -> str:
        """The reference to the medicine, or empty."""
        return (self._other and self._other.reference) or ""

    @property
    def shown(self) -> Concept | None:
        """The medicine by what a reference to it is called, where that is all that is known."""
        called = self._other and self._other.display
        return Concept(text=called) if called else None


class ProcedurePart(EntryPart):
    """The elements of a Procedure that are read."""

    status: str | None = None
    notPerformed: bool | None = None  # DSTU2
    notDone: bool | None = None  # STU3
    code: Concept | None = None
    performedDateTime: str | None = None
    performedPeriod: Period | None = None
    occurrenceDateTime: str | None = None  # R5
    occurrencePeriod: Period | None = None
    bodySite: list[BodySite] | None = None
