"""The shape of a content pack's language-free files: one struct for each kind of table.

What the fields mean stands at the head of the files; `pack` reads them.
"""

import datetime
from typing import Literal

from msgspec import Struct

from handouts.pack.care import ActData, CheckData, LogData, Offer, QuestionData, SignData
from handouts.pack.fulledition import ExerciseData, FindingData, TopicData
from handouts.pack.routine import PartData, RoutineShape
from handouts.pack.signatures import ReviewFile

VerdictWord = Literal["yes", "if", "no"]
Who = Literal["you", "therapist", "you-or-therapist"]


class Info(Struct, frozen=True):
    """pack.toml: the version of the content, its limits, what it never says."""

    id: str
    version: str
    date: datetime.date
    next_review: datetime.date
    languages: tuple[str, ...]
    budgets: dict[str, int]
    banned: dict[str, tuple[str, ...]]
    figures: str = ""
    promises: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def all_banned(self) -> tuple[str, ...]:
        """The phrases that no text may hold, of all languages."""
        return tuple(dict.fromkeys(phrase for own in self.banned.values() for phrase in own))

    @property
    def refused(self) -> tuple[str, ...]:
        """The phrases that no text of a practice may hold."""
        return (*self.all_banned, *self.promises)


class LabelsData(Struct, frozen=True):
    """The labels beside a cause's drawing, and which others take their place for some causes."""

    usual: tuple[str, ...]
    anchors: dict[str, str] = {}
    instead: dict[str, dict[str, str]] = {}

    def beside(self, part: str) -> tuple[str, tuple[str, ...]]:
        """The label of a part, or of what stands in for it, and all that stand beside the drawing.
        """
        anchor = self.anchors.get(part, part)
        instead = self.instead.get(anchor, {})
        return anchor, tuple(instead.get(name, name) for name in self.usual)


class SetData(Struct, frozen=True):
    """The causes that a waiting-room set holds; none named: all."""

    handouts: tuple[str, ...] = ()
    posters: tuple[str, ...] = ()


class BodyData(Struct, frozen=True):
    """body.toml: the part of the body, and which entries of the pack the program asks for."""

    regions: tuple[str, ...]
    routine: str
    agreed: str
    light: tuple[str, ...]
    ask_first: str
    keep_off: str
    labels: LabelsData
    fixed: dict[str, tuple[str, ...]]
    keep_off_both: str = ""
    guided: str = ""
    in_full: str = ""
    spares: tuple[str, ...] = ()
    gentle: dict[str, str] = {}
    parts: dict[str, PartData] = {}
    sites: dict[str, Literal["left", "right", "both"]] = {}
    side_columns: tuple[str, ...] = ()
    frequent: tuple[str, ...] = ()
    waiting: SetData = SetData()

    def can_be_light(self, massage: "MassageData") -> bool:
        """Whether a massage can be done where only light pressure is allowed."""
        return massage.pressure in self.gentle

    def forbidden(self, flag: "FlagData") -> frozenset[str]:
        """All that nothing may offer beside a flag: what it forbids, what parts it takes offer."""
        taken = (part.offers for name, part in self.parts.items()
                 if flag.parts.get(name, flag.others) == "no")
        return frozenset((*flag.forbids, *(offer for offers in taken for offer in offers)))


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

    A `tried` one ends with the trial; `near` is its picture beside a message, where that is
    another one; `beside` is the caution where the routine has a part;
    `offers` is what it brings that a flag may forbid.
    """

    who: Who
    figure: str
    regions: tuple[str, ...]
    standing: tuple[str, ...]
    pressure: str
    minutes: tuple[int, int]
    gentle_minutes: tuple[int, int]
    times: int
    cap_minutes: int
    cap_times: int
    tried: bool = False
    near: str = ""
    beside: dict[str, str] = {}
    says_where: bool = False
    offers: tuple[Offer, ...] = ()


class VerdictData(Struct, frozen=True, rename={"conditions": "with"}):
    """One cell of the suitability matrix."""

    verdict: VerdictWord
    on: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


class RoutineData(Struct, frozen=True):
    """What a state's routine may hold: parts that are done by leave of a state alone, and moves."""

    parts: tuple[str, ...]
    moves: tuple[str, ...]


class StateData(Struct, frozen=True):
    """A state of a cause: it waits, or it has a verdict for each massage, or it joins kinds;
    `seen`: who gives it has found in this patient what the cause's drawing shows."""

    wait: str = ""
    cleared: bool = False
    seen: bool = False
    massages: dict[str, VerdictData] = {}
    routine: RoutineData | None = None
    of: dict[str, str] = {}


class CauseData(Struct, frozen=True):
    """A cause of the pain; see causes.toml for what each field means."""

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
    pair: tuple[str, ...] = ()
    pair_cleared: tuple[str, ...] = ()


class FlagData(Struct, frozen=True, rename={"conditions": "with"}):
    """What one flag takes away; see flags.toml. What it does not rule is forbidden."""

    wait: str = ""
    screened_wait: str = ""
    no: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    others: Literal["", "no"] = ""
    conditions: tuple[str, ...] = ()
    keep_off: tuple[str, ...] = ()
    parts: dict[str, VerdictWord] = {}
    moves: dict[str, Literal["yes", "no"]] = {}
    sided: bool = False
    past: str = ""
    forbids: tuple[Offer, ...] = ()
    exercises: tuple[str, ...] = ()
    instead: str = ""
    picture: str = ""
    pair: tuple[str, ...] = ()


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


class TipData(Struct, frozen=True):
    """A tip; `active` ones need a body that may move, `resting` ones one that nobody has
    cleared; a flag may forbid what it `offers`."""

    icon: str
    active: bool = False
    resting: bool = False
    offers: tuple[Offer, ...] = ()


class HelpData(Struct, frozen=True):
    """A thing to do that helps; `plan` has a line for what one will do, a flag may forbid what it
    `offers`."""

    plan: bool = False
    offers: tuple[Offer, ...] = ()


class WaitData(Struct, frozen=True):
    """A situation in which massage must wait; see waits.toml for what each field means."""

    urgency: Literal["now", "today", "soon"]
    first: int
    do: tuple[str, ...]
    worse: dict[str, str] = {}
    signs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    log: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    forbids: tuple[Offer, ...] = ()
    alarm: bool = False
    bar: bool = False
    starts: bool = False
    whole: bool = False


class Synonyms(Struct, frozen=True):
    """Other names of ids, by kind; `abroad` those in languages that the pack has no words in, which
    tables and commands understand and the page does not offer."""

    causes: dict[str, tuple[str, ...]] = {}
    massages: dict[str, tuple[str, ...]] = {}
    flags: dict[str, tuple[str, ...]] = {}
    sides: dict[str, tuple[str, ...]] = {}
    languages: dict[str, tuple[str, ...]] = {}
    abroad: dict[str, dict[str, tuple[str, ...]]] = {}


class Structure(Struct, frozen=True):
    """All that is free of language; each field is the file of that name."""

    pack: Info
    body: BodyData
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
    log: dict[str, LogData] = {}
    review: ReviewFile = ReviewFile()
    synonyms: Synonyms = Synonyms()
    topics: dict[str, TopicData] = {}
    exercises: dict[str, ExerciseData] = {}
    findings: dict[str, FindingData] = {}
