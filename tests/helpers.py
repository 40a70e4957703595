"""What tests read out of documents and PDFs; no tests here."""

import ctypes
import errno
import os
from collections.abc import Iterator
from datetime import date
from io import FileIO
from itertools import count

import click
import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from page import validate_pdf_bytes

from handouts.check import access
from handouts.check.access import open_pdf
from handouts.check.facts import joined, read_facts
from handouts.pdf.file.plate import printed
from handouts.pdf.layout.canvas import Canvas
from handouts.pdf.pages.plating import Description, plated
from handouts.system import parts

TODAY = date(2026, 11, 25)
DRAFT = "handouts: content en not yet reviewed by a clinician; see 'handouts review status'\n"
DRAFTS = DRAFT.replace(";", ", es not yet reviewed by a clinician;")  # of all languages
NAMES = ("Zażółć Gęślą", "Nguyễn Thị Ánh", "Καλλιόπη", "Жанна", "محمد علي", "דוד כהן", "प्रिया")


def standards(data: bytes) -> list[str]:
    """What page-validation finds wrong with a PDF by PDF/UA-1 and PDF/A-2a."""
    return [f"{failure.rule_id}: {failure.message}" for profile in ("ua1", "2a")
            for failure in validate_pdf_bytes(data, profile=profile).failures]


def texts(node) -> Iterator[str]:
    """Every text of a document or a part of it, pictures' names and ids left out."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from texts(item)
    elif isinstance(node, Struct):
        hidden = {"badge", "icon", "kind", "anchor", "id", "name"} if hasattr(node, "alt") or (
            type(node).__name__ in ("Tip", "Label", "Card", "StopColumn", "Page", "Field")) else {
            "badge", "icon", "kind"}
        for name in node.__struct_fields__:
            if name not in hidden:
                yield from texts(getattr(node, name))


def document_text(document) -> str:
    """All that a document says, as one text."""
    return " ".join(texts(document))


def page_texts(data: bytes) -> list[str]:
    """The text of each page, white space run together."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def glyph_sizes(data: bytes) -> set[float]:
    """The sizes in points of all visible glyphs, with their matrices applied."""
    document = pypdfium2.PdfDocument(data)
    sizes = set()
    for page in document:
        words = page.get_textpage()
        matrix = pdfium.FS_MATRIX()
        for at in range(words.count_chars()):
            if chr(pdfium.FPDFText_GetUnicode(words, at)).isspace():
                continue
            pdfium.FPDFText_GetMatrix(words, at, ctypes.byref(matrix))
            sizes.add(round(pdfium.FPDFText_GetFontSize(words, at) * matrix.d, 2))
    document.close()
    return sizes


def tag_tree(data: bytes) -> str:
    """The structure tree as text: an element a line, list items with their label and body.

    Inline elements other than links are part of their block's text.
    """
    opened = open_pdf(data)
    facts = read_facts(opened)
    title = access.text(access.entry(opened.pdf.trailer, "Info", "Title"))
    lines = []
    for element in facts.tree.elements if facts.tree else ():
        if element.inline and element.kind != "Link":
            continue
        if element.depth == 1:
            lines.append(f'{element.kind} lang={facts.language} title="{title}"')
            continue
        words = "" if element.has("Alt") else joined(
            facts.shows_of(element) if element.inline else facts.own_shows(element))
        line = (element.kind + (f" lang={element.said('Lang')}" if element.has("Lang") else "")
                + (f' alt="{element.text_of("Alt")}"' if element.has("Alt") else "")
                + (f' "{words}"' if words else ""))
        if element.kind in ("Lbl", "LBody") and element.parent.kind == "LI":
            lines[-1] += f" {line}"
        else:
            lines.append("  " * _indent(element) + line)
    opened.pdf.close()
    return "\n".join(lines) + "\n"


def _indent(element) -> int:
    above, steps = element.parent, 0
    while above is not None:
        steps += bool(above.kind) and above.kind not in ("Lbl", "LBody")
        above = above.parent
    return steps


def painted(size, draw) -> bytes:
    """A finished PDF of one page on which `draw(canvas)` has drawn."""
    canvas = Canvas(size)
    draw(canvas)
    canvas.showPage()
    about = Description("A drawing", "en", frozenset(), frozenset())
    return printed(plated(canvas, about), {}, TODAY)


def full_disk(monkeypatch, *, after: int = 0) -> None:
    """From now on the disk takes so many files more, and no byte of another."""
    taken, new = count(), parts.new

    class Full(FileIO):
        def write(self, _data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def begun(path):
        if next(taken) < after:
            return new(path)
        return Full(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    monkeypatch.setattr(parts, "new", begun)


def all_commands(group, *names) -> dict[tuple[str, ...], click.Command]:
    """Every command of a Click group, by the words that call it."""
    found, context = {}, click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= all_commands(command, *names, name)
        else:
            found[*names, name] = command
    return found
