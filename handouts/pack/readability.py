"""How hard a text is to read: sentences, words, syllables; the US school grade, and for Spanish the
ease of Szigriszt-Pazos.

Flesch-Kincaid grade = 0.39 words/sentences + 11.8 syllables/words - 15.59 (Kincaid 1975).
Szigriszt-Pazos ease = 206.835 - 62.3 syllables/words - words/sentences (Szigriszt Pazos 1993), read
on the INFLESZ scale: over 65 is fairly easy, over 80 very easy (Barrio-Cantalejo and others 2008,
An Sist Sanit Navar 31:135-152).
Syllables are counted by rule, without a dictionary, so that the figure is the same everywhere. On
the pack's English the rules agree with CMUdict to about a tenth of a grade; Spanish spelling tells
syllables by itself: vowels in a row are one syllable for each strong or accented one among them
(Real Academia Española, Ortografía 2010), and a silent h parts no vowels.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

_SENTENCE_END = re.compile(r"(?<=[.!?:])[\"')\]]*\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(
    r"(?:[^laeiouy]e|[^laeiouydt]ed|[^aeiouycgszxhl]es|[aeiouy]le|[aeiouy]les)$")
_EXCEPTIONS = {
    "area": 3, "areas": 3, "diabetes": 4, "diet": 2, "fluid": 2, "guideline": 2, "guidelines": 2,
    "healed": 1, "hour": 2, "hours": 2, "idea": 3, "movement": 2, "osteoarthritis": 6,
    "people": 2, "quadriceps": 3, "replacement": 3, "rolled": 1, "safety": 2, "several": 2,
    "sometimes": 2, "surgeon": 2, "swelled": 1, "tingling": 2, "tired": 2, "trial": 2, "trials": 2,
    "useful": 2,
}
_HIATUS = re.compile(r"ia(?!l|n$|ns$)|io(?!n)|iu|eo(?!u)|ua(?!r)|uou|[^gq]ui[ns]g|ying|eing|oing")
_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+(?:y(?![aeiouáéíóú]))?|y(?![aeiouáéíóú])")
_STRONG = re.compile(r"[aeoáéíóú]")


@dataclass(frozen=True)
class Readability:
    """The measures of one text: how easy it is, and the longest sentence in words."""

    words: int
    sentences: int
    syllables: int
    longest: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid US school grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """The ease of Szigriszt-Pazos for Spanish, higher is easier; 100 for no words."""
        if not self.words:
            return 100.0
        return 206.835 - 62.3 * self.syllables / self.words - self.words / self.sentences


def syllables(word: str) -> int:
    """The syllables of an English word as spoken; a number counts as one."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if "-" in lower:
        return sum(syllables(part) for part in lower.split("-"))
    if lower in _EXCEPTIONS:
        return _EXCEPTIONS[lower]
    count = len(_VOWELS.findall(lower)) + len(_HIATUS.findall(lower))
    if _SILENT_END.search(lower) and count > 1:
        count -= 1
    return max(count, 1)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word by its spelling; a number counts as one."""
    plain = re.sub(r"(?<!c)h", "", word.lower())
    return max(sum(max(len(_STRONG.findall(run)), 1) for run in _SPANISH_VOWELS.findall(plain)), 1)


_COUNTERS = {"en": syllables, "es": spanish_syllables}
LANGUAGES = tuple(_COUNTERS)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break or a colon ends one too."""
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


def measure(text: str, *, language: str = "en", explained: Collection[str] = ()) -> Readability:
    """The reading measures of `text`; each word in `explained` counts as one syllable.

    `explained` are terms that the page itself explains, lower case. A KeyError for a language that
    is not in LANGUAGES.
    """
    count = _COUNTERS[language]
    counts = [len(_WORD.findall(sentence)) for sentence in sentences(text)]
    words = _WORD.findall(text)
    spoken = sum(1 if word.lower() in explained else count(word) for word in words)
    return Readability(len(words), max(len(counts), 1), spoken, max(counts, default=0))
