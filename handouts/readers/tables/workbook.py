"""A workbook of spreadsheets (.xlsx) → the records of one sheet, one at a time.

Cells come as a CSV file would have them: days as YYYY-MM-DD, whole numbers without a point, numbers
with the zeros that their format puts before them.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from handouts.errors import InputError
from handouts.readers.tables import sheetparts
from handouts.readers.tables.celltexts import opened
from handouts.readers.tables.csvfile import Head, Record
from handouts.readers.tables.encodings import unreadable
from handouts.readers.tables.sheetparts import SheetRow

_HEAD_ROWS = 20  # in which titles may stand above the names of the columns
_LARGEST = 1 << 28  # bytes of the texts that all cells share, which are held; some 4 million cells
_LARGEST_SHEET = 1 << 29  # bytes of a sheet: several million cells
# How many times smaller than its content a part may be packed: a sheet of a million equal rows is
# some 30 times smaller, and what is made to fill a memory over 200.
_PACKED_AT_MOST, _PACKED_FROM = 120, 1 << 22
# A formula's cell without a value, of a program that leaves it to others to work out. One of type
# str that has an empty value came to an empty text.
_NO_VALUE = re.compile(
    rb"<(?P<p>(?:\w+:)?)c\s(?P<about>[^<>]*)>\s*<(?P=p)f(?:[^<>]*/>|[^<>]*>[^<>]*</(?P=p)f>)\s*"
    rb"(?P<empty><(?P=p)v(?:[^<>]*/>|[^<>]*>\s*</(?P=p)v>)\s*)?</(?P=p)c>")
_IS_TEXT = re.compile(rb"""(?<!\w)t=["']str["']""")
_IN_ROW = re.compile(rb"""(?<!\w)r=["'][A-Z]+([0-9]+)["']""")
_BLOCK, _OVERLAP = 1 << 20, 1 << 13  # bytes; a formula has 8,192 characters at most
# All that a damaged or a hostile file makes the library raise.
_DAMAGE = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
           EOFError, zlib.error, NotImplementedError, RuntimeError, OverflowError, ExpatError)


class Worksheet:
    """One sheet of a workbook, read as its rows come; only the texts that cells share are held, and
    those no longer than its rows are read.

    `sheets` are the names of those that it shows, `sheet` that of the one that is read.
    """

    encoding_name = ""

    def __init__(self, path: Path, asked: str = "") -> None:
        self._path, self._asked = path, asked
        with _told(path), path.open("rb") as file, ZipFile(file) as archive:
            _check_sizes(archive, path)
            self._book = opened(file)
            shown = self._book.shown
            self.sheets = tuple(shown)
            self.sheet = self._chosen(self.sheets)
            _check_values(archive, shown[self.sheet], path)

    @property
    def notes(self) -> dict[str, int]:
        """How it was read, where that has to be told."""
        count = len(self.sheets)
        return {f"sheet:first of {count}": 1} if count > 1 and not self._asked else {}

    def heads(self) -> Iterator[Head]:
        """The first rows that hold something."""
        found = list(islice(self._rows(), _HEAD_ROWS))
        if not found:
            raise InputError("its sheet is empty", where=str(self._path), field="sheet",
                             cure="Name another one with --sheet, such as --sheet 2.")
        for record in found:
            names = record.cells
            while names and not names[-1].strip():
                names.pop()
            yield Head(names, record.line, record.line)

    def records(self, head: Head, single: tuple[int, ...]) -> Iterator[Record]:
        """The rows after the one that names the columns."""
        width = len(head.names)
        for record in self._rows():
            if record.line > head.last:
                short = width - len(record.cells)
                yield record._replace(cells=record.cells + [""] * short) if short > 0 else record

    def _rows(self) -> Iterator[Record]:
        """All rows that hold something, by their number in the sheet."""
        with _told(self._path), self._path.open("rb") as file, ZipFile(file) as archive:
            cells = self._book.texts(archive)
            with archive.open(self._book.shown[self.sheet]) as part:
                for row in sheetparts.rows(part, cells.text):
                    record = _record(row)
                    if record.problem or any(map(str.strip, record.cells)):
                        yield record

    def _chosen(self, sheets: Sequence[str]) -> str:
        """The sheet that is asked for by name or number, else the first one that is not hidden."""
        asked = self._asked.strip().casefold()
        named = [each for each in sheets if each.strip().casefold() == asked]
        if not named and asked.isascii() and asked.isdigit():
            named = [*sheets[int(asked) - 1:int(asked)]] if int(asked) else []
        found = named or ([] if asked else sheets)
        if not found:
            raise InputError("there is no such sheet" if sheets else "has no sheet",
                             where=str(self._path), field="sheet",
                             cure=f"Give its name or number with --sheet; there are {len(sheets)}.")
        return found[0]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tells what the library makes of a damaged file in our words."""
    try:
        yield
    except OSError as error:
        raise unreadable(path, error) from error
    except _DAMAGE:
        raise InputError("is a workbook that can't be read", where=str(path), field="workbook",
                         cure="Open it in the program that made it and save it again as .xlsx, or "
                              "as 'CSV UTF-8'.") from None


def _check_sizes(archive: ZipFile, path: Path) -> None:
    """Raises InputError for what would fill the memory."""
    if any(map(_is_bomb, archive.infolist())):
        raise InputError("is too large a workbook", where=str(path), field="workbook",
                         cure="Save the sheet as 'CSV UTF-8' and give that file.")


def _is_bomb(part: ZipInfo) -> bool:
    """Whether a part would fill the memory, or is packed as no spreadsheet program packs one."""
    most = _LARGEST if part.filename.endswith("sharedStrings.xml") else _LARGEST_SHEET
    return part.file_size > most or (
        part.file_size > _PACKED_FROM
        and part.file_size > _PACKED_AT_MOST * max(part.compress_size, 1))


def _check_values(archive: ZipFile, sheet: str, path: Path) -> None:
    """Raises InputError, with the row, for the first formula of a sheet that has no value."""
    before = b""
    with archive.open(sheet) as part:
        while block := part.read(_BLOCK):
            for found in _NO_VALUE.finditer(before + block):
                if found["empty"] and _IS_TEXT.search(found["about"]):
                    continue
                row = _IN_ROW.search(found["about"])
                first = f", the first in row {row[1].decode()}" if row else ""
                raise InputError(f"has formulas without their values{first}", where=str(path),
                                 field="workbook",
                                 cure="Open it in a spreadsheet program and save it: that works "
                                      "them out.")
            before = block[-_OVERLAP:]


def _record(row: SheetRow) -> Record:
    cells = [""] * (max(row.cells) + 1)
    for at, text in row.cells.items():
        cells[at] = text or ""
    problem = "a formula of it ends in an error" if None in row.cells.values() else ""
    return Record(row.number, cells, problem)
