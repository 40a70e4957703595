"""A Condition's reference to its patient → a key that both of them have.

Within a Bundle a reference means the Bundle's own Patient, known by id and person, for two Bundles
may each have a `Patient/1`; anywhere else it means the Patient with that id.
"""

import re

import msgspec

from handouts.readers.fhirfiles import Found
from handouts.readers.fhirparts import ConditionPart, PatientPart, who

_TO_PATIENT = re.compile(r"(?:^|/)Patient/(?P<id>[^/#?\s]+)(?:/_history/[^/]+)?$")
_patient = msgspec.json.Decoder(PatientPart).decode


class Owners:
    """The keys of the patients that Conditions are about."""

    def __init__(self) -> None:
        self._bundle: tuple[Found, ...] = ()
        self._inside: dict[str, str] = {}

    def key(self, part: ConditionPart, found: Found) -> str:
        """The key of a Condition's patient, or empty where it names none."""
        reference = (part.subject.reference if part.subject else None) or ""
        if reference.startswith("#"):
            inner = contained_patient(part)
            return f"#{who(inner, '')}" if inner is not None else ""
        if found.bundle is not self._bundle:
            self._bundle, self._inside = found.bundle, _known(found.bundle)
        if reference in self._inside:
            return self._inside[reference]
        named = _TO_PATIENT.search(reference)
        if named:
            return self._inside.get(f"Patient/{named['id']}", named["id"])
        return reference if reference.startswith("urn:") else ""


def id_in(key: str) -> str:
    """The id, or the address, that a key begins with."""
    return key.partition("\x1f")[0]


def contained_patient(part: ConditionPart) -> PatientPart | None:
    """The Patient inside a Condition that its subject names; None where there is none."""
    reference = (part.subject.reference if part.subject else None) or ""
    for inner in part.contained or []:
        if inner.get("resourceType") == "Patient" and f"#{inner.get('id')}" == reference:
            try:
                return msgspec.convert(inner, PatientPart)
            except msgspec.ValidationError:
                return None
    return None


def _known(bundle: tuple[Found, ...]) -> dict[str, str]:
    """The key of each of a Bundle's Patients, by each way to refer to it."""
    keys: dict[str, str] = {}
    for found in bundle:
        try:
            person = who(_patient(found.data), found.url)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # told when the Patient is read
        for reference in (found.url, f"Patient/{found.id}" if found.id else ""):
            if reference:
                keys[reference] = person
    return keys
