"""The pages of a PDF, or a picture of a handout, as PNGs."""

from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from handouts.errors import UsageError
from handouts.request.look import Look

PICTURE_DPI = 150
FIGURE_PIXELS = 880  # twice as wide as an e-mail shows it, for sharp screens
FIGURE_COLOURS = 32  # flat drawings need no more
WIDTHS = (320, 640, 935, 1275)  # pixels; the last about 75, 110 and 150 an inch on Letter
_PDFIUM = Lock()  # PDFium must not run in two threads at once
_FASTEST = 1  # zlib's level: the picture travels no further than this machine


def pictures(data: bytes) -> list[bytes]:
    """Each page of a PDF as a PNG, at 150 pixels an inch."""
    with _PDFIUM:
        document = _opened(data)
        try:
            return [_png(page) for page in document]
        finally:
            document.close()


def _opened(pdf: bytes) -> Any:
    try:
        import pypdfium2
    except ImportError as error:
        raise UsageError("needs a library more, to draw pages", where="pictures",
                         cure="pip install 'handouts[png]'") from error
    return pypdfium2.PdfDocument(pdf)


def _png(page: Any) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    buffer = BytesIO()
    said = PngInfo()
    said.add_text("Software", "handouts")  # so that a later run knows the file for ours
    page.render(scale=PICTURE_DPI / 72).to_pil().save(buffer, "PNG", pnginfo=said)
    return buffer.getvalue()


def page_picture(pdf: bytes, number: int, width: int) -> bytes:
    """A page of a PDF as a PNG, at least `width` pixels wide where that is offered."""
    pixels = next((size for size in WIDTHS if size >= width), WIDTHS[-1])
    with _PDFIUM:
        document = _opened(pdf)
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


def figure_picture(name: str, look: Look, folder: Path | None, *, mirror: bool) -> bytes:
    """A picture of a handout as a small PNG."""
    from handouts.pdf.figures.figures import dressed, in_one
    from handouts.pdf.figures.vectors import page_of

    drawing = in_one(dressed(name, look, folder), mirror=mirror)
    with _PDFIUM:
        document = _opened(page_of(drawing))
        try:
            image = document[0].render(scale=FIGURE_PIXELS / drawing.width).to_pil().convert("RGB")
        finally:
            document.close()
    buffer = BytesIO()
    image.quantize(FIGURE_COLOURS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
