"""The page in a real Chromium: by mouse, by keyboard, by axe; nothing leaves this machine.

Skipped where playwright or a browser is missing; $HANDOUTS_BROWSER names one.
"""

import os
import shutil
import threading
import time

import pytest
import uvicorn
from helpers import page_texts
from web_helpers import new_site

from handouts.web.app import make_app
from handouts.web.serve import listening

playwright = pytest.importorskip("playwright.sync_api")
BROWSER = os.environ.get("HANDOUTS_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [pytest.mark.browser,
              pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SIZES = {"laptop": (1280, 720), "tablet": (820, 1180), "phone": (390, 844)}
OF_THE_BROWSER = ("blob:", "data:", "chrome:", "chrome-extension:")  # its PDF viewer
WATCH = """window.broken = [];
window.print = () => { top.printed = true; };
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`); });"""


@pytest.fixture(scope="module")
def home():
    """The address of a page that is served."""
    listener = listening(0)
    port = listener.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(new_site(), port), log_level="critical"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def own_place(monkeypatch, tmp_path):
    """No protocol of the machine's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("HANDOUTS_PROTOCOLS", raising=False)


@pytest.fixture
def visit(browser, home):
    """Opens the page; when the test ends, nothing was refused, broken or asked of elsewhere."""
    contexts, told, elsewhere, open_pages = [], [], [], []

    def opened(path="/", size="laptop", locale="en-US", **options):
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: told.append(f"{message.type}: {message.text}")
                if "status of 422" not in message.text else None)  # a problem that was told
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(
            (f"{home}/", *OF_THE_BROWSER)) else elsewhere.append(request.url))
        page.goto(home + path)
        open_pages.append(page)
        return page

    yield opened
    broken = [page.evaluate("window.broken") for page in open_pages]
    for context in contexts:
        context.close()

    assert (told, elsewhere) == ([], [])
    assert not any(broken)


def ready(page, pages=None):
    """Waits until the preview shows what was asked for last."""
    page.wait_for_function("""() => !document.getElementById("preview").hasAttribute("aria-busy")
        && document.getElementById("page-1")?.complete""")
    if pages:
        assert page.locator("#pages img").count() == pages


def printed(page, act):
    """The PDF that an act leads to."""
    with page.context.expect_event("response", lambda answer: "/handout" in answer.url) as waited:
        act()
    return waited.value


# -- one handout -----------------------------------------------------------------------------------


def test_someone_new_makes_a_handout_with_three_choices(visit):
    page = visit()
    page.get_by_role("button", name="Osteoarthritis").click()
    page.get_by_label("Left").check()
    ready(page, pages=4)
    answer = printed(page, page.get_by_role("button", name="Print").click)

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    page.wait_for_function("() => window.printed")


def test_someone_makes_a_handout_by_keyboard_alone(visit):
    page = visit()
    focused = lambda: page.evaluate("document.activeElement.id")  # noqa: E731
    tab_to(page, "f-diagnosis")
    page.keyboard.type("m17.12")
    page.wait_for_selector("#finder-0:has-text('M17.12')")  # what fits all that was typed
    page.keyboard.press("ArrowDown")
    assert page.locator("#f-diagnosis").get_attribute("aria-activedescendant") == "finder-0"
    page.keyboard.press("Enter")
    ready(page, pages=4)
    assert focused() == "f-diagnosis"

    tab_to(page, "f-state-none")
    page.keyboard.press("ArrowDown")
    ready(page)
    assert focused() == "f-state-calm"
    assert page.locator("#f-side-left").is_checked()
    tab_to(page, "f-patient")
    page.keyboard.type("Ana Ruiz")
    tab_to(page, "download")
    with page.expect_download() as waited:
        page.keyboard.press("Enter")

    text = page_texts(waited.value.path().read_bytes())[0]
    assert waited.value.suggested_filename == "osteoarthritis.pdf"
    assert "Massage for your left knee" in text
    assert "Ana Ruiz" in text


def tab_to(page, name):
    """Presses Tab until a field has the focus: no trap is on the way."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"{name} can't be reached")


def test_ctrl_p_prints_the_handout(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    answer = printed(page, lambda: page.keyboard.press("Control+p"))

    assert answer.headers["content-type"] == "application/pdf"
    page.wait_for_function("() => window.printed")


def test_what_was_typed_last_is_printed(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    page.get_by_label("Name", exact=True).fill("Zoë Quagga")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download PDF").click()  # before the preview follows

    assert "Zoë Quagga" in page_texts(waited.value.path().read_bytes())[0]


def test_escape_closes_the_list_and_nothing_is_chosen(visit):
    page = visit()
    page.locator("#f-diagnosis").click()
    page.wait_for_selector("#finder-options [role=option]")
    page.keyboard.press("Escape")

    assert page.locator("#finder-options").is_hidden()
    assert page.locator("#f-diagnosis").get_attribute("aria-expanded") == "false"


def test_the_preview_follows_each_change(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    seen = [page.locator("#page-1").screenshot()]
    for change in (lambda: page.get_by_label("Between attacks: calm").check(),
                   lambda: page.get_by_label("Name", exact=True).fill("Zoë Quagga"),
                   lambda: page.get_by_label("Attack now").check()):
        change()
        page.wait_for_timeout(400)  # while someone types, nothing is asked for
        ready(page)
        seen.append(page.locator("#page-1").screenshot())

    assert len(set(seen)) == 4
    assert page.locator("#pages img").count() == 2
    assert page.locator("#waits").is_visible()


def test_typing_is_never_disturbed(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    field = page.get_by_label("Name", exact=True)
    field.press_sequentially("Maximilian Featherstonehaugh", delay=40)
    ready(page)

    assert field.input_value() == "Maximilian Featherstonehaugh"
    assert page.evaluate("document.activeElement.id") == "f-patient"


def test_a_forbidden_massage_can_t_be_chosen_and_says_why(visit):
    page = visit()
    page.get_by_role("button", name="Osteoarthritis").click()
    page.get_by_label("Calm").check()
    ready(page)
    page.locator("#p-massages > summary").click()
    page.get_by_label("Handheld massager").check()
    ready(page)
    page.locator("#p-flags > summary").click()
    page.get_by_label("Blood thinner").check()
    ready(page)
    box = page.locator("#f-massage-massager")
    box.click(force=True)

    assert box.is_disabled()
    assert not box.is_checked()
    why = page.locator(f"#{box.get_attribute('aria-describedby')}").inner_text()
    assert why.startswith("Not allowed: ")
    assert "blood thinners" in why
    assert "Handheld massager" in page.locator("#taken").inner_text()


def test_a_cleared_state_leads_to_its_day(visit):
    page = visit()
    page.get_by_role("button", name="Ligament tear").click()
    page.locator("#f-state-cleared").check()
    page.wait_for_selector("#problems")
    page.get_by_role("button", name="Print").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'problems'")


    page.locator("#problems a").click()
    assert page.evaluate("document.activeElement.id") == "f-cleared_on"
    page.locator("#f-cleared_on").fill("2026-11-20")
    ready(page)
    assert page.locator("#print").get_attribute("aria-disabled") is None


def test_what_is_wrong_stands_at_its_field(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    page.get_by_label("Name", exact=True).fill("陈伟")
    page.wait_for_selector("#m-patient")

    assert "Chinese" in page.locator("#m-patient").inner_text()
    assert page.locator("#f-patient").get_attribute("aria-invalid") == "true"
    said = page.locator("#said").inner_text()
    assert said.startswith("Not ready. Problems to fix: 1. ")
    assert "Chinese" in said


def test_choices_are_saved_and_used_again(visit):
    page = visit()
    page.get_by_role("button", name="Osteoarthritis").click()
    page.get_by_label("Calm").check()
    ready(page)
    page.locator("#p-saved > summary").click()
    page.get_by_label("Name to save under").fill("First visit")
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("#save-told")
    assert page.locator("#save-told").inner_text() == "Saved as “First visit”."

    page = visit()
    page.locator("#p-saved > summary").click()
    page.get_by_label("Saved", exact=True).select_option("First visit")
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_role("button", name="It was examined: use this state").click()
    page.wait_for_selector("#f-state-calm:checked")
    ready(page)
    assert page.locator("#f-diagnosis").input_value() == "Osteoarthritis"


def test_the_other_language_keeps_what_was_typed(visit):
    page = visit()
    page.get_by_role("button", name="Gout").click()
    ready(page)
    page.get_by_label("Name", exact=True).fill("Ana Ruiz")
    page.get_by_role("button", name="Español").click()
    page.wait_for_selector("html[lang=es]")

    assert page.locator("#f-patient").input_value() == "Ana Ruiz"
    assert page.get_by_role("button", name="Imprimir").is_visible()


def test_the_page_works_without_a_script(visit):
    context = visit().context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(visit().url)
    page.get_by_role("button", name="Osteoarthritis").click()
    page.get_by_label("Calm").check()
    page.get_by_label("Name", exact=True).fill("Ana Ruiz")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download PDF").click()
    text = page_texts(waited.value.path().read_bytes())[0]
    context.close()

    assert "Ana Ruiz" in text
    assert "Check first" not in text


# -- many at once ----------------------------------------------------------------------------------


def test_a_table_becomes_a_zip_with_progress(visit):
    page = visit("/many")
    rows = "".join(f"Ana {number},gout\n" for number in range(300))
    choose(page, f"patient,cause\n{rows}Max,unheard\n")
    page.get_by_role("button", name="Make the handouts").click()
    page.wait_for_selector("#work:not([hidden])")
    page.wait_for_selector("#result button:visible")
    told = page.locator("#told").inner_text()
    reasons = page.locator("#failed-rows").inner_text()
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download what was made (300)").click()

    assert told == "Done: 300 made, 1 not made."
    assert "Column cause can't be used." in reasons
    assert page.locator("#missing").is_visible()
    assert waited.value.suggested_filename == "handouts.zip"
    assert waited.value.path().stat().st_size > 1_000_000
    assert page.locator("#told").inner_text().startswith("The result was handed over")


def choose(page, text):
    page.get_by_label("Table (CSV)").set_input_files(
        {"name": "clinic.csv", "mimeType": "text/csv", "buffer": text.encode()})


def test_a_batch_can_be_stopped(visit):
    page = visit("/many")
    choose(page, "cause\n" + "gout\nosteoarthritis\n" * 500)
    page.get_by_role("button", name="Make the handouts").click()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_function(
        "() => document.getElementById('told').textContent.startsWith('Stopped')")

    assert page.get_by_role("button", name="Make the handouts").is_enabled()


def test_a_table_can_be_dropped(visit):
    page = visit("/many")
    page.evaluate("""() => {
      const data = new DataTransfer();
      data.items.add(new File(["cause\\ngout\\n"], "clinic.csv"));
      document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
    }""")
    page.get_by_role("button", name="Make the handouts").click()
    page.wait_for_selector("#result button:visible")

    assert page.locator("#told").inner_text() == "Done: 1 made, 0 not made."


def test_a_wrong_table_is_told_at_its_field(visit):
    page = visit("/many")
    choose(page, "a,b\n1,2\n")
    with page.expect_response("**/many") as waited:
        page.get_by_role("button", name="Make the handouts").click()
    page.wait_for_selector("#m-table:visible")

    assert waited.value.status == 422
    assert "The first line does not name the columns" in page.locator("#m-table").inner_text()
    assert page.evaluate("document.activeElement.id") == "f-table"


# -- for everyone ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_axe_finds_nothing(visit, size, locale):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(size=size, locale=locale)
    found = {"start": faults(axe, page)}
    page.locator("#f-diagnosis").click()
    page.wait_for_selector("#finder-options [role=option]")
    found["list"] = faults(axe, page)
    page.keyboard.press("Escape")
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.locator("#f-state-calm").check()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#f-flag-anticoagulant").check()
    ready(page)
    found["ready"] = faults(axe, page)
    page.locator("#f-note").fill("陈伟")
    page.wait_for_selector("#m-note")
    found["wrong"] = faults(axe, page)
    many = visit("/many", size=size, locale=locale)
    many.locator("#f-table").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": b"cause\ngout\nunheard\n"})
    many.locator("#start").click()
    many.wait_for_selector("#result button:visible")
    found["many"] = faults(axe, many)

    assert {name: rules for name, rules in found.items() if rules} == {}


def faults(axe, page):
    """The rules that axe finds broken, with where."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    answer = axe.run(page, options={"runOnly": {"type": "tag", "values": rules}})
    return [(rule["id"], [node["target"] for node in rule["nodes"]])
            for rule in answer.response["violations"]]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_at_the_side(visit, size):
    page = visit(size=size)
    page.locator("#pick-fracture").click()
    ready(page)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_text_may_be_twice_as_large(visit):
    page = visit()
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.set_viewport_size({"width": 640, "height": 360})  # as at 200 % of 1280 x 720

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.get_by_role("button", name="Print").is_visible()


def test_every_target_is_large_enough(visit):
    page = visit(size="phone")
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    small = page.evaluate("""() => [...document.querySelectorAll(
        "a, button, summary, select, textarea, input:not([type=hidden]):not(:disabled)")]
      .filter((target) => target.offsetParent && !target.matches(".skip, .unseen"))
      .map((target) => (target.closest("label.row") ?? target))
      .filter((target) => { const box = target.getBoundingClientRect();
                            return box.width < 24 || box.height < 24; })
      .map((target) => target.outerHTML.slice(0, 80))""")

    assert small == []


def test_the_page_answers_while_it_lays_out(visit):
    page = visit()
    page.get_by_role("button", name="Bursitis").click()
    began = time.monotonic()
    page.evaluate("fetch('/static/page.css').then((answer) => answer.text())")

    assert time.monotonic() - began < 5
    ready(page)
