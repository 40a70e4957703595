"""Places on a leg, found by rest coordinates round its knee joint: kneecap, hollow, outer bump."""

import numpy as np
from palette import SHADES
from person import LEG


def zone(stage, name, size=1.0, *, side="L", low=0.4, mesh=None):
    """The visible pixels of a place on a leg, by rest coordinates round the knee joint."""
    body = stage.person.body
    joint = body.head[f"lowerleg01.{side}"]
    out = 1 if side == "L" else -1
    limb = LEG[side][6:]
    here = (stage.is_body if mesh is None else stage.mesh == mesh) & np.isin(stage.part, limb)
    x, y, z = ((stage.rest - joint) * [out, 1, 1]).transpose(2, 0, 1)
    if name == "kneecap":
        oval = ((x + 0.3) / (2.6 * size)) ** 2 + ((y - low) / (3 * size)) ** 2
        return here & (oval < 1) & (z > 1)
    if name == "hollow":
        return here & (np.abs(x / (3.4 * size)) ** 1.3
                       + np.abs((y - 0.3) / (5.2 * size)) ** 1.3 < 1) & (z < -1)
    return here & (np.linalg.norm(stage.rest - _fibula_head(body, side), axis=-1) < 2.35 * size)


def _fibula_head(body, side):
    """The skin over the bump on the outer side, 4.6 cm below the joint and slightly to the rear."""
    joint = body.head[f"lowerleg01.{side}"]
    ring = body.rest[np.isin(body.part, LEG[side][6:])
                     & (np.abs(body.rest[:, 1] - joint[1] + 4.6) < 1.2)]
    middle = ring.mean(0)
    outward = np.array([1.0 if side == "L" else -1.0, 0, -0.22])
    outward /= np.linalg.norm(outward)
    away = ring - middle
    return ring[np.argmax(away @ outward
                          - np.linalg.norm(np.cross(away, outward), axis=1) * 0.8)]


def kneecap_place(stage, *, side="L", low=0.4):
    """Middle, half axes and tilt in degrees of the kneecap in the picture, seen or not."""
    body = stage.person.body
    x, y, z = ((body.rest - body.head[f"lowerleg01.{side}"])
               * [1 if side == "L" else -1, 1, 1]).T
    on = (np.isin(body.part, LEG[side][6:]) & (z > 1)
          & (((x + 0.3) / 2.6) ** 2 + ((y - low) / 3) ** 2 < 1))
    places = stage.units(stage.person.points[on])
    middle = places.mean(0)
    size, axes = np.linalg.eigh(np.cov((places - middle).T))
    size = np.sqrt(size) * 2.05
    return middle, (size[1], size[0]), np.degrees(np.arctan2(axes[1, 1], axes[0, 1]))


def kneecap_relief(stage, side="L"):
    """A crescent in the shade colour that models the kneecap."""
    mask = zone(stage, "kneecap", 0.9, side=side, low=1.2)
    if mask.sum() < 300:
        return []
    by = max(4, int(0.1 * np.ptp(np.nonzero(mask)[0])))
    shifted = np.zeros_like(mask)
    shifted[:-by, :-by] = mask[by:, by:]
    return [(mask & ~shifted, SHADES[stage.person.skin][1])]
