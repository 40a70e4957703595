"""A handout's id: short, from its words alone, so that the same words have the same id anywhere.

It stands under "About this handout", where a text asks for it. Paper, size of type and the
patient's values are not in it.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts import document as doc
from handouts.errors import UsageError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 8
MARK = "{ID}"  # where a text tells it
_NO_WORDS = {(doc.Field, "value"), (doc.Document, "figures")}
_FORGIVEN = str.maketrans("ILO", "110", "- ")


def stamped(document: doc.Document, version: str) -> doc.Document:
    """The document with its id, which its fine print tells."""
    own = identity(document, version)
    pages = tuple(replace(page, blocks=tuple(_filled(block, own) for block in page.blocks))
                  for page in document.pages)
    return replace(document, pages=pages, id=own)


def identity(document: doc.Document, version: str) -> str:
    """The id of a document's words and the version of its content."""
    told = json.dumps([version, *_leaves(document)], ensure_ascii=False, separators=(",", ":"))
    number = int.from_bytes(sha256(told.encode()).digest()[:5])
    signs = "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def tidied(text: str) -> str:
    """An id as it is printed, however it was typed; UsageError for what can't be one."""
    signs = text.upper().translate(_FORGIVEN)
    if len(signs) != LENGTH or not set(signs) <= set(ALPHABET):
        raise UsageError("an id has eight letters and digits", where="id",
                         cure="It stands under \"About this handout\", such as 7K3F-9Q2M.")
    return f"{signs[:4]}-{signs[4:]}"


def words_of(document: doc.Document) -> list[str]:
    """What a document says, a line for each text in reading order, the patient's values apart;
    a picture is what it shows."""
    return [line for text in _texts(document) if (line := " ".join(text.split()))]


# Names, which stand in no text.
_NAMES = {doc.Action: {"icon"}, doc.Card: {"kind", "badge"}, doc.Cited: {"link"},
          doc.Document: {"language", "side", "id"},
          doc.Field: {"id", "value"}, doc.Figure: {"name"}, doc.Label: {"anchor"},
          doc.Line: {"icon"}, doc.Listing: {"kind", "badge"}, doc.Page: {"id"},
          doc.QrCode: {"link"},
          doc.StopColumn: {"badge"}, doc.StopSign: {"picture"}, doc.Thing: {"target"},
          doc.Unexamined: {"target"},
          doc.Tip: {"icon"}, doc.Message: {"picture"}, doc.Warnings: {"pictures"},
          doc.AskFirst: {"text"}}


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple) and node and isinstance(node[0], doc.Run):
        yield "".join(run.text for run in node)
    else:
        for part in _parts(node):
            yield from _texts(part)


def _parts(node: Any) -> Iterable[Any]:
    """What a part of a document is made of."""
    if isinstance(node, tuple):
        return node
    if isinstance(node, doc.Tips):  # its title was added behind them
        return (node.title, node.items)
    if isinstance(node, Struct):
        named = _NAMES.get(type(node), ())
        return [getattr(node, name) for name in node.__struct_fields__ if name not in named]
    return ()


def _leaves(node: Any) -> Iterator[Any]:
    """All that a document says, in reading order, without what is left empty: a field that a later
    version of the program adds changes no id until it says something."""
    if isinstance(node, tuple):
        for item in node:
            yield from _leaves(item)
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            if (type(node), name) not in _NO_WORDS:
                yield from _leaves(getattr(node, name))
    elif node:
        yield node


def _filled(node: Any, own: str) -> Any:
    """A part of a document with its id wherever a text tells it."""
    if isinstance(node, doc.Run):
        return replace(node, text=node.text.replace(MARK, own)) if MARK in node.text else node
    if isinstance(node, tuple):
        return tuple(_filled(item, own) for item in node)
    if isinstance(node, doc.FinePrint | doc.Made):
        return type(node)(*(_filled(getattr(node, name), own) for name in node.__struct_fields__))
    return node
