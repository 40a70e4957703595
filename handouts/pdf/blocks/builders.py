"""Document blocks as flowables: one builder a kind of block.

Every builder takes the block and the Style and gives the flowables that follow each other on the
page; the page puts the gaps between them. Bigger blocks have modules of their own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks import (
    alarm,
    anatomy,
    daylog,
    diary,
    fineprint,
    finish,
    forms,
    listing,
    massages,
    minding,
    moving,
    opening,
    panel,
    plan,
    qr,
    research,
    routine,
    stopbox,
    tips,
    writing,
)
from handouts.pdf.blocks.cards import (
    PADDING,
    bulleted,
    headed,
    skin_of,
    titled,
    titled_by,
)
from handouts.pdf.blocks.marks import Icon
from handouts.pdf.blocks.panel import Filled
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import (
    CardBox,
    FlowBox,
    Measured,
    RowBox,
    Stack,
    across,
)
from handouts.pdf.layout.columns import ColumnBox
from handouts.pdf.layout.theme import GUTTER, Style

Builder = Callable[[Any, Style], Flowable]
ABREAST = 2  # questions, where they are the whole page
TEXT = (doc.Paragraph, doc.Bullets)  # in a card in lines of a comfortable length
SHARES = ((4, 5), (5, 4), (2, 3), (3, 2))  # of the width
WRITTEN = 72.0  # points of a line to write on beside a long label


def build(block: doc.Block, style: Style) -> list[Flowable]:
    """The flowables of a block, to be stacked with the page's gaps."""
    if type(block) in ROWS:
        return ROWS[type(block)](block, style)
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
        told = [inner for inner in block.body if inner not in pairs]
        said = Stack([flowable for inner in (_joined(told) if "low" in style.given else told)
                      for flowable in build(inner, style)])
        shown = opening.Compared(opening.pair(pairs[0], style), said, style)
        return CardBox(headed(block.title, block.kind, block.badge, shown, style),
                       skin_of(block.kind, style))
    figures = [inner for inner in block.body if isinstance(inner, doc.LabelledFigure)]
    words = [Measured(flowable, style.measure) if isinstance(inner, TEXT) else flowable
             for inner in block.body if not isinstance(inner, doc.LabelledFigure)
             for flowable in build(inner, style)]
    body = headed(block.title, block.kind, block.badge, Stack(words, gap=style.sized(
        3 if "low" in style.given else 4)), style)
    if not figures:
        return CardBox(body, skin_of(block.kind, style))
    whole, body.tag = body.tag, None
    tile = anatomy.tile(figures[0], style)
    padding = PADDING if style.stacked else (10, 10, 10, 16)
    return CardBox(across([(body, None), (tile, anatomy.TILE_WIDTH)], style, gap=14, align="middle",
                          tag=whole), skin_of(block.kind, style, padding=padding))


def _joined(blocks: Sequence[doc.Block]) -> list[doc.Block]:
    """Blocks with the paragraphs that follow each other as one, which has fewer last lines."""
    made: list[doc.Block] = []
    for block in blocks:
        if made and isinstance(block, doc.Paragraph) and isinstance(made[-1], doc.Paragraph):
            made[-1] = doc.Paragraph((*made[-1].runs, doc.Run(" "), *block.runs))
        else:
            made.append(block)
    return made


def _columns(block: doc.Columns, style: Style) -> Flowable:
    """Columns of these shares or, of two on a full page, of those that make the higher one lowest.
    """
    def shared(shares: tuple[int, ...]) -> ColumnBox:
        return ColumnBox([Stack([flowable for inner in column for flowable in build(inner, style)],
                                gap=8) for column in block.columns], shares)

    if not (style.tight and "low" in style.given and len(block.columns) == 2):
        return shared(block.shares)
    return min(map(shared, (block.shares, *SHARES)),
               key=lambda box: float(box.wrap(style.width, 1e6)[1]))


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


def _questions(block: doc.Questions, style: Style) -> list[Flowable]:
    """A card of questions; without a title they are the page, in rows of two."""
    if not block.title:
        return _asked(block, style)
    cells: list[tuple[Flowable, float | None]] = [
        (titled(question, text.paragraph(answer, style.type.body), style), None)
        for question, answer in block.items]
    return [CardBox(headed(block.title, "know", "q", across(cells, style, gap=16), style),
                    skin_of("know", style, padding=(9, 16, 10, 16)))]


def _asked(block: doc.Questions, style: Style) -> list[Flowable]:
    cells = [Stack([titled_by(question, "know", style), text.paragraph(answer, style.type.body)],
                   tag=section()) for question, answer in block.items]
    if style.stacked:
        return [*cells]
    half = (style.width - 2 * GUTTER) / ABREAST
    return [RowBox([(cell, half) for cell in cells[at:at + ABREAST]], gap=2 * GUTTER)
            for at in range(0, len(cells), ABREAST)]


def _part(block: doc.Part, style: Style) -> Flowable:
    body = [flowable for inner in block.body for flowable in build(inner, style)]
    return Stack([titled_by(block.title, "know", style), *body], tag=section())


def _title(block: doc.Title, style: Style) -> Flowable:
    return panel.title_row(block.title, block.pill, style, width=style.width)


def _massages(block: doc.MassageCards, style: Style) -> list[Flowable]:
    """Massages beside each other, and what stands beside them; in large print one by one."""
    beside = [flowable for inner in block.beside for flowable in build(inner, style)]
    if style.stacked:
        return [*(massages.card(one, style) for one in block.items), *beside]
    return [massages.abreast(block.items, beside, style)]


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


# Blocks of several rows, between which the page puts its gaps.
ROWS: dict[type, Callable[[Any, Style], list[Flowable]]] = {
    doc.Hero: panel.hero,
    doc.StopBox: stopbox.stop_box,
    doc.Unexamined: stopbox.unexamined,
    doc.Routine: routine.rows,
    doc.Finish: finish.rows,
    doc.Listing: listing.rows,
    doc.Research: research.findings,
    doc.Sources: research.sources,
    doc.Questions: _questions,
    doc.MassageCards: _massages,
    doc.Exercises: moving.rows,
    doc.Plan: plan.rows,
    doc.NotNow: alarm.not_now,
    doc.Log: daylog.rows,
}
BUILDERS: dict[type, Builder] = {
    doc.Paragraph: _paragraph,
    doc.Bullets: _bullets,
    doc.LabelledFigure: anatomy.tile,
    doc.Massage: massages.card,
    doc.Strip: _strip,
    doc.Tips: tips.card,
    doc.Message: opening.message,
    doc.Things: opening.things,
    doc.Pair: opening.pair,
    doc.Diary: diary.card,
    doc.Call: forms.call,
    doc.Terms: _terms,
    doc.Line: writing.line,
    doc.Part: _part,
    doc.Title: _title,
    doc.Trade: moving.trade,
    doc.Made: research.made,
    doc.Card: _card,
    doc.Columns: _columns,
    doc.AskFirst: stopbox.ask_first,
    doc.Warnings: minding.warnings,
    doc.Blank: _blank,
    doc.Alarm: alarm.alarm,
    doc.Ticks: forms.ticks,
    doc.Blanks: forms.blanks,
    doc.QrCode: qr.beside_words,
    doc.FinePrint: fineprint.fine_print,
}
