"""handouts cache: the pages laid out before."""


import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, say
from handouts.paths import in_json, shown
from handouts.system.store import CAP


@click.group("cache", cls=misuse.Group)
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
    store = options.store()
    entries, size = store.info() if store else (0, 0)
    facts = {"folder": shown(store.folder) if store else None, "entries": entries, "bytes": size,
             "most": CAP}
    if as_json:
        print_json({**facts, "folder": in_json(store.folder) if store else None})
    else:
        print_line("\n".join(f"{name}\t{value}" for name, value in facts.items()))


@command.command("clear")
def cache_clear() -> None:
    """Delete what the cache holds; handouts are the same without it.

    \b
    handouts cache clear
    """
    store = options.store()
    say(f"{store.clear() if store else 0} entries deleted")
