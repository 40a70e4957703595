"""The document model: what a handout says, in reading order, without a word about looks.

Every class is frozen and without behaviour (msgspec makes the forty of them in a tenth of the time
that dataclasses take, which a cold start feels). A `Run` is text in one voice; `Runs` are a line of
them. Blocks nest: a `Card` or `Columns` holds blocks. Whoever draws a Document (PDF,
HTML) decides on measures; whoever writes one (compose, markup) decides on words.
"""

from pathlib import Path
from typing import Literal

from msgspec import Struct

Kind = Literal["know", "do", "care", "stop", "keep-off", "plain"]


class Run(Struct, frozen=True):
    """A stretch of text in one voice; `lang` where it differs from the document's.

    `link` is an https:, tel: or mailto: address.
    """

    text: str
    strong: bool = False
    lang: str = ""
    link: str = ""


Runs = tuple[Run, ...]


class Paragraph(Struct, frozen=True):
    """One paragraph of running text."""

    runs: Runs


class Blank(Struct, frozen=True):
    """A label and a line to write on."""

    label: str


class Line(Struct, frozen=True):
    """A label, behind an icon if it has one, and a line to write on as wide as there is room."""

    label: str
    icon: str = ""


class Ticks(Struct, frozen=True):
    """A list to tick."""

    items: tuple[Runs, ...]


class Part(Struct, frozen=True):
    """A heading inside a card, and the blocks under it."""

    title: str
    body: "tuple[Block, ...]"


class Title(Struct, frozen=True):
    """A further title on the page of another."""

    title: str
    pill: str


class Trade(Struct, frozen=True):
    """So much of one thing for so much of another, in figures that are seen from afar."""

    give: str
    of: str
    brings: str
    get: str
    less: str


class Bullets(Struct, frozen=True):
    """A list."""

    items: tuple[Runs, ...]


class Figure(Struct, frozen=True):
    """A picture by name. `alt` is never empty: a picture that says nothing is not a Figure."""

    name: str
    alt: str


class Label(Struct, frozen=True):
    """A name for one part of a labelled figure; `anchor` is an id in the figure's anchors."""

    anchor: str
    text: str
    strong: bool = False


class LabelledFigure(Struct, frozen=True):
    """A picture whose parts are named by real text beside it."""

    figure: Figure
    labels: tuple[Label, ...]


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


class MassageCards(Struct, frozen=True):
    """The massages beside each other, and what stands in the place of one that there is not."""

    items: tuple[Massage, ...]
    beside: "tuple[Block, ...]" = ()


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
    pattern with {PAGE}; `ends` says the same of several pages, with {LAST}; `unpaged` of none."""

    title: str
    rule: str
    ticks: tuple[str, ...]
    end: str = ""
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
    names, and the sentences that say the same."""

    title: str
    figure: Figure
    sentences: tuple[Runs, ...]
    views: tuple[tuple[str, tuple[str, ...]], ...] = ()


class StopRules(Struct, frozen=True):
    """When to stop in the middle of the routine."""

    title: str
    items: tuple[str, ...]
    emergency: str


class Guide(Struct, frozen=True):
    """How much it may hurt: for each time a line that says when to go on, ease off, or stop."""

    title: str
    lead: str
    heads: tuple[str, str, str]
    rows: tuple[tuple[str, str, str, str], ...]
    also: str
    emergency: str


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


class Strip(Struct, frozen=True):
    """Short facts in one line, each behind an icon."""

    items: "tuple[Tip, ...]"


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


class Card(Struct, frozen=True):
    """Blocks that belong together; the kind tells in colour, badge and frame what they are."""

    kind: Kind
    title: str
    badge: str
    body: "tuple[Block, ...]"


class Columns(Struct, frozen=True):
    """Blocks side by side, sharing the width as `shares` say; read column after column."""

    columns: "tuple[tuple[Block, ...], ...]"
    shares: tuple[int, ...]


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


class StopSign(Struct, frozen=True):
    """A sign that asks for care, and a picture of it, which is decoration."""

    runs: Runs
    picture: str = ""


class StopColumn(Struct, frozen=True):
    """One column of the Stop box: an order, and the signs that it is for."""

    badge: str
    title: str
    items: tuple[StopSign, ...]


class AskFirst(Struct, frozen=True):
    """What needs a yes before any massage: each by itself, and all of it as running text; what a
    clinician ticks who went through it with the patient. Put in by code, never by a template."""

    title: str
    items: tuple[str, ...]
    text: Runs
    tick: str = ""


class StopBox(Struct, frozen=True):
    """When not to massage, when to get care, when to call; put in by code, never by a template."""

    columns: tuple[StopColumn, ...]
    ask: AskFirst | None = None
    tick: str = ""


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


class Blanks(Struct, frozen=True):
    """Lines to write on, side by side, sharing the width as `shares` say."""

    labels: tuple[str, ...]
    shares: tuple[int, ...]


class QrCode(Struct, frozen=True):
    """A QR code of an address, beside words that say the same; `alt` is for those who can't see it.
    """

    link: str
    alt: str
    title: str
    words: str


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


Block = (
    Paragraph | Blank | Line | Bullets | Ticks | Part | Title | Trade | LabelledFigure | Massage
    | MassageCards | Exercises | Sources | Made | Routine | Finish | Strip | Tips | Message | Things
    | Pair | Diary | Call | Questions | Terms | Research | Card | Columns | Hero | StopBox
    | AskFirst | CheckFirst | Unexamined | Warnings | Alarm | NotNow | Plan | Log
    | Blanks | QrCode | Listing | FinePrint
)


class Page(Struct, frozen=True):
    """One printed page, or the start of a run of them.

    `closed` pages never pass a block on; `extras` are printed only where room is left. A `fresh`
    page takes no block that the one before it passed on; a `flowing` one puts as much on a sheet as
    fits, and breaks between rows. `more` is the title of the page that takes what has no room here,
    if it has one of its own.
    """

    id: str
    title: str
    pill: str
    blocks: tuple[Block, ...]
    extras: tuple[Block, ...] = ()
    closed: bool = False
    fresh: bool = False
    flowing: bool = False
    more: str = ""


class Letterhead(Struct, frozen=True):
    """Who gives the handout: name, address, how to call, and when; `notice` is how the review of
    what they give stands, where nobody's signature holds for it."""

    name: str
    lines: tuple[Runs, ...]
    phone: Runs = ()
    hours: str = ""
    notice: Runs = ()


class Footer(Struct, frozen=True):
    """What stands at the foot of every page; `page` is a pattern with {PAGE} and {PAGES}."""

    disclaimer: str
    lines: tuple[str, ...]
    page: str


class Document(Struct, frozen=True):
    """A whole handout, ready to be drawn. The pictures are in the folder `figures` (None: those
    of the program) and show `side`; `id` is its own, from its words."""

    title: str
    language: str
    side: str
    letterhead: Letterhead
    pages: tuple[Page, ...]
    footer: Footer
    figures: Path | None = None
    id: str = ""
