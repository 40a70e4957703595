"""Bytes of a CSV file → its records, one at a time: lines and quotes.

A record that can't be read costs the line that it starts on, no more: the lines after it are read
again as records of their own, so that a quote never closed does not swallow the rest of a file.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from handouts.errors import InputError
from handouts.readers.tables.encodings import SAVE, encoding_of

MOST_LINES = 500  # of one record
MOST_CHARACTERS = 1_000_000  # of one line
DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'"?sep=(?P<sign>[^\w\s"]|\t)"?[\s,;|]*', re.I)  # Excel's own line
_HEAD_LINES = 20  # in which titles may stand above the names of the columns


class Record(NamedTuple):
    """The cells of one record and the line it starts on, or what is wrong with it."""

    line: int
    cells: list[str]
    problem: str = ""


class Head(NamedTuple):
    """One of the first records of a file, which may name the columns: the line it starts on, the
    one that it ends on, and the sign by which it was cut."""

    names: list[str]
    line: int
    last: int
    sign: str = ""


def empty(path: Path) -> InputError:
    """The error for a file that holds nothing."""
    return InputError("is empty", where=str(path),
                      cure="The first line names the columns, each other line asks for a handout.")


class CsvText:
    """The text of a CSV file, which is never held in memory."""

    sheets: tuple[str, ...] = ()
    sheet = ""

    def __init__(self, path: Path, asked: str = "") -> None:
        self._path = path
        self.encoding = encoding_of(path, asked)

    @property
    def notes(self) -> dict[str, int]:
        """How it was read, where that has to be told."""
        return {f"encoding:{self.encoding.name}": 1} if self.encoding.is_found else {}

    @property
    def encoding_name(self) -> str:
        """The name of its encoding."""
        return self.encoding.name

    def heads(self) -> Iterator[Head]:
        """The first records that hold something, as each sign cuts them. Raises InputError where
        there is no text."""
        lines, first = self._first_lines()
        said = _SEPARATOR.fullmatch(lines[first])
        if said:
            first += 1
        check_text("".join(lines[first:first + 1]), self._path)
        for sign in said["sign"] if said else DELIMITERS:
            yield from _heads(lines[first:], sign, first + 1)

    def _first_lines(self) -> tuple[list[str], int]:
        """The first lines, and which of them is the first that holds something."""
        lines: list[str] = []
        first = None
        with self._text() as file:
            while len(lines) < MOST_LINES and (first is None or len(lines) < first + _HEAD_LINES):
                line = file.readline(MOST_CHARACTERS)
                if not line or (first is not None and len(line) == MOST_CHARACTERS):
                    break
                if first is None and line.strip(" \t\r\n,;|"):
                    first = len(lines)
                lines.append(line)
        if first is None or not any(
                line.strip(" \t\r\n,;|") for line in lines[first:]
                if not _SEPARATOR.fullmatch(line)):
            raise empty(self._path)
        return lines, first

    def records(self, head: Head, single: tuple[int, ...]) -> Iterator[Record]:
        """The records after the one that names the columns; `single` are the cells that have one
        line only."""
        form = CsvDialect(head.sign, len(head.names), single)
        with self._text() as file:
            for _ in range(head.last):
                file.readline()
            yield from records(file, form, head.last + 1)

    def _text(self) -> TextIO:
        """The file's text after its mark, with its own ends of line."""
        file = self._path.open("rb")
        file.seek(self.encoding.mark)
        return io.TextIOWrapper(file, self.encoding.name, newline="")


def _heads(lines: list[str], sign: str, line: int) -> Iterator[Head]:
    reader = csv.reader(lines, delimiter=sign)
    before = 0
    try:
        for names in islice(reader, _HEAD_LINES):
            if any(name.strip() for name in names):
                yield Head(names, line + before, line + reader.line_num - 1, sign)
            before = reader.line_num
    except csv.Error:
        return


class CsvDialect(NamedTuple):
    """What the records of a file look like: `single` are the cells that have one line only."""

    delimiter: str
    width: int
    single: tuple[int, ...]

    def holds(self, cells: list[str]) -> bool:
        """Whether a record of several lines may be one, not rows held together by a wrong quote."""
        return len(cells) == self.width and not any(
            line.count(self.delimiter) >= self.width - 1
            for at in self.single for line in cells[at].splitlines()[1:])


def records(file: TextIO, form: CsvDialect, line: int) -> Iterator[Record]:
    """The records of a file from here on, blank ones left out; `line` is the number of the next."""
    lines = _Lines(file)
    blank = f" \t\r\n{form.delimiter}"
    while True:
        line += lines.skip(blank)
        broken = ""
        try:
            cells = next(csv.reader(lines, delimiter=form.delimiter, strict=True), None)
        except csv.Error:
            cells, broken = [], "a quote is not closed, or a field is too long"
        if cells is None:
            return
        if len(lines.taken) > 1 and not form.holds(cells):
            cells, broken = [], "a quote is not closed"
        if lines.too_long:
            cells, broken = [], f"the line is longer than {MOST_CHARACTERS} characters"
        if broken or any(cell.strip() for cell in cells):
            yield Record(line, cells, broken)
        line += lines.give_back() if broken else lines.keep()


class _Lines:
    """The lines of a file; those that a record took can be given back, all but the first."""

    def __init__(self, file: TextIO) -> None:
        self._file, self._waiting = file, deque[str]()
        self.taken: list[str] = []
        self.too_long = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) == MOST_LINES or (self.too_long and self.taken):
            raise StopIteration
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def skip(self, blank: str) -> int:
        """Goes on after the lines that hold nothing but `blank`; how many there were."""
        count = 0
        while True:
            line = self._waiting.popleft() if self._waiting else self._read()
            if not line or line.strip(blank):
                break
            count += 1
        if line:
            self._waiting.appendleft(line)
        return count

    def keep(self) -> int:
        """Goes on after the record; how many lines it had."""
        count = len(self.taken)
        self.taken.clear()
        return count

    def give_back(self) -> int:
        """Goes on after the record's first line."""
        self._waiting.extendleft(reversed(self.taken[1:]))
        self.taken.clear()
        self.too_long = False
        return 1

    def _read(self) -> str:
        try:
            line = rest = self._file.readline(MOST_CHARACTERS)
            while len(rest) == MOST_CHARACTERS and rest[-1] not in "\r\n":
                self.too_long = True
                rest = self._file.readline(MOST_CHARACTERS)
        except (OSError, UnicodeDecodeError):
            raise InputError("can't be read to its end", where=str(self._file.name),
                             cure="Leave the file alone while it is read, and try again.") from None
        return line


def check_text(line: str, path: Path) -> None:
    """Raises InputError where the first line shows that this is no text of a known encoding."""
    if "\0" in line:
        raise InputError("is not UTF-8 text", where=str(path), field="encoding", cure=SAVE)
    if len(line) == MOST_CHARACTERS:
        raise InputError("the first line has no end", where=str(path),
                         cure="The first line holds the names of the columns.")
