"""The command line: exit codes, what goes to which stream, and files."""

import io
import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from helpers import DRAFT, all_commands, page_texts
from rows import refused, row, rows

import cli
from handouts.commands.list import LISTS
from handouts.pack.content import content_digest
from handouts.pack.pack import load_pack

COMMANDS = [("make",), ("serve",), ("desktop",), ("batch",), ("set",), ("list",), ("check",),
            ("brand", "new"), ("brand", "check"), ("cache", "info"), ("cache", "clear"),
            ("export", "openemr"),
            ("infobutton",), ("protocol", "new"), ("protocol", "list"), ("protocol", "show"),
            ("show",), ("recall",), ("review", "sheet"), ("review", "diff"), ("review", "sign"),
            ("review", "status"), ("review", "hazards")]
KEYS = ["file", "html", "email", "pictures", "pages", "bytes", "pack", "cause", "state",
        "screened", "flags", "massages", "routine", "waits", "tips", "side", "language", "format",
        "edition", "id",
        "content_version", "content", "review", "doses"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with no brand or date of the machine's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026
    return tmp_path


@pytest.fixture
def run(capsys):
    """Runs a command line: (exit code, stdout, stderr)."""

    def ran(*arguments):
        code = cli.run(arguments)
        return (int(code), *capsys.readouterr())

    return ran


def files() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*") if path.is_file())


def mode(name: str) -> int:
    return stat.S_IMODE(Path(name).stat().st_mode)


# -- what is made ----------------------------------------------------------------------------------


def test_a_handout_is_named_after_its_cause_and_its_path_is_all_of_the_result(run):
    assert run("make", "gout") == (0, "gout.pdf\n", DRAFT)
    assert files() == ["gout.pdf"]
    assert Path("gout.pdf").read_bytes().startswith(b"%PDF-")


def test_a_dash_writes_the_pdf_and_nothing_else_to_stdout(capfdbinary):
    assert cli.run(["make", "gout", "--patient", "Ana Ruiz", "-o", "-"]) == 0
    sys.stdout.flush()
    out, err = capfdbinary.readouterr()
    assert (out[:5], out.rstrip()[-5:], err, files()) == (
        b"%PDF-", b"%%EOF", DRAFT.encode(), [])
    assert "Ana Ruiz" in " ".join(page_texts(out))


@pytest.mark.parametrize("option", ["--json", "--png", "--html", "--email", "--open"])
def test_what_needs_a_file_is_refused_with_stdout(run, option):
    assert run("make", "gout", "-o", "-", option) == (
        2, "", f"handouts: {option} needs a file, not stdout.\nSee: handouts make --help\n")


def test_json_has_exactly_the_promised_keys_and_nothing_of_the_patient(run):
    code, out, err = run("make", "gout", "--state", "between", "--flag", "anticoagulant",
                         "--massage", "self-massage", "--tip", "drink-water", "--side", "left",
                         "--patient", "Ana Ruiz", "-o", "a.pdf", "--json")
    said = json.loads(out)
    assert (code, err, list(said)) == (0, DRAFT, KEYS)
    assert said == {
        "file": "a.pdf", "html": None, "email": None, "pictures": [], "pages": said["pages"],
        "bytes": Path("a.pdf").stat().st_size, "pack": "knee", "cause": "gout", "state": "between",
        "screened": False, "flags": ["anticoagulant"], "massages": ["self-massage"],
        "routine": True, "waits": [], "tips": ["drink-water"], "side": "left", "language": "en",
        "format": None, "edition": "standard", "id": said["id"], "content_version": "1.0",
        "content": content_digest(load_pack(), "en"),
        "review": {"state": "draft", "by": [], "on": None, "until": None},
        "doses": {"self-massage": {"minutes": [20, 25], "times": 2}}}
    assert said["pages"] == len(page_texts(Path("a.pdf").read_bytes()))


@pytest.mark.parametrize("words", [
    ["gout", "--state", "BETWEEN", "--paper", "A4", "--edition", "STANDARD"],
    ["GOUT", "--state", "Between"],
    ["--code", "30989003", "--code-system", "SNOMED"],
    ["--code", "m17.11", "--code-system", "HTTPS://hl7.org/fhir/sid/icd-10-cm/"]])
def test_what_is_chosen_may_be_written_in_any_case(run, words):
    code, out, _ = run("make", *words, "-o", "a.pdf", "--json")

    assert code == 0
    assert json.loads(out)["state"] in ("between", None)


@pytest.mark.parametrize(("words", "hint"), [
    (["M17.12"], "written as a diagnosis code"), (["239873007"], "written as a diagnosis code"),
    (["--code", "239873007"], "written as a code of snomed")])
def test_a_code_in_the_wrong_place_has_a_hint(run, words, hint):
    code, _, err = run("make", *words, "-o", "a.pdf")

    assert code == 2
    assert hint in err


def test_png_writes_a_picture_of_each_page_as_private_as_the_pdf(run):
    code, out, _ = run("make", "infection", "--patient", "Ana Ruiz", "--png", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["pictures"] == [f"infection-{n}.png" for n in range(1, said["pages"] + 1)]
    assert files() == sorted(["infection.pdf", *said["pictures"]])
    assert {mode(name) for name in files()} == {0o600}
    assert {Path(name).read_bytes()[:4] for name in said["pictures"]} == {b"\x89PNG"}


def test_html_writes_a_page_beside_the_pdf_as_private_as_it(run):
    assert run("make", "gout", "--patient", "Ana Ruiz", "--html", "-o", "a.pdf") == (
        0, "a.pdf\na.html\n", DRAFT)
    assert (files(), mode("a.html")) == (["a.html", "a.pdf"], 0o600)
    assert ">Ana Ruiz</dd>" in Path("a.html").read_text(encoding="utf-8")

    said = json.loads(run("make", "gout", "--html", "--png", "--json")[1])
    assert (said["html"], mode("gout.html")) == ("gout.html", mode("gout.pdf"))
    assert len(said["pictures"]) == said["pages"]


def test_the_page_never_takes_the_place_of_the_pdf(run):
    code, out, err = run("make", "gout", "--html", "-o", "a.html")
    assert (code, out, files()) == (2, "", [])
    assert "-o names the PDF" in err


@pytest.mark.parametrize(("patient", "rights"), [
    (("--patient", "Ana Ruiz"), 0o600), (("--note", "Rest."), 0o600), ((), 0o640)])
def test_with_a_patient_the_file_is_its_owners_else_it_follows_the_umask(run, patient, rights):
    before = os.umask(0o027)
    try:
        assert run("make", "gout", *patient)[0] == 0
    finally:
        os.umask(before)
    assert mode("gout.pdf") == rights


def test_a_file_that_exists_is_replaced_whole(run):
    run("make", "infection", "--png", "-o", "gout.pdf")
    Path("gout.pdf").write_bytes(Path("gout.pdf").read_bytes() + b"old" * 500_000)
    said = json.loads(run("make", "gout", "--json")[1])
    data = Path("gout.pdf").read_bytes()
    assert (data[:5], len(data)) == (b"%PDF-", said["bytes"])


def test_a_code_gives_cause_and_side(run):
    code, out, _ = run("make", "--code", "M17.11", "--json")
    said = json.loads(out)
    assert (code, said["cause"], said["side"]) == (0, "osteoarthritis", "right")


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "code", "message"), [
    ("make osteoartritis", 2,
     "there is no such cause\nDid you mean osteoarthritis?\n"),
    ("make", 2, "Name a cause (handouts list causes) or give --code.\n"
                "See: handouts make --help\n"),
    ("make gout Ruiz", 2, "There are more words than expected. Put a name with spaces into "
                          "quotes.\nSee: handouts make --help\n"),
    ("make gout --code M17.11", 2,
     "Give a cause or --code, not both.\nSee: handouts make --help\n"),
    ("make gout --state attack --massage deep-tissue -o x.pdf", 3,
     "gout, attack: deep-tissue must not be printed (rule state:gout.attack: the suitability "
     "matrix, attack now; rule wait:gout-attack: everything waits, gout attack: massage must "
     "wait)\nNothing is allowed here; ask for no massage to get the handout that says so.\n"),
    ("make gout --dob 2008-11-26", 3,
     "date of birth: these handouts are for adults of 18 years and over\n"
     "A child or teenager with pain needs a check first.\n"),
    ("make gout --dob 31/12/1961", 3,
     "--dob: is not a date\nWrite it as YYYY-MM-DD, such as 2026-11-25.\n"),
    ("make fracture --state cleared", 3,
     "cleared-on: the state 'cleared' needs the day on which it was cleared\n"
     "Write it with --cleared-on, as YYYY-MM-DD.\n"),
    ("make --code M17.11 --side left", 3,
     "code: --side says left, the code says right\nMend the one that is wrong.\n"),
    ("make gout --brand none.toml", 4,
     "--brand: there is no such brand\n"
     "Name a brand file; 'handouts brand new DIR' starts one.\n"),
    ("make gout -o none/x.pdf", 5,
     "none/x.pdf: can't be written (no such file or directory)\n"
     "Choose another place, or mend the folder's rights or space.\n"),
    ("make gout -o .", 5, "-o: is a folder\nGive -o the name of a file, such as x.pdf.\n"),
])
def test_a_refusal_is_one_message_an_exit_code_and_no_file(run, typed, code, message):
    assert run(*typed.split()) == (code, "", f"handouts: {message}")
    assert files() == []


@pytest.mark.parametrize("option", ["--dob", "--date", "--cleared-on"])
def test_a_bad_date_is_refused_without_repeating_it(run, option):
    code, out, err = run("make", "gout", option, "1961-13-31")
    assert (code, out, "1961" in err, option in err) == (3, "", False, True)


def test_a_bug_is_one_line_without_the_patients_values(run, monkeypatch):
    def broken(*_):
        raise RuntimeError("Ana Ruiz")

    monkeypatch.setattr("handouts.system.parts.new", broken)
    code, out, err = run("make", "gout", "--patient", "Ana Ruiz")
    assert (code, out, err.count("\n"), "Ruiz" in err, files()) == (70, "", 1, False, [])
    assert err.startswith("handouts: a bug, sorry: RuntimeError in test_cli.py, line ")


def test_a_folder_that_is_gone_is_told_in_one_message(run, tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()

    assert run("make", "gout") == (5, "", "handouts: the folder that you are in is gone\n"
                                          "Go to another one and run the same again.\n")


def test_short_memory_is_told_and_is_no_bug(run, monkeypatch):
    def short(*_):
        raise MemoryError

    monkeypatch.setattr("handouts.press.press.Press.handout", short)
    code, out, err = run("make", "gout")

    assert (code, out, err.splitlines()[0]) == (5, "", "handouts: there is not enough memory")


@pytest.mark.skipif(os.name != "posix", reason="devices are POSIX's")
def test_a_device_is_no_pdf_to_check(run):
    Path("endless").symlink_to("/dev/zero")

    assert run("check", "endless")[0::2] == (
        3, "handouts: endless: is not a file\nName a PDF file.\n")


def test_an_interruption_leaves_no_file(run, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    assert run("make", "gout") == (130, "", "\nhandouts: interrupted; no half file was left\n")
    assert files() == []


# -- questions on a terminal -----------------------------------------------------------------------


def asked(answers: bytes) -> tuple[int, str]:
    """Exit code and stdout of `make` on a terminal where these keys are typed."""
    keys, terminal = pty.openpty()
    try:
        os.write(keys, answers)
        done = subprocess.run([sys.executable, cli.__file__, "make"], stdin=terminal,
                              stdout=subprocess.PIPE, stderr=terminal, timeout=60, check=False)
        return done.returncode, done.stdout.decode()
    finally:
        os.close(terminal)
        os.close(keys)


def test_answers_on_a_terminal_make_the_handout():
    causes = list(load_pack().structure.causes)
    number = str(causes.index("tendonitis") + 1).encode()
    assert asked(number + b"\n1\n\n\nAna Ruiz\n") == (0, "tendonitis.pdf\n")
    assert "Ana Ruiz" in " ".join(page_texts(Path("tendonitis.pdf").read_bytes()))


def test_a_closed_terminal_ends_the_questions_without_a_file():
    assert asked(b"\x04") == (130, "")
    assert files() == []


# -- list, brand and help --------------------------------------------------------------------------


@pytest.mark.parametrize("what", LISTS)
def test_a_list_has_a_line_for_each_entry_and_json_the_same(run, what):
    pack = load_pack()
    ids = {
        "states": [state for cause in pack.structure.causes.values() for state in cause.states],
        "languages": list(pack.languages),
        "terms": list(pack.words_in(pack.languages[0]).glossary),
    }.get(what) or list(getattr(pack.structure, what))
    code, plain, err = run("list", what)
    entries = [json.loads(line) for line in run("list", what, "--json")[1].splitlines()]
    assert (code, err, [entry["id"] for entry in entries]) == (0, "", ids)
    assert plain.splitlines() == ["\t".join(entry.values()) for entry in entries]


def test_a_new_brand_passes_its_check_and_makes_a_handout(run):
    assert run("brand", "new", "clinic") == (0, "clinic/brand.toml\nclinic/logo.svg\n", "")
    assert files() == ["clinic/brand.toml", "clinic/logo.svg"]
    code, out, _ = run("brand", "check", "clinic/brand.toml", "--json")
    assert (code, json.loads(out)) == (0, {
        "name": "Knee Care", "colour": "#0B5563", "contrast": 8.4, "logo": "svg",
        "paper": "letter", "edition": "standard", "emergency": "911", "reviewed": False})
    assert run("brand", "check", "clinic/brand.toml")[1].startswith("name\tKnee Care\ncolour\t#")
    assert run("make", "gout", "--brand", "clinic/brand.toml")[0] == 0


def test_the_check_of_a_brand_tells_a_logo_that_nobody_sees_before_its_colours(run):
    Path("logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<path d="M0 0h9v9z" fill="white"/></svg>')
    Path("brand.toml").write_text(
        'name = "A"\nlogo = "logo.svg"\n[colours]\nbrand = "#3388FF"\n')
    code, out, err = run("brand", "check", "brand.toml")

    assert (code, out) == (4, "")
    assert [line.split(": ")[1:3] for line in err.splitlines()[1:]] == [
        ["logo", "the SVG is blank on white paper; export the dark version of the logo, with all "
         "of it inside the picture"],
        ["colours.brand", "#3388FF has 3.4:1 on white, but text needs 7:1; use #2157A3, a darker "
         "one of the same hue"]]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_commands_help_starts_with_an_example(run, command):
    code, out, err = run(*command, "--help")
    paragraphs = out.split("\n\n")
    assert (code, err) == (0, "")
    assert f"{paragraphs[2]} ".startswith(f"  handouts {' '.join(command)} ")


def test_the_help_above_covers_every_command():
    assert sorted(all_commands(cli.handouts)) == sorted(COMMANDS)


# -- nothing typed for a patient comes back, nothing good is lost ----------------------------------


@pytest.mark.parametrize("arguments", [
    ("make", "--patient", "Zebra", "Quagga"),
    ("make", "gout", "--patient", "Zebra", "Quagga"),
    ("make", "gout", "--side", "Quagga"),
    ("Quagga",),
    ("make", "gout", "--dob", "Quagga"),
    ("make", "gout", "--patient", "Quagga\x07"),
    ("make", "gout", "--patient", "Quagga 陈伟"),
    ("make", "gout", "--note", "Quagga " * 100),
    ("make", "gout", "--state", "Quagga"),
])
def test_no_message_repeats_what_was_typed(run, arguments):
    code, out, err = run(*arguments)

    assert (code in (2, 3), out, "Quagga" in err, files()) == (True, "", False, [])


def test_a_refused_run_leaves_the_old_file_as_it_was(run):
    Path("gout.pdf").write_bytes(b"old")

    run("make", "gout", "--massage", "cross-friction")

    assert Path("gout.pdf").read_bytes() == b"old"


def test_a_new_brand_is_never_overwritten_and_its_folder_can_be_checked(run):
    assert [run("brand", "new", "mine")[0], run("brand", "check", "mine")[0],
            run("brand", "new", "mine")[0]] == [0, 0, 5]


def test_a_file_name_that_no_system_takes_ends_as_an_output_error(run):
    code, _, err = run("make", "gout", "-o", "x" * 300 + ".pdf")

    assert (code, "Traceback" in err, "bug" in err) == (5, False, False)


def test_a_dose_of_thousands_of_digits_is_a_usage_error(run):
    assert run("make", "gout", "--dose", f"self-massage={'9' * 5000},2")[0] == 2


# -- the cache -------------------------------------------------------------------------------------


def test_the_cache_tells_what_it_holds_and_can_be_cleared(run, cache):
    run("make", "gout", "-o", "a.pdf")
    code, out, _ = run("cache", "info", "--json")
    told = json.loads(out)
    cleared = run("cache", "clear")

    assert (code, told["folder"], told["entries"]) == (0, str(cache), 3)
    assert told["bytes"] > 40_000
    assert cleared == (0, "", "3 entries deleted\n")
    assert list(cache.iterdir()) == []


def test_a_handout_is_the_same_with_and_without_the_cache(run):
    for name in ("a.pdf", "b.pdf"):
        run("make", "gout", "--patient", "Ana", "-o", name)
    run("cache", "clear")
    run("make", "gout", "--patient", "Ana", "-o", "c.pdf")

    assert len({Path(name).read_bytes() for name in ("a.pdf", "b.pdf", "c.pdf")}) == 1


def test_a_cold_run_with_its_plate_cached_imports_no_layout_engine(run, folder):
    run("make", "gout", "--patient", "Max Moor", "-o", "warm.pdf")
    script = ("import cli, json, sys\n"
              "code = cli.run(['make', 'gout', '--patient', 'Ana Ruiz', '-o', 'cold.pdf'])\n"
              "names = {name.split('.')[0] for name in sys.modules}\n"
              "print(json.dumps([code, sorted(names)]))")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True, cwd=folder)
    code, names = json.loads(done.stdout.splitlines()[-1])

    assert code == 0
    assert Path("cold.pdf").stat().st_size > 40_000
    assert not {"reportlab", "jinja2", "resvg_py", "tinycss2", "PIL", "uharfbuzz"} & set(names)


# -- batches ---------------------------------------------------------------------------------------

BATCH_KEYS = ["report", "complete", "rows", "made", "skipped", "failed", "stale", "same_id",
              "not_read", "unmapped", "looked_at", "by_name", "read_as", "code_systems",
              "review"]


@pytest.fixture
def read(monkeypatch, folder):
    """Files that a reader finds these rows in: read(rows…) → what the reader was asked."""
    (folder / "clinic.csv").write_text("patient,cause\n" * 4, encoding="utf-8")
    asked = {}

    def reading(*found):
        def fake(paths, _pack, **options):
            asked.update(paths=[str(path) for path in paths], **options)
            return iter(found)

        monkeypatch.setattr("handouts.readers.read", fake)
        return asked

    return reading


def test_a_batch_says_where_its_report_is_and_what_came_of_it(run, read):
    read(*rows(2))
    assert run("batch", "clinic.csv", "-o", "out") == (
        0, "out/report.json\n", f"{DRAFT}2 rows: 2 made, 0 skipped, 0 failed\n")
    assert [name for name in files() if name.endswith(".pdf")] == [
        "out/00001-bursitis.pdf", "out/00002-infection.pdf"]


def test_a_table_becomes_handouts_and_its_bad_rows_are_named_by_line(run, folder):
    (folder / "clinic.csv").write_text(
        "Full name,dob,cause\nAna Ruiz,1960-02-29,bursitis\nZebra,31/31/1950,gout\n"
        "Zebra,1950-01-01,Quagga\n", encoding="utf-8")
    code, out, err = run("batch", "clinic.csv", "-o", "out", "--map", "Full name=patient")

    assert (code, out) == (1, "out/report.json\n")
    assert "Ana Ruiz" in page_texts(Path("out/00001-bursitis.pdf").read_bytes())[0]
    assert err.startswith(f"{DRAFT}row 2 (clinic.csv, line 3): dob: is not a date\n")
    assert err.endswith("\n3 rows: 1 made, 0 skipped, 2 failed\n")
    assert "Zebra" not in err
    assert "Quagga" not in err


def test_a_batch_with_failed_rows_ends_with_1_and_names_them_by_number(run, read):
    read(row(1), refused(2))
    assert run("batch", "clinic.csv", "-o", "out") == (1, "out/report.json\n", (
        f"{DRAFT}row 2 (rows.csv, line 3): dob: is not a date\nWrite it as YYYY-MM-DD.\n"
        "not used: condition (2)\n2 rows: 1 made, 0 skipped, 1 failed\n"))


def test_the_json_of_a_batch_has_exactly_the_promised_keys(run, read):
    read(row(1), refused(2))
    code, out, _ = run("batch", "clinic.csv", "-o", "out", "--json")
    said = json.loads(out)
    assert (code, list(said)) == (1, BATCH_KEYS)
    assert said == {"report": "out/report.json", "complete": True, "rows": 2, "made": 1,
                    "skipped": 0, "failed": 1, "stale": 0, "same_id": 0, "not_read": 0,
                    "unmapped": {"condition": 2}, "looked_at": {}, "by_name": {},
                     "read_as": {}, "code_systems": {}, "review": {"en": "draft"}}


def test_the_options_of_a_batch_reach_reader_and_batch(run, read):
    asked = read(*rows(2))
    code, *_ = run("batch", "clinic.csv", "clinic.csv", "-o", "out", "--jobs", "1",
                   "--name", "{id}", "--map", "Full name=patient", "--map", "a=b=note",
                   "--paper", "a4", "--lang", "en", "--print-run", "run.pdf",
                   "--fhir-out", "out/documents.ndjson")
    assert (code, asked["paths"]) == (0, ["clinic.csv", "clinic.csv"])
    assert asked["reading"].columns == {"Full name": "patient", "a=b": "note"}
    assert [name for name in files() if not name.startswith("out/.")] == [
        "clinic.csv", "out/QX-1.pdf", "out/QX-2.pdf", "out/documents.ndjson", "out/report.json",
        "run.pdf"]


@pytest.mark.parametrize(("typed", "code", "message"), [
    ("batch clinic.csv", 2, "--output is missing.\nSee: handouts batch --help\n"),
    ("batch clinic.csv -o out --map note", 2,
     "Write --map as COLUMN=FIELD, such as --map 'Full name=patient'.\n"
     "See: handouts batch --help\n"),
    ("batch clinic.csv -o out --name {patient}", 2,
     "--name: is no pattern for file names\n"
     "Write it with {number}, {cause} or {id}, such as '{number}-{id}'.\n"),
    ("batch clinic.csv -o clinic.csv", 5,
     "clinic.csv: can't be made (file exists)\nChoose another folder with -o.\n"),
])
def test_a_batch_that_can_not_begin_is_one_message_and_makes_nothing(run, read, typed, code,
                                                                     message):
    read(*rows(1))
    assert run(*typed.split()) == (code, "", f"handouts: {message}")
    assert files() == ["clinic.csv"]


def test_a_batch_that_is_stopped_ends_with_130_and_says_how_to_go_on(run, read, monkeypatch):
    def stopped():
        yield row(1)
        raise KeyboardInterrupt

    read()
    monkeypatch.setattr("handouts.readers.read", lambda *_, **__: stopped())
    assert run("batch", "clinic.csv", "-o", "out") == (130, "out/report.json\n", (
        f"{DRAFT}0 rows: 0 made, 0 skipped, 0 failed\n"
        "stopped; what is done stays done. Run the same again to go on.\n"))


def test_a_bar_with_rate_is_drawn_on_a_terminal_alone(read, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    read(*rows(3))
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    code = cli.run(["batch", "clinic.csv", "-o", "out"])

    assert (code, capsys.readouterr().out) == (0, "out/report.json\n")
    assert "3/3" in shown.getvalue()
    assert " a second" in shown.getvalue()
    assert shown.getvalue().endswith("\n3 rows: 3 made, 0 skipped, 0 failed\n")


# -- where the result goes -------------------------------------------------------------------------


def test_open_shows_the_file_that_was_written(run, monkeypatch):
    shown = []
    monkeypatch.setattr(click, "launch", lambda path: shown.append(path))
    code, out, _ = run("make", "gout", "-o", "a.pdf", "--open")

    assert (code, out, shown) == (0, "a.pdf\n", ["a.pdf"])


def test_a_reader_that_goes_away_ends_the_run_without_a_traceback(folder):
    make = subprocess.Popen([sys.executable, cli.__file__, "make", "osteoarthritis", "-o", "-"],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder)
    make.stdout.close()
    told = make.stderr.read()
    make.stderr.close()

    assert (make.wait(), told, files()) == (5, DRAFT.encode(), [])


# -- infobutton ------------------------------------------------------------------------------------

QUERY = "mainSearchCriteria.v.c=M17.11&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"


def test_infobutton_prints_the_answer_and_nothing_else(run):
    code, out, err = run("infobutton", QUERY, "--base-url", "https://h.example/")
    assert (code, err) == (0, "")
    assert out.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<feed ")
    assert 'href="https://h.example/handouts/osteoarthritis.pdf?side=right&amp;lang=en"' in out


def test_infobutton_tells_what_is_wrong_with_a_question(run):
    code, out, err = run("infobutton", "patient=Ana+Ruiz")
    assert (code, out) == (3, "")
    assert err.startswith("handouts: query (400): mainSearchCriteria.v.c is missing\n")
    assert "Ruiz" not in err
    assert run("infobutton", QUERY, "--base-url", "file:///etc")[0] == 2
