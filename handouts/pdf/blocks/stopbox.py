"""The red Stop box, what to ask first, and what opens a handout for whom nobody has examined."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, bulleted, headed, heading, skin_of
from handouts.pdf.blocks.forms import Sentences, line_to_write, sentences
from handouts.pdf.blocks.marks import Badge, Bullet, TickBox
from handouts.pdf.figures.figures import Picture, dressed
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RowBox, RuleLine, Space, Stack
from handouts.pdf.layout.columns import RunningRows
from handouts.pdf.layout.theme import GUTTER, RULE, Style

CHECK_COLUMNS = 3
GAP_BETWEEN = 8.0  # columns of a poster's list stand at least so far apart
BROKEN = 3  # so many widths of a column are tried, its widest lines
PADDING, CLOSE_PADDING = (8.0, 14.0, 9.0, 14.0), (6.0, 14.0, 7.0, 14.0)
LOW_PADDING = (4.0, 14.0, 5.0, 14.0)
PARTED = 14.0  # between two columns, the rule in its middle
PARTED_ROWS = 2.0  # between signs of two lines each
SIGN, CLOSE_SIGN, LOW_SIGN, FEW_SIGN = 22.0, 20.0, 18.0, 18.0  # a picture
SIGN_ROW = 24.0  # elsewhere a row is as high as its picture
TICKED_SIGN = 28.0
POINTER_CUT = 6.0  # the corners of a line that says where the signs are
ASK_GAP = 5.0  # from a bullet
TICK_GAP = 14.0  # from the end of a text to a box behind it
LEAD_MEASURE = 384.0  # the widest that a lead may be: about 70 characters
UNSEEN = (.4, .42, .44, .46, .48, .5)  # of the width: the signs, where nobody has examined
FIRST = 1.3  # times as wide as the other: the column of more signs
FEW_TITLE = .47  # of the page: where the first title is wider and room is little, all are smaller
FIRST_PARTED = 2.0  # the same, where its signs stand in two


def stop_box(block: doc.StopBox, style: Style) -> list[Flowable]:
    """Columns of signs in one heavy frame; under a rule what to ask first. In large print each has
    a frame of its own; without columns, the line that says where they are."""
    if not block.columns:
        return [_pointer(block.where, style)]
    if style.stacked:
        more = [ask_first(block.ask, style)] if block.ask else []
        more += [_ticked(block.tick, style)] if block.tick else []
        return [*(CardBox(_column(column, style), skin_of("stop", style, padding=PADDING))
                  for column in block.columns), *more]
    first, *others = block.columns
    parted = not others or "parted" in style.given
    size = style.type.h2
    if "few" in style.given and text.width_of(first.title, size) > FEW_TITLE * style.width:
        size = style.type.h3
    columns = [_in_two(first, style) if parted else _column(first, style, size),
               *(_column(column, style, size) for column in others)]
    close, low = "close" in style.given, "low" in style.given
    ask = block.ask
    ticked = _ticked(block.tick, style) if block.tick and not ask else None
    if low and others and ticked:
        columns[-1] = Stack([columns[-1], Space(3), ticked])  # the shorter of both
        ticked = None
    rows: list[Flowable] = [SignColumns(columns, FIRST_PARTED if parted else FIRST)]
    apart = 2 if low else 4 if close else 6
    if ask:
        rows += [Space(apart), RuleLine(RULE), Space(apart), _listed(ask, style)]
    elif ticked:
        rows += [Space(apart), ticked]
    padding = LOW_PADDING if low else CLOSE_PADDING if close else PADDING
    return [CardBox(Stack(rows), skin_of("stop", style, padding=padding))]


def _pointer(where: str, style: Style) -> Flowable:
    """On which page the signs stand, for which there is no room here; without a frame where there
    is none for that, either."""
    words = where.replace("{PAGE}", str(style.pages.get("signs", 1)))
    colour, size = style.palette.kind("stop").ink, style.sized(LOW_SIGN)
    line = RowBox([(Badge("x", size, colour, "octagon"), size),
                   (text.paragraph(words, style.type.strong, colour), None)],
                  gap=style.sized(9), align="middle")
    if "few" in style.given:
        return line
    return CardBox(line, replace(skin_of("stop", style, padding=LOW_PADDING), cut=POINTER_CUT))


class SignColumns(Box):
    """Columns with rules between them; the first of two is wider, so many times."""

    def __init__(self, columns: Sequence[Flowable], first: float) -> None:
        super().__init__()
        self.columns, self.first = list(columns), first

    def arrange(self, width: float) -> tuple[float, float]:
        """As high as the highest column."""
        room = width - PARTED * (len(self.columns) - 1)
        shares = [self.first, 1.0] if len(self.columns) == 2 else [1.0] * len(self.columns)
        left, self.rules = 0.0, list[float]()
        tall = 0.0
        for column, share in zip(self.columns, shares, strict=True):
            wide = room * share / sum(shares)
            tall = max(tall, column.wrap(wide, 1e6)[1])
            self.place(column, left, 0)
            left += wide + PARTED
            self.rules.append(left - PARTED / 2)
        return width, tall

    def draw(self) -> None:
        """Paints the rules, then the columns."""
        self.canv.setStrokeColor(RULE)
        self.canv.setLineWidth(.75)
        for at in self.rules[:-1]:
            self.canv.line(at, 0, at, self.height)
        super().draw()


def _in_two(column: doc.StopColumn, style: Style) -> Flowable:
    """A column whose signs stand in two: by itself, or where a page has given way."""
    half = -(-len(column.items) // 2)
    apart = 0.0 if "parted" not in style.given else 1.0 if "low" in style.given else PARTED_ROWS
    rows = as_items([sign_row(sign, style) for sign in column.items])
    signs = RowBox([(Stack(part, gap=apart), None) for part in (rows[:half], rows[half:]) if part],
                   gap=PARTED, tag=Tag("L"))
    return Stack([*_headed(column, style), Space(2), signs], tag=section())


def _headed(column: doc.StopColumn, style: Style,
            size: text.Type | None = None) -> list[Flowable]:
    """The order of a column; under one to call us the number, or a line to write it on."""
    head: list[Flowable] = [heading(column.title, "stop", column.badge, style, size)]
    head += [text.paragraph(column.phone, style.type.strong)] if column.phone else []
    return [*head, *([line_to_write(column.blank, style)] if column.blank else [])]


def _column(column: doc.StopColumn, style: Style, size: text.Type | None = None) -> Flowable:
    rows = as_items([sign_row(sign, style) for sign in column.items])
    return Stack([*_headed(column, style, size), Space(2), Stack(rows, tag=Tag("L"))],
                 tag=section())


def sign_row(sign: doc.StopSign, style: Style, *, box: bool = False) -> RowBox:
    """A sign behind its picture, or a bullet; before it a box to tick, if asked for."""
    words = text.paragraph(sign.runs, style.type.body, role="LBody")
    cells: list[tuple[Flowable, float | None]] = [(words, None)]
    close = "close" in style.given
    low = FEW_SIGN if "few" in style.given else LOW_SIGN if "low" in style.given else CLOSE_SIGN
    size = style.sized(SIGN if box and close else TICKED_SIGN if box else low if close else SIGN)
    cells.insert(0, (picture(sign.picture, size, style), size) if sign.picture
                 else (Bullet(style.type.body.leading), size))
    if box:
        cells.insert(0, (TickBox(style.tick), style.tick))
    return RowBox(cells, gap=style.sized(9), align="middle").at_least(
        style.sized(low if close else SIGN_ROW) + style.air)


def picture(name: str, size: float, style: Style) -> Picture:
    """A picture of a sign, so wide; decoration."""
    return Picture(dressed(name, style.look, style.figures), size)


def _ticked(words: str, style: Style) -> Flowable:
    """The box for a clinician to tick."""
    said = text.paragraph(words, style.type.body)
    return RowBox([(TickBox(style.tick), style.tick), (said, None)], gap=style.sized(7))


def _listed(block: doc.AskFirst, style: Style) -> Flowable:
    """What to ask first behind its sign: a line for each sentence, in two columns; at their end the
    box to tick. On a page that is full they follow each other, each behind its bullet."""
    sign = Badge("bang", style.badge, style.palette.kind("care").ink, "triangle")
    body = style.type.body
    last = _ticked(block.tick, style) if block.tick else None
    if style.given & {"few", "prose"}:
        wide = text.width_of(block.tick, body) + style.tick + style.sized(7) + 1
        words = block.text if "few" in style.given else _dotted(block.text)
        said = Sentences(words, (last, wide) if last else None, TICK_GAP, style)
        return RowBox([(sign, sign.width), (said, None)], gap=style.sized(8))
    rows = as_items([RowBox([(bullet := Bullet(body.leading), bullet.width),
                             (text.paragraph(one, body, role="LBody"), None)], gap=ASK_GAP)
                     for one in sentences(block.text)])
    return RowBox([(sign, sign.width), (AskFirstRows(rows, last), None)], gap=style.sized(8))


def _dotted(runs: doc.Runs) -> doc.Runs:
    """Running text with a bullet before each of its sentences."""
    return tuple(run for *others, last in sentences(runs) for run in (
        doc.Run("\u2022\u00a0"), *others, structs.replace(last, text=f"{last.text} ")))


class AskFirstRows(RunningRows):
    """A list in two columns, and what ends it, which is no item."""

    def __init__(self, rows: Sequence[Flowable], last: Flowable | None) -> None:
        super().__init__([*rows, last] if last else rows)
        self.list, self.ends = Tag("L"), last is not None

    def draw(self) -> None:
        """Paints the items, then what ends them."""
        rows, last = (self.placed[:-1], self.placed[-1:]) if self.ends else (self.placed, [])
        with self.canv.group(self.list):
            self._paint(rows)
        self._paint(last)

    def _paint(self, placed: Sequence[tuple[Flowable, float, float]]) -> None:
        for child, left, top in placed:
            child.drawOn(self.canv, left, self.height - top - child.height)


def ask_first(block: doc.AskFirst, style: Style) -> Flowable:
    """What to ask first, each by itself."""
    body = Stack([bulleted([text.runs(item) for item in block.items], style,
                           columns=style.columns(2)), Space(4), _ticked(block.tick, style)])
    return CardBox(headed(block.title, "care", "bang", body, style), skin_of("care", style))


# -- nobody has examined ---------------------------------------------------------------------------


def unexamined(block: doc.Unexamined, style: Style) -> list[Flowable]:
    """What this is; the two lists to tick, beside each other; what to do without a tick."""
    lead = _behind(block.lead, "care", "bang", style)
    above, below = (5, 5) if "few" in style.given else (8, 9)
    today = CardBox(_today(block, style), skin_of("stop", style, padding=(above, 10, below, 10)))
    ever = CardBox(_ever(block, style), skin_of("care", style, padding=(above, 10, below, 12)))
    where = block.where.replace("{PAGE}", str(style.pages.get(block.target, "")))
    go = (*block.go, doc.Run(f" {where}")) if where else block.go
    last = _behind(go, "do", "tick", style)
    if style.stacked:
        return [lead, today, ever, last]
    room = style.width - GUTTER
    ways = [(max(today.wrap(room * share, 1e6)[1], ever.wrap(room * (1 - share), 1e6)[1]), share)
            for share in UNSEEN]
    today.least, share = min(ways)
    ever.least = today.least
    return [lead, RowBox([(today, room * share), (ever, None)], gap=GUTTER), last]


def _behind(runs: doc.Runs, kind: doc.Kind, badge: str, style: Style) -> CardBox:
    """A text behind its kind's badge."""
    shape = "triangle" if badge == "bang" else "disc"
    sign = Badge(badge, style.badge, style.palette.kind(kind).ink, shape)
    measure = style.measure if style.stacked else LEAD_MEASURE
    words = Measured(text.paragraph(runs, style.type.body), measure)
    padding = (2.0, 12.0, 2.0, 12.0) if "few" in style.given else (5.0, 12.0, 6.0, 12.0)
    return CardBox(RowBox([(sign, sign.width), (words, None)], gap=style.sized(10),
                          align="middle"), skin_of(kind, style, padding=padding))


def _today(block: doc.Unexamined, style: Style) -> Flowable:
    rows = as_items([sign_row(sign, style, box=True) for sign in block.today.items])
    return Stack([heading(block.today.title, "stop", block.today.badge, style), Space(2),
                  text.paragraph(block.today_lead, style.type.strong), Space(3),
                  Stack(rows, gap=_between(2, style), tag=Tag("L"))], tag=section())


def _ever(block: doc.Unexamined, style: Style) -> Flowable:
    rows = as_items([tick(item, style) for item in block.items])
    return Stack([heading(block.title, "care", "bang", style), Space(2),
                  text.paragraph(block.title_lead, style.type.strong), Space(3),
                  Stack(rows, gap=_between(3, style), tag=Tag("L"))], tag=section())


def _between(usual: float, style: Style) -> float:
    """What lies between two lines to tick: less where room has given way, none at last."""
    return style.sized(0 if "bare" in style.given else 1 if "close" in style.given else usual)


# -- lists in columns, for a poster ----------------------------------------------------------------


def columns_of(items: tuple[str, ...], widths: Callable[[Sequence[str]], list[float]],
               room: float) -> list[tuple[str, ...]]:
    """The items in three columns of equal count, or of equal height where lines must break."""
    count = len(items)
    rows = -(-count // CHECK_COLUMNS)
    even = [items[at:at + rows] for at in range(0, count, rows)]
    near = range(max(rows - 2, 1), rows + 2)
    others = ([items[:first], items[first:first + second], items[first + second:]]
              for first, second in product(near, near) if count - first - second in near)

    def uneven(columns: Sequence[tuple[str, ...]]) -> tuple[int, int]:
        return lines(columns), sum(len(column) ** 2 for column in columns)

    def lines(columns: Sequence[tuple[str, ...]]) -> int:
        return _fitted([widths(column) for column in columns], room)[0]

    return even if lines(even) == rows else min([even, *others], key=uneven)


def _fitted(columns: Sequence[Sequence[float]], room: float) -> tuple[int, tuple[float, ...]]:
    """How wide columns must be so that the tallest, with the lines that must break, is lowest; and
    its lines. A column is told by the widths of its lines."""
    left = room - GAP_BETWEEN * (len(columns) - 1)
    tried = [widths for widths in product(*(sorted(set(column))[-BROKEN:] for column in columns))
             if sum(widths) <= left]
    tried = tried or [(left / len(columns),) * len(columns)]

    def heights(widths: tuple[float, ...]) -> list[int]:
        return [sum(1 + (line > width) for line in column)
                for column, width in zip(columns, widths, strict=True)]

    best = min(tried, key=lambda widths: (max(heights(widths)), sum(heights(widths))))
    return max(heights(best)), best


def spread(columns: Sequence[Flowable], lines: Sequence[Sequence[float]], room: float) -> RowBox:
    """Columns side by side, as wide as their lines, what is left of the room between them."""
    _, widths = _fitted(lines, room)
    return RowBox(list(zip(columns, widths, strict=True)),
                  gap=(room - sum(widths)) / max(len(widths) - 1, 1))


def tick(item: str, style: Style) -> Box:
    """A box to tick, and what it stands for."""
    words = text.paragraph(item, style.type.body, role="LBody")
    return RowBox([(TickBox(style.tick), style.tick), (words, None)], gap=style.sized(7))
