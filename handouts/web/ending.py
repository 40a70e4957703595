"""What ends the page: Ctrl-C, a signal, the closed window of its terminal → one call.

A closed window is SIGHUP on Linux and macOS. On Windows it is an event of the console, and the
system ends the process as soon as the event was answered, or five seconds later.
"""

import ctypes
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
                if hasattr(signal, name))
CLOSED = {2, 5, 6}  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
_PATIENCE = 4.5  # seconds


@contextmanager
def ended_by(end: Callable[[], None]) -> Iterator[None]:
    """Calls `end` when the page is to end while the block runs; for the main thread.

    A signal that was to be ignored, as SIGHUP by `nohup`, still is.
    """
    heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, lambda *_: end()) for number in heard}
    ended = Event()
    try:
        with _console(closing(end, ended)):
            yield
    finally:
        ended.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def closing(end: Callable[[], None], ended: Event,
            patience: float = _PATIENCE) -> Callable[[int], bool]:
    """What answers the console's events: it answers a closed window when the page has ended."""

    def answer(event: int) -> bool:
        if event not in CLOSED:
            return False  # Ctrl-C and Ctrl-Break come as signals
        end()
        ended.wait(patience)
        return True

    return answer


@contextmanager
def _console(answer: Callable[[int], bool]) -> Iterator[None]:
    """Lets `answer` hear the console's events, where there are any."""
    if sys.platform != "win32":
        yield
        return
    heard = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_ulong)(answer)
    ctypes.windll.kernel32.SetConsoleCtrlHandler(heard, True)
    try:
        yield
    finally:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(heard, False)
