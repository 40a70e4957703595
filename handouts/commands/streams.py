"""stdout and stderr as the commands use them: a result that can't be handed on is an error, a
message that can't be told is not, and no letter fails because a console lacks it.
"""

import errno
import io
import json
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from handouts.errors import StdoutError, reason

# A reader that has gone; Windows says EINVAL.
_UNREAD = {errno.EPIPE, errno.ESHUTDOWN} | ({errno.EINVAL} if sys.platform == "win32" else set())


def take_over() -> None:
    """Makes stdout and stderr of this process what this module says; only for a program's start.

    Where one of them is closed, something is put in its place: else the next file that is opened
    would be it, and take what any library writes there.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(handle, True)
    os.close(handle)
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115 (open until the end)
    sys.stdout = _text(_Result, sys.stdout)
    sys.stderr = _text(_Message, sys.stderr)


def print_line(text: object) -> None:
    """A line of the result, on stdout; StdoutError where it does not take it."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def print_json(facts: Any) -> None:
    """Facts as a line of JSON on stdout, in ASCII: no console spoils it; as `print_line`."""
    print_line(json.dumps(facts))


def print_bytes(data: bytes) -> None:
    """Bytes alone on stdout; as `print_line`."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def say(text: object) -> None:
    """A line for people, on stderr, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def has_terminal() -> bool:
    """Whether somebody reads stderr and can answer on stdin."""
    return bool(sys.stdin and sys.stderr and sys.stdin.isatty() and sys.stderr.isatty())


@contextmanager
def reporting(made: str) -> Iterator[None]:
    """For telling what was made: a stdout that fails says that it is there, and one that was never
    open is no fault, for the files are the result."""
    try:
        yield
    except StdoutError as error:
        if error.is_closed:
            return
        error.cure = f"{made} there, whole; only that could not be told. {error.cure}"
        raise


class _Way(io.RawIOBase):
    """The way out of this process; None has no end to it. After a failure it takes all there is."""

    def __init__(self, raw: io.RawIOBase | None) -> None:
        super().__init__()
        self._raw, self._failed = raw, False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        if self._raw is None:
            raise OSError(errno.EBADF, "closed")
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw is not None and self._raw.isatty()

    def write(self, data: Any) -> int:
        if self._failed:  # whoever flushes what is left must not fail again
            return len(data)
        try:
            return self._written(data)
        except OSError as error:
            self._failed = True
            self._tell(error)
            return len(data)

    def _written(self, data: Any) -> int:
        if self._raw is None:
            raise OSError(errno.EBADF, "closed")
        while (count := self._raw.write(data)) is None:  # somebody made it a pipe that never waits
            select.select([], [self._raw], [])
        return count

    def _tell(self, error: OSError) -> None:
        """What a failure means here."""


class _Message(_Way):
    """stderr: what can't be told is not told."""


class _Result(_Way):
    """stdout: what can't be handed on is an error."""

    def _tell(self, error: OSError) -> None:
        if self._raw is None or error.errno == errno.EBADF:
            raise StdoutError("is closed", is_closed=True) from error
        raise StdoutError(f"can't be written ({reason(error)})",
                          is_unread=error.errno in _UNREAD) from error


def _text(kind: type[_Way], stream: TextIO | None) -> TextIO:
    """A stream of text with this way out, in the encoding of another; what it lacks is escaped."""
    buffer = getattr(stream, "buffer", None)
    way = kind(getattr(buffer, "raw", buffer))
    return io.TextIOWrapper(io.BufferedWriter(way), stream.encoding if stream else "utf-8",
                            "backslashreplace",
                            line_buffering=kind is _Message or way.isatty())
