"""Where each statement prints: the handouts of a language that say it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from handouts.brand.reviews import Reviews
from handouts.compose.compose import compose
from handouts.compose.identity import words_of
from handouts.errors import HandoutError
from handouts.pack.content import statements
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose

_FILLED = re.compile(r"\{[A-Za-z_]+\}|\[[a-z0-9-]+\]|\*\*")
_SHORTEST = 4  # letters: a shorter piece of a statement stands anywhere
_TOLD = 2  # causes or flags that are named; of more, the first and their number


class PrintPlace(NamedTuple):
    """A handout: of a cause in a state, or of one that nobody has seen, with a flag or none."""

    cause: str
    state: str
    flag: str = ""

    def __str__(self) -> str:
        return f"{self.cause} {self.state}{f' + {self.flag}' if self.flag else ''}"


Places = Mapping[str, list[PrintPlace]]


def places(reviews: Reviews, language: str, causes: Iterable[str]) -> Places:
    """The handouts that say a statement, by its name; those with a flag only where it needs one."""
    pieces = {name: _pieces(text) for name, text in
              statements(reviews.pack.words_in(language))}
    found = defaultdict[str, list[PrintPlace]](list)
    for place, request in _asked(reviews, language, tuple(causes)):
        said = _said(reviews, request)
        for name, sought in pieces.items():
            is_needed = not place.flag or not found[name] or found[name][0].flag
            if sought and is_needed and all(piece in said for piece in sought):
                found[name].append(place)
    return found


def told(reviews: Reviews, found: Sequence[PrintPlace]) -> str:
    """Where a statement prints, in few words: whole causes, and flags whatever the cause."""
    if not found:
        return "Only if asked for"
    if found[0].flag:
        return f"With {_few(dict.fromkeys(place.flag for place in found))}"
    by_cause = defaultdict[str, list[str]](list)
    for place in found:
        by_cause[place.cause].append(place.state)
    if all(len(states) > len(reviews.pack.cause(cause).states)
           for cause, states in by_cause.items()) and len(by_cause) > _TOLD:
        return "All causes" if len(by_cause) == len(reviews.pack.structure.causes) else _few(
            by_cause)
    return _few(cause if len(states) > len(reviews.pack.cause(cause).states)
                else f"{cause} ({', '.join(states)})" for cause, states in by_cause.items())


def _few(names: Iterable[str]) -> str:
    every = [*names]
    if len(every) > _TOLD:
        return f"{every[0]} and {len(every) - 1} more"
    return ", ".join(every)


def _asked(reviews: Reviews, language: str,
           causes: Sequence[str]) -> Iterator[tuple[PrintPlace, Request]]:
    """Every handout by the choices of its cause; after those, the ones with a flag."""
    for flag in ("", *reviews.pack.structure.flags):
        for cause in causes:
            for state in (None, *reviews.pack.cause(cause).states):
                cleared = state and reviews.pack.cause(cause).states[state].cleared
                patient = Patient(cleared_on=reviews.day - timedelta(days=1) if cleared else None)
                yield PrintPlace(cause, state or "screened", flag), Request(
                    cause, state, flags=(flag,) if flag else (), language=language,
                    patient=patient)


def _said(reviews: Reviews, request: Request) -> str:
    """All that a handout says; nothing where the rules refuse it."""
    try:
        choices = choose(request, reviews.pack, today=reviews.day)
        return "\n".join(words_of(compose(choices, reviews.pack, reviews.brand,
                                          today=reviews.day, templates=reviews.templates)))
    except HandoutError:
        return ""


def _pieces(text: str) -> list[str]:
    """What a statement says whatever is filled into it."""
    parts = (" ".join(part.split()) for part in _FILLED.split(text))
    long = [part for part in parts if len(part) >= _SHORTEST]
    return long or [text.strip()] if text.strip() else []
