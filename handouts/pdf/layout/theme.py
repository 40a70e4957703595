"""What every block builder needs to know: paper, palette, side; and the measures of a page.

Large print is one column of bigger type: signs and corners grow by `LARGER`, what stands side by
side in normal print stands above each other (`boxes.across`), and lines to write on are higher.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A3, A4, LETTER, TABLOID

from handouts.document import Kind
from handouts.pdf.file import fonts
from handouts.request import look as looks
from handouts.request.look import Look

INK = HexColor("#1E2F38")
MUTE = HexColor("#44545C")  # panel labels only
RULE = HexColor("#5A6B74")  # functional lines: dark enough for a 1-bit photocopy
GRID = HexColor("#3F8570")
STOP_TINT = HexColor("#FDF0EE")  # behind words that say when to stop, in a table
WHITE = HexColor("#FFFFFF")
BLACK = HexColor("#000000")


@dataclass(frozen=True)
class Shades:
    """The three shades of a kind: text and badge, card fill, card outline."""

    ink: Color
    tint: Color
    outline: Color


def _shades(ink: str, tint: str, outline: str) -> Shades:
    return Shades(HexColor(ink), HexColor(tint), HexColor(outline))


@dataclass(frozen=True)
class Palette:
    """The shades of the brand and of each kind of block."""

    brand: Shades
    kinds: dict[Kind, Shades]

    def kind(self, name: Kind) -> Shades:
        """The shades of one kind of block."""
        return self.kinds[name]


_STOP = _shades("#9B1C15", "#FFFFFF", "#9B1C15")
_KINDS: dict[Kind, Shades] = {
    "know": _shades("#1F4E79", "#EAF2F9", "#7DA7C9"),
    "do": _shades("#14594A", "#E8F5EE", "#6FB097"),
    "care": _shades("#7A4300", "#FDF2E2", "#D09A4A"),
    "stop": _STOP,
    "keep-off": _STOP,
    "plain": _shades("#1E2F38", "#FFFFFF", "#5A6B74"),
}


_BLACK = _shades("#000000", "#FFFFFF", "#000000")
BLACK_ONLY = Palette(_BLACK, dict.fromkeys(_KINDS, _BLACK))  # shape and words carry all meaning


def palette(brand: str, tint: str, outline: str) -> Palette:
    """The palette with a brand's three colours (hex); the kinds never change."""
    return Palette(_shades(brand, tint, outline), _KINDS)


@dataclass(frozen=True)
class Type:
    """A type size with its leading, in points; headings say so."""

    size: float
    leading: float
    bold: bool = False
    heading: bool = False

    @property
    def font(self) -> str:
        """The name of the font."""
        return fonts.BOLD if self.bold else fonts.REGULAR


@dataclass(frozen=True)
class Sizes:
    """The types of a page: running text and its bold, headings, the fields to write in."""

    body: Type
    strong: Type
    h1: Type
    h2: Type
    h3: Type
    field: Type
    alarm: Type  # the title and the number of an emergency


NORMAL = Sizes(
    body=Type(12, 15), strong=Type(12, 15, bold=True), field=Type(12, 16),
    h1=Type(26, 30, bold=True, heading=True), h2=Type(18, 22, bold=True, heading=True),
    h3=Type(14, 18, bold=True, heading=True), alarm=Type(34, 38, bold=True, heading=True))
LARGE = Sizes(  # 18 point: the RNIB's and UKAAF's ideal for large print
    body=Type(18, 23), strong=Type(18, 23, bold=True), field=Type(18, 24),
    h1=Type(34, 39, bold=True, heading=True), h2=Type(26, 31, bold=True, heading=True),
    h3=Type(21, 26, bold=True, heading=True), alarm=Type(34, 39, bold=True, heading=True))

WALL = Sizes(  # read from 1.5 m
    body=Type(22, 25), strong=Type(22, 25, bold=True), field=Type(22, 28),
    h1=Type(44, 45, bold=True, heading=True), h2=Type(34, 40, bold=True, heading=True),
    h3=Type(25, 30, bold=True, heading=True), alarm=Type(44, 45, bold=True, heading=True))


def baseline(type_: Type) -> float:
    """How far the first baseline lies under the top of a line of this type, in points."""
    return (type_.leading - 1.24 * type_.size) / 2 + 0.95 * type_.size


MARGIN_SIDE = 36.0  # 12.7 mm: inside what every office printer reaches
MARGIN_TOP = 28.0
MARGIN_BOTTOM = 26.0
FOOTER_LINES = 3
FOOTER_GAP = 5.0  # from the rule to the text
BODY_GAP = 4.0  # from the body to the rule
BADGE = 24.0
GAP_LEAST = 6.0
GAP_TIGHT = 4.0  # on a tight page
GAP_WORST = 3.0  # where nothing else keeps a page whole
GAP_LEAF = 1.0  # the same on a leaf by itself
GAP_EXTRA = 8.0  # the least gap on a page that takes an extra
GAP_MOST = 18.0
AIR_MOST = 7.0  # what a row of signs may have more than it needs
GUTTER = 12.0
LARGER = 1.4  # how much signs and corners grow in large print; type grows by half
MEASURE = 374.0  # points: the widest that running text may be, about 70 characters

# How page 1 of large print opens: with all that the practice says of itself, or closer.
Opening = Literal["open", "close"]
# What gives way on page 1 of normal print: lower rows and pictures, still lower pictures, what to
# ask first as running text, a message without its picture, things to do in a row, the first column
# of signs in two; on a leaf by itself the fields that nobody filled in and a row of the guide, too;
# then the table of the guide, and what to get ready.
Given = Literal["close", "low", "prose", "bare", "row", "parted", "few", "told"]
ROWS = {"open": (36.0, 36.0), "close": (28.0, 24.0)}  # to write on; typed
ROW = 26.0  # in normal print: 9.2 mm
BASE = 5.0  # from a row's bottom to its baseline
SINK = 0.3  # what the baseline goes down with each point that a row of large print is lower

SHEETS = {"letter": LETTER, "a4": A4, "tabloid": TABLOID, "a3": A3}


@dataclass(frozen=True)
class Style:
    """The page and the look that blocks are built for."""

    look: Look
    palette: Palette
    side: str
    figures: Path | None = None  # the folder of the drawings
    footer_lines: int = FOOTER_LINES
    opening: Opening = "open"
    tight: bool = False  # a page from which nothing may move, and that is full: smaller pictures
    shrunk: float = 0.0  # so many points are taken off the height of its pictures
    air: float = 0.0  # so many points more for each sign
    given: frozenset[Given] = frozenset()  # what of page 1 has given way: see `pages.first`
    pages: Mapping[str, int] = field(default_factory=dict)  # the numbers of pages that are named

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
        return self.sized(BADGE)

    @property
    def tick(self) -> float:
        """The size of a box to tick, in points."""
        return 20.0 if self.look.large else 14.0

    @property
    def row(self) -> float:
        """The height of a line to write on: 9.2 mm, 12 in large print."""
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
        width, height = SHEETS[self.look.paper]
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
        return self.page_size[1] - MARGIN_TOP - self.footer_top - BODY_GAP
