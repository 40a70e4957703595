"""Every cause, state, flag and pair of flags in every language, with all that may be asked for: no
handout contradicts itself, and every word of the pack that a reader is meant to see is seen.

    pytest tests/sweep/test_contradictions.py -s

-s tells how many documents were held against incompatible.toml.
"""

from datetime import date
from itertools import chain, combinations, islice

import pytest
from helpers import TODAY

from handouts.compose.compose import compose
from handouts.compose.contradictions import said, split, statements
from handouts.compose.posters import poster
from handouts.pack.pack import load_pack
from handouts.pack.statements import tags_by_slot
from handouts.pack.texts import texts
from handouts.request.request import Patient, Request
from handouts.rules.choices import QUESTIONS_MOST, TIPS_SHOWN, choose
from handouts.rules.safety import decide

KNEE = load_pack("knee")
FLAGS = tuple(KNEE.structure.flags)
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
# Slots that are for the clinician, for the program, or a picture's; those that a dose, a side or
# the numbers of sources change.
NOT_READ = ("causes.", "flags.", "interface.", "figures.", "waiting.", "massages.pressure",
            "safety.review", "massages.who", "check_first.", "conditions.on-", "research.notes")
CHANGED = (".short", ".text_left", ".text_right")


def sets(most):
    return chain.from_iterable(combinations(FLAGS, count) for count in range(most + 1))


def patient(cause, state):
    cleared = state and KNEE.cause(cause).states[state].cleared
    return Patient(cleared_on=date(2026, 11, 20)) if cleared else Patient()


def parted(names, most):
    """Names in lots of so many, at least one lot."""
    rest = iter(names)
    lots = iter(lambda: tuple(islice(rest, most)), ())
    return list(lots) or [()]


def requests(cause, state, flags, language):
    """The default handout, one with all massages, and those with all tips and questions."""
    asked = dict(flags=flags, language=language, patient=patient(cause, state))
    advice = decide(KNEE, cause, state, flags=flags)
    allowed = tuple(name for name, ruling in advice.rulings.items() if ruling.allowed)
    yield Request(cause, state, **asked)
    yield Request(cause, state, side="both", massages=allowed, **asked)
    for tips in parted(advice.tips, TIPS_SHOWN):
        yield Request(cause, state, tips=tips, **asked)
    for questions in parted(advice.care.questions, QUESTIONS_MOST):
        yield Request(cause, state, questions=questions, **asked)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_handout_contradicts_itself(brand, cause, state, language):
    count = 0
    for flags in sets(2):
        plain = requests(cause, state, flags, language) if len(flags) < 2 else [
            Request(cause, state, flags, language=language, patient=patient(cause, state))]
        for request in plain:
            compose(choose(request, KNEE, today=TODAY), KNEE, brand, today=TODAY)
            count += 1
    print(f"\n{cause} {state} {language}: {count} documents")


def test_every_statement_is_printed_by_somebody(brand):
    """Held on English: the words of other languages have the same slots."""
    words = KNEE.words_in("en")
    known = statements(KNEE, words)
    all_slots = {slot: (slot,) for slot, _ in texts(words)}
    whole = type(known)(words, KNEE.structure, {slot: () for slot in all_slots},
                        {slot: pieces for slot, pieces in _pieces(words)}, {})
    left = {slot for slot in all_slots
            if not slot.startswith(NOT_READ) and not slot.endswith(CHANGED)}
    for cause, state in STATES:
        for flags in sets(1):
            for request in requests(cause, state, flags, "en"):
                made = compose(choose(request, KNEE, today=TODAY), KNEE, brand, today=TODAY)
                left -= said(made, whole) if left else set()
    for terms in parted(words.glossary, 8):
        made = compose(choose(Request("gout", terms=terms), KNEE, today=TODAY), KNEE, brand,
                       today=TODAY)
        left -= said(made, whole)
    assert sorted(left) == []


def _pieces(words):
    return [(slot, split(text)) for slot, text in texts(words)]


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", KNEE.structure.causes)
def test_no_poster_contradicts_itself(brand, cause, language):
    assert tags_by_slot(KNEE.structure)
    for side in ("", "left", "right", "both"):
        poster(Request(cause, language=language, side=side), KNEE, brand, today=TODAY)
