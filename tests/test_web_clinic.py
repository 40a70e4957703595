"""The practice on the page: name, logo and colours, page 1 before one's eyes, saved as a brand."""

import struct
import zlib
from pathlib import Path

import pytest
from helpers import page_texts
from web_helpers import ANA, JSON, client_of, fields, new_site, texts

from handouts.brand.brand import contrast, read_brand
from handouts.brand.logo import read_logo
from handouts.brand.palette import colours_in
from handouts.paths import default_brand_path
from handouts.web import site as sites
from handouts.web.site import open_site

pytestmark = pytest.mark.usefixtures("own_place")
CLINIC = {"name": "Riverside Knee Clinic", "phone": "555-0142", "hours": "Mon–Fri 8–17",
          "address1": "12 River Street", "emergency": "112", "paper": "a4"}


def png(colour):
    """A picture of one colour."""
    row = b"\0" + bytes(colour) * 40
    chunks = ((b"IHDR", struct.pack(">LLBBBBB", 40, 40, 8, 2, 0, 0, 0)),
              (b"IDAT", zlib.compress(row * 40)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks)


ORANGE = png((240, 140, 20))
SVG = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
       b'<rect width="9" height="9" fill="#0a7"/><path d="M0 0h5v5z" fill="#222222"/></svg>')


@pytest.fixture
def clinic():
    """A browser's part in asking a page of its own, for its brand is changed."""
    with client_of(new_site()) as client:
        yield client


def post(browser, logo=None, headers=None, **given):
    files = {"logo": ("logo.png", logo, "image/png")} if logo else None
    return browser.post("/clinic", data={**CLINIC, **given}, files=files, headers=headers or {})


def own_brand(own_place):
    return own_place / "handouts" / "brand" / "brand.toml"


def test_page_1_follows_what_is_typed_and_nothing_is_saved(clinic, own_place):
    told = post(clinic, headers=JSON, way="look").json()
    picture = told["look"].partition('src="')[2].partition('"')[0]

    assert clinic.get(picture.replace("&amp;", "&")).content.startswith(b"\x89PNG")
    assert not own_brand(own_place).exists()
    assert clinic.get("/").text.count("Knee Care") > 0


def test_a_logo_gives_its_colour_made_dark_enough_before_one_s_eyes(clinic):
    told = post(clinic, ORANGE, JSON, way="look").json()

    assert "#F08C14" in told["swatches"]
    assert "7:1 is needed" in texts(told["swatches"])
    fixed = told["swatches"].partition("in its place: ")[2][:7]
    assert contrast(fixed, "#FFFFFF") >= 7
    assert 'id="f-pick-1" name="pick" value="#F08C14" checked' in told["swatches"]


def test_what_is_saved_is_what_every_handout_is_printed_with_at_once(clinic, own_place):
    answer = post(clinic, ORANGE, way="save")
    brand = read_brand(own_brand(own_place))
    page = page_texts(clinic.post("/handout", data=ANA).content)[0]

    assert "Every handout is printed so from now on." in texts(answer.text)
    assert (brand.name, brand.phone, brand.emergency, brand.paper) == (
        "Riverside Knee Clinic", "555-0142", "112", "a4")
    assert brand.logo is not None
    assert contrast(brand.colours.brand, "#FFFFFF") >= 7
    assert "Riverside Knee Clinic" in page
    assert brand.colours.brand in clinic.get("/static/brand.css").text


def test_the_page_shows_the_practice_again_with_its_logo_kept(clinic, own_place):
    post(clinic, ORANGE, way="save")
    form = fields(clinic.get("/clinic").text)
    token = form["f-logo_token"].partition('value="')[2].partition('"')[0]
    clinic.post("/clinic", data={**CLINIC, "name": "Other", "way": "save", "logo_token": token})

    assert 'value="Riverside Knee Clinic"' in form["f-name"]
    assert read_brand(own_brand(own_place)).name == "Other"
    assert read_brand(own_brand(own_place)).logo is not None
    assert own_brand(own_place).with_name("brand-before.toml").exists()
    clinic.post("/clinic", data={**CLINIC, "way": "save", "logo_token": token, "no_logo": "1"})
    assert read_brand(own_brand(own_place)).logo is None


def test_a_name_that_is_still_to_be_typed_is_no_mistake(clinic):
    first = clinic.get("/clinic").text
    typed = clinic.post("/clinic", data={**CLINIC, "name": "", "way": "look"}).text

    for page in (first, typed):
        assert "The name is missing" not in page
        assert 'id="clinic-page"' in page


@pytest.mark.parametrize(("name", "value", "told"), [
    ("name", "", "The name is missing."), ("name", "a" * 41, "more than 40 letters"),
    ("name", "Kn\ue000e", "letters that can't be printed"), ("phone", "call us", "with digits"),
    ("email", "x", "an e-mail address"), ("emergency", "9", "2 to 6 digits"),
    ("web", "x y", "a web address"), ("name", "x" * 41, "more than 40 letters"),
    ("address2", "y" * 45, "44 letters at most"), ("name", "日" * 5, None)])
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(clinic, own_place, name, value,
                                                                 told):
    answer = post(clinic, way="save", **{name: value})

    if told:
        assert answer.status_code == 422
        assert told in texts(answer.text)
        assert not own_brand(own_place).exists()


@pytest.mark.parametrize("logo", [b"no picture", b"<svg", b"\x89PNG\r\n\x1a\nxx", b"x" * 1_100_000])
def test_a_logo_that_can_t_be_printed_is_told(clinic, own_place, logo):
    answer = post(clinic, logo, way="save")

    assert answer.status_code == 422
    assert "This logo can't be printed." in texts(answer.text)
    assert not own_brand(own_place).exists()


@pytest.mark.parametrize("text", ['"><script>alert(1)</script>', 'a" b = "c', "{{7*7}}", "\\u0000"])
def test_hostile_text_stays_text(clinic, own_place, text):
    answer = post(clinic, way="save", name=text[:40])

    assert "<script>alert" not in answer.text
    if own_brand(own_place).exists():
        assert read_brand(own_brand(own_place)).name == text[:40].strip()


def test_a_practice_with_a_brand_is_changed_where_it_lies(tmp_path):
    folder = tmp_path / "clinic"
    folder.mkdir()
    (folder / "brand.toml").write_text('name = "Old"\nskin = "dark"\nedition = "full"\n')
    with client_of(open_site(folder / "brand.toml", keep=False)) as web:
        post(web, way="save")
    brand = read_brand(folder / "brand.toml")

    assert (brand.name, brand.skin, brand.edition) == ("Riverside Knee Clinic", "dark", "full")


def test_the_first_run_starts_here_until_somebody_says_later():
    with client_of(open_site(default_brand_path())) as web:
        first = web.get("/")
        linked = web.get("/?code=M17.12")
        web.post("/clinic", data={"way": "later"})
        later = web.get("/")
    again = open_site(default_brand_path())

    assert "First, make the handouts yours" in texts(first.text)
    assert "Page 1 of" in linked.text
    assert 'id="f-diagnosis"' in later.text
    assert not again.begins
    assert sites.is_left()


def test_a_practice_that_is_set_up_does_not_begin_again(own_place):
    with client_of(open_site(default_brand_path())) as web:
        post(web, way="save")

        assert 'id="f-diagnosis"' in web.get("/").text


@pytest.mark.parametrize(("data", "colours"), [
    (ORANGE, ["#F08C14"]), (png((250, 250, 250)), []), (png((20, 20, 20)), []), (SVG, ["#00AA77"])])
def test_the_colours_of_a_logo_are_those_that_are_no_grey(tmp_path, data, colours):
    (tmp_path / "logo").write_bytes(data)
    if data == png((250, 250, 250)):
        return  # no ink: refused as a logo before
    assert list(colours_in(read_logo(tmp_path / "logo"))) == colours


def test_nothing_of_a_draft_is_left_on_the_disk(clinic, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(Path(tmp_path).iterdir())
    post(clinic, ORANGE, JSON, way="look")

    assert set(Path(tmp_path).iterdir()) == before


def test_a_later_start_finds_the_page_that_prints_with_the_brand_that_was_saved(own_place):
    site, told = new_site(), []
    site.branded = told.append
    with client_of(site) as web:
        post(web, way="look")
        post(web, way="save")

    assert told == [own_brand(own_place)]
