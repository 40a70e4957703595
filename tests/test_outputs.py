"""No command writes over what it reads, what it writes itself, or what another program made."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers import DRAFT, full_disk
from rows import row

import cli
from handouts.export import openemr
from handouts.system import outputs

TABLE = "patient,cause\nAna Ruiz,infection\n"
FOREIGN = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n of another program"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache for all tests here, so that a page is laid out once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, kept):
    """A folder to work in, with a table, a brand with its logo, and a template."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_CACHE", str(kept))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    Path("in.csv").write_text(TABLE)
    Path("logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
                                '<rect width="9" height="9"/></svg>')
    Path("b.toml").write_text('name = "Riverside"\nlogo = "logo.svg"\n')
    Path("own").mkdir()
    Path("own/tips.html.j2").write_text("")
    return tmp_path


@pytest.fixture
def run(capsys):
    """Runs a command line, written as one text: (exit code, stdout, stderr)."""

    def ran(words):
        code = cli.run(words.split())
        return (int(code), *capsys.readouterr())

    return ran


def contents() -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


# -- held against one another ----------------------------------------------------------------------


@pytest.mark.parametrize(("words", "named"), [
    ("in.csv -o o --print-run in.csv", ("--print-run", "the input in.csv")),
    ("in.csv -o o --fhir-out o/../in.csv", ("--fhir-out", "the input in.csv")),
    ("in.csv -o o --print-run link.csv", ("--print-run", "the input in.csv")),
    ("in.csv -o o --print-run hard.csv", ("--print-run", "the input in.csv")),
    ("report.json -o .", ("the batch's report", "the input report.json")),
    ("in.csv -o o --print-run x.pdf --fhir-out x.pdf", ("--print-run", "--fhir-out")),
    ("in.csv -o o --print-run x.pdf --fhir-out own/../X.PDF", ("--print-run", "--fhir-out")),
    ("in.csv -o o --print-run x.pdf --fhir-out ahead.pdf", ("--print-run", "--fhir-out")),
    ("in.csv -o o --print-run o/report.json", ("--print-run", "the batch's report")),
    ("in.csv -o o --fhir-out o/.handouts-lock", ("--fhir-out", "the batch's lock")),
    ("in.csv -o o --fhir-out o/.handouts-ledger.sqlite", ("--fhir-out", "the batch's ledger")),
    ("in.csv -o o --fhir-out o/.handouts-ledger.sqlite-wal", ("--fhir-out", "the batch's ledger")),
    ("in.csv -o o --print-run o/00001-gout.pdf", ("--print-run", "a row's handout")),
    ("in.csv -o o --print-run o/00012-GOUT.pdf", ("--print-run", "a row's handout")),
    ("00001-gout.pdf -o .", ("the input 00001-gout.pdf", "a row's handout")),
    ("in.csv -o o --print-run b.toml --brand b.toml", ("--print-run", "the brand")),
    ("in.csv -o o --print-run logo.svg --brand b.toml", ("--print-run", "the logo")),
    ("in.csv -o o --fhir-out own/tips.html.j2 --templates own", ("--fhir-out", "a template")),
    ("export -o o --fhir-out export/all.ndjson", ("--fhir-out", "a file of the folder export")),
])
@pytest.mark.parametrize("force", ["", " --force"])
def test_two_files_of_a_batch_that_are_one_are_named_before_anything_is_written(
        run, words, named, force):
    Path("link.csv").symlink_to("in.csv")
    Path("hard.csv").hardlink_to("in.csv")
    Path("ahead.pdf").symlink_to("x.pdf")
    Path("report.json").write_text('{"resourceType": "Patient"}')
    Path("00001-gout.pdf").write_text(TABLE)
    Path("export").mkdir()
    Path("export/all.ndjson").write_text('{"resourceType": "Patient"}')
    before = contents()
    code, out, err = run(f"batch {words}{force}")

    assert (code, out) == (2, "")
    assert [word for word in named if word not in err] == []
    assert contents() == before
    assert not Path("o").exists()


@pytest.mark.parametrize("words", [
    "--brand b.toml -o b.toml", "--brand b.toml -o logo.svg", "--templates own -o own/tips.html.j2",
    "--protocol p -o config/handouts/protocols/p.toml", "-o x.pdf --html"])
def test_what_a_handout_is_made_from_is_never_its_output(run, words):
    run("protocol new p infection")
    Path("x.html").symlink_to("x.pdf")
    before = contents()
    code, _, err = run(f"make {'' if 'protocol' in words else 'infection'} {words} --force")

    assert (code, "are one file" in err) == (2, True)
    assert contents() == before


def test_a_pipe_of_the_report_s_name_is_kept(run):
    Path("o").mkdir()
    os.mkfifo("o/report.json")

    code, _, err = run("batch in.csv -o o")

    assert (code, "is there already" in err) == (2, True)
    assert Path("o/report.json").is_fifo()
    assert run("batch in.csv -o o --force")[0] == 0
    assert Path("o/report.json").is_file()


@pytest.mark.parametrize("option", ["--print-run", "--fhir-out"])
def test_a_protocol_that_rows_may_name_is_never_the_output_of_a_batch(run, option):
    run("protocol new p infection")
    before = contents()
    code, _, err = run(f"batch in.csv -o o {option} config/handouts/protocols/p.toml --force")

    assert (code, "are one file" in err) == (2, True)
    assert contents() == before


def test_a_row_whose_id_would_give_it_the_name_of_another_output_fails(run):
    Path("in.csv").write_text("id,cause\ntoday,infection\nA1,infection\n")
    code, _, err = run("batch in.csv -o o --name {id} --print-run o/Today.pdf")

    assert (code, "its file would have the name of another: --print-run" in err) == (1, True)
    assert {path.name for path in Path("o").glob("*.pdf")} == {"A1.pdf", "Today.pdf"}


# -- held against what lies there ------------------------------------------------------------------


@pytest.mark.parametrize(("words", "there"), [
    ("make infection", "infection.pdf"),
    ("make infection -o notes.txt", "notes.txt"),
    ("make infection -o link.pdf", "notes.txt"),
    ("make infection --html", "infection.html"),
    ("make infection --png", "infection-1.png"),
    ("batch in.csv -o o", "o/report.json"),
    ("batch in.csv -o o --print-run x.pdf", "x.pdf"),
    ("batch in.csv -o o --fhir-out x.ndjson", "x.ndjson"),
    ("set -o o --lang en", "o/index-en.pdf"),
    ("set -o o --layout poster --lang en", "o/poster-gout-en.pdf"),
    ("export openemr o --lang en", "o/icd10_m17.11_en.pdf"),
    ("export openemr o --lang en", "o/index.csv"),
    ("protocol new p infection", "config/handouts/protocols/p.toml"),
])
def test_a_file_that_another_program_made_is_replaced_by_no_command(run, words, there):
    Path("link.pdf").symlink_to("notes.txt")
    Path(there).parent.mkdir(parents=True, exist_ok=True)
    Path(there).write_bytes(FOREIGN)
    before = contents()
    code, out, err = run(words)

    assert (code, out, "--force" in err) == (2, "", True)
    assert contents() == before


def test_a_row_whose_file_no_batch_made_fails_and_stops_nothing(run):
    Path("in.csv").write_text("patient,cause\nAna Ruiz,infection\nBo Li,infection\n")
    Path("o").mkdir()
    Path("o/00001-infection.pdf").write_bytes(FOREIGN)
    code, _, err = run("batch in.csv -o o")

    assert (code, "no batch made it" in err) == (1, True)
    assert Path("o/00001-infection.pdf").read_bytes() == FOREIGN
    assert json.loads(Path("o/report.json").read_text())["made"] == [2]
    assert run("batch in.csv -o o --force")[0] == 0
    assert outputs.is_ours(Path("o/00001-infection.pdf"), outputs.HANDOUT)


def test_a_folder_whose_ledger_is_gone_is_gone_on_with_where_its_files_are_the_same(run):
    run("batch in.csv -o o")
    before = Path("o/00001-infection.pdf").read_bytes()
    Path("o/.handouts-ledger.sqlite").unlink()

    assert run("batch in.csv -o o")[0] == 0
    assert Path("o/00001-infection.pdf").read_bytes() == before


def test_with_force_a_file_of_another_program_is_replaced(run):
    Path("infection.pdf").write_bytes(FOREIGN)

    assert run("make infection --force")[0] == 0
    assert outputs.is_ours(Path("infection.pdf"), outputs.HANDOUT)


def test_what_this_program_made_is_replaced_by_the_same_kind_alone(run):
    Path("empty.pdf").touch()
    made = [run("make infection --html --png -o a.pdf")[0], run("make infection -o empty.pdf")[0],
            run("batch in.csv -o o --print-run run.pdf --fhir-out x.ndjson")[0]]
    again = [run("make infection --html --png -o a.pdf")[0],
             run("batch in.csv -o o --print-run run.pdf --fhir-out x.ndjson")[0]]
    crossed = [run("make infection -o run.pdf")[0],
               run("batch in.csv -o o --print-run a.pdf")[0]]

    assert (made, again, crossed) == ([0, 0, 0], [0, 0], [2, 2])


def test_an_export_knows_its_own_index(press, knee, monkeypatch, tmp_path):
    monkeypatch.setattr("handouts.export.codes.mapped", lambda pack, system: ())
    for _ in range(2):
        openemr(tmp_path / "o", press, row(1).request.patient.given_on, languages=("en",))

    assert outputs.is_ours(tmp_path / "o/index.csv", outputs.INDEX)


def test_a_new_brand_is_there_whole_or_not_at_all(run, monkeypatch):
    write = Path.replace

    def full(path, target):
        if target.name == "logo.svg":
            raise OSError(28, "No space left on device")
        return write(path, target)

    monkeypatch.setattr(Path, "replace", full)
    assert run("brand new mine")[0] == 5
    assert list(Path("mine").iterdir()) == []
    monkeypatch.undo()


# -- the folder of a batch -------------------------------------------------------------------------


@pytest.mark.parametrize("name", [".handouts-lock", ".handouts-ledger.sqlite", "report.json",
                                  "00001-infection.pdf"])
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_nothing_that_a_link_in_the_folder_leads_to_is_touched(run, folder, name, link):
    victim = folder / "victim"
    with closing(sqlite3.connect(victim)) as base:
        base.execute("create table file (a)")
        base.execute("insert into file values (1)")
        base.commit()
    before = victim.read_bytes()
    Path("o").mkdir()
    link(Path("o") / name, victim)
    code, _, err = run("batch in.csv -o o")

    # A second name of a file that the lock is put on harms nobody.
    allowed = (0,) if (name, link) == (".handouts-lock", Path.hardlink_to) else (1, 2, 5)
    assert code in allowed
    assert "Traceback" not in err
    assert victim.read_bytes() == before
    assert [path.name for path in folder.iterdir() if path.name.startswith("victim")] == ["victim"]


def test_a_ledger_that_is_a_pipe_is_told(run):
    Path("o").mkdir()
    os.mkfifo("o/.handouts-ledger.sqlite")

    code, _, err = run("batch in.csv -o o")
    assert (code, "is no file" in err) == (5, True)


def test_a_file_that_can_not_be_read_says_so(run, monkeypatch):
    run("make infection")
    opened = Path.open

    def closed(path, *mode, **more):
        if path.name == "infection.pdf":
            raise PermissionError(13, "Permission denied")
        return opened(path, *mode, **more)

    monkeypatch.setattr(Path, "open", closed)
    code, _, err = run("make infection")

    assert (code, "can't be read (permission denied)" in err, "no such file" in err) == (
        2, True, False)


# -- pictures of pages -----------------------------------------------------------------------------


def test_pictures_of_pages_that_are_gone_are_deleted_and_those_of_others_told(run):
    run("make infection --png")
    pages = len(list(Path().glob("infection-*.png")))
    Path(f"infection-{pages + 1}.png").write_bytes(Path("infection-1.png").read_bytes())
    Path(f"infection-{pages + 3}.png").write_bytes(b"another program's")
    Path("infection-01.png").write_bytes(b"of no page")
    _, out, err = run("make infection --png")

    assert not Path(f"infection-{pages + 1}.png").exists()
    assert err == (f"infection-{pages + 3}.png is no picture of this handout; it was left as it "
                   f"is\n{DRAFT}")
    assert len(out.split()) == pages + 1
    assert Path("infection-01.png").exists()


def test_a_disk_that_is_full_on_the_way_tells_what_is_there(run, monkeypatch):
    run("make infection")
    full_disk(monkeypatch, after=1)
    code, _, err = run("make infection --html --png -o b.pdf")

    assert (code, "These were written before: b.pdf." in err) == (5, True)


def test_a_full_disk_names_no_option_that_a_command_lacks(run, monkeypatch):
    full_disk(monkeypatch)
    told = [run("protocol new p infection"), run("brand new mine")]

    assert [code for code, _, _ in told] == [5, 5]
    assert [err for _, _, err in told if "-o" in err.split("\n", 1)[1]] == []


# -- templates of one's own ------------------------------------------------------------------------


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_template_that_is_no_file_is_refused(run, make):
    Path("own/tips.html.j2").unlink()
    make("own/tips.html.j2")

    assert run("make infection --templates own")[::2] == (
        4, "handouts: own/tips.html.j2: is not a file\nLay the template there, or take it away.\n")


def test_a_template_of_no_known_name_is_told_once(run):
    Path("own/tip.html.j2").write_text("")
    code, _, err = run("make infection --templates own")

    assert (code, err.count("no template has this name (did you mean tips.html.j2?)")) == (0, 1)


def test_a_wrong_template_ends_a_batch_and_is_told_once(run):
    Path("in.csv").write_text("cause\ninfection\ninfection\n")
    Path("own/tips.html.j2").write_text("{{ nobody }}")
    Path("own/handout.html.j2").write_text("{{ nobody }}")
    code, _, err = run("batch in.csv -o o --templates own")

    assert (code, err.count("asks for 'nobody', which there is not")) == (4, 1)
    assert json.loads(Path("o/report.json").read_text())["complete"] is False
