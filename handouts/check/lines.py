"""Running text as lines: which strings stand on one line, and which lines are one paragraph."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from handouts.check.painted import PaintedPdf, joined
from handouts.check.painting import Show

RUNNING = {"P", "LBody", "BlockQuote", "Note", "TD", "Caption", "Div"}
_COLUMN_GAP = 2.5  # ems; a wider gap on a line parts two columns
_LEADING = 1.9  # ems; a wider step down parts two paragraphs


@dataclass(frozen=True)
class TextLine:
    """Strings on one baseline, from left to right."""

    shows: tuple[Show, ...]

    @cached_property
    def text(self) -> str:
        """Its text."""
        return joined(list(self.shows))

    @property
    def left(self) -> float:
        """Where its first character starts."""
        return self.shows[0].box.left

    @property
    def right(self) -> float:
        """Where its last character that is not a space ends."""
        return max(show.box.right for show in self.shows)

    @property
    def size(self) -> float:
        """The size of its largest character."""
        return max(show.size for show in self.shows)

    @property
    def stretch(self) -> float:
        """How much wider than natural each of its spaces is, in ems."""
        spaces = self.text.count(" ")
        natural = sum(show.natural for show in self.shows)
        drawn = self.right - self.left
        return (drawn - natural) / spaces / self.size if spaces and self.size else 0.0


Lines = list[TextLine]


def paragraphs(facts: PaintedPdf) -> list[Lines]:
    """The running text: by its tags, or by its looks in a PDF without tags."""
    if facts.tree is None:
        return [lines for page in facts.pages
                for lines in _by_looks(_lines([show for show in page.shows if _counts(show)]))]
    blocks = []
    for element in facts.tree.elements:
        if element.kind in RUNNING:
            lines = _lines([show for show in facts.own_shows(element) if _counts(show)])
            if lines:
                blocks.append(lines)
    return blocks


def _counts(show: Show) -> bool:
    return show.visible and show.level


def _lines(shows: list[Show]) -> Lines:
    """Strings in reading order as lines; a step back to the left or to a new column ends one."""
    lines: list[list[Show]] = []
    for show in shows:
        if lines and _goes_on(lines[-1][-1], show):
            lines[-1].append(show)
        else:
            lines.append([show])
    return [TextLine(tuple(line)) for line in lines]


def _goes_on(last: Show, show: Show) -> bool:
    em = max(last.size, show.size)
    gap = show.box.left - last.box.right
    return (last.page == show.page and abs(last.baseline - show.baseline) < 0.4 * em
            and -0.5 * em < gap < _COLUMN_GAP * em)


def _by_looks(lines: Lines) -> list[Lines]:
    """Lines that follow each other closely in one size and column, as paragraphs."""
    blocks = [[line] for line in lines[:1]]
    for above, line in pairwise(lines):
        down = above.shows[0].baseline - line.shows[0].baseline
        across = min(above.right, line.right) - max(above.left, line.left)
        if 0 < down < _LEADING * line.size and across > 0 and abs(above.size - line.size) < 0.5:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks
