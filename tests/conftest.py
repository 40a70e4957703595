"""The fixtures that most tests share."""

import signal
from datetime import date
from functools import lru_cache
from itertools import count

import pytest
from chromium import ARGUMENTS, OF_THE_BROWSER, PROGRAM, SIZES, WATCH
from helpers import TODAY
from hypothesis import HealthCheck, settings
from msgspec.structs import replace
from web_helpers import Served, new_site

from handouts.brand.brand import read_brand
from handouts.compose.compose import compose
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.pdf.file import plate
from handouts.pdf.pages import typeset as setting
from handouts.press.press import Press, look_of
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose

# No test is about time: a busy machine is no fault of the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure():
    """What runs in the background, or outlives its terminal, does not hear these signals, nor do
    the processes that it starts; some tests send them."""
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


@pytest.fixture(scope="session")
def knee():
    """The knee pack."""
    return load_pack("knee")


@pytest.fixture(scope="session")
def brand():
    """The built-in brand."""
    return read_brand(default_brand_path())


@pytest.fixture
def document(knee, brand):
    """Composes a request: document(cause, state=…, flags=…, patient=Patient(…), …)."""

    def made(cause, templates=None, brand=brand, **asked):
        state = asked.get("state")
        if state and knee.cause(cause).states[state].cleared and "patient" not in asked:
            asked["patient"] = Patient("Ana Ruiz", cleared_on=date(2026, 11, 20))
        choices = choose(Request(cause, **asked), knee, today=TODAY)
        return compose(choices, knee, brand, today=TODAY, templates=templates)

    return made


@lru_cache(maxsize=256)
def laid_out(composed, practice, look):
    """The plate of a document, laid out once in a run: many choices lead to the same document."""
    return setting.typeset(composed, practice, look)


@pytest.fixture
def typeset(document, brand):
    """Typesets a request: typeset(cause, paper=…, practice={a brand's entries}, …) → its plate and
    the panel's values."""

    def made(cause, paper="letter", practice=None, **asked):
        practice = replace(brand, **(practice or {}))
        composed = document(cause, brand=practice, **asked)
        look = look_of(Request(cause, paper=paper, **asked), practice)
        return laid_out(composed, practice, look), setting.values(composed)

    return made


@pytest.fixture
def printed(typeset):
    """Prints a request, asked for as of `typeset` → bytes."""

    def made(cause, paper="letter", practice=None, **asked):
        return plate.printed(*typeset(cause, paper, practice, **asked), TODAY)

    return made


def pytest_addoption(parser):
    """The options of the suite: references in tests/refs are reviewed in the diff."""
    parser.addoption("--update-refs", action="store_true", help="rewrite tests/refs")


@pytest.fixture
def layouts(monkeypatch):
    """The documents that were laid out, one after the other."""
    seen = []
    whole = setting.typeset

    def counted(document, brand, look):
        seen.append(document.title)
        return whole(document, brand, look)

    monkeypatch.setattr(setting, "typeset", counted)
    return seen


@pytest.fixture(scope="session")
def press():
    """A press with the built-in brand that keeps nothing on disk."""
    return Press(default_brand_path())


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory):
    """Makes an empty folder, which costs less than one of pytest's by name."""
    root, numbers = tmp_path_factory.mktemp("folders"), count()

    def made():
        folder = root / str(next(numbers))
        folder.mkdir()
        return folder

    return made


@pytest.fixture(autouse=True)
def cache(monkeypatch, new_folder):
    """No test sees the cache of the machine, or that of another test."""
    folder = new_folder()
    monkeypatch.setenv("HANDOUTS_CACHE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def records(monkeypatch, new_folder):
    """No test sees the records of what was given on this machine, or those of another test."""
    folder = new_folder()
    monkeypatch.setenv("HANDOUTS_RECORDS", str(folder))
    return folder


# -- the page in the browser -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def site():
    """A site with the built-in brand that keeps nothing on disk."""
    from web_helpers import new_site

    return new_site()


@pytest.fixture(scope="module")
def web(site):
    """A browser's part in asking the site."""
    from web_helpers import client_of

    with client_of(site) as client:
        yield client


@pytest.fixture
def own_place(monkeypatch, tmp_path):
    """A folder in the place of the user's own: no saved choice or date of the machine's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("HANDOUTS_PROTOCOLS", raising=False)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026
    return tmp_path


# -- the page in a Chromium ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def home():
    """The address of a page that is served."""
    served = Served(new_site())
    yield served.address
    served.stop()


@pytest.fixture(scope="module")
def browser():
    """A Chromium."""
    with pytest.importorskip("playwright.sync_api").sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=PROGRAM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, home):
    """Opens the page in a window of a size by its name or in pixels, or an empty one without a
    path; when the test ends, nothing was refused, broken or asked of elsewhere."""
    contexts, told, elsewhere, open_pages = [], [], [], []

    def opened(path="/", size="laptop", locale="en-US", **options):
        width, height = SIZES.get(size, size)
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, **options)
        contexts.append(context)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: told.append(f"{message.type}: {message.text}")
                if "status of " not in message.text else None)  # a problem that was told
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(
            (f"{home}/", *OF_THE_BROWSER)) else elsewhere.append(request.url))
        if path:
            page.goto(home + path)
        open_pages.append(page)
        return page

    yield opened
    broken = [page.evaluate("window.broken") for page in open_pages]
    for context in contexts:
        context.close()

    assert (told, elsewhere) == ([], [])
    assert not any(broken)
