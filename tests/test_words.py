"""The words of every handout: easy to read, short sentences, no phrase that claims too much."""

import re
from email import message_from_bytes
from email.policy import default

import html5lib
import pytest
from helpers import texts
from msgspec import Struct
from test_compose import STATES

from handouts import document as doc
from handouts.html import mail
from handouts.html import page as html
from handouts.pack.pack import load_pack
from handouts.pack.readability import LANGUAGES, measure, sentences
from handouts.request.look import Look

GRADE = 6.0  # US school grade (AMA and NIH: not above the 6th)
EASE = 65  # INFLESZ: fairly easy
FEW = 12  # words: of fewer, a few syllables more or less decide
LABEL = 4  # words: no sentence
KNEE = load_pack()
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
    """Each block's running text under its page, place and kind; titles of studies are no words of
    ours."""
    for page in document.pages:
        for at, block in enumerate((*page.blocks, *page.extras)):
            text = "\n".join(said(block))
            if text and not isinstance(block, doc.Sources):
                yield f"{page.id} {at} {type(block).__name__}", text


def sheets(document, language):
    """Every cause and state in its longest edition, then every flag that is told to a reader."""
    rows = [*((*row, ()) for row in STATES),
            *(("osteoarthritis", "calm", (flag,)) for flag in KNEE.structure.flags)]
    for cause, state, flags in rows:
        yield document(cause, state=state, flags=flags, edition="full", language=language)


def test_every_block_reads_at_grade_six_or_lower(document):
    over = {text: measure(text).grade for made in sheets(document, "en")
            for _, text in blocks(made)
            if max(measure(text).grade, measure(text, explained=EXPLAINED).grade) > GRADE + .05}

    assert over == {}


def test_every_spanish_block_is_at_least_fairly_easy(document):
    hard = {text: round(measure(text, language="es").ease) for made in sheets(document, "es")
            for _, text in blocks(made)
            if len(text.split()) >= FEW and round(measure(text, language="es").ease) < EASE}

    assert hard == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_over_twenty_words(document, language):
    long = {sentence for made in sheets(document, language) for _, text in blocks(made)
            for sentence in sentences(re.sub(r" \[[\d, ]+\]", "", text))
            if len(sentence.split()) > WORDS and not sentence.startswith(WORD_FOR_WORD)}

    assert long == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("cause", "state"), [
    ("osteoarthritis", "calm"), ("osteoarthritis", None), ("gout", "attack"),
    ("infection", "active"), ("injury", "cleared")])
def test_a_page_and_an_e_mail_say_what_the_handout_says_and_little_more(document, brand, cause,
                                                                       state, language):
    """So what holds for the words of handouts holds for those of a browser and of an e-mail."""
    made = document(cause, state=state, edition="full", language=language)
    known = plain(" ".join(texts(made)))
    sent = message_from_bytes(mail.message(made, brand, Look(), lambda name, mirror: b""),
                              policy=default).get_body(("html",)).get_content()
    shown = [text for page in (html.page(made, brand, Look()), sent) for text in
             html5lib.HTMLParser(namespaceHTMLElements=False).parse(page).find("body").itertext()]

    more = {sentence for text in shown for sentence in sentences(plain(text).lstrip("☐✓✗ "))
            if len(sentence.split()) > LABEL and sentence.rstrip(".") not in known}
    assert more == set()


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_banned_phrase_is_printed(document, cause, state, language):
    made = document(cause, state=state, language=language)
    text = " ".join(text for _, text in blocks(made)).lower()

    banned = load_pack().info.banned[language]
    assert [phrase for phrase in banned if phrase.lower() in text] == []
