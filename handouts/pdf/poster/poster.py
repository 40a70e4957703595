"""The routine drawn for the wall: one page of tabloid or A3, read from a metre and a half.

Whatever height is left goes to the pictures first, then to the gaps.
"""

from collections.abc import Sequence
from typing import TypeVar

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.errors import NoRoomError
from handouts.pdf.blocks.marks import Icon
from handouts.pdf.blocks.panel import title_row
from handouts.pdf.file import fonts
from handouts.pdf.file.plate import Plate
from handouts.pdf.file.tagtree import Tag
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import FlowBox, RowBox, Space, Stack, wrapped
from handouts.pdf.layout.canvas import Canvas
from handouts.pdf.layout.theme import Style
from handouts.pdf.pages.plating import Description, plated
from handouts.pdf.pages.typeset import logo_of, scripts_of, style_of
from handouts.pdf.poster import warnings
from handouts.pdf.poster.steps import GUTTER, MARGIN, finish, pair, step, width
from handouts.request.look import Look

PICTURES = range(210, 83, -2)  # widths in points that are tried
ICON = 24.0
SHARES = (.5, .47, .53, .44, .56, .41)  # of a row, the first of two cells; the best first
GAP_LEAST = 4.0
GAP_MOST = 22.0
B = TypeVar("B")


def typeset(document: doc.Document, brand: Brand, look: Look) -> Plate:
    """The plate of a poster; PackError if its words leave no room for its pictures."""
    fonts.register()
    panel, scripts = scripts_of(document)
    style = style_of(document, brand, look)
    canvas = Canvas(style.page_size, black=style.look.mono)
    rows, foot = _fitted(document, brand, style)
    top = style.page_size[1] - MARGIN
    gap = min((_room(foot, style) - _height(rows)) / (len(rows) - 1), GAP_MOST)
    for row in rows:
        row.drawOn(canvas, MARGIN, top - row.height)
        top -= row.height + gap
    foot.drawOn(canvas, MARGIN, MARGIN)
    canvas.showPage()
    return plated(canvas, Description(document.title, document.language, scripts, panel))


def _fitted(document: doc.Document, brand: Brand,
            style: Style) -> tuple[list[Flowable], Flowable]:
    """The rows of the page with the largest pictures that it has room for, and its foot."""
    [page] = document.pages
    foot = wrapped(warnings.foot(document, logo_of(brand, style), style), width(style))
    routine, rules = _routine(page)
    last = _block(page, doc.Finish)
    above, below = _around(page, rules, style)
    for wide in PICTURES:
        steps = [wrapped(row, width(style))
                 for row in _steps(routine, last, rules.scale, wide, style)]
        rows = [*above, *steps, *below]
        if _height(rows) + GAP_LEAST * (len(rows) - 1) <= _room(foot, style):
            return rows, foot
    raise NoRoomError("the poster is too tall", where="layout",
                      cure="Shorten its words in waiting.toml to the pack's budgets.")


def _height(rows: Sequence[Flowable]) -> float:
    return float(sum(row.height for row in rows))


def _room(foot: Flowable, style: Style) -> float:
    """The height that rows and gaps share."""
    return float(style.page_size[1] - 2 * MARGIN - foot.height - GAP_LEAST)


def _around(page: doc.Page, rules: doc.WallRules,
            style: Style) -> tuple[list[Flowable], list[Flowable]]:
    """The rows above the steps and those below, wrapped."""
    said = (*rules.reminder.ticks, rules.reminder.rule)
    above = [_header(page, _block(page, doc.Strip), style),
             warnings.check_first(_block(page, doc.CheckFirst), said, style)]
    below = [warnings.rules(rules, style), warnings.alarm(rules.stop, style)]
    return ([wrapped(row, width(style)) for row in above],
            [wrapped(row, width(style)) for row in below])


def _routine(page: doc.Page) -> tuple[doc.Routine, doc.WallRules]:
    """The routine and its rules."""
    routine = _block(page, doc.Routine)
    if not isinstance(routine.rules, doc.WallRules):
        raise ValueError("a routine is never drawn without its rules")
    return routine, routine.rules


def _block(page: doc.Page, kind: type[B]) -> B:
    """The one block of a kind."""
    [found] = (block for block in page.blocks if isinstance(block, kind))
    return found


def _header(page: doc.Page, strip: doc.Strip, style: Style) -> Flowable:
    """The title with what it is for on a pill; under it how long and how often."""
    types, colour = style.type, style.palette.kind("do").ink
    cause, *facts = strip.items
    cells: list[tuple[Flowable, float]] = []
    for fact in facts:
        wide = text.width_of(fact.title, types.strong) + 2
        words = text.paragraph(fact.title, types.strong, colour, role="LBody")
        cells.append((RowBox([(Icon(fact.icon, ICON, colour), ICON), (words, wide)], gap=6,
                             align="middle", tag=Tag("LI")), ICON + 6 + wide))
    return Stack([title_row(page.title, cause.title, style, width=width(style)), Space(4),
                  FlowBox(cells, gap=28, under=4, tag=Tag("L"))])


def _steps(routine: doc.Routine, finish_: doc.Finish, scale: doc.Scale, wide: float,
           style: Style) -> list[Flowable]:
    """The steps two by two, the last one across; how hard in the place left free, or across."""
    cells: list[Flowable] = [step(block, wide, style) for block in routine.steps]
    last = [finish(finish_, wide, style)]
    if len(cells) % 2:
        cells.append(warnings.scale(scale, style))
    else:
        last.append(warnings.wide_scale(scale, style))
    return [*_rows(cells, style), *last]


def _rows(cells: Sequence[Flowable], style: Style) -> list[Flowable]:
    """Two columns of cells, as wide each as makes the rows lowest; halves where that does not
    matter."""
    room = width(style) - GUTTER

    def rows(share: float) -> list[Flowable]:
        return [pair(cells[at:at + 2], [room * share, room * (1 - share)])
                for at in range(0, len(cells), 2)]

    return rows(min(SHARES, key=lambda share: sum(
        row.wrap(width(style))[1] for row in rows(share))))
