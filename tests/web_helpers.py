"""A page to ask in tests; no tests here."""

import re
from contextlib import contextmanager
from html import unescape
from threading import Thread

import uvicorn
from starlette.testclient import TestClient

from handouts.paths import default_brand_path
from handouts.web.app import make_app
from handouts.web.server import listening
from handouts.web.site import open_site

PORT = 8645
HOME = f"http://127.0.0.1:{PORT}"
JSON = {"Accept": "application/json"}
ANA = {"diagnosis": "osteoarthritis", "patient": "Ana Ruiz", "born": "1960-02-29"}


class Served:
    """A site served at a free port of this machine, that can be stopped and started again."""

    def __init__(self, site, key=None):
        self.site, self.key, self.port = site, key, 0
        self.start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        listener = listening(self.port)
        self.port = listener.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(
            make_app(self.site, self.port, self.key), log_level="critical",
            timeout_graceful_shutdown=1))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()

    def stop(self):
        self._server.should_exit = True
        self._thread.join()


@contextmanager
def client_of(site, **options):
    """A browser's part in asking a site."""
    with TestClient(make_app(site, PORT), base_url=HOME, **options) as client:
        yield client


def new_site(**options):
    """A site with the built-in brand that keeps nothing on disk."""
    return open_site(default_brand_path(), keep=False, **options)


def texts(html):
    """What a page says, without its tags, white space run together."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def fields(html):
    """The tags of a page's inputs by id."""
    return {found[1]: found[0] for found in re.finditer(r'<input[^>]* id="([^"]+)"[^>]*>', html)}
