"""What this person must mind: warnings of flags, and what every handout says of after a massage."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, bulleted, headed, skin_of
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.blocks.stopbox import sign_row
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Space, Stack
from handouts.pdf.layout.theme import Style

STRIP_TITLE = 150.0  # wide


def warnings(block: doc.Warnings, style: Style) -> Flowable:
    """What this person must mind; each behind its picture, if there are pictures, else more than
    two in columns, read one after the other."""
    items = [text.runs(item) for item in block.items]
    if "few" in style.given:
        return _strip_of_warnings(block, style)
    lead = [text.paragraph(block.lead, style.type.body), Space(4)] if block.lead else []
    if any(block.pictures):
        rows = as_items([sign_row(doc.StopSign(item, shown), style)
                         for item, shown in zip(items, block.pictures, strict=True)])
        body: Flowable = Stack(rows, gap=4, tag=Tag("L"))
    else:
        body = Minded(items, style)
    return CardBox(headed(block.title, "care", "bang", Stack([*lead, body]), style),
                   skin_of("care", style))


def _strip_of_warnings(block: doc.Warnings, style: Style) -> Flowable:
    """The same on a leaf by itself that is full: the title and its lead at the left."""
    colour, types = style.palette.kind("care").ink, style.type
    sign = Badge("bang", style.badge, colour, "triangle")
    title = RowBox([(sign, sign.width), (text.paragraph(block.title, types.h3, colour), None)],
                   gap=8, align="middle")
    lead = [text.paragraph(block.lead, types.body)] if block.lead else []
    items = bulleted([text.runs(item) for item in block.items], style)
    row = RowBox([(Stack([title, *lead]), STRIP_TITLE), (items, None)], gap=12, align="middle",
                 tag=section())
    return CardBox(row, skin_of("care", style))


class Minded(Box):
    """What to mind: more than two in two columns, where they have the width of the page."""

    def __init__(self, items: Sequence[doc.Runs], style: Style) -> None:
        super().__init__()
        self.items, self.style = items, style

    def arrange(self, width: float) -> tuple[float, float]:
        """Lists them for the width at hand."""
        wide = len(self.items) > 2 and width > self.style.width / 2
        inner = bulleted(self.items, self.style, columns=self.style.columns(2) if wide else 1)
        _, height = inner.wrap(width, 1e6)
        self.place(inner, 0, 0)
        return width, height
