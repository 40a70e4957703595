"""What a PDF object is, asked without trust: a wrong type, a missing key, a broken name give an
empty answer and never an exception."""

import binascii
import math
import stat
import warnings
import zlib
from base64 import a85decode
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from handouts.errors import InputError

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


MAX_FILE = 256 << 20
MAX_PAGES = 500
# What qpdf notes though every reader copes: many programs write it, and nothing is lost.
_USUAL = ("xref entry for the xref stream itself is missing",
          "extraneous whitespace seen before xref")


@dataclass(frozen=True)
class Opened:
    """An open PDF with its bytes; `mended` tells that it was damaged and read all the same."""

    pdf: pikepdf.Pdf
    data: bytes
    pages: tuple[Any, ...]
    page_count: int
    mended: bool

    @property
    def root(self) -> Any:
        """The catalogue."""
        return entry(self.pdf.trailer, "Root")


def read(path: Path) -> bytes:
    """The bytes of a file; InputError if it can't be read."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a device has no end
            raise InputError("is not a file", where=str(path), cure="Name a PDF file.")
        if state.st_size > MAX_FILE:
            raise InputError(f"is over {MAX_FILE >> 20} MB", where=str(path),
                             cure="Check a smaller file.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "unknown error").lower()
        raise InputError(f"can't be read ({reason})", where=str(path),
                         cure="Name a PDF file that you may read.") from error


def open_pdf(data: bytes) -> Opened:
    """An open PDF; InputError if the bytes are none, or need a password."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # qpdf's repairs are told as a finding
            pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
            count = len(pdf.pages)
            pages = tuple(pdf.pages[at].obj for at in range(min(count, MAX_PAGES)))
    except pikepdf.PasswordError as error:
        raise InputError("is locked with a password",
                         cure="Check the file before it is locked.") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, IndexError) as error:
        raise InputError("is not a PDF, or too damaged to be read",
                         cure="Make the file anew.") from error
    return Opened(pdf, data, pages, count, any(
        not any(usual in str(warning) for usual in _USUAL) for warning in pdf.get_warnings()))
