"""Page 1 tells all orders to get care: those for which a long note leaves no room by their page."""

import re
from dataclasses import replace
from datetime import date

import pytest
from helpers import page_texts
from layout import layout_faults
from test_first_page import FULL, KNEE, LONG, RIVERSIDE

from handouts.request.request import Patient
from handouts.rules.care import column_of
from handouts.rules.safety import decide

NOTE = ("You told me that the stairs at home are the hardest part of the day. " * 9)[:600].strip()
CASES = [("infection", "active"), ("infection", "home"), ("gout", "attack"),
         ("bursitis", "unchecked"), ("osteoarthritis", "flare"), ("osteoarthritis", None),
         ("osteoarthritis", "calm"), ("injury", "unchecked"), ("overuse", "settled")]


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("practice", [RIVERSIDE, LONG], ids=["usual", "long"])
@pytest.mark.parametrize(("cause", "state"), CASES)
def test_page_1_says_where_what_it_has_no_room_for_stands(printed, cause, state, practice,
                                                          language):
    data = printed(cause, "letter", practice, state=state, side="left", language=language,
                   patient=replace(FULL, note=NOTE if state else NOTE[:350]))
    first, *others = page_texts(data)
    words, care = KNEE.words_in(language), decide(KNEE, cause, state).care
    said = words.safety.stop
    for order, when in (("today", said.when_today), ("us", said.when_us), ("now", said.when_now)):
        told = [words.safety.fixed[name] if name == KNEE.body.in_full else words.signs[name]
                for name in care.signs
                if column_of(KNEE.structure.signs[name].order, care.urgency) == order]
        if all(sign in first for sign in told):
            continue
        page = next(number for number, text in enumerate(others, 2)
                    if all(sign in text for sign in told))
        where, signs = said.where.split("{SIGNS}")[0].replace("{PAGE}", str(page)), "[^.]*"
        assert re.search(f"{' '.join(where.split())} {signs}{when.replace('{EMERGENCY}', '911')}",
                         first)
    assert layout_faults(data) == []


@pytest.mark.parametrize("practice", [{}, RIVERSIDE], ids=["no phone", "phone"])
@pytest.mark.parametrize(("cause", "state", "order"), [
    ("infection", "active", "Call us from the hospital."),
    ("infection", "home", "Call us the same day"), ("injury", "cleared", "Questions? Call us:")])
def test_where_we_are_to_be_called_stands_our_number_or_a_line(printed, cause, state, order,
                                                               practice):
    cleared = date(2026, 11, 1) if state == "cleared" else None
    data = printed(cause, "letter", practice, state=state, side="left",
                   patient=Patient(cleared_on=cleared))
    said = " ".join(page_texts(data))
    after = said[said.index(order) + len(order):].split()

    assert after[0] == practice.get("phone", "Phone" if state != "cleared" else after[0])
    assert layout_faults(data) == []
