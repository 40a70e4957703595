"""Every routine of every cause, state and flag, on both papers, in every language: each step that
needs a clinician's yes says so, and the page holds it."""

from datetime import date

import pytest
from helpers import TODAY
from test_routine_conditions import FLAGS, KNEE, STATES, missing, routine_of

from handouts.compose.compose import compose
from handouts.pdf.pages.typeset import typeset
from handouts.press.press import look_of
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose
from handouts.rules.safety import decide


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_a_page_holds_every_condition(brand, cause, state, language, paper):
    cleared = state and KNEE.cause(cause).states[state].cleared
    panel = Patient(cleared_on=date(2026, 11, 20)) if cleared else Patient()
    for flags in [(), *((flag,) for flag in FLAGS)]:
        advice = decide(KNEE, cause, state, flags=flags)
        if advice.routine:
            request = Request(cause, state, flags, language=language, paper=paper, patient=panel)
            made = compose(choose(request, KNEE, today=TODAY), KNEE, brand, today=TODAY)
            assert list(missing(routine_of(made), KNEE.words_in(language), advice)) == [], flags
            typeset(made, brand, look_of(request, brand))
