"""Runs of text, lists, lines to write on, pictures: what all other blocks are made of."""

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


class Title(Struct, frozen=True):
    """A further title on the page of another."""

    title: str
    pill: str


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


class QrCode(Struct, frozen=True):
    """A QR code of an address, beside words that say the same; `alt` is for those who can't see it.
    """

    link: str
    alt: str
    title: str
    words: str


class Blanks(Struct, frozen=True):
    """Lines to write on, side by side, sharing the width as `shares` say."""

    labels: tuple[str, ...]
    shares: tuple[int, ...]
