"""Does the text come out as it is shown? Every code has its text, its glyph, and the right one."""

import unicodedata
from collections.abc import Iterable

from handouts.check import fontfiles
from handouts.check.findings import Finding, counted, fault
from handouts.check.fontcodes import CharacterCode, Font
from handouts.check.painted import PaintedPdf, of_each_page
from handouts.check.painting import ContentKey, PageContent, Show

# Characters that share a glyph in many fonts.
_ALIKE = str.maketrans({"\u00a0": " ", "\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-",
                        "\u2126": "\u03a9", "\u2206": "\u0394", "\u00b5": "\u03bc",
                        "\u2219": "\u00b7", "\u2215": "/", "\u2002": " ", "\u2009": " ",
                        "\u202f": " ", "\u02c9": "\u00af", "\u0110": "\u00d0"})


def problems(facts: PaintedPdf) -> list[Finding]:
    """What is wrong with the characters and fonts, one finding a page and rule."""
    spoken = {claim.content for element in (facts.tree.elements if facts.tree else ())
              if element.text_of("ActualText") for claim in element.claims()}
    return [*of_each_page(facts.pages, lambda page: _on_page(page, spoken)),
            *_unreadable_texts(facts)]


def _on_page(page: PageContent, spoken: set[ContentKey]) -> list[Finding]:
    shows = [show for show in page.shows if show.codes]
    plain = [show for show in shows if not show.mark.covered and show.mark.content not in spoken]
    return [*_missing(page, shows, plain), *_fonts(page, shows)]


def _missing(page: PageContent, shows: list[Show], plain: list[Show]) -> list[Finding]:
    counts = {
        "no-unicode": (sum(not code.text for show in plain if not show.font.is_of_known_letters
                           for code in show.codes),
                       "that no map gives a text"),
        "replacement": (sum("\ufffd" in code.text for show in plain for code in show.codes),
                        "that extract as U+FFFD"),
        "private": (sum(any(_is_private(letter) for letter in code.text)
                        for show in plain for code in show.codes),
                    "of private use without ActualText"),
        "notdef": (sum(_is_notdef(show.font, code) for show in shows for code in show.codes),
                   "shown as .notdef, the glyph for a missing character"),
    }
    return [fault(rule, page.number, f"{counted(count, 'character')} {what}")
            for rule, (count, what) in counts.items() if count]


def _unreadable_texts(facts: PaintedPdf) -> list[Finding]:
    """Texts of elements that hold what no reader can say."""
    wrong = [element for element in (facts.tree.elements if facts.tree else ())
             if any(_is_private(letter) or letter == "\ufffd"
                    for key in ("Alt", "ActualText") for letter in element.text_of(key))]
    return [fault("replacement", element.first_page,
                  f"{element.label} has a text with U+FFFD or private characters")
            for element in wrong[:20]]


def _is_private(letter: str) -> bool:
    return unicodedata.category(letter) == "Co"


def _is_notdef(font: Font, code: CharacterCode) -> bool:
    if code.glyph is None:
        return False
    count = font.program.glyph_count
    return code.glyph == 0 or bool(count and code.glyph >= count)


def _fonts(page: PageContent, shows: list[Show]) -> list[Finding]:
    used: dict[Font, set[CharacterCode]] = {}
    for show in shows:
        used.setdefault(show.font, set()).update(show.codes)
    seen = {show.font for show in shows if show.inked}
    loose = [font for font in seen if not font.embedded]
    findings = []
    if loose:
        findings.append(fault("not-embedded", page.number,
                              f"{counted(len(loose), 'font')} not embedded"))
    wrong = sum(len(_misread(font, codes)) for font, codes in used.items())
    if wrong:
        findings.append(fault("to-unicode", page.number, f"{counted(wrong, 'glyph')} whose "
                              "ToUnicode text is not the character that the font shows"))
    return findings


def _misread(font: Font, codes: Iterable[CharacterCode]) -> list[CharacterCode]:
    """The codes whose ToUnicode text is another character than their glyph's."""
    return [code for code in codes if font.to_unicode.get(code.value)
            and (meant := _meant(font, code))
            and not any(_alike(font.to_unicode[code.value], letter) for letter in meant)]


def _meant(font: Font, code: CharacterCode) -> set[str]:
    """The characters that a code shows after its font program; none where that can't be told."""
    if code.glyph:
        if letters := font.program.characters.get(code.glyph):
            return {chr(letter) for letter in letters if letter < 0x110000}
        if not font.program.unicode and (known := fontfiles.letters(font.program, code.glyph)):
            return known
    plain = font.encoding.get(code.value, "") if not font.embedded or (
        font.kind == "TrueType" and font.program.unicode) else ""
    return {plain} - {""}


def _alike(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
