"""handouts protocol: saved choices."""

from pathlib import Path
from typing import Any

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, reporting, say
from handouts.errors import ExitCode, PackError, UsageError
from handouts.pack.pack import load_pack
from handouts.paths import brand_path, in_json, shown
from handouts.request import protocols
from handouts.request.days import today
from handouts.request.request import parse_doses
from handouts.rules.choices import choose

_BRAND = click.option("--brand", "brand_file", type=click.Path(path_type=Path), metavar="FILE",
                      callback=options.brand_that_is_there,
                      help="The practice's brand; its protocols lie beside it.")


@click.group("protocol", cls=misuse.Group)
def command() -> None:
    """Saved choices: for many patients, never about one.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --massage self-massage
    handouts make --protocol oa-first-visit --patient "Ana Ruiz" --state calm
    """


@command.command("new")
@click.argument("name")
@click.argument("cause", type=options.PackId("causes"))
@click.option("--state", default="", metavar="STATE", callback=options.plain_id,
              help="What was found; never a cleared state.")
@click.option("--flag", "flags", multiple=True, metavar="ID", type=options.PackId("flags"),
              help="What narrows it (repeat).")
@click.option("--massage", "massages", multiple=True, metavar="ID",
              type=options.PackId("massages"), help="A massage (repeat).")
@click.option("--tip", "tips", multiple=True, metavar="ID", help="A tip (repeat).")
@click.option("--dose", "doses", multiple=True, metavar="ID=MINUTES,TIMES/week",
              help="A dose of your own (repeat).")
@options.edition
@click.option("--note", default="", metavar="TEXT", help="A note for every patient.")
@click.option("--practice", is_flag=True, help="Save it for the whole practice.")
@click.option("--force", is_flag=True, help="Replace the one of that name.")
@options.pack
@_BRAND
def protocol_new(name: str, pack: Path | None, brand_file: Path | None, practice: bool,
                 doses: tuple[str, ...], force: bool, **choices: Any) -> None:
    """Save choices under a name.

    \b
    handouts protocol new oa-first-visit osteoarthritis --state calm --dose self-massage=10,2/week
    """
    folder = protocols.folder_for(brand_path(brand_file), shared=practice)
    parse_doses(doses)
    asked = (text.partition("=") for text in doses)
    choices["edition"] = choices["edition"] or ""
    saved = protocols.Protocol(doses={massage: dose for massage, _, dose in asked}, **choices)
    if not force and name in protocols.named([folder]):
        raise UsageError("there is one of that name", where="protocol",
                         cure="Choose another name, or give --force to replace it.")
    content = load_pack(folder=pack)
    protocols.check(name, saved, content)
    choose(saved.request, content, today=today())
    path = protocols.save(name, saved, folder)
    with reporting("It is"):
        print_line(shown(path))


@command.command("list")
@options.as_json()
@options.pack
@_BRAND
def protocol_list(pack: Path | None, brand_file: Path | None, as_json: bool) -> None:
    """List the saved choices: name, cause, whose they are, file.

    \b
    handouts protocol list --json

    Where two have one name, your own wins and the practice's is told as hidden.
    """
    places = protocols.folders(brand_path(brand_file))
    unusable, content = [], load_pack(folder=pack)
    for name, (file, *hidden) in protocols.filed(places).items():
        try:
            cause = protocols.read(file, content).cause
        except PackError as error:
            unusable.append(error)
            continue
        whose = "practice" if file.parent == places[-1] else "own"
        entry = {"name": name, "cause": cause, "whose": whose, "file": file,
                 "hides": hidden[0] if hidden else None}
        if as_json:
            print_json({key: in_json(value) if isinstance(value, Path) else value
                        for key, value in entry.items()})
        else:
            print_line(_line(entry))
    for problem in unusable:
        say(f"handouts: {problem}")
    if unusable:
        raise click.exceptions.Exit(ExitCode.FINDINGS)


def _line(entry: dict[str, Any]) -> str:
    hides = f"hides {shown(entry['hides'])}" if entry["hides"] else None
    return "\t".join(filter(None, (*map(shown, list(entry.values())[:4]), hides)))


@command.command("show")
@click.argument("name")
@options.pack
@_BRAND
def protocol_show(name: str, pack: Path | None, brand_file: Path | None) -> None:
    """Show saved choices.

    \b
    handouts protocol show oa-first-visit
    """
    places = protocols.folders(brand_path(brand_file))
    protocols.find(name, places, load_pack(folder=pack))
    print_line(protocols.named(places)[name].read_text(encoding="utf-8").removesuffix("\n"))
