"""What can't be printed, told in plain words, never with the text itself.

Kept, though never seen: joiners beside Arabic and Devanagari letters, where they choose a letter's
form; the three marks of direction, which sort numbers and punctuation in right-to-left text but
cannot turn a letter; the zero-width space beside Thai letters, which have no other word break.
Refused: embeddings, overrides and isolates, which can make one name read as another; every other
unseen character (it would make two names look the same that are not); controls; halves of
characters; private and undefined ones. Ends of line and tabs are text: whether a field may have
them is for the request to say.
"""

import re
import unicodedata
from functools import cache

from handouts.errors import InputError
from handouts.lettering.characters import (
    JOINERS,
    MARKS_OF_DIRECTION,
    THAI_BREAK,
    clusters,
    is_mark,
    script,
)
from handouts.lettering.faces import BOLD, face, face_names, is_special, never_printed
from handouts.lettering.runs import covers

_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u3164\uffa0")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_ODD = {"Cc": "control characters", "Cs": "halves of characters", "Co": "private characters",
        "Cn": "undefined characters", "Zl": "line separators", "Zp": "line separators"}
_NAMED = (  # `OLD PERSIAN SIGN A` is Old Persian
    "(.+?) (LETTER|CAPITAL|SMALL|SYLLABLE|UNIFIED|COMPATIBILITY|IDEOGRAPH|VOWEL|INDEPENDENT|"
    "SIGN|SIGNS|DIGIT|MARK|CONSONANT|SUBJOINED|PROLONGED|CHOSEONG|JUNGSEONG|JONGSEONG)\\b")
_PEOPLE_SAY = {"Cjk": "Chinese", "Hiragana": "Japanese", "Katakana": "Japanese",
               "Hangul": "Korean", "Ethiopic": "Amharic (Ethiopic)"}
_LINES = "\n\r\t"


def missing(text: str) -> tuple[str, ...]:
    """What of this text can't be printed: its scripts and kinds of characters, each once."""
    used = set(text).difference(_LINES)
    if face(face_names(BOLD)[0]).plain.keys() >= used or _shown_anywhere() >= used:
        return ()
    odd = [found for at in range(len(text)) if (found := _odd(text, at))]
    return tuple(dict.fromkeys(odd or _without_glyph(text)))


def check(text: str, *, where: str, field: str = "") -> None:
    """Raises InputError, naming the field and the scripts, where text can't be printed."""
    if found := missing(text):
        raise InputError(f"holds what can't be printed here: {', '.join(found)}", where=where,
                         field=field,
                         cure="Type it again without them or in other letters, or leave it out "
                         "and write it by hand.")


@cache
def _shown_anywhere() -> frozenset[str]:
    """What the second face has and is never odd, whatever stands beside it: nearly all that is
    typed, which needs no look at each character."""
    return frozenset(char for char in face(face_names(BOLD)[1]).glyphs if not _odd(char, 0))


def _odd(text: str, at: int) -> str:
    """Why this character is refused whatever the faces have; nothing where it is not."""
    char = text[at]
    if char in _LINES:
        return ""
    if char in _TURNS:
        return "characters that turn the direction of writing"
    if char in _BLANK or any(ord(char) in some for some in _SELECTORS):
        return "unseen characters"
    beside = {script(other) for other in text[max(0, at - 1):at + 2]}
    if char in JOINERS:
        return "" if beside & {"Arabic", "Devanagari"} else "unseen characters"
    if char == THAI_BREAK:
        return "" if "Thai" in beside else "unseen characters"
    kind = unicodedata.category(char)
    unseen = kind == "Cf" and char not in MARKS_OF_DIRECTION and never_printed(char)
    return "unseen characters" if unseen else _ODD.get(kind, "")


def _without_glyph(text: str) -> list[str]:
    fallback = face(face_names(BOLD)[1])
    found, start = [], 0
    for end in clusters(text):
        piece = text[start:end].strip(_LINES)
        if piece and not covers(fallback, piece):
            found += [_plain_name(char) for char in piece
                      if char not in fallback.glyphs and not is_special(char)]
        start = end
    return found


def _plain_name(char: str) -> str:
    """The script or kind of a character in a word that people use."""
    found = re.match(_NAMED, unicodedata.name(char, ""))
    if found is None or unicodedata.category(char)[0] not in "LMN":
        return "rare accents" if is_mark(char) else "signs and emoji"
    name = found[1].title()
    return f"{_PEOPLE_SAY.get(name, name)} letters"

