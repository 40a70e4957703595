"""Closed pages of normal print, from which nothing moves to a page of other things; flowing ones.

A closed page that is full makes its gaps and pictures smaller, then tells how much it may hurt in
running text and not what to get ready, then goes on to a further sheet of its own. A flowing one
puts as much on a sheet as fits.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from handouts import document as doc
from handouts.pdf.layout.boxes import Hidden
from handouts.pdf.layout.theme import GAP_LEAF, GAP_TIGHT, GAP_WORST, Given, Style
from handouts.pdf.pages.sheet import Piece, Sheet, pieces_of, title_of, too_tall, wrapped

CLOSE: frozenset[Given] = frozenset({"close"})
FEW: frozenset[Given] = frozenset({"close", "low", "few"})
TOLD: frozenset[Given] = FEW | {"told"}
# Points taken off the height of pictures, as few as will do: so many leave a step's as wide as its
# column, so many 48 mm.
WIDE, SMALL = (tuple(map(float, range(most + 1))) for most in (22, 40))


def closed(page: doc.Page, top: Sequence[Piece], style: Style) -> list[Sheet]:
    """The sheet of a closed page: its pictures are as large as it has room for; what still has no
    room, from the last block on, goes to a further sheet of its own."""
    return with_loss(page, top, style)[0]


def with_loss(page: doc.Page, top: Sequence[Piece], style: Style
              ) -> tuple[list[Sheet], tuple[int, float]]:
    """The same, and what gave way for it: how many ways were tried, and how many points the
    pictures are lower."""
    close, few, told = (replace(style, tight=True, given=given) for given in (CLOSE, FEW, TOLD))
    looks = (style, close, few, told)
    ways = ((0, style.gap_least, (0.0,)), (1, GAP_TIGHT, WIDE), (1, GAP_WORST, WIDE[-1:]),
            (2, GAP_WORST, SMALL), (2, GAP_LEAF, SMALL), (3, GAP_LEAF, SMALL))

    @cache
    def sheet_of(look: int, by: float) -> Sheet:
        return Sheet(page, [*top, *pieces_of(page.blocks, replace(looks[look], shrunk=by))])

    for tried, (look, gap, smaller) in enumerate(ways):
        if sheet_of(look, smaller[-1]).fits(style.body_height, gap):
            at = bisect_left(smaller, True, hi=len(smaller) - 1, key=lambda by: sheet_of(
                look, by).fits(style.body_height, gap))
            return [sheet_of(look, smaller[at])], (tried, smaller[at])
    sheet = Sheet(page, [*top, *pieces_of(page.blocks, style)])
    moved = _passed_on(sheet, style)
    return [sheet, *_closed_rest(page, moved, style)], (len(ways), SMALL[-1])


def flowing(page: doc.Page, top: Sequence[Piece], style: Style) -> list[Sheet]:
    """The sheets of a flowing page; what is higher than a sheet is a PackError."""
    sheets = [Sheet(page, list(top))]
    for piece in pieces_of(page.blocks, style):
        for row in map(partial(Piece, piece.block), ([one] for one in piece.flowables)):
            sheets[-1].pieces.append(row)
            if sheets[-1].fits(style.body_height, GAP_WORST):
                continue
            again = wrapped([Hidden(title_of(page, style))], style)
            sheets[-1].pieces.pop()
            sheets.append(Sheet(page, [Piece(None, again), row]))
            if not sheets[-1].fits(style.body_height, GAP_WORST):
                raise too_tall(sheets[-1], style)
    return sheets


def _passed_on(sheet: Sheet, style: Style) -> list[Piece]:
    """Takes the last flowables off a sheet until it fits; PackError where the first has no room."""
    moved: list[Piece] = []
    while not sheet.fits(style.body_height, style.gap_least):
        *others, last = sheet.pieces
        if last.block is None or (len(last.flowables) == 1 and len(others) <= 1):
            raise too_tall(sheet, style)
        *kept, off = last.flowables
        sheet.pieces = [*others, *([Piece(last.block, kept)] if kept else [])]
        moved.insert(0, Piece(last.block, [off]))
    return moved


def _closed_rest(page: doc.Page, moved: list[Piece], style: Style) -> list[Sheet]:
    """Further sheets of a closed page; their title is no second heading."""
    again = wrapped([Hidden(title_of(page, style))], style)
    sheet = Sheet(page, [Piece(None, again), *moved])
    rest = _passed_on(sheet, style)
    return [sheet, *(_closed_rest(page, rest, style) if rest else [])]
