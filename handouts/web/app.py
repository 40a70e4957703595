"""The page's addresses: what each takes and answers.

Patient data come in the body of a POST alone. Work runs in threads, so that the page stays awake.
"""

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import Response
from starlette.routing import Route

from handouts.web import answers, links, one, tables
from handouts.web.guard import App, Guard
from handouts.web.many import Batches
from handouts.web.site import Site
from handouts.web.static import files


def make_app(site: Site, port: int) -> App:
    """The whole page behind its guard, for the server on `port`."""
    app = Starlette(
        routes=[*one.ROUTES, *tables.ROUTES, *links.ROUTES, Route("/static/{name}", _static)],
        exception_handlers={HTTPException: _refused, Exception: _broken},
        lifespan=tables.lifespan)
    app.state.site, app.state.batches, app.state.files = site, Batches(site), files(site.brand)
    return Guard(app, port, uploads=tables.UPLOADS, open_paths=links.OPEN)


async def _static(call: Call) -> Response:
    file = call.app.state.files.get(call.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return Response(file.data, media_type=file.kind)


async def _refused(call: Call, error: Any) -> Response:
    return answers.refusal(error.status_code, call.headers)


async def _broken(call: Call, _: Exception) -> Response:
    return answers.refusal(500, call.headers)  # the guard tells of the bug
