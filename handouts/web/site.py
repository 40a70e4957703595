"""What all answers of the page share, made once when it starts."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from handouts.brand.brand import Brand, read_brand
from handouts.brand.reviews import Reviews
from handouts.errors import HandoutError
from handouts.pack.catalogue import Catalogue
from handouts.pdf.file.plate import Plate
from handouts.press.press import Handout, Press
from handouts.press.records import Records
from handouts.request.days import today
from handouts.request.request import Request
from handouts.system.store import Recent, Store
from handouts.web.diagnosis import Diagnoses
from handouts.web.previews import Previews
from handouts.web.texts import Words

PAGES_AT_ONCE = 64  # some 12 MB


@dataclass(frozen=True)
class Site:
    """The press and what it prints with, read and checked.

    `records` keeps what was given, `previews` what is being looked at, `pages` what was last
    asked for by address.
    """

    press: Press
    catalogue: Catalogue
    brand: Brand
    brand_file: Path
    diagnoses: Diagnoses
    previews: Previews
    records: Records | None
    pages: Recent[bytes]

    def language(self, words: Words) -> str:
        """The language of the pack that goes with the page's words."""
        own: str = words["language"]
        return own if own in self.catalogue.languages else self.catalogue.languages[0]

    def note(self, handout: Handout | Plate) -> None:
        """Keeps what was given."""
        if self.records:
            self.records.note(handout.facts, self.day)

    @property
    def reviews(self) -> Reviews:
        """How what is printed stands today."""
        return Reviews(self.catalogue, self.brand, self.day, self.press.templates)

    @property
    def day(self) -> date:
        """Today; the page may run over midnight."""
        return today()


def warm(site: Site) -> None:
    """Lays out a handout for nobody, so that the first one for somebody is not the slow one."""
    with suppress(HandoutError):  # whoever asks for one is told
        site.press.handout(Request(next(iter(site.catalogue.structure.causes))), site.day)


def open_site(brand_file: Path, *, pack: Path | None = None, templates: Path | None = None,
              keep: bool = True) -> Site:
    """A site of a pack with a brand and templates; `keep`: plates and records are kept on disk.

    Raises PackError for what is wrong with brand or pack.
    """
    brand = read_brand(brand_file)
    press = Press(brand_file, pack=pack, templates=templates, store=Store.own() if keep else None)
    return Site(press, press.catalogue, brand, brand_file, Diagnoses(press.catalogue), Previews(),
                Records.own() if keep else None, Recent(PAGES_AT_ONCE))
