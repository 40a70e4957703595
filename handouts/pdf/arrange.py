"""Where parts of a block stand: beside each other, or above each other in large print."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts.pdf.boxes import Box, Row, Stack
from handouts.pdf.structure import Tag
from handouts.pdf.style import Style

GAP = 12.0  # between two parts at the ends of a line
UNDER = 3.0
Cells = Sequence[tuple[Flowable, float | None]]


def across(cells: Cells, style: Style, *, gap: float, align: str = "top",
           tag: Tag | None = None) -> Box:
    """Cells beside each other, of these widths; in large print each takes the whole width."""
    if style.stacked:
        return Stack([cell for cell, _ in cells], gap=style.type.body.leading / 3, tag=tag)
    return Row(cells, gap=gap, align=align, tag=tag)


def beside_or_under(left: tuple[Flowable, float], right: tuple[Flowable, float], width: float, *,
                    least: float) -> Box:
    """Two parts at both ends of a line, no less high than `least`, if they are narrow enough; else
    the second one under the first."""
    if left[1] + GAP + right[1] > width:
        return Stack([left[0], right[0]], gap=UNDER)
    return Row([(left[0], None), right], gap=GAP, align="middle").at_least(least)


class Flow(Box):
    """Cells of known widths beside each other, going on in a further row where the width ends."""

    def __init__(self, cells: Sequence[tuple[Flowable, float]], *, gap: float, under: float,
                 tag: Tag | None = None) -> None:
        super().__init__(tag)
        self.cells, self.gap, self.under = list(cells), gap, under

    def arrange(self, width: float) -> tuple[float, float]:
        """Fills row after row; a row is as high as its highest cell."""
        left = top = tall = 0.0
        for child, wide in self.cells:
            _, height = child.wrap(wide, 1e6)
            if left and left + wide > width:
                left, top, tall = 0.0, top + tall + self.under, 0.0
            self.place(child, left, top)
            left, tall = left + wide + self.gap, max(tall, height)
        return width, top + tall
