"""A Chromium to ask in tests, by playwright; no tests here."""

import os
import shutil

PROGRAM = os.environ.get("HANDOUTS_BROWSER") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]

SIZES = {"zoomed": (320, 256), "laptop": (1280, 720), "tablet": (820, 1180), "phone": (390, 844)}
OF_THE_BROWSER = ("blob:", "data:", "chrome:", "chrome-extension:")  # its PDF viewer
# Run in each page: what its policy refused, and whether it printed.
WATCH = """window.broken = [];
window.print = () => { top.printed = true; };
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`); });"""


class Chromium:
    """One window, asked as `firefox.Firefox` is."""

    types_days = True  # month, day and year lead on by themselves

    def __init__(self, _folder, *, scripts=True):
        from playwright.sync_api import sync_playwright

        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        self.page = self._browser.new_page(viewport={"width": 1366, "height": 768}, locale="en-US",
                                          java_script_enabled=scripts)

    def resize(self, width, height):
        """Gives the page another size."""
        self.page.set_viewport_size({"width": width, "height": height})

    def goto(self, address):
        """Opens an address."""
        self.page.goto(address)

    def evaluate(self, script):
        """What a JavaScript expression gives; of the next page while one is on its way."""
        from playwright.sync_api import Error

        while True:
            try:
                return self.page.evaluate(f"async () => await ({script})")
            except Error as error:
                if "context was destroyed" not in error.message:
                    raise

    def keys(self, text):
        """Presses keys, one after the other: characters, or Enter, Escape, Tab."""
        if text in ("Enter", "Escape", "Tab"):
            self.page.keyboard.press(text)
        else:
            self.page.keyboard.type(text)

    def click(self, selector):
        """Presses the mouse on an element."""
        self.page.click(selector)

    def downloaded(self, act):
        """The bytes of the file that an act leads to."""
        with self.page.expect_download() as waited:
            act()
        return waited.value.path().read_bytes()

    def close(self):
        """Ends it."""
        self._browser.close()
        self._driver.stop()
