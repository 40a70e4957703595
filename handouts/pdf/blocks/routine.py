"""The leaf for the fridge: what to check, the steps in two columns, where not to press; on its back
the moves, how hard, and when to stop.

In large print it is a run of sheets: what to check, the steps, the moves, the rules.
"""

from collections.abc import Iterator

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import as_items, bulleted, skin_of
from handouts.pdf.blocks.marks import Badge, Disc, HurtScale
from handouts.pdf.blocks.massages import picture
from handouts.pdf.blocks.stopbox import tick
from handouts.pdf.file.tagtree import HEADING, Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, FlowBox, RowBox, Space, Stack, across
from handouts.pdf.layout.theme import GUTTER, Style

PICTURE = 100.0  # points wide
TIGHT = 84.0  # the same, where the page is full; never less
LARGE_PICTURE = 170.0  # 60 mm, the size that the pictures are drawn for
LARGE_MOVE = 140.0
LARGE_ZONES = 130.0
ZONES = 76.0
TIGHT_ZONES = 60.0
MOVES = {2: (212.0, 58.0), 3: (150.0, 56.0)}  # the words' share, the pictures' height, in points
TIGHT_MOVE = 50.0  # high
DISC = 24.0
STOP_WIDTH = 276.0  # holds the longest stop rule in one line
BACK_ROWS = 2  # the moves; how hard, and when to stop
LARGE_BACK = 4  # the moves; how hard; where not to press; when to stop
RULE_PADDING = (6, 12, 7, 12)


def rows(block: doc.Routine, style: Style) -> list[Flowable]:
    """The rows of the leaf, from the reminder to the stop rules; the last two are its back."""
    if block.rules is None:
        raise ValueError("a routine is never drawn without its rules")
    rules = block.rules
    if style.stacked:
        return [_reminder(rules.reminder, style), *(_step(step, style) for step in block.steps),
                _finish(block.finish, style), _scale(rules.scale, style, style.width),
                _zones(rules.zones, style), _stop(rules.stop, style)]
    cells: list[Flowable] = [_step(step, style) for step in block.steps]
    off = _zones(rules.zones, style)
    paired = len(cells) % 2 == 1
    share = style.width - GUTTER - STOP_WIDTH
    return [
        _reminder(rules.reminder, style),
        *_pairs([*cells, off] if paired else cells, style),
        *([] if paired else [off]),
        _finish(block.finish, style),
        _pair([_scale(rules.scale, style, share), _stop(rules.stop, style)], (share, STOP_WIDTH)),
    ]


def _pairs(cells: list[Flowable], style: Style) -> Iterator[Flowable]:
    share = (style.width - GUTTER) / 2
    for at in range(0, len(cells), 2):
        yield _pair(cells[at:at + 2], (share, share))


def _pair(cells: list[Flowable], widths: tuple[float, float]) -> Flowable:
    """Two cells side by side; cards are as tall as their neighbour."""
    both = list(zip(cells, widths, strict=False))
    tall = max(cell.wrap(width, 1e6)[1] for cell, width in both)
    for cell in cells:
        if isinstance(cell, CardBox):
            cell.least = tall
    return RowBox(both, gap=GUTTER, align="middle")


def _title(number: int, title: str, style: Style) -> Flowable:
    colour = style.palette.kind("do").ink
    words = text.paragraph(title, style.type.h3, colour, role=None)
    size = style.sized(DISC)
    return RowBox([(Disc(number, size, colour, style.type.h3), size), (words, None)],
                  gap=style.sized(7), align="middle", tag=Tag(HEADING)).at_least(size)


def _step(step: doc.Step, style: Style) -> Flowable:
    words = Stack([_title(step.number, step.title, style),
                   text.paragraph(step.effort, style.type.strong),
                   text.paragraph(step.body, style.type.body)])
    wide = LARGE_PICTURE if style.stacked else TIGHT if style.tight else PICTURE
    return RowBox([(picture(step.figure, wide, style), wide), (words, None)],
                  gap=style.sized(10), align="middle", tag=section()).reads_last(0)


def _finish(finish: doc.Finish, style: Style) -> Flowable:
    """The last step across the page: its words, then its moves."""
    words = Stack([_title(finish.number, finish.title, style), Space(1),
                   text.paragraph(finish.effort, style.type.strong),
                   text.paragraph(finish.body, style.type.body)])
    if not finish.moves:
        words.tag = section()
        return words
    if style.stacked:
        return Stack([words, *(_wide_move(move, style) for move in finish.moves)], gap=10,
                     tag=section())
    if len(finish.moves) == 1:
        half = (style.width - GUTTER) / 2
        cells = [(words, half), (_only_move(finish.moves[0], style), half)]
        return RowBox(cells, gap=GUTTER, align="middle", tag=section())
    share, height = MOVES[len(finish.moves)]
    height = TIGHT_MOVE if style.tight else height
    moves: list[tuple[Flowable, float | None]] = [(_move(move, height, style), None)
                                                  for move in finish.moves]
    return RowBox([(words, share), (RowBox(moves, gap=10), None)], gap=12, align="middle",
                  tag=section())


def _only_move(move: doc.Move, style: Style) -> Flowable:
    """A move that stands alone: like a step, its picture beside its words."""
    words = Stack([text.paragraph(move.title, style.type.strong, role=HEADING),
                   text.paragraph(move.body, style.type.body)])
    return RowBox([(picture(move.figure, PICTURE, style), PICTURE), (words, None)],
                  gap=10, align="middle", tag=section()).reads_last(0)


def _move(move: doc.Move, height: float, style: Style) -> Flowable:
    """One of several moves: its picture, as high as the others at most, above its words."""
    shown = picture(move.figure, 2 * height, style)
    if shown.height > height:
        shown = picture(move.figure, height * shown.width / shown.height, style)
    return Stack([Space(height - shown.height), shown, Space(2),
                  text.paragraph(move.title, style.type.strong, role=HEADING),
                  text.paragraph(move.body, style.type.body)], tag=section()).reads_last(1)


def _wide_move(move: doc.Move, style: Style) -> Flowable:
    """A move in large print: its picture beside its words."""
    shown = picture(move.figure, LARGE_MOVE, style)
    words = Stack([text.paragraph(move.title, style.type.strong, role=HEADING),
                   text.paragraph(move.body, style.type.body)])
    return RowBox([(shown, LARGE_MOVE), (words, None)], gap=14, align="middle",
                  tag=section()).reads_last(0)


# -- rules -----------------------------------------------------------------------------------------


def _reminder(reminder: doc.Reminder, style: Style) -> Flowable:
    colour = style.palette.kind("care").ink
    title_width = text.width_of(reminder.title, style.type.h3) + 4
    first = across([(text.paragraph(reminder.title, style.type.h3, colour), title_width),
                    (text.paragraph(reminder.rule, style.type.strong), None)], style, gap=10,
                   align="middle")
    ticks = [(tick(item, style), style.tick + style.sized(7)
              + text.width_of(item, style.type.body) + 2) for item in reminder.ticks]
    as_items([box for box, _ in ticks])
    return CardBox(Stack([first, Space(3), FlowBox(ticks, gap=16, under=3, tag=Tag("L"))],
                         tag=section()), skin_of("care", style, padding=(5, 12, 6, 12)))


def _scale_lines(scale: doc.Scale, style: Style) -> list[Flowable]:
    return [text.paragraph(line, style.type.body) for line in scale.lines]


def _scale_words(scale: doc.Scale, style: Style) -> Flowable:
    return Stack([text.paragraph(scale.fine_words, style.type.strong),
                  text.paragraph(scale.stop_words, style.type.strong)])


def _small_headed(title: str, kind: doc.Kind, body: Flowable, style: Style, *,
                  badge: Flowable | None = None) -> Stack:
    """A section under a small heading, behind its badge if it has one."""
    words: Flowable = text.paragraph(title, style.type.h3, style.palette.kind(kind).ink)
    if badge is not None:
        words = RowBox([(badge, badge.width), (words, None)], gap=style.sized(9), align="middle")
    return Stack([words, Space(1.5), body], tag=section())


def _scale(scale: doc.Scale, style: Style, share: float) -> Flowable:
    width = share - RULE_PADDING[1] - RULE_PADDING[3]
    body = Stack([*_scale_lines(scale, style), Space(4), HurtScale(width, scale.fine, style),
                  Space(1), _scale_words(scale, style)])
    return CardBox(_small_headed(scale.title, "do", body, style),
                   skin_of("do", style, padding=RULE_PADDING))


def _zones(zones: doc.Zones, style: Style) -> Flowable:
    colour = style.palette.kind("keep-off").ink
    lines = Stack([text.paragraph(sentence, style.type.body) for sentence in zones.sentences],
                  gap=2)
    words = Stack([text.paragraph(zones.title, style.type.h3, colour), Space(1), lines])
    wide = LARGE_ZONES if style.stacked else TIGHT_ZONES if style.tight else ZONES
    shown = picture(zones.figure, wide, style)
    row = RowBox([(shown, shown.width), (words, None)], gap=10, align="middle", tag=section())
    row.reads_last(0)
    return CardBox(row, skin_of("keep-off", style, padding=RULE_PADDING), middle=True)


def _stop(stop: doc.StopRules, style: Style) -> Flowable:
    colour = style.palette.kind("stop").ink
    badge = Badge("x", style.sized(22), colour, "octagon")
    closing = (doc.Run(stop.emergency, strong=True),)
    body = Stack([bulleted([text.runs(item) for item in stop.items], style), Space(3),
                  text.paragraph(closing, style.type.body)])
    return CardBox(_small_headed(stop.title, "stop", body, style, badge=badge),
                   skin_of("stop", style, padding=RULE_PADDING), middle=True)
