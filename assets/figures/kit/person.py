"""A person in a pose: joints turned by degrees, hands laid on what they touch, clothes on.

Hands are placed by contact, not by eye: a ray finds the skin, the palm is laid there, the arm
follows with two bones, and each finger closes until it touches. `Person.strains` keeps for each arm
what would look wrong: reach over 0.95, a wrist bent over 75°, a forearm twisted over 80°.
"""

from dataclasses import dataclass, field

import numpy as np
from body import Body, Mesh, Pose, normals, turn_x, turn_y, unit
from scipy.optimize import minimize
from scipy.sparse import coo_matrix, diags
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation

LEFT_LEG, RIGHT_LEG = range(40, 48), range(50, 58)
LEG = {"L": LEFT_LEG, "R": RIGHT_LEG}
OUT = {"L": 1, "R": -1}  # towards this side along x
SPLAY = {2: -4, 3: 0, 4: 2, 5: 5}  # fingers slightly apart
FINGERS = (2, 3, 4, 5)


@dataclass
class Grip:
    """How a hand closes: where its fingers start, how far they may go, and what the thumb does."""

    start: tuple = (-20, 0, 0)
    most: tuple = (60, 60, 40)
    splay: dict = field(default_factory=dict)
    thumb: tuple = ((0, 5, 5), 0)
    gap: float = 0.3
    touch: float = 0.15
    whole: bool = False  # feel with the whole finger at each joint, not with one bone
    flat: bool = False  # turn the fingers' direction along the skin


def frame(along, normal):
    """Axes as columns: along, their cross product, and the normal made square to it."""
    along = unit(along)
    normal = np.asarray(normal, float)
    normal = unit(normal - along * (normal @ along))
    return np.stack([along, np.cross(normal, along), normal], 1)


def merged(*meshes):
    """Several meshes as one."""
    points, triangles, start = [], [], 0
    for mesh in meshes:
        points.append(mesh.points)
        triangles.append(mesh.triangles + start)
        start += len(mesh.points)
    return Mesh(np.vstack(points), np.vstack(triangles))


def ray(mesh, start, direction):
    """Where a ray from inside leaves a mesh for good, and the normal there."""
    direction = unit(direction)
    start = np.asarray(start, float)
    corner = mesh.points[mesh.triangles]
    origin, one, two = corner[:, 0], corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    across = np.cross(direction, two)
    det = np.einsum("ij,ij->i", one, across)
    inverse = 1 / np.where(np.abs(det) < 1e-12, 1e-12, det)
    gap = start - origin
    u = inverse * np.einsum("ij,ij->i", gap, across)
    other = np.cross(gap, one)
    v = inverse * (other @ direction)
    far = inverse * np.einsum("ij,ij->i", two, other)
    hit = np.flatnonzero((u >= 0) & (v >= 0) & (u + v <= 1) & (far > 1e-6))
    if not len(hit):
        raise ValueError("the ray misses")
    last = hit[np.argmax(far[hit])]
    return start + direction * far[last], unit(np.cross(one[last], two[last]))


def adjacency(count, triangles):
    """The matrix that replaces each point by the mean of its neighbours."""
    rows = np.r_[triangles[:, 0], triangles[:, 1], triangles[:, 2]]
    columns = np.r_[triangles[:, 1], triangles[:, 2], triangles[:, 0]]
    matrix = coo_matrix((np.ones(len(rows) * 2), (np.r_[rows, columns], np.r_[columns, rows])),
                        shape=(count, count)).tocsr()
    matrix.data[:] = 1
    return diags(1 / np.maximum(np.asarray(matrix.sum(1)).ravel(), 1)) @ matrix


class Person:
    """A body in a pose; `points` is its skin, `bones` its posed bones, after `settle`."""

    bones: Pose
    points: np.ndarray

    def __init__(self, skin="skin", hem=-18, **shape):
        self.body = Body(**shape)
        self.skin, self.hem, self.shirt_hem, self.sleeve = skin, hem, 3, 0.45
        self.pose, self.strains = {}, {}
        self._near = adjacency(len(self.body.rest), self.body.triangles)
        self._hands = {side: self._rest_hand(side) for side in "LR"}

    # -- joints ------------------------------------------------------------------------------------

    def bend(self, **joints):
        """Turns bones by degrees to the front (about x); `spine` takes three, from below."""
        for name, angle in joints.items():
            if name == "spine":
                for bone, part in zip(("spine03", "spine02", "spine01"), angle, strict=True):
                    self.pose[bone] = turn_x(part)
            else:
                self.pose[name] = turn_x(angle)
        return self

    def leg(self, side, hip, knee, spread=0, foot=0):
        """Bends a leg: hip, knee and foot in degrees, spread outwards."""
        self.pose[f"upperleg01.{side}"] = turn_y(OUT[side] * spread) * turn_x(-hip)
        self.pose[f"lowerleg01.{side}"] = turn_x(knee)
        self.pose[f"foot.{side}"] = turn_x(foot)
        return self

    def sit(self, hip=88, knee=85, spread=6, foot=0):
        """Bends both legs alike."""
        for side in "LR":
            self.leg(side, hip, knee, spread, foot)
        return self

    def settle(self):
        """Takes up the pose."""
        self.bones = self.body.posed(self.pose)
        self.points = self.body.skin(self.bones)
        return self

    def joint(self, bone, tail=False):
        """Where a bone begins, or ends."""
        return self._joint(self.bones, bone, tail)

    def _joint(self, bones, bone, tail=False):
        at = (self.body.tail if tail else self.body.head)[bone]
        return bones.turn[bone].apply(at) + bones.shift[bone]

    def knee(self, side="L"):
        """The middle of a knee joint."""
        return self.joint(f"lowerleg01.{side}")

    def thigh(self, side="L"):
        """The direction from hip to knee."""
        return unit(self.knee(side) - self.joint(f"upperleg01.{side}"))

    def shank(self, side="L"):
        """The direction from knee to ankle."""
        return unit(self.joint(f"foot.{side}") - self.knee(side))

    def facing(self, bone):
        """The directions to the front and to the left of a bone."""
        turn = self.bones.turn[bone]
        return turn.apply([0, 0, 1.0]), turn.apply([1.0, 0, 0])

    def lowest(self, side):
        """The height of a foot's sole."""
        return self.points[np.isin(self.body.part, LEG[side][:6]), 1].min()

    # -- hands -------------------------------------------------------------------------------------

    def _rest_hand(self, side):
        """The wrist of the model at rest, where its fingers point, and where its palm faces."""
        head = self.body.head
        wrist = head[f"wrist.{side}"]
        along = unit(head[f"finger3-1.{side}"] - wrist)
        palm = unit(np.cross(along, head[f"finger2-1.{side}"] - head[f"finger5-1.{side}"]))
        tip = self.body.tail[f"finger3-3.{side}"] - wrist
        if (tip - along * (tip @ along)) @ palm < 0:
            palm = -palm
        return wrist, along, palm

    def flex_axis(self, bone):
        """The axis about which a finger's bone flexes."""
        body, side = self.body, bone[-1]
        along = unit(body.tail[bone] - body.head[bone])
        if not bone.startswith("finger1"):
            return unit(np.cross(along, self._hands[side][2]))
        first, last = f"finger1-1.{side}", f"finger1-3.{side}"
        axis = np.cross(unit(body.tail[first] - body.head[first]),
                        unit(body.tail[last] - body.head[last]))
        return unit(axis - along * (axis @ along))

    def finger(self, side, which, flex, splay=0, twist=0):
        """Flexes a finger's joints towards the palm, in degrees; 1 is the thumb."""
        palm = self._hands[side][2]
        for at, angle in enumerate(flex):
            bone = f"finger{which}-{at + 1}.{side}"
            turn = Rotation.from_rotvec(np.radians(angle) * self.flex_axis(bone))
            if at == 0:
                turn = Rotation.from_rotvec(np.radians(splay) * palm * OUT[side]) * turn
                along = unit(self.body.tail[bone] - self.body.head[bone])
                turn = turn * Rotation.from_rotvec(np.radians(twist) * along)
            self.pose[bone] = turn

    def fist(self, side, flex, thumb=(15, 15, 10)):
        """Flexes all fingers alike."""
        for which in FINGERS:
            self.finger(side, which, flex)
        self.finger(side, 1, thumb)

    def point_along(self, side, palm, thumb):
        """Where the fingers point when the palm faces `palm` and the thumb's side is `thumb`."""
        _, along, rest = self._hands[side]
        head = self.body.head
        across = head[f"finger2-1.{side}"] - head[f"finger5-1.{side}"]
        sign = np.sign(np.cross(rest, across) @ along)
        palm = unit(palm)
        thumb = np.asarray(thumb, float)
        return sign * np.cross(palm, unit(thumb - palm * (palm @ thumb)))

    def hand(self, side, target, along, palm, anchor="palm", elbow=None):
        """Puts a hand somewhere: `anchor` (palm, wrist, or tip1 to tip5) at the target, fingers
        along a direction, palm facing another. The elbow goes towards `elbow`."""
        _, rest_along, rest_palm = self._hands[side]
        turn = Rotation.from_matrix(frame(along, palm) @ frame(rest_along, rest_palm).T)
        self.pose[f"wrist.{side}"] = ("global", turn)
        bones = self.body.posed(self.pose)
        wrist = self._joint(bones, f"wrist.{side}")
        if anchor == "palm":
            held = self._joint(bones, f"finger3-1.{side}") + turn.apply(rest_palm) * 1.6
        elif anchor == "wrist":
            held = wrist
        else:
            held = self._joint(bones, f"finger{anchor[-1]}-3.{side}", tail=True)
        goal = np.asarray(target, float) - (held - wrist)
        shoulder = self._joint(bones, f"upperarm01.{side}")
        elbow = [OUT[side], -0.4, -0.6] if elbow is None else elbow
        self._arm(side, shoulder, goal, elbow, turn)

    def _arm(self, side, shoulder, goal, elbow, hand):
        """Upper and lower arm from the shoulder to the wrist's goal, the elbow bent its way."""
        head = self.body.head
        rest = [head[f"{bone}.{side}"] for bone in ("upperarm01", "lowerarm01", "wrist")]
        bend, goal, reach = two_bones(rest, shoulder, goal, elbow)
        rest_plane = np.cross(rest[1] - rest[0], rest[2] - rest[1])
        plane = np.cross(bend - shoulder, goal - bend)
        upper = _onto(rest[1] - rest[0], rest_plane, bend - shoulder, plane)
        lower = _onto(rest[2] - rest[1], rest_plane, goal - bend, plane)
        self.pose[f"upperarm01.{side}"] = ("global", upper)
        self.pose[f"lowerarm01.{side}"] = ("global", lower)
        axis = unit(rest[2] - rest[1])
        quat = (lower.inv() * hand).as_quat()
        twist = (2 * np.degrees(np.arctan2(quat[:3] @ axis, quat[3])) + 180) % 360 - 180
        bent = np.degrees(np.arccos(np.clip(
            hand.apply(self._hands[side][1]) @ unit(goal - bend), -1, 1)))
        self.pose[f"lowerarm02.{side}"] = (
            "global", lower * Rotation.from_rotvec(np.radians(twist * 0.6) * axis))
        self.strains[side] = [round(float(reach), 2), round(float(bent)), round(float(twist))]

    def close(self, side, mesh, grip, fingers=FINGERS):
        """Closes fingers until they touch a mesh."""
        used = np.unique(mesh.triangles)
        tree, surface = cKDTree(mesh.points[used]), mesh.points[used]
        facing = normals(mesh.points, mesh.triangles)[used]

        def touches(which):
            points = self.body.some_skin(self.body.posed(self.pose), which)
            far, near = tree.query(points)
            depth = np.einsum("ij,ij->i", points - surface[near], facing[near])
            return ((depth < -grip.touch) & (far < 3)).any()

        for finger in fingers:
            flex, splay = list(grip.start), grip.splay.get(finger, 0)
            for joint in range(3):
                bones = [self.body.index[f"finger{finger}-{part}.{side}"]
                         for part in range(joint + 1, 4)]
                felt = bones if joint == 2 or grip.whole else bones[:1]
                which = np.flatnonzero(np.isin(self.body.coarse_strongest, felt))
                while flex[joint] < grip.most[joint]:
                    self.finger(side, finger, flex, splay)
                    if touches(which):
                        break
                    flex[joint] += 3
            self.finger(side, finger, flex, splay)

    def lay(self, side, start, direction, along, grip=None, *, palm=None, elbow=None, on="LR"):
        """Lays a hand on the clothed legs where a ray from inside leaves them, and closes it."""
        grip = grip or Grip()
        self.settle()
        target = self.legs(on)
        spot, normal = ray(target, start, direction)
        along = np.asarray(along, float)
        if grip.flat:
            along = along - normal * (along @ normal)
        self.hand(side, spot + normal * grip.gap, along, -normal if palm is None else palm,
                  elbow=elbow)
        self.close(side, target, grip)
        self.finger(side, 1, *grip.thumb)
        self.settle()
        return spot, normal

    def grasp(self, side, mesh):
        """Wraps fingers and thumb round a thing that the palm is laid on."""
        self.close(side, mesh, Grip((5, 10, 5), (95, 105, 80), touch=0.1))
        self.close(side, mesh, Grip((-10, 0, 0), (40, 45, 50), {1: -10}, touch=0.1), fingers=(1,))

    def reach_tip(self, side, which, target, first, bounds, facing):
        """Bends a finger (three joints, splay, twist) until its tip is at the target, pointing
        along `facing`."""
        target, bone = np.asarray(target, float), f"finger{which}-3.{side}"

        def cost(angles):
            self.finger(side, which, angles[:3], angles[3], angles[4])
            bones = self.body.posed(self.pose)
            tip, root = self._joint(bones, bone, tail=True), self._joint(bones, bone)
            return (np.sum((tip - target) ** 2) + 1e-4 * np.sum((np.array(angles) - first) ** 2)
                    + 0.6 * (1 - unit(tip - root) @ unit(facing)))

        found = minimize(cost, first, method="Powell", bounds=bounds,
                         options={"maxiter": 12, "ftol": 1e-3})
        cost(found.x)
        self.settle()

    def leg_to(self, side, ankle, foot=0):
        """Bends a leg so that the ankle is somewhere, the knee to the front."""
        self.settle()
        head = self.body.head
        rest = [head[f"{bone}.{side}"] for bone in ("upperleg01", "lowerleg01", "foot")]
        hip = self.joint(f"upperleg01.{side}")
        knee, goal, _ = two_bones(rest, hip, np.asarray(ankle, float), [0, 0.2, 1])
        aside = [1.0, 0, 0]
        self.pose[f"upperleg01.{side}"] = ("global", _onto(rest[1] - rest[0], aside,
                                                           knee - hip, aside))
        self.pose[f"lowerleg01.{side}"] = ("global", _onto(rest[2] - rest[1], aside,
                                                           goal - knee, aside))
        self.pose[f"foot.{side}"] = ("global", turn_x(foot))
        self.settle()

    # -- surfaces ----------------------------------------------------------------------------------

    def bare_leg(self, side="L"):
        """The skin of one leg."""
        body = self.body
        mine = np.isin(body.part, LEG[side])
        return Mesh(self.points, body.triangles[mine[body.triangles].all(1)])

    def legs(self, sides="LR"):
        """Legs and shorts as one surface to touch."""
        body = self.body
        shell, cut = self.shorts()
        dressed = Mesh(shell, body.triangles[(cut > -0.3)[body.triangles].all(1)])
        return merged(*(self.bare_leg(side) for side in sides), dressed)

    def on_thigh(self, above, direction, side="L"):
        """The skin `above` cm above the knee joint, where a direction leaves the thigh."""
        return ray(self.bare_leg(side), self.knee(side) - self.thigh(side) * above, direction)

    def smooth(self, times, share=0.6):
        """The skin, smoothed."""
        points = self.points
        for _ in range(times):
            points = points + share * (self._near @ points - points)
        return points

    def shorts(self, waist=11):
        """Shorts: a shell, and the field that is positive where there is cloth."""
        body = self.body
        height = body.rest[:, 1]
        arm = (body.part >= 10) & (body.part < 30)
        cut = np.where(arm, -5, np.minimum(height - self.hem, waist - height))
        flare = np.clip((2 - height) / (2 - self.hem), 0, 1) ** 2
        shell = self.smooth(8)
        return shell + normals(shell, body.triangles) * (0.75 + 0.25 * flare)[:, None], cut

    def shirt(self, neck=57, off=1.2, hem=None):
        """A shirt, in the same way."""
        body = self.body
        rest, part = body.rest, body.part
        hem = self.shirt_hem if hem is None else hem
        cut = rest[:, 1] - hem
        for side, low in (("L", 10), ("R", 20)):
            shoulder = body.head[f"upperarm01.{side}"]
            arm = body.head[f"lowerarm01.{side}"] - shoulder
            along = (rest - shoulder) @ unit(arm)
            cut = np.where((part >= low) & (part < low + 10),
                           np.minimum(cut + 40, np.linalg.norm(arm) * self.sleeve - along), cut)
        cut = np.minimum(cut, neck - rest[:, 1] - 0.25 * rest[:, 2])
        cut = np.where((part >= 36) & (rest[:, 1] < hem - 6), -5, cut)
        loose = np.clip((20 - rest[:, 1]) / 17, 0, 1)
        shell = self.smooth(14)
        return shell + normals(shell, body.triangles) * (off + 0.6 * loose)[:, None], cut

    def hair(self, off=1.5):
        """Short hair that leaves the face and the ears free."""
        body = self.body
        rest = body.rest
        shell = self.smooth(6)
        top = rest[:, 1].max()
        head = rest[:, 1] > top - 20
        middle = (rest[head, 2].min() + rest[head, 2].max()) / 2
        height, depth = rest[:, 1] - (top - 22), rest[:, 2] - middle
        cut = height - np.interp(depth, [-12, -5, -3, 0.2, 2.2, 3.6, 6, 8.5, 10],
                                 [0.5, 0.5, 3.0, 7, 9.6, 14.2, 16.6, 18.2, 18.8])
        beside = head & (rest[:, 1] < top - 4)
        ear = rest[np.argmax(np.where(beside, rest[:, 0], -9))]
        around = ((rest[:, 2] - ear[2] - 0.9) / 2.3) ** 2 + ((rest[:, 1] - ear[1] + 1) / 3.4) ** 2
        cut = np.where(rest[:, 1] < top - 26, -5, np.minimum(cut, (around - 1) * 2.2))
        bulk = np.clip(-depth / 8, 0, 1) + 0.6 * np.clip((height - 14) / 6, 0, 1)
        out = off * np.clip(cut / 2, 0, 1) ** 0.5 + 0.3 * bulk
        return shell + normals(shell, body.triangles) * out[:, None], cut

    def shoes(self, sock=-67.5, top=-72.5):
        """Shoes, then socks: shells and their fields."""
        body = self.body
        leg, height = body.part >= 36, body.rest[:, 1]
        for times, off, low, until in ((14, 0.9, -99, top), (3, 0.5, top - 1.5, sock)):
            shell = self.smooth(times)
            yield (shell + normals(shell, body.triangles) * off,
                   np.where(leg, np.minimum(until - height, height - low), -5))

    def face_points(self, side):
        """An eye, then the line of its brow."""
        eye = self.body.group_points(f"helper-{side}-eye").mean(0)
        out = 1 if side == "l" else -1
        turn, shift = self.bones.turn["head"], self.bones.shift["head"]
        return turn.apply(eye + np.array([
            [out * 0.6, 0, 0.5], [out * 1.2, 1.5, -1.2], [out * 0.9, 2.3, 0.4], [0, 2.4, 1.5]])
        ) + shift

    def head_middle(self):
        """The middle of the head."""
        return self.points[self.body.rest[:, 1] > self.body.rest[:, 1].max() - 20].mean(0)


def two_bones(rest, start, goal, towards):
    """Where the middle joint goes, the goal within reach, and how much of the reach it takes."""
    one, two = np.linalg.norm(rest[1] - rest[0]), np.linalg.norm(rest[2] - rest[1])
    reach = np.linalg.norm(goal - start) / (one + two)
    if reach > 0.995:
        goal = start + unit(goal - start) * (one + two) * 0.995
    far = np.linalg.norm(goal - start)
    along = unit(goal - start)
    towards = np.asarray(towards, float)
    aside = unit(towards - along * (towards @ along))
    on = (one**2 + far**2 - two**2) / (2 * one * far)
    return start + along * one * on + aside * one * np.sqrt(max(0, 1 - on**2)), goal, reach


def _onto(rest, rest_normal, along, normal):
    """The turn that takes a bone, and the plane it bends in, from rest to their place."""
    return Rotation.from_matrix(frame(along, normal) @ frame(rest, rest_normal).T)
