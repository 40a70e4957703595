"""The words of every handout: easy to read, short sentences, no phrase that claims too much."""

import pytest
from msgspec import Struct
from test_compose import STATES

from handouts import document as doc
from handouts.pack.pack import load_pack
from handouts.pack.readability import LANGUAGES, measure, sentences

GRADE = 6.0  # US school grade (AMA and NIH: not above the 6th)
EASE = 65  # INFLESZ: fairly easy
WORDS = 20  # the longest sentence
# The long disclaimer stands word for word as the clinical sheet has it; two sentences are longer.
WORD_FOR_WORD = ("This matters most if you are pregnant", "Always talk with a health professional",
                 "Esto es más importante si está embarazada", "Hable siempre con un profesional")
# Words that the page itself explains, in the drawing, the text or Words explained.
EXPLAINED = {
    "osteoarthritis", "arthritis", "cartilage", "ligament", "ligaments", "meniscus", "tendon",
    "bursa", "rheumatoid", "quadriceps", "fracture", "infection", "physical", "therapist",
    "inflammation", "immune", "system", "surgery", "massage", "medicine", "emergency"}


def said(node):
    """The running texts of a block: paragraphs, list items, answers; not names or labels."""
    if isinstance(node, tuple) and node and all(isinstance(item, doc.Run) for item in node):
        yield "".join(run.text for run in node)
    elif isinstance(node, tuple):
        for item in node:
            yield from said(item)
    elif isinstance(node, doc.Tip):
        yield f"{node.title}. {node.text}"
    elif isinstance(node, Struct):
        for name in node.__struct_fields__:
            yield from said(getattr(node, name))


def blocks(document):
    for page in document.pages:
        for block in page.blocks:
            text = "\n".join(said(block))
            if text:
                yield type(block).__name__, text


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_every_block_reads_at_grade_six_or_lower(document, cause, state):
    grades = {name: (round(measure(text).grade, 1),
                     round(measure(text, explained=EXPLAINED).grade, 1))
              for name, text in blocks(document(cause, state=state))}
    print(cause, state, "grade, and with explained words counted apart:", grades)

    assert {name: grade for name, (_, grade) in grades.items() if grade > GRADE} == {}
    assert {name: grade for name, (grade, _) in grades.items() if grade > GRADE} == {}


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_every_spanish_block_is_at_least_fairly_easy(document, cause, state):
    eases = {name: round(measure(text, language="es").ease)
             for name, text in blocks(document(cause, state=state, language="es"))}
    print(cause, state, "INFLESZ:", eases)

    assert {name: ease for name, ease in eases.items() if ease < EASE} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_sentence_is_over_twenty_words(document, cause, state, language):
    long = [sentence for _, text in blocks(document(cause, state=state, language=language))
            for sentence in sentences(text)
            if len(sentence.split()) > WORDS and not sentence.startswith(WORD_FOR_WORD)]

    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_banned_phrase_is_printed(document, cause, state, language):
    made = document(cause, state=state, language=language)
    text = " ".join(text for _, text in blocks(made)).lower()

    banned = load_pack().info.banned[language]
    assert [phrase for phrase in banned if phrase.lower() in text] == []
