"""Painted pages → a plate: the objects of the file around their operators, in fixed order."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5
from io import BytesIO

from handouts.pdf.figures.vectors import Compiled
from handouts.pdf.file import fonts, metadata, tagtree
from handouts.pdf.file.objects import (
    ENTRY,
    Objects,
    array,
    dictionary,
    numbers,
    packed,
    reference,
    stream,
    text_string,
)
from handouts.pdf.file.plate import Plate, Variable
from handouts.pdf.file.tagtree import Places
from handouts.pdf.layout.canvas import Canvas, Link
from handouts.pdf.layout.theme import INK


@dataclass(frozen=True)
class Description:
    """What the file says of itself, and the scripts of its text and of its panel's values."""

    title: str
    language: str
    scripts: frozenset[str]
    panel: frozenset[str]


def plated(canvas: Canvas, about: Description) -> Plate:
    """The plate of a canvas."""
    objects = Objects()
    tree, panel, xmp, info = (objects.reserve() for _ in range(4))
    places = Places([objects.reserve() for _ in canvas.pages],
                    [objects.reserve() for _ in canvas.links])
    shared = {"Type": b"/Page", "Parent": reference(tree), "Tabs": b"/S",
              "Resources": reference(objects.add(_resources(canvas, about, objects))),
              "MediaBox": array([numbers((0, 0, *canvas.size))])}
    for at, page in enumerate(places.pages):
        content = [objects.add(stream(canvas.pages[at].code.encode())), *([] if at else [panel])]
        objects.bodies[page] = dictionary({**shared, **_page(canvas, at, content, places)})
    for at, link in enumerate(canvas.links):
        objects.bodies[places.links[at]] = _link(link, places.pages, len(places.pages) + at)
    objects.bodies[tree] = dictionary({
        "Type": b"/Pages", "Kids": array(map(reference, places.pages)),
        "Count": b"%d" % len(places.pages)})
    catalog = {"Pages": reference(tree), "Metadata": reference(xmp),
               **_catalog(canvas, about.language, places, objects)}
    root = objects.add(dictionary(catalog))
    head, table = packed(objects, (panel, xmp, info))
    variable = Variable(panel, xmp, info, len(table) // ENTRY)
    return Plate(
        id=md5(head, usedforsecurity=False).hexdigest(), head=head,
        table=bytes(table) + bytes(ENTRY), root=root, variable=variable,
        xmp=tuple(metadata.xmp(about.title, about.language, metadata.PLACEHOLDER).split(
            metadata.xmp_date(metadata.PLACEHOLDER))),
        info=tuple(metadata.info(about.title, metadata.PLACEHOLDER).split(
            metadata.info_date(metadata.PLACEHOLDER))),
        ink=tuple(canvas.ink(INK).rgb()), fonts=fonts.RESOURCES, scripts=about.panel,
        slots=tuple(canvas.slots), pages=len(places.pages))


def _catalog(canvas: Canvas, language: str, places: Places, objects: Objects) -> dict[str, bytes]:
    """What the catalog names besides pages and metadata (ISO 32000-1, 7.7.2)."""
    marked = [page.marked for page in canvas.pages]
    root = tagtree.write(canvas.root, marked, canvas.linked, places, objects)
    return {
        "Type": b"/Catalog", "Lang": text_string(language), "MarkInfo": b"<</Marked true>>",
        "ViewerPreferences": b"<</DisplayDocTitle true>>", "StructTreeRoot": reference(root),
        "Outlines": _outlines(canvas, places.pages, objects),
        "OutputIntents": metadata.output_intent(objects)}


def _page(canvas: Canvas, at: int, content: list[int], places: Places) -> dict[str, bytes]:
    links = [target for target, link in zip(places.links, canvas.links, strict=True)
             if link.page == at]
    return {"Contents": array(map(reference, content)), "StructParents": b"%d" % at,
            "Annots": array(map(reference, links)) if links else b""}


# -- resources -------------------------------------------------------------------------------------


def _resources(canvas: Canvas, about: Description, objects: Objects) -> bytes:
    """One dictionary for all pages: fonts, drawings, pictures."""
    known = fonts.write(about.scripts, about.panel, objects)
    drawn = {name: objects.add(_form(drawing)) for name, drawing in canvas.forms.items()}
    drawn |= {name: objects.add(_image(data, grey=canvas.black))
              for name, data in canvas.images.items()}
    return dictionary({
        "Font": dictionary({name: reference(target) for name, target in known.items()}),
        "XObject": dictionary({name: reference(target) for name, target in drawn.items()})})


@lru_cache(maxsize=256)
def _form(drawing: Compiled) -> bytes:
    return stream(drawing.operators, {
        "Type": b"/XObject", "Subtype": b"/Form", "Resources": drawing.resources,
        "BBox": array([numbers((0, 0, drawing.width, drawing.height))])})


def _image(data: bytes, *, grey: bool) -> bytes:
    """A raster logo as it was cleaned: RGB, 8 bits, without transparency; in greys if asked."""
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        pixels = (picture.convert("L") if grey else picture).convert("RGB")
    return stream(pixels.tobytes(), {
        "Type": b"/XObject", "Subtype": b"/Image", "ColorSpace": b"/DeviceRGB",
        "BitsPerComponent": b"8", "Width": b"%d" % pixels.width, "Height": b"%d" % pixels.height})


# -- links and bookmarks ---------------------------------------------------------------------------


def _link(link: Link, pages: list[int], key: int) -> bytes:
    """A link annotation: printed, described, and tied to its element (ISO 14289-1, 7.18)."""
    lefts, bottoms, rights, tops = zip(*link.boxes, strict=True)
    quads = [number for left, bottom, right, top in link.boxes
             for number in (left, top, right, top, left, bottom, right, bottom)]
    return dictionary({
        "Type": b"/Annot", "Subtype": b"/Link", "F": b"4", "Border": b"[0 0 0]",
        "Rect": array([numbers((min(lefts), min(bottoms), max(rights), max(tops)))]),
        "QuadPoints": array([numbers(quads)]) if len(link.boxes) > 1 else b"",
        "P": reference(pages[link.page]), "StructParent": b"%d" % key,
        "Contents": text_string(link.words.strip()),
        "A": b"<</Type/Action/S/URI/URI%b>>" % text_string(link.target)})


def _outlines(canvas: Canvas, pages: list[int], objects: Objects) -> bytes:
    """A bookmark for each heading of the first two levels, one after the other."""
    marks = [mark for mark in canvas.bookmarks if mark.level <= 2]
    if not marks:
        return b""
    root = objects.reserve()
    own = [objects.reserve() for _ in marks]
    for at, mark in enumerate(marks):
        objects.bodies[own[at]] = dictionary({
            "Title": text_string(mark.words.strip()), "Parent": reference(root),
            "Prev": reference(own[at - 1]) if at else b"",
            "Next": reference(own[at + 1]) if at + 1 < len(own) else b"",
            "Dest": b"[%b/XYZ null %b null]" % (reference(pages[mark.page]),
                                               numbers((mark.top,)))})
    objects.bodies[root] = dictionary({
        "Type": b"/Outlines", "First": reference(own[0]), "Last": reference(own[-1]),
        "Count": b"%d" % len(own)})
    return reference(root)
