"""Many at once: files come in, what is seen of a table is shown, their batch is watched, what could
not be made is told, and then the result is fetched.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import PurePath
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from handouts.batch.ledger import Failure
from handouts.errors import HandoutError, UsageError
from handouts.request.look import EDITIONS, PAPERS
from handouts.web import answers, looking, tablewords
from handouts.web.answers import html
from handouts.web.batches import MOST_ROWS, Batch, Batches, NotBegun, Order, Sent
from handouts.web.downloads import KINDS, printed
from handouts.web.guard import UPLOAD_LIMIT
from handouts.web.problems import Problem, own
from handouts.web.site import Site
from handouts.web.texts import Words

UPLOADS = frozenset({"/many", "/many/look"})
_SWEEP_SECONDS = 10.0
_POLL_SECONDS = 0.1
_MOST_FIELDS = 1_000
_MOST_FILES = 20


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Deletes forgotten results while the page runs, and everything when it ends."""
    batches: Batches = app.state.batches

    async def sweep() -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            await run_in_threadpool(batches.sweep)

    sweeping = asyncio.create_task(sweep())
    try:
        yield
    finally:
        sweeping.cancel()
        await run_in_threadpool(batches.close)


async def start(call: Call) -> Response:
    """The page for tables."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    return await run_in_threadpool(_page, call.app.state.site, words)


async def look(call: Call) -> Response:
    """What is seen of a table as it is read now, for the page's script."""
    form = await form_of(call.headers, call.stream())
    words, site = answers.words_for(call.headers, str(form.get("words", ""))), call.app.state.site
    try:
        order, problem = await _order(form, site, words)
    finally:
        await form.close()
    if order is None:
        return answers.Json({"problems": [problem and problem._asdict()]}, 422)
    if form.get("forget"):
        await run_in_threadpool(looking.remember, order, site, forget=True)
        order = order._replace(reading=looking.reading_of(()))
    try:
        shown = await run_in_threadpool(looking.seen, order, site, words)
    except HandoutError as error:
        return answers.Json({"problems": [_refusal(error, order)._asdict()]}, 422)
    return answers.Json({"problems": [], "seen": html("seen.html.j2", site, words, seen=shown)})


async def begin(call: Call) -> Response:
    """Takes a table: the page's script is told the batch, a plain form waits until it is ready."""
    form = await form_of(call.headers, call.stream())
    words = answers.words_for(call.headers, str(form.get("words", "")))
    try:
        order, problem = await _order(form, call.app.state.site, words)
    finally:
        await form.close()
    batches: Batches = call.app.state.batches
    job, as_json = None, answers.wants_json(call.headers)
    if order is not None:
        try:
            problem = await run_in_threadpool(looking.dropped, order, call.app.state.site, words)
            if problem is None and form.get("remember"):
                await run_in_threadpool(looking.remember, order, call.app.state.site)
            job = None if problem else await run_in_threadpool(batches.start, order)
        except HandoutError as error:
            problem = _refusal(error, order)
    if job is not None and not as_json:
        problem = await _waited(job, batches, words)
    problems = [problem] if problem else []
    if not as_json:
        return await run_in_threadpool(_page, call.app.state.site, words, job, problems)
    if job is not None:
        return answers.Json(_state(job, words), 202)
    return answers.Json({"problems": [each._asdict() for each in problems]}, 422)


async def watch(call: Call) -> Response:
    """How far a batch is."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    return answers.Json(_state(_job(call), words))


async def stop(call: Call) -> Response:
    """Stops a batch, and deletes what it made."""
    await run_in_threadpool(call.app.state.batches.drop, _job(call).token)
    return Response(status_code=204)


async def fetch(call: Call) -> Response:
    """The result, as often as it is asked for: a download may be broken off."""
    job = _job(call)
    if job.state != "ready":
        raise HTTPException(409)
    if not job.ready:
        raise HTTPException(404)
    kind, name = KINDS[job.order.kind]
    return StreamingResponse(printed(job, call.app.state.site), media_type=kind, headers={
        "Content-Disposition": f'attachment; filename="{name}"'})


# -- work ------------------------------------------------------------------------------------------


def _job(call: Call) -> Batch:
    job: Batch | None = call.app.state.batches.get(call.path_params["token"])
    if job is None:
        raise HTTPException(404)
    return job


async def _order(form: FormData, site: Site, words: Words) -> tuple[Order | None, Problem | None]:
    """What is asked for, or what is wrong with it."""
    given = {name: str(form.get(name, "")) for name in ("kind", "paper", "language", "edition")}
    known: dict[str, set[str]] = {
        "kind": set(KINDS), "paper": {"", *PAPERS},
        "language": {"", *site.pack.languages}, "edition": {"", *EDITIONS}}
    for name, value in given.items():
        if value not in known[name]:
            return None, own(name, "unknown_choice", words)
    files = [Sent(await file.read(), PurePath(file.filename or "").suffix.lower())
             for file in form.getlist("table") if isinstance(file, UploadFile)]
    files = [file for file in files if file.data]
    if not files:
        return None, own("table", "no_table", words)
    try:
        reading = looking.reading_of((name, value) for name, value in form.multi_items()
                                     if isinstance(value, str))
    except UsageError as error:
        return None, looking.refused(error, words)
    return Order(tuple(files), words=words, reading=reading, **given), None


def _refusal(error: HandoutError, order: Order) -> Problem:
    if isinstance(error, NotBegun):
        return own("table", error.why, order.words, most=MOST_ROWS)
    return own("table", tablewords.of_files(error, order.files), order.words)


async def _waited(job: Batch, batches: Batches, words: Words) -> Problem | None:
    """Waits for a batch, for a browser without a script; a problem if it came to nothing."""
    while job.state == "running":
        await asyncio.sleep(_POLL_SECONDS)
        batches.get(job.token)  # it is still asked for
    return own("table", "stopped", words) if job.state == "stopped" else None


def _state(job: Batch, words: Words) -> dict[str, Any]:
    """What the page tells of a batch; reasons hold no value of a patient."""
    said, made, failed = words["many"], len(job.ready), len(job.failed)
    text: str = said["running"].format(done=job.done, rows=job.count)
    if job.state == "stopped":
        text = said["stopped"]
    elif job.state == "ready":
        text = said["ready"].format(made=made, failed=failed) if made or failed else said["nothing"]
    if (passed := len(job.skipped) - job.left_out) and job.state == "ready":
        text = f"{text} {said['passed'].format(count=passed)}"
    return {"token": job.token, "state": job.state, "rows": job.count, "done": job.done,
            "made": made, "say": text, "problems": [],
            "fetch": said["fetch_some"].format(made=made) if failed else said["fetch"],
            "failed": [_failure(job, each) for each in job.failed],
            "unused": tablewords.of_unused(job.aside.unused, words),
            "first": tablewords.of_made(job.aside, {each.number: each.name for each in job.ready},
                                        words) if job.state == "ready" else [],
            "look": tablewords.of_look(job.aside, job.alike, words, job.lines)}


def _failure(job: Batch, failure: Failure) -> dict[str, Any]:
    """A row that could not be made: why, and what may stand in place of what is wrong."""
    found = job.mendable.get(failure.row)
    return {"row": failure.row, "line": failure.line, "reason": failure.reason,
            "short": found.short if found else failure.reason,
            "menus": [each._asdict() for each in found.menus] if found else []}


def _page(site: Site, words: Words, job: Batch | None = None, problems: Sequence[Problem] = ()
          ) -> Response:
    """The page, with a batch that has ended or with what is wrong."""
    names = words["languages"]
    state = _state(job, words) if job is not None and not problems else None
    return HTMLResponse(html(
        "many.html.j2", site, words, problems=problems, most=MOST_ROWS, job=state,
        said=state["say"] if state else "", columns=tablewords.columns(site, words),
        papers=[(name, words["papers"][name], name == site.brand.paper) for name in PAPERS],
        editions=[(name, words["editions"][name], name == site.brand.edition)
                  for name in EDITIONS],
        seen=looking.blank(),
        languages=[(name, names.get(name, name)) for name in site.pack.languages]),
        422 if problems else 200)


ROUTES = [
    Route("/many", start), Route("/many", begin, methods=["POST"]),
    Route("/many/look", look, methods=["POST"]),
    Route("/many/{token}", watch),
    Route("/many/{token}/stop", stop, methods=["POST"]),
    Route("/many/{token}/result", fetch, methods=["POST"]),
]


class _Parser(MultiPartParser):
    spool_max_size = UPLOAD_LIMIT  # so that a file never leaves the memory


async def form_of(headers: Headers, body: AsyncGenerator[bytes, None]) -> FormData:
    """The fields of a form with a file; raises HTTPException where it is none."""
    if not headers.get("content-type", "").startswith("multipart/form-data"):
        return FormData()
    try:
        return await _Parser(headers, body, max_files=_MOST_FILES, max_fields=_MOST_FIELDS).parse()
    except MultiPartException:
        raise HTTPException(400) from None
