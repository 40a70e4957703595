"""The page in a real Chromium: by mouse, by keyboard, by axe; nothing leaves this machine.

Skipped where playwright or a browser is missing; $HANDOUTS_BROWSER names one.
"""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen

import pytest
from chromium import PROGRAM, SIZES
from exports import CM, bundle, condition, patient
from helpers import page_texts
from pairs import pairwise
from web_helpers import Served, new_site

from handouts.web.guard import Key

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_place"),
              pytest.mark.skipif(not PROGRAM, reason="no Chromium is installed")]
MANY = b"cause,flags\ngout,\nunheard,\ngout,dvt; unheard\n"
# Of the page, as axe sees it.
STATES = ("start", "list", "ready", "waits", "wrong", "many", "mend", "tiles", "tile", "asks",
          "today", "room", "saved", "clinic")
AXE_PAGES = [(size, locale) for size in ("laptop", "tablet", "phone")
             for locale in ("en-US", "es-US")]
AXE_SAMPLE = pairwise(("laptop", "tablet", "phone"), ("en-US", "es-US"), STATES)
LOGO = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
        b'<rect width="9" height="9" fill="#ff8800"/></svg>')
# The page in a wide font of the computer, as it is until its own one has come.
WIDE = """() => { const wide = new CSSStyleSheet();
  wide.replaceSync("* { font-family: 'DejaVu Sans', Verdana !important }");
  document.adoptedStyleSheets.push(wide); }"""


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
    ready(page, pages=5)
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
    ready(page, pages=5)
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


@pytest.mark.parametrize(("typed", "cause"), [
    ("osteo", "Osteoarthritis"), ("RA", "Rheumatoid arthritis"), ("acl", "Ligament tear")])
def test_enter_takes_the_one_cause_that_was_begun(visit, typed, cause):
    page = visit()
    page.locator("#f-diagnosis").press_sequentially(typed)
    page.wait_for_selector("#finder-options [role=option]")
    page.wait_for_selector(f"#finder-0:has-text('{cause}')")
    page.keyboard.press("Enter")
    ready(page)

    assert page.locator("#f-diagnosis").input_value() == cause


def test_nothing_found_is_seen_and_said(visit):
    page = visit()
    page.locator("#f-diagnosis").press_sequentially("zzz")
    page.wait_for_selector(".finder-empty:has-text('Nothing found')")

    assert "Nothing found" in page.locator("#said").inner_text()


def test_a_code_that_asks_for_the_place_is_answered_by_one_click(visit):
    page = visit()
    page.locator("#f-diagnosis").fill("M06.9")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Yes, it is the knee: Rheumatoid arthritis").click()
    ready(page)

    assert page.locator("#f-cause").input_value() == "rheumatoid-arthritis"


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
    page.locator("#p-flags-more > summary").click()
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
    assert said.startswith("Massage must wait. ")
    assert "Problems to fix: 1. “Name” holds what can't be printed here: Chinese" in said


def test_choices_are_saved_and_used_again(visit):
    page = visit()
    page.get_by_role("button", name="Osteoarthritis").click()
    page.get_by_label("Calm").check()
    ready(page)
    page.locator("#p-saved > summary").click()
    page.get_by_label("Name to save under").fill("First visit")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector("#save-told")
    assert page.locator("#save-told").inner_text() == "Saved as “First visit”."

    page = visit()
    page.locator("#p-saved > summary").click()
    page.get_by_label("Saved", exact=True).select_option("First visit")
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_role("button", name="Examined today: Calm").click()
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


def test_the_handouts_language_follows_the_page_until_somebody_chooses_one(visit):
    page = visit("/?code=M10.062")
    ready(page)
    page.locator("[name=switch]").click()
    page.wait_for_selector("html[lang=es]")
    ready(page)
    assert page.locator("#f-language").input_value() == "es"
    assert page.locator("#h-language").inner_text() == "Como la página, hasta que elija otro."
    page.locator("#f-language").select_option("en")
    page.wait_for_selector("#h-language", state="detached")
    page.locator("[name=switch]").click()
    page.wait_for_selector("html[lang=en]")
    page.locator("[name=switch]").click()
    page.wait_for_selector("html[lang=es]")

    assert page.locator("#f-language").input_value() == "en"


def test_what_stays_for_the_next_patient_is_taken_back_by_one_button(visit):
    page = visit("/?code=M10.062")
    ready(page)
    page.locator("#f-language").select_option("es")
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#f-format").select_option("large-print")
    page.locator("#f-given_by").fill("Dr Lee")
    ready(page)
    page.locator("#next").click()
    page.wait_for_selector("#kept")
    assert page.locator("#kept").inner_text().startswith(
        "Kept: Spanish, Large print, 18 point, Dr Lee.")
    page.locator("#reset").click()
    page.wait_for_selector("#kept", state="detached")
    page.locator("#pick-gout").click()
    ready(page)

    assert [page.locator(f"#f-{name}").input_value()
            for name in ("language", "format", "given_by")] == ["en", "", ""]


@pytest.mark.parametrize("path", ["/", "/?code=M10.062"])
def test_the_page_itself_prints_one_line_that_says_how_to_print(visit, path):
    page = visit(path)
    text = page_texts(page.pdf())

    assert len(text) == 1
    assert " ".join(text[0].split()) == (
        "This is the page that makes handouts, not a handout. Press “Print” on the page, above "
        "the preview.")


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
    assert "Nobody has examined your knee" not in text


# -- nothing else happens --------------------------------------------------------------------------


@pytest.mark.parametrize("field", [
    "f-patient", "f-born", "f-given_by", "f-minutes.self-massage", "f-side-left",
    "f-flag-numbness"])
def test_enter_only_updates(visit, field):
    page = chosen(visit())
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#f-patient").fill("Ana Ruiz")
    page.evaluate("(id) => document.getElementById(id).focus()", field)
    page.keyboard.press("Enter")
    ready(page)

    assert page.evaluate("[document.documentElement.lang, document.activeElement.id]") == [
        "en", field]
    assert page.locator("#p-massages[open]").count() == 1
    assert page.locator("#f-patient").input_value() == "Ana Ruiz"


def chosen(page, cause="osteoarthritis"):
    """The page with a cause chosen and its preview shown."""
    page.locator(f"#pick-{cause}").click()
    ready(page)
    return page


def test_enter_in_the_name_saves_and_the_list_is_there_at_once(visit):
    page = chosen(visit())
    page.locator("#p-saved > summary").click()
    for _ in range(2):
        page.locator("#f-protocol_name").fill("OA, first visit")
        page.keyboard.press("Enter")
        page.wait_for_selector("#save-told, #m-protocol_name")

    assert page.locator("#f-protocol option").all_inner_texts() == ["Choose one", "OA, first visit"]
    told = page.locator("#m-protocol_name").inner_text()
    assert "Saved choices of that name are there already." in told
    page.locator("#f-replace").check()
    page.locator("#keep").click()
    page.wait_for_selector("#save-told")


def test_a_slip_in_the_cause_keeps_the_patient_and_the_ticks(visit):
    page = chosen(visit())
    page.locator("#p-flags-more > summary").click()
    page.locator("#f-flag-anticoagulant").check()
    page.locator("#f-patient").fill("Ana Ruiz")
    ready(page)
    page.locator("#f-diagnosis").fill("tendin")
    page.keyboard.press("Enter")
    page.wait_for_selector("#m-diagnosis")
    assert page.locator("#pages.old").count() == 1
    assert page.locator("#print[aria-disabled]").count() == 1
    page.locator("#pick-tendonitis").click()
    page.locator("#question-no").click()
    ready(page)

    assert page.locator("#f-patient").input_value() == "Ana Ruiz"
    assert page.locator("#f-flag-anticoagulant").is_checked()


@pytest.mark.parametrize("button", ["print", "download"])
@pytest.mark.parametrize("typed", ["gout", "oste"])
def test_a_cause_that_was_typed_and_not_looked_at_is_never_delivered(visit, button, typed):
    page = chosen(visit())
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#f-diagnosis").fill(typed)
    page.locator(f"#{button}").click()
    page.wait_for_function(
        "() => /^(The cause has changed|Fix the problems)/.test(said.textContent)")

    assert not [url for url in sent if "/handout" in url]
    assert page.url.endswith("/")


def test_a_date_that_is_half_typed_is_not_left_out_unsaid(visit):
    page = chosen(visit())
    page.locator("#f-born").focus()
    page.keyboard.type("0229")
    page.locator("#download").click()
    page.wait_for_function("() => said.textContent.startsWith('“Date of birth” is only half')")

    assert page.evaluate("document.activeElement.id") == "f-born"


def test_a_number_that_is_half_typed_is_named_and_found_where_it_is_folded_away(visit):
    page = chosen(visit())
    page.locator("#p-massages > summary").click()
    page.locator("[id='f-minutes.self-massage']").focus()
    page.keyboard.type("1e")
    page.locator("#p-massages > summary").click()
    page.locator("#print").click()
    page.wait_for_function("() => said.textContent.includes('is only half there')")

    assert page.locator("#said").inner_text().startswith("“Dose: Self-massage – Minutes” is")
    assert page.evaluate("document.activeElement.id") == "f-minutes.self-massage"


# -- a change just after Print ---------------------------------------------------------------------


@pytest.mark.parametrize("order", [("handout", "preview"), ("preview", "handout")])
@pytest.mark.parametrize(("button", "locale", "told"), [
    ("print", "en-US", "What was printed last does not have your last change. Print again."),
    ("download", "es-US", "Lo último que se descargó no tiene su último cambio. "
                          "Descárguelo otra vez.")])
def test_a_change_while_the_handout_comes_is_told_to_be_missing_on_it(
        visit, button, locale, told, order):
    page = chosen(visit(locale=locale))
    page.locator("#p-flags-more > summary").click()
    held = {}
    for name in order:
        page.route(f"**/{name}", lambda route: held.update({route.request.url[-7:]: route}))
    page.locator(f"#{button}").click()
    page.locator("#f-flag-anticoagulant").check()
    page.wait_for_timeout(300)
    for name in order:
        held[name[-7:]].continue_()
        page.wait_for_timeout(300)
    ready(page)

    assert page.locator("#said").inner_text().startswith(told)
    assert page.locator("#notice").inner_text() == told
    for name in order:
        page.unroute(f"**/{name}")
    with page.expect_response("**/handout"):
        page.locator(f"#{button}").click()
    page.wait_for_selector("#notice", state="detached")
    page.wait_for_function("(told) => !said.textContent.includes(told)", arg=told)


def test_a_change_right_after_print_is_told_until_it_is_taken_back(visit):
    page = chosen(visit())
    page.locator("#print").click()
    page.wait_for_function("() => window.printed")
    page.locator("#l-side-left").click()
    page.wait_for_selector("#notice")
    told = page.locator("#said").inner_text()
    page.locator("#l-side-none").click()
    page.wait_for_selector("#notice", state="detached")

    assert told.startswith("What was printed last does not have your last change.")


def test_a_browser_that_shows_no_pdf_in_a_frame_gets_a_tab(visit):
    page = visit()
    page.context.add_init_script(
        "Object.defineProperty(navigator, 'pdfViewerEnabled', { get: () => false });")
    page.reload()
    chosen(page)
    with page.context.expect_page():
        page.locator("#print").click()
    page.wait_for_function("() => said.textContent === "
                           "'The handout is open in a new tab. Print it there.'")

    assert page.locator("#notice").is_visible()


def test_after_print_the_focus_is_where_it_was(visit):
    page = chosen(visit())
    page.locator("#f-patient").focus()
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.printed")

    assert page.evaluate("document.activeElement.id") == "f-patient"


# -- the next patient ------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["#next", "Escape", "Alt+n"])
def test_the_next_patient_finds_nothing_of_the_last(visit, way):
    page = chosen(visit())
    page.locator("#p-visit > summary").click()
    page.locator("#f-given_by").fill("Dr Lee")
    page.locator("#f-note").fill("Call me.")
    page.locator("#f-patient").fill("Ana Ruiz")
    go = (lambda: page.locator(way).click()) if way == "#next" else (
        lambda: page.keyboard.press(way))
    go()
    page.keyboard.press("Escape")  # the cautious answer
    assert page.locator("#f-patient").input_value() == "Ana Ruiz"
    page.locator("#f-patient").focus()
    go()
    page.locator("#question-yes").click()
    page.wait_for_selector("#steps")
    assert page.evaluate("document.activeElement.id") == "f-diagnosis"
    chosen(page, "gout")

    assert page.evaluate("['patient', 'note', 'given_by'].map("
                         "(name) => document.getElementById(`f-${name}`).value)") == [
        "", "", "Dr Lee"]


def test_what_was_handed_over_is_cleared_and_left_without_a_question(visit):
    page = chosen(visit())
    page.locator("#f-patient").fill("Ana Ruiz")
    with page.expect_download():
        page.locator("#download").click()
    page.locator("#next").click()
    page.wait_for_selector("#steps")

    assert not page.locator("#question").is_visible()


def test_another_cause_asks_whose_it_is(visit):
    page = chosen(visit())
    page.locator("#f-patient").fill("Ana Ruiz")
    ready(page)
    page.locator("#f-diagnosis").fill("gout")
    page.keyboard.press("Enter")
    page.locator("#question-yes").click()
    page.wait_for_function("() => !document.getElementById('f-patient').value")

    assert page.locator("#f-diagnosis").input_value() == "gout"


def test_a_second_enter_answers_no_question(visit):
    page = chosen(visit())
    page.locator("#f-patient").fill("Ana Ruiz")
    ready(page)
    page.locator("#f-diagnosis").fill("gout")
    page.keyboard.press("Enter")
    page.wait_for_selector("#question[open]")
    page.keyboard.press("Enter")
    page.wait_for_timeout(700)
    page.keyboard.press("Enter")

    assert page.locator("#question").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not page.locator("#question").is_visible()


def test_the_same_patient_keeps_every_tick_whatever_the_codes_say(visit):
    page = chosen(visit())
    page.locator("#f-patient").fill("Ana Ruiz")
    page.locator("#p-flags-more > summary").click()
    page.locator("#f-flag-gout-in-knee").check()
    ready(page)
    for code in ("M25.462", "M10.062", "M17.12"):
        page.locator("#f-diagnosis").fill(code)
        page.keyboard.press("Enter")
        page.locator("#question-no").click()
        ready(page)

    assert page.locator("#f-flag-gout-in-knee").is_checked()
    assert page.locator("#f-flag-effusion").is_checked()
    assert "an earlier code said so" in page.locator("#earlier").inner_text()
    page.locator("#f-flag-effusion").uncheck()
    page.wait_for_selector("#earlier", state="detached")
    assert page.locator("#f-flag-gout-in-knee").is_checked()


def test_a_dose_is_there_again_when_massage_need_not_wait_any_more(visit):
    page = chosen(visit())
    page.locator("#f-state-calm").check()
    page.locator("#p-massages summary").click()
    page.locator("[id='f-minutes.self-massage']").fill("10")
    page.locator("[id='f-times.self-massage']").fill("3")
    ready(page)
    page.locator("#f-state-flare").check()
    page.wait_for_selector("#waits")
    page.locator("#f-state-calm").check()
    page.wait_for_selector("#waits", state="detached")
    ready(page)

    assert page.locator("[id='f-minutes.self-massage']").input_value() == "10"
    assert page.locator("[id='f-times.self-massage']").input_value() == "3"


def test_without_a_script_whose_it_is_is_asked_and_answered(visit):
    page = visit(java_script_enabled=False)
    page.get_by_role("button", name="Osteoarthritis").click()
    page.locator("#f-patient").fill("Ana Ruiz")
    page.locator("#f-diagnosis").fill("gout")
    page.locator("#f-diagnosis").press("Enter")
    assert "still the same patient" in page.locator("#whose").inner_text()
    page.locator("#whose-next").click()

    assert page.locator("#whose").count() == 0
    assert page.locator("#f-patient").input_value() == ""
    assert page.locator("#f-diagnosis").input_value() == "gout"


def test_who_leaves_a_filled_form_is_asked(visit):
    page = chosen(visit())
    page.locator("#f-patient").press_sequentially("Ana")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Many at once").click()
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.locator("#f-patient").input_value() == "Ana"


# -- a program that stops --------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["#print", "#download", "[name=switch]"])
def test_a_stopped_program_is_told_and_nothing_typed_is_lost(browser, act):
    served = Served(new_site())
    page = browser.new_page()
    page.goto(served.address)
    chosen(page)
    page.locator("#f-patient").fill("Ana Ruiz")
    ready(page)
    served.stop()
    page.locator(act).click()
    page.wait_for_selector("#notice")
    told = page.locator("#notice").inner_text()
    said = page.locator("#said").inner_text()
    page.locator("#f-patient").fill("Ana María Ruiz")
    served.start()
    page.wait_for_selector("#notice", state="detached")
    ready(page)
    back = page.locator("#said").inner_text()
    shown = served.site.previews.get(page.locator("#f-token").input_value()).pdf
    page.close()
    served.stop()

    assert "has stopped" in told
    assert "“Handouts” shortcut" in told
    assert "print window" not in said
    assert back.startswith("The program runs again. ")
    assert "Ana María Ruiz" in page_texts(shown)[0]


def test_print_and_download_are_out_while_the_program_is_stopped_and_say_why(browser):
    served = Served(new_site())
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(served.address)
    chosen(page)
    ready(page)
    lit = page.locator("#print, #download").and_(page.locator(":not([aria-disabled])")).count()
    served.stop()
    page.evaluate("dispatchEvent(new Event('focus'))")  # somebody comes back to the window
    page.wait_for_selector("#notice", timeout=4000)
    out = page.locator("[aria-disabled=true]:is(#print, #download)").count()
    page.evaluate("document.getElementById('said').textContent = ''")
    page.locator("#preview").evaluate("(it) => it.scrollTo(0, 9999)")
    page.locator("#print").click(force=True)  # it can be pressed, though it is told to be out
    page.wait_for_function("() => said.textContent.includes('has stopped')")
    top = page.locator("#notice").bounding_box()["y"]
    seen = page.locator("#state").inner_text()
    served.start()
    page.wait_for_selector("#notice", state="detached")
    ready(page)
    again = page.locator("#print, #download").and_(page.locator(":not([aria-disabled])")).count()
    page.close()
    served.stop()

    assert (lit, out, again) == (2, 2, 2)
    assert seen == "The program has stopped."
    assert 0 <= top < 768


def test_a_program_that_is_back_and_still_refuses_is_asked_again(browser):
    served = Served(new_site())
    page = browser.new_page()
    page.goto(served.address)
    chosen(page)
    served.stop()
    page.locator("#l-side-left").click()
    page.wait_for_selector("#notice")
    page.route("**/preview", lambda route: route.fulfill(status=403, body="{}"))
    page.wait_for_function("() => notice.textContent.startsWith('The program runs again. Open')")
    page.unroute("**/preview")
    served.start()
    page.wait_for_selector("#notice", state="detached")
    page.close()
    served.stop()


@pytest.mark.parametrize("is_seen", [True, False])
def test_a_program_started_anew_is_followed_once_its_address_was_opened(browser, is_seen):
    served = Served(new_site(), Key())
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/?token={served.key.token}")
    chosen(page)
    page.locator("#f-patient").fill("Ana Ruiz")
    ready(page)
    served.stop()
    if is_seen:
        page.locator("#l-side-left").click()
        page.wait_for_selector("#notice")
    served.key = Key()
    served.start()
    if not is_seen:
        page.locator("#l-side-left").click()
    page.wait_for_function("() => document.getElementById('notice')?.textContent === 'The program "
                           "runs again. Open its new address in this browser; this page then goes "
                           "on.'")
    state = page.locator("#state").inner_text()
    page.locator("#f-patient").fill("Ana María Ruiz")
    context.new_page().goto(f"{served.address}/?token={served.key.token}")
    page.wait_for_selector("#notice", state="detached")
    ready(page)
    said = page.locator("#said").inner_text()
    shown = page_texts(served.site.previews.get(page.locator("#f-token").input_value()).pdf)[0]
    context.close()
    served.stop()

    assert "stopped" not in state
    assert said.startswith("The program runs again. Preview updated")
    assert "Ana María Ruiz" in shown
    assert "left knee" in shown


def test_no_count_of_an_old_preview_stands_over_new_ticks(browser):
    served = Served(new_site())
    page = browser.new_page()
    page.goto(served.address)
    chosen(page)
    page.locator("#p-flags-more > summary").click()
    served.stop()
    page.locator("#f-flag-anticoagulant").check()
    page.wait_for_selector("#notice")
    counts = page.locator(".count:visible").all_inner_texts()
    served.start()
    page.wait_for_selector("#notice", state="detached")
    after = page.locator("#p-flags .count:visible").inner_text()
    page.close()
    served.stop()

    assert counts == []
    assert after == "Ticked: 1"


@pytest.mark.parametrize(("locale", "said"), [
    ("en-US", "Today's list goes when the program stops, or at midnight."),
    ("es-US", "La lista de hoy se borra al cerrar el programa o a medianoche.")])
def test_what_is_never_kept_is_what_is_about_a_patient(visit, locale, said):
    assert visit(locale=locale).locator("#local").inner_text().endswith(said)


@pytest.mark.parametrize(("status", "body", "said"), [
    (500, '{"problems": [{"text": "Something broke.", "cure": "Try again."}]}',
     "Something broke. Try again."),
    (503, "Service Unavailable", "The program can't take this just now.")])
def test_a_bug_and_a_refusal_are_not_a_stopped_program(visit, status, body, said):
    page = visit()
    page.route("**/preview", lambda route: route.fulfill(status=status, body=body))
    page.locator("#pick-gout").click()
    page.wait_for_selector("#notice")
    told = page.locator("#notice").inner_text()
    page.unroute("**/preview")
    page.locator("#pick-gout").click()
    ready(page)

    assert told.startswith(said)


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

    assert told == "Done. Made: 300. Not made: 1."
    assert "Column cause can't be used." in reasons
    assert page.locator("#missing").is_visible()
    assert waited.value.suggested_filename == "handouts.zip"
    assert waited.value.path().stat().st_size > 1_000_000
    assert page.locator("#told").inner_text().startswith("The result was handed over")


def choose(page, text):
    page.get_by_label("Table (CSV, Excel)").set_input_files(
        {"name": "clinic.csv", "mimeType": "text/csv", "buffer": text.encode()})


def test_a_batch_can_be_stopped(visit):
    page = visit("/many")
    choose(page, "cause\n" + "gout\nosteoarthritis\n" * 4_000)
    page.get_by_role("button", name="Make the handouts").click()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_function(
        "() => document.getElementById('told').textContent.startsWith('Stopped')")

    assert page.get_by_role("button", name="Make the handouts").is_enabled()


def test_a_refused_file_leaves_no_result_of_the_one_before(visit):
    page = visit("/many")
    page.locator("#f-table").set_input_files(
        {"name": "good.csv", "mimeType": "text/csv", "buffer": b"cause\ngout\n"})
    page.locator("#start").click()
    page.wait_for_selector("#result:not([hidden])")
    page.locator("#f-table").set_input_files(
        {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"})
    page.locator("#start").click()
    page.wait_for_selector("#m-table:not([hidden])")

    assert "The file is a PDF, not a table." in page.locator("#m-table").inner_text()
    assert not page.locator("#fetch").is_visible()
    assert "1 made" not in page.locator("main").inner_text()


def test_a_table_can_be_dropped(visit):
    page = visit("/many")
    page.evaluate("""() => {
      const data = new DataTransfer();
      data.items.add(new File(["cause\\ngout\\n"], "clinic.csv"));
      document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
    }""")
    page.get_by_role("button", name="Make the handouts").click()
    page.wait_for_selector("#result button:visible")

    assert page.locator("#told").inner_text() == "Done. Made: 1. Not made: 0."


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


@pytest.mark.parametrize(("size", "locale"), AXE_PAGES)
def test_axe_finds_nothing(visit, size, locale):
    """Every two of size, language and state of the page meet; axe takes seconds for each, and all
    of them are in tests/sweep/test_pages.py."""
    states = {state for *look, state in AXE_SAMPLE if look == [size, locale]}

    assert axe_faults(visit, size, locale, states) == {}


def test_axe_finds_nothing_in_forced_colours(visit):
    """As on a computer whose user chose the colours."""
    states = {"ready", "waits", "wrong", "mend", "clinic"}

    assert axe_faults(visit, "laptop", "en-US", states, forced_colors="active") == {}


def test_who_hears_the_page_is_told_that_massage_must_wait(visit):
    page = visit("/?code=M17.12")
    page.locator("#f-state-calm").check()
    page.locator("#f-flag-dvt").check()
    ready(page, pages=2)
    tree = page.locator("#preview").aria_snapshot()

    assert "Massage must wait. The handout says why, and what to do now." in tree
    assert 'img "Page 1 of 2"' in tree
    assert 'button "Read as text"' in tree
    assert "Massage must wait" in page.locator("#said").inner_text()


def axe_faults(visit, size, locale, states, **options):
    """What axe finds in each of these states of the page."""
    axe, found = pytest.importorskip("axe_playwright_python.sync_playwright").Axe(), {}

    def look(state, page):
        if state in states:
            found[state] = faults(axe, page)

    page = visit(size=size, locale=locale, **options)
    look("start", page)
    page.locator("#f-diagnosis").click()
    page.wait_for_selector("#finder-options [role=option]")
    look("list", page)
    page.keyboard.press("Escape")
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.locator("#f-state-calm").check()
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.locator("#f-flag-anticoagulant").check()
    ready(page)
    look("ready", page)
    page.locator("#f-flag-dvt").check()
    ready(page)
    look("waits", page)
    page.locator("#f-note").fill("陈伟")
    page.wait_for_selector("#m-note")
    look("wrong", page)
    many = visit("/many", size=size, locale=locale, **options)
    many.locator("#f-table").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": MANY})
    many.wait_for_selector("#seen-columns")
    look("many", many)
    many.locator("#start").click()
    many.wait_for_selector("#result button:visible")
    look("mend", many)
    for state in states & {"tiles", "tile", "asks", "today", "room", "saved", "clinic"}:
        look(state, desk_page(visit, size, locale, state, **options))
    return {state: rules for state, rules in found.items() if rules}


def desk_page(visit, size, locale, state, **options):
    """A page of the desk with saved choices, in a state of its own."""
    home = visit(size=size, locale=locale)
    home.request.post(home.url + "protocols", form={
        "diagnosis": "osteoarthritis", "state": "calm", "protocol_name": "OA, calm"})
    home.request.post(home.url + "handout", form={"diagnosis": "gout", "patient": "Zoë Quagga"})
    page = visit({"room": "/room", "saved": "/saved", "clinic": "/clinic",
                  "asks": "/?code=M06.9"}.get(state, "/"), size=size, locale=locale, **options)
    if state == "tile":
        page.locator(".tile").first.click()
        page.wait_for_selector("#examined")
    elif state == "today":
        page.evaluate("for (const part of document.querySelectorAll('#today details'))"
                      " part.open = true")
    elif state == "clinic":
        page.set_input_files("#f-logo", {"name": "logo.svg", "mimeType": "image/svg+xml",
                                         "buffer": LOGO})
        page.locator("#f-name").fill("Riverside Knee Clinic")
        page.wait_for_selector("#clinic-page")
    return page


def faults(axe, page):
    """The rules that axe finds broken, with where."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    answer = axe.run(page, options={"runOnly": {"type": "tag", "values": rules}})
    return [(rule["id"], [node["target"] for node in rule["nodes"]])
            for rule in answer.response["violations"]]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_nothing_is_cut_off_at_the_side(visit, size, locale):
    page = visit(size=size, locale=locale)
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.evaluate(WIDE)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
@pytest.mark.parametrize("state", ["tiles", "tile", "asks", "today", "room", "saved", "clinic"])
def test_nothing_of_the_desk_is_cut_off_at_320_pixels(visit, state, locale):
    page = desk_page(visit, "zoomed", locale, state)
    page.evaluate(WIDE)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_text_may_be_twice_as_large(visit):
    page = visit()
    page.locator("#pick-osteoarthritis").click()
    ready(page)
    page.set_viewport_size({"width": 640, "height": 360})  # as at 200 % of 1280 x 720

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.get_by_role("button", name="Print").is_visible()


def test_every_target_is_large_enough(visit):
    page = desk_page(visit, "phone", "en-US", "tiles")
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


# -- a day at the desk -----------------------------------------------------------------------------


@pytest.fixture
def calm(home):
    """Saved choices for somebody who was examined."""
    with urlopen(f"{home}/protocols", urlencode({
            "diagnosis": "osteoarthritis", "state": "calm", "protocol_name": "calm"}).encode()):
        pass


def test_the_second_handout_of_a_day_takes_four_actions(visit, calm):
    page = visit()
    page.locator(".tile").click()
    page.wait_for_function("() => document.activeElement.id === 'examined'")
    page.locator("#examined").click()
    page.wait_for_function("() => document.activeElement.id === 'f-patient'")
    page.keyboard.type("Zoë Quagga")
    answer = printed(page, page.get_by_role("button", name="Print", exact=True).click)
    sent = dict(parse_qsl(answer.request.post_data))

    assert (answer.status, sent["patient"], sent["state"]) == (200, "Zoë Quagga", "calm")
    page.wait_for_selector("#p-today")


def test_a_screened_one_takes_three(visit, calm):
    page = visit()
    page.locator(".tile").click()
    page.get_by_label("Name", exact=True).fill("Zoë Quagga")
    answer = printed(page, page.get_by_role("button", name="Print", exact=True).click)
    sent = dict(parse_qsl(answer.request.post_data))

    assert (answer.status, sent["patient"], sent.get("state", "")) == (200, "Zoë Quagga", "")
    assert sent["diagnosis"] == "Osteoarthritis"  # typing at once did not undo the tile


def test_what_was_printed_is_corrected_and_copied(visit, calm):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".tile").click()
    page.get_by_label("Name", exact=True).fill("Zoë Quagga")
    printed(page, page.get_by_role("button", name="Print", exact=True).click)
    page.wait_for_selector("#p-today")
    page.locator("#next").click()
    page.wait_for_selector("#tiles")
    page.locator("#p-today > summary").click()
    page.get_by_role("button", name="Copy summary").first.click()
    page.wait_for_selector(".copy:has-text('copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Correct").first.click()
    page.wait_for_selector("#page-1")

    assert "Handout " in copied
    assert page.locator("#f-patient").input_value() == "Zoë Quagga"


def test_a_link_of_a_record_system_finds_the_browser_that_was_let_in(browser):
    key = Key()
    served = Served(new_site(), key)
    try:
        page = browser.new_context(locale="en-US").new_page()
        page.goto(f"{served.address}/?token={key.token}")
        link = f'<a href="{served.address}/?code=M17.12&amp;lang=es">Handout</a>'
        page.route("http://ehr.example/", lambda route: route.fulfill(
            content_type="text/html", body=link))
        page.goto("http://ehr.example/")
        page.get_by_role("link", name="Handout").click()
        page.wait_for_selector("#page-1")

        assert page.locator("#f-diagnosis").input_value() == "M17.12"
        assert page.locator("#f-language").input_value() == "es"
    finally:
        served.stop()


def test_escape_on_the_first_page_does_nothing(visit):
    page = visit()
    page.keyboard.press("Escape")

    assert page.locator("#f-diagnosis").is_visible()  # and no error was told


@pytest.fixture
def elsewhere():
    """The address of a page of another origin."""
    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>A record system</title>")

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


def test_a_page_of_another_origin_reads_the_responder_and_nothing_else(browser, home, elsewhere):
    page = browser.new_page()
    page.goto(elsewhere)
    read = """([address, body]) => fetch(address, body ? {method: "POST", body, headers: {
      "Content-Type": "application/json", Authorization: "Bearer x"}} : {})
      .then((answer) => answer.text()).catch(() => "refused")"""
    asked = "?mainSearchCriteria.v.c=M17.12&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"
    call = json.dumps({"hook": "patient-view", "context": {"patientId": "ana"},
                       "prefetch": {"patient": patient(), "conditions": bundle(
                           condition((CM, "M17.12")))}})

    assert "osteoarthritis.pdf?side=left" in page.evaluate(read, [f"{home}/infobutton{asked}", ""])
    assert "osteoarthritis.pdf?side=left" in page.evaluate(
        read, [f"{home}/cds-services/handout-for-patient", call])
    assert page.evaluate(read, [f"{home}/", ""]) == "refused"
    page.close()
