"""Numbers keep to what they belong to: no line of any layout ends between them.

A number and its unit (`5 seconds`), a range (`0 to 3`, `3 of 10`), a number that ends what is said
(`page 2.`), the number of an emergency with the words around it (`Call 911 now`). The blanks inside
become no-break spaces; the words, and so a handout's id, stay as they are.
"""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from handouts import document as doc

KEPT = "\u00a0"
_TOGETHER = re.compile("|".join((
    r"(?<=[\d}]) (?=[^\W\d_])",  # 5 seconds
    r"(?<=\d [^\W\d_]) (?=[\d{])",  # 0 a 3
    r"(?<=\d [^\W\d_]{2}) (?=[\d{])",  # 0 to 3
    r"(?<=[\w:]) (?=\d+(?:[.;)?!]|$))",  # page 2.
    r"(?<=\w) (?=\{PAGE\})")))  # page 2, when it is known
_APART = (doc.Cited, doc.Field, doc.Figure, doc.Label, doc.QrCode)  # names, and a patient's values


def bound(document: doc.Document, emergency: str) -> doc.Document:
    """The document with its numbers kept to their words; `emergency` is the number to call."""
    # The word before it, and the short one between them: Llame al 911.
    call = re.compile(rf"(?<=\w) (?=(?:[^\W\d_]{{1,3}}[ {KEPT}])?{re.escape(emergency)}\b)")

    def said(node: Any) -> Any:
        if isinstance(node, str):
            return call.sub(KEPT, _TOGETHER.sub(KEPT, node)) if " " in node else node
        if isinstance(node, tuple):
            return tuple(map(said, node))
        if not isinstance(node, Struct) or isinstance(node, _APART):
            return node
        return type(node)(*(said(getattr(node, name)) for name in node.__struct_fields__))

    return replace(document, pages=said(document.pages), footer=said(document.footer))
