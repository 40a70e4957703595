"""The XML of a sheet, and of the texts that the cells of a workbook share → rows and texts, as they
come."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO, Generic, NamedTuple, TypeVar
from xml.parsers import expat

_BLOCK = 1 << 16  # bytes
_COLUMNS = 1 << 14  # that a sheet may have
Part = TypeVar("Part")
# The text of a cell by its type, value and style; None where it ends in an error.
TextOf = Callable[[str, str, str], str | None]


class SheetRow(NamedTuple):
    """The cells of a row that hold something, by their places from 0; None: one is an error."""

    number: int
    cells: dict[int, str | None]


def rows(part: IO[bytes], text_of: TextOf) -> Iterator[SheetRow]:
    """The rows of a sheet with something in them, by their numbers. Raises ExpatError and
    ValueError for what is no sheet."""
    return _read(part, _Sheet(text_of))


def texts(part: IO[bytes]) -> Iterator[str]:
    """The texts that cells share, in their order; raises as `rows` does."""
    return _read(part, _SharedTexts())


def _read(part: IO[bytes], taken: "_Taken[Part]") -> Iterator[Part]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = taken.start, taken.end
    parser.CharacterDataHandler = taken.text
    parser.StartDoctypeDeclHandler = _no_doctype  # nor what it may define
    while block := part.read(_BLOCK):
        parser.Parse(block, False)
        yield from taken.ready
        taken.ready.clear()
    parser.Parse(b"", True)
    yield from taken.ready  # what newer versions of the parser put off


def _no_doctype(*_: object) -> None:
    raise ValueError("a part of a workbook has no document type")


class _Taken(Generic[Part]):
    """What was found so far; of texts, those in the element that is `wanted`."""

    def __init__(self) -> None:
        self.ready: list[Part] = []
        self.wanted, self.takes = "", False
        self.said: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        kind = name[name.find(":") + 1:]  # some programs write x:row
        if kind == self.wanted:
            self.takes = True
        elif kind == "rPh":  # how the text before it is pronounced
            self.wanted = ""
        else:
            self.open(kind, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.takes = False
        self.close(name[name.find(":") + 1:])

    def text(self, text: str) -> None:
        """A text, or a piece of one."""
        if self.takes:
            self.said.append(text)

    def open(self, kind: str, attributes: dict[str, str]) -> None:
        """Any other element begins."""
        raise NotImplementedError

    def close(self, kind: str) -> None:
        """An element has ended."""
        raise NotImplementedError


class _SharedTexts(_Taken[str]):
    def open(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "si":
            self.wanted, self.said = "t", []

    def close(self, kind: str) -> None:
        if kind == "si":
            self.ready.append("".join(self.said))


class _Sheet(_Taken[SheetRow]):
    def __init__(self, text_of: TextOf) -> None:
        super().__init__()
        self._text_of = text_of
        self._inside = False
        self._number = self._place = 0
        self._cells: dict[int, str | None] = {}
        self._cell: dict[str, str] = {}

    def open(self, kind: str, attributes: dict[str, str]) -> None:
        if not self._inside:
            self._inside = kind == "sheetData"
        elif kind == "c":
            self._cell, self.said = attributes, []
            self.wanted = "t" if attributes.get("t") == "inlineStr" else "v"
            at = attributes.get("r", "")
            self._place = _column(at.rstrip("0123456789")) if at else self._place + 1
        elif kind == "row":
            # One that stands out of its order is counted, not left out.
            self._number = max(int(float(attributes.get("r", 0))), self._number + 1)
            self._cells, self._place = {}, -1

    def close(self, kind: str) -> None:
        if kind == "c" and self._inside:
            self.wanted = ""
            if self.said:
                self._cells[self._place] = self._text_of(
                    self._cell.get("t", "n"), "".join(self.said), self._cell.get("s", "0"))
        elif kind == "row" and self._cells:
            self.ready.append(SheetRow(self._number, self._cells))
            self._cells = {}
        elif kind == "sheetData":
            self._inside = False


@lru_cache(maxsize=1 << 10)
def _column(letters: str) -> int:
    """The place of a column from 0, by its letters; ValueError for none of a sheet."""
    at = 0
    for letter in letters.upper():
        at = at * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
    if not 0 < at <= _COLUMNS:
        raise ValueError("a sheet has no such column")
    return at - 1
