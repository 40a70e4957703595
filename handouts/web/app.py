"""The page's addresses: what each takes and answers.

Patient data come in the body of a POST alone. Work runs in threads, so that the page stays awake.
"""

from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request as Call
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from handouts.errors import HandoutError
from handouts.press import Handout
from handouts.web import many, saved
from handouts.web.answers import Json, pdf, refusal, wants_json, words_for
from handouts.web.asking import Asked, ask
from handouts.web.form import Form, read
from handouts.web.guard import App, Guard
from handouts.web.page import html
from handouts.web.pictures import page_picture
from handouts.web.problems import Problem, told
from handouts.web.site import Site
from handouts.web.static import File, files
from handouts.web.view import view
from handouts.web.words import Words

MOST_FIELDS = 400


def make_app(site: Site, port: int) -> App:
    """The whole page behind its guard, for the server on `port`."""
    pages = Pages(site)
    batches = many.Batches(site)
    app = Starlette(
        routes=[*pages.routes(), *batches.routes()],
        exception_handlers={HTTPException: _refused},
        lifespan=batches.lifespan)
    return Guard(app, port, uploads=frozenset({"/many"}))
