"""The desk's page in a real Chromium as it comes up, comes back, and is laid out.

Skipped where playwright or a browser is missing.
"""

import pytest
from chromium import PROGRAM
from helpers import page_texts

pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_place"),
              pytest.mark.skipif(not PROGRAM, reason="no Chromium is installed")]


def settled(page, pages=None):
    """Waits until the preview shows what was asked for last."""
    page.wait_for_selector("#preview:not([aria-busy])")
    if pages:
        page.wait_for_selector(f"#page-{pages}")


def box(page, selector):
    return page.locator(selector).first.bounding_box()


# -- before the script, and after coming back ------------------------------------------------------


def early(page, address, act):
    """Opens an address, acts before its script is there, and lets that come."""
    held = []
    page.route("**/static/page.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#f-diagnosis")
    act()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_selector("html.scripted")
    settled(page)


def test_a_cause_that_was_typed_before_the_script_came_is_taken(visit, home):
    page = visit(None)
    early(page, f"{home}/", lambda: page.fill("#f-diagnosis", "osteoarthritis"))
    page.keyboard.press("Enter")
    settled(page, pages=5)

    assert page.locator("#f-cause").input_value() == "osteoarthritis"


def test_what_was_chosen_before_the_script_came_is_shown_and_delivered(visit, home):
    page = visit(None)
    early(page, f"{home}/?code=M17.12", lambda: (
        page.check("#f-flag-dvt"), page.fill("#f-patient", "Ana Ruiz")))
    settled(page, pages=2)
    assert page.locator("#waits").is_visible()
    with page.expect_download() as waited:
        page.click("#download")

    text = page_texts(waited.value.path().read_bytes())[0]
    assert "Ana Ruiz" in text
    assert page.locator("#f-flag-dvt").is_checked()


@pytest.mark.parametrize("path", ["/", "/many"])
def test_a_page_out_of_the_browsers_memory_is_loaded_anew(visit, home, path):
    page = visit(None)
    page.goto(home + path)
    page.evaluate("document.title = 'as it was left'")
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    assert "as it was left" not in page.title()


# -- many at once ----------------------------------------------------------------------------------

OWN = b"Wer,Wann,Was\nZoe Quagga,03/04/1958,gowt\nBo Lind,05/06/1949,M17.11\n"


def put(page, data):
    page.set_input_files("#f-table", {"name": "a.csv", "mimeType": "text/csv", "buffer": data})
    page.wait_for_selector("#seen-columns")


def choose(page, field, value):
    page.focus(field)
    with page.expect_response("**/many/look"):
        page.select_option(field, value)
    page.wait_for_selector(f"{field} option[value={value}][selected]", state="attached")


def test_a_table_of_strange_columns_is_mapped_mended_and_made(visit, home):
    page = visit(None)
    page.goto(f"{home}/many")
    put(page, OWN)
    assert "99/99/9999" in page.locator("#seen-columns").inner_text()
    assert page.locator("#seen-problem").is_visible()
    for at, name in enumerate(("patient", "dob", "cause"), 1):
        choose(page, f"#f-column-{at}", name)
        assert page.evaluate("document.activeElement.id") == f"f-column-{at}"
    assert "two ways" in page.locator("#seen-problem").inner_text()
    choose(page, "#f-dates", "dmy")
    assert page.locator("#seen-problem").count() == 0

    page.click("#start")
    page.get_by_label("Row 1, Was: instead of xxxx").select_option("gout")
    page.click("#mend button")
    page.wait_for_selector("#told:has-text('Made: 2. Not made: 0.')")
    page.check("input[name=kind][value=run]")
    page.click("#start")
    page.wait_for_selector("#result:not([hidden])")
    with page.expect_download() as waited:
        page.click("#fetch")

    text = " ".join(page_texts(waited.value.path().read_bytes()))
    assert "Apr 3, 1958" in text
    assert "Bo Lind" in text


FLAGS = (b"Name,Dx,Precautions\nZoe Quagga,gout,dvt; thinner blood\n"
         b"Bo Lind,gout,thinner blood\nCy Moe,gout,thinner blood\n")


def test_a_cell_is_mended_word_by_word_and_a_row_left_out(visit, home):
    page = visit(None)
    page.goto(f"{home}/many")
    put(page, FLAGS)
    page.click("#start")
    rows = page.locator("#failed-rows tr")
    rows.first.wait_for()
    assert "Not understood in column Precautions: xxxxxxx xxxxx." in rows.first.inner_text()
    page.get_by_label("Row 1, Precautions: instead of xxxxxxx xxxxx (word 2)").select_option(
        label="None of these: take it out")
    page.get_by_label("Row 2, Precautions").select_option("anticoagulant")
    page.get_by_label("Row 3, Precautions").select_option(label="Leave this row out")
    page.check("input[name=kind][value=run]")
    page.click("#mend button")
    page.wait_for_selector("#told:has-text('Made: 2. Not made: 0.')")
    with page.expect_download() as waited:
        page.click("#fetch")

    text = " ".join(page_texts(waited.value.path().read_bytes()))
    assert "rows that you left out: 1" in page.locator("#unused").inner_text()
    assert "You may have a blood clot" in text
    assert "blood thinner" in text
    assert "Cy Moe" not in text


def test_another_file_drops_what_was_chosen_for_the_one_before(visit, home):
    page = visit(None)
    page.goto(f"{home}/many")
    put(page, OWN)
    choose(page, "#f-column-1", "patient")
    choose(page, "#f-dates", "dmy")
    with page.expect_response("**/many/look"):
        put(page, b"Wer,Grund\nZoe Quagga,gout\n")
    page.wait_for_selector("#f-column-2")

    assert page.locator("#f-column-1").input_value() == ""
    assert page.locator("#f-dates").input_value() == ""


# -- laid out --------------------------------------------------------------------------------------


def test_fields_of_a_pair_stand_level_when_one_is_wrong(visit, home):
    page = visit(None)
    page.goto(f"{home}/?code=M17.12")
    page.fill("#f-born", "2020-01-01")
    page.wait_for_selector("#m-born")

    assert box(page, "#f-patient")["y"] == box(page, "#f-born")["y"]


@pytest.mark.parametrize("kind", ["massages", "tips"])
def test_a_choice_is_moved_beside_its_name(visit, home, kind):
    page = visit(None)
    page.goto(f"{home}/?code=M17.12")
    page.check("#f-state-calm")
    settled(page, pages=4)
    page.locator(f"#p-{kind} > summary").click()
    up = box(page, f"#p-{kind} .up")
    row = box(page, f"#p-{kind} .row:has(+ .up)")

    assert row["y"] <= up["y"] < row["y"] + row["height"]
    assert up["x"] >= row["x"] + row["width"]


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_the_buttons_stand_beside_what_is_told_of_the_preview(visit, home, locale):
    page = visit(None, (1366, 768), locale)
    page.goto(f"{home}/?code=M17.12")

    told = box(page, "#bar-told")
    assert box(page, "#bar-do")["y"] < told["y"] + told["height"]


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
@pytest.mark.parametrize(("width", "height"), [(820, 1180), (390, 844), (320, 568)])
def test_the_buttons_of_the_bar_stand_in_one_line(visit, home, width, height, locale):
    page = visit(None, (width, height), locale)
    page.goto(f"{home}/?code=M17.12")
    buttons = [box(page, f"#{name}") for name in ("next", "download", "print")]

    assert len({round(each["y"]) for each in buttons}) == 1


@pytest.mark.parametrize("locale", ["en-US", "es-US"])
def test_the_head_of_the_page_leaves_room_on_a_phone(visit, home, locale):
    page = visit(None, "phone", locale)
    page.goto(home)

    assert box(page, ".languages")["y"] < box(page, "nav")["y"]
    assert box(page, ".top")["height"] <= 844 / 6
