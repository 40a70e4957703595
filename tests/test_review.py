"""handouts review: what a reviewer reads and signs, what changed since, what is due, hazards."""

import ast
import csv
import gzip
import json
import shutil
from collections import Counter
from io import StringIO
from itertools import chain
from pathlib import Path

import pikepdf
import pytest
from helpers import TODAY, page_texts, standards, tag_tree

import cli
from handouts.brand.reviews import Reviews
from handouts.check import check
from handouts.errors import PackError
from handouts.pack.claims import Claims
from handouts.pack.content import content, content_digest, digest_of, statements
from handouts.pack.pack import load_pack
from handouts.paths import data_folder
from handouts.review import hazards, sheets
from handouts.review.appearances import PrintPlace, places, told
from handouts.review.signing import differences

KNEE = data_folder("assets") / "packs" / "knee"
SIGN = ("review", "sign", "--brand", "clinic", "--name", "Dr. Kim Lee", "--role", "Family doctor",
        "--registration", "GMC 1234567", "--until", "2028-11-24")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command line beside a practice's brand, on 25 November 2026 → code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")
    Path("clinic").mkdir()
    Path("clinic/brand.toml").write_text('name = "Riverside"\n', encoding="utf-8")

    def ran(*arguments):
        code = cli.run(arguments)
        return (int(code), *capsys.readouterr())

    return ran


@pytest.fixture(scope="module")
def reviews(knee, brand):
    return Reviews(knee, brand, TODAY)


@pytest.fixture
def copy(tmp_path):
    """A pack of one's own, to change."""
    shutil.copytree(KNEE, tmp_path / "knee")
    return tmp_path / "knee"


# -- claims ----------------------------------------------------------------------------------------


def test_every_statement_has_a_claim_and_every_claim_a_statement(knee):
    claims = Claims(knee)

    assert (claims.unbacked(), claims.idle()) == ([], [])


def test_the_first_claim_that_names_a_statement_is_its_own(knee):
    backed = {one.name: one.claim for one in Claims(knee).of("en")}

    assert backed["questions.bend.answer"].strength == "trial"
    assert backed["questions.visit.answer"].strength == "convention"
    assert "interface.pages.title" not in backed
    assert "flags.dvt.reason" not in backed


def test_what_no_claim_names_is_told(copy):
    text = (copy / "claims.toml").read_text(encoding="utf-8")
    (copy / "claims.toml").write_text(text.replace('"glossary.*"]', '"glossary.joint.*", "gloss"]'),
                                      encoding="utf-8")
    claims = Claims(load_pack("knee", copy))

    assert "glossary.bursa.meaning" in claims.unbacked()
    assert "glossary.joint.meaning" not in claims.unbacked()
    assert claims.idle() == ["gloss"]


@pytest.mark.parametrize(("old", "new", "problem"), [
    ('sources = ["breda-2021"]', 'sources = ["breda-1920"]', "there is no 'breda-1920'"),
    ('sources = ["breda-2021"]', "sources = []", "a trial has a source"),
    ('strength = "trial"', 'strength = "proof"', "must be one of 'trial', 'guideline'"),
    ('line = "B2 tendonitis, J6"', 'line = " "', "name its statements and the sheet's line"),
])
def test_a_claim_that_is_none_is_refused(copy, old, new, problem):
    text = (copy / "claims.toml").read_text(encoding="utf-8")
    assert old in text
    (copy / "claims.toml").write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(PackError, match="claims have") as refused:
        Claims(load_pack("knee", copy))

    assert problem in str(refused.value)


# -- the sheet -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spanish(reviews):
    return sheets.sheet(reviews, "es", ("gout",))


def test_the_pdf_of_a_sheet_is_valid_tagged_and_without_fault(run):
    code, out, _ = run("review", "sheet", "-o", "out", "--lang", "es", "--cause", "infection")
    pdf = Path("out/review-es.pdf")

    assert (code, out) == (0, "out/review-es.pdf\nout/review-es.csv\n")
    assert standards(pdf.read_bytes()) == []
    assert [one for one in check(pdf).findings if one.weight != "advice"] == []
    assert 'TH "Statement"' in tag_tree(pdf.read_bytes())
    with pikepdf.open(pdf) as opened:
        spoken = [str(part.Lang) for part in opened.objects
                  if isinstance(part, pikepdf.Dictionary) and "/Lang" in part]
    assert spoken.count("es") > 50


def test_a_sheet_holds_rules_statements_pictures_method_and_room_to_sign(run):
    run("review", "sheet", "-o", "out", "--cause", "infection")
    text = " ".join(page_texts(Path("out/review-en.pdf").read_bytes()))

    for said in ("The rules", "Joint infection: nobody has examined it",
                 "All waits: Go to the hospital now.", "anticoagulant:",
                 "Your knee joint may be infected.", "Convention. Sheet rules 3 to 6, B0, B2.",
                 "A knee with an infection. Germs are in the swollen joint.",
                 "How it was made", "What is weak in it", "Agree", "Change", "Registration",
                 content_digest(load_pack(), "en")):
        assert said in text, said


def test_a_table_that_goes_on_from_page_to_page_is_one(run):
    run("review", "sheet", "-o", "out", "--cause", "infection")
    tree = tag_tree(Path("out/review-en.pdf").read_bytes()).split("\n")
    rows = csv.DictReader(StringIO(Path("out/review-en.csv").read_bytes().decode("utf-8-sig")))
    files = {row["id"].partition(".")[0] for row in rows
             if len(row["text"]) <= sheets.LONG} - {"figures"}

    assert sum('TH "Statement"' in line for line in tree) == len(files)
    rules, sources, signature = 4, 1, 1
    assert sum(line.strip() == "Table" for line in tree) == len(files) + rules + sources + signature


def test_the_table_of_a_sheet_has_a_line_for_each_statement_beside_its_english(knee, spanish):
    rows = list(csv.DictReader(StringIO(sheets.as_csv(spanish).decode("utf-8-sig"))))
    english = dict(statements(knee.words_in("en")))

    assert [row["id"] for row in rows] == [one.name for one in spanish.backed]
    assert all(row["english"] == english[row["id"]] for row in rows)
    assert all(row["strength"] and row["line"] for row in rows)
    [attack] = [row for row in rows if row["id"] == "waits.gout-attack.why"]
    assert attack["prints"].startswith("gout attack")
    assert "waits.fracture.why" not in {row["id"] for row in rows}


def test_a_statement_prints_where_its_handouts_say_it(reviews):
    found = places(reviews, "en", ("gout", "osteoarthritis"))

    assert found["waits.gout-attack.why"] == [PrintPlace("gout", "attack")]
    assert PrintPlace("osteoarthritis", "calm") in found["causes.osteoarthritis.what[0]"]
    assert found["flags.pregnant.warning"][0].flag == "pregnant"
    assert told(reviews, found["waits.gout-attack.why"]) == "gout (attack)"
    assert told(reviews, found["flags.pregnant.warning"]) == "With pregnant"
    assert told(reviews, []) == "Only if asked for"


def test_a_sheet_replaces_nobody_else_s_files(run):
    Path("out").mkdir()
    Path("out/review-en.csv").write_text("mine", encoding="utf-8")

    assert run("review", "sheet", "-o", "out", "--cause", "infection")[0] == 2
    assert Path("out/review-en.csv").read_text() == "mine"


# -- signatures ------------------------------------------------------------------------------------


def test_a_signature_is_added_and_what_is_signed_is_kept(run, knee):
    code, out, _ = run(*SIGN, "--cause", "gout")
    before = Path("clinic/review.toml").read_text(encoding="utf-8")
    kept = Path(f"clinic/signed/{content_digest(knee, 'en')}.json.gz")

    assert (code, out) == (0, "clinic/review.toml\n")
    assert digest_of(json.loads(gzip.decompress(kept.read_bytes()))) == content_digest(knee, "en")
    assert run(*SIGN, "--lang", "es")[0] == 0
    after = Path("clinic/review.toml").read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.count("[[signature]]") == 2


@pytest.mark.parametrize(("more", "code", "problem"), [
    (("--on", "2026-11-26"), 3, "in the future"),
    (("--on", "2026-11-22"), 3, "nobody reviewed it before"),
    (("--until", "2026-11-25"), 3, "let it be after the review"),
    (("--until", "2036-11-25"), 3, "within three years"),
    (("--name", "x" * 41), 2, "--name: is missing, too long"),
    (("--registration", " "), 2, "--registration: "),
    (("--lang", "xx"), 2, "no such language"), (("--cause", "gou"), 2, "gout"),
])
def test_a_signature_that_can_t_be_is_refused_and_nothing_is_written(run, more, code, problem):
    kept = dict(zip(SIGN[2::2], SIGN[3::2], strict=True))
    kept.pop(more[0], None)  # an option is given once
    ended, out, err = run(*SIGN[:2], *chain(*kept.items()), *more)

    assert (ended, out) == (code, "")
    assert problem in err
    assert [path.name for path in Path("clinic").iterdir()] == ["brand.toml"]


def test_the_built_in_brand_is_nobody_s_practice(run, monkeypatch, tmp_path):
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    code, _, err = run(*(word for word in SIGN if word not in ("--brand", "clinic")))

    assert code == 2
    assert "nobody's practice" in err


# -- what changed ----------------------------------------------------------------------------------


def test_only_what_changed_is_told_old_beside_new(run, copy, knee):
    text = (copy / "en/tips.toml").read_text(encoding="utf-8")
    (copy / "en/tips.toml").write_text(
        text.replace('swim"\ntext = "Do a little more each week."', 'swim"\ntext = "Start easy."'),
        encoding="utf-8")
    text = (copy / "flags.toml").read_text(encoding="utf-8")
    (copy / "flags.toml").write_text(text.replace('wait = "fever"', 'wait = "hot-knee"'),
                                     encoding="utf-8")
    found = differences(content(knee, "en"), content(load_pack("knee", copy), "en"))

    assert found == [("words/tips.move.text", "Do a little more each week.", "Start easy."),
                     ("rules/flags.fever.wait", "fever", "hot-knee")]


def test_a_text_that_is_new_or_gone_is_told():
    assert differences({"a": "1", "b": "2", "codes/x: y": ""}, {"b": "2", "c": "3"}) == [
        ("c", "", "3"), ("a", "1", ""), ("codes/x: y", "there", "")]


def test_the_difference_to_what_was_signed_is_told_and_printed(run):
    own = Path("templates")
    own.mkdir()
    run(*SIGN)
    assert run("review", "diff", "--brand", "clinic") == (0, "", "")
    (own / "more.html.j2").write_text("<p>More</p>", encoding="utf-8")
    code, out, _ = run("review", "diff", "--brand", "clinic", "--templates", "templates", "-o",
                       "diff.pdf")

    assert (code, out) == (
        0, "templates/more.html.j2\n  - (was not there)\n  + <p>More</p>\n")
    assert "1 texts are not as they were signed." in page_texts(Path("diff.pdf").read_bytes())[0]


def test_what_was_signed_and_is_not_kept_or_not_that_is_told(run, knee):
    run(*SIGN)
    kept = Path(f"clinic/signed/{content_digest(knee, 'en')}.json.gz")
    kept.write_bytes(gzip.compress(b'{"words/a": "another"}'))
    assert run("review", "diff", "--brand", "clinic")[0] == 4
    kept.write_bytes(b"\x1f\x8b")
    assert run("review", "diff", "--brand", "clinic")[0] == 4
    kept.unlink()
    assert run("review", "diff", "--brand", "clinic")[0] == 2
    assert run("review", "diff", "--brand", "clinic", "--lang", "es")[0] == 2


# -- what is due -----------------------------------------------------------------------------------


def test_a_fresh_checkout_has_all_due(run, knee):
    code, out, err = run("review", "status")

    assert (code, err) == (1, "")
    assert len(out.splitlines()) == len(knee.languages) * len(knee.structure.causes)
    assert Counter(line.rpartition("\t")[2] for line in out.splitlines()) == {
        "due": len(out.splitlines())}


def test_signed_and_expiring_causes_are_told_by_language_and_cause(run, monkeypatch):
    run(*SIGN, "--cause", "gout")
    run(*SIGN, "--lang", "es")
    told_ = [json.loads(line) for line in
             run("review", "status", "--brand", "clinic", "--json")[1].splitlines()]
    signed = [(line["language"], line["cause"]) for line in told_ if not line["due"]]

    assert ("en", "gout") in signed
    assert ("en", "fracture") not in signed
    assert ("es", "fracture") in signed
    assert told_[0].keys() == {"language", "cause", "content", "state", "by", "on", "until", "days",
                               "due"}
    assert {line["days"] for line in told_ if line["state"] == "signed"} == {729}
    assert run("review", "status", "--brand", "clinic", "--within", "729")[1].count("\tdue") == 24


def test_with_all_signed_and_none_expiring_nothing_is_due(run):
    run(*SIGN)
    run(*SIGN, "--lang", "es")

    assert run("review", "status", "--brand", "clinic")[0] == 0
    assert run("review", "status", "--brand", "clinic", "--within", "730")[0] == 1


@pytest.mark.parametrize(("other", "is_reviewed"), [
    (("", ""), True), (('digest = "', 'digest = "X'), False),
    (('language = "en"', 'language = "xx"'), False)])
def test_a_brand_is_reviewed_if_its_signature_is_of_this_content(run, other, is_reviewed):
    run(*SIGN)
    file = Path("clinic/review.toml")
    file.write_text(file.read_text(encoding="utf-8").replace(*other), encoding="utf-8")

    assert json.loads(run("brand", "check", "clinic", "--json")[1])["reviewed"] is is_reviewed


def test_a_brand_s_review_is_of_the_content_of_one_pack(run):
    run(*SIGN)
    other = str(Path(__file__).parent / "packs" / "back")
    reviewed = [json.loads(run("brand", "check", "clinic", "--json", *of)[1])["reviewed"]
                for of in ((), ("--pack", other))]

    assert reviewed == [True, False]


def test_an_older_review_is_told_how_to_move(run):
    Path("clinic/brand.toml").write_text(
        'name = "A"\n[review]\nby = "Dr. Lee"\non = 2026-11-24\ncontent_version = "1.0"\n',
        encoding="utf-8")
    code, out, err = run("review", "status", "--brand", "clinic")

    assert code == 1
    assert out.startswith("en\tosteoarthritis\t")
    assert "changed since its review" in out
    assert "[review] in the brand file names no content" in err
    assert run("brand", "check", "clinic")[2] == err


# -- hazards ---------------------------------------------------------------------------------------


def test_each_hazard_names_tests_that_exist(knee):
    root = Path(__file__).parent.parent
    for hazard in hazards.read_hazards(knee.folder):
        assert hazard.controls
        assert hazard.evidence
        for name in hazard.evidence:
            file, _, test = name.partition("::")
            tree = ast.parse((root / file).read_text(encoding="utf-8"))
            assert test in {node.name for node in ast.walk(tree)
                            if isinstance(node, ast.FunctionDef)}, name


def test_no_control_makes_a_hazard_likelier_and_no_risk_of_five_is_left(knee):
    found = hazards.read_hazards(knee.folder)

    assert all(hazard.residual <= hazard.risk for hazard in found)
    assert max(hazard.residual for hazard in found) < 4
    assert len({hazard.id for hazard in found}) == len(found)


def test_the_log_is_a_table(run, knee):
    rows = list(csv.DictReader(StringIO(run("review", "hazards")[1])))

    assert tuple(rows[0]) == hazards.COLUMNS
    assert len(rows) == len(hazards.read_hazards(knee.folder))
    assert (rows[0]["severity"], rows[0]["risk"], rows[0]["residual_risk"]) == (
        "catastrophic", "4", "3")


def test_a_hazard_that_is_none_is_told(copy):
    text = (copy / "hazards.toml").read_text(encoding="utf-8")
    (copy / "hazards.toml").write_text(text.replace('severity = "major"', 'severity = "big"', 1),
                                       encoding="utf-8")

    with pytest.raises(PackError, match=r"severity: must be one of 'minor'"):
        hazards.read_hazards(copy)


def test_a_role_that_nobody_is_licensed_in_signs_nothing(run):
    code, _, told = run(*SIGN[:6], "--role", "my dog", *SIGN[8:])

    assert code == 2
    assert "is no role of somebody who is licensed" in told
    assert "physical therapist" in told
    assert "write 'registered as ' before it" in told
    assert "dog" not in told
    assert not Path("clinic/review.toml").exists()
    assert run(*SIGN[:6], "--role", "registered as Heilpraktiker", *SIGN[8:])[0] == 0
