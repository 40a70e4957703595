"""Document blocks as flowables: one builder a kind of block.

Every builder takes the block and the Style and gives the flowables that follow each other on the
page; the page puts the gaps between them. Bigger blocks have modules of their own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks import (
    anatomy,
    diary,
    finish,
    listing,
    massages,
    opening,
    panel,
    qr,
    routine,
    stopbox,
)
from handouts.pdf.blocks.cards import PADDING, bulleted, headed, skin_of, titled
from handouts.pdf.blocks.marks import Badge, Icon
from handouts.pdf.blocks.panel import Filled
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, FlowBox, Measured, RowBox, Rule, Space, Stack, across
from handouts.pdf.layout.theme import GUTTER, Style

Builder = Callable[[Any, Style], Flowable]
LONG_TIP = 60  # letters: two lines of a tip that shares the width with one other
WRITTEN = 72.0  # points of a line to write on beside a long label


def build(block: doc.Block, style: Style) -> list[Flowable]:
    """The flowables of a block, to be stacked with the page's gaps."""
    if isinstance(block, doc.Routine):
        return routine.rows(block, style)
    if isinstance(block, doc.Finish):
        return finish.rows(block, style)
    if isinstance(block, doc.Hero):
        return panel.hero(block, style)
    if isinstance(block, doc.StopBox):
        return stopbox.stop_box(block, style)
    if isinstance(block, doc.Unexamined):
        return stopbox.unexamined(block, style)
    return [BUILDERS[type(block)](block, style)]


def _paragraph(block: doc.Paragraph, style: Style) -> Flowable:
    return text.paragraph(block.runs, style.type.body)


def _blank(block: doc.Blank, style: Style) -> Flowable:
    wide = 2 * panel.BLANK if style.stacked else panel.BLANK
    label = text.width_of(block.label, style.type.body)
    return Filled(doc.Field("blank", block.label), max(wide, label + style.sized(WRITTEN)), style)


def _bullets(block: doc.Bullets, style: Style) -> Flowable:
    return bulleted(block.items, style)


def _card(block: doc.Card, style: Style) -> Flowable:
    """Heading and blocks; a labelled figure stands at the right of both, pictures to compare beside
    the words or above them."""
    pairs = [inner for inner in block.body if isinstance(inner, doc.Pair)]
    if pairs:
        said = Stack([flowable for inner in block.body if inner not in pairs
                      for flowable in build(inner, style)])
        shown = opening.Compared(opening.pair(pairs[0], style), said, style)
        return CardBox(headed(block.title, block.kind, block.badge, shown, style),
                       skin_of(block.kind, style))
    figures = [inner for inner in block.body if isinstance(inner, doc.LabelledFigure)]
    words = [flowable for inner in block.body if not isinstance(inner, doc.LabelledFigure)
             for flowable in build(inner, style)]
    body = headed(block.title, block.kind, block.badge,
                  Measured(Stack(words, gap=style.sized(4)), style.measure), style)
    if not figures:
        return CardBox(body, skin_of(block.kind, style))
    whole, body.tag = body.tag, None
    tile = anatomy.tile(figures[0], style)
    padding = PADDING if style.stacked else (10, 10, 10, 16)
    return CardBox(across([(body, None), (tile, anatomy.TILE_WIDTH)], style, gap=14, align="middle",
                          tag=whole), skin_of(block.kind, style, padding=padding))


def _columns(block: doc.Columns, style: Style) -> Flowable:
    """Columns whose cards are equally tall."""
    room = style.width - GUTTER * (len(block.columns) - 1)
    widths = [room * share / sum(block.shares) for share in block.shares]
    cells = [Stack([flowable for inner in column for flowable in build(inner, style)], gap=8)
             for column in block.columns]
    heights = [cell.wrap(width)[1] for cell, width in zip(cells, widths, strict=True)]
    for cell, height in zip(cells, heights, strict=True):
        last = cell.children[-1]
        if isinstance(last, CardBox):
            last.least = last.height + max(heights) - height
    return RowBox(list(zip(cells, widths, strict=True)), gap=GUTTER)


def _tips(block: doc.Tips, style: Style) -> Flowable:
    long = any(len(tip.text) > LONG_TIP for tip in block.items)
    abreast = style.columns(2 if long or len(block.items) in (2, 4) else 3)
    rows = [block.items[at:at + abreast] for at in range(0, len(block.items), abreast)]
    share = (style.width - (abreast - 1) * GUTTER) / abreast
    return Stack([
        RowBox([(_tip(tip, style), share) for tip in row], gap=GUTTER) for row in rows], gap=10,
        tag=Tag("L"))


def _tip(tip: doc.Tip, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    words = Stack([text.paragraph(tip.title, style.type.strong),
                   text.paragraph(tip.text, style.type.body)], tag=Tag("LBody"))
    size = style.sized(32)
    return RowBox([(Badge(tip.icon, size, colour), size), (words, None)], gap=style.sized(9),
                  align="middle", tag=Tag("LI"))


def _strip(block: doc.Strip, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    cells: list[tuple[Flowable, float]] = []
    size, gap = style.sized(17), style.sized(6)
    for tip in block.items:
        width = text.width_of(tip.title, style.type.strong) + 2
        words = text.paragraph(tip.title, style.type.strong, colour, role="LBody")
        cells.append((RowBox([(Icon(tip.icon, size, colour), size), (words, width)],
                             gap=gap, align="middle", tag=Tag("LI")), size + gap + width))
    return FlowBox(cells, gap=22, under=4, tag=Tag("L"))


def _questions(block: doc.Questions, style: Style) -> Flowable:
    cells: list[tuple[Flowable, float | None]] = [
        (titled(question, text.paragraph(answer, style.type.body), style), None)
        for question, answer in block.items]
    return CardBox(headed(block.title, "know", "q", across(cells, style, gap=16), style),
                   skin_of("know", style, padding=(9, 16, 10, 16)))


def _terms(block: doc.Terms, style: Style) -> Flowable:
    columns = _halves([_term(*item, style) for item in block.items], style)
    columns.tag = Tag("L")
    return CardBox(headed(block.title, "know", "book", columns, style),
                   skin_of("know", style, padding=(9, 16, 10, 16)))


def _halves(items: Sequence[Flowable], style: Style) -> RowBox:
    """Items in two columns, or in one in large print."""
    tall = -(-len(items) // style.columns(2))
    return RowBox([(Stack(items[at:at + tall]), None) for at in range(0, len(items), tall)], gap=18)


def _term(term: str, meaning: str, style: Style) -> Flowable:
    words = (doc.Run(f"{term} ", strong=True), doc.Run(meaning))
    return Stack([text.paragraph(words, style.type.body, role="LBody")], tag=Tag("LI"))


def _research(block: doc.Research, style: Style) -> Flowable:
    shades = style.palette.kind("know")
    found: list[tuple[Flowable, float | None]] = [
        (titled(title, text.paragraph(runs, style.type.body), style), None)
        for title, runs in block.findings]
    sources = [_source(*item, style) for item in enumerate(block.sources, 1)]
    body = Stack([across(found, style, gap=18), Space(6), Rule(shades.outline), Space(6),
                  _halves(sources, style)])
    return CardBox(headed(block.title, "know", "book", body, style), skin_of("know", style))


def _source(number: int, cite: str, style: Style) -> Flowable:
    """A source as a note; its number is the one in brackets in the text."""
    label = text.paragraph(f"{number} ", style.type.strong, role="Lbl")
    return RowBox([(label, style.sized(14)), (text.paragraph(cite, style.type.body), None)],
                  tag=Tag("Note", id=f"source-{number}"))


def _fine_print(block: doc.FinePrint, style: Style) -> Flowable:
    lead = [block.adults] if block.adults else []
    if style.stacked:
        return Stack([text.paragraph(runs, style.type.body)
                      for runs in (*lead, *block.paragraphs)], gap=8)
    joined: list[doc.Run] = []
    for runs in (*lead, *(block.brief or block.paragraphs)):
        joined += [*([doc.Run(" ")] if joined else []), *runs]
    return Balanced(text.paragraph(tuple(joined), style.type.body), gap=18)


class Balanced(RowBox):
    """A paragraph in two columns of equal height."""

    def __init__(self, whole: text.RunningText, gap: float) -> None:
        self.whole = whole
        super().__init__([], gap)

    def arrange(self, width: float) -> tuple[float, float]:
        """Splits the text in the middle, at a line."""
        share = (width - self.gap) / 2
        _, height = self.whole.wrap(share, 1e6)
        leading = self.whole.style.leading
        lines = round(height / leading)
        parts = self.whole.split(share, (lines + 1) // 2 * leading + .1) or [self.whole]  # one line
        self.cells = [(part, share) for part in parts]
        return super().arrange(width)


BUILDERS: dict[type, Builder] = {
    doc.Paragraph: _paragraph,
    doc.Bullets: _bullets,
    doc.LabelledFigure: anatomy.tile,
    doc.Massage: massages.card,
    doc.Strip: _strip,
    doc.Tips: _tips,
    doc.Message: opening.message,
    doc.Things: opening.things,
    doc.Pair: opening.pair,
    doc.Diary: diary.card,
    doc.Call: diary.call,
    doc.Questions: _questions,
    doc.Terms: _terms,
    doc.Research: _research,
    doc.Card: _card,
    doc.Columns: _columns,
    doc.AskFirst: stopbox.ask_first,
    doc.Warnings: stopbox.warnings,
    doc.Blank: _blank,
    doc.QrCode: qr.beside_words,
    doc.Listing: listing.card,
    doc.FinePrint: _fine_print,
}
