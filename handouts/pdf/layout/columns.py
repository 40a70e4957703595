"""Columns beside each other: with cards that are equally tall, or of what runs through them."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Stack
from handouts.pdf.layout.theme import GUTTER


class ColumnBox(Box):
    """Columns that share the width at hand; their last cards are equally tall."""

    def __init__(self, cells: Sequence[Stack], shares: Sequence[float]) -> None:
        super().__init__()
        self.cells, self.shares = cells, shares

    def arrange(self, width: float) -> tuple[float, float]:
        """Wraps the columns to their shares, then again with their last cards made as tall."""
        room = width - GUTTER * (len(self.cells) - 1)
        widths = [room * share / sum(self.shares) for share in self.shares]
        for last in self._cards(*self.cells):
            last.least = 0
        heights = [cell.wrap(wide)[1] for cell, wide in zip(self.cells, widths, strict=True)]
        for cell, height in zip(self.cells, heights, strict=True):
            for last in self._cards(cell):
                last.least = last.height + max(heights) - height
        left = 0.0
        for cell, wide in zip(self.cells, widths, strict=True):
            cell.wrap(wide)
            self.place(cell, left, 0)
            left += wide + GUTTER
        return width, max(heights)

    def _cards(self, *cells: Stack) -> list[CardBox]:
        """Those of the cells' last children that are cards."""
        lasts = [cell.children[-1] for cell in cells if cell.children]
        return [last for last in lasts if isinstance(last, CardBox)]


class Balanced(RowBox):
    """A paragraph in two columns of equal height."""

    def __init__(self, whole: text.RunningText, gap: float) -> None:
        self.whole = whole
        super().__init__([], gap)

    def arrange(self, width: float) -> tuple[float, float]:
        """Splits the text in the middle, at a line."""
        share = (width - self.gap) / 2
        _, height = self.whole.wrap(share, 1e6)
        leading = self.whole.style.leading
        lines = round(height / leading)
        parts = self.whole.split(share, (lines + 1) // 2 * leading + .1) or [self.whole]  # one line
        self.cells = [(part, share) for part in parts]
        return super().arrange(width)


class RunningRows(Box):
    """Rows that run through two columns, which end as evenly as may be."""

    def __init__(self, rows: Sequence[Flowable], gap: float = 0) -> None:
        super().__init__()
        self.rows, self.gap = rows, gap

    def arrange(self, width: float) -> tuple[float, float]:
        """Splits the rows where the higher column is lowest."""
        share = (width - GUTTER) / 2
        heights = [row.wrap(share, 1e6)[1] + self.gap for row in self.rows]
        first = min(range(1, len(heights) + 1),
                    key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
        for left, part in ((0.0, range(first)), (share + GUTTER, range(first, len(heights)))):
            top = 0.0
            for at in part:
                self.place(self.rows[at], left, top)
                top += heights[at]
        return width, max(sum(heights[:first]), sum(heights[first:])) - self.gap
