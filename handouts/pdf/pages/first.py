"""Page 1 of normal print, and what on it gives way where it is full: never type, never a warning.

In this order: the gaps, the height of the pictures and of the rows of signs; the lines of what to
ask first; the picture beside the message; what is going on goes to page 2, and the things to do
stand in a row; what to ask first goes to page 2; the things to do, too; the care that this patient
must take, which then opens page 2; the Stop box, with a long note.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from handouts import document as doc
from handouts.pdf.layout.theme import Given, Style
from handouts.pdf.pages.sheet import Piece, Sheet, aired, piece_of, pointer_to, too_tall

STAYS = (doc.Hero, doc.Message, doc.StopBox, doc.Unexamined, doc.Warnings)
TIGHT = 4.0  # between the blocks of a page that has given way
CLOSE = 3.0  # where nothing else would stay
Blocks = tuple[doc.Block, ...]


def lay_out(page: doc.Page, top: Sequence[Piece], style: Style) -> tuple[Sheet, list[Piece]]:
    """The sheet, and what goes on to the next one; PackError if even the least does not fit."""
    for given, gap, blocks, rest in _ways(page.blocks, style):
        own = replace(style, given=frozenset(given))
        sheet = Sheet(page, [*top, *(piece_of(block, own) for block in blocks)])
        if sheet.fits(style.body_height, gap):
            return aired(sheet, own, gap), [piece_of(block, style) for block in rest]
    raise too_tall(sheet, style)


def _ways(blocks: Blocks, style: Style) -> Iterator[tuple[set[Given], float, Blocks, Blocks]]:
    """What has given way, the least gap, what stays, what goes on."""
    yield set(), style.gap_least, blocks, ()
    yield {"close"}, TIGHT, blocks, ()
    yield {"close", "low"}, CLOSE, blocks, ()
    yield {"close", "low", "prose"}, CLOSE, blocks, ()
    yield {"close", "low", "prose", "bare"}, CLOSE, blocks, ()
    kept, rest = _rowed(blocks)
    yield {"row"}, style.gap_least, kept, rest
    yield {"row", "close", "low"}, TIGHT, kept, rest
    yield {"row", "close", "low", "bare"}, TIGHT, kept, rest
    kept, asked = _unasked(kept)
    yield {"row"}, style.gap_least, kept, (*asked, *rest)
    yield {"row", "close", "low"}, TIGHT, kept, (*asked, *rest)
    yield {"row", "close", "low", "bare"}, CLOSE, kept, (*asked, *rest)
    staying = tuple(block for block in kept if isinstance(block, STAYS))
    going = tuple(block for block in kept if not isinstance(block, STAYS))
    yield {"close", "low", "bare"}, CLOSE, staying, (*asked, *going, *rest)
    warned = tuple(block for block in staying if isinstance(block, doc.Warnings))
    signs = tuple(block for block in staying if isinstance(block, doc.StopBox))
    unwarned = tuple(block for block in staying if block not in warned)
    yield {"close", "low", "bare"}, CLOSE, unwarned, (*warned, *asked, *going, *rest)
    pointed = tuple(pointer_to(block) if isinstance(block, doc.StopBox) else block
                    for block in staying)
    for given in ("close", "low", "bare"), ("close", "low", "bare", "few"):
        yield set(given), CLOSE, pointed, (*signs, *asked, *going, *rest)


def _rowed(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """The things to do and what is a warning, on the whole width; what stood beside them."""
    kept: list[doc.Block] = []
    rest: list[doc.Block] = []
    for block in blocks:
        if not isinstance(block, doc.Columns):
            kept.append(block)
            continue
        inner = [one for column in block.columns for one in column]
        kept += [one for one in inner if isinstance(one, (doc.Things, doc.Warnings))]
        rest += [one for one in inner if not isinstance(one, (doc.Things, doc.Warnings))]
    return tuple(kept), tuple(rest)


def _unasked(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """The Stop box without what to ask first; that."""
    asked = tuple(block.ask for block in blocks if isinstance(block, doc.StopBox) and block.ask)
    kept = tuple(structs.replace(block, ask=None) if isinstance(block, doc.StopBox) else block
                 for block in blocks)
    return kept, asked
