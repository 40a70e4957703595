"""What a page paints, in which colour and within which marks: the facts that all other questions
start from.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from handouts.check import access
from handouts.check.access import Key
from handouts.check.fontcodes import CharacterCode, Font
from handouts.check.geometry import Rectangle

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
COLOUR_OPERATORS = {"g": 1, "rg": 3, "k": 4, "cs": 0, "sc": 0, "scn": 0}
_DEVICE = {"DeviceGray": 1, "G": 1, "CalGray": 1, "DeviceRGB": 3, "RGB": 3, "CalRGB": 3,
           "DeviceCMYK": 4, "CMYK": 4}
ContentKey = tuple[Key | int, int]  # the page's index or the form's object, and the MCID
INVISIBLE = (3, 7)  # text rendering modes that leave no mark


@dataclass(frozen=True, eq=False)
class MarkedContent:
    """A marked-content sequence, with what it takes from those around it."""

    tag: str
    content: ContentKey | None
    artifact: bool
    actual: str | None = None
    covered: bool = False  # an ActualText here or around speaks for the characters

    @property
    def tagged(self) -> bool:
        """Either part of the structure or said to be decoration."""
        return self.artifact or self.content is not None


NO_MARK = MarkedContent("", None, False)


@dataclass(frozen=True, eq=False)
class Show:
    """A shown string: its text, place, size and look."""

    page: int
    mark: MarkedContent
    text: str
    codes: tuple[CharacterCode, ...]
    font: Font
    size: float
    box: Rectangle
    baseline: float
    natural: float  # its width without any spacing
    level: bool  # runs from left to right
    colour: Colour | None
    alpha: float
    mode: int

    @property
    def visible(self) -> bool:
        """Leaves a mark on the page that is more than white space."""
        return self.mode not in INVISIBLE and self.alpha > 0 and bool(self.text.strip())

    @property
    def inked(self) -> bool:
        """The same, but told without a text for the codes."""
        return self.mode not in INVISIBLE and any(
            code.text.strip() or not code.text for code in self.codes)


@dataclass(frozen=True)
class Paint:
    """A painted path, picture or shading."""

    mark: MarkedContent
    box: Rectangle | None
    picture: Key | None = None


@dataclass
class PageContent:
    """All that one page paints, in the order of painting."""

    number: int
    box: Rectangle
    shows: list[Show] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    marks: dict[ContentKey, int] = field(default_factory=dict)
    broken: bool = False
    cut: bool = False
    like: int = 0  # the number of an earlier page of the same streams
    drawable: bool = True  # what comes back to itself, or unpacks without end, is not drawn

    def repeated(self, number: int) -> "PageContent":
        """The same on another page, whose marked content is its own."""
        here, there = self.number - 1, number - 1

        def key(content: ContentKey | None) -> ContentKey | None:
            return (there, content[1]) if content is not None and content[0] == here else content

        marks = {id(mark): mark for mark in (*(show.mark for show in self.shows),
                                             *(paint.mark for paint in self.paints))}
        moved = {at: replace(mark, content=key(mark.content)) for at, mark in marks.items()}
        return replace(
            self, number=number, like=self.number,
            marks={key(own) or own: count for own, count in self.marks.items()},
            shows=[replace(show, page=number, mark=moved[id(show.mark)]) for show in self.shows],
            paints=[replace(paint, mark=moved[id(paint.mark)]) for paint in self.paints])


# -- colours ---------------------------------------------------------------------------------------


def colour_after(operator: str, operands: list[Any], resources: Any,
          space: Any) -> tuple[Any, Colour | None]:
    """Colour space (its number of components, 0 if not known) and colour after an operator."""
    if operator == "cs":
        count = _components(operands[0] if operands else None, resources)
        return count, BLACK if count else None
    count = COLOUR_OPERATORS[operator] or space or 0
    values = [access.number(value) for value in operands]
    if not count or len(values) != count or None in values:
        return count, None
    return count, _rgb([min(max(value or 0.0, 0.0), 1.0) for value in values])


def _components(node: Any, resources: Any) -> int:
    named = access.name(node)
    if named and named not in _DEVICE:
        node = access.entry(resources, "ColorSpace", named)
    family = access.name(node) or access.name(next(iter(access.items(node)), None))
    if family == "ICCBased":
        count = access.whole(access.entry([*access.items(node), None, None][1], "N"))
        return count if count in (1, 3, 4) else 0
    return _DEVICE.get(family, 0)


def _rgb(values: list[float]) -> Colour:
    if len(values) == 1:
        return values[0], values[0], values[0]
    if len(values) == 3:
        return values[0], values[1], values[2]
    key = 1 - values[3]
    return (1 - values[0]) * key, (1 - values[1]) * key, (1 - values[2]) * key


def mixed(over: Colour, under: Colour, alpha: float) -> Colour:
    """A translucent colour laid over another."""
    red, green, blue = (a * alpha + b * (1 - alpha) for a, b in zip(over, under, strict=True))
    return red, green, blue
