"""The front of the leaf for the fridge: what to check, what to get ready, the steps three abreast,
where not to press. In large print each stands across the page.
"""

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks import zones
from handouts.pdf.blocks.forms import Sentences, agreed
from handouts.pdf.blocks.marks import Badge, Disc, Icon
from handouts.pdf.blocks.reminder import reminder
from handouts.pdf.blocks.tiles import SAFE, Tile, tile
from handouts.pdf.blocks.zones import ABREAST, share_of
from handouts.pdf.file.tagtree import HEADING, Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import (
    Box,
    Measured,
    RowBox,
    Space,
    Stack,
)
from handouts.pdf.layout.theme import GUTTER, Style

PICTURE = 110.0  # points high, 60 mm wide
LARGE_PICTURE = 230.0  # wide
LARGE_ZONES = 210.0
LEAST_PICTURE = 70.6  # high on a page that has no room for more: 48 mm wide
# Times as wide as a step: where not to press, beside a step over the rest of its row; its picture.
BROAD_ZONES, BROAD_PICTURE = (1.25, 1.4, 1.55, 1.7), .875
DISC = 30.0
TITLE_LEADING, EFFORT_LEADING = 16.0, 14.0
ROW_GAP = 10.0
WIDEST = 380.0  # points: a line of running text that saves another, at most 75 characters
FEWEST = 2.5  # lines, more than two: columns may save one
SIGN = 14.0  # of how it should feel, of what not to do


def rows(block: doc.Routine, style: Style) -> list[Flowable]:
    """What to check, what to get ready, the steps, where not to press."""
    if not isinstance(block.rules, doc.RoutineRules):
        raise ValueError("a routine is never drawn without its rules")
    rules = block.rules
    head = [reminder(rules.reminder, style)]
    head += [_ready(rules.ready, style)] if rules.ready and "told" not in style.given else []
    if style.stacked:
        return [*head, *(_wide_step(step, style) for step in block.steps),
                zones.across(rules.zones, style.width, LARGE_ZONES, style)]
    return [*head, *_grid(block.steps, rules.zones, style)]


def _grid(steps: Sequence[doc.Step], off: doc.Zones, style: Style) -> list[Flowable]:
    """The steps in rows; where not to press takes what the last one leaves, or a row of its own."""
    share = share_of(style)
    rows: list[Flowable] = []
    for at in range(0, len(steps), ABREAST):
        here = steps[at:at + ABREAST]
        cells: list[tuple[Flowable, float | None]] = [
            (_step(step, share, style), share) for step in here]
        if len(here) == 1 and "few" in style.given:  # a full page: its words beside its picture
            cells = _broad(here[0], off, share, style)
        elif len(here) < ABREAST:
            tall = max(cell.wrap(share, 1e6)[1] for cell, _ in cells)
            cells.append(zones.filling(off, ABREAST - len(here), share, tall, style))
        rows.append(RowBox(cells, gap=GUTTER))
    if len(steps) % ABREAST == 0:
        rows.append(zones.across(off, style.width, share, style))
    return rows


def _broad(step: doc.Step, off: doc.Zones, share: float, style: Style
           ) -> list[tuple[Flowable, float | None]]:
    """A step, its words beside its picture; where not to press, as wide as makes the row lowest."""
    broad = _broad_step(step, BROAD_PICTURE * share, style)
    tall, wide = min((max(broad.wrap(style.width - GUTTER - wide, 1e6)[1],
                          zones.least(off, wide, style)), wide)
                     for wide in (times * share for times in BROAD_ZONES))
    return [(broad, style.width - GUTTER - wide), (zones.beside(off, wide, tall, style), wide)]


# -- a step ----------------------------------------------------------------------------------------


class StepHead(Box):
    """A step's mark on a disc, beside it its name and, as a line of its own, its effort."""

    def __init__(self, step: doc.Step, style: Style) -> None:
        super().__init__()
        colour, types = style.palette.kind("do").ink, style.type
        title = replace(types.h3, leading=style.sized(TITLE_LEADING))
        effort = replace(types.strong, leading=style.sized(EFFORT_LEADING))
        self.disc = Disc(step.mark, style.sized(DISC), colour,
                         types.strong if len(step.mark) > 1 else types.h3)
        self.title = text.paragraph(step.title, title, colour, role=None)
        self.effort = text.paragraph(step.effort, effort)
        self.gap, self.heading = style.sized(8), Tag(HEADING)

    def arrange(self, width: float) -> tuple[float, float]:
        """The disc in the middle of both lines."""
        left = self.disc.width + self.gap
        parts = [part for part in (self.title, self.effort)]
        heights = [part.wrap(width - left, 1e6)[1] for part in parts]
        tall = max(self.disc.height, sum(heights))
        self.place(self.disc, 0, (tall - self.disc.height) / 2)
        top = (tall - sum(heights)) / 2
        for part, height in zip(parts, heights, strict=True):
            self.place(part, left, top)
            top += height
        return width, tall

    def draw(self) -> None:
        """Paints disc and name as the heading, then the effort."""
        *head, effort = self.placed
        with self.canv.group(self.heading):
            for child, left, top in head:
                child.drawOn(self.canv, left, self.height - top - child.height)
        child, left, top = effort
        child.drawOn(self.canv, left, self.height - top - child.height)


class RunningStep(Measured):
    """Words as wide as there is room while they are one line; more lines are comfortable ones, and
    as wide as they may be where that saves one.
    """

    def __init__(self, child: Flowable, style: Style) -> None:
        super().__init__(child, style.measure)
        self.leading = style.type.body.leading
        self.widest = max(style.measure, WIDEST)

    def arrange(self, width: float) -> tuple[float, float]:
        """The child's height on one line, at the measure, or at the widest that a line may be."""
        _, height = self.child.wrap(width, 1e6)
        if height > self.leading + .1:
            _, height = self.child.wrap(min(width, self.measure), 1e6)
            _, less = self.child.wrap(min(width, self.widest), 1e6)
            if less == height:
                return super().arrange(width)
            height = less
        self.place(self.child, 0, 0)
        return width, height


def running(words: doc.Runs, style: Style, room: float = 0) -> Flowable:
    """A paragraph across the page, or so wide; in two columns of sentences where that saves a line.
    """
    one = RunningStep(text.paragraph(words, style.type.body), style)
    room = room or style.width
    if style.stacked or one.wrap(room, 1e6)[1] < FEWEST * style.type.body.leading:
        return one
    return min((one, Sentences(words, None, 0, style)),
               key=lambda said: float(said.wrap(room, 1e6)[1]))


def said(body: doc.Runs, feel: str, never: str, style: Style, box: str = "") -> list[Flowable]:
    """What to do, how it should feel behind a tick, what not to do behind an octagon; with a `box`
    first the condition that leads it, and the box that a clinician ticks."""
    types, size, gap = style.type, style.sized(SIGN), style.sized(5)
    done: list[Flowable] = [agreed(body[:1], box, style)] if box else []
    done.append(text.paragraph(_begun(body[1:]) if box else body, types.body))
    for words, sign in ((feel, Icon("tick", size, style.palette.kind("do").ink)),
                        (never, Badge("x", size, style.palette.kind("stop").ink, "octagon"))):
        if words:
            line = RowBox([(Stack([Space((types.body.leading - size) / 2), sign]), size),
                           (text.paragraph(words, types.body), None)], gap=gap)
            done += [Space(1 if style.tight else style.sized(2)), line]
    return done


def _begun(body: doc.Runs) -> doc.Runs:
    """Words that follow others, as words that begin a line."""
    first, *others = body
    return (structs.replace(first, text=first.text.lstrip()), *others)


def _step(step: doc.Step, share: float, style: Style) -> Flowable:
    """A cell of the grid: its head, its picture, its words."""
    return Stack([StepHead(step, style), Space(3), _shown(step.figure, share, style),
                  Space(2 if style.tight else 3),
                  *said(step.body, step.feel, step.never, style, step.box)], tag=section())


def _shown(figure: doc.Figure, wide: float, style: Style) -> Tile:
    """The picture of a step: as wide as its column, unless there is no room for that."""
    return tile(figure, (wide, max(PICTURE - style.shrunk, LEAST_PICTURE)), style, SAFE)


def _broad_step(step: doc.Step, wide: float, style: Style) -> Flowable:
    """A step over two columns: its words beside its picture, which is so wide."""
    words = Stack(said(step.body, step.feel, step.never, style, step.box))
    shown = _shown(step.figure, wide, style)
    row = RowBox([(shown, shown.width), (words, None)], gap=GUTTER)
    return Stack([StepHead(step, style), Space(3), row.reads_last(0)], tag=section())


def _wide_step(step: doc.Step, style: Style) -> Flowable:
    """A step in large print: its picture beside its words."""
    shown = tile(step.figure, (LARGE_PICTURE, 1e6), style)
    words = Stack([StepHead(step, style), Space(4), *said(step.body, step.feel, step.never, style,
                                                       step.box)])
    return RowBox([(shown, LARGE_PICTURE), (words, None)], gap=style.sized(12),
                  tag=section()).reads_last(0)


# -- rules -----------------------------------------------------------------------------------------


def _ready(ready: doc.Runs, style: Style) -> Flowable:
    if "few" in style.given:
        return running(ready, style)
    size = style.sized(20)
    return RowBox([(Icon("chair", size, style.palette.kind("do").ink), size),
                   (running(ready, style), None)], gap=style.sized(9),
                  align="middle")
