"""The colours of the pictures: a skin for each person, or black and greys for a black-only printer.

A picture is kept once, its person light and its therapist in the second tone; both are replaced
when it is shown. Rules that the tests keep: lines stand out from every fill they touch by 2.8 : 1,
and such fills stay lighter than grey 118, so that a 1-bit photocopy keeps the lines. A darker skin
is therefore drawn with darker lines.
"""

from collections.abc import Collection
from dataclasses import astuple, dataclass

from handouts.drawings.svg import PANEL

Recolour = tuple[tuple[str, str], ...]

LINE, ARROW, WHITE = "#24384A", "#B3261E", "#FFFFFF"
DARK_LINE = "#14202B"  # around a dark skin


@dataclass(frozen=True)
class Tone:
    """A skin: base and shade; the same person's arms, a sixth lighter, since hands lie on the leg;
    nails; what stands for skin around a drawing of the inside; hair."""

    base: str
    shade: str
    arm: str
    arm_shade: str
    nail: str
    nail_edge: str
    around: str
    around_edge: str
    hair: str
    hair_shade: str


DRAWN = Tone("#E8BE99", "#D39B73", "#FBE4D0", "#F0CFB2", "#FFF5EC", "#B97F5B", "#FAEBDD",
             "#C9966F", "#5A4636", "#46362A")  # a person in the SVGs
DRAWN_THERAPIST = ("#C4926C", "#AD7C57")
TONES = {
    "light": Tone("#E6BC98", "#D29B74", "#FAE3CF", "#EFCDB0", "#FFF5EC", "#B97F5B", "#FAEBDD",
                  "#C9966F", "#B4ACA3", "#9A9188"),
    "medium": Tone("#C08A62", "#A9764F", "#D9AC85", "#C7976E", "#F0D9C2", "#8F5F3D", "#F0DBC6",
                   "#A9764F", "#5A4636", "#46362A"),
    "dark": Tone("#AE7650", "#A26C49", "#C8956E", "#B9845E", "#E3C2A6", "#5B3620", "#DDBDA3",
                 "#7C4F31", "#3A2F2A", "#2B2320"),
}
# The therapist of a person: hands much darker, or much lighter, than the leg that they are on.
OTHER = {"light": "dark", "medium": "light", "dark": "light"}
USUAL = "medium"  # where skins are mixed and no handout says which

# What black-only printing makes of colours that are not simply made lighter.
MONO = {
    PANEL: WHITE, DRAWN.base: "#CFCFCF", DRAWN.shade: "#BBBBBB", DRAWN.arm: WHITE,
    DRAWN.arm_shade: "#E2E2E2", DRAWN_THERAPIST[0]: WHITE, DRAWN_THERAPIST[1]: "#E2E2E2",
    DRAWN.nail: WHITE, DRAWN.nail_edge: "#404040",
    DRAWN.around: WHITE, DRAWN.around_edge: "#404040", "#A94C42": "#A8A8A8",  # muscle
    "#C8553D": "#B8B8B8", "#A7402B": "#A0A0A0",  # stripes
}
DARKEST = 112  # a colour darker than this is a line, or hair: black
PALEST = 0.4  # how much of a fill's darkness is left


def recolour(used: Collection[str], skin: str, *, mono: bool = False) -> Recolour:
    """What to replace the colours used by a picture with (hex → hex): its person's skin, or greys.
    """
    return _greys(used) if mono else _skins(used, USUAL if skin == "mixed" else skin)


def _skins(used: Collection[str], person: str) -> Recolour:
    tone, other = TONES[person], TONES[OTHER[person]]
    therapist = (other.base, other.shade) if person == "light" else (other.arm, other.arm_shade)
    swap = dict(zip(astuple(DRAWN), astuple(tone), strict=True))
    swap.update(zip(DRAWN_THERAPIST, therapist, strict=True))
    dark = person == "dark" or (OTHER[person] == "dark" and DRAWN_THERAPIST[0] in used)
    if dark:
        swap[LINE] = DARK_LINE
    return tuple((old, new) for old, new in swap.items() if old in used and old != new)


def _greys(used: Collection[str]) -> Recolour:
    return tuple((colour, MONO.get(colour) or _grey(colour))
                 for colour in sorted(used) if colour != WHITE)


def _grey(colour: str) -> str:
    """Black for a line; for a fill a grey that is much lighter than the colour."""
    level = luma(colour)
    shown = 0 if level < DARKEST else round(255 - (255 - level) * PALEST)
    return f"#{shown:02X}{shown:02X}{shown:02X}"


def luma(colour: str) -> float:
    """How light a colour is on a grey copy, 0 to 255."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return 0.299 * red + 0.587 * green + 0.114 * blue
