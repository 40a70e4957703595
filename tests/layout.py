"""What tests measure of how a finished PDF is laid out, with pdfium's eyes; no tests here."""

from collections.abc import Iterator
from itertools import combinations

import pypdfium2
import pypdfium2.raw as pdfium

from handouts.check.access import open_pdf
from handouts.check.facts import read_facts
from handouts.check.lines import paragraphs

SIDE, END = 42, 36  # the margins at left and right, above and below
HANGING = 5.6  # points: the space at the end of a line is part of its box
TOUCH = 0.8  # points by which boxes may meet
FRAME = 20  # points: a smaller shape frames no text
CURVED = 5  # segments: fewer make a line, not a frame


def layout_faults(data: bytes, margins: tuple[float, float] = (SIDE, END)) -> list[str]:
    """Lines of text that leave the margins, run into each other, across a frame or a picture; and
    frames that cut each other."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [f"page {number}: {fault}" for number, page in enumerate(document, 1)
                for fault in _faults(page, *margins)]
    finally:
        document.close()


def lone_words(data: bytes) -> list[str]:
    """Last lines, of three or more, that are a single short word."""
    opened = open_pdf(data)
    found = [lines[-1].text.strip() for lines in paragraphs(read_facts(opened)) if len(lines) > 2]
    opened.pdf.close()
    return [words for words in found if " " not in words and len(words) < 8]


def _faults(page, side: float, end: float) -> Iterator[str]:
    width, height = page.get_size()
    lines = list(_lines(page))
    frames, pictures = _shapes(page)
    yield from _crossings(lines, frames, pictures)
    for box, words in lines:
        if not _within(box, (side, end, width - side + HANGING, height - end)):
            yield f"'{words}' leaves the margins"
    for (one, words), (other, more) in combinations(lines, 2):
        if _meet(one, other):
            yield f"'{words}' runs into '{more}'"
    for one, other in combinations(frames, 2):
        if _meet(one, other) and not (_within(one, other) or _within(other, one)):
            yield "two frames cut each other"


def _crossings(lines, frames, pictures) -> Iterator[str]:
    for box, words in lines:
        if any(_meet(box, frame) and not _within(box, frame) for frame in frames):
            yield f"'{words}' runs across a frame"
        if any(_meet(box, picture) for picture in pictures):
            yield f"'{words}' runs into a picture"


def _lines(page) -> Iterator[tuple[tuple[float, ...], str]]:
    words = page.get_textpage()
    for at in range(words.count_rects()):
        box = words.get_rect(at)
        text = " ".join(words.get_text_bounded(*box).split())
        if text and box[2] > box[0]:
            yield box, text


def _shapes(page) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    frames, pictures = [], []
    for item in page.get_objects(max_depth=1):
        box = item.get_bounds()
        if item.type in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE):
            pictures.append(box)
        elif (item.type == pdfium.FPDF_PAGEOBJ_PATH and _is_large(box)
              and pdfium.FPDFPath_CountSegments(item) >= CURVED):
            frames.append(box)
    return frames, pictures


def _is_large(box: tuple[float, ...]) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > FRAME


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (min(one[2], other[2]) - max(one[0], other[0]) > TOUCH
            and min(one[3], other[3]) - max(one[1], other[1]) > TOUCH)


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (inner[0] > outer[0] - TOUCH and inner[1] > outer[1] - TOUCH
            and inner[2] < outer[2] + TOUCH and inner[3] < outer[3] + TOUCH)
