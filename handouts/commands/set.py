"""handouts set: what lies and hangs in a waiting room."""

from pathlib import Path
from typing import Any

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, reporting, say
from handouts.pack.signatures import State
from handouts.paths import brand_path, in_json, shown
from handouts.press.press import Press
from handouts.request.days import today
from handouts.request.look import SKINS
from handouts.request.request import Request
from handouts.waiting import MadeSet, WaitingRoom, WaitingSet


@click.command("set", cls=misuse.Command)
@click.option("-o", "--output", "folder", required=True, metavar="DIR",
              type=options.NamedFolder(), help="The folder to fill.")
@click.option("--layout", type=click.Choice(("handout", "poster"), case_sensitive=False),
              default="handout", show_default=True,
              help="Handouts with a list of them, or posters of the routine.")
@click.option("--lang", "languages", multiple=True, metavar="LANG",
              type=options.PackId("languages"),
              help="A language (repeat); default: all that the pack has.")
@click.option("--side", type=options.SideOf(), help="Which side.")
@options.edition
@options.paper
@click.option("--large-print", is_flag=True, help="Set anew in 18 point type.")
@click.option("--mono", is_flag=True, help="For a printer that has black only.")
@click.option("--skin", type=click.Choice(SKINS, case_sensitive=False),
              help="The skin of the people in the pictures; default: the brand's.")
@options.pack
@options.brand
@options.templates
@options.force
@options.as_json("Say what was made, as JSON.")
def command(folder: Path, layout: str, languages: tuple[str, ...], **given: Any) -> None:
    """Fill a folder for the waiting room: a handout for each cause and language, and an index.

    \b
    handouts set -o waiting-room
    handouts set -o waiting-room --lang es --large-print
    handouts set -o posters --layout poster --paper a4

    No patient is named: the handouts are the screened ones, with blanks to write in. The posters
    show the routine on tabloid paper (A3 with --paper a4), large enough for a metre and a half;
    causes whose massage must wait have none. A second run replaces the files; PDFs that belong to
    no set are named and never deleted.
    """
    if layout == "poster" and given["large_print"]:
        raise misuse.Misuse("A poster is large already; leave --large-print out.")
    if layout == "poster" and given["edition"]:
        raise misuse.Misuse("A poster has no editions; leave --edition out.")
    press = Press(brand_path(given["brand"]), pack=given["pack"], templates=given["templates"],
                  store=options.store(), records=options.records())
    asked = Request("", side=given["side"] or "", paper=given["paper"] or "",
                    format="large-print" if given["large_print"] else "", mono=given["mono"],
                    skin=given["skin"] or "", edition=given["edition"] or "")
    room = WaitingRoom(press, asked, today())
    fill = room.posters if layout == "poster" else room.handouts
    made = fill(folder, languages, force=given["force"])
    options.warn_of_records(press.records)
    review = {name: room.press.reviews(today()).standing(name).state
              for name in sorted({file.language for file in made.files})}
    options.warn_of_review(review)
    with reporting("The files are"):
        _report(folder, made, review, as_json=given["as_json"])


def _report(folder: Path, made: WaitingSet, review: dict[str, State], *, as_json: bool) -> None:
    if as_json:
        print_json({"folder": in_json(folder), "files": [*map(_facts, made.files)],
                    "stale": [*map(in_json, made.stale)], "review": review})
        return
    for name in made.stale:
        say(f"{shown(name)} belongs to no set; it was left as it is")
    for file in made.files:
        print_line(shown(folder / file.file))


def _facts(made: MadeSet) -> dict[str, Any]:
    """A file as JSON; the keys are a promise."""
    return {"file": made.file, "language": made.language, "pages": made.pages,
            "cause": made.cause or None, "title": made.title or None, "waits": made.waits}
