"""The few tables of a TrueType file that setting text needs, read without a font library."""

import struct
from collections.abc import Iterator
from typing import NamedTuple


class Metrics(NamedTuple):
    """What the head, hhea and OS/2 tables say, in font units."""

    units: int
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int


def tables(program: bytes) -> dict[str, int]:
    """Where each table starts."""
    count = struct.unpack_from(">H", program, 4)[0]
    records = struct.iter_unpack(">4sIII", program[12:12 + 16 * count])
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in records}


def metrics(program: bytes, at: dict[str, int]) -> Metrics:
    """The measures of the whole face."""
    units = struct.unpack_from(">H", program, at["head"] + 18)[0]
    box = struct.unpack_from(">4h", program, at["head"] + 36)
    ascent, descent = struct.unpack_from(">2h", program, at["hhea"] + 4)
    cap_height = struct.unpack_from(">h", program, at["OS/2"] + 88)[0]
    return Metrics(units, box, ascent, descent, cap_height)


def advances(program: bytes, at: dict[str, int]) -> tuple[int, ...]:
    """The advance width of each glyph."""
    glyphs = struct.unpack_from(">H", program, at["maxp"] + 4)[0]
    full = struct.unpack_from(">H", program, at["hhea"] + 34)[0]
    pairs = struct.unpack_from(f">{2 * full}H", program, at["hmtx"])
    wide: tuple[int, ...] = pairs[::2]
    return (*wide, *wide[-1:] * (glyphs - full))


def characters(program: bytes, at: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Code point and glyph id of each character in the Windows Unicode table (format 4)."""
    start = at["cmap"] + _unicode_table(program, at["cmap"])
    count = struct.unpack_from(">H", program, start + 6)[0] // 2
    # endCode, reservedPad, startCode, idDelta, idRangeOffset, then the glyph ids.
    ends, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", program, start + 14 + 2 * skip)
        for skip in (0, count + 1, 2 * count + 1, 3 * count + 1))
    for number, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        base = start + 16 + 2 * (3 * count + number) + offsets[number] - 2 * first
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[number]:
                glyph = struct.unpack_from(">H", program, base + 2 * code)[0]
            if glyph and (glyph := (glyph + deltas[number]) & 0xFFFF):
                yield code, glyph


def _unicode_table(program: bytes, cmap: int) -> int:
    count = struct.unpack_from(">H", program, cmap + 2)[0]
    records = struct.iter_unpack(">HHI", program[cmap + 4:cmap + 4 + 8 * count])
    found: int = next(offset for *kind, offset in records if kind == [3, 1])
    return found
