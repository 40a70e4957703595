"""Saved choices as tiles: what they bring, whom they never make examined; renamed, deleted,
shared."""

from pathlib import Path

import pytest
from helpers import page_texts
from web_helpers import ANA, JSON, client_of, fields, texts

from handouts.paths import default_brand_path
from handouts.request import protocols
from handouts.web.desk import Uses
from handouts.web.site import open_site

pytestmark = pytest.mark.usefixtures("own_place")
LOOK = {"language": "es", "format": "large-print", "paper": "a4", "mono": "1", "edition": "sheet",
        "skin": "dark"}


@pytest.fixture
def practice(tmp_path):
    """A browser's part in asking the page of a practice with a brand of its own."""
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / "brand.toml").write_text('name = "Clinic"\n')
    with client_of(open_site(folder / "brand.toml", keep=False)) as client:
        yield client


@pytest.fixture
def preview(web):
    return lambda **form: web.post("/preview", data=form, headers=JSON).json()


def save(web, name, **form):
    answer = web.post("/protocols", headers=JSON, data={
        "diagnosis": "osteoarthritis", "protocol_name": name, **form})
    assert answer.json()["problems"] == []


def change(web, way, name, **given):
    return web.post("/saved", data={"way": way, "name": name, **given})


def own(folder=None):
    place = protocols.folder_for(default_brand_path(), shared=False)
    return sorted(path.stem for path in (folder or place).glob("*.toml"))


def chosen(form, name):
    return form.partition(f'id="f-{name}"')[2].partition(" selected")[0].rpartition('value="')[
        2].partition('"')[0]


def test_the_first_page_shows_a_tile_for_each_with_a_picture(web):
    save(web, "OA, calm", state="calm", flags="numbness")
    page = web.get("/").text
    picture = web.get("/saved/picture?name=OA%2C%20calm")

    assert 'name="tile" value="OA, calm"' in page
    assert "Osteoarthritis · calm: not hot, red, or very swollen · numb skin" in texts(page)
    assert 'src="/saved/picture?name=OA%2C%20calm"' in page
    assert picture.content.startswith(b"\x89PNG")
    assert web.get("/saved/picture?name=none").status_code == 404


def test_a_tile_brings_how_it_is_printed(web, preview):
    save(web, "es", **LOOK)
    form = preview(tile="es")["form"]

    assert {name: chosen(form, name) for name in LOOK if name != "mono"} == {
        name: value for name, value in LOOK.items() if name != "mono"}
    assert "checked" in fields(form)["f-mono"]


def test_a_tile_of_usual_print_ends_the_large_print_of_the_last_patient(web, preview):
    save(web, "usual")

    assert chosen(preview(tile="usual", format="large-print", mono="1")["form"], "format") == ""


def test_a_tile_never_makes_a_patient_examined_and_offers_it_in_one_click(web, preview):
    save(web, "calm", state="calm")
    answer = preview(tile="calm", patient="Ana")
    clicked = preview(protocol="calm", way="examined", diagnosis="Osteoarthritis", patient="Ana",
                      was="Osteoarthritis")

    assert "checked" in fields(answer["form"])["f-state-none"]
    assert ">Examined today: Calm: not hot, red, or very swollen</button>" in answer["form"]
    assert "Was this patient examined today?" in answer["say"]
    assert "checked" in fields(clicked["form"])["f-state-calm"]
    assert 'value="Ana"' in fields(clicked["form"])["f-patient"]


def test_a_note_is_saved_only_if_it_is_said_to_be_for_everyone(web, preview):
    save(web, "without", note="Call Ana.")
    save(web, "with", note="Bring your shoes.", with_note="1")

    assert "Call Ana." not in preview(tile="without")["form"]
    assert "Bring your shoes." in preview(tile="with")["form"]
    assert "f-with_note" in fields(preview(**ANA, note="x")["form"])
    assert "f-with_note" not in fields(preview(**ANA)["form"])


def test_without_a_script_a_tile_leads_to_the_page_and_the_paper(web):
    save(web, "calm", state="calm")
    page = web.post("/", data={"tile": "calm"}).text
    pdf = web.post("/handout", data={"diagnosis": "Osteoarthritis", "patient": "Ana"}).content

    assert "Examined today:" in page
    assert "Nobody has examined your knee" in page_texts(pdf)[0]


def test_those_that_are_used_most_come_first(web, site):
    for name in ("a", "b", "c"):
        save(web, name)
    for name in ("c", "c", "b"):
        web.post("/preview", data={"tile": name}, headers=JSON)
    page = web.get("/").text

    assert [page.index(f'name="tile" value="{name}"') for name in "cba"] == sorted(
        page.index(f'name="tile" value="{name}"') for name in "abc")


def test_uses_are_kept_as_names_and_numbers_and_a_spoilt_file_is_none(tmp_path):
    Uses(tmp_path).add("calm")
    kept = tmp_path / "uses.json"

    assert kept.read_text() == '{"calm":1}'
    assert Uses(tmp_path).of("calm") == 1
    kept.write_text('{"calm":"x"}')
    assert Uses(tmp_path).of("calm") == 0


def test_one_is_renamed(web):
    save(web, "old", state="calm")
    answer = change(web, "rename", "old", new="new / one")

    assert "“old” is now “new - one”." in texts(answer.text)
    assert own() == ["new - one"]


@pytest.mark.parametrize(("new", "told"), [
    ("OTHER", "Saved choices of that name are there already."),
    ("***", "The name to save under is missing."), ("con", "The name to save under is")])
def test_a_name_that_can_t_be_had_changes_nothing(web, new, told):
    save(web, "old")
    save(web, "other")
    answer = change(web, "rename", "old", new=new)

    assert (answer.status_code, own()) == (422, ["old", "other"])
    assert told in texts(answer.text)


def test_one_is_deleted_after_a_question(web):
    save(web, "old")
    asked = change(web, "delete", "old")

    assert own() == ["old"]
    assert "Delete “old”? It can't be brought back." in texts(asked.text)
    assert "“old” is deleted." in texts(change(web, "delete", "old", sure="1").text)
    assert own() == []


def test_one_is_shared_with_a_practice_that_has_a_brand(web, practice, tmp_path):
    save(practice, "ours")
    answer = change(practice, "share", "ours")

    assert "“ours” is shared with the practice." in texts(answer.text)
    assert own(Path(tmp_path / "clinic" / "protocols")) == ["ours"]
    assert own() == []
    save(web, "mine")
    assert "set up your own clinic first" in texts(change(web, "share", "mine").text)
    assert own() == ["mine"]


def test_what_is_not_there_or_hostile_changes_nothing(web):
    save(web, "old")
    for way in ("rename", "delete", "share", "", "none"):
        assert change(web, way, "../../x", new="y", sure="1").status_code == 200

    assert own() == ["old"]


def test_saved_choices_that_can_t_be_used_are_told_and_are_no_tile(web):
    save(web, "good")
    place = protocols.folder_for(default_brand_path(), shared=False)
    (place / "bad.toml").write_text("cause = 7")
    (place / "gone.toml").write_text('cause = "none"')

    assert "“bad” can't be used." in texts(web.get("/saved").text)
    assert "“gone” can't be used." in texts(web.get("/saved").text)
    assert web.get("/").text.count('class="tile"') == 1
    assert web.get("/saved/picture?name=bad").status_code == 404


def test_a_slip_in_the_cause_s_field_drops_no_flag_that_a_code_has_set(web, preview):
    save(web, "calm")
    form = preview(diagnosis="qqqq zzzz", was="M10.061", way="load", protocol="calm")["form"]

    assert 'value="gout-in-knee" checked' in " ".join(form.split())
