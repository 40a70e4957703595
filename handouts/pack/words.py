"""The shape of a content pack's words: one struct for each file of a language's folder."""

from msgspec import Struct

from handouts.pack.care import ActWords, CheckFirstWords, LogWords, QuestionWords
from handouts.pack.fulledition import ExerciseWords, TopicWords
from handouts.pack.interface import BodyWords, InterfaceWords, WaitingWords
from handouts.pack.routine import RoutineWords


class CauseWords(Struct, frozen=True):
    """A cause in words; `pill` is how it is named beside a title if its name is too long there,
    `caption` the same over a picture in a narrow column, `cleared` what stands in for `what` once a
    clinician has cleared it, `waiting` the same while massage must wait, when nothing that calms
    may stand beside an order, `message` what a handout that offers massage says before all else,
    `pair` what each picture of the pair shows, `pair_cleared` the same of the pair that stands in
    its place once it is cleared."""

    name: str
    what: tuple[str, ...]
    part_label: str
    states: dict[str, str]
    pill: str = ""
    caption: str = ""
    cleared: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    message: str = ""
    pair: tuple[str, ...] = ()
    pair_cleared: tuple[str, ...] = ()


class WaitWords(Struct, frozen=True):
    """Why massage must wait, what to do, and what comes later; see waits.toml.

    `plain` is the headline where a flag forbids what the usual one offers; `pill` stands beside it
    in place of the cause's name.
    """

    title: str
    headline: str
    order: str
    why: str
    then: str
    later: str
    found: str = ""
    plain: str = ""
    pill: str = ""
    call: str = ""
    days: str = ""
    tell: tuple[str, ...] = ()
    ready: tuple[str, ...] = ()


class FlagWords(Struct, frozen=True):
    """A flag: its name, also `short` for a small place, and reason for the clinician; its warning
    and why for the reader, whom the wait tells where everything waits; what each picture of its
    pair shows."""

    name: str
    reason: str
    short: str = ""
    warning: str = ""
    why: str = ""
    pair: tuple[str, ...] = ()


class MassageWords(Struct, frozen=True):
    """A massage in words; `about` is how it is done."""

    name: str
    about: str
    about_light: str = ""


class MassagesWords(Struct, frozen=True):
    """massages.toml."""

    who: dict[str, str]
    pressure: dict[str, str]
    massages: dict[str, MassageWords]


class TipWords(Struct, frozen=True):
    """A tip; the sided texts are for a tip that names the other hand."""

    title: str
    text: str
    text_left: str = ""
    text_right: str = ""


class HelpWords(Struct, frozen=True):
    """A thing to do that helps, and a line on it."""

    title: str
    line: str


class TermWords(Struct, frozen=True):
    """A word explained: the meaning goes on from the term, and both make a sentence; `forms` are
    the other forms in which a text may use it."""

    term: str
    meaning: str
    forms: tuple[str, ...] = ()


class FindingWords(Struct, frozen=True):
    """One thing that studies found: in brief, and in full with its sources."""

    title: str
    brief: str
    full: str


class ResearchWords(Struct, frozen=True):
    """What studies found, and their limits, in the order in which it is told."""

    findings: dict[str, FindingWords]


class ResearchFile(Struct, frozen=True):
    """research.toml; `title_full` is that of its own page."""

    title: str
    title_full: str
    notes: dict[str, ResearchWords]


class FigureWords(Struct, frozen=True):
    """What a picture shows, for those who can't see it."""

    alt: str


class FiguresWords(Struct, frozen=True):
    """figures.toml."""

    parts: dict[str, str]
    figures: dict[str, FigureWords]


class StopWords(Struct, frozen=True):
    """The Stop box; its signs are those of signs.toml."""

    massage_title: str
    today_title: str
    us_title: str
    now_title: str
    adults: str
    where: str
    when_today: str
    when_us: str
    when_now: str


class AfterWords(Struct, frozen=True):
    """What every handout that offers massage says of the time after one; a pattern with {WEEKS}."""

    title: str
    sore: str
    worse: str
    trial: str


class DisclaimerWords(Struct, frozen=True):
    """The short disclaimer, the long one, and all that must be said of it in brief,
    `waiting` where massage must wait."""

    short: str
    long_title: str
    long: str
    brief: str
    waiting: str = ""


class ReviewWords(Struct, frozen=True):
    """The lines that tell version and review state; `draft` and `overdue` stand on page 1."""

    none: str
    by: str
    changed: str
    own: str
    past: str
    draft: str
    overdue: str
    version: str
    made_title: str
    made: tuple[str, ...]
    unclear: str


class SafetyWords(Struct, frozen=True):
    """safety.toml in words."""

    stop: StopWords
    after: AfterWords
    fixed: dict[str, str]
    disclaimer: DisclaimerWords
    review: ReviewWords


class Words(Struct, frozen=True):
    """All words of one language; each field is the file of that name."""

    causes: dict[str, CauseWords]
    waits: dict[str, WaitWords]
    signs: dict[str, str]
    acts: dict[str, ActWords]
    flags: dict[str, FlagWords]
    check_first: CheckFirstWords
    conditions: dict[str, str]
    massages: MassagesWords
    routine: RoutineWords
    tips: dict[str, TipWords]
    helps: dict[str, HelpWords]
    questions: dict[str, QuestionWords]
    glossary: dict[str, TermWords]
    research: ResearchFile
    figures: FiguresWords
    safety: SafetyWords
    interface: InterfaceWords
    waiting: WaitingWords
    body: BodyWords
    log: dict[str, LogWords] = {}
    topics: dict[str, TopicWords] = {}
    exercises: dict[str, ExerciseWords] = {}
    instead: dict[str, dict[str, str]] = {}
