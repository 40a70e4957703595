"""The drawn exercises of the full edition, and what so much of one thing brings of another."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import titled_by
from handouts.pdf.blocks.marks import Badge, Icon
from handouts.pdf.blocks.massages import picture
from handouts.pdf.blocks.writing import WriteLine
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import RowBox, Space, Stack
from handouts.pdf.layout.theme import GUTTER, Style

FRAME = 112.0  # points: the width of one of two pictures
LARGE_FRAME = 160.0
SIGN = 17.0
ABREAST = 3


def rows(block: doc.Exercises, style: Style) -> list[Flowable]:
    """Each exercise of two pictures across the page, then the others, three beside each other."""
    wide = [_framed(one, style) for one in block.items if len(one.figures) > 1]
    narrow = [one for one in block.items if len(one.figures) == 1]
    if style.stacked:
        return [*wide, *(_beside(one, style) for one in narrow)]
    return [*wide, *_thirds(narrow, style)]


def _thirds(items: Sequence[doc.Exercise], style: Style) -> Iterator[Flowable]:
    share = (style.width - (ABREAST - 1) * GUTTER) / ABREAST
    for at in range(0, len(items), ABREAST):
        yield RowBox([(_column(one, share, style), share) for one in items[at:at + ABREAST]],
                     gap=GUTTER)


def _column(one: doc.Exercise, width: float, style: Style) -> Flowable:
    """A picture over its name and words."""
    return Stack([picture(one.figures[0], width, style), Space(4), *_words(one, style)],
                 tag=section()).reads_last(0)


def _beside(one: doc.Exercise, style: Style) -> Flowable:
    shown = picture(one.figures[0], LARGE_FRAME, style)
    return RowBox([(shown, shown.width), (Stack(_words(one, style)), None)], gap=style.sized(12),
                  align="middle", tag=section()).reads_last(0)


def _framed(one: doc.Exercise, style: Style) -> Flowable:
    """The frames under their names, and the words beside them, or under them in large print."""
    wide = LARGE_FRAME if style.stacked else FRAME
    frames = RowBox([(Stack([text.paragraph(caption, style.type.strong), Space(2),
                             picture(figure, wide, style)]), wide)
                     for caption, figure in zip(one.captions, one.figures, strict=True)],
                    gap=GUTTER)
    words = Stack(_words(one, style))
    if style.stacked:
        return Stack([words, Space(6), frames], tag=section())
    across = len(one.figures) * wide + (len(one.figures) - 1) * GUTTER
    return RowBox([(frames, across), (words, None)], gap=16, align="middle",
                  tag=section()).reads_last(0)


def _words(one: doc.Exercise, style: Style) -> list[Flowable]:
    """The name, what to do, then each sign with its line, and the line for the clinician."""
    signs: list[tuple[str, str, doc.Kind, str]] = [
        ("tick", "disc", "do", one.feel), ("bang", "triangle", "care", one.care),
        ("x", "octagon", "stop", one.stop)]
    lines: list[Flowable] = [_signed(*sign, style) for sign in signs if sign[-1]]
    return [titled_by(one.title, "do", style), text.paragraph(one.body, style.type.body),
            *(part for row in lines for part in (Space(style.sized(4)), row)),
            *([Space(style.sized(2)), WriteLine(one.blank, style)] if one.blank else [])]


def _signed(name: str, shape: str, kind: doc.Kind, words: str, style: Style) -> Flowable:
    size = style.sized(SIGN)
    sign = Badge(name, size, style.palette.kind(kind).ink, shape)
    return RowBox([(sign, size), (text.paragraph(words, style.type.body), None)],
                  gap=style.sized(6), align="middle")


def trade(block: doc.Trade, style: Style) -> Flowable:
    """Both numbers large, an arrow between them; read as the sentence that they make."""
    colour, number = style.palette.kind("do").ink, style.type.alarm
    give, get = (text.paragraph(f"{figure} ", number, colour, role="Span")
                 for figure in (block.give, block.get))
    size = style.sized(24)
    cells: list[tuple[Flowable, float | None]] = [
        (give, text.width_of(f"{block.give} ", number) + 2),
        (_small(block.of, style), _wide(block.of, style)),
        (Stack([_small(block.brings, style), Icon("right", size, colour)]),
         _wide(block.brings, style)),
        (get, text.width_of(f"{block.get} ", number) + 2),
        (_small(block.less, style), None)]
    return RowBox(cells, gap=style.sized(6), align="middle", tag=Tag("P"))


def _small(words: str, style: Style) -> Flowable:
    return text.paragraph(f"{words} ", style.type.strong, role="Span")


def _wide(words: str, style: Style) -> float:
    return max(text.width_of(part, style.type.strong) for part in words.split()) + 2
