"""Text and the room it has → lines of glyphs, ready to be written into a PDF.

Where a line starts: a value of one line stands beside its label, at the left, in whatever script;
eyes go from the label to what it names, and the rule it stands on goes on to the right. In a value
of several lines a right-to-left paragraph stands flush right, for its reader looks there for the
start of the next line.
"""

import re
from codecs import BOM_UTF16_BE
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from handouts.lettering.characters import COMMON
from handouts.lettering.faces import BOLD, Face, Glyph, face, face_names
from handouts.lettering.paragraph import GlyphRun, Mixed, ParagraphLike, PlainParagraph, Span
from handouts.lettering.refusal import check

__all__ = ["GlyphLine", "GlyphRun", "Text", "lines", "scripts_of"]

_ENDS = re.compile("(\r\n|\n|\r)")


class GlyphLine(NamedTuple):
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


class Text:
    """Typed text, read once, for as many rooms as one tries.

    Bold, like the values of a panel. Raises InputError for text that `missing` names.
    """

    def __init__(self, text: str, weight: str = BOLD) -> None:
        names = face_names(weight)
        body = face(names[0])
        self._units = body.measures.units  # the same in both faces
        self._paragraphs = [(_paragraph(written, body, names[1]), after)
                            for written, after in _paragraphs(text)]

    @property
    def scripts(self) -> frozenset[str]:
        """The scripts for which a plate must embed the second face; none for most text."""
        served = {name for paragraph, _ in self._paragraphs for name in paragraph.served}
        return frozenset(served - {COMMON} or served)

    def count(self, width: float, *, size: float, first: float | None = None) -> int:
        """How many lines `lines` gives."""
        return sum(len(spans) for _, _, spans in self._broken(width, size, first))

    def lines(self, width: float, *, size: float,
              first: float | None = None) -> tuple[GlyphLine, ...]:
        """The text in lines no wider than `width` points, the first no wider than `first`.

        Only a cluster that is wider than its whole line stands out.
        """
        scale = self._units / size
        found: list[GlyphLine] = []
        for paragraph, after, spans in self._broken(width, size, first):
            last = len(paragraph.text)
            for start, end in spans:
                runs, wide = paragraph.shown(start, end)
                found.append(GlyphLine(
                    paragraph.text[start:end], after if end == last else "", wide / scale, 0, runs,
                    paragraph.rtl or any(run.rtl for run in runs), paragraph.rtl))
        return tuple(_flush(found, width, first) if len(found) > 1 else found)

    def _broken(self, width: float, size: float,
                first: float | None) -> Iterator[tuple[ParagraphLike, str, list[Span]]]:
        """Each paragraph, the end of line after it, where its lines start and end."""
        scale = self._units / size
        room = rest = width * scale
        if first is not None:
            room = first * scale
        for paragraph, after in self._paragraphs:
            yield paragraph, after, paragraph.breaks(room, rest)
            room = rest


def lines(text: str, width: float, *, size: float, first: float | None = None,
          weight: str = BOLD) -> tuple[GlyphLine, ...]:
    """`Text.lines` of text that is set once."""
    return Text(text, weight).lines(width, size=size, first=first)


def scripts_of(text: str) -> frozenset[str]:
    """`Text.scripts` of text that is set elsewhere."""
    return Text(text).scripts


def _paragraphs(text: str) -> Iterable[tuple[str, str]]:
    """Each paragraph and the end of line after it."""
    parts = [*_ENDS.split(text), ""]
    return zip(parts[::2], parts[1::2], strict=True)


def _paragraph(text: str, body: Face, fallback: str) -> ParagraphLike:
    if body.plain.keys() >= set(text):
        return PlainParagraph(text, body)
    check(text, where="")
    return Mixed(text, body, fallback)


def _flush(found: list[GlyphLine], width: float, first: float | None) -> Iterator[GlyphLine]:
    """The lines, those of right-to-left paragraphs flush right."""
    for at, line in enumerate(found):
        room = first if first is not None and not at else width
        yield line._replace(left=max(0, room - line.width)) if line.flush else line


def operators(line: GlyphLine, size: float, fonts: Mapping[str, str]) -> bytes:
    """The line in content-stream operators; `fonts` gives each face's resource name (`F1`)."""
    shown = [_run(run, size, fonts, within=line.rtl) for run in line.runs]
    code = " ".join(shown)
    return (_saying(line.text, code) if line.rtl and shown else code).encode("ascii")


def _run(run: GlyphRun, size: float, fonts: Mapping[str, str], *, within: bool) -> str:
    one = face(run.face)
    font = f"/{fonts[run.face]} {size:g} Tf "
    if not run.actual:
        return f"{font}<{one.encoded(run.text)}> Tj"
    code = font + " ".join(_shown(_placed(run.glyphs, one), size / one.measures.units))
    return code if within else _saying(run.text, code)


def _saying(text: str, code: str) -> str:
    """Marked content that says `text`, whatever its glyphs are."""
    said = (BOM_UTF16_BE + text.encode("utf-16-be")).hex().upper()
    return f"/Span <</ActualText <{said}>>> BDC {code} EMC"


def _placed(glyphs: Iterable[Glyph], one: Face) -> Iterator[tuple[int, int, int]]:
    """Each glyph with the way left from where the pen is, and its height; then the last way."""
    thousand = 1000 / one.measures.units
    owed = 0  # how far right of its place the pen stands
    for glyph in glyphs:
        yield round((owed - glyph.x) * thousand), glyph.y, glyph.id
        owed = glyph.x + one.advances[glyph.id] - glyph.advance
    yield round(owed * thousand), 0, -1


def _shown(placed: Iterable[tuple[int, int, int]], unit: float) -> Iterator[str]:
    """TJ operators, a new one for each height."""
    height, items = 0, ""
    for way, rise, glyph in placed:
        items += f" {way} " if way else ""
        if rise != height:
            yield from _array(items)
            yield f"{rise * unit:.4g} Ts"
            height, items = rise, ""
        items += f"<{glyph:04X}>" if glyph >= 0 else ""
    yield from _array(items)


def _array(items: str) -> Iterator[str]:
    if items.strip():
        yield f"[{items.replace('><', '').strip()}] TJ"
