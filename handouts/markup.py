"""The closed set of tags that a template may write, and how each becomes a document block.

    <handout>  holds pages
    <page id title pill closed>  holds blocks; <extra> in it holds those for leftover room
    <p>  <ul><li>  text, with <b> for strong, <a href> for a link (https:, tel:, mailto:) and
                   <span lang> for words of another language
    <card kind title badge>  holds blocks          <columns><column share>  hold blocks
    <anatomy figure alt><label anchor strong>      <help title><line icon>
    <massage name who figure alt><about/><fact label/><caution/>
    <research title><finding title/><source/>      <strip><tip icon title/>
    <routine><step number title effort figure alt/>
             <finish number title effort><text/><move title figure alt/>
    <tips><tip icon title>                         <diary title intro ... />
    <questions title><question title>              <terms title><term word>
    <blank label/>  a line to write on             <qr href alt title>  a QR code and its address

Anything else is a PackError that names the tag and the line of the rendered markup. The Stop box,
the Check first list, the patient panel and the disclaimers have no tag: they are put in by code.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from msgspec.structs import replace

from handouts import document as doc
from handouts.errors import PackError


@dataclass
class Element:
    """A tag with its attributes, text and tags inside, and its line."""

    tag: str
    attributes: dict[str, str]
    line: int
    inside: "list[Element | str]" = field(default_factory=list)

    def elements(self, *tags: str) -> "Iterator[Element]":
        """The tags inside, all of which must be among `tags`; stray text is refused."""
        for item in self.inside:
            if isinstance(item, str):
                if item.strip():
                    raise _refused(f"text does not belong straight into <{self.tag}>", self.line)
            elif item.tag not in tags:
                raise _refused(f"<{item.tag}> does not belong into <{self.tag}>", item.line)
            else:
                yield item

    def get(self, name: str, default: str | None = None) -> str:
        """An attribute; without a default it must be there."""
        value = self.attributes.get(name, default)
        if value is None:
            raise _refused(f"<{self.tag}> needs the attribute '{name}'", self.line)
        return value


def _refused(problem: str, line: int) -> PackError:
    return PackError(problem, where=f"template, line {line} of its output",
                     cure="The tags a template may write are listed in handouts/markup.py.")


def read(markup: str) -> tuple[doc.Page, ...]:
    """The pages that a template's output describes."""
    root = _parse(markup)
    if root.tag != "handout":
        raise _refused(f"<{root.tag}> can't be the outermost tag, <handout> is", root.line)
    return tuple(_page(page) for page in root.elements("page"))


def _parse(markup: str) -> Element:
    root = Element("", {}, 1)
    stack = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, attributes, parser.CurrentLineNumber)
        _check_tag(element)
        stack[-1].inside.append(element)
        stack.append(element)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: stack.pop()
    parser.CharacterDataHandler = lambda text: stack[-1].inside.append(text)
    try:
        parser.Parse(markup, True)
    except expat.ExpatError as error:
        raise _refused(f"not well-formed: {expat.errors.messages[error.code]}",
                       error.lineno) from None
    return next(item for item in root.inside if isinstance(item, Element))


def _check_tag(element: Element) -> None:
    known = ATTRIBUTES.get(element.tag)
    if known is None:
        raise _refused(f"<{element.tag}> is not a tag of the markup", element.line)
    for name in element.attributes.keys() - known:
        raise _refused(f"<{element.tag}> has no attribute '{name}'", element.line)


# -- text ------------------------------------------------------------------------------------------


def _runs(element: Element) -> doc.Runs:
    """The text of an element as runs, with white space run together as in HTML."""
    return _trimmed(list(_voices(element, doc.Run(""))))


def _voices(element: Element, voice: doc.Run) -> Iterator[doc.Run]:
    """The text inside an element in the voice around it, as its tags change it."""
    for item in element.inside:
        if isinstance(item, str):
            yield replace(voice, text=_spaced(item))
        elif item.tag == element.tag:
            raise _refused(f"<{item.tag}> does not belong into <{element.tag}>", item.line)
        elif item.tag in VOICES:
            yield from _voices(item, VOICES[item.tag](item, voice))
        else:
            raise _refused(f"<{item.tag}> does not belong into text", item.line)


def _linked(element: Element, voice: doc.Run) -> doc.Run:
    return replace(voice, link=_target(element))


def _target(element: Element) -> str:
    target = element.get("href")
    if not target.startswith(LINKS):
        raise _refused("a link starts with https:, tel: or mailto:", element.line)
    return target


VOICES: dict[str, Callable[[Element, doc.Run], doc.Run]] = {
    "b": lambda element, voice: replace(voice, strong=True),
    "a": _linked,
    "span": lambda element, voice: replace(voice, lang=element.get("lang")),
}
_BLANKS = re.compile("[ \t\r\n\f\v]+")
LINKS = ("https:", "tel:", "mailto:")


def _spaced(text: str) -> str:
    """White space run together as in HTML: a no-break space is none."""
    return _BLANKS.sub(" ", text)


def _trimmed(found: list[doc.Run]) -> doc.Runs:
    runs = [run for run in found if run.text]
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return tuple(run for run in runs if run.text)


def _plain(element: Element) -> str:
    parts = []
    for item in element.inside:
        if not isinstance(item, str):
            raise _refused(f"<{item.tag}> does not belong into <{element.tag}>", item.line)
        parts.append(item)
    return _spaced("".join(parts)).strip(" ")


# -- blocks ----------------------------------------------------------------------------------------


def _page(element: Element) -> doc.Page:
    inside = list(element.elements(*BLOCKS, "extra"))
    return doc.Page(
        id=element.get("id"), title=element.get("title"), pill=element.get("pill", ""),
        blocks=tuple(_block(item) for item in inside if item.tag != "extra"),
        extras=tuple(block for item in inside if item.tag == "extra" for block in _blocks(item)),
        closed=element.get("closed", "no") == "yes")


def _blocks(element: Element) -> tuple[doc.Block, ...]:
    return tuple(_block(item) for item in element.elements(*BLOCKS))


def _block(element: Element) -> doc.Block:
    block: doc.Block = BLOCKS[element.tag](element)
    return block


def _card(element: Element) -> doc.Card:
    kind = element.get("kind")
    if kind not in ("know", "do", "care", "stop", "keep-off", "plain"):
        raise _refused(f"there is no kind of card '{kind}'", element.line)
    return doc.Card(kind, element.get("title"), element.get("badge"), _blocks(element))  # type: ignore[arg-type]


def _columns(element: Element) -> doc.Columns:
    columns = list(element.elements("column"))
    return doc.Columns(tuple(_blocks(column) for column in columns),
                       tuple(_whole(column, "share", "1") for column in columns))


def _whole(element: Element, name: str, default: str | None = None) -> int:
    """An attribute that is a whole number."""
    text = element.get(name, default)
    if not text.isdecimal():
        raise _refused(f"'{text}' is not a number, in {name} of <{element.tag}>", element.line)
    return int(text)


def _figure(element: Element) -> doc.Figure:
    return doc.Figure(element.get("figure"), element.get("alt"))


def _anatomy(element: Element) -> doc.LabelledFigure:
    return doc.LabelledFigure(_figure(element), tuple(
        doc.Label(item.get("anchor"), _plain(item), strong=item.get("strong", "no") == "yes")
        for item in element.elements("label")))


def _help(element: Element) -> doc.Help:
    return doc.Help(element.get("title"), tuple(
        (line.get("icon"), _runs(line)) for line in element.elements("line")))


def _massage(element: Element) -> doc.Massage:
    inside = list(element.elements("about", "fact", "caution"))
    return doc.Massage(
        name=element.get("name"), who=element.get("who"), figure=_figure(element),
        about=_only(inside, "about"),
        facts=tuple(doc.Fact(item.get("label"), _runs(item)) for item in inside
                    if item.tag == "fact"),
        cautions=tuple(_runs(item) for item in inside if item.tag == "caution"))


def _research(element: Element) -> doc.Research:
    inside = list(element.elements("finding", "source"))
    return doc.Research(
        element.get("title"),
        tuple((item.get("title"), _runs(item)) for item in inside if item.tag == "finding"),
        tuple(_plain(item) for item in inside if item.tag == "source"))


def _tip(element: Element) -> doc.Tip:
    return doc.Tip(element.get("icon"), element.get("title"), _plain(element))


def _routine(element: Element) -> doc.Routine:
    inside = list(element.elements("step", "finish"))
    finish = [item for item in inside if item.tag == "finish"]
    if len(finish) != 1:
        raise _refused("<routine> needs one <finish>", element.line)
    return doc.Routine(
        steps=tuple(_step(item) for item in inside if item.tag == "step"),
        finish=_finish(finish[0]))


def _step(element: Element) -> doc.Step:
    return doc.Step(_whole(element, "number"), element.get("title"), element.get("effort"),
                    _figure(element), _runs(element))


def _finish(element: Element) -> doc.Finish:
    inside = list(element.elements("text", "move"))
    return doc.Finish(
        _whole(element, "number"), element.get("title"), element.get("effort"),
        _only(inside, "text"),
        tuple(doc.Move(item.get("title"), _figure(item), _runs(item)) for item in inside
              if item.tag == "move"))


def _blank(element: Element) -> doc.Blank:
    if list(element.elements()):
        raise _refused("<blank> holds nothing", element.line)
    return doc.Blank(element.get("label"))


def _qr(element: Element) -> doc.QrCode:
    return doc.QrCode(_target(element), element.get("alt"), element.get("title"), _plain(element))


def _only(inside: list[Element], tag: str) -> doc.Runs:
    """The text of the one tag of this kind, or nothing; a second one is refused."""
    found = [item for item in inside if item.tag == tag]
    if len(found) > 1:
        raise _refused(f"a second <{tag}>", found[1].line)
    return _runs(found[0]) if found else ()


def _diary(element: Element) -> doc.Diary:
    return doc.Diary(
        element.get("title"), element.get("intro"), _whole(element, "weeks"),
        element.get("week"), tuple(_plain(row) for row in element.elements("row")),
        element.get("pain"), (element.get("least"), element.get("most")))


def _questions(element: Element) -> doc.Questions:
    return doc.Questions(element.get("title"), tuple(
        (item.get("title"), _runs(item)) for item in element.elements("question")))


def _terms(element: Element) -> doc.Terms:
    return doc.Terms(element.get("title"), tuple(
        (item.get("word"), _plain(item)) for item in element.elements("term")))


BLOCKS: dict[str, Callable[[Element], Any]] = {
    "p": lambda element: doc.Paragraph(_runs(element)),
    "ul": lambda element: doc.Bullets(tuple(_runs(item) for item in element.elements("li"))),
    "card": _card,
    "columns": _columns,
    "anatomy": _anatomy,
    "help": _help,
    "massage": _massage,
    "research": _research,
    "strip": lambda element: doc.Strip(tuple(_tip(item) for item in element.elements("tip"))),
    "tips": lambda element: doc.Tips(tuple(_tip(item) for item in element.elements("tip"))),
    "routine": _routine,
    "diary": _diary,
    "questions": _questions,
    "terms": _terms,
    "blank": _blank,
    "qr": _qr,
}

_PICTURE = {"figure", "alt"}
ATTRIBUTES: dict[str, set[str]] = {
    "handout": set(), "page": {"id", "title", "pill", "closed"}, "extra": set(),
    "p": set(), "b": set(), "a": {"href"}, "span": {"lang"}, "ul": set(), "li": set(),
    "columns": set(), "column": {"share"},
    "card": {"kind", "title", "badge"}, "anatomy": _PICTURE, "label": {"anchor", "strong"},
    "help": {"title"}, "line": {"icon"}, "massage": {"name", "who", *_PICTURE}, "about": set(),
    "fact": {"label"}, "caution": set(), "research": {"title"}, "finding": {"title"},
    "source": set(), "strip": set(), "tips": set(), "tip": {"icon", "title"}, "routine": set(),
    "step": {"number", "title", "effort", *_PICTURE}, "finish": {"number", "title", "effort"},
    "text": set(), "move": {"title", *_PICTURE},
    "diary": {"title", "intro", "weeks", "week", "pain", "least", "most"}, "row": set(),
    "questions": {"title"}, "question": {"title"}, "terms": {"title"}, "term": {"word"},
    "blank": {"label"}, "qr": {"href", "alt", "title"},
}
