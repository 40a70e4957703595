"""What a screen reader is told: the tag trees of a few handouts, as text to be reviewed."""

from datetime import date
from pathlib import Path

import pytest
from helpers import tag_tree

from handouts.request.request import Patient

REFS = Path(__file__).parent / "refs"
ANA = Patient("Ana Ruiz", given_on=date(2026, 11, 25), note="Twice a day.\nThen rest.")
CLINIC = {"phone": "+1 555-0142 ext. 3", "address": ("12 River Street",)}


@pytest.mark.parametrize(("name", "asked"), [
    ("osteoarthritis-calm", {"cause": "osteoarthritis", "state": "calm", "side": "left",
                             "patient": ANA, "practice": CLINIC}),
    ("osteoarthritis-screened", {"cause": "osteoarthritis"}),
    ("gout-large", {"cause": "gout", "state": "between", "side": "right",
                    "format": "large-print", "patient": ANA, "practice": CLINIC}),
    ("gout-attack", {"cause": "gout", "state": "attack", "patient": Patient("محمد علي")}),
])
def test_the_tag_tree_is_as_reviewed(printed, request, name, asked):
    tree = tag_tree(printed(**asked))
    file = REFS / f"{name}.txt"
    if request.config.getoption("--update-refs"):
        file.write_text(tree, encoding="utf-8")

    assert tree == file.read_text(encoding="utf-8")
