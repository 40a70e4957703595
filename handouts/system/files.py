"""Files that appear whole or not at all: bytes go to a temporary name, reach the disk, and then
take the name that they are for.

A reader never meets half a file, and a run that fails, is killed or loses its power leaves the old
one. What stands for a pipe, a device or an open file is written into, and never replaced.
"""

import errno
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import BinaryIO
from unicodedata import normalize

from handouts.errors import OutputError, reason
from handouts.system import parts

_WINDOWS = sys.platform == "win32"
_PATIENCE = 1.0  # seconds: a scanner for viruses, or an indexer, holds a new file for a moment

# Names that Windows keeps for devices, whatever their ending.
DEVICE = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *([.:]|$)")
_OPEN = re.compile(r"/(?:dev|proc/self|proc/thread-self)/fd/(\d+)")
_STANDARD = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2}
_LINKS_AT_MOST = 40
_UMASK = Lock()  # the umask is the whole process's, and can be read only by setting it
_IN_MEMORY = 1 << 24  # bytes on their way into a pipe or device, before they wait on the disk


class PartFile:
    """A file that is being written, under its temporary name; `write` raises OutputError.

    Only its own failures are told as such: what goes wrong beside it in a `with` block, such as
    an input that can't be read, stays what it is.
    """

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self.failure: OutputError | None = None

    def write(self, data: bytes) -> None:
        """Appends bytes."""
        try:
            with as_output_error(self._path):
                self._file.write(data)
        except OutputError as error:
            self.failure = error
            raise


@contextmanager
def whole_file(path: Path, *, private: bool, follow: bool = False) -> Iterator[PartFile]:
    """A file to write into, which takes its name when the block ends, or is gone if it fails.

    The temporary file lies in the same folder; `private` ones can be read by their owner only.
    With `follow`, for names that somebody gave, a link leads to the file that is replaced, and
    what can't be replaced is written into as the block ends; else a link itself is replaced, for
    others may be able to lay one into a folder. Raises OutputError.
    """
    target, is_replaced = _followed(path) if follow else (path, True)
    if not is_replaced:
        with _poured(path, target) as part:
            yield part
        return
    with as_output_error(path):
        temporary, file = parts.begun(target.parent)
    try:
        part = PartFile(file, path)
        yield part
        if part.failure:  # was caught in the block: the file has a gap
            raise part.failure
        with as_output_error(path):
            file.flush()
            parts.sync(file.fileno())
            os.chmod(file.fileno() if os.chmod in os.supports_fd else temporary,  # noqa: PTH101
                     0o600 if private else 0o666 & ~_umask())
            if sys.platform == "win32":
                file.close()  # nothing that is open can be renamed there
            _put_in_place(temporary, target)
    except BaseException:
        _drop(file, temporary)
        raise
    file.close()
    parts.sync_folder(target.parent)


def write_whole(path: Path, data: bytes, *, private: bool, follow: bool = False) -> None:
    """Writes a file whole or not at all; `private` and `follow` as of `whole_file`.

    Raises OutputError.
    """
    with whole_file(path, private=private, follow=follow) as file:
        file.write(data)


def landing(path: Path) -> Path | None:
    """The file that a name stands for, links followed, there or not; None for what is written
    into: a pipe, a device, a file that is open. Raises OutputError.
    """
    found, is_replaced = _followed(path)
    return found if is_replaced else None


def is_device(path: Path) -> bool:
    """Whether Windows takes the name for a device; elsewhere it is a name like any other."""
    return sys.platform == "win32" and bool(DEVICE.match(path.name))


def folded(name: str) -> str:
    """What a file's name is known by: in one case and one form, for some systems hold names for one
    that differ in their case alone, and some tell `é` as two characters that was written as one."""
    return normalize("NFC", name).casefold()


def is_stdout(path: Path) -> bool:
    """Whether a name stands for the standard output; raises OutputError."""
    return _descriptor(_followed(path)[0]) == 1


def link_whole(source: Path, target: Path) -> None:
    """Gives a file a second name, in place of what had it: a hard link, or a copy where there are
    none. Raises OutputError.
    """
    part = target.with_name(parts.name())
    with as_output_error(target):
        try:
            os.link(source, part)
        except OSError:
            write_whole(target, source.read_bytes(), private=False)
            return
        try:
            parts.take_name(part, target)
        finally:  # where both are one file already, a system may leave both names
            with suppress(OSError):
                part.unlink()


def pdfs_in(folder: Path) -> set[str]:
    """The names of the PDFs in a folder, which is made if it is not there; raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts.clear(folder)
        return {path.name for path in folder.glob("*.pdf")}
    except OSError as error:
        raise OutputError(f"can't be used as a folder ({reason(error)})", where=str(folder),
                          cure="Choose another one, or mend its rights.") from error


def _put_in_place(temporary: Path, path: Path) -> None:
    """Gives a finished file its name; Windows lets nobody replace a file that a program shows."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            parts.take_name(temporary, path)
            return
        except PermissionError as error:
            if not (_WINDOWS and path.is_file()):
                raise
            if monotonic() > until:
                raise OutputError("is open in another program", where=str(path),
                                  cure="Close it there and run the same again, or choose another "
                                       "name with -o.") from error
        sleep(0.05)


@contextmanager
def as_output_error(path: Path) -> Iterator[None]:
    """Tells a failure of the system as what it means to the file, and what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"can't be written ({reason(error)})", where=str(path),
            cure="Choose another place, or mend the folder's rights or space.") from error


def _followed(path: Path) -> tuple[Path, bool]:
    """Where the links of a name lead, and whether that is a file, or free: it can be replaced."""
    with as_output_error(path):
        found = path
        for _ in range(_LINKS_AT_MOST):
            if _descriptor(found) is not None or is_device(found):
                return found, False
            try:
                kind = found.lstat().st_mode
            except (FileNotFoundError, NotADirectoryError):  # the writing tells
                return found, True
            if not stat.S_ISLNK(kind):
                return found, stat.S_ISREG(kind) or stat.S_ISDIR(kind)
            found = found.parent / found.readlink()
        raise OSError(errno.ELOOP, "its links go round in a circle")


@contextmanager
def _poured(path: Path, target: Path) -> Iterator[PartFile]:
    """What can't be replaced is written into when all is there: its reader gets the whole, too."""
    from tempfile import SpooledTemporaryFile  # takes its time, and few need it

    with as_output_error(path):
        spool = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    with spool:
        part = PartFile(spool, path)  # type: ignore[arg-type]
        yield part
        if part.failure:
            raise part.failure
        with as_output_error(path), open(_opened(target), "wb") as file:
            spool.seek(0)
            for data in iter(lambda: spool.read(1 << 20), b""):
                file.write(data)


def _opened(path: Path) -> int:
    """A handle to write to what has the name; an open file of one's own is shared, place and all:
    opened by its name it would be written over from its start."""
    descriptor = _descriptor(path)
    if descriptor is not None:
        return os.dup(descriptor)
    return os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))


def _descriptor(path: Path) -> int | None:
    """The number of the open file of this process that a name stands for, or None."""
    name = os.path.normpath(path.absolute())
    found = _OPEN.fullmatch(name)
    return int(found[1]) if found else _STANDARD.get(name)


def _drop(file: BinaryIO, temporary: Path) -> None:
    with suppress(OSError):  # what was still to be written finds no room now either
        file.close()
    with suppress(OSError):
        temporary.unlink()


def _umask() -> int:
    with _UMASK:
        mask = os.umask(0o077)
        os.umask(mask)
    return mask
