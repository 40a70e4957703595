"""What openpyxl knows of a workbook → its sheets, and the text of a cell as a CSV file has it.

The sheets themselves are read in `sheetparts`, many times as fast: openpyxl makes an object of each
cell, and reads a sheet that tells no size to its end to find one.
"""

import re
import warnings
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from typing import IO, Any
from zipfile import ZipFile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.utils.escape import unescape
from openpyxl.xml.constants import SHARED_STRINGS

from handouts.readers.tables import sheetparts

_ZEROS = re.compile("0+")
_MOST_DIGITS = 15  # of a number: a spreadsheet rounds those behind them


class WorkbookParts(ExcelReader):  # type: ignore[misc]
    """A workbook's parts but for its cells: `shown` are those of the sheets that it shows, by name.
    """

    def read_strings(self) -> None:
        """Finds the texts that cells share, and leaves them for later."""
        part = self.package.find(SHARED_STRINGS)
        self.shared = part.PartName.lstrip("/") if part else ""

    def read_worksheets(self) -> None:
        """Finds the sheets, and leaves them for later."""
        self.shown = {sheet.name: part.target for sheet, part in self.parser.find_sheets()
                      if sheet.state == "visible" and part.target in self.valid_files
                      and "chartsheet" not in part.Type}

    def texts(self, archive: ZipFile) -> "CellTexts":
        """What its cells come to."""
        if not self.shared:
            return CellTexts(self.wb, ())
        with archive.open(self.shared) as part:
            return CellTexts(self.wb, [*map(unescape, sheetparts.texts(part))])


def opened(file: IO[bytes]) -> WorkbookParts:
    """The parts of a workbook that is open; it raises whatever a damaged one makes it raise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out: styles, pictures
        book = WorkbookParts(file, read_only=True, data_only=True, keep_links=False)
        book.read()
    return book


class CellTexts:
    """The texts of a workbook's cells, by its shared texts and the formats of its numbers."""

    def __init__(self, book: Any, shared: Sequence[str]) -> None:
        self._shared = shared
        self._book = book
        self._zeros = cache(self._zeros_of)

    def text(self, kind: str, value: str, style: str) -> str | None:
        """The text of a cell of this type; None where it ends in an error."""
        if kind == "s":
            return self._shared[int(value)]
        if kind in ("inlineStr", "str"):
            return unescape(value)  # type: ignore[no-any-return]
        if kind == "n":
            return self._number(value, int(style))
        if kind == "e":
            return value if value == "#N/A" else None
        return _as_text(value in ("1", "true") if kind == "b" else
                        from_ISO8601(value) if kind == "d" else value)

    def _number(self, text: str, style: int) -> str | None:
        value = int(text) if text.isdecimal() else float(text)
        if style in self._book._date_formats:
            try:
                return _as_text(from_excel(value, self._book.epoch,
                                           style in self._book._timedelta_formats))
            except (OverflowError, ValueError):
                return None
        if isinstance(value, int) and value < 10 ** _MOST_DIGITS:
            return str(value).zfill(self._zeros(style))
        return _decimal(value)

    def _zeros_of(self, style: int) -> int:
        """How many figures a whole number is shown with at least: 5 where its format is 00000."""
        at = self._book._cell_styles[style].numFmtId
        form = (BUILTIN_FORMATS.get(at, "") if at < BUILTIN_FORMATS_MAX_SIZE
                else self._book._number_formats[at - BUILTIN_FORMATS_MAX_SIZE])
        return len(form) if _ZEROS.fullmatch(form) else 0


def _as_text(value: Any) -> str:
    return "" if value is None else _TEXTS.get(type(value), str)(value)


def _decimal(value: float) -> str:
    """A number as a spreadsheet shows it, cut where it has more digits than that keeps."""
    if abs(value) >= 10 ** _MOST_DIGITS:
        return f"{value:.{_MOST_DIGITS - 1}E}"
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(value: datetime) -> str:
    day = value.date().isoformat()
    return day if value.time() == time() else f"{day} {value.time().isoformat('seconds')}"


_TEXTS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "yes" if value else "no",
    float: _decimal,
    datetime: _moment, date: date.isoformat, time: lambda value: value.isoformat("minutes"),
}
