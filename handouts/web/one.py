"""One handout: the page with its form, the preview that follows it, the PDF, saved choices."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from handouts.errors import HandoutError
from handouts.press import Handout
from handouts.web import answers, saved
from handouts.web.asking import Asked, ask
from handouts.web.form import Form, read
from handouts.web.page import html
from handouts.web.pictures import page_picture
from handouts.web.problems import Problem, told
from handouts.web.site import Site
from handouts.web.view import view
from handouts.web.words import Words

MOST_FIELDS = 400
Fields = list[tuple[str, str]]


async def fields_of(call: Call) -> Fields:
    """The fields of a form without files."""
    async with call.form(max_files=0, max_fields=MOST_FIELDS) as form:
        return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


# -- answers ---------------------------------------------------------------------------------------


async def start(call: Call) -> Response:
    """The page, for nobody yet."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    site: Site = call.app.state.site
    own = words["language"] if words["language"] in site.catalogue.languages else ""
    return await run_in_threadpool(_page, site, words, Asked(Form(language=own)), None)


async def again(call: Call) -> Response:
    """The page with what was typed: in the other language, with a protocol, or without a script."""
    fields = await fields_of(call)
    words, site = _words(call, fields), call.app.state.site
    return await run_in_threadpool(_again, site, words, fields)


async def preview(call: Call) -> Response:
    """Form and preview anew, for the page's script to put in place of the old ones."""
    fields = await fields_of(call)
    words, site = _words(call, fields), call.app.state.site
    return answers.Json(await run_in_threadpool(_preview, site, words, fields))


async def picture(call: Call) -> Response:
    """A page of a preview as a PNG."""
    kept: Handout | None = call.app.state.site.previews.get(call.path_params["token"])
    number, width = call.path_params["number"], call.query_params.get("width", "")
    if kept is None or not 1 <= number <= kept.pages:
        raise HTTPException(404)
    pixels = int(width) if width.isascii() and width.isdecimal() and len(width) < 5 else 0
    data = await run_in_threadpool(page_picture, kept.pdf, number, pixels)
    return Response(data, media_type="image/png")


async def forget(call: Call) -> Response:
    """Drops a preview that nobody looks at any more."""
    for name, value in await fields_of(call):
        if name == "token":
            call.app.state.site.previews.forget(value)
    return Response(status_code=204)


async def find(call: Call) -> Response:
    """The causes and codes that fit what is being typed."""
    fields = await fields_of(call)
    site: Site = call.app.state.site
    text = dict(fields).get("diagnosis", "")[:80]
    language = _words(call, fields)["language"]
    found = await run_in_threadpool(site.diagnoses.matches, text, language)
    return answers.Json([choice._asdict() for choice in found])


async def handout(call: Call) -> Response:
    """The PDF to print or to keep; the page with what is wrong where it can't be made."""
    fields = await fields_of(call)
    words, site = _words(call, fields), call.app.state.site
    asked, made = await run_in_threadpool(_made, site, words, read(fields), strict=True)
    if made is not None and asked.advice is not None:
        is_kept = dict(fields).get("way") == "download"
        return answers.pdf(made.pdf, f"{asked.advice.cause}.pdf", download=is_kept)
    if answers.wants_json(call.headers):
        return answers.Json({"problems": [each._asdict() for each in asked.problems]}, 422)
    return await run_in_threadpool(_page, site, words, asked, None, status=422, insists=True)


async def save(call: Call) -> Response:
    """Saves the choices as a protocol."""
    fields = await fields_of(call)
    words, site = _words(call, fields), call.app.state.site
    return await run_in_threadpool(
        _saved, site, words, fields, as_json=answers.wants_json(call.headers))


# -- work, in threads ------------------------------------------------------------------------------


def _words(call: Call, fields: Fields) -> Words:
    given = dict(fields)
    return answers.words_for(call.headers, given.get("switch") or given.get("words", ""))


def _made(site: Site, words: Words, form: Form, *, strict: bool
          ) -> tuple[Asked, Handout | None]:
    """What a form asks for, and the handout if nothing is wrong."""
    asked = ask(form, site, words, strict=strict)
    if asked.request is None:
        return asked, None
    try:
        return asked, site.press.handout(asked.request, site.day)
    except HandoutError as error:
        return replace(asked, problems=(told(error, words),)), None


def _with_protocol(site: Site, words: Words, fields: Fields) -> tuple[Form, Problem | None]:
    """The form, with the protocol's choices where one is to be loaded."""
    form, given = read(fields), dict(fields)
    if given.get("way") != "load" or not given.get("protocol"):
        return form, None
    try:
        return saved.loaded(given["protocol"], form, site), None
    except HandoutError as error:
        return form, told(error, words)._replace(field="protocol")


def _again(site: Site, words: Words, fields: Fields) -> Response:
    form, problem = _with_protocol(site, words, fields)
    asked, made = _made(site, words, form, strict=False)
    if problem:
        asked = replace(asked, problems=(problem, *asked.problems))
    return _page(site, words, asked, made)


def _page(site: Site, words: Words, asked: Asked, made: Handout | None, *, status: int = 200,
          insists: bool = False, said: str = "") -> Response:
    """The whole page; one that `insists` leads to what is wrong."""
    values = _values(site, words, asked, made) | {"insists": insists, "said": said}
    return HTMLResponse(html("page.html.j2", site, words, **values), status)


def _preview(site: Site, words: Words, fields: Fields) -> dict[str, Any]:
    form, problem = _with_protocol(site, words, fields)
    given = dict(fields)
    site.previews.forget(given.get("token", ""))
    asked, made = _made(site, words, form, strict=False)
    if problem:
        asked = replace(asked, problems=(problem, *asked.problems))
    values = _values(site, words, asked, made, width=given.get("width", "")) | {"said": ""}
    pages = made.pages if made else 0
    told_as = words["preview"]["updated"].format(pages=pages) if made else (
        words["preview"]["waiting"] if not asked.form.diagnosis
        else words["preview"]["not_ready"].format(count=len(asked.problems)))
    return {"form": html("form.html.j2", site, words, **values),
            "preview": html("preview.html.j2", site, words, **values),
            "ready": made is not None, "say": told_as}


def _values(site: Site, words: Words, asked: Asked, made: Handout | None,
            width: str = "") -> dict[str, Any]:
    """All that the templates show."""
    shown: Mapping[str, Any] = view(asked, site, words)
    return {**shown, "made": made, "token": site.previews.add(made) if made else "",
            "width": width if width.isascii() and width.isdecimal() and len(width) < 5 else "935",
            "protocols": saved.names(site), "insists": False,
            "is_empty": not asked.form.diagnosis}


def _saved(site: Site, words: Words, fields: Fields, *, as_json: bool) -> Response:
    given = dict(fields)
    asked, made = _made(site, words, replace(read(fields), note=""), strict=True)
    problems, told_as = asked.problems, ""
    if asked.request is not None and made is not None:
        try:
            name = saved.save(given.get("protocol_name", ""), asked, site,
                              replacing=bool(given.get("replace")))
            told_as = words["saved"]["done"].format(name=name)
        except HandoutError as error:
            problems = (saved.problem(error, words),)
    if as_json:
        return answers.Json({"problems": [each._asdict() for each in problems], "say": told_as},
                            422 if problems else 200)
    asked, made = _made(site, words, read(fields), strict=False)
    return _page(site, words, replace(asked, problems=problems or asked.problems), made,
                 status=422 if problems else 200, insists=bool(problems), said=told_as)


ROUTES = [
    Route("/", start), Route("/", again, methods=["POST"]),
    Route("/preview", preview, methods=["POST"]),
    Route("/pages/{token}/{number:int}", picture),
    Route("/forget", forget, methods=["POST"]),
    Route("/find", find, methods=["POST"]),
    Route("/handout", handout, methods=["POST"]),
    Route("/protocols", save, methods=["POST"]),
]
