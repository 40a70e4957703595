"""The shape of a content pack's words: one struct for each file of a language's folder."""

from msgspec import Struct


class CauseWords(Struct, frozen=True):
    """A cause in words; `pill` is how it is named beside a title if its name is too long there,
    `caption` the same over a picture in a narrow column, `cleared` what stands in for `what` once a
    clinician has cleared it, `message` what a handout that offers massage says before all else,
    `pair` what each picture of the pair shows, `pair_cleared` the same of the pair that stands in
    its place once it is cleared."""

    name: str
    what: tuple[str, ...]
    part_label: str
    states: dict[str, str]
    pill: str = ""
    caption: str = ""
    cleared: tuple[str, ...] = ()
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


class ActWords(Struct, frozen=True):
    """A line of what to do while massage waits."""

    title: str
    text: str


class LogWords(Struct, frozen=True):
    """A row of the days to write down; without words to circle or boxes it is a line."""

    label: str
    circle: tuple[str, ...] = ()


class FlagWords(Struct, frozen=True):
    """A flag: its name, also `short` for a small place, and reason for the clinician; its warning
    and why for the reader, whom the wait tells where everything waits."""

    name: str
    reason: str
    short: str = ""
    warning: str = ""
    why: str = ""


class CheckFirstWords(Struct, frozen=True):
    """check_first.toml: the list as sentences, to tick or by themselves; and as running text, whose
    sentences (`groups`) hold what of each `row` is left, joined as `two` or `more` say."""

    title: str
    opening: str
    today: str
    today_lead: str
    ever: str
    lead: str
    go: str
    go_where: str
    ask_title: str
    items: dict[str, str]
    groups: dict[str, str]
    two: str
    more: str
    row: dict[str, str]


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
    """The rules that stand beside the steps; `agreed` is a check where all of it needs a yes."""

    check_title: str
    check_rule: str
    check_end: str
    check_ends: str
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
    title of its other side, `often` how often its moves are done, `total` how long it takes on both
    sides, a pattern with {TIME}."""

    title: str
    when: str
    both: str
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


class QuestionWords(Struct, frozen=True):
    """A question people ask."""

    question: str
    answer: str


class TermWords(Struct, frozen=True):
    """A word explained: the meaning goes on from the term, and both make a sentence; `forms` are
    the other forms in which a text may use it."""

    term: str
    meaning: str
    forms: tuple[str, ...] = ()


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


class ExerciseWords(Struct, frozen=True):
    """An exercise: what to do, what it feels like, what to take care of, when to stop, and a line
    for the clinician to write on."""

    title: str
    text: str
    feel: str = ""
    care: str = ""
    stop: str = ""
    blank: str = ""


class FindingWords(Struct, frozen=True):
    """One thing that studies found: in brief, and in full with its sources."""

    title: str
    brief: str
    full: str


class ResearchWords(Struct, frozen=True):
    """What studies found, and their limits."""

    findings: tuple[FindingWords, ...]


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


class PanelWords(Struct, frozen=True):
    """The labels of the patient panel; `box` is what a screen reader calls an empty box to tick."""

    name: str
    born: str
    id: str
    given_by: str
    date: str
    next_visit: str
    cleared_on: str
    note: str
    checked: str
    box: str


class DoseWords(Struct, frozen=True):
    """How a dose is said: patterns with {low}, {high}, {times}, {weeks}."""

    minute: str
    minutes: str
    minutes_range: str
    short: str
    short_range: str
    hour: str
    once: str
    times: str
    daily: str
    weeks: str
    guided: str


class PageWords(Struct, frozen=True):
    """The titles and labels of the pages."""

    title: str
    title_left: str
    title_right: str
    title_both: str
    place: str
    place_left: str
    place_right: str
    place_both: str
    pill_left: str
    pill_right: str
    pill_both: str
    what: str
    healthy: str
    yours: str
    yours_left: str
    yours_right: str
    yours_both: str
    things: str
    thing: str
    massage_thing: str
    massage_once: str
    moves_thing: str
    where: str
    hang: str
    circle: str
    plan: str
    weekdays: tuple[str, ...]
    care: str
    care_text: str
    massages: str
    more: str
    when: str
    day_to_day: str
    diary: str
    week: str
    massage_row: str
    moves_row: str
    pain_row: str
    questions: str
    words: str
    call: str
    call_us: str
    closed: str
    nowhere: str
    cold_times: str
    emergency: str
    phone: str
    do_now: str
    do_more: str
    tell: str
    tell_lead: str
    tell_since: str
    tell_medicines: str
    told: str
    told_medicine: str
    told_visit: str
    told_worse: str
    log: str
    log_day: str
    log_date: str
    log_bring: str
    later: str
    cleared_by: str
    cleared_for: str
    visit: str
    page: str
    how: str
    lead_one: str
    lead_two: str
    lead_more: str
    tonight: str
    food: str
    change: str
    moving: str
    moving_lead: str
    start: str
    end: str
    my_questions: str
    sources: str
    checked: str


class DatesWords(Struct, frozen=True):
    """How a date is written: see `dates.DateWords`."""

    pattern: str
    months: tuple[str, ...]


class InterfaceWords(Struct, frozen=True):
    """interface.toml: everything the page says that is not content; `languages` names each of the
    pack's."""

    pages: PageWords
    panel: PanelWords
    dose: DoseWords
    dates: DatesWords
    languages: dict[str, str]


class WebWords(Struct, frozen=True):
    """What is said of the practice's page and its QR code; a pattern with {WEB}."""

    title: str
    alt: str


class IndexWords(Struct, frozen=True):
    """The list of the handouts in the waiting room."""

    title: str
    pill: str
    lead: str
    massage: str
    wait: str
    cause: str
    handout: str
    staff: str
    file: str
    pages: str


class PosterWords(Struct, frozen=True):
    """The poster: checks, cells and moves of the routine in the few words that a wall has room for;
    how hard, and when to stop."""

    cause: str
    lead: str
    care: str
    after: str
    hard_title: str
    hard: str
    fine: str
    over: str
    off: str
    stop_title: str
    stop: tuple[str, ...]
    checks: dict[str, str]
    cells: dict[str, str]
    moves: dict[str, str]


class WaitingWords(Struct, frozen=True):
    """waiting.toml: what lies and hangs in the waiting room."""

    web: WebWords
    index: IndexWords
    poster: PosterWords


class BodyWords(Struct, frozen=True):
    """body.toml in words, for clinicians: what a handout is on, the place, what to ask for, the
    sides."""

    about: str
    place: str
    examples: str
    code: str
    left: str
    right: str
    both: str
    which: str


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
    helper: dict[str, str] = {}
