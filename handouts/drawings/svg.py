"""The drawings of a folder: their SVG, where their named parts lie, which side they show.

A pack has a folder of its own; without one it is the program's, assets/figures, and icons always
are from there.

A picture tells in its SVG which side it shows (`data-side`), and is mirrored where the handout is
for the other one, except signs on it that would then say something else, as a clock: they have
drawings of their own, placed by NAME.signs.json. Of a picture of two halves (`data-halves`) each is
mirrored by itself, so that the first stays the first.
"""

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from handouts import paths
from handouts.errors import PackError

PANEL = "#EAF2F5"  # the fill behind every picture
WARNINGS = "warnings/"  # pictures of the signs that ask for care, for every pack
BLACK = "#000000"  # what icons are drawn in, to be replaced by the colour of their block
USUAL_SIDE = "left"  # for both sides, or none: all the pictures of a handout show the same
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_GAP = re.compile(r"[\s,]*")
_LENGTH = re.compile(rf"({NUMBER.pattern})(px|pt|pc|mm|cm|in|em|ex|%)?")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54,
           "in": 96.0, "em": 16.0, "ex": 8.0}  # CSS Values 4, 6.1 and 6.2; no font is given
_SIDE = re.compile(rb'<svg\b[^>]*\sdata-side="(left|right|none)"')
_HALVES = re.compile(rb'<svg\b[^>]*\sdata-halves="([\d.]+) ([\d.]+)"')

Strips = tuple[tuple[float, float], ...]


class Sign(NamedTuple):
    """A drawing on another, never mirrored: its middle and its width, as fractions of the other."""

    name: str
    x: float
    y: float
    width: float


def figure_folder(name: str, folder: Path | None) -> Path:
    """Where the drawing of this name lies."""
    is_own = folder is None or name.startswith(("icons/", WARNINGS))
    return paths.data_folder("assets") / "figures" if is_own or folder is None else folder


def drawing_source(name: str, folder: Path | None = None) -> bytes:
    """The SVG of the drawing of this name; PackError where there is none."""
    path = figure_folder(name, folder) / f"{name}.svg"
    if not path.is_file():
        raise PackError(f"there is no figure '{name}'", where=path.name,
                        cure="Add the SVG, or name another figure.")
    return path.read_bytes()


@cache
def signs(name: str, folder: Path | None = None) -> tuple[Sign, ...]:
    """The signs on a figure; most have none."""
    path = figure_folder(name, folder) / f"{name}.signs.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return tuple(Sign(f"signs/{sign}", *place) for sign, place in told.items())


@cache
def anchors(name: str, folder: Path | None = None) -> dict[str, tuple[float, float]]:
    """Where the named parts of a figure lie, as fractions of its width and height from the top."""
    path = figure_folder(name, folder) / f"{name}.anchors.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    return {key: (float(x), float(y)) for key, (x, y) in told.items()}


@cache
def drawn_side(name: str, folder: Path | None = None) -> str:
    """The side that a picture shows as it is drawn: left, right, or none where no side is treated.

    PackError where the SVG doesn't tell: a picture of the wrong side must never be taken for right.
    """
    told = _SIDE.search(drawing_source(name, folder))
    if not told:
        raise PackError(f"the figure '{name}' doesn't tell which side it shows",
                        where=f"{name}.svg",
                        cure='Write data-side="left", "right" or "none" into its <svg>.')
    return told[1].decode()


def mirrored(name: str, side: str, folder: Path | None = None) -> bool:
    """Whether a picture must be mirrored for a handout for this side, both sides, or none."""
    shown = side if side in ("left", "right") else USUAL_SIDE
    return drawn_side(name, folder) not in ("none", shown)


@cache
def halves(name: str, folder: Path | None = None) -> tuple[float, ...]:
    """Where a picture's first half ends and its second begins, as fractions of its width; most
    have none."""
    return tuple(map(float, found.groups())) if (
        found := _HALVES.search(drawing_source(name, folder))) else ()


def strips(width: float, halved: tuple[float, ...]) -> Strips:
    """What of a picture of a width is mirrored by itself, from where to where across: the whole, or
    each half and what parts them."""
    ends = (0.0, *(width * end for end in halved), width)
    return tuple(pairwise(ends))


def turned(across: float, halved: tuple[float, ...]) -> float:
    """Where a place across a picture lies when that is mirrored, as fractions of its width."""
    low, high = next(strip for strip in strips(1, halved) if across <= strip[1])
    return low + high - across


def icon_names() -> set[str]:
    """The icons that there are."""
    return {path.stem for path in (figure_folder("icons/", None) / "icons").glob("*.svg")}


def warning_names() -> set[str]:
    """The pictures of signs that there are."""
    return {path.stem for path in (figure_folder(WARNINGS, None) / "warnings").glob("*.svg")}


def bare(element: Element) -> Element:
    """A copy with nothing but SVG in it, and without its namespaces."""
    attributes = {key.rpartition("}")[2]: value.strip() for key, value in element.attrib.items()}
    copy = Element(element.tag.rpartition("}")[2], attributes)
    copy.text = element.text if copy.tag == "style" else None
    copy.extend([bare(child) for child in element if isinstance(child.tag, str)
                 and child.tag.rpartition("}")[2] not in ("title", "desc", "metadata")])
    return copy


# -- what SVG writes as text -----------------------------------------------------------------------


def length(text: str, whole: float, default: float = 0) -> float:
    """A length in pixels; a percentage is of the whole, and what is no length the default."""
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        return default
    return float(match[1]) * (whole / 100 if match[2] == "%" else _PIXELS[match[2]])


def numbers(text: str) -> list[float]:
    """The numbers of a list, up to the first thing that is none."""
    found, at = [], gap_end(text, 0)
    while match := NUMBER.match(text, at):
        found.append(float(match[0]))
        at = gap_end(text, match.end())
    return found


def gap_end(text: str, at: int) -> int:
    """Where the blanks and commas at a place end."""
    match = _GAP.match(text, at)
    return match.end() if match else at


def fit(box: list[float], how: str, wide: float, high: float) -> tuple[float, float, float]:
    """The scale and the move that put a viewBox into a frame as `preserveAspectRatio` wants it."""
    scales = wide / box[2], high / box[3]
    scale = max(scales) if "slice" in how else min(scales)
    across = {"xMin": 0.0, "xMax": 1.0}.get(how.strip()[:4], 0.5)
    down = {"YMin": 0.0, "YMax": 1.0}.get(how.strip()[4:8], 0.5)
    return (scale, across * (wide - scale * box[2]) - scale * box[0],
            down * (high - scale * box[3]) - scale * box[1])
