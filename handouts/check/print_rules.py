"""Clear print, measured on the finished page: type size, line length, alignment."""

from collections.abc import Callable, Iterator

from handouts.check.facts import Facts
from handouts.check.lines import Lines, paragraphs
from handouts.check.painting import PageContent, Show
from handouts.check.rules import Finding, counted, found

MIN_SIZE = 12.0  # clear print (RNIB, UKAAF)
MAX_LINE = 75  # characters
_ROUNDING = 0.05
_EVEN = 1.0  # points between edges that count as one


def problems(facts: Facts) -> list[Finding]:
    """Text that is hard to read for its size, its measure or its alignment."""
    blocks = paragraphs(facts)
    return [*(finding for page in facts.pages for finding in _small(page)),
            *_told("line-length", blocks, _long, "with lines of more than 75 characters"),
            *_told("justified", blocks, _justified, "justified"),
            *_told("centred", blocks, _centred, "centred")]


def _small(page: PageContent) -> Iterator[Finding]:
    small = [show for show in page.shows if show.inked and show.alpha > 0
             and on_page(show, page) and show.size < MIN_SIZE - _ROUNDING]
    if small:
        letters = sum(len(show.text.strip()) or 1 for show in small)
        yield found("type-size", page.number, f"{counted(letters, 'character')} under 12 points, "
                    f"the smallest {min(show.size for show in small):.1f} points")


def on_page(show: Show, page: PageContent) -> bool:
    """Whether any of a string lies on what is seen of its page."""
    return (show.box.right > page.box.left and show.box.left < page.box.right
            and show.box.top > page.box.bottom and show.box.bottom < page.box.top)


def _told(rule: str, blocks: list[Lines], is_wrong: Callable[[Lines], bool],
          what: str) -> Iterator[Finding]:
    pages: dict[int, int] = {}
    for lines in blocks:
        if is_wrong(lines):
            page = lines[0].shows[0].page
            pages[page] = pages.get(page, 0) + 1
    for page, count in pages.items():
        yield found(rule, page, f"{counted(count, 'paragraph')} {what}")


def _long(lines: Lines) -> bool:
    """Full lines that are too long on the whole; a single line is no running text."""
    full = [len(line.text) for line in lines[:-1]]
    return bool(full) and sum(full) / len(full) > MAX_LINE


def _justified(lines: Lines) -> bool:
    """Full lines that all end at one edge, with spaces of different width."""
    full = lines[:-1]
    if len(full) < 3 or not _one_edge([line.right for line in full]):
        return False
    stretches = [line.stretch for line in full]
    return max(stretches) - min(stretches) > 0.01


def _centred(lines: Lines) -> bool:
    """Three lines or more around one middle, none of them at the left edge of another."""
    middles = [(line.left + line.right) / 2 for line in lines]
    lefts = [line.left for line in lines]
    return (len(lines) >= 3 and _one_edge(middles) and max(lefts) - min(lefts) > 4 * _EVEN)


def _one_edge(places: list[float]) -> bool:
    return max(places) - min(places) <= _EVEN
