"""A FHIR medicine or procedure → the flags that it sets, or asks for.

Medicines are known by code, else by name; procedures by code and day, else by name and day. What
is over, was never begun or lies too far back sets nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import ValidationError, convert

from handouts.coding import medicines
from handouts.coding.flagcodes import Context, Flagged
from handouts.coding.medicines import Medicine
from handouts.coding.named import at_part as named_at
from handouts.pack.pack import Pack
from handouts.readers.fhir.conditions import Sites, flags_of
from handouts.readers.fhir.elements import Concept, Period, Quantity, days_since
from handouts.readers.fhir.medicineparts import (
    Adherence,
    Dispense,
    Dosage,
    MedicationPart,
    MedicinePart,
    ProcedurePart,
)
from handouts.readers.fhir.systems import unknown_of
from handouts.rules.cases import RecordEntry
from handouts.rules.laterality import one_side

MEDICINES = ("MedicationRequest", "MedicationOrder", "MedicationStatement", "MedicationDispense",
             "MedicationAdministration")
# A medicine of any other status may well be taken.
_NOT_TAKEN = {"cancelled", "completed", "declined", "draft", "ended", "entered-in-error",
              "not-done", "not-taken", "stopped"}
# What was handed out or given is taken for as long as its supply lasts, else for so many days.
_DONE = ("MedicationDispense", "MedicationAdministration")
_TAKEN_FOR = 120
_NOT_DONE = {"entered-in-error", "not-done", "preparation"}
_DAYS = {"d": 1.0, "day": 1.0, "days": 1.0, "wk": 7.0, "week": 7.0, "weeks": 7.0, "mo": 30.4,
         "month": 30.4, "months": 30.4, "a": 365.25, "year": 365.25, "years": 365.25}


class Treatments:
    """Reads medicines and procedures by the lists of one pack; `today` tells how long ago."""

    def __init__(self, pack: Pack, today: date) -> None:
        self._pack, self._today = pack, today
        self._sites = Sites(pack)
        self._referred: dict[str, Concept] = {}

    def remember(self, part: MedicationPart, url: str) -> None:
        """Keeps a Medication that others may refer to, if it sets a flag."""
        concept = part.concept
        if concept and medicines.taken(self._pack, concept.codes(), concept.names()):
            for name in filter(None, (url, f"Medication/{part.id}" if part.id else "")):
                self._referred[name] = concept

    def medicine(self, part: MedicinePart) -> RecordEntry:
        """What a medicine that is ordered, taken, handed out or given says."""
        if _is_none(part) or _is_over(part, self._today):
            return RecordEntry(unused=("medicine:not-taken",))
        told = (each for each in (part.concept, self._named(part), part.shown)
                if each and (each.codes() or each.names()))
        if (concept := next(told, None)) is None:
            return RecordEntry(unused=("medicine:no-name",))
        given = part.dosage or []
        dosages = part.dosageInstruction or (given if isinstance(given, list) else [given])
        routes = [code for each in dosages if each.route for _, code in each.route.codes()]
        words = [word for each in dosages if each.route for word in each.route.names()]
        found = medicines.taken(self._pack, concept.codes(), [*concept.names(), *words],
                                routes)
        if not found:
            return RecordEntry(unused=_not_understood(concept))
        days = _days_taken(part, dosages, self._today)
        return RecordEntry(
            flags=tuple(dict.fromkeys(_flagged(each.medicine, days) for each in found)),
            by_name=tuple(each.medicine.name for each in found if each.by_name))

    def procedure(self, part: ProcedurePart) -> RecordEntry:
        """What a Procedure says."""
        concept = part.code
        never = part.status in _NOT_DONE or part.notPerformed or part.notDone
        if never or concept is None:
            return RecordEntry(unused=("procedure:not-done" if concept else "procedure:no-name",))
        period = part.performedPeriod or part.occurrencePeriod or Period()
        done = part.performedDateTime or part.occurrenceDateTime or period.end or period.start
        days = days_since(done, self._today)
        sites = part.bodySite or []
        # Two sides in one entry are of both: what is known of it only ever restricts.
        site, _ = one_side(self._sites.of_entry(concept.names(), sites, None))
        context = Context(days, self._sites.at_part(part.bodySite))
        named = [*concept.names(), *(name for each in sites for name in each.names())]
        flags = [*flags_of(concept.codes(), context, site, self._pack)]
        known = {each.flag for each in flags}
        if days is None:  # it may have been of late
            late = flags_of(concept.codes(), context._replace(days=0), site, self._pack)
            flags += [each._replace(asks=True) for each in late if each.flag not in known]
            known |= {each.flag for each in late}
        for each in medicines.named_procedures(self._pack, named):
            if each.flag in known or not (days is None or 0 <= days <= each.days
                                          or (each.lasting and days >= 0)):
                continue
            side = site if self._pack.flag(each.flag).sided else ""
            flags.append(Flagged(each.flag, side, asks=days is None and not each.lasting))
        told = named_at(self._pack, named)
        if not flags and named and (flag := medicines.unknown_procedure(
                self._pack, named, days=days,
                at_part=context.at_part if told is None else told)):
            flags.append(Flagged(flag, site, asks=True))
        unused = () if flags else _unknown_system(concept.codes(), "procedure")
        return RecordEntry(flags=tuple(flags), unused=unused)

    def _named(self, part: MedicinePart) -> Concept | None:
        """The medicine that a reference means, inside the entry or beside it."""
        reference = part.referred
        if not reference.startswith("#"):
            return self._referred.get(reference) or self._referred.get(_end(reference))
        return next((found for inner in part.contained or []
                     if (found := _contained(inner, reference))), None)


def _end(reference: str) -> str:
    """`Medication/1` of an absolute address."""
    return "/".join(reference.rsplit("/", 2)[-2:])


def _contained(inner: Mapping[str, object], reference: str) -> Concept | None:
    if f"#{inner.get('id')}" != reference:
        return None
    try:
        return convert(inner, MedicationPart).concept
    except ValidationError:
        return None


def _is_none(part: MedicinePart) -> bool:
    """Whether a medicine is said not to be given, or not to be taken."""
    return bool(part.doNotPerform or part.wasNotTaken or part.wasNotGiven or part.notGiven
                or part.taken == "n" or _is_left(part.adherence))


def _is_left(adherence: Adherence | None) -> bool:
    said = adherence.code.codes() if adherence and adherence.code else []
    return any(code == "stopped" or code.startswith("not-taking") for _, code in said)


def _is_over(part: MedicinePart, today: date) -> bool:
    """Whether a medicine is not taken any more, or never was."""
    if part.resourceType not in _DONE or part.status != "completed":
        return part.status in _NOT_TAKEN
    period = part.effectivePeriod or Period()
    ago = days_since(part.whenHandedOver or part.whenPrepared or part.effectiveDateTime
                     or period.end or period.start, today)
    return ago is not None and ago > max(_quantity(part.daysSupply) or 0, _TAKEN_FOR)


def _flagged(medicine: Medicine, days: float | None) -> Flagged:
    """The flag of a medicine; one that needs to be taken for long asks where it may not be."""
    return Flagged(medicine.flag, asks=bool(medicine.days) and (days or 0) < medicine.days)


def _days_taken(part: MedicinePart, dosages: Iterable[Dosage], today: date) -> float | None:
    """For how many days a medicine is taken: as it is written, else up to today; None: not told."""
    dispense = part.dispenseRequest or Dispense()
    repeats = [each.timing.repeat for each in dosages if each.timing and each.timing.repeat]
    supply = _quantity(dispense.expectedSupplyDuration)
    told = [*(_quantity(each.boundsDuration) for each in repeats),
            *(_length(each.boundsPeriod, today) for each in repeats),
            supply and supply * (1 + (dispense.numberOfRepeatsAllowed or 0)),
            _quantity(part.daysSupply), _length(part.effectivePeriod, today),
            days_since(part.effectiveDateTime or part.authoredOn or part.dateWritten, today)]
    return next((days for days in told if days is not None), None)


def _quantity(quantity: Quantity | None) -> float | None:
    if quantity is None or quantity.value is None:
        return None
    unit = _DAYS.get((quantity.code or quantity.unit or "").strip().lower())
    return quantity.value * unit if unit else None


def _length(period: Period | None, today: date) -> int | None:
    """The days of a period; of one without an end, up to today."""
    if period is None:
        return None
    begun = days_since(period.start, today)
    return None if begun is None else begun - (days_since(period.end, today) or 0)


def _not_understood(concept: Concept) -> tuple[str, ...]:
    """A medicine without words whose codes are of systems that are not known."""
    return () if concept.names() else _unknown_system(concept.codes(), "medicine")


def _unknown_system(given: list[tuple[str, str]], kind: str) -> tuple[str, ...]:
    return tuple(f"{kind}:other-system:{name}" for name in unknown_of(given))
