"""No page of a handout is half empty, no handout longer than it has to be, and a lead stands under
its title."""

from datetime import date

import pytest
from layout import fullness, layout_faults, title_gaps
from pairs import pairwise
from test_first_page import KNEE

from handouts.request.request import Patient
from handouts.rules.safety import decide

STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (*data.states, None)]
LOOKS = [("letter", "en"), ("letter", "es"), ("a4", "es"), ("a4", "en")]
FULL = .72  # of a page; a frame ends further down than its words
SHEETS = {True: 2, False: 5}  # at most, where massage must wait and where it need not


def _printed(printed, case, side, look, **asked):
    (cause, state), (paper, language) = case, look
    data = KNEE.structure.causes[cause]
    cleared = state and data.states[state].cleared
    return printed(cause, paper, state=state, side=side, language=language, patient=Patient(
        cleared_on=date(2026, 11, 1) if cleared else None), **asked)


@pytest.mark.parametrize(("case", "side", "look"), pairwise(STATES, ["left", "both"], LOOKS))
def test_every_page_is_full(printed, case, side, look):
    data = _printed(printed, case, side, look)
    pages = fullness(data)

    assert len(pages) <= SHEETS[bool(decide(KNEE, *case).waits)]
    assert min(pages) > FULL
    assert layout_faults(data) == []


@pytest.mark.parametrize("case", [("osteoarthritis", "calm"), ("fracture", "cleared"),
                                  ("bursitis", "cleared"), ("gout", "between")])
def test_a_lead_stands_close_under_its_title(printed, case):
    _, choices, *_ = title_gaps(_printed(printed, case, "left", LOOKS[0]))

    assert choices < 12


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("case", [case for case in STATES if not decide(KNEE, *case).waits])
def test_the_full_edition_breaks_no_page_for_a_few_lines(printed, case, language):
    data = _printed(printed, case, "left", ("letter", language), edition="full")

    assert len(fullness(data)) <= 9
    assert min(fullness(data)) > .3
    assert layout_faults(data) == []
