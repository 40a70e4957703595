"""A stranger's SVG → its drawing, if it leaves ink on white paper at the size of a logo."""

from io import BytesIO

from handouts.brand.raster import HEADER_PIXELS, leaves_ink
from handouts.errors import PackError
from handouts.pdf.figures.vectors import Compiled, compile_svg
from handouts.pdf.file.objects import (
    Objects,
    array,
    dictionary,
    indirect,
    numbers,
    reference,
    stream,
)

_LEAST = 2  # pixels; what is narrower on paper is a hair at most


def inked(source: bytes, label: str) -> Compiled:
    """The drawing; PackError when it can't be printed as drawn, or is blank on white paper."""
    drawing = compile_svg(source, label)
    if not _leaves_ink(drawing):
        raise PackError("the SVG is blank on white paper", where=label,
                        cure="Export the dark version of the logo, with all of it inside the "
                        "picture.")
    return drawing


def _leaves_ink(drawing: Compiled) -> bool:
    """Whether anything is seen of it, as a viewer draws it."""
    import pypdfium2

    scale = min(wide / own for wide, own in zip(
        HEADER_PIXELS, (drawing.width, drawing.height), strict=True)) / 2
    if min(drawing.width, drawing.height) * scale < _LEAST:
        return False
    with BytesIO(page_of(drawing)) as file, pypdfium2.PdfDocument(file) as document:
        return leaves_ink(document[0].render(scale=scale).to_pil().convert("RGB"))


def page_of(drawing: Compiled) -> bytes:
    """A PDF of one page with nothing but the drawing."""
    objects = Objects()
    tree, content = objects.reserve(), objects.add(stream(drawing.operators))
    page = objects.add(dictionary({
        "Type": b"/Page", "Parent": reference(tree), "Contents": reference(content),
        "MediaBox": array([numbers((0, 0, drawing.width, drawing.height))]),
        "Resources": drawing.resources}))
    objects.bodies[tree] = dictionary({
        "Type": b"/Pages", "Kids": array([reference(page)]), "Count": b"1"})
    root = objects.add(dictionary({"Type": b"/Catalog", "Pages": reference(tree)}))
    # Without a cross-reference table: a viewer finds the objects by itself.
    body = b"".join(indirect(at, objects.bodies[at]) for at in sorted(objects.bodies))
    return b"%PDF-1.7\n" + body + b"trailer" + dictionary({"Root": reference(root)}) + b"\n%%EOF"
