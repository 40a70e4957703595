"""The skin of the people in the pictures, as colours to replace.

A picture is kept once, its person light and its therapist in the second tone. Lines stand out from
every fill they touch by 2.8 : 1: a darker skin is therefore drawn with darker lines.
"""

from collections.abc import Collection
from dataclasses import astuple, dataclass

Recolour = tuple[tuple[str, str], ...]

LINE = "#24384A"
DARK_LINE = "#14202B"  # around a dark skin


@dataclass(frozen=True)
class Tone:
    """A skin: base and shade; nails; what stands for skin around a knee's anatomy; hair."""

    base: str
    shade: str
    nail: str
    nail_edge: str
    around: str
    around_edge: str
    hair: str
    hair_shade: str


DRAWN = Tone("#F0C9A6", "#DFA983", "#F9E3D2", "#B97F5B", "#FAEBDD", "#C9966F",
             "#5A4636", "#46362A")  # a person in the SVGs
DRAWN_THERAPIST = ("#C4926C", "#AD7C57")
TONES = {
    "light": Tone("#F3CFB1", "#E0AC89", "#FBE8DA", "#B97F5B", "#FAEBDD", "#C9966F",
                  "#B4ACA3", "#9A9188"),
    "medium": Tone("#D3A077", "#BA8760", "#EBC9AB", "#8F5F3D", "#F0DBC6", "#A9764F",
                   "#5A4636", "#46362A"),
    "dark": Tone("#AE7650", "#A26C49", "#D9AE8F", "#5B3620", "#DDBDA3", "#7C4F31",
                 "#3A2F2A", "#2B2320"),
}
OTHER = {"light": "medium", "medium": "dark", "dark": "light"}  # the therapist of a person

# Who is in which picture when skins are mixed: each page shows several, a picture always the same.
MIXED = {
    "step1": "medium", "swing": "medium", "step2": "medium", "step3a": "dark", "step3b": "dark",
    "step3c": "dark", "step4": "light", "flat-hand": "light", "zones": "medium",
    "heelslide": "dark", "quadset": "light", "step5": "medium",
    "self-massage": "dark", "table": "light", "massager": "medium", "heat": "medium",
    "knee-friction": "light", "trigger-point": "dark", "deep-tissue": "medium",
    "friction": "light", "walk": "dark", "cycle": "light", "swim": "medium", "sitstand": "light",
    "anatomy": "light", "anatomy-osteoarthritis": "medium", "anatomy-ligament": "light",
    "anatomy-meniscus": "dark", "anatomy-fracture": "medium", "anatomy-tendon": "dark",
    "anatomy-bursa": "light", "anatomy-lining": "medium", "anatomy-crystals": "light",
    "anatomy-germs": "medium",
}


def skins(name: str, skin: str, used: Collection[str]) -> Recolour:
    """What to replace in the picture of this name, which has the colours used, for a skin."""
    person = MIXED.get(name, "light") if skin == "mixed" else skin
    tone, therapist = TONES[person], TONES[OTHER[person]]
    swap = dict(zip(astuple(DRAWN), astuple(tone), strict=True))
    swap.update(zip(DRAWN_THERAPIST, (therapist.base, therapist.shade), strict=True))
    dark = person == "dark" or (therapist is TONES["dark"] and DRAWN_THERAPIST[0] in used)
    if dark:
        swap[LINE] = DARK_LINE
    return tuple((old, new) for old, new in swap.items() if old in used and old != new)
