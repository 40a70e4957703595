"""handouts recall: every handout that said something."""

import click

from handouts.commands import misuse, options
from handouts.commands.streams import print_json, print_line, say
from handouts.errors import UsageError
from handouts.press.records import FIRST


@click.command("recall", cls=misuse.Command)
@click.argument("words")
@options.as_json()
def command(words: str, as_json: bool) -> None:
    """Find the id of every handout that said these words.

    \b
    handouts recall "snug bandage"

    It looks into the records of what was given, on this computer or where $HANDOUTS_RECORDS says.
    Neither case, white space nor a colon counts. How many records hold no words is told: they were
    kept by an earlier version, or can't be read.
    """
    if not words.strip(": \t\n"):
        raise UsageError("say what to look for", where="words",
                         cure='Write it in quotes: handouts recall "snug bandage"')
    unknown = 0
    for facts, text in options.kept_records().saying(words):
        if not text:
            unknown += 1
        elif as_json:
            print_json({"id": facts["id"], "cause": facts.get("cause"), "text": text,
                        FIRST: facts.get(FIRST)})
        else:
            print_line(f"{facts['id']}\t{facts.get('cause')}\t{facts.get(FIRST)}\t{text}")
    if unknown:
        say(f"handouts: {unknown} records hold no words; nobody knows what they said")
