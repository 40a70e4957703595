"""The massages of page 2 and the back: by the reader's own hands, a device, or a therapist."""

import numpy as np
from body import Mesh, unit
from camera import Stage
from marks import arrow, buzz, face, heat, no_kneecap, turning
from person import OUT, Grip, Person, merged, ray
from picture import Look, picture, scene, signs
from props import box, floor, lathe, pillow, tube
from zones import kneecap_relief

from scenes.routine import target, thumb_on_thigh
from scenes.staging import (
    ADULT,
    STROKE_GRIP,
    along_skin,
    chair_under,
    close_up,
    cloth_on,
    joint_line,
    lying,
    mat_under,
    rest_on_thigh,
    seated,
    therapist,
    thing,
    zones_out,
)

HANDLE = [(0, -9.5), (1.3, -9.3), (1.9, -8.6), *((2.05, y) for y in np.linspace(-8, 5, 27)),
          (1.9, 6.5), (1.7, 8), (1.7, 9.5)]
BALL = [(1.5, 9.5), (1.5, 12.4), *((max(3.4 * np.cos(a), 0.001), 15.3 + 3.4 * np.sin(a))
                                   for a in np.linspace(-1.35, np.pi / 2, 18)[4:])]
PLAIN = Look(nails=False, tolerance=0.8)


def _held_massager():
    """A massager on the middle of the thigh muscle: its parts, and the place of its head."""
    person = seated(84, 66, (10, 5, 3), 6, hem=-8)
    rest_on_thigh(person, above=19)
    spot, normal = person.on_thigh(14, [0.30, 1, 0])
    axis = unit([-0.80, -0.40, -0.22])
    middle = spot + normal * 2.7 - axis * 15.5
    handle, ball = thing(HANDLE, middle, axis), thing(BALL, middle, axis)
    palm = np.array([-0.1, -0.8, -0.5])
    palm = unit(palm - axis * (palm @ axis))
    person.finger("L", 1, (0, 0, 0))
    person.hand("L", middle - palm * 2.7 - axis * 2, person.point_along("L", palm, axis), palm,
                elbow=[0.5, -0.1, -1])
    person.grasp("L", handle)
    person.settle()
    return person, ((handle, "device"), (ball, "head")), middle + axis * 15.3


@scene
def massager():
    """A massager on a cloth on the thigh muscle: it shakes."""
    person, parts, head = _held_massager()
    stage = close_up(person, *parts)
    cloth_on(stage, person, head, 8)
    stage.look(42, 30, person.knee() + [4, 6.8, -11], (80, 38.4), 30).shoot()
    return picture(stage, ("Massager on the thigh muscle", "Far from the kneecap."),
                   zones_out(stage) + buzz(stage.units(head)[0], (118, 206)), look=PLAIN)


@scene
def _heat():
    """A heated massager on a cloth: it is warm."""
    person, parts, head = _held_massager()
    stage = close_up(person, parts[0], (parts[1][0], "warm"))
    cloth_on(stage, person, head, 8)
    stage.look(42, 30, person.knee() + [4, 6.8, -11], (80, 38.4), 30).shoot()
    at = stage.units(head)[0]
    return picture(stage, ("Heated massager on the thigh muscle", "Far from the kneecap."),
                   zones_out(stage) + heat(at[0] - 10, at[1] - 50, 46) + buzz(at, (118, 206)),
                   look=PLAIN)


@scene
def friction():
    """A therapist's finger across the tendon below the kneecap."""
    patient, hands, knee = _on_table(42, (16, 14, 68), -172, roll=28)
    leg, shank, (front, out) = patient.bare_leg(), patient.shank(), patient.facing("lowerleg01.L")
    spot, normal = ray(leg, knee + shank * 17, front + out * 0.5)
    hands.hand("R", spot + normal * 1.2, along_skin([-0.3, 0.2, -1], normal) - normal * 0.45,
               -normal, elbow=[1, -0.1, 0.3])
    hands.close("R", leg, Grip((-15, 0, 0)))
    hands.finger("R", 1, (-5, 0, 0), 8)
    spot, normal = ray(leg, knee + shank * 6.0, front)
    for finger, flex in ((2, (22, 10, 6)), (3, (58, 70, 40)), (4, (66, 80, 45)), (5, (70, 80, 45))):
        hands.finger("L", finger, flex)
    hands.finger("L", 1, (20, 15, 15), 0, -10)
    hands.hand("L", spot + normal * 0.45, [-0.1, -0.62, -0.75], [0.1, -0.75, 0.62], "tip2",
               [-0.6, 0.2, 0.6])
    hands.settle()
    stage = _table_stage(patient, hands, knee, (108, 50, np.array([0, 3, 4]), (66, 31.7), 36))
    across = stage.units(spot - shank * 2.2 + np.outer((-3.4, 3.4), out))
    return picture(stage, ("Cross-friction by a therapist", "One finger across the tendon."),
                   no_kneecap(stage, low=1.2, radius=17) + arrow(across, (8.5, 24), both=True),
                   look=Look(jump=0.6, nails=False, hand=5.6), decals=kneecap_relief(stage))


def _on_table(lean, at, facing, roll=16):
    """A person on a treatment table, the left leg rolled outwards, and a therapist at its foot."""
    patient = Person(hem=-9).bend(root=-90)
    patient.leg("L", 16, 24, roll).leg("R", 16, 24, 2).settle()
    knee = patient.knee()
    hands = therapist(knee + at, lean, (4, 2, 0), facing=facing, female=0.2, hem=-90)
    hands.sleeve = 0.8
    for side in "LR":
        out = OUT[side]
        patient.hand(side, patient.joint("spine01") + [out * 6, 13, 0],
                     [-out, -0.1, 0.3], [0, -1, 0], elbow=[out, 0.1, -0.2])
    patient.settle()
    return patient, hands, knee


def _table_stage(patient, hands, knee, camera):
    stage = Stage(patient).add_person(patient)
    stage.add_person(hands, shirt="scrubs", shorts="scrubs")
    low = patient.points[:, 1].min()
    stage.add(box([-8, low - 4, 0], [62, 8, 230]), "bench", crease=True)
    stage.add(box([-8, low - 30, 0], [50, 46, 150]), "table", crease=True)
    stage.add(tube([[-34, low + 6, knee[2] + 1], [18, low + 6, knee[2] + 1]], 7, 30), "towel")
    angle, rise, shift, size, detail = camera
    return stage.look(angle, rise, knee + shift, size, detail).shoot()


@scene
def table():
    """A therapist strokes the thigh with both palms."""
    return _stroked((np.array([0, -2.4, -2]), (82, 39.4), 30))


@scene
def table_near():
    """The same in the format of a tile beside a message."""
    return _stroked((np.array([0, -1, -8]), (66, 48.7), 30))


def _stroked(view):
    patient, hands, knee = _on_table(42, (22, 20, 39), -168)
    leg, thigh, (front, out) = patient.bare_leg(), patient.thigh(), patient.facing("upperleg01.L")
    for side, above, aside, along, elbow in (("L", 16, -0.7, [0.25, -0.15, -0.94], -0.7),
                                             ("R", 12, 0.85, [0.2, -0.76, -0.6], 0.2)):
        spot, normal = ray(leg, knee - thigh * above, front + out * aside)
        hands.hand(side, spot + normal * 0.6, along_skin(along, normal), -normal,
                   elbow=[elbow, -0.4, 0.5])
        hands.close(side, leg, Grip((-15, 0, 0), (30, 30, 22), {2: -3, 3: 0, 4: 2, 5: 4}))
        hands.finger(side, 1, (-4, 0, 0), 2)
    hands.settle()
    stage = _table_stage(patient, hands, knee, (97, 34, *view))
    path = stage.units([ray(leg, knee - thigh * above, front * 1.1 + out)[0]
                        for above in (19.5, 26, 33)])
    return picture(stage, ("Massage by a therapist", "A person lies on a table."),
                   arrow(path, (9, 27)),
                   look=Look(jump=0.8, nails=False, speck=2600, hand=5.6))


@scene
def deep_tissue():
    """A therapist presses slowly and deeply into the thigh muscle, one hand on the other."""
    patient, hands, knee = _on_table(48, (29, 27, 35), -154)
    leg, thigh, (front, _) = patient.bare_leg(), patient.thigh(), patient.facing("upperleg01.L")
    spot, normal = ray(leg, knee - thigh * 15, front)
    hands.hand("L", spot + normal * 0.3, along_skin([-0.45, 0, -0.88], normal), -normal,
               elbow=[-0.4, -0.2, 0.6])
    hands.close("L", leg, Grip((-12, 0, 0)))
    hands.finger("L", 1, (-10, 0, 0), 4)
    hands.settle()
    below = np.isin(hands.body.part, range(10, 16))
    triangles = hands.body.triangles
    below = merged(leg, Mesh(hands.points, triangles[below[triangles].all(1)]))
    hands.hand("R", spot + normal * 3.0 + [0.8, 0, 1.2], along_skin([-0.31, 0, -0.94], normal),
               -normal, elbow=[0.4, -0.2, 0.6])
    hands.close("R", below, Grip((-12, 0, 0), (40, 40, 30)))
    hands.finger("R", 1, (-10, 0, 0), 4)
    hands.settle()
    stage = _table_stage(patient, hands, knee, (104, 34, np.array([0, 5, -10]), (80, 38.4), 30))
    knuckle = hands.joint("finger3-1.R") + normal * 2.2
    return picture(stage, ("Deep tissue massage", "Firm, slow pressure by a therapist."),
                   arrow(stage.units([knuckle + normal * 15, knuckle]), (11, 32)),
                   look=Look(jump=0.7, nails=False, speck=2000, hand=5.6))


@scene
def trigger_point():
    """The thumb held still on one tight spot of the thigh muscle, the fingers beside the thigh."""
    person, spot, normal = thumb_on_thigh()
    stage = close_up(person)
    stage.look(66, 26, person.knee() + [2, 5, -12], (72, 34.6), 34).shoot()
    at = stage.units(spot)[0]
    return picture(stage, ("Trigger point", "The thumb presses one spot of the thigh muscle."),
                   zones_out(stage) + arrow([at + [-14, -88], at + [-3, -20]]),
                   look=PLAIN, decals=target(stage, spot, normal))


@scene
def knee_friction():
    """Fingertips of one hand circle on the soft parts beside the kneecap."""
    person = seated(84, 66, (18, 8, 4), 10).bend(neck01=-15)
    rest_on_thigh(person, above=16)
    grip = Grip((-34, 4, 4), (40, 40, 25), {2: -3, 3: 0, 4: 2, 5: 5}, ((0, 5, 5), 24), 0.8,
                whole=True, flat=True)
    person.lay("L", person.knee() - person.thigh() * 12.6, [1, 1, 0], [0.08, -0.42, 0.87], grip,
               elbow=[1, 0.1, -0.4], on="L")
    stage = close_up(person)
    stage.look(30, 32, person.knee() + [3, 2.5, -8], (62, 29.8), 38).shoot()
    tips = stage.units([person.joint(f"finger{finger}-3.L", True) for finger in (2, 3)])
    return picture(stage, ("Knee friction", "Small circles beside the top of the kneecap."),
                   zones_out(stage) + joint_line(stage, person)
                   + turning(tips.mean(0), 24, 30, 335, (8, 20)))


@scene
def self_massage():
    """The whole person: seated, both hands stroke up the own thigh."""
    return _stroker(([2, -42, 16], (172, 82.6), 13))


@scene
def self_massage_near():
    """The same in the format of a tile beside a message: head, hands, and thigh."""
    return _stroker(([2, -42, 14], (114, 84.2), 17))


def _stroker(view):
    person = Person(hem=-14, **ADULT)
    person.bend(root=14, spine=(12, 8, 4), neck01=-6, head=-4).sit(98, 84, 6, 0).settle()
    start = person.knee() - person.thigh() * 10
    person.lay("L", start, [1, 0.9, 0], [0.06, -0.36, 0.85], STROKE_GRIP, elbow=[1, 0.1, -0.3],
               on="L")
    person.lay("R", start, [-0.8, 0.8, 0], [0.1, -0.45, 0.8], STROKE_GRIP, elbow=[-1, 0.2, -0.1],
               on="L")
    stage = Stage(person).add_person(person, hair=True)
    low = person.lowest("L")
    hip = person.joint("upperleg01.L")
    chair_under(stage, person, low)
    stage.add(floor(low - 0.4, 80, hip[2] + 20), "floor", casts=False)
    top = person.points[:, 1].max()
    at, size, detail = view
    stage.look(46, 14, np.array([0, top, hip[2]]) + at, size, detail).shoot()
    path = stage.units([person.on_thigh(above, [1, 0.05, 0])[0] for above in (4, 15, 28)])
    return picture(stage, ("Self-massage", "Seated person strokes up the thigh with both hands."),
                   face(stage, person) + arrow(path, (10, 30)),
                   look=Look(3.6, 2.4, 1.2, nails=False, hand=4.6))


@scene
def raise_cold():
    """On the back, the leg on pillows, the knee above the heart, a cold pack in a cloth on it."""
    person, mat = lying(62, 20, 62, hem=-13, **ADULT)
    person.leg("L", 40, 26, -3, 0).settle()
    stage = Stage(person).add_person(person, hair=True)
    mat_under(stage, mat)
    knee, foot, leg = person.knee(), person.joint("foot.L"), person.bare_leg()
    middle = knee * 0.42 + foot * 0.58
    tall = ray(leg, middle, [0, -1, 0])[0][1] - mat
    for at in range(3):
        stage.add(pillow([middle[0], mat + tall * (at + 0.5) / 3, middle[2] + 1],
                         [36 - at, tall * 0.37, 44 - 3 * at]), "towel")
    stage.add(pillow(person.head_middle() * [1, 0, 1] + [0, mat + 1, -2], [36, 8, 24]), "towel")
    _cold_pack(stage, person)
    stage.add(lathe([(0, 0), (3.4, 0), (4.2, 12), (3.9, 12), (3.8, 9)], [46, mat + 0.2, -34]),
              "cloth")
    stage.look(74, 15, [0, mat + 27, 2], (178, 98.2), 12).shoot(shadow=True)
    signs("raise-cold", stage, clock=(372, 60, 100))
    return picture(stage, ("Rest, raise, and cool", "Leg on pillows, a cold pack in a cloth."),
                   face(stage, person), look=Look(3.6, 2.4, 1.2, nails=False, hand=4.4))


def _cold_pack(stage, person):
    """A blue bag on the knee, in a striped cloth that leaves the bag's edge in sight."""
    top, _ = ray(person.bare_leg(), person.knee() - person.thigh() * 2, [0, 1, 0.15])
    stage.add(pillow(top + [0, 1.6, 0], [16, 5.6, 21]), "shorts")
    for wide, more, material in ((14, 0.7, "cloth"), (9, 0.9, "stripe"), (6.6, 1.1, "cloth")):
        stage.add(pillow(top + [0, 1.6, 0], [16 + more, 5.6 + more, wide]), material)
