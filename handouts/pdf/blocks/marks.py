"""Small signs: icons, badges, discs, pills, tick boxes."""

from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.pdf.figures.figures import Picture, icon
from handouts.pdf.file.tagtree import Tag, print_field
from handouts.pdf.layout import text
from handouts.pdf.layout.theme import INK, WHITE, Shades

LARGE_TICK = 18.0  # points: boxes of this size are those of large print
BADGE_UNITS = 40.0  # a badge is drawn in a 40-unit box, its glyph in a 24-unit one
_OCTAGON = ((12, .8), (28, .8), (39.2, 12), (39.2, 28), (28, 39.2), (12, 39.2), (.8, 28), (.8, 12))
_TRIANGLE = ((20, 3.5), (38.5, 35.5), (1.5, 35.5))


class DrawnSign(Flowable):  # type: ignore[misc]
    """A drawing of a fixed size."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The fixed size, in points."""
        return self.width, self.height


class Icon(Picture):
    """A line icon of a size in points."""

    def __init__(self, name: str, size: float, colour: Color) -> None:
        super().__init__(icon(name, colour), size)


class Badge(DrawnSign):
    """A glyph, white by itself, on a disc, an octagon or a triangle: the sign of a block's kind."""

    def __init__(self, name: str, size: float, colour: Color, shape: str = "disc", *,
                 glyph: Color = WHITE) -> None:
        super().__init__(size, size)
        self.name, self.colour, self.shape, self.glyph = name, colour, shape, glyph

    def draw(self) -> None:
        """Paints the shape, then the glyph."""
        canv = self.canv
        canv.saveState()
        canv.translate(0, self.height)
        canv.scale(self.width / BADGE_UNITS, -self.height / BADGE_UNITS)
        self._shape(canv)
        canv.restoreState()
        units = 21.6 if self.shape == "triangle" else 28.2
        drop = 33 if self.shape == "triangle" else 34.1
        scale = self.width / BADGE_UNITS
        glyph = Icon(self.name, units * scale, self.glyph)
        glyph.drawOn(canv, (BADGE_UNITS - units) / 2 * scale, (BADGE_UNITS - drop) * scale)

    def _shape(self, canv: Any) -> None:
        canv.setFillColor(self.colour)
        canv.setStrokeColor(self.colour)
        if self.shape == "disc":
            canv.circle(20, 20, 20, stroke=0, fill=1)
            return
        canv.setLineJoin(1)
        canv.setLineWidth(3)
        corners = _OCTAGON if self.shape == "octagon" else _TRIANGLE
        path = canv.beginPath()
        path.moveTo(*corners[0])
        for corner in corners[1:]:
            path.lineTo(*corner)
        path.close()
        canv.drawPath(path, stroke=int(self.shape == "triangle"), fill=1)


class Disc(DrawnSign):
    """A step's mark on a disc, the start of the heading around it."""

    def __init__(self, mark: str, size: float, colour: Color, type_: text.Type) -> None:
        super().__init__(size, size)
        self.mark, self.colour, self.type_ = mark, colour, type_

    def draw(self) -> None:
        """Paints the disc and centres the mark in it."""
        canv, type_ = self.canv, self.type_
        canv.setFillColor(self.colour)
        canv.circle(self.width / 2, self.height / 2, self.width / 2, stroke=0, fill=1)
        with canv.mark(None):
            text.show_centred(canv, f"{self.mark} ", type_, WHITE,
                              (self.width / 2, self.height / 2 - 0.34 * type_.size))


class Pill(DrawnSign):
    """A short label in a rounded frame, with an icon if there is one."""

    def __init__(self, label: str, shades: Shades, type_: text.Type, icon: str = "") -> None:
        self.label, self.shades, self.type_, self.icon = label, shades, type_, icon
        self.tag = Tag("P")
        self.icon_size = type_.size + 2
        lead = self.icon_size + 5 if icon else 0
        super().__init__(text.width_of(label, type_) + 22 + lead, type_.leading * 22 / 15)

    def draw(self) -> None:
        """Paints the frame, the icon and the label."""
        canv = self.canv
        canv.saveState()
        canv.setFillColor(WHITE)
        canv.setStrokeColor(self.shades.ink)
        canv.setLineWidth(1)
        canv.roundRect(.5, .5, self.width - 1, self.height - 1, self.height / 2 - .5, stroke=1,
                       fill=1)
        left, size = 11.0, self.icon_size
        if self.icon:
            Icon(self.icon, size, self.shades.ink).drawOn(canv, left, (self.height - size) / 2)
            left += size + 5
        with canv.mark(self.tag):
            text.show(canv, self.label, self.type_, self.shades.ink,
                      (left, self.height / 2 - .345 * self.type_.size))
        canv.restoreState()


class TickBox(DrawnSign):
    """An empty box to tick; with a name a screen reader is told of it, and that it is empty."""

    def __init__(self, size: float, drop: float = 1, name: str = "") -> None:
        super().__init__(size, size + drop)
        self.size = size
        self.tag = Tag("Form", alt=name, attributes=print_field()) if name else None

    def draw(self) -> None:
        """Paints the frame."""
        if self.tag is None:
            self._paint()
            return
        with self.canv.mark(self.tag):
            self._paint()

    def _paint(self) -> None:
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(WHITE)
        self.canv.setLineWidth(1.25)
        inner, radius = self.size - 1.2, 3 if self.size < LARGE_TICK else 4.2
        self.canv.roundRect(.6, .6, inner, inner, radius, stroke=1, fill=1)


class Bullet(DrawnSign):
    """A bullet, level with the middle of a line of so many points."""

    def __init__(self, leading: float) -> None:
        super().__init__(round(leading * 4 / 15, 1), leading)

    def draw(self) -> None:
        """Paints the disc."""
        self.canv.setFillColor(INK)
        self.canv.circle(self.width / 2, self.height / 2, self.width / 2, stroke=0, fill=1)
