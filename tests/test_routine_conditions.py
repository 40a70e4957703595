"""What a clinician must agree to says so where it is done, on the page for the fridge too."""

import pytest
from helpers import TODAY, document_text, page_texts

from handouts import document as doc
from handouts.brand.brand import read_brand
from handouts.compose.posters import poster
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.request.request import Request
from handouts.rules.safety import Verdict, decide

KNEE = load_pack("knee")
FLAGS = tuple(KNEE.structure.flags)
PICTURES = {"step1": "heat", "step3b": "circles", "step4": "thumb"}
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states) if decide(KNEE, cause, state).routine]
CASES = [*((*row, ()) for row in STATES),
         *(("osteoarthritis", "calm", (flag,)) for flag in FLAGS
           if decide(KNEE, "osteoarthritis", "calm", flags=[flag]).routine),
         *(("osteoarthritis", None, (flag,)) for flag in FLAGS)]


def routine_of(document):
    return next((block for page in document.pages for block in page.blocks
                 if isinstance(block, doc.Routine)), None)


def missing(block, words, advice):
    """The steps that stand without the condition on which they do, or with one and need none."""
    for step in block.steps:
        asks = advice.routine.parts.get(PICTURES.get(step.figure.name)) is Verdict.IF
        leads = step.body[0].strong and step.body[0].text == words.routine.only_if
        if not asks is leads is bool(step.box):  # which a clinician ticks
            yield step.title
    if (words.routine.rail.agreed in block.rules.reminder.ticks) is not (
            advice.routine.verdict is Verdict.IF):
        yield "the whole"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("cause", "state", "flags"), CASES)
def test_a_step_without_a_plain_yes_carries_its_condition(document, language, cause, state, flags):
    advice = decide(KNEE, cause, state, flags=flags)
    block = routine_of(document(cause, state=state, flags=flags, language=language))
    words = KNEE.words_in(language)

    assert (block is None) is (advice.routine is None)
    if block:
        assert list(missing(block, words, advice)) == []
        if state is None:
            said = document_text(block)
            assert words.routine.only_if not in said
            assert words.routine.rail.agreed not in said


@pytest.mark.parametrize(("cause", "state", "part"), [
    ("osteoarthritis", "calm", "step4"), ("ligament-tear", "cleared", "step1"),
    ("rheumatoid-arthritis", "calm", "step1"), ("rheumatoid-arthritis", "calm", "step3b"),
    ("gout", "between", "step3b"), ("knee-pain", "unknown", "step1")])
def test_the_condition_leads_the_words_of_the_step(document, cause, state, part):
    steps = routine_of(document(cause, state=state)).steps
    [step] = [step for step in steps if step.figure.name == part]

    assert "".join(run.text for run in step.body).startswith(
        "Do it only if your clinician ticked this box. ")


@pytest.mark.parametrize("language", ["en", "es"])
def test_heat_for_a_new_knee_is_agreed_or_absent_and_never_beside_numb_skin(document, language):
    numb = {"en": "may be numb", "es": "puede estar dormida"}[language]
    for cause, state in STATES:
        made = document(cause, state=state, flags=("knee-replacement",), language=language)
        block = routine_of(made)
        shown = {step.figure.name: step for step in block.steps} if block else {}
        assert "step1" not in shown or (
            state and shown["step1"].body[0].text == KNEE.words_in(language).routine.only_if)
        assert "step1" not in shown or numb not in document_text(made)


@pytest.mark.parametrize(("language", "line"), [
    ("en", "Your pain began or flared up in the last 3 days."),
    ("es", "Su dolor empezó o empeoró en los últimos 3 días.")])
def test_tendon_pain_that_nobody_has_seen_asks_for_a_flare_on_the_poster_too(
        document, printed, language, line):
    made = document("tendonitis", language=language)
    wall = poster(Request("tendonitis", language=language), KNEE, read_brand(default_brand_path()),
                  today=TODAY).document

    for one in (made, wall):
        asked = [block for page in one.pages for block in page.blocks
                 if isinstance(block, doc.Unexamined | doc.CheckFirst)]
        assert [any(line.startswith(item) for item in block.items) for block in asked] == [True]
    assert line in page_texts(printed("tendonitis", language=language))[0]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("cause", "flag"), [
    ("rheumatoid-arthritis", "anticoagulant"), ("osteoarthritis", "fragile-bones"),
    ("gout", "pregnant")])
def test_a_page_full_of_conditions_still_fits(printed, language, cause, flag):
    state = KNEE.cause(cause).calm
    texts = page_texts(printed(cause, state=state, flags=(flag,), language=language))

    assert any(KNEE.words_in(language).routine.rail.agreed in text for text in texts)
