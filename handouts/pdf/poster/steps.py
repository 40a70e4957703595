"""The steps of a poster: each picture beside its number and words; the moves of the last one."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items
from handouts.pdf.blocks.marks import Disc, DrawnSign
from handouts.pdf.blocks.massages import picture
from handouts.pdf.blocks.tiles import SAFE, tile
from handouts.pdf.figures.figures import Picture
from handouts.pdf.file.tagtree import HEADING, Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, RowBox, Space, Stack
from handouts.pdf.layout.theme import Style

MARGIN = 23.0
GUTTER = 16.0
GAP = 8.0
DISC, WIDE_DISC = 36.0, 40.0  # a number or a badge; a number with its letter
DOT = 8.0
DOT_GAP = 6.0


def width(style: Style) -> float:
    """The width between the margins."""
    return style.page_size[0] - 2 * MARGIN


def titled(sign: Flowable, title: str, colour: Color, style: Style) -> RowBox:
    """A heading behind its number or its badge."""
    words = text.paragraph(title, style.type.h3, colour, role=None)
    return RowBox([(sign, sign.width), (words, None)], gap=8, align="middle", tag=Tag(HEADING))


def pair(cells: Sequence[Flowable], widths: Sequence[float]) -> RowBox:
    """Cells side by side; cards are as tall as their neighbour."""
    for cell in cells:
        if isinstance(cell, CardBox):
            cell.least = 0.0  # of another width
    tall = max(cell.wrap(wide, 1e6)[1] for cell, wide in zip(cells, widths, strict=True))
    for cell in cells:
        if isinstance(cell, CardBox):
            cell.least = tall
    return RowBox(list(zip(cells, widths, strict=True)), gap=GUTTER)


def halves(style: Style) -> float:
    """The width of a cell that shares a row with another."""
    return (width(style) - GUTTER) / 2


class Dot(DrawnSign):
    """A bullet of the wall's size, level with the middle of a line."""

    def __init__(self, leading: float, colour: Color) -> None:
        super().__init__(DOT, leading)
        self.colour = colour

    def draw(self) -> None:
        """Paints the disc."""
        self.canv.setFillColor(self.colour)
        self.canv.circle(DOT / 2, self.height / 2 - 1, DOT / 2, stroke=0, fill=1)


def dotted(items: Sequence[str], type_: text.Type, colour: Color) -> Stack:
    """Items behind bullets, above each other."""
    rows: list[Box] = [RowBox([(Dot(type_.leading, colour), DOT),
                               (text.paragraph(item, type_, role="LBody"), None)], gap=DOT_GAP)
                       for item in items]
    return Stack(as_items(rows))


def dotted_width(item: str, type_: text.Type) -> float:
    """The width of an item on one line, behind its bullet."""
    return text.width_of(item, type_) + DOT + DOT_GAP + 1


BESIDE = 11.0  # from a picture to its words
UNDER = 2.0  # from a title to its picture
LOW = .52  # of its width: the height of a picture, which all that matters in it has room for
SHARE = .27  # of the page, for the last step's words where it has all moves
FULL = 3  # moves
MOVE = .55  # the height of a move's picture, as a share of the width of a step's


def step(block: doc.Step, wide: float, style: Style) -> Flowable:
    """Number and title; under them a picture of a width beside the words."""
    shown = tile(block.figure, (wide, LOW * wide), style, SAFE)
    row = RowBox([(shown, wide), (text.paragraph(block.body, style.type.body), None)], gap=BESIDE)
    return Stack([_title(block.mark, block.title, style), Space(UNDER), row.reads_last(0)],
                 tag=section())


def finish(block: doc.Finish, wide: float, style: Style) -> Flowable:
    """The last step across the page: its words, then its moves."""
    words = Stack([_title(block.mark, block.title, style), Space(1),
                   text.paragraph(block.body, style.type.body)])
    share = halves(style) if len(block.moves) < FULL else _words_share(block, style)
    shown = [_fitting(move.frames[0].figure, 2 * wide, wide * MOVE, style) for move in block.moves]
    room = width(style) - share - GUTTER * len(shown)
    cells = [(_move(move, own, wide * MOVE, style), own)
             for move, own in zip(block.moves, _columns(block.moves, shown, room, style),
                                  strict=True)]
    return RowBox([(words, share), *cells], gap=GUTTER, tag=section())


def _columns(moves: Sequence[doc.Move], shown: Sequence[Picture], room: float,
             style: Style) -> list[float]:
    """The widths of the moves: what name and words need on a line each, and more where a picture is
    wide; the same for each where there is no room for that."""
    least = [1 + max(text.width_of(move.title, style.type.strong),
                     text.width_of(text.plain(move.body), style.type.body)) for move in moves]
    if sum(least) > room:
        return [room / len(moves)] * len(moves)
    wished = [max(one.width - own, 0) + 1 for one, own in zip(shown, least, strict=True)]
    more = (room - sum(least)) / sum(wished)
    return [own + more * wish for own, wish in zip(least, wished, strict=True)]


def _words_share(block: doc.Finish, style: Style) -> float:
    """The width of the last step's words beside all moves: its title may take two lines."""
    return min(text.width_of(block.title, style.type.h3) + DISC + 10, SHARE * width(style))


def _title(mark: str, title: str, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    size, type_ = (DISC, style.type.h3) if len(mark) == 1 else (WIDE_DISC, style.type.strong)
    return titled(Disc(mark, size, colour, type_), title, colour, style)


def _move(move: doc.Move, wide: float, tall: float, style: Style) -> Flowable:
    """A move: its picture within a width and a height, above its name and how often."""
    shown = _fitting(move.frames[0].figure, wide, tall, style)
    return Stack([Space(tall - shown.height), shown, Space(2),
                  text.paragraph(move.title, style.type.strong),
                  text.paragraph(move.body, style.type.body)], tag=section()).reads_last(1)


def _fitting(figure: doc.Figure, wide: float, tall: float, style: Style) -> Picture:
    shown = picture(figure, wide, style)
    return shown if shown.height <= tall else picture(figure, wide * tall / shown.height, style)
