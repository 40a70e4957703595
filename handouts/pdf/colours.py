"""The colours of a page: one set for each kind of block, and what a brand may change of them.

Every ink is at least 7:1 on white and on its own tint (WCAG 2.2, 1.4.6); the tints are equally
light on purpose, so that in grey the badge, the word and the frame carry the kind.
"""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor

from handouts.document import Kind

INK = HexColor("#1E2F38")
MUTE = HexColor("#44545C")  # panel labels only
RULE = HexColor("#5A6B74")  # functional lines: dark enough for a 1-bit photocopy
GRID = HexColor("#3F8570")
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
