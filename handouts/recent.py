"""The things that were used last, at most so many; threads may share them."""

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The entries that were used last, by key."""

    def __init__(self, most: int) -> None:
        self._most, self._entries, self._lock = most, OrderedDict[str, T](), Lock()

    def get(self, key: str) -> T | None:
        """The entry, which is now the last used, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: str, entry: T) -> None:
        """Keeps an entry; the one not used for longest goes when there are too many."""
        with self._lock:
            self._entries[key] = entry
            self._entries.move_to_end(key)
            if len(self._entries) > self._most:
                self._entries.popitem(last=False)
