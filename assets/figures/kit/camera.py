"""The stage: meshes of materials, and what an orthographic camera sees of them, pixel by pixel.

For each pixel: which mesh and material, which limb, how deep, which way it faces, where the point
is in the room and was on the body at rest. `tracing` and `picture` make flat paths of these.
"""

import numba
import numpy as np
from body import normals, unit
from palette import ARMS, MATERIALS
from scipy import ndimage

LIGHT = (-0.45, 0.75, 0.5)  # right, up, towards the viewer: from the upper left
SHADOW_SCALE = 14.0
LEGS = 40  # the first part of a leg
SHADOW_GAP = 1.0  # cm; nearer things cast no shadow on each other


@numba.njit(cache=True)
def _raster(points, triangles, cut, buffers, start):
    """Draws triangles into (depth, triangle, weight, weight) where `cut` is not negative."""
    depth, which, first, second = buffers
    height, width = depth.shape
    for at in range(triangles.shape[0]):
        i, j, k = triangles[at]
        x0, y0, z0 = points[i]
        x1, y1, z1 = points[j]
        x2, y2, z2 = points[k]
        area = (y1 - y2) * (x0 - x2) + (x2 - x1) * (y0 - y2)
        if abs(area) < 1e-12:
            continue
        for y in range(max(int(np.floor(min(y0, y1, y2))), 0),
                       min(int(np.ceil(max(y0, y1, y2))), height - 1) + 1):
            for x in range(max(int(np.floor(min(x0, x1, x2))), 0),
                           min(int(np.ceil(max(x0, x1, x2))), width - 1) + 1):
                a = ((y1 - y2) * (x - x2) + (x2 - x1) * (y - y2)) / area
                b = ((y2 - y0) * (x - x2) + (x0 - x2) * (y - y2)) / area
                c = 1 - a - b
                if min(a, b, c) < -1e-9 or a * cut[i] + b * cut[j] + c * cut[k] < 0:
                    continue
                z = a * z0 + b * z1 + c * z2
                if z < depth[y, x]:
                    depth[y, x] = z
                    which[y, x] = start + at
                    first[y, x] = a
                    second[y, x] = b


def _buffers(height, width):
    return (np.full((height, width), 1e9), np.full((height, width), -1, np.int64),
            np.zeros((height, width)), np.zeros((height, width)))


class Stage:
    """What is in a picture. `person` is the one whose leg the marks are for; `leg` tells which leg
    the picture is about: L, R, or none."""

    def __init__(self, person, leg="L"):
        self.person, self.leg, self.meshes, self.people = person, leg, [], []

    def add(self, mesh, material, *, cut=None, **more):
        """Adds a mesh; `cut` is negative where it isn't there; `person` gives limbs and rest
        places, `crease` draws the edges between its faces, `casts` no shadow when false."""
        points, triangles = mesh
        count = len(points)
        person = more.get("person")
        self.meshes.append({
            "points": np.asarray(points, float), "triangles": np.asarray(triangles, np.int64),
            "material": MATERIALS.index(material), "person": person,
            "arms": MATERIALS.index(ARMS.get(material, material)),
            "cut": np.ones(count) if cut is None else np.asarray(cut, float),
            "part": person.body.part if person else np.zeros(count, int),
            "rest": person.body.rest if person else points,
            "crease": more.get("crease", False), "casts": more.get("casts", True)})

    def add_person(self, person, *, shirt="shirt", shorts="shorts", hair=False, shoes=False):
        """Adds a person and what they wear; a name of None leaves a piece out."""
        triangles = person.body.triangles
        worn = [(material, *shell) for material, shell in (
            (shorts, person.shorts()), (shirt, person.shirt())) if material]
        if hair:
            worn.append(("hair", *person.hair()))
        if shoes:
            worn += [(material, *shell) for material, shell in zip(
                ("shoe", "sock"), person.shoes(), strict=True)]
        covered = np.ones(len(person.points))
        for material, _, cut in worn:
            if material in (shirt, shorts):
                covered = np.where(cut > 1.6, -1.0, covered)
        self.people.append(len(self.meshes))
        self.add((person.points, triangles), person.skin, cut=covered, person=person)
        for material, points, cut in worn:
            self.add((points, triangles), material, cut=cut)
        return self

    # -- camera ------------------------------------------------------------------------------------

    def look(self, angle, rise, at, size, detail):
        """Looks from `angle` to the person's left of the front and `rise` above, at a point;
        `size` is width and height in cm, `detail` pixels a cm."""
        a, e = np.radians([angle, rise])
        self.forward = -np.array([np.sin(a) * np.cos(e), np.sin(e), np.cos(a) * np.cos(e)])
        self.right = unit(np.cross(self.forward, [0, 1, 0]))
        self.up = np.cross(self.right, self.forward)
        self.at, self.size, self.detail = np.asarray(at, float), size, detail
        self.width, self.height = (round(cm * detail) for cm in size)
        self.unit, self.left = 600 / self.width, 0  # picture units a pixel; where the frame begins
        return self

    def pixels(self, points):
        """Where points are on the buffer, and how deep."""
        away = np.atleast_2d(np.asarray(points, float)) - self.at
        return np.stack([(away @ self.right + self.size[0] / 2) * self.detail,
                         (self.size[1] / 2 - away @ self.up) * self.detail,
                         away @ self.forward], -1)

    def units(self, points):
        """Where points are in the picture."""
        return self.pixels(points)[:, :2] * self.unit

    # -- seeing ------------------------------------------------------------------------------------

    def shoot(self, shadow=False):
        """Fills the buffers."""
        buffers, start = _buffers(self.height, self.width), 0
        for mesh in self.meshes:
            _raster(self.pixels(mesh["points"]), mesh["triangles"], mesh["cut"], buffers, start)
            mesh["start"] = start
            start += len(mesh["triangles"])
        shape = (self.height, self.width)
        self.depth = np.minimum(buffers[0], 1e4)
        self.material, self.part = np.zeros(shape, int), np.zeros(shape, int)
        self.mesh = np.full(shape, -1)
        self.facing, self.rest, self.room = (np.zeros((*shape, 3)) for _ in range(3))
        for at, mesh in enumerate(self.meshes):
            self._look_up(at, mesh, buffers)
        self.facing[np.sum(self.facing * self.forward, -1) > 0] *= -1
        sun = unit(LIGHT[0] * self.right + LIGHT[1] * self.up - LIGHT[2] * self.forward)
        self.lit = self.facing @ sun
        self.shadow = self._shadow(sun) if shadow else np.zeros(shape, bool)
        self.is_body = np.isin(self.mesh, self.people[:1])
        return self

    def _look_up(self, at, mesh, buffers):
        _, which, first, second = buffers
        mine = (which >= mesh["start"]) & (which < mesh["start"] + len(mesh["triangles"]))
        corners = mesh["triangles"][which[mine] - mesh["start"]]
        weight = np.stack([first[mine], second[mine], 1 - first[mine] - second[mine]], 1)

        def blend(values):
            return np.einsum("nk,nkd->nd", weight, values[corners])

        facing = blend(normals(mesh["points"], mesh["triangles"]))
        self.facing[mine] = facing / np.maximum(np.linalg.norm(facing, axis=1, keepdims=True), 1e-9)
        self.rest[mine], self.room[mine] = blend(mesh["rest"]), blend(mesh["points"])
        part = mesh["part"][corners[np.arange(len(corners)), np.argmax(weight, 1)]]
        self.part[mine], self.mesh[mine] = part, at
        self.material[mine] = np.where(part < LEGS, mesh["arms"], mesh["material"])

    def _shadow(self, sun):
        """Where something is between a pixel and the light."""
        right = unit(np.cross(-sun, [0, 1, 0.01]))
        up = np.cross(right, -sun)
        seen = self.room[self.mesh >= 0]
        x, y = seen @ right, seen @ up
        left, low = x.min() - 1, y.min() - 1
        buffers = _buffers(int((y.max() - low + 1) * SHADOW_SCALE),
                           int((x.max() - left + 1) * SHADOW_SCALE))
        for mesh in self.meshes:
            if mesh["casts"]:
                points = mesh["points"]
                _raster(np.stack([(points @ right - left) * SHADOW_SCALE,
                                  (points @ up - low) * SHADOW_SCALE, -(points @ sun)], 1),
                        mesh["triangles"], mesh["cut"], buffers, 0)
        nearest = ndimage.map_coordinates(
            np.minimum(buffers[0], 1e3), [(y - low) * SHADOW_SCALE, (x - left) * SHADOW_SCALE],
            order=1, mode="nearest")
        shadow = np.zeros(self.mesh.shape, bool)
        shadow[self.mesh >= 0] = (-(seen @ sun) - nearest) > SHADOW_GAP
        return shadow

    def without_specks(self, least):
        """Lets islands of fewer pixels take what is beside them, as a fingertip poking through."""
        specks = np.zeros(self.material.shape, bool)
        for material in np.unique(self.material)[1:]:
            islands, _ = ndimage.label(self.material == material)
            small = np.bincount(islands.ravel()) < least
            small[0] = False
            specks |= small[islands]
        if specks.any():
            near = ndimage.distance_transform_edt(specks, return_distances=False,
                                                  return_indices=True)
            for name in ("material", "part", "depth", "mesh", "lit", "shadow", "facing", "is_body"):
                setattr(self, name, getattr(self, name)[near[0], near[1]])
