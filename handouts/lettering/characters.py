"""Characters: their script, how they cluster, and which of them are never seen."""

import unicodedata
from bisect import bisect_right
from functools import lru_cache

COMMON = "Common"  # digits, punctuation, signs, marks of no script: they follow their neighbours
TAGS = {"Latin": "Latn", "Greek": "Grek", "Cyrillic": "Cyrl", "Georgian": "Geor",
        "Hebrew": "Hebr", "Arabic": "Arab", "Devanagari": "Deva", "Thai": "Thai",
        COMMON: "Zyyy"}  # ISO 15924
SHAPED = frozenset({"Hebrew", "Arabic", "Devanagari", "Thai"})

# First character of a range, its script; what stands before the first is COMMON.
_RANGES = (
    (0x41, "Latin"), (0x5B, COMMON), (0x61, "Latin"), (0x7B, COMMON), (0xAA, "Latin"),
    (0xAB, COMMON), (0xBA, "Latin"), (0xBB, COMMON), (0xC0, "Latin"), (0xD7, COMMON),
    (0xD8, "Latin"), (0xF7, COMMON), (0xF8, "Latin"), (0x2B0, COMMON), (0x370, "Greek"),
    (0x400, "Cyrillic"), (0x530, COMMON), (0x590, "Hebrew"), (0x600, "Arabic"), (0x700, COMMON),
    (0x750, "Arabic"), (0x780, COMMON), (0x870, "Arabic"), (0x900, "Devanagari"), (0x980, COMMON),
    (0xE00, "Thai"), (0xE80, COMMON), (0x10A0, "Georgian"), (0x1100, COMMON), (0x1C80, "Cyrillic"),
    (0x1C90, "Georgian"), (0x1CC0, COMMON), (0x1CD0, "Devanagari"), (0x1D00, "Latin"),
    (0x1DC0, COMMON), (0x1E00, "Latin"), (0x1F00, "Greek"), (0x2000, COMMON), (0x2071, "Latin"),
    (0x2072, COMMON), (0x207F, "Latin"), (0x2080, COMMON), (0x2090, "Latin"), (0x209D, COMMON),
    (0x212A, "Latin"), (0x212C, COMMON), (0x2C60, "Latin"), (0x2C80, COMMON), (0x2D00, "Georgian"),
    (0x2D30, COMMON), (0x2DE0, "Cyrillic"), (0x2E00, COMMON), (0xA640, "Cyrillic"),
    (0xA6A0, COMMON), (0xA722, "Latin"), (0xA800, COMMON), (0xA8E0, "Devanagari"),
    (0xA900, COMMON), (0xAB30, "Latin"), (0xAB6A, COMMON), (0xFB00, "Latin"), (0xFB07, COMMON),
    (0xFB1D, "Hebrew"), (0xFB50, "Arabic"), (0xFE00, COMMON), (0xFE70, "Arabic"),
    (0xFEFF, COMMON),
)
_STARTS = [start for start, _ in _RANGES]

JOINERS = "\u200c\u200d"  # they choose between the forms of Arabic and Devanagari letters
MARKS_OF_DIRECTION = "\u200e\u200f\u061c"
THAI_BREAK = "\u200b"  # stands between Thai words, which have no space
SPACES = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
FIXED_SPACES = "\u00a0\u2007\u202f"  # no line may end at them
ALLOWED_UNSEEN = frozenset(JOINERS + MARKS_OF_DIRECTION + THAI_BREAK)
NUMBER_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd"  # seen, yet of category Cf
GAPS = " \t" + THAI_BREAK + SPACES  # where a line may end

_VIRAMA = "\u094d"
_THAI_LEADING = "\u0e40\u0e41\u0e42\u0e43\u0e44"  # vowels written before their consonant
_THAI_TRAILING = "\u0e30\u0e32\u0e33\u0e45\u0e2f\u0e46"  # a line never starts with one of these


@lru_cache(4096)
def script(char: str) -> str:
    """The script of a character, or COMMON."""
    at = bisect_right(_STARTS, ord(char))
    return _RANGES[at - 1][1] if at else COMMON


def is_mark(char: str) -> bool:
    """Whether the character is set on, under or around the one before it."""
    return unicodedata.category(char)[0] == "M"


def is_seen(text: str) -> bool:
    """Whether a reader sees anything of the text: a letter, digit or sign, not only spaces, marks
    without a letter, and characters that are never drawn."""
    return any(unicodedata.category(char)[0] in "LNPS" or char in NUMBER_SIGNS for char in text)


def clusters(text: str) -> list[int]:
    """Where the text may be cut: the end of each piece that a reader sees as one letter."""
    cuts = [at for at in range(1, len(text)) if not _belongs_together(text[at - 1], text[at])]
    return [*cuts, len(text)] if text else []


def _belongs_together(before: str, char: str) -> bool:
    return (is_mark(char) or char in JOINERS or char in MARKS_OF_DIRECTION
            or char in _THAI_TRAILING or before in _THAI_LEADING
            or before == _VIRAMA or before in JOINERS)
