"""Options that several commands share, so that they mean the same everywhere."""

import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from handouts.commands import misuse
from handouts.commands.streams import say
from handouts.errors import OutputError, PackError, UsageError
from handouts.pack.naming import id_of, is_listed
from handouts.paths import cache_folder, data_folder, pack_path, shown
from handouts.press.records import Records
from handouts.request.days import read_day
from handouts.request.look import EDITIONS, PAPERS
from handouts.request.request import SIDES
from handouts.system.store import Store

if TYPE_CHECKING:
    from handouts.pack.naming import Kind

# How a content stands, in words.
SAID = {"signed": "reviewed", "expired": "past its review date",
        "changed": "changed since its review",
        "own": "changed by this practice and not reviewed",
        "draft": "not yet reviewed by a clinician"}
OLD_REVIEW = ("[review] in the brand file names no content, so it holds for none: sign with "
              "'handouts review sign' and take it out")
F = TypeVar("F", bound=Callable[..., Any])


class IsoDate(click.ParamType[date]):
    """A date as YYYY-MM-DD; a wrong one is refused without repeating it."""
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> date:
        """The date."""
        if isinstance(value, date):
            return value
        return read_day(str(value), where=param.opts[0] if param else "date")


_BASE = re.compile(r"https?://[!$-&(-;=@-~]+")  # ASCII; a name in other letters is written as xn--


def web_address(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """An address that links may begin with, empty where none is given; callback of an option."""
    if value is None:
        return ""
    if not _BASE.fullmatch(value):
        raise misuse.Misuse(f"{param.opts[0]}: write an address such as https://sheets.example.",
                            ctx)
    return value


class PackId(click.ParamType[str]):
    """An id of the pack, by itself or by a name of it in one of the pack's languages."""
    name = "id"

    def __init__(self, kind: "Kind") -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> str:
        """The id; a text that is no name of one is left to whoever uses it."""
        pack = (ctx.params.get("pack") if ctx else None) or pack_path("")
        if not value or is_listed(pack, self._kind, str(value)):
            return str(value)
        from handouts.pack.pack import load_pack

        return id_of(load_pack(folder=pack), self._kind, str(value))


class SideOf(PackId):
    """A side, by itself or by a name of it."""
    name = "side"

    def __init__(self) -> None:
        super().__init__("sides")

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The sides, as for any choice."""
        return f"[{'|'.join(SIDES)}]"

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> str:
        """The side; any other text is refused without repeating it."""
        side = super().convert(value, param, ctx)
        if side not in SIDES:
            place = param.opts[0] if param else self.name
            raise misuse.Misuse(f"{place}: choose {' or '.join(SIDES)}.", ctx)
        return side


def plain_id(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """An id however it is written, as in a table: `Some State` is some-state."""
    return value and "-".join(value.casefold().replace("_", " ").split())


def together(*given: Callable[[F], F], group: str) -> Callable[[F], F]:
    """Several options as one decorator, in the order given, under a heading of the help."""
    def decorated(command: F) -> F:
        for option in reversed(given):
            command = option(command)
            params: Any = command.__click_params__  # type: ignore[attr-defined]
            params[-1].group = group
        return command

    return decorated


def store() -> Store | None:
    """Where pages are kept for the next time; that there is no place for them is told."""
    if cache_folder() is None:
        say("handouts: there is no home folder, so nothing is kept to make the next handout fast; "
            "set $HOME or $HANDOUTS_CACHE")
    return Store.own()


def records() -> Records | None:
    """Where it is kept what was given."""
    return Records.own()


def kept_records() -> Records:
    """The same for whoever asks what was given: UsageError where there is no place for them."""
    found = records()
    if found is None:
        raise UsageError("there is no home folder that could hold records", where="records",
                         cure="Set $HOME, or $HANDOUTS_RECORDS to the folder of your practice's.")
    return found


class NamedFile(click.ParamType[Path]):
    """A file to write; a folder, or a name that ends as one, is refused."""
    name = "file"

    def __init__(self, option: str) -> None:
        self._option = option

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> Path:
        """The path of the file."""
        path, where = Path(value), self._option
        _refuse_stdout(str(value), where, "a file")
        try:
            ends = str(value).endswith(tuple(filter(None, (os.sep, os.altsep))))
            is_folder = ends or path.is_dir() or not path.name
        except (OSError, ValueError) as error:
            raise OutputError("can't be used as a file name", where=where,
                              cure="Give it a shorter name.") from error
        if is_folder:
            raise OutputError("is a folder", where=where,
                              cure=f"Give {where} the name of a file, such as x.pdf.")
        return path


class NamedFolder(click.ParamType[Path]):
    """A folder to write into, there or not."""
    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None,
                ctx: click.Context | None) -> Path:
        """The path of the folder."""
        where = param.opts[0] if isinstance(param, click.Option) else "FOLDER"
        _refuse_stdout(str(value), where, "a folder")
        return Path(value)


def _refuse_stdout(value: str, where: str, kind: str) -> None:
    if value == "-":
        raise misuse.Misuse(f"{where} needs {kind}, and - is stdout. One of that name is ./-.")


def warn_of_records(records: Records | None) -> None:
    """Tells on stderr why no record of what was given is kept."""
    if records is None:
        say("handouts: no record of what was given is kept, for there is no home folder; set $HOME "
            "or $HANDOUTS_RECORDS")
        return
    problem = records.problem()
    if problem:
        cure = ("mend the folder that $HANDOUTS_RECORDS names" if os.environ.get("HANDOUTS_RECORDS")
                else "mend your data folder, or name one with $HANDOUTS_RECORDS")
        say(f"handouts: no record of what was given is kept ({problem}); {cure}")


def warn_of_review(states: Mapping[str, str]) -> None:
    """Tells on stderr in one line how the content of languages stands, unless all is signed."""
    due = [f"{language} {SAID[state]}" for language, state in sorted(states.items())
           if state != "signed"]
    if due:
        say(f"handouts: content {', '.join(due)}; see 'handouts review status'")


def as_json(words: str = "As JSON, an object a line.") -> Callable[[F], F]:
    """--json, with its line of help."""
    return click.option("--json", "as_json", is_flag=True, help=words)


def brand_that_is_there(ctx: click.Context, param: click.Parameter,
                        value: Path | None) -> Path | None:
    """A brand file or folder; one that is not there is refused without repeating what may be the
    name of a patient in the wrong place."""
    if value is not None and not os.path.lexists(value):
        place = param.opts[0] if isinstance(param, click.Option) else "FILE"
        raise PackError("there is no such brand", where=place,
                        cure="Name a brand file; 'handouts brand new DIR' starts one.")
    return value


def looked_through(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """A folder of templates; one that is no file is refused, and a file that no template is named
    after is told."""
    if value is None:
        return None
    from difflib import get_close_matches

    known = {path.name for path in data_folder("templates").glob("*.j2")}
    found = {path.name: path for path in _entries(value)
             if path.name in known or not path.is_dir()}
    for name in sorted(found.keys() & known):
        if not found[name].is_file():
            raise PackError("is not a file", where=str(found[name]),
                            cure="Lay the template there, or take it away.")
    for name in sorted(name for name in found.keys() - known if name.endswith(".j2")):
        near = get_close_matches(name, known, n=1)
        guess = f" (did you mean {near[0]}?)" if near else ""
        say(f"handouts: {shown(name)}: no template has this name{guess}; it is used only where "
            "another one asks for it")
    return value


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder; of one that can't be read the printing tells."""
    try:
        return [*folder.iterdir()]
    except OSError:
        return []


def pack_that_is_there(ctx: click.Context, param: click.Parameter,
                       value: str | None) -> Path | None:
    """The folder of a pack; one that is not there is refused without repeating what was typed."""
    if value is None:
        return None
    from handouts.pack.pack import check_pack

    check_pack(folder := pack_path(value), "--pack")
    return folder


force = click.option("--force", is_flag=True,
                     help="Replace files of these names that this program did not make.")
brand = click.option(
    "--brand", type=click.Path(path_type=Path), metavar="FILE", callback=brand_that_is_there,
    help="Default: $HANDOUTS_BRAND, your config folder, the built-in one.")
pack = click.option(
    "--pack", metavar="NAME", callback=pack_that_is_there, is_eager=True,
    help="The content: a pack that is built in, or a folder; default: the built-in one.")
templates = click.option(
    "--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    callback=looked_through,
    help="Templates of your own; trusted like code.")
edition = click.option("--edition", type=click.Choice(EDITIONS, case_sensitive=False),
                       help="How much it holds; default: the brand's, or standard.")
paper = click.option("--paper", type=click.Choice(PAPERS, case_sensitive=False),
                     help="Default: the brand's.")
