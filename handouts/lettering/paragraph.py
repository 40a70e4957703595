"""One paragraph, measured and cut: the plain one by its characters, any other by its pieces."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from math import floor
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol
from unicodedata import normalize

from handouts.errors import InputError
from handouts.lettering.characters import COMMON, GAPS, SHAPED, TAGS, clusters, script
from handouts.lettering.direction import base_level, levels, line_levels, visual_order
from handouts.lettering.faces import Face, Glyph
from handouts.lettering.runs import Token, tokens

Span = tuple[int, int]
ADVANCE: Callable[[Glyph], int] = itemgetter(1)


class GlyphRun(NamedTuple):
    """Glyphs of one face from left to right, and the text they stand for.

    `start`: where that text starts in its line's text. `actual`: the glyphs alone do not say the
    text, or not in its order.
    """

    face: str
    glyphs: tuple[Glyph, ...]
    text: str
    start: int
    actual: bool = False
    rtl: bool = False


class Segment(NamedTuple):
    """A word or a gap, for breaking into lines; width in font units."""

    start: int
    end: int
    is_gap: bool
    width: int


class ParagraphLike(Protocol):
    """What setting in lines asks of a paragraph; `served` are the scripts of the second face."""

    text: str
    rtl: bool
    served: frozenset[str]

    def breaks(self, room: float, rest: float) -> list[Span]:
        """Start and end of each line, the first no wider than `room`, the others than `rest`.

        The gap after a line's last word hangs at its end. A word is cut only where no line can
        hold it, never inside a cluster; a cluster that is wider than a line stands out.
        """

    def shown(self, start: int, end: int) -> tuple[tuple[GlyphRun, ...], int]:
        """What a line shows, from left to right, and its width without the gap that hangs."""


class PlainParagraph:
    """A paragraph whose characters all stand in the body face and for themselves."""

    rtl = False
    served: frozenset[str] = frozenset()

    def __init__(self, text: str, body: Face) -> None:
        self.text, self._body = text, body
        self._glyphs = tuple(map(body.plain.__getitem__, text))
        self._reach: list[int] = [0, *accumulate(map(ADVANCE, self._glyphs))]

    def breaks(self, room: float, rest: float) -> list[Span]:
        """The lines, each found from where its room is full: the one gap of plain text is a space.
        """
        reach, last = self._reach, len(self.text)
        found: list[Span] = []
        start = 0
        while reach[last] - reach[start] > room:
            # Widths are whole numbers, so that rounding a sum of floats never moves a word.
            full = bisect_right(reach, reach[start] + floor(room), start) - 1
            stop = self._end_of_line(start, full, (room, rest))
            if stop == last:
                break
            found.append((start, stop))
            start, room = stop, rest
        return [*found, (start, last)]

    def _end_of_line(self, start: int, full: int, rooms: tuple[float, float]) -> int:
        """Where a line ends that has room for no more than the characters before `full`."""
        text, stop = self.text, full
        if text[full] != " ":
            word = text.rfind(" ", start, full) + 1
            if word > start:
                return word
            if rooms[0] < self.width(start, self._end_of_word(full)) <= rooms[1]:
                return start  # a word is not cut where a line can hold it
            stop = max(start + 1, full)
        while text.startswith(" ", stop):
            stop += 1
        return stop

    def _end_of_word(self, at: int) -> int:
        end = self.text.find(" ", at)
        return len(self.text) if end < 0 else end

    def width(self, start: int, end: int) -> int:
        """The way from one character to the other."""
        return self._reach[end] - self._reach[start]

    def shown(self, start: int, end: int) -> tuple[tuple[GlyphRun, ...], int]:
        """The line as one run."""
        text = self.text[start:end]
        wide = self.width(start, start + len(text.rstrip(" ")))
        run = GlyphRun(self._body.name, self._glyphs[start:end], text, 0)
        return ((run,) if text else ()), wide


class _Piece(NamedTuple):
    """A part of one token that is of one script and direction."""

    start: int
    end: int
    face: Face
    level: int
    script: str


class Mixed:
    """A paragraph that needs other faces, shaping, or the order of right-to-left scripts."""

    def __init__(self, text: str, body: Face, fallback: str) -> None:
        self.text = text
        self._base = base_level(text)
        self._levels = levels(text)
        self._tokens = tokens(text, body, fallback)
        self._starts = [token.start for token in self._tokens]
        self._scripts = _script_of_each(text)
        self._shaped: dict[_Piece, GlyphRun] = {}
        self.rtl = self._base == 1
        self.served = _served(text, self._tokens, fallback)

    def breaks(self, room: float, rest: float) -> list[Span]:
        """The lines, word by word."""
        found: list[Span] = []
        start = pen = 0
        for at, end, is_gap, width in self._parts:
            while not is_gap and pen + width > room:
                if pen or room < width <= rest:  # a word is not cut where a line can hold it
                    stop = at
                elif (stop := self._cut(at, end, room)) == end:
                    break  # one cluster, wider than the line
                found.append((start, stop))
                start, pen, room = stop, 0, rest
                at, width = stop, self.width(stop, end)
            pen += width
        return [*found, (start, len(self.text))]

    @cached_property
    def _parts(self) -> list[Segment]:
        """The words and gaps."""
        return [Segment(token.start, token.end, token.is_gap, self.width(token.start, token.end))
                for token in self._tokens]

    def width(self, start: int, end: int) -> int:
        """The sum of the advances of the pieces."""
        return sum(sum(map(ADVANCE, self._run(piece).glyphs))
                   for piece in self._pieces(start, end, self._levels[start:end]))

    def _cut(self, start: int, end: int, room: float) -> int:
        """Where the word fills the room; at least one cluster."""
        ends = [start + stop for stop in clusters(self.text[start:end])]
        fitting = bisect_right(ends, room, key=lambda stop: self.width(start, stop))
        return ends[max(0, fitting - 1)]

    def shown(self, start: int, end: int) -> tuple[tuple[GlyphRun, ...], int]:
        """The line's runs; blanks at the end of a right-to-left line are not drawn (they hang)."""
        line = self.text[start:end]
        found = line_levels(line, self._levels[start:end], self._base)
        tight = start + len(line.rstrip(GAPS))
        pieces = self._pieces(start, tight if self.rtl else end, found)
        result: list[GlyphRun] = []
        for at in visual_order([piece.level for piece in pieces]):
            run = self._run(pieces[at])
            _join(result, run._replace(start=run.start - start))
        wide = sum(sum(map(ADVANCE, run.glyphs)) for run in result)
        return tuple(result), wide if self.rtl else wide - self.width(tight, end)

    def _pieces(self, start: int, end: int, found: Sequence[int]) -> list[_Piece]:
        result: list[_Piece] = []
        at = start
        while at < end:
            token = self._tokens[bisect_right(self._starts, at) - 1]
            first, kind = at, (found[at - start], self._scripts[at])
            stop = min(token.end, end)
            while at < stop and (found[at - start], self._scripts[at]) == kind:
                at += 1
            result.append(_Piece(first, at, token.face, *kind))
        return result

    def _run(self, piece: _Piece) -> GlyphRun:
        if piece not in self._shaped:  # measured once, drawn once
            self._shaped[piece] = self._shape(piece)
        return self._shaped[piece]

    def _shape(self, piece: _Piece) -> GlyphRun:
        face, text, rtl = piece.face, self.text[piece.start:piece.end], piece.level % 2 == 1
        actual = rtl or "\t" in text
        own_space = piece.script in SHAPED and " " in text  # Devanagari's is wider
        if "\t" in text or not (own_space or text.strip(" ")):
            glyphs = (face.plain[" "],) * len(text)
        elif not (rtl or own_space) and face.plain.keys() >= set(text):
            glyphs = tuple(map(face.plain.__getitem__, text))
        else:
            actual = True
            glyphs = shape(face, self.text, (piece.start, piece.end), script=piece.script, rtl=rtl)
        return GlyphRun(face.name, glyphs, text, piece.start, actual, rtl)


def _served(text: str, found: Sequence[Token], fallback: str) -> frozenset[str]:
    """The scripts that are set in the second face; those of composed letters are among them, for
    a shaper composes what it can."""
    words = "".join(text[token.start:token.end] for token in found if token.face.name == fallback)
    return frozenset(map(script, words + normalize("NFC", words)))


def _join(runs: list[GlyphRun], new: GlyphRun) -> None:
    """Adds a run, to the last one where they are of a kind and their texts follow each other."""
    last = runs[-1] if runs else None
    if last is None or not _of_a_kind(last, new):
        runs.append(new)
        return
    former, latter = (new, last) if new.rtl else (last, new)
    runs[-1] = GlyphRun(last.face, last.glyphs + new.glyphs, former.text + latter.text,
                        former.start, last.actual or new.actual, new.rtl)


def _of_a_kind(last: GlyphRun, new: GlyphRun) -> bool:
    former, latter = (new, last) if new.rtl else (last, new)
    return ((last.face, last.rtl) == (new.face, new.rtl)
            and (last.actual == new.actual or new.text.isspace())
            and former.start + len(former.text) == latter.start)


def _script_of_each(text: str) -> list[str]:
    """The script of each character; what has none has that of the letter before it, or after it."""
    found = [script(char) for char in text]
    for walk in (range(len(found)), range(len(found) - 1, -1, -1)):
        last = COMMON
        for at in walk:
            found[at] = last = found[at] if found[at] != COMMON else last
    return found


if TYPE_CHECKING:
    import uharfbuzz

# Plain text is set without kerning and ligatures, so shaped text of those scripts is, too: an
# accent typed as a mark of its own looks no different. Fractions are for recipes.
_FRACTIONS = {"frac": False, "numr": False, "dnom": False}
_PLAIN = {**_FRACTIONS, "kern": False, "liga": False, "clig": False, "calt": False}


def shape(face: Face, context: str, span: tuple[int, int], *, script: str,
          rtl: bool) -> tuple[Glyph, ...]:
    """The glyphs of a part of `context`; letters join to those around the part, as in a word."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(context, span[0], span[1] - span[0])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = TAGS[script]
    buffer.language = "und"  # HarfBuzz would ask the locale
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(_font(face), buffer, _features(script))
    glyphs = tuple(
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    if any(not glyph.id for glyph in glyphs):
        raise InputError("holds letters that no font here has", cure="Write it in other letters.")
    return glyphs


def _features(script: str) -> Mapping[str, bool]:
    return _FRACTIONS if script in SHAPED else _PLAIN


@cache
def _font(face: Face) -> "uharfbuzz.Font":
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(face.program))
