"""A table of patients → handouts that are printed as they are fetched, in memory alone.

Nothing of a table comes onto the disk, so nothing of it can be left there, however the page ends. A
row is kept as what is to be printed: its plate, which all rows of its kind share, and its patient's
lines, some 2 KB. A batch is forgotten when it is stopped, when nobody asks for it any more, when
too many others came after it, or when the page ends.
"""

import secrets
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Literal, NamedTuple, cast

from handouts import readers
from handouts.batch.ledger import Failure
from handouts.errors import HandoutError, InputError
from handouts.press.locked import checked, locked
from handouts.press.press import PreparedPrint
from handouts.readers import Aside, Row, tables
from handouts.readers.tables.values import masked
from handouts.request import protocols
from handouts.request.look import Edition
from handouts.request.request import Request
from handouts.web import tablewords
from handouts.web.memory import NAME, held
from handouts.web.site import Site
from handouts.web.texts import Words

MOST_ROWS = 10_000  # some 40 MB
MOST_PLATES = 1_000  # kinds of handouts in a table: 200 MB
MOST_SECONDS = 600.0
UNSEEN_SECONDS = 60.0  # a running batch that no page asks for any more
KEPT_SECONDS = 600.0  # a result, after it was last looked at or fetched
MOST_RESULTS = 3
_LINES, _LINE = 3, 80  # shown of a table whose encoding was found out; characters of each
_PACKED, _ZIP = b"\x1f\x8b", b"PK\x03\x04"  # gzip alone; a ZIP's sizes are known


class Sent(NamedTuple):
    """A file as it was sent: its bytes and the end of its name."""

    data: bytes
    suffix: str


class Order(NamedTuple):
    """What is asked for: files, the kind of result, defaults, how a table is to be read, and the
    words in which it is told what could not be made."""

    files: tuple[Sent, ...]
    kind: str
    words: Words
    paper: str = ""
    language: str = ""
    edition: str = ""
    reading: tables.Reading = tables.Reading()

    @property
    def paths(self) -> list[Path]:
        """The files as readers ask for them."""
        return [held(each.data, each.suffix, number) for number, each in enumerate(self.files, 1)]


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
    is_one: bool = True  # file, so that a line tells where a row stands
    state: str = "running"  # then ready or stopped
    ready: list[Ready] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    mendable: dict[int, tablewords.Mendable] = field(default_factory=dict)  # by row
    plates: set[int] = field(default_factory=set, repr=False)
    skipped: list[int] = field(default_factory=list)
    left_out: int = 0  # of the skipped ones, by hand
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
        self.rows, self.ready, self.met, self.lines, self.plates = (), [], {}, (), set()


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
        job = Batch(order._replace(files=(), reading=tables.Reading()))
        with self._lock:
            self._sweep()
            if any(job.state == "running" for job in self._known.values()):
                raise NotBegun("busy")
            for token in list(self._known)[:-(MOST_RESULTS - 1)]:  # the oldest
                self._known.pop(token).forget()
            self._known[job.token] = job
        try:
            job.rows = self._read(order)
            job.is_one = len(order.files) == 1 and len({row.file for row in job.rows}) < 2
            job.count, job.lines = len(job.rows), _doubted(job.rows, order.files[0].data)
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
        if any(each.data.startswith(_PACKED) for each in order.files):
            raise NotBegun("packed")  # a small one may hold more than there is memory
        saved = protocols.shelf(protocols.folders(site.brand_file), site.pack)
        rows = readers.read(order.paths, site.pack, today=site.day, saved=saved,
                            reading=order.reading)
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
            job.left_out += "row:left-out" in row.unused
            return
        request = None
        try:
            request = _request(row, job.order)
            setting = self._site.press.prepare(request, self._site.day)
            password = row.password and checked(row.password)
            if id(setting.plate) not in job.plates and len(job.plates) >= MOST_PLATES:
                raise InputError("is of one kind too many", field="kinds")
            job.plates.add(id(setting.plate))
            job.ready.append(Ready(row.number, setting, password))
        except HandoutError as error:
            words, site = job.order.words, self._site
            reason = tablewords.of_row(error, request, row, site, words)
            job.failed.append(Failure(row.number, NAME, row.line, reason))
            asked = request or row.request
            if job.is_one and (found := tablewords.mendable(row, asked, site, words)):
                job.mendable[row.number] = found


def _doubted(rows: Sequence[Row], data: bytes) -> tuple[str, ...]:
    """The lines that show how a table was decoded, where that was found out."""
    found = [kind.partition(":")[2] for row in rows[:1] for kind in row.read_as
             if kind.startswith("encoding:")]
    return telling_lines(data, found[0]) if found and not data.startswith(_ZIP) else ()


def telling_lines(data: bytes, encoding: str) -> tuple[str, ...]:
    """The first lines with letters by which a person sees whether an encoding is the right one; all
    others are masked as in columns."""
    lines = data.decode(encoding, "replace").splitlines()
    told = ("".join(masked(char) if char.isascii() else char for char in line.strip()[:_LINE])
            for line in lines if not line.isascii())
    return tuple(islice(told, _LINES))


def _request(row: Row, order: Order) -> Request:
    """The row's request with what it leaves out; raises the row's problem."""
    if row.request is None:
        raise row.problem or InputError("asks for no handout")
    return replace(row.request, paper=row.request.paper or order.paper,
                   language=row.request.language or order.language,
                   edition=row.request.edition or cast(Edition, order.edition))
