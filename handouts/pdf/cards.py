"""What cards have in common: their skins, their heading row, their bullets."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.document import Kind, Runs
from handouts.pdf import text
from handouts.pdf.boxes import Row, Skin, Space, Stack
from handouts.pdf.colours import INK, WHITE
from handouts.pdf.marks import Bullet
from handouts.pdf.style import Style

Padding = tuple[float, float, float, float]
SHAPES = {"x": "octagon", "bang": "triangle"}  # the badge shapes that are not a disc
PADDING: Padding = (10, 16, 10, 16)


def skin_of(kind: Kind, style: Style, *, padding: Padding = PADDING) -> Skin:
    """How a card of a kind looks."""
    shades = style.palette.kind(kind)
    if kind == "stop":
        return Skin(WHITE, shades.ink, line_width=2.25, padding=padding)
    if kind == "keep-off":
        return Skin(WHITE, shades.ink, line_width=1.25, dash=(3.5, 2.5), padding=padding)
    return Skin(shades.tint, shades.outline, padding=padding)


def headed(title: str, colour: Color, body: Flowable, *, badge: Flowable | None = None,
           small: bool = False) -> Flowable:
    """A heading, behind its badge if it has one, above a body; small: an H3 close to it."""
    heading: Flowable = text.paragraph(title, text.H3 if small else text.H2, colour)
    if badge is not None:
        heading = Row([(badge, badge.width), (heading, None)], gap=9, align="middle")
    return Stack([heading, Space(1.5 if small else 4), body])


def bulleted(items: Sequence[Runs], colour: Color = INK) -> Flowable:
    """A list with bullets."""
    return Stack([
        Row([(Bullet(colour), 4), (text.paragraph(item), None)], gap=7) for item in items])
