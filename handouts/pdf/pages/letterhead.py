"""The foot of every page: the short disclaimer, the practice, the page number, the handout's id.

In normal print the practice stands at the right; in large print it follows the disclaimer.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.errors import PackError
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import RowBox, Stack, beside_or_under
from handouts.pdf.layout.theme import FOOTER_GAP, FOOTER_LINES, MARGIN_SIDE, RULE, Style

LEAST = 34.0  # its height
NAME = 250.0  # a wider name is set smaller
BETWEEN = " · "  # lines of an address that share one


def letterhead(head: doc.Letterhead, logo: Flowable | None, style: Style) -> Flowable:
    """The practice's logo and name, and its address at the right or under them."""
    types = style.type
    name = types.h2 if text.width_of(head.name, types.h2) <= NAME else types.h3
    cells: list[tuple[Flowable, float | None]] = [
        (text.paragraph(head.name, name, style.palette.brand.ink, role="P"), None)]
    if logo is not None:
        cells.insert(0, (logo, logo.width))
    gap, least = style.sized(10), 0.0 if style.opening == "close" else style.sized(LEAST)
    practice = RowBox(cells, gap=gap, align="middle")
    if not head.lines:
        return practice.at_least(least)
    wide = max(text.width_of(text.plain(line), types.strong if line[0].strong else types.body)
               for line in head.lines) + 1
    own = text.width_of(head.name, name) + (logo.width + gap if logo is not None else 0)
    shared = head.lines
    if style.opening == "close":
        shared, wide = tuple(_joined(head.lines, style)), style.width
    lines = Stack([text.paragraph(line, types.body) for line in shared])
    return beside_or_under((practice, own if style.stacked else 0), (lines, wide), style.width,
                           least=least)


def _joined(lines: tuple[doc.Runs, ...], style: Style) -> Iterator[doc.Runs]:
    """Lines of an address, as many on one as the page is wide."""
    first, *others = lines
    for line in others:
        tried = (*first, doc.Run(BETWEEN), *line)
        if text.width_of(text.plain(tried), style.type.body) <= style.width:
            first = tried
        else:
            yield first
            first = line
    yield first


MEASURE = 386.0
RIGHT = 124.0  # the width of the practice's column, at least
COLUMN_GAP = 12.0
LARGE_LINES = 5  # large print takes at most this many
WIDEST = "88"  # stands for any number of a page
WIDEST_ID = " · WWWW-WWWW"  # stands for any id


class _Foot(NamedTuple):
    """A footer ready to be painted: the disclaimer, and the lines beside it from `left` on."""

    words: text.RunningText
    left: float
    lines: tuple[doc.Runs, ...]


def footer_lines(footer: doc.Footer, style: Style) -> int:
    """How many lines the footer takes; PackError if large print needs more than there may be."""
    if not style.stacked:
        return FOOTER_LINES
    parts = _stacked(footer, style, _number(footer, WIDEST, WIDEST))
    needed = sum(round(float(part.height) / style.type.body.leading) for part in parts)
    if needed > LARGE_LINES:
        raise _too_long(needed, LARGE_LINES)
    return needed


def draw_footer(canv: Any, footer: doc.Footer, style: Style, *, page: int, pages: int) -> None:
    """Paints the footer of one page; PackError if the disclaimer needs more than its lines."""
    number, last = _number(footer, str(page), str(pages)), _number(footer, str(pages), str(pages))
    with canv.artifact("/Type/Pagination/Subtype/Footer"):
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.75)
        canv.line(MARGIN_SIDE, style.footer_top, MARGIN_SIDE + style.width, style.footer_top)
        if style.stacked:
            top = style.footer_top - FOOTER_GAP
            for part in _stacked(footer, style, number):
                top -= part.height
                part.drawOn(canv, MARGIN_SIDE, top)
        else:
            _paint(canv, _with_id_beside(footer, style, number, last)
                   or _with_id_above(footer, style, number), style)


def _number(footer: doc.Footer, page: str, pages: str) -> str:
    return footer.page.replace("{PAGE}", page).replace("{PAGES}", pages)


def _too_long(needed: float, most: int) -> PackError:
    return PackError(f"the short disclaimer takes {needed:.0f} lines, {most} at most",
                     where="safety.toml: disclaimer.short",
                     cure="Shorten it; the footer is never cut.")


def _stacked(footer: doc.Footer, style: Style, number: str) -> list[text.RunningText]:
    """The disclaimer; then practice, page and id, of which a name too long gives way to the phone.
    """
    mark = f" · {footer.id}" if footer.id else ""
    room = style.width - text.width_of(number, style.type.strong) - text.width_of(
        mark, style.type.body)
    shown = [*footer.lines]
    while shown and text.width_of(f"{', '.join(shown)}. ", style.type.body) > room:
        shown.pop(0)
    runs = (doc.Run(f"{', '.join(shown)}. " if shown else ""), doc.Run(number, strong=True),
            doc.Run(mark))
    parts = [text.paragraph(footer.disclaimer, style.type.body),
             text.paragraph(tuple(run for run in runs if run.text), style.type.body)]
    for part in parts:
        part.wrap(style.width, 1e6)
    return parts


def _with_id_beside(footer: doc.Footer, style: Style, number: str, last: str) -> _Foot | None:
    """The id behind the page number, where the disclaimer leaves room for so long a line, whatever
    the id: all handouts of a practice look the same."""
    mark = f" · {footer.id}" if footer.id else ""
    wide = text.width_of(last, style.type.strong) + text.width_of(
        WIDEST_ID if mark else "", style.type.body)
    words, room = _disclaimer(footer, style, max(wide + 1, RIGHT))
    if words.height > FOOTER_LINES * style.type.body.leading:
        return None
    page = (doc.Run(number, strong=True), doc.Run(mark)) if mark else _strong(number)
    return _Foot(words, style.width - room, (*_practice(footer.lines, room, style), page))


def _with_id_above(footer: doc.Footer, style: Style, number: str) -> _Foot:
    """The id on a line of its own; the practice's name gives way to its phone."""
    words, room = _disclaimer(footer, style, RIGHT)
    if words.height > FOOTER_LINES * style.type.body.leading:
        raise _too_long(words.height / style.type.body.leading, FOOTER_LINES)
    practice = _practice(footer.lines[-1:], room, style)
    return _Foot(words, style.width - room, (*practice, (doc.Run(footer.id),), _strong(number)))


def _strong(line: str) -> doc.Runs:
    return (doc.Run(line, strong=True),)


def _disclaimer(footer: doc.Footer, style: Style, room: float) -> tuple[text.RunningText, float]:
    """The disclaimer set beside a column of so many points."""
    words = text.paragraph(footer.disclaimer, style.type.body)
    words.wrap(min(MEASURE, style.width - room - COLUMN_GAP), 1e6)
    return words, room


def _practice(lines: tuple[str, ...], room: float, style: Style) -> tuple[doc.Runs, ...]:
    """The practice's lines; a name too long for its line gives way to the phone."""
    return tuple((doc.Run(line),) for line in lines[:FOOTER_LINES - 1]
                 if text.width_of(line, style.type.body) <= room)


def _paint(canv: Any, foot: _Foot, style: Style) -> None:
    top, leading = style.footer_top - FOOTER_GAP, style.type.body.leading
    foot.words.drawOn(canv, MARGIN_SIDE, top - foot.words.height)
    for at, line in enumerate(foot.lines):
        words = text.paragraph(line, style.type.body)
        _, height = words.wrap(style.width - foot.left + 1, 1e6)
        words.drawOn(canv, MARGIN_SIDE + foot.left, top - at * leading - height)
