"""The command line as a person or a script meets it: exit codes, stdout and stderr apart."""

import json

import pytest

import cli
from handouts.errors import ExitCode

SUMMARY = {"file", "pictures", "pages", "bytes", "cause", "state", "screened", "flags", "massages",
           "routine", "waits", "tips", "side", "language"}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs a command line in an empty folder: run(...) → exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def ran(*arguments):
        code = cli.run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return ran


def test_make_writes_one_file_and_prints_its_path(run, tmp_path):
    assert run("make", "gout", "--patient", "Ana Ruiz") == (0, "gout.pdf\n", "")
    assert [path.name for path in tmp_path.iterdir()] == ["gout.pdf"]
    assert (tmp_path / "gout.pdf").stat().st_mode & 0o777 == 0o600


def test_a_handout_without_a_patient_is_as_the_umask_says(run, tmp_path):
    run("make", "gout", "-o", "plain.pdf")

    assert (tmp_path / "plain.pdf").stat().st_mode & 0o044 == 0o044


def test_json_says_what_was_made_and_not_for_whom(run):
    code, out, _ = run("make", "gout", "--patient", "Ana Ruiz", "--json", "--png")
    said = json.loads(out)

    assert code == 0
    assert set(said) == SUMMARY
    assert said["pictures"] == [f"gout-{number}.png" for number in range(1, said["pages"] + 1)]
    assert "Ruiz" not in out


def test_the_pdf_and_nothing_else_goes_to_stdout(tmp_path, monkeypatch, capfdbinary):
    monkeypatch.chdir(tmp_path)

    assert cli.run(["make", "gout", "-o", "-"]) == 0

    out, err = capfdbinary.readouterr()
    assert out.startswith(b"%PDF-")
    assert out.rstrip().endswith(b"%%EOF")
    assert err == b""
    assert list(tmp_path.iterdir()) == []


def test_an_unsafe_massage_is_refused_with_rule_and_reason(run, tmp_path):
    code, out, err = run("make", "gout", "--state", "attack", "--massage", "deep-tissue",
                         "-o", "x.pdf")

    assert (code, out) == (ExitCode.INPUT, "")
    assert "rule state:gout.attack" in err
    assert "rule wait:gout-attack: everything waits" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (["make", "osteoartritis"], 2, "Did you mean osteoarthritis"),
    (["make", "gout", "--state", "atack"], 2, "Did you mean attack"),
    (["make", "gout", "--flag", "anticoagulants"], 2, "Did you mean anticoagulant"),
    (["make"], 2, "Name a cause"),
    (["make", "gout", "--dob", "2015-01-01"], 3, "adults of 18 years and over"),
    (["make", "fracture", "--state", "cleared"], 3, "Add --cleared-on YYYY-MM-DD."),
    (["make", "gout", "--cleared-on", "2026-01-01"], 3, "goes only with a cleared state"),
    (["make", "--code", "M17.11", "--side", "left"], 3, "the code says right"),
    (["make", "--code", "M06.9"], 2, "stands for no cause"),
    (["make", "--code", "M25.56", "--code-system", "http://hl7.org/fhir/sid/icd-10"], 2,
     "there is no code system"),
    (["make", "osteoarthritis", "--dose", "self-massage=90,7"], 3, "At most 25 minutes"),
    (["make", "osteoarthritis", "--dose", "lots"], 2, "Write ID=MINUTES,TIMES/week"),
    (["make", "gout", "--brand", "nowhere.toml"], 4, "nowhere.toml"),
    (["make", "gout", "-o", "missing/x.pdf"], 5, "can't be written"),
    (["make", "gout", "-o", "."], 5, "is a folder"),
    (["make", "gout", "--note", "n" * 601], 3, "601 characters, 600 at most"),
])
def test_an_error_has_its_exit_code_and_its_cure(run, arguments, code, message):
    found, out, err = run(*arguments)

    assert (found, out) == (code, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [
    ["make", "gout", "--dob", "Quagga"], ["make", "gout", "--patient", "Zebra", "Quagga"],
    ["make", "gout", "--patient", "Quagga\x07"], ["make", "gout", "--note", "Quagga " * 100],
    ["make", "gout", "--patient", "Quagga محمد"]])
def test_no_message_repeats_what_was_typed_for_a_patient(run, arguments):
    code, _, err = run(*arguments)

    assert code in (2, 3)
    assert "Quagga" not in err


def test_a_code_selects_cause_side_and_flags(run):
    _, out, _ = run("make", "--code", "M17.12", "--json")

    assert (json.loads(out)["cause"], json.loads(out)["side"]) == ("osteoarthritis", "left")


def test_a_failed_run_leaves_the_old_file_as_it_was(run, tmp_path):
    (tmp_path / "gout.pdf").write_bytes(b"old")

    run("make", "gout", "--massage", "cross-friction")

    assert (tmp_path / "gout.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("what", cli.LISTS)
def test_every_list_can_be_read_by_people_and_programs(run, what):
    code, out, _ = run("list", what)
    _, as_json, _ = run("list", what, "--json")

    assert code == 0
    assert len(out.splitlines()) == len(as_json.splitlines()) > 0
    assert all("id" in json.loads(line) for line in as_json.splitlines())


def test_a_new_brand_passes_its_check_and_is_never_overwritten(run):
    assert run("brand", "new", "mine")[0] == 0
    assert run("brand", "check", "mine")[0] == 0
    assert run("brand", "new", "mine")[0] == ExitCode.OUTPUT


@pytest.mark.parametrize("command", [("make",), ("list",), ("brand", "new"), ("brand", "check")])
def test_help_starts_with_an_example(run, command):
    code, out, _ = run(*command, "--help")

    assert code == 0
    assert f"handouts {' '.join(command)}" in out.split("Options:")[0].split("\n\n", 2)[2]


def test_a_bug_ends_in_one_line_without_what_was_typed(run, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("Quagga")
    monkeypatch.setattr(cli, "_request", broken)

    code, out, err = run("make", "gout", "--patient", "Quagga")

    assert (code, out) == (ExitCode.BUG, "")
    assert err.startswith("handouts: a bug, sorry: ZeroDivisionError in test_cli.py")
    assert "Quagga" not in err


def test_ctrl_c_ends_with_130(run, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt
    monkeypatch.setattr(cli, "_request", interrupted)

    assert run("make", "gout")[0] == ExitCode.INTERRUPTED
