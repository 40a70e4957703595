"""The colours of a brand: dark enough to be read on paper, and those left out computed."""

from collections.abc import Iterable
from math import floor
from typing import Annotated

from msgspec import Meta, Struct

WHITE = "#FFFFFF"
_DEFAULT = "#0B5563"
_INK = "#1E2F38"  # body text
_TINT, _OUTLINE = 0.11, 0.60  # shares of the brand colour on white
_MIN_CONTRAST = 7.0  # WCAG 2.2, 1.4.6: text of body size
_MIN_CONTRAST_LARGE = 4.5  # WCAG 2.2, 1.4.6: large text, such as the title on its tint

_Hex = Annotated[str, Meta(pattern="^#[0-9A-Fa-f]{6}$", description='a colour such as "#0B5563"')]


class BrandColours(Struct, frozen=True):
    """The three colours that a brand may change, each as #RRGGBB."""

    brand: _Hex
    tint: _Hex = ""
    outline: _Hex = ""


def complete_colours(given: dict[str, str], problems: list[str]) -> BrandColours:
    """The colours, those left out computed; tells which of them can't be read on paper."""
    chosen = {"brand": _DEFAULT} | {name: colour.upper() for name, colour in given.items()}
    brand, dark = chosen["brand"], dark_enough(chosen["brand"])
    computed = {"tint": _on_white(dark, _TINT), "outline": _on_white(dark, _OUTLINE)}
    colours = BrandColours(**(computed | chosen))
    if brand != dark:
        problems.append(f"colours.brand: {brand} has {ratio(brand, WHITE)} on white, but text "
                        f"needs 7:1; use {dark}, a darker one of the same hue")
    if not _carries_text(colours.tint, dark):
        problems.append(f"colours.tint: {colours.tint} is too dark to carry text (body text has "
                        f"{ratio(_INK, colours.tint)}, the title {ratio(dark, colours.tint)}, "
                        f"but need 7:1 and 4.5:1); leave it out, or use {computed['tint']}")
    return colours


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    return contrast_of(_shares(first), _shares(second))


def dark_enough(colour: str) -> str:
    """The colour itself, or the first darker one of its hue that text may have."""
    shades = (mixed(colour, percent / 100, 0) for percent in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade, WHITE) >= _MIN_CONTRAST
                and _carries_text(_on_white(shade, _TINT), shade))


def _carries_text(tint: str, brand: str) -> bool:
    return contrast(_INK, tint) >= _MIN_CONTRAST and contrast(brand, tint) >= _MIN_CONTRAST_LARGE


def ratio(first: str, second: str) -> str:
    """The contrast of two colours as it is told, such as 6.9:1."""
    return f"{floor(contrast(first, second) * 10) / 10}:1"  # never rounded up to a pass


def _on_white(colour: str, share: float) -> str:
    return mixed(colour, share, 255)


def mixed(colour: str, share: float, ground: int) -> str:
    """A share of a colour on a ground of that grey level, 0 to 255."""
    parts = bytes.fromhex(colour[1:])
    return "#" + bytes(round(ground + share * (part - ground)) for part in parts).hex().upper()


def contrast_of(one: Iterable[float], other: Iterable[float]) -> float:
    """The contrast ratio of two colours in red, green and blue, each 0 to 1 (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(shares: Iterable[float]) -> float:
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shares(colour: str) -> list[float]:
    return [part / 255 for part in bytes.fromhex(colour[1:])]
