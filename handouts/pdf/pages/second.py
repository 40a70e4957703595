"""The page of the massages in normal print: what stands beside what, and what goes behind the leaf.

What page 1 had no room for comes first. Where the page is full, in this order: what is going on
takes the place of a third massage, or that of the research; gaps and pictures give way; what has no
room then goes to a page of its own, which is as full as this one. It comes after the leaf for the
fridge, so that the leaf is always one sheet of paper: pages 3 and 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs

from handouts import document as doc
from handouts.pdf.layout.theme import GAP_TIGHT, GAP_WORST, Given, Style
from handouts.pdf.pages.sheet import Piece, Sheet, filled, piece_of, title_of

SHARES = (30, 21)  # of the width: what to do tonight, what stands beside it
MOST = 3  # massages in one row
ENOUGH = .9  # of a page: one that is so full looks full
LAST = .45  # of a page: what the last one, which extras fill, may be emptier
MORE = "more"  # the id of the page behind the leaf
Blocks = tuple[doc.Block, ...]


def lay_out(page: doc.Page, top: Sequence[Piece], before: Sequence[doc.Block], style: Style
            ) -> tuple[Sheet, list[Sheet]] | None:
    """The sheet, and the one behind the leaf if there is need of it; None if both are too few, or
    the page has not one row of massages."""
    if sum(isinstance(block, doc.MassageCards) for block in page.blocks) != 1:
        return None
    blocks = (*before, *page.blocks)
    for arranged, look, gap in _ways(blocks, style):
        sheet = Sheet(page, [*top, *(piece_of(block, look) for block in arranged)])
        if sheet.fits(style.body_height, gap):
            return sheet, []
    best: tuple[Sheet, list[Sheet]] | None = None
    fullest = 0.0
    for kept, gone in _partings(blocks):
        for sheet, behind in _pairs(page, top, kept, gone, style):
            full = min(filled(sheet, style), filled(behind, style) + LAST)
            if full > fullest:
                best, fullest = (sheet, [behind]), full
        if fullest > ENOUGH:
            break
    return best


def _looks(blocks: Blocks, style: Style) -> tuple[tuple[Style, float], ...]:
    """How the blocks of a page may look, and its least gap; things to do that have the whole width
    stand in a row."""
    row: set[Given] = {"row"} if any(isinstance(block, doc.Things) for block in blocks) else set()
    usual = replace(style, given=frozenset(row))
    tight = replace(style, tight=True, given=frozenset({"close", *row}))
    low = replace(tight, given=frozenset({"close", "low", *row}))
    return (usual, style.gap_least), (tight, GAP_TIGHT), (low, GAP_WORST)


def _ways(blocks: Blocks, style: Style) -> Iterator[tuple[Blocks, Style, float]]:
    """The blocks as they are, and gathered: each in the look that it has, then closer."""
    arranged = [blocks, *_gathered(blocks)]
    looks = [_looks(way, style) for way in arranged]
    for at in range(len(looks[0])):
        for way, own in zip(arranged, looks, strict=True):
            yield way, *own[at]


def _partings(blocks: Blocks) -> Iterator[tuple[Blocks, Blocks]]:
    """What stays and what goes behind the leaf: the disclaimer, and of what is going on, the tips
    and the research as much as makes room."""
    told, tips, known = _told(blocks), _tips(blocks), _research(blocks)
    said = tuple(one for one in blocks if isinstance(one, doc.FinePrint))
    for more in (known, (*told, *known), (*tips, *known), told, (*told, *tips, *known)):
        kept = _without(blocks, (*more, *said))
        for way in (kept, *_gathered(kept)):
            if not _gaping(way):
                yield way, (*more, *said)


def _pairs(page: doc.Page, top: Sequence[Piece], kept: Blocks, gone: Blocks, style: Style
           ) -> Iterator[tuple[Sheet, Sheet]]:
    """The two sheets, if both have room."""
    further = structs.replace(page, id=MORE, title=page.more or page.title)
    behind = Sheet(further, [Piece(None, [title_of(further, style)]),
                             *(piece_of(_long(block), style) for block in gone)])
    for look, gap in _looks(kept, style):
        sheet = Sheet(page, [*top, *(piece_of(block, look) for block in kept)])
        if sheet.fits(style.body_height, gap):
            if behind.fits(style.body_height):
                yield sheet, Sheet(further, [*behind.pieces[:1],
                                             *(piece_of(block, style) for block in gone)])
            return


def _long(block: doc.Block) -> doc.Block:
    """A disclaimer in its long words, in which it stands where it has room."""
    return structs.replace(block, brief=()) if isinstance(block, doc.FinePrint) else block


# -- what stands beside what -----------------------------------------------------------------------


def _gathered(blocks: Blocks) -> list[Blocks]:
    """The blocks with what is going on beside the massages, or beside the tips if there are three;
    nothing if it is not on this page."""
    told = _told(blocks)
    if not told:
        return []
    research, tips = _research(blocks), _tips(blocks)
    cards = next(block for block in blocks if isinstance(block, doc.MassageCards))
    free = MOST - len(cards.items)
    beside = (*told, *research)[:free] if free else ()
    left = tuple(one for one in (*told, *research) if one not in beside)
    rest = _without(blocks, (*told, *research, *tips))
    at = rest.index(structs.replace(cards, beside=())) + 1
    under: Blocks = tips
    if tips and left:
        under, left = (doc.Columns((tips, left[:1]), SHARES),), left[1:]
    cards = structs.replace(cards, beside=beside)
    ways = [(*rest[:at - 1], cards, *under, *left, *rest[at:])]
    warned = tuple(one for one in rest[at:] if isinstance(one, doc.Warnings))
    if warned and beside:
        # What is going on beside what to mind afterwards, each on half of the width.
        alone = structs.replace(cards, beside=research if free == 1 else ())
        under = (doc.Columns((tips, research), SHARES),) if tips and free > 1 and research else tips
        ways.append((*rest[:at - 1], alone, *under, doc.Columns((told, warned), (1, 1)),
                     *_without(rest[at:], warned)))
    return ways


def _gaping(blocks: Blocks) -> bool:
    """Whether a place beside the massages is empty; one alone has the whole width."""
    return any(1 < len(block.items) + len(block.beside) < MOST for block in blocks
               if isinstance(block, doc.MassageCards))


def _told(blocks: Blocks) -> Blocks:
    """What is going on, with its pictures."""
    return tuple(one for one in _all(blocks) if isinstance(one, doc.Card)
                 and any(isinstance(inner, doc.Pair) for inner in one.body))[:1]


def _research(blocks: Blocks) -> Blocks:
    return tuple(one for one in _all(blocks) if isinstance(one, doc.Research))


def _tips(blocks: Blocks) -> Blocks:
    return tuple(one for one in _all(blocks) if isinstance(one, doc.Tips))


def _all(blocks: Blocks) -> Iterator[doc.Block]:
    """The blocks, those in columns and beside massages too."""
    for block in blocks:
        if isinstance(block, doc.Columns):
            yield from (inner for column in block.columns for inner in column)
        elif isinstance(block, doc.MassageCards):
            yield block
            yield from block.beside
        else:
            yield block


def _without(blocks: Blocks, gone: Blocks) -> Blocks:
    """The blocks without some of them; a column that is left alone has the whole width."""
    left: list[doc.Block] = []
    for block in blocks:
        if isinstance(block, doc.Columns):
            columns = [tuple(one for one in column if one not in gone) for column in block.columns]
            columns = [column for column in columns if column]
            whole = len(columns) == len(block.columns)
            left += ([structs.replace(block, columns=tuple(columns))] if whole else
                     [one for column in columns for one in column])
        elif isinstance(block, doc.MassageCards):
            left.append(structs.replace(block, beside=tuple(
                one for one in block.beside if one not in gone)))
        elif block not in gone:
            left.append(block)
    return tuple(left)
