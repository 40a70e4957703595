"""Text of any script at hand, from typed characters to PDF text operators, without a layout engine.

    if found := missing(value): …              what can't be printed, in plain words
    scripts_of(value)                          what a plate must embed for it
    lines(value, width, size=12)               wrapped, in visual order, shaped where it must be
    Text(value)                                both of one value, for as many rooms as one tries
    operators(line, 12, fonts)                 the line as bytes for a content stream
    subsets.subset(name, scripts)              the font program a plate embeds; no print needs it

The field of a patient's panel is the user: its characters are never altered. What a line shows is
glyphs; what it says is `GlyphLine.text`, and the texts of all lines, each with its `after`, joined
are the text that came in. Plain text in the body face needs none of the libraries for shaping.
"""

from handouts.lettering.characters import is_seen
from handouts.lettering.faces import BOLD, RECORDS, REGULAR, Face, Glyph, face, face_names
from handouts.lettering.refusal import check, missing
from handouts.lettering.runs import is_plain, stretches
from handouts.lettering.setting import GlyphLine, GlyphRun, Text, lines, operators, scripts_of

__all__ = [
    "BOLD", "RECORDS", "REGULAR", "Face", "Glyph", "GlyphLine", "GlyphRun", "Text", "check", "face",
    "face_names", "is_plain", "is_seen", "lines", "missing", "operators", "scripts_of",
    "stretches",
]
