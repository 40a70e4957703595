"""A ReportLab canvas that tags: every operator is marked content or an artifact.

`group` opens an element that holds others, `mark` one that holds drawing, `artifact` what no
reader needs. Whatever is painted outside a mark is wrapped as an artifact when its page ends, so
nothing can stay untagged. Fonts, forms and images are only named here; `file` writes them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas as ReportLabCanvas

from handouts.pdf.file import fonts
from handouts.pdf.file.objects import number
from handouts.pdf.file.plate import Slot
from handouts.pdf.file.tagtree import (
    HEADING,
    SECTION,
    Annotation,
    Content,
    StructureElement,
    Tag,
    figure_box,
)
from handouts.pdf.layout.theme import BLACK, WHITE

# All operators that paint (ISO 32000-1, table 51), wherever they stand in a piece of code.
_PAINTS = frozenset(["f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI", "BT", "Tj",
                     "TJ", "'", '"'])


class Mark(str):
    """An operator that opens or closes marked content, told apart from ReportLab's own."""

    __slots__ = ()


_END = Mark("EMC")
_ARTIFACT = Mark("/Artifact BMC")


@dataclass(frozen=True)
class Link:
    """A link's target and the boxes of its lines on one page, in points."""

    page: int
    target: str
    words: str
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True)
class Bookmark:
    """A heading: its level, its words, its page and its top in points."""

    level: int
    words: str
    page: int
    top: float


@dataclass
class Painted:
    """One finished page: its operators, and the element of each MCID."""

    code: str
    marked: list[StructureElement] = field(default_factory=list)


class Canvas(ReportLabCanvas):  # type: ignore[misc]
    """Pages of operators with the structure tree that belongs to them.

    With `black`, text and shapes have no ink but black, whatever they ask for; white stays white.
    """

    def __init__(self, size: tuple[float, float], *, black: bool = False) -> None:
        self.size, self.black = size, black
        super().__init__(BytesIO(), pagesize=size)
        self.root = StructureElement("Document", Tag("Document"))
        self.pages: list[Painted] = []
        self.links: list[Link] = []
        self.linked: list[StructureElement] = []
        self.slots: list[Slot] = []
        self.bookmarks: list[Bookmark] = []
        self.forms: dict[str, Any] = {}
        self.images: dict[str, bytes] = {}
        self._stack = [self.root]
        self._opened: dict[Tag, StructureElement] = {}
        self._marked: list[StructureElement] = []
        self._hidden = 0

    # -- structure ---------------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """The number of the page being painted, from 0."""
        return len(self.pages)

    def element(self, tag: Tag) -> StructureElement:
        """The element of a tag: a new one where drawing stands, or the one it has already."""
        known = self._opened.get(tag)
        if known is not None:
            return known
        parent = self._stack[-1]
        made = StructureElement(self._role(tag), tag, parent)
        parent.kids.append(made)
        self._opened[tag] = made
        return made

    def _role(self, tag: Tag) -> str:
        if tag.role != HEADING:
            return tag.role
        return f"H{1 + sum(element.role == SECTION for element in self._stack)}"

    @contextmanager
    def group(self, tag: Tag | None) -> Iterator[None]:
        """What is drawn inside belongs under this tag; without one, where it stands."""
        if tag is None or self._hidden:
            yield
            return
        self._stack.append(self.element(tag))
        yield
        self._stack.pop()

    @contextmanager
    def mark(self, tag: Tag | None) -> Iterator[None]:
        """What is drawn inside is the content of this tag, or of the one around without it."""
        if self._hidden:
            yield
            return
        element = self._stack[-1] if tag is None else self.element(tag)
        self._code.append(Mark(f"/{element.role} <</MCID {self.mcid(element)}>> BDC"))
        yield
        self._code.append(_END)

    def figure(self, tag: Tag, width: float, height: float) -> None:
        """Notes where the figure of a tag stands: its lower left corner is the origin."""
        if not self._hidden:
            corners = (*self.absolutePosition(0, 0), *self.absolutePosition(width, height))
            self.element(tag).attributes = figure_box(*corners)

    def mcid(self, element: StructureElement) -> int:
        """A new MCID on this page for an element."""
        mcid = len(self._marked)
        self._marked.append(element)
        element.kids.append(Content(self.page, mcid))
        return mcid

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is no content: `kind` is an artifact's type and subtype, if any."""
        self._hidden += 1
        if kind:
            self._code.append(Mark(f"/Artifact <<{kind}>> BDC"))
        yield
        if kind:
            self._code.append(_END)
        self._hidden -= 1

    @property
    def hidden(self) -> bool:
        """Whether what is drawn now is an artifact."""
        return self._hidden > 0

    @property
    def around(self) -> StructureElement:
        """The element in which drawing stands."""
        return self._stack[-1]

    def bookmark(self, element: StructureElement, words: str, top: float) -> None:
        """Notes a heading for the bookmarks; `top` in points above the current origin."""
        self.bookmarks.append(
            Bookmark(int(element.role[1:]), words, self.page, self.absolutePosition(0, top)[1]))

    # -- inks ------------------------------------------------------------------------------------

    def ink(self, colour: Color) -> Color:
        """The colour that a colour is printed in."""
        return BLACK if self.black and colour != WHITE else colour

    def setFillColor(self, colour: Color, alpha: float | None = None) -> None:
        """The ink of what is filled from here on."""
        super().setFillColor(self.ink(colour), alpha)

    def setStrokeColor(self, colour: Color, alpha: float | None = None) -> None:
        """The ink of lines from here on."""
        super().setStrokeColor(self.ink(colour), alpha)

    # -- words -------------------------------------------------------------------------------------

    def operators(self, code: str) -> None:
        """Operators, written as they are."""
        self._code.append(code)

    def open_mark(self, element: StructureElement) -> str:
        """The operator that opens a mark of an element inside a text object."""
        return f"/{element.role} <</MCID {self.mcid(element)}>> BDC"

    def text_object(self, code: str) -> None:
        """A whole text object that carries its own marks, or is an artifact."""
        self._code.append(code if self._hidden else Mark(code))

    def link(self, element: StructureElement, target: str, words: str,
             boxes: list[tuple[float, float, float, float]]) -> None:
        """A link on this page; boxes in points from the current origin."""
        placed = tuple((*self.absolutePosition(box[0], box[1]),
                        *self.absolutePosition(box[2], box[3])) for box in boxes)
        element.kids.append(Annotation(self.page, len(self.links)))
        self.links.append(Link(self.page, target, words, placed))
        self.linked.append(element)

    def slot(self, slot: Slot) -> None:
        """Notes where the panel takes a value; its place is in points from the current origin."""
        left, base = self.absolutePosition(slot.left, slot.base)
        self.slots.append(slot._replace(left=left, base=base, mcid=self.mcid(self.around)))

    # -- forms, images, pages ----------------------------------------------------------------------

    def image(self, name: str, data: bytes, width: float, height: float) -> None:
        """A raster picture, its lower left corner at the origin."""
        self.images[name] = data
        self._code += ["q", f"{_numbers(width, 0, 0, height, 0, 0)} cm", f"/{name} Do", "Q"]

    def form(self, name: str, drawing: Any) -> None:
        """A compiled drawing, kept once in the file; its lower left corner is the origin."""
        self.forms[name] = drawing
        self._code.append(f"/{name} Do")

    def showPage(self) -> None:
        """Ends the page."""
        code = "\n".join(wrapped(self._code))
        self.pages.append(Painted(code, self._marked))
        self._marked = []
        self._code: list[str] = []
        self._startPage()


def text_operators(font: str, size: float, at: tuple[float, float], words: str) -> str:
    """The operators that show words inside a text object."""
    name, glyphs = fonts.RESOURCES[font], fonts.encoded(font, words)
    return f"/{name} {_numbers(size)} Tf 1 0 0 1 {_numbers(*at)} Tm <{glyphs}> Tj"


def _numbers(*values: float) -> str:
    return " ".join(number(value).decode() for value in values)


def wrapped(code: list[str]) -> list[str]:
    """A page's operators with whatever is painted outside a mark wrapped as an artifact."""
    out: list[str] = []
    run: list[str] = []
    depth = 0

    def end_run() -> None:
        painted = any(not _PAINTS.isdisjoint(item.split()) for item in run)
        out.extend([_ARTIFACT, *run, _END] if painted else run)
        run.clear()

    for item in code:
        if isinstance(item, Mark) or depth or item in ("q", "Q"):
            end_run()
            out.append(item)
            if isinstance(item, Mark):
                depth += _opening(item)
        else:
            run.append(item)
    end_run()
    return out


def _opening(mark: Mark) -> int:
    """How many marks an operator opens (1), closes (-1), or carries whole (0)."""
    if mark.startswith("BT"):
        return 0
    return -1 if mark == _END else 1
