"""Things: boxes, turned shapes, tubes, a chair's parts, and a towel that falls."""

import numpy as np
from body import Mesh, normals, unit
from person import adjacency
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation


def box(middle, size):
    """A box with faces of its own points, so that its edges stay sharp."""
    x, y, z = np.array(size) / 2
    corners = np.array([[a, b, c] for a in (-x, x) for b in (-y, y) for c in (-z, z)])
    points, triangles = [], []
    for face in ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4),
                 (1, 5, 7, 3)):
        at = len(points)
        points += [corners[corner] for corner in face]
        triangles += [[at, at + 1, at + 2], [at, at + 2, at + 3]]
    return Mesh(np.array(points) + np.asarray(middle, float), np.array(triangles))


def lathe(profile, middle=(0, 0, 0), axis=(0, 1, 0), sides=48):
    """A profile of (radius, height) turned about an axis; heights run along it. Rings must be
    dense where a hand grasps: touch is felt at points."""
    axis = unit(axis)
    first = np.cross(axis, [0, 0, 1.0])
    first = unit(first) if np.linalg.norm(first) > 1e-6 else np.array([1.0, 0, 0])
    turn = Rotation.from_matrix(np.stack([first, axis, np.cross(first, axis)], 1))
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    points = np.array([[radius * np.cos(a), height, radius * np.sin(a)]
                       for radius, height in profile for a in angles])
    triangles = []
    for ring in range(len(profile) - 1):
        for side in range(sides):
            a, b = ring * sides + side, ring * sides + (side + 1) % sides
            triangles += [[a, a + sides, b], [b, a + sides, b + sides]]
    return Mesh(turn.apply(points) + np.asarray(middle, float), np.array(triangles))


def pillow(middle, size):
    """A soft box: round at its edges, flatter than an egg."""
    high, turn = np.meshgrid(np.linspace(-np.pi / 2, np.pi / 2, 25),
                             np.linspace(-np.pi, np.pi, 49), indexing="ij")

    def soft(value, power):
        return np.sign(value) * np.abs(value) ** power

    points = np.stack([soft(np.cos(high), 0.5) * soft(np.cos(turn), 0.45),
                       soft(np.sin(high), 0.8),
                       soft(np.cos(high), 0.5) * soft(np.sin(turn), 0.45)], -1)
    at = np.arange(high.size).reshape(high.shape)
    a, b, c, d = (part.ravel() for part in (at[:-1, :-1], at[1:, :-1], at[:-1, 1:], at[1:, 1:]))
    return Mesh(points.reshape(-1, 3) * np.asarray(size) / 2 + np.asarray(middle, float),
                np.vstack([np.c_[a, b, c], np.c_[c, b, d]]))


def tube(path, radius, sides=20):
    """A tube along a path, closed at its ends."""
    path = np.asarray(path, float)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    aside, points = np.cross(along[0], [0.3, 0.5, 0.8]), []
    angles = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    for at, direction in zip(path, along, strict=True):
        aside = unit(aside - direction * (aside @ direction))
        other = np.cross(direction, aside)
        points += [at + radius * (np.cos(a) * aside + np.sin(a) * other) for a in angles]
    triangles = []
    for ring in range(len(path) - 1):
        for side in range(sides):
            a, b = ring * sides + side, ring * sides + (side + 1) % sides
            triangles += [[a, b, a + sides], [b, b + sides, a + sides]]
    end = len(points)
    points += [path[0], path[-1]]
    for side in range(sides):
        triangles += [[end, (side + 1) % sides, side],
                      [end + 1, end - sides + side, end - sides + (side + 1) % sides]]
    return Mesh(np.array(points), np.array(triangles))


def wheel(middle, radius, thickness, sides=64):
    """A ring about the left-right axis."""
    a = np.linspace(0, 2 * np.pi, sides)
    return tube(np.c_[0 * a, radius * np.cos(a), radius * np.sin(a)] + np.asarray(middle, float),
                thickness, 12)


def floor(height, radius, middle_z):
    """A round patch of floor."""
    return lathe([(0, height), (radius, height)], (0, 0, middle_z), sides=90)


def chair(seat, middle_z, ground=None, size=(46, 42)):
    """A sturdy chair with a plain back and four legs; only a seat when there is no ground."""
    wide, deep = size
    yield box([0, seat - 2, middle_z], [wide, 4, deep])
    if ground is None:
        return
    for x in (-1, 1):
        for z in (-1, 1):
            yield box([x * (wide / 2 - 2.5), (seat - 4 + ground) / 2,
                       middle_z + z * (deep / 2 - 2.5)], [4, seat - 4 - ground, 4])
    back = middle_z - deep / 2 + 1.5
    for x in (-1, 1):
        yield box([x * (wide / 2 - 2.5), seat + 20, back], [4, 40, 3])
    yield box([0, seat + 32, back], [wide, 14, 2.4])


def towel(mesh, middle, across, down, shape=(52, 42)):
    """A towel dropped on a mesh: its surface, and how far along each point lies (0 to 1)."""
    rows, columns = shape
    step = 0.75
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    points = (np.asarray(middle, float) + ((i - (rows - 1) / 2) * step)[..., None] * unit(across)
              + ((j - (columns - 1) / 2) * step)[..., None] * unit(down)).reshape(-1, 3)
    points = points + np.random.default_rng(1).normal(0, 0.01, points.shape)
    ties, old = list(_ties(rows, columns, step)), points.copy()
    surface = _Surface(mesh)
    for _ in range(150):
        moved = points + (points - old) * 0.96 + [0, -0.06, 0]
        old, points = points, _tied(moved, ties)
        pushed, hit = surface.pushed_out(points, 0.7, 4)
        # what touches stays where it is: a towel doesn't slide
        points = pushed
        old[hit] = points[hit]
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (at[:-1, :-1], at[1:, :-1], at[:-1, 1:], at[1:, 1:]))
    triangles = np.vstack([np.c_[a, b, c], np.c_[b, d, c]])
    near = adjacency(len(points), triangles)
    for _ in range(10):
        points = points + 0.5 * (near @ points - points)
    for _ in range(3):
        points, _ = surface.pushed_out(points, 0.75, 5)
    if normals(points, triangles)[:, 1].mean() < 0:
        triangles = triangles[:, ::-1]
    return Mesh(points, triangles), j.ravel() / (columns - 1)


def _ties(rows, columns, step):
    """Pairs of points with their distance and stiffness: threads, diagonals, and against folds."""
    for x, y, stiff in ((1, 0, 1), (0, 1, 1), (1, 1, 0.6), (1, -1, 0.6), (2, 0, 0.35),
                        (0, 2, 0.35)):
        pairs = np.array([(a * columns + b, (a + x) * columns + b + y)
                          for a in range(rows - x)
                          for b in range(max(0, -y), columns - max(0, y))])
        yield pairs[:, 0], pairs[:, 1], step * np.hypot(x, y), stiff


def _tied(points, ties):
    for _ in range(10):
        for one, two, length, stiff in ties:
            gap = points[two] - points[one]
            far = np.linalg.norm(gap, axis=1, keepdims=True)
            by = gap * (far - length) / np.maximum(far, 1e-9) * 0.5 * stiff
            change = np.zeros_like(points)
            np.add.at(change, one, by)
            np.add.at(change, two, -by)
            points = points + change * 0.5
    return points


class _Surface:
    """A mesh that keeps cloth outside."""

    def __init__(self, mesh):
        used = np.unique(mesh.triangles)
        self.points = mesh.points[used]
        self.normals = normals(mesh.points, mesh.triangles)[used]
        self.tree = cKDTree(self.points)

    def pushed_out(self, points, thick, near):
        """Points moved out to `thick` above the surface, and which were."""
        far, which = self.tree.query(points, k=4)
        facing = self.normals[which].mean(1)
        facing /= np.linalg.norm(facing, axis=1, keepdims=True)
        depth = np.einsum("ij,ij->i", points - self.points[which].mean(1), facing)
        hit = (far[:, 0] < near) & (depth < thick)
        moved = points.copy()
        moved[hit] += facing[hit] * (thick - depth[hit])[:, None]
        return moved, hit
