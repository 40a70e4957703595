"""Moving about: walking, cycling, swimming, standing up; and where not to press."""

import numpy as np
from body import turn_x, turn_y, turn_z
from camera import Stage
from marks import arrow, cross, face, hatched
from palette import WATER
from person import LEG, OUT, Grip, Person
from picture import FULL, Look, picture, scene, zone
from props import box, chair, floor, lathe, tube, wheel
from svg import curve_data, filled, polygon_data, stroked

from scenes.staging import skin_line


@scene
def walk():
    """A walker in trainers."""
    person = Person(hem=-30, female=0.35, old=0.6, weight=0.3)
    person.leg("L", 26, 10, 0, -6).leg("R", -14, 34, 0, 14).bend(spine=(2, 0, 0)).settle()
    for side, far, low in (("L", -16, -4), ("R", 26, 4)):
        out = OUT[side]
        person.hand(side, person.joint(f"upperarm01.{side}") + [out * 8, low - 46, far],
                    [0, -1, 0.35 if far > 0 else -0.15], [-out, 0, 0.1], "wrist",
                    [out * 0.4, -0.2, -1])
        person.fist(side, (35, 45, 25))
    person.settle()
    stage = Stage(person, leg="").add_person(person, hair=True, shoes=True)
    stage.add(floor(person.points[:, 1].min() - 1, 60, 4), "floor")
    stage.look(58, 7, [0, person.joint("spine05")[1] - 4, 4], (118, 182), 13).shoot(shadow=True)
    return picture(stage, ("Walk", "Person walking in trainers."),
                   face(stage, person, size=3.8, width=3), look=FULL)


@scene
def sitstand():
    """Up from a chair."""
    person = Person(hem=-24, female=0.6, old=0.6, weight=0.3)
    person.bend(root=42, spine=(2, 0, 0), neck01=-18, head=-16).sit(100, 78, 3, -20).settle()
    low = person.lowest("L")
    for side in "LR":
        thigh = person.thigh(side)
        person.lay(side, person.knee(side) - thigh * 11, [OUT[side] * 0.25, 1, 0],
                   thigh + [-OUT[side] * 0.15, 0, 0],
                   Grip(most=(35, 35, 25), gap=0.8, flat=True), elbow=[OUT[side] * 0.8, -0.2, -1],
                   on=side)
    hip = person.joint("upperleg01.L")
    stage = Stage(person, leg="").add_person(person, hair=True, shoes=True)
    for part in chair(min(low + 44, hip[1] - 13), hip[2] - 9, low - 1):
        stage.add(part, "seat", crease=True)
    stage.add(floor(low - 1.2, 84, hip[2] + 10), "floor", casts=False)
    top = person.points[:, 1].max()
    stage.look(62, 8, [0, (top + low) / 2 + 4, hip[2] + 8], (140, top - low + 30), 14).shoot()
    shoulder = stage.units(person.joint("spine01"))[0]
    return picture(stage, ("Take a break from sitting", "Person standing up from a chair."),
                   face(stage, person) + arrow([shoulder + [70, -50], shoulder + [70, -185]]),
                   look=Look(3.6, 2.4, 1.2, nails=False))


CRANK, CRANK_LENGTH = np.array([0, -68.0, 16.0]), 17.0


def _pedal(angle):
    a = np.radians(angle)
    return CRANK + CRANK_LENGTH * np.array([0, np.sin(a), np.cos(a)])


@scene
def cycle():
    """A cyclist with a helmet."""
    person = Person(hem=-26, female=0.6, old=0.55, weight=0.25)
    person.bend(root=26, neck01=-10, head=-12).settle()
    person.pose["move"] = -person.joint("upperleg01.L") * [0, 1, 1]
    for side, angle, foot in (("L", -70, 4), ("R", 110, 8)):
        person.leg_to(side, _pedal(angle) + [OUT[side] * 10.5, 9.5, -9], foot)
    for side in "LR":
        out = OUT[side]
        person.hand(side, [out * 21, 16.2, 43], [0, -0.25, 1], [0, -1, -0.25],
                    elbow=[out * 0.7, -0.6, -0.6])
        person.fist(side, (40, 60, 30), (15, 20, 20))
    person.settle()
    stage = Stage(person, leg="").add_person(person, hair=True, shoes=True)
    stage.add(_helmet(person), "oil")
    ground = CRANK[1] - 27
    for mesh, material, crease in _bicycle(ground):
        stage.add(mesh, material, crease=crease)
    stage.add(floor(ground - 1, 98, 12), "floor", casts=False)
    top = person.points[:, 1].max()
    stage.look(72, 6, [0, (ground + top) / 2 + 2, 13], (188, top - ground + 22), 10.5).shoot()
    return picture(stage, ("Cycle", "Person with a helmet riding a bicycle."), face(stage, person),
                   look=Look(3.4, 2.4, 1.4, 200, False, ("floor", "device"), 0.9))


def _helmet(person):
    angles = np.linspace(0.02, np.pi / 2, 16)
    shell = lathe([(11.9 * np.cos(a) + 0.001, 11.3 * np.sin(a)) for a in angles], sides=60)
    turn = person.bones.turn["head"]
    return shell._replace(points=turn.apply(
        shell.points * [0.82, 1, 1.176] + [0, 4.4, -3.4]) + person.head_middle())


def _bicycle(ground):
    """Meshes with their material, and whether their edges are sharp."""
    hub = ground + 32
    rear, front = np.array([0, hub, -40.0]), np.array([0, hub, 66.0])
    for at in (rear, front):
        yield wheel(at, 31, 1.7), "device", False
        for a in np.radians(np.arange(0, 180, 60)):
            spoke = 30 * np.array([0, np.cos(a), np.sin(a)])
            yield tube([at + spoke, at - spoke], 0.42, 10), "device", False
    seat, stem, joint = [0, -17.0, -9.0], [0, -8.0, 46.0], [0, -26, -5.5]
    for path, radius in (([seat, CRANK], 1.6), ([joint, [0, -22, 49]], 1.6),
                         ([CRANK, [0, -26, 50]], 1.8), ([CRANK, rear], 1.2),
                         ([joint, rear], 1.1), ([stem, [0, -30, 51], front], 1.5)):
        yield tube(path, radius, 16), "scrubs", False
    yield tube([stem, [0, 8, 42]], 1.2, 16), "device", False
    yield tube([[-26, 14, 38], [-14, 14, 43], [0, 10, 43], [14, 14, 43], [26, 14, 38]], 1.3, 16), (
        "device"), False
    yield box([0, -14, -7], [15, 4, 24]), "device", True
    for out, angle in ((1, -70), (-1, 110)):
        pedal = _pedal(angle)
        yield tube([CRANK + [out * 5, 0, 0], pedal + [out * 5, 0, 0]], 1.1, 16), "device", False
        yield box(pedal + [out * 10, 0, 0], [9, 2, 9]), "device", True
    yield wheel(CRANK + [4, 0, 0], 8, 1.2, 40), "device", False


@scene
def swim():
    """Crawl: one arm ahead, one over the water, legs behind."""
    person = Person(hem=-13, old=0.5, weight=0.2)
    person.bend(root=74, neck01=-20)
    person.pose["head"] = turn_y(30) * turn_x(-22)
    person.leg("L", 4, 14, 0, 40).leg("R", -8, 10, 0, 40).settle()
    person.hand("R", person.joint("upperarm01.R") + [-2, -2, 47], [0, -0.12, 1], [0, -1, 0],
                "wrist", [-1, 0.3, 0])
    person.hand("L", person.joint("upperarm01.L") + [13, 7, 33], [-0.1, -0.55, 0.85],
                [-0.1, -0.85, -0.55], "wrist", [0.9, 1, -0.5])
    person.sleeve = 0.22
    person.settle()
    stage = Stage(person, leg="").add_person(person, shirt=None)
    shell, cut = person.hair()
    stage.add((shell, person.body.triangles), "oil", cut=cut)
    shell, cut = person.shirt(53, 1.3, 0)
    stage.add((shell, person.body.triangles), "shorts", cut=cut)
    breast = person.joint("spine03")
    stage.look(64, 8, [0, person.joint("spine01")[1] + 3, breast[2] + 18], (160, 70), 13).shoot()
    height = stage.height * stage.unit
    level = stage.units(person.joint("upperarm01.L") - [0, 9, 0])[0, 1]
    return picture(stage, ("Swim", "Person swimming the crawl."),
                   _water(level, height) + face(stage, person),
                   look=Look(3.6, 2.4, 1.2, nails=False))


def _water(level, height):
    x = np.linspace(0, 600, 121)

    def wave(rise, phase, low, start=0, end=600):
        inside = (x >= start) & (x <= end)
        return np.c_[x, low + rise * np.sin(x / 34 + phase)][inside]

    top = wave(7, 0, level)
    turn = np.radians(np.arange(0, 91, 15))
    corner = np.r_[np.c_[575 + 25 * np.cos(turn), height - 25 + 25 * np.sin(turn)],
                   np.c_[25 - 25 * np.sin(turn), height - 25 + 25 * np.cos(turn)]]
    ripples = "".join(curve_data(wave(5, 1, level + low, start, end), 0.5)
                      for low, start, end in ((38, 60, 250), (46, 330, 540), (84, 200, 400)))
    return (filled(polygon_data([*top, *corner], digits=0), WATER)
            + stroked(curve_data(top, 0.5), 3.6) + stroked(ripples, 4.2, "#6FA5C2"))


@scene
def zones():
    """Where not to press: a leg from the front and from the back."""
    front, back = Person(old=0.4), Person(old=0.4)
    front.pose["root"], back.pose["root"] = turn_y(-12), turn_y(196)
    for person in (front, back):
        person.pose["upperleg01.L"] = turn_z(-5)
        person.settle()
    body = front.body
    knee = front.knee()
    back.points = back.points + (knee + [23.5, 0, 0] - back.knee())
    cut = np.where(np.isin(body.part, LEG["L"]) & (body.rest[:, 1] < 4), 1.0, -1)
    stage = Stage(front)
    for person in (front, back):
        stage.add((person.points, body.triangles), "skin", cut=cut, person=person)
    stage.look(0, 4, knee + [11.7, -3, 0], (46, 43), 40).shoot()
    over = "".join(skin_line(stage, front, line) for line in (
        [(-3.4, 5.2), (-3.6, 2.5), (-3.2, -0.8), (-1.8, -2.6)],
        [(2.4, 5.0), (3.0, 2.5), (2.7, -0.6), (1.4, -2.4)], [(-1.1, -9), (-1.2, -16), (-1.2, -24)]))
    over += "".join(skin_line(stage, back, line, False, mesh=1) for line in (
        [(-4.2, 13), (-3.8, 8), (-4.1, 2)], [(3.2, 14), (3.5, 8), (4.1, 2)],
        [(0.2, -7), (0.1, -12), (0.1, -17)]))
    crosses = ""
    for name, mesh, aside, gap, more in (
            ("kneecap", 0, 0, 14, {"low": 1.2, "size": 1.08}),
            ("fibula", 0, 32, 12, {"size": 1.15}), ("hollow", 1, 0, 14, {}),
            ("fibula", 1, -28, 12, {"size": 1.15})):
        place = zone(stage, name, mesh=mesh, **more)
        over += hatched(place, stage, gap, 4.4)
        y, x = np.nonzero(place)
        crosses += cross(np.array([x.mean(), y.mean()]) * stage.unit + [aside, 0], 17)
    return picture(stage, ("Do not press here", "Leg from the front and the back."),
                   over + crosses, look=Look(nails=False))

