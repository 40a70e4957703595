"""Whose an entry of a record is: its subject → the key of a patient (FHIR R4, 2.3.0.2, 2.36.4.1);
and the patients who are known by these keys.

A relative reference in a Bundle is of the server that its entry is of. Where two patients of one
id may be meant the key is the id alone, which both claim.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from handouts.readers.fhir.elements import EntryPart, PatientLink, PatientPart
from handouts.readers.fhir.people import is_replaced, who
from handouts.readers.fhir.resources import UNREADABLE, Json, Resource, ResourceHead, ResourcePlace

_TO_PATIENT = re.compile(r"(?:^|/)Patient/(?P<id>[^/#?\s]+)(?:/_history/[^/]+)?$")
_ON_SERVER = re.compile(r"https?://(?P<base>\S+)/[A-Z][A-Za-z]+/[^/#?\s]+(?:/_history/[^/]+)?")
_BY_PERSON = "\x1f"  # in the key of one person


class _Inside(msgspec.Struct):
    contained: list[ResourceHead] | None = None


class _Links(msgspec.Struct):
    link: list[PatientLink] | None = None


_patient = msgspec.json.Decoder(PatientPart).decode
_inside = msgspec.json.Decoder(_Inside).decode
_links = msgspec.json.Decoder(_Links).decode


class Owner(NamedTuple):
    """The key of a patient, empty where none is named; of an id alone, the server that it is of."""

    key: str
    base: str = ""

    @property
    def is_found(self) -> bool:
        """Whether the patient stands beside the entry, in its Bundle or inside it."""
        return _BY_PERSON in self.key


class Owners:
    """Finds whose the entries of a record are, a Bundle at a time."""

    def __init__(self) -> None:
        self._bundle: tuple[Resource, ...] = ()
        self._by_url: dict[str, set[str]] = {}
        self._by_id: dict[str, set[tuple[str, str]]] = {}

    def owner(self, part: EntryPart, found: Resource) -> Owner:
        """Whose an entry is."""
        reference = part.owner
        if reference.startswith("#"):
            inner = contained_patient(part)
            return Owner(f"#{who(inner, '')}" if inner is not None else "")
        if found.bundle is not self._bundle:
            self._read(found.bundle)
        if ":" in reference and reference in self._by_url:  # a relative one may be of several
            return Owner(_the_only(self._by_url[reference]) or reference)
        named = _TO_PATIENT.search(reference)
        if named is None:
            return Owner(reference if reference.startswith("urn:") else "")
        base = base_of(reference) or base_of(found.url)
        known = self._by_id.get(named["id"], set())
        key = _the_only({key for other, key in known if base in ("", other)})
        return Owner(key) if key else Owner(named["id"], base)

    def _read(self, bundle: tuple[Resource, ...]) -> None:
        """Notes the Patients of a Bundle by each way to refer to them."""
        self._bundle, self._by_url, self._by_id = bundle, {}, {}
        for found in bundle:
            try:
                key = who(_patient(found.data), found.url)
            except UNREADABLE:
                continue  # told when the Patient is read
            if found.url:
                self._by_url.setdefault(found.url, set()).add(key)
            if found.id:
                self._by_id.setdefault(found.id, set()).add((base_of(found.url), key))


@dataclass
class Person:
    """A patient with a diagnosis of the pack, and the names by which the conditions know them."""

    place: ResourcePlace
    part: PatientPart
    keys: set[str]


class People:
    """The patients with a diagnosis of the pack: who is one, who shares an id, who was merged.

    `claims` counts the patients by the names that they claim; `successors` holds, of a record that
    was merged, the one in its place.
    """

    def __init__(self) -> None:
        self.known: dict[str, Person] = {}
        self.claims: Counter[str] = Counter()
        self.successors: dict[str, str] = {}
        self._bases: dict[str, set[str]] = {}  # the servers that the conditions of an id name

    def add(self, name: str, person: Person) -> None:
        """Takes in a patient, who may stand on several pages."""
        known = self.known.setdefault(name, person)
        new = person.keys if known is person else person.keys - known.keys
        self.claims.update(new)
        known.keys |= new

    def note(self, owner: Owner) -> None:
        """Keeps the server that an entry says its patient is of."""
        if owner.base:
            self._bases.setdefault(owner.key, set()).add(owner.base)

    def merged_with(self, ids: set[str]) -> set[str]:
        """The ids of all records that were merged with one of these."""
        found, before = set(ids), 0
        while len(found) > before:
            before = len(found)
            for pair in self.successors.items():
                found |= {*pair} if found & {*pair} else set()
        return found

    def join(self) -> dict[str, int]:
        """Takes merged records as one where the one to be used is there; the ids of the others,
        and of how many patients each was."""
        joined: dict[str, int] = {}
        for old in self.successors:
            new, seen = old, set[str]()
            while new in self.successors and new not in seen:
                seen.add(new)
                new = self.successors[new]
            heirs = [one for one in self.known.values() if new in one.keys]
            if new in seen or len(heirs) != 1 or is_replaced(heirs[0].part):
                continue  # told of the old one, which is not used
            gone = [name for name, one in self.known.items() if old in one.keys]
            for name in gone:
                heirs[0].keys |= self.known.pop(name).keys
            heirs[0].keys.add(old)
            joined[old] = len(gone)
        return joined

    def is_ambiguous(self, person: Person, cases: Container[str]) -> bool:
        """Whether conditions may be this patient's or those of another with the same id."""
        servers = {base_of(key) for key in person.keys} - {""}
        for key in person.keys:
            servers |= self._bases.get(key, set())
        return len(servers) > 1 or any(
            self.claims[key] > 1 and (key in cases or base_of(key)) for key in person.keys)


def base_of(url: str) -> str:
    """The server that an address is of, by http or https; empty where it is of none."""
    known = _ON_SERVER.fullmatch(url)
    return known["base"] if known else ""


def id_in(key: str) -> str:
    """The id, or the address, that a key begins with."""
    return key.partition(_BY_PERSON)[0]


def contained_patient(part: EntryPart) -> PatientPart | None:
    """The Patient inside an entry that its subject names; None where there is none."""
    for inner in part.contained or []:
        if inner.get("resourceType") == "Patient" and f"#{inner.get('id')}" == part.owner:
            try:
                return msgspec.convert(inner, PatientPart)
            except msgspec.ValidationError:
                return None
    return None


def holds_condition(data: Json) -> bool:
    """Whether a Condition stands inside a Patient, where none is looked for."""
    whole = bytes(data)
    if b'"contained"' not in whole or b"Condition" not in whole:
        return False
    try:
        inside = _inside(whole).contained or []
    except UNREADABLE:
        return False  # told when the Patient is read
    return any(one.resourceType == "Condition" for one in inside)


def merged(found: Resource) -> Iterator[tuple[str, str]]:
    """Which records of one person were merged, by a Patient's links: the id, or the address, of one
    that is not used any more, and of the one in its place (FHIR R4, Patient.link)."""
    whole = bytes(found.data)
    if b'"link"' not in whole or b'"replace' not in whole:
        return
    try:
        links = _links(whole).link or []
    except UNREADABLE:
        return  # told when the Patient is read
    own = found.id or found.url
    for link in links:
        other = patient_id((link.other.reference if link.other else None) or "")
        if other and own and link.type in ("replaced-by", "replaces"):
            yield (own, other) if link.type == "replaced-by" else (other, own)


def patient_id(reference: str) -> str:
    """The id, or the urn, of the Patient that a reference names; else empty."""
    named = _TO_PATIENT.search(reference)
    return named["id"] if named else reference if reference.startswith("urn:") else ""


def _the_only(keys: set[str]) -> str:
    return next(iter(keys)) if len(keys) == 1 else ""
