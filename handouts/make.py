"""One request → one handout: checked, composed, typeset, printed; and its pages as pictures."""

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

from handouts import pdf
from handouts.brand import Brand
from handouts.catalogue import Catalogue
from handouts.compose import compose
from handouts.errors import InputError
from handouts.pdf.plate import printed
from handouts.request import Choices, Request, choose

PICTURE_DPI = 150


@dataclass(frozen=True)
class Handout:
    """A finished PDF with the choices that it was made from."""

    pdf: bytes
    choices: Choices
    pages: int


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


def make_handout(request: Request, catalogue: Catalogue, brand: Brand, *,
                 templates: Path | None = None) -> Handout:
    """The handout for a request.

    Raises UsageError, InputError, UnsafeError for the request, PackError for pack or templates.
    """
    day = today()
    choices = choose(request, catalogue, today=day)
    document = compose(choices, catalogue, brand, today=day, templates=templates)
    plate = pdf.typeset(document, brand, request.paper or brand.paper)
    data = printed(plate, pdf.values(document), request.patient.given_on or day)
    return Handout(data, choices, plate.pages)


def pictures(data: bytes) -> list[bytes]:
    """Each page of a PDF as a PNG, at 150 pixels an inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [_png(page) for page in document]
    finally:
        document.close()


def _png(page: "object") -> bytes:
    buffer = BytesIO()
    image = page.render(scale=PICTURE_DPI / 72).to_pil()  # type: ignore[attr-defined]
    image.save(buffer, "PNG")
    return buffer.getvalue()
