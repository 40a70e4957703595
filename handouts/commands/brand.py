"""handouts brand: start a brand of one's own, or check one."""

from collections.abc import Iterator
from pathlib import Path

import click

from handouts.brand.brand import Brand, contrast, new_brand, read_brand
from handouts.brand.claims import refuse_claims
from handouts.brand.reviews import Reviews
from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, reporting, say
from handouts.pack.pack import load_pack
from handouts.paths import shown
from handouts.pdf.figures.figures import Art, from_svg
from handouts.pdf.figures.proof import Pixels
from handouts.request.days import today


@click.group("brand", cls=misuse.Group)
def command() -> None:
    """Start a brand of your own, or check one.

    \b
    handouts brand new my-clinic
    handouts brand check my-clinic
    """


@command.command("new")
@click.argument("folder", type=options.NamedFolder())
def brand_new(folder: Path) -> None:
    """Start a brand: a commented brand.toml and a logo to replace.

    \b
    handouts brand new my-clinic
    """
    files = new_brand(folder)
    with reporting("Its files are"):
        for path in files:
            print_line(shown(path))


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path), callback=options.brand_that_is_there)
@options.pack
@options.as_json("As JSON.")
def brand_check(file: Path, pack: Path | None, as_json: bool) -> None:
    """Check a brand: every problem at once, or what it holds.

    \b
    handouts brand check my-clinic/brand.toml
    """
    drawn: list[Art | Pixels] = []
    found = read_brand(file, draw=lambda logo: drawn.append(from_svg(logo, "logo")))
    content = load_pack(folder=pack)
    refuse_claims(found, content)
    ratio = round(contrast(found.colours.brand, "#FFFFFF"), 1)
    facts = {"name": found.name, "colour": found.colours.brand, "contrast": ratio,
             "logo": found.logo.kind if found.logo else None, "paper": found.paper,
             "edition": found.edition,
             "emergency": found.emergency,
             "reviewed": Reviews(content, found, today()).is_signed_here}
    if found.review.by:
        say(f"handouts: {options.OLD_REVIEW}")
    for note in _notes(found, drawn):
        say(f"handouts: logo: {note}.")
    if as_json:
        print_json(facts)
    else:
        print_line("\n".join(f"{name}\t{value}" for name, value in facts.items()))


def _notes(brand: Brand, drawn: list[Art | Pixels]) -> Iterator[str]:
    """What the owner of a logo should know of how it is printed."""
    if brand.logo and brand.logo.note:
        yield brand.logo.note
    for found in drawn:
        if isinstance(found, Pixels):
            yield ("the SVG is printed as a picture, 600 dots to the inch, because it has "
                   f"{found.why}; for sharp edges at any size export it as plain shapes")
