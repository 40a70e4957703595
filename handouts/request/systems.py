"""The name under which a report tells a code system: never a text that may be a patient's."""

import re

MOST = 80  # characters of an address
# Where public code systems have their addresses; what stands elsewhere may be anything.
_PUBLIC = re.compile(r"""
    https?://hl7\.org/fhir/(sid/)?[a-z0-9-]+
    | https?://terminology\.hl7\.org/CodeSystem/[\w-]+
    | https?://snomed\.info/sct(/[0-9]+)?
    | https?://loinc\.org
    | https?://www\.nlm\.nih\.gov/research/umls/[a-z0-9-]+
    | https?://www\.ama-assn\.org/go/cpt
    | https?://www\.whocc\.no/atc
    | https?://www\.cms\.gov/Medicare/Coding/[A-Za-z0-9]+
    | https?://fhir\.de/CodeSystem/[a-z]+/[a-z0-9-]+
    | (urn:oid:)?2\.16\.840\.1\.113883\.6\.[0-9.]+""", re.VERBOSE)
OTHER, NONE = "another", "none"


def shown(system: str) -> str:
    """A public system's own address; `another` for any other, `none` for none."""
    plain = system.strip()
    if not plain:
        return NONE
    return plain if len(plain) <= MOST and _PUBLIC.fullmatch(plain) else OTHER
