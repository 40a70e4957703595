"""handouts show: what a handout was, by the id at its foot."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line
from handouts.compose.identity import tidied
from handouts.errors import InputError
from handouts.press.records import FIRST


@click.command("show", cls=misuse.Command)
@click.argument("identity", metavar="ID")
@click.option("--text", is_flag=True, help="All that it said, a line for each text.")
@options.as_json("As JSON.")
def command(identity: str, text: bool, as_json: bool) -> None:
    """Tell what was given, by the id under "About this handout".

    \b
    handouts show 7K3F-9Q2M
    handouts show 7K3F-9Q2M --text

    The records lie on this computer, or where $HANDOUTS_RECORDS says; none is about a patient.
    """
    facts = options.kept_records().of(tidied(identity))
    if as_json:
        print_json(facts)
    elif text:
        print_line("\n".join(_words(facts)))
    else:
        for name, value in _lines(facts):
            print_line(f"{name}\t{value}")


def _words(facts: Mapping[str, Any]) -> list[str]:
    if not isinstance(facts.get("words"), list):
        raise InputError("was kept by a version that kept no words", where=str(facts["id"]),
                         cure="Print it again with that version; its record tells the choices.")
    return [str(text) for text in facts["words"]]


def _lines(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The facts for people; what a record of another version lacks is left out."""
    yield "id", facts["id"]
    yield "content version", str(facts.get("content_version", ""))
    yield "content", str(facts.get("content", "not told"))
    yield "review", _review(facts.get("review"))
    if facts.get("pack"):
        yield "pack", str(facts["pack"])
    yield "cause", str(facts.get("cause", ""))
    yield "state", "screened" if facts.get("screened") else str(facts.get("state", ""))
    yield "side", str(facts.get("side") or "not told")
    yield "flags", _listed(facts.get("flags"))
    doses = facts.get("doses") or {}
    yield "massages", _listed([_massage(name, doses.get(name)) for name in
                               facts.get("massages") or ()])
    if facts.get("waits"):
        yield "massage must wait", _listed(facts["waits"])
    yield "tips", _listed(facts.get("tips"))
    yield "edition", str(facts.get("edition", "not told"))
    yield "language", str(facts.get("language", ""))
    yield "first printed here", str(facts.get(FIRST, ""))


def _review(told: Any) -> str:
    """How the content stood when it was printed."""
    if not isinstance(told, dict):
        return "not told"
    by = f" by {', '.join(told['by'])} on {told['on']}" if told.get("by") else ""
    return f"{options.SAID.get(str(told.get('state')), 'not told')}{by}"


def _listed(names: Any) -> str:
    return ", ".join(map(str, names or ())) or "none"


def _massage(name: str, dose: Any) -> str:
    """A massage with its dose, such as `self-massage (20-25 min, 2/week)`."""
    if not dose:
        return name
    minutes = "-".join(str(number) for number in dict.fromkeys(dose["minutes"]))
    return f"{name} ({minutes} min, {dose['times']}/week)"
