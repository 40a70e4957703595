"""Bytes kept on disk by key, for a later run: checked when read, safe among many processes.

Nothing depends on it: what is missing, damaged, foreign or can't be written is made again. An entry
appears whole or not at all; the oldest go when the store is over its cap.
"""

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from time import time
from typing import Generic, TypeVar

from handouts.paths import cache_folder
from handouts.system import parts

CAP = 64_000_000  # bytes: some 300 plates
_MAGIC = b"handouts store 1\n"
# What the folder holds besides is not ours to delete: $HANDOUTS_CACHE may name any folder.
_OWN, _ENTRY, _PART = "handouts-", ".entry", ".part"
_LEFT_SECONDS = 3600  # after which a temporary file was left by a run that was killed
_DIGEST = 32  # bytes of SHA-256


class Store:
    """Entries in a folder of their own; it is made when the first is kept."""

    def __init__(self, folder: Path, cap: int = CAP) -> None:
        self.folder, self.cap = folder, cap

    @classmethod
    def own(cls) -> "Store | None":
        """The user's store, or None where there is no place for it."""
        folder = cache_folder()
        return cls(folder) if folder else None

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, or None."""
        try:
            data = parts.read(self._path(key))
        except OSError:
            return None
        start = len(_MAGIC) + _DIGEST
        digest, body = data[len(_MAGIC):start], data[start:]
        if not data.startswith(_MAGIC) or sha256(key.encode() + body).digest() != digest:
            return None
        return body

    def put(self, key: str, body: bytes) -> None:
        """Keeps bytes under a key; where they can't be kept, nothing happens."""
        digest = sha256(key.encode() + body).digest()
        part = self.folder / f"{_OWN}{key}.{os.urandom(8).hex()}{_PART}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with part.open("xb") as file:
                file.write(_MAGIC + digest + body)
            part.replace(self._path(key))
            self._trim()
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def clear(self) -> int:
        """Deletes all entries, and nothing else; gives their number."""
        deleted = 0
        for path in [*self._entries(), *self._entries(_PART)]:
            with suppress(OSError):
                path.unlink()
                deleted += 1
        return deleted

    def info(self) -> tuple[int, int]:
        """How many entries there are, and how many bytes they take."""
        sizes = [size for _, size, _ in self._states()]
        return len(sizes), sum(sizes)

    def _path(self, key: str) -> Path:
        return self.folder / f"{_OWN}{key}{_ENTRY}"

    def _entries(self, ending: str = _ENTRY) -> Iterator[Path]:
        with suppress(OSError):
            yield from sorted(self.folder.glob(f"{_OWN}*{ending}"))

    def _states(self) -> Iterator[tuple[float, int, Path]]:
        """When each entry was last kept, its size, its place."""
        for path in self._entries():
            with suppress(OSError):  # another process may have deleted it
                state = path.stat()
                yield state.st_mtime, state.st_size, path

    def _trim(self) -> None:
        """Deletes the oldest entries while all together are over the cap, and what was left."""
        for path in self._entries(_PART):
            with suppress(OSError):
                if path.stat().st_mtime + _LEFT_SECONDS < time():
                    path.unlink()
        states = sorted(self._states())
        total = sum(size for _, size, _ in states)
        for _, size, path in states:
            if total <= self.cap:
                return
            with suppress(OSError):
                path.unlink()
            total -= size


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
