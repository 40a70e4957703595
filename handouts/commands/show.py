"""handouts show: what a handout was, by the id at its foot."""

from collections.abc import Iterator, Mapping
from typing import Any

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line
from handouts.compose.identity import tidied
from handouts.errors import UsageError
from handouts.press.records import FIRST


@click.command("show", cls=misuse.Command)
@click.argument("identity", metavar="ID")
@options.as_json("As JSON.")
def command(identity: str, as_json: bool) -> None:
    """Tell what was given, by the id at the foot of every page.

    \b
    handouts show 7K3F-9Q2M

    The records lie on this computer, or where $HANDOUTS_RECORDS says; none is about a patient.
    """
    records = options.records()
    if records is None:
        raise UsageError("there is no home folder that could hold records", where="id",
                         cure="Set $HOME, or $HANDOUTS_RECORDS to the folder of your practice's.")
    facts = records.of(tidied(identity))
    if as_json:
        print_json(facts)
        return
    for name, value in _lines(facts):
        print_line(f"{name}\t{value}")


def _lines(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The facts for people; what a record of another version lacks is left out."""
    yield "id", facts["id"]
    yield "content version", str(facts.get("content_version", ""))
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
    yield "language", str(facts.get("language", ""))
    yield "first printed here", str(facts.get(FIRST, ""))


def _listed(names: Any) -> str:
    return ", ".join(map(str, names or ())) or "none"


def _massage(name: str, dose: Any) -> str:
    """A massage with its dose, such as `self-massage (20-25 min, 2/week)`."""
    if not dose:
        return name
    minutes = "-".join(str(number) for number in dict.fromkeys(dose["minutes"]))
    return f"{name} ({minutes} min, {dose['times']}/week)"
