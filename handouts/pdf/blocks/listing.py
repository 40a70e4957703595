"""A headed table of words, its rows parted by rules.

Columns share the width as they are told to; else they are as wide as their words, and the first
takes what is left. Where type is too large for that,
a row has two lines: the first and last cell above, the others below.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import headed, skin_of
from handouts.pdf.file.tagtree import Tag, scope
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Rule, Space, Stack
from handouts.pdf.layout.theme import Style

PADDING = (8.0, 12.0, 9.0, 12.0)
GAP = 10.0
LEAST = 0.25  # of the width, for the first column; with less, rows have two lines


def card(block: doc.Listing, style: Style) -> Flowable:
    """Title, lead and table in a card of the block's kind."""
    lead = [text.paragraph(block.lead, style.type.strong), Space(4)] if block.lead else []
    body = Stack([*lead, _table(block, style)])
    return CardBox(headed(block.title, block.kind, block.badge, body, style),
                   skin_of(block.kind, style, padding=PADDING))


def _table(block: doc.Listing, style: Style) -> Flowable:
    rule, widths = style.palette.kind(block.kind).outline, _widths(block, style)
    least = 0 if block.shares else LEAST
    rows: list[Flowable] = [Cells([_head(words, "Column", style) for words in block.heads], widths,
                                  least)]
    for first, *others in block.rows:
        cells = [_head(first, "Row", style),
                 *(text.paragraph(words, style.type.body, role="TD") for words in others)]
        rows += [Space(3), Rule(rule), Space(3), Cells(cells, widths, least)]
    return Stack(rows, tag=Tag("Table"))


def _widths(block: doc.Listing, style: Style) -> list[float]:
    """What the columns after the first ask for."""
    if block.shares:
        _, right, _, left = skin_of(block.kind, style, padding=PADDING).padding
        room = style.width - right - left - GAP * (len(block.shares) - 1)
        return [room * share / sum(block.shares) for share in block.shares[1:]]
    return [max(text.width_of(head, style.type.strong),
                *(text.width_of(_plain(row[at]), style.type.body) for row in block.rows)) + 1
            for at, head in enumerate(block.heads) if at]


def _plain(cell: str | doc.Runs) -> str:
    return cell if isinstance(cell, str) else text.plain(cell)


def _head(words: str | doc.Runs, of: str, style: Style) -> Flowable:
    made = text.paragraph(words, style.type.strong)
    made.tag = Tag("TH", attributes=scope(of))
    return made


class Cells(Box):
    """The cells of a row; `widths` are those of all but the first."""

    def __init__(self, cells: Sequence[Flowable], widths: Sequence[float], least: float) -> None:
        super().__init__(Tag("TR"))
        self.cells, self.widths, self.least = cells, widths, least

    def arrange(self, width: float) -> tuple[float, float]:
        """One line of columns, or two where one has no room."""
        first = width - sum(self.widths) - GAP * len(self.widths)
        if first >= self.least * width:
            return width, self._line(self.cells, [first, *self.widths])
        *_, last = self.widths
        name, *below, number = self.cells
        tall = max(name.wrap(width - last - GAP, 1e6)[1], number.wrap(last, 1e6)[1])
        self.place(name, 0, 0)
        share = (width - GAP * (len(below) - 1)) / len(below)
        tall += self._line(below, [share] * len(below), tall)
        self.place(number, width - last, 0)
        return width, tall

    def _line(self, cells: Sequence[Flowable], widths: Sequence[float], top: float = 0) -> float:
        """Places cells beside each other, at a distance from the top; gives their height."""
        left, tall = 0.0, 0.0
        for cell, wide in zip(cells, widths, strict=True):
            tall = max(tall, cell.wrap(wide, 1e6)[1])
            self.place(cell, left, top)
            left += wide + GAP
        return tall
