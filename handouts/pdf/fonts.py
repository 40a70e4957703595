"""The fonts of a page: Atkinson Hyperlegible, made by the Braille Institute for low vision."""

import unicodedata
from collections.abc import Iterator
from functools import cache

import fontpkg_atkinson_hyperlegible
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "Atkinson-Regular"
BOLD = "Atkinson-Bold"
_FILES = {REGULAR: "AtkinsonHyperlegible-Regular.ttf", BOLD: "AtkinsonHyperlegible-Bold.ttf"}
RESOURCES = {REGULAR: "F1", BOLD: "F2"}


@cache
def register() -> None:
    """Makes the fonts known to ReportLab, once a process."""
    folder = fontpkg_atkinson_hyperlegible.ROOT / "files"
    for name, file in _FILES.items():
        registerFont(TTFont(name, str(folder / file)))
    # No italics: they are hard to read; slanted text falls back to the upright face.
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def resource(font: str) -> str:
    """The name of a font in the resources of a page."""
    return RESOURCES[font]


def encoded(font: str, words: str) -> str:
    """Words as the hexadecimal glyph ids of a font."""
    glyphs = getFont(font).face.charToGlyph
    return "".join(f"{glyphs[ord(char)]:04X}" for char in words)


def split(words: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """Words in stretches of one font: its name and the text."""
    if words:
        yield (BOLD if bold else REGULAR), words


def missing(text: str) -> list[str]:
    """The characters of `text` that the body font has no glyph for, each once, in order."""
    register()
    known = getFont(REGULAR).face.charToGlyph
    return [char for char in dict.fromkeys(text) if ord(char) not in known and not char.isspace()]


def script(char: str) -> str:
    """The script of a character in a word, such as `Arabic`."""
    return unicodedata.name(char, "unknown").split()[0].capitalize()
