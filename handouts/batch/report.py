"""What came of a batch: counts to tell, and report.json with every row by its number."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.batch.ledger import FAILED, MADE, SKIPPED, Failure, Ledger
from handouts.errors import ExitCode
from handouts.pack.signatures import State
from handouts.paths import in_json, shown
from handouts.readers.rows import Aside
from handouts.system.files import PartFile, whole_file

NAME = "report.json"
SHOWN = 20  # failures that a summary tells; the report tells all


@dataclass(frozen=True)
class BatchReport:
    """The counts of a batch and its first failures; `file` tells all rows.

    `complete` is False when it was stopped before its last row. `skipped` rows have their file
    already, or ask for nothing, as `aside` tells. `stale` files belong to no row; `alike` are
    the rows that share a patient's id.
    """

    file: Path
    complete: bool
    rows: int
    made: int
    skipped: int
    failed: int
    stale: int
    alike: tuple[tuple[int, ...], ...]
    aside: Aside
    failures: tuple[Failure, ...]
    review: Mapping[str, State]

    @property
    def exit_code(self) -> ExitCode:
        """What a command ends with after it."""
        if not self.complete:
            return ExitCode.INTERRUPTED
        return ExitCode.FINDINGS if self.failed else ExitCode.DONE

    def lines(self) -> Iterator[str]:
        """The summary for people."""
        for failure in self.failures:
            yield (f"row {failure.row} ({shown(failure.file)}, line {failure.line}): "
                   f"{failure.reason}")
        if self.failed > len(self.failures):
            yield f"… and {self.failed - len(self.failures)} more"
        yield from _aside_lines(self.aside.as_dict())
        if self.aside.not_read:
            unread = self.aside.not_read
            yield (f"row{'s' if len(unread) > 1 else ''} {_listed(unread)}: something in the "
                   "record could not be read; look at it before you give the handout")
        for rows in self.alike[:SHOWN]:
            yield (f"rows {_listed(rows)} have the same patient's id: look whether they are of one "
                   "patient, for each handout knows its own row alone")
        if len(self.alike) > SHOWN:
            yield f"… and {len(self.alike) - SHOWN} more ids that stand in several rows"
        if self.stale:
            yield f"{self.stale} older files belong to no row; none was deleted"
        yield (f"{self.rows} rows: {self.made} made, {self.skipped} skipped, "
               f"{self.failed} failed")
        if not self.complete:
            yield "stopped; what is done stays done. Run the same again to go on."

    def as_dict(self) -> dict[str, Any]:
        """The counts in JSON's types; the keys are a promise of `batch --json`."""
        return {"report": in_json(self.file), "complete": self.complete, "rows": self.rows,
                "made": self.made, "skipped": self.skipped, "failed": self.failed,
                "stale": self.stale, "same_id": len(self.alike),
                "not_read": len(self.aside.not_read), **self.aside.as_dict(),
                "review": dict(self.review)}


def write_report(folder: Path, ledger: Ledger, aside: Aside, review: Mapping[str, State], *,
                 complete: bool) -> BatchReport:
    """Writes report.json from the ledger, row by row; raises OutputError."""
    counts = ledger.counts()
    # Of a batch that was stopped, the rows that it did not come to have files too.
    stale = ledger.stale(folder) if complete else []
    report = BatchReport(
        folder / NAME, complete, sum(counts.values()), counts[MADE], counts[SKIPPED],
        counts[FAILED], len(stale), tuple(map(tuple, ledger.alike())),
        aside,
        tuple(failure for failure, _ in zip(ledger.failures(), range(SHOWN), strict=False)),
        review)
    with whole_file(report.file, private=True) as file:
        _head(file, {"complete": complete, "rows": report.rows, **aside.as_dict(),
                     "review": dict(review)})
        _list(file, "made", ledger.numbers(MADE), between=", ")
        _list(file, "skipped", ledger.numbers(SKIPPED), between=", ")
        _list(file, "failed", (failure._asdict() for failure in ledger.failures()))
        _list(file, "not_read", aside.not_read, between=", ")
        _list(file, "same_id", report.alike)
        _list(file, "stale", ({"row": row, "file": name} for row, name in stale))
        file.write(b"\n}\n")
    return report


def _aside_lines(told: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """What stood beside the requests, for people."""
    for kind, count in told["unmapped"].items():
        yield f"not used: {kind} ({count})"
    if told["looked_at"]:
        listed = ", ".join(f"{count} {kind}" for kind, count in told["looked_at"].items())
        yield f"looked at, of the patients with a diagnosis of the pack: {listed}"
    if told["code_systems"]:
        listed = ", ".join(f"{name} ({count})" for name, count in told["code_systems"].items())
        yield f"code systems of the conditions: {listed}"
    for name, count in told["by_name"].items():
        yield f"known by its name alone: {name} ({count})"


def _listed(rows: Sequence[int]) -> str:
    """Numbers of rows, the first few of many."""
    told = [str(row) for row in rows[:SHOWN]]
    if len(rows) == 1:
        return told[0]
    if len(rows) > SHOWN:
        return f"{', '.join(told)} and {len(rows) - SHOWN} more"
    return f"{', '.join(told[:-1])} and {told[-1]}"


def _head(file: PartFile, values: Mapping[str, Any]) -> None:
    text = json.dumps(values, indent=1, ensure_ascii=False)
    file.write(text.removesuffix("\n}").encode())


def _list(file: PartFile, name: str, entries: Iterable[Any], *, between: str = ",\n  ") -> None:
    """A list in JSON, written entry by entry, for there may be a million."""
    file.write(f',\n "{name}": ['.encode())
    for at, entry in enumerate(entries):
        text = json.dumps(entry, ensure_ascii=False)
        file.write(f"{between if at else ''}{text}".encode())
    file.write(b"]")
