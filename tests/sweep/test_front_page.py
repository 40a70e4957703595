"""What a patient needs at once stands on the front page: every cause, state and flag, printed."""

from itertools import combinations

import pytest
from helpers import page_texts
from promises import CAUSES, KNEE
from test_several_waits import gravest_is_behind

STATES = [(cause, state) for cause, own in CAUSES.items() for state in (None, *own.states)]


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_what_to_do_now_and_the_emergency_number_are_on_page_1(printed, cause, state):
    behind = []
    for flag in ("", *KNEE.structure.flags):
        pages = page_texts(printed(cause, state=state, side="left", flags=(flag,) if flag else ()))
        if any("Do this now" in page for page in pages[1:]) or "911" not in (
                pages[0].partition("based on research")[0]):
            behind.append(flag)

    assert behind == []


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_of_several_waits_the_gravest_order_is_on_page_1(printed, cause, state):
    waiting = [name for name, flag in KNEE.structure.flags.items() if flag.wait]
    assert [flags for flags in combinations(waiting, 2) for behind in [
        gravest_is_behind(printed, cause, state, flags)] if behind] == []
