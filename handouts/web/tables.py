"""Many at once: a table comes in, its batch is watched, its result is fetched once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import PurePath
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from handouts.errors import HandoutError
from handouts.web import answers
from handouts.web.asking import PAPERS
from handouts.web.many import KINDS, MOST_ROWS, Batch, Batches, Order
from handouts.web.page import html
from handouts.web.problems import Problem, own, sentence, told
from handouts.web.site import Site
from handouts.web.words import Words

UPLOADS = frozenset({"/many"})
_SWEEP_SECONDS = 10.0
_POLL_SECONDS = 0.1


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
    return await run_in_threadpool(_page, call.app.state.site, words, None, ())


async def begin(call: Call) -> Response:
    """Takes a table: the page's script is told the batch, a plain form waits for the result."""
    async with call.form(max_files=1, max_fields=20) as form:
        words = answers.words_for(call.headers, str(form.get("words", "")))
        order, problem = await _order(form, call.app.state.site, words)
    batches: Batches = call.app.state.batches
    job, as_json = None, answers.wants_json(call.headers)
    if order is not None:
        try:
            job = await run_in_threadpool(batches.start, order)
        except HandoutError as error:
            problem = _refusal(error, words)
    if job is not None and as_json:
        return answers.Json(_state(job, words), 202)
    if job is not None:
        return await _waited(job, batches, call, words)
    problems = [problem] if problem else []
    if as_json:
        return answers.Json({"problems": [each._asdict() for each in problems]}, 422)
    return await run_in_threadpool(_page, call.app.state.site, words, None, problems, 422)


async def watch(call: Call) -> Response:
    """How far a batch is."""
    words = answers.words_for(call.headers, call.query_params.get("words", ""))
    return answers.Json(_state(_job(call), words))


async def stop(call: Call) -> Response:
    """Stops a batch, and deletes what it made."""
    await run_in_threadpool(call.app.state.batches.drop, _job(call).token)
    return Response(status_code=204)


async def fetch(call: Call) -> Response:
    """The result; it is deleted when it was sent."""
    job = _job(call)
    if job.state != "ready":
        raise HTTPException(409)
    return _result(job, call)


# -- work ------------------------------------------------------------------------------------------


def _job(call: Call) -> Batch:
    job: Batch | None = call.app.state.batches.get(call.path_params["token"])
    if job is None:
        raise HTTPException(404)
    return job


async def _order(form: FormData, site: Site, words: Words) -> tuple[Order | None, Problem | None]:
    """What is asked for, or what is wrong with it."""
    file = form.get("table")
    given = {name: str(form.get(name, "")) for name in ("kind", "paper", "language")}
    known = {"kind": set(KINDS), "paper": {"", *PAPERS},
             "language": {"", *site.catalogue.languages}}
    for name, value in given.items():
        if value not in known[name]:
            return None, own(name, "unknown_choice", words)
    data = await file.read() if isinstance(file, UploadFile) else b""
    if not isinstance(file, UploadFile) or not data:
        return None, own("table", "no_table", words)
    suffix = PurePath(file.filename or "").suffix.lower()
    return Order(data, suffix, **given), None


def _refusal(error: HandoutError, words: Words) -> Problem:
    if error.where in ("busy", "rows"):
        return own("table", error.where, words, most=MOST_ROWS)
    return told(error, words)._replace(field="table")


async def _waited(job: Batch, batches: Batches, call: Call, words: Words) -> Response:
    """The result of a batch once it is there, for a browser without a script."""
    while job.state == "running":
        batches.get(job.token)
        await asyncio.sleep(_POLL_SECONDS)
    if job.state == "ready":
        return _result(job, call)
    batches.drop(job.token)
    problem = _refusal(job.error, words) if job.error else own("table", "stopped", words)
    return await run_in_threadpool(_page, call.app.state.site, words, None, [problem], 422)


def _result(job: Batch, call: Call) -> Response:
    batches: Batches = call.app.state.batches
    return FileResponse(job.result, media_type=KINDS[job.order.kind], filename=job.result.name,
                        background=BackgroundTask(batches.drop, job.token))


def _state(job: Batch, words: Words) -> dict[str, Any]:
    """What the page tells of a batch; reasons hold no value of a patient."""
    report = job.report
    made, failed = len(report.get("made", ())), report.get("failed", [])
    said = words["many"]
    text = {"running": said["running"].format(done=job.done, rows=len(job.rows)),
            "ready": said["ready"].format(made=made, failed=len(failed)),
            "stopped": said["stopped"], "failed": said["broken"]}[job.state]
    problems = [_refusal(job.error, words)._asdict()] if job.error else []
    return {"token": job.token, "state": job.state, "rows": len(job.rows), "done": job.done,
            "made": made, "say": text, "problems": problems, "failed": [
                {"row": each["row"], "line": each["line"], "reason": _sentences(each["reason"])}
                for each in failed],
            "unused": [f"{kind} ({count})" for kind, count in report.get("unmapped", {}).items()]}


def _sentences(reason: str) -> str:
    return " ".join(map(sentence, reason.splitlines()))


def _page(site: Site, words: Words, said: str | None, problems: Any, status: int = 200
          ) -> Response:
    names = words["languages"]
    return HTMLResponse(html(
        "many.html.j2", site, words, problems=problems, said=said or "", most=MOST_ROWS,
        papers=[(name, words["papers"][name], name == site.brand.paper) for name in PAPERS],
        languages=[(name, names.get(name, name)) for name in site.catalogue.languages]), status)


ROUTES = [
    Route("/many", start), Route("/many", begin, methods=["POST"]),
    Route("/many/{token}", watch),
    Route("/many/{token}/stop", stop, methods=["POST"]),
    Route("/many/{token}/result", fetch, methods=["POST"]),
]
