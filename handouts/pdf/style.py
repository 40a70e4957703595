"""What every block builder needs to know: paper, palette, side; and the measures of a page.

Large print is one column of bigger type: signs and corners grow by `LARGER`, what stands side by
side in normal print stands above each other (`arrange.across`), and lines to write on are higher.
"""

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.pagesizes import A3, A4, LETTER, TABLOID

from handouts import look as looks
from handouts.look import Look
from handouts.pdf.colours import Palette
from handouts.pdf.sizes import LARGE, NORMAL, WALL, Sizes

MARGIN_SIDE = 42.0
MARGIN_TOP = 36.0  # 12.7 mm: inside what every office printer reaches
MARGIN_BOTTOM = 36.0
FOOTER_LINES = 3
FOOTER_GAP = 8.0  # from the rule to the text, and from the body to the rule
GAP_LEAST = 6.0
GAP_TIGHT = 4.0  # on a tight page
GAP_EXTRA = 8.0  # the least gap on a page that takes an extra
GAP_MOST = 18.0
GUTTER = 12.0
LARGER = 1.4  # how much signs and corners grow in large print; type grows by half
MEASURE = 374.0  # points: the widest that running text may be, about 70 characters

# How page 1 of large print opens: a field a row; or fields side by side and a long note under them,
# on its whole width; or that, closer.
Opening = Literal["open", "full", "close"]
ROWS = {"open": (34.0, 34.0), "full": (34.0, 28.0), "close": (28.0, 24.0)}  # to write on; typed
ROW = 22.5  # in normal print: 7.9 mm
BASE = 7.1  # from a row's bottom to its baseline
SINK = 0.3  # what the baseline goes down with each point that a row of large print is lower

PAPERS = {"letter": LETTER, "a4": A4, "tabloid": TABLOID, "a3": A3}


@dataclass(frozen=True)
class Style:
    """The page and the look that blocks are built for."""

    look: Look
    palette: Palette
    side: str
    footer_lines: int = FOOTER_LINES
    opening: Opening = "open"
    tight: bool = False  # a page from which nothing may move, and that is full: smaller pictures

    @property
    def gap_least(self) -> float:
        """The least gap between the blocks of a page, in points."""
        return GAP_TIGHT if self.tight else GAP_LEAST

    @property
    def type(self) -> Sizes:
        """The sizes of type."""
        if self.look.paper in looks.WALL.values():
            return WALL
        return LARGE if self.look.large else NORMAL

    @property
    def stacked(self) -> bool:
        """Whether all stands in one column."""
        return self.look.large

    def columns(self, most: int) -> int:
        """How many columns there are where normal print has this many."""
        return 1 if self.stacked else most

    def sized(self, points: float) -> float:
        """The size of a sign, a corner or a small gap that has this size in normal print."""
        return round(points * LARGER, 1) if self.look.large else points

    @property
    def badge(self) -> float:
        """The size of a heading's badge, in points."""
        return self.sized(26)

    @property
    def tick(self) -> float:
        """The size of a box to tick, in points."""
        return 20.0 if self.look.large else 13.0

    @property
    def row(self) -> float:
        """The height of a line to write on: 7.9 mm, 12 in large print."""
        return ROWS[self.opening][0] if self.look.large else ROW

    @property
    def typed_row(self) -> float:
        """The height of a line with a value that was typed."""
        return ROWS[self.opening][1] if self.look.large else ROW

    def base(self, row: float) -> float:
        """How high the baseline stands above the bottom of a row of this height, in points."""
        return self.sized(BASE) - (SINK * (ROWS["open"][0] - row) if self.look.large else 0)

    @property
    def measure(self) -> float:
        """The widest that running text may be, in points: about 70 characters."""
        return self.width if self.look.large else MEASURE

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the paper, in points."""
        width, height = PAPERS[self.look.paper]
        return float(width), float(height)

    @property
    def width(self) -> float:
        """The width of the text, in points."""
        return self.page_size[0] - 2 * MARGIN_SIDE

    @property
    def footer_top(self) -> float:
        """The height of the footer's rule above the page's lower edge."""
        return MARGIN_BOTTOM + self.footer_lines * self.type.body.leading + FOOTER_GAP

    @property
    def body_height(self) -> float:
        """The height that blocks and gaps share."""
        return self.page_size[1] - MARGIN_TOP - self.footer_top - FOOTER_GAP
