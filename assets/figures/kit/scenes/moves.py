"""The moves of step 5: where each starts and where it ends, in two frames seen from one place; and
in one picture each, with the start dashed."""

import numpy as np
from body import turn_x
from camera import Stage
from marks import arc, arrow, face
from person import OUT, Grip, Person, ray
from picture import FULL, Look, picture, scene
from props import box, floor, lathe, tube
from svg import curve_data, stroked

from scenes.staging import (
    ADULT,
    body_ghost,
    chair_at,
    chair_under,
    leg_ghost,
    lying,
    mat_under,
    skin_line,
    stool_sitter,
)

ON_LEG = Grip(most=(35, 35, 25), gap=0.5, flat=True)
LYING = Look(4.4, 3.0, 1.2, nails=False, hand=5.2)  # printed 134 pt wide
SEATED = Look(6.4, 4.4, 1.2, nails=False, tolerance=0.9, digits=0, hand=7)  # 84 pt
BIG, SMALL = (14, 42), (11, 34)  # arrows of a seated move


# -- heel slide ------------------------------------------------------------------------------------


def _heel(bent, low=None):
    """On the back, the left knee straight or bent, the heel on the mat; how high the mat is."""
    knee, foot = (62, 20) if bent else (6, 4)
    person, mat = lying(knee, foot, 108, **ADULT)
    if low is not None:
        person.points = person.points + [0, low - mat, 0]
    return person, mat if low is None else low


def _heel_stage(person, mat, size=(178, 67)):
    stage = Stage(person).add_person(person, hair=True)
    mat_under(stage, mat)
    stage.add(lathe([(0, 3.2), (9, 3.0), (12, 1.6), (12.4, 0), (0, 0)],
                    person.head_middle() * [1, 0, 1] + [0, mat + 0.2, 0]), "cloth")
    return stage.look(74, 11, [0, mat + 18.5, 0], size, 12).shoot(shadow=True)


def _heel_path(stage, person, mat, way):
    feet = person.points[np.isin(person.body.part, range(40, 46))]
    heel = feet[np.argmin(feet[:, 1] + feet[:, 2] * 0.3)]
    return stage.units([[27, mat - 0.2, heel[2] + far] for far in way])


@scene
def heelslide_start():
    """On the back, the leg straight."""
    person, mat = _heel(bent=False)
    stage = _heel_stage(person, mat)
    return picture(stage, ("Heel slide: start", "On the back, one knee bent, one leg straight."),
                   face(stage, person), look=LYING)


@scene
def heelslide_end():
    """The heel has come towards the buttock."""
    mat = _heel(bent=False)[1]
    person, _ = _heel(True, mat)
    stage = _heel_stage(person, mat)
    return picture(stage, ("Heel slide: end", "The heel is at the buttock, the knee bent."),
                   face(stage, person) + arrow(_heel_path(stage, person, mat, (30, 1)), (11, 33)),
                   look=LYING)


@scene
def heelslide():
    """Both in one: from the straight leg (dashed) the heel slides towards the buttock."""
    start, mat = _heel(bent=False)
    person, _ = _heel(True, mat)
    stage = _heel_stage(person, mat, (176, 72))
    return picture(stage, ("Heel slide", "Lying: the heel slides toward the buttock and back."),
                   face(stage, person) + leg_ghost(stage, start, look=FULL)
                   + arrow(_heel_path(stage, person, mat, (17, -19)), both=True), look=FULL)


# -- thigh squeeze ---------------------------------------------------------------------------------


def _squeeze(foot):
    person, mat = lying(14, foot, 120, **ADULT)
    return person, mat


def _squeeze_stage(person, mat, view):
    """The stage, and the end of the towel roll under the knee."""
    knee, leg = person.knee(), person.bare_leg()
    stage = Stage(person).add_person(person)
    roll = max(2.5, (ray(leg, knee, [0, -1, 0])[0][1] - mat) / 2)
    mat_under(stage, mat)
    stage.add(tube([[knee[0] - 12, mat + roll, knee[2] - 0.5],
                    [knee[0] + 14, mat + roll, knee[2] - 0.5]], roll, 36), "towel")
    at, size = view
    stage.look(70, 12, np.array([0, mat, 0]) + at, size, 18).shoot(shadow=True)
    turns = np.linspace(0.6, 5.2 * np.pi, 60)
    radius = roll * 0.86 * turns / turns[-1]
    spiral = [knee[0] + 14.2, mat + roll, knee[2] - 0.5] + np.c_[
        0 * turns, radius * np.sin(turns), radius * np.cos(turns)]
    return stage, stroked(curve_data(stage.units(spiral), 0.5), 2.4)


def _pressing(stage, person, size):
    """The press above the knee, the tight thigh, and the toes on their way up."""
    top = ray(person.bare_leg(), person.knee() - person.thigh() * 4, [0, 1, 0])[0]
    toe = stage.units(person.joint("toe1-2.L", True))[0]
    return (skin_line(stage, person, [(3.6, 21), (4.2, 16), (4.2, 11), (3.0, 7)])
            + arrow(stage.units([top + [0, 17, 0], top + [0, 3.0, 0]]), size)
            + arrow(arc(toe + [70, 50], 112, -176, -128), (8, 25)))


SQUEEZE_VIEW = [0, 22.5, 17], (158, 61.5)


@scene
def quadset_start():
    """On the back, a rolled towel under the knee, the leg loose, toes forward."""
    person, mat = _squeeze(24)
    stage, over = _squeeze_stage(person, mat, SQUEEZE_VIEW)
    return picture(stage, ("Thigh squeeze: start", "A rolled towel under the knee; the leg rests."),
                   over, look=LYING)


@scene
def quadset_end():
    """The knee presses the towel down, the thigh is tight, the toes are up."""
    person, mat = _squeeze(-14)
    stage, over = _squeeze_stage(person, mat, SQUEEZE_VIEW)
    return picture(stage, ("Thigh squeeze: end", "The knee presses the towel down; toes up."),
                   over + _pressing(stage, person, (11, 33)), look=LYING)


@scene
def quadset():
    """Both in one: toes from forward (dashed) to up."""
    person, mat = _squeeze(-12)
    stage, over = _squeeze_stage(person, mat, ([0, 23.5, 28], (112, 72)))
    over += _pressing(stage, person, (9.5, 29))
    person.pose["foot.L"] = turn_x(22)
    over += leg_ghost(stage, person.settle(), parts=range(40, 46), look=FULL)
    person.pose["foot.L"] = turn_x(-12)
    person.settle()
    return picture(stage, ("Thigh squeeze", "Leg straight, towel roll under the knee, toes up."),
                   over, look=Look(3.8, 2.6, 0.9, nails=False))


# -- back of the thigh -----------------------------------------------------------------------------


def _stretcher(lean):
    """Sits at the front of the chair, left leg out, leaning or not."""
    tipped = lean > 0
    person = Person(hem=-14, **ADULT).bend(
        root=lean, spine=(6, 4, 2) if tipped else (2, 0, 0), neck01=-8, head=-8 if tipped else 4)
    person.leg("R", 89 + lean, 90, 14).settle()
    stool_sitter(person, "L", (36.0 + lean, 86.0 + lean), -20)
    thigh = person.thigh("R")
    outwards = [-0.64, 0.06, 0.77]  # as the right thigh points
    hands = (("R", 7 if tipped else 10, -0.35, outwards, [-1, -0.3, -0.8], "R"),
             ("L", 9.5, 0.45, thigh * 0.45 + [-0.9, 0, 0.1], [1, 0, 0], "R") if tipped else
             ("L", 22, 0.2, person.thigh("L"), [1, -0.2, -0.6], "L"))
    for side, above, out, along, elbow, on in hands:
        person.lay(side, person.knee(on) - person.thigh(on) * above, [out, 1, 0], along, ON_LEG,
                   elbow=elbow, on=on)
    return person.settle()


def _stretch_stage(person, at, size):
    stage = Stage(person).add_person(person, hair=True)
    low = person.lowest("R")
    chair_under(stage, person, low, ahead=-11, deep=40)
    stage.add(floor(low - 0.2, 84, 20), "floor", casts=False)
    return stage.look(62, 9, np.array([0, low, 0]) + at, size, 14).shoot(shadow=True)


def _tipping(stage, person, size, toe_size):
    """The trunk comes forward, the toes come up."""
    middle, toe = (stage.units(at)[0] for at in (person.head_middle(),
                                                 person.joint("toe1-2.L", True)))
    scale = stage.units([0, 0, 0])[0] - stage.units([0, 10, 0])[0]
    ten = abs(scale[1])  # units of 10 cm
    return (arrow(arc(middle + [2.9 * ten, 4.8 * ten], 5 * ten, -52, -92), size)
            + arrow(arc(toe + [1.4 * ten, 1.4 * ten], 2.7 * ten, -172, -128), toe_size))


STRETCH_VIEW = [0, 62, 20], (122, 142)


@scene
def step5_start():
    """At the front of the chair, upright, one leg out."""
    person = _stretcher(-2)
    stage = _stretch_stage(person, *STRETCH_VIEW)
    return picture(stage, ("Back-of-thigh stretch: start", "Sitting upright, one leg out."),
                   face(stage, person, size=5, width=4), look=SEATED)


@scene
def step5_end():
    """Tipped from the hips, the back straight, the toes up."""
    person = _stretcher(24)
    stage = _stretch_stage(person, *STRETCH_VIEW)
    return picture(stage, ("Back-of-thigh stretch: end", "Tipped from the hips, toes up."),
                   face(stage, person, size=5, width=4) + _tipping(stage, person, BIG, SMALL),
                   look=SEATED)


@scene
def step5():
    """Both in one: from upright (dashed) tip forward, one leg out."""
    person = _stretcher(24)
    stage = _stretch_stage(person, [0, 67, 22], (138, 140))
    return picture(stage, ("Seated back-of-thigh stretch", "One leg forward, tip from the hips."),
                   face(stage, person) + body_ghost(stage, _stretcher(-2), FULL, above=24)
                   + _tipping(stage, person, (9.5, 29), (8, 25)), look=FULL)


# -- sit to stand ----------------------------------------------------------------------------------


def _riser(how):
    """On the chair, the feet under the knees; leaning forward, or upright, or standing."""
    person = Person(hem=-24, **ADULT)
    if how == "stand":
        person.leg("L", 4, 4, 0).leg("R", 4, 4, 0).bend(spine=(2, 0, 0)).settle()
        for side in "LR":
            out = OUT[side]
            person.hand(side, person.joint(f"upperarm01.{side}") + [out * 6, -41, 4], [0, -1, 0.1],
                        [-out, 0, 0.1], "wrist", [out * 0.5, -0.2, -1])
            person.fist(side, (25, 30, 15))
        return person.settle()
    lean = 32 if how == "lean" else 0
    person.bend(root=lean, spine=(2, 0, 0), neck01=-lean / 2, head=-lean / 3)
    person.sit(88 + lean, 96, 4, 8).settle()
    for side in "LR":
        thigh = person.thigh(side)
        person.lay(side, person.knee(side) - thigh * (10 if lean else 18), [OUT[side] * 0.25, 1, 0],
                   thigh + [-OUT[side] * 0.15, 0, 0], Grip(most=(35, 35, 25), gap=0.8, flat=True),
                   elbow=[OUT[side] * 0.8, -0.2, -1], on=side)
    return person.settle()


def _riser_stage(person):
    """Chair and floor where they are for the one who sits, and a table in reach."""
    sitter = _riser("sit")
    low, foot = person.lowest("L"), person.joint("foot.L")
    stage = Stage(person, leg="").add_person(person, hair=True, shoes=True)
    chair_at(stage, sitter.joint("upperleg01.L") + foot - sitter.joint("foot.L"), low - 1)
    table = foot[2] + 58
    stage.add(box([0, low + 74, table + 15], [70, 3, 40]), "bench", crease=True)
    stage.add(box([32, low + 36, table - 2], [4, 73, 4]), "bench", crease=True)
    stage.add(floor(low - 1.2, 110, foot[2] - 4), "floor", casts=False)
    return stage.look(64, 8, [0, low + 81, foot[2] - 2], (126, 172.9), 14).shoot()


@scene
def sitstand_start():
    """On the chair, feet under the knees, leaning forward."""
    person = _riser("lean")
    stage = _riser_stage(person)
    return picture(stage, ("Stand up: start", "Sitting, feet flat, leaning forward."),
                   face(stage, person, size=5, width=4), look=SEATED)


@scene
def sitstand_end():
    """Standing in front of the chair."""
    person = _riser("stand")
    stage = _riser_stage(person)
    hip = stage.units(person.joint("upperleg01.L"))[0]
    return picture(stage, ("Stand up: end", "Standing in front of the chair, a table in reach."),
                   face(stage, person, size=5, width=4)
                   + arrow([hip + [92, 20], hip + [92, -190]], BIG), look=SEATED)
