"""The steps' minutes beside the length that the page tells: they add up, whatever is asked."""

import re

import pytest
from helpers import TODAY, document_text, page_texts
from hypothesis import given
from hypothesis import strategies as st

from handouts import document as doc
from handouts.errors import InputError
from handouts.pack.pack import load_pack
from handouts.request.request import Dose, Request
from handouts.rules.choices import choose

KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
FLAGS = ("numbness", "pregnant", "fragile-bones", "anticoagulant", "knee-replacement")


def session(cause="osteoarthritis", state="calm", flags=(), **doses):
    """The session of a request; doses in minutes, by massage."""
    asked = {name.replace("_", "-"): Dose(minutes, 2) for name, minutes in doses.items()}
    return choose(Request(cause, state, flags, ("self-massage",), doses=asked), KNEE,
                  today=TODAY).session


def told(made):
    return [(step.cell.id, *step.minutes) for step in made.steps]


def test_a_session_as_studied_has_the_times_of_the_clinical_sheet():
    made = session()

    assert told(made) == [("warm", 10, 10), ("oil", 1, 1), ("stroke", 3, 3), ("circles", 2, 2),
                          ("thumb", 3, 4), ("finish", 5, 5)]
    assert (made.minutes, made.rest, len(made.moves)) == ((20, 25), (1, 2), 3)


def test_a_session_of_ten_minutes_is_ten_minutes_of_steps():
    made = session(self_massage=10)

    assert told(made) == [("warm", 2, 2), ("oil", 1, 1), ("stroke", 1, 1), ("circles", 1, 1),
                          ("thumb", 2, 2), ("finish", 3, 3)]
    assert (made.minutes, made.rest, len(made.moves)) == ((10, 10), (1, 1), 2)


def test_a_session_longer_than_its_steps_rests_longer():
    made = session(flags=("numbness",), self_massage=25)

    assert told(made)[-1] == ("finish", 13, 13)
    assert made.rest == (9, 10)


def test_without_heat_the_page_tells_how_long_the_steps_are():
    assert session("rheumatoid-arthritis", None).minutes == (14, 15)
    assert session("osteoarthritis", None).minutes == (20, 20)


def test_a_massage_that_is_a_step_too_has_one_dose_on_the_handout():
    made = session(knee_friction=4, trigger_point=2, self_massage=20)

    assert told(made)[3:5] == [("circles", 4, 4), ("thumb", 2, 2)]
    assert [step.seconds for step in made.steps[3:5]] == [120, 30]


@given(st.sampled_from(STATES), st.integers(1, 25),
       st.dictionaries(st.sampled_from(["knee-friction", "trigger-point"]),
                       st.integers(1, 4).map(lambda minutes: Dose(minutes, 1))),
       st.lists(st.sampled_from(FLAGS), unique=True))
def test_the_steps_add_up_to_the_dose_and_no_step_is_longer_than_its_time(found, minutes, own,
                                                                          flags):
    asked = Request(*found, tuple(flags), ("self-massage",),
                    doses={"self-massage": Dose(minutes, 2), **own})
    try:
        made = choose(asked, KNEE, today=TODAY).session
    except InputError:  # not allowed here, or too short
        return

    assert made is None or made.minutes == (minutes, minutes)
    for step in made.steps[:-1] if made else ():
        assert step.minutes[1] <= max(step.cell.minutes[1], own.get(step.cell.dosed_by,
                                                                    Dose(0, 0)).minutes)
    assert made is None or sum(step.minutes[0] for step in made.steps) == minutes
    assert made is None or sum(step.minutes[1] for step in made.steps) == minutes


def test_a_dose_too_short_for_the_steps_is_refused_with_the_least():
    with pytest.raises(InputError, match="too few for the steps\nGive it 8 or more"):
        session(self_massage=7)


@pytest.mark.parametrize(("language", "unit"), [("en", "minutes?"), ("es", "minutos?")])
def test_a_dose_leaves_no_other_length_on_the_page(document, language, unit):
    made = document("osteoarthritis", state="calm", language=language,
                    doses={"self-massage": Dose(10, 1)})
    page = next(page for page in made.pages if page.id == "routine")
    steps = next(block for block in page.blocks if isinstance(block, doc.Routine))
    back = next(page for page in made.pages if page.id == "moves")
    efforts = [*(step.effort for step in steps.steps), back.blocks[0].items[0].title]
    lengths = [int(re.search(r"[0-9]+", effort)[0]) for effort in efforts]

    assert sum(lengths) == 10
    assert set(re.findall(rf"\b([0-9]+) (?:{unit}|min)\b", document_text((page, back.blocks[0])))
               ) == {"10", *map(str, lengths)}
    assert re.search("once a week|1 vez por semana", document_text(page))


@pytest.mark.parametrize("minutes", [8, 10, 12, 14, 25])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_for_the_fridge_holds_any_session(typeset, minutes, language):
    asked = {"state": "calm", "side": "left", "language": language, "massages": ("self-massage",)}
    usual, _ = typeset("osteoarthritis", **asked)
    plate, _ = typeset("osteoarthritis", doses={"self-massage": Dose(minutes, 2)}, **asked)

    assert plate.pages == usual.pages == 4  # no dose takes one more


def test_card_and_routine_print_the_dose(printed):
    pages = page_texts(printed("osteoarthritis", state="calm", massages=("self-massage",),
                               doses={"self-massage": Dose(10, 2)}))

    assert "10 minutes, 2 times a week" in pages[1]
    assert "step by step 10 minutes 2 times a week" in pages[2]
    assert "15 seconds on each side" not in pages[2]  # a minute for two sides
    assert "30 seconds on each side" in pages[2]
