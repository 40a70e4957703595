"""handouts check: what is wrong with finished PDFs."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from handouts.check import check_files
from handouts.commands import options
from handouts.errors import ExitCode


@click.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path),
                metavar="PDF...")
@options.as_json("As JSON, an object a file and line.")
def command(files: Sequence[Path], as_json: bool) -> None:
    """Check finished PDFs, of any make: tags, standards, clear print, words, disclaimer.

    \b
    handouts check osteoarthritis.pdf
    handouts check --json *.pdf

    Ends with 1 if a file has faults, with 3 if a file can't be opened or takes too long; the others
    are checked all the same.
    """
    codes, notes = [ExitCode.DONE], dict[str, None]()
    for result in check_files(files):
        codes.append(result.exit_code)
        for line in [json.dumps(result.as_dict())] if as_json else result.lines():
            click.echo(line)
        notes.update(dict.fromkeys(result.unchecked))
        if result.error is not None:
            click.echo(f"handouts: {result.error}", err=True)
    for note in notes:
        click.echo(f"handouts: {note}", err=True)
    raise click.exceptions.Exit(max(codes))
