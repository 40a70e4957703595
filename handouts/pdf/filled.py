"""A field of the patient panel: its label, and the room for its value; and the box to tick."""

from typing import Self

from reportlab.platypus import Flowable

from handouts import document as doc
from handouts import lettering
from handouts.pdf import plate, text
from handouts.pdf.boxes import Box, Row
from handouts.pdf.colours import MUTE, RULE
from handouts.pdf.marks import TickBox
from handouts.pdf.sizes import baseline
from handouts.pdf.structure import Tag
from handouts.pdf.style import Style

VALUE_MEASURE = 410.0  # the widest a value may be: bold, so about 72 characters
LABEL_GAP = 6.0  # from a label to its line
INSET = 2.0  # from the start of the line to the value


class Filled(Flowable):  # type: ignore[misc]
    """A label and the room for its value on a line; without a value, the line to write on.

    Further lines stand under the first, which is at `left` or behind the label; or, with `whole`,
    they take the whole width. The value itself is not drawn: the canvas is told where a print of
    the plate puts it.
    """

    def __init__(self, field: doc.Field, width: float, style: Style, *,
                 left: float | None = None, whole: bool = False) -> None:
        super().__init__()
        self.field, self.width, self.style, self.type_ = field, width, style, style.type.field
        self.leading = style.type.body.leading
        self.tag = Tag("P")
        self.left = text.width_of(field.label, self.type_) + LABEL_GAP if left is None else left
        self.room = (plate.Room(width - INSET, self.left + INSET) if whole
                     else plate.Room(min(width - self.left - INSET, VALUE_MEASURE)))
        value = lettering.Text(field.value, plate.WEIGHT)
        self.lines = plate.lines_in(value, self.room, self.type_.size) if field.value else 0
        self.row = style.typed_row if self.lines else style.row

    def at_least(self, row: float) -> Self:
        """The field, its row no less high than this."""
        self.row = max(self.row, row)
        return self

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width of the field, and a row's height with a leading for each further line."""
        self.height = self.row + max(self.lines - 1, 0) * self.leading
        return self.width, self.height

    def draw(self) -> None:
        """Paints label and line, and tells where the value goes."""
        canv, room = self.canv, self.room
        base = self.height - self.row + self.style.base(self.row)
        with canv.group(self.tag):
            with canv.mark(None):
                text.show(canv, f"{self.field.label} ", self.type_, MUTE, (0, base))
            if self.lines:
                left = self.left + INSET - room.indent
                canv.slot(plate.Slot(self.field.id, 0, left, base, room.width, self.lines,
                                     self.type_.size, self.leading, room.indent))
        canv.setStrokeColor(RULE)
        canv.setLineWidth(.75)
        canv.line(0 if room.indent and self.lines > 1 else self.left, .9, self.width, .9)


class Ticked(Box):
    """The box that says that the safety list was checked, on a row's baseline."""

    def __init__(self, words: str, width: float, style: Style) -> None:
        super().__init__()
        self.width, self.style, self.row = width, style, style.typed_row
        self.box = Row([(TickBox(style.tick, style.sized(2)), style.tick),
                        (text.paragraph(words, style.type.field, MUTE), None)], gap=style.sized(6))

    def at_least(self, row: float) -> Self:
        """The box on a row that is no less high than this."""
        self.row = max(self.row, row)
        return self

    def arrange(self, width: float) -> tuple[float, float]:
        """The box under what is free above its words."""
        self.box.wrap(self.width, 1e6)
        above = self.row - self.style.base(self.row) - baseline(self.style.type.field)
        self.place(self.box, 0, max(above, 0))
        return self.width, self.row
