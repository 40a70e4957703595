"""A printed page on its way: blocks as pieces, and how well they fill it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.errors import HandoutError, InputError, PackError
from handouts.pdf.blocks.builders import build
from handouts.pdf.blocks.panel import rooms, title_row
from handouts.pdf.file.room import placed
from handouts.pdf.layout.boxes import Hidden
from handouts.pdf.layout.theme import GAP_LEAST, GAP_MOST, GAP_TIGHT, Style

CLOSING = (doc.StopBox, doc.FinePrint)  # what stands last on its page


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

    def gap(self, height: float) -> float:
        """The gap that fills `height`, negative when even touching blocks do not fit."""
        return (height - self.height) / max(len(self.flowables) - 1, 1)

    def fits(self, height: float, gap: float = GAP_LEAST) -> bool:
        """Whether every gap is at least this one, and no block is higher than the page."""
        return self.gap(height) >= gap if len(self.flowables) > 1 else self.height <= height

    def with_extra(self, piece: Piece) -> "Sheet":
        """The sheet with a piece more, before what closes it."""
        at = len(self.pieces) - isinstance(self.pieces[-1].block, CLOSING)
        return Sheet(self.page, [*self.pieces[:at], piece, *self.pieces[at:]])


def numbers(sheets: Sequence[Sheet]) -> dict[str, int]:
    """On which sheet each page begins, from 1; and `stop`, where it stands when massage must not
    be: before all else what opens the handout of somebody whom nobody has examined."""
    found: dict[str, int] = {}
    for number, sheet in enumerate(sheets, 1):
        found.setdefault(sheet.page.id, number)
    for kind, part in ((doc.Unexamined, 1), (doc.StopBox, 0)):  # a lead stands before the list
        places = [number for number, sheet in enumerate(sheets, 1) for piece in sheet.pieces
                  if isinstance(piece.block, kind) for _ in piece.flowables]
        if places:
            found.setdefault("stop", places[part])
    return found


def gap_of(sheet: Sheet, style: Style) -> float:
    """The gap between the blocks of a sheet, in points."""
    return min(sheet.gap(style.body_height), style.sized(GAP_MOST))


def piece_of(block: doc.Block, style: Style) -> Piece:
    """A block as a piece."""
    return Piece(block, wrapped(build(block, style), style))


def title_of(page: doc.Page, style: Style) -> Flowable:
    """A page's title with its pill."""
    return wrapped([title_row(page.title, page.pill, style, width=style.width)], style)[0]


def wrapped(flowables: Sequence[Flowable], style: Style) -> list[Flowable]:
    """Flowables, wrapped to the width of the page."""
    for flowable in flowables:
        flowable.wrap(style.width, 1e6)
    return list(flowables)


def settle_fine_print(sheets: list[Sheet], style: Style, gap: float,
                      adults: doc.Runs = ()) -> None:
    """Whom a handout is for goes under the head of page 1, and the disclaimer into its long words,
    if there is room for them with this gap; if not, into the disclaimer, and into brief words."""
    first = sheets[0]
    place = next(((sheet, at) for sheet in sheets for at, piece in enumerate(sheet.pieces)
                  if isinstance(piece.block, doc.FinePrint)), None)
    if place is None:
        return
    last, where = place
    others, block = last.pieces[:where], last.pieces[where].block
    after = last.pieces[where + 1:]
    if not isinstance(block, doc.FinePrint):
        return
    adults = adults or block.adults
    at = next((at for at, piece in enumerate(first.pieces, 1)
               if isinstance(piece.block, doc.Hero)), 0)
    if at and adults and first is not last:
        line = piece_of(doc.Paragraph(adults), style)
        tried = Sheet(first.page, [*first.pieces[:at], line, *first.pieces[at:]])
        if tried.fits(style.body_height, gap):
            first.pieces, adults = tried.pieces, ()
    block = structs.replace(block, adults=adults)
    for words, least in ((structs.replace(block, brief=()), gap), (block, min(gap, GAP_TIGHT))):
        settled = Sheet(last.page, [*others, piece_of(words, style), *after])
        if settled.fits(style.body_height, least):
            last.pieces = settled.pieces
            return
    last.pieces = [*others, *after]
    again = wrapped([Hidden(title_of(last.page, style))], style)  # no second heading
    sheets.insert(sheets.index(last) + 1,
                  Sheet(last.page, [Piece(None, again), settled.pieces[where]]))


def too_tall(sheet: Sheet, style: Style) -> HandoutError:
    """The error for a page that can't hold what must stay on it: long values, or the pack."""
    over = sheet.height + (len(sheet.flowables) - 1) * GAP_LEAST - style.body_height
    heroes = [piece.block for piece in sheet.pieces if isinstance(piece.block, doc.Hero)]
    for hero in heroes:
        values = {field.id: field.value for field in (hero.panel.note, *hero.panel.fields)}
        shape = placed(values, rooms(hero.panel, style)).shape
        long = [name for name, _, lines in shape if lines > 1]
        if long:
            return InputError("takes more lines than page 1 holds", where=" and ".join(long),
                              cure=f"Shorten the text by {_lines(over, style)}.")
    return PackError(f"the page '{sheet.page.id}' is {over:.0f} points too tall", where="layout",
                     cure="Shorten its texts to the pack's budgets.")


def _lines(height: float, style: Style) -> str:
    """How many lines of text are so high, in words."""
    number = max(ceil(height / style.type.body.leading), 1)
    return "a line" if number == 1 else f"{number} lines"
