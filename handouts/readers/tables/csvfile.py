"""Bytes of a CSV file → its records, one at a time: encoding, lines, quotes.

A record that can't be read costs the line that it starts on, no more: the lines after it are read
again as records of their own, so that a quote never closed does not swallow the rest of a file.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from handouts.errors import InputError, reason

MOST_LINES = 500  # of one record
MOST_CHARACTERS = 1_000_000  # of one line
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le",
          codecs.BOM_UTF16_BE: "utf-16-be"}
_SAVE = "Save it again as 'CSV UTF-8'."


class Encoding(NamedTuple):
    """An encoding, and how many bytes of mark stand before the text."""

    name: str
    mark: int


class Record(NamedTuple):
    """The cells of one record and the line it starts on, or what is wrong with it."""

    line: int
    cells: list[str]
    problem: str = ""


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file, all of which it can decode; InputError names the line otherwise."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            mark = next((mark for mark in _MARKS if start.startswith(mark)), b"")
            encoding = Encoding(_MARKS.get(mark, "utf-8"), len(mark))
            file.seek(encoding.mark)
            _check_decodes(file, encoding, path)
    except OSError as error:
        raise unreadable(path, error) from error
    return encoding


def unreadable(path: Path, error: OSError) -> InputError:
    """The error for a file that the system does not give."""
    return InputError(f"can't be read ({reason(error)})", where=str(path),
                      cure="Check the name and who may read it.")


def text_of(path: Path, encoding: Encoding) -> TextIO:
    """The file's text after its mark, with its own ends of line."""
    file = path.open("rb")
    file.seek(encoding.mark)
    return io.TextIOWrapper(file, encoding.name, newline="")


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
    while True:
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
        if len(self.taken) == MOST_LINES or self.too_long:
            raise StopIteration
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

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


def _check_decodes(file: io.BufferedReader, encoding: Encoding, path: Path) -> None:
    decoder, line = codecs.getincrementaldecoder(encoding.name)(), 1
    chunk = b"-"
    while chunk:
        chunk = file.read(1 << 20)
        try:
            line += _ends(decoder.decode(chunk, final=not chunk))
        except UnicodeDecodeError as error:
            line += _ends(error.object[:error.start].decode(encoding.name))
            raise InputError(f"line {line} holds a character that is not {encoding.name.upper()}",
                             where=str(path), cure=_SAVE) from None


def _ends(text: str) -> int:
    return text.count("\n") or text.count("\r")


def check_header(header: str, path: Path) -> None:
    """Raises InputError where the first line shows that this is no text of a known encoding."""
    if "\0" in header:
        raise InputError("is not UTF-8 text", where=str(path), cure=_SAVE)
    if len(header) == MOST_CHARACTERS:
        raise InputError("the first line has no end", where=str(path),
                         cure="The first line holds the names of the columns.")
