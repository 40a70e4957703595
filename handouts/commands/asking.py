"""Numbered questions on a terminal, for whoever names no cause."""

import sys
from typing import Any

import click

from handouts.catalogue import load_catalogue
from handouts.commands.options import IsoDate
from handouts.safety import decide


def asked(given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Cause, state, flags, massages and name from numbered choices; only on a terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("Name a cause (handouts list causes) or give --code.")
    catalogue = load_catalogue()
    words = catalogue.words_in(given["language"] or catalogue.languages[0])
    cause = _one_of("Cause", {name: words.causes[name].name for name in catalogue.structure.causes})
    states = words.causes[cause].states
    state = given["state"] or _one_of(
        "What did you find", {"": "not examined: the screened variant", **states})
    flags = given["flags"] or _some_of(
        "Flags", {name: words.flags[name].name for name in catalogue.structure.flags})
    advice = decide(catalogue, cause, state or None, flags=flags)
    allowed = {name: words.massages.massages[name].name
               for name, ruling in advice.rulings.items() if ruling.allowed}
    massages = given["massages"] or (
        _some_of("Massages (Enter: the recommended ones)", allowed) if allowed else ())
    more = {"state": state or None, "flags": flags, "massages": massages}
    needs_day = bool(state) and catalogue.cause(cause).states[state].cleared
    if needs_day and given["cleared_on"] is None:
        day = click.prompt("Cleared on (YYYY-MM-DD)", err=True)
        more["cleared_on"] = IsoDate().convert(day, None, None)
    if not given["patient"]:
        more["patient"] = click.prompt("Patient's name (Enter: a blank line)", default="",
                                       show_default=False, err=True)
    return cause, {**given, **more}


def _list_choices(title: str, choices: dict[str, str]) -> list[str]:
    click.echo(f"\n{title}:", err=True)
    for number, (name, words) in enumerate(choices.items(), 1):
        click.echo(f"  {number:2}  {words}" + (f"  ({name})" if name else ""), err=True)
    return list(choices)


def _one_of(title: str, choices: dict[str, str]) -> str:
    names = _list_choices(title, choices)
    number = click.prompt("Number", type=click.IntRange(1, len(names)), err=True)
    return names[number - 1]


def _some_of(title: str, choices: dict[str, str]) -> tuple[str, ...]:
    names = _list_choices(title, choices)
    while True:
        answer = click.prompt("Numbers, or Enter for none", default="", show_default=False,
                              err=True)
        parts = answer.replace(",", " ").split()
        if all(part.isdecimal() and 1 <= int(part) <= len(names) for part in parts):
            return tuple(names[int(part) - 1] for part in parts)
        click.echo(f"Numbers from 1 to {len(names)}, please.", err=True)
