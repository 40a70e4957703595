"""A plate as bytes to keep, and back: a line of JSON, then the two parts that are bytes already."""

import json

from handouts.pdf.plate import Plate, Slot, Variable

FORMAT = 3  # of the line: 2 since a slot tells its type, 3 since it tells its indent
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
