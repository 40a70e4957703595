"""A bug leaves one line, and a log with its frames and nothing of a patient."""

import os
import stat

import pytest

from handouts.system import bugs


def met(value="Ana Ruiz"):
    """A bug that holds a patient's name in every place that it can."""
    try:
        try:
            raise KeyError(value)
        except KeyError as error:
            raise ValueError(f"no {value}") from error
    except ValueError as error:
        error.add_note(value)
        return error


def deep(level=2000):
    return deep(level - 1)


def test_the_log_holds_the_frames_of_the_bug_and_of_what_is_behind_it(cache):
    line = bugs.bug_line(met())

    log = cache / "bugs.log"
    text = log.read_text(encoding="utf-8")
    assert line.startswith("handouts: a bug, sorry: ValueError in test_bugs.py, line ")
    assert line.endswith(f"Please report this line and what stands in {log}.")
    assert [word for word in text.split() if word.endswith("Error")] == ["ValueError", "KeyError"]
    assert "tests/test_bugs.py, met, line " in text
    assert "Ruiz" not in line + text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_log_stays_small_however_many_and_deep_the_bugs_are(cache, monkeypatch):
    monkeypatch.setattr(bugs, "_MOST", 9_000)
    for _ in range(9):
        with pytest.raises(RecursionError) as caught:
            deep()
        bugs.bug_line(caught.value)

    assert 0 < (cache / "bugs.log").stat().st_size <= 9_000


@pytest.mark.skipif(os.name != "posix", reason="links and FIFOs are POSIX's")
@pytest.mark.parametrize("place", ["link", "fifo", "folder"])
def test_a_log_that_can_not_be_written_leaves_the_line_alone(cache, tmp_path, place):
    log, victim = cache / "bugs.log", tmp_path / "victim"
    victim.write_text("kept")
    {"link": lambda: log.symlink_to(victim), "fifo": lambda: os.mkfifo(log),
     "folder": log.mkdir}[place]()

    assert bugs.bug_line(met()).endswith("Please report this line.")
    assert victim.read_text() == "kept"
