"""A composed Document held to what the rules leave: the massages, the steps and moves in full, and
no phrase that claims more than is known, whoever wrote it."""

from collections.abc import Collection, Iterator
from typing import Any

from msgspec import Struct

from handouts import document as doc
from handouts.compose.markup.nodes import Stock
from handouts.errors import PackError


def hold_to(document: doc.Document, stock: Stock, banned: Collection[str]) -> None:
    """Raises PackError, naming each problem, for a document that says other than the rules do."""
    nodes = [node for page in document.pages for node in _nodes((page.blocks, page.extras))]
    found = [*_massages(nodes, stock), *_routine(nodes, stock), *_plan(nodes, stock),
             *_claims(document, banned)]
    if found:
        raise PackError("the templates do not say what the rules do", where="handout.html.j2",
                        cure="Mend the templates, or leave --templates out.", problems=found)


def texts(node: object) -> Iterator[str]:
    """The texts of a node, runs of one line together."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple) and node and all(isinstance(item, doc.Run) for item in node):
        yield "".join(item.text for item in node)
    elif isinstance(node, tuple):
        for item in node:
            yield from texts(item)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from texts(getattr(node, name))


def _nodes(node: Any) -> Iterator[Any]:
    if isinstance(node, tuple):
        for item in node:
            yield from _nodes(item)
    elif isinstance(node, Struct):
        yield node
        for name in node.__struct_fields__:
            yield from _nodes(getattr(node, name))


def _massages(nodes: list[Any], stock: Stock) -> Iterator[str]:
    printed = [node for node in nodes if isinstance(node, doc.Massage)]
    for name, card in stock["massage"].items():
        if printed.count(card) != 1:
            yield f"the massage '{name}' must stand there once, and stands {printed.count(card)}x"


def _routine(nodes: list[Any], stock: Stock) -> Iterator[str]:
    """The leaf: the steps on its front, the moves on its back, each once and in full."""
    steps, moves = tuple(stock.get("step", {}).values()), tuple(stock.get("move", {}).values())
    fronts = [node.steps for node in nodes if isinstance(node, doc.Routine)]
    backs = [node.moves for node in nodes if isinstance(node, doc.Finish)]
    for name, found in (("routine", fronts), ("last step", backs)):
        if len(found) != ("step" in stock):
            yield f"the {name} must stand there {int('step' in stock)}x, and stands {len(found)}x"
    if any(found != steps for found in fronts):
        yield "the routine lacks a step, or has them in another order"
    if any(found != moves for found in backs):
        yield "the routine lacks a move, or has them in another order"


def _plan(nodes: list[Any], stock: Stock) -> Iterator[str]:
    told = tuple(act for node in nodes if isinstance(node, doc.Plan) for act in node.actions)
    if told != tuple(stock["act"].values()):
        yield "what to do now lacks an action, or has them in another order"


def _claims(document: doc.Document, banned: Collection[str]) -> Iterator[str]:
    """The phrases of templates and pack that no handout may say; the patient's panel is not ours.
    """
    for page in document.pages:
        blocks = tuple(block for block in page.blocks if not isinstance(block, doc.Hero))
        said = "\n".join((page.title, page.pill, *texts((blocks, page.extras)))).casefold()
        for phrase in banned:
            if phrase.casefold() in said:
                yield f"page '{page.id}' says '{phrase}', which claims more than is known"
