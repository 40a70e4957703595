"""From a Document's pages to printed ones: blocks stacked, gaps shared, what does not fit moved on.

A page's blocks share what height is left as equal gaps. When there is too little, the last block
that may move goes to the next page, or to a page of its own; type is never made smaller. A block
that may not move and does not fit is a PackError, found here and not by a reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.errors import HandoutError, InputError, PackError
from handouts.pdf.blocks import build
from handouts.pdf.boxes import Hidden
from handouts.pdf.panel import rooms, title_row
from handouts.pdf.room import placed
from handouts.pdf.style import GAP_EXTRA, GAP_LEAST, GAP_MOST, Style

PINNED = (doc.Hero, doc.CheckFirst, doc.StopBox, doc.Routine, doc.Strip)
CLOSING = (doc.StopBox, doc.FinePrint)  # what stands last on its page


@dataclass
class Piece:
    """A block with its flowables, wrapped to the page's width."""

    block: doc.Block | None
    flowables: list[Flowable]

    @property
    def pinned(self) -> bool:
        """Whether it must stay on its page."""
        return self.block is None or isinstance(self.block, PINNED)


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
        """Whether every gap is at least this one."""
        return self.gap(height) >= gap


def lay_out(document: doc.Document, style: Style, head: Flowable) -> list[Sheet]:
    """The sheets to print; `head` is the letterhead, which opens the first."""
    sheets: list[Sheet] = []
    moved: list[Piece] = []
    for at, page in enumerate(document.pages):
        top = [Piece(None, [head])] if at == 0 else []
        if at or not any(isinstance(block, doc.Hero) for block in page.blocks):
            top.append(_title(page, style))
        own = [_piece(block, style) for block in page.blocks]
        if page.closed:
            sheets += _continued(sheets[-1].page if sheets else page, moved, style)
            moved = []
        sheet = Sheet(page, [*top, *moved, *own])
        moved = _overflow(sheet, style)
        sheets.append(sheet)
    if moved:
        sheets += _continued(sheets[-1].page, moved, style)
    _add_extras(sheets, style)
    return sheets


def gap_of(sheet: Sheet, style: Style) -> float:
    """The gap between the blocks of a sheet, in points."""
    return min(sheet.gap(style.body_height), GAP_MOST)


def _piece(block: doc.Block, style: Style) -> Piece:
    flowables = build(block, style)
    for flowable in flowables:
        flowable.wrap(style.width, 1e6)
    return Piece(block, flowables)


def _title(page: doc.Page, style: Style, *, again: bool = False) -> Piece:
    """A page's title; on a further sheet of the same page it is no heading `again`."""
    row = title_row(page.title, page.pill, style, width=style.width)
    row = Hidden(row) if again else row
    row.wrap(style.width, 1e6)
    return Piece(None, [row])


def _overflow(sheet: Sheet, style: Style) -> list[Piece]:
    """Takes pieces off the sheet until it fits; gives them in reading order."""
    moved: list[Piece] = []
    while not sheet.fits(style.body_height):
        movable = [at for at, piece in enumerate(sheet.pieces) if not piece.pinned]
        if not movable or len(sheet.pieces) <= 2:
            raise _too_tall(sheet, style)
        moved.insert(0, sheet.pieces.pop(movable[-1]))
    return moved


def _too_tall(sheet: Sheet, style: Style) -> HandoutError:
    """The error for a page that can't hold what must stay on it: long values, or the pack."""
    heroes = [piece.block for piece in sheet.pieces if isinstance(piece.block, doc.Hero)]
    for hero in heroes:
        values = {field.id: field.value for field in (hero.panel.note, *hero.panel.fields)}
        shape, _ = placed(values, rooms(hero.panel, style))
        long = [name for name, _, lines in shape if lines > 1]
        if long:
            return InputError("takes more lines than page 1 holds", where=" and ".join(long),
                              cure="Shorten the text.")
    over = sheet.height + (len(sheet.flowables) - 1) * GAP_LEAST - style.body_height
    return PackError(f"the page '{sheet.page.id}' is {over:.0f} points too tall", where="layout",
                     cure="Shorten its texts to the pack's budgets.")


def _continued(page: doc.Page, moved: Sequence[Piece], style: Style) -> list[Sheet]:
    """Further sheets of a page for what was moved off it."""
    sheets = []
    rest = list(moved)
    while rest:
        sheet = Sheet(page, [_title(page, style, again=True), *rest])
        rest = _overflow(sheet, style)
        sheets.append(sheet)
    return sheets


def _add_extras(sheets: list[Sheet], style: Style) -> None:
    """Prints each extra once, on the last sheet with room of the last page that offers it."""
    printed: set[doc.Block] = set()
    for page in reversed(list(dict.fromkeys(sheet.page for sheet in sheets))):
        last = [sheet for sheet in sheets if sheet.page is page][-1]
        for block in page.extras:
            if block in printed:
                continue
            piece = _piece(block, style)
            closing = isinstance(last.pieces[-1].block, CLOSING)
            at = len(last.pieces) - 1 if closing else len(last.pieces)
            tried = Sheet(page, [*last.pieces[:at], piece, *last.pieces[at:]])
            if tried.fits(style.body_height, GAP_EXTRA):
                last.pieces = tried.pieces
                printed.add(block)
