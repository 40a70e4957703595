"""A massage card: picture, name, who does it, when, how hard, and what to take care of."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.drawings.svg import mirrored
from handouts.pdf.blocks.cards import listed, skin_of
from handouts.pdf.blocks.forms import agreed
from handouts.pdf.blocks.marks import Badge, Icon, Pill
from handouts.pdf.figures.figures import Picture, dressed
from handouts.pdf.file.tagtree import section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Centred, RowBox, Space, Stack
from handouts.pdf.layout.theme import GUTTER, Style

PICTURE = 172.0  # points wide
LARGE_PICTURE = 140.0  # 49 mm: two cards fill a sheet of large print
LABEL = 66.0
LOW = 58.0  # points: how high the picture over the words is at most on a page that is full
SIDE, WHO = 9.0, 15.0
LEAST = 3  # places beside each other
SIGN = 17.0


def card(block: doc.Massage, style: Style) -> Flowable:
    """The card: its words are centred against its picture, or follow it in large print."""
    if style.stacked:
        return _stacked(block, style)
    words = Stack([_title(block, style), *_facts(block, style)])
    row = RowBox([(picture(block.figure, PICTURE, style, white=True), PICTURE), (words, None)],
                 gap=16, align="middle", tag=section()).reads_last(0)
    return CardBox(row, skin_of("do", style, padding=(9, 14, 8, 12)))


def abreast(items: Sequence[doc.Massage], beside: Sequence[Flowable], style: Style) -> Flowable:
    """Cards beside each other, and what stands beside them, all as tall as the tallest; one alone
    has its picture at its left."""
    if len(items) == 1 and not beside:
        return card(items[0], style)
    places = max(len(items) + len(beside), LEAST)
    share = (style.width - (places - 1) * GUTTER) / places
    cells: list[Any] = [*(_narrow(one, share, style) for one in items), *beside]
    tall = max(cell.wrap(share, 1e6)[1] for cell in cells)
    for cell in cells:
        cell.least = tall
    return RowBox([(cell, share) for cell in cells], gap=GUTTER)


def _narrow(block: doc.Massage, width: float, style: Style) -> CardBox:
    """The picture over the words, each fact run in behind its name."""
    colour, types, inner = style.palette.kind("do").ink, style.type, width - 2 * SIDE
    shown = picture(block.figure, inner, style, white=True)
    if style.tight:
        shown = picture(block.figure, inner * min(1, LOW / shown.height), style, white=True)
    name = text.paragraph(block.who, types.strong)
    who = RowBox([(Icon("user", WHO, colour), WHO), (name, None)], gap=6, align="middle")
    facts = [text.paragraph((doc.Run(f"{fact.label}: ", strong=True), *fact.runs), types.body)
             for fact in block.facts]
    words = Stack([text.paragraph(block.name, types.h3, colour), who,
                   *(part for fact in facts for part in (Space(2), fact)),
                   *(part for caution in _cautions(block, style)
                     for part in (Space(3), caution))])
    whole = Stack([Centred(shown, shown.width), Space(4), words], tag=section()).reads_last(0)
    return CardBox(whole, skin_of("do", style, padding=(8, SIDE, 8, SIDE)))


def _stacked(block: doc.Massage, style: Style) -> Flowable:
    """Name, who does it and what it is stand beside the picture; all else across the card."""
    colour, types, size = style.palette.kind("do").ink, style.type, style.sized(17)
    who = RowBox([(Icon("user", size, colour), size),
                  (text.paragraph(block.who, types.strong, colour), None)], gap=6, align="middle")
    words = Stack([text.paragraph(block.name, types.h2, colour), who])
    head = RowBox([(picture(block.figure, LARGE_PICTURE, style, white=True), LARGE_PICTURE),
                   (words, None)], gap=16, align="middle").reads_last(0)
    return CardBox(Stack([head, *_facts(block, style)], tag=section()),
                   skin_of("do", style, padding=(8, 14, 9, 14)))


def _facts(block: doc.Massage, style: Style) -> list[Flowable]:
    """When and how hard, then what to take care of."""
    wide = LABEL if not style.stacked else max(
        text.width_of(fact.label, style.type.strong) for fact in block.facts) + 12
    return [Space(style.sized(4)), listed([_fact(fact, wide, style) for fact in block.facts]),
            *[row for caution in _cautions(block, style) for row in (Space(4), caution)]]


def picture(figure: doc.Figure, width: float, style: Style, *, white: bool = False) -> Picture:
    """A figure for the side that the handout is for; on a card its panel is white."""
    drawing = dressed(figure.name, style.look, style.figures, white=white)
    mirror = mirrored(figure.name, style.side, style.figures)
    return Picture(drawing, width, alt=figure.alt, mirror=mirror)


def _title(block: doc.Massage, style: Style) -> Flowable:
    shades = style.palette.kind("do")
    pill = Pill(block.who, shades, style.type.strong, icon="user")
    name = text.paragraph(block.name, style.type.h2, shades.ink)
    return RowBox([(name, None), (pill, pill.width)], gap=8, align="middle")


def _fact(fact: doc.Fact, wide: float, style: Style) -> Box:
    words = (doc.Run(f"{fact.label}: ", strong=True), *fact.runs)
    return RowBox([(text.paragraph(words[:1], style.type.body, role="Lbl"), wide),
                   (text.paragraph(words[1:], style.type.body, role="LBody"), None)])


def _cautions(block: doc.Massage, style: Style) -> list[Flowable]:
    """What to take care of; behind a condition the box that a clinician ticks."""
    words: list[Flowable] = [text.paragraph(caution, style.type.body) for caution in block.cautions]
    if block.box:
        words[0] = agreed(block.cautions[0], block.box, style)
    return [_caution(one, style) for one in words]


def _caution(words: Flowable, style: Style) -> Flowable:
    sign = Badge("bang", style.sized(SIGN), style.palette.kind("care").ink, "triangle")
    return RowBox([(sign, sign.width), (words, None)], gap=style.sized(6))
