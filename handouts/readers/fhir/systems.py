"""The code systems of an export: what they are called, how they are told, how often they were seen.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from handouts.coding import codes, flagcodes, medicines
from handouts.errors import unknown
from handouts.readers.fhir.elements import Concept

KNOWN = (*codes.SYSTEMS, *flagcodes.PROCEDURES, *medicines.SYSTEMS)  # short names
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
    | (urn:oid:)?(2\.16\.[0-9]{3}|1\.2\.[0-9]{3}|1\.3\.6\.1\.4\.1)(\.[0-9]{1,7}){2,12}""",
    re.VERBOSE)
_HOST = re.compile(r"https?://(?P<host>([a-z0-9-]{1,30}[.]){1,4}[a-z]{2,12})(?=[/:?#|]|$)",
                   re.IGNORECASE)
OTHER, NONE = "another", "none"


class CodeSystems:
    """What systems of an export's own are to be read as, and how many entries have each.

    `given` maps an address, or `none` for codes without one, to the short name of a system;
    UsageError for one that is not known.
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given = {_plain(name): _short(short) for name, short in (given or {}).items()}
        self.seen: Counter[str] = Counter()

    def name(self, *concepts: Concept | None) -> None:
        """Puts the system that is meant in the place of the one that is written."""
        if not self._given:
            return
        for coding in (each for concept in concepts if concept for each in concept.coding or []):
            coding.system = self._given.get(_plain(coding.system or NONE), coding.system)

    def count(self, concept: Concept | None) -> None:
        """Counts the systems of an entry, each once."""
        self.seen.update({told(system) for system, _ in concept.codes()} if concept else ())


def known(system: str) -> str:
    """The short name of a system of diagnoses, procedures or medicines; else empty."""
    return flagcodes.known_system(system) or medicines.known_system(system)


def told(system: str) -> str:
    """A system that is known by its short name, any other as it is shown."""
    return known(system) or shown_system(system)


def shown_system(system: str) -> str:
    """A public system's own address, of a private one the server; `another` for what is neither,
    `none` for none."""
    plain = system.strip()
    if not plain:
        return NONE
    if len(plain) <= MOST and _PUBLIC.fullmatch(plain):
        return plain
    host = _HOST.match(plain)
    return f"{OTHER} of {host['host'].lower()}" if host else OTHER


def unknown_of(given: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The systems of codes as they are told, where none of them is known."""
    systems = [system for system, _ in given]
    return () if any(map(known, systems)) else tuple(dict.fromkeys(map(shown_system, systems)))


def _plain(system: str) -> str:
    return codes.plain_system(system)


def _short(name: str) -> str:
    if name in KNOWN:
        return name
    if short := known(name):
        return short
    raise unknown("code system", name, KNOWN)
