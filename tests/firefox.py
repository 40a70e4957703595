"""A Firefox to ask in tests, by WebDriver BiDi, which it speaks itself; no tests here."""

import json
import shutil
import subprocess
import time
from contextlib import ExitStack
from itertools import count

from websockets.sync.client import connect

PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Alt": "\ue00a"}
WAIT = 60  # seconds
PRINTER = "print.printer_Mozilla_Save_to_PDF"
# Nothing is fetched but what is asked for; files are saved without a question.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.folderList": 2,
    "browser.newtabpage.enabled": False,
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "intl.accept_languages": "en-US",
    "intl.locale.requested": "en-US",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "print.always_print_silent": True,
    "print_printer": "Mozilla Save to PDF",
    f"{PRINTER}.print_to_file": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One window with a profile of its own; downloads go to `files`, print to `printed`."""

    types_days = False  # without a screen no key leads from the month to the day

    def __init__(self, folder):
        self.files = folder / "files"
        profile = folder / "profile"
        profile.mkdir(parents=True)
        self.files.mkdir()
        self.printed = folder / "printed.pdf"
        chosen = {**PREFERENCES, "browser.download.dir": str(self.files),
                  f"{PRINTER}.print_to_filename": str(self.printed)}
        (profile / "user.js").write_text("".join(
            f'user_pref("{name}", {json.dumps(value)});\n' for name, value in chosen.items()))
        self._ends = ExitStack()
        with ExitStack() as ends:  # nothing is left running if it does not come up
            self._start(profile, folder, ends)
            self._ends = ends.pop_all()

    def _start(self, profile, folder, ends):
        process = subprocess.Popen(
            [PROGRAM, "--headless", "--no-remote", "--profile", str(profile),
             "--remote-debugging-port", "0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "MOZ_HEADLESS_WIDTH": "1366",
                 "MOZ_HEADLESS_HEIGHT": "768", "MOZ_CRASHREPORTER_DISABLE": "1"})
        ends.callback(process.wait, WAIT)
        ends.callback(process.terminate)
        told = profile / "WebDriverBiDiServer.json"
        waited(lambda: told.exists() and told.read_text().endswith("}"))
        place = json.loads(told.read_text())
        self._socket = ends.enter_context(connect(
            f"ws://{place['ws_host']}:{place['ws_port']}/session", max_size=None,
            ping_interval=None))
        self._numbers = count(1)
        self.ask("session.new", capabilities={"alwaysMatch": {
            "unhandledPromptBehavior": {"default": "ignore"}}})
        self.tab = self.tabs()[0]

    def ask(self, method, **given):
        """What Firefox answers to a command."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": given}))
        while True:
            answer = json.loads(self._socket.recv(timeout=WAIT))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def tabs(self):
        """The tabs that are open."""
        return [each["context"] for each in self.ask("browsingContext.getTree")["contexts"]]

    def resize(self, width, height):
        """Gives the page another size."""
        self.ask("browsingContext.setViewport", context=self.tab,
                 viewport={"width": width, "height": height})

    def goto(self, address):
        """Opens an address in the tab."""
        self.ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, script):
        """What a JavaScript expression gives: a plain value."""
        answer = self.ask(
            "script.evaluate", target={"context": self.tab}, awaitPromise=True,
            expression=f"(async () => JSON.stringify((await ({script})) ?? null))()")
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def keys(self, text, hold=()):
        """Presses keys, one after the other: characters, or one of KEYS."""
        pressed = [KEYS[text]] if text in KEYS else list(text)
        actions = [{"type": "keyDown", "value": KEYS[key]} for key in hold]
        for key in pressed:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        actions += [{"type": "keyUp", "value": KEYS[key]} for key in hold]
        self.ask("input.performActions", context=self.tab,
                 actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def click(self, selector):
        """Presses the mouse on an element, as a person does."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).scrollIntoView("
                      "{block: 'center', behavior: 'instant'})")
        node = self.ask("browsingContext.locateNodes", context=self.tab,
                        locator={"type": "css", "value": selector})["nodes"][0]
        self.ask("input.performActions", context=self.tab, actions=[{
            "type": "pointer", "id": "mouse", "actions": [
                {"type": "pointerMove", "x": 0, "y": 0,
                 "origin": {"type": "element", "element": {"sharedId": node["sharedId"]}}},
                {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]}])

    def downloaded(self, act):
        """The bytes of the file that an act leads to."""
        before = set(self.files.iterdir())
        act()
        whole = waited(lambda: [path for path in set(self.files.iterdir()) - before
                                if path.suffix == ".pdf" and path.stat().st_size
                                and not path.with_name(f"{path.name}.part").exists()])
        return whole[0].read_bytes()

    def paper(self):
        """The pages that were printed, as a PDF that is whole."""
        return waited(lambda: self.printed.exists() and (
            data := self.printed.read_bytes()).rstrip().endswith(b"%%EOF") and data)

    def close(self):
        """Ends it."""
        self._ends.close()


def waited(found):
    """What a question gives as soon as that is something."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        if answer := found():
            return answer
        time.sleep(0.05)
    raise AssertionError("waited for nothing")
