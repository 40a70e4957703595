"""Text in the four type sizes of the page: runs → paragraphs, words on one line, widths."""

from html import escape
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from handouts.document import Run, Runs
from handouts.pdf import fonts
from handouts.pdf.canvas import text_operators
from handouts.pdf.colours import INK
from handouts.pdf.sizes import Type
from handouts.pdf.structure import HEADING, Tag
from handouts.pdf.words import LANGUAGE, Words

__all__ = ["Type", "Words", "markup", "paragraph", "plain", "runs", "show", "show_centred",
           "width_of"]
ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}


def runs(text: str, *, strong: bool = False) -> Runs:
    """Plain text as one run."""
    return (Run(text, strong=strong),)


def plain(content: Runs) -> str:
    """The text of runs."""
    return "".join(run.text for run in content)


def markup(content: Runs, type_: Type) -> str:
    """Runs in ReportLab's paragraph markup; every character of the text is literal."""
    return "".join(_marked(run, type_) for run in content)


def _marked(run: Run, type_: Type) -> str:
    bold = run.strong or type_.bold
    parts = [f'<font name="{escape(font)}">{_literal(part)}</font>'
             if font not in (fonts.REGULAR, fonts.BOLD) else _literal(part)
             for font, part in fonts.split(run.text, bold=bold)]
    text = "".join(parts)
    text = f"<b>{text}</b>" if run.strong else text
    target = run.link or (f"{LANGUAGE}{run.lang}" if run.lang else "")
    return f'<a href="{escape(target)}">{text}</a>' if target else text


def _literal(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def paragraph(content: Runs | str, type_: Type, colour: Color = INK, *,
              align: str = "left", role: str | None = "") -> Words:
    """A paragraph of runs (or of plain text) in one type size.

    `role` is its structure type: by itself P, or a heading in a heading's type; None makes it the
    content of the element around it.
    """
    style = ParagraphStyle("text", fontName=type_.font, fontSize=type_.size,
                           leading=type_.leading, textColor=colour, alignment=ALIGN[align],
                           bulletFontName=fonts.REGULAR, splitLongWords=True,
                           spaceShrinkage=0)  # else a line may stand out, its spaces being as set
    made = Words(markup(runs(content) if isinstance(content, str) else content, type_), style)
    made.type_ = type_
    made.tag = None if role is None else Tag(role or (HEADING if type_.heading else "P"))
    return made


def show_centred(canv: Any, words: str, type_: Type, colour: Color,
                 at: tuple[float, float]) -> None:
    """Puts words on one line, their baseline centred on a place in points."""
    left, base = at
    show(canv, words, type_, colour, (left - width_of(words.rstrip(), type_) / 2, base))


def show(canv: Any, words: str, type_: Type, colour: Color, at: tuple[float, float]) -> None:
    """Puts words on one line, their baseline starting at a place in points."""
    left, base = at
    canv.setFillColor(colour)
    code = ["BT"]
    for font, part in fonts.split(words, bold=type_.bold):
        code.append(text_operators(font, type_.size, (left, base), part))
        left += stringWidth(part, font, type_.size)
    canv.operators(" ".join([*code, "ET"]))


def width_of(text: str, type_: Type) -> float:
    """The width of a line of text, in points."""
    return float(sum(stringWidth(part, font, type_.size)
                     for font, part in fonts.split(text, bold=type_.bold)))
