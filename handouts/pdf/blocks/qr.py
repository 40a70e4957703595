"""A QR code (ISO/IEC 18004) drawn as one path, with its quiet zone, as a picture that is a link."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.marks import DrawnSign
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import RowBox, Stack
from handouts.pdf.layout.theme import INK, WHITE, Style

QUIET = 4  # modules of white around the code
SIZE = 58.0  # points with the quiet zone: the code itself is about 2 cm


def beside_words(block: doc.QrCode, style: Style) -> Flowable:
    """The code, and to its right its title and its address as a link."""
    colour = style.palette.kind("know").ink
    words = Stack([text.paragraph(block.title, style.type.h3, colour),
                   text.paragraph(linked(block), style.type.body)])
    return RowBox([(QRCode(block, SIZE), SIZE), (words, None)], gap=10, align="middle",
                  tag=section()).reads_last(0)


def linked(block: doc.QrCode) -> doc.Runs:
    """The words of a code, as a link."""
    return (doc.Run(block.words, link=block.link),)


class QRCode(DrawnSign):
    """The code of an address, dark on white whatever stands behind it."""

    def __init__(self, block: doc.QrCode, size: float) -> None:
        super().__init__(size, size)
        self.block, self.tag = block, Tag("P")

    def draw(self) -> None:
        """Paints the picture, and tells where the link is."""
        canv, picture = self.canv, Tag("Figure", alt=self.block.alt)
        with canv.group(self.tag), canv.group(Tag("Link")):
            canv.figure(picture, self.width, self.height)
            with canv.mark(picture):
                self._paint(canv)
            canv.link(canv.around, self.block.link, self.block.alt,
                      [(0, 0, self.width, self.height)])

    def _paint(self, canv: Any) -> None:
        """White ground, then all modules as one path in whole units."""
        rows = matrix(self.block.link)
        units = len(rows) + 2 * QUIET
        canv.saveState()
        canv.scale(self.width / units, self.height / units)
        canv.setFillColor(WHITE)
        canv.rect(0, 0, units, units, stroke=0, fill=1)
        canv.setFillColor(INK)
        canv.operators(path(rows))
        canv.restoreState()


def matrix(link: str) -> Sequence[Sequence[int]]:
    """The modules of an address, row by row from the top; at least level M is read when soiled."""
    import segno

    made: Sequence[Sequence[int]] = segno.make_qr(link, error="m").matrix
    return made


def path(rows: Sequence[Sequence[int]]) -> str:
    """One filled path of all dark modules, a module a unit, inside the quiet zone."""
    code = [f"{left} {QUIET + len(rows) - 1 - top} {wide} 1 re"
            for top, row in enumerate(rows) for left, wide in _runs(row)]
    return " ".join([*code, "f"])


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin in a row, with the quiet zone, and how many follow."""
    at = QUIET
    for dark, modules in groupby(row):
        wide = len(list(modules))
        if dark:
            yield at, wide
        at += wide
