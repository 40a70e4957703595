"""The five steps of the routine."""

import numpy as np
from body import normals, unit
from camera import Stage
from marks import (
    arrow,
    dotted,
    drop,
    heat,
    turning,
)
from palette import ARROW, CREAM, LINE, SPOT
from person import OUT, SPLAY, Grip, Person, ray
from picture import FULL, Look, inset, kneecap_place, picture, scene, signs
from props import box, chair, floor, lathe, towel
from tracing import spline

from scenes.staging import (
    STROKE_GRIP,
    close_up,
    leg_ghost,
    near_skin,
    rest_on_thigh,
    seated,
    zones_out,
)

BOTTLE = [(0, -8.5), (1.9, -8.5), (2.3, -8.1), *((2.4, y) for y in np.linspace(-7.5, 3.5, 23)),
          (2.25, 4.6), (1.8, 5.6), (1.2, 6.2), (1.2, 6.8)]
NOZZLE = [(1.5, 6.8), (1.6, 7), (1.5, 9), (0.7, 9.6), (0.5, 11), (0, 11)]
LABEL = [(2.44, -6.6), (2.44, -3.4)]


@scene
def step1():
    """The towel on the knee, a thin cloth under it, ten minutes."""
    person = seated(86, 82, (12, 6, 3), hem=-18)
    person.leg("R", 86, 76, 5).settle()
    grip = Grip((-32, 0, 0), (35, 35, 30), gap=1.1, flat=True)
    person.lay("R", person.knee("R") + [0, -3, -24], [-0.12, 1, 0], [0.3, -0.1, 1], grip,
               elbow=[-1, -0.2, -0.7], on="R")
    spot, normal = person.on_thigh(5, [0.25, 1, 0])
    for finger in (2, 3, 4, 5):
        person.finger("L", finger, (8, 10, 8))
    person.hand("L", spot + normal * 4.2, [-0.55, 0.5, 0.6], [-0.25, -0.75, 0.3], "wrist",
                [1, 0.1, -0.7])
    knee = person.settle().knee()
    mesh, along = towel(person.legs(), knee + [0.3, 10, -4.0], [1, 0, -0.03], [0.03, -0.1, 1])
    stage = close_up(person)
    _thin_cloth(stage, person)
    stage.add(mesh, "towel")
    bands = np.max([0.035 - np.abs(along - 0.88), 0.02 - np.abs(along - 0.79),
                    0.035 - np.abs(along - 0.12), 0.02 - np.abs(along - 0.21)], axis=0)
    stage.add((mesh.points + normals(*mesh) * 0.06, mesh.triangles), "stripe", cut=bands)
    stage.look(44, 14, knee + [-6, 0.5, -10], (62, 48.5), 32).shoot(shadow=True)
    middle = kneecap_place(stage, low=1.2)[0]
    signs("step1", stage, clock=(74, 74, 106))
    return picture(stage, ("Warm up the knee", "Warm towel on a thin cloth over the knee."),
                   heat(middle[0] - 10, middle[1] + 130, 62))


def _thin_cloth(stage, person):
    """A thin cloth over the front of the knee: it shows round the towel's edge."""
    body = person.body
    joint = body.head["lowerleg01.L"]
    _, y, z = (body.rest - joint).T
    leg = np.isin(body.part, (46, 47))
    front = z + 1.2
    cut = np.where(leg, np.minimum(np.minimum(y + 15, 15 - y), front), -5)
    shell = person.smooth(4)
    stage.add((shell + normals(shell, body.triangles) * 0.3, body.triangles), "cloth", cut=cut)


@scene
def swing():
    """Instead of warmth: the foot slides forward and back."""
    person = _sitter()
    stage = _on_chair(person)
    knee = person.knee()
    stage.look(76, 8, knee + [0, -17, -4], (92, 84), 21).shoot()
    ghost = leg_ghost(stage, _sitter(16), parts=(46, *range(40, 46)), look=FULL)
    heel = person.joint("foot.L") * [1, 0, 1] + [6, person.lowest("L") - 2, 0]
    return picture(stage, ("Slow knee swing", "The foot slides forward and back on the floor."),
                   ghost + arrow(stage.units([heel + [0, 0, 30], heel + [0, 0, 2]]), both=True),
                   look=FULL)


def _sitter(slide=0):
    """Sits back in the chair, hands on the thighs."""
    person = seated(88, 90, (2, 0, 0), hem=-16)
    for side in "LR":
        person.lay(side, person.knee(side) - person.thigh(side) * 9, [OUT[side] * 0.2, 1, 0],
                   [-OUT[side] * 0.1, -0.1, 1], Grip((-20, 0, 0), (35, 35, 30), gap=0.6, flat=True),
                   elbow=[OUT[side], -0.3, -0.8], on=side)
    if slide:
        person.leg_to("L", person.joint("foot.L") + [0, 0.6, slide])
    return person.settle()


def _on_chair(person):
    stage = Stage(person).add_person(person)
    low = person.lowest("R")
    for part in chair(person.joint("upperleg01.L")[1] - 10.5, 3, low):
        stage.add(part, "seat", crease=True)
    stage.add(floor(low - 0.4, 84, 18), "floor", casts=False)
    return stage


@scene
def step2():
    """A coin of lotion into the palm; no pain cream."""
    person = seated(84, 66, (10, 5, 3), 2, hem=-10)
    knee = person.knee()
    middle, down = knee + [-2.0, 25, -8], unit([0.12, -0.95, 0.25])
    bottle, nozzle, label = (lathe(part, middle, down) for part in (BOTTLE, NOZZLE, LABEL))
    palm = np.array([0.70, 0, -0.70])
    palm = unit(palm - down * (palm @ down))
    person.finger("R", 1, (0, 0, 0))
    person.hand("R", middle - palm * 2.75, person.point_along("R", palm, -down), palm,
                elbow=[-1, -0.6, -0.4])
    person.grasp("R", bottle)
    tip = middle + down * 11
    for finger, flex in ((2, (14, 16, 10)), (3, (16, 18, 10)), (4, (20, 20, 12)),
                         (5, (24, 22, 12))):
        person.finger("L", finger, flex)
    person.finger("L", 1, (5, 10, 10), 10)
    person.hand("L", tip + [-0.6, -5.2, 0.6], [-0.72, 0.05, 0.66], [-0.38, 0.9, 0.15],
                elbow=[1, -0.5, -0.5])
    person.settle()
    stage = close_up(person, (bottle, "bottle"), (nozzle, "device"), (label, "oil"))
    stage.look(16, 27, knee + [-1, 15, -9], (52, 46), 36).shoot()
    hand = stage.is_body & (stage.part >= 10) & (stage.part < 16)
    far = np.linalg.norm((stage.room - tip + [0.5, 0, 0]) * [0.8, 0, 0.55], axis=-1)
    coin = hand & (far < 1.5)
    at = stage.units(tip)[0]
    low = np.nonzero(coin)[0].mean() * stage.unit
    signs("step2", stage, no_cream=(92, 92, 170))
    return picture(stage, ("Lotion in the palm", "A coin of plain lotion; no pain cream."),
                   drop(at[0] + 1, (at[1] + low) / 2 - 2, 9)
                   + _rubbing((486, 416), 104),
                   look=Look(tolerance=1.2, least=70, nails=False, digits=0),
                   decals=[(hand & (far < 1.72), LINE), (coin, CREAM)])


def _rubbing(at, radius):
    """Then: one palm rubs the other, to and fro."""
    person = seated(84, 66, (10, 5, 3), 2)
    middle = person.knee() + [-9, 22, -2]
    for side, ahead in (("L", 0), ("R", 5)):
        person.hand(side, middle + [OUT[side] * 0.7, 0, ahead], [0, 0.2, 1],
                    [-OUT[side], 0, 0], elbow=[OUT[side], -0.4, -0.5])
        person.fist(side, (2, 4, 3), (0, 0, 0))
    person.settle()
    stage = Stage(person)
    arms = np.where((person.body.part >= 10) & (person.body.part < 30), 1.0, -1)
    stage.add((person.points, person.body.triangles), person.skin, cut=arms, person=person)
    stage.look(62, 22, middle + [0, 1, 1], (29, 29), 34).shoot()
    return inset(stage, at, radius, arrow([[44, 48], [132, 32]], (9, 26), both=True),
                 look=Look(4, 2.6, 0.5, nails=False, unshaded=("skin",), tolerance=1,
                          least=60, digits=0))


@scene
def step3a():
    """Both palms above the kneecap: long strokes up the thigh, a light way back."""
    person = seated(84, 66, (14, 6, 2), 10).bend(neck01=-15)
    start = person.knee() - person.thigh() * 11
    person.lay("L", start, [1, 0.68, 0], [0.06, -0.36, 0.85], STROKE_GRIP, elbow=[1, 0, -0.3],
               on="L")
    person.lay("R", start, [-1, 0.5, 0], [0, -0.45, 0.8], STROKE_GRIP, elbow=[-1, 0.2, -0.1],
               on="L")
    stage = close_up(person)
    stage.look(12, 46, person.knee() + [0, 2, -12], (50, 46), 38).shoot()
    up = stage.units([person.on_thigh(above, [0, 1, 0])[0] for above in (5, 13, 26)])
    back = spline(up) + [46, 0]
    return picture(stage, ("Stroke up the thigh", "Long strokes up, a light way back."),
                   zones_out(stage) + arrow(spline(up)) + dotted(back[8:64][::-1]))


@scene
def step3b():
    """Fingertips beside the kneecap: four places, small circles."""
    person = seated(84, 66, (18, 8, 4), 10).bend(neck01=-15)
    grip = Grip((-34, 4, 4), (40, 40, 25), {2: -3, 3: 0, 4: 2, 5: 5}, ((0, 5, 5), 24), 0.8,
                whole=True, flat=True)
    start = person.knee() - person.thigh() * 9.4
    person.lay("L", start, [1, 0.74, 0], [0.05, -0.40, 0.88], grip, elbow=[1, 0.1, -0.3], on="L")
    person.lay("R", start, [-1, 0.72, 0], [0.08, -0.44, 0.85], grip, elbow=[-1, 0.2, -0.1],
               on="L")
    stage = close_up(person)
    stage.look(3, 38, person.knee() + [0, 1.5, -5], (42, 38), 46).shoot()
    middle, half, _ = kneecap_place(stage)
    over = zones_out(stage)
    for x in (-1, 1):
        for y, aside in ((-0.74, 15), (0.3, 20)):
            at = middle + [x * (min(half) * 1.1 + aside), y * max(half)]
            over += turning(at, 20, -240 if x > 0 else 60, 60 if x > 0 else -240, (6.5, 18))
    return picture(stage, ("Small circles beside the kneecap", "Fingertips circle; kneecap free."),
                   over)


@scene
def step3c():
    """Palms on the calf, strokes up, a hand's width below the fold they stop."""
    person = Person(hem=-9).bend(root=8, spine=(16, 8, 4), neck01=-10)
    person.leg("L", 132, 100, 3).leg("R", 100, 10, 12).settle()
    grip = Grip((-20, 0, 0), (45, 45, 30), {2: -3, 3: 0, 4: 2, 5: 4}, ((-8, 0, 0), 4), 0.6,
                flat=True)
    shank = person.shank()
    start = person.knee() + shank * 19
    person.lay("L", start, [1, 0.1, -0.1], [-0.1, -0.45, -0.85], grip, elbow=[1, 0.3, -0.2],
               on="L")
    person.lay("R", start, [-1, 0.1, -0.1], [0.1, -0.45, -0.85], grip, elbow=[-1, 0.4, -0.1],
               on="L")
    low = person.points[np.isin(person.body.part, [1, 57]), 1].min()
    stage = Stage(person).add_person(person)
    stage.add(box([0, low - 4, 20], [90, 8, 150]), "seat", crease=True)
    stage.look(58, 16, person.knee() + shank * 14 + [0, 3, -7], (62, 54), 34).shoot()
    leg = person.bare_leg()
    up = stage.units([ray(leg, person.knee() + shank * far, [0.9, -0.2, -0.5])[0]
                      for far in (34, 27, 18)])
    return picture(stage, ("Stroke up the calf", "Palms on the calf; stop below the knee."),
                   arrow(spline(up) + [36, 14]))


@scene
def step4():
    """The thumb on the thigh muscle, straight in."""
    person, spot, normal = thumb_on_thigh()
    stage = close_up(person)
    stage.look(50, 30, person.knee() + [-0.5, 2.5, -10], (47, 41), 42).shoot()
    at = stage.units(spot)[0]
    return picture(stage, ("Press a tight spot in the thigh muscle", "Thumb on the thigh muscle."),
                   zones_out(stage) + arrow([at + [72, -96], at + [14, -19]]),
                   decals=target(stage, spot, normal))


def thumb_on_thigh(**shape):
    """The left thumb presses the thigh a hand's width above the kneecap; where, and the normal."""
    person = seated(84, 66, (14, 7, 4), 6, **shape)
    rest_on_thigh(person)
    knee, thigh = person.knee(), person.thigh()
    spot, normal = person.on_thigh(10.5, [0.55, 1, 0])
    person.lay("L", knee - thigh * 15.5, [1, -0.05, 0], [-0.12, -0.72, 0.62],
               Grip((-12, 0, 0), (40, 40, 30), SPLAY, ((0, 0, 0), 10), 0.7),
               elbow=[1, -0.1, -0.8], on="L")
    person.reach_tip("L", 1, spot + normal * 0.35, np.array([0, 5, 25, 10, 0.0]),
                     [(-40, 45), (-10, 30), (0, 35), (-40, 50), (-40, 40)], [-0.75, -0.25, 0.35])
    return person, *near_skin(person, person.joint("finger1-3.L", True))


def target(stage, spot, normal, rings=((1.8, 0.19), (3.1, 0.16))):
    """A sore spot on the skin: a patch in two rings, as decals; round, seen along the skin."""
    leg = stage.is_body & np.isin(stage.part, (46, 47))
    one = unit(np.cross(normal, [0, 0, 1]))
    flat = np.array([one, np.cross(normal, one)]) @ np.array([stage.right, stage.up]).T
    x, y = stage.pixels(spot)[0, :2]
    row, column = np.mgrid[0:stage.height, 0:stage.width]
    away = np.stack([column - x, y - row], -1) / stage.detail
    far = np.linalg.norm(away @ np.linalg.inv(flat), axis=-1)
    return [(leg & (far < rings[0][0] - 0.1), SPOT),
            *((leg & (np.abs(far - radius) < half), ARROW) for radius, half in rings)]


@scene
def flat_hand():
    """Without thumb pressure: the flat hand strokes over the muscle."""
    person = seated(84, 66, (14, 7, 4), 6)
    person.lay("L", person.knee() - person.thigh() * 15, [0.35, 1, 0], [-0.95, -0.12, 0.25],
               Grip((-14, 0, 0), (35, 35, 30), SPLAY, ((0, 0, 0), 10), 0.4, flat=True),
               elbow=[1, 0.1, -0.8], on="L")
    stage = close_up(person)
    stage.look(50, 30, person.knee() + [-0.5, 2.5, -10], (47, 41), 42).shoot()
    path = stage.units([person.on_thigh(above, [1, 0.15, 0])[0] for above in (8.5, 14, 20.5)])
    return picture(stage, ("Flat hand on the thigh muscle", "Slow strokes with the flat hand."),
                   zones_out(stage) + arrow(spline(path)))

