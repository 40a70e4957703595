"""What ends a process ends every command in order: interrupted, told, nothing half done."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from helpers import DRAFTS

import cli

ENDINGS = (signal.SIGTERM, signal.SIGHUP)
WAITING = "handouts make infection -o pipe"  # for somebody who reads the pipe


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A cache for all tests here, so that a page is laid out once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def begun(tmp_path, kept):
    """Starts a command line in an empty folder; it is ended with the test."""
    processes = []

    def started(words, **how):
        processes.append(subprocess.Popen(
            [sys.executable, cli.__file__, *words.split()[1:]], cwd=tmp_path, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "HANDOUTS_CACHE": str(kept), "PYTHONUNBUFFERED": "1"}, **how))
        return processes[-1]

    os.mkfifo(tmp_path / "pipe")
    yield started
    for process in processes:
        process.kill()
        process.communicate()


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists() or not list(path.iterdir()):
        assert time.monotonic() < end
        time.sleep(.02)


@pytest.mark.parametrize("number", ENDINGS)
def test_a_command_is_interrupted_by_a_closed_window_as_by_ctrl_c(begun, tmp_path, records, number):
    process = begun(WAITING)
    wait_for(records)  # then it has printed, and opens the pipe
    time.sleep(.3)
    process.send_signal(number)

    assert process.communicate(timeout=60) == (
        "", "\nhandouts: interrupted; no half file was left\n")
    assert process.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_command_that_is_to_go_on_when_its_window_closes_does(begun, tmp_path, records):
    process = begun(WAITING, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    wait_for(records)
    time.sleep(.3)
    process.send_signal(signal.SIGHUP)

    assert (tmp_path / "pipe").read_bytes().startswith(b"%PDF")
    assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("number", ENDINGS)
def test_the_page_ends_in_order_when_its_window_is_closed(begun, number):
    process = begun("handouts serve --port 0 --no-open")
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(process.stdout.readline().strip(), timeout=60) as answer:
        answer.read()
    process.send_signal(number)

    assert process.communicate(timeout=60) == ("", DRAFTS)
    assert process.returncode == 0
