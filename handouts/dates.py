"""Dates in the words of a language, without a locale library once its pattern is known."""

import re
from datetime import date
from typing import NamedTuple

_REGIONS = {"en": "en_US", "es": "es_US"}
_FIELDS = re.compile(r"'((?:[^']|'')*)'|([dMy])\2*")


class DateWords(NamedTuple):
    """How a language writes a date: a pattern of CLDR (`MMM d, y`), its months' names, short first.
    """

    pattern: str
    short: tuple[str, ...]
    long: tuple[str, ...]


def date_words(language: str) -> DateWords:
    """The medium date format of a language, from CLDR."""
    from babel import Locale

    locale = Locale.parse(_REGIONS.get(language, language))
    months = locale.months["format"]
    short, long = (tuple(months[width][month] for month in range(1, 13))
                   for width in ("abbreviated", "wide"))
    return DateWords(locale.date_formats["medium"].pattern, short, long)


def in_words(day: date | None, words: DateWords) -> str:
    """A date as the language writes it; nothing for no date."""
    if day is None:
        return ""

    def written(found: re.Match[str]) -> str:
        text, width = found[0], len(found[0])
        if found[2] is None:
            return found[1].replace("''", "'") or "'"
        if found[2] == "M" and width > 2:
            return (words.short if width == 3 else words.long)[day.month - 1]
        number = {"d": day.day, "M": day.month, "y": day.year}[found[2]]
        return f"{number:02}"[-2:] if text == "yy" else str(number).zfill(width)

    return _FIELDS.sub(written, words.pattern)


def unbroken(day: date | None, words: DateWords) -> str:
    """The same, to stand in running text: no line ends within it."""
    return in_words(day, words).replace(" ", "\u00a0")
