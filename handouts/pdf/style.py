"""What every block builder needs to know: paper, palette, side; and the measures of a page."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A3, A4, LETTER, TABLOID

from handouts import look as looks
from handouts.look import Look
from handouts.pdf.colours import Palette
from handouts.pdf.sizes import LARGE, NORMAL, WALL, Sizes

MARGIN_SIDE = 42.0
MARGIN_TOP = 36.0  # 12.7 mm: inside what every office printer reaches
MARGIN_BOTTOM = 36.0
FOOTER_LINES = 3
FOOTER_LEADING = 15.0
FOOTER_GAP = 8.0  # from the rule to the text, and from the body to the rule
GAP_LEAST = 6.0
GAP_EXTRA = 8.0  # the least gap on a page that takes an extra
GAP_MOST = 18.0
GUTTER = 12.0

PAPERS = {"letter": LETTER, "a4": A4, "tabloid": TABLOID, "a3": A3}


@dataclass(frozen=True)
class Style:
    """The page and the look that blocks are built for."""

    look: Look
    palette: Palette
    side: str

    @property
    def type(self) -> Sizes:
        """The sizes of type."""
        if self.look.paper in looks.WALL.values():
            return WALL
        return LARGE if self.look.large else NORMAL

    @property
    def badge(self) -> float:
        """The size of a heading's badge, in points."""
        return 36.0 if self.look.large else 26.0

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
        return MARGIN_BOTTOM + FOOTER_LINES * FOOTER_LEADING + FOOTER_GAP

    @property
    def body_height(self) -> float:
        """The height that blocks and gaps share."""
        return self.page_size[1] - MARGIN_TOP - self.footer_top - FOOTER_GAP
