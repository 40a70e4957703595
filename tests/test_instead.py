"""Words told to somebody whom a flag changes (instead.toml): numb skin is asked for no feeling, and
who is pregnant for nothing flat on the back, no weight to lose, no medicine of ours.

Whoever can't say stop: tests/test_one_order.py. The table of what may not be said to whom is
incompatible.toml, held for every handout by tests/test_contradictions.py.
"""

import re

import pytest
from helpers import document_text

from handouts import document as doc
from handouts.pack.pack import load_pack
from handouts.pack.statements import tags_by_slot
from handouts.rules.safety import decide

KNEE = load_pack("knee")
EN = KNEE.words_in("en")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
FELT = {
    "en": ("3 or less", "above 3", "mild ache", "you feel the", "mild stretch",
           "mild pull", "or feel numb", "say so if it hurts", "see how it feels", "you control",
           "feels calm", "not feel pain", "cannot feel pain", "if it burns", "or goes numb"),
    "es": ("3 de 10", "de 3:", "molestia leve", "siente que", "leve estirón",
           "mareo o piel dormida", "diga si le duele", "vea cómo se siente", "usted decide",
           "músculo se relaja", "no siente bien", "no siente el dolor", "si quema",
           "o se le duerme.")}


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("edition", ["sheet", "standard", "full"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_numb_skin_is_asked_for_no_feeling(document, cause, state, edition, language):
    said = document_text(document(cause, state=state, flags=("numbness",), edition=edition,
                                  language=language)).replace("\u00a0", " ").casefold()

    assert [felt for felt in FELT[language] if felt in said] == []


def test_what_numb_skin_is_not_asked_everybody_else_is(document):
    for language, felt in FELT.items():
        said = " ".join(document_text(document(cause, state=state, language=language,
                                               edition=edition)).replace("\u00a0", " ").casefold()
                        for cause, state in STATES for edition in ("sheet", "full"))
        assert [words for words in felt if words not in said] == []


def test_the_guide_for_numb_skin_goes_by_the_eye(document):
    def guide(**asked):
        [found] = [block.guide for page in document("osteoarthritis", state="calm", **asked).pages
                   for block in page.blocks if isinstance(block, doc.Finish)]
        return found

    seen = guide(flags=("numbness",))
    assert seen.lead == "Numb skin does not warn you. Look at it."
    assert seen.rows[0] == ("During", "Your skin looks as before.",
                            "You are not sure: stop that step.",
                            "It hurts, or your skin changes. If your knee locks, get care today.")
    helped = guide(flags=("numbness", "cannot-say-stop"))
    assert helped.lead == EN.instead["helper"]["routine.rail.guide.lead"]  # the later flag's words


@pytest.mark.parametrize(("tag", "reader"), [
    (row.one, row.beside.removeprefix("instead:")) for row in KNEE.structure.incompatible.never
    if row.beside.startswith("instead:")])
def test_what_may_not_be_said_to_somebody_has_other_words_or_falls_away(tag, reader):
    """Each slot of the tag: told otherwise, or a part, pressure or card that the flag rules out."""
    [flag] = [flag for flag in KNEE.structure.flags.values() if flag.instead == reader]
    slots = {slot for slot, tags in tags_by_slot(KNEE.structure).items() if tag in tags}
    left = slots - set(EN.instead[reader])

    assert slots
    parts = {cell.id: cell.part for cell in KNEE.structure.routine.cells}
    firm = {f"massages.pressure.{one.pressure}" for one in KNEE.structure.massages.values()
            if KNEE.body.gentle.get(one.pressure) != one.pressure}
    for slot in left - firm:
        kind, _, name = slot.partition(".")
        if kind == "routine":
            assert flag.parts[parts[name.split(".")[1]]] == "no", slot
        else:
            assert kind == "exercises", slot
            assert not flag.exercises


# -- pregnant --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_who_is_pregnant_is_laid_flat_on_no_page(document, cause, state, language):
    for edition in ("standard", "full"):
        made = document(cause, state=state, flags=("pregnant",), edition=edition, language=language)
        said = document_text(made)
        for wrong in (KNEE.words_in(language).acts["raise"].text,
                      KNEE.words_in(language).routine.moves["heel-slide"].text,
                      KNEE.words_in(language).routine.moves["thigh-squeeze"].text,
                      KNEE.words_in(language).figures.figures["raise-cold"].alt):
            assert wrong.replace("\u00a0", " ") not in said.replace("\u00a0", " ")


def test_who_is_pregnant_raises_the_leg_sitting_back():
    usual = decide(KNEE, "gout", "attack").care.acts
    found = decide(KNEE, "gout", "attack", flags=("pregnant",)).care.acts
    assert usual == ("off-weight", "raise", "cold-pack", "gout-early", "water")
    assert found == ("off-weight", "raise-seated", "cold-pack", "ask-gout-medicine", "water")
    assert "raise-seated" not in decide(KNEE, "gout", "attack", flags=(
        "pregnant", "poor-circulation")).care.acts


@pytest.mark.parametrize("flag", ["pregnant", "cancer"])
@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_the_full_edition_tells_nobody_to_lose_weight_who_must_not(document, cause, state, language,
                                                                   flag):
    made = document(cause, state=state, flags=(flag,), edition="full", language=language)
    said = document_text(made)

    assert not re.search(r"extra weight|peso de más|\b4 (pounds|libras)|beer|cerveza", said)
    cited = [str(block) for page in made.pages for block in page.blocks
             if isinstance(block, doc.Sources)]
    assert not any("Messier" in one for one in cited)


def test_the_full_edition_tells_everybody_else_what_weight_does(document):
    said = document_text(document("osteoarthritis", state="calm", edition="full"))
    assert EN.research.notes["osteoarthritis"].findings["weight"].title in said
    assert "Messier" in said


def test_a_medicine_that_may_harm_a_child_is_asked_about(document):
    for cause, state in [("gout", "between"), ("rheumatoid-arthritis", "calm"),
                         ("rheumatoid-arthritis", "flare"), ("gout", "attack")]:
        said = document_text(document(cause, state=state, flags=("pregnant",), edition="full"))
        assert not re.search(r"[Mm]edicine (can help|helps)|your medicine(?! because)|as you were",
                             said.replace("Do not stop or change your medicine because", "")
                             .replace("your medicines", "")), (cause, state)
