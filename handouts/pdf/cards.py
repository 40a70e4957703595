"""What cards have in common: their skins, their heading row, their bullets."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.document import Kind, Runs
from handouts.pdf import text
from handouts.pdf.boxes import Box, Row, Skin, Space, Stack
from handouts.pdf.colours import INK, WHITE
from handouts.pdf.marks import Bullet
from handouts.pdf.structure import HEADING, Tag, list_numbering, section
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
    """A section: a heading, behind its badge if it has one, above a body; small: close to it."""
    heading: Flowable = text.paragraph(title, text.H3 if small else text.H2, colour)
    if badge is not None:
        heading = Row([(badge, badge.width), (heading, None)], gap=9, align="middle")
    return Stack([heading, Space(1.5 if small else 4), body], tag=section())


def titled(title: str, *body: Flowable) -> Stack:
    """A section under a heading in bold body type."""
    heading = text.paragraph(title, text.STRONG, role=HEADING)
    return Stack([heading, *body], tag=section())


def bulleted(items: Sequence[Runs], colour: Color = INK) -> Flowable:
    """A list with bullets; a bullet is decoration, the list is told by its tags."""
    rows = listed([Row([(Bullet(colour), 4), (text.paragraph(item, role="LBody"), None)], gap=7)
                   for item in items])
    rows.tag = Tag("L", attributes=list_numbering("Disc"))
    return rows


def listed(items: Sequence[Box], gap: float = 0) -> Stack:
    """A list of items above each other; each holds an LBody, and a Lbl where it has a label."""
    return Stack(as_items(items), gap, tag=Tag("L"))


def as_items(items: Sequence[Box]) -> Sequence[Box]:
    """The boxes, tagged as the items of a list around them."""
    for item in items:
        item.tag = Tag("LI")
    return items
