"""Moving about: walking, cycling, swimming, standing up; and where not to press."""

import numpy as np
from body import turn_x, turn_y, turn_z
from camera import Stage
from marks import arrow, cross, face, hatched
from palette import PANEL, WATER
from person import LEG, OUT, Grip, Person
from picture import FULL, Drawing, Look, frames, leg_alone, picture, scene
from props import box, chair, floor, lathe, tube, wheel
from svg import curve_data, document, filled, polygon_data, stroked
from zones import zone

from scenes.staging import ADULT, joint_line, skin_line


@scene
def walk():
    """A walker in cushioned trainers, on a pavement."""
    person = Person(hem=-30, **ADULT)
    person.leg("L", 26, 10, 0, -6).leg("R", -14, 34, 0, 14).bend(spine=(2, 0, 0)).settle()
    for side, far, low in (("L", -16, -4), ("R", 26, 4)):
        out = OUT[side]
        person.hand(side, person.joint(f"upperarm01.{side}") + [out * 7, low - 37, far * 0.7],
                    [0, -1, 0.35 if far > 0 else -0.15], [-out, 0, 0.1], "wrist",
                    [out * 0.4, -0.2, -1])
        person.fist(side, (35, 45, 25))
    person.settle()
    stage = Stage(person, leg="").add_person(person, hair=True, shoes=True)
    low = person.points[:, 1].min() - 1
    stage.add(floor(low, 104, 4), "floor")
    stage.look(58, 8, [0, low + 84, 4], (252, 180.6), 10).shoot(shadow=True)
    return picture(stage, ("Walk", "Person walking in trainers."),
                   face(stage, person, size=3.8, width=3), look=FULL)


@scene
def sitstand():
    """Up from a chair."""
    person = Person(hem=-24, **ADULT)
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
                   look=Look(3.6, 2.4, 1.2, nails=False, hand=4.4))


CRANK, CRANK_LENGTH = np.array([0, -71.0, 16.0]), 17.0


def _pedal(angle):
    a = np.radians(angle)
    return CRANK + CRANK_LENGTH * np.array([0, np.sin(a), np.cos(a)])


@scene
def cycle():
    """A cyclist with a helmet."""
    person = Person(hem=-26, **ADULT)
    person.bend(root=26, neck01=-10, head=-12).settle()
    person.pose["move"] = -person.joint("upperleg01.L") * [0, 1, 1]
    for side, angle, foot in (("L", -80, 8), ("R", 100, 8)):
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
    high = top - ground + 14
    stage.look(72, 6, [0, (ground + top) / 2 + 2, 13], (high * 600 / 430, high), 9).shoot()
    return picture(stage, ("Cycle", "Person with a helmet riding a bicycle."), face(stage, person),
                   look=Look(3.2, 2.2, 1.4, 200, False, ("floor", "device"), 0.9, hand=4))


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
    for out, angle in ((1, -80), (-1, 100)):
        pedal = _pedal(angle)
        yield tube([CRANK + [out * 5, 0, 0], pedal + [out * 5, 0, 0]], 1.1, 16), "device", False
        yield box(pedal + [out * 10, 0, 0], [9, 2, 9]), "device", True
    yield wheel(CRANK + [4, 0, 0], 8, 1.2, 40), "device", False


@scene
def swim():
    """Crawl: one arm ahead, one over the water, legs behind; or walking in water to the chest."""
    person = _swimmer()
    person.bend(root=74, neck01=-20)
    person.pose["head"] = turn_y(30) * turn_x(-22)
    person.leg("L", 4, 14, 0, 40).leg("R", -8, 10, 0, 40).settle()
    person.hand("R", person.joint("upperarm01.R") + [-2, -2, 42], [0, -0.12, 1], [0, -1, 0],
                "wrist", [-1, 0.3, 0])
    person.hand("L", person.joint("upperarm01.L") + [13, 7, 33], [-0.1, -0.55, 0.85],
                [-0.1, -0.85, -0.55], "wrist", [0.9, 1, -0.5])
    person.settle()
    stage = _in_water(Stage(person, leg=""), person)
    breast = person.joint("spine03")
    level = person.joint("upperarm01.L") - [0, 9, 0]
    walker = _walker(level, breast[2] - 150)
    _in_water(stage, walker)
    stage.look(64, 8, [0, level[1] + 14, breast[2] - 46], (268, 192), 9).shoot()
    return picture(stage, ("Swim", "Person swimming the crawl, another walking in the water."),
                   _water(stage.units(level)[0, 1], stage.height * stage.unit)
                   + face(stage, person) + face(stage, walker),
                   look=Look(3.6, 2.4, 1.2, nails=False, hand=4))


def _swimmer():
    person = Person(hem=-13, **ADULT)
    person.sleeve = 0.22
    return person


def _in_water(stage, person):
    """A person with a cap and a bathing suit."""
    stage.add_person(person, shirt=None)
    shell, cut = person.hair()
    stage.add((shell, person.body.triangles), "oil", cut=cut)
    shell, cut = person.shirt(53, 1.3, 0)
    stage.add((shell, person.body.triangles), "shorts", cut=cut)
    return stage


def _walker(level, z):
    """One who walks in water that comes to the chest."""
    person = _swimmer()
    person.leg("L", 30, 34).leg("R", -8, 10).settle()
    for side, far in (("L", 18), ("R", 34)):
        out = OUT[side]
        person.hand(side, person.joint(f"upperarm01.{side}") + [out * 12, -20, far], [0, 0.1, 1],
                    [-out, -0.4, 0], "wrist", [out, -0.4, -0.4])
    person.settle()
    person.pose["move"] = np.array([-10, level[1] + 16 - person.joint("upperarm01.L")[1],
                                    z - person.joint("root")[2]])
    return person.settle()


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
    """Where not to press: one leg from the front, and from the back."""
    return frames(_front(25), _back(25),
                  ("Do not press here", "A leg from the front and from the back."), both=True)


@scene
def zones_both():
    """The same of both legs: beside the left one, in each half, the right one."""
    wide, gap = 293, 14
    body = []
    for at, (stage, over, look, decals) in enumerate((_front(15.6), _back(15.6))):
        stage.unit, stage.left = wide / 2 / stage.width, 0
        high = stage.height * stage.unit
        drawn = "".join([*leg_alone(stage, look, decals), over(stage)])
        left = at * (wide + gap)
        near = (left + wide / 2, left + wide / 2) if at == 0 else (left, left + wide)
        body += [f'<rect x="{left}" y="0" width="{wide}" height="{high:.0f}" rx="25" ry="25" '
                 f'fill="{PANEL}"/>',
                 f'<g transform="translate({near[0]} 0)">{drawn}</g>',
                 f'<g transform="translate({near[1]} 0) scale(-1 1)">{drawn}</g>']
    body.append(stroked(f"M300 12V{high - 12:.0f}", 2.4))
    return Drawing(document(high, "Do not press here", "Both legs from the front, from the back.",
                            body, side="none"))


def _front(wide):
    """The front of the left leg, so many cm across."""
    return _leg_of(-12, ("kneecap", {"low": 1.2, "size": 1.08}), [
        [(-3.4, 5.2), (-3.6, 2.5), (-3.2, -0.8), (-1.8, -2.6)],
        [(2.4, 5.0), (3.0, 2.5), (2.7, -0.6), (1.4, -2.4)], [(-1.1, -9), (-1.2, -13), (-1.2, -17)]],
        wide)


def _back(wide):
    """The back of the left leg, so many cm across."""
    return _leg_of(203, ("hollow", {}), [
        [(-4.2, 13), (-3.8, 8), (-4.1, 2)], [(3.2, 14), (3.5, 8), (4.1, 2)],
        [(-4.4, 0.6), (0, -0.4), (4.4, 0.6)], [(0.2, -8), (0.1, -13), (0.1, -18)]], wide)


def _leg_of(turn, place, creases, wide):
    """The left leg turned so far, its zone and its outer bump: a half of the picture."""
    person = Person(**ADULT)
    person.pose["root"] = turn_y(turn)
    person.pose["upperleg01.L"] = turn_z(-5)
    person.settle()
    body, knee = person.body, person.knee()
    stage = Stage(person)
    stage.add((person.points, body.triangles), "skin", person=person,
              cut=np.where(np.isin(body.part, LEG["L"]) & (body.rest[:, 1] < 4), 1.0, -1))
    stage.look(0, 4, knee + [0, -2.5, 0], (wide, 32.8), 40).shoot()

    def marked(stage):
        over = "".join(skin_line(stage, person, line, turn < 0) for line in creases)
        if turn < 0:
            over += joint_line(stage, person)
        for (name, more), radius in ((place, 20), (("fibula", {"size": 1.25}), 16)):
            mask = zone(stage, name, mesh=0, **more)
            y, x = np.nonzero(mask)
            over += hatched(mask, stage, 13, 4.4) + cross(
                np.array([x.mean(), y.mean()]) * stage.unit, radius)
        return over

    return stage, marked, Look(nails=False), ()
