"""Every cause, state, flag and pair of flags in every language, with all that may be asked for: no
handout contradicts itself, and every word of the pack that a reader is meant to see is seen.

    pytest tests/sweep/test_contradictions.py -s

-s tells how many documents were held against incompatible.toml.
"""

from datetime import date
from itertools import chain, combinations

import pytest
from asked import asked_for, lots, never_printed
from helpers import TODAY

from handouts.compose.compose import compose
from handouts.compose.posters import poster
from handouts.pack.pack import load_pack
from handouts.pack.statements import tags_by_slot
from handouts.request.look import EDITIONS
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose

KNEE = load_pack("knee")
FLAGS = tuple(KNEE.structure.flags)
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]


def sets(most):
    return chain.from_iterable(combinations(FLAGS, count) for count in range(most + 1))


def patient(cause, state):
    cleared = state and KNEE.cause(cause).states[state].cleared
    return Patient(cleared_on=date(2026, 11, 20)) if cleared else Patient()


def requests(cause, state, flags, language):
    """The default handout, and all else that it may be asked for."""
    asked = dict(flags=flags, language=language, patient=patient(cause, state))
    yield Request(cause, state, **asked)
    yield from (Request(cause, state, **asked, **more) for more in asked_for(cause, state, flags))


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_handout_contradicts_itself(brand, cause, state, language):
    count = 0
    for flags in sets(2):
        plain = requests(cause, state, flags, language) if len(flags) < 2 else [
            Request(cause, state, flags, language=language, edition=edition,
                    patient=patient(cause, state)) for edition in EDITIONS]
        for request in plain:
            compose(choose(request, KNEE, today=TODAY), KNEE, brand, today=TODAY)
            count += 1
    print(f"\n{cause} {state} {language}: {count} documents")


def test_every_statement_is_printed_by_somebody(brand):
    """Held on English: the words of other languages have the same slots."""
    asked = [request for cause, state in STATES for flags in sets(1)
             for request in requests(cause, state, flags, "en")]
    asked += [Request("gout", terms=terms) for terms in lots(KNEE.words_in("en").glossary, 8)]
    assert never_printed(compose(choose(request, KNEE, today=TODAY), KNEE, brand, today=TODAY)
                         for request in asked) == []


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", KNEE.structure.causes)
def test_no_poster_contradicts_itself(brand, cause, language):
    assert tags_by_slot(KNEE.structure)
    for side in ("", "left", "right", "both"):
        poster(Request(cause, language=language, side=side), KNEE, brand, today=TODAY)
