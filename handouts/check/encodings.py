"""A glyph's name → its text, for the names that Western fonts use (Adobe Glyph List)."""

import re
import unicodedata

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


_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NAMES = {
    "space": " ", "nbspace": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#",
    "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'", "parenleft": "(",
    "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".",
    "slash": "/", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">",
    "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]",
    "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}",
    "asciitilde": "~", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“",
    "quotedblright": "”", "endash": "–", "emdash": "—", "bullet": "•",
    "ellipsis": "…", "ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl",
    "germandbls": "ß", "dotlessi": "ı", "degree": "°", "copyright": "©",
    "section": "§", "Euro": "€", "minus": "−", "multiply": "×",
    "questiondown": "¿", "exclamdown": "¡", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "oslash": "ø", "Oslash": "Ø",
    **{name: str(digit) for digit, name in enumerate(_DIGITS)},
}
_ACCENTS = {"grave": "GRAVE", "acute": "ACUTE", "circumflex": "CIRCUMFLEX", "tilde": "TILDE",
            "dieresis": "DIAERESIS", "ring": "RING ABOVE", "cedilla": "CEDILLA", "caron": "CARON",
            "macron": "MACRON", "ogonek": "OGONEK", "dotaccent": "DOT ABOVE"}
_ACCENTED = re.compile(rf"([A-Za-z])({'|'.join(_ACCENTS)})")
_NUMBER = re.compile(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})")


def glyph_text(name: str) -> str:
    """The text of a glyph's name; '' for one that is not known."""
    name = name.split(".")[0]
    if len(name) == 1:
        return name
    if match := _NUMBER.fullmatch(name):
        value = int(match[1] or match[2], 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else ""
    if match := _ACCENTED.fullmatch(name):
        case = "CAPITAL" if match[1].isupper() else "SMALL"
        said = f"LATIN {case} LETTER {match[1].upper()} WITH {_ACCENTS[match[2]]}"
        try:
            return unicodedata.lookup(said)
        except KeyError:
            return ""
    return _NAMES.get(name, "")
