"""A plate: all bytes of a finished PDF but the patient's panel, the dates and the xref table.

A plate is typeset once; `printed` fills it for one patient from bytes alone, without ReportLab.
It holds no patient data, only where the panel's values go.
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handouts import lettering
from handouts.pdf import metadata
from handouts.pdf.objects import (
    ENTRY,
    array,
    dictionary,
    indirect,
    numbers,
    patched,
    reference,
    shades,
    stream,
)

SIZE = 12.0  # points: the type of a panel value
LEADING = 15.0
WEIGHT = lettering.BOLD


@dataclass(frozen=True)
class Slot:
    """Where the panel takes a value: a page's MCID, the first baseline, the room.

    `left`, `base` and `room` are points, from the page's lower left corner; `lines` is how many
    lines the plate keeps free.
    """

    field: str
    mcid: int
    left: float
    base: float
    room: float
    lines: int


@dataclass(frozen=True)
class Variable:
    """The numbers of the objects that are written anew for each print."""

    panel: int
    xmp: int
    info: int
    table: int


@dataclass(frozen=True)
class Plate:
    """A typeset handout without its patient; `id` is the digest of its bytes."""

    id: str
    head: bytes
    table: bytes
    root: int
    variable: Variable
    xmp: tuple[bytes, ...]
    info: tuple[bytes, ...]
    ink: tuple[float, float, float]
    fonts: Mapping[str, str]
    scripts: frozenset[str]
    slots: tuple[Slot, ...]
    pages: int


class PlateMismatch(Exception):
    """A value needs another plate: more lines or another script than this one keeps room for."""


def printed(plate: Plate, values: Mapping[str, str], day: date) -> bytes:
    """The finished PDF with the values of the panel, made on a day.

    Raises PlateMismatch when a value takes other lines or scripts than the plate keeps room for.
    """
    variable = plate.variable
    bodies = (
        (variable.panel, stream(panel(plate, values))),
        (variable.xmp, stream(metadata.xmp_date(day).join(plate.xmp), {
            "Type": b"/Metadata", "Subtype": b"/XML"}, compressed=False)),
        (variable.info, metadata.info_date(day).join(plate.info)))
    table, parts, place = bytearray(plate.table), [plate.head], len(plate.head)
    digest = hashlib.md5(plate.id.encode(), usedforsecurity=False)
    for target, body in bodies:
        patched(table, target, place)
        parts.append(indirect(target, body))
        place += len(parts[-1])
        digest.update(body)
    patched(table, variable.table, place)
    ids = array(b"<%b>" % part.encode() for part in (plate.id, digest.hexdigest()))
    parts.append(_cross_reference(plate, table, ids))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
    return b"".join(parts)


def in_lines(value: str, room: float) -> tuple[lettering.Line, ...]:
    """A value of the panel in lines no wider than `room` points; an empty one has none."""
    return lettering.lines(value, room, size=SIZE, weight=WEIGHT) if value else ()


def _cross_reference(plate: Plate, table: bytearray, ids: bytes) -> bytes:
    """The cross-reference stream (ISO 32000-1, 7.5.8), which ends the file."""
    body = deflated_table(bytes(table))
    head = dictionary({
        "Type": b"/XRef", "Size": b"%d" % (len(table) // ENTRY), "W": b"[1 4 2]",
        "Root": reference(plate.root), "Info": reference(plate.variable.info), "ID": ids,
        "Filter": b"/FlateDecode", "Length": b"%d" % len(body)})
    return indirect(plate.variable.table, b"%b\nstream\n%b\nendstream" % (head, body))


def deflated_table(table: bytes) -> bytes:
    """A cross-reference table compressed so that its last byte is no end of line.

    It can't grow by white space as other streams may; the generation of the free entry 0 means
    nothing to a reader, so it gives way (see `objects.deflated`).
    """
    for generation in range(65535, 0, -1):
        packed = zlib.compress(table[:5] + generation.to_bytes(2, "big") + table[7:], 6)
        if packed[-1] not in b"\r\n":
            break
    return packed


def panel(plate: Plate, values: Mapping[str, str]) -> bytes:
    """The text of the panel: one text object, a marked content for each value.

    Raises PlateMismatch when a value takes other lines or scripts than the plate keeps room for.
    """
    free = {slot.field for slot in plate.slots}
    if any(value and field not in free for field, value in values.items()):
        raise PlateMismatch
    parts = [b"BT", shades(plate.ink) + b" rg"]
    for slot in plate.slots:
        value = values[slot.field]
        found = in_lines(value, slot.room)
        if len(found) != slot.lines or not lettering.scripts_of(value) <= plate.scripts:
            raise PlateMismatch
        parts.append(b"/P <</MCID %d>> BDC" % slot.mcid)
        for at, line in enumerate(found):
            start = (slot.left + line.left, slot.base - at * LEADING)
            parts.append(b"1 0 0 1 %b Tm" % numbers(start))
            parts.append(lettering.operators(line, SIZE, plate.fonts))
        parts.append(b"EMC")
    parts.append(b"ET")
    return b"\n".join(parts)
