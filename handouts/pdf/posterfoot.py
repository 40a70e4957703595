"""The foot of a poster: the practice, the disclaimer with version and review, the QR code."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import qr, text
from handouts.pdf.boxes import Line, Row, Space, Stack
from handouts.pdf.colours import RULE
from handouts.pdf.posterparts import GUTTER, width
from handouts.pdf.sizes import Type
from handouts.pdf.style import Style

CODE = 88.0  # points of the QR code with its quiet zone: 3.1 cm
SMALL_STRONG = Type(16, 19, bold=True)  # a long name
SMALL = Type(14, 17)  # read close by
MEASURE = 425.0  # about 70 characters
Cells = list[tuple[Flowable, float | None]]


def foot(document: doc.Document, logo: Flowable | None, style: Style) -> Flowable:
    """The practice, the disclaimer with version and review, the QR code."""
    [page] = document.pages
    codes = [block for block in page.blocks if isinstance(block, doc.QrCode)]
    prints = [block for block in page.blocks if isinstance(block, doc.FinePrint)]
    words = Stack([text.paragraph(document.footer.disclaimer, SMALL),
                   *(text.paragraph((run,), SMALL) for block in prints
                     for runs in block.paragraphs for run in runs)])
    cells: Cells = [(_practice(document, [qr.linked(block) for block in codes], logo, style), None),
                    (words, MEASURE), *((qr.Code(block, CODE), CODE) for block in codes)]
    return Stack([Line(RULE), Space(8), Row(cells, gap=GUTTER, align="middle")])


def _practice(document: doc.Document, web: list[doc.Runs], logo: Flowable | None,
              style: Style) -> Flowable:
    """The practice's logo and name, its phone and address below."""
    name, *phone = document.footer.lines
    types, ink = style.type, style.palette.brand.ink
    room = width(style) - MEASURE - CODE - 3 * GUTTER - (logo.width if logo else 0)
    type_ = next((type_ for type_, lines in ((types.h3, 1), (types.strong, 1.8))
                  if text.width_of(name, type_) <= lines * room), SMALL_STRONG)
    cells: Cells = [(logo, logo.width)] if logo else []
    cells.append((text.paragraph(name, type_, ink, role="P"), None))
    lines = [*(text.runs(line, strong=True) for line in phone), *web]
    return Stack([Row(cells, gap=10, align="middle"), Space(3),
                  *(text.paragraph(line, SMALL) for line in lines)])
