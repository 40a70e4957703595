"""handouts batch --dry-run: how the rows of files are read, with the patients' values masked.

Each row is held against the rules as well, so that what would fail is told; nothing is laid out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from handouts import readers
from handouts.batch.ledger import Alike
from handouts.batch.report import SHOWN, aside_lines, reason_lines
from handouts.commands.streams import print_line, reporting, say
from handouts.errors import ExitCode, HandoutError
from handouts.pack.pack import Pack
from handouts.paths import brand_path, shown
from handouts.readers import Aside, Row, tables
from handouts.readers.inputs import is_table
from handouts.readers.tables.columns import UNUSED, in_columns
from handouts.readers.tables.values import masked
from handouts.readers.zippedtables import with_tables
from handouts.request import protocols
from handouts.request.days import today
from handouts.request.request import Patient
from handouts.rules.choices import choose

_ROWS_SHOWN = 5
_PANEL = {"name": "patient", "born": "dob", "id": "id", "given_by": "clinician",
          "given_on": "date", "next_visit": "review", "cleared_on": "cleared_on", "note": "note"}
_Given = Mapping[str, Any]


def rows(files: Sequence[Path], pack: Pack, reading: tables.Reading,
         given: _Given) -> Iterator[Row]:
    """The rows of all files, in order."""
    return readers.read(files, pack, today=today(), reading=reading, systems=given["systems"],
                        saved=_saved(pack, given))


def _saved(pack: Pack, given: _Given) -> tables.Saved:
    return protocols.shelf(protocols.folders(brand_path(given["brand"])), pack)


@dataclass
class _Tally:
    """What came of the rows: how many, the first of them in words, and why others fail."""

    rows: int = 0
    readable: int = 0
    lines: list[str] = field(default_factory=list)
    reasons: dict[str, Alike] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)

    @property
    def failed(self) -> int:
        """How many would fail."""
        return sum(each.total for each in self.reasons.values())

    def take(self, row: Row, problem: HandoutError | None) -> None:
        """Takes in one more row."""
        self.rows += 1
        self.aside.take(row)
        self.readable += row.request is not None and problem is None
        if self.rows <= _ROWS_SHOWN:
            self.lines.append(_line(row))
        if problem is not None:
            reason = in_columns(problem)
            alike = self.reasons.setdefault(reason, Alike((), 0, row.file, row.line, reason))
            first = (*alike.rows, row.number)[:SHOWN]
            self.reasons[reason] = alike._replace(rows=first, total=alike.total + 1)


def tell(files: Sequence[Path], pack: Pack, reading: tables.Reading, given: _Given) -> ExitCode:
    """Tells on stdout how files are read; 1 if a row can't be used, or has something not read."""
    columns = {shown(path): [*_columns(_inspected(path, pack, reading))]
               for path in with_tables(files) if is_table(path)}
    tally = _Tally()
    for row in rows(files, pack, reading, given):
        tally.take(row, _problem(row, pack, given))
    with reporting("How the rows are read is"):
        if given["as_json"]:
            print_line(json.dumps({
                "columns": columns, "rows": tally.rows, "readable": tally.readable,
                "failed": tally.failed, "first": tally.lines, **tally.aside.as_dict()}))
        else:
            for name, said in columns.items():
                print_line("\n".join((name, *(f"  {line}" for line in said))))
            print_line("\n".join(tally.lines))
    for line in (*reason_lines(list(tally.reasons.values())[:SHOWN], tally.failed),
                 *aside_lines(tally.aside),
                 f"{tally.rows} rows: {tally.readable} can be made, "
                 f"{tally.rows - tally.readable - tally.failed} ask for nothing, "
                 f"{tally.failed} can't be used; nothing was made"):
        say(line)
    return ExitCode.FINDINGS if tally.failed or tally.aside.not_read else ExitCode.DONE


def _columns(seen: tables.Inspected) -> Iterator[str]:
    """What each column of a table is read as."""
    for each in seen.columns:
        field = each.field.replace(":", " ").replace(UNUSED, "") or "not used"
        name = f"'{each.name}'" if each.name else each.key
        may_be = f" (may be {' or '.join(each.candidates)})" if each.candidates else ""
        yield f"{name}: {field}{may_be}"


def _inspected(path: Path, pack: Pack, reading: tables.Reading) -> tables.Inspected:
    """A table that can be read; raises why it can't be."""
    seen = tables.inspect_table(path, pack, reading)
    if seen.problem is not None:
        raise seen.problem
    return seen


def _problem(row: Row, pack: Pack, given: _Given) -> HandoutError | None:
    """Why a row can't be made, as far as that shows before it is laid out."""
    if row.problem is not None or row.request is None:
        return row.problem
    asked = row.request
    try:
        choose(replace(asked, language=asked.language or given["language"],
                       edition=asked.edition or given["edition"] or ""), pack, today=today())
    except HandoutError as problem:
        return problem
    return None


def _line(row: Row) -> str:
    """A row in words, the patient's values masked."""
    place = f"row {row.number} ({shown(row.file)}, line {row.line}): "
    if row.request is None:
        return place + ("can't be used" if row.problem else "asks for nothing")
    asked = row.request
    parts = [asked.cause, asked.state or "", asked.side, asked.language, *asked.flags,
             *asked.massages, *asked.tips]
    return place + "; ".join((", ".join(filter(None, parts)), *_panel(asked.patient)))


def _panel(patient: Patient) -> Iterator[str]:
    for name, column in _PANEL.items():
        if value := getattr(patient, name):
            yield f"{column} {masked(str(value))}"
