"""Finished PDFs that are being looked at, for minutes and in memory alone.

A preview is found by a token that can't be guessed; the oldest go first.
"""

import secrets
from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import NamedTuple

from handouts.press.press import Handout

PREVIEWS_AT_ONCE = 16
KEPT_FOR = 600.0  # seconds
LINGERS = 5.0  # seconds


class _KeptPicture(NamedTuple):
    handout: Handout
    until: float


class Previews:
    """The handouts that are being looked at, by token."""

    def __init__(self, most: int = PREVIEWS_AT_ONCE, kept_for: float = KEPT_FOR,
                 lingers: float = LINGERS) -> None:
        self._most, self._kept_for, self._lingers = most, kept_for, lingers
        self._kept, self._lock = OrderedDict[str, _KeptPicture](), Lock()

    def add(self, handout: Handout) -> str:
        """Keeps a handout for a while; its token."""
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._kept[token] = _KeptPicture(handout, monotonic() + self._kept_for)
            self._drop()
        return token

    def get(self, token: str) -> Handout | None:
        """The handout of a token, or None if it is gone."""
        with self._lock:
            self._drop()
            kept = self._kept.get(token)
            return kept and kept.handout

    def forget(self, token: str) -> None:
        """Drops a handout that nobody looks at any more, after those who still load a page."""
        with self._lock:
            kept = self._kept.get(token)
            if kept is not None:
                self._kept[token] = kept._replace(until=monotonic() + self._lingers)

    def _drop(self) -> None:
        now = monotonic()
        for token in [token for token, kept in self._kept.items() if kept.until <= now]:
            del self._kept[token]
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
