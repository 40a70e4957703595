"""The red Stop box, and the Check first list of the screened variant."""

from collections.abc import Callable, Sequence
from itertools import product

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import SHAPES, as_items, bulleted, headed, skin_of
from handouts.pdf.blocks.marks import Badge, TickBox
from handouts.pdf.file.tagtree import Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, CardBox, Measured, RowBox, Rule, Space, Stack
from handouts.pdf.layout.theme import RULE, Style

HEADING_ROW = 30.0
CHECK_COLUMNS = 3
LARGE_BADGE = 1.2  # its growth: the box must fit a sheet in every language
LARGE_GAP = 8.0  # between the groups of the Stop box in large print
GAP_BETWEEN = 8.0  # columns stand at least so far apart
BROKEN = 3  # so many widths of a column are tried, its widest lines


def stop_box(block: doc.StopBox, style: Style) -> Flowable:
    """Columns of rules in one heavy frame, with notes under a rule."""
    columns = [_column(column, style) for column in block.columns]
    widths = [_stop_widths(column, style) for column in block.columns]
    rows: list[Flowable] = [Stack(columns, gap=LARGE_GAP) if style.stacked
                            else spread(columns, widths, style.width - 28)]
    if block.notes:
        rows += [Space(7), Rule(RULE), Space(6)]
        rows += [_note(note, style) for note in block.notes]
    if block.tick:
        rows += [Space(6), _ticked(block.tick, style)]
    return CardBox(Stack(rows), skin_of("stop", style, padding=(8, 14, 9, 14)))


def _ticked(words: str, style: Style) -> Flowable:
    """The box for a clinician to tick."""
    said = text.paragraph(words, style.type.body)
    return RowBox([(TickBox(style.tick), style.tick), (said, None)], gap=style.sized(7))


def _note(note: doc.Runs, style: Style) -> Flowable:
    """A note on one line if it fits, else in lines of a comfortable length."""
    words = text.paragraph(note, style.type.body)
    wide = sum(text.width_of(run.text, style.type.strong) for run in note)
    one_line = wide <= style.width - 28
    return words if one_line else Measured(words, style.measure)


def _column(column: doc.StopColumn, style: Style) -> Flowable:
    colour = style.palette.kind("stop").ink
    shape = SHAPES.get(column.badge, "disc")
    size = 28.0 if shape == "triangle" else 26.0
    badge = Badge(column.badge, size * LARGE_BADGE if style.stacked else size, colour, shape)
    title = text.paragraph(column.title, style.type.h3, colour)
    heading = RowBox([(badge, badge.width), (title, None)], gap=style.sized(7),
                     align="middle").at_least(HEADING_ROW)
    return Stack([heading, Space(2), bulleted(column.items, style)], tag=section())


def check_first(block: doc.CheckFirst, style: Style) -> Flowable:
    """The list to go through before anything else: boxes in three columns, or in one."""
    shades, types = style.palette.kind("care"), style.type
    ticks = _ticks(block.items, style)
    ticks.tag = Tag("L")
    lead = text.paragraph(block.lead, types.strong)
    if style.stacked:
        body = headed(block.title, "care", "bang", Stack([lead, ticks], gap=6), style)
        return CardBox(body, skin_of("care", style))
    badge = Badge("bang", 28, shades.ink, "triangle")
    title = text.paragraph(block.title, types.h2, shades.ink)
    heading = RowBox([(badge, 28), (title, text.width_of(block.title, types.h2) + 6), (lead, None)],
                     gap=8, align="middle")
    body = Stack([heading, Space(3), ticks], tag=section())
    return CardBox(body, skin_of("care", style, padding=(7, 14, 9, 14)))


def _ticks(items: tuple[str, ...], style: Style) -> Box:
    """The items with their boxes."""
    if style.stacked:
        return Stack(as_items([tick(item, style) for item in items]), gap=6)

    def widths(column: Sequence[str]) -> list[float]:
        return _tick_widths(column, style.type.body)

    room = style.width - 28
    columns = min((columns_of(items, widths, room), *_halves(items)), key=lambda tried: _fitted(
        [widths(column) for column in tried], room)[0])
    return spread([Stack(as_items([tick(item, style) for item in column]), gap=1.5)
                   for column in columns], [widths(column) for column in columns], room)


def _halves(items: tuple[str, ...]) -> list[list[tuple[str, ...]]]:
    """Ways to have the items in two columns, for lines that three would break."""
    half = -(-len(items) // 2)
    return [[items[:first], items[first:]] for first in (half, half + 1, half - 1)
            if 0 < first < len(items)]


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


def _stop_widths(column: doc.StopColumn, style: Style) -> list[float]:
    """The widths of a column's lines: its heading behind the badge, which counts as three lines
    since it should break last, and its items behind bullets."""
    heading = text.width_of(column.title, style.type.h3) + 37
    return [heading, heading, heading,
            *(text.width_of(text.plain(item), style.type.body) + 13 for item in column.items)]


def _tick_widths(items: Sequence[str], type_: text.Type) -> list[float]:
    return [text.width_of(item, type_) + 21 for item in items]


def warnings(block: doc.Warnings, style: Style) -> Flowable:
    """What this person must mind; more than two in columns, read one after the other."""
    items = [text.runs(item) for item in block.items]
    columns = style.columns(2) if len(items) > 2 else 1
    body = (bulleted(items, style, columns=columns) if columns > 1
            else Measured(bulleted(items, style), style.measure))
    return CardBox(headed(block.title, "care", "bang", body, style),
                   skin_of("care", style, padding=(8, 14, 10, 14)))


def tick(item: str, style: Style) -> Box:
    """A box to tick, and what it stands for."""
    words = text.paragraph(item, style.type.body, role="LBody")
    return RowBox([(TickBox(style.tick), style.tick), (words, None)], gap=style.sized(7))
