"""What only the full edition prints, topics and exercises: tables and their words."""

from typing import Literal

from msgspec import Struct

from handouts.pack.care import Offer


class TopicData(Struct, frozen=True):
    """A card of the full edition: its page and looks, and where it may stand; see topics.toml."""

    page: Literal["visit", "day", "move"]
    kind: Literal["know", "do", "care"]
    badge: str
    when: Literal["", "massage", "wait"] = ""
    massage: str = ""
    on: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


class ExerciseData(Struct, frozen=True):
    """An exercise that is drawn in the full edition, by one picture or from start to end; see
    exercises.toml."""

    figures: tuple[str, ...]
    causes: tuple[str, ...]
    examined: bool = False


class TopicPart(Struct, frozen=True):
    """A part of a topic under a heading of its own."""

    title: str
    lines: tuple[str, ...]


class TradeWords(Struct, frozen=True):
    """So much of one thing that brings so much of another, as a sentence in five parts."""

    give: str
    of: str
    brings: str
    get: str
    less: str


class TopicWords(Struct, frozen=True):
    """A topic: parts beside each other, a trade, lines, boxes to tick, a closing text, lines to
    write on."""

    title: str
    parts: tuple[TopicPart, ...] = ()
    trade: TradeWords | None = None
    lines: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    text: str = ""
    blanks: tuple[str, ...] = ()


class FindingData(Struct, frozen=True):
    """A finding of studies; a flag may forbid what it `offers`."""

    offers: tuple[Offer, ...] = ()


class ExerciseWords(Struct, frozen=True):
    """An exercise: what to do, what it feels like, what to take care of, when to stop, and a line
    for the clinician to write on."""

    title: str
    text: str
    feel: str = ""
    care: str = ""
    stop: str = ""
    blank: str = ""
