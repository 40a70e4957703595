"""What the page answers: its templates filled, the files that it is made of, PDFs, JSON, refusals.

No name from outside ever meets the file system.
"""

from functools import cache
from typing import Any, NamedTuple
from urllib.parse import quote

import jinja2
import msgspec
from jinja2.sandbox import ImmutableSandboxedEnvironment
from starlette.datastructures import Headers
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response

from handouts import paths
from handouts.brand.brand import Brand
from handouts.html.page import policy
from handouts.web.site import Site
from handouts.web.texts import Words, all_words, language_of

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
          ".svg": "image/svg+xml", ".ttf": "font/ttf"}
_FACES = {"hyperlegible-regular.ttf": "HyperlegiblePlainZero-Regular.ttf",
          "hyperlegible-bold.ttf": "HyperlegiblePlainZero-Bold.ttf"}


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


def page(data: bytes, name: str) -> Response:
    """A page to keep, under a name that tells nothing of the patient; never shown here."""
    return Response(data, media_type="text/html; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{quote(name)}"'})


def shown_page(data: bytes, brand: Brand) -> Response:
    """A handout as a page to read here."""
    return Response(data, media_type="text/html; charset=utf-8", headers={
        "Content-Security-Policy": f"{policy(brand)}; frame-ancestors 'none'"})


def wants_json(headers: Headers) -> bool:
    """Whether it is the page's script that asks."""
    return "application/json" in headers.get("accept", "")


def base_of(call: Call) -> str:
    """What links begin with: the public address, else that under which it was asked."""
    public: str = call.app.state.public_url
    return public or str(call.base_url).rstrip("/")


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


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        loader=jinja2.FileSystemLoader(paths.data_folder("templates") / "web"))


def html(template: str, site: Site, words: Words, **values: Any) -> str:
    """A template of the page, filled."""
    others = {name: table["name"] for name, table in all_words().items()
              if name != words["language"]}
    return _environment().get_template(template).render(
        w=words, brand=site.brand, others=others, **values)


class StaticFile(NamedTuple):
    """A file's bytes and their media type."""

    data: bytes
    kind: str


def files(brand: Brand) -> dict[str, StaticFile]:
    """Every file of the page by its name: styles, scripts, fonts, and the brand's own."""
    own = (paths.data_folder("templates") / "web" / "static").iterdir()
    found = {path.name: StaticFile(path.read_bytes(), _TYPES[path.suffix]) for path in own
             if path.suffix in _TYPES}
    fonts = paths.data_folder("assets") / "fonts"
    found |= {name: StaticFile((fonts / file).read_bytes(), _TYPES[".ttf"])
              for name, file in _FACES.items()}
    found["brand.css"] = StaticFile(_colours(brand).encode(), _TYPES[".css"])
    if brand.logo:
        kind = "image/svg+xml" if brand.logo.kind == "svg" else "image/png"
        found["logo"] = StaticFile(brand.logo.data, kind)
    return found


def _colours(brand: Brand) -> str:
    """The brand's colours, checked as #RRGGBB when the brand was read."""
    colours = brand.colours
    return (f":root {{ --brand: {colours.brand}; --tint: {colours.tint}; "
            f"--outline: {colours.outline}; }}\n")
