"""What was printed today: printed again, corrected, told to a record; in memory alone."""

from datetime import date
from pathlib import Path

import pytest
from helpers import page_texts
from web_helpers import ANA, JSON, fields, texts

from handouts.web.desk import Entry, Today
from handouts.web.form import Form

pytestmark = pytest.mark.usefixtures("own_place")
DAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def empty(site):
    """Nothing printed yet."""
    site.today.clear()


def entry(name):
    return Entry(Form(diagnosis="gout", patient=name), "gout", "09:00", "AAAA-BBBB", ("line",))


def listed(web):
    return web.post("/today", data={"words": "en"}, headers=JSON).json()["today"]


def token_of(html):
    return html.partition('name="entry" value="')[2].partition('"')[0]


def test_what_is_printed_or_downloaded_is_listed_with_its_id_and_summary(web):
    web.post("/handout", data={**ANA, "side": "left", "way": "print"})
    shown = texts(listed(web))

    assert "Ana Ruiz · Osteoarthritis, left · ID " in shown
    assert "Printed: 1" in shown
    assert "not examined, so screened" in shown
    assert texts(web.get("/").text).count("Ana Ruiz") == 1


def test_a_preview_and_what_was_wrong_are_not_listed(web):
    web.post("/preview", data=ANA, headers=JSON)
    web.post("/handout", data={**ANA, "born": "2020-01-01"})

    assert listed(web).strip() == ""


def test_it_is_printed_again_as_it_was(web):
    first = web.post("/handout", data={**ANA, "state": "calm", "flags": "numbness"}).content
    again = web.post("/today", data={"entry": token_of(listed(web)), "way": "again"})

    assert again.content == first
    assert texts(listed(web)).count("Ana Ruiz") == 1  # in the place of the same


@pytest.mark.parametrize("headers", [JSON, {}])
def test_it_is_corrected_in_the_form_with_every_field(web, headers):
    given = {**ANA, "state": "calm", "flags": "numbness", "side": "both", "record": "7 7",
             "minutes.self-massage": "10", "times.self-massage": "2", "format": "large-print"}
    first = web.post("/handout", data=given).content
    answer = web.post("/today", data={"entry": token_of(listed(web)), "way": "correct"},
                      headers=headers)
    form = fields(answer.json()["form"] if headers else answer.text)

    assert "Ana Ruiz" in page_texts(first)[0]
    assert 'value="Ana Ruiz"' in form["f-patient"]
    assert 'value="7 7"' in form["f-record"]
    assert 'value="10"' in form["f-minutes.self-massage"]
    for name in ("f-state-calm", "f-flag-numbness", "f-side-both"):
        assert "checked" in form[name]


def test_all_of_it_can_be_forgotten(web):
    web.post("/handout", data=ANA)
    web.post("/today", data={"way": "clear"})

    assert listed(web).strip() == ""


def test_one_that_is_gone_asks_for_nothing(web):
    answer = web.post("/today", data={"entry": "none", "way": "again"}, headers=JSON)

    assert (answer.status_code, answer.json()) == (200, {"today": ""})
    assert web.post("/today", data={"entry": "none", "way": "correct"}).status_code == 200


def test_nothing_of_it_comes_onto_the_disk(web, own_place, cache, records):
    web.post("/handout", data=ANA)
    files = [path for folder in (own_place, cache, records) for path in Path(folder).rglob("*")
             if path.is_file()]

    assert not [path for path in files if b"Ana" in path.read_bytes()]


def test_it_ends_with_the_day_and_holds_no_more_than_so_many():
    today = Today(most=2)
    for name in ("Ana", "Max", "Zoe"):
        today.add(entry(name), DAY)

    assert [kept.form.patient for _, kept in today.all(DAY)] == ["Zoe", "Max"]
    assert list(today.all(date(2026, 11, 26))) == []


def test_its_names_are_folded_away(web):
    web.post("/handout", data=ANA)

    assert '<details class="part" id="p-today">' in listed(web)
