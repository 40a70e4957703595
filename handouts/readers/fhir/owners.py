"""Whose an entry of a record is: its subject → the key of a patient (FHIR R4, 2.3.0.2, 2.36.4.1).

A relative reference in a Bundle is of the server that its entry is of. Where two patients of one
id may be meant the key is the id alone, which both claim.
"""

import re
from typing import NamedTuple

import msgspec

from handouts.readers.fhir.parts import EntryPart, PatientPart, who
from handouts.readers.fhir.resources import UNREADABLE, Head, Json, Resource

_TO_PATIENT = re.compile(r"(?:^|/)Patient/(?P<id>[^/#?\s]+)(?:/_history/[^/]+)?$")
_ON_SERVER = re.compile(r"https?://(?P<base>\S+)/[A-Z][A-Za-z]+/[^/#?\s]+(?:/_history/[^/]+)?")
_BY_PERSON = "\x1f"  # in the key of one person


class _Inside(msgspec.Struct):
    contained: list[Head] | None = None


_patient = msgspec.json.Decoder(PatientPart).decode
_inside = msgspec.json.Decoder(_Inside).decode


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
        reference = (part.subject.reference if part.subject else None) or ""
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


def base_of(url: str) -> str:
    """The server that an address is of, by http or https; empty where it is of none."""
    known = _ON_SERVER.fullmatch(url)
    return known["base"] if known else ""


def id_in(key: str) -> str:
    """The id, or the address, that a key begins with."""
    return key.partition(_BY_PERSON)[0]


def contained_patient(part: EntryPart) -> PatientPart | None:
    """The Patient inside an entry that its subject names; None where there is none."""
    reference = (part.subject.reference if part.subject else None) or ""
    for inner in part.contained or []:
        if inner.get("resourceType") == "Patient" and f"#{inner.get('id')}" == reference:
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


def _the_only(keys: set[str]) -> str:
    return next(iter(keys)) if len(keys) == 1 else ""
