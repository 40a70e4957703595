"""Bytes kept on disk: right or not there, whatever happens to the folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.system.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "kept")


def entry(store):
    [path] = store.folder.iterdir()
    return path


def test_what_was_kept_is_found_by_its_key_alone(store):
    store.put("a", b"one")

    assert (store.get("a"), store.get("b")) == (b"one", None)


def test_a_later_entry_takes_the_place_of_an_earlier_one(store):
    store.put("a", b"one")
    store.put("a", b"two")

    assert (store.get("a"), len(list(store.folder.iterdir()))) == (b"two", 1)


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: data[:-1], lambda data: data + b"x", lambda data: data[5:],
    lambda data: data[:40] + b"?" + data[41:], lambda data: b"%PDF-1.7 something else entirely"])
def test_damaged_and_foreign_files_are_as_if_they_were_not_there(store, damage):
    store.put("a", b"one" * 99)
    path = entry(store)
    path.write_bytes(damage(path.read_bytes()))
    found = store.get("a")
    store.put("a", b"two")

    assert (found, store.get("a")) == (None, b"two")


def test_an_entry_under_another_key_is_not_taken_for_this_one(store):
    store.put("a", b"one")
    entry(store).rename(store.folder / "handouts-b.entry")

    assert store.get("b") is None


def test_a_file_in_place_of_the_folder_costs_nothing_but_the_entry(tmp_path):
    (tmp_path / "kept").write_bytes(b"")
    store = Store(tmp_path / "kept")
    store.put("a", b"one")

    assert (store.get("a"), store.info(), store.clear()) == (None, (0, 0), 0)


def test_the_folder_is_for_its_owner_only(store):
    store.put("a", b"one")

    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_the_oldest_entries_go_when_the_cap_is_reached(store):
    store.cap = 700
    for at, key in enumerate("abcd"):
        store.put(key, b"x" * 200)
        os.utime(store.folder / f"handouts-{key}.entry", (at, at))
    store.put("e", b"x" * 200)

    assert [key for key in "abcde" if store.get(key)] == ["d", "e"]


def test_what_is_not_an_entry_is_never_deleted(store):
    store.cap = 1
    store.folder.mkdir()
    (store.folder / "diary.entry").write_bytes(b"another program's")
    store.put("a", b"one")
    store.clear()

    assert [path.name for path in store.folder.iterdir()] == ["diary.entry"]


def test_a_file_that_could_not_be_finished_is_cleared(store, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        store.put("a", b"one")
    monkeypatch.undo()
    [left] = store.folder.iterdir()

    store.put("b", b"two")
    assert left.exists()  # it may be another run's
    os.utime(left, (0, 0))
    store.put("b", b"two")
    assert not left.exists()


def test_clearing_leaves_what_is_not_an_entry(store):
    store.put("a", b"one")
    (store.folder / "handouts-b.1.part").write_bytes(b"left behind")
    (store.folder / "mine.txt").write_bytes(b"")

    assert (store.clear(), [path.name for path in store.folder.iterdir()]) == (2, ["mine.txt"])


def test_many_processes_at_once_keep_and_find_whole_entries(store):
    script = ("import sys; from pathlib import Path; from handouts.system.store import Store\n"
              "store = Store(Path(sys.argv[1]), cap=400_000)\n"
              "for at in range(60):\n"
              "    store.put(str(at % 7), str(at % 7).encode() * 60_000)\n"
              "    found = store.get(str(at % 5))\n"
              "    assert found in (None, str(at % 5).encode() * 60_000)\n")
    runs = [subprocess.Popen([sys.executable, "-c", script, str(store.folder)])
            for _ in range(4)]

    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert list(store.folder.glob("*.part")) == []


def test_a_pipe_in_the_place_of_an_entry_is_waited_for_by_nobody(store):
    store.put("a", b"one")
    path = entry(store)
    path.unlink()
    os.mkfifo(path)

    assert store.get("a") is None
