"""The faces that text is set in: their program, their measures, and a glyph for each character.

Atkinson Hyperlegible is the body face, made for low vision. FiraGO serves what it lacks, in one
design for Vietnamese, Greek, Cyrillic, Georgian, Arabic, Hebrew, Devanagari and Thai; it has every
character of the body face, so that any word fits into one of the two. Both weights of a family have
the same characters.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import fontpkg_atkinson_hyperlegible

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

    def __init__(self, name: str, program: bytes) -> None:
        at = sfnt.tables(program)
        self.name, self.program = name, program
        self.measures = sfnt.metrics(program, at)
        self.advances = sfnt.advances(program, at)
        self.glyphs = {chr(code): glyph for code, glyph in sfnt.characters(program, at)
                       if not never_printed(chr(code))}
        self.plain = {char: Glyph(glyph, self.advances[glyph])
                      for char, glyph in self.glyphs.items() if not needs_shaping(char)}
        self.hexes = {char: f"{glyph.id:04X}" for char, glyph in self.plain.items()}


@cache
def face_names(weight: str) -> tuple[str, str]:
    """The body face of this weight, and the face for what it lacks."""
    return f"Atkinson-{weight}", f"FiraGO-{weight}"


@cache
def face(name: str) -> Face:
    """The face of this name, read once a process."""
    return Face(name, _program(name))


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


def _program(name: str) -> bytes:
    family, weight = name.split("-")
    if family == "Atkinson":
        file = f"AtkinsonHyperlegible-{weight}.ttf"
        path: Path = fontpkg_atkinson_hyperlegible.ROOT / "files" / file
        return path.read_bytes()
    built_in = data_folder("assets") / "fonts" / f"{name}.ttf"  # by .ci/fonts.py
    if built_in.is_file():
        return built_in.read_bytes()
    program: bytes = import_module(f"pymupdf_fonts.{family}_{weight}").fontbuffer
    return program
