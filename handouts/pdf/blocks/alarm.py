"""How a handout opens on which massage must wait: the bar of an emergency, and what not to do."""

from collections.abc import Iterable
from dataclasses import replace

from msgspec.structs import replace as replaced
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import skin_of
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.file.tagtree import section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, Measured, RowBox, Skin, Space, Stack
from handouts.pdf.layout.theme import WHITE, Style

BAR = 118.0  # the least height of the bar
BADGE = 52.0
PADDING, CLOSE = (9.0, 14.0, 10.0, 16.0), (6.0, 14.0, 7.0, 16.0)
OCTAGON = 34.0
GAP = 18.0
UNDER = 12.0  # from the bar to the number
TOGETHER = 4  # reasons in a frame of large print


def alarm(block: doc.Alarm, style: Style) -> Flowable:
    """A solid bar with what to do and why, and under it, in a frame, when to call which number."""
    colour, big = style.palette.kind("stop").ink, style.type.alarm
    said = replace(style.type.h2, heading=False)
    words = Stack([text.paragraph(block.title, big, WHITE),
                   text.paragraph(block.lead, said, WHITE)])
    badge = Badge("hospital", style.sized(BADGE), WHITE, glyph=colour)
    bar = CardBox(RowBox([(badge, badge.width), (words, None)], gap=GAP, align="middle"),
                  Skin(colour, radius=0, padding=(12, 18, 14, 20)), height=BAR, middle=True)
    number = replace(big, heading=False)
    wide = text.width_of(block.number, number) + 1
    call = RowBox([(text.paragraph(block.call, said, colour), None),
                   (text.paragraph(block.number, number, colour), wide)], gap=GAP, align="middle")
    frame = CardBox(call, Skin(WHITE, colour, line_width=2.25, radius=0, padding=(7, 22, 7, 22)))
    return Stack([bar, Space(UNDER), frame])


def not_now(block: doc.NotNow, style: Style) -> list[Flowable]:
    """What must not be done, in a dashed frame behind the stop sign, with the reasons; in large
    print, where a sheet does not hold them all, those that follow stand in frames of their own."""
    whole = _framed(block, style)
    if not style.stacked or whole.wrap(style.width)[1] <= style.body_height:
        return [whole]
    skin = skin_of("keep-off", style)
    further = [block.reasons[at:at + TOGETHER] for at in range(1, len(block.reasons), TOGETHER)]
    return [_framed(replaced(block, reasons=block.reasons[:1]), style),
            *(CardBox(Stack(_reasons(some, style), gap=3, tag=section()), skin)
              for some in further)]


def _reasons(reasons: Iterable[doc.Runs], style: Style) -> list[Flowable]:
    return [Measured(text.paragraph(reason, style.type.body), style.measure) for reason in reasons]


def _framed(block: doc.NotNow, style: Style) -> CardBox:
    colour = style.palette.kind("keep-off").ink
    size = style.sized(OCTAGON)
    words = [text.paragraph(block.order, style.type.h2, colour), *_reasons(block.reasons, style)]
    return CardBox(RowBox([(Badge("x", size, colour, "octagon"), size),
                           (Stack(words, gap=3, tag=section()), None)], gap=style.sized(14)),
                   skin_of("keep-off", style, padding=CLOSE if style.tight else PADDING))
