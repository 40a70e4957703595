"""Pages of ours that run: each told by a private file, and believed only if it proves that it is.

A file left by a page that was killed names a port that may be another user's by now: a page is
opened only if it answers a challenge with the key that stands in the file.
"""

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hmac import compare_digest
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import gethostname

import msgspec

from handouts.errors import HandoutError
from handouts.system.files import write_whole
from handouts.web.guard import Key

HOST = "127.0.0.1"
WHOSE = "/whose"  # answers a challenge
_PATIENCE = 5.0  # seconds: a page that starts does not answer yet


class RunningPage(msgspec.Struct, frozen=True):
    """A page that runs: its port, its key, and what it prints with."""

    port: int
    token: str
    brand: str
    templates: str = ""
    pack: str = ""

    def prints_as(self, other: "RunningPage") -> bool:
        """Whether two pages print the same: of one pack, with one brand and its templates."""
        return (self.brand, self.templates, self.pack) == (
            other.brand, other.templates, other.pack)

    def printing_as(self, brand: Path) -> "RunningPage":
        """The same page with another brand."""
        return msgspec.structs.replace(self, brand=str(brand.resolve()))

    def address(self, entry: str) -> str:
        """The address that lets a browser in: `entry` is the token or a ticket."""
        return f"http://{HOST}:{self.port}/?token={entry}"


def tell(running: RunningPage, folder: Path) -> Path:
    """The file that tells later starts of a page, written where it can be; anew once the page
    prints with another brand."""
    path = folder / f"{_prefix()}{running.port}.json"
    with suppress(OSError, HandoutError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, msgspec.json.encode(running), private=True)
    return path


@contextmanager
def registered(running: RunningPage, folder: Path) -> Iterator[None]:
    """Tells later starts of a page while the block runs; where no file can be kept, none is."""
    path = tell(running, folder)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def find(like: RunningPage, folder: Path) -> RunningPage | None:
    """The page that prints the same, on any port if that of `like` is 0.

    Files of pages that are no more are deleted.
    """
    for path in sorted(folder.glob(f"{_prefix()}*.json")):
        running = _read(path)
        if running is None or not _proves(running):
            with suppress(OSError):
                path.unlink()
        elif (running.prints_as(like)
              and like.port in (0, running.port)):
            return running
    return None


def _prefix() -> str:
    """How the files of this computer begin: a home may be shared by several."""
    return f"page-{re.sub(r'[^A-Za-z0-9.-]', '-', gethostname())}-"


def _read(path: Path) -> RunningPage | None:
    """What a file tells, if nobody else can have written it."""
    try:
        state = path.stat()
        if sys.platform != "win32" and (state.st_uid != os.getuid() or state.st_mode & 0o077):
            return None
        return msgspec.json.decode(path.read_bytes(), type=RunningPage)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _proves(running: RunningPage) -> bool:
    """Whether what answers on the port holds the key."""
    challenge = secrets.token_hex(16)
    link = HTTPConnection(HOST, running.port, timeout=_PATIENCE)
    try:
        link.request("GET", f"{WHOSE}?challenge={challenge}")
        answer = link.getresponse().read(200)
    except (OSError, HTTPException):
        return False
    finally:
        link.close()
    return compare_digest(answer, Key(running.token).proof(challenge).encode())
