"""The faces that text is set in: their program, their measures, and a glyph for each character.

The body face is Atkinson Hyperlegible, made for low vision, with a plain zero (assets/fonts): a
dose of 10 minutes has no stroke in it. FiraGO serves what it lacks, in one design for Vietnamese,
Greek, Cyrillic, Georgian, Arabic, Hebrew, Devanagari and Thai; it has every character of the body
face, so that any word fits into one of the two. Both weights of a family have the same characters.

A zero has its stroke where it may be taken for an O: in the weight of record numbers, and in a word
of running text that holds capital letters too, such as a sheet's id.
"""

import re
from functools import cache
from importlib import import_module
from typing import NamedTuple
from unicodedata import category

from handouts.lettering import sfnt
from handouts.lettering.characters import (
    ALLOWED_UNSEEN,
    FIXED_SPACES,
    NUMBER_SIGNS,
    SHAPED,
    SPACES,
    is_mark,
    script,
)
from handouts.paths import data_folder

REGULAR = "Regular"
BOLD = "Bold"
RECORDS = "BoldRecords"  # bold with struck zeros; the same font in a PDF
BODY = "HyperlegiblePlainZero"
_CODE = re.compile("[0-9A-Z-]*(?:[A-Z][0-9A-Z-]*0|0[0-9A-Z-]*[A-Z])[0-9A-Z-]*")


class Glyph(NamedTuple):
    """A glyph as it is set: where it is drawn from the pen, how far the pen moves; font units."""

    id: int
    advance: int
    x: int = 0
    y: int = 0


class Face:
    """One font file, read; `plain` holds the characters that need no shaping, `hexes` those as hex.

    A character that stands alone stands for a glyph of its own: no two share one, so that plain
    text extracts as it was typed.
    """

    def __init__(self, name: str, program: bytes, *, struck: bool = False) -> None:
        at = sfnt.tables(program)
        self.struck = struck
        self.name, self.program = name, program
        self.measures = sfnt.metrics(program, at)
        self.advances = sfnt.advances(program, at)
        self.glyphs = {chr(code): glyph for code, glyph in sfnt.characters(program, at)
                       if not never_printed(chr(code))}
        zero = dict(sfnt.feature(program, "zero")).get(self.glyphs["0"], self.glyphs["0"])
        if struck:
            self.glyphs["0"] = zero
        self.plain = {char: Glyph(glyph, self.advances[glyph])
                      for char, glyph in self.glyphs.items() if not needs_shaping(char)}
        self.hexes = {char: f"{glyph.id:04X}" for char, glyph in self.plain.items()}
        self._codes = self.hexes | {"0": f"{zero:04X}"}

    def encoded(self, words: str) -> str:
        """Words as glyph ids in hex; zeros of a code are struck."""
        code = "".join(map(self.hexes.__getitem__, words))
        if "0" in words:
            for found in _CODE.finditer(words):
                start, end = found.span()
                struck = "".join(map(self._codes.__getitem__, words[start:end]))
                code = code[:4 * start] + struck + code[4 * end:]
        return code


@cache
def face_names(weight: str) -> tuple[str, str]:
    """The body face of this weight, and the face for what it lacks."""
    return f"{BODY}-{weight}", f"FiraGO-{BOLD if weight == RECORDS else weight}"


@cache
def face(name: str) -> Face:
    """The face of this name, read once a process."""
    family, weight = name.split("-")
    if family == BODY:
        file = f"{BODY}-{BOLD if weight == RECORDS else weight}.ttf"
        return Face(name, (data_folder("assets") / "fonts" / file).read_bytes(),
                    struck=weight == RECORDS)
    built_in = data_folder("assets") / "fonts" / f"{name}.ttf"  # in a wheel, by .ci/fonts.py
    if built_in.is_file():
        return Face(name, built_in.read_bytes())
    return Face(name, import_module(f"pymupdf_fonts.{family}_{weight}").fontbuffer)


def never_printed(char: str) -> bool:
    """Whether a face's glyph for this character is no reason to print it: controls, unseen ones."""
    kind = category(char)
    return kind in ("Cc", "Co") or (kind == "Cf" and char not in NUMBER_SIGNS)


def needs_shaping(char: str) -> bool:
    """Whether the glyph and place of this character depend on what stands beside it."""
    return script(char) in SHAPED or is_mark(char) or is_special(char)


def is_special(char: str) -> bool:
    """Whether the character is a space or an unseen one that the shaper sets in any face."""
    return char in SPACES or char in ALLOWED_UNSEEN or (char in FIXED_SPACES and char != "\u00a0")
