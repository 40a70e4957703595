"""The routine with its rules and moves, and the exercises."""

from msgspec import Struct

from handouts.document.text import Figure, Runs


class Step(Struct, frozen=True):
    """One cell of the routine: its mark (`3b`), a picture, what to do, how it should feel and what
    not to do. A `box` is what the empty box behind the condition that leads its words is called: a
    clinician ticks it who said yes."""

    mark: str
    title: str
    effort: str
    figure: Figure
    body: Runs
    feel: str = ""
    never: str = ""
    box: str = ""


class Frame(Struct, frozen=True):
    """A picture of a move under its word: its start or its end."""

    caption: str
    figure: Figure


class Move(Struct, frozen=True):
    """One finishing move: how often, its frames, what to do, how it should feel and what not to do.
    """

    title: str
    count: str
    frames: tuple[Frame, ...]
    body: Runs
    feel: str = ""
    never: str = ""


class Exercise(Struct, frozen=True):
    """An exercise: one picture, or those of its start and end with their names; what to do, what it
    feels like, what to take care of, when to stop, and a line for the clinician to write on."""

    title: str
    figures: tuple[Figure, ...]
    captions: tuple[str, ...]
    body: Runs
    feel: str = ""
    care: str = ""
    stop: str = ""
    blank: str = ""


class Exercises(Struct, frozen=True):
    """Exercises: those of two pictures across the page, the others beside each other."""

    items: tuple[Exercise, ...]


class Reminder(Struct, frozen=True):
    """What to check each time before starting; `end` says what to do if a tick can't be made, a
    pattern with {PAGE}; `two` and `ends` say the same of two pages and of several, with {LAST};
    `unpaged` of none."""

    title: str
    rule: str
    ticks: tuple[str, ...]
    end: str = ""
    two: str = ""
    ends: str = ""
    unpaged: str = ""


class Scale(Struct, frozen=True):
    """The 0-10 hurt scale: up to `fine` is all right, above it is not."""

    title: str
    lines: tuple[Runs, ...]
    fine: int
    fine_words: str
    stop_words: str


class Zones(Struct, frozen=True):
    """Where not to press: the picture of a leg twice, what each view is called and which places it
    names, and the sentences that say the same; `own` are those that this patient's massage card
    says, too, for where there is room."""

    title: str
    figure: Figure
    sentences: tuple[Runs, ...]
    views: tuple[tuple[str, tuple[str, ...]], ...] = ()
    own: tuple[Runs, ...] = ()


class StopRules(Struct, frozen=True):
    """When to stop in the middle of the routine."""

    title: str
    items: tuple[str, ...]
    emergency: str


class Guide(Struct, frozen=True):
    """How much it may hurt: for each time a line that says when to go on, ease off, or stop. Where
    all of it may have to stand in a few lines, `told` is those."""

    title: str
    lead: str
    heads: tuple[str, str, str]
    rows: tuple[tuple[str, str, str, str], ...]
    also: str
    emergency: str
    told: str = ""


class RoutineRules(Struct, frozen=True):
    """The rules that must stand beside the steps; put in by code, never by a template."""

    reminder: Reminder
    ready: Runs
    zones: Zones


class WallRules(Struct, frozen=True):
    """The same on a wall, where the rules of a handout's other side stand, too."""

    reminder: Reminder
    scale: Scale
    zones: Zones
    stop: StopRules


class Routine(Struct, frozen=True):
    """The front of the leaf for the fridge: the steps, and the rules that go with them."""

    steps: tuple[Step, ...]
    rules: RoutineRules | WallRules | None = None


class Finish(Struct, frozen=True):
    """The last step: a few moves, then rest; and how much it all may hurt, which code puts in. It
    has a mark and a title where its page has another."""

    body: Runs
    moves: tuple[Move, ...]
    guide: Guide | None = None
    mark: str = ""
    title: str = ""
