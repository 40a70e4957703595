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
    """A stretch of text in one voice; `lang` where it differs from the document's."""

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
class Heading:
    """A heading of level 2 or 3; a page's title is its level 1 (or 2 after the first page)."""

    level: int
    runs: Runs
    badge: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; with `tick` each item has a box to tick instead of a bullet."""

    items: tuple[Runs, ...]
    tick: bool = False
    columns: int = 1


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
    """One numbered step of the routine with its pictures."""

    number: int
    title: str
    effort: str
    figures: tuple[Figure, ...]
    body: tuple[Runs, ...]


@dataclass(frozen=True)
class Routine:
    """The steps, and beside them the rail of rules that must stand on the same page."""

    steps: tuple[Step, ...]
    rail: "tuple[Block, ...]"


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
class Scale:
    """The 0-10 hurt scale: up to `fine` is all right, above it is not."""

    fine: int
    fine_words: str
    stop_words: str


@dataclass(frozen=True)
class Zones:
    """Where not to press: the picture and the sentences that say the same."""

    figure: Figure
    labels: tuple[str, ...]
    sentences: tuple[Runs, ...]


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
    """Blocks side by side; reading order is column after column."""

    columns: "tuple[tuple[Block, ...], ...]"


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
class FinePrint:
    """The long disclaimer, the sources pointer, version and review state, in two columns."""

    paragraphs: tuple[Runs, ...]


Block = (
    Paragraph | Heading | Bullets | Figure | LabelledFigure | Massage | Routine | Strip | Tips
    | Help | Scale | Zones | Diary | Questions | Terms | Research | Card | Columns | Hero
    | StopBox | FinePrint
)
