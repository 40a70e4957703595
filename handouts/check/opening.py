"""A path or bytes → an open PDF, or an InputError that says why it can't be opened."""

import stat
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from handouts.check import access
from handouts.errors import InputError

MAX_FILE = 256 << 20
MAX_PAGES = 500


@dataclass(frozen=True)
class Opened:
    """An open PDF with its bytes; `mended` tells that it was damaged and read all the same."""

    pdf: pikepdf.Pdf
    data: bytes
    pages: tuple[Any, ...]
    page_count: int
    mended: bool

    @property
    def root(self) -> Any:
        """The catalogue."""
        return access.entry(self.pdf.trailer, "Root")


def read(path: Path) -> bytes:
    """The bytes of a file; InputError if it can't be read."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a device has no end
            raise InputError("is not a file", where=str(path), cure="Name a PDF file.")
        if state.st_size > MAX_FILE:
            raise InputError(f"is over {MAX_FILE >> 20} MB", where=str(path),
                             cure="Check a smaller file.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "unknown error").lower()
        raise InputError(f"can't be read ({reason})", where=str(path),
                         cure="Name a PDF file that you may read.") from error


def open_pdf(data: bytes) -> Opened:
    """An open PDF; InputError if the bytes are none, or need a password."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # qpdf's repairs are told as a finding
            pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
            count = len(pdf.pages)
            pages = tuple(pdf.pages[at].obj for at in range(min(count, MAX_PAGES)))
    except pikepdf.PasswordError as error:
        raise InputError("is locked with a password",
                         cure="Check the file before it is locked.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, IndexError) as error:
        raise InputError("is not a PDF, or too damaged to be read",
                         cure="Make the file anew.") from error
    return Opened(pdf, data, pages, count, bool(pdf.get_warnings()))
