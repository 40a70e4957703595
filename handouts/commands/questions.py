"""Numbered questions on a terminal, for whoever names no cause."""

from typing import Any

import click

from handouts.commands.misuse import Misuse
from handouts.commands.options import IsoDate
from handouts.commands.streams import has_terminal, say
from handouts.pack.pack import load_pack
from handouts.rules.safety import decide


def ask_choices(given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Cause, state, flags, massages and name from numbered choices; only on a terminal."""
    if not has_terminal():
        raise Misuse("Name a cause (handouts list causes) or give --code.")
    pack = load_pack(folder=given["pack"])
    words = pack.words_in(given["language"] or pack.languages[0])
    cause = _one_of("Cause", {name: words.causes[name].name for name in pack.structure.causes})
    states = words.causes[cause].states
    state = given["state"] or _one_of(
        "What did you find", {"": "not examined: the screened variant", **states})
    flags = given["flags"] or _some_of(
        "Flags", {name: words.flags[name].name for name in pack.structure.flags})
    advice = decide(pack, cause, state or None, flags=flags)
    allowed = {name: words.massages.massages[name].name
               for name, ruling in advice.rulings.items() if ruling.allowed}
    massages = given["massages"] or (
        _some_of("Massages (Enter: the recommended ones)", allowed) if allowed else ())
    more = {"state": state or None, "flags": flags, "massages": massages}
    needs_day = bool(state) and pack.cause(cause).states[state].cleared
    if needs_day and given["cleared_on"] is None:
        day = click.prompt("Cleared on (YYYY-MM-DD)", err=True)
        more["cleared_on"] = IsoDate().convert(day, None, None)
    if not given["patient"]:
        more["patient"] = click.prompt("Patient's name (Enter: a blank line)", default="",
                                       show_default=False, err=True)
    return cause, {**given, **more}


def _list_choices(title: str, choices: dict[str, str]) -> list[str]:
    say(f"\n{title}:")
    for number, (name, words) in enumerate(choices.items(), 1):
        say(f"  {number:2}  {words}" + (f"  ({name})" if name else ""))
    return list(choices)


def _one_of(title: str, choices: dict[str, str]) -> str:
    names = _list_choices(title, choices)
    while True:
        answer = click.prompt("Number", err=True).strip()
        if answer.isdecimal() and 1 <= int(answer[:9]) <= len(names):
            return names[int(answer) - 1]
        say(f"A number from 1 to {len(names)}, please.")


def _some_of(title: str, choices: dict[str, str]) -> tuple[str, ...]:
    names = _list_choices(title, choices)
    while True:
        answer = click.prompt("Numbers, or Enter for none", default="", show_default=False,
                              err=True)
        parts = answer.replace(",", " ").split()
        if all(part.isdecimal() and 1 <= int(part) <= len(names) for part in parts):
            return tuple(names[int(part) - 1] for part in parts)
        say(f"Numbers from 1 to {len(names)}, please.")
