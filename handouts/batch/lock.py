"""One run at a time in a folder: a lock that the system frees when its holder ends, however."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import gethostname
from time import monotonic, sleep

from handouts.errors import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = ".handouts-lock"
_PATIENCE = 1.0  # seconds: a run that was killed this moment is still being cleared away
_PAST_THE_TEXT = 4096  # Windows keeps others from reading a locked byte


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's lock; OutputError says which process has it."""
    path = folder / NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise OutputError(f"can't be written to ({reason})", where=str(folder),
                          cure="Choose another folder with -o, or mend its rights or space."
                          ) from error
    try:
        _wait(handle, folder)
        with suppress(OSError):  # who holds it is a courtesy; that it is held is what counts
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, f"{os.getpid()} on {gethostname()}".encode())
        yield
    finally:
        os.close(handle)


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
    """Whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _PAST_THE_TEXT, os.SEEK_SET)
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise OutputError(f"can't be locked ({reason})", where=str(folder),
                          cure="Choose a folder on a disk of this computer with -o.") from error
    return True
