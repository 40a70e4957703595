"""The words of the page itself, and of what lies and hangs in the waiting room: interface.toml,
waiting.toml, body.toml."""

from msgspec import Struct


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
    massage_asked: str
    massage_asked_once: str
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
    log_compare: str
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
    scale: str = ""


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
