"""What was typed wrong, in words of our own that repeat nothing of it.

Click's messages hold what was typed, and a patient's name without quotes, or behind the wrong
option, would come back in them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

import click


class Misuse(click.UsageError):
    """A command used wrong, told in words that hold nothing that was typed."""


class Command(click.Command):
    """A command whose misuses know that they are of it; its help shows options in their groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the options, each group under its heading (`options.together`)."""
        groups: dict[str, list[tuple[str, str]]] = {}
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        for option in sorted(options, key=lambda option: not hasattr(option, "group")):
            if record := option.get_help_record(ctx):
                groups.setdefault(getattr(option, "group", "Other"), []).append(record)
        for title, rows in groups.items():
            with formatter.section(title if len(groups) > 1 else "Options"):
                formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the arguments; what takes one value is given once, and not as nothing."""
        try:
            given, _, order = self.make_parser(ctx).parse_args([*args])
            _refuse_repeats(order, ctx)
            _refuse_empty(order, given, ctx)
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Group(click.Group):
    """A group of commands; one that does not exist is not repeated."""

    command_class = Command

    def resolve_command(self, ctx: click.Context,
                        args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name."""
        if self.get_command(ctx, args[0]) is None and args[0][:1] != "-":
            _refuse_command(self, ctx, args[0])
        return super().resolve_command(ctx, args)


def words(error: click.UsageError) -> str:
    """What is wrong, and how to write it."""
    if isinstance(error, Misuse):
        return error.message
    kinds: dict[type[click.UsageError], Callable[[Any], str]] = {
        click.NoSuchOption: _unknown_option, click.MissingParameter: _missing,
        click.BadParameter: _bad_value, click.BadOptionUsage: _bad_option}
    told = next((kinds[kind] for kind in type(error).__mro__ if kind in kinds), None)
    # Click has one more kind: words left over at the end.
    return told(error) if told else (
        "There are more words than expected. Put a name with spaces into quotes.")


def _refuse_command(group: click.Group, ctx: click.Context, typed: str) -> NoReturn:
    from difflib import get_close_matches

    known = group.list_commands(ctx)
    near = get_close_matches(typed, known, n=1)
    cure = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
    raise Misuse(f"There is no such command. {cure}", ctx)


def _refuse_repeats(order: Iterable[click.Parameter], ctx: click.Context) -> None:
    """Raises Misuse for a second value of what takes one: nobody sees which of them would hold."""
    seen = set[str]()
    for param in order:
        takes_one = isinstance(param, click.Option) and not (param.multiple or param.is_flag)
        if takes_one and _name(param) in seen:
            raise Misuse(f"{_name(param)} stands there twice. Give it once.", ctx)
        seen.add(_name(param))


def _refuse_empty(order: Iterable[click.Parameter], given: Mapping[str, Any],
                  ctx: click.Context) -> None:
    """Raises Misuse for an empty value, but where leaving it out means the same."""
    for param in order:
        values = given.get(param.name or "")
        if "" in (values if isinstance(values, (list, tuple)) else [values]) and (
                param.default != "" and not _says_itself(param)):
            cure = "Give it a value" + ("." if param.required else ", or leave it out.")
            raise Misuse(f"{_name(param)} is empty. {cure}", ctx)


def _says_itself(param: click.Parameter) -> bool:
    """Whether what it is says what may stand in place of nothing: a choice, a date, an id."""
    return isinstance(param.type, click.Choice) or param.type.name == "date" or (
        isinstance(param, click.Option) and param.multiple)


def _unknown_option(error: click.NoSuchOption) -> str:
    near = f" Did you mean {' or '.join(error.possibilities)}?" if error.possibilities else ""
    return f"There is no such option.{near}"


def _missing(error: click.MissingParameter) -> str:
    return f"{_name(error.param)} is missing."


def _bad_option(error: click.BadOptionUsage) -> str:
    params = error.ctx.command.params if error.ctx else []
    option = next((param for param in params if error.option_name in param.opts), None)
    if not isinstance(option, click.Option):
        return "An option is written wrong."
    return f"{_name(option)} takes no value." if option.is_flag else (
        f"{_name(option)} needs a value.")


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    match kind:
        case click.Choice():
            rule = f"choose {' or '.join(map(str, kind.choices))}"
        case click.IntRange():
            most = f" to {kind.max}" if kind.max is not None else " on"
            rule = f"write a whole number from {kind.min}{most}"
        case click.Path():
            what = "folder" if kind.dir_okay and not kind.file_okay else "file"
            rule = f"there is no such {what}, or you may not read it"
        case _:
            rule = "its value can't be used"
    return f"{_name(error.param)}: {rule}."


def _name(param: click.Parameter | None) -> str:
    """What a parameter is called in the help."""
    if param is None:
        return "A value"
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.name or "").rstrip(".").upper()
