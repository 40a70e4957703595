"""The command line: its commands, and where every error ends.

stdout is the result (paths, JSON, or the PDF itself); stderr is for people. Exit codes: see
`handouts.errors.ExitCode`. The commands are in `handouts.commands`.
"""

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from handouts.commands import misuse
from handouts.commands.streams import say, take_over
from handouts.errors import ExitCode, HandoutError, OutputError, StdoutError
from handouts.system.stopping import interruptible

COMMANDS = ("make", "serve", "desktop", "batch", "set", "export", "infobutton", "list", "show",
            "recall", "protocol", "review", "check", "brand", "cache")
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(misuse.Group):
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
    """Massage handouts for patients in pain.

    \b
    handouts make osteoarthritis --patient "Ana Ruiz" --side left
    handouts list causes
    """


def main() -> None:
    """The entry point: every error ends here, as one message and an exit code."""
    take_over()
    if not sys.warnoptions:  # a library's warnings are for whoever works on this program
        warnings.simplefilter("ignore")
    interruptible()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and gives its exit code."""
    try:
        _stand_somewhere()
        ended = handouts.main(args=list(arguments), prog_name="handouts", standalone_mode=False)
        return ended or ExitCode.DONE  # Click hands back the code of its Exit
    except HandoutError as error:
        if not (isinstance(error, StdoutError) and error.is_unread):
            say(f"handouts: {error}")
        return error.exit_code
    except click.UsageError as error:
        say(_usage(error))
        return ExitCode.USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("handouts: interrupted; no half file was left")
        return ExitCode.INTERRUPTED
    except MemoryError:
        say("handouts: there is not enough memory\n"
            "Close other programs; a batch needs less with --jobs 1.")
        return ExitCode.OUTPUT
    except Exception as error:
        from handouts.system import bugs

        say(bugs.bug_line(error))
        return ExitCode.BUG


def _stand_somewhere() -> None:
    """Raises OutputError in a folder that was deleted, where libraries can't even be imported."""
    try:
        Path.cwd()
    except OSError as error:
        raise OutputError("the folder that you are in is gone",
                          cure="Go to another one and run the same again.") from error


def _usage(error: click.UsageError) -> str:
    """What was typed wrong; without any arguments, the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.ctx.get_help()
    command = error.ctx.command_path if error.ctx else "handouts"
    return f"handouts: {misuse.words(error)}\nSee: {command} --help"


if __name__ == "__main__":
    main()
