"""A paragraph as words and gaps, each with the face it is set in.

A word is never set in two designs. If one word of a script needs the second face, all words of
that script in the paragraph are set in it: `Nguyễn Thị Ánh` is one name and looks like one, though
the body face has `Ánh`. Words without letters (numbers, signs) and gaps follow the word before.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from handouts.lettering.characters import COMMON, GAPS, script
from handouts.lettering.faces import REGULAR, Face, face, face_names, is_special

_TOKENS = re.compile(f"[{GAPS}]+|[^{GAPS}]+")
_FORMS: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")


class Token(NamedTuple):
    """A word or the gap between two, where it stands, and its face."""

    start: int
    end: int
    is_gap: bool
    face: Face


def tokens(text: str, body: Face, fallback: str) -> list[Token]:
    """The words and gaps of a paragraph, in order; `fallback` is read only where it is needed."""
    parts = list(split(text))
    words = [text[start:end] for start, end, is_gap in parts if not is_gap]
    needy = {name for word in words if not fits(body, word) for name in _scripts(word)}
    chosen: list[Face | None] = []
    for start, end, is_gap in parts:
        before = chosen[-1] if chosen else None
        found = set() if is_gap else _scripts(text[start:end])
        if found & needy:
            chosen.append(face(fallback))
        else:
            chosen.append(before if found <= {COMMON} else body)
    following: Face | None = None
    for at in range(len(parts) - 1, -1, -1):  # what has no word before it follows the next
        chosen[at] = following = chosen[at] or following
    return [Token(*part, found or body) for part, found in zip(parts, chosen, strict=True)]


def stretches(text: str, weight: str) -> Iterator[tuple[str, str]]:
    """Face name and text of each stretch in one face, for text that is set without shaping."""
    names = face_names(weight)
    body = face(names[0])
    if body.plain.keys() >= set(text):
        yield names[0], text
        return
    for token in tokens(text, body, names[1]):
        yield token.face.name, text[token.start:token.end]


def is_plain(text: str) -> bool:
    """Whether every character stands alone in its face: no shaping, no marks, left to right."""
    return all(set(part) <= face(name).plain.keys() for name, part in stretches(text, REGULAR))


def split(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each word and gap, and whether it is a gap."""
    for match in _TOKENS.finditer(text):
        yield match.start(), match.end(), match[0][0] in GAPS


def fits(body: Face, word: str) -> bool:
    """Whether the body face has each letter as one glyph; it can't place loose accents."""
    return all(char in body.plain or is_special(char)
               for char in unicodedata.normalize("NFC", word))


def covers(second: Face, word: str) -> bool:
    """Whether the second face can show the word, if need be with its accents as marks."""
    return any(all(char in second.glyphs or is_special(char)
                   for char in unicodedata.normalize(form, word)) for form in _FORMS)


def _scripts(word: str) -> set[str]:
    """The scripts of a word's letters; COMMON for one that has none."""
    return {name for char in word if (name := script(char)) != COMMON} or {COMMON}
