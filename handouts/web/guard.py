"""Who may ask, how much and how long; what every answer carries; where every error ends.

An ASGI application around another. A page of another origin can neither send nor read anything
here: the Host header must be ours (DNS rebinding), a POST must come from our own page, what another
origin's page asks for is refused unless someone goes to it, and answers can't be framed, sniffed,
cached or shared. Another user of this computer lacks the page's key.
"""

import asyncio
import hmac
import secrets
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from html import escape
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response

from handouts.system.bugs import bug_line
from handouts.web.answers import refusal


class Key:
    """A key, made anew with each start, or known by its token."""

    def __init__(self, token: str = "") -> None:
        self.token = token or secrets.token_urlsafe(24)
        self.cookie = self._signed("cookie", "")
        self._used: set[str] = set()

    def ticket(self) -> str:
        """What lets one browser in, once."""
        number = secrets.token_hex(8)
        return f"{number}-{self._signed('ticket', number)}"

    def proof(self, challenge: str) -> str:
        """What only a holder of the key can answer to a challenge."""
        return self._signed("proof", challenge)

    def admits(self, given: str) -> bool:
        """Whether this is the token, or a ticket that was not used."""
        number, _, signed = given.partition("-")
        if _same(signed, self._signed("ticket", number)) and number not in self._used:
            self._used.add(number)
            return True
        return _same(given, self.token)

    def is_cookie(self, given: str) -> bool:
        """Whether this is the cookie of a browser that was let in."""
        return _same(given, self.cookie)

    def _signed(self, kind: str, text: str) -> str:
        """A signature; those of one kind say nothing of another's."""
        return hmac.new(self.token.encode(), f"{kind}:{text}".encode(), "sha256").hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

FORM_LIMIT = 64_000  # bytes: a full form with a note of 600 characters in any script is a tenth
UPLOAD_LIMIT = 5_000_000  # bytes
ADDRESS_LIMIT = 4_000  # bytes of path and query
BODY_SECONDS = 20.0  # in which a body must have come
MOST_AT_ONCE = 100  # requests; of the paths that are open to all, and of the others
_STEP = "onward"  # a link has led on once
_NO_KEY = "key"  # the words of a refusal
_SAFE_METHODS = {"GET", "HEAD"}
_OWN_SITES = {"same-origin", "none"}  # none: the person asked for it, no page did
_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
           "img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; "
           "form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
# What lets a page of another origin read an answer: it holds nothing that is a person's.
SHARED_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept, Accept-Language",
}
PREFLIGHT_HEADERS = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type",
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "86400",
}
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Paths(NamedTuple):
    """What is special about some paths: how they begin, or what they are.

    `uploads` take a file. `public` ones need no key, for they hold nothing about a patient; those
    that are `open` are answered under the public `hosts`, too, and of them those that are `shared`
    to a page of another origin, for they change nothing.
    """

    uploads: frozenset[str] = frozenset()
    public: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()

    def is_public(self, path: str) -> bool:
        """Whether a path needs no key."""
        return path.startswith(self.public)


class Guard:
    """Lets a request in that may come in; without a key, whoever reaches the port may."""

    def __init__(self, app: App, port: int, paths: Paths, *,
                 key: Key | None = None, most: int = MOST_AT_ONCE) -> None:
        self._app, self._paths, self._key, self._most = app, paths, key, most
        self._cookie = f"handouts-{port}"  # browsers keep cookies by host, not by port
        self._at_work = {True: 0, False: 0}
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
        answer = _Answer(send, is_shared=self._is_shared(scope["path"]))
        headers = Headers(scope=scope)
        early = self._early(scope, headers)
        if early is not None:
            await early(scope, receive, answer.send)
            return
        kind = self._paths.is_public(scope["path"])
        self._at_work[kind] += 1
        try:
            await self._app(scope, _Body(receive, self._limit(scope)).receive, answer.send)
        except Exception as error:
            print(bug_line(error), file=sys.stderr)  # noqa: T201 (the one line that a bug leaves)
            if not answer.began:
                await refusal(500, headers)(scope, receive, answer.send)
        finally:
            self._at_work[kind] -= 1

    def _early(self, scope: Message, headers: Headers) -> Response | None:
        """The answer to a request that does not come in: a refusal, or the way in with a cookie."""
        status = self._refused(scope, headers)
        if status:
            return refusal(status, headers)
        if scope["method"] == "OPTIONS" and self._is_shared(scope["path"]):
            return Response(status_code=204, headers=PREFLIGHT_HEADERS)
        if self._key is None or self._paths.is_public(scope["path"]):
            return None
        if scope["method"] == "GET" and scope["path"] == "/":
            entered = self._entered(scope, self._key)
            if entered is not None:
                return entered
        given = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        if self._key.is_cookie(given):
            return None
        return _step(scope) or refusal(403, headers, _NO_KEY)

    def _entered(self, scope: Message, key: Key) -> Response | None:
        """The way on for a browser that comes with the key, which then leaves its address."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"))
        given = [value for name, value in asked if name == "token"]
        if len(given) != 1 or not key.admits(given[0]):
            return None
        rest = urlencode([pair for pair in asked if pair[0] != "token"])
        answer = RedirectResponse(f"/?{rest}" if rest else "/", 303)
        answer.set_cookie(self._cookie, key.cookie, httponly=True, samesite="strict")
        return answer

    def _refused(self, scope: Message, headers: Headers) -> int:
        """The status that a request is refused with, or 0."""
        path: str = scope["path"]
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > ADDRESS_LIMIT:
            return 414
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts | self._paths.hosts:
            return 421
        if hosts[0].lower() not in self._hosts and not path.startswith(self._paths.open):
            return 404  # under a public host there is nothing else
        if not self._is_shared(path):
            is_safe = scope["method"] in _SAFE_METHODS
            if not (_is_visited(headers) if is_safe else _is_own(headers, hosts[0].lower())):
                return 403
        if self._at_work[self._paths.is_public(path)] >= self._most:
            return 503
        length = headers.get("content-length", "0")
        is_number = length.isascii() and length.isdecimal()
        return 413 if is_number and int(length) > self._limit(scope) else 0

    def _limit(self, scope: Message) -> int:
        return UPLOAD_LIMIT if scope["path"] in self._paths.uploads else FORM_LIMIT

    def _is_shared(self, path: str) -> bool:
        return path in self._paths.shared


def hosts_of(url: str) -> frozenset[str]:
    """How the header Host may name the server of an address: with its port, or without."""
    parts = urlsplit(url)
    if not parts.hostname:
        return frozenset()
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = parts.port or {"https": 443}.get(parts.scheme, 80)
    return frozenset({name, f"{name}:{port}"})


def _step(scope: Message) -> Response | None:
    """A page that leads on to itself, once: a browser that follows a link in a record system sends
    our cookie only when our own page leads on."""
    asked = parse_qsl(scope["query_string"].decode("latin-1"))
    names = {name for name, _ in asked}
    if (scope["method"], scope["path"]) != ("GET", "/") or "code" not in names or _STEP in names:
        return None
    onward = escape(f"/?{urlencode([*asked, (_STEP, '1')])}")
    return HTMLResponse(f'<!doctype html><meta charset="utf-8"><title>handouts</title>'
                        f'<meta http-equiv="refresh" content="0;url={onward}">')


def _is_visited(headers: Headers) -> bool:
    """Whether no page of another origin asks for this by itself, as for a picture or a frame."""
    if headers.get("sec-fetch-site", "none") in _OWN_SITES:
        return True
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
        "navigate", "document")


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

    def __init__(self, send: Send, *, is_shared: bool) -> None:
        self._send, self.began = send, False
        self._headers = HEADERS | SHARED_HEADERS if is_shared else HEADERS

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.began = True
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
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
