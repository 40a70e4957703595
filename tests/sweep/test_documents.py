"""Every cause, state and flag in every language on every paper: each different document is printed
once and keeps all promises. tests/test_pdf.py and tests/test_large_print.py take a sample."""

from itertools import product

import pytest
from promises import CAUSES, KNEE, PAPERS, broken_promises


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
