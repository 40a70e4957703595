"""A question → the answer that an HTTP server sends, in one of its forms: Atom (RFC 4287), or the
JSON of MedlinePlus Connect.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from xml.etree.ElementTree import Element, SubElement, tostring

from handouts.brand.reviews import Reviews
from handouts.infobutton.feed import (
    Feed,
    FeedEntry,
    FeedLink,
    feed,
    language,
    matched,
    unplaced,
)
from handouts.infobutton.question import (
    CONTENT_TYPES,
    PARAMETERS_AT_MOST,
    Accepted,
    Refused,
    question,
)
from handouts.request.addresses import Address

_ATOM = "http://www.w3.org/2005/Atom"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _parts(root, {"id": feed.id, "title": feed.title, "subtitle": feed.subtitle,
                  "updated": feed.updated})
    author = SubElement(root, "author")
    _parts(author, {"name": feed.author, **({"uri": feed.author_uri} if feed.author_uri else {})})
    if feed.itself:
        SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.itself)
    for scheme, term in feed.categories:
        SubElement(root, "category", scheme=scheme, term=term)
    for entry in feed.entries:
        _atom_entry(SubElement(root, "entry", {"xml:lang": feed.language}), entry)
    declared: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return declared


def _atom_entry(element: Element, entry: FeedEntry) -> None:
    _parts(element, {"id": entry.id, "title": entry.title, "updated": entry.updated,
                     "summary": entry.summary})
    for scheme, term in entry.categories:
        SubElement(element, "category", scheme=scheme, term=term)
    for link in entry.links:
        SubElement(element, "link", rel="alternate", type=link.type, href=link.href,
                   hreflang=link.language, title=link.title)


def _parts(element: Element, texts: Mapping[str, str]) -> None:
    for tag, text in texts.items():
        SubElement(element, tag).text = text


def medline(feed: Feed) -> bytes:
    """The feed in the shape that clients of MedlinePlus Connect read."""
    shaped = {
        "xsi": _XSI, "base": feed.base, "lang": feed.language, "title": _text(feed.title),
        "subtitle": _text(feed.subtitle),
        "author": {"name": _value(feed.author), "uri": _value(feed.author_uri)},
        "updated": _value(feed.updated),
        "category": [{"scheme": scheme, "term": term} for scheme, term in feed.categories],
        "id": _value(feed.id),
        "entry": [_medline_entry(entry, feed.language) for entry in feed.entries],
    }
    return json.dumps({"feed": shaped}, ensure_ascii=False).encode()


def _medline_entry(entry: FeedEntry, language: str) -> dict[str, Any]:
    return {
        "lang": language, "title": _text(entry.title), "link": list(map(_link, entry.links)),
        "id": _value(entry.id), "updated": _value(entry.updated), "summary": _text(entry.summary),
        "category": [{"scheme": scheme, "term": term} for scheme, term in entry.categories],
    }


def _link(link: FeedLink) -> dict[str, str]:
    return {"title": link.title, "rel": "alternate", "type": link.type, "hreflang": link.language,
            "href": link.href}


def _value(text: str) -> dict[str, str]:
    return {"_value": text}


def _text(text: str) -> dict[str, str]:
    return {"_value": text, "type": "text"}


# By the name that question.CONTENT_TYPES gives them.
FORMS: dict[str, Callable[[Feed], bytes]] = {"atom": atom, "medline": medline}


# -- the answer ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What an HTTP server sends: 200 with a feed, or 400 or 415 with a message.

    Of a page the body is left to the server: it shows the handout at `address`, or that none fits,
    in `language`; of the codes in `unplaced` a clinician may say that they are of this part.
    """

    status: int
    content_type: str
    body: bytes
    is_page: bool = False
    address: Address | None = None
    language: str = ""
    unplaced: tuple[str, ...] = ()


def answer(pairs: Iterable[tuple[str, str]], reviews: Reviews, *, base_url: str = "",
           accepted: Accepted | None = None) -> Answer:
    """The answer to a question; without a base URL its links start at the server's root, without
    what is `accepted` there is nobody to show a page to."""
    try:
        asked = question(pairs, accepted or Accepted())
        form = CONTENT_TYPES[asked.content_type]
        if form == "page" and accepted is None:
            raise Refused(415, "a page is shown by 'handouts serve' alone")
    except Refused as refused:
        return Answer(refused.status, "text/plain; charset=utf-8", f"{refused}\n".encode())
    found = matched(asked, reviews.pack)
    if form == "page":
        return Answer(200, "text/html; charset=utf-8", b"", is_page=True, address=found,
                      language=language(asked, reviews.pack),
                      unplaced=() if found else unplaced(asked, reviews.pack))
    told = feed(asked, found, reviews, base_url.rstrip("/"))
    return Answer(200, f"{asked.content_type}; charset=utf-8", FORMS[form](told))


def pairs_of(query: str) -> list[tuple[str, str]]:
    """The names and values of a query or a form; of one with far too many, enough to refuse it."""
    text = query.removeprefix("?")
    whole = "&".join(text.split("&", PARAMETERS_AT_MOST + 1)[:PARAMETERS_AT_MOST + 1])
    return parse_qsl(whole, keep_blank_values=True)
