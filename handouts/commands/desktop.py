"""handouts desktop: what starts the page with a double click."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_line, reporting, say
from handouts.errors import OutputError, UsageError, reason
from handouts.paths import data_folder, shown
from handouts.system.files import write_whole

_MARK = "made by: handouts desktop"  # only what bears it is replaced or taken away
_NAMES = {"win32": "Handouts.cmd", "darwin": "Handouts.command"}
_LINUX = "handouts.desktop"
_STOP = "Close this window to stop the program."
_MOST = 10_000  # bytes of a launcher that is looked at


@click.command("desktop", cls=misuse.Command)
@click.option("--remove", is_flag=True, help="Take the launcher away.")
@options.brand
def command(remove: bool, brand: Path | None) -> None:
    """Put a launcher of the page on the desktop (Windows, macOS, Linux).

    \b
    handouts desktop

    A double click starts `handouts serve` and opens the page; the window that comes with it stops
    it when it is closed.
    """
    if not remove and (find_spec("uvicorn") is None or find_spec("starlette") is None):
        raise UsageError("needs a few libraries more", where="desktop",
                         cure="pip install 'handouts[web]'")
    places = list(_places(sys.platform))
    if remove:
        taken = [path for path in places if _take_away(path)]
        say("The launcher is gone." if taken else "There is no launcher of ours.")
        return
    starts = [*program(), "serve", *(("--brand", str(brand.absolute())) if brand else ())]
    text = launcher(sys.platform, starts)
    for path in places:
        _put(path, text)
    say("Double-click it to start; close its window to stop. If Linux asks: Allow Launching.")
    with reporting("The launcher is"):
        print_line(shown(places[0]))


def program() -> list[str]:
    """What runs this program: its entry point beside the Python that runs it, or Python itself."""
    folder = Path(sys.executable).parent
    own = next((path for path in (folder / "handouts.exe", folder / "handouts")
                if path.is_file()), None)
    return [str(own)] if own else [sys.executable, "-c", "import cli; cli.main()"]


def launcher(platform: str, starts: list[str]) -> str:
    """The text of the file that starts a command, for a platform as `sys.platform` names it."""
    if platform == "win32":
        return _batch_file(starts)
    if platform == "darwin":
        words = " ".join(_in_shell(word) for word in starts)
        return f"#!/bin/sh\n# {_MARK}\necho {_in_shell(_STOP)}\nexec {words}\n"
    icon = data_folder("templates") / "web" / "static" / "icon.svg"
    words = " ".join(_in_entry(word) for word in starts)
    return (f"[Desktop Entry]\n# {_MARK}\nType=Application\nName=Handouts\n"
            "Comment=Handouts for patients\nComment[es]=Hojas para pacientes\n"
            f"Exec={words}\nIcon={_in_string(str(icon))}\nTerminal=true\n"
            "Categories=Office;MedicalSoftware;\n")


def _batch_file(starts: list[str]) -> str:
    """A file for cmd.exe, which reads it in the code page that stands in it."""
    words = " ".join('"' + word.replace("%", "%%") + '"' for word in starts)
    lines = ("@echo off", f"rem {_MARK}", "chcp 65001 >nul", "title Handouts", f"echo {_STOP}",
             words, "if errorlevel 1 pause")
    return "".join(f"{line}\r\n" for line in lines)


def _in_shell(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _in_entry(word: str) -> str:
    """A word of Exec (Desktop Entry Specification): in quotes, what is special in them escaped, and
    all of it escaped once more as a string."""
    quoted = "".join(f"\\{char}" if char in '"`$\\' else char for char in word)
    return _in_string('"' + quoted.replace("%", "%%") + '"')


def _in_string(text: str) -> str:
    return text.replace("\\", "\\\\")


# -- its places ------------------------------------------------------------------------------------


def _places(platform: str) -> Iterator[Path]:
    """Where it goes: onto the desktop, on Linux into the menu as well, which some have alone."""
    import platformdirs

    desktop = platformdirs.user_desktop_path()
    if platform != "linux":
        yield desktop / _NAMES.get(platform, _LINUX)
        return
    if desktop.is_dir():
        yield desktop / _LINUX
    yield platformdirs.user_data_path() / "applications" / _LINUX


def _put(path: Path, text: str) -> None:
    if path.exists() and not _is_ours(path):
        raise OutputError("there is a file of that name that is not ours", where=str(path),
                          cure="Move it away, then try again.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"can't be made ({reason(error)})", where=str(path.parent),
                          cure="Mend the folder's rights or space.") from error
    write_whole(path, text.encode(), private=False)
    with suppress(OSError):
        path.chmod(0o755)  # a desktop starts only what may be run


def _take_away(path: Path) -> bool:
    """Whether a launcher of ours was there, and is gone."""
    if not _is_ours(path):
        return False
    try:
        path.unlink()
    except OSError as error:
        raise OutputError(f"can't be taken away ({reason(error)})", where=str(path),
                          cure="Mend the folder's rights.") from error
    return True


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _MARK.encode() in file.read(_MOST)
    except OSError:
        return False
