"""What keeps a reader safe: the Stop box, what to check first, warnings, and what to do while
massage waits."""

from msgspec import Struct

from handouts.document.text import Figure, Runs


class StopSign(Struct, frozen=True):
    """A sign that asks for care, and a picture of it, which is decoration."""

    runs: Runs
    picture: str = ""


class StopColumn(Struct, frozen=True):
    """One column of the Stop box: an order, and the signs that it is for; of one to call us our
    number, or the label of a line to write it on. `when` names the order in running text."""

    badge: str
    title: str
    items: tuple[StopSign, ...]
    phone: Runs = ()
    blank: str = ""
    when: str = ""


class AskFirst(Struct, frozen=True):
    """What needs a yes before any massage: each by itself, and all of it as running text; what a
    clinician ticks who went through it with the patient. Put in by code, never by a template."""

    title: str
    items: tuple[str, ...]
    text: Runs
    tick: str = ""


class StopBox(Struct, frozen=True):
    """When not to massage, when to get care, when to call; put in by code, never by a template.
    Where a page has no room for it, `where` says on which it stands, a pattern with {PAGE} and
    {SIGNS}: a box without columns is that line alone."""

    columns: tuple[StopColumn, ...]
    ask: AskFirst | None = None
    tick: str = ""
    where: str = ""


class CheckFirst(Struct, frozen=True):
    """What sends the reader away from massage when nobody has examined them, on a poster; put in by
    code."""

    title: str
    lead: str
    items: tuple[str, ...]


class Unexamined(Struct, frozen=True):
    """What opens a handout for whom nobody has examined, put in by code: what it is; the signs that
    send the reader away `today`, and what asks for a yes first, each to tick; what to do without a
    tick, and where: a pattern with {PAGE}, the page of this id."""

    lead: Runs
    today: StopColumn
    today_lead: str
    title: str
    title_lead: str
    items: tuple[str, ...]
    go: Runs
    target: str = ""
    where: str = ""


class Warnings(Struct, frozen=True):
    """What this person must mind because of what the clinician marked; put in by code. The pictures
    are decoration."""

    title: str
    items: tuple[str, ...]
    lead: str = ""
    pictures: tuple[str, ...] = ()


class Alarm(Struct, frozen=True):
    """How an emergency opens: what to do, why, and when to call the emergency number; put in by
    code, never by a template."""

    title: str
    lead: Runs
    call: Runs
    number: str


class NotNow(Struct, frozen=True):
    """What must not be done, with the reasons; put in by code, never by a template."""

    order: str
    reasons: tuple[Runs, ...]


class Action(Struct, frozen=True):
    """One thing to do while massage waits; `blank` is the label of a line to write on."""

    icon: str
    title: str
    body: Runs
    blank: str = ""


class Plan(Struct, frozen=True):
    """What to do now: a picture where there is one, and the actions in their order."""

    title: str
    figure: Figure | None
    actions: tuple[Action, ...]


class LogRow(Struct, frozen=True):
    """One thing to write down each day: words to circle, boxes to tick, or else a line."""

    label: str
    circle: tuple[str, ...] = ()
    boxes: int = 0


class Log(Struct, frozen=True):
    """A table of days, sized for handwriting."""

    title: str
    intro: str
    days: int
    day_word: str
    rows: tuple[LogRow, ...]
