"""What a reader is told to mind, to do, to write down and to ask: tables and their words."""

from typing import Literal

from msgspec import Struct

# What a flag or a wait may forbid.
Offer = Literal["cold", "heat", "compress", "raise", "diet", "medicine", "weight-on-leg",
                "moves", "swim", "flat", "sport"]


class CheckData(Struct, frozen=True):
    """One line of the Check first list and the flags that it asks for; `group` is the sentence of
    `check_first.groups` in which it stands where the list is running text. Of several findings,
    `halves` are the lines that stand in its place once a flag answers one of them."""

    flags: tuple[str, ...]
    group: str
    halves: tuple[str, ...] = ()


class SignData(Struct, frozen=True):
    """A sign that asks for care, and how soon; see signs.toml for what each field means."""

    order: Literal["now", "today", "us"]
    everywhere: bool = False
    flags: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    halves: tuple[str, ...] = ()
    finding: str = ""
    picture: str = ""


class ActData(Struct, frozen=True):
    """A line of what to do while massage waits; see acts.toml."""

    icon: str
    order: Literal["", "now", "today", "us"] = ""
    home: bool = False
    not_with: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    signs: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    figure: str = ""
    drawn_with: tuple[str, ...] = ()
    calls: bool = False


class LogData(Struct, frozen=True):
    """A row of the days to write down while massage waits; see log.toml. A `scaled` one takes a
    number of the pain scale, whose ends are told beside the days; the words of a `compared` one
    are against the day before."""

    boxes: int = 0
    offers: tuple[Offer, ...] = ()
    scaled: bool = False
    compared: bool = False


class QuestionData(Struct, frozen=True):
    """Where a question may be printed; see questions.toml."""

    when: Literal["", "massage", "wait"] = ""
    massage: str = ""
    on: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    order: Literal["", "today"] = ""
    firm: bool = False


class CheckFirstWords(Struct, frozen=True):
    """check_first.toml: the list as sentences, to tick or by themselves; and as running text, whose
    sentences (`groups`) hold what of each `row` is left, joined as `two` or `more` say.
    `go_else` stands in the place of `go` where no routine is printed."""

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
    go_else: str = ""


class ActWords(Struct, frozen=True):
    """A line of what to do while massage waits."""

    title: str
    text: str


class LogWords(Struct, frozen=True):
    """A row of the days to write down; without words to circle or boxes it is a line."""

    label: str
    circle: tuple[str, ...] = ()


class QuestionWords(Struct, frozen=True):
    """A question people ask."""

    question: str
    answer: str
