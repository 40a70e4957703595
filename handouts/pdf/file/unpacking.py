"""A plate's bytes → its numbered objects; their entries and references, read and renumbered.

It reads what `objects` writes and no other PDF: a dictionary stands before the first line `stream`,
brackets in strings are escaped, a reference is `12 0 R` with single spaces.
"""

import re
import zlib
from collections.abc import Callable, Iterator

from handouts.pdf.file.objects import ENTRY, is_stream, reference
from handouts.pdf.file.plate import Plate

# Strings and names are tokens of their own, so what looks like a reference in them is none.
_TOKEN = re.compile(rb"""
    \( (?: [^()\\] | \\. )* \)
  | <[0-9A-Fa-f]*>
  | << | >> | \[ | \]
  | / [^\s/<>\[\]()]*
  | (\d+)\ 0\ R (?![^\s/<>\[\]()])
  | [^\s/<>\[\]()]+
""", re.VERBOSE | re.DOTALL)
_OPEN, _CLOSED = (b"<<", b"["), (b">>", b"]")
_STREAM = b"\nstream\n"


def objects_of(plate: Plate) -> dict[int, bytes]:
    """The bodies of a plate's objects by number; those that each print writes anew are not there.
    """
    apart = dict(_apart(plate))
    holders = {place for _, kind, place in _entries(plate) if kind == 2}
    for holder in sorted(holders):
        apart |= _unpacked(apart.pop(holder))
    return apart


def entries(body: bytes) -> dict[str, bytes]:
    """The entries of a dictionary, or of a stream's, by name without its slash."""
    found, name, start, depth = dict[str, bytes](), "", 0, 0
    head = _halves(body)[0]
    for token in _TOKEN.finditer(head):
        word = token[0]
        if depth == 1 and not name and word not in _CLOSED:
            name, start = word[1:].decode(), token.end()
            continue
        depth += (word in _OPEN) - (word in _CLOSED)
        if depth == 1 and name:
            found[name], name = head[start:token.end()].strip(), ""
    return found


def references(body: bytes) -> list[int]:
    """The numbers of the objects that a body refers to, in order; a stream's data has none."""
    return [int(token[1]) for token in _TOKEN.finditer(_halves(body)[0]) if token[1]]


def renumbered(body: bytes, new: Callable[[int], int]) -> bytes:
    """A body with the new number in place of each it refers to."""
    head, data = _halves(body)
    return _TOKEN.sub(
        lambda token: reference(new(int(token[1]))) if token[1] else token[0], head) + data


def _halves(body: bytes) -> tuple[bytes, bytes]:
    """What holds entries and references, and a stream's data from its keyword on."""
    if not is_stream(body):
        return body, b""
    head, _, data = body.partition(_STREAM)
    return head, _STREAM + data


def _entries(plate: Plate) -> Iterator[tuple[int, int, int]]:
    """Number, kind and place of each entry of a plate's cross-reference table."""
    for at in range(0, len(plate.table), ENTRY):
        yield at // ENTRY, plate.table[at], int.from_bytes(plate.table[at + 1:at + 5], "big")


def _apart(plate: Plate) -> Iterator[tuple[int, bytes]]:
    """The objects that stand in the file by themselves; each ends where the next one starts."""
    places = sorted((place, target) for target, kind, place in _entries(plate) if kind == 1)
    ends = [place for place, _ in places[1:]] + [len(plate.head)]
    for (place, target), end in zip(places, ends, strict=True):
        head, tail = b"%d 0 obj\n" % target, b"\nendobj\n"
        yield target, plate.head[place + len(head):end - len(tail)]


def _unpacked(body: bytes) -> dict[int, bytes]:
    """The objects of an object stream (ISO 32000-1, 7.5.7)."""
    known, data = entries(body), _halves(body)[1]
    inner = zlib.decompress(data[len(_STREAM):len(_STREAM) + int(known["Length"])])
    first = int(known["First"])
    listed = [int(part) for part in inner[:first].split()]
    places = [first + at for at in listed[1::2]]
    ends = [place - 1 for place in places[1:]] + [len(inner)]
    return {target: inner[place:end]
            for target, place, end in zip(listed[::2], places, ends, strict=True)}
