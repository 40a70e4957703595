"""Which glyphs a font's GSUB table makes from which: to learn what a shaped glyph says."""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from handouts.lettering import sfnt

_EXTENSION = 7


class Substitution(NamedTuple):
    """One glyph and those it is made from."""

    into: int
    of: tuple[int, ...]


def substitutions(program: bytes) -> Iterator[Substitution]:
    """Every substitution of the font, in the order of its lookups.

    Contextual lookups only say when others apply, and those are in the list as well.
    """
    start = sfnt.tables(program)["GSUB"]
    lookups = start + _number(program, start + 8)
    for lookup in _offsets(program, lookups):
        kind = _number(program, lookup)
        for table in _offsets(program, lookup + 4, lookup):
            yield from _of_table(program, table, kind)


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
