"""The style sheet of a page: page.css and the colours of a brand, on white and on a dark screen."""

from functools import cache, lru_cache
from pathlib import Path

from handouts.brandcolours import BrandColours, mixed

_DARK = 20  # the grey level of a dark screen that a brand's colour is mixed into


@lru_cache(maxsize=8)  # a brand for each that a process prints for
def style(colours: BrandColours) -> str:
    """The style sheet; a light screen and paper show the brand's colours as they are."""
    light = _variables(colours.brand, colours.tint, colours.outline)
    dark = _variables(mixed(colours.brand, .3, 255), mixed(colours.brand, .35, _DARK),
                      mixed(colours.brand, .6, 255))
    return (f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark)"
            f"{{:root{{{dark}}}}}\n{_sheet()}")


def _variables(brand: str, tint: str, outline: str) -> str:
    return f"--brand:{brand};--brand-tint:{tint};--brand-outline:{outline}"


@cache
def _sheet() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
