"""Any set of flags prints, for any cause: more pages if need be, never an error about layout."""

import random
from itertools import combinations, cycle

import pytest
from helpers import TODAY, page_texts
from promises import KNEE, PAPERS

from handouts.request.request import Patient, Request
from handouts.rules.safety import decide

FLAGS = tuple(KNEE.structure.flags)
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
CHOSEN = random.Random(17)  # the same sets in every run
SETS = [FLAGS, *(tuple(CHOSEN.sample(FLAGS, number)) for number in (17, 13, 9, 6))]
ASKED = [(*each, flags, *look) for each, flags, look in zip(
    STATES, cycle(SETS), cycle([(paper, language, form) for paper in PAPERS
                                for language in KNEE.languages for form in ("", "large-print")]),
    strict=False)]
HARDEST = [(cause, None, FLAGS, "letter", "es", form) for cause in ("fracture", "gout")
           for form in ("", "large-print")]


@pytest.mark.parametrize(("cause", "state", "flags", "paper", "language", "form"),
                         [*ASKED, *HARDEST])
def test_any_set_of_flags_prints(press, cause, state, flags, paper, language, form):
    cleared = state and KNEE.cause(cause).states[state].cleared
    patient = Patient(cleared_on=TODAY) if cleared else Patient()
    advice = decide(KNEE, cause, state, flags=flags)
    said = " ".join(page_texts(press.handout(Request(
        cause, state, flags, language=language, paper=paper, format=form, patient=patient),
        today=TODAY).pdf))

    words = KNEE.words_in(language)
    for act in advice.care.acts:
        assert words.acts[act].title in said
    if advice.waits:
        assert words.waits[advice.waits[0]].order.replace("\u00a0", " ") in said


def test_a_sheet_of_many_flags_has_all_its_signs_that_ask_for_care(press):
    words = KNEE.words_in("es")
    for flags in list(combinations(FLAGS[:8], 6))[::5]:
        care = decide(KNEE, "overuse", "flare", flags=flags).care
        said = " ".join(page_texts(press.handout(Request(
            "overuse", "flare", flags, language="es"), today=TODAY).pdf))
        assert [sign for sign in care.signs if words.signs[sign] not in said
                and sign != KNEE.body.in_full] == []
