"""A PDF font → for each code of a shown string its text, its width and its glyph."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from handouts.check import access
from handouts.check.cmaps import to_unicode
from handouts.check.fontfiles import Sfnt
from handouts.check.glyphnames import glyph_text

_CODECS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman",
           "StandardEncoding": "latin-1"}
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


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
