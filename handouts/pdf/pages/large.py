"""From a Document's pages to sheets of large print.

A page becomes as few sheets as its blocks need, filled as evenly as may be; no block is split. The
first sheet says what to do, and when to call for help at once, before the patient's panel; the
Stop box goes on from the second, after what to do now. Nothing offers a massage before the lists to
tick, where there are any. Each further sheet of a page repeats its title.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.panel import running_title
from handouts.pdf.layout.boxes import Hidden
from handouts.pdf.layout.theme import GAP_EXTRA, GAP_LEAST, Opening, Style
from handouts.pdf.pages.sheet import (
    Piece,
    Sheet,
    parted,
    piece_of,
    title_of,
    too_tall,
    wrapped,
)

Blocks = tuple[doc.Block, ...]
Head = Callable[[Style], Flowable]
# How letterhead and panel open.
WAYS: tuple[tuple[Opening, Opening], ...] = (
    ("open", "open"), ("close", "open"), ("close", "close"))
OPENING = (doc.Message, doc.NotNow, doc.Things)  # stand between the title and the panel
FILLERS = (doc.Warnings,)  # may come before their turn on the first sheet
EARLIEST = 3  # the last sheet that may hold signs where what to do now stands before them
EARLY = (doc.Questions,)  # change places with what is before them if it fills better


def lay_out(document: doc.Document, style: Style, head: Head) -> list[Sheet]:
    """The sheets to print; `head` makes the letterhead, which opens the first."""
    fine, pages = _without(document.pages, doc.FinePrint)
    first, *others = pages
    told, rest = _without((first,), doc.Card)
    ways = [_flow(first, others, (), style, head)]
    if told and others and not others[0].closed:
        ways.append(_flow(rest[0], others, told, style, head))
    sheets = min(ways, key=lambda way: _cost(way, style))
    _close(sheets, fine, style)
    _add_extras(sheets, style)
    return sheets


def _flow(first: doc.Page, others: Sequence[doc.Page], moved: Blocks, style: Style,
          head: Head) -> list[Sheet]:
    """The sheets of all pages; some blocks have moved to where they fit best on the second page."""
    sheets = _opening(first, style, head)
    for page in others:
        pieces = [Piece(None, [title_of(page, style)]), *_pieces(page.blocks, style)]
        further = _pieces(moved, style) if page is others[0] else []
        orders = [[*pieces[:at], *further, *pieces[at:]] for at in range(1, len(pieces) + 1)]
        ways = [_shared(page, order, style) for order in (orders if further else [pieces])]
        best = min(ways, key=lambda way: _cost(way, style))
        sheets += best
    return sheets


def _without(pages: Sequence[doc.Page], kind: type) -> tuple[Blocks, tuple[doc.Page, ...]]:
    """The blocks of a kind, and the pages without them."""
    found = tuple(block for page in pages for block in _unfolded(page.blocks)
                  if isinstance(block, kind))
    return found, tuple(structs.replace(page, blocks=_kept(page.blocks, kind)) for page in pages)


def _kept(blocks: Blocks, kind: type) -> Blocks:
    return tuple(structs.replace(block, columns=tuple(_kept(column, kind)
                                                      for column in block.columns))
                 if isinstance(block, doc.Columns) else block
                 for block in blocks if not isinstance(block, kind))


def _close(sheets: list[Sheet], fine: Blocks, style: Style) -> None:
    """Puts the disclaimer at the end: in its long words, in brief ones, or on its own sheet."""
    for block in fine:
        last = sheets[-1]
        ways = [last.with_extra(piece_of(said, style)) for said in
                (structs.replace(block, brief=()), block)]
        fits = [sheet for sheet in ways if sheet.fits(style.body_height, GAP_EXTRA)]
        if fits:
            last.pieces = fits[0].pieces
        else:
            again = _again(last.page, style, further=True)
            sheets.append(Sheet(last.page, [*again, piece_of(
                structs.replace(block, brief=()), style)]))


def _pieces(blocks: Sequence[doc.Block], style: Style) -> list[Piece]:
    """Blocks as pieces, columns under each other, the rows of a routine apart."""
    pieces = [piece_of(block, style) for block in _unfolded(blocks)]
    return [Piece(piece.block, [flowable]) for piece in pieces for flowable in piece.flowables]


def _unfolded(blocks: Sequence[doc.Block]) -> Iterator[doc.Block]:
    blocks = sorted(blocks, key=lambda block: not _headless(block))
    for block in blocks:
        if isinstance(block, doc.Columns):
            for column in block.columns:
                yield from _unfolded(column)
        else:
            yield block


def _headless(block: doc.Block) -> bool:
    """Whether a block stands under its page's title, having none."""
    return isinstance(block, doc.Strip) or (isinstance(block, doc.Tips) and not block.title)


def _opening(page: doc.Page, style: Style, head: Head) -> list[Sheet]:
    """The sheets of the first page: its opening and what fits under it, the Stop box, all else."""
    alarm, page = parted(page, style)
    own = replace(style, opening="open")
    blocks = page.blocks[isinstance(page.blocks[0], doc.Hero):]
    opening = [block for block in _unfolded(blocks) if isinstance(block, OPENING)]
    pieces = _pieces(blocks, own)
    urgent = [] if alarm else _urgent(pieces)
    first, taken = _first(page, [*opening, *urgent], style, head, alarm)
    rest = [piece for piece in pieces if piece not in taken and piece.block not in taken]
    checked = any(isinstance(piece.block, doc.Unexamined) for piece in rest)
    fillers = (FILLERS,) if checked else (FILLERS, ())
    ways = [_opened(first, rest, some, own) for some in fillers]
    return min(ways, key=lambda sheets: (len(sheets), sum(
        sheet.height < style.body_height / 2 for sheet in sheets)))


def _urgent(pieces: Sequence[Piece]) -> list[Piece]:
    """What stands before the panel where it has room: that nobody has examined the reader, and when
    to call for help at once, the last column of signs."""
    led = [piece for piece in pieces if isinstance(piece.block, doc.Unexamined)][:1]
    signs = [piece for piece in pieces if isinstance(piece.block, doc.StopBox)]
    columns = [column for piece in signs[:1] if isinstance(piece.block, doc.StopBox)
               for column in piece.block.columns]
    return [*led, *(signs[len(columns) - 1:len(columns)] if columns else [])]


def _first(page: doc.Page, opening: Sequence[doc.Block | Piece], style: Style,
           head: Head, alarm: list[Piece]) -> tuple[Sheet, list[doc.Block | Piece]]:
    """The bar of an emergency, the letterhead, the title, of these blocks as many as fit, if need
    be without the things to do, the panel; the letterhead closer where they ask for it, the panel
    where a long note does."""
    hero = page.blocks[0]
    without = [one for one in opening if not isinstance(one, doc.Things)]
    ways = sorted((some[:count] for some in (opening, without)
                   for count in range(len(some) + 1)), key=len, reverse=True)
    for some, (of_head, of_panel) in product(ways, WAYS):
        own = replace(style, opening=of_panel)
        title, panel = _title_and_panel(page, own)
        pieces = [*alarm, Piece(None, [head(replace(style, opening=of_head))]),
                  Piece(None, title),
                  *(_alone(one) if isinstance(one, Piece) else piece_of(one, own) for one in some),
                  Piece(hero, panel)]
        first = Sheet(page, [piece for piece in pieces if piece.flowables])
        if first.fits(style.body_height, GAP_EXTRA):
            return first, list(some)
    raise too_tall(first, own)


def _alone(piece: Piece) -> Piece:
    """A column of signs, of a Stop box with no more than that."""
    block = piece.block
    return piece if not isinstance(block, doc.StopBox) else Piece(
        structs.replace(block, columns=block.columns[-1:], ask=None), piece.flowables)


def _title_and_panel(page: doc.Page, style: Style) -> tuple[list[Flowable], list[Flowable]]:
    """The title, which the bar of an emergency says, and the panel."""
    hero = page.blocks[0]
    if not isinstance(hero, doc.Hero):
        return [title_of(page, style)], []
    *title, panel = piece_of(hero, style).flowables
    return title, [panel]


def _opened(first: Sheet, rest: list[Piece], fillers: tuple[type, ...],
            style: Style) -> list[Sheet]:
    """The first sheet with what comes next while it fits, and with these fillers; then all else."""
    stop = [piece for piece in rest if isinstance(piece.block, doc.StopBox)]
    later: list[Piece] = []
    for piece in rest:
        tried = Sheet(first.page, [*first.pieces, piece])
        if piece in stop:
            continue
        if (isinstance(piece.block, fillers) or not (later or isinstance(piece.block, FILLERS))
                ) and tried.fits(style.body_height, GAP_EXTRA):
            first = tried
        else:
            later.append(piece)
    lead = [piece for piece in later if isinstance(piece.block, doc.NotNow)]
    listed = any(isinstance(piece.block, doc.Unexamined) for piece in rest)
    plan = [piece for piece in later if isinstance(piece.block, doc.Plan) or (
        isinstance(piece.block, doc.Things) and not listed)]
    rest = [piece for piece in later if piece not in (*lead, *plan)]
    ways = [[first, *_shared(first.page, order, style, further=True)]
            for order in ([*lead, *plan, *stop, *rest], [*lead, *stop, *plan, *rest])]
    # What to do now leads where the signs still stand early.
    return next((way for way in ways if len(way) <= len(ways[-1]) and _signs_end(way) <= EARLIEST),
                ways[-1])


def _signs_end(sheets: Sequence[Sheet]) -> int:
    """On which sheet the last sign stands."""
    return max((at for at, sheet in enumerate(sheets, 1) for piece in sheet.pieces
                if isinstance(piece.block, doc.StopBox)), default=1)


def _cost(sheets: Sequence[Sheet], style: Style) -> tuple[int, float]:
    """How many sheets there are, and how unevenly they are filled."""
    return len(sheets), sum((style.body_height - sheet.height) ** 2 for sheet in sheets)


def _shared(page: doc.Page, pieces: list[Piece], style: Style, *, further: bool = False
            ) -> list[Sheet]:
    """Pieces on as few sheets as they need, filled as evenly as may be; `further` ones all repeat
    the page's title, else all but the first."""
    apart, close = (min((_best(page, order, style, (gap, further)) for order in _orders(pieces)),
                        key=lambda sheets: _cost(sheets, style)) for gap in (GAP_EXTRA, GAP_LEAST))
    return close if len(close) < len(apart) else apart


def _orders(pieces: list[Piece]) -> Iterator[list[Piece]]:
    yield pieces
    for at, piece in enumerate(pieces):
        if isinstance(piece.block, EARLY) and at and not isinstance(
                pieces[at - 1].block, doc.Unexamined):
            yield [*pieces[:at - 1], piece, pieces[at - 1], *pieces[at + 1:]]


def _best(page: doc.Page, pieces: list[Piece], style: Style, look: tuple[float, bool]
          ) -> list[Sheet]:
    """The best way to share pieces in this order, with gaps so large in points, all sheets further
    ones or not; PackError for one that no sheet holds."""
    gap, further = look
    best: list[list[Sheet]] = [[]]  # for each number of pieces
    for end in range(1, len(pieces) + 1):
        ways = []
        for start in range(end - 1, -1, -1):
            again = _again(page, style, further=further or start > 0)
            sheet = Sheet(page, [*again, *pieces[start:end]])
            if again and start == end - 1 and not sheet.fits(style.body_height, gap):
                sheet = Sheet(page, pieces[start:end])  # a block that needs the whole sheet
            if not sheet.fits(style.body_height, gap):
                break
            ways.append([*best[start], sheet])
        if not ways:
            raise too_tall(sheet, style)
        best.append(min(ways, key=lambda sheets: _cost(sheets, style)))
    return best[-1]


def _again(page: doc.Page, style: Style, *, further: bool) -> list[Piece]:
    """What repeats the title on a further sheet of a page; it is no second heading."""
    if not (further and page.title):
        return []
    return [Piece(None, wrapped([Hidden(running_title(page.title, page.pill, style))], style))]


def _add_extras(sheets: list[Sheet], style: Style) -> None:
    """Prints each extra once, for the last page that offers it and has room: on its emptiest sheet
    but the first."""
    printed: set[doc.Block] = set()
    for page in reversed(list(dict.fromkeys(sheet.page for sheet in sheets))):
        own = [sheet for sheet in sheets if sheet.page is page]
        for block in page.extras:
            emptiest = min(own[1:] or own, key=lambda sheet: sheet.height)
            tried = emptiest.with_extra(piece_of(block, style))
            if block not in printed and tried.fits(style.body_height, GAP_EXTRA):
                emptiest.pieces = tried.pieces
                printed.add(block)
