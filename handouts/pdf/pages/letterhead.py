"""The head of page 1, and the foot of every page.

The head is the practice: logo, name, address; at the right how to call and when. The foot is the
short disclaimer, the practice, the page number: in normal print the practice stands at the right,
in large print it follows the disclaimer.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.errors import PackError
from handouts.pdf.blocks.marks import Icon
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import RowBox, Stack, beside_or_under
from handouts.pdf.layout.theme import FOOTER_GAP, FOOTER_LINES, MARGIN_SIDE, NORMAL, RULE, Style

LEAST = 37.0  # its height
NAME = 260.0  # a wider name is set smaller, in two lines where it must
PHONE = 16.0  # its sign
BETWEEN = " · "  # lines of an address that share one


def letterhead(head: doc.Letterhead, logo: Flowable | None, style: Style) -> Flowable:
    """The practice's logo and name, its address under it; at the right its phone, its hours under
    it. How the review stands is on the side that has fewer lines."""
    types = style.type
    small = text.width_of(head.name, types.h2) > NAME
    type_ = types.h3 if small else types.h2
    name = text.paragraph(head.name, type_, style.palette.brand.ink, role="P")
    gap, least = style.sized(10), 0.0 if style.opening == "close" else style.sized(LEAST)
    cells: list[tuple[Flowable, float | None]] = [(logo, logo.width)] if logo is not None else []
    before = sum(cell.width + gap for cell, _ in cells)
    right, wide = _call(head, style)
    if style.opening == "close" and not style.stacked:
        return _low(head, cells, (name, text.width_of(head.name, type_) + 1), right, wide)
    if style.stacked:
        practice = RowBox([*cells, (name, None)], gap=gap, align="middle")
        own = before + text.width_of(head.name, type_)
        first = beside_or_under((practice, own), (Stack(right), wide), style.width,
                                least=least) if right else practice.at_least(least)
        lines = () if style.opening == "close" else _joined(head.lines, style.width, style)
        return Stack([first, *_lines((*lines, head.notice), style)])
    room = style.width - before - (wide + gap if right else 0)
    lines = _joined(head.lines, room, style)
    if len(lines) < len(right) or not head.notice:
        lines = (*lines, head.notice)
    else:
        right = [*right, *_lines((head.notice,), style)]
        wide = max(wide, text.width_of(text.plain(head.notice), types.strong) + 1)
    cells.append((Stack([name, *_lines(lines, style)]), None))
    if right:
        cells.append((Stack(right), wide))
    return RowBox(cells, gap=gap, align="middle").at_least(least)


def _low(head: doc.Letterhead, logo: list[tuple[Flowable, float | None]],
         name: tuple[Flowable, float], right: list[Flowable], wide: float) -> Flowable:
    """All on one line, without an address: the head of a leaf by itself."""
    notice = text.paragraph(head.notice or "", NORMAL.body)
    call: list[tuple[Flowable, float | None]] = [(Stack(right), wide)] if right else []
    return RowBox([*logo, name, (notice, None), *call], gap=10, align="middle")


def _lines(lines: Sequence[doc.Runs], style: Style) -> list[Flowable]:
    return [text.paragraph(line, style.type.body) for line in lines if line]


def _call(head: doc.Letterhead, style: Style) -> tuple[list[Flowable], float]:
    """The phone behind its sign, never broken, and the hours under it; how wide they are."""
    types, ink, rows, wide = style.type, style.palette.brand.ink, list[Flowable](), 0.0
    if head.phone:
        sign, gap = style.sized(PHONE), style.sized(5)
        own = text.width_of(text.plain(head.phone), types.h2) + 1
        number = text.paragraph(head.phone, types.h2, ink, role="P")
        rows.append(RowBox([(Icon("phone", sign, ink), sign), (number, own)], gap=gap,
                           align="middle"))
        wide = sign + gap + own
    if head.hours and style.opening != "close":
        rows.append(text.paragraph(head.hours, types.body))
        wide = max(wide, text.width_of(head.hours, types.body) + 1)
    return rows, wide


def _joined(lines: Sequence[doc.Runs], room: float, style: Style) -> tuple[doc.Runs, ...]:
    """Lines of an address, as many on one as there is room for."""
    found: list[doc.Runs] = []
    for line in lines:
        tried = (*found[-1], doc.Run(BETWEEN), *line) if found else line
        if found and text.width_of(text.plain(tried), style.type.body) <= room:
            found[-1] = tried
        else:
            found.append(line)
    return tuple(found)


MEASURE = 386.0
RIGHT = 118.0  # the width of the practice's column, at least
COLUMN_GAP = 12.0
LARGE_LINES = 5  # large print takes at most this many
WIDEST = "88"  # stands for any number of a page


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
            _paint(canv, _foot(footer, style, number, last), style)


def _number(footer: doc.Footer, page: str, pages: str) -> str:
    return footer.page.replace("{PAGE}", page).replace("{PAGES}", pages)


def _too_long(needed: float, most: int) -> PackError:
    return PackError(f"the short disclaimer takes {needed:.0f} lines, {most} at most",
                     where="safety.toml: disclaimer.short",
                     cure="Shorten it; the footer is never cut.")


def _stacked(footer: doc.Footer, style: Style, number: str) -> list[text.RunningText]:
    """The disclaimer; then practice and page, of which a name too long gives way to the phone."""
    room = style.width - text.width_of(number, style.type.strong)
    shown = [*footer.lines]
    while shown and text.width_of(f"{BETWEEN.join(shown)}{BETWEEN}", style.type.strong) > room:
        shown.pop(0)
    runs = (*(doc.Run(f"{line}{BETWEEN}", strong=line == footer.lines[0]) for line in shown),
            doc.Run(number, strong=True))
    parts = [text.paragraph(footer.disclaimer, style.type.body),
             text.paragraph(runs, style.type.body)]
    for part in parts:
        part.wrap(style.width, 1e6)
    return parts


def _foot(footer: doc.Footer, style: Style, number: str, last: str) -> _Foot:
    """Name, phone and page beside the disclaimer; a long name in two lines, phone and page on one.
    `last` is the widest number of a page: all pages look the same."""
    ways = [way for way in (_apart(footer, number, last), _together(footer, style, number, last),
                            _apart(doc.Footer("", footer.lines[1:], ""), number, last)) if way]
    for lines, widest in ways:
        room = max(RIGHT, *(_width(line, style) + 1 for line in widest))
        words = text.paragraph(footer.disclaimer, style.type.body)
        words.wrap(min(MEASURE, style.width - room - COLUMN_GAP), 1e6)
        if words.height <= FOOTER_LINES * style.type.body.leading:
            return _Foot(words, style.width - room, lines)
    raise _too_long(words.height / style.type.body.leading, FOOTER_LINES)


Way = tuple[tuple[doc.Runs, ...], tuple[doc.Runs, ...]]  # the lines; the widest that they may be


def _apart(footer: doc.Footer, number: str, last: str) -> Way | None:
    """Each on a line of its own."""
    named = tuple((doc.Run(line, strong=not at),) for at, line in enumerate(footer.lines[:2]))
    return (*named, _strong(number)), (*named, _strong(last))


def _together(footer: doc.Footer, style: Style, number: str, last: str) -> Way | None:
    """The name in two lines, broken where they are shortest; phone and page on a third."""
    name, *phone = footer.lines or ("",)
    words = name.split()
    breaks = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not breaks:
        return None
    parts = min(breaks, key=lambda parts: max(text.width_of(part, style.type.strong)
                                              for part in parts))
    call = tuple(doc.Run(f"{line}{BETWEEN}") for line in phone[:1])
    named = tuple(_strong(part) for part in parts)
    return (*named, (*call, *_strong(number))), (*named, (*call, *_strong(last)))


def _width(line: doc.Runs, style: Style) -> float:
    return sum(text.width_of(run.text, style.type.strong if run.strong else style.type.body)
               for run in line)


def _strong(line: str) -> doc.Runs:
    return (doc.Run(line, strong=True),)


def _paint(canv: Any, foot: _Foot, style: Style) -> None:
    top, leading = style.footer_top - FOOTER_GAP, style.type.body.leading
    foot.words.drawOn(canv, MARGIN_SIDE, top - foot.words.height)
    for at, line in enumerate(foot.lines):
        words = text.paragraph(line, style.type.body)
        _, height = words.wrap(style.width - foot.left + 1, 1e6)
        words.drawOn(canv, MARGIN_SIDE + foot.left, top - at * leading - height)
