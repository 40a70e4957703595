"""The same pages by ReportLab alone: what a handout would cost without tags, plates and our fonts.

Its own canvas, TrueType fonts, text objects and file; the flowables are the product's.
"""

from contextlib import contextmanager
from io import BytesIO

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from handouts import paths
from handouts.pdf.blocks import marks
from handouts.pdf.file import fonts
from handouts.pdf.file.objects import deflated
from handouts.pdf.layout import text as words
from handouts.pdf.pages import typeset
from handouts.pdf.pages.letterhead import draw_footer, letterhead
from handouts.pdf.pages.normal import lay_out
from handouts.pdf.pages.sheet import piece_of

FILES = {fonts.REGULAR: "HyperlegiblePlainZero-Regular.ttf",
         fonts.BOLD: "HyperlegiblePlainZero-Bold.ttf"}


class Raw:
    """A dictionary that is written already, as ReportLab takes objects."""

    def __init__(self, written):
        self.written = written

    def format(self, document):
        return self.written


class Plain(Canvas):
    """ReportLab's canvas, which lets the product's drawing pass without tagging it."""

    hidden = True

    @contextmanager
    def group(self, tag):
        yield

    mark = artifact = group

    def element(self, tag):
        return None

    def figure(self, *args):
        """No structure, no box."""

    slot = figure

    def form(self, name, drawing):
        if not self.hasForm(name):
            entries = {"Type": PDFName("XObject"), "Subtype": PDFName("Form"),
                       "BBox": PDFArray([0, 0, drawing.width, drawing.height]),
                       "Resources": Raw(drawing.resources), "Filter": PDFName("FlateDecode")}
            self._doc.addForm(name, PDFStream(PDFDictionary(entries),
                                              deflated(drawing.operators, -1), filters=()))
        self.doForm(name)


def show(canv, said, type_, colour, at):
    canv.setFillColor(colour)
    canv.setFont(type_.font, type_.size)
    canv.drawString(*at, said)


def artifact(self, kind=""):
    return self.group(None)


class Layout:
    """An untagged PDF of a document's pages by blocks that are known to fit: nothing is tried."""

    def __init__(self, document, brand, look):
        self.footer, self.style = document.footer, typeset.style_of(document, brand, look)
        head = letterhead(document.letterhead, typeset.logo_of(brand, self.style), self.style)
        head.wrap(self.style.width, 1e6)
        self.sheets = lay_out(document, self.style, head)

    def pdf(self):
        """The bytes; every block of every sheet is built, wrapped and painted once."""
        buffer, style = BytesIO(), self.style
        canvas = Plain(buffer, pagesize=style.page_size, pageCompression=1, invariant=1)
        for number, sheet in enumerate(self.sheets, 1):
            for piece in sheet.pieces:
                if piece.block is not None:
                    piece_of(piece.block, style)
            typeset._paint(canvas, sheet, style)
            draw_footer(canvas, self.footer, style, page=number, pages=len(self.sheets))
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


@contextmanager
def reportlab_alone():
    """While it lasts, paragraphs and fonts are ReportLab's own."""
    Plain.artifact = artifact
    patch = pytest.MonkeyPatch()
    folder = paths.data_folder("assets") / "fonts"
    for name, file in FILES.items():
        patch.setitem(pdfmetrics._fonts, name, TTFont(name, str(folder / file)))
    patch.setattr(words.RunningText, "draw", Paragraph.draw)
    patch.setattr(words, "read", words.read.__wrapped__)  # it keeps no paragraphs
    patch.setattr(words, "show", show)
    patch.setattr(marks.text, "show", show)
    try:
        yield
    finally:
        patch.undo()
