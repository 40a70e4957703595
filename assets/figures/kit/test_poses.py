"""The kept places of people are those that the scenes draw: run by the kit's own Python.

    assets/figures/kit/.venv/bin/python -m pytest assets/figures/kit [-k NAME]

A last digit may differ on another processor; a leg, a hand or a side may not.
"""

import re

import numpy as np
import poses
import pytest
import scenes  # noqa: F401 - its modules register their scenes
from picture import FOLDER, SCENES

NEAR = 3  # units: 0.3 mm


def _side(svg):
    return re.search('data-side="([a-z]+)"', svg)[1]


@pytest.mark.parametrize("name", sorted(poses.read()))
def test_people_are_kept_where_the_scene_puts_them(name):
    """Its side, and its people, as they are in the kept picture."""
    drawing, kept = SCENES[name](), poses.read()[name]["people"]

    assert _side(drawing.svg) == _side((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    assert len(drawing.people) == len(kept)
    for drawn, known in zip(drawing.people, kept, strict=True):
        assert drawn.keys() == known.keys()
        for part, places in drawn.items():
            assert np.allclose(places, known[part], atol=NEAR), part
