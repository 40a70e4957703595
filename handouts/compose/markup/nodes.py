"""Elements → the blocks of a document, a function a tag."""

from collections.abc import Callable
from typing import Any

from handouts import document as doc
from handouts.compose.markup.tags import Tag, refused, whole
from handouts.compose.markup.voices import plain, runs, target


def page(element: Tag) -> doc.Page:
    """A page with its blocks, and those for leftover room."""
    inside = list(element.elements(*BLOCKS, "extra"))
    return doc.Page(
        id=element.get("id"), title=element.get("title"), pill=element.get("pill", ""),
        blocks=tuple(_block(item) for item in inside if item.tag != "extra"),
        extras=tuple(block for item in inside if item.tag == "extra" for block in _blocks(item)),
        closed=element.get("closed", "no") == "yes")


def _blocks(element: Tag) -> tuple[doc.Block, ...]:
    return tuple(_block(item) for item in element.elements(*BLOCKS))


def _block(element: Tag) -> doc.Block:
    block: doc.Block = BLOCKS[element.tag](element)
    return block


def _card(element: Tag) -> doc.Card:
    kind = element.get("kind")
    if kind not in ("know", "do", "care", "stop", "keep-off", "plain"):
        raise refused(f"there is no kind of card '{kind}'", element.line)
    return doc.Card(kind, element.get("title"), element.get("badge"), _blocks(element))  # type: ignore[arg-type]


def _columns(element: Tag) -> doc.Columns:
    columns = list(element.elements("column"))
    return doc.Columns(tuple(_blocks(column) for column in columns),
                       tuple(whole(column, "share", "1") for column in columns))


def _figure(element: Tag) -> doc.Figure:
    return doc.Figure(element.get("figure"), element.get("alt"))


def _anatomy(element: Tag) -> doc.LabelledFigure:
    return doc.LabelledFigure(_figure(element), tuple(
        doc.Label(item.get("anchor"), plain(item), strong=item.get("strong", "no") == "yes")
        for item in element.elements("label")))


def _help(element: Tag) -> doc.Help:
    return doc.Help(element.get("title"), tuple(
        (line.get("icon"), runs(line)) for line in element.elements("line")))


def _massage(element: Tag) -> doc.Massage:
    inside = list(element.elements("about", "fact", "caution"))
    return doc.Massage(
        name=element.get("name"), who=element.get("who"), figure=_figure(element),
        about=_only(inside, "about"),
        facts=tuple(doc.Fact(item.get("label"), runs(item)) for item in inside
                    if item.tag == "fact"),
        cautions=tuple(runs(item) for item in inside if item.tag == "caution"))


def _research(element: Tag) -> doc.Research:
    inside = list(element.elements("finding", "source"))
    return doc.Research(
        element.get("title"),
        tuple((item.get("title"), runs(item)) for item in inside if item.tag == "finding"),
        tuple(plain(item) for item in inside if item.tag == "source"))


def _tip(element: Tag) -> doc.Tip:
    return doc.Tip(element.get("icon"), element.get("title"), plain(element))


def _routine(element: Tag) -> doc.Routine:
    inside = list(element.elements("step", "finish"))
    finish = [item for item in inside if item.tag == "finish"]
    if len(finish) != 1:
        raise refused("<routine> needs one <finish>", element.line)
    return doc.Routine(
        steps=tuple(_step(item) for item in inside if item.tag == "step"),
        finish=_finish(finish[0]))


def _step(element: Tag) -> doc.Step:
    return doc.Step(whole(element, "number"), element.get("title"), element.get("effort"),
                    _figure(element), runs(element))


def _finish(element: Tag) -> doc.Finish:
    inside = list(element.elements("text", "move"))
    return doc.Finish(
        whole(element, "number"), element.get("title"), element.get("effort"),
        _only(inside, "text"),
        tuple(doc.Move(item.get("title"), _figure(item), runs(item)) for item in inside
              if item.tag == "move"))


def _blank(element: Tag) -> doc.Blank:
    if list(element.elements()):
        raise refused("<blank> holds nothing", element.line)
    return doc.Blank(element.get("label"))


def _qr(element: Tag) -> doc.QrCode:
    return doc.QrCode(target(element), element.get("alt"), element.get("title"), plain(element))


def _only(inside: list[Tag], tag: str) -> doc.Runs:
    """The text of the one tag of this kind, or nothing; a second one is refused."""
    found = [item for item in inside if item.tag == tag]
    if len(found) > 1:
        raise refused(f"a second <{tag}>", found[1].line)
    return runs(found[0]) if found else ()


def _diary(element: Tag) -> doc.Diary:
    return doc.Diary(
        element.get("title"), element.get("intro"), whole(element, "weeks"),
        element.get("week"), tuple(plain(row) for row in element.elements("row")),
        element.get("pain"), (element.get("least"), element.get("most")))


def _questions(element: Tag) -> doc.Questions:
    return doc.Questions(element.get("title"), tuple(
        (item.get("title"), runs(item)) for item in element.elements("question")))


def _terms(element: Tag) -> doc.Terms:
    return doc.Terms(element.get("title"), tuple(
        (item.get("word"), plain(item)) for item in element.elements("term")))


BLOCKS: dict[str, Callable[[Tag], Any]] = {
    "p": lambda element: doc.Paragraph(runs(element)),
    "ul": lambda element: doc.Bullets(tuple(runs(item) for item in element.elements("li"))),
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
