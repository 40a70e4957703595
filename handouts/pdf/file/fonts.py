"""The fonts of a page: lettering's faces, measured for ReportLab and written as Type 0 fonts.

A character code is a glyph id (Identity-H), so that one font object serves a whole face and text
can be put into a finished plate. The body face is embedded whole, others by whole scripts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import md5
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily

from handouts import lettering
from handouts.lettering.subsets import glyphs_of, subset, to_unicode
from handouts.pdf.file.objects import Objects, array, dictionary, numbers, reference, stream

REGULAR, _FALLBACK = lettering.face_names(lettering.REGULAR)
BOLD, _FALLBACK_BOLD = lettering.face_names(lettering.BOLD)
_RECORDS, _ = lettering.face_names(lettering.RECORDS)
RESOURCES = {REGULAR: "F1", BOLD: "F2", _RECORDS: "F2", _FALLBACK: "F3", _FALLBACK_BOLD: "F4"}
_WEIGHTS = {False: lettering.REGULAR, True: lettering.BOLD}
_BLOCK = 100  # entries in a block of a CMap, at most (Adobe Technical Note 5014)


@dataclass(frozen=True)
class _Typeface:
    """What ReportLab asks of a typeface."""

    name: str
    ascent: float
    descent: float


class _Measured:
    """A face as ReportLab knows it: enough to break lines."""

    _dynamicFont = True
    _multiByte = True
    encName = "UTF-8"

    def __init__(self, name: str) -> None:
        self._face = lettering.face(name)
        measures = self._face.measures
        self.fontName = name
        self.face = _Typeface(name, measures.ascent * 1000 / measures.units,
                              measures.descent * 1000 / measures.units)
        self._widths = {char: glyph.advance / measures.units
                        for char, glyph in self._face.plain.items()}

    def stringWidth(self, text: str, size: float, encoding: str = "") -> float:
        """The width of text in points."""
        return sum(map(self._widths.__getitem__, text)) * size


@cache
def register() -> None:
    """Makes the fonts known to ReportLab, once a process."""
    for name in (REGULAR, BOLD):
        registerFont(_Measured(name))
    # No italics: they are hard to read; slanted text falls back to the upright face.
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    registerFontFamily(BOLD, normal=BOLD, bold=BOLD, italic=BOLD, boldItalic=BOLD)


@cache
def _register_fallback() -> None:
    """Makes the fallback fonts known to ReportLab, when the first text needs them."""
    for name in (_FALLBACK, _FALLBACK_BOLD):
        registerFont(_Measured(name))
        registerFontFamily(name, normal=name, bold=name, italic=name, boldItalic=name)


def encoded(font: str, words: str) -> str:
    """Words as the hexadecimal glyph ids of a font."""
    return lettering.face(font).encoded(words)


def split(words: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """Words in stretches of one font: its name and the text."""
    parts = lettering.stretches(words, _WEIGHTS[bold])
    for name, tokens in groupby(parts, key=lambda part: part[0]):
        if name not in (REGULAR, BOLD):
            _register_fallback()
        yield name, "".join(text for _, text in tokens)


# -- font objects ----------------------------------------------------------------------------------


def write(scripts: frozenset[str], panel: frozenset[str], objects: Objects) -> dict[str, int]:
    """Writes the fonts; gives the object number of each resource name.

    `scripts` are those that the page's own text needs beyond the body face, `panel` those that the
    panel's values need, which are bold.
    """
    needed = {REGULAR: frozenset[str](), BOLD: frozenset[str]()}
    if scripts:
        needed[_FALLBACK] = scripts
    if scripts | panel:
        needed[_FALLBACK_BOLD] = scripts | panel
    return {RESOURCES[name]: _font(name, of, objects) for name, of in needed.items()}


def _font(name: str, scripts: frozenset[str], objects: Objects) -> int:
    """A composite font (ISO 32000-1, 9.7) whose codes are glyph ids."""
    parts = _parts(name, scripts)
    program = objects.add(parts.program)
    descriptor = objects.add(dictionary({**parts.descriptor, "FontFile2": reference(program)}))
    descendant = objects.add(dictionary({
        "Type": b"/Font", "Subtype": b"/CIDFontType2", "BaseFont": parts.name,
        "CIDSystemInfo": b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
        "CIDToGIDMap": b"/Identity", "DW": b"1000", "W": parts.widths,
        "FontDescriptor": reference(descriptor)}))
    unicode = objects.add(parts.unicode)
    return objects.add(dictionary({
        "Type": b"/Font", "Subtype": b"/Type0", "BaseFont": parts.name, "Encoding": b"/Identity-H",
        "DescendantFonts": array([reference(descendant)]), "ToUnicode": reference(unicode)}))


@dataclass(frozen=True)
class _Parts:
    """The bytes of a font's objects, the same in every file."""

    name: bytes
    program: bytes
    descriptor: Mapping[str, bytes]
    widths: bytes
    unicode: bytes


@lru_cache(maxsize=32)
def _parts(name: str, scripts: frozenset[str]) -> _Parts:
    program = subset(name, scripts)
    measures = lettering.face(name).measures
    full_name = b"/%b+%b" % (_subset_tag(program), name.encode())
    scale = 1000 / measures.units
    return _Parts(
        name=full_name, program=stream(program, {"Length1": b"%d" % len(program)}),
        descriptor={
            "Type": b"/FontDescriptor", "FontName": full_name, "Flags": b"4",
            "FontBBox": array([numbers(side * scale for side in measures.box)]),
            "ItalicAngle": b"0", "Ascent": numbers([measures.ascent * scale]),
            "Descent": numbers([measures.descent * scale]),
            "CapHeight": numbers([measures.cap_height * scale]), "StemV": b"80"},
        widths=_widths(name, scripts), unicode=stream(_cmap(to_unicode(name, scripts))))


def _subset_tag(program: bytes) -> bytes:
    """Six capital letters that tell subsets apart (9.6.4), from the subset itself."""
    digest = md5(program, usedforsecurity=False).digest()
    return bytes(ord("A") + part % 26 for part in digest[:6])


def _widths(name: str, scripts: frozenset[str]) -> bytes:
    """The advance widths of the embedded glyphs, in thousandths, in runs of glyph ids."""
    face = lettering.face(name)
    scale = 1000 / face.measures.units
    glyphs = sorted(glyphs_of(name, scripts))
    runs = [[glyph for _, glyph in run]
            for _, run in groupby(enumerate(glyphs), key=lambda pair: pair[1] - pair[0])]
    return array(b"%d %b" % (run[0], array([numbers(face.advances[glyph] * scale
                                                    for glyph in run)])) for run in runs)


def _cmap(says: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap (9.10.3): glyph id to text, in UTF-16."""
    entries = [b"<%04X> <%b>" % (glyph, text.encode("utf-16-be").hex().upper().encode())
               for glyph, text in says.items()]
    blocks = [entries[at:at + _BLOCK] for at in range(0, len(entries), _BLOCK)]
    return b"\n".join([
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo <</Registry(Adobe)/Ordering(UCS)/Supplement 0>> def",
        b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
        *(b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
        b"endcmap CMapName currentdict /CMap defineresource pop end end"])
