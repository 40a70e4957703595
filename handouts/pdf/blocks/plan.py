"""What to do now: a picture where there is one, and the actions beside and under it, each with its
number. In large print it is a card, or a run of cards.
"""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, heading, listed, skin_of
from handouts.pdf.blocks.forms import line_to_write
from handouts.pdf.blocks.marks import Disc, Icon
from handouts.pdf.blocks.massages import picture
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RowBox, Stack
from handouts.pdf.layout.theme import Style

PICTURE = 250.0
TIGHT = 206.0  # the same, where the page is full
LARGE_PICTURE, LOW_PICTURE = 330.0, 230.0  # in large print
RUNNING_TITLE = 31.0  # points high, with its gap: a card of a whole sheet leaves so much
DISC = 26.0
SIGN, LOW_SIGN = 22.0, 18.0
UNDER_HEAD = 5.0
GAP = 14.0  # between the columns
ROW_GAP, CLOSE_GAP, LOW_GAP = 6.0, 3.0, 1.0
LARGE_ROW_GAP = 12.0
NARROW = 320.0  # a card that is not wider has one column
WIDE = 400.0  # an action that is wider has its line beside its title
TOGETHER = 2  # actions on a card of large print


def rows(block: doc.Plan, style: Style) -> list[Flowable]:
    """The card; in large print, where a sheet does not hold it, one with the heading and the first
    action, and one for each two that follow."""
    skin = skin_of("do", style)
    head = heading(block.title, "do", "tick", style)
    actions = [_action(number, action, style) for number, action in enumerate(block.actions, 1)]
    if not style.stacked:
        wide = TIGHT if style.tight else PICTURE
        low = "low" in style.given
        gap = LOW_GAP if low else CLOSE_GAP if style.tight else ROW_GAP
        return [CardBox(_Grid(head, _drawn(block, wide, style), Spread(actions, gap),
                              LOW_GAP if low else UNDER_HEAD), skin)]
    for wide in (LARGE_PICTURE, LOW_PICTURE):
        shown = [drawn] if (drawn := _drawn(block, wide, style)) else []
        whole = CardBox(_stacked([head, *shown], actions), skin)
        if whole.wrap(style.width)[1] <= style.body_height - RUNNING_TITLE:
            return [whole]
    first = 1 if shown else TOGETHER
    parts = [_stacked([head, *shown], actions[:first])]
    parts += [listed(actions[at:at + TOGETHER], LARGE_ROW_GAP)
              for at in range(first, len(actions), TOGETHER)]
    return [CardBox(part, skin) for part in parts]


def _stacked(above: Sequence[Flowable], actions: Sequence[Box]) -> Stack:
    return Stack([*above, listed(actions, LARGE_ROW_GAP)], gap=LARGE_ROW_GAP, tag=section())


def _drawn(block: doc.Plan, width: float, style: Style) -> Flowable | None:
    return picture(block.figure, width, style, white=True) if block.figure else None


def _action(number: int, action: doc.Action, style: Style) -> Box:
    """The number, the title with its sign, the words, and the line to write on."""
    size = style.sized(DISC)
    disc = Disc(str(number), size, style.palette.kind("do").ink, style.type.h3)
    return RowBox([(Stack([disc], tag=Tag("Lbl")), size), (_Words(action, style), None)],
                  gap=style.sized(9))


class _Words(Box):
    """What an action says; where it is wide, its line to write on is beside its title."""

    def __init__(self, action: doc.Action, style: Style) -> None:
        super().__init__(Tag("LBody"))
        colour = style.palette.kind("do").ink
        sign = LOW_SIGN if "low" in style.given else style.sized(SIGN)
        self.title = text.paragraph(action.title, style.type.h3, colour, role="P")
        self.own = text.width_of(action.title, style.type.h3) + 1
        self.sign = Icon(action.icon, sign, colour)
        self.said = Measured(text.paragraph(action.body, style.type.body), style.measure)
        self.line = line_to_write(action.blank, style) if action.blank else None
        self.beside = not style.stacked

    def arrange(self, width: float) -> tuple[float, float]:
        """The title and its sign, the words under them."""
        room = width - self.sign.width - GAP
        head = max(self.title.wrap(room, 1e6)[1], self.sign.height)
        self.place(self.title, 0, (head - self.title.height) / 2)
        self.place(self.sign, width - self.sign.width, (head - self.sign.height) / 2)
        beside = self.line if self.beside and width > WIDE else None
        if beside is not None:  # it is read where it is seen
            left = self.own + 2 * GAP
            beside.wrap(room - left, 1e6)
            self.place(beside, left, head - beside.height)
        top = head + self.said.wrap(width)[1]
        self.place(self.said, 0, head)
        if self.line is None or beside is not None:
            return width, top
        _, height = self.line.wrap(width, 1e6)
        self.place(self.line, 0, top)
        return width, top + height


class _Grid(Box):
    """The heading; under it two columns: the picture leads the first, and is read before the
    actions."""

    def __init__(self, head: Flowable, drawn: Flowable | None, actions: "Spread",
                 under: float) -> None:
        super().__init__(section())
        self.head, self.drawn, self.actions, self.under = head, drawn, actions, under
        actions.drawn = drawn

    def arrange(self, width: float) -> tuple[float, float]:
        """The heading, then both at the same height."""
        top = self.head.wrap(width, 1e6)[1] + self.under
        self.place(self.head, 0, 0)
        if self.drawn is not None:
            self.drawn.wrap(width, 1e6)
            self.place(self.drawn, 0, top)
        height = self.actions.wrap(width, 1e6)[1]
        self.place(self.actions, 0, top)
        return width, top + height


class Spread(Box):
    """The list of the actions: the first beside a picture, the others in rows of two; all under
    each other where the card is narrow, below a picture."""

    def __init__(self, actions: Sequence[Box], gap: float) -> None:
        super().__init__(Tag("L"))
        self.actions, self.gap = list(as_items(actions)), gap
        self.drawn: Flowable | None = None

    def arrange(self, width: float) -> tuple[float, float]:
        """Places the actions; the height is no less than the picture's."""
        abreast = 1 if width < NARROW else 2
        share = (width - GAP * (abreast - 1)) / abreast
        above = self.drawn.height if self.drawn else 0.0
        if above and abreast > 1:
            return width, self._beside(width, share, above)
        return width, self._in_rows(width, share, abreast, above + self.gap if above else 0.0)

    def _in_rows(self, width: float, share: float, abreast: int, top: float,
                 first: int = 0) -> float:
        """Places the actions from this one on in rows from here on, the last one alone on the whole
        width; gives where they end."""
        for at in range(first, len(self.actions), abreast):
            row = self.actions[at:at + abreast]
            wide = share if len(row) == abreast else width
            tall = max(action.wrap(wide, 1e6)[1] for action in row)
            for column, action in enumerate(row):
                self.place(action, column * (share + GAP), top)
            top += tall + self.gap
        return top - self.gap

    def _beside(self, width: float, share: float, above: float) -> float:
        """Places the first actions beside the picture, which is so high, the others in rows under
        both, so that all is read from left to right, row by row; as many beside it as leave the
        list lowest. Gives where they end."""
        heights = [action.wrap(share, 1e6)[1] + self.gap for action in self.actions]

        def ends(first: int) -> float:
            rows = range(first, len(heights), 2)
            return max(above, sum(heights[:first])) + sum(max(heights[at:at + 2]) for at in rows)

        first = min(range(1, len(heights) + 1), key=ends)
        top = 0.0
        for action, tall in zip(self.actions[:first], heights, strict=False):
            self.place(action, share + GAP, top)
            top += tall
        under = max(above + self.gap, top)
        if first == len(heights):
            return under - self.gap
        return self._in_rows(width, share, 2, under, first)
