"""handouts list: what can be asked for."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from handouts.brand.brand import read_brand
from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line
from handouts.pack.catalogue import load_catalogue
from handouts.paths import brand_path

LISTS = ("causes", "states", "massages", "tips", "questions", "terms", "flags", "languages")


@click.command("list", cls=misuse.Command)
@click.argument("what", type=click.Choice(LISTS))
@options.pack
@options.brand
@options.as_json()
def command(what: str, pack: Path | None, brand: Path | None, as_json: bool) -> None:
    """List what can be asked for.

    \b
    handouts list causes
    handouts list states --json
    handouts list languages --brand my-clinic

    Languages are told with the review of the content, and the practice's own from its brand file.
    """
    catalogue = load_catalogue(folder=pack)
    entries = (_languages(catalogue, read_brand(brand_path(brand)).review) if what == "languages"
               else _entries(catalogue, what))
    for entry in entries:
        if as_json:
            print_json(entry)
        else:
            print_line("\t".join(str(value) for value in entry.values()))


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
        case "questions":
            return [{"id": name, "name": words.questions[name].question}
                    for name in catalogue.structure.questions]
        case "terms":
            return [{"id": name, "name": term.term} for name, term in words.glossary.items()]
        case _:
            return [{"id": name, "name": words.flags[name].name}
                    for name in catalogue.structure.flags]


def _languages(catalogue: Any, own: Any) -> Iterable[dict[str, str]]:
    """Each language with the pack's review of it, and the practice's own."""
    return [{"id": language, "review": _review(catalogue.info.review.get(language)),
             "practice": _own(own, language, catalogue.info.version)}
            for language in catalogue.languages]


def _review(review: Any) -> str:
    """The review state of one language."""
    return f"reviewed by {review.by}, {review.on}" if review else "draft, not yet reviewed"


def _own(review: Any, language: str, version: str) -> str:
    """What the practice's own review says of a language, as its handouts take it."""
    if not review.by or language not in review.languages:
        return "no review of its own"
    if not review.covers(language, version):
        return f"its review is of content version {review.content_version}, not of {version}"
    return _review(review)
