"""The document model: what a handout says, in reading order, without a word about looks.

Every class is a frozen dataclass. A `Run` is text in one voice; `Runs` are a line of
them. Blocks nest: a `Card` or `Columns` holds blocks. Whoever draws a Document (PDF,
HTML) decides on measures; whoever writes one (compose, markup) decides on words.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["know", "do", "care", "stop", "keep-off", "plain"]


@dataclass(frozen=True)
class Run:
    """A stretch of text in one voice; `lang` where it differs from the document's.

    `link` is an https:, tel: or mailto: address.
    """

    text: str
    strong: bool = False
    lang: str = ""
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of running text."""

    runs: Runs


@dataclass(frozen=True)
class Blank:
    """A label and a line to write on."""

    label: str


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Figure:
    """A picture by name. `alt` is never empty: a picture that says nothing is not a Figure."""

    name: str
    alt: str


@dataclass(frozen=True)
class Label:
    """A name for one part of a labelled figure; `anchor` is an id in the figure's anchors."""

    anchor: str
    text: str
    strong: bool = False


@dataclass(frozen=True)
class LabelledFigure:
    """A picture whose parts are named by real text beside it."""

    figure: Figure
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Fact:
    """A labelled line: `When` – `20 minutes, 2 times a week`."""

    label: str
    runs: Runs


@dataclass(frozen=True)
class Massage:
    """One massage card: what it is, who does it, its facts and what to take care of."""

    name: str
    who: str
    figure: Figure
    about: Runs
    facts: tuple[Fact, ...]
    cautions: tuple[Runs, ...]


@dataclass(frozen=True)
class Step:
    """One cell of the routine: a picture beside its words; a step may have two cells."""

    number: int
    title: str
    effort: str
    figure: Figure
    body: Runs


@dataclass(frozen=True)
class Move:
    """One finishing move."""

    title: str
    figure: Figure
    body: Runs


@dataclass(frozen=True)
class Finish:
    """The last step: a few moves, then rest."""

    number: int
    title: str
    effort: str
    body: Runs
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Reminder:
    """What to check each time before starting."""

    title: str
    rule: str
    ticks: tuple[str, ...]


@dataclass(frozen=True)
class Scale:
    """The 0-10 hurt scale: up to `fine` is all right, above it is not."""

    title: str
    lines: tuple[Runs, ...]
    fine: int
    fine_words: str
    stop_words: str


@dataclass(frozen=True)
class Zones:
    """Where not to press: the picture and the sentences that say the same."""

    title: str
    figure: Figure
    sentences: tuple[Runs, ...]


@dataclass(frozen=True)
class StopRules:
    """When to stop in the middle of the routine."""

    title: str
    items: tuple[str, ...]
    hurts: str
    emergency: str


@dataclass(frozen=True)
class RoutineRules:
    """The rules that must stand beside the steps; put in by code, never by a template."""

    reminder: Reminder
    scale: Scale
    zones: Zones
    stop: StopRules


@dataclass(frozen=True)
class Routine:
    """The page for the fridge: the steps, and the rules that go with them."""

    steps: tuple[Step, ...]
    finish: Finish
    rules: RoutineRules | None = None


@dataclass(frozen=True)
class Strip:
    """Short facts in one line, each behind an icon."""

    items: "tuple[Tip, ...]"


@dataclass(frozen=True)
class Tip:
    """A short piece of advice behind an icon."""

    icon: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Tips:
    """Tips side by side."""

    items: tuple[Tip, ...]


@dataclass(frozen=True)
class Help:
    """What may help: a heading and its lines, each behind an icon."""

    title: str
    lines: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True)
class Diary:
    """A grid to tick and a 0-10 pain line, sized for handwriting."""

    title: str
    intro: str
    weeks: int
    week_word: str
    rows: tuple[str, ...]
    pain_word: str
    ends: tuple[str, str]


@dataclass(frozen=True)
class Questions:
    """Questions with their answers, side by side."""

    title: str
    items: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True)
class Terms:
    """Words explained: a term and its plain meaning."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Research:
    """What studies found and what they did not, with numbered sources."""

    title: str
    findings: tuple[tuple[str, Runs], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """Blocks that belong together; the kind tells in colour, badge and frame what they are."""

    kind: Kind
    title: str
    badge: str
    body: "tuple[Block, ...]"


@dataclass(frozen=True)
class Columns:
    """Blocks side by side, sharing the width as `shares` say; read column after column."""

    columns: "tuple[tuple[Block, ...], ...]"
    shares: tuple[int, ...]


@dataclass(frozen=True)
class Field:
    """One thing about the patient; an empty value is a line to write on."""

    id: str
    label: str
    value: str = ""


@dataclass(frozen=True)
class Panel:
    """All that a handout says about its patient, in one place."""

    fields: tuple[Field, ...]
    note: Field
    tick: str


@dataclass(frozen=True)
class Hero:
    """The opening: what this handout is for, and the patient panel."""

    title: str
    pill: str
    panel: Panel


@dataclass(frozen=True)
class StopColumn:
    """One column of the Stop box."""

    badge: str
    title: str
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class StopBox:
    """When not to massage, when to get care, when to call; put in by code, never by a template."""

    columns: tuple[StopColumn, ...]
    notes: tuple[Runs, ...] = ()


@dataclass(frozen=True)
class CheckFirst:
    """What sends the reader away from massage when nobody has seen the knee; put in by code."""

    title: str
    lead: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Warnings:
    """What this person must mind because of what the clinician marked; put in by code."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class QrCode:
    """A QR code of an address, beside words that say the same; `alt` is for those who can't see it.
    """

    link: str
    alt: str
    title: str
    words: str


@dataclass(frozen=True)
class Listing:
    """A headed table: a line above it, the heads of its columns, rows that begin with their head.
    """

    kind: Kind
    title: str
    badge: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FinePrint:
    """The long disclaimer, the sources pointer, version and review state, in two columns."""

    paragraphs: tuple[Runs, ...]


Block = (
    Paragraph | Blank | Bullets | LabelledFigure | Massage | Routine | Strip | Tips | Help | Diary
    | Questions | Terms | Research | Card | Columns | Hero | StopBox | CheckFirst | Warnings
    | QrCode | Listing | FinePrint
)


@dataclass(frozen=True)
class Page:
    """One printed page, or the start of a run of them.

    `closed` pages never pass a block on; `extras` are printed only where room is left.
    """

    id: str
    title: str
    pill: str
    blocks: tuple[Block, ...]
    extras: tuple[Block, ...] = ()
    closed: bool = False


@dataclass(frozen=True)
class Letterhead:
    """Who gives the handout: a name and the lines beside it."""

    name: str
    lines: tuple[Runs, ...]


@dataclass(frozen=True)
class Footer:
    """What stands at the foot of every page; `page` is a pattern with {PAGE} and {PAGES}, `id` the
    document's own."""

    disclaimer: str
    lines: tuple[str, ...]
    page: str
    id: str = ""


@dataclass(frozen=True)
class Document:
    """A whole handout, ready to be drawn. `side` is the knee that the pictures show."""

    title: str
    language: str
    side: str
    letterhead: Letterhead
    pages: tuple[Page, ...]
    footer: Footer
