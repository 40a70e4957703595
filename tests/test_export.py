"""The folder that OpenEMR serves: complete, valid, and never a code of another system."""

import csv
import os

import pytest
from helpers import TODAY, page_texts, standards

from handouts import export
from handouts.coding import codes
from handouts.errors import OutputError, UsageError
from handouts.export import openemr


@pytest.fixture(scope="module")
def folder(tmp_path_factory, press, knee):
    path = tmp_path_factory.mktemp("education")
    (path / "icd10_m99.9_en.pdf").write_bytes(b"of an earlier export")
    return path, openemr(path, press, TODAY, languages=("en",))


def test_every_code_that_selects_a_handout_has_its_file(folder, knee):
    path, made = folder
    wanted = {f"{kind}_{code.lower()}_en.pdf"
              for kind, system in (("icd10", "icd10cm"), ("snomed", "snomed"),
                                   ("snomed-ct", "snomed"))
              for code, _ in codes.mapped(knee, system)}

    assert {served.file for served in made.files} == wanted
    assert all((path / name).stat().st_size > 40_000 for name in wanted)
    assert len(made.files) > 2000


def test_codes_of_the_same_cause_and_side_share_one_file(folder):
    path, made = folder
    files = {(path / served.file).stat().st_ino for served in made.files}

    assert len(files) == made.handouts < 60


@pytest.mark.parametrize(("file", "words"), [
    ("icd10_m17.11_en.pdf", "Massage for your right knee"),
    ("icd10_m17.12_en.pdf", "Massage for your left knee"),
    ("icd10_m17.0_en.pdf", "Osteoarthritis"),
    ("snomed_239873007_en.pdf", "Nobody has examined your knee for this sheet."),
    ("snomed-ct_239873007_en.pdf", "Nobody has examined your knee for this sheet."),
    ("icd10_m17_en.pdf", "Osteoarthritis"), ("icd10_s83.511_en.pdf", "Ligament tear"),
    ("icd10_m00.061_en.pdf", "Go to the hospital now")])
def test_a_file_is_the_screened_handout_of_its_code(folder, file, words):
    data = (folder[0] / file).read_bytes()

    assert words in page_texts(data)[0]
    assert standards(data) == []


def test_codes_that_do_not_fix_the_knee_have_none(folder, knee):
    asking = [code for code, coded in codes._table(knee.folder, "icd10cm").items() if coded.asks]
    names = {served.code.replace(".", "") for served in folder[1].files}

    assert asking
    assert names.isdisjoint(asking)


def test_the_index_tells_of_every_file(folder):
    path, made = folder
    with (path / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["file"] for row in rows] == [served.file for served in made.files]
    assert rows[0]["system"] == "icd10cm"


def test_what_an_earlier_export_left_is_told_and_stays(folder):
    path, made = folder

    assert made.stale == ("icd10_m99.9_en.pdf",)
    assert (path / "icd10_m99.9_en.pdf").exists()


@pytest.fixture
def few(monkeypatch):
    """Two codes of one system and one of the other."""
    mapped = {"icd10cm": ("M17.11", "M17.31"), "snomed": ("239873007",)}
    monkeypatch.setattr(export.codes, "mapped", lambda pack, system: tuple(
        (code, codes.find(pack, code, system)) for code in mapped[system]))


@pytest.mark.parametrize(("pattern", "first"), [
    ("{system}_{code}_{lang}.pdf", "icd10cm_M17.11_en.pdf"),
    ("{lang} {code}", "en M17.11.pdf"), ("K-{code:0>8}-{lang}", "K-00M17.11-en.pdf")])
def test_another_system_has_names_of_its_own_pattern(tmp_path, press, few, pattern, first):
    made = openemr(tmp_path, press, TODAY, pattern=pattern)

    assert made.files[0].file == first
    assert {file.file for file in made.files} | {"index.csv"} == {
        path.name for path in tmp_path.iterdir()}
    assert len(made.files) == 3 * 2  # each code in each language, once


@pytest.mark.parametrize("pattern", [
    "{code}.pdf", "{system}_{lang}", "x", "{none}", "{", "{0}", "../{code}_{lang}", "{code}/{lang}",
    "{code.__class__}_{lang}", ".{code}_{lang}"])
def test_a_pattern_that_is_none_or_gives_two_files_one_name_is_refused(tmp_path, press, few,
                                                                      pattern):
    with pytest.raises(UsageError):
        openemr(tmp_path / "out", press, TODAY, pattern=pattern)
    assert not (tmp_path / "out").exists()


def test_without_hard_links_files_are_copied(tmp_path, press, knee, monkeypatch):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(export.codes, "mapped", lambda pack, system: tuple(
        (code, codes.find(pack, code)) for code in ("M17.11", "M17.31"))
        if system == "icd10cm" else ())
    made = openemr(tmp_path, press, TODAY)

    assert made.handouts < len(made.files) <= 4
    assert len({(tmp_path / served.file).read_bytes() for served in made.files
                if served.language == "en"}) == 1


def test_a_folder_that_cannot_be_made_is_told_with_its_cure(tmp_path, press, knee):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="can't be used as a folder"):
        openemr(tmp_path / "file", press, TODAY)


@pytest.mark.parametrize("known", [("en", "es"), ("en", "xx")])
def test_a_language_that_the_pack_lacks_is_refused(tmp_path, press, knee, monkeypatch, known):
    monkeypatch.setattr(export, "LANGUAGES", known)

    with pytest.raises(UsageError):
        openemr(tmp_path, press, TODAY, languages=("xx",))
