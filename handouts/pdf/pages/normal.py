"""From a Document's pages to printed ones: blocks stacked, gaps shared, what does not fit moved on.

A page's blocks share what height is left as equal gaps. When there is too little, the last block
that may move goes to the next page, or to a page of its own; type is never made smaller. What gives
way on page 1 is told by `first`. A block that may not move and does not fit is a PackError, found
here and not by a reader. Pages from which nothing may move are told by `closed`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.routine import running
from handouts.pdf.layout.boxes import Hidden
from handouts.pdf.layout.theme import GAP_EXTRA, GAP_TIGHT, GAP_WORST, Style
from handouts.pdf.pages import first, second
from handouts.pdf.pages.closed import closed, flowing, with_loss
from handouts.pdf.pages.sheet import (
    Piece,
    Sheet,
    aired,
    parted,
    piece_of,
    pieces_of,
    pointer_to,
    settle_fine_print,
    title_of,
    too_tall,
    wrapped,
)

CARDS = 3  # of massages stand beside each other; more in further rows
ALONE = 3  # pieces that stay where the fine print goes on: title, lead, and what they lead to
PINNED = (doc.Alarm, doc.Hero, doc.NotNow, doc.StopBox, doc.Routine, doc.Finish, doc.Strip)


def lay_out(document: doc.Document, style: Style, head: Flowable) -> list[Sheet]:
    """The sheets to print; `head` is the letterhead, which opens the first."""
    sheets: list[Sheet] = []
    moved: list[Piece] = []
    behind: list[Sheet] = []  # the leaf, which is one sheet of paper
    more, document = _parted(document)
    pages = list(map(_in_rows, _fine_print_placed(document.pages, style, head)))
    for at, page in enumerate(pages):
        page, top = _topped(page, style, None if sheets else head)
        if page.fresh and moved and (sheet := _with_last(page, top, moved, style)):
            sheets.append(sheet)
            moved = []
            continue
        if page.closed or page.flowing or page.fresh or any(_plans(piece.block) for piece in moved):
            further = _continued(sheets[-1].page if sheets else page, moved, style)
            (behind if page.closed and len(sheets) % 2 == 0 else sheets).extend(further)
            moved = []
        if page.closed or page.flowing:
            sheets += (flowing if page.flowing else closed)(page, top, style)
            continue
        sheets += behind
        sheet, passed, behind = _opened(page, top, moved, style)
        if behind and (spared := _spared(page, pages[at + 1:], top, moved, style)):
            sheet, pages[at + 1:], behind = *spared, []
        sheets.append(sheet)
        moved = passed
    sheets += behind
    if moved:
        sheets += _continued(sheets[-1].page, moved, style)
    settle_fine_print(sheets, style, style.gap_least, more)
    _relieve(sheets, style)
    _add_extras(sheets, style)
    return sheets


def _fine_print_placed(pages: Sequence[doc.Page], style: Style, head: Flowable) -> list[doc.Page]:
    """The pages; the disclaimer of a leaf by itself on the side where less gives way for it."""
    if not pages[0].closed or len(pages) == 1:
        return list(pages)
    front, back, *others = pages
    said = tuple(block for block in front.blocks if isinstance(block, doc.FinePrint))
    if not said:
        return list(pages)
    rest = tuple(block for block in front.blocks if block not in said)
    behind = (structs.replace(front, blocks=rest),
              structs.replace(back, blocks=(*back.blocks, *said)))

    def loss(sides: tuple[doc.Page, doc.Page]) -> tuple[int, list[tuple[int, float]]]:
        laid = [with_loss(*_topped(side, style, above), style)
                for side, above in zip(sides, (head, None), strict=True)]
        return sum(len(sheets) for sheets, _ in laid), sorted((lost for _, lost in laid),
                                                              reverse=True)

    return [*min(((front, back), behind), key=loss), *others]


def _with_last(page: doc.Page, top: list[Piece], moved: Sequence[Piece], style: Style
               ) -> Sheet | None:
    """A fresh page, and at its end what the one before it passed on, if it has room for all."""
    whole = structs.replace(page, blocks=(*page.blocks, *(piece.block for piece in moved
                                                          if piece.block)))
    sheet, passed = _filled(whole, top, style)
    return None if passed else sheet


def _topped(page: doc.Page, style: Style, head: Flowable | None) -> tuple[doc.Page, list[Piece]]:
    """What a page begins with: its title, if no block says it, and on page 1 before it an alarm and
    the letterhead; and the page without them."""
    top: list[Piece] = []
    if head is not None:
        alarm, page = parted(page, style)
        top = [*alarm, Piece(None, [head])]
    if head is None or not any(isinstance(block, doc.Hero) for block in page.blocks):
        top.append(Piece(None, [title_of(page, style)]))
    return page, top


def _opened(page: doc.Page, top: list[Piece], moved: list[Piece], style: Style
            ) -> tuple[Sheet, list[Piece], list[Sheet]]:
    """A page with what the one before it passed on; what it passes on itself, and what goes behind
    the leaf."""
    laid = second.lay_out(page, top, [piece.block for piece in moved if piece.block], style)
    if laid:
        return laid[0], [], laid[1]
    if any(isinstance(block, (doc.Message, doc.Unexamined)) for block in page.blocks):
        return *first.lay_out(page, top, style), []
    return *_filled(page, [*top, *moved], style), []


def _spared(page: doc.Page, later: list[doc.Page], top: Sequence[Piece], moved: Sequence[Piece],
            style: Style) -> tuple[Sheet, list[doc.Page]] | None:
    """The page by itself, and the later ones: its disclaimer stands on the back of the leaf if that
    has room for it, and saves a page behind the leaf."""
    said = tuple(block for block in page.blocks if isinstance(block, doc.FinePrint))
    backs = [at for at, other in enumerate(later) if other.closed]
    if not said or not backs:
        return None
    back = structs.replace(later[backs[-1]], blocks=(*later[backs[-1]].blocks, *said))
    _, title = _topped(back, style, None)
    told = Sheet(back, [*title, *pieces_of(back.blocks, style)])
    if not told.fits(style.body_height, GAP_TIGHT):
        return None
    slim = structs.replace(page, blocks=tuple(one for one in page.blocks if one not in said))
    laid = second.lay_out(slim, top, [piece.block for piece in moved if piece.block], style)
    if not laid or laid[1]:
        return None
    later[backs[-1]] = back
    return laid[0], later


def _in_rows(page: doc.Page) -> doc.Page:
    """The page with its massages in rows, each of which may go on to the next page."""
    blocks: list[doc.Block] = []
    for block in page.blocks:
        if not isinstance(block, doc.MassageCards) or len(block.items) <= CARDS:
            blocks.append(block)
            continue
        rows = [block.items[at:at + CARDS] for at in range(0, len(block.items), CARDS)]
        blocks += [structs.replace(block, items=row, beside=block.beside if row is rows[-1] else ())
                   for row in rows]
    return structs.replace(page, blocks=tuple(blocks))


def _plans(block: doc.Block | None) -> bool:
    """Whether a block says what to do now, which never stands under the title of a later page."""
    if isinstance(block, doc.Columns):
        return any(_plans(inner) for column in block.columns for inner in column)
    return isinstance(block, doc.Plan)


def _filled(page: doc.Page, before: Sequence[Piece], style: Style) -> tuple[Sheet, list[Piece]]:
    """A page with all of its blocks; if that is what makes them fit, they are closer, what to do
    now has no picture, the longer list of signs stands in two, and the reasons for not doing
    something go on to the next page, the last one first; so do the signs of which none is an
    emergency, and all where the page opens with an alarm. What must not be done stays here in any
    case."""
    tight = replace(style, tight=True, given=frozenset({"close"}))
    parted = replace(tight, given=frozenset({"close", "bare", "parted"}))
    low = replace(tight, given=frozenset({"close", "bare", "parted", "low"}))
    bare = tuple(map(_bare, page.blocks))
    single = _single(bare)
    briefer = list(_briefer(single, style))
    fewest, said = briefer[-1] if briefer else (single, [])
    alarmed = any(isinstance(piece.block, doc.Alarm) for piece in before)
    ways: tuple[tuple[Sequence[doc.Block], Style, float, list[Piece]], ...] = (
        (page.blocks, style, style.gap_least, []), (page.blocks, tight, GAP_TIGHT, []),
        (bare, tight, GAP_TIGHT, []), (bare, tight, GAP_WORST, []),
        (bare, parted, GAP_WORST, []), (single, tight, GAP_WORST, []),
        (bare, low, GAP_WORST, []), (single, low, GAP_WORST, []),
        *((kept, look, GAP_WORST, gone) for kept, gone in briefer for look in (tight, parted, low)),
        *((kept, low, GAP_WORST, [piece_of(went, style), *said])
          for kept, went in _without_signs(fewest, alarmed)))
    for blocks, look, gap, moved in ways:
        sheet = Sheet(page, [*before, *pieces_of(blocks, look)])
        if sheet.fits(style.body_height, gap):
            return aired(sheet, look, gap), moved
    # As many of the blocks as fit, in the first way in which what must stay on the page does.
    tried = [(Sheet(page, [*before, *pieces_of(blocks, look)]), moved) for blocks, look, moved in
             ((_single(page.blocks), style, []), (fewest, tight, said))]
    sheet, moved = next((
        (sheet, moved) for sheet, moved in tried
        if Sheet(page, [piece for piece in sheet.pieces if _stays(piece)]).fits(
            style.body_height, GAP_TIGHT)), tried[-1])
    return sheet, [*_overflow(sheet, style), *moved]


def _stays(piece: Piece) -> bool:
    return piece.block is None or isinstance(piece.block, PINNED)


def _single(blocks: Sequence[doc.Block]) -> tuple[doc.Block, ...]:
    """The blocks, what to do now on the whole width, under what must not be done: neither may go
    on to another page because the other has no room."""
    single: list[doc.Block] = []
    for block in blocks:
        if isinstance(block, doc.Columns) and _plans(block):
            inner = [one for column in block.columns for one in column]
            single += sorted(inner, key=lambda one: not isinstance(one, doc.NotNow))
        else:
            single.append(block)
    return tuple(single)


def _without_signs(blocks: Sequence[doc.Block], alarmed: bool
                   ) -> Iterator[tuple[list[doc.Block], doc.StopBox]]:
    """The blocks without the signs that are no emergency, and those; beside an alarm, which says
    it, without all of the signs."""
    for box in [block for block in blocks if isinstance(block, doc.StopBox)]:
        now = tuple(column for column in box.columns if column.badge == "phone")
        rest = tuple(column for column in box.columns if column.badge != "phone")
        if now and rest:
            short, away = (structs.replace(box, columns=now, ask=None, tick=""),
                           structs.replace(box, columns=rest))
            yield ([one for block in blocks for one in (
                        (short, pointer_to(away)) if block is box else (block,))], away)
        if alarmed:
            yield [pointer_to(box) if block is box else block for block in blocks], box


def _briefer(blocks: Sequence[doc.Block], style: Style
             ) -> Iterator[tuple[tuple[doc.Block, ...], list[Piece]]]:
    """The blocks with fewer and fewer of the reasons for not doing something, at last with none;
    the others as one paragraph, which leads another page."""
    reasons = [reason for block in blocks if isinstance(block, doc.NotNow)
               for reason in block.reasons]
    for few in range(len(reasons) - 1, -1, -1):
        kept = tuple(structs.replace(block, reasons=block.reasons[:few])
                     if isinstance(block, doc.NotNow) else block for block in blocks)
        said = [run for reason in reasons[few:] for run in (doc.Run(" "), *reason)][1:]
        yield kept, [_lead(tuple(said), style)]


def _lead(runs: doc.Runs, style: Style) -> Piece:
    """A paragraph that leads a page, in lines of a comfortable length."""
    return Piece(doc.Paragraph(runs), wrapped([running(runs, style)], style))


def _bare(block: doc.Block) -> doc.Block:
    return structs.replace(block, figure=None) if isinstance(block, doc.Plan) else block


def _parted(document: doc.Document) -> tuple[tuple[doc.QrCode, ...], doc.Document]:
    """The code that stands beside the disclaimer, and the document without it: it is given a place
    at last, and costs none."""
    said = [block for page in document.pages for block in page.blocks
            if isinstance(block, doc.FinePrint)]
    pages = tuple(structs.replace(page, blocks=tuple(
        structs.replace(block, more=()) if isinstance(block, doc.FinePrint) else block
        for block in page.blocks)) for page in document.pages)
    more = said[-1].more if said else ()
    return more, structs.replace(document, pages=pages)


def _overflow(sheet: Sheet, style: Style) -> list[Piece]:
    """Takes pieces off the sheet until it fits, the signs that ask for care as the last; gives them
    in reading order."""
    moved = list[Piece]()
    least = GAP_TIGHT if sheet.fits(style.body_height, GAP_TIGHT) else style.gap_least
    while not sheet.fits(style.body_height, least):
        movable = [at for at, piece in enumerate(sheet.pieces) if not _stays(piece)] or [
            at for at, piece in enumerate(sheet.pieces)
            if isinstance(piece.block, doc.StopBox) and piece.block.columns]
        if not movable or len(sheet.pieces) <= 2:
            raise too_tall(sheet, style)
        moved.insert(0, gone := sheet.pieces.pop(movable[-1]))
        if isinstance(gone.block, doc.StopBox) and any(
                isinstance(piece.block, doc.Hero) for piece in sheet.pieces):
            sheet.pieces.insert(movable[-1], piece_of(pointer_to(gone.block), style))
    if len(moved) == 1 and isinstance(moved[0].block, doc.FinePrint) and len(sheet.pieces) > ALONE:
        moved.insert(0, sheet.pieces.pop())  # never a page for the fine print alone
    return moved


def _continued(page: doc.Page, moved: Sequence[Piece], style: Style) -> list[Sheet]:
    """Further sheets of a page for what was moved off it; their title is no second heading."""
    sheets = []
    rest = list(moved)
    while rest:
        again = wrapped([Hidden(title_of(page, style))], style)
        sheet = Sheet(page, [Piece(None, again), *rest])
        rest = _overflow(sheet, style)
        sheets.append(sheet)
    return sheets


def _relieve(sheets: list[Sheet], style: Style) -> None:
    """A full page gives lines to write on to a page behind the leaf that has room."""
    roomy = next((sheet for sheet in sheets if sheet.page.id == second.MORE), None)
    if roomy is None:
        return
    for sheet in sheets[sheets.index(roomy) + 1:]:
        lines = [piece for piece in sheet.pieces if isinstance(piece.block, doc.Card)
                 and all(isinstance(inner, doc.Line) for inner in piece.block.body)]
        if not lines or sheet.fits(style.body_height, style.gap_least):
            continue
        tried = roomy.with_extra(lines[0])
        if tried.fits(style.body_height, GAP_EXTRA):
            roomy.pieces = tried.pieces
            sheet.pieces = [piece_of(piece.block, style) if piece.block else piece
                            for piece in sheet.pieces if piece is not lines[0]]


def _add_extras(sheets: list[Sheet], style: Style) -> None:
    """Prints each extra once, on the last sheet with room of the last page that offers it."""
    printed: set[doc.Block] = set()
    for page in reversed(list(dict.fromkeys(sheet.page for sheet in sheets))):
        last = [sheet for sheet in sheets if sheet.page is page][-1]
        for block in page.extras:
            tried = last.with_extra(piece_of(block, style)) if block not in printed else last
            if block not in printed and tried.fits(style.body_height, GAP_EXTRA):
                last.pieces = tried.pieces
                printed.add(block)
