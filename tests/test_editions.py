"""The editions sheet, standard and full: asked for everywhere, part of every key, each its own."""

import csv
from dataclasses import replace

import pytest
from helpers import TODAY, document_text, page_texts
from test_compose import STATES

import cli
from handouts import document as doc
from handouts import readers
from handouts.compose.terms import used_terms
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.press.press import Press, choices_key
from handouts.request import protocols
from handouts.request.look import EDITIONS
from handouts.request.protocols import Protocol
from handouts.request.request import Request, joined

OA = Request("osteoarthritis", "calm")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_row_of_a_table_asks_for_an_edition(knee, tmp_path, edition):
    table = tmp_path / "rows.csv"
    with table.open("w", newline="") as file:
        csv.writer(file).writerows([("cause", "edition"), ("gout", edition.title()), ("gout", "")])

    rows = [*readers.read([table], knee, today=TODAY)]

    assert [row.request.edition for row in rows] == [edition, ""]


def test_an_unknown_edition_of_a_row_is_its_problem(knee, tmp_path):
    table = tmp_path / "rows.csv"
    table.write_text("cause,edition\ngout,long\n")

    [row] = readers.read([table], knee, today=TODAY)

    assert row.problem.where == "edition"


def test_what_is_asked_wins_over_the_saved_edition():
    saved = Protocol("gout", edition="full").request

    assert joined(saved, Request("")).request.edition == "full"
    assert joined(saved, Request("", edition="sheet")).request.edition == "sheet"


def test_a_saved_edition_is_read_back(knee, tmp_path):
    protocol = Protocol("gout", edition="full")

    assert protocols.read(protocols.save("long", protocol, tmp_path), knee) == protocol


def test_every_edition_is_a_plate_of_its_own():
    assert len({choices_key(replace(OA, edition=name)) for name in ("", *EDITIONS)}) == 4


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_brand_says_which_edition_is_usual(tmp_path, edition):
    brand = tmp_path / "brand.toml"
    brand.write_text(f'name = "Riverside"\nedition = "{edition}"\n')
    press, other = Press(brand), "sheet" if edition == "full" else "full"

    usual = press.handout(Request("gout", "between"), TODAY)
    asked = press.handout(Request("gout", "between", edition=other), TODAY)

    assert (usual.facts["edition"], asked.facts["edition"]) == (edition, other)
    assert usual.facts["id"] != asked.facts["id"]


def test_the_command_line_asks_for_it_everywhere(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "rows.csv").write_text("cause,edition\ngout,\ngout,standard\n")

    assert cli.run(("make", "gout", "--edition", "full", "--json")) == 0
    assert '"edition": "full"' in capsys.readouterr().out
    assert cli.run(("protocol", "new", "long", "gout", "--edition", "full")) == 0
    assert cli.run(("make", "--protocol", "long", "-o", "p.pdf", "--json")) == 0
    assert '"edition": "full"' in capsys.readouterr().out
    assert cli.run(("batch", "rows.csv", "-o", "out", "--edition", "full")) == 0
    full, standard = sorted((tmp_path / "out").glob("*.pdf"))
    assert full.read_bytes() != standard.read_bytes()
    assert cli.run(("set", "-o", "room", "--lang", "en", "--edition", "full")) == 0
    assert cli.run(("set", "-o", "wall", "--layout", "poster", "--edition", "full")) == 2


# -- what each holds -------------------------------------------------------------------------------


@pytest.mark.parametrize(("edition", "pages"), [("sheet", 2), ("standard", 4), ("full", 8)])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_osteoarthritis_has_the_pages_of_its_edition(press, edition, pages, paper):
    made = press.handout(replace(OA, edition=edition, paper=paper), TODAY)

    assert len(page_texts(made.pdf)) == pages


def test_tips_stand_in_the_order_in_which_they_are_asked(document):
    tips = ("sleep", "weight", "shoes")
    said = document_text(document("osteoarthritis", state="calm", tips=tips))
    titles = [load_pack().words_in("en").tips[name].title for name in tips]

    assert sorted(titles, key=said.index) == titles


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_full_explains_the_words_that_it_uses_and_no_others(document, cause, state, language):
    made = document(cause, state=state, edition="full", language=language)
    [terms] = [block for page in made.pages for block in page.blocks
               if isinstance(block, doc.Terms)]
    words = load_pack().words_in(language)

    assert {name for name, _ in terms.items} == {
        one["term"] for one in used_terms(made.pages, words)}


def test_the_sheet_has_nothing_to_choose(document):
    with pytest.raises(InputError):
        document("osteoarthritis", state="calm", edition="sheet", tips=("shoes",))


@pytest.mark.parametrize(("cause", "state"), [("gout", "attack"), ("osteoarthritis", None)])
def test_who_must_wait_or_was_not_examined_gets_more_than_the_sheet(press, cause, state):
    asked = press.handout(Request(cause, state, edition="sheet"), TODAY)
    usual = press.handout(Request(cause, state), TODAY)

    assert page_texts(asked.pdf)[1:] == page_texts(usual.pdf)[1:]


def test_the_sheet_holds_panel_warnings_and_the_stop_box(document):
    made = document("osteoarthritis", state="calm", edition="sheet", flags=("anticoagulant",))
    kinds = {type(block) for page in made.pages for block in page.blocks}

    assert {doc.Hero, doc.Routine, doc.Finish, doc.Warnings, doc.StopBox, doc.FinePrint} <= kinds
