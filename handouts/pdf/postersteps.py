"""The steps of a poster: each picture beside its number and words; the moves of the last one."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Row, Space, Stack
from handouts.pdf.marks import Disc
from handouts.pdf.massages import picture
from handouts.pdf.posterparts import DISC, GUTTER, halves, titled
from handouts.pdf.structure import section
from handouts.pdf.style import Style

BESIDE = 11.0  # from a picture to its words
MOVE = .62  # the height of a move's picture, as a share of the width of a step's


def step(block: doc.Step, wide: float, style: Style) -> Flowable:
    """A picture of a width beside number, title and words."""
    words = Stack([_title(block.number, block.title, style), Space(1),
                   text.paragraph(block.body, style.type.body)])
    return Row([(picture(block.figure, wide, style), wide), (words, None)],
               gap=BESIDE, tag=section()).reads_last(0)


def finish(block: doc.Finish, wide: float, style: Style) -> Flowable:
    """The last step across the page: its words, then its moves."""
    words = Stack([_title(block.number, block.title, style), Space(1),
                   text.paragraph(block.body, style.type.body)])
    moves: list[tuple[Flowable, float | None]] = [(_move(move, wide * MOVE, style), None)
                                                  for move in block.moves]
    share = halves(style) if len(moves) < 3 else words_share(block, style)
    return Row([(words, share), (Row(moves, gap=GUTTER), None)], gap=GUTTER, tag=section())


def words_share(block: doc.Finish, style: Style) -> float:
    """The width of the last step's words: its title stands on one line."""
    return text.width_of(block.title, style.type.h3) + DISC + 10


def _title(number: int, title: str, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    return titled(Disc(number, DISC, colour, style.type.h3), title, colour, style)


def _move(move: doc.Move, tall: float, style: Style) -> Flowable:
    """A move: its picture, as high as the others at most, above its words."""
    shown = picture(move.figure, 2 * tall, style)
    if shown.height > tall:
        shown = picture(move.figure, tall * shown.width / shown.height, style)
    return Stack([Space(tall - shown.height), shown, Space(2),
                  text.paragraph(move.body, style.type.body)]).reads_last(1)
