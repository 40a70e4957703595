"""Brand files: read whole, refused with every problem at once, found in a fixed order."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logos import encoded, picture, svg

import cli
from handouts.brand.brand import (
    Brand,
    BrandColours,
    PracticeReview,
    brand_path,
    contrast,
    default_brand_path,
    find_brand,
    new_brand,
    read_brand,
)
from handouts.brand.colours import complete_colours
from handouts.errors import OutputError, PackError

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'
FULL = """
name = " Riverside Physio "
address = ["12 River Street", "Springfield"]
phone = "+1 (555) 010-0142 x7"
web = "https://riverside.example/knee"
email = "hello@riverside.example"
hours = "Mon–Fri 8–17"
emergency = "112"
paper = "a4"
logo = "logo.svg"
[colours]
brand = "#1f4e79"
tint = "#EAF2F9"
outline = "#7DA7C9"
[review]
by = "Dr. Kim Lee"
on = 2026-11-23
content_version = "1.0"
"""


def write(folder: Path, text: str, logo: str = "") -> Path:
    (folder / "brand.toml").write_text(text, encoding="utf-8")
    if logo:
        (folder / "logo.svg").write_text(logo, encoding="utf-8")
    return folder / "brand.toml"


def problems(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(PackError) as refused:
        read_brand(write(folder, text))
    return refused.value.problems


# Reading


def test_a_full_brand_is_read_as_written(tmp_path: Path) -> None:
    brand = read_brand(write(tmp_path, FULL, LOGO))

    assert brand == Brand(
        name="Riverside Physio", address=("12 River Street", "Springfield"),
        phone="+1 (555) 010-0142 x7", web="https://riverside.example/knee",
        email="hello@riverside.example", hours="Mon–Fri 8–17", emergency="112", paper="a4",
        colours=BrandColours(brand="#1F4E79", tint="#EAF2F9", outline="#7DA7C9"),
        logo=brand.logo, review=PracticeReview("Dr. Kim Lee", date(2026, 11, 23), "1.0"))
    assert brand.logo is not None
    assert (brand.logo.kind, brand.logo.width, brand.logo.height) == ("svg", 9, 9)


def test_only_the_name_must_be_there_and_blanks_count_as_left_out(tmp_path: Path) -> None:
    blank = 'name = "Knee Care"\naddress = [" "]\nphone = ""\nweb = " "\n[review]\non = ""'

    brand = read_brand(write(tmp_path, blank))

    assert brand == Brand(
        name="Knee Care", address=(), phone="", web="", email="", hours="", emergency="911",
        paper="letter", colours=BrandColours(brand="#0B5563", tint="#E4ECEE", outline="#6D99A1"),
        logo=None, review=PracticeReview())


def test_a_folder_stands_for_its_brand_file(tmp_path: Path) -> None:
    file = write(tmp_path, FULL, LOGO)

    assert read_brand(tmp_path) == read_brand(file)


def test_the_built_in_brand_is_neutral_and_sound() -> None:
    brand = read_brand(default_brand_path())

    assert (brand.name, brand.phone, brand.address) == ("Knee Care", "", ())
    assert (brand.paper, brand.emergency, brand.review) == ("letter", "911", PracticeReview())
    assert brand.colours == BrandColours(brand="#0B5563", tint="#E4F1F2", outline="#6FA9AF")
    assert brand.logo is not None
    assert (brand.logo.kind, brand.logo.width, brand.logo.height) == ("svg", 40, 40)


def test_every_note_of_the_built_in_file_is_a_valid_entry(tmp_path: Path) -> None:
    text = default_brand_path().read_text(encoding="utf-8")
    awake = re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE)

    brand = read_brand(write(tmp_path, awake, LOGO))

    table = tomllib.loads(awake)
    assert "review" not in table
    assert [brand.phone, brand.web, brand.email, brand.hours] == [
        table[key] for key in ("phone", "web", "email", "hours")]


@pytest.mark.parametrize(("entry", "links"), [
    ('web = "www.riverside.example"', ("https://www.riverside.example", "", "")),
    ('web = "https://e.org/a/b.html"', ("https://e.org/a/b.html", "", "")),
    ('email = "a.b+c@e-f.org"', ("", "mailto:a.b+c@e-f.org", "")),
    ('phone = "555-0142"', ("", "", "tel:5550142")),
    ('phone = "+1 (555) 0142 ext. 7"', ("", "", "tel:+15550142;ext=7")),
    ("", ("", "", "")),
])
def test_contacts_become_safe_links(tmp_path: Path, entry: str, links: tuple[str, ...]) -> None:
    brand = read_brand(write(tmp_path, f'name = "A"\n{entry}'))

    assert (brand.web_link, brand.email_link, brand.phone_link) == links


# Problems


def test_all_problems_are_told_at_once_by_place_and_cure(tmp_path: Path) -> None:
    told = problems(tmp_path, """
adress = ["12 River Street"]
address = ["1", "2", "3"]
phone = "call me"
web = "http://riverside.example"
email = "riverside.example"
hours = "Monday to Friday from 8 in the morning"
emergency = 911
paper = "A5"
logo = "logo.svg"
[colours]
brand = "#3388FF"
tint = "#888888"
outline = "red"
[review]
by = 7
on = "soon"
""")

    assert told == (
        "brand.toml: adress: there is no such entry; did you mean address?",
        "brand.toml: address: must be a list of at most 2 lines, each of at most 44 characters",
        'brand.toml: phone: must be a phone number like "+1 555-0142 ext. 3", in quotes, '
        "of at most 20 characters",
        'brand.toml: web: must be a web address such as "https://riverside.example", in quotes, '
        "of at most 60 characters",
        'brand.toml: email: must be an address such as "hello@riverside.example", in quotes, '
        "of at most 60 characters",
        "brand.toml: hours: has 38 characters; shorten it to 30",
        'brand.toml: emergency: must be a short number such as "911", in quotes, '
        "of at most 6 characters",
        'brand.toml: paper: must be "letter" or "a4"',
        "brand.toml: name: is missing; add it",
        "brand.toml: logo: there is no such file in the brand's own folder; put it there",
        'brand.toml: colours.outline: must be a colour such as "#0B5563"',
        "brand.toml: colours.brand: #3388FF has 3.4:1 on white, but text needs 7:1; "
        "use #2157A3, a darker one of the same hue",
        "brand.toml: colours.tint: #888888 is too dark to carry text (body text has 3.9:1, "
        "the title 2.0:1, but need 7:1 and 4.5:1); leave it out, or use #E7EDF5",
        "brand.toml: review.by: must be one line of text, in quotes, of at most 40 characters",
        "brand.toml: review.on: must be a date such as 2026-11-23",
    )


@pytest.mark.parametrize("entry", [
    f'name = "{"x" * 41}"', f'address = ["{"x" * 45}"]', f'phone = "{"5" * 21}"',
    f'hours = "{"x" * 31}"', 'hours = "8\\n17"', 'address = ["a\\u0000b"]', "address = [1]",
    'address = "12 River Street"', 'phone = "555-CALL"', 'emergency = "9 1 1"', 'paper = "A4"',
    'web = "javascript:alert(1)"', 'web = "https://a@b.org"', 'web = "https://e.org/?q=<b>"',
    'web = "localhost"', 'email = "a@b"', 'email = "a b@e.org"', 'email = "a@e.org?cc=b@e.org"',
    'colours = "#0B5563"', 'review = "Dr. Kim Lee"', "logo = 1",
])
def test_an_entry_out_of_bounds_is_refused_by_its_name(tmp_path: Path, entry: str) -> None:
    key = entry.split()[0]
    text = entry if key == "name" else f'name = "A"\n{entry}'

    assert [line.split(": ")[1] for line in problems(tmp_path, text)] == [key]


def test_colours_need_the_brand_colour(tmp_path: Path) -> None:
    assert problems(tmp_path, 'name = "A"\n[colours]\ntint = "#FFFFFF"') == (
        "brand.toml: colours.brand: is missing; add it",)


def test_a_review_names_its_languages_or_is_of_the_english(tmp_path: Path) -> None:
    whole = 'name = "A"\n[review]\nby = "Kim Lee"\non = 2026-11-23\ncontent_version = "1.0"\n'

    english = read_brand(write(tmp_path, whole))
    both = read_brand(write(tmp_path, f'{whole}languages = ["en", "es"]'))

    assert (english.review.languages, both.review.languages) == (("en",), ("en", "es"))
    assert problems(tmp_path, f'{whole}languages = ["Español"]') == (
        'brand.toml: review.languages: must be a list of language codes such as ["en", "es"]',)


def test_a_review_is_whole_or_absent(tmp_path: Path) -> None:
    assert problems(tmp_path, 'name = "A"\n[review]\nby = "Kim Lee"\ncontent_version = " "') == (
        "brand.toml: review.on: is missing; a review has by, on and content_version",
        "brand.toml: review.content_version: is missing; "
        "a review has by, on and content_version",
    )


def test_every_reason_against_a_logo_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.svg").write_text('<svg viewBox="0 0 9 9"><script/></svg>', encoding="utf-8")

    assert problems(tmp_path, 'name = "A"\nlogo = "bad.svg"') == (
        "brand.toml: logo: the SVG has a <script> element; a logo runs no code; delete it",
        "brand.toml: logo: the SVG draws nothing; export it with its shapes visible",
    )


@pytest.mark.parametrize("name", ["../logo.svg", "/logo.svg", "link.svg", ".", "none.png"])
def test_a_logo_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "brand").mkdir()
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    (tmp_path / "brand" / "link.svg").symlink_to(tmp_path / "logo.svg")

    assert problems(tmp_path / "brand", f'name = "A"\nlogo = "{name}"') == (
        "brand.toml: logo: there is no such file in the brand's own folder; put it there",)


@pytest.mark.parametrize(("data", "expected"), [
    (b"name = 'A", "brand.toml: not written as TOML is, at its end; mend that place"),
    (b"name = '\xff'", "brand.toml: not UTF-8 text; save it as UTF-8"),
])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, data: bytes, expected: str) -> None:
    (tmp_path / "brand.toml").write_bytes(data)

    with pytest.raises(PackError) as refused:
        read_brand(tmp_path)

    assert refused.value.problems == (expected,)


def test_a_byte_order_mark_is_forgiven(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_bytes(b'\xef\xbb\xbfname = "A"')

    assert read_brand(tmp_path).name == "A"


def test_problems_hold_no_folder_and_no_line_breaks(tmp_path: Path) -> None:
    told = problems(tmp_path, f'"a\\nb{"x" * 200}" = 1\nlogo = "none.svg"')

    assert [line for line in told if str(tmp_path) in line or not line.isprintable()] == []
    assert max(map(len, told)) < 200


# Colours


@pytest.mark.parametrize(("first", "second", "ratio"), [
    ("#000000", "#FFFFFF", 21), ("#FFFFFF", "#000000", 21), ("#777777", "#777777", 1),
    ("#767676", "#FFFFFF", 4.54), ("#0B5563", "#FFFFFF", 8.42),
])
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


@given(st.integers(0, 0xFFFFFF).map("#{:06X}".format))
def test_any_colour_is_readable_or_refused_with_one_that_is(colour: str) -> None:
    told: list[str] = []
    colours = complete_colours({"brand": colour}, told)
    offered = re.findall(r"use (#[0-9A-F]{6})", " ".join(told))
    again: list[str] = []
    final = complete_colours({"brand": offered[0]}, again) if told else colours

    assert bool(told) == (contrast(colour, "#FFFFFF") < 7)
    assert again == []
    assert contrast(final.brand, "#FFFFFF") >= 7
    assert contrast(final.brand, final.tint) >= 4.5


@given(st.integers(0, 0xFFFFFF).map("#{:06X}".format))
def test_any_tint_carries_text_or_is_refused(tint: str) -> None:
    told: list[str] = []
    complete_colours({"brand": "#0B5563", "tint": tint}, told)

    readable = contrast("#1E2F38", tint) >= 7 and contrast("#0B5563", tint) >= 4.5
    assert bool(told) != readable


# Finding and starting


def test_the_option_wins_then_the_variable_then_the_users_own_then_the_built_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config, option, variable = (tmp_path / name for name in ("config", "option", "variable"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    monkeypatch.setenv("HANDOUTS_BRAND", str(variable))
    own = [config / "handouts" / "brand" / "brand.toml", config / "handouts" / "brand.toml"]
    for path in own:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('name = "Own"', encoding="utf-8")

    found = [brand_path(option), brand_path(None)]
    monkeypatch.setenv("HANDOUTS_BRAND", "")
    for path in own:
        found.append(brand_path(None))
        path.unlink()
    found.append(brand_path(None))

    assert found == [option, variable, *own, default_brand_path()]


def test_the_brand_that_is_found_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOUTS_BRAND", str(write(tmp_path, FULL, LOGO)))

    assert find_brand(None).name == "Riverside Physio"


def test_a_brand_that_is_not_there_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        find_brand(tmp_path / "none.toml")

    assert refused.value.where == str(tmp_path / "none.toml")
    assert refused.value.problems == (
        "none.toml: there is no such file; 'handouts brand new DIR' starts one",)


def test_a_new_brand_is_a_sound_one(tmp_path: Path) -> None:
    folder = tmp_path / "clinic" / "brand"

    written = new_brand(folder)

    assert written == [folder / "brand.toml", folder / "logo.svg"]
    assert read_brand(folder) == read_brand(default_brand_path())


@pytest.mark.parametrize("name", ["brand.toml", "logo.svg"])
def test_a_new_brand_never_overwrites(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(OutputError) as refused:
        new_brand(tmp_path)

    assert refused.value.problem == f"{name} is there already"
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]


def test_a_new_brand_needs_a_folder_it_can_write_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OutputError, match="the brand can't be written"):
        new_brand(tmp_path / "file" / "brand")


@pytest.mark.parametrize(("entry", "place"), [
    ('name = "診所"', "name"), ('name = "A"\naddress = ["1 Street", "診所"]', "address"),
    ('name = "A"\nhours = "診所"', "hours"),
    ('name = "A"\n[review]\nby = "診所"\non = 2026-11-23\ncontent_version = "1.0"',
     "review.by")])
def test_letters_that_no_page_can_show_are_told_by_the_brand(tmp_path, entry, place):
    assert problems(tmp_path, entry) == (
        f"brand.toml: {place}: holds what can't be printed here: Chinese letters; leave them out "
        "or write them in other letters",)


@pytest.mark.parametrize(("name", "data", "told"), [
    ("logo.svg", svg('<g style="mix-blend-mode:multiply"><circle cx="20" cy="20" r="9"/></g>'),
     "handouts: logo: the SVG is printed as a picture, 600 dots to the inch, because it has the "
     "property 'mix-blend-mode'; for sharp edges at any size export it as plain shapes.\n"),
    ("logo.jpg", encoded(picture("CMYK"), "JPEG"),
     "handouts: logo: the picture is in printing inks (CMYK) without a colour profile of its own, "
     "so its colours are those of usual inks on coated paper; if they are not yours, export it as "
     "RGB.\n"),
    ("logo.svg", svg(), ""), ("logo.png", encoded(picture()), "")])
def test_brand_check_tells_how_a_logo_is_printed(tmp_path, capsys, name, data, told):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "brand.toml").write_text(f'name = "Clinic"\nlogo = "{name}"\n')

    assert cli.run(["brand", "check", str(tmp_path)]) == 0
    assert capsys.readouterr().err == told
