"""The shape of a content pack: what its language-free files hold, and what its words hold.

One struct for each kind of table; `catalogue` reads the files into them.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

VerdictWord = Literal["yes", "if", "no"]
Region = Literal["thigh", "calf", "knee", "tendon"]
Part = Literal["heat", "circles", "thumb", "medium"]
Who = Literal["you", "therapist", "you-or-therapist"]


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """What every table of a pack has in common: it can't change, and knows its fields."""


# -- language-free ---------------------------------------------------------------------------------


class Review(Shape):
    """Who reviewed the content, and when; empty until somebody has."""

    by: str = ""
    on: str = ""


class Info(Shape):
    """pack.toml: the version of the content and its limits."""

    version: str
    date: date
    next_review: date
    languages: tuple[str, ...]
    review: Review
    budgets: dict[str, int]


class Source(Shape):
    """A study or guideline; `cite` is how the page names it."""

    cite: str
    authors: str
    journal: str
    year: int
    doi: str = ""
    url: str = ""


class MassageData(Shape):
    """A massage: who does it, where, and its usual, gentle and greatest dose (minutes, a week)."""

    who: Who
    figure: str
    regions: tuple[Region, ...]
    standing: tuple[str, ...]
    pressure: str
    minutes: tuple[int, int]
    gentle_minutes: tuple[int, int]
    times: int
    weeks: tuple[int, ...]
    cap_minutes: int
    cap_times: int


class VerdictData(Shape, rename={"conditions": "with"}):
    """One cell of the suitability matrix."""

    verdict: VerdictWord
    on: tuple[Region, ...] = ()
    conditions: tuple[str, ...] = ()


class RoutineData(Shape):
    """What a state's routine may hold beyond strokes: the thumb in step 4, the moves of step 5."""

    thumb: bool
    moves: tuple[str, ...]


class StateData(Shape):
    """A state of a cause: it waits, or it has a verdict for each massage, or it joins kinds."""

    wait: str = ""
    cleared: bool = False
    massages: dict[str, VerdictData] = {}
    routine: RoutineData | None = None
    of: dict[str, str] = {}


class CauseData(Shape):
    """A cause of knee pain; see causes.toml for what each field means."""

    rank: int
    part: str
    calm: str
    recommend: tuple[str, ...]
    helps: tuple[str, ...]
    tips: tuple[str, ...]
    questions: tuple[str, ...]
    terms: tuple[str, ...]
    research: str
    states: dict[str, StateData]
    kinds: tuple[str, ...] = ()
    screened_wait: str = ""


class FlagData(Shape, rename={"conditions": "with"}):
    """What one flag takes away; see flags.toml."""

    wait: str = ""
    no: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    keep_off: tuple[Region, ...] = ()
    without: tuple[Part, ...] = ()
    no_tips: tuple[str, ...] = ()


class CheckData(Shape):
    """One line of the Check first list and the flags that it asks for."""

    flags: tuple[str, ...]


class CellData(Shape):
    """One picture-and-words cell of the routine."""

    id: str
    step: int
    figure: str = ""
    needs: tuple[Part, ...] = ()
    unless: tuple[Part, ...] = ()


class MoveData(Shape):
    """A finishing move."""

    figure: str


class RoutineShape(Shape):
    """routine.toml."""

    cells: tuple[CellData, ...]
    moves: dict[str, MoveData]


class TipData(Shape):
    """A tip; `active` ones need a knee that may move, `asked` ones a clinician who asks for them."""

    icon: str
    active: bool = False
    asked: bool = False


class HelpData(Shape):
    """A line of What may help, and what the advice must still hold for it."""

    icon: str
    needs: Literal["", "massage", "heat", "cold"] = ""


class WaitData(Shape):
    """A situation in which massage must wait; `first` orders them, 1 leads."""

    urgency: Literal["now", "today", "soon"]
    first: int


# -- words -----------------------------------------------------------------------------------------


class CauseWords(Shape):
    """A cause in words."""

    name: str
    what: tuple[str, ...]
    part_label: str
    today: tuple[str, ...]
    check: tuple[str, ...]
    states: dict[str, str]


class WaitWords(Shape):
    """Why massage must wait, what to do now (a cold pack apart), what comes later."""

    title: str
    why: str
    do: tuple[str, ...]
    later: str
    cold: str = ""


class FlagWords(Shape):
    """A flag: its name and reason for the clinician, its warning and why for the reader."""

    name: str
    warning: str
    why: str
    reason: str


class CheckFirstWords(Shape):
    """check_first.toml."""

    title: str
    lead: str
    items: dict[str, str]


class MassageWords(Shape):
    """A massage in words; `expect` is what happens at a visit."""

    name: str
    about: str
    expect: tuple[str, ...] = ()


class MassagesWords(Shape):
    """massages.toml."""

    who: dict[str, str]
    pressure: dict[str, str]
    massages: dict[str, MassageWords]


class CellWords(Shape):
    """A cell of the routine in words."""

    title: str
    effort: str
    text: str


class MoveWords(Shape):
    """A finishing move in words."""

    title: str
    text: str


class RailWords(Shape):
    """The rules that stand beside the steps."""

    check_title: str
    check_rule: str
    checks: tuple[str, ...]
    hard_title: str
    light: str
    medium: str
    scale_fine: str
    scale_stop: str
    off_title: str
    off: tuple[str, ...]
    front: str
    back: str
    stop_title: str
    stop: tuple[str, ...]
    emergency: str
    hurts: str


class RoutineWords(Shape):
    """routine.toml in words."""

    title: str
    when: str
    cells: dict[str, CellWords]
    moves: dict[str, MoveWords]
    rail: RailWords


class TipWords(Shape):
    """A tip; the sided texts are for a tip that names the other hand."""

    title: str
    text: str
    text_left: str = ""
    text_right: str = ""


class HelpWords(Shape):
    """A line of What may help."""

    text: str


class QuestionWords(Shape):
    """A question people ask."""

    question: str
    answer: str


class TermWords(Shape):
    """A word explained."""

    term: str
    meaning: str


class ResearchWords(Shape):
    """What studies found, and their limits."""

    found_title: str
    found: str
    limits_title: str
    limits: str


class ResearchFile(Shape):
    """research.toml."""

    title: str
    notes: dict[str, ResearchWords]


class FigureWords(Shape):
    """What a picture shows, for those who can't see it."""

    alt: str


class FiguresWords(Shape):
    """figures.toml."""

    parts: dict[str, str]
    figures: dict[str, FigureWords]


class StopWords(Shape):
    """The Stop box."""

    stop_title: str
    stop: tuple[str, ...]
    today_title: str
    today: tuple[str, ...]
    calf: str
    now_title: str
    now: tuple[str, ...]
    ask: str


class DisclaimerWords(Shape):
    """The short and the long disclaimer."""

    short: str
    long_title: str
    long: str


class ReviewWords(Shape):
    """The lines that tell version and review state."""

    none: str
    by: str
    past: str
    version: str
    sources: str


class SafetyWords(Shape):
    """safety.toml in words."""

    stop: StopWords
    fixed: dict[str, str]
    disclaimer: DisclaimerWords
    review: ReviewWords


class PanelWords(Shape):
    """The labels of the patient panel."""

    name: str
    born: str
    id: str
    given_by: str
    date: str
    next_visit: str
    cleared_on: str
    note: str
    checked: str


class DoseWords(Shape):
    """How a dose is said: patterns with {low}, {high}, {times}, {weeks}."""

    minutes: str
    minutes_range: str
    hour: str
    once: str
    times: str
    daily: str
    weeks: str
    weeks_range: str


class PageWords(Shape):
    """The titles and labels of the pages."""

    title: str
    title_left: str
    title_right: str
    title_both: str
    title_wait: str
    pill_left: str
    pill_right: str
    pill_both: str
    what: str
    help: str
    care: str
    care_text: str
    massages: str
    when: str
    how_hard: str
    day_to_day: str
    diary: str
    diary_intro: str
    week: str
    massage_row: str
    pain_row: str
    no_pain: str
    worst_pain: str
    questions: str
    words: str
    call: str
    closed: str
    emergency: str
    phone: str
    do_now: str
    later: str
    visit: str
    page: str


class InterfaceWords(Shape):
    """interface.toml: everything the page says that is not content."""

    pages: PageWords
    panel: PanelWords
    dose: DoseWords
