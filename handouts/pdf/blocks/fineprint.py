"""The disclaimer, with whom it is for and how its content stands.

The letters of a content and of a sheet are by chance: they have the room of the widest ones, so
that none of them decides how many pages there are.
"""

import re
from string import ascii_uppercase, digits

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks import qr
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, RowBox, Stack
from handouts.pdf.layout.columns import Balanced
from handouts.pdf.layout.theme import GUTTER, Style

_LETTERS = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")  # of a content, and of a sheet
COLUMN_GAP, PARAGRAPH_GAP = 18.0, 8.0


def fine_print(block: doc.FinePrint, style: Style) -> Flowable:
    """The disclaimer as it is said here, as high as it is with the widest letters."""
    return Roomy(_said(block, style), _said(_widest(block, style), style))


class Roomy(Box):
    """What is shown, and no lower than the same in its widest words."""

    def __init__(self, shown: Flowable, widest: Flowable) -> None:
        super().__init__()
        self.shown, self.widest = shown, widest

    def arrange(self, width: float) -> tuple[float, float]:
        """The height of the higher of both."""
        _, most = self.widest.wrap(width, 1e6)
        _, height = self.shown.wrap(width, 1e6)
        self.place(self.shown, 0, 0)
        return width, max(height, most)


def _widest(block: doc.FinePrint, style: Style) -> doc.FinePrint:
    letter = max(ascii_uppercase + digits, key=lambda one: text.width_of(one, style.type.body))
    four = 4 * letter

    def told(runs: doc.Runs) -> doc.Runs:
        return tuple(structs.replace(run, text=_LETTERS.sub(f"{four}-{four}", run.text))
                     for run in runs)

    return structs.replace(block, paragraphs=tuple(map(told, block.paragraphs)),
                           brief=tuple(map(told, block.brief)))


def _said(block: doc.FinePrint, style: Style) -> Flowable:
    said = (*([block.adults] if block.adults else []), *(block.brief or block.paragraphs))
    if style.stacked:
        return Stack([text.paragraph(runs, style.type.body) for runs in said], gap=PARAGRAPH_GAP)
    joined = [run for runs in said for run in (doc.Run(" "), *runs)][1:]
    if block.more:
        more = block.more[0]
        joined += [doc.Run(f" {more.title}: "), *qr.linked(more)]
        return RowBox([(text.paragraph(tuple(joined), style.type.body), None),
                       (qr.QRCode(more, qr.SIZE), qr.SIZE)], gap=GUTTER)
    words = text.paragraph(tuple(joined), style.type.body)
    return Balanced(words, gap=COLUMN_GAP)
