"""An SVG's style sheets and styles → plain attributes of its elements."""

import re
from xml.etree.ElementTree import Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
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
        text = re.sub(r"/\*.*?\*/", "", sheet.text or "", flags=re.DOTALL)
        if _RULE.sub("", text).strip():
            raise Unkept("a style sheet with more than plain rules")
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                match = _SELECTOR.fullmatch(selector.strip())
                if not match:
                    raise Unkept("a style sheet with more than class names")
                weight = {None: 0, ".": 2, "#": 4}[match[2]] + (match[1] not in (None, "*"))
                rules.append((weight, match, _declared(body)))
    return sorted(rules, key=lambda rule: rule[0])


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
