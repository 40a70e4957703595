"""Ctrl-C, a closed window, the system's wish to end → the end of a run, in order and soon.

Whatever the signal, it is dealt with as SIGTERM is: a command is interrupted, a batch ends between
two rows, the page's server lets its answers end.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
# Of a closed terminal or window: SIGHUP, and SIGBREAK on Windows, where Ctrl-Break sends it, too.
_CLOSED = [getattr(signal, name) for name in ("SIGHUP", "SIGBREAK") if hasattr(signal, name)]
SIGNALS = (signal.SIGINT, signal.SIGTERM, *_CLOSED)


def interruptible() -> None:
    """From now on the signals that end this process interrupt it as Ctrl-C does, so that nothing
    half done is left. One that was to be ignored, as by nohup, still is."""
    if _is_heard(signal.SIGTERM):
        signal.signal(signal.SIGTERM, _interrupt)
    for number in filter(_is_heard, _CLOSED):
        signal.signal(number, _as_term)


def _is_heard(number: int) -> bool:
    return signal.getsignal(number) != signal.SIG_IGN


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _as_term(_number: int, _frame: FrameType | None) -> None:
    """Whoever takes SIGTERM meanwhile, such as the page's server, takes this one, too."""
    signal.raise_signal(signal.SIGTERM)


class Stop:
    """Whether someone asked the batch to stop; asked twice, it stops wherever it is."""

    def __init__(self) -> None:
        self.asked, self._reads = False, False

    def next(self, items: Iterator[T]) -> T | None:
        """The next item, or None when there is none or the batch should stop.

        A source that is slow to give its first item can be interrupted: nothing is at stake there.
        """
        if self.asked:
            return None
        self._reads = True
        try:
            return next(items, None)
        except KeyboardInterrupt:
            self.asked = True
            return None
        finally:
            self._reads = False

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        """Takes a signal."""
        if self.asked or self._reads:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def stoppable() -> Iterator[Stop]:
    """A Stop that the signals of this process ask, until the block ends.

    Only the main thread may take signals; elsewhere nobody asks. A signal that was to be ignored,
    as Ctrl-C is by a command in the background, still is.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    heard = filter(_is_heard, SIGNALS)
    before = {number: signal.signal(number, stop.ask) for number in heard}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
