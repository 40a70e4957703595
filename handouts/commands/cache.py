"""handouts cache: the pages laid out before."""

import json

import click

from handouts.commands import options
from handouts.paths import cache_folder
from handouts.store import Store


@click.group("cache")
def command() -> None:
    """The pages laid out before, kept to make the next handout fast; no patient data.

    \b
    handouts cache info
    handouts cache clear
    """


@command.command("info")
@options.as_json("As JSON.")
def cache_info(as_json: bool) -> None:
    """Say where the cache is and how large.

    \b
    handouts cache info --json
    """
    store = Store(cache_folder())
    entries, size = store.info()
    facts = {"folder": str(store.folder), "entries": entries, "bytes": size, "most": store.cap}
    if as_json:
        click.echo(json.dumps(facts))
    else:
        click.echo("\n".join(f"{name}\t{value}" for name, value in facts.items()))


@command.command("clear")
def cache_clear() -> None:
    """Delete what the cache holds; handouts are the same without it.

    \b
    handouts cache clear
    """
    click.echo(f"{Store(cache_folder()).clear()} entries deleted", err=True)
