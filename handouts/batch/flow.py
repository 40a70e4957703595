"""The rows' way through the batch: read, planned, printed some at a time, kept in their order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, suppress
from itertools import chain, islice
from os import getpid

from handouts.batch.planning import Planned, Planner
from handouts.batch.pool import Here, as_output_error, ended
from handouts.batch.printing import MadeFile, Outcome, Printed, Refusal, Task, print_rows
from handouts.batch.together import Together
from handouts.readers import Row
from handouts.system.stopping import Stop

ROWS_AT_ONCE = 32  # rows a job: enough to make its way worth while, few enough to stop soon
_TRIES = 2  # of a row whose process died: it may have been killed for another reason
_STARTS = 5  # of a process in place of one that died
_JOBS_WAITING = 16  # so that no process waits and memory stays flat, however many rows there are
_Printing = tuple[list[Planned], Future[Printed]]


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
