"""handouts infobutton: the answer to an EHR's question."""

import re
from pathlib import Path

import click

from handouts.brand.brand import find_brand
from handouts.commands import misuse, options
from handouts.commands.streams import print_bytes
from handouts.errors import InputError
from handouts.infobutton import answer, pairs_of
from handouts.pack.catalogue import load_catalogue

_BASE = re.compile(r"https?://[^\s?#\"'<>]+")


def _base_url(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if value and not _BASE.fullmatch(value):
        raise misuse.Misuse("--base-url: write an address such as https://handouts.example.", ctx)
    return value


@click.command("infobutton", cls=misuse.Command)
@click.argument("query")
@click.option("--base-url", default="", metavar="URL", callback=_base_url,
              help="Where the handouts are served; put before each link.")
@options.brand
def command(query: str, base_url: str, brand: Path | None) -> None:
    """Answer an EHR's Infobutton question: the handouts for its codes, as Atom or JSON.

    \b
    handouts infobutton \\
      "mainSearchCriteria.v.c=M17.11&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"

    Further codes are numbered (mainSearchCriteria.v.c1). Age, names and places are not repeated.
    """
    found = answer(pairs_of(query), load_catalogue(), find_brand(brand), base_url=base_url)
    if found.status != 200:
        raise InputError(found.body.decode().strip(), where=f"query ({found.status})",
                         cure="Write it as in: handouts infobutton --help")
    print_bytes(found.body + b"\n")
