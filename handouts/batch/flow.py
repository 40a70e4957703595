"""The rows' way through the batch: read, planned, printed some at a time, kept in their order.

A second run into the same folder goes on where the first ended: a row is made again only if it, the
program, the brand or the templates changed, or if its file is gone. A file that no batch made as it
is is never replaced, unless that is forced.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from functools import partial
from itertools import chain, islice
from os import getpid
from pathlib import Path

from handouts.batch import names, printing
from handouts.batch.folder import clear_group, locked
from handouts.batch.job import Job, hold_apart
from handouts.batch.ledger import Ledger
from handouts.batch.planning import Defaults, Planned, Planner
from handouts.batch.pool import Here, as_output_error, cluster, ended, processes
from handouts.batch.printing import MadeFile, Outcome, Printed, Refusal, Task, print_rows
from handouts.batch.report import NAME, BatchReport, write_report
from handouts.batch.together import Together
from handouts.brand.brand import read_brand
from handouts.brand.claims import refuse_claims
from handouts.brand.reviews import Reviews
from handouts.errors import HandoutError, OutputError, reason
from handouts.pack.pack import load_pack
from handouts.press.press import Press
from handouts.readers import Row
from handouts.system import parts
from handouts.system.stopping import Stop, stoppable

ROWS_AT_ONCE = 32  # rows a job: enough to make its way worth while, few enough to stop soon
_TRIES = 2  # of a row whose process died: it may have been killed for another reason
_STARTS = 5  # of a process in place of one that died
_JOBS_WAITING = 16  # so that no process waits and memory stays flat, however many rows there are
_Printing = tuple[list[Planned], Future[Printed]]
_JOBS_AHEAD = 8  # that are seen before processes start unasked: it takes as long as to print these
_MOST_JOBS = 61  # what a pool of processes can wait for on Windows


def run(rows: Iterable[Row], job: Job, *, today: date,
        progress: Callable[[int], None] = lambda rows: None) -> BatchReport:
    """Makes a file for each row; a row that can't be printed is told in the report.

    `progress` is called with the number of rows that were dealt with since its last call. A signal
    to stop ends the run early, with what is done kept. Raises UsageError for the pattern of names
    and for files that must not be written, PackError for pack, brand or templates, OutputError
    where the folder can't be used.
    """
    naming, pack = names.Names(job.name), load_pack(folder=job.pack)
    hold_apart(job, naming, pack.structure.causes)
    brand = read_brand(job.brand)
    refuse_claims(brand, pack)  # what is wrong with it is told once, not for every row
    press = Press(job.brand, pack=job.pack, templates=job.templates)
    _make(job.folder)
    with locked(job.folder), Ledger(job.folder) as ledger, stoppable() as stop:
        _clear(job.folder)
        day, about = ledger.begin(today), pack.words_in(pack.languages[0]).body.about
        setup = _setup(job, press, day, ledger.key)
        reviews = Reviews(pack, brand, day, job.templates)
        planner = Planner(ledger, naming, reviews, setup,
                          defaults=Defaults(job.paper, job.language, job.edition))
        flow = Flow(planner, stop, progress, ahead=1 if job.jobs or job.dask else _JOBS_AHEAD)
        try:
            with Together(setup, about, job) as together:
                flow.run(rows, partial(_executor, job), together)
            ledger.end()
            return write_report(job.folder, ledger, planner.aside, planner.review,
                                complete=True)
        except KeyboardInterrupt:
            ledger.commit()
            return write_report(job.folder, ledger, planner.aside, planner.review,
                                complete=False)
        except HandoutError as error:
            _keep_what_is_done(job.folder, ledger, planner, error)
            raise
        finally:
            clear_group(job.folder)  # of a process that died


def _setup(job: Job, press: Press, day: date, key: bytes) -> printing.Setup:
    """What each process needs; it may stand in another folder than this one."""
    return printing.Setup(
        job.folder.absolute(), job.brand.absolute(),
        press.folder.absolute(), job.templates and job.templates.absolute(),
        job.cache, job.records and job.records.absolute(), press.fingerprint, day, key,
        described=job.fhir_out is not None, force=job.force)


def _keep_what_is_done(folder: Path, ledger: Ledger, planner: Planner,
                       error: HandoutError) -> None:
    """Keeps ledger and report of a run that failed, where the folder still takes them."""
    with suppress(OutputError):
        ledger.commit()
    try:
        write_report(folder, ledger, planner.aside, planner.review, complete=False)
    except OutputError:
        error.cure += f"\n{NAME} could not be written either; what is there is whole."


def _executor(job: Job, few: bool) -> AbstractContextManager[Executor]:
    """What prints the rows of a job."""
    if job.dask:
        return cluster(job.dask)
    jobs = min(job.jobs or _processors(), _MOST_JOBS)
    return nullcontext(Here()) if few or jobs == 1 else processes(jobs)


def _processors() -> int:
    """The processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"can't be made ({reason(error)})", where=str(folder),
                          cure="Choose another folder with -o.") from error


def _clear(folder: Path) -> None:
    """Deletes what a killed run left half done, and the report of the run before."""
    parts.clear(folder)
    clear_group(folder)
    try:
        (folder / NAME).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"can't be replaced ({reason(error)})", where=str(folder / NAME),
                          cure="Mend the folder's rights, or choose another with -o.") from error


# -- the rows' way ---------------------------------------------------------------------------------


class Flow:
    """One way of many rows; `progress` is called with how many were dealt with."""

    def __init__(self, planner: Planner, stop: Stop, progress: Callable[[int], None], *,
                 ahead: int) -> None:
        self._planner, self._stop, self._progress = planner, stop, progress
        self._ahead = ahead

    def run(self, rows: Iterable[Row], executor: Callable[[bool], AbstractContextManager[Executor]],
            together: Together) -> None:
        """Deals with all rows; raises KeyboardInterrupt if the batch was asked to stop.

        `executor` is told whether the rows are few: fewer than `ahead` jobs.
        """
        jobs = self._jobs(iter(rows))
        first = list(islice(jobs, self._ahead))
        with executor(sum(map(len, first)) < self._ahead * ROWS_AT_ONCE) as printer:
            waiting = deque[_Printing]()
            most = 0 if isinstance(printer, Here) else _JOBS_WAITING
            for job in chain(first, jobs):
                waiting.append((job, self._submit(printer, job)))
                while len(waiting) > most:
                    self._take(printer, *waiting.popleft(), together)
            self._end(printer, waiting, together)
        if self._stop.asked:
            raise KeyboardInterrupt

    def _jobs(self, rows: Iterator[Row]) -> Iterator[list[Planned]]:
        """The rows in jobs of some at once; those that failed already are left out."""
        job: list[Planned] = []
        while (row := self._stop.next(rows)) is not None:
            planned = self._planner.plan(row)
            if planned is None:
                self._progress(1)
            else:
                job.append(planned)
            if len(job) == ROWS_AT_ONCE:
                yield job
                job = []
        if job and not self._stop.asked:
            yield job

    def _submit(self, printer: Executor, job: list[Planned]) -> Future[Printed]:
        self._planner.ledger.commit()
        with ended(), as_output_error():
            return printer.submit(print_rows, self._planner.setup, [each.task for each in job])

    def _take(self, printer: Executor, job: list[Planned], printing: Future[Printed],
              together: Together) -> None:
        """Keeps what came of a job; raises what ended it."""
        try:
            with as_output_error():
                outcomes, end = printing.result()
        except BrokenProcessPool:
            outcomes, end = [self._alone(printer, planned.task) for planned in job], None
        for planned, outcome in zip(job, outcomes, strict=False):
            self._planner.keep(planned, outcome)
            if isinstance(outcome, MadeFile):
                together.add(planned.task, outcome)
        self._progress(len(job))
        if end is not None:
            raise end

    def _alone(self, printer: Executor, task: Task) -> Outcome:
        """What comes of a row of a job whose process died, perhaps because of it."""
        for _ in range(_TRIES):
            _wait_for_a_process(printer)  # what dies now dies of the row
            with suppress(BrokenProcessPool), as_output_error():
                outcomes, end = printer.submit(print_rows, self._planner.setup, [task]).result()
                if end is not None:
                    raise end
                return outcomes[0]
        return Refusal("its printing ended the process that was at it, twice")

    def _end(self, printer: Executor, waiting: "deque[_Printing]", together: Together) -> None:
        """Takes the last jobs; when asked to stop, those alone that were begun."""
        if self._stop.asked:
            for _, printing in waiting:
                printing.cancel()
        for job, printing in waiting:
            if not printing.cancelled():
                self._take(printer, job, printing, together)


def _wait_for_a_process(printer: Executor) -> None:
    """Returns when a process runs; OutputError where none lives for a moment, several times over.

    Whoever kills one for want of memory often kills the next as well.
    """
    for _ in range(_STARTS - 1):
        with suppress(BrokenProcessPool):
            printer.submit(getpid).result()
            return
    with ended():
        printer.submit(getpid).result()
