"""A FHIR Observation or Flag → the flags that it sets, or asks for.

Of observations only those that the pack lists (observations.toml in its codes/ folder) are read;
an alert is read by its codes and words, as a condition is.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from handouts.coding.flagcodes import Context, Flagged
from handouts.coding.medicines import read_list
from handouts.coding.named import Around, said_by
from handouts.pack.pack import Pack
from handouts.readers.fhir.conditions import flags_of
from handouts.readers.fhir.elements import Concept, EntryPart, Period, Quantity, days_since
from handouts.readers.fhir.resources import GLANCED_AT, Resource
from handouts.rules.cases import RecordEntry, most_cautious

SIGNS = dict(zip(GLANCED_AT, ("observation", "alert"), strict=True))  # what each is counted as
_NOT_SO = {"entered-in-error", "cancelled", "inactive"}
_FAHRENHEIT = {"[degf]", "degf", "f", "°f", "deg f"}


class Observed(msgspec.Struct, frozen=True):
    """An observation that sets a flag: by its LOINC codes or its names, for one of `values` (a code
    or a word), or for a temperature of `celsius` at least, not longer ago than `days`."""

    flag: str
    days: int
    loinc: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    celsius: float | None = None


class _Observations(msgspec.Struct, frozen=True):
    """observations.toml."""

    observations: tuple[Observed, ...] = ()


class _ObservationPart(EntryPart):
    """The elements of an Observation that are read."""

    status: str | None = None
    code: Concept | None = None
    effectiveDateTime: str | None = None
    effectiveInstant: str | None = None
    effectivePeriod: Period | None = None
    issued: str | None = None
    valueCodeableConcept: Concept | None = None
    valueString: str | None = None
    valueQuantity: Quantity | None = None


class _FlagPart(EntryPart):
    """The elements of a Flag that are read."""

    status: str | None = None
    code: Concept | None = None
    period: Period | None = None


_observation = msgspec.json.Decoder(_ObservationPart).decode
_flag = msgspec.json.Decoder(_FlagPart).decode


class Signs:
    """Reads observations and alerts by the lists of one pack; `today` tells what is of late."""

    def __init__(self, pack: Pack, today: date) -> None:
        self._pack, self._today = pack, today
        self._listed = _listed(pack.folder)
        words = [re.escape(word) for each in self._listed for word in (*each.loinc, *each.names)]
        self._needle = re.compile("|".join(words).encode(), re.I) if words else None

    def may_tell(self, found: Resource) -> bool:
        """Whether a resource is one of these; of the many observations only a few are decoded."""
        if found.kind != "Observation":
            return found.kind in SIGNS
        return bool(self._needle and self._needle.search(bytes(found.data)))

    def entry(self, found: Resource) -> RecordEntry:
        """What it says; it raises as msgspec does for what is not of FHIR R4."""
        if found.kind == "Flag":
            return self._alert(_flag(found.data))
        part = _observation(found.data)
        if part.status in _NOT_SO or part.code is None:
            return RecordEntry()
        return RecordEntry(flags=tuple(
            Flagged(each.flag, asks=self._ago(part) is None) for each in self._listed
            if _is_of(each, part.code) and _says(each, part)
            and 0 <= (self._ago(part) or 0) <= each.days))

    def _ago(self, part: _ObservationPart) -> int | None:
        period = part.effectivePeriod or Period()
        return days_since(part.effectiveDateTime or part.effectiveInstant or period.end
                          or period.start or part.issued, self._today)

    def _alert(self, part: _FlagPart) -> RecordEntry:
        ended = days_since(part.period.end, self._today) if part.period else None
        if part.status in _NOT_SO or (ended or 0) > 0:
            return RecordEntry()
        concept = part.code or Concept()
        coded = flags_of(concept.codes(), Context(), "", self._pack)
        said = said_by(self._pack, concept.names(), Around(day=self._today))
        flags = tuple(dict.fromkeys((*coded, *said.flags)))
        return RecordEntry(flags=flags, doubted=most_cautious(self._pack, said.causes),
                           unused=() if flags or said.causes else ("alert:no-code",))


def _is_of(each: Observed, code: Concept) -> bool:
    """Whether a code, or a name, is of one that is listed."""
    names = {name.strip().casefold() for name in code.names()}
    return not ({given for _, given in code.codes()}.isdisjoint(each.loinc)
                and names.isdisjoint(name.casefold() for name in each.names))


def _says(each: Observed, part: _ObservationPart) -> bool:
    """Whether its value is one for which the flag is set."""
    if each.celsius is not None:
        return _celsius(part.valueQuantity or Quantity()) >= each.celsius
    value = part.valueCodeableConcept or Concept()
    said: Sequence[str] = [*(code for _, code in value.codes()), *value.names(),
                           part.valueString or ""]
    return not {text.strip().casefold() for text in said}.isdisjoint(
        text.casefold() for text in each.values)


def _celsius(measured: Quantity) -> float:
    """A temperature in °C; one without a unit is in °F where no one has so many °C."""
    value, unit = measured.value or 0.0, (measured.code or measured.unit or "").strip().casefold()
    is_fahrenheit = unit in _FAHRENHEIT or (not unit and value > 50)
    return (value - 32) / 1.8 if is_fahrenheit else value


@cache
def _listed(folder: Path) -> tuple[Observed, ...]:
    return read_list(folder / "codes" / "observations.toml", _Observations).observations
