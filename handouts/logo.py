"""A logo file → a picture that is safe to print: PNG, JPEG or SVG, told apart by content.

A raster logo is decoded and saved anew as plain RGB pixels; an SVG is copied shape by shape, so
that nothing but shapes is left of it. Names, comments, camera data and editor data stay behind.
"""

import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from handouts.errors import PackError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_FILE = 1_000_000  # bytes
MAX_SIDE = 4000  # pixels of a raster logo; units of an SVG's viewBox
MAX_DATA = 100_000  # bytes that a logo may add to a handout of at most 250 KB
HEADER_PIXELS = (1250, 284)  # 600 dpi in the header's 150 x 34 pt; more is only weight

_RASTER = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_ORIENTATION = 0x0112  # Exif; what each of its values needs as a PIL.Image.Transpose
_UPRIGHT = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_MAX_DEPTH, _MAX_USES = 50, 50

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
_TOO_LARGE = f"the picture is over {MAX_SIDE} pixels a side; export it smaller"
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


def read_logo(path: Path) -> Logo:
    """The logo in a file; a PackError tells every reason why it can't be printed."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise _refused("the file is larger than 1 MB; export it smaller")
        data = path.read_bytes()
    except OSError as error:
        raise _refused(f"the file can't be read ({error.strerror})") from error
    for magic, form in _RASTER.items():
        if data.startswith(magic):
            return _read_raster(data, form)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _read_svg(data)
    raise _refused("the file is not a PNG, JPEG or SVG picture; export it as one of these")


def _refused(*problems: str) -> PackError:
    return PackError("the logo can't be used", problems=problems)


def _read_raster(data: bytes, form: str) -> Logo:
    pixels = _on_white(_decoded(data, form))
    pixels.thumbnail(HEADER_PIXELS)
    if all(_spread(band) < 16 for band in pixels.split()):
        raise _refused("the picture is blank on white paper; export the dark version of the logo")
    while len(png := _as_png(pixels)) > MAX_DATA:
        pixels.thumbnail((pixels.width * 4 // 5, pixels.height * 4 // 5))
    return Logo("raster", png, pixels.width, pixels.height)


def _decoded(data: bytes, form: str) -> "Image":
    """The picture upright and whole, after a look at its size alone."""
    from PIL import Image

    with warnings.catch_warnings(action="ignore"):  # about size and metadata: neither matters
        try:
            image = Image.open(BytesIO(data), formats=[form])
            if max(image.size) > MAX_SIDE:
                raise _refused(_TOO_LARGE)
            image.load()
            turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION, 1))
            return image if turn is None else image.transpose(Image.Transpose(turn))
        except Image.DecompressionBombError as error:
            raise _refused(_TOO_LARGE) from error
        except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
            raise _refused(f"the {form} picture is damaged; export it again") from error


def _on_white(image: "Image") -> "Image":
    """A new RGB picture without any metadata, transparent parts white."""
    from PIL import Image

    if image.mode.startswith("I;16"):  # Pillow clips 16-bit grey instead of scaling it
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    white = Image.new("RGBA", image.size, "white")
    white.alpha_composite(image.convert("RGBA"))
    return white.convert("RGB")


def _spread(band: "Image") -> int:
    levels = [level for level, count in enumerate(band.histogram()) if count]
    return levels[-1] - levels[0]


def _as_png(image: "Image") -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


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
        raise _refused(*problems)
    first = {"xmlns": _SVG, "viewBox": "{:g} {:g} {:g} {:g}".format(*box),
             "width": f"{width:g}", "height": f"{height:g}"}
    root.attrib = first | root.attrib | first
    clean = tostring(root)
    if len(clean) > MAX_DATA:
        raise _refused(f"the SVG holds over {MAX_DATA // 1000} KB of shapes; simplify its paths")
    return Logo("svg", clean, width, height)


def _parsed(data: bytes) -> Element:
    """The root of an SVG without a document type, hence without entities."""
    try:
        # Decoded first: no encoding that the file names can hide a document type.
        text = data.decode("utf-8-sig")
        if re.search("<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
            raise _refused("the SVG has a document type; delete its part <!DOCTYPE …>")
        root = fromstring(text)
    except (UnicodeDecodeError, ParseError) as error:
        raise _refused("the SVG is damaged (not UTF-8 or not XML); export it again") from error
    if root.tag not in ("svg", f"{{{_SVG}}}svg"):
        raise _refused("the file is XML but not an SVG picture; export the logo as SVG")
    return root


def _bare(element: Element, depth: int = 1) -> Element:
    """A copy without names, comments and whatever another program added."""
    if depth > _MAX_DEPTH:
        raise _refused(f"the SVG is nested more than {_MAX_DEPTH} deep; ungroup its shapes")
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
