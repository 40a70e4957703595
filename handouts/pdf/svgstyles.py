"""An SVG's style sheets and styles → plain attributes of its elements."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

PAINTED = ("fill", "stroke", "stop-color")
_SELECTOR = re.compile(r"(\*|\w+)?(?:([.#])([\w-]+))?")


class Unkept(ValueError):
    """What an SVG has that would be drawn wrong."""


def cascade(root: Element) -> None:
    """Turns styles into attributes: a rule beats an attribute, a style of its own beats both."""
    rules = _rules(root)
    for parent in list(root.iter()):
        for sheet in parent.findall("style"):
            parent.remove(sheet)
    for element in root.iter():
        for _, selector, body in rules:
            if _selects(selector, element):
                element.attrib.update(body)
        element.attrib.update(_declared(element.attrib.pop("style", "")))


def _rules(root: Element) -> list[tuple[int, re.Match[str], dict[str, str]]]:
    """The rules of all style sheets, the weakest first."""
    rules = []
    for sheet in root.iter("style"):
        for selectors, body in _plain_rules(_without_comments(sheet.text or "")):
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if not match:
                    raise Unkept("a style sheet with more than class names")
                weight = {None: 0, ".": 2, "#": 4}[match[2]] + (match[1] not in (None, "*"))
                rules.append((weight, match, _declared(body)))
    return sorted(rules, key=lambda rule: rule[0])


def _without_comments(text: str) -> str:
    """The style sheet without what stands in comments; one left open goes on to the end."""
    parts, at = list[str](), 0
    while (start := text.find("/*", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("*/", start + 2)
        if end < 0:
            return "".join(parts)
        at = end + 2
    return "".join([*parts, text[at:]])


def _plain_rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule."""
    *rules, rest = text.split("}")
    for selectors, brace, body in (rule.partition("{") for rule in rules):
        if not brace or "{" in body:
            raise Unkept("a style sheet with more than plain rules")
        yield selectors, body
    if rest.strip():
        raise Unkept("a style sheet with more than plain rules")


def _declared(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _selects(selector: re.Match[str], element: Element) -> bool:
    tag, kind, name = selector.groups()
    if tag not in (None, "*", element.tag):
        return False
    if kind == ".":
        return name in element.get("class", "").split()
    return kind is None or element.get("id") == name


def set_current_colours(element: Element, colour: str = "#000000",
                        names: frozenset[str] = frozenset()) -> None:
    """Writes out `currentColor`: the colour of the element that is drawn, its own or inherited.

    `names` are the properties for which the elements around have said it.
    """
    own = element.attrib.pop("color", "inherit")
    inherits = own.lower() in ("inherit", "currentcolor")
    colour = colour if inherits else own
    for name in PAINTED:
        value = element.get(name, "inherit").lower()
        if value == "currentcolor" or (value == "inherit" and name in names and not inherits):
            element.set(name, colour)
        if value != "inherit":
            names = names | {name} if value == "currentcolor" else names - {name}
    for child in element:
        set_current_colours(child, colour, names)
