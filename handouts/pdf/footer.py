"""The foot of every page: the short disclaimer, the practice, the page number."""

from typing import Any

from handouts import document as doc
from handouts.errors import PackError
from handouts.pdf import text
from handouts.pdf.colours import RULE
from handouts.pdf.style import FOOTER_GAP, FOOTER_LEADING, FOOTER_LINES, MARGIN_SIDE, Style

MEASURE = 386.0
RIGHT = 420.0  # where the practice's column starts, from the left margin


def draw(canv: Any, footer: doc.Footer, style: Style, *, page: int, pages: int) -> None:
    """Paints the footer of one page; PackError if the disclaimer needs more than its lines."""
    words = text.paragraph(footer.disclaimer)
    _, height = words.wrap(MEASURE, 1e6)
    if height > FOOTER_LINES * FOOTER_LEADING:
        raise PackError(f"the short disclaimer takes {height / FOOTER_LEADING:.0f} lines, "
                        f"{FOOTER_LINES} at most", where="safety.toml: disclaimer.short",
                        cure="Shorten it; the footer is never cut.")
    top = style.footer_top
    canv.setStrokeColor(RULE)
    canv.setLineWidth(.75)
    canv.line(MARGIN_SIDE, top, MARGIN_SIDE + style.width, top)
    words.drawOn(canv, MARGIN_SIDE, top - FOOTER_GAP - height)
    number = footer.page.replace("{PAGE}", str(page)).replace("{PAGES}", str(pages))
    _right(canv, (*footer.lines[:FOOTER_LINES - 1], number), style)


def _right(canv: Any, lines: tuple[str, ...], style: Style) -> None:
    left = MARGIN_SIDE + RIGHT - (528 - style.width)
    top = style.footer_top - FOOTER_GAP
    for at, line in enumerate(lines):
        type_ = text.STRONG if at == len(lines) - 1 else text.BODY
        words = text.paragraph(line, type_)
        _, height = words.wrap(MARGIN_SIDE + style.width - left + 1, 1e6)
        words.drawOn(canv, left, top - at * FOOTER_LEADING - height)
