"""Contrast of text against what lies behind it, sampled from the page as a viewer draws it."""

from collections.abc import Iterator
from typing import Any

import pypdfium2

from handouts.brand.colours import contrast_of
from handouts.check.clearprint import on_page
from handouts.check.findings import Finding, counted, fault
from handouts.check.lines import paragraphs
from handouts.check.painted import PaintedPdf, of_each_page
from handouts.check.painting import Colour, PageContent, Show, mixed

ENOUGH = 4.5  # WCAG 2.2, 1.4.3
BODY = 7.0  # WCAG 2.2, 1.4.6
MAX_PAGES = 60
_MAX_SAMPLED = 40_000_000  # pixels a page, overlaps counted again
_SCALE = 2.0
_MAX_PIXELS = 6_000_000
_ROUNDING = 0.05
_FLOODED = 0.9  # the share of a text's own colour from which on it stands on its own colour

Pixels = list[tuple[int, tuple[int, int, int]]]  # how often each colour is there, most first


def problems(facts: PaintedPdf) -> list[Finding]:
    """Text with too little contrast, a finding a page."""
    if not facts.pages:
        return []
    running = {show for lines in paragraphs(facts) if len(lines) > 1
               for line in lines for show in line.shows}
    try:
        drawn = pypdfium2.PdfDocument(facts.opened.data)
    except pypdfium2.PdfiumError:
        return [fault("content", None, "the pages can't be drawn")]
    try:
        return of_each_page(
            (page for page in facts.pages[:MAX_PAGES]
             if page.drawable and not page.cut),  # too big to read may be too big to draw
            lambda page: _on_page(drawn, page, running))
    finally:
        drawn.close()


def _on_page(drawn: Any, page: PageContent, running: set[Show]) -> Iterator[Finding]:
    try:
        picture = _picture(drawn[page.number - 1], page)
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
        yield fault("content", page.number, "the page can't be drawn")
        return
    ratios = list(_ratios(picture, page))
    faint = [ratio for _, ratio in ratios if ratio < ENOUGH - _ROUNDING]
    if faint:
        yield fault("contrast", page.number, f"{counted(len(faint), 'text')} with a contrast under "
                    f"4.5:1, the least {min(faint):.1f}:1")
    body = [ratio for show, ratio in ratios
            if show in running and ENOUGH - _ROUNDING <= ratio < BODY - _ROUNDING]
    if body:
        yield fault("contrast-body", page.number, f"{counted(len(body), 'text')} in paragraphs "
                    f"with a contrast under 7:1, the least {min(body):.1f}:1")


def _picture(drawn: Any, page: PageContent) -> Any:
    area = max(page.box.width * page.box.height, 1.0)
    scale = min(_SCALE, (_MAX_PIXELS / area) ** 0.5)
    width, height = drawn.get_size()
    if not (0 < width < 20_000 and 0 < height < 20_000 and width * height * scale ** 2 < 1.2e7):
        raise ValueError
    return drawn.render(scale=scale).to_pil().convert("RGB")


def _ratios(picture: Any, page: PageContent) -> Iterator[tuple[Show, float]]:
    """The contrast of each visible string."""
    across, down = picture.width / page.box.width, picture.height / page.box.height
    left = _MAX_SAMPLED
    for show in page.shows:
        if not (show.visible and on_page(show, page)):
            continue
        part = picture.crop((
            max(int(show.box.left * across) - 1, 0),
            max(int((page.box.top - show.box.top) * down) - 1, 0),
            min(int(show.box.right * across) + 2, picture.width),
            min(int((page.box.top - show.box.bottom) * down) + 2, picture.height)))
        left -= part.width * part.height
        if left < 0:
            return
        yield show, _ratio(part, show)


def _ratio(part: Any, show: Show) -> float:
    """The contrast of one string; a colour that is not known is sampled as well."""
    pixels: Pixels = sorted(part.getcolors(part.width * part.height), key=lambda seen: -seen[0])
    ink = show.colour
    behind = _behind(pixels, ink)
    if ink is None:
        return max(contrast_of(_parts(colour), behind) for _, colour in pixels[:64])
    return contrast_of(mixed(ink, behind, show.alpha), behind)


def _behind(pixels: Pixels, ink: Colour | None) -> Colour:
    """The commonest colour around the letters, unless nearly all is the letters' own colour."""
    total = sum(count for count, _ in pixels)
    for count, colour in pixels[:3]:
        own = ink is not None and max(
            abs(a - b) for a, b in zip(_parts(colour), ink, strict=True)) < 0.02
        if not own or count > _FLOODED * total:
            return _parts(colour)
    return _parts(pixels[0][1])


def _parts(colour: tuple[int, int, int]) -> Colour:
    return colour[0] / 255, colour[1] / 255, colour[2] / 255
