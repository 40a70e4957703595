"""A handout's PDF → the same locked with a password: AES-256, still tagged, still PDF/UA-1.

PDF/A can't be locked (ISO 19005-2, 6.1.3), so the file no longer says that it is one; and its key
and salts are new each time, so that its bytes are. Screen readers may read it, as ISO 14289-1, 7.16
asks; everybody who has the password may print it and take text out.
"""

import re
from io import BytesIO
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from unicodedata import normalize

from handouts.errors import InputError, UsageError, reason

LEAST, MOST = 8, 127  # characters; bytes in UTF-8, of which a reader takes no more (ISO 32000-2)
TOLD = ("the PDF opens with its password alone; it is PDF/UA-1 but can't be PDF/A, and its bytes "
        "differ each time")
_SAYS_PDF_A = re.compile(rb"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A"
                         rb"</pdfaid:conformance>\n")
_MARK = b"%handouts locked\n"  # so that a later run knows the file for ours
_HEADS = b"%\xbf\xf7\xa2\xfe\n", b"%\xe2\xe3\xcf\xd3\n"  # qpdf's second line, and ours


def locked(pdf: bytes, password: str) -> bytes:
    """The PDF, which opens with the password; UsageError where the library for it is missing."""
    pikepdf = _library()
    allowed = pikepdf.Permissions(
        accessibility=True, extract=True, print_lowres=True, print_highres=True,
        modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False)
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        said = opened.Root.Metadata
        said.write(_SAYS_PDF_A.sub(b"", said.read_bytes()))
        # Nobody has the second password, so that nobody can lift what is not allowed.
        opened.save(out, encryption=pikepdf.Encryption(
            user=password, owner=token_urlsafe(32), R=6, allow=allowed))
    return out.getvalue().replace(*_HEADS, 1) + _MARK


def _library() -> Any:
    try:
        import pikepdf
    except ImportError as error:
        raise UsageError("needs a library more, to lock a PDF", where="password",
                         cure="pip install 'handouts[secure]'") from error
    return pikepdf


def checked(password: str) -> str:
    """The password as readers compare it (RFC 4013), where it can be used; InputError, which never
    repeats it, and UsageError where the library is missing."""
    _library()
    plain = normalize("NFKC", password)
    if len(plain) < LEAST or len(plain.encode("utf-8", "surrogatepass")) > MOST or not (
            plain.isprintable() and plain.strip() == plain):
        raise InputError(f"a password has {LEAST} characters at least, {MOST} bytes at most, no "
                         "blanks at its ends and no characters without a sign", where="password",
                         field="password", cure="Choose another one.")
    return plain


def from_file(path: Path) -> str:
    """The password in the first line of a file."""
    try:
        with path.open("rb") as file:
            line = file.read(4096).decode("utf-8-sig").partition("\n")[0]
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "no text in UTF-8"
        raise InputError(f"can't be read ({why})", where="--password-file",
                         cure="Name a file whose first line is the password.") from error
    return checked(line.rstrip("\r"))
