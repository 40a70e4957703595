"""The names of glyphs that Western fonts use (Adobe Glyph List) → their text."""

import re
import unicodedata

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NAMES = {
    "space": " ", "nbspace": " ", "exclam": "!", "quotedbl": '"', "numbersign": "#",
    "dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'", "parenleft": "(",
    "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".",
    "slash": "/", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">",
    "question": "?", "at": "@", "bracketleft": "[", "backslash": "\\", "bracketright": "]",
    "underscore": "_", "grave": "`", "braceleft": "{", "bar": "|", "braceright": "}",
    "asciitilde": "~", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“",
    "quotedblright": "”", "endash": "–", "emdash": "—", "bullet": "•",
    "ellipsis": "…", "ff": "ff", "fi": "fi", "fl": "fl", "ffi": "ffi", "ffl": "ffl",
    "germandbls": "ß", "dotlessi": "ı", "degree": "°", "copyright": "©",
    "section": "§", "Euro": "€", "minus": "−", "multiply": "×",
    "questiondown": "¿", "exclamdown": "¡", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "oslash": "ø", "Oslash": "Ø",
    **{name: str(digit) for digit, name in enumerate(_DIGITS)},
}
_ACCENTS = {"grave": "GRAVE", "acute": "ACUTE", "circumflex": "CIRCUMFLEX", "tilde": "TILDE",
            "dieresis": "DIAERESIS", "ring": "RING ABOVE", "cedilla": "CEDILLA", "caron": "CARON",
            "macron": "MACRON", "ogonek": "OGONEK", "dotaccent": "DOT ABOVE"}
_ACCENTED = re.compile(rf"([A-Za-z])({'|'.join(_ACCENTS)})")
_NUMBER = re.compile(r"uni([0-9A-F]{4})|u([0-9A-F]{4,6})")


def glyph_text(name: str) -> str:
    """The text of a glyph's name; '' for one that is not known."""
    name = name.split(".")[0]
    if len(name) == 1:
        return name
    if match := _NUMBER.fullmatch(name):
        value = int(match[1] or match[2], 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else ""
    if match := _ACCENTED.fullmatch(name):
        case = "CAPITAL" if match[1].isupper() else "SMALL"
        said = f"LATIN {case} LETTER {match[1].upper()} WITH {_ACCENTS[match[2]]}"
        try:
            return unicodedata.lookup(said)
        except KeyError:
            return ""
    return _NAMES.get(name, "")
