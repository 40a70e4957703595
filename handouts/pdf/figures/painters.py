"""Paths and their looks → PDF operators in whole units, each state set only when it changes.

Nothing is taken for granted of the page that the operators will be drawn on, except that it is
opaque: colours, line width, cap, join, dash and miter limit are all set before they are used.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

Matrix = tuple[float, float, float, float, float, float]
Step = tuple[str, tuple[float, ...]]  # m, l, c or h, with its coordinates
Colour = tuple[float, float, float]
Point = tuple[int, int]

FAR = 1_000_000  # units: nothing on paper is that far away
FLAT = 0.4  # units: a curve nearer than this to its chord is a line


@dataclass(frozen=True)
class PathPaint:
    """How a path is painted; None for a fill or a stroke is none at all."""

    fill: Colour | None = None
    stroke: Colour | None = None
    even_odd: bool = False
    fill_opacity: float = 1
    stroke_opacity: float = 1
    width: float = 1
    cap: int = 0
    join: int = 0
    miter: float = 4
    dash: tuple[float, ...] = ()
    dash_at: float = 0


class Shading(Protocol):
    """Colours that change from place to place."""

    def shading(self) -> str:
        """The dictionary of a PDF shading."""


class ShapeWriter(Protocol):
    """What shapes are drawn with."""

    def save(self) -> None:
        """Begins a part that may be clipped."""

    def restore(self) -> None:
        """Ends it."""

    def clip(self, path: str, *, even_odd: bool) -> None:
        """Cuts what follows in this part."""

    def shade(self, shading: Shading, matrix: Matrix, opacity: float) -> None:
        """Fills what the clip leaves."""

    def paint(self, path: str, look: PathPaint) -> None:
        """Fills and strokes a path."""


class Pen:
    """Writes operators, and remembers the state, the opacities and the shadings they have set."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.shaded: list[Shading] = []
        self.opacities: list[tuple[float, float]] = []
        self._state: dict[str, str] = {}
        self._saved: list[dict[str, str]] = []

    def save(self) -> None:
        """Opens a q … Q pair."""
        self.lines.append("q")
        self._saved.append(dict(self._state))

    def restore(self) -> None:
        """Closes a q … Q pair; without anything in it the pair is taken back."""
        self._state = self._saved.pop()
        if self.lines[-1] == "q":
            self.lines.pop()
        else:
            self.lines.append("Q")

    def clip(self, path: str, *, even_odd: bool) -> None:
        """Cuts whatever follows, up to the next `restore`."""
        self.lines.append(f"{path}{'W*' if even_odd else 'W'} n")

    def shade(self, shading: Shading, matrix: Matrix, opacity: float) -> None:
        """Fills the clipped region with a shading."""
        self._opacity(opacity, 1)
        if shading not in self.shaded:
            self.shaded.append(shading)
        self.lines.append(f"{' '.join(precise(value) for value in matrix)} cm "
                          f"/S{self.shaded.index(shading)} sh")

    def paint(self, path: str, look: PathPaint) -> None:
        """Fills and strokes a path."""
        star = "*" if look.even_odd else ""
        if not path or (look.fill is None and look.stroke is None):
            return
        self._opacity(look.fill_opacity if look.fill else 1,
                      look.stroke_opacity if look.stroke else 1)
        if look.fill:
            self._set("rg", colour(look.fill))
        if not look.stroke:
            self.lines.append(f"{path}f{star}")
            return
        self._line(look)
        # B paints a translucent fill and stroke as one; SVG lets the fill show under the stroke.
        if look.fill and look.stroke_opacity < 1:
            self.lines.append(f"{path}f{star}")
        both = look.fill and look.stroke_opacity == 1
        self.lines.append(path + (f"B{star}" if both else "S"))

    def resources(self) -> str:
        """The resource dictionary of all that was drawn."""
        states = "".join(f"/G{at}<</ca {precise(fill)}/CA {precise(stroke)}>>"
                         for at, (fill, stroke) in enumerate(self.opacities))
        shadings = "".join(f"/S{at}{one.shading()}" for at, one in enumerate(self.shaded))
        return "<<" + (f"/ExtGState<<{states}>>" if states else "") + (
            f"/Shading<<{shadings}>>" if shadings else "") + ">>"

    def _line(self, look: PathPaint) -> None:
        self._set("RG", colour(look.stroke or (0, 0, 0)))
        self._set("w", short(look.width))
        self._set("J", str(look.cap))
        self._set("j", str(look.join))
        self._set("d", f"[{' '.join(short(value) for value in look.dash)}]{short(look.dash_at)}")
        if look.join == 0:
            self._set("M", short(look.miter))

    def _opacity(self, fill: float, stroke: float) -> None:
        wanted = (round(fill, 3), round(stroke, 3))
        if wanted == (1, 1) and "gs" not in self._state:
            return
        if wanted not in self.opacities:
            self.opacities.append(wanted)
        self._set("gs", f"/G{self.opacities.index(wanted)}")

    def _set(self, operator: str, operands: str) -> None:
        if self._state.get(operator) != operands:
            self._state[operator] = operands
            self.lines.append(f"{operands} {operator}")


def short(value: float) -> str:
    """A number with two decimals at most, as short as PDF allows."""
    return _trimmed(f"{value:.2f}")


def colour(rgb: Colour) -> str:
    """A colour's three operands; three decimals tell all 256 levels apart."""
    return " ".join(_trimmed(f"{level:.3f}") for level in rgb)


def precise(value: float) -> str:
    """A number of a matrix."""
    return _trimmed(f"{value:.6f}")


def _trimmed(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole = text.replace("-0.", "-.") if text.startswith("-0.") else text.removeprefix("0")
    return "0" if whole in ("", "-0") else whole


# -- paths -----------------------------------------------------------------------------------------


def multiplied(one: Matrix, two: Matrix) -> Matrix:
    """The transformation that does the second, then the first."""
    a, b, c, d, e, f = one
    return (a * two[0] + c * two[1], b * two[0] + d * two[1],
            a * two[2] + c * two[3], b * two[2] + d * two[3],
            a * two[4] + c * two[5] + e, b * two[4] + d * two[5] + f)


def moved(steps: Iterable[Step], matrix: Matrix) -> Iterator[Step]:
    """The path after a transformation."""
    a, b, c, d, e, f = matrix
    for operator, points in steps:
        pairs = zip(points[::2], points[1::2], strict=True)
        yield operator, tuple([value for x, y in pairs
                               for value in (a * x + c * y + e, b * x + d * y + f)])


def written(steps: Iterable[Step]) -> str:
    """The path's operators, rounded to whole units; what rounding made needless is left out."""
    out: list[str] = []
    last, before, at = "", (0, 0), (0, 0)  # the step before, where it began, and where it ended
    for operator, exact in steps:
        points = tuple(map(round, exact))
        if points and (max(points) > FAR or min(points) < -FAR):
            raise ValueError("a shape far outside its frame")
        if operator == "c" and _is_flat(at, points):
            operator, points = "l", points[-2:]
        if operator == "l" and last in ("l", "c") and points == at:
            continue
        if operator == last == "l" and _straight_on(before, at, points):
            out.pop()
            at = before
        out.append(_operator(operator, points, at))
        last, before, at = operator, at, (points[-2], points[-1]) if points else at
    return "".join(out)


def _is_flat(start: Point, points: tuple[int, ...]) -> bool:
    """Whether a curve keeps so close to its chord, between its ends, that it may be a line."""
    (left, top), (x1, y1, x2, y2, x3, y3) = start, points
    x, y = x3 - left, y3 - top
    squared = x * x + y * y
    near = FLAT * FLAT * squared
    first, second = x * (y1 - top) - y * (x1 - left), x * (y2 - top) - y * (x2 - left)
    if not squared:
        return (x1, y1) == (x2, y2) == start
    return (first * first <= near and second * second <= near
            and 0 <= x * (x1 - left) + y * (y1 - top) <= squared
            and 0 <= x * (x2 - left) + y * (y2 - top) <= squared)


def _straight_on(before: Point, corner: Point, after: tuple[int, ...]) -> bool:
    x, y = corner[0] - before[0], corner[1] - before[1]
    across, down = after[0] - corner[0], after[1] - corner[1]
    return x * down == y * across and x * across + y * down > 0


def _operator(operator: str, points: tuple[int, ...], at: Point) -> str:
    if operator == "c":
        if points[:2] == at:
            operator, points = "v", points[2:]
        elif points[2:4] == points[4:]:
            operator, points = "y", points[:4]
    return " ".join([*map(str, points), operator]) + "\n"
