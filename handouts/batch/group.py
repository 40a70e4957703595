"""Files of one folder that take their names together, after one wait for the disk.

To wait for each file would take ten times as long as to make it; for some dozens at once, little
more than for one.
"""

import ctypes
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from handouts.errors import OutputError
from handouts.system import parts
from handouts.system.files import as_output_error

MARK = "batch-"  # held by no process: the folder's lock is what keeps other runs from them
_LEFT = re.compile(rf"\.handout-{MARK}[0-9a-f]{{16}}\.part")


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


def clear(folder: Path) -> None:
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
