"""A headed table of words, its rows parted by rules.

Columns share the width as they are told to; else they are as wide as their words, and the first
takes what is left. Where type is too large for that,
a row has two lines: the first and last cell above, the others below.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import headed, heading, skin_of
from handouts.pdf.file.tagtree import Tag, scope, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RuleLine, Space, Stack
from handouts.pdf.layout.theme import Style

PADDING = (8.0, 12.0, 9.0, 12.0)
GAP = 10.0
LEAST = 0.25  # of the width, for the first column; with less, rows have two lines


def rows(block: doc.Listing, style: Style) -> list[Flowable]:
    """Title, lead and table in a card of the block's kind; of a loose one, its rows."""
    if block.loose:
        return _loose(block, style)
    lead = [text.paragraph(block.lead, style.type.strong), Space(4)] if block.lead else []
    lines = [line for row in _rows(block, style) for line in row]
    body = Stack([*lead, Stack(lines, tag=Tag("Table"))])
    return [CardBox(headed(block.title, block.kind, block.badge, body, style),
                    skin_of(block.kind, style, padding=PADDING))]


def _loose(block: doc.Listing, style: Style) -> list[Flowable]:
    """The rows, the first with title, lead and heads; each says of which table it is."""
    whole, table = section(), Tag("Table")
    heads, *others = _rows(block, style)
    top = [heading(block.title, block.kind, block.badge, style), Space(4)]
    lead = [Measured(text.paragraph(block.lead, style.type.body), style.measure),
            Space(4)] if block.lead else []
    first, *rest = others or [[]]
    return [Stack([*top, *lead, Stack([*heads, *first], tag=table)], tag=whole),
            *(Stack([Stack(row, tag=table)], tag=whole) for row in rest)]


def _rows(block: doc.Listing, style: Style) -> list[list[Flowable]]:
    """The heads, then the rows, each under a rule."""
    rule, widths = style.palette.kind(block.kind).outline, _widths(block, style)
    least = 0 if block.shares else LEAST
    made: list[list[Flowable]] = [[Cells([_head(words, "Column", style) for words in block.heads],
                                         widths, least)]]
    for first, *others in block.rows:
        cells = [_head(first, "Row", style),
                 *(text.paragraph(words, style.type.body, role="TD") for words in others)]
        made.append([Space(3), RuleLine(rule), Space(3), Cells(cells, widths, least)])
    return made


def _widths(block: doc.Listing, style: Style) -> list[float]:
    """What the columns after the first ask for."""
    if block.shares:
        padding = skin_of(block.kind, style, padding=PADDING).padding
        _, right, _, left = (0, 0, 0, 0) if block.loose else padding
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
