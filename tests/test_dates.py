"""Dates in words: as CLDR writes a medium date, in American English and Spanish."""

from datetime import date

import pytest

from handouts.pack.dates import DateWords, date_words, in_words, unbroken

CLDR = {
    "en": "Jan 1, 2026|Feb 1, 2026|Mar 1, 2026|Apr 1, 2026|May 1, 2026|Jun 1, 2026|Jul 1, 2026|"
          "Aug 1, 2026|Sep 1, 2026|Oct 1, 2026|Nov 1, 2026|Dec 1, 2026",
    "es": "1 ene 2026|1 feb 2026|1 mar 2026|1 abr 2026|1 may 2026|1 jun 2026|1 jul 2026|"
          "1 ago 2026|1 sept 2026|1 oct 2026|1 nov 2026|1 dic 2026"}
MONTHS = tuple(f"month {number}" for number in range(1, 13))


@pytest.mark.parametrize("language", CLDR)
def test_a_date_is_written_as_cldr_writes_it(knee, language):
    words = date_words(knee.words_in(language))

    assert [in_words(date(2026, month, 1), words) for month in range(1, 13)] == (
        CLDR[language].split("|"))
    assert "31" in in_words(date(2026, 1, 31), words)


def test_no_date_is_written_as_nothing():
    assert in_words(None, DateWords("{day}", MONTHS)) == ""


@pytest.mark.parametrize(("pattern", "written"), [
    ("{day:02}.{number:02}.{year}", "05.02.2026"), ("{year}年{number}月{day}日", "2026年2月5日"),
    ("{day} de {month} de {year}", "5 de month 2 de 2026")])
def test_a_pattern_may_number_the_month_or_say_words_between(pattern, written):
    assert in_words(date(2026, 2, 5), DateWords(pattern, MONTHS)) == written


def test_no_line_ends_within_a_date_in_running_text(knee):
    assert " " not in unbroken(date(2026, 2, 5), date_words(knee.words_in("en")))
