"""What a FHIR file is read into: resources with their places, pages, and what can't be read."""

import json
import re
from typing import Any, NamedTuple

import msgspec

from handouts.errors import InputError

MOST_OF_ONE = 4 << 20  # bytes of a resource that is read; a thousand times what one has
READ = ("Patient", "Condition", "MedicationRequest", "MedicationOrder", "MedicationStatement",
        "MedicationDispense", "MedicationAdministration", "Medication", "Procedure")
GLANCED_AT = ("Observation", "Flag")  # of these the few that may warn
# Types of R4 that say something of a person; others than these are told without their name.
_TOLD = {
    "AllergyIntolerance", "CarePlan", "ClinicalImpression", "Communication", "Composition",
    "Consent", "Coverage", "DetectedIssue", "Device", "DeviceUseStatement", "DiagnosticReport",
    "DocumentReference", "Encounter", "EpisodeOfCare", "FamilyMemberHistory", "Flag", "Goal",
    "ImagingStudy", "Immunization", "List", "Observation", "Patient", "QuestionnaireResponse",
    "RiskAssessment", "ServiceRequest", "Specimen", "VisionPrescription"}
EXPORT = "Give FHIR R4 as JSON: a Bundle, or Bulk Data NDJSON."
Json = bytes | bytearray | msgspec.Raw
_ELEMENT = re.compile(r"`\$\.([\w.\[\]]+)`$")  # how msgspec ends a message: `$.name[0].family`


class ResourcePlace(NamedTuple):
    """Where a resource stands."""

    file: str
    line: int


class Resource(NamedTuple):
    """A resource: its type, its JSON, its address in a Bundle, the Bundle that it belongs to."""

    place: ResourcePlace
    kind: str
    id: str
    data: Json
    url: str = ""
    bundle: tuple["Resource", ...] = ()


class BundlePage(NamedTuple):
    """A Bundle that is a page of several: its address, and that of the next or nothing."""

    place: ResourcePlace
    address: str
    following: str


class Fault(NamedTuple):
    """What can't be read as a resource; `loses` where nobody knows how many are lost with it."""

    place: ResourcePlace
    problem: InputError
    loses: bool = False


class ResourceHead(msgspec.Struct):
    """The part that says what a resource is."""

    resourceType: str = ""
    id: str = ""


class DoubledError(msgspec.DecodeError):
    """JSON that names an element twice: one reader takes the first, another the last."""


class ImplicitRulesError(msgspec.DecodeError):
    """A resource that follows rules of its own: whoever does not know them shall not process it
    (FHIR R4, Resource.implicitRules)."""


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
plain_head = msgspec.json.Decoder(ResourceHead).decode


def decoded(error: Exception) -> str:
    """What is wrong with JSON, and where in it: elements of FHIR, never a value."""
    if isinstance(error, DoubledError):
        return "names an element twice"
    if isinstance(error, ImplicitRulesError):
        return "has implicitRules, which are not known here: what it says may mean something else"
    if isinstance(error, msgspec.ValidationError):
        place = _ELEMENT.search(str(error))
        return f"is not as FHIR R4 has it{f', in {place[1]}' if place else ''}"
    return "is not whole JSON"


def told_kind(kind: str) -> str:
    """A type as a report tells it: those of FHIR that are of a patient, all others as one."""
    return kind if kind in _TOLD else "another"


def head_of(data: Json) -> ResourceHead:
    """What a resource is; one of UNREADABLE where that is not sure."""
    head = plain_head(data)
    # Those that are read, and Bundles, are checked where they are read.
    if head.resourceType not in (*READ, "Bundle") and bytes(data).count(b'"resourceType"') > 1:
        check_names(data)
    return head


def check_names(data: Json) -> None:
    """DoubledError where an object names an element twice, for msgspec takes the last in silence;
    ImplicitRulesError where one follows rules of its own.
    """
    try:
        _names.decode(bytes(data).decode().strip())
    except json.JSONDecodeError as error:
        raise msgspec.DecodeError from error


def within_bounds(found: Resource) -> Resource | Fault:
    """A resource, unless it is one to be read that is far too long for its kind."""
    if found.kind in READ and len(memoryview(found.data)) > MOST_OF_ONE:
        return Fault(found.place, InputError(
            f"is longer than {MOST_OF_ONE >> 20} MB", where=found.kind, field=found.kind,
            cure="Export it without documents and pictures inside."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> None:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise DoubledError
    if names.get("implicitRules") is not None:
        raise ImplicitRulesError


# Only the names count: numbers are left as they stand.
_names = json.JSONDecoder(object_pairs_hook=_once, parse_int=str, parse_float=str, strict=False)
