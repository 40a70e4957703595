"""Where rows are printed: in this process, in several on this machine, or on a Dask cluster."""

import ctypes
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, connection, get_context, parent_process
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from handouts.errors import OutputError, UsageError, reason
from handouts.system.stopping import SIGNALS

P = ParamSpec("P")
T = TypeVar("T")


class Here(Executor):
    """Runs each job at once, in this process."""

    def submit(self, job: Callable[P, T], /, *values: P.args, **named: P.kwargs) -> Future[T]:
        """The job's result; what it raises is raised here."""
        future: Future[T] = Future()
        future.set_result(job(*values, **named))
        return future


class _Pool(ProcessPoolExecutor):
    """Processes that hear no signal from the moment they start: Ctrl-C on a terminal goes to all of
    them, and the one that began them decides."""

    def submit(self, job: Callable[P, T], /, *values: P.args, **named: P.kwargs) -> Future[T]:
        """The job's result to come; starts a process where one is wanted."""
        with _unheard():
            return super().submit(job, *values, **named)


class _Processes(Executor):
    """A pool that is replaced when one of its processes died, by which it lost all of its jobs."""

    def __init__(self, jobs: int) -> None:
        self._jobs, self._others = jobs, {*active_children()}
        self._pool = self._begun()

    def submit(self, job: Callable[P, T], /, *values: P.args, **named: P.kwargs) -> Future[T]:
        """The job's result to come, which is BrokenProcessPool if a process dies before."""
        try:
            future = self._pool.submit(job, *values, **named)
        except BrokenProcessPool:
            self._end_all()  # one may have died while there was no job to tell of it
            self._pool.shutdown()
            self._pool = self._begun()
            future = self._pool.submit(job, *values, **named)
        future.add_done_callback(self._end_all_if_one_died)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes when their jobs have ended."""
        if getattr(self._pool, "_broken", False):  # nothing public says so but a job
            self._end_all()
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _end_all_if_one_died(self, future: "Future[Any]") -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            self._end_all()

    def _end_all(self) -> None:
        """Ends the others of a pool that has lost one. It asks them to end and waits for them, but
        they hear no signal, and may themselves wait for the lock that the dead one had."""
        for process in {*active_children()} - self._others:
            process.kill()

    def _begun(self) -> _Pool:
        # Afresh on every system: a copy of this process would share its lock and its ledger.
        # A process of Python's own begins here, which must outlive us.
        with as_output_error(), _unheard():
            return _Pool(self._jobs, mp_context=get_context("spawn"), initializer=_begin)


@contextmanager
def _unheard() -> Iterator[None]:
    """Signals wait until the block ends; in a process that begins in it they wait for ever.

    Windows knows no waiting: there Ctrl-C is not heard, by a process that begins in it for ever.
    """
    if sys.platform == "win32":
        console = ctypes.windll.kernel32
        console.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            console.SetConsoleCtrlHandler(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_ADDRESS = re.compile(r"(?:[a-z]+://)?[!-~]+:\d{1,5}")  # of a cluster's scheduler


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """So many processes; they start as they are needed, and end with the block or with us."""
    pool = _Processes(jobs)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The machines of a Dask cluster; each needs this program and the folders of the batch.

    Requests travel to them, patients' names and all: the cluster must be the practice's own.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("needs Dask", where="--dask",
                         cure="pip install 'handouts[dask]'") from error
    nobody = UsageError("is the address of no cluster that answers", where="--dask",
                        cure="Start one, and give its address, such as tcp://server:8786.")
    if not _ADDRESS.fullmatch(address):
        raise nobody  # a Client that fails on it may wait for itself when it is collected
    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise nobody from error
    with client:
        # A job writes files, so one of the same rows is never taken for done.
        yield client.get_executor(pure=False)


@contextmanager
def as_output_error() -> Iterator[None]:
    """Tells a failure to run a process as an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"can't run ({reason(error)})", where="a process of the batch",
                          cure="Run the same again with fewer --jobs.") from error


@contextmanager
def ended() -> Iterator[None]:
    """Tells the early end of a process as an OutputError."""
    try:
        yield
    except BrokenProcessPool as error:
        raise OutputError("ended before its rows were printed", where="a process of the batch",
                          cure="Run the same again, with fewer --jobs if memory was short."
                          ) from error


def _begin() -> None:
    """A process of the pool leaves signals to the one that began it, and never outlives it."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
