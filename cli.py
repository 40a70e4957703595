"""The command line: its commands, and where every error ends.

stdout is the result (paths, JSON, or the PDF itself); stderr is for people. Exit codes: see
`handouts.errors.ExitCode`. The commands are in `handouts.commands`.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from handouts.errors import ExitCode, HandoutError
from handouts.stopping import interruptible

COMMANDS = ("make", "serve", "batch", "set", "export", "infobutton", "list", "show", "protocol",
            "check", "brand", "cache")
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """The commands, each imported when it is asked for: a fast start is a promise."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"handouts.commands.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings=SETTINGS, invoke_without_command=False)
@click.version_option(package_name="handouts", prog_name="handouts")
def handouts() -> None:
    """Knee-pain massage handouts for patients.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts list causes
    """


def main() -> None:
    """The entry point: every error ends here, as one message and an exit code."""
    interruptible()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and gives its exit code."""
    try:
        ended = handouts.main(args=list(arguments), prog_name="handouts", standalone_mode=False)
        return ended or ExitCode.DONE  # Click hands back the code of its Exit
    except HandoutError as error:
        click.echo(f"handouts: {error}", err=True)
        return error.exit_code
    except click.UsageError as error:
        click.echo(_usage(error, arguments), err=True)
        return ExitCode.USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("handouts: interrupted; no half file was left", err=True)
        return ExitCode.INTERRUPTED
    except Exception as error:
        click.echo(_bug(error), err=True)
        return ExitCode.BUG


def _usage(error: click.UsageError, arguments: Sequence[str]) -> str:
    """Click's message, but never a word that may be part of a patient's name."""
    message = error.format_message()
    for typed in arguments:
        if not typed.startswith("-"):
            message = message.replace(f" {typed!r}", " of that name")
    if "unexpected extra argument" in message:
        message = "There are more words than expected. Put a name with spaces into quotes."
    command = error.ctx.command_path if error.ctx else "handouts"
    return f"handouts: {message}\nSee: {command} --help"


def _bug(error: Exception) -> str:
    """A bug in one line: its kind and place, no text that may hold a patient's value."""
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    return (f"handouts: a bug, sorry: {type(error).__name__} in {Path(place.filename).name}, "
            f"line {place.lineno}. No half file was left. Please report this line.")


if __name__ == "__main__":
    main()
