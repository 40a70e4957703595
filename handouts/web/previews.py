"""Finished PDFs that are being looked at, for minutes and in memory alone, and their pages as PNG.

A preview is found by a token that can't be guessed; the oldest go first.
"""

import secrets
from collections import OrderedDict
from io import BytesIO
from threading import Lock
from time import monotonic
from typing import NamedTuple

from handouts.press.press import Handout

PREVIEWS_AT_ONCE = 16
KEPT_FOR = 600.0  # seconds
LINGERS = 5.0  # seconds
WIDTHS = (640, 935, 1275)  # pixels: about 75, 110 and 150 an inch on Letter
_PDFIUM = Lock()  # PDFium must not run in two threads at once
_FASTEST = 1  # zlib's level: the picture travels no further than this machine


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


def page_picture(pdf: bytes, number: int, width: int) -> bytes:
    """A page of a PDF as a PNG, at least `width` pixels wide where that is offered."""
    import pypdfium2

    pixels = next((size for size in WIDTHS if size >= width), WIDTHS[-1])
    with _PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[number - 1]
            bitmap = page.render(scale=pixels / page.get_width())
            image = bitmap.to_pil().copy()
            bitmap.close()  # and not whenever its last reader in some other thread is gone
        finally:
            document.close()
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=_FASTEST)
    return buffer.getvalue()
