"""What a page tells about the cause, the massages, daily life and the research, and whose it is."""

from msgspec import Struct

from handouts.document.text import Figure, Kind, QrCode, Run, Runs


class Field(Struct, frozen=True):
    """One thing about the patient; an empty value is a line to write on."""

    id: str
    label: str
    value: str = ""


class Panel(Struct, frozen=True):
    """All that a handout says about its patient, in one place."""

    fields: tuple[Field, ...]
    note: Field


class Hero(Struct, frozen=True):
    """The opening: what this handout is for, and the patient panel. Without a title, which an alarm
    says, the pill is a line above the panel."""

    title: str
    pill: str
    panel: Panel


class Trade(Struct, frozen=True):
    """So much of one thing for so much of another, in figures that are seen from afar."""

    give: str
    of: str
    brings: str
    get: str
    less: str


class Fact(Struct, frozen=True):
    """A labelled line: `When` – `20 minutes, 2 times a week`."""

    label: str
    runs: Runs


class Massage(Struct, frozen=True):
    """One massage card: what it is, who does it, its facts and what to take care of. A `box` is
    what the empty box behind its first caution is called: a clinician ticks it who said yes."""

    name: str
    who: str
    figure: Figure
    facts: tuple[Fact, ...]
    cautions: tuple[Runs, ...]
    box: str = ""


class Tip(Struct, frozen=True):
    """A short piece of advice behind an icon."""

    icon: str
    title: str
    text: str = ""


class Tips(Struct, frozen=True):
    """Tips side by side; with a title, a card of them under each other, which may end with a
    `blank`: the label of a line to write on."""

    items: tuple[Tip, ...]
    title: str = ""
    blank: str = ""


class Strip(Struct, frozen=True):
    """Short facts in one line, each behind an icon."""

    items: "tuple[Tip, ...]"


class Message(Struct, frozen=True):
    """What a handout says before all else; the picture is decoration beside it."""

    text: str
    picture: str = ""


class Thing(Struct, frozen=True):
    """One thing to do: its title, a line, a `label` before what is written: the `days` to circle,
    or a line. Its `target` is the id of a page; `where` and `paper` are what print says of it,
    patterns with {PAGE}."""

    title: str
    line: str = ""
    label: str = ""
    days: tuple[str, ...] = ()
    target: str = ""
    where: str = ""
    paper: str = ""


class Things(Struct, frozen=True):
    """What to do this week, numbered."""

    title: str
    items: tuple[Thing, ...]


class Side(Struct, frozen=True):
    """One of two pictures that are compared: whose it is, the picture, what it shows."""

    name: str
    figure: Figure
    label: str


class Pair(Struct, frozen=True):
    """Pictures to compare, side by side."""

    sides: tuple[Side, ...]


class Diary(Struct, frozen=True):
    """A grid of the weeks of a trial, sized for handwriting: boxes to tick and lines to write on;
    `end` says when the trial ends."""

    title: str
    end: str
    weeks: int
    week_word: str
    ticked: str
    boxes: int
    written: tuple[str, ...]


class Call(Struct, frozen=True):
    """Whom to call: a question, a number or else a line to write it on, when somebody answers, and
    what to do when nobody does."""

    words: str
    phone: Run
    hours: str = ""
    closed: str = ""


class Questions(Struct, frozen=True):
    """Questions with their answers, side by side; without a title they are all that the page is."""

    title: str
    items: tuple[tuple[str, Runs], ...]


class Terms(Struct, frozen=True):
    """Words explained: a term and its plain meaning."""

    title: str
    items: tuple[tuple[str, str], ...]


class Cited(Struct, frozen=True):
    """A source: who and when, what and where; where to find it, and the same as an address."""

    lead: str
    work: str
    place: str
    link: str


class Sources(Struct, frozen=True):
    """Numbered sources, and the days on which they were checked."""

    title: str
    items: tuple[Cited, ...]
    checked: tuple[str, ...]


class Made(Struct, frozen=True):
    """How the content was made, and how its review stands."""

    title: str
    body: Runs


class Research(Struct, frozen=True):
    """What studies found and what they did not; without a title under the page's own."""

    title: str
    findings: tuple[tuple[str, Runs], ...]


class Listing(Struct, frozen=True):
    """A headed table: a line above it, the heads of its columns, rows that begin with their head.

    With `shares` its columns divide the width so; without, each is as wide as its words. A `loose`
    one stands in no card, and its rows may go on to further sheets.
    """

    kind: Kind
    title: str
    badge: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | Runs, ...], ...]
    shares: tuple[int, ...] = ()
    loose: bool = False


class FinePrint(Struct, frozen=True):
    """The long disclaimer, version and review state; `brief` says the same where the long one would
    make a page by itself. `adults` says whom it is for, where page 1 has no room for that;
    `more` is where there is more, beside it."""

    paragraphs: tuple[Runs, ...]
    brief: tuple[Runs, ...] = ()
    adults: Runs = ()
    more: "tuple[QrCode, ...]" = ()
