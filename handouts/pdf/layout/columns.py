"""Columns beside each other whose last cards are equally tall."""

from collections.abc import Sequence

from handouts.pdf.layout.boxes import Box, CardBox, Stack
from handouts.pdf.layout.theme import GUTTER


class Columns(Box):
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
        lasts = [cell.children[-1] for cell in cells]
        return [last for last in lasts if isinstance(last, CardBox)]
