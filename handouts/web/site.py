"""What all answers of the page share, made once when it starts; the previews being looked at, for
minutes and in memory alone.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

from handouts.brand.brand import Brand, read_brand
from handouts.brand.reviews import Reviews
from handouts.errors import HandoutError
from handouts.pack.pack import Pack
from handouts.paths import default_brand_path, own_folder
from handouts.pdf.file.plate import Plate
from handouts.press.press import Handout, Press
from handouts.press.records import Records
from handouts.request.days import today
from handouts.request.request import Request
from handouts.system.files import write_whole
from handouts.system.store import Recent, Store
from handouts.web.desk import Today, Uses
from handouts.web.diagnosis import Diagnoses
from handouts.web.texts import Words

PAGES_AT_ONCE = 64  # some 12 MB
PREVIEWS_AT_ONCE = 16
LOGOS_AT_ONCE = 4
_LEFT = "no-practice"
KEPT_FOR = 600.0  # seconds
LINGERS = 5.0  # seconds


class _KeptPicture(NamedTuple):
    handout: Handout
    until: float


class Previews:
    """The handouts that are being looked at, by token."""

    def __init__(self, most: int = PREVIEWS_AT_ONCE, kept_for: float = KEPT_FOR,
                 lingers: float = LINGERS) -> None:
        self._most, self._kept_for, self._lingers = most, kept_for, lingers
        self._kept, self._lock = OrderedDict[str, _KeptPicture](), Lock()

    def add(self, handout: Handout) -> str:
        """Keeps a handout for a while; its token."""
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._kept[token] = _KeptPicture(handout, monotonic() + self._kept_for)
            self._drop()
        return token

    def get(self, token: str) -> Handout | None:
        """The handout of a token, or None if it is gone."""
        with self._lock:
            self._drop()
            kept = self._kept.get(token)
            return kept and kept.handout

    def forget(self, token: str) -> None:
        """Drops a handout that nobody looks at any more, after those who still load a page."""
        with self._lock:
            kept = self._kept.get(token)
            if kept is not None:
                self._kept[token] = kept._replace(until=monotonic() + self._lingers)

    def _drop(self) -> None:
        now = monotonic()
        for token in [token for token, kept in self._kept.items() if kept.until <= now]:
            del self._kept[token]
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)


@dataclass
class Site:
    """The press and what it prints with, read and checked.

    `records` keeps what was given, `previews` what is being looked at, `today` what was printed,
    `uses` how often saved choices were used, `pages` what was last asked for by address, `logos`
    those that were dropped into the page of the practice; `mappings` is the folder of how tables
    were read. `begins`: nobody has said yet whose practice it is; `branded` is told of another
    brand.
    """

    press: Press
    pack: Pack
    brand: Brand
    brand_file: Path
    diagnoses: Diagnoses
    previews: Previews
    today: Today
    uses: Uses
    records: Records | None
    pages: Recent[bytes]
    logos: Recent[bytes]
    mappings: Path | None = None
    begins: bool = False
    branded: Callable[[Path], object] | None = None

    def print_as(self, brand_file: Path) -> None:
        """Prints with another brand from now on; raises PackError for what is wrong with it."""
        brand, pack = read_brand(brand_file), self.press.pack.folder
        press = Press(brand_file, pack=pack, templates=self.press.templates,
                      store=self.press.store)
        press.handout(Request(next(iter(self.pack.structure.causes))), self.day)  # tries the logo
        self.press, self.brand, self.brand_file, self.begins = press, brand, brand_file, False
        self.pages = Recent(PAGES_AT_ONCE)
        if self.branded is not None:
            self.branded(brand_file)

    def language(self, words: Words) -> str:
        """The language of the pack that goes with the page's words."""
        own: str = words["language"]
        return own if own in self.pack.languages else self.pack.languages[0]

    def note(self, handout: Handout | Plate) -> None:
        """Keeps what was given."""
        if self.records:
            self.records.note(handout.facts, self.day)

    @property
    def reviews(self) -> Reviews:
        """How what is printed stands today."""
        return Reviews(self.pack, self.brand, self.day, self.press.templates)

    @property
    def day(self) -> date:
        """Today; the page may run over midnight."""
        return today()


def warm(site: Site) -> None:
    """Lays out a handout for nobody, so that the first one for somebody is not the slow one."""
    with suppress(HandoutError):  # whoever asks for one is told
        site.press.handout(Request(next(iter(site.pack.structure.causes))), site.day)


def open_site(brand_file: Path, *, pack: Path | None = None, templates: Path | None = None,
              keep: bool = True) -> Site:
    """A site of a pack with a brand and templates; `keep`: plates and records are kept on disk.

    Raises PackError for what is wrong with brand or pack.
    """
    brand = read_brand(brand_file)
    press = Press(brand_file, pack=pack, templates=templates, store=Store.own() if keep else None)
    state = own_folder("state") if keep else None
    return Site(press, press.pack, brand, brand_file, Diagnoses(press.pack), Previews(), Today(),
                Uses(state), Records.own() if keep else None, Recent(PAGES_AT_ONCE),
                Recent(LOGOS_AT_ONCE), mappings=state and state / "mappings",
                begins=keep and brand_file == default_brand_path() and not is_left())


# -- a practice of one's own -----------------------------------------------------------------------


def is_left() -> bool:
    """Whether somebody wants to go on without a practice of their own."""
    own = own_folder("state")
    return own is not None and (own / _LEFT).exists()


def leave() -> None:
    """Notes that somebody does; where it can't be noted, it is asked again at the next start."""
    own = own_folder("state")
    if own is not None:
        with suppress(OSError, HandoutError):
            own.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(own / _LEFT, b"", private=True)
