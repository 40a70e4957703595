"""The steps of a poster: each picture beside its number and words; the moves of the last one."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Row, Space, Stack
from handouts.pdf.figures import Picture
from handouts.pdf.marks import Disc
from handouts.pdf.massages import picture
from handouts.pdf.posterparts import DISC, GUTTER, halves, titled, width
from handouts.pdf.structure import section
from handouts.pdf.style import Style

BESIDE = 11.0  # from a picture to its words
SHARE = .315  # of the page, for the last step's words where it has all moves
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
    shown = [_fitting(move.figure, 2 * wide, wide * MOVE, style) for move in block.moves]
    room = width(style) - share - GUTTER * len(shown)
    cells = [(_move(move, own, wide * MOVE, style), own)
             for move, own in zip(block.moves, _columns(block.moves, shown, room, style),
                                  strict=True)]
    return Row([(words, share), *cells], gap=GUTTER, tag=section())


def _columns(moves: Sequence[doc.Move], shown: Sequence[Picture], room: float,
             style: Style) -> list[float]:
    """The widths of the moves: what words in two lines need, and more where a picture is wide."""
    least = [_two_lines(text.plain(move.body), style.type.body) for move in moves]
    wished = [max(one.width - own, 0) + 1 for one, own in zip(shown, least, strict=True)]
    more = (room - sum(least)) / sum(wished)
    return [own + more * wish for own, wish in zip(least, wished, strict=True)]


def _words_share(block: doc.Finish, style: Style) -> float:
    """The width of the last step's words beside all moves: its title stands on one line."""
    return max(text.width_of(block.title, style.type.h3) + DISC + 10, SHARE * width(style))


def _two_lines(words: str, type_: text.Type) -> float:
    """The least width at which words take two lines."""
    parts = words.split(" ")  # not at spaces that hold words together
    return min(max(text.width_of(" ".join(half), type_) for half in (parts[:at], parts[at:]))
               for at in range(1, len(parts))) + 1


def _title(number: int, title: str, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    return titled(Disc(number, DISC, colour, style.type.h3), title, colour, style)


def _move(move: doc.Move, wide: float, tall: float, style: Style) -> Flowable:
    """A move: its picture within a width and a height, above its words."""
    shown = _fitting(move.figure, wide, tall, style)
    return Stack([Space(tall - shown.height), shown, Space(2),
                  text.paragraph(move.body, style.type.body)], tag=section()).reads_last(1)


def _fitting(figure: doc.Figure, wide: float, tall: float, style: Style) -> Picture:
    shown = picture(figure, wide, style)
    return shown if shown.height <= tall else picture(figure, wide * tall / shown.height, style)
