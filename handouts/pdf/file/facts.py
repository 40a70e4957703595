"""What a plate tells of its handout, in JSON's types: for records, summaries and `make --json`."""

from typing import Literal, TypedDict


class DoseFacts(TypedDict):
    """A massage's dose: minutes from, to; times a week."""

    minutes: list[int]
    times: int


class ReviewFacts(TypedDict):
    """How the content stood when the handout was made: see `brand.reviews`."""

    state: Literal["signed", "expired", "changed", "own", "draft"]
    by: list[str]
    on: str | None
    until: str | None


class HandoutFacts(TypedDict):
    """What to tell of a handout, in JSON's types and without a word of the patient.

    The keys are a promise of the records and, but for its words, of `make --json`.
    """

    pack: str
    cause: str
    state: str | None
    screened: bool
    flags: list[str]
    massages: list[str]
    routine: bool
    waits: list[str]
    tips: list[str]
    side: str | None
    language: str
    format: str | None
    edition: str
    id: str
    content_version: str
    content: str
    review: ReviewFacts
    doses: dict[str, DoseFacts]
    words: list[str]


NO_FACTS: HandoutFacts = {}  # type: ignore[typeddict-item]  # of what is no handout, such as a poster
