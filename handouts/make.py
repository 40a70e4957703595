"""What goes with making a handout: the day it is made on, its pages as pictures."""

import os
from datetime import UTC, date, datetime
from io import BytesIO

from handouts.errors import InputError

PICTURE_DPI = 150


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError("is not a number of seconds", where="SOURCE_DATE_EPOCH",
                         cure="Unset it, or set it to seconds since 1970.") from error


def pictures(data: bytes) -> list[bytes]:
    """Each page of a PDF as a PNG, at 150 pixels an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [_png(page) for page in document]
    finally:
        document.close()


def _png(page: "object") -> bytes:
    from PIL.PngImagePlugin import PngInfo

    buffer = BytesIO()
    image = page.render(scale=PICTURE_DPI / 72).to_pil()  # type: ignore[attr-defined]
    said = PngInfo()
    said.add_text("Software", "handouts")  # so that a later run knows the file for ours
    image.save(buffer, "PNG", pnginfo=said)
    return buffer.getvalue()
