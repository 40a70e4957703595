"""Digests of files: another one whenever anything changes that a handout may show."""

import os

import pytest

from handouts import fingerprint
from handouts.fingerprint import brand_fingerprint, folder_fingerprint
from handouts.store import Store


@pytest.fixture
def brand(tmp_path):
    (tmp_path / "brand.toml").write_text('name = "Riverside"\nlogo = "logo.svg"\n')
    (tmp_path / "logo.svg").write_text("<svg/>")
    (tmp_path / "notes.txt").write_text("not named")
    return tmp_path


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
