"""Making a handout: the day, the bytes, and files that are written whole or not at all."""

import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import cli
from handouts.errors import InputError, OutputError
from handouts.make import pictures, today, write_whole
from handouts.request import Patient, Request

EPOCH = str(int(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()))
ANA = Request("gout", "between", flags=("anticoagulant",), side="left",
              patient=Patient("Ana Ruiz", born=date(1960, 2, 29), note="Twice a day."))
ANA_TYPED = ("make", "gout", "--state", "between", "--flag", "anticoagulant", "--side", "left",
             "--patient", "Ana Ruiz", "--dob", "1960-02-29", "--note", "Twice a day.", "-o", "-")


@pytest.fixture
def mask():
    """Sets the umask for one test: mask(0o027)."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# -- the day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("epoch", "day"), [
    ("0", date(1970, 1, 1)),
    (EPOCH, date(2026, 11, 25)),
    ("1795651199", date(2026, 11, 25)),
    ("1795651200", date(2026, 11, 26)),
])
def test_source_date_epoch_is_the_day_in_utc(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", ["yesterday", "2026-11-25", "1.5", "9" * 30])
def test_source_date_epoch_that_is_no_number_of_seconds_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(InputError) as caught:
        today()
    assert str(caught.value) == ("SOURCE_DATE_EPOCH: is not a number of seconds\n"
                                 "Unset it, or set it to seconds since 1970.")


@pytest.mark.parametrize("empty", [True, False])
def test_without_source_date_epoch_the_day_is_today(monkeypatch, empty):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if empty:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()


# -- the same bytes --------------------------------------------------------------------------------


def test_other_processes_and_hash_seeds_give_the_same_bytes(monkeypatch, press, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    here = press.handout(ANA, today()).pdf
    there = [subprocess.run([sys.executable, cli.__file__, *ANA_TYPED], cwd=tmp_path, check=True,
                            capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
             for seed in ("1", "4242")]
    assert [data == here for data in there] == [True, True]


def test_another_day_gives_other_bytes(monkeypatch, press):
    made = []
    for epoch in (EPOCH, "1795651200"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        made.append(press.handout(ANA, today()).pdf)
    assert made[0] != made[1]


def test_each_page_becomes_one_png(press):
    handout = press.handout(Request("infection", "active"), today())
    made = pictures(handout.pdf)
    assert len(made) == handout.pages
    assert {picture[:8] for picture in made} == {b"\x89PNG\r\n\x1a\n"}


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("private", "umask", "mode"), [
    (True, 0o022, 0o600),
    (True, 0o000, 0o600),
    (False, 0o022, 0o644),
    (False, 0o027, 0o640),
])
def test_a_private_file_is_for_its_owner_and_any_other_follows_the_umask(
        tmp_path, mask, private, umask, mode):
    mask(umask)
    write_whole(tmp_path / "a.pdf", b"new", private=private)
    assert rights(tmp_path / "a.pdf") == mode
    assert os.umask(umask) == umask


def test_a_file_that_exists_is_replaced_whole(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"a longer old text")
    path.chmod(0o644)
    write_whole(path, b"new", private=True)
    assert (path.read_bytes(), rights(path), list(tmp_path.iterdir())) == (b"new", 0o600, [path])


def test_a_name_that_cannot_be_taken_leaves_no_temporary_file(tmp_path):
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(OutputError, match="can't be written"):
        write_whole(folder, b"new", private=True)
    assert list(tmp_path.rglob("*")) == [folder]


def test_a_bug_while_writing_leaves_the_old_file_and_no_temporary_one(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_whole(path, "text, not bytes", private=True)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_an_interruption_while_writing_leaves_the_old_file_and_no_temporary_one(
        tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new", private=False)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_a_missing_folder_is_named_with_the_reason_and_the_cure(tmp_path):
    path = tmp_path / "none" / "a.pdf"
    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new", private=False)
    assert str(caught.value) == (
        f"{path}: can't be written (no such file or directory)\n"
        "Choose another place with -o, or mend the folder's rights or space.")
    assert list(tmp_path.iterdir()) == []
