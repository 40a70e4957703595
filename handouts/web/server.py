"""The page served on this machine alone, until Ctrl-C or until its window is closed."""

import asyncio
import ctypes
import logging
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event, Thread, Timer

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from handouts.errors import UsageError, reason
from handouts.paths import own_folder, pack_path
from handouts.web import instances
from handouts.web.app import make_app
from handouts.web.guard import Key
from handouts.web.instances import HOST, RunningPage
from handouts.web.site import open_site, warm

HEAD_SECONDS = 10.0  # from the connection's start, or from its last answer
MOST = 200


class Connection(H11Protocol):
    """One connection."""

    head_seconds, most = HEAD_SECONDS, MOST

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._closes: asyncio.TimerHandle | None = None
        self.since = self.loop.time()
        self._wait()
        if len(self.connections) > self.most:
            idle = [each for each in self.connections
                    if isinstance(each, Connection) and each.is_idle]
            if idle:
                min(idle, key=lambda each: each.since).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the wait."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Takes what came; a request ends the wait for it, its answer begins the next."""
        super().handle_events()
        if not self.is_idle:
            self._stop_waiting()
        elif self._closes is None:
            self.since = self.loop.time()
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP; the request that it broke into has nobody to answer any more."""
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        super().send_400_response(msg)

    @property
    def is_idle(self) -> bool:
        """Whether no request is being answered."""
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered and not self.transport.is_closing()

    def _wait(self) -> None:
        self._closes = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._closes is not None:
            self._closes.cancel()
            self._closes = None


SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
                if hasattr(signal, name))
CLOSED = {2, 5, 6}  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
_PATIENCE = 4.5  # seconds


@contextmanager
def ended_by(end: Callable[[], None]) -> Iterator[None]:
    """Calls `end` when the page is to end while the block runs; for the main thread.

    A signal that was to be ignored, as SIGHUP by `nohup`, still is.
    """
    heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
    before = {number: signal.signal(number, lambda *_: end()) for number in heard}
    ended = Event()
    try:
        with _console(closing(end, ended)):
            yield
    finally:
        ended.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def closing(end: Callable[[], None], ended: Event,
            patience: float = _PATIENCE) -> Callable[[int], bool]:
    """What answers the console's events: it answers a closed window when the page has ended."""

    def answer(event: int) -> bool:
        if event not in CLOSED:
            return False  # Ctrl-C and Ctrl-Break come as signals
        end()
        ended.wait(patience)
        return True

    return answer


@contextmanager
def _console(answer: Callable[[int], bool]) -> Iterator[None]:
    """Lets `answer` hear the console's events, where there are any."""
    if sys.platform != "win32":
        yield
        return
    heard = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_ulong)(answer)
    ctypes.windll.kernel32.SetConsoleCtrlHandler(heard, True)
    try:
        yield
    finally:
        ctypes.windll.kernel32.SetConsoleCtrlHandler(heard, False)


PORT = 8645
_WAITING = 100
Say = Callable[[str], None]


def serve(port: int | None, brand: Path, *, pack: Path | None,  # noqa: PLR0913
          templates: Path | None, show: bool, say: Say, public_url: str = "") -> None:
    """Serves the page, or opens the one that runs already, and ends with it.

    `public_url` is where a proxy answers record systems. `say` is given the address; what is out of
    the ordinary goes to stderr. A browser is opened if the page is to be shown. Without a port it
    is the usual one, or a free one where that is taken. Raises UsageError for a port that can't be
    had, PackError for what is wrong with the brand.
    """
    folder, key = own_folder("state"), Key()
    page = RunningPage(port or 0, key.token, str(brand.resolve()),
                   str(templates.resolve()) if templates else "",
                   str((pack or pack_path(None)).resolve()))
    is_own = port == 0 or folder is None or public_url  # a page that runs may know no such address
    found = None if is_own or folder is None else instances.find(page, folder)
    if found is not None:
        _print("The page is running already.")
        _show(found, Key(found.token), say, show=show, wait=0.0)
        return
    site = open_site(brand, pack=pack, templates=templates)
    with _socket_for(port) as listener:
        page = RunningPage(listener.getsockname()[1], page.token, page.brand, page.templates,
                       page.pack)
        server = _Server(uvicorn.Config(
            make_app(site, page.port, key, public_url), http=Connection, log_level="critical",
            access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=3,
            timeout_keep_alive=int(HEAD_SECONDS)))
        told = instances.registered(page, folder) if folder else nullcontext()
        if folder is not None:
            site.branded = lambda own: instances.tell(page.printing_as(own), folder)
        with ended_by(server.end), told, _silence():
            Thread(target=warm, args=[site], daemon=True).start()
            _show(page, key, say, show=show, wait=0.5)
            server.run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """A socket on this machine alone that listens on a port, 0 for any; UsageError if taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform == "win32":  # or another program could take the same port and what is sent
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_WAITING)  # now, so that a browser that is opened at once finds it
    except OSError as error:
        listener.close()
        raise UsageError(f"is taken by another program, or can't be had ({reason(error)})",
                         where=f"port {port}",
                         cure="Leave --port out, and a free one is taken.") from error
    return listener


class _Server(uvicorn.Server):
    """A server that leaves signals to us: it would raise them anew at its end, and the process
    would die of them before all is put away."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield

    def end(self) -> None:
        """Ends the server soon."""
        self.should_exit = True


def _socket_for(port: int | None) -> socket.socket:
    if port is not None:
        return listening(port)
    try:
        return listening(PORT)
    except UsageError:
        listener = listening(0)
        _print(f"Port {PORT} is taken by another program; the page is on port "
               f"{listener.getsockname()[1]}.")
        return listener


def _print(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _show(page: RunningPage, key: Key, say: Say, *, show: bool, wait: float) -> None:
    """Says the address, and opens it in a browser after some seconds."""
    say(page.address(key.token))
    if not show:
        return
    if not wait:
        webbrowser.open(page.address(key.ticket()))
        return
    timer = Timer(wait, webbrowser.open, [page.address(key.ticket())])
    timer.daemon = True
    timer.start()


@contextmanager
def _silence() -> Iterator[None]:
    """No library writes to stderr: it may repeat what was sent. A bug is told by the guard."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
