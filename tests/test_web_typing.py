"""What is typed, at any speed, is what is shown and what is printed: in Chromium and in Firefox."""

import time
from importlib.util import find_spec
from itertools import cycle

import chromium
import pytest
from helpers import page_texts
from web_helpers import Served, new_site

pytestmark = pytest.mark.browser
# Seconds: the page sends what was typed after 0.25. Every field is left for longer, twice or more.
PAUSES = (0.02, 0.5, 0.02, 0.02, 0.25, 0.02)
TYPED = {
    "patient": "Ana María Ñandú Иван", "born": "02291960", "record": "MRN 12 345",
    "given_by": "Dr Jo Park", "given_on": "11252026", "next_visit": "in two weeks, mañana",
    "note": "Stop the ibuprofen and call me on Friday, señora.", "cleared_on": "11202026",
    "minutes.self-massage": "12", "times.self-massage": "2", "protocol_name": "Tear, first visit"}
DAYS = {"born": ("1960-02-29", "Feb 29, 1960"), "given_on": ("2026-11-25", "Nov 25, 2026"),
        "cleared_on": ("2026-11-20", "Nov 20, 2026")}
NOT_PRINTED = {"protocol_name", "minutes.self-massage", "times.self-massage"}


def missing(name):
    """What is not at hand for a browser."""
    if name == "chromium":
        return not chromium.PROGRAM or not find_spec("playwright")
    return not find_spec("websockets") or not __import__("firefox").PROGRAM


@pytest.fixture(params=["chromium", "firefox"])
def window(request, tmp_path):
    if missing(request.param):
        pytest.skip(f"no {request.param}, or nothing to ask it with")
    if request.param == "chromium":
        opened = chromium.Chromium(tmp_path)
    else:
        from firefox import Firefox

        opened = Firefox(tmp_path / "firefox")
    yield opened
    opened.close()


@pytest.fixture
def served(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("HANDOUTS_PROTOCOLS", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026
    site = Served(new_site())
    yield site
    site.stop()


def settled(window, script="true"):
    """Waits until the preview shows what was asked for last, and something holds."""
    script = f"!document.querySelector('#preview[aria-busy]') && !!({script})"
    until = time.monotonic() + 60
    while not window.evaluate(script):
        assert time.monotonic() < until, script
        time.sleep(0.05)


def typed_slowly(window, name, text):
    window.evaluate(f"document.getElementById('f-{name}').focus()")
    if name in DAYS and not window.types_days:
        chosen(window, name)
        return
    for key, pause in zip(text, cycle(PAUSES), strict=False):
        window.keys(key)
        time.sleep(pause)
    time.sleep(0.4)
    settled(window)


def chosen(window, name):
    """A day as the browser's calendar puts it in."""
    window.evaluate(f"((field) => {{ field.value = '{DAYS[name][0]}'; for (const kind of ['input', "
                    "'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); })("
                    f"document.getElementById('f-{name}'))")
    time.sleep(0.4)
    settled(window)


def values(window):
    """What the fields hold."""
    return window.evaluate("Object.fromEntries([" + ",".join(
        f"['{name}', document.getElementById('f-{name}').value]" for name in TYPED) + "])")


def printed(pdf):
    """The typed values that page 1 of a PDF does not show."""
    text = " ".join(page_texts(pdf)[0].split())
    shown = {name: DAYS[name][1] if name in DAYS else text for name, text in TYPED.items()}
    return [name for name, value in shown.items() if name not in NOT_PRINTED and value not in text]


def test_what_is_typed_slowly_is_what_is_shown_and_what_is_delivered(window, served):
    window.goto(served.address)
    typed_slowly(window, "diagnosis", "ligament tear")
    window.keys("Enter")
    settled(window, "document.getElementById('p-state')")
    window.click("#l-state-cleared")
    settled(window, "document.getElementById('f-cleared_on')")
    window.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for name, text in TYPED.items():
        typed_slowly(window, name, text)
    wanted = {name: DAYS[name][0] if name in DAYS else text for name, text in TYPED.items()}

    assert values(window) == wanted
    for change in (None, "#l-side-left", "#l-flag-numbness", "#l-mono"):
        if change:
            window.click(change)
            settled(window)
        token = window.evaluate("document.getElementById('f-token').value")
        shown = served.site.previews.get(token).pdf

        assert values(window) == wanted
        assert window.downloaded(lambda: window.click("#download")) == shown
        assert printed(shown) == []
    assert "12 minutes" in " ".join(" ".join(page_texts(shown)).split())


def test_print_prints_the_handout_and_only_then_says_so(window, served, tmp_path):
    window.goto(served.address)
    if isinstance(window, chromium.Chromium):  # it has no printer here
        window.page.context.add_init_script("window.print = () => { top.printed = true; };")
        window.page.reload()
    window.click("#pick-gout")
    settled(window, "document.getElementById('page-1')")
    window.click("#print")
    settled(window, "document.getElementById('said').textContent === 'The print window opens.'")

    assert window.evaluate("document.activeElement.id") == "print"
    if isinstance(window, chromium.Chromium):
        assert window.evaluate("window.printed")
    else:
        assert "Gout" in page_texts(window.paper())[0]


def test_a_pasted_text_is_kept_whole_and_one_that_is_too_long_is_not_printed(window, served):
    note = "Rest the knee well. " * 32 + "CALL 911 IF WORSE"
    window.goto(served.address)
    window.click("#pick-gout")
    settled(window, "document.getElementById('f-note')")
    for name, text in (("note", note), ("patient", "Maria " * 20)):
        window.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        window.evaluate(f"document.getElementById('f-{name}').focus()")
        window.evaluate(f"document.execCommand('insertText', false, {text!r})")
    time.sleep(0.4)
    settled(window)

    assert window.evaluate("document.getElementById('f-note').value") == note
    assert window.evaluate("document.getElementById('m-note').textContent").startswith(
        "“Note” is 57 letters too long.")
    assert "letters too long" in window.evaluate("document.getElementById('said').textContent")
    assert window.evaluate("!document.getElementById('m-patient') === false")


def test_a_program_that_stops_is_told_though_nobody_does_anything(window, served):
    window.goto(served.address)
    window.click("#pick-gout")
    settled(window, "document.getElementById('page-1')")
    served.stop()

    settled(window, "document.getElementById('said').textContent.includes('has stopped')")


def test_in_the_other_language_the_focus_is_where_it_was(window, served):
    window.goto(served.address)
    window.click("button[name=switch]")
    until = time.monotonic() + 30
    while window.evaluate("document.documentElement?.lang") != "es":
        assert time.monotonic() < until
        time.sleep(0.1)
    time.sleep(0.4)

    assert window.evaluate("document.activeElement.name") == "switch"
