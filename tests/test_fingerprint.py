"""Digests of files: another one whenever anything changes that a handout may show."""

import os
import socket
import sys
from pathlib import Path

import pytest

import handouts
from handouts.errors import PackError
from handouts.system import fingerprint
from handouts.system.fingerprint import brand_fingerprint, folder_fingerprint
from handouts.system.store import Store


@pytest.fixture
def brand(tmp_path):
    (tmp_path / "brand.toml").write_text('name = "Riverside"\nlogo = "logo.svg"\n')
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "notes.txt").write_text("not named")
    return tmp_path


def test_on_windows_a_file_that_took_anothers_place_is_told(brand, monkeypatch):
    """There a folder's list has neither a file's place on the disk nor when it was changed."""
    class Listed:
        path = str(brand / "notes.txt")

        def stat(self):
            state = Path(self.path).stat()
            return os.stat_result((state.st_mode, 0, 0, 0, 0, 0, state.st_size, 0, 0, 0))

        def __fspath__(self):
            return self.path

    monkeypatch.setattr(sys, "platform", "win32")

    assert fingerprint._state(Listed()).st_ino == Path(Listed.path).stat().st_ino


def test_a_brand_is_told_by_its_file_or_its_folder(brand):
    assert brand_fingerprint(brand) == brand_fingerprint(brand / "brand.toml")


@pytest.mark.parametrize(("file", "text", "changes"), [
    ("brand.toml", 'name = "Riverside"\nlogo = "logo.svg"\n\n', True),
    ("logo.svg", "<svg />", True), ("notes.txt", "changed", False)])
def test_a_brand_changes_with_its_file_and_with_what_it_names(brand, file, text, changes):
    before = brand_fingerprint(brand)
    state = (brand / file).stat()
    (brand / file).write_text(text)
    os.utime(brand / file, ns=(state.st_atime_ns, state.st_mtime_ns))

    assert (brand_fingerprint(brand) != before) is changes


def test_a_brand_that_is_not_there_is_left_to_its_reader(tmp_path):
    assert brand_fingerprint(tmp_path / "none.toml") == ""


@pytest.mark.parametrize("written", [
    'logo = "parts/my logo.svg"', 'logo = "parts\\u002fmy logo.svg"',
    "logo = 'parts/my logo.svg'", '"logo"="""parts/my logo.svg"""'])
def test_a_logo_in_a_folder_of_its_own_is_told_however_it_is_written(tmp_path, written):
    (tmp_path / "brand.toml").write_text(f'name = "Riverside"\n{written}\n')
    (tmp_path / "parts").mkdir()
    logo = tmp_path / "parts" / "my logo.svg"
    logo.write_text("<svg/>")
    before = brand_fingerprint(tmp_path)
    logo.write_text("<svg />")

    assert brand_fingerprint(tmp_path) != before


def test_a_logo_among_very_many_files_is_told(brand):
    for number in range(300):
        (brand / f"a{number}").touch()
    before = brand_fingerprint(brand)
    (brand / "logo.svg").write_text("<svg />")

    assert brand_fingerprint(brand) != before


@pytest.mark.skipif(os.name != "posix", reason="FIFOs and devices are POSIX's")
@pytest.mark.parametrize("kind", ["fifo", "device", "socket", "link in a circle", "dangling link"])
def test_what_is_no_file_is_not_waited_for(brand, kind):
    path = brand / "logo.svg"
    path.unlink()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
    else:
        path.symlink_to({"device": "/dev/zero", "dangling link": "none"}.get(kind, "logo.svg"))

    assert brand_fingerprint(brand) != ""
    assert len(folder_fingerprint(brand)) == 64
    assert brand_fingerprint(path) == ""


def test_a_file_of_gigabytes_beside_a_brand_is_not_read(brand):
    with (brand / "logo.svg").open("wb") as file:
        file.truncate(1 << 33)
    before = brand_fingerprint(brand)
    os.utime(brand / "logo.svg", (1, 1))

    assert "" != before != brand_fingerprint(brand)
    assert len(folder_fingerprint(brand)) == 64


def test_names_that_are_not_utf8_are_told_apart(brand):
    (brand / os.fsdecode(b"M\xfcller")).touch()
    one, other = folder_fingerprint(brand), brand_fingerprint(brand)
    (brand / os.fsdecode(b"M\xfcller")).rename(brand / os.fsdecode(b"M\xfdller"))

    assert (folder_fingerprint(brand) != one, brand_fingerprint(brand) == other) == (True, True)


def test_a_linked_folder_of_templates_counts_and_a_circle_of_links_ends(tmp_path):
    shared, own = tmp_path / "shared", tmp_path / "own"
    shared.mkdir()
    own.mkdir()
    (shared / "part.html.j2").write_text("1")
    (own / "parts").symlink_to(shared)
    (own / "again").symlink_to(own)
    before = folder_fingerprint(own)
    (shared / "part.html.j2").write_text("2")

    assert folder_fingerprint(own) != before


def test_a_folder_of_thousands_of_files_is_no_folder_of_templates(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprint, "_FILES_AT_MOST", 9)
    for number in range(10):
        (tmp_path / str(number)).touch()

    with pytest.raises(PackError, match="more than 9 files"):
        folder_fingerprint(tmp_path)


def test_a_program_file_that_is_gone_or_hidden_is_told(program, monkeypatch):
    class Hidden:
        path = "a.py"

        def __fspath__(self):
            return self.path

        def stat(self):
            raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fingerprint, "_files", lambda folder, ending: [Hidden()])

    with pytest.raises(PackError) as caught:
        digest(*program)
    assert str(caught.value).startswith("a.py: can't be read (permission denied)")


def test_a_folder_changes_with_the_text_and_the_name_of_each_file(tmp_path):
    seen = set()
    for name, text in (("a", "1"), ("a", "2"), ("b", "2"), ("b/c", "2")):
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        seen.add(folder_fingerprint(tmp_path))

    assert len(seen) == 4


def test_compiled_python_does_not_count(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = folder_fingerprint(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")

    assert folder_fingerprint(tmp_path) == before


def test_the_program_is_told_by_one_digest_a_process():
    assert fingerprint.program_fingerprint() == fingerprint.program_fingerprint()
    assert len(fingerprint.program_fingerprint()) == 64


def test_every_module_template_and_asset_of_the_program_is_in_its_digest(monkeypatch):
    read = []
    monkeypatch.setattr(fingerprint, "_of_this_process", [])
    monkeypatch.setattr(fingerprint, "_kept", lambda folders, store: read.append(folders) or "")
    fingerprint.program_fingerprint()
    root = Path(handouts.__file__).parent

    assert read == [{root: ".py", root.parent / "templates": "", root.parent / "assets": ""}]


@pytest.fixture
def program(tmp_path):
    """A folder that stands for the program's, last touched long ago, and a store."""
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "a.py").write_text("1")
    return folder, Store(tmp_path / "store")


def digest(folder, store):
    return fingerprint._kept({folder: ".py"}, store)


def test_files_that_were_not_touched_are_not_read_again(program, monkeypatch):
    monkeypatch.setattr(fingerprint, "_SETTLED", 0)
    first = digest(*program)
    monkeypatch.setattr(fingerprint, "_folder", None)  # would fail if it were called

    assert digest(*program) == first


def test_a_file_that_was_written_since_is_read_even_if_its_size_and_time_stay(
        program, monkeypatch):
    monkeypatch.setattr(fingerprint, "_SETTLED", 0)
    folder, store = program
    first, state = digest(folder, store), (folder / "a.py").stat()
    (folder / "b.py").write_text("2")
    (folder / "b.py").replace(folder / "a.py")
    os.utime(folder / "a.py", ns=(state.st_atime_ns, state.st_mtime_ns))

    assert digest(folder, store) != first


def test_files_that_were_just_touched_are_read_each_time(program):
    folder, store = program
    digest(folder, store)

    assert store.info() == (0, 0)
