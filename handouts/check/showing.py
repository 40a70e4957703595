"""The text operators: a shown string → its text, place and size (ISO 32000-1, 9.4)."""

from dataclasses import dataclass
from math import hypot
from typing import Any, Protocol

from handouts.check import access, geometry
from handouts.check.fontcodes import CharacterCode, Font
from handouts.check.geometry import Matrix
from handouts.check.painting import Colour, MarkedContent, Show

_ASCENT, _DESCENT = 0.72, -0.22
_LONGEST = 20_000  # bytes of one string
_GAP = 180.0  # thousandths of an em; a wider step to the right is a space between words


@dataclass
class TextState:
    """The text state and the two text matrices."""

    font: Font | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 100.0
    leading: float = 0.0
    rise: float = 0.0
    mode: float = 0.0
    matrix: Matrix = geometry.UNIT
    line: Matrix = geometry.UNIT

    def start_line(self, x: float, y: float) -> None:
        """Goes to a new line, measured from the start of this one."""
        self.line = self.matrix = geometry.times((1, 0, 0, 1, x, y), self.line)


class Graphics(Protocol):
    """What `show` needs of a graphics state."""

    matrix: Matrix
    text: TextState
    colour: Colour | None
    alpha: float


class _Run:
    """One string on its way along the baseline."""

    def __init__(self, text: TextState) -> None:
        self.state, self.across = text, text.scale / 100
        self.at = self.ink = self.natural = 0.0
        self.start: float | None = None
        self.codes: list[CharacterCode] = []
        self.text: list[str] = []

    def step(self, thousandths: float) -> None:
        self.at -= thousandths / 1000 * self.state.size * self.across
        if thousandths < -_GAP and self.text and not self.text[-1].endswith(" "):
            self.text.append(" ")

    def add(self, code: CharacterCode) -> None:
        state = self.state
        width = code.width * state.size * self.across
        blank = bool(code.text) and not code.text.strip()
        if not blank and self.start is None:
            self.start = self.at
        spacing = state.char_space
        if code.value == 32 and state.font is not None and not state.font.wide:
            spacing += state.word_space
        self.natural += width
        self.at += width
        self.ink = self.ink if blank else self.at
        self.at += spacing * self.across
        self.codes.append(code)
        self.text.append(code.text)


def show(parts: list[Any], graphics: Graphics, page: int, mark: MarkedContent) -> Show | None:
    """The string that a text operator shows, and the state moved on to its end."""
    state = graphics.text
    if state.font is None:
        return None
    run = _Run(state)
    for part in parts:
        step = access.number(part)
        if step is not None:
            run.step(step)
            continue
        for code in state.font.codes(access.raw(part)[:_LONGEST]):
            run.add(code)
    whole = geometry.times(state.matrix, graphics.matrix)
    state.matrix = geometry.times((1, 0, 0, 1, run.at, 0), state.matrix)
    return _shown(run, whole, graphics, page=page, mark=mark) if run.codes else None


def _shown(run: _Run, whole: Matrix, graphics: Graphics, *, page: int, mark: MarkedContent) -> Show:
    state, left = run.state, run.start or 0.0
    assert state.font is not None
    rise, size = state.rise, state.size
    box = geometry.moved(whole, (left, rise + _DESCENT * size, max(run.ink, left),
                                 rise + _ASCENT * size))
    _, baseline = geometry.point(whole, left, rise)
    a, b, c, d, _, _ = whole
    along = hypot(a, b)
    return Show(
        page, mark, "".join(run.text), tuple(run.codes), state.font,
        size=abs(size) * hypot(c, d), box=box, baseline=baseline, natural=run.natural * along,
        level=a * size > 0 and abs(b) < 0.1 * abs(a), colour=graphics.colour,
        alpha=graphics.alpha, mode=int(state.mode))
