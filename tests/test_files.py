"""Files that are written whole or not at all."""

import errno
import os
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path

import pytest
from helpers import full_disk

from handouts.errors import OutputError
from handouts.system import files, parts
from handouts.system.files import landing, link_whole, whole_file, write_whole


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
        "Choose another place, or mend the folder's rights or space.")
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


def test_a_full_disk_is_told_with_the_place_and_leaves_nothing(tmp_path, monkeypatch):
    full_disk(monkeypatch)

    with pytest.raises(OutputError, match="no space left on device"):
        write_whole(tmp_path / "a.pdf", b"new", private=True)

    assert list(tmp_path.iterdir()) == []


def test_a_write_that_failed_leaves_no_file_even_if_the_block_goes_on(tmp_path, monkeypatch):
    class Full(FileIO):
        def write(self, data):
            if data == b"two":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return super().write(data)

    monkeypatch.setattr("handouts.system.parts.new", lambda path: Full(path, "xb"))
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


# -- what stands for something else ----------------------------------------------------------------


def test_a_link_that_was_named_stays_and_the_file_it_leads_to_is_replaced_whole(tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far/a.pdf").write_bytes(b"old")
    (tmp_path / "near.pdf").symlink_to("far/link.pdf")
    (tmp_path / "far/link.pdf").symlink_to("a.pdf")
    write_whole(tmp_path / "near.pdf", b"new", private=True, follow=True)

    assert (tmp_path / "near.pdf").is_symlink()
    assert (tmp_path / "far/link.pdf").is_symlink()
    assert {path.name: path.read_bytes() for path in (tmp_path / "far").iterdir()} == {
        "a.pdf": b"new", "link.pdf": b"new"}


def test_a_link_to_a_file_that_is_not_there_makes_it(tmp_path):
    (tmp_path / "near.pdf").symlink_to("far.pdf")
    write_whole(tmp_path / "near.pdf", b"new", private=True, follow=True)

    assert ((tmp_path / "near.pdf").is_symlink(), (tmp_path / "far.pdf").read_bytes()) == (
        True, b"new")


def test_links_that_go_round_are_told(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OutputError, match="its links go round in a circle"):
        write_whole(tmp_path / "a", b"new", private=True, follow=True)


def test_a_link_in_a_folder_that_is_filled_is_replaced_and_what_it_leads_to_is_not(tmp_path):
    (tmp_path / "far.pdf").write_bytes(b"old")
    (tmp_path / "near.pdf").symlink_to("far.pdf")
    write_whole(tmp_path / "near.pdf", b"new", private=True)

    assert not (tmp_path / "near.pdf").is_symlink()
    assert (tmp_path / "far.pdf").read_bytes() == b"old"


def test_a_pipe_gets_the_whole_file_and_stays(tmp_path):
    pipe, data = tmp_path / "pipe", b"new" * 100_000
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(pipe.read_bytes)
        write_whole(pipe, data, private=True, follow=True)

        assert read.result(timeout=20) == data
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_pipe_gets_nothing_of_a_file_that_fails(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    def failing():
        with whole_file(pipe, private=True, follow=True) as file:
            file.write(b"half")
            raise KeyError  # had the pipe been opened, this would wait for its reader

    with pytest.raises(KeyError):
        failing()

    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a device")
def test_a_device_is_written_into_and_stays_one(tmp_path):
    device = tmp_path / "null"
    os.mknod(device, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    write_whole(device, b"new", private=True, follow=True)

    assert stat.S_ISCHR(device.lstat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_that_takes_nothing_is_told():
    with pytest.raises(OutputError, match="/dev/full: can't be written"):
        write_whole(Path("/dev/full"), b"new", private=True, follow=True)


@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}", "link"])
def test_an_open_file_is_written_on_from_its_place(tmp_path, name):
    with (tmp_path / "a.txt").open("wb", 0) as file:
        file.write(b"before, ")
        path = Path(name.format(file.fileno()))
        if name == "link":
            path = tmp_path / "link"
            path.symlink_to(f"/dev/fd/{file.fileno()}")
        write_whole(path, b"new", private=True, follow=True)
        file.write(b", after")

    assert (tmp_path / "a.txt").read_bytes() == b"before, new, after"


def test_a_pipe_in_a_folder_that_is_filled_is_told_and_stays(tmp_path):
    os.mkfifo(tmp_path / "a.pdf")
    with pytest.raises(OutputError, match="a pipe or device has that name"):
        write_whole(tmp_path / "a.pdf", b"new", private=True)

    assert [stat.S_ISFIFO(path.stat().st_mode) for path in tmp_path.iterdir()] == [True]


@pytest.mark.parametrize(("name", "is_one"), [
    ("NUL", True), ("con", True), ("Aux.pdf", True), ("com1", True), ("COM¹.pdf", True),
    ("lpt³", True), ("CONOUT$", True), ("nul .txt", True), ("console.pdf", False),
    ("com.pdf", False), ("null.pdf", False)])
def test_on_windows_some_names_are_devices(monkeypatch, name, is_one):
    assert landing(Path("none") / name) == Path("none") / name
    monkeypatch.setattr(sys, "platform", "win32")

    assert (landing(Path("none") / name) is None) == is_one


def test_threads_that_write_at_once_leave_the_umask_as_it_is(tmp_path, mask, monkeypatch):
    set_umask = os.umask

    def slowly(new):
        before = set_umask(new)
        time.sleep(0.002)
        return before

    monkeypatch.setattr(os, "umask", slowly)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: write_whole(tmp_path / f"{number}.txt", b"", private=False),
                         range(24)))
    monkeypatch.undo()

    assert os.umask(0o022) == 0o022
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o644}


# -- temporary files -------------------------------------------------------------------------------


def test_a_name_as_long_as_any_may_be_is_written(tmp_path):
    path = tmp_path / ("膝" * 80 + "0123456789.pdf")
    write_whole(path, b"new", private=True)

    assert (len(os.fsencode(path.name)), path.read_bytes()) == (254, b"new")


def test_data_are_on_the_disk_before_the_name_and_the_name_before_the_end(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(os, "fsync", lambda handle: told.append(
        sorted(path.name.rsplit(".", 1)[1] for path in tmp_path.iterdir())))
    write_whole(tmp_path / "a.pdf", b"new", private=True)

    assert told == [["part"], ["pdf"]]


def test_a_disk_that_can_not_keep_the_data_leaves_the_old_file(tmp_path, monkeypatch):
    def refused(_handle):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(OutputError, match="input/output error"):
        write_whole(tmp_path / "a.pdf", b"new", private=True)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pdf": b"old"}


def test_what_a_killed_run_left_is_cleared_and_what_is_being_written_stays(tmp_path):
    left = tmp_path / f".handout-{'0' * 16}.part"
    left.write_bytes(b"half")
    (tmp_path / ".handout-notes.part").write_bytes(b"somebody's")
    with whole_file(tmp_path / "a[1]*.pdf", private=True) as file:
        parts.clear(tmp_path)
        names = {path.name for path in tmp_path.iterdir()}
        file.write(b"new")

    assert (len(names), left.name in names) == (2, False)
    assert {path.name for path in tmp_path.iterdir()} == {"a[1]*.pdf", ".handout-notes.part"}


def test_a_second_name_of_a_file_takes_the_place_of_what_had_it(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(b"new")
    (tmp_path / "b.pdf").write_bytes(b"old")
    for _ in range(2):
        link_whole(tmp_path / "a.pdf", tmp_path / "b.pdf")
        assert (tmp_path / "b.pdf").samefile(tmp_path / "a.pdf")

    monkeypatch.setattr(os, "link", lambda *_: os.fstat(-1))
    link_whole(tmp_path / "a.pdf", tmp_path / "c.pdf")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        ("a.pdf", "b.pdf", "c.pdf"), b"new")


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
