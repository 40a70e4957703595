"""The list of a waiting room's handouts: a page for patients, one of files for the staff."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.brand.claims import refuse_claims
from handouts.brand.reviews import Reviews
from handouts.compose.letterheads import letterhead
from handouts.compose.posters import footer, web_code
from handouts.compose.reviewed import review_state
from handouts.pack.interface import IndexWords
from handouts.pack.pack import Pack


@dataclass(frozen=True)
class ListEntry:
    """A handout of the set: the name of its cause and its title as it says them, its file, its
    number of pages, and whether it says that massage must wait."""

    name: str
    title: str
    file: str
    pages: int
    waits: bool


def index(entries: Sequence[ListEntry], language: str, pack: Pack, brand: Brand, *,
          today: date) -> doc.Document:
    """The list as a Document: for patients massage first, then where it must wait, under the agreed
    line; on a page of its own, for the staff, which file is which."""
    refuse_claims(brand, pack)
    words = pack.words_in(language)
    said = words.waiting.index
    listed = sorted(entries, key=lambda entry: sort_key(entry.name))
    tables = (
        _table("do", said.massage, words.safety.stop.adults, said,
               [entry for entry in listed if not entry.waits]),
        _table("stop", said.wait, words.routine.rail.check_rule, said,
               [entry for entry in listed if entry.waits]))
    _, review = review_state(Reviews(pack, brand, today), language)
    blocks: tuple[doc.Block, ...] = (
        doc.Paragraph((doc.Run(said.lead),)),
        *(table for table in tables if table.rows),
        *web_code(words, brand),
        doc.Paragraph((review,)))
    files = doc.Listing("plain", said.title, "home", "", (said.cause, said.file, said.pages),
                        tuple((entry.name, entry.file, str(entry.pages)) for entry in listed))
    return doc.Document(
        title=f"{said.title}: {brand.name}", language=language, side="",
        letterhead=letterhead(brand), footer=footer(words, brand),
        pages=(doc.Page("index", said.title, said.pill, blocks),
               doc.Page("files", said.staff, "", (files,))))


def _table(kind: doc.Kind, title: str, lead: str, said: IndexWords,
           entries: Sequence[ListEntry]) -> doc.Listing:
    return doc.Listing(
        kind, title, "x" if kind == "stop" else "hand", lead,
        (said.cause, said.handout), tuple((entry.name, entry.title) for entry in entries))


def sort_key(name: str) -> tuple[str, str]:
    """The order of a name among others in a language of Latin letters: accents count last."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)), name
