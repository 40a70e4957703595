"""A PDF font → for each code of a shown string its text, its width and its glyph; CMaps, and the
names of glyphs that Western fonts use (Adobe Glyph List).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from handouts.check import access
from handouts.check.fontfiles import Sfnt

_CODECS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman",
           "StandardEncoding": "latin-1"}
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
MAX_CODES = 70_000
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.S)
_TOKEN = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


class CharacterCode(NamedTuple):
    """One code of a string: its text ('' if nothing says it), width in ems, glyph if known."""

    value: int
    text: str
    width: float
    glyph: int | None


@dataclass(eq=False)
class Font:
    """A font as a page uses it."""

    node: Any

    @cached_property
    def _codes(self) -> dict[int, CharacterCode]:
        """The codes met so far: a long text shows each of them often."""
        return {}

    @cached_property
    def kind(self) -> str:
        """Type0, TrueType, Type1, Type3 …"""
        return access.name(access.entry(self.node, "Subtype"))

    @cached_property
    def inner(self) -> Any:
        """The descendant of a Type0 font; else the font itself."""
        if self.kind != "Type0":
            return self.node
        return next(iter(access.items(access.entry(self.node, "DescendantFonts"))), None)

    @cached_property
    def is_of_known_letters(self) -> bool:
        """Of one of the four collections whose characters every reader knows (ISO 14289-1,
        7.21.7)."""
        about = access.entry(self.inner, "CIDSystemInfo")
        return access.text(access.entry(about, "Registry")) == "Adobe" and access.text(
            access.entry(about, "Ordering")) in ("GB1", "CNS1", "Japan1", "Korea1")

    @cached_property
    def name(self) -> str:
        """The base font's name without a subset's prefix."""
        return access.name(access.entry(self.node, "BaseFont")).split("+")[-1]

    @cached_property
    def bold(self) -> bool:
        """Bold by its name or its descriptor."""
        weight = access.number(access.entry(self.inner, "FontDescriptor", "FontWeight")) or 0
        return weight >= 600 or any(word in self.name.lower() for word in _BOLD)

    @cached_property
    def embedded(self) -> bool:
        """The font program travels with the file (a Type3 font is made of page content)."""
        descriptor = access.entry(self.inner, "FontDescriptor")
        return self.kind == "Type3" or any(
            access.entry(descriptor, key) is not None
            for key in ("FontFile", "FontFile2", "FontFile3"))

    @cached_property
    def program(self) -> Sfnt:
        """The embedded TrueType or OpenType program; one without tables if there is none."""
        descriptor = access.entry(self.inner, "FontDescriptor")
        for key in ("FontFile2", "FontFile3"):
            data = access.stream_bytes(access.entry(descriptor, key))
            if data:
                return Sfnt(data)
        return Sfnt(b"")

    @cached_property
    def to_unicode(self) -> dict[int, str]:
        """The text of each code after ToUnicode."""
        data = access.stream_bytes(access.entry(self.node, "ToUnicode"))
        return to_unicode(data) if data else {}

    @cached_property
    def encoding(self) -> dict[int, str]:
        """The text of each code of a simple font after its encoding."""
        node = access.entry(self.node, "Encoding")
        codec = _CODECS.get(access.name(node) or access.name(access.entry(node, "BaseEncoding")))
        if codec is None and self.kind in ("Type1", "MMType1") and not self.embedded:
            codec = "cp1252"
        plain = {} if codec is None else {
            code: bytes([code]).decode(codec, "ignore") for code in range(256)}
        return plain | {code: glyph_text(name) for code, name in _differences(node)}

    @cached_property
    def wide(self) -> bool:
        """Codes of two bytes."""
        return self.kind == "Type0"

    @cached_property
    def _widths(self) -> dict[int, float]:
        if self.wide:
            return dict(_cid_widths(access.items(access.entry(self.inner, "W"))))
        first = access.whole(access.entry(self.node, "FirstChar")) or 0
        values = access.items(access.entry(self.node, "Widths"))[:256]
        return {first + at: access.number(value) or 0.0 for at, value in enumerate(values)}

    @cached_property
    def _scale(self) -> float:
        if self.kind != "Type3":
            return 0.001
        matrix = access.numbers(access.entry(self.node, "FontMatrix"), 6)
        return abs(matrix[0]) if matrix else 0.001

    @cached_property
    def _default_width(self) -> float:
        if self.wide:
            width = access.number(access.entry(self.inner, "DW"))
            return 1000.0 if width is None else width
        return access.number(access.entry(self.inner, "FontDescriptor", "MissingWidth")) or 500.0

    @cached_property
    def _glyphs(self) -> dict[int, int] | None:
        """The glyph of each code of a simple TrueType font, or of each CID; None if not known."""
        if self.wide:
            return None
        maps = self.program.cmaps
        if (3, 0) in maps:
            symbols = maps[3, 0]
            return {code: symbols.get(code, symbols.get(0xF000 + code, 0)) for code in range(256)}
        if self.encoding and self.program.unicode:
            return {code: self.program.unicode.get(ord(text), 0)
                    for code, text in self.encoding.items() if text}
        return maps.get((1, 0))

    @cached_property
    def _cid_to_gid(self) -> bytes | None:
        return access.stream_bytes(access.entry(self.inner, "CIDToGIDMap"))

    @cached_property
    def _identity(self) -> bool:
        return access.name(access.entry(self.node, "Encoding")) in ("Identity-H", "Identity-V")

    def glyph(self, code: int) -> int | None:
        """The glyph that a code shows, or None if that can't be told."""
        if not self.wide:
            return self._glyphs.get(code, 0) if self._glyphs else None
        if not self._identity:
            return None
        if self._cid_to_gid is not None:
            return int.from_bytes(self._cid_to_gid[2 * code:2 * code + 2], "big")
        return code

    def text(self, code: int) -> str:
        """The text of a code; '' if nothing says it."""
        return self.to_unicode.get(code) or self.encoding.get(code, "")

    def codes(self, shown: bytes) -> Iterator[CharacterCode]:
        """The codes of a string, one after the other."""
        step = 2 if self.wide else 1
        known = self._codes
        for at in range(0, len(shown) - step + 1, step):
            value = int.from_bytes(shown[at:at + step], "big")
            if value not in known:
                width = self._widths.get(value, self._default_width) * self._scale
                known[value] = CharacterCode(value, self.text(value), width, self.glyph(value))
            yield known[value]


def _differences(encoding: Any) -> Iterator[tuple[int, str]]:
    code = 0
    for item in access.items(access.entry(encoding, "Differences")):
        start = access.whole(item)
        if start is not None:
            code = start
        else:
            yield code, access.name(item)
            code += 1


def _cid_widths(flat: list[Any]) -> Iterator[tuple[int, float]]:
    at = 0
    while at + 1 < len(flat):
        first, listed = access.whole(flat[at]), access.items(flat[at + 1])
        if first is None:
            at += 1
        elif listed:
            yield from ((first + n, access.number(width) or 0.0) for n, width in enumerate(listed))
            at += 2
        else:
            last = access.whole(flat[at + 1]) or 0
            width = access.number(flat[at + 2]) if at + 2 < len(flat) else 0.0
            yield from ((cid, width or 0.0) for cid in range(first, min(last, 65535) + 1))
            at += 3


# -- CMaps, and the names of glyphs ----------------------------------------------------------------


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
