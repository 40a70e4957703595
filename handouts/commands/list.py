"""handouts list: what can be asked for."""

import json
from collections.abc import Iterable
from typing import Any

import click

from handouts.catalogue import load_catalogue
from handouts.commands import options

LISTS = ("causes", "states", "massages", "tips", "flags", "languages")


@click.command("list")
@click.argument("what", type=click.Choice(LISTS))
@options.as_json()
def command(what: str, as_json: bool) -> None:
    """List what can be asked for.

    \b
    handouts list causes
    handouts list states --json
    """
    for entry in _entries(load_catalogue(), what):
        if as_json:
            click.echo(json.dumps(entry, ensure_ascii=False))
        else:
            click.echo("\t".join(str(value) for value in entry.values()))


def _entries(catalogue: Any, what: str) -> Iterable[dict[str, str]]:
    words = catalogue.words_in(catalogue.languages[0])
    match what:
        case "causes":
            return [{"id": name, "name": words.causes[name].name}
                    for name in catalogue.structure.causes]
        case "states":
            return [{"cause": cause, "id": state, "name": words.causes[cause].states[state]}
                    for cause, data in catalogue.structure.causes.items() for state in data.states]
        case "massages":
            return [{"id": name, "name": words.massages.massages[name].name}
                    for name in catalogue.structure.massages]
        case "tips":
            return [{"id": name, "name": words.tips[name].title}
                    for name in catalogue.structure.tips]
        case "flags":
            return [{"id": name, "name": words.flags[name].name}
                    for name in catalogue.structure.flags]
        case _:
            return [{"id": language, "review": _review(catalogue.info.review.get(language))}
                    for language in catalogue.languages]


def _review(review: Any) -> str:
    """The review state of one language."""
    return f"reviewed by {review.by}, {review.on}" if review else "draft, not yet reviewed"
