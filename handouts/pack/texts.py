"""Every text of a language by its slot: how long it may be, what it may claim, what it cites."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from handouts.pack.contract import unknown_ids
from handouts.pack.structure import Info, Structure
from handouts.pack.words import Words

LONGER = 1.25  # other languages may take so much more room than the default one
Said = list[tuple[str, str]]  # each text with its slot
_SOURCE = re.compile(r"\[([a-z0-9-]+)\]")
_MARKS = re.compile(r"\*\*|\[[a-z0-9-]+\]|\{[A-Z_]+\}")


def texts(words: Words) -> Iterator[tuple[str, str]]:
    """Every text of a language with its slot, such as "tips.shoes.title"."""
    yield from _texts(msgspec.to_builtins(words), "")


def _texts(data: Any, slot: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield slot, data
    elif isinstance(data, Mapping):
        for key, value in data.items():
            yield from _texts(value, f"{slot}.{key}" if slot else key)
    elif isinstance(data, list | tuple):
        for at, value in enumerate(data):
            yield from _texts(value, f"{slot}[{at}]")


def over_budget(info: Info, said: Said, language: str) -> Iterator[str]:
    """The texts that have more characters than pack.toml gives their slot, a line each."""
    room = 1 if language in info.languages[:1] else LONGER
    budgets = {name: int(budget * room) for name, budget in info.budgets.items()}
    for slot, text in said:
        budget = next((budgets[name] for name in _slot_of(slot) if name in budgets), None)
        length = len(_MARKS.sub("", text))
        if budget is not None and length > budget:
            yield f"{language}/{slot}: {length} characters, the slot holds {budget}"


def forbidden(info: Info, said: Said, language: str) -> Iterator[str]:
    """The texts that hold one of pack.toml's banned phrases, a line each."""
    phrases = [(phrase, phrase.lower()) for phrase in info.banned.get(language, ())]
    for slot, text in said:
        lowered = text.lower()
        for phrase, sought in phrases:
            if sought in lowered:
                yield f"{language}/{slot}: the phrase '{phrase}' claims more than is known"


def unknown_sources(structure: Structure, said: Said, language: str) -> Iterator[str]:
    """The sources that a text cites and the pack does not name, a line each."""
    for slot, text in said:
        yield from unknown_ids(_SOURCE.findall(text), structure.sources, f"{language}/{slot}")


def _slot_of(slot: str) -> Iterator[str]:
    """The budget names that a slot may fall under: "tips.shoes.title" → "tips.title", "tips"."""
    # What somebody else is told has the room of the slot in whose place it stands.
    steps = re.sub(r"\[\d+\]|^instead\.[^.]+\.", "", slot).split(".")
    if len(steps) > 2:
        yield ".".join(steps[:3])
        yield f"{steps[0]}.{steps[1]}.{steps[-1]}"
    yield f"{steps[0]}.{steps[-1]}"
    yield f"{steps[0]}.{steps[1] if len(steps) > 1 else ''}"
    yield steps[0]
