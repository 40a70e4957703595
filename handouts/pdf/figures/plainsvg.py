"""An SVG's text → its elements, each with its styles as attributes, and what is seen of it."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from handouts.drawings.svg import bare, numbers
from handouts.errors import PackError
from handouts.pdf.figures.svgpaint import Unkept

_WIDEST = 1e6
# Properties of which only these values can be kept.
_PLAIN_VALUES = {
    "filter": ("none",), "mix-blend-mode": ("normal",), "vector-effect": ("none",),
    "marker": ("none",), "marker-start": ("none",), "marker-mid": ("none",),
    "marker-end": ("none",), "transform-origin": (), "transform-box": (), "pathLength": (),
    "rotate": ("none",), "scale": ("none",), "translate": ("none",)}
_IDLE_RULES = ("font-face", "charset", "namespace")  # they change no shape


def read_svg(source: bytes, label: str) -> Element:
    """The root of an SVG with its styles as attributes; PackError where it is damaged."""
    try:
        root = bare(fromstring(source))
    except ParseError as error:
        raise PackError("the SVG is damaged", where=label, cure="Export it again.") from error
    for element in root.iter():
        element.attrib.update(_declared(element.get("style", "")))
    return root


def size_of(root: Element, units: int) -> tuple[int, int]:
    """Width and height in units, of which the longer side has so many."""
    *_, wide, high = view_box(root)
    scale = units / max(wide, high)
    return max(1, round(wide * scale)), max(1, round(high * scale))


def view_box(root: Element) -> tuple[float, float, float, float]:
    """What is seen of the drawing: its left and upper edge, its width and height."""
    box = numbers(root.get("viewBox", ""))
    if len(box) != 4:
        raise Unkept("no viewBox")
    if not (0 < box[2] < _WIDEST and 0 < box[3] < _WIDEST):
        raise Unkept("a viewBox that is empty or endless")
    return box[0], box[1], box[2], box[3]


# -- styles ----------------------------------------------------------------------------------------


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def apply_styles(root: Element) -> None:
    """Turns rules of style sheets into attributes; an element's own style beats them.

    Unkept for rules that depend on more than the drawing.
    """
    text = "".join(sheet.text or "" for sheet in root.iter("style"))
    if not text.strip():
        return
    import cssselect2

    matcher = cssselect2.Matcher()
    try:
        for selector, found in _rules(text):
            matcher.add_selector(selector, found)
    except (cssselect2.SelectorError, RecursionError) as error:
        raise Unkept("a style sheet that can't be read") from error
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        element = wrapper.etree_element
        own = _declared(element.get("style", ""))
        for *_, found in matcher.match(wrapper):
            element.attrib.update(found)
        element.attrib.update(own)


def _rules(text: str) -> Iterator[tuple[object, dict[str, str]]]:
    """Each selector of the style sheet, with what it declares."""
    import cssselect2
    import tinycss2

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword in _IDLE_RULES:
            continue
        if rule.type != "qualified-rule":
            raise Unkept("a style sheet with more than plain rules")
        found = {part.lower_name: tinycss2.serialize(part.value).strip()
                 for part in tinycss2.parse_blocks_contents(rule.content)
                 if part.type == "declaration"}
        for selector in cssselect2.compile_selector_list(rule.prelude):
            if selector.pseudo_element is None:
                yield selector, found


def check_kept(element: Element) -> None:
    """Refuses what would change how an element looks and can't be kept."""
    for name, plain in _PLAIN_VALUES.items():
        if element.get(name, "inherit") not in (*plain, "inherit"):
            raise Unkept(f"the property '{name}'")
