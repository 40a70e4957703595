"""A plate: all bytes of a finished PDF but the patient's panel, the dates and the xref table.

A plate is typeset once; `printed` fills it for one patient from bytes alone, without ReportLab.
It holds no patient data, only where the panel's values go.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from handouts import lettering
from handouts.pdf.file import metadata
from handouts.pdf.file.facts import NO_FACTS, HandoutFacts
from handouts.pdf.file.objects import (
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

WEIGHT = lettering.BOLD


class Slot(NamedTuple):
    """Where the panel takes a value: a page's MCID, the first baseline, the room, the type.

    `left`, `base` and `room` are points, from the page's lower left corner; the first line starts
    `indent` further right. `lines` is how many lines the plate keeps free, each of the type's
    `size` and `leading`; `weight` is that of its face.
    """

    field: str
    mcid: int
    left: float
    base: float
    room: float
    lines: int
    size: float
    leading: float
    indent: float = 0.0
    weight: str = WEIGHT


class Variable(NamedTuple):
    """The numbers of the objects that are written anew for each print."""

    panel: int
    xmp: int
    info: int
    table: int


class Plate(NamedTuple):
    """A typeset handout without its patient.

    `id` is the digest of its bytes; `facts` is what to tell of the handout.
    """

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
    facts: HandoutFacts = NO_FACTS


class PlateMismatch(Exception):
    """A value needs another plate: more lines or another script than this one keeps room for."""


class Room(NamedTuple):
    """How wide the lines of a value may be, and how much less the first, in points; the weight of
    their face."""

    width: float
    indent: float = 0.0
    weight: str = WEIGHT


Lines = Mapping[str, tuple[lettering.GlyphLine, ...]]


def set_values(plate: Plate, values: Mapping[str, str]) -> Lines:
    """The values of the panel in the lines that the plate keeps free for them.

    Raises PlateMismatch when a value takes other lines or scripts than there is room for.
    """
    slots = {slot.field: slot for slot in plate.slots}
    found = {}
    for name, value in values.items():
        if value:
            if name not in slots:
                raise PlateMismatch
            slot = slots[name]
            text = lettering.Text(value, slot.weight)
            if not text.scripts <= plate.scripts:
                raise PlateMismatch
            found[name] = in_lines(text, Room(slot.room, slot.indent), slot.size)
    if any(len(found.get(slot.field, ())) != slot.lines for slot in plate.slots):
        raise PlateMismatch
    return found


def printed(plate: Plate, values: Mapping[str, str], day: date) -> bytes:
    """The finished PDF with the values of the panel, made on a day; PlateMismatch as set_values."""
    return printed_lines(plate, set_values(plate, values), day)


def printed_lines(plate: Plate, lines: Lines, day: date) -> bytes:
    """The finished PDF with the panel's values, set in lines that the plate has room for."""
    variable = plate.variable
    bodies = (
        (variable.panel, stream(panel_code(plate, lines))),
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


def in_lines(text: lettering.Text, room: Room, size: float) -> tuple[lettering.GlyphLine, ...]:
    """A value of the panel in lines that its room holds."""
    return text.lines(room.width, size=size, first=room.width - room.indent)


def lines_in(text: lettering.Text, room: Room, size: float) -> int:
    """How many lines these are."""
    return text.count(room.width, size=size, first=room.width - room.indent)


def _cross_reference(plate: Plate, table: bytearray, ids: bytes) -> bytes:
    """The cross-reference stream (ISO 32000-1, 7.5.8), which ends the file.

    It is not compressed: that would take as long as all the rest of a print, for 2 KB. Its last
    byte is half of a generation, 0, so it never looks like an end of line.
    """
    head = dictionary({
        "Type": b"/XRef", "Size": b"%d" % (len(table) // ENTRY), "W": b"[1 4 2]",
        "Root": reference(plate.root), "Info": reference(plate.variable.info), "ID": ids,
        "Length": b"%d" % len(table)})
    return indirect(plate.variable.table, b"%b\nstream\n%b\nendstream" % (head, bytes(table)))


def panel_code(plate: Plate, lines: Lines) -> bytes:
    """The text of the panel: one text object, a marked content for each value."""
    parts = [b"BT", shades(plate.ink) + b" rg"]
    for slot in plate.slots:
        parts.append(b"/P <</MCID %d>> BDC" % slot.mcid)
        for at, line in enumerate(lines[slot.field]):
            left = slot.left + line.left + (0 if at else slot.indent)
            start = (left, slot.base - at * slot.leading)
            parts.append(b"1 0 0 1 %b Tm" % numbers(start))
            parts.append(lettering.operators(line, slot.size, plate.fonts))
        parts.append(b"EMC")
    parts.append(b"ET")
    return b"\n".join(parts)


FORMAT = 4  # of the line: 2 since a slot tells its type, 3 its indent, 4 its weight
_PLAIN = ("id", "root", "ink", "fonts", "pages", "facts")


def packed(plate: Plate) -> bytes:
    """The plate as bytes."""
    about = {name: getattr(plate, name) for name in _PLAIN} | {
        "format": FORMAT, "sizes": [len(plate.head), len(plate.table)],
        "scripts": sorted(plate.scripts),
        "variable": plate.variable, "slots": plate.slots,
        "xmp": [part.decode() for part in plate.xmp],
        "info": [part.decode("latin-1") for part in plate.info]}
    line = json.dumps(about, sort_keys=True, separators=(",", ":"))
    return line.encode() + b"\n" + plate.head + plate.table


def unpacked(data: bytes) -> Plate:
    """The plate from bytes; ValueError when they are none."""
    line, _, rest = data.partition(b"\n")
    about = json.loads(line)
    try:
        head, table = about["sizes"]
        if about["format"] != FORMAT:
            raise ValueError("a plate of another format")
        if len(rest) != head + table:
            raise ValueError("a plate of another size")
        return Plate(
            **{name: about[name] for name in _PLAIN if name != "ink"}, ink=tuple(about["ink"]),
            head=rest[:head], table=rest[head:], scripts=frozenset(about["scripts"]),
            variable=Variable(*about["variable"]),
            slots=tuple(Slot(*slot) for slot in about["slots"]),
            xmp=tuple(part.encode() for part in about["xmp"]),
            info=tuple(part.encode("latin-1") for part in about["info"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a plate") from error
