"""Objects → a PDF that is written as they come, in memory that hardly grows with the file.

An object is written once and forgotten; of each only its cross-reference entry is kept, compressed.
"""

import zlib
from hashlib import md5
from typing import Protocol

from handouts.pdf.file.objects import HEADER, array, dictionary, indirect, object_stream, reference

ENTRY = 8  # bytes of a cross-reference entry: kind 1, place 5 (a plate's 4 end at 4 GB), index 2
PART = 4096  # entries that are compressed together
PACKED = 180  # objects of an object stream, about: readers unpack a whole one to find one object


class Sink(Protocol):
    """Where the bytes go: a binary file, or what writes like one."""

    def write(self, data: bytes, /) -> object:
        """Takes all of the bytes."""


class XrefTable:
    """The cross-reference table of a growing file: some bytes an object, whenever they are set."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._open = bytearray(_entry(0, 0, 65535))
        self._late: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._parts) * PART + len(self._open) // ENTRY

    def reserve(self) -> int:
        """The number of an object whose place is set later, as a rule soon."""
        if len(self._open) == 2 * PART * ENTRY:
            self._parts.append(zlib.compress(self._open[:PART * ENTRY], 6))
            del self._open[:PART * ENTRY]
        self._open += bytes(ENTRY)
        return len(self) - 1

    def put(self, target: int, kind: int, place: int, index: int = 0) -> None:
        """Sets an entry: kind 1 at a place in the file, 2 in an object stream."""
        at = (target - len(self._parts) * PART) * ENTRY
        if at < 0:
            self._late[target] = _entry(kind, place, index)
        else:
            self._open[at:at + ENTRY] = _entry(kind, place, index)

    def deflated(self) -> bytes:
        """The whole table, compressed as a cross-reference stream has it."""
        packer = zlib.compressobj(6)
        done = [packer.compress(self._mended(at, zlib.decompress(part)))
                for at, part in enumerate(self._parts)]
        return b"".join((*done, packer.compress(self._open), packer.flush()))

    def _mended(self, part: int, entries: bytes) -> bytes:
        """A part with the entries that were set after it was compressed."""
        mended, first = bytearray(entries), part * PART
        for target in range(first, first + PART):
            if target in self._late:
                at = (target - first) * ENTRY
                mended[at:at + ENTRY] = self._late[target]
        return bytes(mended)


def _entry(kind: int, place: int, index: int) -> bytes:
    return (kind << 56 | place << 16 | index).to_bytes(ENTRY, "big")


class Streamed:
    """A PDF written into a file as its objects come; the file starts where the PDF does."""

    def __init__(self, file: Sink) -> None:
        self._file, self._place, self._table = file, 0, XrefTable()
        self._digest = md5(usedforsecurity=False)
        self._inner: list[tuple[int, bytes]] = []
        self.reserve = self._table.reserve
        self._write(HEADER)

    def stream(self, body: bytes) -> int:
        """Writes a stream; gives its number."""
        target = self.reserve()
        self._apart(target, body)
        return target

    def pack(self, target: int, body: bytes) -> None:
        """Writes an object that is no stream, together with others."""
        self._inner.append((target, body))

    def rest(self) -> None:
        """Writes what waits to be packed if that is enough for an object stream."""
        if len(self._inner) >= PACKED:
            self._flush()

    def close(self, root: int, info: int) -> None:
        """Writes what waits, the cross-reference stream, and the end."""
        self._flush()
        place, target = self._place, self.reserve()
        self._table.put(target, 1, place)
        table, known = self._table.deflated(), self._digest.hexdigest().encode()
        head = dictionary({
            "Type": b"/XRef", "Size": b"%d" % len(self._table), "W": b"[1 5 2]",
            "Root": reference(root), "Info": reference(info), "ID": array([b"<%b>" % known] * 2),
            "Filter": b"/FlateDecode", "Length": b"%d" % len(table)})
        self._write(indirect(target, b"%b\nstream\n%b\nendstream" % (head, table)))
        self._write(b"startxref\n%d\n%%%%EOF\n" % place)

    def _flush(self) -> None:
        if not self._inner:
            return
        holder = self.reserve()
        for index, (target, _) in enumerate(self._inner):
            self._table.put(target, 2, holder, index)
        self._apart(holder, object_stream(self._inner))
        self._inner = []

    def _apart(self, target: int, body: bytes) -> None:
        self._table.put(target, 1, self._place)
        self._write(indirect(target, body))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)
