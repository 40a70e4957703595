"""Poses and stagings that several pictures share."""

import numpy as np
from body import Mesh, normals, turn_x, turn_y, unit
from camera import Stage
from marks import no_bump, no_kneecap
from person import LEG, OUT, Grip, Person
from picture import CLOSE, ghost
from props import box, chair, lathe
from scipy.spatial import cKDTree
from svg import curve_data, haloed, stroked
from tracing import smooth_line, spline

SIDE_GRIP = Grip(start=(-20, 0, 0), most=(35, 35, 30), gap=0.6, flat=True)
STROKE_GRIP = Grip(start=(-12, 0, 0), most=(35, 35, 30), splay={2: -5, 3: 0, 4: 3, 5: 7},
                   thumb=((0, 0, 0), 22))


def seated(hip=84, knee=66, lean=(16, 8, 4), root=0, **shape):
    """A person on a seat, leaning forward."""
    person = Person(**{"hem": -11, **shape})
    if root:
        person.bend(root=root)
    return person.bend(spine=lean).sit(hip + root, knee, 4).settle()


ADULT = {"female": 0.6, "old": 0.6, "weight": 0.25}  # the one person of all full figures


def close_up(person, *things, **worn):
    """A stage with a person on the chair; things are (mesh, material)."""
    stage = Stage(person)
    stage.add_person(person, **worn)
    chair_under(stage, person)
    for mesh, material in things:
        stage.add(mesh, material)
    return stage


def chair_under(stage, person, low=None, *, ahead=7, deep=42):
    """The chair of all pictures, with a back, the person well back on it; its foot on the floor."""
    ground = person.lowest("L") if low is None else low
    chair_at(stage, person.joint("upperleg01.L"), ground, ahead=ahead, deep=deep)


def chair_at(stage, hip, ground, *, ahead=7, deep=42):
    """The chair of one whose hip joint is there."""
    for part in chair(hip[1] - 10.5, hip[2] + ahead, ground, (46, deep)):
        stage.add(part, "seat", crease=True)


def cloth_on(stage, person, middle, half):
    """A thin square of cloth on the front of the thigh."""
    body = person.body
    aside = person.points - middle
    along = aside @ person.thigh()
    across = np.linalg.norm(aside - along[:, None] * person.thigh(), axis=1)
    cut = np.where(np.isin(body.part, (46, 47)),
                   np.minimum(half - np.abs(along), half * 1.15 - across), -5)
    shell = person.smooth(4)
    stage.add((shell + normals(shell, body.triangles) * 0.4, body.triangles), "cloth", cut=cut)


def zones_out(stage):
    """The kneecap and the outer bump marked: keep off."""
    return no_kneecap(stage) + no_bump(stage)


def rest_on_thigh(person, side="R", above=17):
    """Lays a hand on its own thigh, out of the way."""
    person.lay(side, person.knee(side) - person.thigh(side) * above, [-0.1, 1, 0],
               [0.15 * -OUT[side], -0.2, 1], SIDE_GRIP, elbow=[OUT[side], -0.2, -0.6], on=side)


def stool_sitter(person, side, hip, foot, knee=7):
    """Stretches a leg forward until the heel is on the floor of the other foot."""
    floor = person.lowest("R" if side == "L" else "L")
    low, high = hip
    for _ in range(14):
        middle = (low + high) / 2
        person.leg(side, middle, knee, 0, foot).settle()
        low, high = (middle, high) if person.lowest(side) < floor else (low, middle)


def lying(knee, foot=0, other=100, **shape):
    """A person on the back, heels down, arms beside; also how high the mat is."""
    person = Person(**{"hem": -13, **shape})
    person.bend(root=-90, neck01=6, head=4).settle()
    mat = person.points[person.body.part == 1, 1].min()
    for side, bend, ankle in (("R", other, min(50, other * 0.5) - 2), ("L", knee, foot)):
        low, high = -10.0, 95.0
        for _ in range(16):
            middle = (low + high) / 2
            person.leg(side, middle, bend, -3, ankle).settle()
            low, high = (middle, high) if person.lowest(side) < mat else (low, middle)
    for side in "LR":
        hip, out = person.joint(f"upperleg01.{side}"), OUT[side]
        person.hand(side, [hip[0] + out * 12, mat + 1.6, hip[2] + 4], [out * 0.12, -0.02, 1],
                    [0, -1, 0], elbow=[out, 0.3, -0.2])
        person.fist(side, (8, 10, 6), (0, 0, 0))
    return person.settle(), mat


def mat_under(stage, mat, x=0, size=(74, 196)):
    """A mat, or the top of a treatment table."""
    stage.add(box([x, mat - 3.2, -2], [size[0], 6, size[1]]), "bench", crease=True)


def therapist(at, lean=30, spine=(6, 3, 0), *, facing=90, **shape):
    """A therapist in scrubs beside the table, the pelvis at a place; faces, in degrees, from the
    patient's feet (0) to the patient's left (90), head (180) or right (-90)."""
    person = Person(**{"skin": "skin2", "hem": -72, "female": 0.3, "old": 0.3, **shape})
    person.pose["root"] = turn_y(facing) * turn_x(lean)
    person.settle()
    person.pose["move"] = np.asarray(at) - person.joint("root")
    return person.bend(spine=spine).settle()


def along_skin(direction, normal):
    """A direction without its part along the normal."""
    direction = np.asarray(direction, float)
    return direction - normal * (direction @ normal)


def leg_ghost(stage, person, side="L", parts=None, look=CLOSE):
    """The dashed outline of a leg in its start position."""
    start = Stage(person)
    limb = np.isin(person.body.part, parts or LEG[side])
    triangles = person.body.triangles
    start.add(Mesh(person.points, triangles[limb[triangles].all(1)]), person.skin)
    return _ghost(stage, start, look)


def body_ghost(stage, person, look=CLOSE, above=0):
    """The dashed outline of trunk and head in their start position."""
    start = Stage(person)
    body = person.body
    upper = (body.part == 1) & (body.rest[:, 1] > above)
    start.add(Mesh(person.points, body.triangles[upper[body.triangles].all(1)]), person.skin)
    return _ghost(stage, start, look)


def _ghost(stage, start, look):
    start.forward, start.right, start.up, start.at, start.size, start.detail = (
        stage.forward, stage.right, stage.up, stage.at, stage.size, stage.detail)
    start.width, start.height, start.unit = stage.width, stage.height, stage.unit
    return ghost(stage, start.shoot(), look)


def skin_line(stage, person, points, front=True, *, mesh=0, width=2.8, dashes=0):
    """A modelling line through points (to the side, up) from the knee joint, laid on the skin; or
    so many dashes."""
    body = person.body
    joint, rest = body.head["lowerleg01.L"], body.rest
    facing = (rest[:, 2] > joint[2] - 0.5) == front
    which = np.flatnonzero(np.isin(body.part, LEG["L"][6:]) & facing)
    tree = cKDTree((rest[which] - joint)[:, :2])
    path = spline(points, 26)
    path[:, 0] -= 0.095 * path[:, 1]
    far, near = tree.query(path, k=4)
    weight = 1 / (far + 0.05)
    weight /= weight.sum(1, keepdims=True)
    laid = np.einsum("nk,nkd->nd", weight, stage.meshes[mesh]["points"][which[near]])
    line = smooth_line(stage.units(laid), 2.5)
    parts = [part[:len(part) * 2 // 3 + 1] for part in np.array_split(line, dashes or 1)]
    data = "".join(curve_data(part, 0.5) for part in (parts if dashes else [line]))
    return haloed(data, width) if dashes else stroked(data, width)


def joint_line(stage, person):
    """Where thigh bone and shin bone meet, at both sides of the kneecap: dashes on the skin."""
    return "".join(skin_line(stage, person, [(aside, -1.6), ((aside + 3 * side) / 2, -1.9),
                                             (side * 3.0, -2.2)], width=3.4, dashes=dashes)
                   for side, aside, dashes in ((-1, -4.3, 2), (1, 5.0, 3)))


def thing(profile, middle, axis):
    """A turned thing, its axis from its foot to its tip."""
    return lathe(profile, middle, unit(axis))


def near_skin(person, point):
    """The point of the bare left leg that is nearest, and its normal."""
    leg = person.bare_leg()
    used = np.unique(leg.triangles)
    at = np.argmin(np.linalg.norm(leg.points[used] - point, axis=1))
    return leg.points[used][at], normals(leg.points, leg.triangles)[used][at]

