"""What a page paints, and within which marks: the facts that all other questions start from."""

from dataclasses import dataclass, field, replace

from handouts.check.access import Key
from handouts.check.fontcodes import CharacterCode, Font
from handouts.check.geometry import Rectangle

Colour = tuple[float, float, float]
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
