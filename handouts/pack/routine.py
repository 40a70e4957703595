"""The routine in a pack, what rules may take out of it, and its words: routine.toml."""

from typing import Literal

from msgspec import Struct

from handouts.pack.care import Offer


class PartData(Struct, frozen=True):
    """A part of the routine that rules can take out, and the massage whose verdict it takes."""

    massage: str
    follows: Literal["state", "flags"] = "flags"
    region: str = ""
    by_state: bool = False
    offers: tuple[Offer, ...] = ()


class CellData(Struct, frozen=True):
    """One picture-and-words cell of the routine; see routine.toml for what each field means."""

    id: str
    step: int
    minutes: tuple[int, int]
    least: int
    spots: int = 0
    most_seconds: int = 0
    dosed_by: str = ""
    figure: str = ""
    part: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_with: str = ""
    touches: tuple[str, ...] = ()


class MoveData(Struct, frozen=True):
    """A finishing move: one picture of it, and its start and end where these are drawn apart."""

    figure: str
    frames: tuple[str, ...] = ()


class ReminderData(Struct, frozen=True):
    """What to check each time before the routine, unless a flag says it."""

    id: str
    flags: tuple[str, ...] = ()


class RoutineShape(Struct, frozen=True):
    """routine.toml."""

    weeks: int
    weeks_unseen: int
    reminders: tuple[ReminderData, ...]
    cells: tuple[CellData, ...]
    moves: dict[str, MoveData]


class CellWords(Struct, frozen=True):
    """A cell of the routine in words: what to do, how it should feel, what not to do; `short` is
    its text where it has less time than usual, `not_with` is added beside the massage on whose
    days it is skipped, `ready` is what to get ready where it comes first, `narrow` its text where
    rules leave less than all of the places that it touches."""

    title: str
    effort: str
    text: str
    feel: str = ""
    never: str = ""
    short: str = ""
    not_with: str = ""
    ready: str = ""
    narrow: str = ""


class MoveWords(Struct, frozen=True):
    """A finishing move in words: how often, what to do, how it should feel, what not to do."""

    title: str
    count: str
    text: str
    feel: str = ""
    never: str = ""


class ViewWords(Struct, frozen=True):
    """A view of the drawing of where not to press: its name, and the places it marks."""

    name: str
    places: tuple[str, ...]


class GuideRow(Struct, frozen=True):
    """When to go on, to ease off and to stop, at one time."""

    when: str
    go: str
    ease: str
    stop: str


class GuideWords(Struct, frozen=True):
    """How much it may hurt: the heads of three columns, and a row for each time."""

    title: str
    lead: str
    go: str
    ease: str
    stop: str
    rows: tuple[GuideRow, ...]
    also: str


class RailWords(Struct, frozen=True):
    """The rules that stand beside the steps; `agreed` is a check where all of it needs a yes;
    `check_unpaged` ends the checks where there are no pages to name."""

    check_title: str
    check_rule: str
    check_end: str
    check_two: str
    check_ends: str
    check_unpaged: str
    checks: dict[str, str]
    agreed: str
    ready_title: str
    off_title: str
    off: tuple[str, ...]
    guide: GuideWords
    emergency: str
    views: tuple[ViewWords, ...] = ()


class RoutineWords(Struct, frozen=True):
    """routine.toml in words; `only_if` leads a step that needs a clinician's yes, `back` is the
    title of its other side, `often` how often its moves are done; `each` how long it takes on
    each of two sides and `total` on both, patterns with {TIME}."""

    title: str
    when: str
    both: str
    for_each: str
    each: str
    total: str
    only_if: str
    back: str
    often: str
    rest_title: str
    start: str
    end: str
    cells: dict[str, CellWords]
    moves: dict[str, MoveWords]
    rail: RailWords
