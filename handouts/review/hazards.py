"""The hazard log of a pack, in the shape of DCB0129, as CSV or JSON.

A risk is rated 1 (accepted) to 5 (never) by how grave and how likely its harm is, by the matrix of
the standard's guidance; 3 and more needs a reason to be accepted.
"""

import csv
from io import StringIO
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from handouts.errors import PackError
from handouts.pack import reading

FILE = "hazards.toml"
COLUMNS = ("id", "hazard", "cause", "effect", "severity", "likelihood", "risk", "controls",
           "evidence", "residual_likelihood", "residual_risk")
Severity = Literal["minor", "significant", "considerable", "major", "catastrophic"]
Likelihood = Literal["very-low", "low", "medium", "high", "very-high"]
_RISKS: dict[str, dict[str, int]] = {
    likelihood: dict(zip(("minor", "significant", "considerable", "major", "catastrophic"),
                         risks, strict=True))
    for likelihood, risks in (
        ("very-low", (1, 1, 2, 2, 3)), ("low", (1, 2, 2, 3, 4)), ("medium", (2, 2, 3, 3, 4)),
        ("high", (2, 3, 3, 4, 5)), ("very-high", (3, 4, 4, 5, 5)))}


class Hazard(Struct, frozen=True):
    """A hazard, what is done about it, and the tests that hold that."""

    id: str
    hazard: str
    cause: str
    effect: str
    severity: Severity
    likelihood: Likelihood
    controls: tuple[str, ...]
    evidence: tuple[str, ...]
    left: Likelihood

    @property
    def risk(self) -> int:
        """The risk without the controls, 1 to 5."""
        return _RISKS[self.likelihood][self.severity]

    @property
    def residual(self) -> int:
        """The risk with them."""
        return _RISKS[self.left][self.severity]


class HazardFile(Struct, frozen=True, rename={"hazards": "hazard"}):
    """hazards.toml."""

    hazards: tuple[Hazard, ...]


def read_hazards(folder: Path) -> tuple[Hazard, ...]:
    """The hazards of the pack in a folder; PackError tells all that is wrong with their file."""
    problems: list[str] = []
    table = reading.read_toml(folder / FILE, problems)
    file = table and reading.convert(table, HazardFile, FILE, problems)
    if problems or not file:
        raise PackError("the hazard log can't be read", where=folder.name, problems=problems,
                        cure="Mend the fields named above.")
    return file.hazards


def facts(hazard: Hazard) -> dict[str, Any]:
    """A hazard in JSON's types, by the columns of the log."""
    return {"id": hazard.id, "hazard": hazard.hazard, "cause": hazard.cause,
            "effect": hazard.effect, "severity": hazard.severity, "likelihood": hazard.likelihood,
            "risk": hazard.risk, "controls": list(hazard.controls),
            "evidence": list(hazard.evidence), "residual_likelihood": hazard.left,
            "residual_risk": hazard.residual}


def as_csv(hazards: tuple[Hazard, ...]) -> str:
    """The log, a line for each hazard."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hazard in hazards:
        writer.writerow("; ".join(value) if isinstance(value, list) else value
                        for value in facts(hazard).values())
    return text.getvalue()
