"""What is filled in by hand: lines to write on, boxes to tick, whom to call."""

import re
from collections.abc import Iterator

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.document import Runs
from handouts.pdf.blocks.cards import listed
from handouts.pdf.blocks.marks import DrawnSign, Icon, TickBox
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, RowBox, Stack, beside_or_under
from handouts.pdf.layout.theme import INK, RULE, Style

ROW = 26.0  # 9.2 mm
LARGE_ROW = 36.0
SHORT_ROW = 20.0  # under the words that it belongs to
SHARES = (.5, .6, .4)  # of the width, of the first of two columns of sentences
_END = re.compile(r"(?<=[.?!]) +")  # of a sentence
LINE = 0.9  # how thick a line to write on is
LABEL_GAP = 6.0
GAP = 12.0
PHONE = 18.0
SIGN_GAP = 8.0
COLUMNS = 420.0  # points: ticks have two columns in this width


class FormLine(DrawnSign):
    """A label and a line to write on, over the width at hand."""

    def __init__(self, label: str, row: float, style: Style) -> None:
        super().__init__(0, row)
        self.label, self.type_, self.tag = label, style.type.body, Tag("P")
        self.base = style.sized(6)

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand and the row."""
        self.width = width
        return width, self.height

    def draw(self) -> None:
        """Paints the label, and the line from its end to the edge."""
        canv = self.canv
        with canv.mark(self.tag):
            text.show(canv, f"{self.label} ", self.type_, INK, (0, self.base))
        canv.setStrokeColor(RULE)
        canv.setLineWidth(LINE)
        left = text.width_of(self.label, self.type_) + LABEL_GAP
        canv.line(left, self.base - 3, self.width, self.base - 3)


def row_of(style: Style) -> float:
    """The height of a row to write in, in points."""
    return LARGE_ROW if style.stacked else ROW


def line_to_write(label: str, style: Style) -> Flowable:
    """A label and a line, close under the words that it belongs to."""
    return FormLine(label, LARGE_ROW if style.stacked else SHORT_ROW, style)


def blanks(block: doc.Blanks, style: Style) -> Flowable:
    """Lines side by side; in large print under each other."""
    lines = [FormLine(label, row_of(style), style) for label in block.labels]
    if style.stacked:
        return Stack(lines)
    return Shared(lines, block.shares)


class Shared(Box):
    """Flowables side by side, sharing the width."""

    def __init__(self, cells: list[FormLine], shares: tuple[int, ...]) -> None:
        super().__init__()
        self.cells, self.shares = cells, shares

    def arrange(self, width: float) -> tuple[float, float]:
        """Each as wide as its share."""
        room, left, tall = width - GAP * (len(self.cells) - 1), 0.0, 0.0
        for cell, share in zip(self.cells, self.shares, strict=True):
            wide = room * share / sum(self.shares)
            tall = max(tall, cell.wrap(wide, 1e6)[1])
            self.place(cell, left, 0)
            left += wide + GAP
        return width, tall


def ticks(block: doc.Ticks, style: Style) -> Flowable:
    """Boxes to tick with what they stand for, in two columns where there is room for two."""
    return TickColumns(block, style)


class TickColumns(Box):
    """The items of a list of boxes to tick, read row by row."""

    def __init__(self, block: doc.Ticks, style: Style) -> None:
        super().__init__()
        self.style = style
        self.items = [RowBox([(TickBox(style.tick), style.tick), (words, None)],
                             gap=style.sized(7)) for words in (
            text.paragraph(item, style.type.body, role="LBody") for item in block.items)]
        self.list = listed(self.items)

    def arrange(self, width: float) -> tuple[float, float]:
        """Rows of two, or of one."""
        style = self.style
        gap = style.sized(4)
        abreast = 2 if width >= COLUMNS and not style.stacked and len(self.items) > 1 else 1
        rows = [self.items[at:at + abreast] for at in range(0, len(self.items), abreast)]
        share = (width - GAP * (abreast - 1)) / abreast
        inner = Stack([RowBox([(item, share) for item in row], gap=GAP) for row in rows], gap,
                      tag=self.list.tag)
        _, height = inner.wrap(width)
        self.place(inner, 0, 0)
        return width, height


class Ending(Box):
    """Running text, and what ends it: behind its last line, so far from it in points, or under it
    where there is no room."""

    def __init__(self, words: text.RunningText, ending: tuple[Flowable, float] | None, gap: float,
                 style: Style) -> None:
        super().__init__()
        self.words, self.ending, self.gap = words, ending, gap
        self.leading = style.type.body.leading

    def arrange(self, width: float) -> tuple[float, float]:
        """The height of the text, and a line's where its ending stands under it."""
        _, height = self.words.wrap(width, 1e6)
        self.place(self.words, 0, 0)
        if self.ending is None:
            return width, height
        ending, wide = self.ending
        left = self.words.last_width + self.gap
        beside = left + wide <= width
        top = height - self.leading if beside else height
        _, own = ending.wrap(wide, 1e6)
        self.place(ending, left if beside else 0, top)
        return width, max(height, top + own)


class Sentences(Box):
    """Running text in two columns of whole sentences, for lines of a comfortable length, and what
    ends it."""

    def __init__(self, runs: Runs, ending: tuple[Flowable, float] | None, gap: float,
                 style: Style) -> None:
        super().__init__()
        body = style.type.body
        self.ways = [
            (text.paragraph(first, body), Ending(text.paragraph(rest, body), ending, gap, style))
            for first, rest in _parted(runs)] or [
            (text.paragraph((), body), Ending(text.paragraph(runs, body), ending, gap, style))]

    def arrange(self, width: float) -> tuple[float, float]:
        """Parts the text where the higher column is lowest, one wider where that saves a line."""
        room = width - GAP

        def tall(way: tuple[Flowable, Flowable], share: float) -> float:
            parts = zip(way, (share, 1 - share), strict=True)
            return max(float(part.wrap(own * room, 1e6)[1]) for part, own in parts)

        height, share, best = min(
            ((tall(way, share), share, way) for share in SHARES for way in self.ways),
            key=lambda tried: tried[0])
        tall(best, share)
        for part, left in zip(best, (0.0, share * room + GAP), strict=True):
            self.place(part, left, 0)
        return width, height


def sentences(runs: Runs) -> list[Runs]:
    """Running text, a part for each of its sentences."""
    parts: list[list[doc.Run]] = [[]]
    for run in runs:
        for at, piece in enumerate(_END.split(run.text)):
            parts += [[]] if at else []
            parts[-1] += [structs.replace(run, text=piece)] if piece else []
    return [tuple(part) for part in parts if part]


def _parted(runs: Runs) -> Iterator[tuple[Runs, Runs]]:
    """The text parted after each of its sentences but the last; a question keeps its answer."""
    for at, run in enumerate(runs):
        for end in (found.end() for found in _END.finditer(run.text)):
            if run.text[:end].rstrip().endswith("?"):
                continue
            first = (*runs[:at], structs.replace(run, text=run.text[:end].rstrip()))
            rest = (structs.replace(run, text=run.text[end:]), *runs[at + 1:])
            if any(part.text.strip() for part in rest):
                yield first, tuple(part for part in rest if part.text)


def agreed(condition: Runs, box: str, style: Style) -> Flowable:
    """The box that a clinician ticks who said yes, and the condition; `box` is its name."""
    return RowBox([(TickBox(style.tick, name=box), style.tick),
                   (text.paragraph(condition, style.type.body), None)], gap=style.sized(7))


def call(block: doc.Call, style: Style) -> Flowable:
    """The phone in the size of a heading, or a line to write it on; beside it, or under it where
    there is no room, when to call and what else."""
    brand, types = style.palette.brand.ink, style.type
    label = text.Type(types.h2.size, types.h2.leading)
    sign = Icon("phone", style.sized(PHONE), brand)
    said = [(words, type_) for words, type_ in (
        (block.hours, types.body), (block.closed, types.strong)) if words]
    more = Stack([text.paragraph(words, type_) for words, type_ in said])
    wide = max((text.width_of(words, type_) for words, type_ in said), default=0) + 1
    if not block.phone.text:
        line = RowBox([(sign, sign.width), (FormLine(block.words, row_of(style), style), None)],
                      gap=SIGN_GAP, align="middle")
        room = style.width if style.stacked else style.width - wide - GAP
        return beside_or_under((line, room), (more, wide), style.width, least=row_of(style))
    runs = (doc.Run(f"{block.words} "), block.phone)
    own = text.width_of(f"{block.words} ", label) + text.width_of(
        block.phone.text, types.h2) + sign.width + SIGN_GAP + 2
    words = RowBox([(sign, sign.width), (text.paragraph(runs, label, brand), None)], gap=SIGN_GAP,
                   align="middle")
    return beside_or_under((words, own), (more, wide), style.width, least=types.h2.leading)
