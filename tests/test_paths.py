"""Where things are without a home, and how a path is told."""

import json
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from helpers import DRAFT
from hypothesis import given
from hypothesis import strategies as st

import cli
from handouts import paths
from handouts.errors import PackError
from handouts.paths import relative, shown

LATIN = os.fsdecode(b"M\xfcller")
TOLD = "handouts: there is no home folder, so nothing is kept to make the next handout fast; "


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Runs a command line in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026

    def ran(*arguments):
        code = cli.run(arguments)
        return (int(code), *capsys.readouterr())

    return ran


# -- no home ---------------------------------------------------------------------------------------


@pytest.fixture(params=["unset", "empty", "relative"])
def homeless(request, monkeypatch):
    """A process whose user has no home: in a container that runs as a number, or by mistake."""

    def nobody(number):
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HANDOUTS_CACHE", "HANDOUTS_RECORDS", "XDG_CACHE_HOME", "XDG_DATA_HOME",
                 "XDG_CONFIG_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    if request.param != "unset":
        monkeypatch.setenv("HOME", {"empty": "", "relative": "home"}[request.param])


def test_without_a_home_every_command_works_and_nothing_is_written_elsewhere(
        homeless, run, tmp_path):
    (tmp_path / "a.csv").write_text("cause\ngout\n", encoding="utf-8")
    done = {line: run(*line.split()) for line in (
        "make gout", "batch a.csv -o out", "cache info --json", "cache clear", "protocol list",
        "brand new mine", "list languages", "infobutton mainSearchCriteria.v.c=M17.11&"
        "mainSearchCriteria.v.cs=2.16.840.1.113883.6.90")}

    assert {line: code for line, (code, _, _) in done.items()} == dict.fromkeys(done, 0)
    assert [line for line in done if done[line][2].count(TOLD) == 1] == [
        "make gout", "batch a.csv -o out", "cache info --json", "cache clear"]
    assert [line for line in done if "no record of what was given is kept" in done[line][2]] == [
        "make gout", "batch a.csv -o out"]
    assert json.loads(done["cache info --json"][1])["folder"] is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "gout.pdf", "mine", "out"]


def test_without_a_home_what_belongs_there_is_refused_with_the_cure(homeless, run):
    assert run("protocol", "new", "mine", "gout") == (5, "", (
        "handouts: protocol: there is no home folder to keep your own in\n"
        "Set $HOME, or save it for the practice with --practice.\n"))
    code, _, err = run("show", "7K3F-9Q2M")
    assert (code, "bug" in err) == (2, False)


def test_a_cache_that_is_named_is_used_without_a_home(homeless, run, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "kept"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    assert run("make", "gout", "-o", "x.pdf") == (0, "x.pdf\n", DRAFT)
    assert list((tmp_path / "kept").rglob("*.entry"))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0 or not shutil.which("setpriv"),
                    reason="only root can run as another user")
def test_an_unknown_user_without_an_environment_makes_handouts(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    os.chown(out, 12345, 12345)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)

    may_read = [f"--{kind}-caps=+dac_read_search" for kind in ("inh", "ambient")]
    done = subprocess.run(
        ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", *may_read,
         "env", "-i", sys.executable, cli.__file__, "make", "gout"],
        cwd=out, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode in (126, 127):
        pytest.skip("another user may not run this Python here")

    assert (done.returncode, done.stdout) == (0, "gout.pdf\n")
    assert done.stderr.startswith(TOLD)


# -- a home ---------------------------------------------------------------------------------------

FOLDERS = {"CACHE": (paths.cache_folder, platformdirs.user_cache_path, ""),
           "DATA": (paths.records_folder, platformdirs.user_data_path, "given")}


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("own", [None, "", "/srv/of mine", "relative", " "])
@pytest.mark.parametrize("home", ["/home/ana", "/home/ana/"])
def test_folders_are_those_of_the_system(monkeypatch, kind, own, home):
    for name in ("HANDOUTS_CACHE", "HANDOUTS_RECORDS", f"XDG_{kind}_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", home)
    if own is not None:
        monkeypatch.setenv(f"XDG_{kind}_HOME", own)
    ours, theirs, inside = FOLDERS[kind]

    assert ours() == theirs("handouts") / inside


def test_a_brand_in_the_users_folder_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "handouts").mkdir()
    (tmp_path / "handouts" / "brand.toml").write_text("")

    assert paths.brand_path(None) == tmp_path / "handouts" / "brand.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
def test_the_library_that_knows_them_is_not_imported_where_they_are_plain():
    script = ("import sys; from handouts import paths; paths.cache_folder(); "
              "paths.brand_path(None); print('platformdirs' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True, env={"HOME": "/nowhere"})

    assert done.stdout == "False\n"


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/null")
def test_a_home_that_is_no_folder_stops_nothing(tmp_path):
    done = subprocess.run(
        [sys.executable, cli.__file__, "make", "infection", "-o", "a.pdf"], cwd=tmp_path,
        env={"HOME": "/dev/null"}, capture_output=True, text=True, check=False, timeout=120)

    assert (done.returncode, done.stdout) == (0, "a.pdf\n")
    assert done.stderr == DRAFT + (
        "handouts: no record of what was given is kept (not a directory); mend your data folder, "
        "or name one with $HANDOUTS_RECORDS\n")


# -- how a path is told ----------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "told"), [
    ("out/gout.pdf", "out/gout.pdf"), ("Łukasz – 陈.pdf", "Łukasz – 陈.pdf"),
    (LATIN, "M\\xfcller"), ("a\nb\x1b[31m", "a\\nb\\x1b[31m"), ("\u202efdp", "\\u202efdp"),
    (Path("a b"), "a b"), ("\ud800", "\\xed\\xa0\\x80")])
def test_a_path_is_told_as_one_line_of_valid_text(path, told):
    assert shown(path) == told


@given(st.binary(max_size=30))
def test_whatever_bytes_a_name_has_it_can_be_told(name):
    told = shown(os.fsdecode(name))

    assert json.loads(json.dumps(told)) == told
    assert len(told.encode().splitlines()) <= 1


def test_an_error_can_be_told_whatever_its_place_is_called():
    error = PackError("is\nwrong", where=LATIN, cure=f"Mend {LATIN}.", problems=[LATIN])

    assert str(error) == "M\\xfcller: is\nwrong\n  M\\xfcller\nMend M\\xfcller."


def test_a_reference_keeps_every_byte_of_a_name(tmp_path):
    assert relative(tmp_path / LATIN / "a b.pdf", tmp_path) == "M%FCller/a%20b.pdf"


def test_between_two_drives_a_reference_is_an_absolute_address(tmp_path, monkeypatch):
    def other_drive(path, start):
        raise ValueError

    monkeypatch.setattr(paths.os.path, "relpath", other_drive)

    assert relative(tmp_path / "a.pdf", Path("/b")) == (tmp_path / "a.pdf").as_uri()


# -- names that are not UTF-8, wherever a file may lie ---------------------------------------------


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every name is Unicode there")
def test_names_that_are_not_utf8_are_read_and_told_escaped_wherever_they_stand(
        run, tmp_path, monkeypatch):
    place = tmp_path / LATIN
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("HANDOUTS_CACHE", str(place / f"cache-{LATIN}"))
    Path(f"{LATIN}.csv").write_text("cause,dob,id\ngout,no day,7\ngout,,7\n", encoding="utf-8")
    Path(f"{LATIN}.ndjson").write_text(json.dumps(
        {"resourceType": "Condition", "subject": {"reference": "Patient/none"}, "code": {"coding": [
            {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M17.11"}]}}) + "\n")
    Path("templates").mkdir()
    Path(f"templates/{LATIN}.txt").write_text("not used")
    assert run("brand", "new", f"b-{LATIN}")[:2] == (
        0, "b-M\\xfcller/brand.toml\nb-M\\xfcller/logo.svg\n")
    Path(f"b-{LATIN}/{LATIN}.txt").write_text("beside it")
    Path(f"out-{LATIN}").mkdir()
    Path(f"out-{LATIN}/{LATIN}.pdf").write_bytes(b"a stranger's")

    made = run("make", "gout", "--brand", f"b-{LATIN}", "--templates", "templates",
               "-o", f"{LATIN}.pdf", "--json")
    batch = [run("batch", f"{LATIN}.csv", f"{LATIN}.ndjson", "-o", f"out-{LATIN}", "--fhir-out",
                 "refs.ndjson", "--brand", f"b-{LATIN}", "--json") for _ in range(2)]
    cached = json.loads(run("cache", "info", "--json")[1])

    assert (made[0], json.loads(made[1])["file"]) == (0, "M\\xfcller.pdf")
    assert [(code, json.loads(out)["report"]) for code, out, _ in batch] == [
        (1, "out-M\\xfcller/report.json")] * 2
    assert "row 1 (M\\xfcller.csv, line 2): dob: is not a date" in batch[0][2]
    assert "row 3 (M\\xfcller.ndjson, line 1): subject: the patient of this" in batch[0][2]
    report = json.loads(Path(f"out-{LATIN}/report.json").read_bytes())
    assert ([failure["row"] for failure in report["failed"]], report["made"]) == ([1, 3], [])
    said = json.loads(Path("refs.ndjson").read_bytes())["content"][0]["attachment"]["url"]
    assert said == "out-M%FCller/00002-gout.pdf"
    assert cached["folder"].endswith("M\\xfcller/cache-M\\xfcller")
    assert cached["entries"] > 0


def test_json_tells_a_path_as_it_is(run, tmp_path):
    name = 'two\nlines "\u2028" Ж.pdf'
    told = json.loads(run("make", "gout", "-o", name, "--json")[1])["file"]

    assert Path(told).is_file()
    assert shown(told) == run("make", "gout", "-o", name)[1].removesuffix("\n")
    assert "\\xfc" in json.loads(run("make", "gout", "-o", f"{LATIN}.pdf", "--json")[1])["file"]
