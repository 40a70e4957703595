"""What a font file says: its measures, its characters, and which glyphs its GSUB table makes from
which, to learn what a shaped glyph says."""

import struct
from collections.abc import Callable, Iterator
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


_EXTENSION = 7


class Substitution(NamedTuple):
    """One glyph and those it is made from."""

    into: int
    of: tuple[int, ...]


def substitutions(program: bytes) -> Iterator[Substitution]:
    """Every substitution of the font, in the order of its lookups.

    Contextual lookups only say when others apply, and those are in the list as well.
    """
    start = tables(program)["GSUB"]
    lookups = start + _number(program, start + 8)
    for lookup in _offsets(program, lookups):
        kind = _number(program, lookup)
        for table in _offsets(program, lookup + 4, lookup):
            yield from _of_table(program, table, kind)


def feature(program: bytes, tag: str) -> Iterator[tuple[int, int]]:
    """The single substitutions of a feature: each glyph and what is set in its place."""
    start = tables(program).get("GSUB")
    if start is None:
        return
    features = start + _number(program, start + 6)
    lookups = _offsets(program, start + _number(program, start + 8))
    for record in range(features + 2, features + 2 + 6 * _number(program, features), 6):
        if program[record:record + 4] == tag.encode("ascii"):
            used = features + _number(program, record + 4)
            for lookup in (lookups[at] for at in _numbers(program, used + 2)):
                for table in _offsets(program, lookup + 4, lookup):
                    yield from ((made.of[0], made.into) for made in _of_table(
                        program, table, _number(program, lookup)))


def _of_table(program: bytes, table: int, kind: int) -> Iterator[Substitution]:
    if kind == _EXTENSION:
        kind = _number(program, table + 2)
        table += struct.unpack_from(">I", program, table + 4)[0]
    if kind in _READERS:
        covered = _coverage(program, table + _number(program, table + 2))
        yield from _READERS[kind](program, table, covered)


def _single(program: bytes, table: int, covered: list[int]) -> Iterator[Substitution]:
    if _number(program, table) == 1:
        delta = _number(program, table + 4)
        for glyph in covered:
            yield Substitution((glyph + delta) & 0xFFFF, (glyph,))
    else:
        for glyph, into in zip(covered, _numbers(program, table + 4), strict=True):
            yield Substitution(into, (glyph,))


def _several(program: bytes, table: int, covered: list[int]) -> Iterator[Substitution]:
    """Multiple and alternate: each glyph of a sequence, or each choice, says what it comes from."""
    for glyph, sequence in zip(covered, _offsets(program, table + 4, table), strict=True):
        for into in _numbers(program, sequence):
            yield Substitution(into, (glyph,))


def _ligature(program: bytes, table: int, covered: list[int]) -> Iterator[Substitution]:
    for glyph, ligatures in zip(covered, _offsets(program, table + 4, table), strict=True):
        for at in _offsets(program, ligatures):
            into, count = struct.unpack_from(">2H", program, at)
            rest = struct.unpack_from(f">{count - 1}H", program, at + 4)
            yield Substitution(into, (glyph, *rest))


def _coverage(program: bytes, at: int) -> list[int]:
    if _number(program, at) == 1:
        return list(_numbers(program, at + 2))
    ranges = struct.iter_unpack(">3H", program[at + 4:at + 4 + 6 * _number(program, at + 2)])
    return [glyph for first, last, _ in ranges for glyph in range(first, last + 1)]


def _offsets(program: bytes, at: int, base: int | None = None) -> list[int]:
    """Where the parts of a counted list of offsets are; they count from `base`, if not `at`."""
    origin = at if base is None else base
    return [origin + offset for offset in _numbers(program, at)]


def _numbers(program: bytes, at: int) -> tuple[int, ...]:
    """A counted list."""
    return struct.unpack_from(f">{_number(program, at)}H", program, at + 2)


def _number(program: bytes, at: int) -> int:
    found: int = struct.unpack_from(">H", program, at)[0]
    return found


_READERS: dict[int, Callable[[bytes, int, list[int]], Iterator[Substitution]]] = {
    1: _single, 2: _several, 3: _several, 4: _ligature}
