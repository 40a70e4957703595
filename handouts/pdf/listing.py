"""A headed table of words, its rows parted by rules."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Card, Line, Row, Space, Stack
from handouts.pdf.cards import headed, skin_of
from handouts.pdf.structure import Tag, scope
from handouts.pdf.style import Style

PADDING = (9.0, 16.0, 10.0, 16.0)
GAP = 10.0


def card(block: doc.Listing, style: Style) -> Flowable:
    """Title, lead and table in a card of the block's kind."""
    body = Stack([*([text.paragraph(block.lead, style.type.strong), Space(4)] if block.lead
                    else []), _table(block, style)])
    return Card(headed(block.title, block.kind, block.badge, body, style),
                skin_of(block.kind, style, padding=PADDING))


def _table(block: doc.Listing, style: Style) -> Flowable:
    rule = style.palette.kind(block.kind).outline
    rows: list[Flowable] = [_row([_head(words, "Column", style) for words in block.heads], block,
                                 style)]
    for first, *others in block.rows:
        cells = [_head(first, "Row", style),
                 *(text.paragraph(words, style.type.body, role="TD") for words in others)]
        rows += [Space(3), Line(rule), Space(3), _row(cells, block, style)]
    return Stack(rows, tag=Tag("Table"))


def _row(cells: Sequence[Flowable], block: doc.Listing, style: Style) -> Flowable:
    room = style.width - PADDING[1] - PADDING[3] - GAP * (len(cells) - 1)
    widths = [room * share / sum(block.shares) for share in block.shares]
    return Row(list(zip(cells, widths, strict=True)), gap=GAP, tag=Tag("TR"))


def _head(words: str, of: str, style: Style) -> Flowable:
    made = text.paragraph(words, style.type.strong)
    made.tag = Tag("TH", attributes=scope(of))
    return made
