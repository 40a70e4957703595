"""A logo file → a picture that is safe to print: SVG, PNG, JPEG, WebP or PDF, told by content.

All but SVG is decoded and saved anew as plain RGB pixels (`raster`); an SVG is copied element by
element, so that nothing but a drawing is left of it. Names, comments, camera data and editor data
stay behind.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from handouts.brand.raster import plain_png, refused
from handouts.drawings.svg import fit, length, numbers
from handouts.errors import reason

if TYPE_CHECKING:
    from handouts.system.store import Store

MAX_FILE = 1_000_000  # bytes

_MAGIC = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff", "WebP": b"RIFF....WEBP",
          "PDF": b".{0,1000}%PDF-"}
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_MAX_DEPTH = 50
_MAX_COPIES = 20_000  # elements, those that <use> shows again counted each time

# The attributes without which a shape draws nothing.
_SHAPES = {
    "path": ("d",), "rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry"),
    "line": (), "polyline": ("points",), "polygon": ("points",), "image": (),
}
_KEPT = {"svg", "g", "defs", "use", "symbol", "switch", "clipPath", "mask", "marker", "pattern",
         "filter", "style", "linearGradient", "radialGradient", "stop", *_SHAPES}
_TEXT_CURE = "convert text to paths, because no font travels with a logo"
_CURES = {"script": "a logo runs no code; delete it", "text": _TEXT_CURE, "tspan": _TEXT_CURE,
          "textPath": _TEXT_CURE,
          "foreignObject": "trace the picture, or save the whole logo as PNG"}
_PLAIN_CURE = "save the logo as plain SVG with nothing but shapes"

_OUTSIDE = re.compile(
    r"url\(\s*+['\"]?+(?!#)"  # possessive: '#' must follow at once
    r"|\b(?:https?|ftp|file|data|javascript):|\b(?:src|image|image-set)\(|@import|\\",
    re.IGNORECASE,
)
_INLINE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[\]<>]*(?:\[([^\]]*)\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(["'])([^"'<&%]{0,200})\2\s*>""")
_ENCODINGS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252"}
_DRAWS = re.compile(r"[lhvcsqtaz]", re.IGNORECASE)  # path commands that leave a mark


@dataclass(frozen=True)
class Logo:
    """A logo ready to print: clean SVG or PNG bytes, its size for the aspect, and what its owner
    should know of it."""

    kind: Literal["svg", "raster"]
    data: bytes
    width: float
    height: float
    note: str = ""


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
    for form, magic in _MAGIC.items():
        if re.match(magic, data, re.DOTALL):
            return _read_raster(data, form, store)
    text = _decoded(data)
    if text.lstrip().startswith("<"):
        return _read_svg(text)
    raise refused("the file is not an SVG, PNG, JPEG, WebP or PDF; export the logo as one of these")


def _read_raster(data: bytes, form: str, store: "Store | None") -> Logo:
    png, note = plain_png(data, form, store)
    width, height = struct.unpack(">LL", png[16:24])  # of its header
    return Logo("raster", png, width, height, note)


def _read_svg(text: str) -> Logo:
    root = _bare(_parsed(text))
    box = _view_box(root)
    width, height = box[2:]
    problems = [*_unknown_parts(root), *_outside_parts(root), *_bad_copies(root)]
    if not (0 < width < 1e6 and 0 < height < 1e6):
        problems.append("the SVG has no size; give it a viewBox")
    if not _draws(root):
        problems.append("the SVG draws nothing; export it with its shapes visible")
    if problems:
        raise refused(*problems)
    first = {"xmlns": _SVG, "viewBox": "{:g} {:g} {:g} {:g}".format(*box),
             "width": f"{width:g}", "height": f"{height:g}"}
    rest = {name: value for name, value in root.attrib.items()
            if name not in (*first, "preserveAspectRatio", "x", "y")}
    root.attrib = first | rest
    return Logo("svg", tostring(root), width, height)


# -- the file as XML -------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """The text of an SVG, or nothing: UTF-8, UTF-16 with its mark, or the Latin it names."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "ignore").lstrip("\ufeff")
    declared = re.match(rb"""<\?xml[^>]*?encoding=["']([\w.-]+)""", data)
    name = _ENCODINGS.get(declared[1].decode().lower(), "utf-8-sig") if declared else "utf-8-sig"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if not data.lstrip().startswith(b"<"):
            return ""
        raise refused("the SVG is damaged (not UTF-8 or not XML); export it again") from error


def _parsed(text: str) -> Element:
    """The root of an SVG without its document type, whose plain entities are written out."""
    kind = _DOCTYPE.search(text)
    if kind:
        entities = {name: value for name, _, value in _ENTITY.findall(kind[1] or "")}
        text = text[:kind.start()] + text[kind.end():]
        uses = re.findall(r"&([\w.-]+);", text)
        if len(text) + sum(len(entities.get(name, "")) for name in uses) > 2 * MAX_FILE:
            raise refused("the SVG repeats entities without end; save it as plain SVG")
        text = re.sub(r"&([\w.-]+);", lambda use: entities.get(use[1], use[0]), text)
    if re.search("<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise refused("the SVG has a document type with more than plain entities; delete its part "
                      "<!DOCTYPE …>")
    try:
        root = fromstring(text)
    except (ParseError, ValueError) as error:
        raise refused("the SVG is damaged (not UTF-8 or not XML); export it again") from error
    if root.tag not in ("svg", f"{{{_SVG}}}svg"):
        raise refused("the file is XML but not an SVG picture; export the logo as SVG")
    return root


def _bare(element: Element, depth: int = 1) -> Element:
    """A copy without names, comments, links, movements, and whatever another program added."""
    if depth > _MAX_DEPTH:
        raise refused(f"the SVG is nested more than {_MAX_DEPTH} deep; ungroup its shapes")
    attributes = {key: value for key, value in element.attrib.items() if not key.startswith("{")}
    if _XLINK_HREF in element.attrib:
        attributes["href"] = element.attrib[_XLINK_HREF]
    copy = Element(_local(element), attributes)
    if copy.tag == "a":  # paper is not clicked
        copy.tag = "g"
        copy.attrib.pop("href", None)
    if copy.tag == "style":
        copy.text = element.text
    copy.extend([_bare(child, depth + 1) for child in element
                 if _is_drawing(child, inside=copy.tag)])
    return copy


def _is_drawing(element: Element, *, inside: str) -> bool:
    """Whether an element is of the drawing, or is to be refused: all else is left behind."""
    tag = _local(element)
    if element.tag.startswith("{") and not element.tag.startswith(f"{{{_SVG}}}"):
        return False
    if inside == "switch" and element.get("requiredExtensions"):
        return False  # what another program alone would show
    return tag in _KEPT or tag in _CURES or tag == "a" or tag.startswith("fe")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


# -- what is refused -------------------------------------------------------------------------------


def _unknown_parts(root: Element) -> Iterator[str]:
    tags = dict.fromkeys(part.tag for parent in root.iter() for part in parent)
    for tag in tags:
        if tag in _CURES:
            yield f"the SVG has a <{tag}> element; {_CURES[tag]}"


def _outside_parts(root: Element) -> Iterator[str]:
    """What would run, or reach for something outside the file."""
    places: dict[str, None] = {}
    for part in root.iter():
        if part.text and _OUTSIDE.search(part.text):
            places[f"a reference outside itself in <{part.tag[:30]}>"] = None
        for name, value in part.attrib.items():
            if name.lower().startswith("on"):
                places[f"code in '{name[:30]}'"] = None
            elif _is_outside(part.tag, name, value):
                places[f"a reference outside itself in '{name[:30]}'"] = None
    for place in places:
        yield f"the SVG has {place}; {_PLAIN_CURE}"


def _is_outside(tag: str, name: str, value: str) -> bool:
    if name == "href" and tag == "image" and _INLINE.fullmatch(value.strip()):
        return False
    return bool(_OUTSIDE.search(value)) or (name == "href" and not value.startswith("#"))


def _bad_copies(root: Element) -> Iterator[str]:
    """Copies that multiply without end."""
    named = {part.get("id"): part for part in root.iter()}
    counted: dict[Element, float] = {}

    def count(part: Element) -> float:
        if part not in counted:
            counted[part] = float("inf")  # until it is known: a copy of itself has no end
            target = named.get(part.get("href", "").removeprefix("#"))
            shown = count(target) if part.tag == "use" and target is not None else 0
            counted[part] = 1 + sum(map(count, part)) + shown
        return counted[part]

    try:
        too_many = count(root) > _MAX_COPIES and next(root.iter("use"), None) is not None
    except RecursionError:
        too_many = True
    if too_many:
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
    """The part of the drawing that is seen, in its own units: its viewBox, grown to the shape of
    its width and height; all 0 where it has none of them."""
    width, height = (0.0 if "%" in (given := root.get(side, "")) else length(given, 0)
                     for side in ("width", "height"))
    box = numbers(root.get("viewBox", ""))
    how = root.get("preserveAspectRatio", "")
    if len(box) != 4 or min(box[2:]) <= 0:
        box = [0, 0, width, height] if "viewBox" not in root.attrib else [0, 0, 0, 0]
    elif width > 0 and height > 0 and how.strip()[:4] != "none":
        scale, across, down = fit(box, how, width, height)
        box = [0 - across / scale, 0 - down / scale, width / scale, height / scale]
    return box[0], box[1], box[2], box[3]
