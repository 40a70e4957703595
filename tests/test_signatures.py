"""What was signed is what is printed: a signature holds for one content until its day, and what it
does not hold for says so on paper and to whoever prints it."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from helpers import DRAFT, TODAY, document_text, page_texts
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import cli
from handouts.brand.brand import PracticeReview, read_brand
from handouts.brand.reviews import Reviews
from handouts.compose.compose import compose
from handouts.errors import PackError
from handouts.pack.checking import signature_problems
from handouts.pack.content import LENGTH, LETTERS, content, content_digest, digest_of
from handouts.pack.pack import load_pack
from handouts.pack.signatures import (
    Asked,
    ReviewFile,
    Signature,
    is_licensed,
    standing,
    worst,
)
from handouts.paths import data_folder, default_brand_path
from handouts.press.press import Press
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose
from handouts.system.store import Store

KNEE = data_folder("assets") / "packs" / "knee"
UNTIL = TODAY + timedelta(days=300)


def signature(digest, language="en", **other):
    given = {"version": "1.0", "name": "Dr. Kim Lee", "role": "Family doctor",
             "registration": "GMC 1234567", "on": TODAY, "until": UNTIL}
    return Signature(language=language, digest=digest, **{**given, **other})


def written(folder, *signatures):
    """A brand with these signatures beside it."""
    folder.mkdir(exist_ok=True)
    (folder / "brand.toml").write_text('name = "Riverside"\n', encoding="utf-8")
    parts = []
    for one in signatures:
        lines = [f'{name} = "{getattr(one, name)}"' for name in (
            "language", "digest", "version", "name", "role", "registration")]
        lines += [f"on = {one.on}", f"until = {one.until}", f"causes = {list(one.causes)}"]
        parts.append("\n".join(["[[signature]]", *lines]))
    (folder / "review.toml").write_text("\n".join(parts), encoding="utf-8")
    return folder / "brand.toml"


@pytest.fixture
def signed(tmp_path, knee):
    """The brand file of a practice that signed the English of today."""
    return written(tmp_path / "clinic", signature(content_digest(knee, "en")))


def stands(knee, brand, language="en", cause="gout", day=TODAY, templates=None):
    return Reviews(knee, read_brand(brand), day, templates).standing(language, cause).state


# -- the letters of a content ----------------------------------------------------------------------


def test_a_content_has_eight_letters_of_its_own_in_each_language(knee):
    english, spanish = content_digest(knee, "en"), content_digest(knee, "es")

    assert english != spanish
    for digest in (english, spanish):
        assert len(digest.replace("-", "")) == LENGTH
        assert set(digest) <= {*LETTERS, "-"}


@pytest.mark.parametrize(("file", "old", "new"), [
    ("en/tips.toml", 'text = "Do a little more each week."', 'text = "Start high."'),
    ("causes.toml", 'cross-friction = { verdict = "no" }', 'cross-friction = { verdict = "if" }'),
    ("codes/icd10cm.csv", ",M17.11,right", ",M17.11,left"),
    ("massages.toml", "cap_minutes = 25", "cap_minutes = 45"),
])
def test_what_changes_makes_every_older_signature_changed(tmp_path, knee, file, old, new):
    folder = tmp_path / "knee"
    shutil.copytree(KNEE, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = load_pack("knee", folder)
    before = signature(content_digest(knee, "en"))
    brand = written(tmp_path / "clinic", before, replace(before, on=TODAY - timedelta(days=2)))

    assert stands(knee, brand) == "signed"
    assert stands(changed, brand) == "changed"


def test_a_comment_a_budget_or_another_language_changes_no_content(tmp_path, knee):
    folder = tmp_path / "knee"
    shutil.copytree(KNEE, folder)
    for file, old, new in (("en/tips.toml", "[move]", "# a comment\n[move]"),
                           ("pack.toml", '"tips.text" = 25', '"tips.text" = 26'),
                           ("es/tips.toml", 'title = "', 'title = "X')):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    assert content_digest(load_pack("knee", folder), "en") == content_digest(knee, "en")


def test_a_drawing_is_content(knee):
    said = dict(content(knee, "en"))
    [drawing] = [name for name in said if name == "drawings/step3b.svg"]
    said[drawing] = "another"

    assert digest_of(said) != content_digest(knee, "en")


def test_templates_of_one_s_own_are_not_reviewed(tmp_path, knee, signed):
    own = tmp_path / "templates"
    own.mkdir()
    (own / "tips.html.j2").write_text("<p>Rub the hot knee.</p>", encoding="utf-8")

    assert stands(knee, signed, templates=own) == "own"
    both = written(tmp_path / "both", signature(content_digest(knee, "en", own)))
    assert stands(knee, both, templates=own) == "signed"


def test_templates_that_are_the_built_in_ones_change_nothing(tmp_path, knee, signed):
    own = tmp_path / "templates"
    own.mkdir()
    shutil.copy(data_folder("templates") / "tips.html.j2", own)

    assert stands(knee, signed, templates=own) == "signed"


# -- what a signature holds for --------------------------------------------------------------------


@pytest.mark.parametrize(("language", "cause", "day", "state"), [
    ("en", "gout", TODAY, "signed"), ("en", "gout", UNTIL, "signed"),
    ("en", "gout", UNTIL + timedelta(days=1), "expired"), ("es", "gout", TODAY, "draft"),
    ("en", "bursitis", TODAY, "draft"), ("en", "gout", TODAY - timedelta(days=1), "draft"),
])
def test_a_signature_holds_for_its_language_and_causes_from_its_day_to_its_last(
        tmp_path, knee, language, cause, day, state):
    brand = written(tmp_path, signature(content_digest(knee, "en"), causes=("gout",)))

    assert stands(knee, brand, language, cause, day) == state


def test_nobody_reviewed_a_content_before_it_was_there(tmp_path, knee):
    early = signature(content_digest(knee, "en"), on=date(1901, 1, 1), until=date(1903, 1, 1))

    assert stands(knee, written(tmp_path, replace(early, until=date(1903, 1, 1)))) == "changed"


def test_a_content_past_its_own_date_is_signed_by_nobody(tmp_path, knee):
    late = knee.info.next_review + timedelta(days=1)
    brand = written(tmp_path, signature(content_digest(knee, "en"), on=knee.info.next_review,
                                        until=late + timedelta(days=9)))

    assert stands(knee, brand, day=late) == "expired"


DAYS = st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(st.lists(st.tuples(DAYS, st.integers(1, 900), st.sampled_from(["NOW", "OLD"]))), DAYS)
def test_nothing_is_signed_but_by_a_signature_of_these_letters_on_a_day_of_its_own(given_, day):
    signatures = [signature(digest, on=on, until=on + timedelta(days=days))
                  for on, days, digest in given_]

    found = standing((), signatures, Asked("en", "gout", "NOW", day))
    holds = any(one.digest == "NOW" and one.on <= day <= one.until for one in signatures)
    assert (found.state == "signed") == holds


def test_the_worst_of_several_states_is_told():
    assert worst(["signed", "expired", "changed"]) == "changed"
    assert worst([]) == "draft"


@pytest.mark.parametrize(("change", "told"), [
    ({"until": TODAY}, "signature 1: until: let it be after the review"),
    ({"until": TODAY + timedelta(days=3000)}, "within three years"),
    ({"name": " "}, "must be one line of text"), ({"name": "x" * 41}, "at most 40 characters"),
    ({"registration": ""}, "must be one line of text"),
])
def test_a_signature_that_is_none_is_told_by_its_place(tmp_path, change, told):
    brand = written(tmp_path, signature("BBBB-CCCC", **change))

    with pytest.raises(PackError) as refused:
        read_brand(brand)

    assert told in str(refused.value)
    assert "review.toml" in str(refused.value)


# -- on paper --------------------------------------------------------------------------------------


def said(knee, brand, language="en", today=TODAY, patient=None):
    choices = choose(Request("gout", language=language, patient=patient or Patient()), knee,
                     today=today)
    return document_text(compose(choices, knee, brand, today=today))


def test_the_letters_stand_beside_the_version(knee, brand):
    assert f"Content 1.0\xa0·\xa0{content_digest(knee, 'en')}, Nov\xa023," in said(knee, brand)
    assert f"Contenido 1.0\xa0·\xa0{content_digest(knee, 'es')}, " in said(knee, brand, "es")


@pytest.mark.parametrize(("language", "told"), [
    ("en", "Draft: not yet reviewed by a clinician."),
    ("es", "Borrador: aún sin revisión clínica.")])
def test_a_draft_says_so_on_page_1(press, language, told):
    first, *_ = page_texts(press.handout(Request("gout", language=language), TODAY).pdf)

    assert told in first


def test_what_is_signed_names_its_signer_and_nothing_on_page_1(knee, signed):
    pages = page_texts(Press(signed).handout(Request("gout"), TODAY).pdf)

    assert "Reviewed by Dr. Kim Lee on Nov 25, 2026." in pages[-1]
    assert "review" not in pages[0]


@pytest.mark.parametrize(("language", "told"), [
    ("en", "Changed since the review of Nov\xa025,\xa02026."),
    ("es", "Cambiado desde la revisión del 25\xa0nov\xa02026.")])
def test_a_changed_content_says_since_when_on_page_1_and_in_the_fine_print(
        tmp_path, knee, language, told):
    brand = read_brand(written(tmp_path, signature("BBBB-CCCC", language)))

    assert said(knee, brand, language).count(told) == 2


def test_templates_of_one_s_own_say_so(tmp_path, knee, brand):
    (tmp_path / "tips.html.j2").write_text("", encoding="utf-8")
    made = compose(choose(Request("gout"), knee, today=TODAY), knee, brand, today=TODAY,
                   templates=tmp_path)

    assert document_text(made).count("Changed by this practice; not reviewed.") == 2


def test_both_signers_are_named(knee, brand, tmp_path):
    digest = content_digest(knee, "en")
    structure = replace(knee.structure, review=replace(
        knee.structure.review, signatures=(signature(digest, name="Dr. Ana Ruiz"),)))
    both = type(knee)(knee.folder, structure, knee.words)
    text = said(both, read_brand(written(tmp_path, signature(digest))))

    assert "Reviewed by Dr. Ana Ruiz on Nov\xa025,\xa02026. Reviewed by Dr. Kim Lee on" in text


def test_expiry_is_judged_by_today_and_not_by_the_date_of_the_handout(knee, signed):
    brand, late = read_brand(signed), UNTIL + timedelta(days=1)

    assert "Past its review date." in said(knee, brand, today=late, patient=Patient(given_on=TODAY))
    assert "Past its" not in said(knee, brand, patient=Patient(given_on=late))


def test_a_kept_plate_says_that_its_review_is_past(tmp_path, signed):
    store, asked = Store(tmp_path / "store"), Request("gout")
    now = Press(signed, store=store).handout(asked, TODAY)
    late = Press(signed, store=store).handout(asked, UNTIL + timedelta(days=1))
    again = Press(signed, store=store).handout(asked, UNTIL)

    assert (now.facts["review"]["state"], late.facts["review"]["state"]) == ("signed", "expired")
    assert "Past its review date." in page_texts(late.pdf)[0]
    assert again.facts == now.facts


def test_a_signature_that_is_added_is_seen_by_the_next_press(tmp_path, knee, signed):
    store = Store(tmp_path / "store")
    brand = written(tmp_path / "other")
    before = Press(brand, store=store).handout(Request("gout"), TODAY).facts["review"]["state"]
    written(tmp_path / "other", signature(content_digest(knee, "en")))
    after = Press(brand, store=store).handout(Request("gout"), TODAY).facts["review"]["state"]

    assert (before, after) == ("draft", "signed")


def test_what_an_older_brand_file_says_of_a_review_holds_for_no_content(knee, brand):
    own = replace(brand, review=PracticeReview("Dr. Lee", date(2026, 11, 24), knee.info.version))

    assert "Changed since the review of Nov\xa024,\xa02026." in said(knee, own)
    assert "ningún" not in said(knee, own).lower()
    assert "Not yet reviewed" not in said(knee, own)
    assert "Ningún profesional" in said(knee, own, "es")


# -- to whoever prints it --------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command line in a folder of its own on a fixed day → code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")  # 2026-11-25

    def ran(*arguments):
        code = cli.run(arguments)
        return code, *capsys.readouterr()

    return ran


def test_make_tells_it_in_one_line_and_in_json(run, signed):
    code, out, err = run("make", "gout", "--json")
    assert (code, err) == (0, DRAFT)
    assert json.loads(out)["review"] == {"state": "draft", "by": [], "on": None, "until": None}

    code, out, err = run("make", "gout", "--json", "--brand", str(signed), "-o", "two.pdf")
    assert (code, err) == (0, "")
    assert json.loads(out)["review"] == {
        "state": "signed", "by": ["Dr. Kim Lee"], "on": "2026-11-25", "until": str(UNTIL)}


def test_a_batch_tells_it_of_the_languages_that_its_rows_ask_for(run):
    Path("rows.csv").write_text("patient,cause,lang\nA,gout,en\nB,gout,es\n", encoding="utf-8")
    code, out, err = run("batch", "rows.csv", "-o", "out", "--json", "--fhir-out", "out.ndjson")

    assert code == 0
    assert err.startswith("handouts: content en not yet reviewed by a clinician, es not yet")
    assert json.loads(out)["review"] == {"en": "draft", "es": "draft"}
    assert json.loads(Path("out/report.json").read_text())["review"] == {
        "en": "draft", "es": "draft"}
    [first, _] = Path("out.ndjson").read_text().splitlines()
    assert json.loads(first)["docStatus"] == "preliminary"


def test_a_signed_document_reference_is_final(run, signed):
    Path("rows.csv").write_text("patient,cause\nA,gout\n", encoding="utf-8")
    code, _, err = run("batch", "rows.csv", "-o", "out", "--fhir-out", "out.ndjson", "--brand",
                       str(signed))

    assert (code, err) == (0, "1 rows: 1 made, 0 skipped, 0 failed\n")
    assert json.loads(Path("out.ndjson").read_text())["docStatus"] == "final"


def test_an_infobutton_s_entry_tells_it(run, knee):
    _, out, _ = run("infobutton", "mainSearchCriteria.v.c=M17.11&mainSearchCriteria.v.cs="
                    "2.16.840.1.113883.6.90")

    assert '<category scheme="review" term="draft" />' in out
    assert f'<category scheme="content" term="{content_digest(knee, "en")}" />' in out


def test_languages_are_listed_with_their_letters(run, knee, signed):
    _, out, _ = run("list", "languages", "--brand", str(signed))

    assert out.splitlines() == [
        f"en\t{content_digest(knee, 'en')}\treviewed",
        f"es\t{content_digest(knee, 'es')}\tnot yet reviewed by a clinician"]


def test_the_built_in_brand_and_pack_are_signed_by_nobody(knee):
    assert knee.structure.review.signatures == ()
    assert read_brand(default_brand_path()).signatures == ()


# -- who may sign ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "licensed"), [
    ("Family doctor", True), ("physical  therapist", True), ("médica de familia", True),
    ("registered as Physiotherapeut", True), ("my dog", False), ("doctor who", False),
    ("registered as", False), ("registered as x", False), ("Registered as", False),
    ("nobody", False)])
def test_a_signature_counts_of_somebody_licensed_alone(knee, tmp_path, role, licensed):
    brand = written(tmp_path / "clinic", signature(content_digest(knee, "en"), role=role))

    assert stands(knee, brand) == ("signed" if licensed else "draft")
    assert is_licensed(role, knee.info.roles) is licensed


def test_a_pack_s_signature_by_nobody_licensed_is_refused(knee):
    file = ReviewFile((signature(content_digest(knee, "en"), role="my dog"),))
    assert list(signature_problems(file, knee.structure, "review.toml")) == [
        "review.toml: signature 1: role: let it be one of pack.toml's roles, or 'registered as ' "
        "and the title of another country"]
