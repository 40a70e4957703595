"""Previews: kept for a while, not too many, found by what can't be guessed; pages as PNG."""

from io import BytesIO

import pytest
from helpers import TODAY
from PIL import Image

from handouts.press.pictures import page_picture
from handouts.press.press import Handout
from handouts.request.request import Request
from handouts.web.site import Previews

SOME = Handout(b"%PDF", 1, {})


def test_a_preview_is_found_by_its_token_alone():
    previews = Previews()
    tokens = {previews.add(SOME) for _ in range(16)}

    assert len(tokens) == 16
    assert all(len(token) >= 24 and previews.get(token) is SOME for token in tokens)
    assert previews.get("") is None


def test_the_oldest_go_first_when_there_are_too_many():
    previews = Previews(most=2)
    first, second, third = (previews.add(SOME) for _ in range(3))

    assert [previews.get(token) for token in (first, second, third)] == [None, SOME, SOME]


@pytest.mark.parametrize("options", [{"kept_for": 0}, {"lingers": 0}])
def test_a_preview_that_is_over_is_gone(options):
    previews = Previews(**options)
    token = previews.add(SOME)
    previews.forget(token)

    assert previews.get(token) is None


def test_who_still_loads_a_page_gets_it():
    previews = Previews()
    token = previews.add(SOME)
    previews.forget(token)

    assert previews.get(token) is SOME


@pytest.mark.parametrize(("asked", "width"), [
    (0, 320), (320, 320), (321, 640), (641, 935), (9999, 1275)])
def test_a_page_is_a_picture_of_an_offered_width(press, asked, width):
    pdf = press.handout(Request("gout"), TODAY).pdf
    picture = Image.open(BytesIO(page_picture(pdf, 1, asked)))

    assert (picture.format, picture.width) == ("PNG", width)
    assert len(picture.convert("L").getcolors()) > 50
