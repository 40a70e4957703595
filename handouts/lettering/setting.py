"""Text and the room it has → lines of glyphs, ready to be written into a PDF.

Where a line starts: a value of one line stands beside its label, at the left, in whatever script;
eyes go from the label to what it names, and the rule it stands on goes on to the right. In a value
of several lines a right-to-left paragraph stands flush right, for its reader looks there for the
start of the next line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

from handouts.lettering.characters import COMMON, GAPS, script
from handouts.lettering.faces import BOLD, face, face_names
from handouts.lettering.paragraph import ADVANCE, GlyphRun, Mixed, Paragraph, Plain
from handouts.lettering.refusal import check
from handouts.lettering.words import tokens

__all__ = ["GlyphRun", "Line", "lines", "scripts_of"]

_GAPS = frozenset(GAPS)
_ENDS = re.compile("(\r\n|\n|\r)")


class Line(NamedTuple):
    """A line: its text with the blanks that hang at its end, and what it shows from left to right.

    `after` is the end of line that was typed after it; `width` leaves the hanging blanks out;
    `left` is how far from the left edge of its room it starts. A line with `rtl` holds text that
    is read from the right, and says `text` as a whole; with `flush`, its whole paragraph is.
    """

    text: str
    after: str
    width: float
    left: float
    runs: tuple[GlyphRun, ...]
    rtl: bool = False
    flush: bool = False


def lines(text: str, width: float, *, size: float, first: float | None = None,
          weight: str = BOLD) -> tuple[Line, ...]:
    """The text in lines no wider than `width` points, the first no wider than `first`.

    Bold, like the values of a panel. Only a cluster that is wider than its whole line stands out.
    Raises InputError for text that `missing` names.
    """
    scale = face(face_names(weight)[0]).measures.units / size  # the same in both faces
    rooms = (width if first is None else first) * scale, width * scale
    found: list[Line] = []
    for written, after in _paragraphs(text):
        paragraph = _paragraph(written, weight)
        found += _set(paragraph, after, rooms if not found else (rooms[1], rooms[1]), scale)
    return tuple(_flush(found, width, first) if len(found) > 1 else found)


def scripts_of(text: str) -> frozenset[str]:
    """The scripts for which a plate must embed the second face; none for most text.

    A shaper composes what it can, so those of the composed letters are among them.
    """
    body, fallback = face_names(BOLD)
    found: set[str] = set()
    for written, _ in _paragraphs(text):
        if not face(body).plain.keys() >= set(written):
            for token in tokens(written, face(body), fallback):
                if token.face.name == fallback:
                    word = written[token.start:token.end]
                    found |= set(map(script, word + normalize("NFC", word)))
    return frozenset(found - {COMMON} or found)


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Each paragraph and the end of line after it."""
    parts = [*_ENDS.split(text), ""]
    return zip(parts[::2], parts[1::2], strict=True)


def _paragraph(text: str, weight: str) -> Paragraph:
    names = face_names(weight)
    body = face(names[0])
    if body.plain.keys() >= set(text):
        return Plain(text, body)
    check(text, where="")
    return Mixed(text, body, names[1])


def _set(paragraph: Paragraph, after: str, rooms: tuple[float, float],
         scale: float) -> Iterator[Line]:
    last = len(paragraph.text)
    for start, end in _broken(paragraph, rooms):
        text = paragraph.text[start:end]
        runs = paragraph.runs(start, end)
        wide = sum(sum(map(ADVANCE, run.glyphs)) for run in runs)
        if not paragraph.rtl and text[-1:] in _GAPS:
            wide -= paragraph.width(start + len(text.rstrip(GAPS)), end)
        yield Line(text, after if end == last else "", wide / scale, 0, runs,
                   paragraph.rtl or any(run.rtl for run in runs), paragraph.rtl)


def _broken(paragraph: Paragraph, rooms: tuple[float, float]) -> Iterator[tuple[int, int]]:
    """Start and end of each line; the gap after its last word hangs at its end."""
    (room, rest), start, pen = rooms, 0, 0
    end_of_text = len(paragraph.text)
    if paragraph.width(0, end_of_text) <= room:
        yield 0, end_of_text
        return
    for at, end, is_gap, width in paragraph.parts():
        while not is_gap and pen + width > room:
            if pen or room < width <= rest:  # a word is not cut where a line can hold it
                stop = at
            elif (stop := paragraph.cut(at, end, room)) == end:
                break  # one cluster, wider than the line
            yield start, stop
            start, pen, room = stop, 0, rest
            at, width = stop, paragraph.width(stop, end)
        pen += width
    yield start, end_of_text


def _flush(found: list[Line], width: float, first: float | None) -> Iterator[Line]:
    """The lines, those of right-to-left paragraphs flush right."""
    for at, line in enumerate(found):
        room = first if first is not None and not at else width
        yield line._replace(left=max(0, room - line.width)) if line.flush else line
