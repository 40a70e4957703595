"""The structure tree: what each piece of a page is, in reading order.

Drawing builds it: what is drawn first is read first. A `Tag` says what something is; the canvas
turns it into a `StructureElement` where the drawing stands, and notes which marked content belongs
to it.

Clauses of ISO 14289-1 (PDF/UA-1) and ISO 19005-2 (PDF/A-2), and what keeps them:

    UA 7.1-1, 7.1-2  content is marked, or an artifact  `pdf.layout.canvas.wrapped`
    UA 7.1-3         artifacts hold no tagged content   `pdf.layout.canvas.Canvas.artifact`
    UA 7.1-8, 7.1-9  XMP with title                     `pdf.file.metadata.xmp`
    UA 7.1-10        DisplayDocTitle                    `pdf.pages.plating`
    UA 7.2           language of document, of spans     `pdf.pages.plating`, `pdf.layout.text`
    UA 7.3           figures have alt text and a BBox   `pdf.figures.figures.Picture`
    UA 7.4.2         headings from 1, none skipped      `pdf.layout.canvas.Canvas.group`
    UA 7.5           tables have headers with a scope   `pdf.blocks.diary`, `pdf.blocks.listing`
    UA 7.6           lists of LI with LBody             `pdf.blocks.cards.listed`
    UA 7.9           notes have an ID                   `pdf.blocks.builders`
    UA 7.17          bookmarks for navigation           `pdf.pages.plating`
    UA 7.18          links: Contents, StructParent      `pdf.layout.canvas.Canvas.link`
    UA 7.21          fonts embedded, Unicode known      `pdf.file.fonts`, `pdf.pages.typeset`
    A-2 6.1.7        ends of streams                    `pdf.file.objects.deflated`
    A-2 6.2.4.3      output intent for RGB              `pdf.file.metadata.output_intent`
    A-2 6.6.2        XMP plain, schema declared         `pdf.file.metadata.xmp`
    A-2 6.7.3        structure tree                     here
    reading order    the order in which boxes stand     `check.order`
    alt text         says what the picture shows        the author: figures.toml of a language
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from handouts.pdf.file.objects import Objects, array, dictionary, numbers, reference, text_string

HEADING = "H"  # a heading whose level is told by the sections around it
KEPT_EMPTY = ("TD", "TH")  # a table cell to write in is empty, and still a cell


@dataclass(frozen=True, eq=False)
class Tag:
    """What a piece of a page is; each Tag becomes one element, wherever its parts are drawn.

    `role` is a standard structure type (ISO 32000-1, 14.8.4) or HEADING; `attributes` is written
    as it is.
    """

    role: str
    alt: str = ""
    language: str = ""
    actual: str = ""
    id: str = ""
    attributes: bytes = b""


SECTION = "Sect"


def section() -> Tag:
    """A new section; the headings in it are one level deeper."""
    return Tag(SECTION)


@dataclass(frozen=True)
class Content:
    """Marked content of a page (numbered from 0) by its MCID."""

    page: int
    mcid: int


@dataclass(frozen=True)
class Annotation:
    """A link on a page, by its number among all links."""

    page: int
    index: int


@dataclass
class StructureElement:
    """A structure element with its kids in reading order."""

    role: str
    tag: Tag
    parent: "StructureElement | None" = None
    kids: "list[StructureElement | Content | Annotation]" = field(default_factory=list)
    attributes: bytes = b""
    number: int = 0

    def walk(self) -> "Iterator[StructureElement]":
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, StructureElement):
                yield from kid.walk()

    def page(self) -> int | None:
        """The page on which its first content stands."""
        for kid in self.kids:
            at = kid.page() if isinstance(kid, StructureElement) else kid.page
            if at is not None:
                return at
        return None

    def prune(self) -> bool:
        """Drops the elements that hold nothing; whether this one holds something."""
        self.kids = [kid for kid in self.kids
                     if not isinstance(kid, StructureElement) or kid.prune()]
        return bool(self.kids) or self.role in KEPT_EMPTY


@dataclass(frozen=True)
class Places:
    """The object numbers of all pages and of all links."""

    pages: list[int]
    links: list[int]


def write(root: StructureElement, marked: list[list[StructureElement]],
          linked: list[StructureElement], places: Places, objects: Objects) -> int:
    """Numbers and writes the tree; gives the number of the structure tree root.

    `marked` holds the element of each MCID of each page, `linked` that of each link.
    """
    root.prune()
    top = objects.reserve()
    elements = list(root.walk())
    for element in elements:
        element.number = objects.reserve()
    for element in elements:
        parent = element.parent.number if element.parent else top
        objects.bodies[element.number] = _element(element, parent, places)
    objects.bodies[top] = dictionary({
        "Type": b"/StructTreeRoot", "K": reference(root.number),
        "ParentTree": _parent_tree(marked, linked, objects),
        "ParentTreeNextKey": b"%d" % (len(places.pages) + len(places.links)),
        "IDTree": _id_tree(elements)})
    return top


def _element(element: StructureElement, parent: int, places: Places) -> bytes:
    at, tag = element.page(), element.tag
    kids = [_kid(kid, at, places) for kid in element.kids]
    return dictionary({
        "Type": b"/StructElem", "S": b"/" + element.role.encode(), "P": reference(parent),
        "Pg": reference(places.pages[at]) if at is not None else b"",
        "K": kids[0] if len(kids) == 1 else array(kids) if kids else b"",
        "Lang": text_string(tag.language) if tag.language else b"",
        "Alt": text_string(tag.alt) if tag.alt else b"",
        "ActualText": text_string(tag.actual) if tag.actual else b"",
        "ID": text_string(tag.id) if tag.id else b"",
        "A": element.attributes or tag.attributes})


def _kid(kid: StructureElement | Content | Annotation, at: int | None, places: Places) -> bytes:
    if isinstance(kid, StructureElement):
        return reference(kid.number)
    page = reference(places.pages[kid.page])
    if isinstance(kid, Annotation):
        return dictionary({"Type": b"/OBJR", "Pg": page, "Obj": reference(places.links[kid.index])})
    if kid.page == at:
        return b"%d" % kid.mcid
    return dictionary({"Type": b"/MCR", "Pg": page, "MCID": b"%d" % kid.mcid})


def _parent_tree(marked: list[list[StructureElement]], linked: list[StructureElement],
                 objects: Objects) -> bytes:
    """The number tree from StructParents and StructParent keys to elements (14.7.4.4)."""
    entries = [b"%d %b" % (key, array(reference(element.number) for element in page))
               for key, page in enumerate(marked)]
    entries += [b"%d %b" % (len(marked) + key, reference(element.number))
                for key, element in enumerate(linked)]
    return reference(objects.add(dictionary({"Nums": array(entries)})))


def _id_tree(elements: list[StructureElement]) -> bytes:
    named = sorted((element.tag.id, element.number) for element in elements if element.tag.id)
    if not named:
        return b""
    entries = [b"%b %b" % (text_string(name), reference(target)) for name, target in named]
    return dictionary({"Names": array(entries)})


def figure_box(left: float, bottom: float, right: float, top: float) -> bytes:
    """The layout attributes of a figure: where it stands on its page, in points (14.8.5.4)."""
    return b"<</O/Layout/Placement/Block/BBox %b>>" % array(
        [numbers((left, bottom, right, top))])


def list_numbering(style: str) -> bytes:
    """The attribute that says how a list is labelled (14.8.5.5)."""
    return b"<</O/List/ListNumbering/%b>>" % style.encode()


def print_field() -> bytes:
    """The attributes of a box to tick that is empty, of a form on paper (14.8.5.6)."""
    return b"<</O/PrintField/Role/cb/checked/off>>"


def scope(of: str) -> bytes:
    """The attribute that says which cells a header cell is for: Row or Column (14.8.5.7)."""
    return b"<</O/Table/Scope/%b>>" % of.encode()
