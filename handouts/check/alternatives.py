"""Do pictures have an alternative text that says something?"""

import re
from collections import Counter
from collections.abc import Iterator

from handouts.check import access
from handouts.check.findings import Finding, fault
from handouts.check.painted import PaintedPdf
from handouts.check.tree import TreeNode

_FILE = re.compile(r"^\S+\.(?:png|jpe?g|gif|svg|tiff?|bmp|webp|pdf|eps|ai|emf|wmf)$"
                   r"|^[\w-]*[\\/]\S+$"
                   r"|^(?:img|dsc|dscn|pict?|scan|screenshot)[\s_-]?\d+\w*$", re.I)
_NUMBERED = re.compile(
    r"^(?:(?:a|an|the|this|my|alt|alternative|placeholder|inline)\s+)*"
    r"(?:image|img|picture|pic|photo|photograph|figure|fig|graphic|illustration|drawing|icon|logo"
    r"|diagram|chart|graph|shape|object|clip\s?art|screenshot|imagen|foto|figura|dibujo|bild|abbildung)s?"
    r"(?:\s+(?:of|de))?[\s.:#_-]*(?:no\.?\s*)?[\divx]*[\s.:]*$", re.I)
_JUNK = {
    "alt", "alttext", "text", "description", "desc", "caption", "untitled", "unnamed",
    "unknown", "undefined", "null", "none", "nil", "nan", "na", "tbd", "todo", "tba", "xxx",
    "test", "testing", "placeholder", "lorem", "ipsum", "foo", "bar", "baz", "blah", "asdf",
    "qwerty", "qwertz", "spacer", "blank", "empty", "default", "decorative", "temp", "tmp",
    "new", "dummy", "sample", "example", "missing", "something", "here",
}
_SAME = 0.95  # the share of two drawings' code
Picture = Counter[bytes]
_ENOUGH = 500  # characters to judge by
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789", "abcdefghijklmnopqrstuvwxyz")


def problems(facts: PaintedPdf) -> list[Finding]:
    """Figures whose alternative text is missing, is junk, or says the same of another picture."""
    if facts.tree is None:
        return []
    figures = [element for element in facts.tree.elements if element.kind in ("Figure", "Formula")]
    return [*_without_words(figures), *_same(facts, figures)]


def _alternative(figure: TreeNode) -> str:
    return " ".join((figure.text_of("Alt") or figure.text_of("ActualText")).split())


def _without_words(figures: list[TreeNode]) -> Iterator[Finding]:
    for figure in figures:
        if not (figure.has("Alt") or figure.has("ActualText")):
            yield fault("alt", figure.first_page, f"{figure.label} has no alternative text")
        elif why := junk(_alternative(figure)):
            yield fault("alt-words", figure.first_page, f"{figure.label} {why}")


def junk(alternative: str) -> str:
    """Why an alternative text says nothing; '' if it may say something."""
    words = re.findall(r"[^\W_]+", alternative[:_ENOUGH].lower())
    if not words:
        return "has an empty alternative text"
    if _FILE.match(alternative.strip()[:_ENOUGH]):
        return "has a file name for its alternative text"
    if _NUMBERED.match(alternative.strip()[:_ENOUGH]):
        return "has an alternative text that only says it is a picture"
    if all(word in _JUNK or _no_word(word) for word in words):
        return "has an alternative text that says nothing"
    return ""


def _no_word(word: str) -> bool:
    """Not a word of any language in Latin letters; words in other scripts are let pass."""
    if not word.isascii():
        return False
    return (len(word) < 3 or word.isdigit() or not re.search(r"[aeiouy]", word)
            or re.fullmatch(r"(.{1,3})\1+", word) is not None
            or any(word in keys for keys in _KEYS))


def _same(facts: PaintedPdf, figures: list[TreeNode]) -> Iterator[Finding]:
    seen: dict[str, TreeNode] = {}
    for figure in figures:
        said = _alternative(figure).lower()
        if not said or junk(said):
            continue
        first = seen.setdefault(said, figure)
        if first is not figure and not _is_same(_picture(facts, first), _picture(facts, figure)):
            yield fault("alt-same", figure.first_page,
                        f"{figure.label} has the words of {first.label}, another picture")


def _picture(facts: PaintedPdf, figure: TreeNode) -> Picture:
    """What tells a picture from another: its pieces of code, or the size of its paths."""
    paints = [paint for claim in figure.claims() for paint in facts.paints.get(claim.content, ())]
    objects = {paint.picture for paint in paints if paint.picture is not None}
    if objects:
        return Counter(piece for key in sorted(objects) for piece in _pieces(facts, key))
    boxes = [paint.box for paint in paints if paint.box]
    return Counter(f"{box.width:.0f} {box.height:.0f}".encode() for box in boxes)


def _pieces(facts: PaintedPdf, key: access.Key) -> list[bytes]:
    """The words of a form's code, or the bytes of an image as one."""
    node = access.fetched(facts.opened.pdf, key)
    if access.name(access.entry(node, "Subtype")) != "Form":
        return [b"%d %d" % key]
    return (access.stream_bytes(node) or b"%d %d" % key).split()


def _is_same(one: Picture, other: Picture) -> bool:
    """The same drawing, which may have been cut out or scaled in another way."""
    return (one & other).total() >= _SAME * max(one.total(), other.total())
