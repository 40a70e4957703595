"""The answers that are not a page: PDFs, JSON, and refusals in words."""

from typing import Any
from urllib.parse import quote

import msgspec
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response

from handouts.web.texts import Words, all_words, language_of


class Json(Response):
    """Plain values as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes."""
        return msgspec.json.encode(content)


def pdf(data: bytes, name: str, *, download: bool) -> Response:
    """A PDF to see or to keep, under a name that tells nothing of the patient."""
    way = "attachment" if download else "inline"
    return Response(data, media_type="application/pdf", headers={
        "Content-Disposition": f'{way}; filename="{quote(name)}"',
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'self'"})


def wants_json(headers: Headers) -> bool:
    """Whether it is the page's script that asks."""
    return "application/json" in headers.get("accept", "")


def is_small_number(text: str) -> bool:
    """Whether a text is a number of four digits at most."""
    return text.isascii() and text.isdecimal() and len(text) <= 4


def words_for(headers: Headers, asked: str = "") -> Words:
    """The page's words in the language of a request."""
    return all_words()[language_of(asked, headers.get("accept-language", ""))]


def refusal(status: int, headers: Headers, name: str = "") -> Response:
    """Why a request is not answered: what is wrong and what to do, never what was sent.

    The words are those of the status, or of a `name` of their own.
    """
    words = words_for(headers)
    table = words["refusals"]
    problem, cure = table.get(name or str(status), table["400"])
    if wants_json(headers):
        return Json({"problems": [{"field": "", "text": problem, "cure": cure, "language": ""}]},
                    status)
    return HTMLResponse(_PAGE.format(language=words["language"], title=words["name_of_page"],
                                     problem=problem, cure=cure, back=words["back"]), status)


_PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/static/brand.css">
<link rel="stylesheet" href="/static/page.css">
<main class="refusal"><h1>{problem}</h1><p>{cure}</p><p><a href="/">{back}</a></p></main></html>
"""
