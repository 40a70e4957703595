"""A massage card: picture, name, who does it, when, how hard, and what to take care of."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.drawings import mirrored
from handouts.pdf import text
from handouts.pdf.boxes import Box, Card, Row, Space, Stack
from handouts.pdf.cards import listed, skin_of
from handouts.pdf.figures import Picture
from handouts.pdf.inks import dressed
from handouts.pdf.marks import Badge, Pill
from handouts.pdf.structure import section
from handouts.pdf.style import Style

PICTURE = 118.0  # points wide
LABEL = 66.0


def card(block: doc.Massage, style: Style) -> Flowable:
    """The card; its words are centred against its picture."""
    words = Stack([_title(block, style), Space(1), text.paragraph(block.about, style.type.body),
                   Space(4), listed([_fact(fact, style) for fact in block.facts]),
                   *[row for caution in block.cautions
                     for row in (Space(4), _caution(caution, style))]])
    row = Row([(picture(block.figure, PICTURE, style, white=True), PICTURE), (words, None)],
              gap=16, align="middle", tag=section()).reads_last(0)
    return Card(row, skin_of("do", style, padding=(9, 14, 8, 12)))


def picture(figure: doc.Figure, width: float, style: Style, *, white: bool = False) -> Picture:
    """A figure for the side that the handout is for; on a card its panel is white."""
    drawing = dressed(figure.name, style.look.skin, mono=style.look.mono, white=white)
    return Picture(drawing, width, alt=figure.alt, mirror=mirrored(figure.name, style.side))


def _title(block: doc.Massage, style: Style) -> Flowable:
    shades = style.palette.kind("do")
    pill = Pill(block.who, shades, style.type.strong, icon="user")
    name = text.paragraph(block.name, style.type.h2, shades.ink)
    return Row([(name, None), (pill, pill.width)], gap=8, align="middle")


def _fact(fact: doc.Fact, style: Style) -> Box:
    words = (doc.Run(f"{fact.label} ", strong=True), *fact.runs)
    return Row([(text.paragraph(words[:1], style.type.body, role="Lbl"), LABEL),
                (text.paragraph(words[1:], style.type.body, role="LBody"), None)])


def _caution(caution: doc.Runs, style: Style) -> Flowable:
    sign = Badge("bang", 17, style.palette.kind("care").ink, "triangle")
    return Row([(sign, 17), (text.paragraph(caution, style.type.body), None)], gap=6)
