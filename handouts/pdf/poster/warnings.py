"""The rules on a poster: what to check first, how hard, where not to press, when to stop."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks import qr
from handouts.pdf.blocks.cards import skin_of
from handouts.pdf.blocks.marks import Badge, Icon
from handouts.pdf.blocks.massages import picture
from handouts.pdf.blocks.stopbox import columns_of, spread
from handouts.pdf.file.tagtree import Tag, list_numbering, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, RowBox, RuleLine, Skin, Space, Stack, wrapped
from handouts.pdf.layout.theme import RULE, WHITE, Style, Type
from handouts.pdf.poster.steps import (
    DISC,
    GUTTER,
    dotted,
    dotted_width,
    halves,
    pair,
    titled,
    width,
)

PADDING = (6.0, 12.0, 9.0, 12.0)
STOP_SHARES = (.46, .44, .48, .42, .5, .4, .52)  # of the width, the best first
ZONES = (132.0, 120.0, 108.0, 96.0, 84.0)  # wide: the picture of where not to press
SIGN = 32.0  # the badge of the list
TILE = (3.0, 7.0, 6.0, 7.0)


def check_first(block: doc.CheckFirst, said: Sequence[str], style: Style) -> Flowable:
    """What sends the reader away, in three columns; under them the sentences that are said whole.
    """
    shades, types = style.palette.kind("care"), style.type
    heading = RowBox([(Badge("bang", SIGN, shades.ink, "triangle"), SIGN),
                      (text.paragraph(block.title, types.h3, shades.ink),
                       text.width_of(block.title, types.h3) + 6),
                      (text.paragraph(block.lead, types.strong), None)], gap=12, align="middle")
    skin = skin_of("care", style, padding=PADDING)
    return CardBox(Stack([heading, _checks(block.items, style), Space(3), *_whole(said, style)],
                         tag=section()), skin)


def _whole(said: Sequence[str], style: Style) -> list[Flowable]:
    """Sentences, each on a line of its own; run together where one is longer than a line."""
    types, room = style.type, width(style) - PADDING[1] - PADDING[3]
    if all(text.width_of(sentence, types.strong) <= room for sentence in said):
        return [text.paragraph(sentence, types.strong) for sentence in said]
    together = [wrapped(text.paragraph(" ".join(said), type_), room)
                for type_ in (types.strong, types.body)]
    return [min(together, key=lambda words: words.height)]


def _checks(items: tuple[str, ...], style: Style) -> Flowable:
    """The items in columns."""
    body = style.type.body

    def widths(column: Sequence[str]) -> list[float]:
        return [dotted_width(item, body) for item in column]

    room = width(style) - PADDING[1] - PADDING[3]
    columns = columns_of(items, widths, room)
    listed = spread([dotted(column, body, style.palette.kind("care").ink) for column in columns],
                    [widths(column) for column in columns], room)
    listed.tag = Tag("L", attributes=list_numbering("Disc"))
    return listed


def scale(block: doc.Scale, style: Style) -> CardBox:
    """How hard: the words, and under them both ends of the scale."""
    words = [_question(block, style), *(text.paragraph(line, style.type.body)
                                        for line in block.lines)]
    ends, _ = _ends(block, style, halves(style) - 2 * 9)
    return CardBox(Stack([*words, Space(4), ends], tag=section()),
                   skin_of("do", style, padding=(5.0, 9.0, 8.0, 9.0)), middle=True)


def wide_scale(block: doc.Scale, style: Style) -> CardBox:
    """The same in one line across the page, or nearly so."""
    words = Stack([_question(block, style), *(text.paragraph(line, style.type.body)
                                              for line in block.lines)])
    ends, wide = _ends(block, style, .6 * width(style))
    return CardBox(RowBox([(words, None), (ends, wide)], gap=GUTTER, align="middle",
                          tag=section()), skin_of("do", style, padding=PADDING))


def _question(block: doc.Scale, style: Style) -> Flowable:
    return text.paragraph(block.title, style.type.h3, style.palette.kind("do").ink)


def _ends(block: doc.Scale, style: Style, room: float) -> tuple[Flowable, float]:
    """What is fine on a filled tile, what is not on a framed one, beside each other or above; and
    how wide they are."""
    colour, strong = style.palette.kind("do").ink, style.type.strong
    wide = [text.width_of(words, type_) + 2 * TILE[1] + 1 for words, type_ in
            ((block.fine_words, strong), (block.stop_words, style.type.body))]
    fine = CardBox(text.paragraph(block.fine_words, strong, WHITE),
                   Skin(colour, colour, line_width=1.5, radius=9, padding=TILE))
    over = CardBox(text.paragraph(block.stop_words, style.type.body),
                   Skin(WHITE, colour, line_width=1.5, radius=9, padding=TILE))
    if sum(wide) + 6 <= room:
        return RowBox([(fine, wide[0]), (over, wide[1])], gap=6), sum(wide) + 6
    return Stack([fine, over], gap=4), max(wide)


def rules(block: doc.WallRules, style: Style) -> Flowable:
    """Where not to press, its picture as large as costs no height, and beside it when to stop; so
    wide each that both are lowest."""
    room = width(style) - GUTTER

    def row(wide: float, share: float) -> Flowable:
        return pair([zones(block.zones, wide, style), stop(block.stop, style)],
                    [room * (1 - share), room * share])

    return min((row(wide, share) for wide in ZONES for share in STOP_SHARES),
               key=lambda one: round(one.wrap(width(style))[1]))


def zones(block: doc.Zones, wide: float, style: Style) -> CardBox:
    """Where not to press: the picture, so wide, and the sentences that say the same."""
    colour = style.palette.kind("keep-off").ink
    sign = Badge("x", DISC, colour, "octagon")
    words = Stack([titled(sign, block.title, colour, style), Space(3),
                   *(text.paragraph(line, style.type.body) for line in block.sentences)])
    row = RowBox([(picture(block.figure, wide, style), wide), (words, None)], gap=10,
                 align="middle", tag=section()).reads_last(0)
    return CardBox(row, skin_of("keep-off", style, padding=PADDING), middle=True)


def stop(block: doc.StopRules, style: Style) -> CardBox:
    """When to stop."""
    colour = style.palette.kind("stop").ink
    heading = titled(Badge("x", DISC, colour, "octagon"), block.title, colour, style)
    items = dotted(block.items, style.type.body, colour)
    items.tag = Tag("L", attributes=list_numbering("Disc"))
    return CardBox(Stack([heading, Space(3), items], tag=section()),
                   skin_of("stop", style, padding=PADDING), middle=True)


def alarm(block: doc.StopRules, style: Style) -> CardBox:
    """When to call for help, in white on red across the page."""
    colour = style.palette.kind("stop").ink
    words = text.paragraph(block.emergency, style.type.strong, WHITE)
    row = RowBox([(Icon("phone", 24, WHITE), 24), (words, None)], gap=10, align="middle")
    return CardBox(row, Skin(colour, radius=14, padding=(6, 16, 8, 16)), tag=section())


CODE = 88.0  # points of the QR code with its quiet zone: 3.1 cm
SMALL_STRONG = Type(16, 19, bold=True)  # a long name
SMALL = Type(14, 17)  # read close by
MEASURE = 425.0  # about 70 characters
Cells = list[tuple[Flowable, float | None]]


def foot(document: doc.Document, logo: Flowable | None, style: Style) -> Flowable:
    """The practice, the disclaimer with version and review, the QR code."""
    [page] = document.pages
    codes = [block for block in page.blocks if isinstance(block, doc.QrCode)]
    prints = [block for block in page.blocks if isinstance(block, doc.FinePrint)]
    words = Stack([text.paragraph(document.footer.disclaimer, SMALL),
                   *(text.paragraph(runs, SMALL) for block in prints
                     for runs in block.paragraphs)])
    cells: Cells = [(_practice(document, [qr.linked(block) for block in codes], logo, style), None),
                    (words, MEASURE), *((qr.QRCode(block, CODE), CODE) for block in codes)]
    return Stack([RuleLine(RULE), Space(8), RowBox(cells, gap=GUTTER, align="middle")])


def _practice(document: doc.Document, web: list[doc.Runs], logo: Flowable | None,
              style: Style) -> Flowable:
    """The practice's logo and name, its phone and address below."""
    name, *phone = document.footer.lines
    types, ink = style.type, style.palette.brand.ink
    room = width(style) - MEASURE - CODE - 3 * GUTTER - (logo.width if logo else 0)
    type_ = next((type_ for type_, lines in ((types.h3, 1), (types.strong, 1.8))
                  if text.width_of(name, type_) <= lines * room), SMALL_STRONG)
    cells: Cells = [(logo, logo.width)] if logo else []
    cells.append((text.paragraph(name, type_, ink, role="P"), None))
    lines = [*(text.runs(line, strong=True) for line in phone), *web]
    return Stack([RowBox(cells, gap=10, align="middle"), Space(3),
                  *(text.paragraph(line, SMALL) for line in lines)])
