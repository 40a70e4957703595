"""Text that stands in one face, script and direction → its glyphs, from left to right."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from handouts.errors import InputError
from handouts.lettering.characters import SHAPED, TAGS
from handouts.lettering.faces import Face, Glyph

if TYPE_CHECKING:
    import uharfbuzz

# Plain text is set without kerning and ligatures, so shaped text of those scripts is, too: an
# accent typed as a mark of its own looks no different. Fractions are for recipes.
_FRACTIONS = {"frac": False, "numr": False, "dnom": False}
_PLAIN = {**_FRACTIONS, "kern": False, "liga": False, "clig": False, "calt": False}


def shape(face: Face, context: str, span: tuple[int, int], *, script: str,
          rtl: bool) -> tuple[Glyph, ...]:
    """The glyphs of a part of `context`; letters join to those around the part, as in a word."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(context, span[0], span[1] - span[0])
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.script = TAGS[script]
    buffer.language = "und"  # HarfBuzz would ask the locale
    buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    uharfbuzz.shape(_font(face), buffer, _features(script))
    glyphs = tuple(
        Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    if any(not glyph.id for glyph in glyphs):
        raise InputError("holds letters that no font here has", cure="Write it in other letters.")
    return glyphs


def _features(script: str) -> Mapping[str, bool]:
    return _FRACTIONS if script in SHAPED else _PLAIN


@cache
def _font(face: Face) -> "uharfbuzz.Font":
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(face.program))
