"""FHIR R4 files, read twice → the patients with a diagnosis of the pack, and all that is known of
them.

The first reading finds whose conditions select a cause, the second gathers what is known of these
patients. So memory grows only with the patients who match, in whatever order and over how many
files the resources stand; of those with a warning and no cause, the ids are held until they are
met, for a warning without a patient may be of anyone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from handouts.errors import InputError
from handouts.pack.pack import Pack
from handouts.readers.fhir import parts
from handouts.readers.fhir.conditions import Conditions
from handouts.readers.fhir.files import LEFT_OUT, resources
from handouts.readers.fhir.owners import (
    Owner,
    Owners,
    base_of,
    contained_patient,
    holds_condition,
    id_in,
)
from handouts.readers.fhir.parts import ConditionPart, EntryPart, PatientPart
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
from handouts.readers.fhir.treatments import (
    MEDICINES,
    MedicationPart,
    MedicinePart,
    ProcedurePart,
    Treatments,
)
from handouts.rules.cases import Case, RecordEntry

_condition = msgspec.json.Decoder(ConditionPart).decode
_patient = msgspec.json.Decoder(PatientPart).decode
_about = msgspec.json.Decoder(EntryPart).decode
_medication = msgspec.json.Decoder(MedicationPart).decode
_medicine = msgspec.json.Decoder(MedicinePart).decode
_procedure = msgspec.json.Decoder(ProcedurePart).decode


@dataclass
class Person:
    """A patient with a diagnosis of the pack, and the names by which the conditions know them."""

    place: ResourcePlace
    part: PatientPart
    keys: set[str]


class Export:
    """What is known of the patients of a set of files who have a diagnosis of the pack.

    `without_patient` tells where conditions stand whose patient was not met.
    """

    def __init__(self, paths: Sequence[Path], pack: Pack, today: date) -> None:
        self._paths, self._conditions = paths, Conditions(pack, today)
        self._treatments = Treatments(pack, today)
        self.without_patient: dict[str, ResourcePlace] = {}
        self._ids: set[str] = set()
        self._is_whole = True
        self._cases: dict[str, Case] = {}
        self._owners = Owners()
        self.people: dict[str, Person] = {}
        self._claims: Counter[str] = Counter()
        self._bases: dict[str, set[str]] = {}  # the servers that the conditions of an id name
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
                yield from self._look_inside(found)
            elif found.kind == "Medication":
                self._remember(found)
        yield from _missing(pages)
        if not kinds & {"Patient", "Condition", ""}:
            raise InputError("holds neither Patient nor Condition", where=str(self._paths[0]),
                             cure="Export both: a Bundle, or Bulk Data NDJSON, of FHIR R4.")

    def _select(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        try:
            check_names(found.data)
            part = _condition(found.data)
        except UNREADABLE as error:
            yield found.place, InputError(decoded(error), where="Condition", field="Condition",
                                          cure="Export it as FHIR R4.")
            return
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
            elif found.kind not in READ:
                self.rest[f"not-looked-at:{told_kind(found.kind)}"] += 1
            elif found.kind == "Condition":
                self._add_condition(found)
            elif found.kind in (*MEDICINES, "Procedure"):
                self._add_treatment(found)
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
            part = _condition(found.data)
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
        except UNREADABLE:
            case.unread = True  # it was told at the first reading
        if inner is not None and owner.key.startswith("#"):
            self._add_person(owner.key, Person(found.place, inner, {owner.key}))

    def _add_treatment(self, found: Resource) -> None:
        """Adds a medicine or a procedure of a patient found; one that can't be read is counted."""
        kind = "procedures" if found.kind == "Procedure" else "medicines"
        try:
            check_names(found.data)
            owner = self._owners.owner(_about(found.data), found)
            if id_in(owner.key) in self._ids:
                self._case_of(owner).add(self._treatment(found), kind)
        except UNREADABLE:
            self.rest[f"{kind}:unreadable"] += 1

    def _treatment(self, found: Resource) -> RecordEntry:
        if found.kind == "Procedure":
            return self._treatments.procedure(_procedure(found.data))
        return self._treatments.medicine(_medicine(found.data))

    def _remember(self, found: Resource) -> None:
        """Keeps what a Medication says, for those who refer to it."""
        try:
            check_names(found.data)
            self._treatments.remember(_medication(found.data), found.url)
        except UNREADABLE:
            self.rest["medicines:unreadable"] += 1

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
        if owner.base:
            self._bases.setdefault(owner.key, set()).add(owner.base)
        return self._cases.setdefault(owner.key, Case())

    def _add_patient(self, found: Resource) -> Iterator[tuple[ResourcePlace, InputError]]:
        try:
            check_names(found.data)
            part = _patient(found.data)
        except UNREADABLE as error:
            self._claims.update([found.id, found.url])
            yield found.place, InputError(decoded(error), where="Patient", field="Patient",
                                          cure="Export it as FHIR R4.")
            return
        person = parts.who(part, found.url)
        self._add_person(person, Person(found.place, part, {person, found.id, found.url} - {""}))

    def _add_person(self, name: str, person: Person) -> None:
        known = self.people.setdefault(name, person)
        new = person.keys if known is person else person.keys - known.keys
        self._claims.update(new)
        known.keys |= new

    # -- what was found ----------------------------------------------------------------------------

    def case_of(self, person: Person) -> Case:
        """All that the record of a patient says."""
        case = Case()
        for key in sorted(person.keys):
            case.join(self._cases.get(key, Case()))
        return case

    def selected(self) -> Iterator[Person]:
        """The patients whose conditions select a cause; another may only share the id of one."""
        for person in self.people.values():
            case = self.case_of(person)
            if case.causes:
                yield person
            else:
                self.rest += case.unused + Counter({"patient:no-cause": 1})

    def check(self, person: Person) -> None:
        """InputError where conditions may be this patient's that are another's, or can't be read,
        and where another record took the place of this one.
        """
        if parts.is_replaced(person.part):
            raise InputError("was replaced by another record, and must not be used any more",
                             where="Patient", field="Patient",
                             cure="Look at the record that it links to; conditions may still "
                                  "be filed under this one.")
        if self._is_ambiguous(person):
            raise InputError("two patients have the same id", where="Patient", field="Patient",
                             cure="Give the files of one system at a time.")
        if not self._is_whole:
            raise InputError("a condition of this patient may be lost", where="Condition",
                             field="Condition",
                             cure="Mend or take out what can't be read; it has a row of its own.")

    def _is_ambiguous(self, person: Person) -> bool:
        """Whether conditions may be this patient's or those of another with the same id."""
        servers = {base_of(key) for key in person.keys} - {""}
        for key in person.keys:
            servers |= self._bases.get(key, set())
        return len(servers) > 1 or any(
            self._claims[key] > 1 and (key in self._cases or base_of(key)) for key in person.keys)


def _missing(pages: Sequence[BundlePage]) -> Iterator[tuple[ResourcePlace, InputError]]:
    """The pages that say of a next one which is not there."""
    addresses = {page.address for page in pages}
    for page in pages:
        if page.following and page.following not in addresses:
            yield page.place, InputError(
                "is a page of several, not the whole: the next one is not among the files",
                where="Bundle", field="Bundle",
                cure="Export all pages; a warning may stand on another.")
