"""A template's output as elements: known tags with known attributes, and what is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from handouts.errors import PackError

_PICTURE = {"figure", "alt"}
ATTRIBUTES: dict[str, set[str]] = {
    "handout": set(), "page": {"id", "title", "pill", "closed", "fresh", "more"}, "extra": set(),
    "p": set(), "b": set(), "a": {"href"}, "span": {"lang"}, "ul": set(), "li": set(),
    "columns": set(), "column": {"share"},
    "card": {"kind", "title", "badge"}, "anatomy": _PICTURE, "label": {"anchor", "strong"},
    "message": set(), "things": set(), "pair": set(), "massages": set(), "massage": {"id"},
    "research": {"id"}, "strip": {"id"}, "tips": {"title", "blank"}, "tip": {"id"},
    "routine": set(), "step": {"id"}, "finish": set(), "move": {"id"},
    "diary": set(), "call": set(),
    "questions": {"title"}, "question": {"id"}, "terms": {"title"}, "term": {"id"},
    "plan": {"title"}, "act": {"id"}, "log": {"title", "intro", "days", "day", "date"},
    "ticks": set(), "blanks": set(),
    "topic": {"id"}, "exercises": set(), "exercise": {"id"}, "made": set(), "fine-print": set(),
    "title": {"title", "pill"}, "write": {"label", "icon"}, "blank": {"label", "share"},
    "qr": {"href", "alt", "title"},
}
_BROKEN = {  # by expat's codes
    3: "it is empty", 7: "a tag is not closed before the one around it",
    11: "there are no names of characters but &amp; &lt; &gt; and &quot;: write the character"}
_OTHERWISE = "a tag or a sign is written wrong: write & as &amp; and < as &lt;"


@dataclass
class MarkupTag:
    """A tag with its attributes, text and tags inside, and its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    inside: "list[MarkupTag | str]" = field(default_factory=list)

    def elements(self, *tags: str) -> "Iterator[MarkupTag]":
        """The tags inside, all of which must be among `tags`; stray text is refused."""
        for item in self.inside:
            if isinstance(item, str):
                if item.strip():
                    raise refused(f"text does not belong straight into <{self.tag}>", self.line)
            elif item.tag not in tags:
                raise refused(f"<{item.tag}> does not belong into <{self.tag}>", item.line)
            else:
                yield item

    def get(self, name: str, default: str | None = None) -> str:
        """An attribute; without a default it must be there."""
        value = self.attributes.get(name, default)
        if value is None:
            raise refused(f"<{self.tag}> needs the attribute '{name}'", self.line)
        return value


class MarkupError(PackError):
    """A template writes what it may not, on a `line` of its output."""

    def __init__(self, problem: str, line: int, where: str = "") -> None:
        super().__init__(problem, where=where or f"template, line {line} of its output",
                         cure="The tags a template may write are listed in templates/README.md.")
        self.line = line


def refused(problem: str, line: int) -> MarkupError:
    """The error for what a template may not write, at a line of its output."""
    return MarkupError(problem, line)


def whole(element: MarkupTag, name: str, default: str | None = None) -> int:
    """An attribute that is a whole number."""
    text = element.get(name, default)
    if not (text.isdecimal() and len(text) < 10 and int(text)):
        raise refused(f"'{text[:40]}' is not a number, in {name} of <{element.tag}>",
                      element.line)
    return int(text)


def parse(markup: str) -> MarkupTag:
    """The outermost element of a template's output."""
    root = MarkupTag("", {}, 1)
    stack = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = MarkupTag(tag, attributes, parser.CurrentLineNumber)
        _check_tag(element)
        stack[-1].inside.append(element)
        stack.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].inside.append(text)
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as error:
        raise refused(_BROKEN.get(error.code, _OTHERWISE), error.lineno) from None
    return next(item for item in root.inside if isinstance(item, MarkupTag))


def _check_tag(element: MarkupTag) -> None:
    known = ATTRIBUTES.get(element.tag)
    if known is None:
        raise refused(f"<{element.tag}> is not a tag of the markup", element.line)
    for name in element.attributes.keys() - known:
        raise refused(f"<{element.tag}> has no attribute '{name}'", element.line)
