"""The red Stop box, and the Check first list of the screened variant."""

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf import text
from handouts.pdf.boxes import Card, Line, Row, Space, Stack
from handouts.pdf.cards import SHAPES, bulleted, headed, skin_of
from handouts.pdf.colours import RULE
from handouts.pdf.marks import Badge, TickBox
from handouts.pdf.style import Style

MEASURE = 404.0  # points: the widest that running text may be
HEADING_ROW = 30.0
CHECK_COLUMNS = 3


def stop_box(block: doc.StopBox, style: Style) -> Flowable:
    """Columns of rules in one heavy frame, with notes under a rule."""
    cells: list[tuple[Flowable, float | None]] = [
        (_column(column, style), None) for column in block.columns]
    rows: list[Flowable] = [Row(cells, gap=14)]
    if block.notes:
        rows += [Space(7), Line(RULE), Space(6)]
        rows += [_measured(note) for note in block.notes]
    return Card(Stack(rows), skin_of("stop", style, padding=(8, 14, 9, 14)))


def _measured(note: doc.Runs) -> Flowable:
    return Row([(text.paragraph(note), MEASURE), (Space(0), None)])


def _column(column: doc.StopColumn, style: Style) -> Flowable:
    colour = style.palette.kind("stop").ink
    shape = SHAPES.get(column.badge, "disc")
    badge = Badge(column.badge, 28 if shape == "triangle" else 26, colour, shape)
    heading = Row([(badge, badge.width), (text.paragraph(column.title, text.H3, colour), None)],
                  gap=7, align="middle", height=HEADING_ROW)
    return Stack([heading, Space(2), bulleted(column.items)])


def check_first(block: doc.CheckFirst, style: Style) -> Flowable:
    """The list to go through before anything else: boxes in three columns."""
    shades = style.palette.kind("care")
    badge = Badge("bang", 28, shades.ink, "triangle")
    heading = Row([(badge, 28), (text.paragraph(block.title, text.H2, shades.ink), None)],
                  gap=8, align="middle")
    rows = -(-len(block.items) // CHECK_COLUMNS)
    columns = [block.items[at:at + rows] for at in range(0, len(block.items), rows)]
    boxes: list[tuple[Flowable, float | None]] = [
        (Stack([_tick(item) for item in column], gap=3), None) for column in columns]
    body = Stack([heading, Space(2), text.paragraph(block.lead, text.STRONG), Space(5),
                  Row(boxes, gap=12)])
    return Card(body, skin_of("care", style, padding=(8, 14, 10, 14)))


def warnings(block: doc.Warnings, style: Style) -> Flowable:
    """What this person must mind, a line each."""
    shades = style.palette.kind("care")
    badge = Badge("bang", 28, shades.ink, "triangle")
    body = bulleted([text.runs(item) for item in block.items])
    return Card(headed(block.title, shades.ink, body, badge=badge),
                skin_of("care", style, padding=(8, 14, 10, 14)))


def _tick(item: str) -> Flowable:
    return Row([(TickBox(), 13), (text.paragraph(item), None)], gap=7)
