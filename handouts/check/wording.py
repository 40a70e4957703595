"""What the words say: how hard the running text is, the disclaimer on every page."""

import re
from collections.abc import Iterator

from handouts.catalogue import Catalogue
from handouts.check.facts import Facts
from handouts.check.lines import paragraphs
from handouts.check.painting import PageContent
from handouts.check.rules import Finding, found
from handouts.readability import LANGUAGES, measure

MAX_GRADE = 6.0
LEAST_EASE = 65  # fairly easy on the INFLESZ scale
_FEWEST_WORDS = 40  # a grade of less text says nothing
_FOOT = 0.4  # the lower part of a page in which a footer stands
_BLANK = re.compile(r"[\s\u00ad]+")


def grade_problems(facts: Facts) -> list[Finding]:
    """Whether English or Spanish running text is too hard to read."""
    if not is_measured(facts):
        return []
    text = "\n".join(" ".join(line.text for line in lines) for lines in paragraphs(facts))
    reading = measure(text, language=_language(facts))
    if reading.words < _FEWEST_WORDS:
        return []
    if _language(facts) == "es":
        return [] if round(reading.ease) >= LEAST_EASE else [found(
            "reading-grade", None, f"the running text has an INFLESZ ease of {reading.ease:.0f}, "
            f"under {LEAST_EASE}")]
    return [] if round(reading.grade, 1) <= MAX_GRADE else [found(
        "reading-grade", None, f"the running text has US school grade {reading.grade:.1f}")]


def is_measured(facts: Facts) -> bool:
    """Whether there is a measure for the language that the document says it is in."""
    return _language(facts) in LANGUAGES


def _language(facts: Facts) -> str:
    return facts.language.lower().split("-")[0]


def disclaimer_problems(facts: Facts, catalogue: Catalogue) -> Iterator[Finding]:
    """The pages without the short disclaimer at their foot, in words of the pack."""
    language = _language(facts)
    spoken = [language] if language in catalogue.languages else list(catalogue.languages)
    wanted = [_pattern(catalogue.words_in(name).safety.disclaimer.short) for name in spoken]
    for page in facts.pages:
        foot = _BLANK.sub("", _foot(page)).casefold()
        if not any(pattern.search(foot) for pattern in wanted):
            yield found("disclaimer", page.number, "the short disclaimer is not at the foot")


def _pattern(disclaimer: str) -> re.Pattern[str]:
    """The disclaimer without white space; any emergency number may stand in it."""
    plain = _BLANK.sub("", disclaimer).casefold()
    return re.compile(r".{1,60}?".join(map(re.escape, re.split(r"\{[^{}]*\}", plain))))


def _foot(page: PageContent) -> str:
    """The text of the lower part of a page, in the order of painting."""
    return "".join(show.text for show in page.shows
                   if show.visible and show.baseline < _FOOT * page.box.height)
