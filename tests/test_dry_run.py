"""handouts batch --dry-run, and how a table's reading is asked for and kept."""

import json
import tomllib
from pathlib import Path

import pytest

import cli
from handouts.commands.dryrun import masked

TABLE = ("Knee list\nPt Name,Birth Dt,Dx,Lang,Room\nZubehoerita Quill,3/4/1958,M17.11,Spanish,4\n"
         "Bo Quill,5/6/1960,gowt,English,5\nCy Quill,7/8/1970,gout,,6\nTotal,,3,,\n")


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Runs a command line in a folder of its own that holds a table: code, stdout, stderr."""
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")  # 25 November 2026
    for name in ("XDG_CONFIG_HOME", "HANDOUTS_CACHE", "HANDOUTS_RECORDS"):
        monkeypatch.setenv(name, str(tmp_path / "own" / name))
    monkeypatch.chdir(tmp_path)
    Path("clinic.csv").write_text(TABLE)
    return lambda *words: (int(cli.run([*words])), *capsys.readouterr())


def test_a_dry_run_says_how_rows_are_read_and_makes_nothing(run, tmp_path):
    code, out, err = run("batch", "clinic.csv", "--dry-run", "--dates", "mdy")

    assert code == 1
    assert out == (
        "clinic.csv\n  'Pt Name': patient\n  'Birth Dt': dob\n  'Dx': cause\n  'Lang': lang\n"
        "  'Room': not used\n"
        "row 1 (clinic.csv, line 3): osteoarthritis, right, es; patient Xxxxxxxxxxx Xxxxx; "
        "dob 9999-99-99\nrow 2 (clinic.csv, line 4): can't be used\n"
        "row 3 (clinic.csv, line 5): gout; patient Xx Xxxxx; dob 9999-99-99\n"
        "row 4 (clinic.csv, line 6): asks for nothing\n")
    assert err == (
        "row 2 (clinic.csv, line 4): there is no such cause\nDid you mean gout?\n"
        "lines left out above the names of the columns: 1\n"
        "not used: column:Room (1)\nnot used: line:not-a-patient (1)\n"
        "columns of other names: --map 'COLUMN=FIELD' says what they hold, --map 'COLUMN=-' leaves "
        "them out\n4 rows: 2 can be made, 1 ask for nothing, 1 can't be used; nothing was made\n")
    assert [path.name for path in tmp_path.iterdir()] == ["clinic.csv"]


def test_a_dry_run_holds_rows_against_the_rules(run):
    Path("unsafe.csv").write_text("cause,massages,dob\ngout,deep-tissue,\ngout,,2020-01-01\n")
    code, _, err = run("batch", "unsafe.csv", "--dry-run")

    assert code == 1
    assert "2 can't be used" in err
    assert "for adults of 18 years" in err


def test_the_json_of_a_dry_run(run):
    code, out, _ = run("batch", "clinic.csv", "--dry-run", "--dates", "dmy", "--json")
    said = json.loads(out)

    assert (code, said["rows"], said["readable"], said["failed"]) == (1, 4, 2, 1)
    assert said["columns"]["clinic.csv"][0] == "'Pt Name': patient"
    assert "Quill" not in out


@pytest.mark.parametrize(("value", "shape"), [
    ("Ana Ruiz", "Xxx Xxxx"), ("R-7/12", "X-9/99"), ("1958-03-14", "9999-99-99"),
    ("Зоя", "Xxx"), ("王", "x"), ("a\nb\u202e", "x·x·")])
def test_a_masked_value_has_its_shape_and_nothing_else(value, shape):
    assert masked(value) == shape


def test_dates_that_nothing_shows_are_asked_for_once_with_an_example_of_our_own(run):
    code, out, err = run("batch", "clinic.csv", "-o", "out")

    assert (code, out) == (3, "")
    assert err == (
        "handouts: clinic.csv: its dates can be read two ways, as day or month first\n"
        "Give --dates mdy where 4/3/2026 is April 3, and --dates dmy where it is March 4.\n")


def test_a_mapping_is_written_once_and_read_from_then_on(run):
    Path("other.csv").write_text("Who,What hurts\nAna Quill,gout\n", encoding="cp1252")
    asked = ("--map", "Who=patient", "--map", 'What hurts=cause', "--dates", "dmy")
    first = run("batch", "other.csv", "-o", "a", *asked, "--mapping", "m.toml")
    written = Path("m.toml").read_bytes()
    second = run("batch", "other.csv", "-o", "b", "--mapping", "m.toml")

    assert (first[0], second[0]) == (0, 0)
    assert tomllib.loads(written.decode()) == {
        "dates": "dmy", "columns": {"Who": "patient", "What hurts": "cause"}}
    assert Path("m.toml").read_bytes() == written
    assert b"Quill" not in written


@pytest.mark.parametrize(("words", "code", "said"), [
    (["--mapping", "new.toml"], 2, "There is no such file for --mapping yet."),
    (["--mapping", "clinic.csv"], 3, "clinic.csv: is no mapping"),
    (["--encoding", "base64"], 2, "encoding: there is no such encoding"),
    (["--encoding", "utf-9"], 2, "encoding: there is no such encoding"),
    (["--map", "Dx=kause"], 2, "map: there is no such field"),
    (["--map", "Diagnosis=cause"], 3, "no column has the name that the map gives for 'cause'"),
    (["--dates", "ymd"], 2, "--dates: choose mdy or dmy."),
    (["--sides", "odd"], 2, "--sides is for a print run.")])
def test_what_can_not_be_meant_is_refused_before_any_row(run, words, code, said):
    got, out, err = run("batch", "clinic.csv", "-o", "out", *words)

    assert (got, out) == (code, "")
    assert said in err
    assert not Path("out").exists()


def test_two_hundred_equal_errors_are_told_once(run):
    Path("many.csv").write_text("cause\n" + "gowt\n" * 200)
    code, _, err = run("batch", "many.csv", "-o", "out")

    assert code == 1
    assert err.count("there is no such cause") == 1
    assert "19, 20 and 180 more (many.csv, line 2 first)" in err


def test_an_odd_and_an_even_run_hold_what_the_whole_run_holds(run):
    for sides in ((), ("--sides", "odd"), ("--sides", "even")):
        name = f"{sides[-1] if sides else 'all'}.pdf"
        assert run("batch", "clinic.csv", "-o", "out", "--dates", "mdy", "--print-run", name,
                   *sides)[0] == 1

    from helpers import page_texts

    whole, odd, even = (page_texts(Path(f"{name}.pdf").read_bytes())
                        for name in ("all", "odd", "even"))
    assert (odd, even) == (whole[::2], whole[1::2][::-1])
