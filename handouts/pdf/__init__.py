"""Document → PDF bytes. The only folder that knows ReportLab.

`typeset` is the order of things: fonts, blocks laid out on sheets, sheets painted, bytes.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.brand import Brand
from handouts.errors import InputError
from handouts.pdf import fonts, footer
from handouts.pdf.colours import palette
from handouts.pdf.figures import Picture, from_svg
from handouts.pdf.marks import Sign
from handouts.pdf.pages import Sheet, gap_of, lay_out
from handouts.pdf.panel import letterhead
from handouts.pdf.style import MARGIN_SIDE, MARGIN_TOP, Style

LOGO_HEIGHT = 34.0
LOGO_WIDTH = 150.0


def typeset(document: doc.Document, brand: Brand, paper: str) -> tuple[bytes, int]:
    """The finished PDF and its number of pages; the same document and brand, the same bytes.

    Raises InputError for a character that the fonts do not have, PackError for a page that can't
    hold its blocks.
    """
    fonts.register()
    _check_glyphs(document)
    style = Style(paper, palette(brand.colours.brand, brand.colours.tint, brand.colours.outline),
                  document.side)
    head = letterhead(document.letterhead, _logo(brand), style)
    head.wrap(style.width, 1e6)
    sheets = lay_out(document, style, head)
    return _painted(document, sheets, style), len(sheets)


def _painted(document: doc.Document, sheets: list[Sheet], style: Style) -> bytes:
    buffer = BytesIO()
    canv = Canvas(buffer, pagesize=style.page_size, invariant=1, pageCompression=1,
                  initialFontName=fonts.REGULAR, lang=document.language)
    canv.setTitle(document.title)
    canv.setAuthor(document.letterhead.name)
    canv.setSubject(document.title)
    canv.setViewerPreference("DisplayDocTitle", "true")
    for number, sheet in enumerate(sheets, 1):
        _paint(canv, sheet, style)
        footer.draw(canv, document.footer, style, page=number, pages=len(sheets))
        canv.showPage()
    canv.save()
    return buffer.getvalue()


def _paint(canv: Any, sheet: Sheet, style: Style) -> None:
    top = style.page_size[1] - MARGIN_TOP
    gap = gap_of(sheet, style)
    for flowable in sheet.flowables:
        flowable.drawOn(canv, MARGIN_SIDE, top - flowable.height)
        top -= flowable.height + gap


# -- the logo --------------------------------------------------------------------------------------


class Raster(Sign):
    """A PNG or JPEG logo."""

    def __init__(self, data: bytes, width: float, height: float) -> None:
        super().__init__(width, height)
        self.image = ImageReader(BytesIO(data))

    def draw(self) -> None:
        """Paints the image."""
        self.canv.drawImage(self.image, 0, 0, self.width, self.height)


def _logo(brand: Brand) -> Flowable | None:
    """The brand's logo within 150 x 34 points, or None."""
    logo = brand.logo
    if logo is None:
        return None
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    if logo.kind == "svg":
        return Picture(from_svg(logo.data, "logo"), logo.width * scale)
    return Raster(logo.data, logo.width * scale, logo.height * scale)


# -- characters ------------------------------------------------------------------------------------


def _check_glyphs(document: doc.Document) -> None:
    """Refuses what would print as an empty box, naming the field and the script."""
    for where, words in _texts(document):
        for char in fonts.missing(words):
            raise InputError(f"no font at hand has the {fonts.script(char)} character "
                             f"U+{ord(char):04X}", where=where,
                             cure="Write it in Latin letters.")


def _texts(node: Any, where: str = "document") -> Iterator[tuple[str, str]]:
    """Every text of a document, with the panel field (or else the class) that it stands in."""
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, tuple):
        for item in node:
            yield from _texts(item, where)
    elif isinstance(node, doc.Field):
        yield node.id, node.value
    elif dataclass_like(node):
        for name in node.__dataclass_fields__:
            yield from _texts(getattr(node, name), type(node).__name__.lower())


def dataclass_like(node: Any) -> bool:
    """Whether a node has fields to look into."""
    return hasattr(node, "__dataclass_fields__")
