"""What tests read out of documents and PDFs; no tests here."""

import errno
import os
from collections.abc import Callable, Iterator
from copy import copy
from datetime import date
from functools import lru_cache, wraps
from hashlib import sha256
from io import FileIO
from itertools import count

import click
import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct
from page import validate_pdf_bytes

from handouts.check import access
from handouts.check.access import open_pdf
from handouts.check.painted import joined, read_facts
from handouts.pdf.file.plate import printed
from handouts.pdf.layout.canvas import Canvas
from handouts.pdf.pages.plating import Description, plated
from handouts.system import parts

TODAY = date(2026, 11, 25)
DRAFT = "handouts: content en not yet reviewed by a clinician; see 'handouts review status'\n"
DRAFTS = DRAFT.replace(";", ", es not yet reviewed by a clinician;")  # of all languages
NAMES = ("Zażółć Gęślą", "Nguyễn Thị Ánh", "Καλλιόπη", "Жанна", "محمد علي", "דוד כהן", "प्रिया")


def once_a_file(look: Callable) -> Callable:
    """A look at a PDF that is taken once in a run, however many tests ask for the same bytes."""
    known: dict[tuple, object] = {}

    @wraps(look)
    def looked(data: bytes, *more):
        key = sha256(data).digest(), more
        if key not in known:
            known[key] = look(data, *more)
        return copy(known[key])

    return looked


@once_a_file
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
        hidden |= {"picture", "pictures", "target"}  # names
        # What a fine print says in brief stands in place of its long words, never beside them.
        hidden |= {"brief"} if type(node).__name__ == "FinePrint" else set()
        for name in node.__struct_fields__:
            if name not in hidden:
                yield from texts(getattr(node, name))


def document_text(document) -> str:
    """All that a document says, as one text."""
    return " ".join(texts(document))


@lru_cache(maxsize=4)  # what is asked of a file is asked one after the other
def text_pages(data: bytes) -> list[pypdfium2.PdfTextPage]:
    """The texts of the pages, with pdfium's eyes; each holds its page."""
    return [page.get_textpage() for page in pypdfium2.PdfDocument(data)]


@once_a_file
def page_texts(data: bytes) -> list[str]:
    """The text of each page, white space run together."""
    return [" ".join(words.get_text_range().split()) for words in text_pages(data)]


@once_a_file
def glyph_sizes(data: bytes) -> set[float]:
    """The sizes in points of all visible glyphs, with their matrices applied.

    They are asked of each shown string, whose glyphs have one size.
    """
    sizes = set()
    for words in text_pages(data):
        for item in words.page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=words):
            size = round(item.get_font_size() * _scale(item), 2)
            if size not in sizes and item.extract().strip():
                sizes.add(size)
    return sizes


def _scale(item) -> float:
    """How many times larger a thing is drawn, up and down, by its matrix and those around it."""
    return item.get_matrix().d * (_scale(item.container) if item.container else 1)


@once_a_file
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
