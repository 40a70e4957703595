"""What the runs of a batch made in a folder, kept there so that a later run makes only the rest.

It holds no value of a patient: a row's content, its file's bytes and its file's name stand in it as
keyed digests (a name is kept as it is where it is made of numbers and causes alone). The key is
random and the folder's own, so digests of two folders can't be compared, nor looked up in a list.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from handouts.batch.folder import is_own, read_file
from handouts.batch.ledgerbase import LedgerBase
from handouts.system.files import folded

MADE, SKIPPED, FAILED = "made", "skipped", "failed"
PLANNED = -1
RESUMED_WITHIN = timedelta(days=7)  # a run that was broken off longer ago is not gone on with


class LedgerEntry(NamedTuple):
    """A file as the ledger knows it; `content` is None for one that was planned or failed, `size`
    then PLANNED from the plan on, until it is known what came of it. `digest` is that of the bytes
    that a batch last wrote there, None where it wrote none.
    """

    number: int
    is_of_this_run: bool
    content: bytes | None
    size: int
    digest: bytes | None


class Failure(NamedTuple):
    """A row for which no handout was made: where it stands, and why."""

    row: int
    file: str
    line: int
    reason: str


class Alike(NamedTuple):
    """Failures of one reason: the first of their rows, how many there are, and where the first of
    them stands."""

    rows: tuple[int, ...]
    total: int
    file: str
    line: int
    reason: str


class Ledger:
    """The ledger of a folder, open for one run; every method raises OutputError.

    What is told to it is kept at the next `commit`. A ledger that can't be read is begun anew:
    then every row is made again.
    """

    def __init__(self, folder: Path) -> None:
        self._base = LedgerBase(folder)
        self._do = self._base.do
        self.key = self._base.setting("key")
        self._run = self._base.setting("run")

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    # -- a run -------------------------------------------------------------------------------------

    def begin(self, today: date) -> date:
        """Begins a run; gives its day, which is that of the run before if it was broken off."""
        kept = self._base.setting("day")
        day = date.fromisoformat(kept) if kept else today
        if not timedelta(0) <= today - day <= RESUMED_WITHIN:
            day = today
        self._run += 1
        self._do("delete from outcome")
        self._do("delete from patient_id")
        self._base.set("run", self._run)
        self._base.set("day", day.isoformat())
        self.commit()
        return day

    def end(self) -> None:
        """Ends a run that saw all of its rows."""
        self._base.set("day", None)
        self.commit()

    def commit(self) -> None:
        """Keeps what was told so far."""
        self._base.commit()

    # -- its rows ----------------------------------------------------------------------------------

    def digest(self, text: bytes) -> bytes:
        """The keyed digest of a row's content."""
        return blake2b(text, key=self.key, digest_size=16).digest()

    def mark(self, name: str) -> bytes:
        """What a file's name is known by; names that some systems hold for one are one."""
        return self.digest(folded(name).encode("utf-8", "surrogatepass"))

    def entry(self, mark: bytes) -> LedgerEntry | None:
        """What is known of a file."""
        found = self._do("select number, run, content, size, digest from file where mark = ?",
                         mark).fetchone()
        return found and LedgerEntry(found[0], found[1] == self._run, *found[2:])

    def plan(self, mark: bytes, number: int, name: str | None) -> None:
        """Notes that a row is about to be made; `name` None where it may not be told."""
        self._do("insert into file values (?1, ?2, ?3, ?4, null, ?5, null) on conflict (mark) do "
                 "update set name = ?2, number = ?3, run = ?4, content = null, size = ?5",
                 mark, name, number, self._run, PLANNED)

    def keep(self, mark: bytes, number: int) -> None:
        """Notes that a row asked again for a file which is there."""
        self._do("update file set number = ?, run = ? where mark = ?", number, self._run, mark)

    def done(self, mark: bytes, entry: LedgerEntry, state: str) -> None:
        """Notes a row whose file is there, made or skipped."""
        if state == MADE:
            self._do("update file set content = ?, size = ?, digest = ? where mark = ?",
                     entry.content, entry.size, entry.digest, mark)
        self._do("insert into outcome values (?, ?, null, null, null)", entry.number, state)

    def passed(self, number: int) -> None:
        """Notes a row that asks for no handout."""
        self._do("insert into outcome values (?, ?, null, null, null)", number, SKIPPED)

    def failed(self, failure: Failure, mark: bytes | None = None) -> None:
        """Notes a row that failed; an older file of its name is stale from now on."""
        if mark is not None:
            self._do("update file set content = null, size = 0 where mark = ?", mark)
        self._do("insert into outcome values (?, ?, ?, ?, ?)", failure.row, FAILED, failure.file,
                 failure.line, failure.reason)

    def met(self, patient_id: str, number: int) -> None:
        """Notes whose row this is, as a keyed digest."""
        mark = self.digest(patient_id.encode("utf-8", "surrogatepass"))
        self._do("insert into patient_id values (?, ?)", mark, number)

    # -- what came of it ---------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """How many rows of this run were made, skipped and failed."""
        found = dict(self._do("select state, count(*) from outcome group by state").fetchall())
        return {state: found.get(state, 0) for state in (MADE, SKIPPED, FAILED)}

    def numbers(self, state: str) -> Iterator[int]:
        """The rows of this run that ended so, in order."""
        found = self._do("select number from outcome where state = ? order by number", state)
        return (number for number, in found)

    def failures(self) -> Iterator[Failure]:
        """The rows of this run that failed, in order."""
        return map(Failure._make, self._do(
            "select number, file, line, reason from outcome where state = ? order by number",
            FAILED))

    def failed_alike(self, most: int) -> list[Alike]:
        """The failures of this run by their reason, each told once, in order: `most` reasons, and
        of each `most` rows."""
        found = self._do(
            "select min(number), count(*), file, line, reason from outcome where state = ? "
            "group by reason order by 1 limit ?", FAILED, most).fetchall()
        return [Alike(tuple(number for number, in self._do(
            "select number from outcome where state = ? and reason = ? order by number limit ?",
            FAILED, reason, most)), count, file, line, reason)
            for _, count, file, line, reason in found]

    def alike(self) -> list[list[int]]:
        """The rows of this run that share a patient's id, in order."""
        found = self._do(
            "select min(number), mark from patient_id group by mark having count(*) > 1 "
            "order by 1").fetchall()
        return [[number for number, in self._do(
            "select number from patient_id where mark = ? order by number", mark)]
            for _, mark in found]

    def stale(self, folder: Path) -> list[tuple[int, str | None]]:
        """The files in a folder that belong to no row of this run: the row each was made for, and
        its name where it may be told."""
        known = {mark: found for mark, *found in self._do(
            "select mark, number, name, size, digest from file where run < ? or content is null",
            self._run)}
        if not known:
            return []
        stale = list[tuple[int, str | None]]()
        with self._base.as_output_error(), os.scandir(folder) as names:
            for entry in names:
                if entry.name.endswith(".pdf") and (mark := self.mark(entry.name)) in known:
                    number, name, size, digest = known[mark]
                    if is_own(read_file(Path(entry)), self.key, digest, is_planned=size == PLANNED):
                        stale.append((number, name))
        return sorted(stale, key=lambda file: (file[0], file[1] or ""))
