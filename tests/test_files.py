"""Files that are written whole or not at all."""

import errno
import os
import stat
from io import BytesIO
from pathlib import Path

import pytest

from handouts import files
from handouts.errors import OutputError
from handouts.files import clear_parts, whole_file, write_whole


@pytest.fixture
def mask():
    """Sets the umask for one test: mask(0o027)."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


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


def test_a_file_has_its_name_only_when_its_block_has_ended(tmp_path):
    path = tmp_path / "a.pdf"

    with whole_file(path, private=True) as file:
        file.write(b"one, ")
        before = path.exists()
        file.write(b"two")

    assert (before, path.read_bytes(), rights(path)) == (False, b"one, two", 0o600)


def test_another_failure_in_the_block_stays_what_it_is(tmp_path):
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "a.pdf", private=True):
        (tmp_path / "rows.csv").read_bytes()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("size", [10, 1_000_000])
def test_a_full_disk_is_told_with_the_place_and_leaves_nothing(tmp_path, monkeypatch, size):
    def full(path):
        path.touch()
        return Path("/dev/full").open("wb")

    monkeypatch.setattr("handouts.files._new", full)

    with pytest.raises(OutputError, match="no space left on device"):
        write_whole(tmp_path / "a.pdf", bytes(size), private=True)

    assert list(tmp_path.iterdir()) == []


def test_a_write_that_failed_leaves_no_file_even_if_the_block_goes_on(tmp_path, monkeypatch):
    class Full(BytesIO):
        def write(self, data):
            if data == b"two":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    monkeypatch.setattr("handouts.files._new", lambda path: (path.touch(), Full())[1])
    refused = []

    def written():
        with whole_file(tmp_path / "a.pdf", private=True) as file:
            for data in (b"one", b"two", b"three"):
                try:
                    file.write(data)
                except OutputError:
                    refused.append(data)

    with pytest.raises(OutputError, match="no space left on device"):
        written()

    assert (refused, list(tmp_path.iterdir())) == ([b"two"], [])


@pytest.mark.parametrize("mark", ["run-a**b.pdf-", "run-[a].pdf-", "run-?.pdf-"])
def test_left_over_parts_are_known_by_their_whole_mark_whatever_signs_it_has(tmp_path, mark):
    own = tmp_path / f".handout-{mark}0123.part"
    others = [tmp_path / ".handout-run-aXXb.pdf-0123.part", tmp_path / ".handout-run-a.pdf-0.part"]
    for path in (own, *others):
        path.touch()

    clear_parts(tmp_path, mark)

    assert sorted(tmp_path.iterdir()) == sorted(others)


@pytest.fixture
def shown_elsewhere(monkeypatch):
    """As on Windows: a file that a program shows can't be replaced, so many times."""
    monkeypatch.setattr(files, "_WINDOWS", True)
    monkeypatch.setattr(files, "_PATIENCE", 0.2)
    replaced, left = Path.replace, []

    def replace(path, target):
        if left:
            left.pop()
            raise PermissionError(errno.EACCES, "Permission denied")
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    return left


def test_a_file_that_is_held_for_a_moment_is_waited_for(tmp_path, shown_elsewhere):
    (tmp_path / "a.pdf").write_bytes(b"old")
    shown_elsewhere += [None] * 2

    write_whole(tmp_path / "a.pdf", b"new", private=True)

    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_file_that_another_program_shows_is_told_with_the_cure(tmp_path, shown_elsewhere):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    shown_elsewhere += [None] * 99

    with pytest.raises(OutputError) as caught:
        write_whole(path, b"new", private=True)
    assert str(caught.value) == (f"{path}: is open in another program\n"
                                 "Close it there and run the same again, or choose another name "
                                 "with -o.")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
