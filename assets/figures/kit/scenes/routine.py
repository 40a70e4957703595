"""The five steps of the routine."""

import numpy as np
from body import normals, unit
from camera import Stage
from marks import arrow, dotted, drop, heat, turning
from palette import ARROW, CREAM, LINE, SPOT
from person import OUT, SPLAY, Grip, Person, ray
from picture import FULL, Look, frames, inset, picture, scene, signs
from props import floor, lathe, pillow, towel
from svg import haloed, polygon_data
from tracing import spline
from zones import kneecap_place

from scenes.staging import (
    ADULT,
    STROKE_GRIP,
    chair_under,
    close_up,
    joint_line,
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
    """A folded towel across the lower thigh and the knee; before, the inner wrist tests it."""
    person = Person(hem=-16, **ADULT).bend(spine=(2, 0, 0)).sit(88, 84, 8).settle()
    for side, above, along, elbow in (("L", 22, [-0.6, -0.1, 0.8], [1, 0, -0.4]),
                                      ("R", 14, [0.1, -0.1, 1], [-1, -0.3, -0.8])):
        person.lay(side, person.knee(side) - person.thigh(side) * above, [OUT[side] * 0.2, 1, 0],
                   along, LAP, elbow=elbow, on=side)
    knee = person.settle().knee()
    stage = Stage(person).add_person(person)
    chair_under(stage, person, ahead=0, deep=36)
    stage.add(floor(person.lowest("L") - 0.4, 84, 18), "floor", casts=False)
    _towel(stage, person.legs("L"), knee + [0, 11, -9], [0, -0.02, 1], [1, 0, 0], (38, 62))
    stage.look(48, 15, knee + [-1, -5, -13], (90, 57.6), 28).shoot(shadow=True)
    middle = kneecap_place(stage, low=1.2)[0]
    signs("step1", stage, clock=(58, 82, 84))
    return picture(stage, ("Warm up the knee", "Warm towel across the thigh and the knee."),
                   heat(middle[0] + 52, middle[1] + 66, 62) + _wrist((508, 118), 78),
                   look=Look(3.8, 2.6, 1.0, nails=False, tolerance=0.9, digits=0, hand=4.6))


LAP = Grip((-20, 0, 0), (35, 35, 30), gap=0.6, flat=True)


def _towel(stage, mesh, middle, across, down, shape):
    """A towel that fell on a mesh, with stripes at its ends."""
    cloth, along = towel(mesh, middle, across, down, shape)
    stage.add(cloth, "towel")
    end = np.minimum(along, 1 - along)
    bands = np.max([0.022 - np.abs(end - 0.08), 0.012 - np.abs(end - 0.13)], axis=0)
    stage.add((cloth.points + normals(*cloth) * 0.06, cloth.triangles), "stripe", cut=bands)


def _wrist(at, radius):
    """The towel on the inner wrist."""
    person = Person(**ADULT).settle()
    person.hand("L", [16.0, 20, 40], [0.1, 0, 1], [0, 1, 0], "wrist", elbow=[1, -0.9, -0.2])
    person.fist("L", (16, 22, 16), (0, 10, 5))
    place = person.settle().joint("wrist.L") * 0.8 + person.joint("lowerarm01.L") * 0.2
    stage = Stage(person)
    arm = np.where(np.isin(person.body.part, range(10, 18)), 1.0, -1)
    stage.add((person.points, person.body.triangles), person.skin, cut=arm, person=person)
    for wide, material in ((10, "towel"), (6.4, "stripe"), (5.2, "towel")):
        stage.add(pillow(place + [0.6, 3.6, 0.4], [15 + (wide < 10) * 0.1, 4.1, wide]), material)
    stage.look(74, 34, place + [0, -1, 3], (34, 34), 26).shoot()
    return inset(stage, at, radius, look=Look(3.8, 2.6, 0.6, nails=False, tolerance=1, least=60,
                                              digits=0))


@scene
def swing():
    """Instead of warmth: the foot slides forward and back."""
    person = _sitter()
    stage = _on_chair(person)
    knee = person.knee()
    stage.look(76, 8, knee + [0, -28.5, -4], (106, 67.8), 19).shoot()
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
    chair_under(stage, person, low)
    stage.add(floor(low - 0.4, 84, 18), "floor", casts=False)
    return stage


@scene
def step2():
    """A coin of oil into the palm; then both palms spread it on the thigh and beside the knee."""
    person = Person(hem=-10, **ADULT).bend(root=2, spine=(10, 5, 3)).sit(86, 66, 4).settle()
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
    person.hand("L", tip + [-0.6, -5.2, 0.6], [-0.4, 0.05, 0.9], [-0.6, 0.75, 0.1],
                elbow=[0.5, -1, -0.5])
    person.settle()
    stage = close_up(person, (bottle, "bottle"), (nozzle, "device"), (label, "oil"))
    stage.look(16, 27, tip + [-1.5, -2, 0], (30, 39.3), 34).shoot()
    hand = stage.is_body & (stage.part >= 10) & (stage.part < 16)
    far = np.linalg.norm((stage.room - tip + [0.5, 0, 0]) * [0.8, 0, 0.55], axis=-1)
    coin = hand & (far < 1.5)

    def poured(stage):
        at = stage.units(tip)[0]
        return drop(at[0] + 1, (at[1] + np.nonzero(coin)[0].mean() * stage.unit) / 2 - 2, 9)

    look = Look(tolerance=1.7, least=90, nails=False, digits=0)
    drawing = frames((stage, poured, look, [(hand & (far < 1.72), LINE), (coin, CREAM)]),
                     _spreading(look),
                     ("Oil on the thigh", "A coin of plain oil in the palm; both palms spread it."))
    signs("step2", stage, no_cream=(64, 288, 108))
    return drawing


def _spreading(look):
    """One palm on the thigh, one on the outer side of the knee; the oil on the skin."""
    person = Person(hem=-10, **ADULT).bend(root=10, spine=(14, 8, 4)).sit(94, 70, 4).settle()
    knee, thigh = person.knee(), person.thigh()
    person.lay("R", knee - thigh * 15, [-0.5, 1, 0], [0.25, -0.45, 0.8], STROKE_GRIP,
               elbow=[-1, 0.2, -0.1], on="L")
    person.lay("L", knee - thigh * 6, [1, 0.3, 0.1], [0, -0.7, 0.7], STROKE_GRIP,
               elbow=[1, 0.3, -0.2], on="L")
    person.settle()
    stage = close_up(person)
    stage.look(20, 36, knee + [1, 4, -8], (34, 44.6), 32).shoot()
    leg = stage.is_body & (stage.part == 47)
    oily = leg & (np.linalg.norm(stage.room - (knee - thigh * 10 + [1.5, 6, 1]), axis=-1) < 9.5)

    def spread(stage):
        path = stage.units([person.on_thigh(above, [0.3, 1, 0])[0] for above in (20, 13, 6)])
        return arrow(spline(path), both=True)

    return stage, spread, look, [(oily, CREAM)]


def _both_hands(above, grip, lean=(14, 6, 2), aside=(0.68, 0.5)):
    """Seated, both palms on the left thigh, thumbs together, this far above the kneecap; the less
    far aside, the more they lie on the front."""
    person = Person(hem=-11, **ADULT).bend(root=10, spine=lean, neck01=-15)
    person.sit(94, 72, 4).settle()
    start = person.knee() - person.thigh() * above
    left, right = aside
    person.lay("L", start, [1, left, 0], [0.06, -0.36, 0.85], grip, elbow=[1, 0, -0.3], on="L")
    person.lay("R", start, [-1, right, 0], [0.06, -0.5, 0.78], grip, elbow=[-1, 0.3, -0.2],
               on="L")
    return person


@scene
def step3a():
    """Both palms above the kneecap: long strokes up the thigh, a light way back."""
    person = _both_hands(11, STROKE_GRIP)
    stage = close_up(person)
    stage.look(34, 46, person.knee() + [0, 0.9, -12.6], (65, 41.6), 34).shoot()
    up = stage.units([person.on_thigh(above, [0.1, 1, 0])[0] for above in (8, 17, 28)])
    back = spline(up) + [48, 12]
    return picture(stage, ("Stroke up the thigh", "Long strokes up, a light way back."),
                   zones_out(stage) + arrow(spline(up)) + dotted(back[8:64][::-1]))


@scene
def step3b():
    """Fingertips beside the upper part of the kneecap: small circles, above the joint line."""
    grip = Grip((-34, 4, 4), (40, 40, 25), {2: -3, 3: 0, 4: 2, 5: 5}, ((0, 5, 5), 24), 0.8,
                whole=True, flat=True)
    person = _both_hands(13.8, grip, (17, 8, 4), (0.95, 0.85))
    stage = close_up(person)
    stage.look(26, 40, person.knee() + [0, 1.5, -8], (50, 32), 40).shoot()
    over = zones_out(stage) + joint_line(stage, person)
    for side in "LR":
        at = stage.units([person.joint(f"finger{finger}-3.{side}", True) for finger in (2, 3)])
        turns = (30, 335) if side == "L" else (150, -155)
        over += turning(at.mean(0), 26, *turns, (8, 22))
    return picture(stage, ("Small circles beside the kneecap", "Fingertips circle; kneecap free."),
                   over)


@scene
def step3c():
    """Palms at both sides of the calf, strokes up, a hand's width below the fold they stop."""
    person = Person(hem=-11, **ADULT).bend(root=42, spine=(16, 10, 6), neck01=-10)
    person.sit(128, 86, 8).settle()
    knee, shank = person.knee(), person.shank()
    for side, out in (("L", [1, 0, -0.5]), ("R", [-1, 0, -0.4])):
        person.lay(side, knee + shank * 20, out, [0, -1, 0.1],
                   Grip((-14, 0, 0), (40, 40, 30), SPLAY, ((0, 0, 0), 8), 0.5, flat=True),
                   elbow=[OUT[side], 0.4, -0.4], on="L")
    stage = close_up(person)
    stage.look(58, 14, knee + shank * 16 + [0, 3, -6], (62, 54), 34).shoot()
    leg = person.bare_leg()
    up = stage.units([ray(leg, knee + shank * far, [0.9, -0.2, -0.5])[0] for far in (34, 27, 15)])
    return picture(stage, ("Stroke up the calf", "Palms on the calf; stop below the knee."),
                   arrow(spline(up) + [40, 0]))


@scene
def step4():
    """The thumb on the thigh muscle, straight in."""
    person, spot, normal = thumb_on_thigh()
    stage = close_up(person)
    stage.look(50, 30, person.knee() + [-0.5, 2.5, -10], (57, 36.5), 36).shoot()
    at = stage.units(spot)[0]
    return picture(stage, ("Press a tight spot in the thigh muscle", "Thumb on the thigh muscle."),
                   zones_out(stage) + arrow([at + [72, -96], at + [14, -19]])
                   + _hand_wide(stage, person), decals=target(stage, spot, normal))


def _hand_wide(stage, person):
    """A bracket along the thigh: a hand's width from the kneecap to the spot."""
    one, two = stage.units([person.on_thigh(above, [-0.45, 1, 0])[0] for above in (10.5, 3)])
    along = (two - one) / np.linalg.norm(two - one)
    tick = np.array([-along[1], along[0]]) * 13
    data = "".join(polygon_data([end - tick, end + tick], closed=False) for end in (one, two))
    return haloed(polygon_data([one, two], closed=False) + data, 3.6)


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
    person.lay("L", person.knee() - person.thigh() * 14, [0.35, 1, 0], [-0.6, -0.23, 0.75],
               Grip((-14, 0, 0), (35, 35, 30), SPLAY, ((0, 0, 0), 10), 0.4, flat=True),
               elbow=[1, -0.3, -0.8], on="L")
    stage = close_up(person)
    stage.look(50, 30, person.knee() + [-0.5, 2.5, -10], (57, 36.5), 36).shoot()
    path = stage.units([person.on_thigh(above, [1, 0.15, 0])[0] for above in (8.5, 14, 20.5)])
    return picture(stage, ("Flat hand on the thigh muscle", "Slow strokes with the flat hand."),
                   zones_out(stage) + arrow(spline(path)))

