"""The folder of a batch: one run at a time is at it, its files take their names together, and what
a batch wrote is known again.

The lock is one that the system frees when its holder ends, however. To wait for the disk for each
file would take ten times as long as to make it; for some dozens at once, little more than for one.
Whether a batch wrote a file as it is, is told by keyed digests.
"""

import ctypes
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from socket import gethostname
from time import monotonic, sleep
from typing import Any

from handouts.errors import OutputError, reason
from handouts.system import locks, parts
from handouts.system.files import as_output_error, folded, landing
from handouts.system.locks import open_own
from handouts.system.outputs import HANDOUT

LOCK = ".handouts-lock"
_LOCKED_BYTE = "\n"  # the first one: where Windows locks it, nobody else can read it
_PATIENCE = 1.0  # seconds: a run that was killed this moment is still being cleared away
MARK = "batch-"  # held by no process: the folder's lock is what keeps other runs from them
_LEFT = re.compile(rf"\.handout-{MARK}[0-9a-f]{{16}}\.part")
_LARGEST = 1 << 26  # bytes: far more than any handout has


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; OutputError says which process has it."""
    try:
        handle = open_own(folder / LOCK)
    except OSError as error:
        raise OutputError(f"can't be written to ({reason(error)})", where=str(folder),
                          cure="Choose another folder with -o, or mend its rights or space."
                          ) from error
    try:
        _wait(handle, folder)
        _say_who(handle)
        yield
    finally:
        os.close(handle)


def _say_who(handle: int) -> None:
    """Writes who holds it, for people: a courtesy; that it is held is what counts."""
    with suppress(OSError):
        if os.fstat(handle).st_nlink == 1:  # else it is another file, too
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"{_LOCKED_BYTE}{os.getpid()} on {gethostname()}".encode())


def _holder(handle: int) -> str:
    """Who holds it, as far as they say."""
    with suppress(OSError):
        os.lseek(handle, len(_LOCKED_BYTE), os.SEEK_SET)
        return os.read(handle, 300).decode("utf-8", "replace")
    return ""


def _wait(handle: int, folder: Path) -> None:
    start = monotonic()
    while not _taken(handle, folder):
        if monotonic() - start > _PATIENCE:
            raise OutputError(
                f"another run is at work here (process {_holder(handle) or 'unknown'})",
                where=str(folder),
                cure="Wait for it to end, or choose another folder with -o.")
        sleep(0.05)


def _taken(handle: int, folder: Path) -> bool:
    from filelock import lock_descriptor  # as long to import as it takes to make some handouts

    try:
        return lock_descriptor(handle, blocking=False)
    except OSError as error:
        raise OutputError(f"can't be locked ({reason(error)})", where=str(folder),
                          cure="Choose a folder on a disk of this computer with -o.") from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other runs from a file until the block ends, by an empty file that this one holds.

    Raises OutputError if another run is at it, or if nothing can be written there.
    """
    target = landing(path)
    if target is None:  # a pipe or a device takes what comes
        yield
        return
    parts.clear(target.parent)
    mark = _mark(target.name)
    with as_output_error(path):
        own, file = parts.begun(target.parent, mark)
    try:
        # Ours is there first, and then others are looked for: of two that begin at once, not both
        # can miss the other.
        if any(other.name.startswith(f".handout-{mark}") and other != own
               and not locks.delete_abandoned(other)
               for other in parts.lying_in(target.parent, parts.HELD)):
            raise OutputError("another run is at work on it", where=str(path),
                              cure="Wait for it to end, or give the file another name.")
        yield
    finally:
        file.close()
        with suppress(OSError):
            own.unlink()


def _mark(name: str) -> str:
    """What a file's name is known by; names that differ in case alone are one on some systems."""
    return blake2b(os.fsencode(folded(name)), digest_size=4).hexdigest() + "-"


# -- files that take their names together ----------------------------------------------------------


class FileGroup:
    """Files for their owner alone, each a temporary file until `settle` gives it its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts: dict[str, Path] = {}

    def add(self, name: str, data: bytes) -> None:
        """Writes a file that has no name yet; raises OutputError."""
        part = self._folder / parts.name(MARK)
        try:
            with as_output_error(self._folder / name), parts.new(part) as file:
                file.write(data)
        except BaseException:
            _unlink(part)
            raise
        self._parts[name] = part

    def settle(self) -> dict[str, OutputError]:
        """Gives all files their names once they are on the disk; tells those that can't have it.

        Raises OutputError, with no name given, if the disk doesn't take them.
        """
        waiting, self._parts = self._parts, {}
        failures, named = {}, set[Path]()
        try:
            with as_output_error(self._folder):
                _sync(self._folder, waiting.values())
            for name, part in waiting.items():
                try:
                    with as_output_error(self._folder / name):
                        part.chmod(0o600)
                        parts.take_name(part, self._folder / name)
                    named.add(part)
                except OutputError as error:
                    failures[name] = error
        finally:
            for part in set(waiting.values()) - named:
                _unlink(part)
        return failures


def clear_group(folder: Path) -> None:
    """Deletes what a killed run left; only for the holder of the folder's lock."""
    for part in parts.lying_in(folder, _LEFT):
        _unlink(part)


def _sync(folder: Path, written: Iterable[Path]) -> None:
    """Waits until files of a folder are on the disk; raises OSError."""
    together = _syncfs()
    if together is None:
        for path in written:
            with path.open("r+b") as file:
                parts.sync(file.fileno())
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if together(handle):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    finally:
        os.close(handle)


@cache
def _syncfs() -> Any:
    """The system's call that waits for a whole file system, which Python lacks; None elsewhere."""
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


def _unlink(part: Path) -> None:
    with suppress(OSError):
        part.unlink()


# -- what a batch wrote ----------------------------------------------------------------------------


def read_file(path: Path) -> bytes | None:
    """What a file holds, if it is none that is larger than any handout, link, pipe or device; None
    where it can't be read."""
    try:
        state = path.lstat()
        is_one = stat.S_ISREG(state.st_mode) and state.st_size <= _LARGEST
        return path.read_bytes() if is_one else None
    except OSError:
        return None


def is_own(data: bytes | None, key: bytes, digest: bytes | None, *, is_planned: bool) -> bool:
    """Whether a batch wrote what a file holds: by the digest of what it last wrote, or, where a run
    was killed before it could say so, because it is a handout."""
    return data is not None and (file_digest(key, data) == digest
                                 or (is_planned and bool(HANDOUT.search(data))))


def file_digest(key: bytes, data: bytes) -> bytes:
    """The keyed digest of a file's bytes: without the key, no guess at a name can be tried."""
    return sha256(key + data).digest()[:16]
