"""Clear print, measured on the finished page: type size, line length, alignment."""

import re
from collections.abc import Callable, Iterator

from handouts.check.findings import Finding, counted, fault
from handouts.check.lines import Lines, paragraphs
from handouts.check.painted import PaintedPdf
from handouts.check.painting import PageContent, Show
from handouts.pack.pack import Pack
from handouts.pack.readability import LANGUAGES, measure

MIN_SIZE = 12.0  # clear print (RNIB, UKAAF)
MAX_LINE = 75  # characters
_ROUNDING = 0.05
_EVEN = 1.0  # points between edges that count as one


def problems(facts: PaintedPdf) -> list[Finding]:
    """Text that is hard to read for its size, its measure or its alignment."""
    blocks = paragraphs(facts)
    return [*(finding for page in facts.pages for finding in _small(page)),
            *_findings("line-length", blocks, _long, "with lines of more than 75 characters"),
            *_findings("justified", blocks, _justified, "justified"),
            *_findings("centred", blocks, _centred, "centred")]


def _small(page: PageContent) -> Iterator[Finding]:
    small = [show for show in page.shows if show.inked and show.alpha > 0
             and on_page(show, page) and show.size < MIN_SIZE - _ROUNDING]
    if small:
        letters = sum(len(show.text.strip()) or 1 for show in small)
        yield fault("type-size", page.number, f"{counted(letters, 'character')} under 12 points, "
                    f"the smallest {min(show.size for show in small):.1f} points")


def on_page(show: Show, page: PageContent) -> bool:
    """Whether any of a string lies on what is seen of its page."""
    return (show.box.right > page.box.left and show.box.left < page.box.right
            and show.box.top > page.box.bottom and show.box.bottom < page.box.top)


def _findings(rule: str, blocks: list[Lines], is_wrong: Callable[[Lines], bool],
              what: str) -> Iterator[Finding]:
    pages: dict[int, int] = {}
    for lines in blocks:
        if is_wrong(lines):
            page = lines[0].shows[0].page
            pages[page] = pages.get(page, 0) + 1
    for page, count in pages.items():
        yield fault(rule, page, f"{counted(count, 'paragraph')} {what}")


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


MAX_GRADE = 6.0
LEAST_EASE = 65  # fairly easy on the INFLESZ scale
_FEWEST_WORDS = 40  # a grade of less text says nothing
_FOOT = 0.4  # the lower part of a page in which a footer stands
_BLANK = re.compile(r"[\s\u00ad]+")


def grade_problems(facts: PaintedPdf) -> list[Finding]:
    """Whether English or Spanish running text is too hard to read."""
    if not is_measured(facts):
        return []
    text = "\n".join(" ".join(line.text for line in lines) for lines in paragraphs(facts))
    reading = measure(text, language=_language(facts))
    if reading.words < _FEWEST_WORDS:
        return []
    if _language(facts) == "es":
        return [] if round(reading.ease) >= LEAST_EASE else [fault(
            "reading-grade", None, f"the running text has an INFLESZ ease of {reading.ease:.0f}, "
            f"under {LEAST_EASE}")]
    return [] if round(reading.grade, 1) <= MAX_GRADE else [fault(
        "reading-grade", None, f"the running text has US school grade {reading.grade:.1f}")]


def is_measured(facts: PaintedPdf) -> bool:
    """Whether there is a measure for the language that the document says it is in."""
    return _language(facts) in LANGUAGES


def _language(facts: PaintedPdf) -> str:
    return facts.language.lower().split("-")[0]


def disclaimer_problems(facts: PaintedPdf, pack: Pack) -> Iterator[Finding]:
    """The pages without the short disclaimer at their foot, in words of the pack."""
    language = _language(facts)
    spoken = [language] if language in pack.languages else list(pack.languages)
    wanted = [_pattern(pack.words_in(name).safety.disclaimer.short) for name in spoken]
    for page in facts.pages:
        foot = _BLANK.sub("", _foot(page)).casefold()
        if not any(pattern.search(foot) for pattern in wanted):
            yield fault("disclaimer", page.number, "the short disclaimer is not at the foot")


def _pattern(disclaimer: str) -> re.Pattern[str]:
    """The disclaimer without white space; any emergency number may stand in it."""
    plain = _BLANK.sub("", disclaimer).casefold()
    return re.compile(r".{1,60}?".join(map(re.escape, re.split(r"\{[^{}]*\}", plain))))


def _foot(page: PageContent) -> str:
    """The text of the lower part of a page, in the order of painting."""
    return "".join(show.text for show in page.shows
                   if show.visible and show.baseline < _FOOT * page.box.height)
