"""A function run in a child process, within bounds of time and memory.

For code that reads a stranger's file and may loop, unpack or repeat without end: drawing libraries,
decoders, validators. The bounds guard this machine's time and memory; they are no wall against code
that breaks out. One child serves many calls; one that passed a bound is ended, and the next call
starts another.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 9.0  # of processor time: a busy machine refuses nothing that an idle one takes
PATIENCE = 60.0  # seconds by the clock until a process is given up, however busy the machine is
MEMORY = 448 << 20  # bytes of address space; with the process that waits it is below 512 MB
_BEGIN = "from handouts.system.limits import serve; serve()"
_RESULT, _ERROR, _END = range(3)
_HAS_TIMER = hasattr(signal, "setitimer")


class PastBounds(Exception):
    """The function took more time or memory than it may, or ended its process."""


class Child:
    """A process that runs functions of this program one at a time; it starts with the first.

    Functions, their values and results travel by pickle. On Windows the time is that of the clock,
    and there and on macOS memory has no bound.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self.memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def run(self, function: Callable[P, T], /, *values: P.args, **named: P.kwargs) -> T:
        """The function's result; PastBounds, or what the function raises."""
        [result] = self._answers(function, values, named, many=False)
        return result  # type: ignore[no-any-return]

    def each(self, function: Callable[P, Iterator[T]], /, *values: P.args,
             **named: P.kwargs) -> Iterator[T]:
        """What a generator yields, as it comes; the bounds hold for all of it together."""
        yield from self._answers(function, values, named, many=True)

    def close(self) -> None:
        """Ends the process; a later call starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent is lost with it
                if stream is not None:
                    stream.close()

    def _answers(self, *task: Any, many: bool) -> Iterator[Any]:
        with self._lock:
            process = self._process = self._process or self._started()
            assert process.stdin is not None
            assert process.stdout is not None
            timer = Timer(PATIENCE if _HAS_TIMER else self.seconds, process.kill)
            timer.start()
            done = False
            try:
                pickle.dump((*task, many), process.stdin)
                process.stdin.flush()
                while (answer := pickle.load(process.stdout))[0] == _RESULT:
                    yield answer[1]
                done = True
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                raise PastBounds from error
            finally:
                timer.cancel()
                timer.join()  # so that it can't end the process during the next call
                if not done or process.poll() is not None:
                    self.close()
            if answer[0] == _ERROR:
                raise answer[1]

    def _started(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BEGIN],  # -P: nothing from the folder that we stand in
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library says as it dies helps nobody
            start_new_session=True,  # Ctrl-C on a terminal is for the process that waits
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                              "MALLOC_ARENA_MAX": "2"})  # glibc's arenas take address space
        assert process.stdin is not None
        with suppress(OSError):  # it is told when the first answer is awaited
            pickle.dump((self.seconds, self.memory), process.stdin)
        return process


def shared() -> Child:
    """The child of this process for small tasks; it ends with this process."""
    if not _SHARED:
        import atexit

        _SHARED.append(Child())
        atexit.register(_SHARED[0].close)
    return _SHARED[0]


_SHARED: list[Child] = []


# -- in the child ----------------------------------------------------------------------------------


def serve() -> None:
    """Runs what the parent sends, until it closes the pipe or ends."""
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    seconds, memory = pickle.load(tasks)
    _bound_memory(memory)
    while True:
        try:
            function, values, named, many = pickle.load(tasks)
        except EOFError:
            return
        _bound_time(seconds)
        for answer in _results(function, values, named, many):
            pickle.dump(answer, answers)
            answers.flush()
        _bound_time(0)


def _results(function: Callable[..., Any], values: Any, named: Any,
             many: bool) -> Iterator[tuple[int, Any]]:
    try:
        results = function(*values, **named)
        for result in results if many else [results]:
            yield _RESULT, result
    except MemoryError:
        os._exit(1)  # what is left of the memory may not do for an answer
    except Exception as error:  # any error is the caller's, on the other side of the pipe
        yield _ERROR, error
    else:
        yield _END, None


def _bound_memory(most: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has none, macOS does not keep it
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _bound_time(seconds: float) -> None:
    """Lets the system end this process after so much processor time; 0 is as much as it likes."""
    if _HAS_TIMER:
        signal.setitimer(signal.ITIMER_PROF, seconds)
