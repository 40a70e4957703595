"""stdout and stderr that are closed, full, gone or poor in letters: nothing is lost by them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import DRAFT

import cli

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
needs_shell = pytest.mark.skipif(os.name != "posix", reason="closed streams are a shell's here")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """What the programs here keep for each other: no test is about a layout."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def shell(tmp_path, kept):
    """Runs a shell command line in which `handouts` is this program: (code, stdout, stderr)."""

    def ran(line, **environment):
        program = f'"{sys.executable}" "{cli.__file__}"'
        done = subprocess.run(
            ["bash", "-c", line.replace("handouts ", f"{program} ", 1)], cwd=tmp_path, timeout=60,
            capture_output=True, check=False,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795608000", "HANDOUTS_CACHE": str(kept),
                 **environment})
        return done.returncode, done.stdout, done.stderr.decode(
            environment.get("PYTHONIOENCODING", "utf-8"))

    return ran


@needs_full
@needs_shell
@pytest.mark.parametrize(("line", "told"), [
    ("handouts list causes > /dev/full",
     "handouts: stdout: can't be written (no space left on device)\n"
     "Send it to a file or a program that takes it.\n"),
    ("handouts make gout -o - > /dev/full",
     f"{DRAFT}handouts: stdout: can't be written (no space left on device)\n"
     "Send it to a file or a program that takes it.\n"),
    ("handouts make gout --json > /dev/full",
     f"{DRAFT}handouts: stdout: can't be written (no space left on device)\n"
     "The PDF is there, whole; only that could not be told. "
     "Send it to a file or a program that takes it.\n"),
    ("handouts --help > /dev/full",
     "handouts: stdout: can't be written (no space left on device)\n"
     "Send it to a file or a program that takes it.\n"),
    ("handouts list causes >&-",
     "handouts: stdout: is closed\nSend it to a file or a program that takes it.\n"),
    ("handouts make gout -o - >&-",
     f"{DRAFT}handouts: stdout: is closed\nSend it to a file or a program that takes it.\n"),
])
def test_a_result_that_stdout_does_not_take_ends_with_5_and_says_what_is_there(
        shell, tmp_path, line, told):
    assert shell(line) == (5, b"", told)
    assert (tmp_path / "gout.pdf").exists() is ("there" in told)


@needs_shell
@pytest.mark.parametrize("line", ["handouts make gout -o - | true", "handouts list tips | true",
                                  "handouts make gout | true"])
def test_a_reader_that_has_gone_ends_the_run_without_a_word(shell, line):
    told = DRAFT if "make" in line else ""  # of the content, and not of the reader

    assert shell(f"set -o pipefail; {line}") == (5, b"", told)


@needs_shell
@pytest.mark.parametrize("streams", ["2>&-", "2> /dev/full", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_batch_is_made_whatever_becomes_of_its_messages(shell, tmp_path, streams):
    if "full" in streams and not FULL.exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "a.csv").write_text("cause,dob\ngout,\ngout,no day\n", encoding="utf-8")

    code, out, _ = shell(f"handouts batch a.csv -o out {streams}")

    assert (code, out) == (1, b"" if ">&- " in streams else b"out/report.json\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".handouts-ledger.sqlite", ".handouts-lock", "00001-gout.pdf", "report.json"]


@needs_shell
def test_what_is_opened_in_place_of_a_closed_stream_is_no_file_of_ours(shell, tmp_path):
    script = ("import os, sys; sys.path.insert(0, os.environ['HERE'])\n"
              "from handouts.commands.streams import take_over\n"
              "take_over(); handle = os.open('file', os.O_CREAT | os.O_WRONLY)\n"
              "os.write(1, b'a library writes this'); sys.exit(handle)\n")
    (tmp_path / "script.py").write_text(script)

    code, _, _ = shell(f'"{sys.executable}" script.py <&- >&- 2>&-',
                       HERE=str(Path(cli.__file__).parent))

    assert (code > 2, (tmp_path / "file").read_bytes()) == (True, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_no_letter_fails_because_a_console_lacks_it(shell, tmp_path, encoding):
    code, out, err = shell("handouts make gout -o Łukasz-Ανα.pdf", PYTHONIOENCODING=encoding)

    shown = out.decode(encoding).strip().encode("ascii", "backslashreplace")
    assert (code, err, shown) == (0, DRAFT, b"\\u0141ukasz-\\u0391\\u03bd\\u03b1.pdf")
    assert (tmp_path / "Łukasz-Ανα.pdf").exists()
