"""A logo file → a picture that is safe to print: PNG, JPEG or SVG, told apart by content.

A raster logo is decoded and saved anew as plain RGB pixels (`raster`); an SVG is copied shape by
shape, so that nothing but shapes is left of it. Names, comments, camera data and editor data stay
behind.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from handouts.brand.raster import MAX_DATA, plain_png, refused
from handouts.errors import reason

if TYPE_CHECKING:
    from handouts.system.store import Store

MAX_FILE = 1_000_000  # bytes
MAX_SIDE = 4000  # units of an SVG's viewBox

_RASTER = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_MAX_DEPTH, _MAX_USES = 50, 50
_MAX_COPIES = 2000  # elements that all <use> together write out

# The attributes without which a shape draws nothing.
_SHAPES = {
    "path": ("d",), "rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry"),
    "line": (), "polyline": ("points",), "polygon": ("points",),
}
_ALLOWED = {"g", "defs", "use", "clipPath", "style", "linearGradient", "radialGradient", "stop",
            *_SHAPES}
_LEFT_BEHIND = {"title", "desc", "metadata"}
_TEXT_CURE = "convert text to paths, because no font travels with a logo"
_PICTURE_CURE = "trace the picture, or save the whole logo as PNG"
_CURES = {"script": "a logo runs no code; delete it", "text": _TEXT_CURE, "tspan": _TEXT_CURE,
          "image": _PICTURE_CURE, "foreignObject": _PICTURE_CURE}
_PLAIN_CURE = "save the logo as plain SVG with nothing but shapes"

_OUTSIDE = re.compile(
    r"url\(\s*+['\"]?+(?!#)"  # possessive: '#' must follow at once
    r"|\b(?:https?|ftp|file|data|javascript):|\b(?:src|image|image-set)\(|@import|\\",
    re.IGNORECASE,
)
_DRAWS = re.compile(r"[lhvcsqtaz]", re.IGNORECASE)  # path commands that leave a mark
_NUMBER = re.compile(r"([+-]?(?:\d{1,9}\.?\d*|\.\d+))(?:px)?")


@dataclass(frozen=True)
class Logo:
    """A logo ready to print: clean SVG or PNG bytes, and its size for the aspect."""

    kind: Literal["svg", "raster"]
    data: bytes
    width: float
    height: float


def read_logo(path: Path, store: "Store | None" = None) -> Logo:
    """The logo in a file; a PackError tells every reason why it can't be printed.

    With a store a picture is decoded once. Whether an SVG leaves ink is told when it is drawn.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise refused("the file is larger than 1 MB; export it smaller")
        data = path.read_bytes()
    except OSError as error:
        raise refused(f"the file can't be read ({reason(error)})") from error
    for magic, form in _RASTER.items():
        if data.startswith(magic):
            return _read_raster(data, form, store)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _read_svg(data)
    raise refused("the file is not a PNG, JPEG or SVG picture; export it as one of these")


def _read_raster(data: bytes, form: str, store: "Store | None") -> Logo:
    png = plain_png(data, form, store)
    width, height = struct.unpack(">LL", png[16:24])  # of its header
    return Logo("raster", png, width, height)


def _read_svg(data: bytes) -> Logo:
    root = _bare(_parsed(data))
    box = _view_box(root)
    width, height = box[2:]
    problems = [*_unknown_parts(root), *_outside_parts(root), *_bad_copies(root)]
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        problems.append(f"the SVG has no size up to {MAX_SIDE}; give it a viewBox")
    if not _draws(root):
        problems.append("the SVG draws nothing; export it with its shapes visible")
    if problems:
        raise refused(*problems)
    first = {"xmlns": _SVG, "viewBox": "{:g} {:g} {:g} {:g}".format(*box),
             "width": f"{width:g}", "height": f"{height:g}"}
    root.attrib = first | root.attrib | first
    clean = tostring(root)
    if len(clean) > MAX_DATA:
        raise refused(f"the SVG holds over {MAX_DATA // 1000} KB of shapes; simplify its paths")
    return Logo("svg", clean, width, height)


def _parsed(data: bytes) -> Element:
    """The root of an SVG without a document type, hence without entities."""
    try:
        # Decoded first: no encoding that the file names can hide a document type.
        text = data.decode("utf-8-sig")
        if re.search("<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise refused("the SVG has a document type; delete its part <!DOCTYPE …>")
        root = fromstring(text)
    except (UnicodeDecodeError, ParseError) as error:
        raise refused("the SVG is damaged (not UTF-8 or not XML); export it again") from error
    if root.tag not in ("svg", f"{{{_SVG}}}svg"):
        raise refused("the file is XML but not an SVG picture; export the logo as SVG")
    return root


def _bare(element: Element, depth: int = 1) -> Element:
    """A copy without names, comments and whatever another program added."""
    if depth > _MAX_DEPTH:
        raise refused(f"the SVG is nested more than {_MAX_DEPTH} deep; ungroup its shapes")
    attributes = {key: value for key, value in element.attrib.items() if not key.startswith("{")}
    if _XLINK_HREF in element.attrib:
        attributes["href"] = element.attrib[_XLINK_HREF]
    copy = Element(_local(element), attributes)
    if copy.tag == "style":
        copy.text = element.text
    copy.extend([_bare(child, depth + 1) for child in element
                 if _is_svg(child) and _local(child) not in _LEFT_BEHIND])
    return copy


def _is_svg(element: Element) -> bool:
    return not element.tag.startswith("{") or element.tag.startswith(f"{{{_SVG}}}")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _unknown_parts(root: Element) -> Iterator[str]:
    tags = dict.fromkeys(part.tag for parent in root.iter() for part in parent)
    for tag in tags:
        if tag not in _ALLOWED:
            yield f"the SVG has a <{tag[:30]}> element; {_CURES.get(tag, _PLAIN_CURE)}"


def _outside_parts(root: Element) -> Iterator[str]:
    """What would run, or reach for something outside the file."""
    places: dict[str, None] = {}
    for part in root.iter():
        if part.text and _OUTSIDE.search(part.text):
            places[f"a reference outside itself in <{part.tag[:30]}>"] = None
        for name, value in part.attrib.items():
            if name.lower().startswith("on"):
                places[f"code in '{name[:30]}'"] = None
            elif _OUTSIDE.search(value) or (name == "href" and not value.startswith("#")):
                places[f"a reference outside itself in '{name[:30]}'"] = None
    for place in places:
        yield f"the SVG has {place}; {_PLAIN_CURE}"


def _bad_copies(root: Element) -> Iterator[str]:
    """Copies of what is not there, and copies of copies (they multiply without end)."""
    uses = list(root.iter("use"))
    named = {part.get("id"): part for part in root.iter()}
    targets = [named.get(use.get("href", "").removeprefix("#")) for use in uses[:_MAX_USES]]
    if len(uses) > _MAX_USES:
        yield f"the SVG has more than {_MAX_USES} <use> elements; expand its symbols"
    if None in targets:
        yield "the SVG has a <use> of a shape that is not there; expand its symbols"
    if any(target is not None and next(target.iter("use"), None) is not None for target in targets):
        yield "the SVG has a <use> inside a <use>; expand its symbols"
    elif sum(sum(1 for _ in target.iter()) for target in targets
             if target is not None) > _MAX_COPIES:
        yield f"the SVG repeats over {_MAX_COPIES} shapes by <use>; simplify them"


def _draws(element: Element) -> bool:
    """Whether there is a shape under an element that draws something where it stands."""
    return any(part.tag == "use" or _is_drawn(part) or _draws(part)
               for part in element if part.tag not in ("defs", "clipPath"))


def _is_drawn(part: Element) -> bool:
    if part.tag == "path":
        return bool(_DRAWS.search(part.get("d", "")))
    needed = _SHAPES.get(part.tag)
    return needed is not None and all(re.search("[1-9]", part.get(name, "")) for name in needed)


def _view_box(root: Element) -> tuple[float, float, float, float]:
    """The viewBox, else one as large as the picture; all 0 where there is neither."""
    given = root.get("viewBox") or f"0 0 {root.get('width', '')} {root.get('height', '')}"
    sides = [_NUMBER.fullmatch(side) for side in given.replace(",", " ").split()]
    left, top, width, height, *_ = (*(float(side[1]) for side in sides if side), 0.0, 0.0, 0.0, 0.0)
    return (left, top, width, height) if len(sides) == 4 else (0.0, 0.0, 0.0, 0.0)
