"""handouts export: handouts for other systems."""

import json
from pathlib import Path

import click

from handouts.catalogue import load_catalogue
from handouts.commands import options
from handouts.export import openemr
from handouts.make import today
from handouts.paths import brand_path, cache_folder, records_folder
from handouts.press import Press
from handouts.records import Records
from handouts.store import Store


@click.group("export")
def command() -> None:
    """Handouts for other systems.

    \b
    handouts export openemr education
    """


@command.command("openemr")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", "languages", multiple=True, metavar="LANG",
              help="A language (repeat); default: all that OpenEMR and the pack have.")
@options.brand
@options.force
@options.as_json("Say what was made, as JSON.")
def export_openemr(folder: Path, languages: tuple[str, ...], brand: Path | None,
                   force: bool, as_json: bool) -> None:
    """Fill the folder of PDFs that OpenEMR serves: one for each mapped code and language.

    \b
    handouts export openemr /var/www/openemr/sites/default/documents/education
    """
    press = Press(brand_path(brand), store=Store(cache_folder()),
                  records=Records(records_folder()))
    made = openemr(folder, press, load_catalogue(), today(), languages=languages,
                   force=force)
    facts = {"folder": str(folder), "files": len(made.files), "handouts": made.handouts,
             "stale": list(made.stale)}
    click.echo(json.dumps(facts) if as_json else str(folder))
    options.tell_problem(press.records)
    if not as_json:
        click.echo(f"{len(made.files)} files, {made.handouts} different handouts; "
                   f"{len(made.stale)} files of no mapped code", err=True)
