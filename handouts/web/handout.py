"""One handout: the addresses of the page, its preview, its PDF, saved choices, today's handouts."""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handouts.press.pictures import page_picture
from handouts.press.press import Handout
from handouts.web import answers
from handouts.web.work import TYPED, Work

MOST_FIELDS = 400


async def work_of(call: Call) -> Work:
    """The work that a form without files asks for."""
    async with call.form(max_files=0, max_fields=MOST_FIELDS) as form:
        fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    given = dict(fields)
    words = answers.words_for(call.headers, given.get("switch") or given.get("words", ""))
    return Work(call.app.state.site, words, fields)


async def start(call: Call) -> Response:
    """The page, for nobody yet; `/?code=M17.12,Z79.01&lang=es` is a link in a record system."""
    asked, site = call.query_params, call.app.state.site
    if site.begins and not asked.get("code"):
        return RedirectResponse("/clinic", 303)
    words = answers.words_for(call.headers, asked.get("words", ""))
    work = Work(site, words, [])
    return await run_in_threadpool(work.first, asked.getlist("code"), asked.get("lang", ""))


async def again(call: Call) -> Response:
    """The page with what was typed: in the other language, with a protocol, or without a script."""
    return await run_in_threadpool((await work_of(call)).page, call.headers)


async def preview(call: Call) -> Response:
    """Form and preview anew, for the page's script to put in place of the old ones."""
    return answers.Json(await run_in_threadpool((await work_of(call)).preview))


async def picture(call: Call) -> Response:
    """A page of a preview as a PNG."""
    kept: Handout | None = call.app.state.site.previews.get(call.path_params["token"])
    number, width = call.path_params["number"], call.query_params.get("width", "")
    if kept is None or not 1 <= number <= kept.pages:
        raise HTTPException(404)
    pixels = int(width) if answers.is_small_number(width) else 0
    data = await run_in_threadpool(page_picture, kept.pdf, number, pixels)
    return Response(data, media_type="image/png")


async def forget(call: Call) -> Response:
    """Drops a preview that nobody looks at any more."""
    work = await work_of(call)
    work.site.previews.forget(work.given("token"))
    return Response(status_code=204)


async def find(call: Call) -> Response:
    """The causes and codes that fit what is being typed."""
    work = await work_of(call)
    text, language = work.given("diagnosis")[:TYPED], work.site.language(work.words)
    found = await run_in_threadpool(work.site.diagnoses.matches, text, language)
    asks: str = work.words["cause"]["asks"]
    place = work.site.pack.words_in(language).body.place
    choices = [choice._asdict() | ({"detail": asks.format(place=place, cause=choice.detail)}
                                   if choice.asks else {}) for choice in found.choices]
    return answers.Json({"choices": choices, "more": found.more, "sure": found.is_sure})


async def handout(call: Call) -> Response:
    """The PDF to print or to keep; the page with what is wrong where it can't be made."""
    return await run_in_threadpool((await work_of(call)).handout, call.headers)


async def today(call: Call) -> Response:
    """One of today's handouts printed again or put back into the form, or their list."""
    return await run_in_threadpool((await work_of(call)).today, call.headers)


async def save(call: Call) -> Response:
    """Saves the choices as a protocol."""
    return await run_in_threadpool((await work_of(call)).save, call.headers)


ROUTES = [
    Route("/", start), Route("/", again, methods=["POST"]),
    Route("/preview", preview, methods=["POST"]),
    Route("/pages/{token}/{number:int}", picture),
    Route("/forget", forget, methods=["POST"]),
    Route("/find", find, methods=["POST"]),
    Route("/handout", handout, methods=["POST"]),
    Route("/today", today, methods=["POST"]),
    Route("/protocols", save, methods=["POST"]),
]
