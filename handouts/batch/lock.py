"""One run at a time in a folder: a lock that the system frees when its holder ends, however."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from socket import gethostname
from time import monotonic, sleep
from unicodedata import normalize

from handouts.errors import OutputError, reason
from handouts.system import locks, parts
from handouts.system.files import as_output_error, landing
from handouts.system.locks import open_own, take

NAME = ".handouts-lock"
_PATIENCE = 1.0  # seconds: a run that was killed this moment is still being cleared away


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; OutputError says which process has it."""
    try:
        handle = open_own(folder / NAME)
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
            os.write(handle, f"{os.getpid()} on {gethostname()}".encode())


def _wait(handle: int, folder: Path) -> None:
    start = monotonic()
    while not _taken(handle, folder):
        if monotonic() - start > _PATIENCE:
            holder = os.read(handle, 300).decode("utf-8", "replace")
            raise OutputError(
                f"another run is at work here (process {holder or 'unknown'})", where=str(folder),
                cure="Wait for it to end, or choose another folder with -o.")
        sleep(0.05)


def _taken(handle: int, folder: Path) -> bool:
    try:
        return take(handle)
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
    folded = normalize("NFC", name).casefold()
    return blake2b(os.fsencode(folded), digest_size=4).hexdigest() + "-"
