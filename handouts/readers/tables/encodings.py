"""Bytes of a text file → the encoding that decodes all of it, found or told.

No library that guesses is used: a file is UTF-8, or has a mark, or is Windows' own code page with
nothing in it that no text of that page holds; else whoever sends it says what it is.
"""

import codecs
import re
from pathlib import Path
from typing import BinaryIO, NamedTuple

from handouts.errors import InputError, reason

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le",
          codecs.BOM_UTF16_BE: "utf-16-be"}
SAVE = ("Save it again as 'CSV UTF-8'; or say which encoding it has, such as --encoding cp1252 "
         "(Windows), cp1250 (Central Europe), cp1251 (Cyrillic), mac_roman.")
_FIRST_BYTES = 512
WINDOWS = "cp1252"
# What no text in that code page holds, and text of another one read as it does: capitals within a
# word, signs within one, three letters with accents in a row.
_LETTER = "[^\\W\\d_]"
_NOT_WINDOWS = re.compile(
    "[a-zß-öø-ÿ][À-ÖØ-ÞŠŽŒŸ]"
    f"|{_LETTER}[‚ƒ„†‡ˆ‰‹‘“˜¡¢£¤¥¦§¨©«¬¯±µ¶¸¹¼½¾¿×÷]"
    f"|[¢£¤¥¦¨¬¯±¸¹¼½¾×÷ƒ†‡ˆ‰˜]{_LETTER}|[À-ÖØ-öø-ÿŠŽšžŒœŸ]{{3}}|[\x00-\x08\x0e-\x1f]")


class Encoding(NamedTuple):
    """An encoding, how many bytes of mark stand before the text, and whether it was found out from
    the text, so that it has to be told."""

    name: str
    mark: int = 0
    is_found: bool = False


def encoding_of(path: Path, asked: str = "") -> Encoding:
    """The encoding of a file, all of which it can decode; InputError names the line otherwise."""
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST_BYTES)
            mark = next((mark for mark in _MARKS if start.startswith(mark)), b"")
            encoding = Encoding(_MARKS.get(mark) or asked or _without_mark(start), len(mark))
            if encoding.name.startswith("utf-16") and not (mark or asked):
                encoding = encoding._replace(is_found=True)
            file.seek(encoding.mark)
            wrong = _line_that_fails(file, encoding.name)
            if wrong and not (mark or asked):
                file.seek(0)
                if not _line_that_fails(file, WINDOWS, odd=_NOT_WINDOWS):
                    return Encoding(WINDOWS, is_found=True)
    except OSError as error:
        raise unreadable(path, error) from error
    if wrong:
        raise InputError(f"line {wrong} holds a character that is not {encoding.name.upper()}",
                         where=str(path), field="encoding", cure=SAVE)
    return encoding


def _without_mark(start: bytes) -> str:
    """UTF-16 by its zeros, else UTF-8."""
    if start[:4].count(0) == 2 and not len(start) % 2:
        ends = {name: start[at::2].count(0) for name, at in (("utf-16-be", 0), ("utf-16-le", 1))}
        name = max(ends, key=lambda each: ends[each])
        if ends[name] > len(start) // 4 and sum(ends.values()) == ends[name]:
            return name
    return "utf-8"


def unreadable(path: Path, error: OSError) -> InputError:
    """The error for a file that the system does not give."""
    return InputError(f"can't be read ({reason(error)})", where=str(path),
                      cure="Check the name and who may read it.")


def _line_that_fails(file: BinaryIO, encoding: str, odd: re.Pattern[str] | None = None) -> int:
    """The line with the first bytes that are not of an encoding, or the first that are `odd` in
    it; 0 where there is none."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    chunk = b"-"
    while chunk:
        chunk = file.read(1 << 20)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return line + _ends(error.object[:error.start].decode(encoding, "replace"))
        if odd and (found := odd.search(text)):
            return line + _ends(text[:found.start()])
        line += _ends(text)
    return 0


def _ends(text: str) -> int:
    return text.count("\n") or text.count("\r")
