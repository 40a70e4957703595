"""The foot of every page: the short disclaimer, the practice, the page number, the handout's id."""

from typing import Any, NamedTuple

from handouts import document as doc
from handouts.errors import PackError
from handouts.pdf import text
from handouts.pdf.colours import RULE
from handouts.pdf.style import FOOTER_GAP, FOOTER_LEADING, FOOTER_LINES, MARGIN_SIDE, Style

MEASURE = 386.0
RIGHT = 124.0  # the width of the practice's column, at least
COLUMN_GAP = 12.0


class _Foot(NamedTuple):
    """A footer ready to be painted: the disclaimer, and the lines beside it from `left` on."""

    words: text.Words
    left: float
    lines: tuple[doc.Runs, ...]


def draw(canv: Any, footer: doc.Footer, style: Style, *, page: int, pages: int) -> None:
    """Paints the footer of one page; PackError if the disclaimer needs more than its lines."""
    number = footer.page.replace("{PAGE}", str(page)).replace("{PAGES}", str(pages))
    last = footer.page.replace("{PAGE}", str(pages)).replace("{PAGES}", str(pages))
    foot = _with_id_beside(footer, style, number, last) or _with_id_above(footer, style, number)
    if foot.words.height > FOOTER_LINES * FOOTER_LEADING:
        raise PackError(f"the short disclaimer takes {foot.words.height / FOOTER_LEADING:.0f} "
                        f"lines, {FOOTER_LINES} at most", where="safety.toml: disclaimer.short",
                        cure="Shorten it; the footer is never cut.")
    with canv.artifact("/Type/Pagination/Subtype/Footer"):
        _paint(canv, foot, style)


def _with_id_beside(footer: doc.Footer, style: Style, number: str, last: str) -> _Foot | None:
    """The id behind the page number, where the disclaimer leaves room for so long a line."""
    mark = f" · {footer.id}" if footer.id else ""
    wide = text.width_of(last, style.type.strong) + text.width_of(mark, style.type.body)
    words, room = _disclaimer(footer, style, max(wide + 1, RIGHT))
    if words.height > FOOTER_LINES * FOOTER_LEADING:
        return None
    page = (doc.Run(number, strong=True), doc.Run(mark)) if mark else _strong(number)
    return _Foot(words, style.width - room, (*_practice(footer.lines, room, style), page))


def _with_id_above(footer: doc.Footer, style: Style, number: str) -> _Foot:
    """The id on a line of its own; the practice's name gives way to its phone."""
    words, room = _disclaimer(footer, style, RIGHT)
    practice = _practice(footer.lines[-1:], room, style)
    return _Foot(words, style.width - room, (*practice, (doc.Run(footer.id),), _strong(number)))


def _strong(line: str) -> doc.Runs:
    return (doc.Run(line, strong=True),)


def _disclaimer(footer: doc.Footer, style: Style, room: float) -> tuple[text.Words, float]:
    """The disclaimer set beside a column of so many points."""
    words = text.paragraph(footer.disclaimer, style.type.body)
    words.wrap(min(MEASURE, style.width - room - COLUMN_GAP), 1e6)
    return words, room


def _practice(lines: tuple[str, ...], room: float, style: Style) -> tuple[doc.Runs, ...]:
    """The practice's lines; a name too long for its line gives way to the phone."""
    return tuple((doc.Run(line),) for line in lines[:FOOTER_LINES - 1]
                 if text.width_of(line, style.type.body) <= room)


def _paint(canv: Any, foot: _Foot, style: Style) -> None:
    top = style.footer_top
    canv.setStrokeColor(RULE)
    canv.setLineWidth(.75)
    canv.line(MARGIN_SIDE, top, MARGIN_SIDE + style.width, top)
    foot.words.drawOn(canv, MARGIN_SIDE, top - FOOTER_GAP - foot.words.height)
    for at, line in enumerate(foot.lines):
        words = text.paragraph(line, style.type.body)
        _, height = words.wrap(style.width - foot.left + 1, 1e6)
        words.drawOn(canv, MARGIN_SIDE + foot.left, top - FOOTER_GAP - at * FOOTER_LEADING - height)
