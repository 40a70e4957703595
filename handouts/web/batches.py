"""A table of patients → handouts that are printed as they are fetched, in memory alone.

Nothing of a table comes onto the disk, so nothing of it can be left there, however the page ends. A
row is kept as what is to be printed: its plate, which all rows of its kind share, and its patient's
lines, some 2 KB. A batch is forgotten when it is stopped, when nobody asks for it any more, when
too many others came after it, or when the page ends.
"""

import os
import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from stat import S_IFREG
from threading import Lock
from time import monotonic
from typing import Any, Literal, NamedTuple, cast

from handouts import readers
from handouts.batch.ledger import Failure
from handouts.errors import HandoutError, InputError
from handouts.press.locked import checked, locked
from handouts.press.press import PreparedPrint
from handouts.readers import Aside, Row, tables
from handouts.request import protocols
from handouts.request.look import Edition
from handouts.request.request import Request
from handouts.web import tablewords
from handouts.web.site import Site
from handouts.web.texts import Words

NAME = "table"  # what messages call the file: its own name may be a patient's
_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".xlsx"}
MOST_ROWS = 1_000  # some 20 MB; 200 MB if no two rows share a plate
MOST_SECONDS = 600.0
UNSEEN_SECONDS = 60.0  # a running batch that no page asks for any more
KEPT_SECONDS = 600.0  # a result, after it was last looked at or fetched
MOST_RESULTS = 3
_LINES, _LINE = 3, 80  # shown of a table whose encoding was found out; characters of each
_PACKED = b"\x1f\x8b"  # gzip


class Order(NamedTuple):
    """What is asked for: a file's bytes and the end of its name, the kind of result, defaults, and
    the words in which it is told what could not be made."""

    data: bytes
    suffix: str
    kind: str
    words: Words
    paper: str = ""
    language: str = ""
    edition: str = ""
    dates: str = ""
    encoding: str = ""


class Ready(NamedTuple):
    """A row that can be printed."""

    number: int
    prepared: PreparedPrint
    password: str = ""

    @property
    def pdf(self) -> bytes:
        """Its file, locked where the row has a password."""
        made = self.prepared.handout().pdf
        return locked(made, self.password) if self.password else made

    @property
    def name(self) -> str:
        """The name of its file, in which nothing of the patient stands."""
        return f"{self.number:05}-{self.prepared.plate.facts['cause']}.pdf"


@dataclass
class Batch:
    """One batch at work, or its result."""

    order: Order
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    rows: Sequence[Row] = ()
    count: int = 0
    done: int = 0
    state: str = "running"  # then ready or stopped
    ready: list[Ready] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    aside: Aside = field(default_factory=Aside)
    met: dict[str, list[int]] = field(default_factory=dict, repr=False)  # rows by patient's id
    alike: list[list[int]] = field(default_factory=list)
    lines: tuple[str, ...] = field(default=(), repr=False)  # that show how it was decoded
    stopped: bool = False
    began: float = field(default_factory=monotonic)
    seen: float = field(default_factory=monotonic)
    work: "Future[None] | None" = None

    @property
    def is_over(self) -> bool:
        """Whether someone stopped it, or its time is over."""
        return self.stopped or monotonic() - self.began > MOST_SECONDS

    def forget(self) -> None:
        """Drops all that is about patients; who fetches the result at this moment still gets it."""
        self.stopped = True
        self.rows, self.ready, self.met, self.lines = (), [], {}, ()


class NotBegun(InputError):
    """A batch that is not begun; `why` is the name of the words that tell why."""

    def __init__(self, why: Literal["busy", "packed", "rows"]) -> None:
        super().__init__(f"no batch is begun: {why}")
        self.why = why


class Batches:
    """The batches of a page, by token."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, Batch] = {}
        self._lock, self._pool = Lock(), ThreadPoolExecutor(1, "batch")

    def start(self, order: Order) -> Batch:
        """Begins a batch; raises NotBegun, InputError for a file that can't be read."""
        job = Batch(order._replace(data=b""))
        with self._lock:
            self._sweep()
            if any(job.state == "running" for job in self._known.values()):
                raise NotBegun("busy")
            for token in list(self._known)[:-(MOST_RESULTS - 1)]:  # the oldest
                self._known.pop(token).forget()
            self._known[job.token] = job
        try:
            job.rows = self._read(order)
            job.count, job.lines = len(job.rows), _doubted(job.rows, order.data)
            job.work = self._pool.submit(self._check, job)
        except BaseException:
            self.drop(job.token)
            raise
        return job

    def get(self, token: str) -> Batch | None:
        """The batch of a token, which is now seen; None if it is gone. Raises what broke it."""
        with self._lock:
            self._sweep()
            job = self._known.get(token)
        if job is not None:
            job.seen = monotonic()
            if job.work is not None and job.work.done() and job.work.exception() is not None:
                self.drop(token)
                job.work.result()
        return job

    def drop(self, token: str) -> None:
        """Stops a batch and forgets all of it."""
        with self._lock:
            job = self._known.pop(token, None)
        if job is not None:
            job.forget()

    def close(self) -> None:
        """Stops and forgets everything."""
        for token in list(self._known):
            self.drop(token)
        self._pool.shutdown()

    def sweep(self) -> None:
        """Forgets what nobody asks for any more."""
        with self._lock:
            self._sweep()

    def _sweep(self) -> None:
        now = monotonic()
        for token, job in list(self._known.items()):
            kept = UNSEEN_SECONDS if job.state == "running" else KEPT_SECONDS
            if now - job.seen > kept:
                self._known.pop(token).forget()

    # -- at work -----------------------------------------------------------------------------------

    def _read(self, order: Order) -> Sequence[Row]:
        """All rows of the file."""
        site = self._site
        if order.data.startswith(_PACKED):  # a small one may hold more than there is memory
            raise NotBegun("packed")
        saved = protocols.shelf(protocols.folders(site.brand_file), site.pack)
        rows = readers.read([held(order.data, order.suffix)], site.pack, today=site.day,
                            saved=saved, reading=tables.Reading(
                                dates=cast(Any, order.dates), encoding=order.encoding))
        found = tuple(islice(rows, MOST_ROWS + 1))
        if len(found) > MOST_ROWS:
            raise NotBegun("rows")
        return found

    def _check(self, job: Batch) -> None:
        """Readies every row for print, or tells why it can't be."""
        try:
            for row in job.rows:
                if job.is_over:
                    break
                self._take(row, job)
                job.done += 1
        finally:  # a bug ends it, too; whoever asks for the batch next meets it
            is_whole = job.done == job.count and not job.stopped
            job.state = "ready" if is_whole else "stopped"
            job.alike = [rows for rows in job.met.values() if len(rows) > 1]
            job.rows, job.met = (), {}
            if not is_whole:
                job.forget()

    def _take(self, row: Row, job: Batch) -> None:
        job.aside.take(row)
        if patient_id := row.given_id:
            job.met.setdefault(patient_id, []).append(row.number)
        if row.request is None and row.problem is None:  # its reader passed it over, rightly
            job.skipped.append(row.number)
            return
        request = None
        try:
            request = _request(row, job.order)
            job.ready.append(Ready(row.number, self._site.press.prepare(request, self._site.day),
                                   row.password and checked(row.password)))
        except HandoutError as error:
            reason = tablewords.of_row(error, request, self._site, job.order.words)
            job.failed.append(Failure(row.number, NAME, row.line, reason))


def _doubted(rows: Sequence[Row], data: bytes) -> tuple[str, ...]:
    """The first lines with letters by which a reader sees whether the encoding is the right one,
    where that was found out."""
    found = [kind.partition(":")[2] for row in rows[:1] for kind in row.read_as
             if kind.startswith("encoding:")]
    lines = data.decode(found[0], "replace").splitlines() if found else []
    told = (line.strip()[:_LINE] for line in lines if not line.isascii())
    return tuple(islice(told, _LINES))


def _request(row: Row, order: Order) -> Request:
    """The row's request with what it leaves out; raises the row's problem."""
    if row.request is None:
        raise row.problem or InputError("asks for no handout")
    return replace(row.request, paper=row.request.paper or order.paper,
                   language=row.request.language or order.language,
                   edition=row.request.edition or cast(Edition, order.edition))


# -- a file in memory alone ------------------------------------------------------------------------
# Temporary files would stay on the disk if the page were killed while it reads one.


class _Bytes(BytesIO):
    name = NAME


class _Held(type(Path())):  # type: ignore[misc]  # a class for each system
    """A path of one file, of which a reader may ask what it asks of any file."""

    data: bytes = b""

    def open(self, *_: Any, **__: Any) -> BytesIO:
        return _Bytes(self.data)

    def stat(self, **_: Any) -> os.stat_result:
        return os.stat_result((S_IFREG | 0o600, 0, 0, 1, 0, 0, len(self.data), 0, 0, 0))

    def exists(self, **_: Any) -> bool:
        return True

    def is_file(self, **_: Any) -> bool:
        return True

    def is_dir(self, **_: Any) -> bool:
        return False


def held(data: bytes, suffix: str) -> Path:
    """The path of a file with these bytes; a suffix that is not known is a table's."""
    path = _Held(NAME + (suffix if suffix in _SUFFIXES else ".csv"))
    path.data = data
    return path
