"""Who may ask, how much and how long; what every answer carries; where every error ends.

An ASGI application around another. A page of another origin can neither send nor read anything
here: the Host header must be ours (DNS rebinding), a POST must come from our own page, and answers
can't be framed, sniffed, cached or shared.
"""

import asyncio
import sys
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from handouts.web.answers import refusal

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

FORM_LIMIT = 64_000  # bytes: a full form with a note of 600 characters in any script is a tenth
UPLOAD_LIMIT = 5_000_000  # bytes
ADDRESS_LIMIT = 4_000  # bytes of path and query
BODY_SECONDS = 20.0  # in which a body must have come
_SAFE_METHODS = {"GET", "HEAD"}
_OWN_SITES = {"same-origin", "none"}  # none: the person asked for it, no page did
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
           "img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; "
           "form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets a request in that may come in; `uploads` are the paths that take a file.

    `open_paths` answer a POST from anywhere, for they hold nothing and change nothing.
    """

    def __init__(self, app: App, port: int, *, uploads: frozenset[str] = frozenset(),
                 open_paths: frozenset[str] = frozenset()) -> None:
        self._app, self._uploads, self._open = app, uploads, open_paths
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            self._hosts |= {"127.0.0.1", "localhost"}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no web sockets: the server closes it
        answer = _Answer(send)
        headers = Headers(scope=scope)
        status = self._refused(scope, headers)
        if status:
            await refusal(status, headers)(scope, receive, answer.send)
            return
        limit = UPLOAD_LIMIT if scope["path"] in self._uploads else FORM_LIMIT
        try:
            await self._app(scope, _Body(receive, limit).receive, answer.send)
        except Exception as error:
            print(_bug(error), file=sys.stderr)  # noqa: T201 (the one line that a bug leaves)
            if not answer.began:
                await refusal(500, headers)(scope, receive, answer.send)

    def _refused(self, scope: Message, headers: Headers) -> int:
        """The status that a request is refused with, or 0."""
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > ADDRESS_LIMIT:
            return 414
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return 421
        is_open = scope["method"] in _SAFE_METHODS or scope["path"] in self._open
        if not is_open and not _is_own(headers, hosts[0].lower()):
            return 403
        limit = UPLOAD_LIMIT if scope["path"] in self._uploads else FORM_LIMIT
        length = headers.get("content-length", "0")
        return 413 if length.isascii() and length.isdecimal() and int(length) > limit else 0


def _is_own(headers: Headers, host: str) -> bool:
    """Whether no page of another origin sends this.

    A browser that is told to send no referrer says `Origin: null` even to the page's own server;
    then Sec-Fetch-Site, which no page can forge, decides. What sends neither is no browser.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN_SITES:
        return False
    if origin is None:
        return True
    return origin == f"http://{host}" or (origin == "null" and site in _OWN_SITES)


class _Answer:
    """Sends an answer with the headers that each must carry."""

    def __init__(self, send: Send) -> None:
        self._send, self.began = send, False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.began = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


class _Body:
    """Hands on a body of at most `limit` bytes that comes in time."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left, self._done = receive, limit, False
        self._until = asyncio.get_running_loop().time() + BODY_SECONDS

    async def receive(self) -> Message:
        if self._done:
            return await self._receive()  # waits for the browser to go away
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413)
        self._done = not message.get("more_body", False)
        return message


def _bug(error: Exception) -> str:
    """A bug in one line: its kind and place, no text that may hold a patient's value."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return (f"handouts: a bug, sorry: {type(error).__name__} in {Path(place.filename).name}, "
            f"line {place.lineno}. Please report this line.")
