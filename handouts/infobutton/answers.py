"""A question → the answer that an HTTP server sends."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from handouts.brand.reviews import Reviews
from handouts.infobutton.feed import feed, matched
from handouts.infobutton.forms import FORMS
from handouts.infobutton.question import CONTENT_TYPES, PARAMETERS_AT_MOST, Refused, question


@dataclass(frozen=True)
class Answer:
    """What an HTTP server sends: 200 with a feed, or 400 or 415 with a message."""

    status: int
    content_type: str
    body: bytes


def answer(pairs: Iterable[tuple[str, str]], reviews: Reviews, *, base_url: str = "") -> Answer:
    """The answer to a question; without a base URL its links start at the server's root."""
    try:
        asked = question(pairs)
    except Refused as refused:
        return Answer(refused.status, "text/plain; charset=utf-8", f"{refused}\n".encode())
    found = feed(asked, matched(asked, reviews.catalogue), reviews, base_url.rstrip("/"))
    form = FORMS[CONTENT_TYPES[asked.content_type]]
    return Answer(200, f"{asked.content_type}; charset=utf-8", form(found))


def pairs_of(query: str) -> list[tuple[str, str]]:
    """The names and values of a query or a form; of one with far too many, enough to refuse it."""
    text = query.removeprefix("?")
    whole = "&".join(text.split("&", PARAMETERS_AT_MOST + 1)[:PARAMETERS_AT_MOST + 1])
    return parse_qsl(whole, keep_blank_values=True)
