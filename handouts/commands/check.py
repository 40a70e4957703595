"""handouts check: what is wrong with finished PDFs."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, say
from handouts.errors import ExitCode, HandoutError, InputError, UsageError


@click.command("check", cls=misuse.Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path),
                metavar="PDF...")
@options.pack
@options.as_json("As JSON, an object a file and line.")
def command(files: Sequence[Path], pack: Path | None, as_json: bool) -> None:
    """Check finished PDFs, of any make: tags, standards, clear print, words, disclaimer.

    \b
    handouts check osteoarthritis.pdf
    handouts check --json *.pdf

    Each file is checked in a process of its own, in at most nine seconds of processor time and, on
    Linux, 448 MB of memory. Ends with 1 if a file has faults (advice alone does not count), with 3
    if a file can't be opened or takes too long; the others are checked all the same.
    """
    try:
        import handouts.check.access  # noqa: F401 (the first that needs it)
        from handouts.check import check_files
    except ImportError as error:
        raise UsageError("needs a library more, to read PDFs", where="check",
                         cure="pip install 'handouts[check]'") from error
    codes, notes = [ExitCode.DONE], dict[str, None]()
    for number, result in enumerate(check_files(files, pack=pack), 1):
        codes.append(result.exit_code)
        notes.update(dict.fromkeys(result.unchecked))
        if result.error is not None:
            say(f"handouts: {_placed(result.error, result.file, number)}")
        if as_json:
            print_json(result.as_dict())
        for line in () if as_json else result.lines():
            print_line(line)
    for note in notes:
        say(f"handouts: {note}")
    raise click.exceptions.Exit(max(codes))


def _placed(error: HandoutError, file: Path, number: int) -> HandoutError:
    """The error of a file; one that is not there may be a name in the wrong place, and is told by
    its number."""
    if os.path.lexists(file):
        return error
    return InputError("there is no such file", where=f"file {number}", cure=error.cure)
