"""What lies on a picture: arrows, the crossed kneecap, hatched zones, dots, clock, warmth.

Red marks say where and what; a cross, a hatch or a dash says it again, for black-and-white paper.
"""

import numpy as np
from palette import ARROW, CORE, LINE, WHITE
from picture import mask_data
from scipy import ndimage
from svg import Path, curve_data, disc, haloed, number, polygon_data, stroked
from tracing import spline
from zones import kneecap_place, zone

SHAFT, HEAD = 9.5, 29.0
SMALL = (7.5, 22.0)
HALO = 9
CORED = 0.45  # how much of a red line is black within, so that a grey copy keeps it


def arc(middle, radius, start, end, tilt=0, count=60):
    """Points on an ellipse from one angle to another, clockwise from the right, in degrees."""
    t = np.radians(np.linspace(start, end, count))
    rx, ry = radius if isinstance(radius, tuple) else (radius, radius)
    a = np.radians(tilt)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return np.c_[rx * np.cos(t), ry * np.sin(t)] @ turn + np.asarray(middle)


def _even(points, step=4):
    points = np.asarray(points, float)
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    at = np.linspace(0, along[-1], max(20, int(along[-1] / step)))
    return np.c_[np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])], at


def _head(tip, towards, size):
    angle = np.arctan2(*(tip - towards)[::-1])
    c, s = np.cos(angle), np.sin(angle)
    shape = np.array([[0, 0], [-size, -size * 0.52], [-size * 0.78, 0], [-size, size * 0.52]])
    return polygon_data(shape @ np.array([[c, s], [-s, c]]) + tip)


def arrow(points, size=(SHAFT, HEAD), *, both=False, colour=ARROW):
    """An arrow along points, with a white halo; both-ended for to and fro."""
    points, at = _even(points)
    cut = int(np.searchsorted(at, size[1] * 0.7))
    shaft = curve_data(points[cut if both else 0:len(points) - cut], 0.5)
    heads = _head(points[-1], points[-1 - cut], size[1])
    if both:
        heads += _head(points[0], points[cut], size[1])
    return (stroked(shaft, size[0] + HALO, WHITE) + stroked(heads, HALO, WHITE, WHITE)
            + stroked(shaft, size[0], colour) + stroked(heads, 2, colour, colour)
            + stroked(shaft, size[0] * CORED, CORE))


def dotted(points, size=SMALL):
    """A light return: dots that end in a small arrow head."""
    points, at = _even(points)
    cut = int(np.searchsorted(at, size[1] * 0.9))
    gap = size[0] * 2.1
    marks = "".join(disc(points[int(np.searchsorted(at, far))], size[0] * 0.62, ARROW, WHITE, 3)
                    for far in np.arange(0, at[-1 - cut], gap))
    head = _head(points[-1], points[-1 - cut], size[1])
    return stroked(head, HALO, WHITE, WHITE) + marks + stroked(head, 2, ARROW, ARROW)


def turning(middle, radius, start=200, end=520, size=(8, 23)):
    """A circle arrow."""
    return arrow(arc(middle, radius, start, end, count=90), size)


def cross(at, radius=21):
    """Keep off: the page's own sign, a red octagon with a white cross."""
    a = radius * 0.4
    x, y = at
    turns = np.radians(np.arange(22.5, 360, 45))
    edge = polygon_data(np.c_[np.cos(turns), np.sin(turns)] * radius + np.asarray(at))
    data = "".join(polygon_data([[x - a, y - s * a], [x + a, y + s * a]], closed=False)
                   for s in (1, -1))
    return stroked(edge, max(4, radius * 0.26), WHITE, ARROW) + stroked(
        data, max(4, radius * 0.27), WHITE)


def dashed_ring(middle, radius, tilt=0, width=3.2):
    """A dashed ellipse; dashes are arcs of their own, with round ends everywhere."""
    step = 360 / 14
    data = "".join(curve_data(arc(middle, radius, at * step, (at + 0.6) * step, tilt, 8), 0.3)
                   for at in range(14))
    return haloed(data, width)


def no_kneecap(stage, *, side="L", low=0.4, radius=21):
    """The kneecap, ringed and crossed."""
    middle, half, tilt = kneecap_place(stage, side=side, low=low)
    return dashed_ring(middle, (half[0] * 1.1, half[1] * 1.1), tilt) + cross(middle, radius)


def hatched(mask, stage, gap=15, width=4.2):
    """A zone of slanted lines in an outline."""
    mask = ndimage.binary_opening(ndimage.gaussian_filter(mask.astype(float), 3) > 0.5,
                                  iterations=2)
    if mask.sum() < 150:
        return ""
    along, across = np.array([1, -1]) / np.sqrt(2), np.array([1, 1]) / np.sqrt(2)
    y, x = np.nonzero(mask)
    where = np.c_[x, y]
    far, out = where @ across, where @ along
    step = gap / stage.unit
    steps = np.arange(out.min() - 2, out.max() + 2)
    path = Path()
    for offset in np.arange((far.min() + far.max()) / 2 % step + far.min() - step, far.max(), step):
        points = steps[:, None] * along + offset * across
        column, row = np.round(points).astype(int).T
        inside = (column >= 0) & (row >= 0) & (column < stage.width) & (row < stage.height)
        on = np.zeros(len(points), bool)
        on[inside] = mask[row[inside], column[inside]]
        change = np.diff(np.r_[0, on.astype(int), 0])
        for start, end in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1) - 1,
                              strict=True):
            if (end - start) * stage.unit >= 7:
                path.move(points[start] * stage.unit).lines([points[end] * stage.unit])
    outline = mask_data(mask, stage, 3, 60, 0.6)
    return (stroked(outline, width + 5, WHITE, WHITE)
            + stroked(path.text, width, ARROW).replace("round", "butt", 1)
            + stroked(outline, width, ARROW))


def no_bump(stage, *, side="L"):
    """The bump on the outer side below the knee, hatched."""
    return hatched(zone(stage, "fibula", side=side), stage, 10, 3.6)


def dot(at, radius=7):
    """A place to work on."""
    return disc(at, radius, ARROW, WHITE, 4)


def heat(x, y, height=60, count=3, gap=26):
    """Rising warmth: wavy lines."""
    t, data = np.linspace(0, 1, 30), ""
    for at in range(count):
        tall = height * (1 if at == count // 2 else 0.8)
        data += curve_data(np.c_[x + (at - (count - 1) / 2) * gap + 6.5 * np.sin(t * 2.5 * np.pi),
                                 y - t * tall], 0.4)
    return haloed(data, 7, ARROW, 8)


def buzz(middle, towards, radii=((56, 26), (74, 24))):
    """Shaking: short arcs at both sides of a thing."""
    data = "".join(curve_data(arc(middle, radius, at - spread, at + spread), 0.4)
                   for radius, spread in radii for at in towards)
    return haloed(data, 5, ARROW, 6)


def drop(x, y, size):
    """A drop of oil."""
    s = size
    data = (f"M{number(x)} {number(y - 1.5 * s)}"
            f"c{_n(.3 * s, .8 * s, s, 1.3 * s, s, 1.85 * s)}"
            f"c{_n(0, .6 * s, -.45 * s, s, -s, s)}c{_n(-.55 * s, 0, -s, -.4 * s, -s, -s)}"
            f"c{_n(0, -.55 * s, .7 * s, -1.05 * s, s, -1.85 * s)}Z")
    return stroked(data, 3.2, LINE, "#F2C14E")


def _n(*values):
    return " ".join(number(value) for value in values)


def face(stage, person, sides="l", size=3.4, width=2.6):
    """Eyes and brows: enough of a face at this size."""
    drawn = ""
    for side in sides:
        eye, *brow = stage.units(person.face_points(side))
        drawn += disc(eye, size, LINE) + stroked(curve_data(spline(brow, 20), 0.3), width)
    return drawn
