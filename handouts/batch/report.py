"""What came of a batch: counts to tell, and report.json with every row by its number."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.batch.ledger import FAILED, MADE, SKIPPED, Alike, Failure, Ledger
from handouts.errors import ExitCode
from handouts.pack.signatures import State
from handouts.paths import in_json, shown
from handouts.readers.rows import Aside
from handouts.system.files import PartFile, whole_file

NAME = "report.json"
# How a table was read, where that does not stand in it.
_READ_AS = {
    "encoding": "read in the encoding {found}; if names look wrong, give another one with "
                "--encoding",
    "dates": "dates are read as {found}, for some can be nothing else; if not so, give --dates",
    "lines-above": "lines left out above the names of the columns: {count}",
    "sheet": "read: the {found} sheets; choose another one with --sheet"}
_FOUND = {"mdy": "month, day, year", "dmy": "day, month, year", "cp1252": "cp1252 (Windows)"}
SHOWN = 20  # failures that a summary tells; the report tells all


@dataclass(frozen=True)
class BatchReport:
    """The counts of a batch, its first failures, and the first reasons; `file` tells all rows.

    `complete` is False when it was stopped before its last row. `skipped` rows have their file
    already, or ask for nothing, as `aside` tells. `stale` files belong to no row; `alike` are
    the rows that share a patient's id; `stale_names` are the first of those that may be told.
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
    reasons: tuple[Alike, ...]
    review: Mapping[str, State]
    stale_names: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """What a command ends with after it: findings are rows that failed, and those of which
        something that may be a warning could not be read."""
        if not self.complete:
            return ExitCode.INTERRUPTED
        return ExitCode.FINDINGS if self.failed or self.aside.not_read else ExitCode.DONE

    def lines(self) -> Iterator[str]:
        """The summary for people."""
        yield from reason_lines(self.reasons, self.failed)
        yield from aside_lines(self.aside)
        for rows in self.alike[:SHOWN]:
            yield (f"rows {listed(rows)} have the same patient's id: look whether they are of one "
                   "patient, for each handout knows its own row alone")
        if len(self.alike) > SHOWN:
            yield f"… and {len(self.alike) - SHOWN} more ids that stand in several rows"
        if self.stale:
            names = "".join(f"\n  {name}" for name in self.stale_names)
            yield (f"{self.stale} older files belong to no row of this table as it is now; none "
                   "was deleted, so hand none of them out:" + (names or " see the report"))
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
        tuple(ledger.failed_alike(SHOWN)), review,
        tuple(shown(name) for _, name in stale[:SHOWN] if name))
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


def reason_lines(reasons: Iterable[Alike], failed: int) -> Iterator[str]:
    """Why rows failed, for people: each reason once, with its rows."""
    for each in reasons:
        failed -= each.total
        more = f" and {each.total - len(each.rows)} more" if each.total > len(each.rows) else ""
        place = f"{shown(each.file)}, line {each.line}{' first' if each.total > 1 else ''}"
        rows = ", ".join(map(str, each.rows)) if more else listed(each.rows)
        yield f"row{'s' if each.total > 1 else ''} {rows}{more} ({place}): {each.reason}"
    if failed:
        yield f"… and {failed} more"


def aside_lines(aside: Aside) -> Iterator[str]:
    """What stood beside the requests, for people."""
    told = aside.as_dict()
    for kind, count in told["read_as"].items():
        name, _, found = kind.partition(":")
        yield _READ_AS[name].format(found=_FOUND.get(found, found), count=count)
    yield from _unmapped(told["unmapped"])
    if told["looked_at"]:
        kinds = ", ".join(f"{count} {kind}" for kind, count in told["looked_at"].items())
        yield f"looked at, of the patients with a diagnosis of the pack: {kinds}"
    if told["code_systems"]:
        systems = ", ".join(f"{name} ({count})" for name, count in told["code_systems"].items())
        yield f"code systems of the conditions: {systems}"
    for name, count in told["by_name"].items():
        yield f"known by its name alone: {name} ({count})"
    if unread := aside.not_read:
        yield (f"row{'s' if len(unread) > 1 else ''} {listed(unread)}: something in the "
               "record could not be read for sure, and may be a warning; look at it before you "
               "give the handout")


def _unmapped(kinds: Mapping[str, int]) -> Iterator[str]:
    """What was not used, the first of many columns."""
    columns = [kind for kind in kinds if kind.startswith("column:")]
    left_out = {*columns[SHOWN:]}
    for kind, count in kinds.items():
        if kind not in left_out:
            yield f"not used: {kind} ({count})"
    if left_out:
        yield f"not used: {len(left_out)} more columns, which report.json names"
    if columns:
        yield ("columns of other names: --map 'COLUMN=FIELD' says what they hold, "
               "--map 'COLUMN=-' leaves them out")


def listed(rows: Sequence[int]) -> str:
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
