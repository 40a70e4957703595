"""Pictograms of the warnings: a box of 48 units, one red sign each; printed 7 to 20 mm wide.

A leg is seen from the side and faces left.
"""

import numpy as np
from marks import arc
from palette import ARROW, LINE, WHITE
from picture import SCENES, Drawing
from svg import curve_data, disc, document, filled, polygon_data, stroked

SKIN, PALE = "#FAEBDD", "#CFDDE3"
THIN, THICK = 2.4, 3
LEG = ("M17 2C16 9 15 14 14 19C13 22 13 25 14 28C16 33 17 36 17 39L10 42C8 43 8 45 9 46H26"
       "C27 44 26 41 26 39C28 34 29 30 28 26C27 23 27 21 28 18C30 13 31 8 31 2")


def warning(name, title, *parts):
    """Registers a pictogram."""
    SCENES[f"warnings/{name}"] = lambda: Drawing(document(48, title, title, ["".join(parts)], 48))


def _shape(data, fill=SKIN):
    return stroked(data, THIN, LINE, fill)


def _red(data, width=THICK, fill="none"):
    return stroked(data, width, ARROW, fill)


def _limb(*places, wide=9):
    """An arm or a leg along places, in an outline."""
    data = polygon_data(places, closed=False)
    return stroked(data, wide + 2 * THIN) + stroked(data, wide, SKIN)


def _burst(x, y, radius, points=8):
    turns = np.radians(np.arange(points * 2) * 180 / points)
    far = np.where(np.arange(points * 2) % 2, radius * 0.45, radius)
    return filled(polygon_data(np.c_[x + far * np.sin(turns), y - far * np.cos(turns)]), ARROW)


def _clock(x, y, radius=8):
    return disc((x, y), radius, WHITE, LINE, THIN) + stroked(f"M{x} {y - 4.5}v4.5l3 2.500", 2.2)


def _octagon(x, y, radius=9):
    turns = np.radians(np.arange(22.5, 360, 45))
    a = radius * 0.42
    return (stroked(polygon_data(np.c_[x + radius * np.cos(turns), y + radius * np.sin(turns)]), 2,
                    WHITE, ARROW)
            + stroked(f"M{x - a} {y - a}l{2 * a} {2 * a}M{x + a} {y - a}l{-2 * a} {2 * a}", 3,
                      WHITE))


warning("hot", "A hot, swollen knee", _shape(LEG),
        _red("M14.500 14C5 16 5 29 15 31C17 26 17 19 14.500 14Z", 2, ARROW),
        _red("M37 9c-4 4 4 6 0 10s4 6 0 10M44 9c-4 4 4 6 0 10s4 6 0 10"))
warning("fever", "Fever",
        _shape("M17 8a5 5 0 0 1 10 0V27a9.500 9.500 0 1 1-10 0Z", WHITE),
        disc((22, 35), 5.6, ARROW), _red("M22 34V13", 4), stroked("M33 9h7M33 16h5M33 23h7", THIN))
warning("stand", "Cannot stand on it", disc((19, 7), 5, LINE),
        stroked("M18 15L15 29M15 29L9 45M15 29L24 34L22 45M17 18L29 25", 4.4),
        stroked("M29 24V45M26 24h6", 2.6), _octagon(38, 11))
warning("locks", "The knee stops half way", _limb((4, 11), (27, 11), (20, 38)),
        stroked("M20 43H10", 5.4), _red(curve_data(arc((27, 11), 26, 74, 50, count=30))),
        _red("M39 26l7 8", 4.4))
warning("gives-way", "The knee gives way", _limb((23, 9), (14, 25), (25, 41)),
        stroked("M24 43H13", 5.4), _red("M37 12v14M31 21l6 6 6-6", 3.4))
warning("calf", "One calf sore or swollen",
        _shape("M17 2C16 9 15 14 14 19C13 22 13 25 14 28C16 33 17 36 17 39L10 42C8 43 8 45 9 46H26"
               "C27 44 26 42 27 39C35 34 35 24 28 18C30 13 31 8 31 2"),
        _red("M27 20C35 25 34 33 27 37C29 31 29 25 27 20Z", 2, ARROW),
        _red("M37 19l6-5M39 28h7M37 36l6 5"))
warning("calf-sudden", "The calf hurts all at once", _shape(LEG),
        filled("M46 4L31 19h7l-10 12h5l-9 11 20-16h-6l9-11h-6Z", ARROW))
warning("injury", "A new injury", _shape(LEG), _burst(13, 23, 12), _clock(39, 11))
warning("breathe", "Hard to breathe, or chest pain", _shape("M6 46V34C6 25 12 22 19 21H29"
        "C36 22 42 25 42 34V46"), disc((24, 10), 7.500, SKIN, LINE, THIN),
        stroked("M22 12.500a2 2 0 0 0 4 0", 2.2), _burst(22, 31, 8.500),
        _limb((40, 44), (30, 38), wide=5),
        disc((28, 36), 4, SKIN, LINE, THIN), _red("M10 25l-5-4M38 25l5-4", 2.6))
warning("cough", "Coughs up blood",
        _shape("M12 46V37C4 31 4 18 12 12C20 5 33 8 34 19L38 26H34V30L31 31L33 33C33 36 31 37 27 37"
               "V46"), disc((28, 20), 1.6, LINE), _red("M37 32h3", 2.4),
        *(filled(f"M{x} {y}c2 3 3 4 3 6a3 3 0 0 1-6 0c0-2 1-3 3-6Z", ARROW)
          for x, y in ((43, 28), (40, 38))))
warning("coldleg", "A cold, pale, or blue leg", _shape(LEG, PALE),
        stroked("M38 9v18M31 13.500l14 9M45 13.500l-14 9", 2.6))
warning("shape", "Badly out of shape",
        _shape("M13 2L14 22H27L29 2"), _shape("M20 27L33 24L38 41L45 44C47 45 46 46 45 46H31Z"),
        _red("M6 21l6 4M4 30h8M32 12l-4 5", THICK))
warning("ill", "Feels very ill or confused", disc((13, 29), 7, SKIN, LINE, THIN),
        _shape("M3 45V38C12 40 20 39 24 33C32 30 42 32 45 38V45Z", WHITE),
        stroked("M10 29h2M15 29h2", 2.2),
        _red(curve_data([[30 + far * np.cos(at), 13 + far * 0.8 * np.sin(at)] for at, far in zip(
            np.linspace(0, 12, 60), np.linspace(1, 10, 60), strict=True)], 0.2), 2.6))
warning("first", "The first time",
        stroked("M6 10h36v32H6ZM6 19h36M15 5v8M33 5v8", THIN, LINE, WHITE),
        _red("M20 27l5-3v14M20 38h10", 3.6))
warning("worse", "Getting worse", stroked("M6 5V43H44", 2.6),
        _red("M11 37L20 29L27 32L40 12M30 12l10-.500 1 10", 3.6))
warning("blood", "A blood thinner",
        _shape("M18 3C26 14 31 20 31 28A13 13 0 0 1 5 28C5 20 10 14 18 3Z", ARROW),
        stroked("M32 42l9-9", 11), stroked("M32 42l9-9", 6.4, WHITE))
warning("numb", "Numb skin", _shape(LEG),
        *(disc(at, 1.7, ARROW) for at in ((19, 30), (24, 28), (21, 35), (25, 33), (20, 41),
                                          (24, 39), (15, 43))),
        stroked("M46 14L33 27M33 27l1-6M33 27l6-1", 2.6))
warning("skin", "Broken skin", _shape(LEG), _red("M12 17l16 12", 8),
        stroked("M17 21l6 4.500", 4, WHITE))
warning("bone", "Weak bones",
        _shape("M9 14a5 5 0 1 1 7-5L38 31a5 5 0 1 1-5 8 5 5 0 1 1-8-5L9 17Z", WHITE),
        _red("M29 15l-6 6 6 2-6 6", 3.2))
warning("surgery", "Surgery on the leg", _shape(LEG),
        _red("M18 12C17 18 17 26 19 34M14 17h8M14 24h8M15 31h8", 2.6))
warning("pregnant", "Pregnant, or a new baby", disc((19, 8), 6, SKIN, LINE, THIN),
        _shape("M12 46V25C12 19 14 17 19 17C25 17 27 20 27 25C37 27 38 41 28 43V46"),
        filled("M31 31c-2-3-6-1-5 2 1 2 3 3 5 5 2-2 4-3 5-5 1-3-3-5-5-2Z", ARROW))
warning("emergency", "To the hospital now",
        f'<rect x="1" y="1" width="46" height="46" rx="9" ry="9" fill="{ARROW}"/>',
        stroked("M9 41V19H21V10H39V41Z", 2.6, WHITE),
        stroked("M31 14v9M26.500 18.500h9", 3.4, WHITE),
        stroked("M28 40V32H34V40Z", 2.4, WHITE, WHITE),
        stroked("M6 34h12M13 29l6 5-6 5", 3.2, WHITE))



def _knee():
    """A knee from the front, without its ends."""
    return stroked("M23 2C22 10 19 15 18 22C17 30 19 36 20 46H35C35 38 37 31 36 23C35 15 37 9 37 2",
                   THIN, LINE, SKIN)


warning("bone-out", "A bone sticks out", _shape(LEG), _red("M27 30L11 19", 9),
        stroked("M27 30L11 19", 4.6, WHITE), disc((9.500, 18), 3.4, WHITE, ARROW, 2.4))
warning("clot", "A blood clot", stroked("M4 15H44M4 33H44", THIN),
        filled("M4 16.200H44V31.800H4Z", SKIN),
        filled("M17 18c4-3 11-2 14 1 4 3 4 8 0 11-4 3-12 3-15 0-4-3-3-9 1-12Z", ARROW),
        stroked("M3 24h7M7 20.500l3.500 3.500-3.500 3.500", 2.4))
warning("flow", "Poor blood flow",
        _shape("M4 9H44V16C34 16 31 20 31 24S34 32 44 32V39H4V32C14 32 17 28 17 24S14 16 4 16Z",
               WHITE),
        _red("M6 24h9M33 24h8M38 20.500l3.500 3.500-3.500 3.500", 2.8))
warning("lump", "A hot or growing lump", _shape(LEG), disc((12.500, 27), 6, ARROW),
        _red("M9 16l-3-5M5 22l-3-3M34 12c-3 3 3 5 0 8M40 12c-3 3 3 5 0 8", 2.6))
warning("fluid", "Fluid in the knee", _shape(LEG),
        _shape("M14.500 14C6 16 6 30 15 31.500C17 26 17 19 14.500 14Z", PALE),
        filled("M38 14c4 6 7 9 7 13a7 7 0 0 1-14 0c0-4 3-7 7-13Z", ARROW))
warning("swells", "It swells fast", _shape(LEG),
        _red("M14.500 14C5 16 5 29 15 31C17 26 17 19 14.500 14Z", 2, ARROW), _clock(39, 12),
        _red("M6 22H2M7 14l-4-4M7 30l-4 4", 2.6))
warning("swells-injury", "It swelled fast after an injury", _shape(LEG),
        _red("M14.500 14C5 16 5 29 15 31C17 26 17 19 14.500 14Z", 2, ARROW), _clock(39, 11),
        _burst(38, 34, 10))
warning("age", "55 or older",
        stroked("M20 11H7V21C13 18 21 20 21 28C21 36 11 39 5 34M42 11H29V21C35 18 43 20 43 28"
                "C43 36 33 39 27 34", 4.4, ARROW))
warning("sore-bone", "Sore on the bone", _knee(), disc((27, 21), 6.500, SKIN, LINE, THIN),
        disc((27, 21), 3, ARROW), disc((36, 31), 3, ARROW, WHITE, 1.6),
        stroked("M46 13L33 19M33 19l5-4M33 19l6 1", 2.4),
        stroked("M47 38l-7-5M40 33l5.500.500M40 33l1.500 5", 2.4))
warning("snap", "A snap or pop", _limb((6, 8), (18, 20), wide=7), _limb((42, 40), (30, 28), wide=7),
        _red("M24 14l3-9M33 19l9-4M15 29l-9 4M22 34l-3 9", 3))
warning("right-angle", "Cannot bend it", _limb((4, 10), (26, 10), (39, 35)),
        stroked("M41 40l-9 4", 5.4), stroked("M14 16v22", 2.4),
        _red("M33 34C27 33 22 30 20 26", 3), _octagon(12, 33, 8))
warning("straight", "Will not go straight", _limb((6, 16), (26, 10), (36, 32)),
        stroked("M38 37l-8 4", 5.4), _red("M41 26C43 22 44 18 44 13", 3), _octagon(41, 9, 7))
warning("foot-drop", "The foot drops", _limb((14, 3), (17, 24), wide=10),
        _limb((18, 28), (24, 42), wide=8), _red("M37 13v16M31 24l6 6 6-6", 3.4))
warning("redness", "Redness spreads", _shape(LEG),
        _red("M17 14C12 19 14 29 19 33C25 35 28 29 26 23C25 16 21 12 17 14Z", 2, ARROW),
        _red("M33 12l6-6M39 11V6h-5M34 34l6 6M40 35v5h-5M9 22H2M6 18l-4 4 4 4", 2.6))
warning("new-redness", "New redness", _shape(LEG),
        _red("M17 14C12 19 14 29 19 33C25 35 28 29 26 23C25 16 21 12 17 14Z", 2, ARROW),
        _red("M39 6v14M32 13h14", 3.6))
warning("wound", "A wound leaks or opens", _shape(LEG),
        _red("M22 9C17 15 17 22 21 28C26 22 26 14 22 9Z", 2, ARROW),
        stroked("M14 14l5 2M14 22l5-1M25 15l5-2M25 21l5 1", 2.2),
        filled("M37 24c2.500 4 5 6 5 9a5 5 0 0 1-10 0c0-3 2.500-5 5-9Z", ARROW))
warning("lift", "Cannot lift a straight leg", disc((6, 33), 4.500, LINE), stroked("M5 44H45", 2.6),
        stroked("M11 39H27L44 39", 5), stroked("M27 39L42 21", 2.4, LINE).replace(
            'fill="none"', 'fill="none" stroke-dasharray="4 4"'), _octagon(27, 13, 9))
warning("joint", "A new knee joint", _shape(LEG),
        stroked("M14 15C14 22 27 22 29 14L29 9H14Z", 2.2, ARROW, WHITE),
        stroked("M15 27H28V31H24V39H19V31H15Z", 2.2, ARROW, WHITE))
warning("one-joint", "One joint much worse", stroked("M13 4V44M35 4V44", 9),
        stroked("M13 4V44M35 4V44", 4.600, SKIN), disc((13, 24), 5.500, SKIN, LINE, THIN),
        disc((35, 24), 9, ARROW, LINE, THIN))
warning("shot", "A shot in the knee", stroked("M9 39L17 31", 2.6),
        stroked("M14 28L28 14L36 22L22 36Z", 2.6, LINE, WHITE),
        stroked("M32 18L40 10M36 6l8 8", 2.8),
        filled("M16.500 28.500L22 23L29 30L22 34.500Z", ARROW))
warning("veins", "Lumpy veins", _shape(LEG),
        _red("M22 6C17 10 27 13 21 18C16 22 27 25 22 30C18 34 24 37 22 42", 3))
warning("night", "Pain at night", stroked("M20 5A16 16 0 1 0 38 30A14 14 0 0 1 20 5Z", 2.6, LINE,
                                          PALE), _burst(36, 13, 9))
warning("speech", "Cannot say stop", stroked("M4 6H44V32H22L13 42V32H4Z", 2.6, LINE, WHITE),
        _octagon(24, 19, 10))
warning("growth", "Cancer near the knee", _shape(LEG),
        *(disc(at, radius, ARROW, WHITE, 1.8) for at, radius in (
            ((22, 19), 5), ((18, 26), 4), ((25, 27), 4))),
        stroked("M46 12L33 20M33 20l5-4.500M33 20l6 .500", 2.4))
