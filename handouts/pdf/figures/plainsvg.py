"""An SVG as anyone exports it → one that svglib draws right; PackError for what it would not.

svglib is silent about what it does not know: opacity of an element, most of CSS, the finer points
of gradients and clip paths. So styles become attributes, copies are written out, opacity goes to
the shapes, gradients are taken out, and whatever could still be drawn wrong is refused.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring, tostring

from handouts.drawings.svg import bare
from handouts.errors import PackError
from handouts.pdf.figures.svgpaint import (
    PAINTED,
    Gradient,
    Unkept,
    cascade,
    read_gradient,
    set_current_colours,
)

SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
PAINT = "pcmyk(0,0,0,{})"  # stands for a gradient; no SVG colour can be mistaken for it
_DRAWN = SHAPES | {"g"}
_KNOWN = _DRAWN | {"svg", "defs", "clipPath"}
_GRADIENTS = ("linearGradient", "radialGradient")
_URL = re.compile(r"url\(\s*['\"]?#([^'\")]+?)['\"]?\s*\).*")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})|rgb\([\d., %]+\)|[a-z]+")
_GOES_ON = re.compile(r"[zZ][\s,]*[^mMzZ\s,]")

# Properties that svglib passes over in silence, with the values that change nothing.
_PLAIN_VALUES = {
    "mask": ("none",), "filter": ("none",), "marker": ("none",), "marker-start": ("none",),
    "marker-mid": ("none",), "marker-end": ("none",), "mix-blend-mode": ("normal",),
    "vector-effect": ("none",), "stroke-dashoffset": ("0", "0px"), "paint-order": ("normal",),
    "transform-origin": (), "transform-box": (), "clipPathUnits": ("userSpaceOnUse",),
    "stroke-linejoin": ("miter", "round", "bevel"), "stroke-linecap": ("butt", "round", "square"),
    "fill-rule": ("nonzero", "evenodd"), "clip-rule": ("nonzero", "evenodd"), "pathLength": (),
}
_WIDEST = 1e6
_NUMBERS = ("opacity", "fill-opacity", "stroke-opacity", "stroke-miterlimit", "stop-opacity")


@dataclass(frozen=True)
class PlainSvg:
    """An SVG without styles, copies or gradients, and what was taken out of it."""

    svg: bytes
    box: tuple[float, float, float, float]
    gradients: tuple[Gradient, ...]
    miter: float


def plain(source: bytes, label: str) -> PlainSvg:
    """The SVG made plain; PackError tells everything that can't be kept."""
    try:
        root = bare(fromstring(source))
    except ParseError as error:
        raise PackError("the SVG is damaged", where=label, cure="Export it again.") from error
    try:
        return _made_plain(root)
    except Unkept as error:
        raise PackError(f"the SVG has {error}, which can't be printed as drawn", where=label,
                        cure="Export it as plain shapes: expand strokes, effects and styles."
                        ) from error


def _made_plain(root: Element) -> PlainSvg:
    cascade(root)
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == "use":
                parent[at] = _copied(child, root, inside=parent.tag)
    _drop_hidden(root)
    set_current_colours(root)
    for element in root.iter():
        _check(element)
    _fold_opacity(root)
    gradients = _take_gradients(root)
    _gather_clips(root)
    root.set("fill", root.get("fill", "#000000"))
    box = _box(root)
    return PlainSvg(tostring(root), box, gradients, _miter(root))


# -- copies and clips ------------------------------------------------------------------------------


def _copied(use: Element, root: Element, *, inside: str) -> Element:
    """What a <use> shows, where it shows it."""
    target = next((part for part in root.iter()
                   if part.get("id") == use.get("href", "").removeprefix("#")), None)
    if target is None or target.tag not in _DRAWN or target.find(".//use") is not None:
        raise Unkept("a copy of something that is no shape")
    place = f"{use.get('transform', '')} translate({use.get('x') or 0},{use.get('y') or 0})"
    given = {key: value for key, value in use.attrib.items()
             if key not in ("x", "y", "width", "height", "href", "id")}
    copy = deepcopy(target)
    copy.attrib.pop("id", None)
    if inside == "clipPath":  # svglib sees no group there
        copy.set("transform", f"{place} {copy.get('transform', '')}")
        return copy
    group = Element("g", given | {"transform": place})
    group.append(copy)
    return group


def _gather_clips(root: Element) -> None:
    """Puts every clip path first, where svglib finds it, and everything unused away."""
    clips = {clip.get("id", ""): clip for clip in root.iter("clipPath")}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("clipPath", "defs", *_GRADIENTS):
                parent.remove(child)
    if any(map(_is_mixed, clips.values())):
        raise Unkept("a clip path of more than one shape")
    for element in root.iter():
        _name_clip(element, clips)
    defs = Element("defs")
    defs.extend(clips.values())
    root.insert(0, defs)


def _is_mixed(clip: Element) -> bool:
    """Whether svglib would get a clip path wrong: several shapes, or one moved or cut itself."""
    return (len(clip) != 1 or clip[0].tag not in SHAPES or bool(clip[0].get("clip-path"))
            or not {"transform", "clip-path"}.isdisjoint(clip.attrib))


def _name_clip(element: Element, clips: dict[str, Element]) -> None:
    """Writes a reference to a clip path the one way that svglib reads."""
    target = element.attrib.pop("clip-path", "none")
    if target == "none":
        return
    match = _URL.fullmatch(target)
    if not match or match[1] not in clips:
        raise Unkept("a clip path that is not there")
    element.set("clip-path", f"url(#{match[1]})")


def _drop_hidden(root: Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("display") == "none":
                parent.remove(child)


# -- what is kept ----------------------------------------------------------------------------------


def _check(element: Element) -> None:
    """Refuses what svglib would pass over, and writes numbers and colours as it reads them."""
    if element.tag not in (*_KNOWN, *_GRADIENTS, "stop"):
        raise Unkept(f"a <{element.tag[:30]}> element")
    if element.tag == "path" and _GOES_ON.search(element.get("d", "")):
        raise Unkept("a path that goes on after its end")
    for name, value in list(element.attrib.items()):
        if value == "inherit":
            continue
        if value not in _PLAIN_VALUES.get(name, (value,)):
            raise Unkept(f"'{name}'")
        if name in _NUMBERS:
            number = _number(value, name)
            element.set(name, f"{min(number, 1) if 'opacity' in name else max(number, 1):g}")
        if name in PAINTED:
            element.set(name, _paint(value, name))


def _number(text: str, name: str) -> float:
    match = re.fullmatch(r"(\d*\.?\d+)(%?)", text)
    if not match:
        raise Unkept(f"'{name}' without a number")
    return float(match[1]) / (100 if match[2] else 1)


def _paint(value: str, name: str) -> str:
    if _URL.fullmatch(value) and name == "fill":
        return value
    low = value.lower()
    if not _COLOUR.fullmatch(low):
        raise Unkept(f"a colour in '{name}' that is not plain")
    if len(low) == 4 and low.startswith("#"):
        return "#" + "".join(2 * digit for digit in low[1:])
    return "none" if low == "transparent" else low


def _fold_opacity(root: Element) -> None:
    """Gives the opacity of an element to its fill or stroke; one of several shapes is refused."""
    for group in root.iter():
        own = float(group.attrib.pop("opacity", "1")) if group.tag in ("svg", "g") else 1
        below = [part for part in group.iter() if part.tag in SHAPES] if own < 1 else []
        if len(below) > 1:
            raise Unkept("an opacity of several shapes together")
        for shape in below:
            shape.set("opacity", f"{own * float(shape.get('opacity', '1')):g}")
    for shape, look in _looks(root, {}):
        own = float(shape.attrib.pop("opacity", "1"))
        if own < 1 and look.get("stroke", "none") != "none" and look.get("fill") != "none":
            raise Unkept("an opacity of fill and stroke together")
        for name in ("fill-opacity", "stroke-opacity") if own < 1 else ():
            shape.set(name, f"{float(look.get(name, '1')) * own:g}")


def _looks(element: Element, above: dict[str, str]) -> Iterator[tuple[Element, dict[str, str]]]:
    """Every shape, with its attributes and those of all groups around it."""
    look = above | {key: value for key, value in element.attrib.items() if value != "inherit"}
    if element.tag in SHAPES:
        yield element, look
    for child in element:
        yield from _looks(child, look)


def _take_gradients(root: Element) -> tuple[Gradient, ...]:
    """Each gradient that fills something; a colour that stands for it is left in its place."""
    named = {part.get("id", ""): part for tag in _GRADIENTS for part in root.iter(tag)}
    taken: dict[str, Gradient] = {}
    for element in root.iter():
        if match := _URL.fullmatch(element.get("fill", "")):
            if match[1] not in named:
                raise Unkept("a fill that is not there")
            try:
                taken.setdefault(match[1], read_gradient(match[1], named))
            except Unkept:
                raise
            except ValueError as error:
                raise Unkept("a gradient with a number or a colour that is none") from error
            element.set("fill", PAINT.format(list(taken).index(match[1])))
    if len(taken) > 100:
        raise Unkept("over 100 gradients")
    return tuple(taken.values())


def _box(root: Element) -> tuple[float, float, float, float]:
    """The viewBox; the sizes in mm go, because a picture is placed at a width of its own."""
    try:
        left, top, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    except ValueError as error:
        raise Unkept("no viewBox") from error
    if not (0 < width < _WIDEST and 0 < height < _WIDEST):
        raise Unkept("a viewBox that is empty or endless")
    for name in ("width", "height", "preserveAspectRatio", "transform", "x", "y"):
        root.attrib.pop(name, None)
    return left, top, width, height


def _miter(root: Element) -> float:
    """The one miter limit of all strokes that need one: svglib does not tell them apart."""
    limits = {look.get("stroke-miterlimit", "4") for _, look in _looks(root, {})
              if look.get("stroke", "none") != "none"
              and look.get("stroke-linejoin", "miter") == "miter"}
    if len(limits) > 1:
        raise Unkept("several miter limits")
    return float(limits.pop()) if limits else 4
