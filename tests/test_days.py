"""A day is written in one way, wherever it is typed."""

from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.commands.options import IsoDate
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.readers import tables
from handouts.request.days import day_of
from handouts.web.fields import Check
from handouts.web.form import Form
from handouts.web.texts import all_words

KNEE = load_pack()
TODAY = date(2026, 11, 25)
OTHER = ["19500203", "1950-W05-5", "1950-2-3", "03/02/1950", "1950-02-30", "٢٠٢٠-٠١-٠١",
         "1950-02-03T00:00", "1950-02-03Z", "0000-01-01", "+1950-02-03", "unknown"]

SURE = ["19500203", "1950-2-3", "1950-02-03T00:00"]


def typed_as_option(text, tmp_path):
    return IsoDate().convert(text, None, None)


def typed_in_a_table(text, tmp_path):
    path = tmp_path / "clinic.csv"
    path.write_text(f"cause,dob\ngout,{text}\n", encoding="utf-8")
    row, = tables.rows(tables.open_table(path, load_pack(), today=TODAY), load_pack(), count(1))
    if row.problem:
        raise row.problem
    return row.request.patient.born


def typed_on_the_page(text, tmp_path):
    check = Check(Form(born=text), all_words()["en"], KNEE.words_in("en"), TODAY)
    born = check.patient(is_cleared=False).born
    if check.problems:
        raise InputError(check.problems[0].text)
    return born


WAYS = [typed_as_option, typed_in_a_table, typed_on_the_page]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", ["1950-02-03", " 1950-02-03", "1950-02-03  "])
def test_a_day_is_the_same_wherever_it_is_typed(way, text, tmp_path):
    assert way(text, tmp_path) == date(1950, 2, 3)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", OTHER)
def test_any_other_form_is_refused_wherever_it_is_typed(way, text, tmp_path):
    if way is typed_in_a_table and text in SURE:
        assert way(text, tmp_path).year == 1950  # what a record system wrote: see test_tables
        return
    with pytest.raises(InputError) as caught:
        way(text, tmp_path)

    assert text not in str(caught.value)


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day):
    assert day_of(day.isoformat()) == day
