"""Rows → a PDF each in one folder, and a report: many handouts through the one press.

    report = batch.run(readers.read([Path("clinic.csv")]), batch.Job(Path("out"), brand), today=day)

A second run into the same folder goes on where the first ended: a row is made again only if it, the
program, the brand or the templates changed, or if its file is gone. A file that no batch made as it
is is never replaced, unless that is forced.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import date
from functools import partial
from pathlib import Path

from handouts.batch import group, names, printing
from handouts.batch.flow import Flow
from handouts.batch.job import Job, hold_apart
from handouts.batch.ledger import Failure, Ledger
from handouts.batch.lock import locked
from handouts.batch.planning import Defaults, Planner
from handouts.batch.pool import Here, cluster, processes
from handouts.batch.report import NAME, BatchReport, write_report
from handouts.batch.together import Together
from handouts.brand.brand import read_brand
from handouts.brand.reviews import Reviews
from handouts.errors import HandoutError, OutputError, reason
from handouts.pack.catalogue import load_catalogue
from handouts.press.press import Press
from handouts.readers import Row
from handouts.system import parts
from handouts.system.stopping import stoppable

__all__ = ["Failure", "Job", "Report", "run"]
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
    naming, catalogue = names.Names(job.name), load_catalogue(folder=job.pack)
    hold_apart(job, naming, catalogue.structure.causes)
    brand = read_brand(job.brand)  # what is wrong with it is told once, not for every row
    press = Press(job.brand, pack=job.pack, templates=job.templates)
    _make(job.folder)
    with locked(job.folder), Ledger(job.folder) as ledger, stoppable() as stop:
        _clear(job.folder)
        day, about = ledger.begin(today), catalogue.words_in(catalogue.languages[0]).body.about
        setup = _setup(job, press, day, ledger.key)
        reviews = Reviews(catalogue, brand, day, job.templates)
        planner = Planner(ledger, naming, reviews, setup,
                          defaults=Defaults(job.paper, job.language, job.edition))
        flow = Flow(planner, stop, progress, ahead=1 if job.jobs or job.dask else _JOBS_AHEAD)
        try:
            with Together(setup, about, print_run=job.print_run, fhir_out=job.fhir_out) as together:
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
            group.clear(job.folder)  # of a process that died


def _setup(job: Job, press: Press, day: date, key: bytes) -> printing.Setup:
    """What each process needs; it may stand in another folder than this one."""
    return printing.Setup(
        job.folder.absolute(), job.brand.absolute(),
        press.pack.absolute(), job.templates and job.templates.absolute(),
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
    group.clear(folder)
    try:
        (folder / NAME).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"can't be replaced ({reason(error)})", where=str(folder / NAME),
                          cure="Mend the folder's rights, or choose another with -o.") from error
