"""What the desk remembers: what was printed today, in memory alone, and how often saved choices
were used.
"""

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import msgspec

from handouts.errors import HandoutError
from handouts.system.files import write_whole
from handouts.web.form import Form

MOST = 60  # handouts
_MOST_BYTES = 100_000  # bytes of a file that is believed


class Entry(NamedTuple):
    """One handout that was given: the form that asks for it again, the time of day, its id, and
    what a record says of it, a line each."""

    form: Form
    cause: str
    time: str
    id: str
    summary: tuple[str, ...]


class Today:
    """The handouts of a day by token, the last one first; gone with the day or the program."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._day = most, date.min
        self._kept, self._lock = OrderedDict[str, Entry](), Lock()

    def add(self, entry: Entry, day: date) -> str:
        """Keeps an entry, in the place of one of the same form; its token."""
        with self._lock:
            self._begin(day)
            same = [token for token, kept in self._kept.items() if kept.form == entry.form]
            token = same[0] if same else secrets.token_urlsafe(12)
            self._kept[token] = entry
            self._kept.move_to_end(token, last=False)
            while len(self._kept) > self._most:
                self._kept.popitem()
            return token

    def get(self, token: str, day: date) -> Entry | None:
        """The entry of a token, or None if it is gone."""
        with self._lock:
            self._begin(day)
            return self._kept.get(token)

    def all(self, day: date) -> Iterable[tuple[str, Entry]]:
        """The entries with their tokens, the last one first."""
        with self._lock:
            self._begin(day)
            return list(self._kept.items())

    def clear(self) -> None:
        """Forgets them all."""
        with self._lock:
            self._kept.clear()

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._kept.clear()
            self._day = day


class Uses:
    """The uses of each name, kept in a folder; without one, in memory alone.

    Counting one never stands in the way of a handout: where the folder can't be written, what was
    counted ends with the program.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path, self._lock = folder and folder / "uses.json", Lock()
        self._counts = self._read()

    def add(self, name: str) -> None:
        """Counts one more."""
        with self._lock:
            self._counts[name] = self._counts.get(name, 0) + 1
            if self._path is not None:
                with suppress(OSError, HandoutError):
                    self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    write_whole(self._path, msgspec.json.encode(self._counts), private=True)

    def of(self, name: str) -> int:
        """How often a name was used."""
        return self._counts.get(name, 0)

    def rename(self, name: str, new: str) -> None:
        """The uses of a name are those of another one from now on."""
        self._counts[new] = self._counts.pop(name, 0)

    def _read(self) -> dict[str, int]:
        if self._path is None:
            return {}
        try:
            data = self._path.read_bytes()
            return msgspec.json.decode(data, type=dict[str, int]) if len(data) < _MOST_BYTES else {}
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return {}
