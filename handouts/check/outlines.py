"""Known outlines: a glyph of the handouts' own font family → its characters.

A simple subset font (ReportLab's) names no Unicode character; its outlines are the only witness.
"""

from functools import cache

import fontpkg_atkinson_hyperlegible

from handouts.check.sfnt import Sfnt

_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")


def letters(program: Sfnt, glyph: int) -> set[str]:
    """The characters of a glyph with a known outline; of any other, none."""
    outline = program.outline(glyph)
    return _known().get(outline, set()) if outline else set()


@cache
def _known() -> dict[bytes, set[str]]:
    table: dict[bytes, set[str]] = {}
    folder = fontpkg_atkinson_hyperlegible.ROOT / "files"
    for style in _STYLES:
        font = Sfnt((folder / f"AtkinsonHyperlegible-{style}.ttf").read_bytes())
        for character, glyph in font.unicode.items():
            outline = font.outline(glyph)
            if outline:
                table.setdefault(outline, set()).add(chr(character))
    return table
