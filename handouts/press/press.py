"""Request → PDF bytes, through plates that are typeset once and kept, in memory and on disk; or a
page of HTML, composed each time.

A plate is found by a digest of what was asked for and of every file that it depends on, without
reading a pack; then by how many lines and which scripts the patient's values need. Only the
first handout of its kind is laid out. What is printed does not depend on who came first.

Threads may share a press: they print at the same time, and lay out one after the other.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from handouts.pack.dates import DateWords, date_words
from handouts.paths import pack_path
from handouts.pdf.file import plate as platefile
from handouts.pdf.file import room
from handouts.pdf.file.facts import HandoutFacts
from handouts.pdf.file.plate import Lines, Plate, Room, printed_lines
from handouts.request.look import Look, skin_of
from handouts.request.request import Request, check_patient, panel_values, refuse_claims
from handouts.system.fingerprint import (
    brand_fingerprint,
    folder_fingerprint,
    pack_fingerprint,
    program_fingerprint,
)
from handouts.system.store import Recent

if TYPE_CHECKING:
    from handouts.brand.brand import Brand
    from handouts.brand.reviews import Reviews
    from handouts.document import Document
    from handouts.pack.pack import Pack
    from handouts.press.records import Records
    from handouts.rules.choices import Choices
    from handouts.system.store import Store

PLATES_IN_MEMORY = 64  # some 13 MB
LAYOUTS_IN_MEMORY = 1024
_ASKED = tuple(item.name for item in fields(Request) if item.name != "patient")
_LAYOUT = Lock()  # ReportLab keeps fonts and names for the whole process


class Handout(NamedTuple):
    """A finished PDF, its number of pages, and what to tell of it without a word of the patient."""

    pdf: bytes
    pages: int
    facts: HandoutFacts


class SharedLayout(NamedTuple):
    """What all plates of the same choices share: the panel's rooms, how dates are written, and the
    days after which their review stands otherwise, today's and not that of the handout's date;
    what no note may say."""

    rooms: room.Rooms
    dates: DateWords
    turns: tuple[date, ...]
    banned: tuple[str, ...] = ()


class PreparedPrint(NamedTuple):
    """A request ready for print: its plate, the panel's values and their lines, the day."""

    plate: Plate
    values: Mapping[str, str]
    lines: Lines
    day: date

    def handout(self) -> Handout:
        """The printed handout."""
        pdf = printed_lines(self.plate, self.lines, self.day)
        return Handout(pdf, self.plate.pages, self.plate.facts)


class Press:
    """Prints requests of one pack with one brand and one set of templates; `records` keeps what was
    given. `pack` is a folder; without one it is the default pack."""

    def __init__(self, brand: Path, *, pack: Path | None = None, templates: Path | None = None,
                 store: "Store | None" = None, records: "Records | None" = None) -> None:
        self.brand, self.templates, self.store = brand, templates, store
        self.folder, self.records = pack or pack_path(None), records
        self._pack: Pack | None = None
        self._plates: Recent[Plate] = Recent(PLATES_IN_MEMORY)
        self._layouts: Recent[SharedLayout] = Recent(LAYOUTS_IN_MEMORY)
        self._files = [program_fingerprint(store), brand_fingerprint(brand),
                       folder_fingerprint(templates) if templates else "",
                       pack_fingerprint(self.folder, store)]

    @property
    def fingerprint(self) -> str:
        """A digest of the program, pack, brand and templates that this press prints with."""
        return _digest(self._files)

    def handout(self, request: Request, today: date) -> Handout:
        """The handout for a request, made today unless it names a day.

        Raises UsageError, InputError, UnsafeError for the request, PackError for pack, brand or
        templates.
        """
        return self.prepare(request, today).handout()

    def prepare(self, request: Request, today: date) -> PreparedPrint:
        """A request with its plate, found or typeset now; raises as `handout` does."""
        check_patient(request.patient, today)
        prepared = self._prepare(request, today)
        if self.records:
            self.records.note(prepared.plate.facts, today)
        return prepared

    def _prepare(self, request: Request, today: date) -> PreparedPrint:
        layout_key = _digest([*self._files, choices_key(request)])
        ready = self._prepared(request, layout_key, today)
        if ready is not None:
            return ready
        with _LAYOUT:  # whoever waited here for the same plate finds it now
            return (self._prepared(request, layout_key, today)
                    or self._made(request, layout_key, today))

    def page(self, request: Request, today: date) -> bytes:
        """The same handout as one HTML file; raises as `handout` does."""
        from handouts.html.page import page

        document, brand = self._given(request, today)
        return page(document, brand, look_of(request, brand))

    def mail(self, request: Request, today: date) -> bytes:
        """The same as an e-mail to be sent, without a word of the patient; raises as `handout`."""
        from handouts.html.mail import message
        from handouts.press.pictures import figure_picture

        document, brand = self._given(request, today)
        look = look_of(request, brand)._replace(mono=False)
        return message(document, brand, look,
                       lambda name, mirror: figure_picture(name, look, document.figures,
                                                           mirror=mirror))

    def _given(self, request: Request, today: date) -> "tuple[Document, Brand]":
        """What is to be given without a plate, noted; and the brand that it is given by."""
        from handouts.press.facts import facts_of

        check_patient(request.patient, today)
        reviews = self.reviews(today)
        choices, document = self._composed(request, reviews)
        if self.records:
            self.records.note(facts_of(choices, document, reviews), today)
        return document, reviews.brand

    # -- kept --------------------------------------------------------------------------------------

    def _prepared(self, request: Request, layout_key: str, today: date) -> PreparedPrint | None:
        layout = self._layouts.get(layout_key) or self._kept_layout(layout_key)
        if layout is None:
            return None
        refuse_claims(request.patient, layout.banned)
        values = panel_values(request.patient, layout.dates)
        key, lines = _plate_key(layout_key, layout, values, today)
        plate = self._plates.get(key) or self._kept_plate(key)
        if plate is None:
            return None
        return PreparedPrint(plate, values, lines, request.day(today))

    def _kept_layout(self, layout_key: str) -> SharedLayout | None:
        data = self.store.get(layout_key) if self.store else None
        if data is None:
            return None
        told = json.loads(data)
        places = {name: tuple(Room(*place) for place in found)
                  for name, found in told["places"].items()}
        layout = SharedLayout(room.Rooms(told["size"], places),
                              DateWords(*told["dates"]),
                              tuple(map(date.fromisoformat, told["turns"])),
                              tuple(told["banned"]))
        self._layouts.put(layout_key, layout)
        return layout

    def _kept_plate(self, key: str) -> Plate | None:
        data = self.store.get(key) if self.store else None
        if data is None:
            return None
        plate = platefile.unpacked(data)
        self._plates.put(key, plate)
        return plate

    # -- made --------------------------------------------------------------------------------------

    def _made(self, request: Request, layout_key: str, today: date) -> PreparedPrint:
        """Lays out a new plate, and keeps it with what all of its choices share."""
        from handouts.pdf.pages import typeset
        from handouts.press.facts import facts_of

        reviews = self.reviews(today)
        brand = reviews.brand
        choices, document = self._composed(request, reviews)
        typeset.know_logo(brand, self.store)
        look = look_of(request, brand)
        layout = SharedLayout(typeset.rooms(document, brand, look),
                              date_words(reviews.pack.words_in(choices.language)),
                              reviews.turns(choices.language),
                              reviews.pack.info.all_banned)
        plate = typeset.typeset(document, brand, look)._replace(
            facts=facts_of(choices, document, reviews))
        values = panel_values(request.patient, layout.dates)
        key, lines = _plate_key(layout_key, layout, values, today)
        self._keep(layout_key, layout, key, plate)
        return PreparedPrint(plate, values, lines, request.day(today))

    @property
    def pack(self) -> "Pack":
        """The content of its pack, read once; PackError for what is wrong with it."""
        from handouts.pack.pack import kept_pack, load_pack

        if self._pack is None:
            self._pack = (kept_pack(self.store, _digest([self._files[0], self._files[3]]),
                                        self.folder)
                          if self.store else load_pack(folder=self.folder))
        return self._pack

    def reviews(self, today: date) -> "Reviews":
        """How what is printed stands; the digests that an earlier run found are known again."""
        from handouts.brand.brand import read_brand
        from handouts.brand.reviews import Reviews
        from handouts.pack.content import content_digest

        pack = self.pack
        if self.store and not pack.digests and self.templates is None:
            key = _digest(["content", self._files[0], self._files[3]])
            if kept := self.store.get(key):
                pack.digests.update(json.loads(kept))
            else:
                for language in pack.languages:
                    content_digest(pack, language)
                self.store.put(key, json.dumps(pack.digests).encode())
        return Reviews(pack, read_brand(self.brand, self.store), today, self.templates)

    def _composed(self, request: Request, reviews: "Reviews") -> "tuple[Choices, Document]":
        """What may be printed for a request, and the document that says it."""
        from handouts.compose.compose import compose
        from handouts.rules.choices import choose

        asked = replace(request, edition=request.edition or reviews.brand.edition)
        choices = choose(asked, reviews.pack, today=reviews.day)
        return choices, compose(choices, reviews.pack, reviews.brand, today=reviews.day,
                                templates=self.templates)

    def _keep(self, layout_key: str, layout: SharedLayout, key: str, plate: Plate) -> None:
        self._layouts.put(layout_key, layout)
        self._plates.put(key, plate)
        if self.store:
            told = {**layout.rooms._asdict(), "dates": layout.dates,
                    "turns": [day.isoformat() for day in layout.turns],
                    "banned": layout.banned}
            self.store.put(key, platefile.packed(plate))
            self.store.put(layout_key, json.dumps(told).encode())


def look_of(request: Request, brand: "Brand") -> Look:
    """How a request is printed: its own wishes, else the brand's."""
    return Look(paper=request.paper or brand.paper, large=request.format == "large-print",
                mono=request.mono, skin=skin_of(request.skin or brand.skin, request.cause))


def choices_key(request: Request) -> str:
    """What was asked for as a digest, without the patient's values.

    It is made from the request's own fields, nested ones too: a field that is added is in it. Of
    the patient it knows only whether there is a day of clearing, for the panel has a field more.
    """
    asked = [getattr(request, name) for name in _ASKED]
    return _digest([*asked, request.patient.cleared_on is not None])


def _plate_key(layout_key: str, layout: SharedLayout, values: Mapping[str, str],
               today: date) -> tuple[str, Lines]:
    """The key of the plate that has room for the values, and the values in lines."""
    found = room.placed(values, layout.rooms)
    passed = sum(today > turn for turn in layout.turns)
    key = _digest([layout_key, found.shape, found.scripts, passed])
    return key, found.lines


def _digest(parts: Any) -> str:
    return sha256(json.dumps(parts, default=vars, sort_keys=True).encode()).hexdigest()
