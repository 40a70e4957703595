"""Words as flowables and on one line: runs, their markup, paragraphs; `running` has their lines."""

from functools import lru_cache
from html import escape
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from handouts.document import Run, Runs
from handouts.pdf.file import fonts
from handouts.pdf.file.tagtree import HEADING, Tag
from handouts.pdf.layout.canvas import text_operators
from handouts.pdf.layout.running import LANGUAGE, Read, RunningText
from handouts.pdf.layout.theme import INK, Type

__all__ = [
    "RunningText",
    "Type",
    "markup",
    "paragraph",
    "plain",
    "read",
    "runs",
    "show",
    "show_centred",
    "width_of",
]
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
              align: str = "left", role: str | None = "") -> RunningText:
    """A paragraph of runs (or of plain text) in one type size.

    `role` is its structure type: by itself P, or a heading in a heading's type; None makes it the
    content of the element around it.
    """
    said = runs(content) if isinstance(content, str) else content
    made_of = read(said, type_, colour, align)
    made = RunningText(made_of.text, made_of.style, frags=made_of.frags)
    made.type_, made.read = type_, made_of
    made.tag = None if role is None else Tag(role or (HEADING if type_.heading else "P"))
    return made


@lru_cache(64)
def _style(type_: Type, colour: Color, align: str) -> ParagraphStyle:
    return ParagraphStyle("text", fontName=type_.font, fontSize=type_.size,
                          leading=type_.leading, textColor=colour, alignment=ALIGN[align],
                          bulletFontName=fonts.REGULAR, splitLongWords=True,
                          spaceShrinkage=0)  # else a line may stand out, its spaces being as set


@lru_cache(4096)  # the paragraphs of some twenty handouts
def read(content: Runs, type_: Type, colour: Color, align: str) -> Read:
    """A paragraph as ReportLab reads it.

    A page is laid out in several ways, and most handouts of a pack share most of their sentences:
    each is read once, and broken into lines once for each width.
    """
    marked, style = markup(content, type_), _style(type_, colour, align)
    return Read(marked, style, RunningText(marked, style).frags)


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
