"""The parts of a poster: steps under their pictures, lists, rules, the foot of the page."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import qr, text
from handouts.pdf.boxes import Box, Card, Line, Row, Skin, Space, Stack
from handouts.pdf.cards import as_items, skin_of
from handouts.pdf.colours import INK, RULE, WHITE
from handouts.pdf.marks import Badge, Disc, Sign
from handouts.pdf.massages import picture
from handouts.pdf.sizes import Type
from handouts.pdf.stopbox import columns_of, spread
from handouts.pdf.structure import HEADING, Tag, list_numbering, section
from handouts.pdf.style import Style

MARGIN = 26.0
GUTTER = 18.0
DISC = 40.0
BADGE = 42.0
CODE = 88.0  # points of the QR code with its quiet zone: 3.1 cm
SMALL_STRONG = Type(16, 19, bold=True)  # a long name
SMALL = Type(14, 17)  # the foot of the page, which is read close by
STOP_SHARE = .64
MEASURE = 425.0  # the small print: about 70 characters
GAP = 8.0
DOT = 8.0
DOT_GAP = 8.0
PADDING = (8.0, 16.0, 11.0, 16.0)
Cells = list[tuple[Flowable, float | None]]


def width(style: Style) -> float:
    """The width between the margins."""
    return style.page_size[0] - 2 * MARGIN


# -- steps -----------------------------------------------------------------------------------------


def step(block: doc.Step, tall: float, wide: float, style: Style) -> Flowable:
    """A picture of a height, under it number, title and words."""
    shown = _fitting(block.figure, wide, tall, style)
    return _cell(block.number, block.title, block.body, [Space(tall - shown.height), shown], style)


def finish(block: doc.Finish, tall: float, wide: float, style: Style) -> Flowable:
    """The last step: its moves above each other, together as high as a picture."""
    shown = Together([move.figure for move in block.moves], wide, tall, style)
    return _cell(block.number, block.title, block.body, [Space(tall - shown.height), shown], style)


class Together(Sign):
    """Pictures above each other that are one figure, within a width and a height."""

    def __init__(self, figures: Sequence[doc.Figure], wide: float, tall: float,
                 style: Style) -> None:
        ratio = sum(one.height / one.width for one in
                    (picture(figure, 100, style) for figure in figures))
        each = min((tall - GAP * (len(figures) - 1)) / ratio, wide)
        self.pictures = [picture(figure, each, style) for figure in figures]
        for one in self.pictures:
            one.tag = None
        self.tag = Tag("Figure", alt=" ".join(figure.alt for figure in figures))
        super().__init__(each, sum(one.height + GAP for one in self.pictures) - GAP)

    def draw(self) -> None:
        """Places the pictures from the top down."""
        top = self.height
        self.canv.figure(self.tag, self.width, self.height)
        with self.canv.mark(self.tag):
            for one in self.pictures:
                one.drawOn(self.canv, 0, top - one.height)
                top -= one.height + GAP


def zones(block: doc.Zones, tall: float, wide: float, style: Style) -> Flowable:
    """Where not to press, as a cell among the steps."""
    shown = _fitting(block.figure, wide, tall, style)
    colour = style.palette.kind("keep-off").ink
    heading = Row([(Badge("no", DISC, colour, "disc"), DISC),
                   (text.paragraph(block.title, style.type.h3, colour, role=None), None)],
                  gap=7, align="middle", tag=Tag(HEADING))
    return Stack([Stack([Space(tall - shown.height), shown]), Space(7), heading, Space(2),
                  *(text.paragraph(line, style.type.body) for line in block.sentences)],
                 tag=section()).reads_last(0)


def _fitting(figure: doc.Figure, wide: float, tall: float, style: Style) -> Flowable:
    """A figure within a width and a height."""
    shown = picture(figure, wide, style)
    return shown if shown.height <= tall else picture(figure, wide * tall / shown.height, style)


def _cell(number: int, title: str, body: doc.Runs, pictures: list[Flowable],
          style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    heading = Row([(Disc(number, DISC, colour, style.type.h2), DISC),
                   (text.paragraph(title, style.type.h3, colour, role=None), None)],
                  gap=7, align="middle", tag=Tag(HEADING))
    shown = Stack(pictures)
    return Stack([shown, Space(7), heading, Space(2), text.paragraph(body, style.type.body)],
                 tag=section()).reads_last(0)


# -- lists and rules -------------------------------------------------------------------------------


class Dot(Sign):
    """A bullet of the wall's size, level with the middle of a line."""

    def __init__(self, leading: float, colour: Color) -> None:
        super().__init__(DOT, leading)
        self.colour = colour

    def draw(self) -> None:
        """Paints the disc."""
        self.canv.setFillColor(self.colour)
        self.canv.circle(DOT / 2, self.height / 2 - 1, DOT / 2, stroke=0, fill=1)


def _listed(items: tuple[str, ...], colour: Color, style: Style) -> Stack:
    body = style.type.body
    rows: list[Box] = [Row([(Dot(body.leading, colour), DOT),
                            (text.paragraph(item, body, role="LBody"), None)], gap=DOT_GAP)
                       for item in items]
    return Stack(as_items(rows))


def check_first(block: doc.CheckFirst, style: Style) -> Flowable:
    """What sends the reader away, in three columns under a heading and its rule."""
    shades = style.palette.kind("care")
    types = style.type
    heading = Row([(Badge("bang", BADGE, shades.ink, "triangle"), BADGE),
                   (text.paragraph(block.title, types.h2, shades.ink),
                    text.width_of(block.title, types.h2) + 6),
                   (text.paragraph(block.lead, types.strong), None)], gap=12, align="middle")

    def widths(items: Sequence[str]) -> list[float]:
        return [text.width_of(item, types.body) + DOT + DOT_GAP + 1 for item in items]

    room = width(style) - PADDING[1] - PADDING[3]
    parts = columns_of(block.items, widths, room)
    ticks = spread([_listed(part, shades.ink, style) for part in parts],
                   [widths(part) for part in parts], room)
    ticks.tag = Tag("L", attributes=list_numbering("Disc"))
    skin = Skin(shades.tint, shades.outline, line_width=2, radius=18, padding=PADDING)
    return Card(Stack([heading, Space(5), ticks], tag=section()), skin)


def scale(block: doc.Scale, style: Style) -> Card:
    """How hard: the words, and under them the scale with its two ends."""
    types = style.type
    colour = style.palette.kind("do").ink
    body = Stack([text.paragraph(block.title, types.h3, colour),
                  *(text.paragraph(line, types.body) for line in block.lines), Space(6),
                  Ends(block, style), Space(4), text.paragraph(block.fine_words, types.strong),
                  text.paragraph(block.stop_words, types.body)], tag=section())
    return Card(body, skin_of("do", style, padding=PADDING), middle=True)


class Ends(Sign):
    """The hurt scale in big cells: each number that is fine, then all the others in one."""

    def __init__(self, block: doc.Scale, style: Style) -> None:
        super().__init__(218, 44)
        self.fine, self.type_ = block.fine, style.type.h3
        self.colour = style.palette.kind("do").ink
        self.rest = f"{block.fine + 1}–10"
        self.tag = Tag("P", actual=" ".join([*map(str, range(block.fine + 1)), self.rest]))

    def draw(self) -> None:
        """Paints the cells with their numbers."""
        canv, pitch = self.canv, self.width / (self.fine + 4)
        canv.saveState()
        canv.setLineWidth(1.5)
        canv.setStrokeColor(self.colour)
        with canv.mark(self.tag):
            for digit in range(self.fine + 1):
                self._cell(str(digit), digit * pitch, pitch, filled=True)
            self._cell(self.rest, (self.fine + 1) * pitch, 3 * pitch, filled=False)
        canv.restoreState()

    def _cell(self, words: str, left: float, wide: float, *, filled: bool) -> None:
        canv = self.canv
        canv.setFillColor(self.colour if filled else WHITE)
        canv.roundRect(left + 1, 1, wide - 4, self.height - 2, 7, stroke=1, fill=1)
        text.show_centred(canv, words, self.type_, WHITE if filled else INK,
                          (left + wide / 2 - 1, self.height / 2 - .34 * self.type_.size))


def pair(left: Card, right: Card, style: Style) -> Flowable:
    """Two cards of one height."""
    room = width(style) - GUTTER
    widths = (room * (1 - STOP_SHARE), room * STOP_SHARE)
    tall = max(card.wrap(wide)[1] for card, wide in zip((left, right), widths, strict=True))
    left.least = right.least = tall
    return Row([(left, widths[0]), (right, widths[1])], gap=GUTTER)


def stop(block: doc.StopRules, style: Style) -> Card:
    """When to stop, and when to call."""
    colour = style.palette.kind("stop").ink
    heading = Row([(Badge("x", BADGE, colour, "octagon"), BADGE),
                   (text.paragraph(block.title, style.type.h3, colour), None)], gap=12,
                  align="middle")
    items = _listed(block.items, colour, style)
    items.tag = Tag("L", attributes=list_numbering("Disc"))
    closing = text.paragraph(f"{block.hurts} {block.emergency}", style.type.strong)
    return Card(Stack([heading, Space(4), items, Space(5), closing], tag=section()),
                skin_of("stop", style, padding=PADDING), middle=True)


# -- the foot --------------------------------------------------------------------------------------


def foot(document: doc.Document, logo: Flowable | None, style: Style) -> Flowable:
    """The practice, the disclaimer with version and review, the QR code."""
    [page] = document.pages
    codes = [block for block in page.blocks if isinstance(block, doc.QrCode)]
    prints = [block for block in page.blocks if isinstance(block, doc.FinePrint)]
    words = Stack([text.paragraph(document.footer.disclaimer, SMALL),
                   *(text.paragraph((run,), SMALL) for block in prints
                     for runs in block.paragraphs for run in runs)])
    cells: Cells = [(_practice(document, [qr.linked(block) for block in codes], logo, style), None),
                    (words, MEASURE), *((qr.Code(block, CODE), CODE) for block in codes)]
    return Stack([Line(RULE), Space(8), Row(cells, gap=GUTTER, align="middle")])


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
    return Stack([Row(cells, gap=10, align="middle"), Space(3),
                  *(text.paragraph(line, SMALL) for line in lines)])
