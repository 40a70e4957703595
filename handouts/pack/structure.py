"""The shape of a content pack's language-free files: one struct for each kind of table.

What the fields mean stands at the head of the files; `catalogue` reads them.
"""

import datetime
from typing import Literal

from msgspec import Struct

VerdictWord = Literal["yes", "if", "no"]
Region = Literal["thigh", "calf", "knee", "tendon"]
RulePart = Literal["heat", "circles", "thumb"]
Part = Literal[RulePart, "medium"]
Who = Literal["you", "therapist", "you-or-therapist"]
Offer = Literal["cold", "heat", "compress", "raise", "diet", "medicine"]  # what a flag may forbid


class Review(Struct, frozen=True):
    """Who reviewed the content in one language, and when."""

    by: str
    on: datetime.date


class Info(Struct, frozen=True):
    """pack.toml: the version of the content, its limits, the review of each language that has one.
    """

    version: str
    date: datetime.date
    next_review: datetime.date
    languages: tuple[str, ...]
    budgets: dict[str, int]
    review: dict[str, Review] = {}


class Source(Struct, frozen=True):
    """A study or guideline; `cite` is how the page names it, `checked` when it was last held
    against the work itself."""

    cite: str
    title: str
    authors: str
    journal: str
    year: int
    volume: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    checked: datetime.date | None = None


class MassageData(Struct, frozen=True):
    """A massage: who does it, where, and its usual, gentle and greatest dose (minutes, a week).

    A `tried` one ends with the trial; `beside` is the caution where the routine has a part.
    """

    who: Who
    figure: str
    regions: tuple[Region, ...]
    standing: tuple[str, ...]
    pressure: str
    minutes: tuple[int, int]
    gentle_minutes: tuple[int, int]
    times: int
    cap_minutes: int
    cap_times: int
    tried: bool = False
    beside: dict[RulePart, str] = {}


class VerdictData(Struct, frozen=True, rename={"conditions": "with"}):
    """One cell of the suitability matrix."""

    verdict: VerdictWord
    on: tuple[Region, ...] = ()
    conditions: tuple[str, ...] = ()


class RoutineData(Struct, frozen=True):
    """What a state's routine may hold beyond strokes: the thumb in step 4, the moves of step 5."""

    thumb: bool
    moves: tuple[str, ...]


class StateData(Struct, frozen=True):
    """A state of a cause: it waits, or it has a verdict for each massage, or it joins kinds."""

    wait: str = ""
    cleared: bool = False
    massages: dict[str, VerdictData] = {}
    routine: RoutineData | None = None
    of: dict[str, str] = {}


class CauseData(Struct, frozen=True):
    """A cause of knee pain; see causes.toml for what each field means."""

    rank: int
    part: str
    calm: str
    recommend: tuple[str, ...]
    helps: tuple[str, ...]
    tips: tuple[str, ...]
    questions: tuple[str, ...]
    waiting_questions: tuple[str, ...]
    terms: tuple[str, ...]
    research: str
    states: dict[str, StateData]
    kinds: tuple[str, ...] = ()
    screened_wait: str = ""
    figure: str = "anatomy"
    signs: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    unexplained: bool = False


class FlagData(Struct, frozen=True, rename={"conditions": "with"}):
    """What one flag takes away; see flags.toml. What it does not rule is forbidden."""

    wait: str = ""
    screened_wait: str = ""
    no: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    keep_off: tuple[Region, ...] = ()
    parts: dict[RulePart, VerdictWord] = {}
    forbids: tuple[Offer, ...] = ()

    @property
    def forbidden(self) -> frozenset[str]:
        """All that nothing may offer beside it: where it rules out the part heat, heat too."""
        return frozenset((*self.forbids, *(["heat"] if self.parts.get("heat") == "no" else [])))


class CheckData(Struct, frozen=True):
    """One line of the Check first list and the flags that it asks for."""

    flags: tuple[str, ...]


class SignData(Struct, frozen=True):
    """A sign that asks for care, and how soon; see signs.toml for what each field means."""

    order: Literal["now", "today", "us"]
    everywhere: bool = False
    flags: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


class ActData(Struct, frozen=True):
    """A line of what to do while massage waits; see acts.toml."""

    order: Literal["", "now", "today", "us"] = ""
    offers: tuple[Offer, ...] = ()
    signs: tuple[str, ...] = ()


class QuestionData(Struct, frozen=True):
    """Where a question may be printed; see questions.toml."""

    when: Literal["", "massage", "wait"] = ""
    massage: str = ""
    on: tuple[Region, ...] = ()
    causes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    order: Literal["", "today"] = ""


class Never(Struct, frozen=True):
    """Two tags that may not stand on one handout; a * stands for the same word in both."""

    one: str
    beside: str
    why: str


class Incompatible(Struct, frozen=True):
    """What contradicts what; see incompatible.toml."""

    one_only: tuple[str, ...]
    tags: dict[str, tuple[str, ...]]
    never: tuple[Never, ...]


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
    part: RulePart | Literal[""] = ""
    needs: tuple[Part, ...] = ()
    unless: tuple[Part, ...] = ()
    not_with: str = ""


class MoveData(Struct, frozen=True):
    """A finishing move."""

    figure: str


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


class TipData(Struct, frozen=True):
    """A tip; `active` ones need a knee that may move, `resting` ones one that nobody has
    cleared; a flag may forbid what it `offers`."""

    icon: str
    active: bool = False
    resting: bool = False
    offers: tuple[Offer, ...] = ()


class HelpData(Struct, frozen=True):
    """A line of What may help, and what the advice must still hold for it."""

    icon: str
    needs: Literal["", "massage", "heat"] = ""
    offers: tuple[Offer, ...] = ()


class WaitData(Struct, frozen=True):
    """A situation in which massage must wait; see waits.toml for what each field means."""

    urgency: Literal["now", "today", "soon"]
    first: int
    do: tuple[str, ...]
    signs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    alarm: bool = False


class Structure(Struct, frozen=True):
    """All that is free of language; each field is the file of that name."""

    pack: Info
    sources: dict[str, Source]
    causes: dict[str, CauseData]
    flags: dict[str, FlagData]
    checks: dict[str, CheckData]
    massages: dict[str, MassageData]
    routine: RoutineShape
    tips: dict[str, TipData]
    helps: dict[str, HelpData]
    waits: dict[str, WaitData]
    signs: dict[str, SignData]
    acts: dict[str, ActData]
    questions: dict[str, QuestionData]
    incompatible: Incompatible
