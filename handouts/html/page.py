"""Document → one accessible HTML file: for portals, for phones and screen readers.

The file holds all that it shows and asks for nothing outside; its own policy forbids the rest.
"""

from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup
from msgspec import structs

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.colours import BrandColours, mixed
from handouts.brand.logo import Logo
from handouts.document.binding import bound
from handouts.html.blocks import build, titled
from handouts.html.drawings import Drawings
from handouts.html.steplist import HtmlContext
from handouts.html.writing import element, in_lines, paragraph, void
from handouts.request.look import Look


def page(document: doc.Document, brand: Brand, look: Look) -> bytes:
    """The whole file, in UTF-8; of a look it takes large print and skin, the rest is paper's."""
    if not look.large:  # which on a phone has no room for what keeps together
        document = bound(document, brand.emergency)
    drawings = Drawings(document.side, look.skin, document.figures)
    opening = [build(block, HtmlContext(1, drawings)) for block in document.pages[0].blocks
               if isinstance(block, doc.Alarm)]
    main = element("main", in_lines([
        *(_page(number, document, drawings) for number in range(len(document.pages))),
        *(build(block, HtmlContext(2, drawings)) for block in closing(document))]))
    body = element("body", in_lines([
        drawings.store(), _letterhead(document, brand.logo, opening), main,
        _footer(document.footer)]))
    size = {"class_": "large"} if look.large else {}
    whole = element("html", _head(document, brand), "\n", body, lang=document.language, **size)
    return f"<!DOCTYPE html>\n{whole}\n".encode()


def policy(brand: Brand) -> str:
    """The Content-Security-Policy that a page of this brand states, and that a server may send."""
    digest = b64encode(sha256(style(brand.colours).encode()).digest()).decode()
    return (f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
            "base-uri 'none'; form-action 'none'")


def _head(document: doc.Document, brand: Brand) -> Markup:
    return element("head", in_lines([
        void("meta", charset="utf-8"),
        void("meta", name="generator", content="handouts"),
        void("meta", http_equiv="Content-Security-Policy", content=policy(brand)),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", document.title),
        Markup(f"<style>{style(brand.colours)}</style>"),  # our own text: never escaped
    ]))


def _letterhead(document: doc.Document, logo: Logo | None, opening: list[Markup]) -> Markup:
    """The practice, and the short disclaimer, which ends the page, too; before them, the bar of an
    emergency."""
    head = document.letterhead
    name = element("div", *([_logo(logo)] if logo else []), element("strong", head.name),
                   class_="practice")
    lines = (*head.lines, head.phone, ((doc.Run(head.hours),) if head.hours else ()), head.notice)
    return element("header", *opening, name, element("div", in_lines(
        paragraph(line) for line in lines if line)), paragraph(
            document.footer.disclaimer, class_="short"))


def _logo(logo: Logo) -> Markup:
    """The logo as a picture of its own, which runs nothing; decoration, for the name is beside it.
    """
    kind = "svg+xml" if logo.kind == "svg" else "png"
    source = f"data:image/{kind};base64,{b64encode(logo.data).decode()}"
    return void("img", src=source, alt="", width=f"{round(logo.width * 48 / logo.height)}",
                height="48")


def _page(number: int, document: doc.Document, drawings: Drawings) -> Markup:
    """A page's title, which on the first one the opening says, and its blocks."""
    page, blocks = document.pages[number], ordered(number, document)
    if number == 0:
        return element("div", in_lines(
            build(block, HtmlContext(1 if isinstance(block, doc.Hero) else 2, drawings))
            for block in blocks), class_="page")
    parts = [titled(element("h2", page.title), page.pill),
             *(build(block, HtmlContext(3, drawings)) for block in blocks)]
    return element("section", in_lines(parts), class_="page own" if page.closed else "page")


def ordered(number: int, document: doc.Document) -> list[doc.Block]:
    """A page's blocks and its extras: each once, on the last page that offers it, before the end.
    Whom all is for stands under the head of the first; the bar of an emergency stands before all,
    and the disclaimer behind."""
    page, *later = document.pages[number:]
    page = structs.replace(page, blocks=tuple(
        block for block in page.blocks if not isinstance(block, doc.Alarm | doc.FinePrint)))
    offered = {extra for other in later for extra in other.extras}
    extras = [extra for extra in page.extras if extra not in offered and not _to_write(extra)]
    end = len(page.blocks) - bool(page.blocks and isinstance(page.blocks[-1], doc.StopBox))
    start = isinstance(page.blocks[0], doc.Hero) if page.blocks else 0
    lead = [] if number else [doc.Paragraph(block.adults) for other in document.pages
                              for block in other.blocks
                              if isinstance(block, doc.FinePrint) and block.adults]
    return [*page.blocks[:start], *lead, *page.blocks[start:end], *extras, *page.blocks[end:]]


def _to_write(block: doc.Block) -> bool:
    """Whether a block is no more than lines to write on, which fill a sheet of paper."""
    return isinstance(block, doc.Card) and all(isinstance(one, doc.Line) for one in block.body)


def closing(document: doc.Document) -> list[doc.Block]:
    """What comes last: the disclaimer, wherever paper has room for it."""
    return [block for page in document.pages for block in page.blocks
            if isinstance(block, doc.FinePrint)]


def _footer(footer: doc.Footer) -> Markup:
    return element("footer", in_lines([
        paragraph(footer.disclaimer), *map(paragraph, footer.lines)]))


_DARK = 20  # the grey level of a dark screen that a brand's colour is mixed into


@lru_cache(maxsize=8)  # a brand for each that a process prints for
def style(colours: BrandColours) -> str:
    """The style sheet; a light screen and paper show the brand's colours as they are."""
    light = _variables(colours.brand, colours.tint, colours.outline)
    dark = _variables(mixed(colours.brand, .3, 255), mixed(colours.brand, .35, _DARK),
                      mixed(colours.brand, .6, 255))
    return (f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark)"
            f"{{:root{{{dark}}}}}\n{_sheet()}")


def _variables(brand: str, tint: str, outline: str) -> str:
    return f"--brand:{brand};--brand-tint:{tint};--brand-outline:{outline}"


@cache
def _sheet() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
