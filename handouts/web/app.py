"""The page's addresses: what each takes and answers.

Patient data come in the body of a POST alone. Work runs in threads, so that the page stays awake.
"""

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.requests import Request as Call
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from handouts.web import answers, clinic, ehr, handout, hooks, shelf, table, waitingroom
from handouts.web.answers import files
from handouts.web.batches import Batches
from handouts.web.guard import App, Guard, Key, Paths, hosts_of
from handouts.web.instances import WHOSE
from handouts.web.site import Site

_OPEN = (*ehr.PUBLIC, hooks.DISCOVERY)
_PUBLIC = ("/static/", WHOSE, *_OPEN)


def make_app(site: Site, port: int, key: Key | None = None, public_url: str = "") -> App:
    """The whole page behind its guard, for the server on `port`.

    Without a key, whoever reaches the port may use the page. Under the host of `public_url` record
    systems are answered, and links begin with it.
    """
    app = Starlette(
        routes=[*handout.ROUTES, *shelf.ROUTES, *waitingroom.ROUTES, *clinic.ROUTES, *table.ROUTES,
                *ehr.ROUTES, *hooks.ROUTES, Route("/static/{name}", _static),
                Route(WHOSE, _whose)],
        exception_handlers={HTTPException: _refused, ClientDisconnect: _gone,
                            Exception: _broken},
        lifespan=table.lifespan)
    app.state.site, app.state.batches, app.state.files = site, Batches(site), files(site.brand)
    app.state.key, app.state.public_url = key or Key(), public_url.rstrip("/")
    paths = Paths(table.UPLOADS | {clinic.CLINIC} | hooks.CALLS, _PUBLIC, _OPEN,
                  ehr.SHARED | hooks.PATHS, hosts_of(public_url))
    return Guard(app, port, paths, key=key)


async def _whose(call: Call) -> Response:
    """Proves to another start of the program that this page is the one that it knows of."""
    return PlainTextResponse(call.app.state.key.proof(call.query_params.get("challenge", "")))


async def _static(call: Call) -> Response:
    file = call.app.state.files.get(call.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return Response(file.data, media_type=file.kind)


async def _refused(call: Call, error: Any) -> Response:
    return answers.refusal(error.status_code, call.headers)


async def _gone(call: Call, _: Exception) -> Response:
    return answers.refusal(400, call.headers)  # to nobody: who asked hung up, which is no bug


async def _broken(call: Call, _: Exception) -> Response:
    return answers.refusal(500, call.headers)  # the guard tells of the bug
