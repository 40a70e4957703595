"""What was printed or downloaded today: in memory alone, gone with the day or with the program."""

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from threading import Lock
from typing import NamedTuple

from handouts.web.form import Form

MOST = 60


class Entry(NamedTuple):
    """One handout that was given: the form that asks for it again, the time of day, its id, and
    what a record says of it, a line each."""

    form: Form
    cause: str
    time: str
    id: str
    summary: tuple[str, ...]


class Today:
    """The handouts of a day by token, the last one first."""

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
