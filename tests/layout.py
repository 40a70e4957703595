"""What tests measure of how a finished PDF is laid out, with pdfium's eyes; no tests here."""

import ctypes
from collections.abc import Iterator
from itertools import combinations

import pypdfium2.raw as pdfium
from helpers import once_a_file, text_pages

from handouts.check.access import open_pdf
from handouts.check.lines import paragraphs
from handouts.check.painted import read_facts

SIDE, END = 36, 26  # the margins at left and right, above and below
LEANING = 1.2  # points: letters such as j begin left of their place
HANGING = 5.6  # points: the space at the end of a line is part of its box
TOUCH = 0.8  # points by which boxes may meet
FRAME = 20  # points: a smaller shape frames no text
TOP, FOOT = 28, 80  # of a page: where its own text begins, and ends above the footer
CURVED = 5  # segments: fewer make a line, not a frame


@once_a_file
def layout_faults(data: bytes, margins: tuple[float, float] = (SIDE, END)) -> list[str]:
    """Lines of text that leave the margins, run into each other, across a frame or a picture; and
    frames that cut each other."""
    return [f"page {number}: {fault}" for number, words in enumerate(text_pages(data), 1)
            for fault in _faults(words, *margins)]


@once_a_file
def lone_words(data: bytes) -> list[str]:
    """Last lines, of three or more, that are a single short word; words to circle, which stand
    under each other, are no lines of a text."""
    opened = open_pdf(data)
    found = [[line.text.strip() for line in lines] for lines in paragraphs(read_facts(opened))]
    opened.pdf.close()
    return [lines[-1] for lines in found if len(lines) > 2 and any(" " in line for line in lines)
            and " " not in lines[-1] and len(lines[-1]) < 8]


@once_a_file
def fullness(data: bytes) -> list[float]:
    """How far down each page's own text goes: the share of the height between margin and foot."""
    shares = []
    for words in text_pages(data):
        height = words.page.get_size()[1]
        lowest = min((box[1] for box, _ in _lines(words) if box[1] > FOOT), default=height)
        shares.append((height - TOP - lowest) / (height - TOP - FOOT))
    return shares


@once_a_file
def title_gaps(data: bytes) -> list[float]:
    """From each page's first line, its title, to the next one under it, in points."""
    gaps = []
    for words in text_pages(data):
        title, *others = sorted((box for box, _ in _lines(words)), key=lambda box: -box[3])
        gaps.append(title[1] - max(box[3] for box in others if box[3] < title[1]))
    return gaps


def _faults(words, side: float, end: float) -> Iterator[str]:
    width, height = words.page.get_size()
    lines = list(_lines(words))
    frames, pictures = _shapes(words.page)
    yield from _crossings(lines, frames, pictures)
    for box, words in lines:
        if not _within(box, (side - LEANING, end, width - side + HANGING, height - end)):
            yield f"'{words}' leaves the margins"
    yield from _collisions(sorted(lines, key=lambda line: line[0][1]))
    for one, other in combinations(frames, 2):
        if _meet(one, other) and not (_within(one, other) or _within(other, one)):
            yield "two frames cut each other"


def _crossings(lines, frames, pictures) -> Iterator[str]:
    for box, words in lines:
        if any(_meet(box, frame) and not _within(box, frame) for frame in frames):
            yield f"'{words}' runs across a frame"
        if any(_meet(box, picture) for picture in pictures):
            yield f"'{words}' runs into a picture"


def _collisions(lines) -> Iterator[str]:
    """The lines, the lowest first, that run into others."""
    for at, (one, words) in enumerate(lines):
        for other, more in lines[at + 1:]:
            if other[1] >= one[3]:
                break  # it and all after it stand above this line
            if _meet(one, other):
                yield f"'{words}' runs into '{more}'"


def _lines(words) -> Iterator[tuple[tuple[float, ...], str]]:
    for at in range(words.count_rects()):
        box = words.get_rect(at)
        text = " ".join(words.get_text_bounded(*box).split())
        if text and box[2] > box[0]:
            yield box, text


def _shapes(page) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    frames, pictures = [], []
    for item in page.get_objects(max_depth=1):
        box = _shown(item)
        if item.type in (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE):
            pictures.append(box)
        elif (item.type == pdfium.FPDF_PAGEOBJ_PATH and _is_large(box)
              and pdfium.FPDFPath_CountSegments(item) >= CURVED):
            frames.append(box)
    return frames, pictures


def _shown(item) -> tuple[float, ...]:
    """The bounds of a thing on a page, without what the paths around it clip away."""
    box = item.get_bounds()
    clip = pdfium.FPDFPageObj_GetClipPath(item)
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0) if clip else 0):
        if corners := _corners(clip, path):
            across, up = zip(*corners, strict=True)
            box = (max(box[0], min(across)), max(box[1], min(up)), min(box[2], max(across)),
                   min(box[3], max(up)))
    return box


def _corners(clip, path) -> list[tuple[float, float]]:
    corners = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, at)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            corners.append((x.value, y.value))
    return corners


def _is_large(box: tuple[float, ...]) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) > FRAME


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    # The differences first: this is asked of every two things on a page.
    return (one[2] - other[0] > TOUCH and other[2] - one[0] > TOUCH
            and one[3] - other[1] > TOUCH and other[3] - one[1] > TOUCH
            and min(one[2], other[2]) - max(one[0], other[0]) > TOUCH
            and min(one[3], other[3]) - max(one[1], other[1]) > TOUCH)


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (inner[0] > outer[0] - TOUCH and inner[1] > outer[1] - TOUCH
            and inner[2] < outer[2] + TOUCH and inner[3] < outer[3] + TOUCH)
