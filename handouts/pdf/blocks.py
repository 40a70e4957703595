"""Document blocks as flowables: one builder a kind of block.

Every builder takes the block and the Style and gives the flowables that follow each other on the
page; the page puts the gaps between them. Bigger blocks have modules of their own.
"""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import anatomy, diary, listing, massages, panel, qr, routine, stopbox, text
from handouts.pdf.boxes import Card, Line, Measured, Row, Space, Stack
from handouts.pdf.cards import bulleted, headed, heading, listed, skin_of, titled
from handouts.pdf.marks import Badge, Icon
from handouts.pdf.structure import Tag, section
from handouts.pdf.style import GUTTER, Style

Builder = Callable[[Any, Style], Flowable]


def build(block: doc.Block, style: Style) -> list[Flowable]:
    """The flowables of a block, to be stacked with the page's gaps."""
    if isinstance(block, doc.Routine):
        return routine.rows(block, style)
    return [BUILDERS[type(block)](block, style)]


def _paragraph(block: doc.Paragraph, style: Style) -> Flowable:
    return text.paragraph(block.runs, style.type.body)


def _blank(block: doc.Blank, style: Style) -> Flowable:
    return panel.Filled(doc.Field("blank", block.label), panel.BLANK, style)


def _bullets(block: doc.Bullets, style: Style) -> Flowable:
    return bulleted(block.items, style)


def _card(block: doc.Card, style: Style) -> Flowable:
    """Heading and blocks; a labelled figure stands at the right of both."""
    figures = [inner for inner in block.body if isinstance(inner, doc.LabelledFigure)]
    words = [flowable for inner in block.body if not isinstance(inner, doc.LabelledFigure)
             for flowable in build(inner, style)]
    body = headed(block.title, block.kind, block.badge, Measured(Stack(words, gap=4)), style)
    if not figures:
        return Card(body, skin_of(block.kind, style))
    whole, body.tag = body.tag, None
    tile = anatomy.tile(figures[0], style)
    return Card(Row([(body, None), (tile, anatomy.TILE_WIDTH)], gap=14, align="middle", tag=whole),
                skin_of(block.kind, style, padding=(10, 10, 10, 16)))


def _columns(block: doc.Columns, style: Style) -> Flowable:
    """Columns whose cards are equally tall."""
    room = style.width - GUTTER * (len(block.columns) - 1)
    widths = [room * share / sum(block.shares) for share in block.shares]
    cells = [Stack([flowable for inner in column for flowable in build(inner, style)], gap=8)
             for column in block.columns]
    tall = max(cell.wrap(width)[1] for cell, width in zip(cells, widths, strict=True))
    for cell in cells:
        for child in cell.children:
            if isinstance(child, Card) and len(cell.children) == 1:
                child.least = tall
    return Row(list(zip(cells, widths, strict=True)), gap=GUTTER)


def _help(block: doc.Help, style: Style) -> Flowable:
    shades = style.palette.kind("do")
    body = style.type.body
    lines = listed([
        Row([(Icon(icon, 20, shades.ink), 20), (text.paragraph(runs, body, role="LBody"), None)],
            gap=9, align="middle").at_least(22)
        for icon, runs in block.lines])
    title = heading(block.title, "do", "tick", style)
    return Card(Row([(title, 172), (lines, None)], gap=12, align="middle", tag=section()),
                skin_of("do", style, padding=(9, 16, 9, 16)))


def _tips(block: doc.Tips, style: Style) -> Flowable:
    across = 2 if len(block.items) in (2, 4) else 3
    rows = [block.items[at:at + across] for at in range(0, len(block.items), across)]
    share = (style.width - (across - 1) * GUTTER) / across
    return Stack([
        Row([(_tip(tip, style), share) for tip in row], gap=GUTTER) for row in rows], gap=10,
        tag=Tag("L"))


def _tip(tip: doc.Tip, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    words = Stack([text.paragraph(tip.title, style.type.strong),
                   text.paragraph(tip.text, style.type.body)], tag=Tag("LBody"))
    return Row([(Badge(tip.icon, 32, colour), 32), (words, None)], gap=9, align="middle",
               tag=Tag("LI"))


def _strip(block: doc.Strip, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    cells: list[tuple[Flowable, float | None]] = []
    for tip in block.items:
        width = text.width_of(tip.title, style.type.strong) + 2
        words = text.paragraph(tip.title, style.type.strong, colour, role="LBody")
        cells.append((Row([(Icon(tip.icon, 17, colour), 17), (words, width)],
                          gap=6, align="middle", tag=Tag("LI")), width + 23))
    return Row(cells, gap=22, tag=Tag("L"))


def _questions(block: doc.Questions, style: Style) -> Flowable:
    cells: list[tuple[Flowable, float | None]] = [
        (titled(question, text.paragraph(answer, style.type.body), style), None)
        for question, answer in block.items]
    return Card(headed(block.title, "know", "q", Row(cells, gap=16), style),
                skin_of("know", style, padding=(9, 16, 10, 16)))


def _terms(block: doc.Terms, style: Style) -> Flowable:
    half = (len(block.items) + 1) // 2
    columns: list[tuple[Flowable, float | None]] = [
        (Stack([_term(*item, style) for item in items]), None)
        for items in (block.items[:half], block.items[half:]) if items]
    return Card(headed(block.title, "know", "book", Row(columns, gap=18, tag=Tag("L")), style),
                skin_of("know", style, padding=(9, 16, 10, 16)))


def _term(term: str, meaning: str, style: Style) -> Flowable:
    words = (doc.Run(f"{term}: ", strong=True), doc.Run(meaning))
    return Stack([text.paragraph(words, style.type.body, role="LBody")], tag=Tag("LI"))


def _research(block: doc.Research, style: Style) -> Flowable:
    shades = style.palette.kind("know")
    found: list[tuple[Flowable, float | None]] = [
        (titled(title, text.paragraph(runs, style.type.body), style), None)
        for title, runs in block.findings]
    half = (len(block.sources) + 1) // 2
    numbered = list(enumerate(block.sources, 1))
    sources = [Stack([_source(*item, style) for item in items])
               for items in (numbered[:half], numbered[half:])]
    body = Stack([Row(found, gap=18), Space(6), Line(shades.outline), Space(6),
                  Row([(column, None) for column in sources], gap=18)])
    return Card(headed(block.title, "know", "book", body, style), skin_of("know", style))


def _source(number: int, cite: str, style: Style) -> Flowable:
    """A source as a note; its number is the one in brackets in the text."""
    label = text.paragraph(f"{number} ", style.type.strong, role="Lbl")
    return Row([(label, 14), (text.paragraph(cite, style.type.body), None)],
               tag=Tag("Note", id=f"source-{number}"))


def _fine_print(block: doc.FinePrint, style: Style) -> Flowable:
    return Balanced(block.paragraphs, style.type.body, gap=18)


class Balanced(Row):
    """Paragraphs run together in two columns of equal height."""

    def __init__(self, paragraphs: Sequence[doc.Runs], type_: text.Type, gap: float) -> None:
        joined: list[doc.Run] = []
        for runs in paragraphs:
            joined += [*([doc.Run(" ")] if joined else []), *runs]
        self.whole = text.paragraph(tuple(joined), type_)
        super().__init__([], gap)

    def arrange(self, width: float) -> tuple[float, float]:
        """Splits the text in the middle, at a line."""
        share = (width - self.gap) / 2
        _, height = self.whole.wrap(share, 1e6)
        leading = self.whole.style.leading
        lines = round(height / leading)
        parts = self.whole.split(share, (lines + 1) // 2 * leading + .1)
        self.cells = [(part, share) for part in parts]
        return super().arrange(width)


BUILDERS: dict[type, Builder] = {
    doc.Paragraph: _paragraph,
    doc.Bullets: _bullets,
    doc.LabelledFigure: anatomy.tile,
    doc.Massage: massages.card,
    doc.Strip: _strip,
    doc.Tips: _tips,
    doc.Help: _help,
    doc.Diary: diary.card,
    doc.Questions: _questions,
    doc.Terms: _terms,
    doc.Research: _research,
    doc.Card: _card,
    doc.Columns: _columns,
    doc.Hero: panel.hero,
    doc.StopBox: stopbox.stop_box,
    doc.CheckFirst: stopbox.check_first,
    doc.Warnings: stopbox.warnings,
    doc.Blank: _blank,
    doc.QrCode: qr.beside_words,
    doc.Listing: listing.card,
    doc.FinePrint: _fine_print,
}
