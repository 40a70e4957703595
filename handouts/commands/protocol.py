"""handouts protocol: saved choices."""

import json
from pathlib import Path
from typing import Any

import click

from handouts import protocols
from handouts.catalogue import load_catalogue
from handouts.commands import options
from handouts.errors import ExitCode, PackError, UsageError
from handouts.make import today
from handouts.paths import brand_path

_BRAND = click.option("--brand", "brand_file", type=click.Path(path_type=Path), metavar="FILE",
                      help="The practice's brand; its protocols lie beside it.")


@click.group("protocol")
def command() -> None:
    """Saved choices: for many patients, never about one.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --massage self-massage
    handouts make --protocol oa-first-visit --patient "Ana Ruiz"
    """


@command.command("new")
@click.argument("name")
@click.argument("cause")
@click.option("--state", default="", metavar="STATE", help="What was found; never a cleared state.")
@click.option("--flag", "flags", multiple=True, metavar="ID", help="What narrows it (repeat).")
@click.option("--massage", "massages", multiple=True, metavar="ID", help="A massage (repeat).")
@click.option("--tip", "tips", multiple=True, metavar="ID", help="A tip (repeat).")
@click.option("--dose", "doses", multiple=True, metavar="ID=MINUTES,TIMES/week",
              help="A dose of your own (repeat).")
@click.option("--note", default="", metavar="TEXT", help="A note for every patient.")
@click.option("--practice", is_flag=True, help="Save it for the whole practice.")
@click.option("--force", is_flag=True, help="Replace the one of that name.")
@_BRAND
def protocol_new(name: str, brand_file: Path | None, practice: bool, doses: tuple[str, ...],
                 force: bool, **choices: Any) -> None:
    """Save choices under a name.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --dose self-massage=10,2/week
    """
    own, shared = protocols.folders(brand_path(brand_file))
    asked = (text.partition("=") for text in doses)
    saved = protocols.Protocol(doses={massage: dose for massage, _, dose in asked}, **choices)
    folder = shared if practice else own
    if not force and name in protocols.named([folder]):
        raise UsageError("there is one of that name", where="protocol",
                         cure="Choose another name, or give --force to replace it.")
    click.echo(protocols.save(name, saved, folder, load_catalogue(), today()))


@command.command("list")
@options.as_json()
@_BRAND
def protocol_list(brand_file: Path | None, as_json: bool) -> None:
    """List the saved choices: name, cause, whose they are, file.

    \b
    handouts protocol list --json

    Where two have one name, your own wins and the practice's is told as hidden.
    """
    own, shared = protocols.folders(brand_path(brand_file))
    unusable = []
    for name, (file, *hidden) in protocols.filed((own, shared)).items():
        try:
            cause = protocols.read(file).cause
        except PackError as error:
            unusable.append(error)
            continue
        whose = "own" if file.parent == own else "practice"
        entry = {"name": name, "cause": cause, "whose": whose, "file": str(file),
                 "hides": str(hidden[0]) if hidden else None}
        click.echo(json.dumps(entry, ensure_ascii=False) if as_json else _line(entry))
    for problem in unusable:
        click.echo(f"handouts: {problem}", err=True)
    if unusable:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _line(entry: dict[str, Any]) -> str:
    hides = f"hides {entry['hides']}" if entry["hides"] else None
    return "\t".join(filter(None, (*list(entry.values())[:4], hides)))


@command.command("show")
@click.argument("name")
@_BRAND
def protocol_show(name: str, brand_file: Path | None) -> None:
    """Show saved choices.

    \b
    handouts protocol show oa-first-visit
    """
    places = protocols.folders(brand_path(brand_file))
    protocols.find(name, places)
    click.echo(protocols.named(places)[name].read_text(encoding="utf-8"), nl=False)
