"""The page as axe sees it: every state in every size and language. tests/test_web_browser.py takes
a sample in which every two of them meet. Needs what the browser tests need."""

import pytest
from test_web_browser import (  # noqa: F401  # its fixtures, too
    AXE_PAGES,
    STATES,
    axe_faults,
    browser,
    home,
    own_place,
    pytestmark,
    visit,
)


@pytest.mark.parametrize(("size", "locale"), AXE_PAGES)
def test_axe_finds_nothing(visit, size, locale):  # noqa: F811
    assert axe_faults(visit, size, locale, set(STATES)) == {}
