"""The HTML page in a real browser: axe finds nothing, nothing is asked for, nothing runs over."""

import shutil
from importlib.util import find_spec

import pytest
from helpers import glyph_sizes, page_texts

from handouts.html import page as html
from handouts.request.look import Look

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
MISSING = [name for name in ("playwright", "axe_playwright_python") if find_spec(name) is None]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="there is no chromium"),
    pytest.mark.skipif(bool(MISSING), reason=f"not installed (extra browser): {MISSING}"),
]
KINDS = {
    "calm": ("osteoarthritis", {"state": "calm", "side": "right", "flags": ("anticoagulant",)}),
    "screened": ("osteoarthritis", {}),
    "waits": ("gout", {"state": "attack"}),
    "spanish": ("tendonitis", {"state": "settled", "side": "left", "language": "es"}),
}
WIDTHS = (1280, 768, 390, 320)  # the last: 1280 at a zoom of 400 % (WCAG 2.2, 1.4.10)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(params=[*KINDS, "large"])
def file(request, document, brand, tmp_path):
    cause, asked = KINDS.get(request.param, KINDS["calm"])
    path = tmp_path / "page.html"
    path.write_bytes(html.page(document(cause, **asked), brand,
                               Look(large=request.param == "large")))
    return path.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, file, scheme):
    from axe_playwright_python.sync_playwright import Axe

    # Only axe needs scripts: it is put in past the page's policy.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(file)
    found = Axe().run(page, options={"runOnly": RULES}).response

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert found["passes"]
    context.close()


def test_a_page_asks_for_nothing_and_breaks_no_policy(browser, file):
    asked, said = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file)

    assert [url for url in asked if not url.startswith("data:")] == [file]
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert page.evaluate("document.querySelector('img').naturalWidth") > 0
    page.close()


def test_nothing_runs_over_the_edge(browser, file):
    page = browser.new_page()
    page.goto(file)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        over = page.evaluate("""() => [...document.querySelectorAll('body *')]
            .filter(part => !part.closest('.wide, .store') && !part.parentElement.closest('svg'))
            .filter(part => part.getBoundingClientRect().right > innerWidth)
            .map(part => part.outerHTML.slice(0, 80))""")

        assert over == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_every_picture_is_seen(browser, file):
    page = browser.new_page()
    page.goto(file)
    sizes = page.evaluate("""() => [...document.querySelectorAll('svg[role=img] > use:first-child')]
        .map(use => use.getBoundingClientRect()).map(box => [box.width, box.height])""")

    assert sizes
    assert all(width > 70 and height > 50 for width, height in sizes)
    grounds = page.evaluate("""() => [...document.querySelectorAll('.store .tile')]
        .map(part => getComputedStyle(part).fill)""")
    assert set(grounds) <= {"rgb(234, 242, 245)"}
    page.close()


PRINTED = {
    "calm": ("osteoarthritis", "calm", {}), "three": ("tendonitis", "settled", {}),
    "attack": ("gout", "attack", {}), "emergency": ("infection", "active", {}),
    "full": ("osteoarthritis", "calm", {"edition": "full"}),
    "leaf": ("osteoarthritis", "calm", {"edition": "sheet"})}


@pytest.mark.parametrize("name", PRINTED)
def test_a_page_prints_on_as_many_sheets_as_the_pdf_give_or_take_one(
        browser, document, printed, brand, tmp_path, name):
    cause, state, asked = PRINTED[name]
    file = tmp_path / "page.html"
    file.write_bytes(html.page(document(cause, state=state, side="left", **asked), brand, Look()))
    page = browser.new_page()
    page.goto(file.as_uri())
    paper = page.pdf(format="Letter")
    page.close()

    pdf = printed(cause, state=state, side="left", **asked)
    assert abs(len(page_texts(paper)) - len(page_texts(pdf))) <= 1
    # Where something is wider than the paper a browser makes all of it smaller.
    assert min(map(abs, glyph_sizes(paper))) > 11.5
