"""Signs that lie on pictures, each a drawing of its own, since a mirrored one would say something
else: `picture.signs` tells where."""

import numpy as np
from marks import arc
from palette import ARROW, LINE, WHITE
from picture import SCENES
from svg import disc, document, filled, haloed, polygon_data, stroked


def _sign(name, title, size, body):
    SCENES[f"signs/{name}"] = lambda: document(size, title, title, [body()], size)


def _clock(middle=53, radius=46, minutes=10):
    """A clock face with the minutes filled."""
    a = np.radians(minutes * 6)
    wedge = arc((middle, middle), radius * 0.78, -90, -90 + minutes * 6, count=14)
    ticks = "".join(polygon_data(
        [[middle + r * radius * np.sin(q), middle - r * radius * np.cos(q)] for r in (0.8, 0.64)],
        closed=False) for q in np.radians([90, 180, 270]))
    hands = polygon_data(
        [[middle, middle - radius * 0.7], [middle, middle],
         [middle + radius * 0.62 * np.sin(a), middle - radius * 0.62 * np.cos(a)]], closed=False)
    return (disc((middle, middle), radius + 5, WHITE)
            + disc((middle, middle), radius, WHITE, LINE, 4.2)
            + filled(polygon_data([[middle, middle], *wedge]), "#E8A598")
            + stroked(ticks, 3) + stroked(hands, 4.2))


def _no_cream(x=85, y=85, radius=76):
    """A tube of cream, crossed out."""
    a = radius * 0.707
    tube = (f"M{x - 30} {y - 52}h60l-9 78h-42z", f"M{x - 15} {y + 26}h30v26h-30z",
            f"M{x - 30} {y - 52}h60l-2 16h-56z")
    slash = f"M{x - a:.0f} {y - a:.0f}L{x + a:.0f} {y + a:.0f}"
    return (disc((x, y), radius + 4, WHITE) + stroked(tube[0], 4.2, LINE, "#C9DAE2")
            + stroked(tube[1], 4.2, LINE, "#8494A1") + stroked(tube[2], 4.2, LINE, WHITE)
            + stroked(f"M{x} {y - 22}c-9 12-13 17-13 24a13 12 0 0 0 26 0c0-7-4-12-13-24z", 3.2,
                      LINE, "#D9705A")
            + haloed(slash, 11, ARROW, 7) + disc((x, y), radius, "none", ARROW, 11))


_sign("clock", "10 minutes", 106, _clock)
_sign("no-cream", "No pain cream", 170, _no_cream)
