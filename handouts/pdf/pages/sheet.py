"""A printed page on its way: blocks as pieces, and how well they fill it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from math import ceil

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.errors import HandoutError, InputError, NoRoomError
from handouts.pdf.blocks.builders import build
from handouts.pdf.blocks.panel import rooms, title_row
from handouts.pdf.file.room import placed
from handouts.pdf.layout.boxes import Hidden
from handouts.pdf.layout.theme import (
    AIR_MOST,
    GAP_LEAF,
    GAP_LEAST,
    GAP_MOST,
    GAP_TIGHT,
    GAP_WORST,
    Given,
    Style,
)
from handouts.request.request import panel_field

FEWEST: frozenset[Given] = frozenset({"few"})  # lines
AIR_SHARE = .8  # of the room that is left goes between signs, the rest between blocks
CLOSING = (doc.StopBox, doc.FinePrint)  # what stands last on its page
LEADING = (doc.Paragraph, doc.Strip)  # what stands close under a title
LED = (doc.MassageCards, doc.Exercises)  # what a lead elsewhere stands close to
LEAD = 3.0  # points between them


@dataclass
class Piece:
    """A block with its flowables, wrapped to the page's width; a head or title has no block."""

    block: doc.Block | None
    flowables: list[Flowable]


@dataclass
class Sheet:
    """One printed page: its pieces in order."""

    page: doc.Page
    pieces: list[Piece] = field(default_factory=list)

    @property
    def flowables(self) -> list[Flowable]:
        """Everything on the page, in order."""
        return [flowable for piece in self.pieces for flowable in piece.flowables]

    @property
    def height(self) -> float:
        """The height of everything on the page, without gaps."""
        return float(sum(flowable.height for flowable in self.flowables))

    @property
    def led(self) -> frozenset[int]:
        """After which of the flowables what comes next is close: a title and its lead, a lead and
        what it leads to."""
        found = set[int]()
        ends = accumulate(len(piece.flowables) for piece in self.pieces)
        for end, (one, other) in zip(ends, pairwise(self.pieces), strict=False):
            under = one.block is None and isinstance(other.block, LEADING)
            leads = isinstance(one.block, doc.Paragraph) and isinstance(other.block, LED)
            if under or (leads and end - 2 not in found):
                found.add(end - 1)
        return frozenset(found)

    def gap(self, height: float) -> float:
        """The gap that fills `height`, negative when even touching blocks do not fit; a lead's is
        no wider than it should be."""
        spare, gaps, led = height - self.height, len(self.flowables) - 1, len(self.led)
        even = spare / max(gaps, 1)
        return even if even <= LEAD else (spare - led * LEAD) / max(gaps - led, 1)

    def gaps(self, gap: float) -> list[float]:
        """What is left free after each of the flowables but the last, with this gap."""
        led = self.led
        return [min(gap, LEAD) if at in led else gap for at in range(len(self.flowables) - 1)]

    def fits(self, height: float, gap: float = GAP_LEAST) -> bool:
        """Whether every gap is at least this one, and no block is higher than the page."""
        return self.gap(height) >= gap if len(self.flowables) > 1 else self.height <= height

    def with_extra(self, piece: Piece) -> "Sheet":
        """The sheet with a piece more, before what closes it."""
        at = len(self.pieces) - isinstance(self.pieces[-1].block, CLOSING)
        return Sheet(self.page, [*self.pieces[:at], piece, *self.pieces[at:]])


def numbers(sheets: Sequence[Sheet]) -> dict[str, int]:
    """On which sheet each page begins, from 1; and from `stop` to `stop-last`, where it stands when
    massage must not be: before all else what opens the handout of somebody whom nobody has
    examined."""
    found: dict[str, int] = {}
    for number, sheet in enumerate(sheets, 1):
        found.setdefault(sheet.page.id, number)
    # A lead stands before the lists, and behind them what to do without a tick.
    for kinds, part in (((doc.Unexamined,), slice(1, -1)),
                        ((doc.StopBox, doc.AskFirst), slice(None))):
        places = [number for number, sheet in enumerate(sheets, 1) for piece in sheet.pieces
                  if isinstance(piece.block, kinds) and not _of_emergency(piece.block)
                  for _ in piece.flowables]
        if places:
            found.setdefault("stop", places[part][0])
            found.setdefault("stop-last", places[part][-1])
    boxes = [(number, piece.block) for number, sheet in enumerate(sheets, 1)
             for piece in sheet.pieces if isinstance(piece.block, doc.StopBox)]
    if any(is_pointer(block) for _, block in boxes):
        found["signs"] = boxes[-1][0]
    return found


def pointer_to(box: doc.StopBox) -> doc.StopBox:
    """The line that says where a Stop box is, and which orders it has."""
    return doc.StopBox((), where=box.where.replace("{SIGNS}", ", ".join(
        column.when for column in box.columns)))


def _of_emergency(block: doc.Block | None) -> bool:
    """Whether a block is a Stop box with nothing but signs of an emergency, or a pointer."""
    return isinstance(block, doc.StopBox) and block.ask is None and all(
        column.badge == "phone" for column in block.columns)


def is_pointer(block: doc.Block | None) -> bool:
    """Whether a block is such a line."""
    return isinstance(block, doc.StopBox) and not block.columns


def filled(sheet: Sheet, style: Style) -> float:
    """The share of a page's height that a sheet fills, its gaps included."""
    return (sheet.height + sum(sheet.gaps(gap_of(sheet, style)))) / style.body_height


def gap_of(sheet: Sheet, style: Style) -> float:
    """The gap between the blocks of a sheet, in points."""
    return min(sheet.gap(style.body_height), style.sized(GAP_MOST))


def piece_of(block: doc.Block, style: Style) -> Piece:
    """A block as a piece."""
    return Piece(block, wrapped(build(block, style), style))


def pieces_of(blocks: Sequence[doc.Block], style: Style) -> list[Piece]:
    """Blocks as pieces."""
    return [piece_of(block, style) for block in blocks]


def aired(sheet: Sheet, style: Style, gap: float) -> Sheet:
    """The sheet with its signs further apart, as far as it has room with this gap."""
    signs = [max(map(len, (column.items for column in piece.block.columns))) for piece in
             sheet.pieces if isinstance(piece.block, doc.StopBox) and piece.block.columns]
    spare = style.body_height - sheet.height - sum(sheet.gaps(gap))
    if not signs or spare < 1:
        return sheet
    own = replace(style, air=min(AIR_MOST, AIR_SHARE * spare / sum(signs)))
    return Sheet(sheet.page, [piece_of(piece.block, own) if isinstance(piece.block, doc.StopBox)
                              else piece for piece in sheet.pieces])


def parted(page: doc.Page, style: Style) -> tuple[list[Piece], doc.Page]:
    """What stands before the letterhead, the bar of an emergency; and the page without it."""
    pieces = [piece_of(block, style) for block in page.blocks if isinstance(block, doc.Alarm)]
    rest = tuple(block for block in page.blocks if not isinstance(block, doc.Alarm))
    return pieces, structs.replace(page, blocks=rest)


def title_of(page: doc.Page, style: Style) -> Flowable:
    """A page's title with its pill."""
    return wrapped([title_row(page.title, page.pill, style, width=style.width)], style)[0]


def wrapped(flowables: Sequence[Flowable], style: Style) -> list[Flowable]:
    """Flowables, wrapped to the width of the page."""
    for flowable in flowables:
        flowable.wrap(style.width, 1e6)
    return list(flowables)


def settle_fine_print(sheets: list[Sheet], style: Style, gap: float,
                      more: tuple[doc.QrCode, ...] = ()) -> None:
    """The disclaimer is in its long words if there is room for them with this gap, if not, in brief
    ones; where neither has room it goes to the sheet before that its page has, else to one of its
    own. The code beside it is added at last."""
    last = next((sheet for sheet in sheets if _disclaimer(sheet)), None)
    block = _disclaimer(last) if last else None
    if last is None or block is None:
        return
    alone = all(piece.block in (None, block) for piece in last.pieces)
    if alone or not _settled(last, block, style, gap):
        last = _moved(sheets, last, block, style, gap)
    _add_code(last, more, style)


def _add_code(sheet: Sheet, more: tuple[doc.QrCode, ...], style: Style) -> None:
    """The code beside the disclaimer as it stands, if there is room."""
    block = _disclaimer(sheet)
    if not (more and block):
        return
    new = piece_of(structs.replace(block, more=more), style)
    coded = Sheet(sheet.page, [new if piece.block is block else piece for piece in sheet.pieces])
    if coded.fits(style.body_height, max(GAP_WORST, min(GAP_TIGHT, sheet.gap(style.body_height)))):
        sheet.pieces = coded.pieces


def _disclaimer(sheet: Sheet) -> doc.FinePrint | None:
    return next((piece.block for piece in sheet.pieces
                 if isinstance(piece.block, doc.FinePrint)), None)


def _moved(sheets: list[Sheet], last: Sheet, block: doc.FinePrint, style: Style,
           gap: float) -> Sheet:
    """The sheet that has the disclaimer now: one before of the same page, or one of its own."""
    rest = [piece for piece in last.pieces if piece.block is not block]
    own = all(piece.block is None for piece in rest)
    for sheet in reversed(sheets[:sheets.index(last)]):
        if sheet.page.id == last.page.id and _taken(sheet, block, style, gap):
            last.pieces = rest
            if own:
                sheets.remove(last)
            return sheet
    if own:
        _settled(last, block, style, gap)
        return last
    last.pieces = rest
    again = wrapped([Hidden(title_of(last.page, style))], style)  # no second heading
    alone = Sheet(last.page, [Piece(None, again), piece_of(block, style)])
    sheets.insert(sheets.index(last) + 1, alone)
    return alone


def _taken(sheet: Sheet, block: doc.FinePrint, style: Style, gap: float) -> bool:
    """Whether a sheet has room for a disclaimer that did not stand on it; it then has it."""
    tried = Sheet(sheet.page, [*sheet.pieces, Piece(block, [])])
    if _settled(tried, block, style, gap):
        sheet.pieces = tried.pieces
        return True
    return False


def _settled(sheet: Sheet, block: doc.FinePrint, style: Style, gap: float) -> bool:
    """Whether a sheet has room for the disclaimer, in long words or else in brief ones, if need
    be in the fewest lines; it then has these."""
    close = max(GAP_LEAF, min(gap, GAP_TIGHT, sheet.gap(style.body_height)))
    for words, least, given in ((structs.replace(block, brief=()), gap, style.given),
                                (block, close, style.given), (block, close, FEWEST)):
        new = piece_of(words, replace(style, given=given))
        settled = Sheet(sheet.page, [new if isinstance(piece.block, doc.FinePrint) else piece
                                     for piece in sheet.pieces])
        if settled.fits(style.body_height, least):
            sheet.pieces = settled.pieces
            return True
    return False


def too_tall(sheet: Sheet, style: Style) -> HandoutError:
    """The error for a page that can't hold what must stay on it: long values, or the pack."""
    over = sheet.height + sum(sheet.gaps(GAP_LEAST)) - style.body_height
    heroes = [piece.block for piece in sheet.pieces if isinstance(piece.block, doc.Hero)]
    for hero in heroes:
        values = {field.id: field.value for field in (hero.panel.note, *hero.panel.fields)}
        shape = placed(values, rooms(hero.panel, style)).shape
        long = [name for name, _, lines in shape if lines > 1]
        if long:
            return InputError("takes more lines than page 1 holds", where=" and ".join(long),
                              field=panel_field(long[0]),
                              cure=f"Shorten the text by {_lines(over, style)}.")
    return NoRoomError(f"the page '{sheet.page.id}' is {over:.0f} points too tall", where="layout",
                       cure="Shorten its texts to the pack's budgets.")


def _lines(height: float, style: Style) -> str:
    """How many lines of text are so high, in words."""
    number = max(ceil(height / style.type.body.leading), 1)
    return "a line" if number == 1 else f"{number} lines"
