"""A TrueType font program's tables: which glyph a character has, and what its outline is."""

import struct
from collections.abc import Iterator
from functools import cache, cached_property

from handouts.paths import data_folder

MAX_MAPPINGS = 70_000
Cmap = dict[int, int]


class Sfnt:
    """A font program; tables that are cut or wrong are as if they were not there."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.tables: dict[bytes, bytes] = {}
        if len(data) < 12 or data[:4] not in (b"\0\1\0\0", b"true", b"OTTO"):
            return
        for at in range(12, min(12 + 16 * _word(data, 4), len(data) - 15), 16):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, at)
            if offset + length <= len(data):
                self.tables[tag] = data[offset:offset + length]

    @cached_property
    def cmaps(self) -> dict[tuple[int, int], Cmap]:
        """The character maps by platform and encoding."""
        table = self.tables.get(b"cmap", b"")
        maps = {}
        for at in range(4, min(4 + 8 * min(_word(table, 2), 32), len(table) - 7), 8):
            platform, encoding, offset = struct.unpack_from(">HHL", table, at)
            maps[platform, encoding] = {
                code: glyph for code, glyph in _mappings(table[offset:]) if glyph}
        return maps

    @cached_property
    def unicode(self) -> Cmap:
        """The glyph of each Unicode character, from the best Unicode map there is."""
        for key in ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0)):
            if self.cmaps.get(key):
                return self.cmaps[key]
        return {}

    @cached_property
    def characters(self) -> dict[int, set[int]]:
        """The Unicode characters of each glyph."""
        turned: dict[int, set[int]] = {}
        for character, glyph in self.unicode.items():
            turned.setdefault(glyph, set()).add(character)
        return turned

    @cached_property
    def glyph_count(self) -> int:
        """How many glyphs the font says it has; 0 where it does not say."""
        return _word(self.tables.get(b"maxp", b""), 4)

    def outline(self, glyph: int) -> bytes:
        """The outline of a simple glyph as stored; b'' for a composite, empty or unknown one."""
        loca, head = self.tables.get(b"loca", b""), self.tables.get(b"head", b"")
        size = 4 if _word(head, 50) else 2
        if (glyph + 2) * size > len(loca) or glyph < 0:
            return b""
        start, end = struct.unpack_from(">2L" if size == 4 else ">2H", loca, glyph * size)
        if size == 2:
            start, end = start * 2, end * 2
        data = self.tables.get(b"glyf", b"")[start:end]
        return _trimmed(data) if len(data) > 10 and data[0] < 0x80 else b""


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at:at + 2], "big") if len(data) >= at + 2 else 0


def _trimmed(data: bytes) -> bytes:
    """The points of an outline without hinting, which subsetters drop, and without padding."""
    contours = _word(data, 0)
    at = 10 + 2 * contours
    if at + 2 > len(data):
        return b""
    return data[:at] + data[at + 2 + _word(data, at):].rstrip(b"\0")


def _mappings(table: bytes) -> Iterator[tuple[int, int]]:
    reader = {0: _format0, 4: _format4, 6: _format6, 12: _format12}.get(_word(table, 0))
    if reader is None or len(table) < 6:
        return
    for count, pair in enumerate(reader(table)):
        if count >= MAX_MAPPINGS:
            return
        yield pair


def _format0(table: bytes) -> Iterator[tuple[int, int]]:
    yield from enumerate(table[6:262])


def _format4(table: bytes) -> Iterator[tuple[int, int]]:
    segments = _word(table, 6) // 2
    for index in range(segments):
        end = _word(table, 14 + 2 * index)
        at = 16 + 2 * (segments + index)
        start, delta = _word(table, at), _word(table, at + 2 * segments)
        place = at + 4 * segments
        offset = _word(table, place)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code if not offset else _word(table, place + offset + 2 * (code - start))
            yield code, 0 if offset and not glyph else (glyph + delta) & 0xFFFF


def _format6(table: bytes) -> Iterator[tuple[int, int]]:
    first, count = _word(table, 6), _word(table, 8)
    yield from ((first + at, _word(table, 10 + 2 * at)) for at in range(count))


def _format12(table: bytes) -> Iterator[tuple[int, int]]:
    for at in range(16, len(table) - 11, 12):
        start, end, glyph = struct.unpack_from(">LLL", table, at)
        for code in range(start, min(end, start + MAX_MAPPINGS, 0x10FFFF) + 1):
            yield code, glyph + code - start


_STYLES = ("Regular", "Bold")


def letters(program: Sfnt, glyph: int) -> set[str]:
    """The characters of a glyph with a known outline; of any other, none."""
    outline = program.outline(glyph)
    return _known().get(outline, set()) if outline else set()


@cache
def _known() -> dict[bytes, set[str]]:
    table: dict[bytes, set[str]] = {}
    folder = data_folder("assets") / "fonts"
    for style in _STYLES:
        font = Sfnt((folder / f"HyperlegiblePlainZero-{style}.ttf").read_bytes())
        for character, glyph in font.unicode.items():
            outline = font.outline(glyph)
            if outline:
                table.setdefault(outline, set()).add(chr(character))
    return table
