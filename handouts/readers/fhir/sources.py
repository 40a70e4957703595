"""A file, or one in a ZIP → its lines as UTF-8, unpacked and bounded.

How it is packed and encoded is seen from its content. A few hundred kilobytes can unpack to
gigabytes, or to millions of empty lines; so what comes out is held against the size on disk.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from handouts.errors import InputError, reason
from handouts.paths import in_json

MOST_BYTES = 128 << 20  # of one line or one document
UNPACKS_TO = 40  # times a packed file's size: exports unpack to ten or twenty times theirs
BYTES_A_LINE = 64  # of a plain file: the shortest Condition that says whose it is
PACKED_A_LINE = 20  # of a packed one, whose ids alone take as much
_FREE_BYTES, _FREE_LINES = 32 << 20, 200_000  # what any file may hold, however small it is
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"{\0": "utf-16-le", b"[\0": "utf-16-le",
          b"\0{": "utf-16-be", b"\0[": "utf-16-be"}
_CHUNK = 1 << 20
_UNPACK = "Unpack it, look at what is in it, and give the unpacked file."
_BY_LINE = "Export as Bulk Data NDJSON, one resource a line."


class SourceFile(NamedTuple):
    """A file to read: its own name, its path in messages and in JSON, its bytes on disk, and how it
    is opened."""

    name: str
    where: str
    shown: str
    size: int
    open: Callable[[], IO[bytes]]
    is_packed: bool = False

    @property
    def is_ndjson(self) -> bool:
        """Whether its name says that it holds a resource a line."""
        return self.name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl"))

    def start(self, count: int) -> bytes:
        """Its first bytes, unpacked; OSError, EOFError or zlib.error where they can't be read."""
        with self.open() as file:
            return _unpacked(file).read(count)


def of_path(path: Path) -> SourceFile:
    """A file by itself."""
    return SourceFile(path.name, str(path), in_json(path), path.stat().st_size,
                  lambda: path.open("rb"))


def names_in(path: Path) -> list[str]:
    """The names of the files of a ZIP, none of one that is broken."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            return archive.namelist()
    except (BadZipFile, NotImplementedError, UnicodeError, ValueError):
        return []


@contextmanager
def zipped(path: Path) -> Iterator[list[SourceFile]]:
    """The files of a ZIP, by name, while it is open; raises as `members` does."""
    with members(path) as (archive, found):
        yield [SourceFile(PurePosixPath(one.filename).name, str(path), in_json(path),
                          one.compress_size, partial(archive.open, one), is_packed=True)
               for one in found]


@contextmanager
def members(path: Path) -> Iterator[tuple[ZipFile, list[ZipInfo]]]:
    """A ZIP, open, and its files by name; InputError for one that can't be used."""
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            found = sorted((one for one in archive.infolist() if not one.is_dir()),
                           key=lambda one: one.filename)
            _check(found, path)
            yield archive, found
    except (BadZipFile, NotImplementedError) as error:
        raise InputError("is a broken ZIP file, or one of an unusual kind", where=str(path),
                         cure="Copy it again, or unpack it and give the folder.") from error


def _check(members: list[ZipInfo], path: Path) -> None:
    if any(one.flag_bits & 1 for one in members):
        raise InputError("is a ZIP file with a password", where=str(path),
                         cure="Unpack it, and give the folder.")
    if sum(one.file_size for one in members) > _FREE_BYTES + path.stat().st_size * UNPACKS_TO:
        raise InputError("unpacks to far more than an export of its size can hold",
                         where=str(path), cure=_UNPACK)


@contextmanager
def lines_of(source: SourceFile) -> Iterator["Counted"]:
    """What a file holds; InputError where it can't be read to its end."""
    try:
        with source.open() as file:
            unpacked = _unpacked(file)
            yield Counted(_as_utf8(unpacked), source,
                          is_packed=source.is_packed or unpacked is not file)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError("is a broken gzip file", where=source.where,
                         cure="Copy it again.") from error
    except UnicodeError as error:
        raise InputError("is not whole text", where=source.where, cure="Copy it again.") from error
    except OSError as error:
        raise InputError(f"can't be read ({reason(error)})", where=source.where,
                         cure="Check the name and who may read it.") from error


def _unpacked(file: IO[bytes]) -> IO[bytes]:
    packed = file.read(2) == GZIP
    file.seek(0)
    return cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file


def _as_utf8(file: IO[bytes]) -> "IO[bytes] | _Recoded":
    encoding = _UTF16.get(file.read(2))
    file.seek(0)
    return _Recoded(file, encoding) if encoding else file


class _Recoded:
    """A file of another encoding, read as UTF-8."""

    def __init__(self, file: IO[bytes], encoding: str) -> None:
        self._text = io.TextIOWrapper(file, encoding, newline="\n")

    def readline(self, most: int) -> bytes:
        return self._text.readline(most).encode()

    def read(self, most: int) -> bytes:
        return self._text.read(most).encode()


class Counted:
    """The lines of a file; InputError for more bytes or lines than its size on disk allows."""

    def __init__(self, file: IO[bytes] | _Recoded, source: SourceFile, *, is_packed: bool) -> None:
        self._file, self._where, self._is_packed = file, source.where, is_packed
        self._bytes = _FREE_BYTES + source.size * UNPACKS_TO
        self._lines = _FREE_LINES + (source.size / PACKED_A_LINE if is_packed else 0)

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
        return InputError(problem, where=self._where, cure=cure)
