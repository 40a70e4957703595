"""What to check each time: a title, the rule, boxes to tick, and what if one can't be ticked."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, heading, skin_of
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.blocks.stopbox import tick
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, FlowBox, RowBox, Space, Stack
from handouts.pdf.layout.theme import GUTTER, Style

TITLE = 150.0  # wide
LOW_BADGE = 20.0  # the sign of what to check where it stands in few lines


def reminder(block: doc.Reminder, style: Style) -> Flowable:
    """What to check each time: a title, and beside it the rule, the ticks, and what if not."""
    colour, types = style.palette.kind("care").ink, style.type
    ticks: list[tuple[Flowable, float]] = [
        (box, style.tick + style.sized(7) + text.width_of(item, types.body) + 2)
        for item, box in ((item, tick(item, style)) for item in block.ticks)]
    as_items([box for box, _ in ticks if isinstance(box, Box)])
    lines: list[Flowable] = [text.paragraph(block.rule, types.strong), Space(3)]
    first, last = style.pages.get("stop", 1), style.pages.get("stop-last", 1)
    said = (block.end, block.two, block.ends)[min(max(last - first, 0), 2)]
    end = (said or block.end).replace("{PAGE}", str(first)).replace("{LAST}", str(last))
    closing = text.paragraph(end, types.strong)
    if style.stacked:
        lines += [FlowBox(ticks, gap=16, under=4, tag=Tag("L")), Space(4), closing]
        title = heading(block.title, "care", "bang", style)
        return CardBox(Stack([title, Space(4), *lines], tag=section()), skin_of("care", style))
    ended = Ended(ticks, (closing, text.width_of(end, types.strong) + 2))
    if "few" in style.given and (head := _in_one_line(block, style)):
        return CardBox(Stack([head, Space(2), ended], tag=section()),
                       skin_of("care", style, padding=(4, 12, 5, 12)))
    lines.append(ended)
    sign = Badge("bang", 28, colour, "triangle")
    title = RowBox([(sign, 28), (text.paragraph(block.title, types.h2, colour), None)], gap=8,
                   align="middle")
    row = RowBox([(title, TITLE), (Stack(lines), None)], gap=12, align="middle",
                 tag=section())
    above, below = (5.0, 6.0) if "low" in style.given else (7.0, 8.0)
    return CardBox(row, skin_of("care", style, padding=(above, 12, below, 12)))


def _in_one_line(block: doc.Reminder, style: Style) -> Flowable | None:
    """The title, smaller, and the rule beside it, or None where that has no room."""
    colour, types = style.palette.kind("care").ink, style.type
    title = text.width_of(block.title, types.h3) + 2
    rule = text.width_of(block.rule, types.strong) + 1
    if LOW_BADGE + 2 * GUTTER + title + rule > style.width - 2 * GUTTER:
        return None
    return RowBox([(Badge("bang", LOW_BADGE, colour, "triangle"), LOW_BADGE),
                   (text.paragraph(block.title, types.h3, colour), title),
                   (text.paragraph(block.rule, types.strong), rule)], gap=GUTTER,
                  align="middle")


class Ended(Box):
    """Ticks that follow each other, and after the last, or under them, the words that end them."""

    def __init__(self, ticks: Sequence[tuple[Flowable, float]],
                 end: tuple[Flowable, float]) -> None:
        super().__init__()
        self.ticks = FlowBox(ticks, gap=16, under=3, tag=Tag("L"))
        self.end = end

    def arrange(self, width: float) -> tuple[float, float]:
        """The end beside the last tick if there is room, else on a line of its own."""
        _, tall = self.ticks.wrap(width, 1e6)
        self.place(self.ticks, 0, 0)
        closing, wide = self.end
        _, height = closing.wrap(wide, 1e6)
        after = 0.0
        if self.ticks.placed:
            last, left, top = self.ticks.placed[-1]
            after = left + self.ticks.cells[-1][1] + 16
            if after + wide <= width:
                self.place(closing, after, top + (last.height - height) / 2)
                return width, tall
        self.place(closing, 0, tall + 3)
        return width, tall + 3 + height
