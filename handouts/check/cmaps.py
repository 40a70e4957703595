"""A font's ToUnicode CMap → the text of each code (ISO 32000-1, 9.10.3)."""

import re

MAX_CODES = 70_000
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def to_unicode(data: bytes) -> dict[int, str]:
    """The text of each code that the CMap names; what can't be read counts for nothing."""
    table: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        tokens = [_token(match) for match in _TOKEN.finditer(body)]
        (_chars if kind == b"bfchar" else _ranges)(tokens, table)
    return table


def _token(match: re.Match[bytes]) -> bytes | str:
    if match[2] or match[3]:
        return "[" if match[2] else "]"
    digits = re.sub(rb"\s", b"", match[1])
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _text(code: bytes) -> str:
    return code.decode("utf-16-be", "replace") if len(code) > 1 else code.decode("latin-1")


def _chars(tokens: list[bytes | str], table: dict[int, str]) -> None:
    plain = [token for token in tokens if isinstance(token, bytes)]
    for code, text in zip(plain[::2], plain[1::2], strict=False):
        table[int.from_bytes(code, "big")] = _text(text)


def _ranges(tokens: list[bytes | str], table: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(tokens) and len(table) < MAX_CODES:
        low, high, first = tokens[at:at + 3]
        at += 3
        if not isinstance(low, bytes) or not isinstance(high, bytes):
            continue
        start, end = int.from_bytes(low, "big"), int.from_bytes(high, "big")
        end = min(end, start + MAX_CODES)
        if isinstance(first, bytes):
            _counted(start, end, first, table)
            continue
        while at < len(tokens) and isinstance(token := tokens[at], bytes):
            if start <= end:
                table[start] = _text(token)
            start, at = start + 1, at + 1
        at += 1


def _counted(start: int, end: int, first: bytes, table: dict[int, str]) -> None:
    if not first:
        return
    base, size = int.from_bytes(first, "big"), len(first)
    for code in range(start, end + 1):
        value = base + code - start
        if value >> (8 * size):
            return
        table[code] = _text(value.to_bytes(size, "big"))
