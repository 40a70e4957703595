"""Matrices and boxes on a page, in points as the eye sees them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from handouts.check import access

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_LETTER = (0.0, 0.0, 612.0, 792.0)


class Rectangle(NamedTuple):
    """A rectangle, its sides parallel to the page's."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first`, then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)


def point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point after a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(points: Iterable[tuple[float, float]]) -> Rectangle:
    """The smallest box around some points."""
    across, up = zip(*points, strict=True)
    return Rectangle(min(across), min(up), max(across), max(up))


def moved(matrix: Matrix, box: Iterable[float]) -> Rectangle:
    """The box around a box after a matrix."""
    left, bottom, right, top = box
    return around(point(matrix, x, y) for x in (left, right) for y in (bottom, top))


def union(boxes: Iterable[Rectangle]) -> Rectangle:
    """The smallest box around some boxes."""
    return around(corner for box in boxes for corner in ((box.left, box.bottom),
                                                         (box.right, box.top)))


def as_matrix(node: Any) -> Matrix:
    """A PDF array as a matrix; the unit matrix if it is none."""
    return access.numbers(node, 6) or UNIT  # type: ignore[return-value]


def inherited(page: Any, key: str) -> Any:
    """A page's entry, its own or the nearest ancestor's."""
    for _ in range(32):
        value = access.entry(page, key)
        if value is not None or page is None:
            return value
        page = access.entry(page, "Parent")
    return None


def page_box(page: Any) -> Rectangle:
    """What a viewer shows of a page, in the page's own units."""
    for key in ("CropBox", "MediaBox"):
        sides = access.numbers(inherited(page, key), 4)
        if sides and sides[0] != sides[2] and sides[1] != sides[3]:
            return around([(sides[0], sides[1]), (sides[2], sides[3])])
    return Rectangle(*_LETTER)


def page_matrix(page: Any) -> tuple[Matrix, Rectangle]:
    """From the page's units to points as seen, origin at the lower left, and what is seen."""
    box = page_box(page)
    turn = int(access.whole(inherited(page, "Rotate")) or 0) % 360
    unit = access.number(access.entry(page, "UserUnit")) or 1.0
    matrix: Matrix = {90: (0, -1, 1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0),
                      270: (0, 1, -1, 0, 0, 0)}.get(turn, UNIT)
    matrix = times(matrix, (unit, 0, 0, unit, 0, 0))
    seen = moved(matrix, box)
    return (times(matrix, (1, 0, 0, 1, -seen.left, -seen.bottom)),
            Rectangle(0, 0, seen.width, seen.height))
