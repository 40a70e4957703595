"""The waiting room on the page: its handouts and posters, one by one or all in a ZIP."""

from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from handouts.request.addresses import Address, written
from handouts.request.look import EDITIONS, PAPERS, Edition, Format
from handouts.request.request import Request
from handouts.waiting import WaitingRoom
from handouts.web import answers
from handouts.web.checked import FORMATS
from handouts.web.site import Site
from handouts.web.texts import Words

POSTERS = "posters"
_FIELDS = 20


def page(site: Site, words: Words) -> Response:
    """What can be had, each as a link to look at, and the choices for all of it."""
    own, brand = site.language(words), site.brand
    said = site.pack.words_in(own)
    causes = site.pack.body.waiting.handouts or tuple(site.pack.structure.causes)
    values: dict[str, Any] = {
        "causes": sorted((said.causes[cause].name, [
            (words["languages"].get(language, language), written(Address(cause, language=language)))
            for language in site.pack.languages]) for cause in causes),
        "languages": [("", words["room"]["all"], True), *(
            (name, words["languages"].get(name, name), False) for name in site.pack.languages)],
        "papers": [(name, words["papers"][name], name == brand.paper) for name in PAPERS],
        "formats": [(name, words["formats"][name or "none"], not name) for name in FORMATS],
        "editions": [(name, words["editions"][name], name == brand.edition) for name in EDITIONS]}
    return HTMLResponse(answers.html("room.html.j2", site, words, **values))


def packed(site: Site, given: dict[str, str]) -> Response:
    """All of it in a ZIP; a choice that is not on the page is as if none were made."""
    asked, is_poster = _request(given), given.get("kind") == POSTERS
    if is_poster:
        asked = Request("", paper=asked.paper, mono=asked.mono)
    language = given.get("language", "")
    languages = (language,) if language in site.pack.languages else ()
    packed_up = BytesIO()
    with ZipFile(packed_up, "w", ZIP_DEFLATED) as archive:
        for made, handout in WaitingRoom(site.press, asked, site.day).each(
                languages, posters=is_poster):
            archive.writestr(made.file, handout.pdf)
    name = "posters.zip" if is_poster else "waiting-room.zip"
    return Response(packed_up.getvalue(), media_type="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{name}"'})


def _request(given: dict[str, str]) -> Request:
    def one(name: str, known: tuple[str, ...]) -> str:
        value = given.get(name, "")
        return value if value in known else ""

    return Request("", paper=one("paper", PAPERS), mono=bool(given.get("mono")),
                   format=cast(Format, one("format", FORMATS)),
                   edition=cast(Edition, one("edition", EDITIONS)))


async def look(call: Call) -> Response:
    """The page of the waiting room."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    return await run_in_threadpool(page, call.app.state.site, words)


async def fetch(call: Call) -> Response:
    """The ZIP."""
    async with call.form(max_files=0, max_fields=_FIELDS) as form:
        given = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(packed, call.app.state.site, given)


ROUTES = [Route("/room", look), Route("/room", fetch, methods=["POST"])]
