"""Document → plate, by ReportLab.

`typeset` is the order of things: fonts, blocks laid out on sheets, sheets painted, a plate.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts import lettering
from handouts.brand.brand import Brand, Logo
from handouts.document.binding import bound
from handouts.errors import InputError
from handouts.pdf.blocks.marks import DrawnSign
from handouts.pdf.blocks.panel import rooms as panel_rooms
from handouts.pdf.figures.figures import Art, Picture, from_svg
from handouts.pdf.figures.vectors import colours, recoloured
from handouts.pdf.file import fonts
from handouts.pdf.file.plate import Plate
from handouts.pdf.file.room import Rooms
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout.canvas import Canvas
from handouts.pdf.layout.theme import BLACK_ONLY, MARGIN_SIDE, MARGIN_TOP, Style, palette
from handouts.pdf.pages import large, normal
from handouts.pdf.pages.letterhead import draw_footer, footer_lines, letterhead
from handouts.pdf.pages.plating import Description, plated
from handouts.pdf.pages.sheet import Sheet, gap_of, numbers
from handouts.request.look import Look

if TYPE_CHECKING:
    from handouts.system.store import Store

# Where the pages that others name stand as a rule.
USUAL = {"routine": 3, "moves": 4, "stop": 1, "stop-last": 1, "signs": 2}
TRIES = 3
LOGO_HEIGHT = 36.0
LOGO_LOW = 26.0  # on a leaf by itself
LOGO_WIDTH = 104.0  # both grow in large print


def typeset(document: doc.Document, brand: Brand, look: Look) -> Plate:
    """The plate of a document; the same document and brand, the same plate.

    Of the panel's values only the number of lines and the scripts are kept. Raises InputError for
    a character that the fonts do not have, PackError for a page that can't hold its blocks.
    """
    fonts.register()
    document = bound(document, brand.emergency)
    panel, scripts = scripts_of(document)
    style = style_of(document, brand, look)
    canvas = _painted(document, _laid_out(document, brand, style), style)
    about = Description(document.title, document.language, scripts, panel)
    return plated(canvas, about)


def style_of(document: doc.Document, brand: Brand, look: Look) -> Style:
    """The style of a document."""
    own = brand.colours
    shades = BLACK_ONLY if look.mono else palette(own.brand, own.tint, own.outline)
    style = Style(look, shades, document.side, document.figures)
    return replace(style, footer_lines=footer_lines(document.footer, style))


def values(document: doc.Document) -> dict[str, str]:
    """The values of a document's patient panel by field."""
    return {node.id: node.value for node in _nodes(document) if isinstance(node, doc.Field)}


def rooms(document: doc.Document, brand: Brand, look: Look) -> Rooms:
    """The room in points that the panel has for each of its values."""
    fonts.register()
    [panel] = (node for node in _nodes(document) if isinstance(node, doc.Panel))
    return panel_rooms(panel, style_of(document, brand, look))


def _head(document: doc.Document, brand: Brand, style: Style) -> Flowable:
    head = letterhead(document.letterhead, logo_of(brand, style), style)
    head.wrap(style.width, 1e6)
    return head


def _laid_out(document: doc.Document, brand: Brand, style: Style) -> list[Sheet]:
    """The sheets; laid out once more where a page that others name stands elsewhere than usual."""
    # A leaf by itself has no room for a tall head.
    first = replace(style, opening="close") if document.pages[0].closed else style
    known: dict[str, int] = dict(USUAL)
    for _ in range(TRIES):
        own = replace(style, pages=known)
        sheets = (large.lay_out(document, own, partial(_head, document, brand)) if style.stacked
                  else normal.lay_out(document, own, _head(document, brand, first)))
        found = numbers(sheets)
        if all(known.get(name) == page for name, page in found.items() if name in USUAL):
            break
        known = {**known, **found}
    return sheets


def _painted(document: doc.Document, sheets: list[Sheet], style: Style) -> Canvas:
    canvas = Canvas(style.page_size, black=style.look.mono)
    tags: dict[int, Tag] = {}
    for number, sheet in enumerate(sheets, 1):
        # The first page opens the document; each further one is a section, however many sheets.
        tag = None if sheet.page is sheets[0].page else tags.setdefault(id(sheet.page), section())
        with canvas.group(tag):
            _paint(canvas, sheet, style)
        draw_footer(canvas, document.footer, style, page=number, pages=len(sheets))
        canvas.showPage()
    return canvas


def _paint(canv: Any, sheet: Sheet, style: Style) -> None:
    top = style.page_size[1] - MARGIN_TOP
    for flowable, gap in zip(sheet.flowables, (*sheet.gaps(gap_of(sheet, style)), 0), strict=True):
        flowable.drawOn(canv, MARGIN_SIDE, top - flowable.height)
        top -= flowable.height + gap


# -- the logo --------------------------------------------------------------------------------------


class Raster(DrawnSign):
    """A logo of pixels."""

    def __init__(self, data: bytes, width: float, height: float) -> None:
        super().__init__(width, height)
        self.data = data

    def draw(self) -> None:
        """Paints the image, a black canvas in greys: an artifact, for the name stands beside it."""
        with self.canv.artifact():
            self.canv.image("Logo", self.data, self.width, self.height)


def logo_of(brand: Brand, style: Style) -> Flowable | None:
    """The brand's logo within 104 x 36 points, or None."""
    logo = brand.logo
    if logo is None:
        return None
    growth = 1.0 if style.opening == "close" else style.sized(1)
    height = LOGO_LOW if style.opening == "close" and not style.stacked else LOGO_HEIGHT
    scale = growth * min(LOGO_WIDTH / logo.width, height / logo.height)
    drawn = from_svg(logo.data, "logo") if logo.kind == "svg" else logo
    if isinstance(drawn, Art):
        return Picture(_blackened(drawn) if style.look.mono else drawn, logo.width * scale)
    png = drawn.data if isinstance(drawn, Logo) else drawn.png
    return Raster(png, logo.width * scale, logo.height * scale)


def know_logo(brand: Brand, store: "Store | None") -> None:
    """Has an SVG logo's drawing ready, from the store or made and kept there.

    Raises PackError where it can't be drawn, or is blank.
    """
    if brand.logo is not None and brand.logo.kind == "svg":
        from_svg(brand.logo.data, "logo", store)


def _blackened(drawn: Art) -> Art:
    """A logo of one colour on white, in black; one of more colours stays as it is."""
    inks = sorted(colours(drawn.drawing) - {"#FFFFFF"})
    if len(inks) != 1:
        return drawn
    return Art("logo-black", recoloured(drawn.drawing, ((inks[0], "#000000"),)))


# -- characters ------------------------------------------------------------------------------------


def scripts_of(document: doc.Document) -> tuple[frozenset[str], frozenset[str]]:
    """The scripts beyond the body face that the panel's values need, and all other text.

    Refuses what would print as an empty box, naming the field and the script.
    """
    entered, rest = values(document), set[str]()
    for name, value in entered.items():
        lettering.check(value, where=name)
    for node in _nodes(document):
        if not isinstance(node, doc.Field):
            rest |= _checked(node)
    return lettering.scripts_of("\n".join(entered.values())), frozenset(rest)


def _checked(node: Any) -> frozenset[str]:
    """The scripts of a part's own texts, which are set without shaping."""
    words = "\n".join(value for name in node.__struct_fields__
                      if isinstance(value := getattr(node, name), str))
    if lettering.is_plain(words.replace("\n", " ")):
        return lettering.scripts_of(words)
    where = type(node).__name__.lower()
    lettering.check(words, where=where)
    raise InputError("holds a script that only the patient's panel can show", where=where,
                     cure="Write it in Latin, Greek or Cyrillic letters.")


def _nodes(node: Any) -> Iterator[Any]:
    """Every part of a document that has fields, in reading order."""
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif hasattr(node, "__struct_fields__"):
        yield node
        for name in node.__struct_fields__:
            yield from _nodes(getattr(node, name))
