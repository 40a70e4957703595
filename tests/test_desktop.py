"""A launcher on the desktop: what it starts on each system, and that it goes again."""

import configparser
import os
import re
import stat
import subprocess
import sys

import pytest

import cli
from handouts.commands import desktop
from handouts.commands.desktop import launcher, program

ODD = "/home/Zoë & Co/it's \"new\" $HOME `x` 100%/handouts"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home with a desktop."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DESKTOP_DIR", "HANDOUTS_BRAND"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "Desktop").mkdir()
    return tmp_path


@pytest.fixture
def run(capsys):
    def ran(*arguments):
        return (int(cli.run(["desktop", *arguments])), *capsys.readouterr())

    return ran


def files(home):
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())


def entry(text):
    """The words that a desktop starts, read as its specification says."""
    read = configparser.RawConfigParser()
    read.optionxform = str
    read.read_string(text)
    line = read["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    return [re.sub(r'\\(["`$\\])', r"\1", word).replace("%%", "%")
            for word in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux")
def test_on_linux_it_is_on_the_desktop_and_in_the_menu_and_may_be_run(run, home):
    code, out, told = run()
    places = ["Desktop/handouts.desktop", ".local/share/applications/handouts.desktop"]

    assert (code, out.strip()) == (0, str(home / places[0]))
    assert "close its window to stop" in told
    assert files(home) == sorted(places)
    for place in places:
        assert stat.S_IMODE((home / place).stat().st_mode) == 0o755
        assert entry((home / place).read_text())[-1] == "serve"


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux")
def test_what_it_starts_is_this_program(run, home):
    run()
    words = entry((home / "Desktop" / "handouts.desktop").read_text())
    ended = subprocess.run([*words, "--help"], capture_output=True, text=True, check=False)

    assert ended.returncode == 0
    assert "Make handouts in the browser" in ended.stdout


@pytest.mark.parametrize("word", [ODD, r"C:\Program Files\x", "%f", "plain"])
def test_on_linux_every_word_is_started_as_it_is(word):
    assert entry(launcher("linux", [word, "serve"])) == [word, "serve"]


@pytest.mark.skipif(os.name == "nt", reason="a shell of macOS")
def test_on_macos_every_word_is_started_as_it_is(tmp_path):
    script = tmp_path / "Handouts.command"
    script.write_text(launcher("darwin", ["printf", "<%s>", ODD, "serve"]))
    out = subprocess.run(["/bin/sh", str(script)], capture_output=True, text=True, check=True)

    assert out.stdout == f"Close this window to stop the program.\n<{ODD}><serve>"


def test_on_windows_it_is_a_file_that_cmd_reads():
    text = launcher("win32", ["C:\\Zoë 100%\\handouts.exe", "serve"])
    lines = text.split("\r\n")

    assert lines[:3] == ["@echo off", "rem made by: handouts desktop", "chcp 65001 >nul"]
    assert '"C:\\Zoë 100%%\\handouts.exe" "serve"' in lines
    assert lines[-2:] == ["if errorlevel 1 pause", ""]
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(("platform", "name"), [
    ("win32", "Handouts.cmd"), ("darwin", "Handouts.command")])
def test_elsewhere_it_is_on_the_desktop_alone(monkeypatch, home, platform, name):
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: home / "Desktop")

    assert list(desktop._places(platform)) == [home / "Desktop" / name]


def test_it_is_replaced_and_taken_away_again(run, home):
    run()
    run()

    assert run("--remove")[0] == 0
    assert files(home) == []
    assert "no launcher of ours" in run("--remove")[2]


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux")
def test_a_file_that_is_not_ours_is_neither_replaced_nor_taken_away(run, home):
    other = home / "Desktop" / "handouts.desktop"
    other.write_text("mine")
    code, _, told = run()

    assert (code, other.read_text()) == (5, "mine")
    assert "Move it away" in told
    run("--remove")
    assert other.read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux")
def test_without_a_desktop_it_is_in_the_menu(run, home):
    (home / "Desktop").rmdir()

    assert run()[0] == 0
    assert files(home) == [".local/share/applications/handouts.desktop"]


@pytest.mark.skipif(sys.platform != "linux", reason="a desktop of Linux")
def test_it_starts_with_the_practice_s_brand(run, home, monkeypatch):
    monkeypatch.chdir(home)
    (home / "brand.toml").write_text('name = "Clinic"\n')
    run("--brand", "brand.toml")

    assert entry((home / "Desktop" / "handouts.desktop").read_text())[-2:] == [
        "--brand", str(home / "brand.toml")]


def test_the_program_is_its_entry_point_or_python(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    bare = program()
    (tmp_path / "handouts").touch()

    assert bare == [str(tmp_path / "python"), "-c", "import cli; cli.main()"]
    assert program() == [str(tmp_path / "handouts")]
