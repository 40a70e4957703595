"""Every poster: each cause with a routine in every language on every paper. tests/test_poster.py
takes a sample in which every two of them meet."""

from itertools import product

import pytest
from test_poster import (
    KNEE,
    WALL,
    WITH_ROUTINE,
    be_one_valid_page,
    be_read_from_afar,
    drawn,
    have_large_pictures,
    written,
)


@pytest.mark.parametrize(("cause", "language", "paper"),
                         [*product(WITH_ROUTINE, KNEE.languages, WALL.values())])
def test_every_poster_keeps_its_promises(cause, language, paper):
    data = drawn(cause, language, paper)

    be_one_valid_page(data)
    be_read_from_afar(data)
    have_large_pictures(written(cause, language), data)
