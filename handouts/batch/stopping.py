"""Ctrl-C and SIGTERM → a wish to stop, which the batch meets between two rows."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")
SIGNALS = (signal.SIGINT, signal.SIGTERM)


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
    heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, stop.ask) for number in heard}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
