"""Pictures and icons: SVG compiled once, kept in the PDF once as a Form XObject, drawn many times.

Those of the program come compiled, in assets/figures/compiled; `pytest --update-refs` makes these
files anew. One whose SVG has changed since is not used. Signs on a picture, such as a clock, are
never mirrored with it: they are drawings of their own.
"""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from handouts.drawings.inks import WHITE, recolour
from handouts.drawings.svg import (
    BLACK,
    PANEL,
    drawing_source,
    figure_folder,
    halves,
    signs,
    strips,
    turned,
)
from handouts.errors import PackError
from handouts.pdf.figures.proof import Pixels, proved
from handouts.pdf.figures.vectors import (
    Compiled,
    colours,
    compile_svg,
    packed,
    recoloured,
    unpacked,
)
from handouts.pdf.file.tagtree import Tag
from handouts.request.look import Look
from handouts.system import limits
from handouts.system.fingerprint import program_fingerprint
from handouts.system.store import Recent

if TYPE_CHECKING:
    from handouts.system.store import Store


@dataclass(frozen=True)
class Art:
    """A drawing ready to be placed: its name in the PDF, its operators, and its size in units."""

    name: str
    drawing: Compiled
    signs: tuple["PlacedSign", ...] = ()
    halves: tuple[float, ...] = ()  # where a picture of two parts is parted

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.drawing.width

    @property
    def height(self) -> float:
        """How high it is."""
        return self.drawing.height

    @property
    def colours(self) -> set[str]:
        """Its colours, as hex."""
        return colours(self.drawing)


@dataclass(frozen=True)
class PlacedSign:
    """A drawing on another, never mirrored: its middle and its width, as fractions of the other."""

    name: str
    art: Art
    x: float
    y: float
    width: float


@cache
def art(name: str, recolour: tuple[tuple[str, str], ...] = (),
        folder: Path | None = None) -> Art:
    """The picture of this name in a folder of figures, with colours replaced (hex → hex)."""
    label = name.replace("/", "-")
    if recolour:
        label += "-" + sha256(repr(recolour).encode()).hexdigest()[:8]
    return Art(label, recoloured(_figure(name, folder), recolour), _signs(name, folder),
               halves(name, folder))


def _signs(name: str, folder: Path | None) -> tuple[PlacedSign, ...]:
    return tuple(PlacedSign(sign.name, art(sign.name, folder=folder), sign.x, sign.y, sign.width)
                 for sign in signs(name, folder))


@cache
def dressed(name: str, look: Look, folder: Path | None = None, *, white: bool = False) -> Art:
    """The picture of this name in the look's skin, or in black and greys; on white if asked."""
    swap = recolour(art(name, folder=folder).colours, look.skin, mono=look.mono)
    drawn = art(name, swap + (((PANEL, WHITE),) if white and not look.mono else ()), folder)
    if not look.mono or not drawn.signs:
        return drawn
    return replace(drawn, signs=tuple(
        replace(sign, art=dressed(sign.name, look, folder)) for sign in drawn.signs))


@cache
def _figure(name: str, folder: Path | None) -> Compiled:
    return _drawing(drawing_source(name, folder), name, folder)


def _drawing(source: bytes, name: str, folder: Path | None = None) -> Compiled:
    """The drawing of an SVG: the compiled one of this name if it was made from it, or a new one."""
    return _compiled(source, name, folder) or compile_svg(source, name)


def _compiled(source: bytes, name: str, folder: Path | None = None) -> Compiled | None:
    kept = compiled_file(name, folder)
    if kept.is_file():
        made_from, _, drawing = kept.read_bytes().partition(b"\n")
        if made_from == digest(source):
            return unpacked(drawing)
    return None


def compiled_file(name: str, folder: Path | None = None) -> Path:
    """Where the compiled drawing of a name is: the digest of its SVG, then the drawing, packed."""
    return figure_folder(name, folder) / "compiled" / f"{name}.vectors"


def digest(source: bytes) -> bytes:
    """What tells whether a compiled drawing was made from this SVG."""
    return sha256(source).hexdigest().encode()


_logos = Recent[Art | Pixels](8)  # a logo for each brand that a process prints for


def from_svg(source: bytes, label: str, store: "Store | None" = None) -> Art | Pixels:
    """A stranger's SVG as a drawing, or as pixels where shapes can't keep it.

    PackError when it can't be drawn, or leaves no ink. It is read in a child process, once: a
    store keeps what came of it.
    """
    key = digest(source).decode()
    known = _logos.get(key)
    if known is None:
        found = _compiled(source, label) or _kept_logo(source, label, store)
        known = found if isinstance(found, Pixels) else Art(label, found)
        _logos.put(key, known)
    return known


def _kept_logo(source: bytes, label: str, store: "Store | None") -> Compiled | Pixels:
    key = store and sha256(program_fingerprint(store).encode() + source).hexdigest()
    known = store.get(key) if store and key else None
    if known is not None:
        return Pixels.unpacked(known) or unpacked(known)
    try:
        found = limits.shared().run(proved, source, label)
    except limits.PastBounds as error:
        raise PackError("the SVG takes too long to draw, or too much memory", where=label,
                        cure="Simplify its shapes, or save the logo as PNG.") from error
    if store and key:
        store.put(key, found.packed() if isinstance(found, Pixels) else packed(found))
    return found


@cache
def turned_halves(drawn: Art) -> Art:
    """A picture of two halves, each mirrored in its own place: a drawing of its own."""
    drawing, parts = drawn.drawing, strips(drawn.drawing.width, drawn.halves)
    operators = b"\n".join(
        b"q %.3f 0 %.3f %d re W n -1 0 0 1 %.3f 0 cm\n%b\nQ" % (
            low, high - low, drawing.height, low + high, drawing.operators)
        for low, high in parts)
    return Art(f"{drawn.name}-turned", replace(drawing, operators=operators), tuple(
        replace(sign, x=turned(sign.x, drawn.halves)) for sign in drawn.signs))


def in_one(drawn: Art, *, mirror: bool) -> Compiled:
    """A picture, mirrored or not, and its signs, which never are, as one drawing."""
    if mirror and drawn.halves:
        drawn, mirror = turned_halves(drawn), False
    drawing = drawn.drawing
    parts = [b"q %d 0 0 1 %d 0 cm\n%b\nQ" % (
        -1 if mirror else 1, drawing.width if mirror else 0, drawing.operators)]
    for sign in drawn.signs:
        scale = sign.width * drawn.width / sign.art.width
        left = (1 - sign.x if mirror else sign.x) * drawn.width - scale * sign.art.width / 2
        low = (1 - sign.y) * drawn.height - scale * sign.art.height / 2
        parts.append(b"q %.4f 0 0 %.4f %.2f %.2f cm\n%b\nQ" % (
            scale, scale, left, low, sign.art.drawing.operators))
    return replace(drawing, operators=b"\n".join(parts))


class Picture(Flowable):  # type: ignore[misc]
    """A drawing of a width in points, mirrored or not; without `alt` it is decoration."""

    def __init__(self, drawing: Art, width: float, *, alt: str = "", mirror: bool = False) -> None:
        super().__init__()
        self.mirror = mirror and not drawing.halves
        self.halved = mirror and bool(drawing.halves)
        self.art = turned_halves(drawing) if mirror and drawing.halves else drawing
        self.tag = Tag("Figure", alt=alt) if alt else None
        self.width, self.height = width, width * drawing.height / drawing.width

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Places the drawing as the content of its figure, or as an artifact."""
        canv = self.canv
        canv.saveState()
        if self.tag is None:
            self._place(canv)
        else:
            canv.figure(self.tag, self.width, self.height)
            with canv.mark(self.tag):
                self._place(canv)
        canv.restoreState()

    def _place(self, canv: Any) -> None:
        canv.saveState()
        if self.halved:  # its parts reach beyond it unseen: viewers take them for its bounds
            path = canv.beginPath()
            path.rect(0, 0, self.width, self.width * self.art.height / self.art.width)
            canv.clipPath(path, stroke=0, fill=0)
        if self.mirror:
            canv.translate(self.width, 0)
            canv.scale(-1, 1)
        scale = self.width / self.art.width
        canv.scale(scale, scale)
        canv.form(self.art.name, self.art.drawing)
        canv.restoreState()
        tall = scale * self.art.height
        for sign in self.art.signs:
            shown = Picture(sign.art, sign.width * self.width)
            across = 1 - sign.x if self.mirror else sign.x
            canv.saveState()
            canv.translate(across * self.width - shown.width / 2,
                           (1 - sign.y) * tall - shown.height / 2)
            shown._place(canv)
            canv.restoreState()


def icon(name: str, colour: Color) -> Art:
    """A 24-unit line icon in a colour."""
    return art(f"icons/{name}", ((BLACK, f"#{colour.hexval()[2:].upper()}"),))
