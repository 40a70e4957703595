"""The letterhead: the practice's logo and name, and its address."""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.arrange import beside_or_under
from handouts.pdf.boxes import Row, Stack
from handouts.pdf.style import Style

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
    practice = Row(cells, gap=gap, align="middle")
    if not head.lines:
        return practice.at_least(least)
    wide = max(text.width_of(text.plain(line), types.body) for line in head.lines) + 1
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
