"""What SVG writes as text → numbers: lengths, transforms, and the path that a shape draws."""

import re
from cmath import exp, phase
from collections.abc import Callable, Iterator, Mapping
from math import ceil, cos, hypot, pi, radians, sin, sqrt, tan
from xml.etree.ElementTree import Element

from handouts.drawings.svg import NUMBER, fit, gap_end, length, numbers
from handouts.pdf.figures.painters import Matrix, Step, multiplied

Point = tuple[float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_ROUND = 0.5522847498  # a quarter of a circle as a cubic: 4/3 (√2 - 1)
_FLAG = re.compile(r"[01]")
_STEPS = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")
_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}


# -- transforms ------------------------------------------------------------------------------------


def transform(text: str) -> Matrix:
    """The matrix of a `transform`; ValueError for one that is none."""
    matrix = IDENTITY
    if _STEPS.sub("", text).strip(" ,\t\r\n"):
        raise ValueError("no transform")
    for kind, listed in _STEPS.findall(text):
        step, counts = _TRANSFORMS.get(kind, (None, ()))
        given = numbers(listed)
        if step is None or len(given) not in counts:
            raise ValueError("no transform")
        matrix = multiplied(matrix, step(*given))
    return matrix


def _rotation(degrees: float, x: float = 0, y: float = 0) -> Matrix:
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return c, s, -s, c, x - c * x + s * y, y - s * x - c * y


_TRANSFORMS: Mapping[str, tuple[Callable[..., Matrix], tuple[int, ...]]] = {
    "matrix": (lambda *n: n, (6,)),
    "translate": (lambda x, y=0: (1, 0, 0, 1, x, y), (1, 2)),
    "scale": (lambda x, y=None: (x, 0, 0, x if y is None else y, 0, 0), (1, 2)),
    "rotate": (_rotation, (1, 3)),
    "skewX": (lambda angle: (1, 0, tan(radians(angle)), 1, 0, 0), (1,)),
    "skewY": (lambda angle: (1, tan(radians(angle)), 0, 1, 0, 0), (1,))}


def fitted(symbol: Element, wide: float, high: float) -> tuple[Matrix, list[Step]]:
    """The matrix into a symbol's own units, and its frame in them."""
    box = numbers(symbol.get("viewBox", ""))
    if len(box) != 4:
        return IDENTITY, shape_steps("rect", {"width": f"{wide}", "height": f"{high}"}, 1, 1)
    scale, across, down = fit(box, symbol.get("preserveAspectRatio", ""), wide, high)
    return (scale, 0, 0, scale, across, down), shape_steps("rect", {
        "x": f"{-across / scale}", "y": f"{-down / scale}", "width": f"{wide / scale}",
        "height": f"{high / scale}"}, 1, 1)


# -- shapes ----------------------------------------------------------------------------------------


def shape_steps(tag: str, given: Mapping[str, str], wide: float, high: float) -> list[Step]:
    """The path of a shape in its own units; percentages are of the drawing's width and height."""
    def across(name: str, default: float = 0) -> float:
        return length(given.get(name, ""), wide, default)

    def down(name: str, default: float = 0) -> float:
        return length(given.get(name, ""), high, default)

    if tag == "path":
        return path_steps(given.get("d", ""))
    if tag == "rect":
        return _rect((across("x"), down("y")), (across("width"), down("height")),
                     (across("rx", -1), down("ry", -1)))
    if tag == "circle":
        radius = length(given.get("r", ""), hypot(wide, high) / sqrt(2))
        return _ellipse(across("cx"), down("cy"), radius, radius)
    if tag == "ellipse":
        rx, ry = across("rx", -1), down("ry", -1)
        return _ellipse(across("cx"), down("cy"), ry if rx < 0 else rx, rx if ry < 0 else ry)
    points = numbers(given.get("points", "")) if tag != "line" else [
        across("x1"), down("y1"), across("x2"), down("y2")]
    return [*_through(points), *([("h", ())] if tag == "polygon" and points else [])]


def _through(points: list[float]) -> Iterator[Step]:
    """Lines through points; one half of a point at the end is none."""
    for at in range(0, len(points) - 1, 2):
        yield ("l" if at else "m"), (points[at], points[at + 1])


def _rect(corner: Point, size: Point, radii: Point) -> list[Step]:
    (x, y), (wide, high), (rx, ry) = corner, size, radii
    if wide <= 0 or high <= 0:
        return []
    rx, ry = (ry if rx < 0 else rx), (rx if ry < 0 else ry)
    rx, ry = min(max(rx, 0), wide / 2), min(max(ry, 0), high / 2)
    right, bottom = x + wide, y + high
    if not rx or not ry:
        return [("m", (x, y)), ("l", (right, y)), ("l", (right, bottom)), ("l", (x, bottom)),
                ("h", ())]
    kx, ky = rx * (1 - _ROUND), ry * (1 - _ROUND)
    return [("m", (x + rx, y)), ("l", (right - rx, y)),
            ("c", (right - kx, y, right, y + ky, right, y + ry)), ("l", (right, bottom - ry)),
            ("c", (right, bottom - ky, right - kx, bottom, right - rx, bottom)),
            ("l", (x + rx, bottom)), ("c", (x + kx, bottom, x, bottom - ky, x, bottom - ry)),
            ("l", (x, y + ry)), ("c", (x, y + ky, x + kx, y, x + rx, y)), ("h", ())]


def _ellipse(x: float, y: float, rx: float, ry: float) -> list[Step]:
    if rx <= 0 or ry <= 0:
        return []
    kx, ky = rx * _ROUND, ry * _ROUND
    return [("m", (x + rx, y)), ("c", (x + rx, y + ky, x + kx, y + ry, x, y + ry)),
            ("c", (x - kx, y + ry, x - rx, y + ky, x - rx, y)),
            ("c", (x - rx, y - ky, x - kx, y - ry, x, y - ry)),
            ("c", (x + kx, y - ry, x + rx, y - ky, x + rx, y)), ("h", ())]


# -- path data -------------------------------------------------------------------------------------


def path_steps(text: str) -> list[Step]:
    """The path that path data draw; as SVG wants it, nothing after a fault (SVG 2, 9.5.4)."""
    trace = _Trace()
    for command, given in _commands(text):
        trace.follow(command, given)
    return trace.steps


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    at, command = gap_end(text, 0), ""
    while at < len(text):
        if text[at].lower() in _TAKES:
            command, at = text[at], gap_end(text, at + 1)
        elif command in ("", "z", "Z"):
            return
        given: list[float] = []
        while len(given) < _TAKES[command.lower()]:
            is_flag = command in "aA" and len(given) in (3, 4)
            match = (_FLAG if is_flag else NUMBER).match(text, at)
            if not match:
                return
            given.append(float(match[0]))
            at = gap_end(text, match.end())
        yield command, given
        command = {"m": "l", "M": "L"}.get(command, command)


class _Trace:
    """Follows commands: where it is, where this part began, and the control point to mirror."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._x = self._y = 0.0
        self._first = self._control = (0.0, 0.0)
        self._before = ""

    def follow(self, command: str, given: list[float]) -> None:
        """Adds what one command draws; nothing but a move may come first."""
        kind = command.lower()
        if not self.steps and kind != "m":
            return
        if command == kind and kind in "mlcsqt":
            given = [value + (self._y if at % 2 else self._x) for at, value in enumerate(given)]
        if self._before == "z" and kind not in "mz":  # it goes on from where the part began
            self.steps.append(("m", self._first))
        getattr(self, f"_{kind}")(given, command == kind)
        self._before = kind

    def _add(self, operator: str, points: tuple[float, ...]) -> None:
        self.steps.append((operator, points))
        self._x, self._y = points[-2:]

    def _m(self, given: list[float], _: bool) -> None:
        self._add("m", tuple(given))
        self._first = self._x, self._y

    def _l(self, given: list[float], _: bool) -> None:
        self._add("l", tuple(given))

    def _h(self, given: list[float], relative: bool) -> None:
        self._add("l", (given[0] + (self._x if relative else 0), self._y))

    def _v(self, given: list[float], relative: bool) -> None:
        self._add("l", (self._x, given[0] + (self._y if relative else 0)))

    def _c(self, given: list[float], _: bool) -> None:
        self._add("c", tuple(given))
        self._control = given[2], given[3]

    def _s(self, given: list[float], _: bool) -> None:
        self._c([*self._mirrored("cs"), *given], False)

    def _q(self, given: list[float], _: bool) -> None:
        x, y, right, bottom = given
        self._add("c", (self._x + 2 / 3 * (x - self._x), self._y + 2 / 3 * (y - self._y),
                        right + 2 / 3 * (x - right), bottom + 2 / 3 * (y - bottom),
                        right, bottom))
        self._control = x, y

    def _t(self, given: list[float], _: bool) -> None:
        self._q([*self._mirrored("qt"), *given], False)

    def _mirrored(self, kinds: str) -> tuple[float, float]:
        if self._before and self._before in kinds:
            return 2 * self._x - self._control[0], 2 * self._y - self._control[1]
        return self._x, self._y

    def _a(self, given: list[float], relative: bool) -> None:
        rx, ry, turn, large, sweep, x, y = given
        end = (x + self._x, y + self._y) if relative else (x, y)
        start = self._x, self._y
        if start == end:
            return
        if not rx or not ry:
            self._add("l", end)
            return
        for points in _arc((complex(*start), complex(*end)), (abs(rx), abs(ry)), radians(turn),
                           (large, sweep)):
            self._add("c", points)

    def _z(self, given: list[float], _: bool) -> None:
        if self.steps[-1][0] == "m":  # a dot: not every viewer shows one without a line
            self.steps.append(("l", self.steps[-1][1]))
        self.steps.append(("h", ()))
        self._x, self._y = self._first


def _arc(ends: tuple[complex, complex], radii: tuple[float, float], turn: float,
         flags: tuple[float, float]) -> Iterator[tuple[float, ...]]:
    """Cubics along an elliptical arc (SVG 2, B.2), which is one of a circle of radius 1 there."""
    turned, (large, sweep) = exp(1j * turn), flags
    first, last = (complex(z.real / radii[0], z.imag / radii[1])
                   for z in (end / turned for end in ends))
    half = (first - last) / 2
    grown = max(1.0, abs(half))  # radii that are too small for their ends
    side = sqrt(max(0.0, (grown / abs(half)) ** 2 - 1)) * (1 if large != sweep else -1)
    centre = (first + last) / 2 - 1j * half * side
    angle = phase((last - centre) / (first - centre))
    angle += 2 * pi * ((angle < 0) if sweep else -(angle > 0))
    pieces = max(1, ceil(abs(angle) / (pi / 2) - 1e-9))
    step, reach = exp(1j * angle / pieces), 4j / 3 * tan(angle / pieces / 4)
    arm = first - centre
    for _ in range(pieces):
        after = arm * step
        points = (arm + reach * arm, after - reach * after, after)
        placed = [complex(z.real * radii[0], z.imag * radii[1]) * turned
                  for z in (centre + point for point in points)]
        yield tuple(part for z in placed for part in (z.real, z.imag))
        arm = after
