"""What a PDF object is, asked without trust: a wrong type, a missing key, a broken name give an
empty answer and never an exception."""

import binascii
import math
import zlib
from base64 import a85decode
from collections.abc import Iterator
from typing import Any

import pikepdf

MAX_STREAM = 16 << 20
MAX_ITEMS = 200_000
_OTHER_FILTERS_MAX = 64 << 10  # raw bytes; LZW and run lengths can grow a thousandfold
ARRAY = pikepdf.Array
Key = tuple[int, int]


def is_dict(node: Any) -> bool:
    """A dictionary, or the dictionary of a stream."""
    return isinstance(node, (pikepdf.Dictionary, pikepdf.Stream))


def entry(node: Any, *keys: str) -> Any:
    """The value at the end of a path of keys, or None."""
    for key in keys:
        if not is_dict(node):
            return None
        try:
            node = node.get(f"/{key}")
        except (pikepdf.PdfError, ValueError):
            return None
    return node


def entries(node: Any) -> dict[str, Any]:
    """A dictionary's values by key, the slash left out."""
    if not is_dict(node):
        return {}
    try:
        return {key[1:]: entry(node, key[1:]) for key in sorted(node.keys())[:MAX_ITEMS]}
    except (pikepdf.PdfError, ValueError):  # a key that is not UTF-8
        return {}


def items(node: Any) -> list[Any]:
    """An array's members; of anything else, none."""
    if not isinstance(node, pikepdf.Array):
        return []
    try:
        return [node[at] for at in range(min(len(node), MAX_ITEMS))]
    except (pikepdf.PdfError, ValueError):
        return []


def number(node: Any) -> float | None:
    """A finite number, or None."""
    if type(node) is int:  # most are, and there are millions
        return float(node) if -1e9 < node < 1e9 else None
    if isinstance(node, bool) or node is None:
        return None
    try:
        value = float(node)
    except (TypeError, ValueError, OverflowError, ArithmeticError, pikepdf.PdfError):
        return None
    return value if math.isfinite(value) and abs(value) < 1e9 else None


def numbers(nodes: Any, count: int) -> tuple[float, ...] | None:
    """Just so many numbers of an array or a list of operands, or None."""
    values = [number(node) for node in (nodes if isinstance(nodes, list) else items(nodes))]
    real = tuple(value for value in values if value is not None)
    return real if len(values) == len(real) == count else None


def whole(node: Any) -> int | None:
    """An integer, or None."""
    value = number(node)
    return int(value) if value is not None and value == int(value) else None


def name(node: Any) -> str:
    """A name without its slash, or ''."""
    if not isinstance(node, pikepdf.Name):
        return ""
    try:
        return str(node)[1:]
    except ValueError:
        return ""


def text(node: Any) -> str:
    """A text string, or ''."""
    if not isinstance(node, pikepdf.String):
        return ""
    try:
        return str(node)
    except ValueError:
        return ""


def raw(node: Any) -> bytes:
    """The bytes of a string, or none."""
    return bytes(node) if isinstance(node, pikepdf.String) else b""


def identity(node: Any) -> Key | None:
    """The object number and generation of an indirect object, or None."""
    if not isinstance(node, pikepdf.Object) or not node.is_indirect:
        return None
    number_, generation = node.objgen
    return number_, generation


def fetched(pdf: pikepdf.Pdf, key: Key) -> Any:
    """The object of a number, or None."""
    try:
        return pdf.get_object(key)
    except (pikepdf.PdfError, ValueError):
        return None


def stream_bytes(node: Any, limit: int = MAX_STREAM) -> bytes | None:
    """A stream's decoded bytes; None if it can't be decoded or is longer than `limit`."""
    if not isinstance(node, pikepdf.Stream):
        return None
    filters = [name(item) for item in items(entry(node, "Filter")) or [entry(node, "Filter")]]
    try:
        coded = node.read_raw_bytes()
        if not any(filters):
            return coded if len(coded) <= limit else None
        if filters[-1] == "FlateDecode" and not _has_predictor(node):
            return _inflated(coded, filters[:-1], limit)
        if len(coded) > _OTHER_FILTERS_MAX or filters.count("FlateDecode") > 1:
            return None
        return node.read_bytes()
    except (pikepdf.PdfError, zlib.error, binascii.Error, ValueError, RuntimeError,
            NotImplementedError):
        return None


def _has_predictor(node: Any) -> bool:
    parms = entry(node, "DecodeParms")
    return any((whole(entry(item, "Predictor")) or 1) > 1 for item in items(parms) or [parms])


def _inflated(coded: bytes, before: list[str], limit: int) -> bytes | None:
    for filter_ in before:
        if filter_ == "ASCII85Decode":
            coded = a85decode(b"<~" + coded.strip().removesuffix(b"~>") + b"~>", adobe=True)
        elif filter_ == "ASCIIHexDecode":
            coded = bytes.fromhex(coded.decode("ascii").strip().rstrip(">"))
        else:
            return None
    inflate = zlib.decompressobj()
    data = inflate.decompress(coded, limit)
    return None if inflate.unconsumed_tail else data


def number_tree(root: Any, limit: int = MAX_ITEMS) -> dict[int, Any]:
    """The entries of a number tree; loops end, wrong nodes count for nothing."""
    found: dict[int, Any] = {}
    seen: set[Key | None] = set()
    todo = [root]
    while todo and len(found) < limit and len(seen) < limit:
        node = todo.pop()
        key = identity(node)
        if key is not None and key in seen:
            continue
        seen.add(key)
        found.update(_pairs(items(entry(node, "Nums"))))
        todo += [kid for kid in items(entry(node, "Kids")) if identity(kid) is not None]
    return found


def _pairs(flat: list[Any]) -> Iterator[tuple[int, Any]]:
    for key, value in zip(flat[::2], flat[1::2], strict=False):
        at = whole(key)
        if at is not None:
            yield at, value
