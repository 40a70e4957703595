"""What cards have in common: their skins, their heading row, their bullets."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from handouts.document import Kind, Runs
from handouts.pdf.blocks.marks import Badge, Bullet
from handouts.pdf.file.tagtree import HEADING, Tag, list_numbering, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Box, RowBox, Skin, Space, Stack
from handouts.pdf.layout.theme import WHITE, Style

Padding = tuple[float, float, float, float]
SHAPES = {"x": "octagon", "bang": "triangle"}  # the badge shapes that are not a disc
PADDING: Padding = (8, 12, 9, 12)
LOW_PADDING: Padding = (6, 12, 7, 12)  # on a page that has given way
CORNER = 14.0  # how far corners are rounded, or cut
BAR = 5.0
STOP_BADGE = 26.0


def skin_of(kind: Kind, style: Style, *, padding: Padding | None = None) -> Skin:
    """How a card of a kind looks; its shape tells the kind where colour can't."""
    padding = padding or (LOW_PADDING if "low" in style.given else PADDING)
    shades = style.palette.kind(kind)
    match kind:
        case "stop":
            return Skin(WHITE, shades.ink, line_width=style.sized(2.5), radius=0,
                        cut=style.sized(CORNER), padding=padding)
        case "keep-off":
            return Skin(WHITE, shades.ink, line_width=style.sized(1.5), radius=0, dash=(4.5, 3),
                        padding=padding)
        case "care":
            return Skin(shades.tint, shades.ink, line_width=style.sized(1.5), radius=0,
                        padding=padding)
        case "know":
            above, right, below, left = padding
            return Skin(shades.tint, radius=0, bar=style.sized(BAR), bar_colour=shades.ink,
                        padding=(above, right, below, left + BAR - 1))
        case _:
            return Skin(shades.tint, shades.outline, line_width=.9, radius=style.sized(CORNER),
                        padding=padding)


def headed(title: str, kind: Kind, badge: str, body: Flowable, style: Style) -> Stack:
    """A section: a heading in its kind's colour, behind the badge of this name, above a body."""
    return Stack([heading(title, kind, badge, style), Space(4), body], tag=section())


def heading(title: str, kind: Kind, badge: str, style: Style, size: text.Type | None = None
            ) -> RowBox:
    """A heading behind its badge, of the second size if no other is named."""
    colour = style.palette.kind(kind).ink
    shape = SHAPES.get(badge, "disc")
    wide = style.sized(STOP_BADGE) if kind == "stop" else style.badge
    words = text.paragraph(title, size or style.type.h2, colour)
    return RowBox([(Badge(badge, wide, colour, shape), wide), (words, None)], gap=style.sized(8),
                  align="middle")


def titled_by(title: str, kind: Kind, style: Style) -> Flowable:
    """A heading of the third size in a kind's colour."""
    return text.paragraph(title, style.type.h3, style.palette.kind(kind).ink)


def titled(title: str, body: Flowable, style: Style) -> Stack:
    """A section under a heading in bold body type."""
    words = text.paragraph(title, style.type.strong, role=HEADING)
    return Stack([words, body], tag=section())


def bulleted(items: Sequence[Runs], style: Style, *, columns: int = 1) -> Flowable:
    """A list with bullets; a bullet is decoration, the list is told by its tags."""
    body = style.type.body
    rows = as_items([
        RowBox([(bullet := Bullet(body.leading), bullet.width),
                (text.paragraph(item, body, role="LBody"), None)], gap=style.sized(7))
        for item in items])
    share = -(-len(rows) // columns)
    stacks = [Stack(rows[at:at + share]) for at in range(0, len(rows), share)]
    return RowBox([(stack, None) for stack in stacks], gap=18,
                  tag=Tag("L", attributes=list_numbering("Disc")))


def listed(items: Sequence[Box], gap: float = 0) -> Stack:
    """A list of items above each other; each holds an LBody, and a Lbl where it has a label."""
    return Stack(as_items(items), gap, tag=Tag("L"))


def as_items(items: Sequence[Box]) -> Sequence[Box]:
    """The boxes, tagged as the items of a list around them."""
    for item in items:
        item.tag = Tag("LI")
    return items
