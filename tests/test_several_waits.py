"""Several reasons to wait on one sheet: no step twice, none against another, each reason told, and
massage starts only when all of them let it.

tests/sweep/test_contradictions.py composes every pair of flags; here each pair is decided.
"""

from itertools import combinations

import pytest
from helpers import document_text, page_texts

from handouts import document as doc
from handouts.pack.pack import load_pack
from handouts.rules.safety import decide

KNEE = load_pack("knee")
FLAGS = tuple(KNEE.structure.flags)
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
# Written from the sheets themselves: whoever is told one of a group is not told it a second time.
SAME = [
    {"not-checked", "today-no-wait", "check-today", "hot-today"},
    {"rest", "protect", "keep-still", "rest-no-rub"}, {"rest", "off-weight"},
    {"gout-early", "gout-medicine"}, {"clean-wound", "skin-clean", "wound-dry"},
    {"no-rub-leg", "no-rub-cord"}, {"no-weight", "off-weight"}, {"splint", "brace"},
]
AGAINST = [
    ({"no-rub-leg"}, {"toes", "shown-moves"}),
    ({"keep-still", "protect", "rest", "rest-no-rub", "off-weight", "no-weight", "no-force"},
     {"shown-moves"}),
    ({"ask-a-ride"}, {"raise", "toes", "cold-pack", "bandage", "water", "no-run", "stairs",
                      "shown-moves", "padding", "gout-early"}),
]


@pytest.fixture(scope="module")
def waiting():
    """Every advice of two flags at most with which massage must wait."""
    sets = [(), *combinations(FLAGS, 1), *combinations(FLAGS, 2)]
    return [advice for cause, state in STATES for flags in sets
            if len((advice := decide(KNEE, cause, state, flags=flags)).waits) > 1]


def test_no_step_stands_twice_and_none_against_another(waiting):
    for advice in waiting:
        acts = set(advice.care.acts)
        asked = advice.cause, advice.state, advice.flags
        assert [acts & same for same in SAME if len(acts & same) > 1] == [], asked
        assert [(one & acts, other & acts) for one, other in AGAINST
                if one & acts and other & acts] == [], asked


def test_a_clot_says_today_in_its_headline_and_no_step_says_it_less_surely(waiting):
    for advice in waiting:
        if advice.waits[0] == "clot":
            assert not {"not-checked", "skin-treatment", "fever-today", "check-today",
                        "hot-today", "today-no-wait", "worse-hospital"} & set(advice.care.acts)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state", "flags", "wait"), [
    ("infection", None, ("dvt",), "clot"), ("osteoarthritis", None, ("dvt", "skin-infection"),
                                            "skin-infection"),
    ("fracture", None, ("dvt",), "fracture"), ("gout", "attack", ("recent-surgery",), "surgery")])
def test_each_reason_to_wait_is_told_with_its_order(document, cause, state, flags, wait, language):
    words = KNEE.words_in(language).waits[wait]
    said = document_text(document(cause, state=state, flags=flags, language=language))

    if cause == "infection":
        assert f"{words.title}." in said
    else:
        assert words.order in said


def test_massage_starts_only_when_every_reason_to_wait_is_over(document, waiting):
    words = KNEE.words_in("en").waits
    said = document_text(document("gout", state="attack", flags=("recent-surgery",)))

    assert words["surgery"].later in said
    assert words["gout-attack"].later not in said
    for line in (*words["surgery"].ready, *words["gout-attack"].ready):
        assert said.count(line) == 1


@pytest.mark.parametrize("flag", ["cancer", "anticoagulant", "night-pain", "pregnant"])
def test_nobody_starts_alone_beside_a_flag_that_asks_for_a_yes(document, flag):
    words = KNEE.words_in("en").waits
    said = document_text(document("osteoarthritis", state="flare", flags=(flag,)))

    assert words["hot-knee"].later not in said
    assert words["ask-first"].later in said
    alone = document_text(document("osteoarthritis", state="flare", flags=("visible-veins",)))
    assert words["hot-knee"].later in alone


@pytest.mark.parametrize("language", KNEE.languages)
def test_medicine_for_a_clot_is_not_taken_for_that_of_arthritis_in_pregnancy(document, language):
    words = KNEE.words_in(language)
    made = document("rheumatoid-arthritis", flags=("dvt", "pregnant"), language=language)

    assert words.acts["clot-medicine"].text in document_text(made)
    assert words.helps["keep-medicine"].title not in document_text(made)


# -- page 1 ----------------------------------------------------------------------------------------


def gravest_is_behind(printed, cause, state, flags):
    """What of the gravest order page 1 lacks: headline, what must not be done, the step that sends
    to care, of an alarm also what is so and when to call."""
    words = KNEE.words_in("en")
    advice = decide(KNEE, cause, state, flags=flags)
    lead, data = words.waits[advice.waits[0]], KNEE.structure.waits[advice.waits[0]]
    first = page_texts(printed(cause, state=state, flags=flags, side="left"))[0]
    whole = [wait for wait in advice.waits if KNEE.structure.waits[wait].whole]
    widest = lead if not whole or advice.care.urgency == "now" else words.waits[whole[0]]
    needed = [lead.plain if advice.care.plain else lead.headline, widest.order, *(
        words.acts[act].text for act in advice.care.acts if KNEE.structure.acts[act].order)]
    needed += [lead.found, lead.call] if data.bar else []
    return [text for text in needed if text.replace("\u00a0", " ") not in first]


@pytest.mark.parametrize(("cause", "state", "flags"), [
    ("infection", "home", ()), ("infection", "home", ("dvt",)),
    ("infection", "home", ("recent-injury",)), ("infection", "home", ("fever",)),
    ("fracture", "healing", ("hot-swollen",)), ("gout", "attack", ("fever",)),
    ("gout", "attack", ("dvt", "recent-surgery"))])
def test_the_gravest_order_is_on_page_1(printed, cause, state, flags):
    """tests/sweep/test_front_page.py asks it of every state and pair of flags that wait."""
    assert gravest_is_behind(printed, cause, state, flags) == []


def test_a_treated_infection_that_gets_worse_goes_to_the_hospital_before_all_else():
    assert decide(KNEE, "infection", "home").care.acts[0] == "worse-hospital"
    led = decide(KNEE, "infection", "home", flags=("dvt",))
    assert led.care.urgency == "today"
    assert "worse-hospital" not in led.care.acts  # nothing has to get worse first


@pytest.mark.parametrize("language", KNEE.languages)
def test_no_order_on_page_1_keeps_off_less_than_another(waiting, document, language):
    """Whoever must have no massage of the leg is not told first that the knee is what to leave."""
    words = KNEE.words_in(language)
    for advice in {one.waits: one for one in waiting if one.care.urgency != "now"}.values():
        whole = [wait for wait in advice.waits if KNEE.structure.waits[wait].whole]
        if not whole:
            continue
        made = document(advice.cause, state=advice.state, flags=advice.flags, language=language)
        [order] = [block for page in made.pages[:1] for block in _inner(page.blocks)
                   if isinstance(block, doc.NotNow)]
        assert order.order in [words.waits[wait].order for wait in whole]
        said = order.order + " ".join(run.text for reason in order.reasons for run in reason)
        for wait in advice.waits:
            assert words.waits[wait].order in said, (advice.waits, wait)


def _inner(blocks):
    for block in blocks:
        yield block
        for column in getattr(block, "columns", ()):
            if isinstance(block, doc.Columns):
                yield from _inner(column)
