"""Signs that lie on pictures, each a drawing of its own, since a mirrored one would say something
else: `picture.signs` tells where."""

import numpy as np
from palette import ARROW, LINE, WHITE
from picture import SCENES, Drawing
from svg import disc, document, haloed, polygon_data, stroked


def _sign(name, title, size, body):
    SCENES[f"signs/{name}"] = lambda: Drawing(document(size, title, title, [body()], size))


def _timer(x=53, y=59, radius=41):
    """A timer, its hand on no minute of the dial: the words beside it say how long."""
    ticks = "".join(polygon_data(
        [[x + r * radius * np.sin(q), y - r * radius * np.cos(q)] for r in (0.82, 0.64)],
        closed=False) for q in np.radians([0, 90, 180, 270]))
    crown = f"M{x - 11} {y - radius - 13}h22v9h-22z"
    knob = f"M{x + 31} {y - 38}l6-6"
    return (disc((x, y), radius + 5, WHITE) + haloed(knob, 8, LINE, 5)
            + stroked(crown, 4.2, LINE, WHITE) + disc((x, y), radius, WHITE, LINE, 4.2)
            + stroked(ticks, 3) + stroked(f"M{x} {y}l14.5-19.5", 4.2) + disc((x, y), 4, LINE))


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


_sign("clock", "A timer", 106, _timer)
_sign("no-cream", "No pain cream", 170, _no_cream)
