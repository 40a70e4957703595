"""Runs of text as ReportLab paragraphs, in the four type sizes of the page."""

from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from handouts.document import Run, Runs
from handouts.pdf import fonts
from handouts.pdf.colours import INK

WIDOW_STEP = 5.0  # points by which a paragraph narrows, again and again, to mend a last line
ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}


@dataclass(frozen=True)
class Type:
    """A type size with its leading, in points."""

    size: float
    leading: float
    bold: bool = False

    @property
    def font(self) -> str:
        """The name of the font."""
        return fonts.BOLD if self.bold else fonts.REGULAR


BODY = Type(12, 15)
STRONG = Type(12, 15, bold=True)
H1 = Type(26, 31, bold=True)
H2 = Type(18, 22, bold=True)
H3 = Type(14, 18, bold=True)


def runs(text: str, *, strong: bool = False) -> Runs:
    """Plain text as one run."""
    return (Run(text, strong=strong),)


def markup(content: Runs) -> str:
    """Runs in ReportLab's paragraph markup; every character of the text is literal."""
    return "".join(_marked(run) for run in content)


def _marked(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br/>")
    return f"<b>{text}</b>" if run.strong else text


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph whose last line is not a single word, where the lines above can spare one."""

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand and the height, in points."""
        size: tuple[float, float] = super().wrap(width, height)
        lines = len(self.blPara.lines)
        if self.style.alignment != TA_LEFT or lines < 2 or self._words_in_last_line() > 1:
            return size
        narrower = width
        while (narrower := narrower - WIDOW_STEP) >= self.minWidth():
            super().wrap(narrower, height)
            if len(self.blPara.lines) > lines:
                break
            if self._words_in_last_line() > 1:
                return width, size[1]
        super().wrap(width, height)
        return size

    def _words_in_last_line(self) -> int:
        last = self.blPara.lines[-1]
        return len(last[1]) if isinstance(last, tuple) else int(last.wordCount)


def paragraph(content: Runs | str, type_: Type = BODY, colour: Color = INK, *,
              align: str = "left") -> Paragraph:
    """A paragraph of runs (or of plain text) in one type size."""
    style = ParagraphStyle("text", fontName=type_.font, fontSize=type_.size,
                           leading=type_.leading, textColor=colour, alignment=ALIGN[align],
                           bulletFontName=fonts.REGULAR, splitLongWords=True)
    return Words(markup(runs(content) if isinstance(content, str) else content), style)


def width_of(text: str, type_: Type = BODY) -> float:
    """The width of a line of text, in points."""
    return float(stringWidth(text, type_.font, type_.size))


def baseline(type_: Type) -> float:
    """How far the first baseline lies under the top of a line of this type, in points."""
    return (type_.leading - 1.24 * type_.size) / 2 + 0.95 * type_.size
