"""Many plates and their patients' values → one PDF for the practice's printer: a print run.

It is for paper: pages without tags, and it says so; each handout as a file of its own is tagged.
What plates have in common, and each plate's pages, are written once; a patient adds the panel, the
page objects and a bookmark. Each handout starts on an odd page, so that on two sides no sheet holds
two patients. Bookmarks are the caller's numbers: no name stands outside a panel.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import md5
from typing import Literal

from handouts.errors import InputError
from handouts.pdf.file import metadata
from handouts.pdf.file.navigation import Bookmarks, PageTree
from handouts.pdf.file.objects import array, dictionary, is_stream, reference, stream
from handouts.pdf.file.plate import Lines, Plate, panel_code
from handouts.pdf.file.streamed import Sink, Streamed
from handouts.pdf.file.unpacking import entries, objects_of, references, renumbered

# For two-sided printing turned like a book; A4 and Letter may be in one run.
_VIEWER = b"<</DisplayDocTitle true/Duplex/%b/PickTrayByPDFSize true>>"
_DUPLEX = {"": b"DuplexFlipLongEdge", "odd": b"Simplex", "even": b"Simplex"}
Sides = Literal["", "odd", "even"]
SIDES: tuple[Sides, ...] = ("odd", "even")
_FIRST, _STEP = {"": 0, "odd": 0, "even": 1}, {"": 1, "odd": 2, "even": 2}
_PANEL = b"panel"  # stands for the reference to a patient's panel


class PrintRun:
    """One PDF of many handouts, written into a file as they come, and ended with the `with` block.

    `day` is the day that the file says it was made on. Of `sides` it holds all, or those alone that
    a printer without duplex prints in one pass: the odd ones in order, then the even ones from the
    last sheet on, which lies on top of what has come out. Memory hardly grows with the patients.
    Raises InputError at the end if no handout was added.
    """

    def __init__(self, file: Sink, day: date, sides: Sides = "") -> None:
        self._out, self._day, self._sides = Streamed(file), day, sides
        self._tree = PageTree(self._out, backwards=sides == "even")
        self._marks = Bookmarks(self._out)
        self._shared = _Shared(self._out)

    def __enter__(self) -> "PrintRun":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._close()

    def add(self, plate: Plate, lines: Lines, *, number: int) -> None:
        """Adds a handout's pages, as `printed_lines` shows them, under a number."""
        text = stream(panel_code(plate, lines))
        pages = self._shared.pages(plate)
        own = reference(self._out.stream(text))
        sides = [own.join(page.entries) for page in pages]
        if len(pages) % 2:
            sides.append(pages[-1].blank)
        added = [self._tree.add(side) for side in sides[_FIRST[self._sides]::_STEP[self._sides]]]
        self._marks.add(number, added[0])
        self._out.rest()

    def _close(self) -> None:
        if not self._marks.count:
            raise InputError("holds no handout", where="print run",
                             cure="See which rows failed or were skipped.")
        out = self._out
        root, info = out.reserve(), out.reserve()
        xmp = out.stream(stream(metadata.run_xmp(self._day), {
            "Type": b"/Metadata", "Subtype": b"/XML"}, compressed=False))
        out.pack(info, metadata.run_info(self._day))
        out.pack(root, dictionary({
            "Type": b"/Catalog", "Pages": reference(self._tree.close()),
            "Outlines": reference(self._marks.close()), "Metadata": reference(xmp),
            "ViewerPreferences": _VIEWER % _DUPLEX[self._sides]}))
        out.close(root, info)


@dataclass(frozen=True)
class _Page:
    """A page's entries, cut where the reference to the panel goes; and those of a blank page."""

    entries: tuple[bytes, ...]
    blank: bytes


class _Shared:
    """What patients share: the pages of each plate, and every object once, by its content."""

    def __init__(self, out: Streamed) -> None:
        self._out = out
        self._pages: dict[str, tuple[_Page, ...]] = {}
        self._known: dict[bytes, int] = {}

    def pages(self, plate: Plate) -> tuple[_Page, ...]:
        """The pages of a plate; what they show is written when the plate is first met."""
        if plate.id not in self._pages:
            self._pages[plate.id] = tuple(self._read(plate))
        return self._pages[plate.id]

    def _read(self, plate: Plate) -> Iterator[_Page]:
        objects = objects_of(plate)

        @cache
        def place(target: int) -> int:
            return self._stored(renumbered(objects[target], place))

        tree, = references(entries(objects[plate.root])["Pages"])
        for target in references(entries(objects[tree])["Kids"]):
            yield _page(entries(objects[target]), plate.variable.panel, place)

    def _stored(self, body: bytes) -> int:
        """The number of an object in the run, written if there is none like it."""
        known = md5(body, usedforsecurity=False).digest()
        if known not in self._known:
            self._known[known] = self._written(body)
        return self._known[known]

    def _written(self, body: bytes) -> int:
        if is_stream(body):
            return self._out.stream(body)
        target = self._out.reserve()
        self._out.pack(target, body)
        return target


def _page(page: Mapping[str, bytes], panel: int, place: Callable[[int], int]) -> _Page:
    """A plate's page without its links and tags; `place` gives the numbers in the run."""
    blank = b"/Type/Page/MediaBox%b/Resources" % page["MediaBox"]
    resources, = references(page["Resources"])
    contents = array(_PANEL if content == panel else reference(place(content))
                     for content in references(page["Contents"]))
    shown = b"%b %b/Contents%b" % (blank, reference(place(resources)), contents)
    return _Page(tuple(shown.split(_PANEL)), blank + b"<<>>")
