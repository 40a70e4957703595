"""What a patient needs at once stands on the front page: every cause, state and flag, printed."""

import pytest
from helpers import page_texts
from promises import CAUSES, KNEE

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
