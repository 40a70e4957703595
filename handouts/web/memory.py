"""A file in memory alone, as readers ask for files.

Temporary files would stay on the disk if the page were killed while it reads one.
"""

import os
from io import BytesIO
from pathlib import Path
from stat import S_IFREG
from typing import Any

NAME = "table"  # what messages call the file: its own name may be a patient's
_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl", ".xlsx", ".zip"}


class _Bytes(BytesIO):
    name = NAME


class _Held(type(Path())):  # type: ignore[misc]  # a class for each system
    """A path of one file, of which a reader may ask what it asks of any file."""

    data: bytes = b""

    def open(self, *_: Any, **__: Any) -> BytesIO:
        return _Bytes(self.data)

    def stat(self, **_: Any) -> os.stat_result:
        return os.stat_result((S_IFREG | 0o600, 0, 0, 1, 0, 0, len(self.data), 0, 0, 0))

    def exists(self, **_: Any) -> bool:
        return True

    def is_file(self, **_: Any) -> bool:
        return True

    def is_dir(self, **_: Any) -> bool:
        return False


def held(data: bytes, suffix: str, number: int = 1) -> Path:
    """The path of a file with these bytes; a suffix that is not known is a table's."""
    name = NAME if number == 1 else f"{NAME}-{number}"
    path = _Held(name + (suffix if suffix in _SUFFIXES else ".csv"))
    path.data = data
    return path
