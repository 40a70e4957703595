"""The page as axe sees it: every state in every size and language. tests/test_web_browser.py takes
a sample in which every two of them meet. Needs what the browser tests need."""

import pytest
from test_web_browser import AXE_PAGES, STATES, axe_faults, pytestmark  # noqa: F401


@pytest.mark.parametrize(("size", "locale"), AXE_PAGES)
def test_axe_finds_nothing(visit, size, locale):
    assert axe_faults(visit, size, locale, set(STATES)) == {}
