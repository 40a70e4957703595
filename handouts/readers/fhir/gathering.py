"""FHIR R4 files, read twice → the patients with a diagnosis of the pack, and all that is known of
them.

The first reading finds whose conditions select a cause, the second gathers what is known of these
patients. So memory grows only with the patients who match, in whatever order and over how many
files the resources stand; of those with a warning and no cause, the ids are held until they are
met, for a warning without a patient may be of anyone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from handouts.errors import InputError
from handouts.pack.pack import Pack
from handouts.readers.fhir.bundles import missing_pages
from handouts.readers.fhir.conditions import TAKEN, Conditions, taken_as_active
from handouts.readers.fhir.elements import ConditionPart, EntryPart, PatientPart
from handouts.readers.fhir.files import LEFT_OUT, resources
from handouts.readers.fhir.medicineparts import MedicationPart, MedicinePart, ProcedurePart
from handouts.readers.fhir.owners import (
    Owner,
    Owners,
    People,
    Person,
    contained_patient,
    holds_condition,
    id_in,
    merged,
)
from handouts.readers.fhir.people import is_replaced, who
from handouts.readers.fhir.resources import (
    READ,
    UNREADABLE,
    BundlePage,
    Fault,
    Resource,
    ResourcePlace,
    check_names,
    decoded,
    told_kind,
)
from handouts.readers.fhir.signs import SIGNS, Signs
from handouts.readers.fhir.systems import CodeSystems
from handouts.readers.fhir.treatments import MEDICINES, Treatments
from handouts.rules.cases import Case, RecordEntry

_condition = msgspec.json.Decoder(ConditionPart).decode
_patient = msgspec.json.Decoder(PatientPart).decode
_about = msgspec.json.Decoder(EntryPart).decode
_medication = msgspec.json.Decoder(MedicationPart).decode
_medicine = msgspec.json.Decoder(MedicinePart).decode
_procedure = msgspec.json.Decoder(ProcedurePart).decode


class Export:
    """What is known of the patients of a set of files who have a diagnosis of the pack.

    `without_patient` tells where conditions stand whose patient was not met, `coded` how many have
    a code, `worded` how many have words alone.
    """

    def __init__(self, paths: Sequence[Path], pack: Pack, today: date,
                 systems: CodeSystems) -> None:
        self._paths, self._conditions = paths, Conditions(pack, today)
        self._treatments, self._signs = Treatments(pack, today), Signs(pack, today)
        self._systems = systems
        self.coded = self.worded = 0
        self.without_patient: dict[str, ResourcePlace] = {}
        self._ids: set[str] = set()
        self._is_whole = True
        self._cases: dict[str, Case] = {}
        self._owners = Owners()
        self._people = People()
        self.rest: Counter[str] = Counter()
        self.has_patients = False

    # -- first reading -----------------------------------------------------------------------------

    def find_selected(self) -> Iterator[tuple[ResourcePlace, InputError]]:
        """Finds whose conditions select a cause; gives what can't be read."""
        kinds: set[str] = set()
        pages: list[BundlePage] = []
        for found in resources(self._paths):
            if isinstance(found, BundlePage):
                pages.append(found)
                continue
            if isinstance(found, Fault):
                kinds.add("")
                self._is_whole &= not found.loses
                yield found.place, found.problem
                continue
            kinds.add(found.kind)
            if found.kind == "Condition":
                yield from self._select(found)
            elif found.kind == "Patient":
                self._people.successors.update(merged(found))
                yield from self._look_inside(found)
            elif found.kind == "Medication":
                self._remember(found)
        yield from missing_pages(pages)
        self._ids |= self._people.merged_with(self._ids)
        if not kinds & {"Patient", "Condition", ""}:
            raise InputError("holds neither Patient nor Condition", where=str(self._paths[0]),
                             cure="Export both: a Bundle, or Bulk Data NDJSON, of FHIR R4.")

    def _condition(self, found: Resource) -> ConditionPart:
        part = _condition(found.data)
        self._systems.name(part.code, *(part.bodySite or []))
        return part

    def _select(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        try:
            check_names(found.data)
            part = self._condition(found)
        except UNREADABLE as error:
            yield found.place, InputError(decoded(error), where="Condition", field="Condition",
                                          cure="Export it as FHIR R4.")
            return
        self._systems.count(part.code)
        self.coded += bool(part.code and part.code.codes())
        self.worded += bool(part.code and part.code.names() and not part.code.codes())
        entry = self._conditions.entry(part)
        if not (entry.cause or entry.doubted or any(not flag.asks for flag in entry.flags)):
            return
        owner = self._owners.owner(part, found)
        if not owner.key:
            yield found.place, InputError("does not say whose it is", where="subject",
                                          field="subject",
                                          cure="A reference to a Patient belongs there.")
            return
        if not owner.is_found:
            self.without_patient.setdefault(owner.key, found.place)
        if entry.cause:
            self._ids.add(id_in(owner.key))

    def _look_inside(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        """Tells a Patient that holds a Condition, which is one that is not read."""
        if holds_condition(found.data):
            self._cases.setdefault(found.id or found.url, Case()).unread = True
            yield found.place, InputError(
                "holds a condition, which is not read there", where="Patient", field="Patient",
                cure="Export Patient and Condition side by side.")

    # -- second reading ----------------------------------------------------------------------------

    def gather(self) -> Iterator[tuple[ResourcePlace, InputError]]:
        """Gathers what is known of the patients found; gives those that can't be read."""
        for found in resources(self._paths):
            if not isinstance(found, Resource):
                continue
            if found.kind == LEFT_OUT:
                self.rest[f"file:{found.id}"] += 1
            elif found.kind == "Condition":
                self._add_condition(found)
            elif found.kind in (*MEDICINES, "Procedure") or self._signs.may_tell(found):
                self._add_treatment(found)
            elif found.kind not in READ:
                self.rest[f"not-looked-at:{told_kind(found.kind)}"] += 1
            elif found.kind == "Patient":
                yield from self._meet(found)

    def _meet(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        """Takes in a Patient, if a condition selects a cause for one of its names."""
        self.has_patients = True
        for key in (found.id, found.url):
            self.without_patient.pop(key, None)
        if found.id in self._ids or found.url in self._ids:
            yield from self._add_patient(found)
        else:
            self.rest["patient:no-cause"] += 1

    def _add_condition(self, found: Resource) -> None:
        try:
            part = self._condition(found)
        except UNREADABLE:
            self._add_unread(found)  # it was told at the first reading
            return
        entry, owner = self._conditions.entry(part), self._owners.owner(part, found)
        inner = contained_patient(part)
        self.has_patients = self.has_patients or inner is not None
        if id_in(owner.key) not in self._ids:
            self.rest.update(entry.unused)
            return
        case = self._case_of(owner)
        try:
            check_names(found.data)
            case.add(entry)
            case.looked_at.update([TAKEN] if taken_as_active(part) else [])
        except UNREADABLE:
            case.unread = True  # it was told at the first reading
        if inner is not None and owner.key.startswith("#"):
            self._people.add(owner.key, Person(found.place, inner, {owner.key}))

    def _add_treatment(self, found: Resource) -> None:
        """Adds a medicine, a procedure, an observation or an alert of a patient found; one that
        can't be read is counted."""
        kind = {"Procedure": "procedure", **SIGNS}.get(found.kind, "medicine")
        try:
            check_names(found.data)
            owner = self._owners.owner(_about(found.data), found)
            if id_in(owner.key) in self._ids:
                self._case_of(owner).add(self._treatment(found), f"{kind}s")
        except UNREADABLE:
            self.rest[f"{kind}:unreadable"] += 1

    def _treatment(self, found: Resource) -> RecordEntry:
        if found.kind in SIGNS:
            return self._signs.entry(found)
        if found.kind == "Procedure":
            done = _procedure(found.data)
            self._systems.name(done.code, *(done.bodySite or []))
            return self._treatments.procedure(done)
        part = _medicine(found.data)
        self._systems.name(part.concept)
        return self._treatments.medicine(part)

    def _remember(self, found: Resource) -> None:
        """Keeps what a Medication says, for those who refer to it."""
        try:
            check_names(found.data)
            part = _medication(found.data)
            self._systems.name(part.concept)
            self._treatments.remember(part, found.url)
        except UNREADABLE:
            self.rest["medicine:unreadable"] += 1

    def _add_unread(self, found: Resource) -> None:
        """Remembers that something of a patient can't be read, where it says at least whose."""
        try:
            part = _about(found.data)
        except UNREADABLE:
            return
        owner = self._owners.owner(part, found)
        if id_in(owner.key) in self._ids:
            self._case_of(owner).unread = True

    def _case_of(self, owner: Owner) -> Case:
        """What is known of a patient so far."""
        self._people.note(owner)
        return self._cases.setdefault(owner.key, Case())

    def _add_patient(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        try:
            check_names(found.data)
            part = _patient(found.data)
        except UNREADABLE as error:
            self._people.claims.update([found.id, found.url])
            yield found.place, InputError(decoded(error), where="Patient", field="Patient",
                                          cure="Export it as FHIR R4.")
            return
        person = who(part, found.url)
        self._people.add(person, Person(found.place, part, {person, found.id, found.url} - {""}))

    # -- what was found ----------------------------------------------------------------------------

    def case_of(self, person: Person) -> Case:
        """All that the record of a patient says."""
        case = Case()
        for key in sorted(person.keys):
            case.join(self._cases.get(key, Case()))
        return case

    def selected(self) -> Iterator[Person]:
        """The patients whose conditions select a cause; another may only share the id of one."""
        joined = self._people.join()
        for old in joined:
            self.without_patient.pop(old, None)
        self.rest += Counter({"patient:merged": sum(joined.values())})
        for person in self._people.known.values():
            case = self.case_of(person)
            if case.causes:
                yield person
            else:
                self.rest += case.unused + Counter({"patient:no-cause": 1})

    def check(self, person: Person) -> None:
        """InputError where conditions may be this patient's that are another's, or can't be read,
        and where another record took the place of this one.
        """
        if is_replaced(person.part):
            raise InputError("was replaced by another record, and must not be used any more",
                             where="Patient", field="Patient",
                             cure="Look at the record that it links to; conditions may still "
                                  "be filed under this one.")
        if self._people.is_ambiguous(person, self._cases):
            raise InputError("two patients have the same id", where="Patient", field="Patient",
                             cure="Give the files of one system at a time.")
        if not self._is_whole:
            raise InputError("a condition of this patient may be lost", where="Condition",
                             field="Condition",
                             cure="Mend or take out what can't be read; it has a row of its own.")
