"""Reading grade: how it is counted, and that the pack's English keeps to it."""

import re

import pytest

from handouts import packcheck
from handouts.catalogue import load_catalogue
from handouts.readability import Reading, measure, sentences, syllables

HIGHEST_GRADE = 6.0
LONGEST_SENTENCE = 20

# -- counting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "words"), [
    (1, "knee the calf massed strength walked rubbed tired's-not"[:42]),
    (2, "massage muscle little needed swelling kneecap people tired tendon doctor"),
    (3, "ligament clinician cartilage exercise arthritis quadriceps area"),
    (4, "diabetes inflammation"),
    (6, "osteoarthritis"),
])
def test_syllables_are_counted_as_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)
