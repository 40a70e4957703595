"""A file that was sent to the page, for the readers: a path whose file is in memory alone.

Temporary files would stay on the disk if the page were killed while it reads one.
"""

import os
from collections.abc import AsyncGenerator
from io import BytesIO
from pathlib import Path
from stat import S_IFREG
from typing import Any

from starlette.datastructures import FormData, Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from handouts.web.guard import UPLOAD_LIMIT

NAME = "table"  # what messages call the file: its own name may be a patient's
_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".ndjson", ".jsonl"}
_MOST_FIELDS = 20


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


class _Parser(MultiPartParser):
    spool_max_size = UPLOAD_LIMIT  # so that a file never leaves the memory


def held(data: bytes, suffix: str) -> Path:
    """The path of a file with these bytes; a suffix that is not known is a table's."""
    path = _Held(NAME + (suffix if suffix in _SUFFIXES else ".csv"))
    path.data = data
    return path


async def form_of(headers: Headers, body: AsyncGenerator[bytes, None]) -> FormData:
    """The fields of a form with a file; raises HTTPException where it is none."""
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        return FormData()
    try:
        return await _Parser(headers, body, max_files=1, max_fields=_MOST_FIELDS).parse()
    except MultiPartException:
        raise HTTPException(400) from None
