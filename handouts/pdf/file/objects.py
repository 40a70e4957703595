"""PDF syntax: values as bytes, numbered objects, and the parts of a finished file.

A file is a header, its streams, one object stream that holds every other object (ISO 32000-1,
7.5.7), and a cross-reference stream (7.5.8).
"""

import zlib
from collections.abc import Iterable, Mapping

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
ENTRY = 7  # bytes of a cross-reference entry: kind 1, place 4, generation or index 2
_ESCAPED = {ord("\\"): rb"\\", ord("("): rb"\(", ord(")"): rb"\)"}


def number(value: float) -> bytes:
    """A number with at most two decimals, written short."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return (text if text != "-0" else "0").encode()


def numbers(values: Iterable[float]) -> bytes:
    """Numbers with a space between."""
    return b" ".join(map(number, values))


def shades(rgb: Iterable[float]) -> bytes:
    """The parts of a colour, fine enough for 8 bits each."""
    return b" ".join(f"{part:.4f}".rstrip("0").rstrip(".").encode() for part in rgb)


def text_string(text: str) -> bytes:
    """A text string (7.9.2.2): plain for ASCII, else UTF-16 with its byte order mark."""
    if text.isascii() and text.isprintable():
        return b"(%b)" % b"".join(_ESCAPED.get(char, bytes((char,))) for char in text.encode())
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode()


def reference(target: int) -> bytes:
    """An indirect reference to an object."""
    return b"%d 0 R" % target


def dictionary(entries: Mapping[str, bytes]) -> bytes:
    """A dictionary from names without their slash to values; empty values are left out."""
    inside = b"".join(_entry(name, value) for name, value in entries.items() if value)
    return b"<<%b>>" % inside


def _entry(name: str, value: bytes) -> bytes:
    gap = b"" if value[:1] in b"/<([" else b" "
    return b"/%b%b%b" % (name.encode(), gap, value)


def array(values: Iterable[bytes]) -> bytes:
    """An array."""
    return b"[%b]" % b" ".join(values)


def deflated(data: bytes, level: int = 9) -> bytes:
    """Data compressed so that its last byte is no end of line.

    Validators take such a byte for the end-of-line marker before `endstream` (ISO 19005-2,
    6.1.7.1). A content stream may grow by white space at its end.
    """
    packed = zlib.compress(data, level)
    while packed[-1] in b"\r\n":
        data += b"\n"
        packed = zlib.compress(data, level)
    return packed


def stream(data: bytes, entries: Mapping[str, bytes] | None = None, *,
           compressed: bool = True) -> bytes:
    """A stream with its dictionary; `compressed` deflates the data."""
    packed = deflated(data) if compressed else data
    known = {"Filter": b"/FlateDecode"} if compressed else {}
    head = dictionary({**(entries or {}), **known, "Length": b"%d" % len(packed)})
    return b"%b\nstream\n%b\nendstream" % (head, packed)


def is_stream(body: bytes) -> bool:
    """Whether an object's body is a stream."""
    return body.endswith(b"\nendstream")


def indirect(target: int, body: bytes) -> bytes:
    """An object with its number, as it stands in a file."""
    return b"%d 0 obj\n%b\nendobj\n" % (target, body)


class Objects:
    """The numbered objects of a file to be."""

    def __init__(self) -> None:
        self.bodies: dict[int, bytes] = {}
        self._last = 0

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self._last += 1
        return self._last

    def add(self, body: bytes) -> int:
        """Numbers an object."""
        target = self.reserve()
        self.bodies[target] = body
        return target

    def __len__(self) -> int:
        return self._last


def entry(kind: int, place: int, generation: int = 0) -> bytes:
    """A cross-reference entry (7.5.8.3): 0 free, 1 at a place in the file, 2 in a stream."""
    return (kind.to_bytes(1, "big") + place.to_bytes(4, "big") + generation.to_bytes(2, "big"))


def patched(table: bytearray, target: int, place: int) -> None:
    """Sets where an object of kind 1 stands."""
    at = target * ENTRY
    table[at:at + ENTRY] = entry(1, place)


def packed(objects: Objects, apart: Iterable[int]) -> tuple[bytes, bytearray]:
    """The file up to its last static byte, and the cross-reference table so far.

    The objects in `apart` are left out: they are written later, after these bytes.
    """
    left_out = set(apart)
    parts, place = [HEADER], len(HEADER)
    inner: list[tuple[int, bytes]] = []
    holder = objects.reserve()
    table = bytearray(entry(0, 0, 65535) + entry(0, 0) * holder)
    for target, body in objects.bodies.items():
        if target in left_out:
            continue
        if not is_stream(body):
            at = target * ENTRY
            table[at:at + ENTRY] = entry(2, holder, len(inner))
            inner.append((target, body))
            continue
        patched(table, target, place)
        parts.append(indirect(target, body))
        place += len(parts[-1])
    patched(table, holder, place)
    parts.append(indirect(holder, object_stream(inner)))
    return b"".join(parts), table


def object_stream(inner: list[tuple[int, bytes]]) -> bytes:
    """A stream that holds numbered objects, which are no streams themselves (7.5.7)."""
    heads, bodies, at = [], [], 0
    for target, body in inner:
        heads.append(b"%d %d" % (target, at))
        bodies.append(body)
        at += len(body) + 1
    head = b" ".join(heads) + b"\n"
    return stream(head + b"\n".join(bodies), {
        "Type": b"/ObjStm", "N": b"%d" % len(inner), "First": b"%d" % len(head)})
