"""The moves of step 5: where each starts (dashed) and where it ends."""

import numpy as np
from body import turn_x
from camera import Stage
from marks import arc, arrow, face
from person import OUT, Grip, Person, ray
from picture import FULL, Look, picture, scene
from props import chair, floor, lathe, tube
from svg import curve_data, stroked

from scenes.staging import body_ghost, leg_ghost, lying, mat_under, skin_line, stool_sitter

ON_LEG = Grip(most=(35, 35, 25), gap=0.5, flat=True)


@scene
def heelslide():
    """On the back: from the straight leg (dashed) the heel slides towards the buttock."""
    person, mat = lying(56, 20, 108, old=0.5, female=0.3)
    start, start_mat = lying(6, 4, 108, old=0.5, female=0.3)
    start.points = start.points + [0, mat - start_mat, 0]
    stage = Stage(person).add_person(person, hair=True)
    mat_under(stage, mat)
    stage.look(74, 15, [0, mat + 19, 2], (174, 76), 12).shoot(shadow=True)
    feet = person.points[np.isin(person.body.part, range(40, 46))]
    heel = feet[np.argmin(feet[:, 1] + feet[:, 2] * 0.3)]
    path = stage.units([[34, mat - 0.2, heel[2] + 17], [34, mat - 0.2, heel[2] - 19]])
    return picture(stage, ("Heel slide", "Lying: the heel slides toward the buttock and back."),
                   face(stage, person) + leg_ghost(stage, start, look=FULL)
                   + arrow(path, both=True), look=FULL)


@scene
def quadset():
    """The knee presses into a towel roll; toes from forward (dashed) to up."""
    person, mat = lying(14, -12, 120, old=0.5, female=0.6)
    knee = person.knee()
    stage = Stage(person).add_person(person)
    leg = person.bare_leg()
    roll = max(2.5, (ray(leg, knee, [0, -1, 0])[0][1] - mat) / 2)
    mat_under(stage, mat)
    stage.add(tube([[knee[0] - 12, mat + roll, knee[2] - 0.5],
                    [knee[0] + 14, mat + roll, knee[2] - 0.5]], roll, 36), "towel")
    stage.look(70, 16, [0, mat + 23.5, 28], (112, 72), 18).shoot(shadow=True)
    top = ray(leg, knee, [0, 1, 0])[0]
    over = arrow(stage.units([top + [0, 19, 0], top + [0, 3.5, 0]]))
    turns = np.linspace(0.6, 5.2 * np.pi, 60)
    radius = roll * 0.86 * turns / turns[-1]
    spiral = [knee[0] + 14.2, mat + roll, knee[2] - 0.5] + np.c_[
        0 * turns, radius * np.sin(turns), radius * np.cos(turns)]
    over += stroked(curve_data(stage.units(spiral), 0.5), 2.4)
    over += skin_line(stage, person, [(3.6, 21), (4.2, 16), (4.2, 11), (3.0, 7)])
    toe = stage.units(person.joint("toe1-2.L", True))[0]
    person.pose["foot.L"] = turn_x(22)
    over += leg_ghost(stage, person.settle(), parts=range(40, 46), look=FULL)
    over += arrow(arc(toe + [70, 50], 112, -176, -128), (8, 25))
    person.pose["foot.L"] = turn_x(-12)
    person.settle()
    return picture(stage, ("Thigh squeeze", "Leg straight, towel roll under the knee, toes up."),
                   over, look=Look(3.8, 2.6, 0.9, nails=False))


@scene
def step5():
    """At the edge of a chair: from upright (dashed) tip forward, one leg out."""
    person = _stretcher(24)
    stage = Stage(person).add_person(person, hair=True)
    low = person.lowest("R")
    for part in chair(person.joint("upperleg01.R")[1] - 11, -11, low, (44, 40)):
        stage.add(part, "seat", crease=True)
    head = person.head_middle()
    bun = [(0, -4), (2.4, -3.4), (3.7, -1.8), (4.2, 0), (3.7, 1.8), (2.4, 3.4), (0, 4)]
    at = head + person.bones.turn["head"].apply([0, 5.5, -11.5])
    stage.add(lathe(bun, at), "hair")
    stage.add(floor(low - 0.2, 84, 20), "floor", casts=False)
    stage.look(62, 9, [0, person.joint("spine02")[1] - 5, 22], (138, 140), 14).shoot(shadow=True)
    over = face(stage, person) + body_ghost(stage, _stretcher(-2), FULL, above=24)
    middle, toe = stage.units(head)[0], stage.units(person.joint("toe1-2.L", True))[0]
    over += arrow(arc(middle + [125, 205], 215, -52, -98))
    over += arrow(arc(toe + [62, 62], 118, -172, -128), (8, 25))
    return picture(stage, ("Seated back-of-thigh stretch", "One leg forward, tip from the hips."),
                   over, look=FULL)


def _stretcher(lean):
    """Sits at the edge of a chair, left leg out, hands on the right thigh, leaning."""
    person = Person(hem=-14, old=0.55).bend(root=lean, spine=(6, 4, 2) if lean > 0 else (2, 0, 0),
                                            neck01=-8, head=-8)
    person.leg("R", 89 + lean, 90, 14).settle()
    stool_sitter(person, "L", (36.0 + lean, 86.0 + lean), -20)
    if lean > 0:
        thigh = person.thigh("R")
        for side, above, out, along in (
                ("R", 18, -0.35, thigh + [0.35, 0, 0]),
                ("L", 9.5, 0.45, thigh * 0.45 + [-0.9, 0, 0])):
            person.lay(side, person.knee("R") - thigh * above, [out, 1, 0], along, ON_LEG,
                       elbow=[OUT[side], -0.35, -0.5], on="R")
    return person.settle()
