"""Every cause, state and flag in every language on every paper: each different document is printed
once and keeps all promises; every look of large print; every long note; every list of a set. The
suite takes a sample of them in which every two choices meet."""

from itertools import product

import pytest
from promises import ALL_STATES, CAUSES, KNEE, PAPERS, broken_promises, can_be
from test_large_print import FLAGGED, keep_every_promise, lay_out
from test_long_notes import ALL, hold_under_an_address
from test_qr import cost_nothing
from test_set import be_two_pages_without_a_finding


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", CAUSES)
def test_every_handout_keeps_its_promises(document, printed, cause, language, paper):
    seen, broken = set(), {}
    for state, flag in product((None, *CAUSES[cause].states), (None, *KNEE.structure.flags)):
        asked = {"state": state, "flags": (flag,) if flag else (), "language": language,
                 "side": "right"}
        made = document(cause, **asked)
        if made in seen:
            continue
        seen.add(made)
        found = broken_promises(printed(cause, paper, **asked), made, with_flags=bool(flag))
        if found:
            broken[state, flag] = found

    assert broken == {}


@pytest.mark.parametrize("look", [look for look in product(
    CAUSES, (None, *ALL_STATES), PAPERS, KNEE.languages, (False, True)) if can_be(*look)], ids=str)
def test_every_look_of_large_print_keeps_every_promise(printed, look):
    keep_every_promise(printed, look)


@pytest.mark.parametrize("flagged", FLAGGED)
@pytest.mark.parametrize("flag", KNEE.structure.flags)
def test_every_flag_lays_out_in_large_print(printed, flag, flagged):
    lay_out(printed, flag, flagged)


@pytest.mark.parametrize(("combination", "patient", "look"), [*product(*ALL)])
def test_six_hundred_characters_hold_under_an_address(printed, combination, patient, look):
    hold_under_an_address(printed, combination, patient, look)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_list_is_one_page_without_a_finding(press, tmp_path, language, paper):
    be_two_pages_without_a_finding(press, tmp_path, language, paper)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", CAUSES)
def test_the_code_never_costs_a_page_or_a_block(printed, cause, language):
    cost_nothing(printed, cause, language)
