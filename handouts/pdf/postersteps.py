"""The steps of a poster: each picture beside its number and words; the moves of the last one."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Row, Space, Stack
from handouts.pdf.marks import Disc
from handouts.pdf.massages import picture
from handouts.pdf.posterparts import DISC, GUTTER, halves, titled, width
from handouts.pdf.structure import section
from handouts.pdf.style import Style

BESIDE = 11.0  # from a picture to its words
SHARE = .31  # of the page, for the last step's words where it has all moves
FULL = 3  # moves
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
    share = halves(style) if len(block.moves) < FULL else _words_share(block, style)
    least = [_two_lines(text.plain(move.body), style.type.body) for move in block.moves]
    more = (width(style) - share - sum(least)) / len(least) - GUTTER
    return Row([(words, share), *((_move(move, wide * MOVE, style), own + more)
                                  for move, own in zip(block.moves, least, strict=True))],
               gap=GUTTER, tag=section())


def _words_share(block: doc.Finish, style: Style) -> float:
    """The width of the last step's words beside all moves: its title stands on one line."""
    return max(text.width_of(block.title, style.type.h3) + DISC + 10, SHARE * width(style))


def _two_lines(words: str, type_: text.Type) -> float:
    """The least width at which words take two lines."""
    parts = words.split()
    return min(max(text.width_of(" ".join(half), type_) for half in (parts[:at], parts[at:]))
               for at in range(1, len(parts))) + 1


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
