"""The page served on this machine alone, until Ctrl-C."""

import socket
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread, Timer

import uvicorn

from handouts.errors import UsageError
from handouts.web.app import make_app
from handouts.web.site import open_site, warm

HOST = "127.0.0.1"
_WAITING = 100
_CONNECTIONS = 200  # more at once are told to come again


def serve(port: int, brand: Path, *, templates: Path | None, show: bool,
          say: Callable[[str], None]) -> None:
    """Serves the page; `say` is given its address, and a browser is opened if it is to be shown.

    Raises UsageError for a port that can't be had, PackError for what is wrong with the brand.
    """
    site = open_site(brand, templates=templates)
    with listening(port) as listener:
        port = listener.getsockname()[1]
        address = f"http://{HOST}:{port}/"
        server = uvicorn.Server(uvicorn.Config(
            make_app(site, port), log_level="critical", access_log=False, server_header=False,
            ws="none", limit_concurrency=_CONNECTIONS, timeout_keep_alive=10,
            timeout_graceful_shutdown=3))
        say(address)
        Thread(target=warm, args=[site], daemon=True).start()
        if show:
            timer = Timer(0.5, webbrowser.open, [address])
            timer.daemon = True
            timer.start()
        with suppress(KeyboardInterrupt):  # the way to end it
            server.run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """A socket on this machine alone that listens on a port, 0 for any; UsageError if taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_WAITING)  # now, so that a browser that is opened at once finds it
    except OSError as error:
        listener.close()
        reason = (error.strerror or "unknown error").lower()
        raise UsageError(f"can't be had ({reason})", where=f"port {port}",
                         cure="Is the page open already? Or choose another: handouts serve "
                              "--port 0 takes any free one.") from error
    return listener
