"""Columns beside each other: with cards that are equally tall, or of what runs through them."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Stack
from handouts.pdf.layout.theme import GUTTER

FIRST_LINES = 2  # of a paragraph that is parted


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


class RunningColumns(Box):
    """Paragraphs that run through two columns of equal height, one of them parted between lines."""

    def __init__(self, whole: Sequence[text.RunningText], gap: float = 0, least: int = 2) -> None:
        super().__init__()
        self.whole, self.gap, self.least = whole, gap, least

    def arrange(self, width: float) -> tuple[float, float]:
        """Parts the text at the line at which the higher column is lowest; of a parted paragraph at
        least two lines stand before, and so many after."""
        share = (width - GUTTER) / 2
        heights = [one.wrap(share, 1e6)[1] + self.gap for one in self.whole]
        ways = [(max(sum(heights[:at]), sum(heights[at:])), at, 0.0)
                for at in range(1, len(heights) + 1)]
        for at, one in enumerate(self.whole):
            leading = one.style.leading
            most = round((heights[at] - self.gap) / leading) - self.least
            for lines in range(FIRST_LINES, most + 1):
                above = sum(heights[:at]) + lines * leading + self.gap
                ways.append((max(above, sum(heights) + self.gap - above), at, lines * leading))
        _, at, kept = min(ways)
        first, rest = list(self.whole[:at]), list(self.whole[at:])
        if kept:
            above, below = rest[0].split(share, kept + .1)
            first, rest = [*first, above], [below, *rest[1:]]
        return width, max(self._column(first, 0, share), self._column(rest, share + GUTTER, share))

    def _column(self, parts: Sequence[text.RunningText], left: float, share: float) -> float:
        """Places a column; gives its height."""
        top = -self.gap
        for part in parts:
            top += self.gap
            _, tall = part.wrap(share, 1e6)
            self.place(part, left, top)
            top += tall
        return max(top, 0.0)


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
