"""The font programs that a plate embeds: a whole script of a face, never the glyphs of one name."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import normalize

from handouts.lettering.characters import COMMON, script
from handouts.lettering.faces import BODY, Face, face
from handouts.lettering.sfnt import Substitution, substitutions

if TYPE_CHECKING:
    import uharfbuzz

_LEFT_OUT = ("GSUB", "GPOS", "GDEF", "DSIG", "kern", "gasp", "post", "name")
_PRESENTATION_FORMS = "\ufb1d"
_NOT_ASKED_FOR = ("frac", "numr", "dnom")


@cache
def subset(name: str, scripts: frozenset[str]) -> bytes:
    """The font program with all that these scripts can show; glyph ids are those of the face.

    The body face is always whole; digits, punctuation and signs are always in.
    """
    import uharfbuzz

    wanted = _wanted(face(name), scripts)
    wanted.flags |= uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.glyph_set.update(glyphs_of(name, scripts))
    wanted.drop_table_tag_set.update(map(_tag, _LEFT_OUT))
    program: bytes = wanted.subset(_source(name)).blob.data
    return program


@cache
def glyphs_of(name: str, scripts: frozenset[str]) -> frozenset[int]:
    """The glyphs in the subset: of each character, and all that shaping may make of them."""
    import uharfbuzz

    wanted = _wanted(face(name), scripts)
    for feature in _NOT_ASKED_FOR:
        wanted.layout_feature_tag_set.discard(_tag(feature))
    plan = uharfbuzz.SubsetPlan(_source(name), wanted)
    return frozenset(plan.old_to_new_glyph_mapping.keys())


@cache
def to_unicode(name: str, scripts: frozenset[str]) -> Mapping[int, str]:
    """What each glyph of the subset says: its character, or those it is made from.

    Glyphs that only a shaper sets are always shown under ActualText; PDF/A-2a wants a text here
    all the same, never a private character.
    """
    one, shown = face(name), glyphs_of(name, scripts)
    says = {glyph: _letters(char) for char, glyph in one.glyphs.items() if glyph in shown}
    found = [made for made in substitutions(one.program) if made.into in shown]
    left = len(says) + 1
    while left != (left := len(says)):  # forms of forms: until nothing new is said
        for made in found:
            _learn(says, made)
    return MappingProxyType(dict(sorted(says.items())))


def _letters(char: str) -> str:
    """A character, or the letters that an Arabic or Hebrew presentation form stands for."""
    return normalize("NFKC", char).strip() or char if char >= _PRESENTATION_FORMS else char


def _learn(says: dict[int, str], made: Substitution) -> None:
    if made.into not in says and all(glyph in says for glyph in made.of):
        says[made.into] = "".join(says[glyph] for glyph in made.of)


def _wanted(one: Face, scripts: frozenset[str]) -> "uharfbuzz.SubsetInput":
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.layout_feature_tag_set.add(_tag("zero"))
    wanted.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    served = scripts | {COMMON}
    whole = one.name.startswith(BODY)
    wanted.unicode_set.update(ord(char) for char in one.glyphs if whole or script(char) in served)
    return wanted


@cache
def _source(name: str) -> "uharfbuzz.Face":
    import uharfbuzz

    return uharfbuzz.Face(face(name).program)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
