"""Files that one process holds, and that the system frees when it ends, however.

Written here because every handout is a temporary file first: to import a library for it would take
a third of the time that the whole command does. The lock of a batch's folder is `filelock`'s.
"""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

if sys.platform != "win32":
    import fcntl

# Not to be had on Windows, where making a link is a right of few.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def open_own(path: Path) -> int:
    """Opens a file that this program keeps for itself, made if it is not there, for its owner only.

    Whoever may write to the folder could have laid something else there: a link is never followed,
    and a pipe or device never used. Raises OSError with a reason for people.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, f"{path.name} is a link") from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode) or path.is_symlink():
        os.close(handle)
        raise OSError(errno.EINVAL, f"{path.name} is no file")
    return handle


def hold(file: BinaryIO, path: Path) -> bool:
    """Holds a file that was just made, until it is closed; False if it was deleted before.

    That is what keeps `delete_abandoned` from it. Where files can't be locked none is deleted; on
    Windows none can be that is open.
    """
    if sys.platform == "win32":
        return True
    with suppress(OSError):
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.lstat())
    except FileNotFoundError:
        return False


def delete_abandoned(path: Path) -> bool:
    """Deletes a file that nobody holds; whether it is gone."""
    try:
        if sys.platform == "win32":
            path.unlink()
            return True
        handle = os.open(path, os.O_RDWR | _NO_LINK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(handle)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
