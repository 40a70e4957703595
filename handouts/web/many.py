"""A table of patients → one ZIP of handouts or one print run, and nothing kept after the answer.

A batch runs in a thread of its own, one at a time, in a private folder that is deleted when its
result was fetched, when it is stopped, when nobody asks for it any more, or when the page ends.
"""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from handouts import batch, protocols, readers
from handouts.errors import HandoutError, InputError
from handouts.paths import cache_folder
from handouts.readers import Row
from handouts.web.site import Site

MOST_ROWS = 1_000  # some 200 MB of handouts
MOST_SECONDS = 600.0
UNSEEN_SECONDS = 60.0  # a running batch that no page asks for any more
KEPT_SECONDS = 600.0  # a result that nobody fetched
KINDS = {"zip": "application/zip", "run": "application/pdf"}
_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl"}


@dataclass(frozen=True)
class Order:
    """What is asked for: a file's bytes and the end of its name, the kind of result, defaults."""

    data: bytes
    suffix: str
    kind: str
    paper: str = ""
    language: str = ""


@dataclass
class Batch:
    """One batch at work, or its result."""

    order: Order
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="handouts-")))
    rows: Sequence[Row] = ()
    done: int = 0
    state: str = "running"  # then ready, stopped or failed
    report: dict[str, Any] = field(default_factory=dict)
    error: HandoutError | None = None
    stopped: bool = False
    began: float = field(default_factory=monotonic)
    seen: float = field(default_factory=monotonic)
    work: "Future[None] | None" = None

    @property
    def result(self) -> Path:
        """The file to fetch."""
        return self.folder / ("handouts.zip" if self.order.kind == "zip" else "handouts.pdf")

    def advance(self, rows: int) -> None:
        """Counts rows that were dealt with."""
        self.done += rows

    def next_rows(self) -> Iterator[Row]:
        """The rows, until someone stops the batch or its time is over."""
        for row in self.rows:
            if self.stopped or monotonic() - self.began > MOST_SECONDS:
                raise KeyboardInterrupt  # as Ctrl-C would: `batch` ends cleanly
            yield row


class Batches:
    """The batches of a page, by token."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[str, Batch] = {}
        self._lock, self._pool = Lock(), ThreadPoolExecutor(1, "batch")

    def start(self, order: Order) -> Batch:
        """Begins a batch; raises InputError for a file that can't be used, or if one is at work."""
        with self._lock:
            self._sweep()
            if any(job.state == "running" for job in self._known.values()):
                raise InputError("another batch is at work", where="busy")
            job = Batch(order)
            self._known[job.token] = job
        try:
            job.rows = self._read(job)
            job.work = self._pool.submit(self._run, job)
        except BaseException:
            self.drop(job.token)
            raise
        return job

    def get(self, token: str) -> Batch | None:
        """The batch of a token, which is now seen; None if it is gone."""
        with self._lock:
            self._sweep()
            job = self._known.get(token)
            if job is not None:
                job.seen = monotonic()
            return job

    def drop(self, token: str) -> None:
        """Stops a batch and deletes all that it made."""
        with self._lock:
            job = self._known.pop(token, None)
        if job is not None:
            self._delete(job)

    def close(self) -> None:
        """Stops and deletes everything."""
        for token in list(self._known):
            self.drop(token)
        self._pool.shutdown()

    def sweep(self) -> None:
        """Deletes what nobody asks for any more."""
        with self._lock:
            self._sweep()

    # -- at work -----------------------------------------------------------------------------------

    def _read(self, job: Batch) -> Sequence[Row]:
        """All rows of the file, in memory; the file itself is gone again."""
        suffix = job.order.suffix if job.order.suffix in _SUFFIXES else ".csv"
        path = job.folder / f"table{suffix}"
        path.touch(0o600)
        path.write_bytes(job.order.data)
        try:
            saved = protocols.shelf(protocols.folders(self._site.brand_file))
            rows = readers.read([path], self._site.catalogue, today=self._site.day, saved=saved)
            found = tuple(islice(rows, MOST_ROWS + 1))
        finally:
            path.unlink()
        if len(found) > MOST_ROWS:
            raise InputError("too many rows", where="rows")
        return found

    def _run(self, job: Batch) -> None:
        try:
            self._print(job)
        except HandoutError as error:
            job.state, job.error = "failed", error
        if job.stopped or job.state != "ready":
            self._delete(job)

    def _print(self, job: Batch) -> None:
        out, order = job.folder / "out", job.order
        report = batch.run(job.next_rows(), batch.Job(
            out, self._site.brand_file, self._site.press.templates, cache_folder(),
            self._site.records.folder if self._site.records else None, jobs=1,
            paper=order.paper, language=order.language,
            print_run=job.result if order.kind == "run" else None),
            today=self._site.day, progress=job.advance)
        if not report.complete:
            job.state = "stopped"
            return
        job.report = _told(report.file)
        if order.kind == "zip":
            _pack(job.result, out, job.report)
        shutil.rmtree(out)
        job.state = "ready"

    # -- deleted -----------------------------------------------------------------------------------

    def _sweep(self) -> None:
        now = monotonic()
        for token, job in list(self._known.items()):
            kept = UNSEEN_SECONDS if job.state == "running" else KEPT_SECONDS
            if now - job.seen > kept:
                del self._known[token]
                self._delete(job)

    def _delete(self, job: Batch) -> None:
        job.stopped = True
        if job.work is None or job.state != "running":
            shutil.rmtree(job.folder, ignore_errors=True)
        # Else the thread that prints into it deletes it when it meets the wish to stop.


def _told(file: Path) -> dict[str, Any]:
    """The report, in which no path of this machine stands."""
    report: dict[str, Any] = json.loads(file.read_bytes())
    for failure in report["failed"]:
        failure["file"] = Path(failure["file"]).name
    return report


def _pack(target: Path, folder: Path, report: dict[str, Any]) -> None:
    """A ZIP of the handouts and the report; PDFs are packed already."""
    with ZipFile(target, "w", ZIP_STORED) as packed:
        for path in sorted(folder.glob("*.pdf")):
            packed.write(path, path.name)
        packed.writestr("report.json", json.dumps(report, indent=1, ensure_ascii=False))
