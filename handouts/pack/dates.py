"""Dates in the words of a language."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from handouts.pack.words import Words


class DateWords(NamedTuple):
    """How a language writes a date: a pattern with {day}, {month}, {number} (the month's) and
    {year}, and its months' names."""

    pattern: str
    months: tuple[str, ...]


def date_words(words: "Words") -> DateWords:
    """How the words of a language write dates."""
    said = words.interface.dates
    return DateWords(said.pattern, said.months)


def in_words(day: date | None, words: DateWords) -> str:
    """A date as the language writes it; nothing for no date."""
    if day is None:
        return ""
    return words.pattern.format(day=day.day, month=words.months[day.month - 1], number=day.month,
                                year=day.year)


def unbroken(day: date | None, words: DateWords) -> str:
    """The same, to stand in running text: no line ends within it."""
    return in_words(day, words).replace(" ", "\u00a0")
