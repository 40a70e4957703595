"""What a reader writes: a line as wide as there is room."""

from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, RowBox
from handouts.pdf.layout.theme import RULE, Style

GAP = 8.0  # from a label to its line
ABOVE = 8.0  # of room for handwriting over a line, besides the label's own height
LEAST = 60.0  # points of a line behind its label; else it stands under it


def line(block: doc.Line, style: Style) -> Flowable:
    """A label and its line; behind a badge if it has an icon."""
    written = WriteLine(block.label, style)
    if not block.icon:
        return written
    badge = Badge(block.icon, style.badge, style.palette.kind("do").ink)
    return RowBox([(badge, badge.width), (written, None)], gap=style.sized(9), align="middle")


class WriteLine(Box):
    """A label in running text, and a line from it to the end of the width; or under it, where a
    narrow column leaves too little."""

    def __init__(self, label: str, style: Style) -> None:
        super().__init__()
        self.style = style
        self.words = text.paragraph(label, style.type.body) if label else None
        self.label = text.width_of(label, style.type.body) + GAP if label else 0.0

    def arrange(self, width: float) -> tuple[float, float]:
        """The label's first baseline is the line's, or the line has a row of its own."""
        leading = self.style.type.body.leading
        above = self.style.sized(ABOVE)
        self.under = self.label > 0 and width - self.label < LEAST
        if self.words is None:
            return width, above + leading
        _, height = self.words.wrap(width if self.under else self.label, 1e6)
        self.place(self.words, 0, 0 if self.under else above)
        return width, height + above + (leading if self.under else 0)

    def draw(self) -> None:
        """Paints the line, then the label."""
        canv: Any = self.canv
        drop = 0.9 if self.words is None or self.under else self.style.type.body.leading * .2
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.9)
        canv.line(0 if self.under else self.label, drop, self.width, drop)
        super().draw()
