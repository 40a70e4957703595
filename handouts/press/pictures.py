"""The pages of a PDF as pictures."""

from io import BytesIO

PICTURE_DPI = 150


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
