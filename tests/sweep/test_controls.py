"""The page as a desk uses it, in real browsers: every cause, state and field, every flag, tip,
question and massage, by mouse and keyboard, in each language and size, with its script and without.

After each change what the fields hold is what the preview says, and what is downloaded is the
preview to the last letter. Needs what the browser tests need.
"""

import json
import time
from contextlib import contextmanager

import chromium
import pytest
from helpers import page_texts
from pairs import pairwise
from test_web_typing import missing, served  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser
SIZES = ((1366, 768), (820, 1180), (390, 844), (320, 568))
BROWSERS = ("chromium", "firefox", "chromium without a script")
WINDOWS = [(*window, turn) for turn, window in enumerate(pairwise(
    BROWSERS, ("mouse", "keyboard"), ("en", "es"), SIZES))]
TURNS = 3  # windows in which each tip, question and massage of a cause had its turn
FIELDS = {"patient": "Ana Ruiz", "record": "MRN 12 345", "given_by": "Dr Park",
          "next_visit": "in two weeks", "note": "Call me on Friday."}
DAYS = {"born": "1960-02-29", "given_on": "2026-11-24"}
LOOKS = (("edition", ("full", "standard", "standard")), ("paper", ("a4", "letter")),
         ("format", ("", "", "large-print")), ("skin", ("dark", "light", "medium", "mixed")))
SEEN = """({
  cause: document.getElementById("f-cause").value,
  state: document.querySelector("[name=state]:checked").value || null,
  side: document.querySelector("[name=side]:checked").value || null,
  language: document.getElementById("f-language").value,
  format: document.getElementById("f-format").value || null,
  edition: document.getElementById("f-edition").value,
  flags: [...document.querySelectorAll("[name=flags]:checked")].map((it) => it.value).sort(),
  massages: [...document.querySelectorAll("[name=massages]:checked")].map((it) => it.value),
  tips: [...document.querySelectorAll("[name=tips]:checked")].map((it) => it.value)
})"""


class Desk:
    """Somebody at a page, who counts what was done and looks at what came of it."""

    def __init__(self, window, way, site, *, scripts):
        self.window, self.way, self.site, self.scripts = window, way, site, scripts
        self.done = self.told = 0

    def press(self, selector):
        """A button, a tick or a choice, by mouse or by keyboard."""
        self.window.evaluate("document.querySelectorAll('#ask details')"
                             ".forEach((it) => { it.open = true; })")
        field = f"document.querySelector({json.dumps(selector)})"
        if self.way == "mouse":
            row = self.window.evaluate(f"{field}.closest('label')?.id")
            self.window.click(f"#{row}" if row else selector)
        else:
            self.window.evaluate(f"{field}.focus()")
            is_field = self.window.evaluate(f"{field}.matches('input')")
            self.window.keys(" " if is_field else "Enter")
        self.done += 1

    def put(self, name, value):
        """A value into a field that is typed in, or chosen from a list or a calendar."""
        field = f"document.getElementById('f-{name}')"
        self.window.evaluate(f"""((field) => {{ field.focus(); field.value = {json.dumps(value)};
            for (const kind of ["input", "change"]) field.dispatchEvent(
                new Event(kind, {{ bubbles: true }})); }})({field})""")
        self.done += 1

    def settled(self, script="true"):
        """Waits until the page shows what was asked for last, and something holds."""
        if not self.scripts:
            self.window.page.locator("#go").click()
            self.window.page.wait_for_load_state()
            return
        time.sleep(0.1)  # until a key has come to be a press
        until = time.monotonic() + 60
        script = f"!document.querySelector('#preview[aria-busy]') && !!({script})"
        while not self.window.evaluate(script):
            assert time.monotonic() < until, "the preview never came"
            time.sleep(0.02)

    def looks(self):
        """The PDF of the preview, which says what the fields hold; None where the page tells what
        is to be fixed."""
        self.settled()
        if not self.window.evaluate("!!document.querySelector('#pages:not(.old)')"):
            told = self.window.evaluate("document.getElementById('problems').textContent")
            assert told.strip()
            self.told += 1
            return None
        token = self.window.evaluate("document.getElementById('f-token').value")
        made, seen = self.site.previews.get(token), self.window.evaluate(SEEN)
        facts = {name: made.facts[name] for name in seen} | {
            "flags": sorted(made.facts["flags"])}
        if made.facts["waits"]:  # then none of them is on the page, or none is printed
            for name in ("massages", "tips"):
                del seen[name], facts[name]
        assert facts == seen
        return made.pdf

    def named(self, name):
        """The values of the boxes of a name that can be ticked."""
        return self.window.evaluate(f"[...document.querySelectorAll('[name={name}]:enabled')]"
                                    ".filter((it) => it.type === 'checkbox').map((it) => it.id)")


@contextmanager
def desk_of(browser, folder, served):  # noqa: F811
    scripts = "without" not in browser
    if missing(browser.split()[0]):
        pytest.skip("no such browser, or nothing to ask it with")
    if browser == "firefox":
        from firefox import Firefox

        window = Firefox(folder / "firefox")
    else:
        window = chromium.Chromium(folder, scripts=scripts)
    try:
        yield window, scripts
    finally:
        window.close()


@pytest.mark.parametrize(("browser", "way", "language", "size", "turn"), WINDOWS)
def test_what_the_fields_hold_is_what_is_shown_and_what_is_delivered(
        tmp_path, served, browser, way, language, size, turn):  # noqa: F811
    with desk_of(browser, tmp_path, served) as (window, scripts):
        window.resize(*size)
        window.goto(f"{served.address}/?words={language}")
        window.click(".brand")  # a window without a press has no focus for keys in Firefox
        desk = Desk(window, way, served.site, scripts=scripts)
        for number, cause in enumerate(served.site.pack.structure.causes):
            one_patient(desk, cause, number + turn)
        print(f"{browser}, {way}, {language}, {size}: {desk.done} changes, {desk.told} told")


def one_patient(desk, cause, number):
    """All states of a cause, some of all flags, tips, questions and massages, every field; and what
    is downloaded of it."""
    desk.press(f"#pick-{cause}")
    desk.settled("document.getElementById('f-cause').value")
    desk.press(f"#f-side-{('left', 'right', 'both', 'none')[number % 4]}")
    for state in desk.site.pack.cause(cause).states:
        desk.press(f"#f-state-{state}")
        if desk.looks() is None:
            desk.put("cleared_on", "2026-11-20")
            assert desk.looks()
    flags = desk.named("flags")
    for at in range(3):
        desk.press(f"#{flags[(3 * number + at) % len(flags)]}")
        desk.looks()
        desk.press(f"#{flags[(3 * number + at) % len(flags)]}")
    assert desk.looks()
    for name in ("massages", "tips", "questions"):
        for box in desk.named(name)[number % TURNS::TURNS]:
            desk.press(f"#{box}")
            if desk.looks() is None:  # one too many, or none
                desk.press(f"#{box}")
                assert desk.looks()
    handed_over(desk, number)
    desk.press("#next")
    desk.settled("document.getElementById('picks')")


def handed_over(desk, number):
    for name, value in (*FIELDS.items(), *DAYS.items()):
        desk.put(name, value)
    for name, choices in LOOKS:
        desk.put(name, choices[number % len(choices)])
    desk.press("#f-mono")
    pdf = desk.looks()
    got = desk.window.downloaded(lambda: desk.press("#download"))

    text = page_texts(got)
    assert text == page_texts(pdf)
    said = " ".join(" ".join(text).split())
    assert [value for value in FIELDS.values() if value not in said] == []
    assert "1960" in said
