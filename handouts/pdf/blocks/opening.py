"""Page 1 under the panel: the message, what to do this week, pictures to compare.

What gives way where the page is full is told by `Style.given`: see `pages.first`.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.drawings.svg import mirrored
from handouts.pdf.blocks.cards import heading, skin_of
from handouts.pdf.blocks.marks import Disc, DrawnSign
from handouts.pdf.figures.figures import Picture, dressed
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RowBox, RuleLine, Skin, Space, Stack
from handouts.pdf.layout.theme import INK, RULE, WHITE, Style, Type, baseline

MESSAGE = 23.0  # its leading
TILE, LOW_TILE = (84.0, 62.0), (70.0, 50.0)
PAIR, LOW, LEAST = 70.0, 58.0, 46.0  # the height of a picture
DISC = 24.0
SIDES_GAP = 10.0  # between pictures to compare
DAY, LARGE_DAY = 15.5, 26.0  # a day to circle
LINE = 0.9


class Framed(DrawnSign):
    """A picture on white, its corners rounded."""

    def __init__(self, picture: Picture, radius: float) -> None:
        super().__init__(picture.width, picture.height)
        self.picture, self.radius = picture, radius

    def draw(self) -> None:
        """Paints the tile, and the picture within it."""
        canv = self.canv
        canv.saveState()
        canv.setFillColor(WHITE)
        canv.roundRect(0, 0, self.width, self.height, self.radius, stroke=0, fill=1)
        path = canv.beginPath()
        path.roundRect(0, 0, self.width, self.height, self.radius)
        canv.clipPath(path, stroke=0, fill=0)
        self.picture.drawOn(canv, 0, 0)
        canv.restoreState()


def _within(name: str, width: float, height: float, style: Style, alt: str = "") -> Picture:
    """The whole of a picture, as large as there is room."""
    drawing = dressed(name, style.look, style.figures)
    wide = min(width, height * drawing.width / drawing.height)
    return Picture(drawing, wide, alt=alt, mirror=mirrored(name, style.side, style.figures))


def message(block: doc.Message, style: Style) -> Flowable:
    """The message in white on the practice's colour, beside its picture; framed in black alone."""
    brand, mono = style.palette.brand.ink, style.look.mono
    tile, around = (LOW_TILE, 4.0) if "low" in style.given else (TILE, 6.0)
    type_ = Type(style.type.h2.size, style.sized(MESSAGE) if not style.stacked else 31, bold=True)
    padding, shown = (around, 14.0, around + 2, 16.0), 0.0
    cells: list[tuple[Flowable, float | None]] = []
    if block.picture and "bare" not in style.given:
        width, height = map(style.sized, tile)
        picture = Framed(_within(block.picture, width, height, style), 7)
        padding, shown = (around, 14.0, around, around + .5), picture.width + 12
        cells.append((picture, picture.width))
    room = style.width - shown - padding[1] - padding[3]
    words = text.paragraph(block.text, type_, INK if mono else WHITE)
    cells.append((Measured(words, _measure(block.text, type_, room)), None))
    skin = (Skin(WHITE, INK, line_width=3, radius=style.sized(12), padding=padding) if mono
            else Skin(brand, radius=style.sized(12), padding=padding))
    return CardBox(RowBox(cells, gap=12, align="middle"), skin, middle=True)


def _measure(words: str, type_: Type, room: float) -> float:
    """How wide the text is set: two sentences that fit a line each stand on one each, if they may.
    """
    wide = [text.width_of(line, type_) for line in words.replace(". ", ".\n").split("\n")]
    return max(wide) + 1 if len(wide) == 2 and max(wide) < room else room


# -- things to do ----------------------------------------------------------------------------------


def things(block: doc.Things, style: Style) -> Flowable:
    """The things under each other; in a row where page 1 has given way."""
    colour = style.palette.kind("do").ink
    head = heading(block.title, "do", "tick", style)
    items = [_thing(number, item, style) for number, item in enumerate(block.items, 1)]
    body: Flowable
    if "row" in style.given:
        body = RowBox([(item, None) for item in items], gap=12, tag=Tag("L"))
    else:
        rows: list[Flowable] = []
        for at, item in enumerate(items):
            apart = 2.0 if "low" in style.given else 4.0 if "close" in style.given else 5.0
            rows += [Space(apart), RuleLine(colour), Space(apart)] if at else []
            rows.append(item)
        body = Stack(rows, tag=Tag("L"))
    return CardBox(Stack([head, Space(4), body], tag=section()), skin_of("do", style))


def _thing(number: int, item: doc.Thing, style: Style) -> Box:
    """A number, a title with the page where it stands, a line, what to circle or to write on."""
    colour, types = style.palette.kind("do").ink, style.type
    in_row = "row" in style.given
    where = _paged(item.where, item.target, style)
    title = text.paragraph(f"{item.title}: {where}" if where else item.title, types.h3, colour,
                           role="P")
    paper = "" if "low" in style.given or style.stacked else _paged(item.paper, item.target, style)
    rows: list[Flowable] = [title]
    rows += [text.paragraph(line, types.body) for line in (item.line, paper)
             if line and not (in_row and item.label)]
    if item.days:
        rows += [Space(1), DayCircles(item.label, item.days, style, under=in_row)]
    elif item.label:
        rows.append(ThingLine(item.label, style, under=in_row))
    size = style.sized(DISC)
    disc = Disc(str(number), size, colour, types.h3)
    disc_tag = Stack([disc], tag=Tag("Lbl"))
    return RowBox([(disc_tag, size), (Stack(rows, tag=Tag("LBody")), None)], gap=style.sized(8),
                  tag=Tag("LI"))


def _paged(pattern: str, target: str, style: Style) -> str:
    """A pattern with the number of the page that is meant."""
    return pattern.replace("{PAGE}", str(style.pages.get(target, "")))


class DayCircles(DrawnSign):
    """A label, and the days of a week to circle, at the right of it or under it."""

    def __init__(self, label: str, days: Sequence[str], style: Style, *, under: bool) -> None:
        self.label, self.days, self.type_, self.under = label, days, style.type.body, under
        self.day = LARGE_DAY if style.stacked else DAY
        self.tint = style.palette.kind("do").tint
        row = max(self.day, self.type_.leading) + 1
        super().__init__(0, row + (self.type_.leading if under else 0))
        self.tag = Tag("P")

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Paints the label, then discs with the days' letters."""
        canv, type_ = self.canv, self.type_
        apart = self.day * 1.12
        own = text.width_of(self.label, type_)
        start = 0.0 if self.under else max(self.width - apart * len(self.days), own + 8)
        apart = min(apart, (self.width - start) / len(self.days))
        middle = (self.height - (type_.leading if self.under else 0)) / 2
        canv.setFillColor(WHITE)
        for at in range(len(self.days)):
            canv.circle(start + (at + .5) * apart, middle, self.day / 2, stroke=0, fill=1)
        base = (self.height - baseline(type_) if self.under else middle - .35 * type_.size)
        with canv.mark(self.tag):
            text.show(canv, f"{self.label} ", type_, INK, (0, base))
            for at, day in enumerate(self.days):
                text.show_centred(canv, f"{day} ", type_, INK,
                                  (start + (at + .5) * apart, middle - .35 * type_.size))


class ThingLine(DrawnSign):
    """A label, and a line to write on, at the right of it or under it."""

    def __init__(self, label: str, style: Style, *, under: bool) -> None:
        self.label, self.type_, self.under = label, style.type.body, under
        super().__init__(0, style.sized(20) + (12 if under else 0))
        self.tag = Tag("P")

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Paints label and line."""
        canv, type_ = self.canv, self.type_
        base = self.height - baseline(type_) if self.under else 5.0
        with canv.mark(self.tag):
            text.show(canv, f"{self.label} ", type_, INK, (0, base))
        canv.setStrokeColor(RULE)
        canv.setLineWidth(LINE)
        left = 0 if self.under else text.width_of(self.label, type_) + 6
        canv.line(left, LINE + 1, self.width, LINE + 1)


# -- pictures to compare ---------------------------------------------------------------------------


def pair(block: doc.Pair, style: Style) -> Box:
    """The pictures side by side, each under its name and over what it shows; one by itself beside
    them."""
    if len(block.sides) > 1:
        return _Sides(block.sides, style)
    [side] = block.sides
    words = Stack([text.paragraph(side.name, style.type.strong),
                   text.paragraph(side.label, style.type.body)])
    return RowBox([(_Shown(side.figure, _tall(style), style), None), (words, None)], gap=10,
                  align="middle").reads_last(0)


class _Shown(Box):
    """A picture as large as there is room in the width at hand and a height."""

    def __init__(self, figure: doc.Figure, tall: float, style: Style) -> None:
        super().__init__()
        self.figure, self.tall, self.style = figure, tall, style

    def arrange(self, width: float) -> tuple[float, float]:
        """The whole picture."""
        picture = _within(self.figure.name, width, self.tall, self.style, self.figure.alt)
        self.place(Framed(picture, 8), 0, 0)
        return width, picture.height


def _tall(style: Style) -> float:
    tall = PAIR if "close" not in style.given else LEAST if "low" in style.given else LOW
    return style.sized(tall)


class _Sides(Box):
    """Pictures side by side, their names on one level; under each other where a column is narrower
    than a word of a name, for no word is broken."""

    def __init__(self, sides: Sequence[doc.Side], style: Style) -> None:
        super().__init__()
        self.sides, self.style, self.longest = sides, style, max(
            text.width_of(word, style.type.strong) for side in sides for word in side.name.split())

    def arrange(self, width: float) -> tuple[float, float]:
        """As many columns as there are pictures, or one."""
        share = (width - SIDES_GAP * (len(self.sides) - 1)) / len(self.sides)
        beside = self.longest <= share
        names = [text.paragraph(side.name, self.style.type.strong) for side in self.sides]
        wide = share if beside else width
        named = max(name.wrap(wide)[1] for name in names) if beside else 0.0
        left = top = tall = 0.0
        for side, name in zip(self.sides, names, strict=True):
            rest = Stack([Space(1), _Shown(side.figure, _tall(self.style), self.style), Space(1),
                          text.paragraph(side.label, self.style.type.body)])
            high, under = name.wrap(wide)[1], rest.wrap(wide)[1]
            drop = max(named, high)
            self.place(name, left, top + drop - high)
            self.place(rest, left, top + drop)
            tall = max(tall, top + drop + under)
            left, top = (left + share + SIDES_GAP, top) if beside else (0.0, tall + SIDES_GAP / 2)
        return width, tall


class Compared(Box):
    """Pictures to compare over the words that explain them; beside them where there is room."""

    def __init__(self, pictures: Flowable, words: Flowable, style: Style) -> None:
        super().__init__()
        self.pictures, self.words, self.style = pictures, words, style

    def arrange(self, width: float) -> tuple[float, float]:
        """Beside each other on a whole page, above each other in a column."""
        if self.style.stacked or width < .7 * self.style.width:
            inner: Any = Stack([self.pictures, Space(4), self.words])
        else:
            inner = RowBox([(self.pictures, .48 * width), (self.words, None)], gap=16,
                           align="middle")
        _, height = inner.wrap(width, 1e6)
        self.place(inner, 0, 0)
        return width, height
