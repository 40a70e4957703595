"""The back of the leaf for the fridge: the moves with their start and end, the rest after them, how
much it all may hurt. In large print each move stands across the page.
"""

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.document import Kind
from handouts.pdf.blocks.cards import skin_of
from handouts.pdf.blocks.marks import Badge
from handouts.pdf.blocks.routine import running, said
from handouts.pdf.blocks.tiles import Tile, tile
from handouts.pdf.blocks.zones import ABREAST, share_of
from handouts.pdf.file.tagtree import Tag, scope, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RowBox, Space, Stack
from handouts.pdf.layout.theme import GUTTER, RULE, STOP_TINT, WHITE, Style

LYING = 54.0  # points high: frames that are wider than high
WIDE_FRAME = 136.5  # 48 mm: a frame is no narrower
ALONE, SEATED = 81.0, 110.0  # points high: a frame by itself, lying and seated
LEAST_SEATED = 66.0
LEAST_BESIDE = 120.0  # wide: lying frames that are not narrower stand side by side
FRAME_GAP = 4.0
LARGE_LYING, LARGE_SEATED = 188.0, 170.0  # wide: two stand side by side
COUNT_LEADING = 14.0
COLUMNS = (66.0, 117.0, 149.0)  # of the guide; the last takes the rest
CELL, LOW_CELL = (5.0, 7.0, 5.0, 7.0), (1.0, 7.0, 2.0, 7.0)  # padding: top, right, bottom, left
GUIDE: tuple[tuple[Kind, str, str], ...] = (
    ("do", "tick", "disc"), ("care", "bang", "triangle"), ("stop", "x", "octagon"))


def rows(block: doc.Finish, style: Style) -> list[Flowable]:
    """The moves, the rest, how much it may hurt."""
    if block.guide is None:
        raise ValueError("the last step is never drawn without its guide")
    rest = running(block.body, style)
    if style.stacked:
        moves: list[Flowable] = [_wide_move(move, style) for move in block.moves]
        return [*moves, rest, _stacked_guide(block.guide, style)]
    return [*_moves(block.moves, rest, style), _guide(block.guide, style)]


def _moves(moves: Sequence[doc.Move], rest: Flowable, style: Style) -> list[Flowable]:
    """Two or three moves side by side; else each has its words beside its frames; the rest under
    them."""
    share = share_of(style)
    if 1 < len(moves) <= ABREAST:
        wide = (style.width - (len(moves) - 1) * GUTTER) / len(moves)
        return [RowBox([(_move(move, wide, style), wide) for move in moves], gap=GUTTER), rest]
    return [*(_only_move(move, share, style) for move in moves), rest]


# -- a move ----------------------------------------------------------------------------------------


def _heading(move: doc.Move, style: Style) -> list[Flowable]:
    """Its name, and how often: under it or, in large print, beside it."""
    types, colour = style.type, style.palette.kind("do").ink
    name = text.paragraph(move.title, types.h3, colour)
    if not style.stacked:
        return [name, text.paragraph(move.count, replace(types.strong, leading=COUNT_LEADING))]
    wide = text.width_of(move.title, types.h3) + 2
    return [RowBox([(name, wide), (text.paragraph(move.count, types.strong), None)], gap=14,
                   align="middle")]


def _move(move: doc.Move, share: float, style: Style) -> Flowable:
    """A move in one column: name, how often, frames, words."""
    return Stack([*_heading(move, style), Space(3), _frames(move.frames, share, style), Space(3),
                  *said(move.body, move.feel, move.never, style)], tag=section())


def _only_move(move: doc.Move, share: float, style: Style) -> Flowable:
    words = Stack([*_heading(move, style), Space(3),
                   *(Measured(line, style.measure)
                     for line in said(move.body, move.feel, move.never, style))])
    shown = _frames(move.frames, share, style)
    tiles = _tiles(move.frames, share, style, 1e6)
    if len(tiles) > 1 and all(one.whole < one.width for one in tiles):  # each as wide as a step's
        shown = RowBox([(_captioned(frame.caption, one, style), share)
                        for frame, one in zip(move.frames, tiles, strict=True)], gap=GUTTER)
        share = len(tiles) * (share + GUTTER) - GUTTER
    return RowBox([(shown, share), (words, None)], gap=GUTTER, tag=section()).reads_last(0)


def _wide_move(move: doc.Move, style: Style) -> Flowable:
    """A move in large print: its frames side by side, its words under them."""
    tall = any(shown.whole > shown.width for shown in _tiles(move.frames, 1.0, style, 1e6))
    wide = LARGE_SEATED if tall else LARGE_LYING
    frames = [_captioned(frame.caption, one, style) for frame, one in
              zip(move.frames, _tiles(move.frames, wide, style, 1e6), strict=True)]
    shown = RowBox([(frame, wide) for frame in frames], gap=GUTTER)
    return Stack([*_heading(move, style), Space(4), shown, Space(4),
                  *said(move.body, move.feel, move.never, style)], tag=section())


def _tiles(frames: Sequence[doc.Frame], wide: float, style: Style, high: float) -> list[Tile]:
    return [tile(frame.figure, (wide, high), style) for frame in frames]


def _captioned(caption: str, shown: Flowable, style: Style) -> Flowable:
    """A picture under its word."""
    if not caption:
        return shown
    return Stack([text.paragraph(caption, style.type.strong), Space(style.sized(1)), shown])


def _alone(figure: doc.Figure, share: float, style: Style) -> Flowable:
    """The one frame of the leaf by itself: the whole of it where it is higher than wide."""
    shown = tile(figure, (share, 1e6), style)
    if shown.whole <= shown.width:
        return tile(figure, (share, max(LYING, ALONE - style.shrunk)), style)
    high = min(max(LEAST_SEATED, SEATED - style.shrunk), shown.whole)
    return tile(figure, (share * high / shown.whole, high), style)


def _frames(frames: Sequence[doc.Frame], share: float, style: Style) -> Flowable:
    """Start over end, each beside its word or, where that leaves too little, under it; frames that
    are higher than wide stand side by side."""
    if len(frames) == 1 and not frames[0].caption:
        return _alone(frames[0].figure, share, style)
    strong = style.type.strong
    beside = (share - FRAME_GAP * (len(frames) - 1)) / len(frames)
    high = LYING
    tall = any(shown.whole > shown.width for shown in _tiles(frames, share, style, 1e6))
    if tall or (len(frames) > 1 and beside >= LEAST_BESIDE):
        # As high as lying frames.
        both = 2 * high + FRAME_GAP - strong.leading - 1 if len(frames) > 1 else high
        cells: list[tuple[Flowable, float | None]] = [
            (_captioned(frame.caption, shown, style), beside)
            for frame, shown in zip(frames, _tiles(frames, beside, style, both), strict=True)]
        return RowBox(cells, gap=FRAME_GAP)
    label = max(text.width_of(frame.caption, strong) for frame in frames)
    wide = min(share - label - 2, WIDE_FRAME)
    if wide < WIDE_FRAME:
        return Stack([_captioned(frame.caption, shown, style) for frame, shown in
                      zip(frames, _tiles(frames, share, style, high), strict=True)], gap=FRAME_GAP)
    return Stack([RowBox([(text.paragraph(frame.caption, strong), share - wide), (shown, wide)])
                  for frame, shown in zip(frames, _tiles(frames, wide, style, high), strict=True)],
                 gap=FRAME_GAP)


# -- how much it may hurt --------------------------------------------------------------------------


def _guide(guide: doc.Guide, style: Style) -> Flowable:
    """The question, the table, and when to stop or call at once."""
    types = style.type
    title = text.paragraph(guide.title, types.h2)
    head = RowBox([(title, text.width_of(guide.title, types.h2) + 4),
                   (text.paragraph(guide.lead, types.body), None)], gap=8, align="middle")
    if guide.told and "told" in style.given:
        return Stack([head, _also(guide.told, guide, style)], tag=section())
    if guide.told and "few" in style.given:  # the evening gives way
        guide = structs.replace(guide, rows=(guide.rows[0], guide.rows[-1]))
    return Stack([head, Space(3), GuideTable(guide, style), Space(3),
                  _also(guide.also, guide, style)], tag=section())


def _also(said: str, guide: doc.Guide, style: Style) -> Flowable:
    words = (doc.Run(f"{said} "), doc.Run(guide.emergency, strong=True))
    return running(words, style)


class GuideTable(Stack):
    """When to go on, ease off and stop: a column each, told by sign, word and tint."""

    def __init__(self, guide: doc.Guide, style: Style) -> None:
        self.tints = [STOP_TINT if kind == "stop" else style.palette.kind(kind).tint
                      for kind, *_ in GUIDE] if not style.look.mono else [WHITE] * len(GUIDE)
        self.widths = [*COLUMNS, style.width - sum(COLUMNS)]
        self.padding = LOW_CELL if "low" in style.given else CELL
        heads = [Stack([], tag=Tag("TD")), *(
            _head(words, kind, style) for words, kind in zip(guide.heads, GUIDE, strict=True))]
        super().__init__([self._row(heads), *(self._row(_cells(row, style)) for row in guide.rows)],
                         tag=Tag("Table"))

    def _row(self, cells: Sequence[Flowable]) -> RowBox:
        padded = [(_Padded(cell, self.padding), wide) for cell, wide in
                  zip(cells, self.widths, strict=True)]
        return RowBox(padded, tag=Tag("TR"))

    def draw(self) -> None:
        """Paints tints and lines, then the rows."""
        canv = self.canv
        lefts = [sum(self.widths[:at]) for at in range(len(self.widths))]
        for left, wide, tint in zip(lefts[1:], self.widths[1:], self.tints, strict=True):
            self._fill(tint, left, wide)
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.9)
        for left in lefts[1:]:
            canv.line(left, 0, left, self.height)
        for _, _, top in self.placed[1:]:
            canv.line(0, self.height - top, self.width, self.height - top)
        canv.rect(.45, .45, self.width - .9, self.height - .9, stroke=1, fill=0)
        super().draw()

    def _fill(self, tint: Color, left: float, wide: float) -> None:
        if tint != WHITE:
            self.canv.setFillColor(tint)
            self.canv.rect(left, 0, wide, self.height, stroke=0, fill=1)


class _Padded(Box):
    """A cell with its padding."""

    def __init__(self, child: Flowable, padding: tuple[float, float, float, float]) -> None:
        super().__init__()
        self.child, self.padding = child, padding

    def arrange(self, width: float) -> tuple[float, float]:
        """The child inside its padding."""
        top, right, bottom, left = self.padding
        _, height = self.child.wrap(width - left - right, 1e6)
        self.place(self.child, left, top)
        return width, height + top + bottom


def _head(words: str, kind: tuple[Kind, str, str], style: Style) -> Flowable:
    """The head of a column: its sign, its word."""
    name, badge, shape = kind
    colour, size = style.palette.kind(name).ink, 22.0
    title = replace(style.type.h3, heading=False)
    return RowBox([(Badge(badge, size, colour, shape), size),
                   (text.paragraph(words, title, colour, role=None), None)], gap=7, align="middle",
                  tag=Tag("TH", attributes=scope("Column")))


def _cells(row: Sequence[str], style: Style) -> list[Flowable]:
    when, *others = row
    first = text.paragraph(when, style.type.strong)
    first.tag = Tag("TH", attributes=scope("Row"))
    return [first, *(text.paragraph(words, style.type.body, role="TD") for words in others)]


def _stacked_guide(guide: doc.Guide, style: Style) -> Flowable:
    """The same in large print: a card for each column."""
    types = style.type
    cards: list[Flowable] = []
    for at, (head, (kind, badge, shape)) in enumerate(zip(guide.heads, GUIDE, strict=True), 1):
        colour, size = style.palette.kind(kind).ink, style.sized(22)
        title = RowBox([(Badge(badge, size, colour, shape), size),
                        (text.paragraph(head, types.h3, colour), None)], gap=style.sized(7),
                       align="middle")
        lines = [text.paragraph((doc.Run(f"{row[0]}: ", strong=True), doc.Run(row[at])),
                                types.body) for row in guide.rows]
        cards.append(CardBox(Stack([title, Space(2), *lines], tag=section()),
                             skin_of(kind, style, padding=(7, 14, 8, 14))))
    return Stack([text.paragraph(guide.title, types.h2), text.paragraph(guide.lead, types.body),
                  Space(4), Stack(cards, gap=6), Space(4), _also(guide.also, guide, style)],
                 tag=section())


