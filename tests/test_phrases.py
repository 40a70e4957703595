"""What no handout claims nobody claims on it: a practice in its brand, a clinician in a note."""

import pytest
from helpers import TODAY
from msgspec.structs import replace

import cli
from handouts.brand.claims import refuse_claims
from handouts.compose.lists import index
from handouts.compose.posters import poster
from handouts.errors import InputError, PackError
from handouts.pack.pack import load_pack
from handouts.pack.phrases import claimed
from handouts.paths import default_brand_path
from handouts.press.press import Press
from handouts.request.request import Patient, Request
from handouts.system.store import Store

KNEE = load_pack("knee")
GOUT = Request("gout", "between")


@pytest.mark.parametrize(("field", "value", "phrase"), [
    ("name", "Approved by the FDA", "FDA"), ("name", "Guaranteed cure clinic", "cure"),
    ("name", "Knee Cure Center", "cure"), ("hours", "Pain-free 9-17", "pain-free"),
    ("address", ("1 Main St", "Proven to help"), "proven"),
    ("name", "Cura garantizada", "garantizada"),
    ("web", "https://miracle-knees.example", "miracle"), ("email", "fda@knee.example", "FDA"),
])
def test_a_brand_that_promises_is_refused_by_field(brand, document, field, value, phrase):
    promising = replace(brand, **{field: value})
    with pytest.raises(PackError) as caught:
        refuse_claims(promising, KNEE)
    assert caught.value.problems == (
        f"brand.toml: {field}: the phrase '{phrase}' claims more than is known",)

    for make in (lambda: document("gout", brand=promising),
                 lambda: poster(Request("osteoarthritis"), KNEE, promising, today=TODAY),
                 lambda: index((), "en", KNEE, promising, today=TODAY)):
        with pytest.raises(PackError, match="claims more than is known"):
            make()


@pytest.mark.parametrize("name", [
    "Riverside Knee Care", "Secure Health", "Healing Hands", "Manicure & Massage", "Dr. Obscure",
    "Clínica de la Rodilla", "Fisioterapia Provenza"])
def test_a_name_that_only_looks_like_a_promise_is_none(brand, name):
    refuse_claims(replace(brand, name=name), KNEE)


def test_a_brand_is_checked_before_it_is_used(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "brand.toml").write_text('name = "Guaranteed cure clinic"\n')

    assert cli.run(("brand", "check", "brand.toml")) == 4
    assert cli.run(("make", "gout", "--brand", "brand.toml", "-o", "x.pdf")) == 4


@pytest.mark.parametrize(("note", "phrase"), [
    ("This massage heals your knee.", "heals"), ("It  CURES gout.", "cures"),
    ("El masaje reduce la\ninflamación.", "reduce la inflamación")])
def test_a_note_that_claims_is_refused_also_by_a_plate_at_hand(tmp_path, note, phrase):
    press = Press(default_brand_path(), store=Store(tmp_path / "store"))
    press.handout(GOUT, TODAY)
    asked = Request("gout", "between", patient=Patient(note=note))

    for again in (press, press, Press(default_brand_path(), store=Store(tmp_path / "store"))):
        with pytest.raises(InputError) as caught:
            again.handout(asked, TODAY)
        assert caught.value.field == "note"
        assert f"'{phrase}'" in str(caught.value)
        assert "knee" not in str(caught.value)
    with pytest.raises(InputError):
        press.page(asked, TODAY)


def test_a_row_whose_note_claims_is_refused_by_itself(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("id,cause,state,note\n1,gout,between,Walk daily.\n"
                                       "2,gout,between,It cures gout.\n")
    assert cli.run(("batch", "rows.csv", "-o", "out")) == 1
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1


def test_a_phrase_is_sought_as_words():
    assert claimed("It heals", ("heals",)) == "heals"
    assert claimed("A manicures shop", ("cures",)) == ""
    assert claimed("Es poderoso.", ("poderos",)) == "poderos"
    assert claimed("Provenza", ("proven",)) == ""
    assert claimed("", ("cures",)) == ""
