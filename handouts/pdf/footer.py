"""The foot of every page: the short disclaimer, the practice, the page number."""

from typing import Any

from handouts import document as doc
from handouts.errors import PackError
from handouts.pdf import text
from handouts.pdf.colours import RULE
from handouts.pdf.style import FOOTER_GAP, FOOTER_LEADING, FOOTER_LINES, MARGIN_SIDE, Style

MEASURE = 386.0
RIGHT = 404.0  # where the practice's column starts on Letter, from the left margin
LETTER_TEXT = 528.0
COLUMN_GAP = 14.0


def draw(canv: Any, footer: doc.Footer, style: Style, *, page: int, pages: int) -> None:
    """Paints the footer of one page; PackError if the disclaimer needs more than its lines."""
    words = text.paragraph(footer.disclaimer, style.type.body)
    _, height = words.wrap(min(MEASURE, _right_column(style) - MARGIN_SIDE - COLUMN_GAP), 1e6)
    if height > FOOTER_LINES * FOOTER_LEADING:
        raise PackError(f"the short disclaimer takes {height / FOOTER_LEADING:.0f} lines, "
                        f"{FOOTER_LINES} at most", where="safety.toml: disclaimer.short",
                        cure="Shorten it; the footer is never cut.")
    with canv.artifact("/Type/Pagination/Subtype/Footer"):
        number = footer.page.replace("{PAGE}", str(page)).replace("{PAGES}", str(pages))
        _paint(canv, words, (*footer.lines[:FOOTER_LINES - 1], number), style)


def _paint(canv: Any, words: text.Words, lines: tuple[str, ...], style: Style) -> None:
    top = style.footer_top
    canv.setStrokeColor(RULE)
    canv.setLineWidth(.75)
    canv.line(MARGIN_SIDE, top, MARGIN_SIDE + style.width, top)
    words.drawOn(canv, MARGIN_SIDE, top - FOOTER_GAP - words.height)
    _right(canv, lines, style)


def _right_column(style: Style) -> float:
    """Where the practice's column starts, from the page's edge."""
    return MARGIN_SIDE + RIGHT - (LETTER_TEXT - style.width)


def _right(canv: Any, lines: tuple[str, ...], style: Style) -> None:
    """The practice and the page number; a name too long for its line gives way to the phone."""
    left = _right_column(style)
    room = MARGIN_SIDE + style.width - left
    shown = [line for line in lines[:-1] if text.width_of(line, style.type.body) <= room]
    for at, line in enumerate((*shown, lines[-1])):
        words = text.paragraph(line, style.type.strong if line is lines[-1] else style.type.body)
        _, height = words.wrap(room + 1, 1e6)
        words.drawOn(canv, left, style.footer_top - FOOTER_GAP - at * FOOTER_LEADING - height)
