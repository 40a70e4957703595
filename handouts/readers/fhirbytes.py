"""A FHIR file's bytes, unpacked and counted: no more than a real export of its size can hold.

A few hundred kilobytes of gzip can unpack to gigabytes, or to millions of empty lines; reading
those would take minutes, or all memory.
"""

import gzip
from io import BufferedReader
from pathlib import Path

from handouts.errors import InputError

MOST_BYTES = 128 << 20  # of one line or one document
UNPACKS_TO = 40  # times a packed file's size: exports unpack to ten or twenty times theirs
BYTES_A_LINE = 64  # of a plain file: the shortest Condition that says whose it is
PACKED_A_LINE = 20  # of a packed one, whose ids alone take as much
_FREE_BYTES, _FREE_LINES = 32 << 20, 200_000  # what any file may hold, however small it is
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_UNPACK = "Unpack it, look at what is in it, and give the unpacked file."
_BY_LINE = "Export as Bulk Data NDJSON, one resource a line."


def opened(path: Path) -> gzip.GzipFile | BufferedReader:
    """The file's bytes, unpacked; which kind it is is seen from its content."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path) if packed else path.open("rb")


class Counted:
    """The lines of a file; InputError for more bytes or lines than its size on disk allows."""

    def __init__(self, file: gzip.GzipFile | BufferedReader, path: Path) -> None:
        size = path.stat().st_size
        self._file, self._path = file, path
        self._is_packed = isinstance(file, gzip.GzipFile)
        self._bytes = _FREE_BYTES + size * UNPACKS_TO
        self._lines = _FREE_LINES + (size / PACKED_A_LINE if self._is_packed else 0)

    def line(self) -> bytes:
        """The next line with its end, or nothing at the end of the file."""
        line = self._file.readline(min(MOST_BYTES, self._bytes + 1))
        self._lines -= 1
        if not self._is_packed:  # what was read so far is what there was on disk
            self._lines += len(line) / BYTES_A_LINE
        self._spend(len(line))
        if self._lines < 0:
            raise self._refused("has far too many lines for its size", _UNPACK)
        if len(line) >= MOST_BYTES:
            raise self._too_long()
        return line

    def rest(self, *before: bytes) -> bytearray:
        """All that follows, after what was read of it before."""
        whole = bytearray().join(before)
        while chunk := self._file.read(_CHUNK):
            self._spend(len(chunk))
            whole += chunk
            if len(whole) >= MOST_BYTES:
                raise self._too_long()
        return whole

    def _spend(self, count: int) -> None:
        self._bytes -= count
        if self._bytes < 0:
            raise self._refused("unpacks to far more than an export of its size can hold", _UNPACK)

    def _too_long(self) -> InputError:
        return self._refused(f"holds a resource of more than {MOST_BYTES >> 20} MB", _BY_LINE)

    def _refused(self, problem: str, cure: str) -> InputError:
        return InputError(problem, where=str(self._path), cure=cure)
