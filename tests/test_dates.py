"""Dates in words: the same as babel's, in every language that CLDR writes with Western digits."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date

from handouts.dates import DateWords, date_words, in_words

DAYS = [date(2023, 1, 1) + timedelta(days) for days in range(0, 1100, 5)]


@pytest.mark.parametrize(("language", "locale"), [
    ("en", "en_US"), ("es", "es_US"), ("fr", "fr"), ("de", "de"), ("pl", "pl"), ("pt", "pt"),
    ("vi", "vi"), ("el", "el"), ("zh", "zh")])
def test_a_date_is_written_as_babel_writes_it(language, locale):
    words = date_words(language)

    assert [in_words(day, words) for day in DAYS] == [
        format_date(day, "medium", locale) for day in DAYS]


def test_no_date_is_written_as_nothing():
    assert in_words(None, date_words("en")) == ""


def test_quoted_words_of_a_pattern_stay_as_they_are():
    words = DateWords("d 'of' MMMM, yy ''", ("Jan",) * 12, ("January",) * 12)

    assert in_words(date(2026, 1, 5), words) == "5 of January, 26 '"
