"""What the research says, and its sources."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import headed, skin_of, titled_by
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Stack, across
from handouts.pdf.layout.columns import RunningColumns
from handouts.pdf.layout.theme import Style

GAP = 3.0  # between findings
WIDE = .7  # of the page: a card that is wider has two columns
BESIDE = 14.0  # between a heading and what stands in its line
LOW = (4.0, 13.0, 5.0, 13.0)  # padding of the card of a full page: top, right, bottom, left
NUMBER = 20.0  # points: the column of a source's number


def findings(block: doc.Research, style: Style) -> list[Flowable]:
    """The findings in a card; without a title, in large print, in a card each."""
    found: list[text.RunningText] = [_finding(*one, style) for one in block.findings]
    if block.title:
        body = headed(block.title, "know", "book", Findings(found, style), style)
        return [CardBox(body, skin_of("know", style))]
    if style.stacked:
        return [CardBox(one, skin_of("know", style)) for one in found]
    skin = skin_of("know", style, padding=LOW) if "low" in style.given else skin_of("know", style)
    return [CardBox(_in_columns(found, style), skin)]


def _in_columns(found: Sequence[text.RunningText], style: Style) -> RunningColumns:
    return RunningColumns(found, GAP, least=1 if "low" in style.given else 2)


class Findings(Box):
    """Findings under each other, or in two columns where they have the width of the page."""

    def __init__(self, found: list[text.RunningText], style: Style) -> None:
        super().__init__()
        self.found, self.style = found, style

    def arrange(self, width: float) -> tuple[float, float]:
        """Lists them for the width at hand."""
        wide = width > WIDE * self.style.width and not self.style.stacked
        inner: Flowable = (_in_columns(self.found, self.style) if wide else
                           Stack(self.found, self.style.sized(GAP)))
        _, height = inner.wrap(width, 1e6)
        self.place(inner, 0, 0)
        return width, height


def sources(block: doc.Sources, style: Style) -> list[Flowable]:
    """The numbered sources, then when they were checked; apart in large print, where they need
    several sheets."""
    title, checked = titled_by(block.title, "know", style), " ".join(block.checked)
    head = across([(title, text.width_of(block.title, style.type.h3) + 1),
                   (text.paragraph(checked, style.type.body), None)], style, gap=BESIDE,
                  align="middle")
    rows = [_source(number, one, style) for number, one in enumerate(block.items, 1)]
    return [head, *rows] if style.stacked else [Stack([head, *rows])]


def _finding(title: str, said: doc.Runs, style: Style) -> text.RunningText:
    """A finding that its first words name."""
    return text.paragraph((doc.Run(f"{title} ", strong=True), *said), style.type.body)


def made(block: doc.Made, style: Style) -> Flowable:
    """How the content was made."""
    return text.paragraph((doc.Run(f"{block.title}. ", strong=True), *block.body),
                          style.type.body)


def _source(number: int, source: doc.Cited, style: Style) -> Flowable:
    """A source as a note; its number is the one in brackets in the text."""
    label = text.paragraph(f"{number} ", style.type.strong, role="Lbl")
    words = (doc.Run(f"{source.lead} ", strong=True), doc.Run(f"{source.work} "),
             doc.Run(source.place, link=source.link))
    return RowBox([(label, style.sized(NUMBER)), (text.paragraph(words, style.type.body), None)],
                  tag=Tag("Note", id=f"source-{number}"))
