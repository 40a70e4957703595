"""handouts list: what can be asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from handouts.brand.brand import read_brand
from handouts.brand.reviews import Reviews
from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line
from handouts.pack.pack import load_pack
from handouts.paths import brand_path
from handouts.request.days import today

LISTS = ("causes", "states", "massages", "tips", "questions", "terms", "flags", "languages")


@click.command("list", cls=misuse.Command)
@click.argument("what", type=click.Choice(LISTS, case_sensitive=False))
@options.pack
@options.brand
@options.as_json()
def command(what: str, pack: Path | None, brand: Path | None, as_json: bool) -> None:
    """List what can be asked for.

    \b
    handouts list causes
    handouts list states --json
    handouts list languages --brand my-clinic

    Languages are told with their content's letters and how its review stands; for its causes see
    'handouts review status'.
    """
    content = load_pack(folder=pack)
    entries = (_languages(Reviews(content, read_brand(brand_path(brand)), today()))
               if what == "languages" else _entries(content, what))
    for entry in entries:
        if as_json:
            print_json(entry)
        else:
            print_line("\t".join(str(value) for value in entry.values()))


def _entries(content: Any, what: str) -> Iterable[dict[str, str]]:
    words = content.words_in(content.languages[0])
    match what:
        case "causes":
            return [{"id": name, "name": words.causes[name].name}
                    for name in content.structure.causes]
        case "states":
            return [{"cause": cause, "id": state, "name": words.causes[cause].states[state]}
                    for cause, data in content.structure.causes.items() for state in data.states]
        case "massages":
            return [{"id": name, "name": words.massages.massages[name].name}
                    for name in content.structure.massages]
        case "tips":
            return [{"id": name, "name": words.tips[name].title}
                    for name in content.structure.tips]
        case "questions":
            return [{"id": name, "name": words.questions[name].question}
                    for name in content.structure.questions]
        case "terms":
            return [{"id": name, "name": term.term} for name, term in words.glossary.items()]
        case _:
            return [{"id": name, "name": words.flags[name].name}
                    for name in content.structure.flags]


def _languages(reviews: Reviews) -> Iterable[dict[str, str]]:
    """Each language with its content and how its review stands, by its worst cause."""
    return [{"id": name, "content": reviews.digest(name),
             "review": options.SAID[reviews.standing(name).state]}
            for name in reviews.pack.languages]
