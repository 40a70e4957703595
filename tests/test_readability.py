"""Reading grade: how it is counted, and that the pack's English keeps to it."""

import re
import sys

import pytest

from handouts.pack.pack import load_pack
from handouts.pack.readability import Readability, measure, sentences, spanish_syllables, syllables
from handouts.pack.texts import texts
from handouts.pack.words import Words

HIGHEST_GRADE = 6.0  # a grade is told to one decimal
LONGEST_SENTENCE = 20
WORD_FOR_WORD = "safety.disclaimer.long"  # agreed text, which may hold longer sentences

# -- counting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "words"), [
    (1, "knee the calf strength walked rubbed knee's 15 2.5"),
    (2, "massage muscle little needed swelling kneecap people tired tendon doctor cold-pack"),
    (3, "ligament clinician cartilage exercise arthritis quadriceps area"),
    (4, "diabetes inflammation"),
    (6, "osteoarthritis Osteoarthritis"),
])
def test_syllables_are_counted_as_spoken(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


@pytest.mark.parametrize(("text", "parts"), [
    ("Stop. Rest! Why? Call", ["Stop.", "Rest!", "Why?", "Call"]),
    ("Lie down: rest 2.5 minutes.", ["Lie down:", "rest 2.5 minutes."]),
    ("A title\nA line\n\nAnother", ["A title", "A line", "Another"]),
    ('He said "stop." Then rest.', ['He said "stop.', "Then rest."]),
    ("", []),
])
def test_sentences_end_at_a_stop_a_colon_or_a_line(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_the_grade_of_a_text_is_as_computed_by_hand() -> None:
    # The knee is a joint. | Mas-sage may ease pain.
    reading = measure("The knee is a joint. Massage may ease pain.")
    assert reading == Readability(words=9, sentences=2, syllables=10, longest=5)
    assert reading.grade == pytest.approx(-0.723889, abs=1e-6)  # 1.755 + 13.111111 - 15.59


def test_an_explained_word_counts_as_one_syllable_in_any_case() -> None:
    assert measure("Osteoarthritis is common.", explained={"osteoarthritis"}) == Readability(
        words=3, sentences=1, syllables=4, longest=3)
    assert measure("Osteoarthritis is common.") == Readability(
        words=3, sentences=1, syllables=9, longest=3)


@pytest.mark.parametrize("text", ["", " \n ", "... -"])
def test_a_text_without_words_has_grade_0(text: str) -> None:
    assert (measure(text), measure(text).grade) == (Readability(0, 1, 0, 0), 0.0)


# -- the pack's English ----------------------------------------------------------------------------

ENGLISH = load_pack("knee").words_in("en")
EXPLAINED = {word for entry in ENGLISH.glossary.values()
             for word in re.findall(r"[a-z]+(?:-[a-z]+)*", entry.term.lower())}
# Files whose entries lie one table deeper; and one whose entries are single texts.
DEEPER = {"massages.massages", "routine.cells", "routine.moves", "research.notes",
          "figures.figures"}
SINGLE = {"conditions"}


def entry_of(slot: str) -> str:
    """The table entry that a slot belongs to: `tips.shoes.title` → `tips.shoes`."""
    steps = re.sub(r"\[\d+\]", "", slot).split(".")
    deeper = steps[0] in SINGLE or ".".join(steps[:2]) in DEEPER
    return ".".join(steps[:3 if deeper else 2])


def blocks(words: Words) -> dict[str, str]:
    """All texts of each table entry, a line each."""
    found: dict[str, list[str]] = {}
    for slot, text in texts(words):
        found.setdefault(entry_of(slot), []).append(text)
    return {name: "\n".join(texts) for name, texts in found.items()}


# Names of languages, and of rows of a table: never read as running text.
NAMES = re.compile(r"interface\.languages|log\..*")
BLOCKS = {name: text for name, text in blocks(ENGLISH).items() if not NAMES.fullmatch(name)}


def test_every_kind_of_entry_is_measured() -> None:
    assert {"tips.shoes", "conditions.agreed", "massages.massages.massager", "routine.cells.warm",
            "research.notes.other", "waits.clot", "safety.disclaimer"} <= BLOCKS.keys()


HEADINGS = {"check_first.today"}  # one word over a list


@pytest.mark.parametrize("name", [name for name in BLOCKS if name not in HEADINGS])
def test_a_block_is_at_most_grade_6_with_explained_terms_counted_apart(name: str) -> None:
    grade = measure(BLOCKS[name], explained=EXPLAINED).grade
    assert round(grade, 1) <= HIGHEST_GRADE, BLOCKS[name]


def test_no_sentence_but_in_the_word_for_word_disclaimer_is_over_20_words() -> None:
    long = [(slot, sentence) for slot, text in texts(ENGLISH)
            if not slot.endswith(WORD_FOR_WORD)
            for sentence in sentences(text) if measure(sentence).longest > LONGEST_SENTENCE]
    assert long == []


def test_the_english_as_a_whole_is_under_grade_6_even_with_its_terms() -> None:
    text = "\n".join(BLOCKS.values())
    plain, apart = measure(text).grade, measure(text, explained=EXPLAINED).grade
    over = {name: round(measure(block).grade, 1) for name, block in BLOCKS.items()
            if round(measure(block).grade, 1) > HIGHEST_GRADE}
    sys.stdout.write(f"US grade {plain:.2f} with its terms, {apart:.2f} with explained terms apart;"
                     f"\nblocks over {HIGHEST_GRADE} with their terms: {over}\n")
    assert apart <= plain <= HIGHEST_GRADE


# -- Spanish ---------------------------------------------------------------------------------------

SPANISH = load_pack("knee").words_in("es")
SPANISH_TERMS = {form for entry in SPANISH.glossary.values()
                 for word in re.findall(r"[^\W\d_]{4,}", entry.term.lower())
                 for form in (word, word + "s", word + "es")}
SPANISH_BLOCKS = blocks(SPANISH)
LEAST_EASE = 65  # INFLESZ: fairly easy
FEW_WORDS = 12  # of fewer, a few syllables more or less decide
# Single words, never read as running text.
LABELS = {"figures.parts", "interface.panel", "check_first.today", "check_first.ever"}


@pytest.mark.parametrize(("count", "words"), [
    (1, "y muy pie más hoy 10 que voy"),
    (2, "hueso calor suave muslo agua guía día fría mayor yema"),
    (3, "rodilla masaje rótula menisco ahora caída había prohibido"),
    (4, "coágulo medicina ligamento hinchazones"),
    (5, "articulación"),
    (7, "anticoagulante"),
])
def test_spanish_syllables_are_told_by_the_spelling(count: int, words: str) -> None:
    assert {word: spanish_syllables(word) for word in words.split()} == dict.fromkeys(
        words.split(), count)


def test_the_ease_of_a_spanish_text_is_as_computed_by_hand() -> None:
    # La ro-di-lla due-le. | Pa-re si le due-le.
    reading = measure("La rodilla duele. Pare si le duele.", language="es")
    assert reading == Readability(words=7, sentences=2, syllables=12, longest=4)
    assert reading.ease == pytest.approx(96.535, abs=1e-3)  # 206.835 - 106.8 - 3.5


def test_a_text_without_words_is_easy() -> None:
    assert measure("", language="es").ease == 100.0


@pytest.mark.parametrize("name", [name for name in SPANISH_BLOCKS if name not in LABELS])
def test_a_spanish_block_is_at_least_fairly_easy_with_explained_terms_counted_apart(
        name: str) -> None:
    reading = measure(SPANISH_BLOCKS[name], language="es", explained=SPANISH_TERMS)
    assert reading.words < FEW_WORDS or round(reading.ease) >= LEAST_EASE, SPANISH_BLOCKS[name]


def test_no_spanish_sentence_but_in_the_word_for_word_disclaimer_is_over_20_words() -> None:
    long = [(slot, sentence) for slot, text in texts(SPANISH)
            if not slot.endswith(WORD_FOR_WORD)
            for sentence in sentences(re.sub(r" \[[a-z0-9-]+\]", "", text))
            if measure(sentence, language="es").longest > LONGEST_SENTENCE]
    assert long == []


def test_the_spanish_as_a_whole_is_easy_and_its_sentences_are_short() -> None:
    reading = measure("\n".join(SPANISH_BLOCKS.values()), language="es")
    sys.stdout.write(f"INFLESZ {reading.ease:.1f} with its terms, "
                     f"{reading.words / reading.sentences:.1f} words a sentence\n")
    assert reading.ease >= LEAST_EASE
    assert reading.words / reading.sentences <= 12
