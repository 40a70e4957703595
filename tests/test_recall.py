"""What was printed is kept with its words: an id gives them back, and words give every id."""

import json

import pytest
from helpers import TODAY, page_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cli
from handouts.errors import InputError
from handouts.paths import default_brand_path
from handouts.press.press import Press
from handouts.press.records import Records
from handouts.request.request import Patient, Request


@pytest.fixture
def kept(records, press):
    """A press that keeps records, with the plates of the one that all tests share."""
    own = Press(default_brand_path(), records=Records(records))
    own._plates, own._layouts = press._plates, press._layouts
    return own


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def ran(*arguments):
        code = cli.run(arguments)
        return code, *capsys.readouterr()

    return ran


def plain(text):
    return "".join(text.split())


@pytest.mark.parametrize(("asked"), [
    Request("gout", "attack"), Request("osteoarthritis"), Request("bursitis", language="es")])
def test_every_word_of_the_page_is_in_the_record(kept, records, asked):
    made = kept.handout(asked, TODAY)
    told = plain(" ".join(Records(records).of(made.facts["id"])["words"]))

    for sentence in " ".join(page_texts(made.pdf)).split(". "):
        for word in sentence.split():
            assert word.strip("•.:") in told or word.isdigit()


def test_show_gives_the_words_back(run, kept):
    own = kept.handout(Request("gout", "attack"), TODAY).facts["id"]
    code, out, _ = run("show", own, "--text")

    assert code == 0
    assert {"Until the attack is over, do not massage your knee or use heat.",
            "Lie down. Put your leg on pillows."} <= set(out.splitlines())


def test_every_handout_that_said_the_words_is_found(run, kept):
    asked = {name: kept.handout(Request(*name), TODAY).facts["id"]
             for name in (("gout", "attack"), ("gout", "between"), ("osteoarthritis",))}
    code, out, err = run("recall", "put  your LEG on")
    found = [line.split("\t") for line in out.splitlines()]

    assert (code, err) == (0, "")
    assert asked["gout", "attack"] in [own for own, *_ in found]
    assert asked["osteoarthritis",] not in [own for own, *_ in found]
    assert found[0][1:] == ["gout", "2026-11-25", "Lie down. Put your leg on pillows."]
    assert json.loads(run("recall", "PUT your leg", "--json")[1].splitlines()[0])["text"]


def test_words_that_go_over_from_one_text_to_the_next_are_found(kept, records):
    own = kept.handout(Request("gout", "attack"), TODAY).facts["id"]
    words = Records(records).of(own)["words"]

    assert own in [facts["id"] for facts, _ in Records(records).saying(
        f"{words[4][-9:]} {words[5][:9]}")]


def test_a_label_and_its_words_are_found_as_they_are_printed(kept, records):
    made = kept.handout(Request("osteoarthritis"), TODAY)

    assert "When: 20 minutes, 2 times a week" in page_texts(made.pdf)[1]
    assert [facts["id"] for facts, _ in Records(records).saying(
        "When: 20 minutes, 2 times a week")] == [made.facts["id"]]


def test_what_nobody_said_is_not_found(run, kept):
    kept.handout(Request("gout"), TODAY)

    assert run("recall", "massage cures gout") == (0, "", "")
    assert run("recall", " ")[0] == run("recall", " : ")[0] == 2


def test_a_record_without_words_is_counted_and_shown_as_such(run, kept, records):
    own = kept.handout(Request("gout"), TODAY).facts["id"]
    file = records / f"{own}.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    del told["words"]
    file.write_text(json.dumps(told), encoding="utf-8")
    (records / "0000-0000.json").write_text("{", encoding="utf-8")

    assert run("recall", "gout") == (
        0, "", "handouts: 2 records hold no words; nobody knows what they said\n")
    assert run("show", own, "--text")[0] == InputError.exit_code


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=["L"]),
               min_size=12, max_size=30).map("Qž".__add__))
def test_no_word_of_a_patient_is_recalled(kept, records, name):
    kept.records = Records(records)
    kept.handout(Request("gout", patient=Patient(name, note=f"{name} x")), TODAY)

    assert [facts for facts, text in Records(records).saying(name) if text] == []
