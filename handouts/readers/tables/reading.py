"""How a table is to be read, where that does not show by itself; saved for the next export, too.

A mapping is TOML that a person can mend. It holds names of columns and choices, never a value of a
row.

    dates = "mdy"

    [columns]
    "Pat Name" = "patient"
"""

import codecs
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from handouts.errors import InputError, UsageError, reason, unknown
from handouts.readers.tables.columns import UNUSED
from handouts.readers.tables.days import ORDERS, Order
from handouts.readers.tables.names import ALL_COUNT, NAMES

_HEAD = "# How handouts reads a table: its columns by their names, and no value of a patient.\n"
_LARGEST = 1 << 20  # bytes
_USUAL = "utf-8, utf-16, cp1252, cp1250, cp1251, cp850, mac_roman"

Mended = Mapping[int, Mapping[tuple[int, int], str]]


@dataclass(frozen=True)
class Reading:
    """What is asked for: the field of columns by their name or place (`#3`), the order of day and
    month, the encoding, the sheet of a workbook by name or number. What is empty shows by itself,
    or is the first.

    `mended` holds what is read in place of words of a table, by line, then by the places of column
    and word, which count from 1; empty takes a word away. `left_out` are lines that ask for
    nothing. Both are never saved.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: Order = ""
    encoding: str = ""
    sheet: str = ""
    mended: Mended = field(default_factory=dict, repr=False)
    left_out: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for each in self.columns.values():
            if each not in NAMES and each != UNUSED:
                raise unknown("field", each, NAMES, where="map")
        used = [each for each in self.columns.values() if each not in (UNUSED, *ALL_COUNT)]
        if len({*used}) < len(used):
            raise UsageError("two columns are given to one field", where="map", cure="Keep one.")
        if self.dates not in ("", *ORDERS):
            raise unknown("order of dates", self.dates, ORDERS, where="dates")
        if self.encoding and not _is_text(self.encoding):
            raise UsageError("there is no such encoding", where="encoding",
                             cure=f"Usual ones: {_USUAL}.")

    def beside(self, saved: "Reading") -> "Reading":
        """This reading with what a saved one says where this one says nothing."""
        given = {*self.columns.values()}
        kept = {name: each for name, each in saved.columns.items() if each not in given}
        return replace(self, columns={**kept, **self.columns}, dates=self.dates or saved.dates,
                       encoding=self.encoding or saved.encoding, sheet=self.sheet or saved.sheet)


class _Saved(msgspec.Struct, forbid_unknown_fields=True):
    """The file of a mapping."""

    dates: str = ""
    encoding: str = ""
    sheet: str = ""
    columns: dict[str, str] = {}


def _is_text(name: str) -> bool:
    try:
        return bool(codecs.lookup(name).name) and isinstance("a".encode(name), bytes)
    except (LookupError, TypeError, ValueError):  # none, or one of bytes to bytes
        return False


def saved_reading(path: Path) -> Reading:
    """The reading that a mapping's file holds; InputError where it can't be used."""
    try:
        with path.open("rb") as file:
            saved = msgspec.toml.decode(file.read(_LARGEST), type=_Saved)
    except OSError as error:
        raise InputError(f"can't be read ({reason(error)})", where=str(path),
                         cure="Check the name and who may read it.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError):
        raise InputError("is no mapping", where=str(path),
                         cure="It holds dates, encoding, sheet and [columns]; delete it, and it is "
                              "written anew from the options that stand beside it.") from None
    return Reading(saved.columns, saved.dates, saved.encoding, saved.sheet)  # type: ignore[arg-type]


def as_toml(reading: Reading) -> bytes:
    """The file of a mapping."""
    lines = [_HEAD]
    lines += [f"{name} = {_quoted(value)}\n" for name in ("dates", "encoding", "sheet")
              if (value := getattr(reading, name))]
    lines += ["\n[columns]\n"] * bool(reading.columns)
    lines += [*(f"{_quoted(name)} = {_quoted(value)}\n"
                                for name, value in reading.columns.items())]
    return "".join(lines).encode("utf-8", "backslashreplace")


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for this one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
