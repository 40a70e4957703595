"""The colours of the pictures: a skin for each person, or black and greys for a black-only printer.

Both are put in place of the drawn colours when a picture is placed. Rules that the tests keep:
lines stand out from every fill they touch by 2.8 : 1, and such fills stay lighter than grey 118, so
that a 1-bit photocopy keeps the lines.
"""

from dataclasses import replace
from functools import cache

from handouts.drawings import PANEL
from handouts.pdf.figures import Art, art
from handouts.skins import DRAWN, DRAWN_THERAPIST, Recolour, skins

WHITE = "#FFFFFF"

# What black-only printing makes of colours that are not simply made lighter.
MONO = {
    PANEL: WHITE, DRAWN.base: WHITE, DRAWN.shade: "#E2E2E2", DRAWN_THERAPIST[0]: "#EFEFEF",
    DRAWN_THERAPIST[1]: "#D6D6D6", DRAWN.nail: WHITE, DRAWN.nail_edge: "#404040",
    DRAWN.around: WHITE, DRAWN.around_edge: "#404040", "#A94C42": "#A8A8A8",  # muscle
    "#C8553D": "#B8B8B8", "#A7402B": "#A0A0A0",  # stripes
}
DARKEST = 112  # a colour darker than this is a line, or hair: black
PALEST = 0.4  # how much of a fill's darkness is left


def dressed(name: str, skin: str = "mixed", *, mono: bool = False, white: bool = False) -> Art:
    """The picture of this name in a skin, or in black and greys; with a white panel if asked."""
    recolour = _greys(name) if mono else _skins(name, skin)
    drawn = art(name, recolour + (((PANEL, WHITE),) if white and not mono else ()))
    if not mono or not drawn.signs:
        return drawn
    return replace(drawn, signs=tuple(
        replace(sign, art=art(sign.name, _greys(sign.name))) for sign in drawn.signs))


@cache
def _skins(name: str, skin: str) -> Recolour:
    return skins(name, skin, art(name).colours)


@cache
def _greys(name: str) -> Recolour:
    return tuple((colour, MONO.get(colour) or _grey(colour))
                 for colour in sorted(art(name).colours) if colour != WHITE)


def _grey(colour: str) -> str:
    """Black for a line; for a fill a grey that is much lighter than the colour."""
    level = luma(colour)
    shown = 0 if level < DARKEST else round(255 - (255 - level) * PALEST)
    return f"#{shown:02X}{shown:02X}{shown:02X}"


def luma(colour: str) -> float:
    """How light a colour is on a grey copy, 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return 0.299 * red + 0.587 * green + 0.114 * blue
