"""From pixels to paths: outlines of masks, chains of edges, and Bezier curves through both.

Curves are fitted by Schneider's method; `svg.data` writes them with whole units (0.1 mm), which
at print size is finer than a printer's dot.
"""

from itertools import pairwise

import numpy as np
from scipy import ndimage
from scipy.interpolate import make_interp_spline
from skimage import measure


def _unit(vector):
    length = np.linalg.norm(vector)
    return vector / length if length > 1e-9 else vector


def _at(curve, t):
    s = 1 - t
    return ((s**3)[:, None] * curve[0] + (3 * t * s * s)[:, None] * curve[1]
            + (3 * t * t * s)[:, None] * curve[2] + (t**3)[:, None] * curve[3])


def _best(points, t, start, end):
    """The cubic with these end tangents that is nearest to the points."""
    s = 1 - t
    b = (s**3, 3 * t * s**2, 3 * t * t * s, t**3)
    one, two = b[1][:, None] * start, b[2][:, None] * end
    matrix = np.array([[np.sum(one * one), np.sum(one * two)],
                       [np.sum(one * two), np.sum(two * two)]])
    rest = points - ((b[0] + b[1])[:, None] * points[0] + (b[2] + b[3])[:, None] * points[-1])
    chord = np.linalg.norm(points[-1] - points[0])
    handles = np.full(2, chord / 3)
    if abs(np.linalg.det(matrix)) > 1e-9:
        solved = np.linalg.solve(matrix, [np.sum(one * rest), np.sum(two * rest)])
        if solved.min() >= chord * 1e-3 and solved.max() <= chord * 3:
            handles = solved
    return np.array([points[0], points[0] + handles[0] * start,
                     points[-1] + handles[1] * end, points[-1]])


def _nearer(curve, points, t):
    """Parameters moved so that the curve's points come nearer (one Newton step)."""
    first = 3 * (curve[1:] - curve[:-1])
    second = 2 * (first[1:] - first[:-1])
    s = 1 - t
    gap = _at(curve, t) - points
    speed = ((s * s)[:, None] * first[0] + (2 * t * s)[:, None] * first[1]
             + (t * t)[:, None] * first[2])
    turn = s[:, None] * second[0] + t[:, None] * second[1]
    slope = np.sum(speed * speed, 1) + np.sum(gap * turn, 1)
    step = np.where(np.abs(slope) > 1e-9,
                    np.sum(gap * speed, 1) / np.where(np.abs(slope) > 1e-9, slope, 1), 0)
    return np.maximum.accumulate(np.clip(t - step, 0, 1))


def _fit(points, start, end, tolerance):
    """A cubic within the tolerance, or None, and where it is worst."""
    t = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    t = t / max(t[-1], 1e-9)
    miss = np.zeros(len(points))
    for _ in range(5):
        curve = _best(points, t, start, end)
        miss = np.linalg.norm(_at(curve, t) - points, axis=1)
        if miss.max() < tolerance:
            return curve, 0
        if miss.max() > tolerance * 6:
            break
        t = _nearer(curve, points, t)
    return None, int(np.clip(np.argmax(miss), 1, len(points) - 2))


def curves(points, tolerance, closed=False):
    """Cubics through a polyline, within a tolerance."""
    points = np.asarray(points, float)
    if len(points) < 2:
        return []
    last = len(points) - 1
    near = min(4, last)
    start, end = _unit(points[near] - points[0]), _unit(points[last - near] - points[last])
    if closed:
        start = _unit(points[near] - points[last - near])
        end = -start
    todo, found = [(0, last, start, end)], []
    while todo:
        i, j, start, end = todo.pop()
        if j - i == 1:
            third = np.linalg.norm(points[j] - points[i]) / 3
            found.append(np.array([points[i], points[i] + third * start,
                                   points[j] + third * end, points[j]]))
            continue
        curve, worst = _fit(points[i:j + 1], start, end, tolerance)
        if curve is not None:
            found.append(curve)
            continue
        split = i + worst
        across = _unit(points[min(j, split + 3)] - points[max(i, split - 3)])
        todo += [(split, j, across, end), (i, split, start, -across)]
    return found


def spline(points, count=80):
    """A smooth polyline through a few points."""
    points = np.asarray(points, float)
    t = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    return make_interp_spline(t, points, k=min(3, len(points) - 1))(np.linspace(0, t[-1], count))


def smooth_ring(points, sigma):
    """A closed polyline (last point not repeated), smoothed."""
    if len(points) < 8:
        return points
    return ndimage.gaussian_filter1d(points, sigma, axis=0, mode="wrap")


def smooth_line(points, sigma):
    """An open polyline, smoothed; its ends stay."""
    if len(points) < 5:
        return points
    reach = min(len(points) - 1, int(4 * sigma) + 1)
    longer = np.vstack([2 * points[0] - points[reach:0:-1], points,
                        2 * points[-1] - points[-2:-reach - 2:-1]])
    found = ndimage.gaussian_filter1d(longer, sigma, axis=0)[reach:reach + len(points)]
    found[0], found[-1] = points[0], points[-1]
    return found


def box(mask, around):
    """Where a mask lies, with so many pixels around it: its upper left corner, and the slices."""
    part = tuple(slice(max(0, at.start - around), at.stop + around)
                 for at in ndimage.find_objects(mask.astype(np.uint8))[0])
    return (part[0].start, part[1].start), part


def rings(mask, blur, least):
    """The outlines of a mask as closed polylines in pixels, islands of less than `least` left."""
    if not mask.any():
        return
    (top, left), part = box(mask, 1)
    field = ndimage.gaussian_filter(np.pad(mask[part].astype(float), 20), blur)
    for contour in measure.find_contours(field, 0.5):
        ring = contour[:, ::-1] - 20 + [left, top]
        x, y = ring.T
        area = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
        if area >= least and len(ring) > 9:
            ring = smooth_ring(ring[:-1], 2)
            ring = np.vstack([ring, ring[:1]])
            yield ring[::2] if len(ring) > 60 else ring


# -- edges -----------------------------------------------------------------------------------------


class EdgeGraph:
    """The cracks between pixels that are edges, as a graph of lattice corners."""

    def __init__(self, below, beside):
        self.near = {}
        for y, x in zip(*np.nonzero(below), strict=True):
            self._add((x - 0.5, y + 0.5), (x + 0.5, y + 0.5))
        for y, x in zip(*np.nonzero(beside), strict=True):
            self._add((x + 0.5, y - 0.5), (x + 0.5, y + 0.5))

    def _add(self, one, two):
        self.near.setdefault(one, []).append(two)
        self.near.setdefault(two, []).append(one)

    def _walk(self, one, two, seen):
        """A chain from an edge to the next end or junction."""
        chain = [one, two]
        while len(self.near[chain[-1]]) == 2:
            a, b = self.near[chain[-1]]
            after = b if a == chain[-2] else a
            edge = tuple(sorted((chain[-1], after)))
            if edge in seen:
                break
            seen.add(edge)
            chain.append(after)
        return chain

    def chains(self):
        """All chains: first those between ends and junctions, then loops."""
        seen, found = set(), []
        ends = [at for at in self.near if len(self.near[at]) != 2]
        for at in [*ends, *(at for at in self.near if len(self.near[at]) == 2)]:
            for other in self.near[at]:
                edge = tuple(sorted((at, other)))
                if edge not in seen:
                    seen.add(edge)
                    found.append(self._walk(at, other, seen))
        return found

    def prune(self, least):
        """Cuts short spurs off."""
        for _ in range(3):
            spurs = [chain for chain in self.chains()
                     if len(chain) < least and chain[0] != chain[-1]
                     and (len(self.near[chain[0]]) == 1 or len(self.near[chain[-1]]) == 1)]
            if not spurs:
                return
            for chain in spurs:
                for one, two in pairwise(chain):
                    self._cut(one, two)
            for at in [at for at in self.near if not self.near[at]]:
                del self.near[at]

    def _cut(self, one, two):
        for a, b in ((one, two), (two, one)):
            if b in self.near.get(a, []):
                self.near[a].remove(b)

    def free(self, at):
        """Whether a line ends here in the open."""
        return len(self.near.get(at, [])) == 1


def _heading(chain, end, reach=14):
    """The direction in which a chain leaves one of its ends."""
    part = np.array(chain[:reach] if end == 0 else chain[::-1][:reach], float)
    return _unit(part[-1] - part[0])


def _links(chains):
    """At each junction the chain ends that go on in each other, straightest first."""
    ends, links = {}, {}
    for at, chain in enumerate(chains):
        if chain[0] != chain[-1]:
            for end in (0, -1):
                ends.setdefault(chain[end], []).append((at, end))
    for meeting in ends.values():
        pairs = sorted((
            (_heading(chains[a[0]], a[1]) @ _heading(chains[b[0]], b[1]), a, b)
            for i, a in enumerate(meeting) for b in meeting[i + 1:] if a[0] != b[0]),
            key=lambda pair: pair[0])
        for cosine, a, b in pairs:
            if cosine < -0.5 and a not in links and b not in links:
                links[a], links[b] = b, a
    return links


def lines(below, beside, least=18, sigma=4.0, spur=10):
    """Smooth polylines along edges: (points, closed, which ends are free)."""
    graph = EdgeGraph(below, beside)
    graph.prune(spur)
    chains = graph.chains()
    links, done = _links(chains), set()

    def walk(at, end):
        points = []
        while True:
            done.add(at)
            chain = chains[at] if end == 0 else chains[at][::-1]
            points += chain if not points else chain[1:]
            exit_ = (at, -1 if end == 0 else 0)
            if exit_ not in links or links[exit_][0] in done:
                return points
            at, end = links[exit_]

    starts = [(at, end) for at in range(len(chains)) for end in (0, -1) if (at, end) not in links]
    for at, end in [*starts, *((at, 0) for at in range(len(chains)))]:
        if at in done:
            continue
        chain = walk(at, end)
        if len(chain) >= least:
            yield _smoothed(chain, graph, sigma)


def _smoothed(chain, graph, sigma):
    points = np.array(chain, float)
    closed = chain[0] == chain[-1] and len(points) > 20
    if closed:
        ring = smooth_ring(points[:-1], sigma)
        return np.vstack([ring, ring[:1]]), True, (False, False)
    return smooth_line(points, sigma), False, (graph.free(chain[0]), graph.free(chain[-1]))


def tapered(points, half, free, over=40.0, least=0.25):
    """The outline of a line that thins towards its free ends, as in inking."""
    along = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    over = min(over, along[-1] * 0.45)
    width = np.ones(len(points))
    for end, far in zip(free, (along, along[-1] - along), strict=True):
        if end:
            swell = least + (1 - least) * np.sin(np.clip(far / over, 0, 1) * np.pi / 2)
            width = np.minimum(width, swell)
    tangent = np.gradient(points, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    side = np.c_[-tangent[:, 1], tangent[:, 0]] * (width * half)[:, None]
    return np.vstack([points + side, (points - side)[::-1]])
