"""What to do and not to do from day to day, each behind its badge."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, headed, skin_of
from handouts.pdf.blocks.forms import line_to_write
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Stack
from handouts.pdf.layout.theme import GUTTER, Style

LONG_TIP = 60  # letters: two lines of a tip that shares the width with one other
WIDE = 420.0  # points: a card of tips that is wider has two columns
TIP_GAP = 3.0


def card(block: doc.Tips, style: Style) -> Flowable:
    """Tips in a card under its title, or beside each other without one."""
    if block.title:
        lines: Flowable = TipList([_tip_row(tip, style) for tip in block.items], style)
        if block.blank:
            lines = Stack([lines, line_to_write(block.blank, style)], gap=style.sized(TIP_GAP))
        return CardBox(headed(block.title, "do", "tick", lines, style), skin_of("do", style))
    long = any(len(tip.text) > LONG_TIP for tip in block.items)
    abreast = style.columns(2 if long or len(block.items) in (2, 4) else 3)
    rows = [block.items[at:at + abreast] for at in range(0, len(block.items), abreast)]
    share = (style.width - (abreast - 1) * GUTTER) / abreast
    return Stack([
        RowBox([(_tip(tip, style), share) for tip in row], gap=GUTTER) for row in rows], gap=10,
        tag=Tag("L"))


class TipList(Box):
    """Tips under each other; in two columns where the card has the page's width."""

    def __init__(self, rows: Sequence[Box], style: Style) -> None:
        super().__init__(Tag("L"))
        self.rows, self.style = as_items(rows), style

    def arrange(self, width: float) -> tuple[float, float]:
        """Fills column after column."""
        columns = self.style.columns(1 + (width > WIDE))
        share = (width - (columns - 1) * GUTTER) / columns
        tall, most = -(-len(self.rows) // columns), 0.0
        for first in range(0, len(self.rows), tall):
            top, left = 0.0, first // tall * (share + GUTTER)
            for row in self.rows[first:first + tall]:
                _, height = row.wrap(share, 1e6)
                self.place(row, left, top)
                top += height + self.style.sized(TIP_GAP)
            most = max(most, top - self.style.sized(TIP_GAP))
        return width, most


def _tip_row(tip: doc.Tip, style: Style) -> Box:
    """A tip in running text that its name begins."""
    words = (doc.Run(f"{tip.title}. ", strong=True), doc.Run(tip.text))
    size = style.badge
    return RowBox([(Badge(tip.icon, size, style.palette.kind("do").ink), size),
                   (text.paragraph(words, style.type.body, role="LBody"), None)],
                  gap=style.sized(8), align="middle").at_least(size)


def _tip(tip: doc.Tip, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    words = Stack([text.paragraph(tip.title, style.type.strong),
                   text.paragraph(tip.text, style.type.body)], tag=Tag("LBody"))
    size = style.sized(32)
    return RowBox([(Badge(tip.icon, size, colour), size), (words, None)], gap=style.sized(9),
                  align="middle", tag=Tag("LI"))
