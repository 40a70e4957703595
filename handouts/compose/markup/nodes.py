"""Elements → the blocks of a document, a function a tag.

What the rules decide on (massages, steps, moves, tips, what helps) and what the pack alone says
(questions, words) a template names by its id: the stock of this handout has the block.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.markup.tags import MarkupTag, refused, whole
from handouts.compose.markup.voices import plain, runs, target

Stock = Mapping[str, Mapping[str, Any]]  # by tag and id


def page(element: MarkupTag, stock: Stock) -> doc.Page:
    """A page with its blocks, and those for leftover room."""
    inside = list(element.elements(*BLOCKS, "extra"))
    return doc.Page(
        id=element.get("id"), title=element.get("title"), pill=element.get("pill", ""),
        blocks=tuple(_block(item, stock) for item in inside if item.tag != "extra"),
        extras=tuple(block for item in inside if item.tag == "extra"
                     for block in _blocks(item, stock)),
        closed=element.get("closed", "no") == "yes", fresh=element.get("fresh", "no") == "yes",
        more=element.get("more", ""))


def _blocks(element: MarkupTag, stock: Stock) -> tuple[doc.Block, ...]:
    return tuple(_block(item, stock) for item in element.elements(*BLOCKS))


def _block(element: MarkupTag, stock: Stock) -> doc.Block:
    block: doc.Block = BLOCKS[element.tag](element, stock)
    return block


def _whole(element: MarkupTag, stock: Stock) -> Any:
    """The one block that the stock has for a tag."""
    return _named(element, stock, "")


def _named(element: MarkupTag, stock: Stock, name: str | None = None) -> Any:
    """What the stock has under an id; words of a template's own are refused."""
    for _ in element.elements():
        pass  # nothing belongs into it
    name, known = element.get("id") if name is None else name, stock.get(element.tag, {})
    if name not in known:
        raise refused(f"there is no {element.tag} '{name[:40]}' on this handout", element.line)
    return known[name]


def _all_named(element: MarkupTag, stock: Stock, tag: str) -> tuple[Any, ...]:
    return tuple(_named(item, stock) for item in element.elements(tag))


def _card(element: MarkupTag, stock: Stock) -> doc.Card:
    kind = element.get("kind")
    if kind not in ("know", "do", "care", "stop", "keep-off", "plain"):
        raise refused(f"there is no kind of card '{kind}'", element.line)
    return doc.Card(kind, element.get("title"), element.get("badge"), _blocks(element, stock))  # type: ignore[arg-type]


def _columns(element: MarkupTag, stock: Stock) -> doc.Columns:
    columns = list(element.elements("column"))
    return doc.Columns(tuple(_blocks(column, stock) for column in columns),
                       tuple(whole(column, "share", "1") for column in columns))


def _anatomy(element: MarkupTag, stock: Stock) -> doc.LabelledFigure:
    return doc.LabelledFigure(doc.Figure(element.get("figure"), element.get("alt")), tuple(
        doc.Label(item.get("anchor"), plain(item), strong=item.get("strong", "no") == "yes")
        for item in element.elements("label")))


def _massages(element: MarkupTag, stock: Stock) -> doc.MassageCards:
    inside = list(element.elements(*BLOCKS))
    return doc.MassageCards(
        tuple(_named(item, stock) for item in inside if item.tag == "massage"),
        tuple(_block(item, stock) for item in inside if item.tag != "massage"))


def _routine(element: MarkupTag, stock: Stock) -> doc.Routine:
    return doc.Routine(_all_named(element, stock, "step"))


def _finish(element: MarkupTag, stock: Stock) -> doc.Finish:
    """The last step with the moves that it names."""
    moves = _all_named(element, stock, "move")
    bare = MarkupTag(element.tag, element.attributes, element.line)
    last: doc.Finish = _named(bare, stock, "finish")
    return replace(last, moves=moves)


def _empty(element: MarkupTag) -> MarkupTag:
    if list(element.elements()):
        raise refused(f"<{element.tag}> holds nothing", element.line)
    return element


def _blank(element: MarkupTag, stock: Stock) -> doc.Blank:
    return doc.Blank(_empty(element).get("label"))


def _write(element: MarkupTag, stock: Stock) -> doc.Line:
    return doc.Line(_empty(element).get("label"), element.get("icon", ""))


def _title(element: MarkupTag, stock: Stock) -> doc.Title:
    return doc.Title(_empty(element).get("title"), element.get("pill", ""))


def _fine_print(element: MarkupTag, stock: Stock) -> doc.FinePrint:
    """The place of the disclaimer, whose words code puts in."""
    _empty(element)
    return doc.FinePrint(())


def _plan(element: MarkupTag, stock: Stock) -> doc.Plan:
    """The actions that it names, with the picture of the rules' choice."""
    return doc.Plan(element.get("title"), stock["plan"]["figure"],
                    _all_named(element, stock, "act"))


def _log(element: MarkupTag, stock: Stock) -> doc.Log:
    """The rows of the rules' choice, under a row for the date."""
    for _ in element.elements():
        pass  # nothing belongs into it
    return doc.Log(element.get("title"), element.get("intro"), whole(element, "days"),
                   element.get("day"), (doc.LogRow(element.get("date")), *stock["log"].values()))


def _blanks(element: MarkupTag, stock: Stock) -> doc.Blanks:
    lines = list(element.elements("blank"))
    return doc.Blanks(tuple(line.get("label") for line in lines),
                      tuple(whole(line, "share", "1") for line in lines))


def _qr(element: MarkupTag, stock: Stock) -> doc.QrCode:
    return doc.QrCode(target(element), element.get("alt"), element.get("title"), plain(element))


BLOCKS: dict[str, Callable[[MarkupTag, Stock], Any]] = {
    "p": lambda element, stock: doc.Paragraph(runs(element)),
    "ul": lambda element, stock: doc.Bullets(
        tuple(runs(item) for item in element.elements("li"))),
    "card": _card,
    "columns": _columns,
    "anatomy": _anatomy,
    "message": _whole,
    "things": _whole,
    "pair": _whole,
    "massage": _named,
    "massages": _massages,
    "research": _named,
    "topic": _named,
    "made": lambda element, stock: _named(element, stock, "made"),
    "exercises": lambda element, stock: doc.Exercises(_all_named(element, stock, "exercise")),
    "title": _title,
    "write": _write,
    "fine-print": _fine_print,
    "strip": _named,
    "tips": lambda element, stock: doc.Tips(
        _all_named(element, stock, "tip"), element.get("title", ""), element.get("blank", "")),
    "routine": _routine,
    "finish": _finish,
    "diary": lambda element, stock: _named(element, stock, "diary"),
    "call": lambda element, stock: _named(element, stock, "call"),
    "questions": lambda element, stock: doc.Questions(
        element.get("title"), _all_named(element, stock, "question")),
    "terms": lambda element, stock: doc.Terms(
        element.get("title"), _all_named(element, stock, "term")),
    "blank": _blank,
    "plan": _plan,
    "log": _log,
    "ticks": lambda element, stock: doc.Ticks(
        tuple(runs(item) for item in element.elements("li"))),
    "blanks": _blanks,
    "qr": _qr,
}
