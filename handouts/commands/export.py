"""handouts export: handouts for other systems."""

from pathlib import Path

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, reporting, say
from handouts.export import openemr
from handouts.paths import brand_path, in_json, shown
from handouts.press.press import Press
from handouts.request.days import today


@click.group("export", cls=misuse.Group)
def command() -> None:
    """Handouts for other systems.

    \b
    handouts export openemr education
    """


@command.command("openemr")
@click.argument("folder", type=options.NamedFolder())
@click.option("--lang", "languages", multiple=True, metavar="LANG",
              type=options.PackId("languages"),
              help="A language (repeat); default: all that OpenEMR and the pack have.")
@click.option("--name", "pattern", default="", metavar="PATTERN",
              help="File names for another system, such as '{system}_{code}_{lang}.pdf'.")
@options.pack
@options.brand
@options.force
@options.as_json("Say what was made, as JSON.")
def export_openemr(folder: Path, languages: tuple[str, ...], pattern: str, pack: Path | None,
                   brand: Path | None, force: bool, as_json: bool) -> None:
    """Fill the folder of PDFs that OpenEMR serves: one for each mapped code and language.

    \b
    handouts export openemr /var/www/openemr/sites/default/documents/education
    handouts export openemr handouts --name "{system}_{code}_{lang}.pdf"
    """
    press = Press(brand_path(brand), pack=pack, store=options.store(), records=options.records())
    made = openemr(folder, press, today(), languages=languages, pattern=pattern, force=force)
    review = {name: press.reviews(today()).standing(name).state
              for name in sorted({served.language for served in made.files})}
    facts = {"folder": in_json(folder), "files": len(made.files), "handouts": made.handouts,
             "stale": [*map(in_json, made.stale)], "review": review}
    options.warn_of_records(press.records)
    options.warn_of_review(review)
    if not as_json:
        say(f"{len(made.files)} files, {made.handouts} different handouts; "
            f"{len(made.stale)} files of no mapped code")
    with reporting("The files are"):
        if as_json:
            print_json(facts)
        else:
            print_line(shown(folder))
