"""Pictures of the leaf for the fridge: as wide as their column, with rounded corners; smaller where
a page is full. Of a step's picture what lies above and below its middle may go unseen: nothing
of it matters (see `SAFE`). All else is shown whole."""

from handouts import document as doc
from handouts.drawings.svg import mirrored
from handouts.pdf.figures.figures import Art, Picture, dressed
from handouts.pdf.layout.theme import INK, Style

RADIUS = 8.0
EDGE = 0.75  # of the frame in black only, where a panel has no tint
SAFE = 310 / 384  # of the height of a step's picture, in its middle: all that matters is there
SAFE_VIEWS = .6  # the same of where not to press: legs go on above and below


class Tile(Picture):
    """A picture of a width whose upper and lower parts go beyond its height unseen; with an `edge`
    in points it is framed."""

    def __init__(self, drawing: Art, size: tuple[float, float], *, alt: str, mirror: bool,
                 edge: float) -> None:
        wide, high = size
        super().__init__(drawing, wide, alt=alt, mirror=mirror)
        self.whole, self.edge = self.height, edge
        self.height = min(high, self.whole)

    def draw(self) -> None:
        """Places the picture inside its corners; the frame is decoration."""
        canv = self.canv
        canv.saveState()
        path = canv.beginPath()
        path.roundRect(0, 0, self.width, self.height, RADIUS)
        canv.clipPath(path, stroke=0, fill=0)
        canv.figure(self.tag, self.width, self.height)
        with canv.mark(self.tag):
            canv.saveState()
            canv.translate(0, (self.height - self.whole) / 2)
            self._place(canv)
            canv.restoreState()
        canv.restoreState()
        if self.edge:
            canv.setStrokeColor(INK)
            canv.setLineWidth(self.edge)
            canv.roundRect(self.edge / 2, self.edge / 2, self.width - self.edge,
                           self.height - self.edge, RADIUS, stroke=1, fill=0)


def tile(figure: doc.Figure, size: tuple[float, float], style: Style, seen: float = 1) -> Tile:
    """A figure for the side that the handout is for, of a width and a height at most; at least so
    much of its height is seen."""
    drawing, (wide, high) = dressed(figure.name, style.look, style.figures), size
    wide = min(wide, high / seen * drawing.width / drawing.height)
    return Tile(drawing, (wide, high), alt=figure.alt,
                mirror=mirrored(figure.name, style.side, style.figures),
                edge=EDGE if style.look.mono else 0)
