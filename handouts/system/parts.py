"""Temporary files beside those that they will be: begun, written to the disk, given their name.

Each is held by the process that writes it, so that what a killed run left is told from what another
run is at. One kind is held by none: the files that a batch names many at a time.
"""

import errno
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from handouts.system import locks

HELD = re.compile(r"\.handout-([0-9a-f]{8}-)?[0-9a-f]{16}\.part")
_NEVER_SYNCED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}  # a file system that can't, need not


def clear(folder: Path) -> None:
    """Deletes the temporary files that killed runs left, as far as the system allows.

    Those of runs that are at work stay: each of them holds its own.
    """
    for path in lying_in(folder, HELD):
        locks.delete_abandoned(path)


def lying_in(folder: Path, kind: "re.Pattern[str]") -> list[Path]:
    """The temporary files of a kind in a folder, as far as it can be read."""
    try:
        with os.scandir(folder) as found:
            return [folder / entry.name for entry in found if kind.fullmatch(entry.name)]
    except OSError:
        return []


def begun(folder: Path, mark: str = "") -> tuple[Path, BinaryIO]:
    """A new temporary file that this process holds until it is closed; raises OSError."""
    while True:
        path = folder / name(mark)
        file = new(path)
        if locks.hold(file, path):
            return path, file
        file.close()


def name(mark: str = "") -> str:
    """A name for a temporary file that nobody can guess; it fits where any other does."""
    return f".handout-{mark}{os.urandom(8).hex()}.part"


def read(path: Path) -> bytes:
    """What a file holds; OSError for what is none: a pipe waits for its writer, for ever."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        return file.read()


def sync(handle: int) -> None:
    """Waits until what was written is on the disk; raises OSError."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NEVER_SYNCED:
            raise


def sync_folder(folder: Path) -> None:
    """Waits until a folder's names are on the disk, where the system can: the files are whole
    either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def take_name(part: Path, target: Path) -> None:
    """Gives a temporary file its name, in place of a file or a link to one; raises OSError."""
    with suppress(FileNotFoundError):
        kind = target.lstat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISLNK(kind) or stat.S_ISDIR(kind)):
            raise OSError(errno.EEXIST, "a pipe or device has that name")
    part.replace(target)


def new(path: Path) -> BinaryIO:
    """A file that was not there, which nobody but its owner can read."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))
