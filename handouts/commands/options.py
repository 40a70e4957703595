"""Options that several commands share, so that they mean the same everywhere."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from handouts.commands.streams import say
from handouts.errors import InputError, OutputError, PackError, UsageError
from handouts.pack.catalogue import check_pack
from handouts.paths import cache_folder, pack_path
from handouts.press.records import Records
from handouts.request.look import PAPERS
from handouts.system.store import Store

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
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            where = param.opts[0] if param else "date"
            raise InputError("is not a date", where=where,
                             cure="Write it as YYYY-MM-DD, such as 2026-11-25.") from None


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


def warn_of_records(records: Records | None) -> None:
    """Tells on stderr why no record of what was given is kept."""
    problem = records.problem() if records else ""
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


def pack_that_is_there(ctx: click.Context, param: click.Parameter,
                       value: str | None) -> Path | None:
    """The folder of a pack; one that is not there is refused without repeating what was typed."""
    if value is None:
        return None
    check_pack(folder := pack_path(value), "--pack")
    return folder


force = click.option("--force", is_flag=True,
                     help="Replace files of these names that this program did not make.")
brand = click.option(
    "--brand", type=click.Path(path_type=Path), metavar="FILE", callback=brand_that_is_there,
    help="Default: $HANDOUTS_BRAND, your config folder, the built-in one.")
pack = click.option(
    "--pack", metavar="NAME", callback=pack_that_is_there,
    help="The content: a pack that is built in, or a folder; default: the built-in one.")
templates = click.option(
    "--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR",
    help="Templates of your own; trusted like code.")
paper = click.option("--paper", type=click.Choice(PAPERS), help="Default: the brand's.")
