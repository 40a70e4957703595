"""The red Stop box, and the Check first list of the screened variant."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Box, Card, Line, Measured, Row, Space, Stack
from handouts.pdf.cards import SHAPES, as_items, bulleted, headed, skin_of
from handouts.pdf.colours import RULE
from handouts.pdf.marks import Badge, TickBox
from handouts.pdf.structure import Tag, section
from handouts.pdf.style import Style

HEADING_ROW = 30.0
CHECK_COLUMNS = 3
GAP_BETWEEN = 8.0  # columns stand at least so far apart


def stop_box(block: doc.StopBox, style: Style) -> Flowable:
    """Columns of rules in one heavy frame, with notes under a rule."""
    rows: list[Flowable] = [_spread([_column(column, style) for column in block.columns],
                                    [_natural_width(column) for column in block.columns],
                                    style.width - 28)]
    if block.notes:
        rows += [Space(7), Line(RULE), Space(6)]
        rows += [Measured(text.paragraph(note)) for note in block.notes]
    return Card(Stack(rows), skin_of("stop", style, padding=(8, 14, 9, 14)))


def _column(column: doc.StopColumn, style: Style) -> Flowable:
    colour = style.palette.kind("stop").ink
    shape = SHAPES.get(column.badge, "disc")
    badge = Badge(column.badge, 28 if shape == "triangle" else 26, colour, shape)
    heading = Row([(badge, badge.width), (text.paragraph(column.title, text.H3, colour), None)],
                  gap=7, align="middle").at_least(HEADING_ROW)
    return Stack([heading, Space(2), bulleted(column.items)], tag=section())


def check_first(block: doc.CheckFirst, style: Style) -> Flowable:
    """The list to go through before anything else: boxes in three columns."""
    shades = style.palette.kind("care")
    badge = Badge("bang", 28, shades.ink, "triangle")
    heading = Row([(badge, 28), (text.paragraph(block.title, text.H2, shades.ink),
                                 text.width_of(block.title, text.H2) + 6),
                   (text.paragraph(block.lead, text.STRONG), None)], gap=8, align="middle")
    rows = -(-len(block.items) // CHECK_COLUMNS)
    columns = [block.items[at:at + rows] for at in range(0, len(block.items), rows)]
    ticks = _spread([Stack(as_items([_tick(item) for item in column]), gap=1.5)
                     for column in columns], list(map(_column_width, columns)), style.width - 28)
    ticks.tag = Tag("L")
    body = Stack([heading, Space(3), ticks], tag=section())
    return Card(body, skin_of("care", style, padding=(7, 14, 9, 14)))


def _spread(columns: Sequence[Flowable], widths: Sequence[float], room: float) -> Row:
    """Columns as wide as their lines, what is left between them; if that is too little, the widest
    give way and break their lines."""
    gaps = len(columns) - 1
    least = room - GAP_BETWEEN * gaps
    given, left = list(widths), least
    for rank, at in enumerate(sorted(range(len(widths)), key=widths.__getitem__)):
        given[at] = min(widths[at], left / (len(widths) - rank))
        left -= given[at]
    return Row(list(zip(columns, given, strict=True)), gap=(room - sum(given)) / gaps)


def _natural_width(column: doc.StopColumn) -> float:
    """The width in which every line of a column stays one line."""
    heading = text.width_of(column.title, text.H3) + 37
    items = (text.width_of("".join(run.text for run in item)) for item in column.items)
    return max(heading, *(width + 13 for width in items))


def _column_width(items: tuple[str, ...]) -> float:
    return max(text.width_of(item) for item in items) + 21


def warnings(block: doc.Warnings, style: Style) -> Flowable:
    """What this person must mind, a line each."""
    shades = style.palette.kind("care")
    badge = Badge("bang", 28, shades.ink, "triangle")
    body = Measured(bulleted([text.runs(item) for item in block.items]))
    return Card(headed(block.title, shades.ink, body, badge=badge),
                skin_of("care", style, padding=(8, 14, 10, 14)))


def _tick(item: str) -> Box:
    return Row([(TickBox(), 13), (text.paragraph(item, role="LBody"), None)], gap=7)
