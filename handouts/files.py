"""Files that appear whole or not at all: bytes go to a temporary name, which then becomes theirs.

A reader never meets half a file, and a run that fails or is killed by its user leaves the old one.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from handouts.errors import OutputError, reason

_WINDOWS = sys.platform == "win32"
_PATIENCE = 1.0  # seconds: a scanner for viruses, or an indexer, holds a new file for a moment


class Part:
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
            with _told(self._path):
                self._file.write(data)
        except OutputError as error:
            self.failure = error
            raise


@contextmanager
def whole_file(path: Path, *, private: bool, mark: str = "") -> Iterator[Part]:
    """A file to write into, which takes its name when the block ends, or is gone if it fails.

    The temporary file lies in the same folder; `private` ones can be read by their owner only.
    `mark` is a part of its name by which `clear_parts` finds what a killed run left.
    Raises OutputError.
    """
    temporary = path.with_name(f".handout-{mark}{os.urandom(8).hex()}.part")
    with _told(path):
        file = _new(temporary)
    try:
        part = Part(file, path)
        try:
            yield part
        finally:
            with _told(path):
                file.close()
        if part.failure:  # was caught in the block: the file has a gap
            raise part.failure
        with _told(path):
            temporary.chmod(0o600 if private else 0o666 & ~_umask())
            _put_in_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, *, private: bool, mark: str = "") -> None:
    """Writes a file whole or not at all; `private` and `mark` as of `whole_file`.

    Raises OutputError.
    """
    with whole_file(path, private=private, mark=mark) as file:
        file.write(data)


def pdfs_in(folder: Path) -> set[str]:
    """The names of the PDFs in a folder, which is made if it is not there; raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {path.name for path in folder.glob("*.pdf")}
    except OSError as error:
        raise OutputError(f"can't be used as a folder ({reason(error)})", where=str(folder),
                          cure="Choose another one, or mend its rights.") from error


def clear_parts(folder: Path, mark: str) -> None:
    """Deletes the temporary files with a mark, which a killed run left; raises OutputError.

    Only for whoever knows that no other run writes files with this mark.
    """
    with _told(folder):
        for path in folder.iterdir():  # a glob would take a sign in the mark for one of its own
            if path.name.startswith(f".handout-{mark}") and path.name.endswith(".part"):
                path.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Gives a finished file its name; Windows lets nobody replace a file that a program shows."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            temporary.replace(path)
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
def _told(path: Path) -> Iterator[None]:
    """Tells a failure of the system as what it means to the file, and what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"can't be written ({reason(error)})", where=str(path),
            cure="Choose another place with -o, or mend the folder's rights or space.") from error


def _new(path: Path) -> BinaryIO:
    """A file that was not there, which nobody but its owner can read."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
