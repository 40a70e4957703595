"""Pictures and icons: SVG read once, kept in the PDF once as a Form XObject, drawn many times.

The pictures are flat paths (no text, gradient, opacity), so svglib keeps all of them.
A left knee is drawn as the picture is; for the right one the picture is mirrored.
"""

import json
import logging
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable
from svglib.svglib import svg2rlg

from handouts import paths
from handouts.errors import PackError

PANEL = "#EAF2F5"  # the fill behind every picture
BLACK = "#000000"  # what icons are drawn in, to be replaced by the colour of their block
DRAWN_SIDE = {"anatomy": "right"}  # all other pictures show the left leg
logging.getLogger("svglib").setLevel(logging.ERROR)


@dataclass(frozen=True)
class Art:
    """A drawing ready to be placed: its name in the PDF, and its size in its own units."""

    name: str
    drawing: Any
    width: float
    height: float


@cache
def art(name: str, recolour: tuple[tuple[str, str], ...] = ()) -> Art:
    """The picture of this name under assets/figures, with colours replaced (hex → hex)."""
    path = paths.data_folder("assets") / "figures" / f"{name}.svg"
    if not path.is_file():
        raise PackError(f"there is no figure '{name}'", where=path.name,
                        cure="Add the SVG, or name another figure.")
    source = path.read_text(encoding="utf-8")
    for old, new in recolour:
        source = source.replace(old, new)
    label = "-".join([name.replace("/", "-"), *(new.strip("#") for _, new in recolour)])
    return from_svg(source.encode(), label)


def from_svg(source: bytes, label: str) -> Art:
    """A drawing from SVG text; PackError when nothing of it can be drawn."""
    drawing: Drawing | None = svg2rlg(BytesIO(source))
    if drawing is None or not drawing.contents:
        raise PackError("the SVG draws nothing", where=label, cure="Export it as plain paths.")
    return Art(label, drawing, drawing.width, drawing.height)


@cache
def anchors(name: str) -> dict[str, tuple[float, float]]:
    """Where the named parts of a figure lie, as fractions of its width and height from the top."""
    path = paths.data_folder("assets") / "figures" / f"{name}.anchors.json"
    return {key: (float(x), float(y)) for key, (x, y) in _json(path).items()}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def mirrored(name: str, side: str) -> bool:
    """Whether a picture must be mirrored to show this side."""
    return side in ("left", "right") and side != DRAWN_SIDE.get(name, "left")


class Picture(Flowable):  # type: ignore[misc]
    """A drawing of a width in points, mirrored or not, cut to rounded corners if asked."""

    def __init__(self, drawing: Art, width: float, *, mirror: bool = False) -> None:
        super().__init__()
        self.art, self.mirror = drawing, mirror
        self.width, self.height = width, width * drawing.height / drawing.width

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Places the Form XObject, after defining it the first time."""
        canv = self.canv
        define(canv, self.art)
        canv.saveState()
        if self.mirror:
            canv.translate(self.width, 0)
            canv.scale(-1, 1)
        scale = self.width / self.art.width
        canv.scale(scale, scale)
        canv.doForm(self.art.name)
        canv.restoreState()


def define(canv: Any, drawing: Art) -> None:
    """Writes the drawing into the PDF as a Form XObject, unless it is there already."""
    if canv.hasForm(drawing.name):
        return
    canv.beginForm(drawing.name, 0, 0, drawing.width, drawing.height)
    renderPDF.draw(drawing.drawing, canv, 0, 0)
    canv.endForm()


def icon(name: str, colour: Color) -> Art:
    """A 24-unit line icon in a colour."""
    return art(f"icons/{name}", ((BLACK, f"#{colour.hexval()[2:].upper()}"),))


def icon_names() -> set[str]:
    """The icons that there are."""
    folder = paths.data_folder("assets") / "figures" / "icons"
    return {path.stem for path in folder.glob("*.svg")}


