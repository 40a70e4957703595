"""What the parts of a poster share: its measures, headings behind a sign, bullets, pairs of cards.
"""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.pdf import text
from handouts.pdf.boxes import Box, Card, Row, Stack
from handouts.pdf.cards import as_items
from handouts.pdf.marks import Sign
from handouts.pdf.structure import HEADING, Tag
from handouts.pdf.style import Style

MARGIN = 23.0
GUTTER = 16.0
GAP = 8.0
DISC = 36.0  # a number, a badge
DOT = 8.0
DOT_GAP = 6.0


def width(style: Style) -> float:
    """The width between the margins."""
    return style.page_size[0] - 2 * MARGIN


def titled(sign: Flowable, title: str, colour: Color, style: Style) -> Row:
    """A heading behind its number or its badge."""
    words = text.paragraph(title, style.type.h3, colour, role=None)
    return Row([(sign, sign.width), (words, None)], gap=8, align="middle", tag=Tag(HEADING))


def pair(cells: Sequence[Flowable], widths: Sequence[float]) -> Row:
    """Cells side by side; cards are as tall as their neighbour."""
    tall = max(cell.wrap(wide, 1e6)[1] for cell, wide in zip(cells, widths, strict=True))
    for cell in cells:
        if isinstance(cell, Card):
            cell.least = tall
    return Row(list(zip(cells, widths, strict=True)), gap=GUTTER)


def halves(style: Style) -> float:
    """The width of a cell that shares a row with another."""
    return (width(style) - GUTTER) / 2


class Dot(Sign):
    """A bullet of the wall's size, level with the middle of a line."""

    def __init__(self, leading: float, colour: Color) -> None:
        super().__init__(DOT, leading)
        self.colour = colour

    def draw(self) -> None:
        """Paints the disc."""
        self.canv.setFillColor(self.colour)
        self.canv.circle(DOT / 2, self.height / 2 - 1, DOT / 2, stroke=0, fill=1)


def dotted(items: Sequence[str], type_: text.Type, colour: Color) -> Stack:
    """Items behind bullets, above each other."""
    rows: list[Box] = [Row([(Dot(type_.leading, colour), DOT),
                            (text.paragraph(item, type_, role="LBody"), None)], gap=DOT_GAP)
                       for item in items]
    return Stack(as_items(rows))


def dotted_width(item: str, type_: text.Type) -> float:
    """The width of an item on one line, behind its bullet."""
    return text.width_of(item, type_) + DOT + DOT_GAP + 1
