"""review.toml → the signatures under a pack's content, and how it stands on a day.

A signature is of one content (its digest) in one language, for some causes or all, by somebody with
a role and a registration, from one day to another. It holds for nothing else.
"""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from handouts.pack import reading

FILE = "review.toml"
LONGEST = datetime.timedelta(days=3 * 366)  # PIF TICK: content is reviewed every three years
State = Literal["signed", "expired", "changed", "own", "draft"]
REGISTERED = "registered as "
SHORTEST = 4  # letters of a title
STATES: tuple[State, ...] = ("signed", "expired", "changed", "own", "draft")  # the best first
_LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*\S[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$"


def _line(limit: int) -> Meta:
    return Meta(max_length=limit, pattern=_LINE,
                description=f"one line of text, in quotes, of at most {limit} characters")


class Signature(Struct, frozen=True):
    """Who reviewed which content; without causes it is of all of them."""

    language: str
    digest: str
    version: str
    name: Annotated[str, _line(40)]
    role: Annotated[str, _line(60)]
    registration: Annotated[str, _line(60)]
    on: datetime.date
    until: datetime.date
    causes: tuple[str, ...] = ()
    interests: str = "none"

    def is_of(self, language: str, cause: str) -> bool:
        """Whether it is of a cause in a language; of no cause in particular, of all causes."""
        return self.language == language and (not self.causes or cause in self.causes)


class ReviewFile(Struct, frozen=True, rename={"signatures": "signature"}):
    """review.toml: its signatures in the order in which they were given."""

    signatures: tuple[Signature, ...] = ()


class Standing(NamedTuple):
    """How a content stands on a day: `by` and `on` are of the signatures that hold, or of the last
    one that does not; `until` is the last day of the latest."""

    state: State
    by: tuple[tuple[str, datetime.date], ...] = ()
    until: datetime.date | None = None


class Asked(NamedTuple):
    """What a standing is asked of: a content in a language, for a cause, on a day; the content is
    of the day `since`, and `own` says that the templates are the practice's own."""

    language: str
    cause: str
    digest: str
    day: datetime.date
    since: datetime.date = datetime.date.min
    own: bool = False


def standing(packs: Iterable[Signature], practices: Iterable[Signature], asked: Asked) -> Standing:
    """How a content stands by the pack's signatures and those of the practice."""
    both = [[one for one in given if one.is_of(asked.language, asked.cause)
             and one.on <= asked.day] for given in (packs, practices)]
    held = [[one for one in given if one.digest == asked.digest and one.on >= asked.since]
            for given in both]
    valid = [[one for one in given if one.until >= asked.day] for given in held]
    if any(valid):
        return _told("signed", (given[-1] for given in valid if given))
    if any(held):
        return _told("expired", (given[-1] for given in held if given))
    if asked.own:
        return Standing("own")
    last = sorted((one for given in both for one in given), key=lambda one: one.on)
    return _told("changed", last[-1:]) if last else Standing("draft")


def _told(state: State, signatures: Iterable[Signature]) -> Standing:
    found = list(signatures)
    return Standing(state, tuple((one.name, one.on) for one in found),
                    max(one.until for one in found))


def turns(signatures: Iterable[Signature]) -> tuple[datetime.date, ...]:
    """The days after which a content may stand otherwise than before."""
    day = datetime.timedelta(days=1)
    return tuple(sorted({turn for one in signatures for turn in (one.on - day, one.until)}))


def worst(states: Iterable[State]) -> State:
    """The state that says least for a content; of none it is a draft."""
    return max(states, key=STATES.index, default="draft")


def is_licensed(role: str, roles: Iterable[str]) -> bool:
    """Whether a role is one of a pack's, or the title of another country behind "registered as"."""
    told = " ".join(role.casefold().split())
    title = told.removeprefix(REGISTERED)
    return told in map(str.casefold, roles) or (told != title and len(title) >= SHORTEST)


def read_signatures(path: Path, told: list[str]) -> tuple[Signature, ...]:
    """The signatures in a review.toml, none where there is no such file; what is wrong with it is
    added to `told`."""
    if not path.is_file():
        return ()
    table = reading.read_toml(path, told)
    file = table and reading.convert(table, ReviewFile, FILE, told)
    told += problems(file, FILE) if file else ()
    return file.signatures if file else ()


def problems(file: ReviewFile, where: str) -> Iterator[str]:
    """What is wrong with the signatures by themselves, a line each; what is in the future is told
    by whoever knows the day."""
    for at, one in enumerate(file.signatures, 1):
        if not one.on < one.until <= one.on + LONGEST:
            yield (f"{where}: signature {at}: until: let it be after the review, and within three "
                   "years of it")
