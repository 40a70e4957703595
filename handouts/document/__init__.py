"""The document model: what a handout says, in reading order, without a word about looks.

Every class is frozen and without behaviour (msgspec makes the forty of them in a tenth of the time
that dataclasses take, which a cold start feels). A `Run` is text in one voice; `Runs` are a line of
them. Blocks nest: a `Card` or `Columns` holds blocks. Whoever draws a Document (PDF,
HTML) decides on measures; whoever writes one (compose, markup) decides on words.

The blocks stand in the modules beside this one, by what they are for; all are to be had here.
"""

from pathlib import Path

from msgspec import Struct

from handouts.document.about import (
    Call, Cited, Diary, Fact, Field, FinePrint, Hero, Listing, Made, Massage, Message, Pair,
    Panel, Questions, Research, Side, Sources, Strip, Terms, Thing, Things, Tip, Tips, Trade,
)
from handouts.document.routine import (
    Exercise, Exercises, Finish, Frame, Guide, Move, Reminder, Routine, RoutineRules, Scale,
    Step, StopRules, WallRules, Zones,
)
from handouts.document.safety import (
    Action, Alarm, AskFirst, CheckFirst, Log, LogRow, NotNow, Plan, StopBox, StopColumn,
    StopSign, Unexamined, Warnings,
)
from handouts.document.text import (
    Blank, Blanks, Bullets, Figure, Kind, Label, LabelledFigure, Line, Paragraph, QrCode, Run,
    Runs, Ticks, Title,
)


class MassageCards(Struct, frozen=True):
    """The massages beside each other, and what stands in the place of one that there is not."""

    items: tuple[Massage, ...]
    beside: "tuple[Block, ...]" = ()


class Part(Struct, frozen=True):
    """A heading inside a card, and the blocks under it."""

    title: str
    body: "tuple[Block, ...]"


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
