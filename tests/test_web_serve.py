"""`handouts serve`: its address, its port, its end; what is left when it is killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from contextlib import ExitStack, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from helpers import DRAFTS

import cli
from handouts.paths import default_brand_path, own_folder
from handouts.web import instances
from handouts.web import server as serving
from handouts.web.server import closing


@pytest.fixture(autouse=True)
def own_place(monkeypatch, tmp_path):
    """A home, and a folder for temporary files, of the test's own."""
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR"):
        (tmp_path / name).mkdir()
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


@pytest.fixture
def served(own_place):
    """A page that is served, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "import cli; cli.main()", "serve", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"})
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


class Browser:
    """A browser that was let in by an address."""

    def __init__(self, address):
        self.home = address.partition("?")[0]
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.first = self.get(address)

    def get(self, address, data=None, **headers):
        """What is answered, as text."""
        ask = Request(address if "://" in address else self.home + address, data, headers)
        with self._opener.open(ask, timeout=60) as answer:
            return answer.read().decode()

    def send(self, table):
        """The state of a batch that has begun."""
        body = (b'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nzip\r\n--x\r\n'
                b'Content-Disposition: form-data; name="table"; filename="t.csv"\r\n\r\n'
                + table + b"\r\n--x--\r\n")
        return json.loads(self.get("many", body, Accept="application/json", **{
            "Content-Type": "multipart/form-data; boundary=x"}))


def files(folder):
    """The files in a folder, and in the folders in it."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("ending", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_address_is_told_and_answers_until_it_is_ended(served, own_place, ending):
    process, address = served
    browser = Browser(address)
    told = files(own_place / "XDG_STATE_HOME")
    for kind in ("multipart/form-data; boundary=a", "multipart/form-data", "text/plain"):
        with pytest.raises(HTTPError, match=r"400|422"):
            browser.get("many", b"--x\r\nAna Ruiz", **{"Content-Type": kind})
    for address_of, headers, status in ((browser.home, {"Host": "evil.example:80"}, "421"),
                                        (browser.home, {}, "403")):
        with pytest.raises(HTTPError, match=status):
            urlopen(Request(address_of, headers=headers), timeout=60)
    assert not is_to_be_had_from_elsewhere(int(browser.home[:-1].rsplit(":", 1)[1]))
    process.send_signal(getattr(signal, ending))

    assert address.startswith("http://127.0.0.1:")
    assert "First, make the handouts yours" in browser.first
    assert [path.stat().st_mode & 0o777 for path in told] == [0o600]
    assert process.communicate(timeout=60) == ("", DRAFTS)
    assert process.returncode == 0
    assert files(own_place / "XDG_STATE_HOME") == []


def is_to_be_had_from_elsewhere(port):
    """Whether the port answers at an address that other computers reach, where there is one."""
    outside = socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)[0][4]
    with socket.socket() as other:
        other.settimeout(2)
        return not outside[0].startswith("127.") and other.connect_ex(outside) == 0


@pytest.mark.parametrize("ending", ["SIGKILL", "SIGHUP"])
def test_nothing_of_a_table_is_left_when_the_page_is_killed(served, own_place, cache, records,
                                                            ending):
    process, address = served
    browser = Browser(address)
    rows = [f"Quillon{at:04},1960-02-29,{cause},{'x' * 1500}" for at in range(250)
            for cause in ("gout", "bursitis", "meniscus-tear", "osteoarthritis")]
    state = browser.send(("patient,dob,cause,more\n" + "\n".join(rows)).encode())
    while state["done"] < 2:
        state = json.loads(browser.get(f"many/{state['token']}", Accept="application/json"))
    process.send_signal(getattr(signal, ending))
    process.communicate(timeout=60)

    left = [path for folder in (own_place, cache, records) for path in files(folder)]
    assert (state["state"], state["rows"]) == ("running", 1000)
    assert not any(path.suffix in (".pdf", ".zip", ".csv") for path in left)
    assert not any(b"Quillon" in text or b"Q u i l" in text
                   for path in left for text in (path.read_bytes(), inflated(path.read_bytes())))


def inflated(data):
    """The compressed streams in some bytes, as in a PDF, made plain."""
    found, start = [], data.find(b"stream\n")
    while start >= 0:
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[start + 7:]))
        start = data.find(b"stream\n", start + 7)
    return b"\n".join(found)


# -- the port --------------------------------------------------------------------------------------


@pytest.fixture
def taken():
    """A port that another program listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_that_was_asked_for_is_told(capsys, taken):
    code = cli.run(["serve", "--no-open", "--port", str(taken)])
    out, err = capsys.readouterr()

    assert (code, out) == (2, "")
    assert err == (f"{DRAFTS}handouts: port {taken}: is taken by another program, or can't be had "
                   "(address already in use)\nLeave --port out, and a free one is taken.\n")


def test_where_the_usual_port_is_in_use_a_free_one_is_taken_and_told(capsys, taken, monkeypatch):
    monkeypatch.setattr(serving, "PORT", taken)
    with serving._socket_for(None) as listener:
        port = listener.getsockname()[1]

    assert port != taken
    assert capsys.readouterr().err == (
        f"Port {taken} is taken by another program; the page is on port {port}.\n")


# -- a second start --------------------------------------------------------------------------------


@pytest.fixture
def shown(monkeypatch):
    """The addresses that a browser was opened with."""
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    return opened


def test_a_second_start_opens_the_page_that_runs(served, shown, capsys, tmp_path):
    _, address = served
    other = instances.RunningPage(0, "", str(tmp_path / "brand.toml"))
    # With another brand it is another page.
    assert instances.find(other, own_folder("state")) is None
    code = cli.run(["serve"])
    out, err = capsys.readouterr()

    assert (code, out, err) == (0, f"{address}\n", f"{DRAFTS}The page is running already.\n")
    assert len(shown) == 1
    assert address.rsplit("=")[1] not in shown[0]  # others can read what a browser is started with
    assert "First, make the handouts yours" in Browser(shown[0]).first


@pytest.fixture
def kept(own_place):
    """Keeps the file of a page that is said to run on a port; the page and its file."""
    with ExitStack() as stack:
        def made(port):
            page = instances.RunningPage(port, "key", str(default_brand_path().resolve()))
            stack.enter_context(instances.registered(page, own_folder("state")))
            return page, next(own_folder("state").glob(f"*-{port}.json"))

        yield made


def test_what_another_program_answers_on_the_port_of_a_page_is_not_believed(kept):
    def other_program():
        link, _ = listener.accept()
        link.recv(1000)
        link.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nours")
        link.close()

    with serving.listening(0) as listener:
        page, path = kept(listener.getsockname()[1])
        thread = threading.Thread(target=other_program)
        thread.start()
        found = instances.find(page, own_folder("state"))
        thread.join()

    assert found is None
    assert not path.exists()


def test_a_page_that_was_killed_is_forgotten(kept):
    with serving.listening(0) as listener:
        port = listener.getsockname()[1]
    page, path = kept(port)

    assert instances.find(page, own_folder("state")) is None
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder is the user's by its rights")
def test_a_file_that_others_can_write_is_not_believed(kept):
    page, path = kept(1)
    path.chmod(0o666)

    assert instances._read(path) is None
    path.chmod(0o600)
    assert instances._read(path) == page


# -- Windows ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [2, 5, 6])
def test_a_closed_console_ends_the_page_before_it_is_answered(event):
    told, ended = [], threading.Event()
    threading.Timer(0.2, ended.set).start()
    began = time.monotonic()
    answer = closing(lambda: told.append("end"), ended)(event)

    assert (answer, told) == (True, ["end"])
    assert 0.1 < time.monotonic() - began < 3


@pytest.mark.parametrize("event", [0, 1])
def test_ctrl_c_is_left_to_its_signal(event):
    assert closing(lambda: 1 / 0, threading.Event())(event) is False


def test_a_console_that_closes_is_answered_in_time_though_the_page_does_not_end():
    assert closing(lambda: None, threading.Event(), patience=0.1)(2) is True


# -- what is wrong ---------------------------------------------------------------------------------


def test_what_is_missing_is_told_with_its_cure(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "handouts.web.server", raising=False)

    assert cli.run(["serve", "--no-open"]) == 2
    assert capsys.readouterr().err == (
        "handouts: serve: needs a few libraries more\npip install 'handouts[web]'\n")


def test_a_brand_that_is_wrong_is_told_at_once(capsys, tmp_path):
    assert cli.run(["serve", "--no-open", "--brand", str(tmp_path / "none.toml")]) == 4
    assert "there is no such brand" in capsys.readouterr().err


def test_the_folder_of_the_running_page_is_the_user_s_own():
    assert Path(os.environ["XDG_STATE_HOME"]) in own_folder("state").parents


def test_a_page_that_prints_with_another_brand_is_found_by_it(kept, tmp_path):
    page, file = kept(1)
    other = page.printing_as(tmp_path / "brand.toml")
    instances.tell(other, own_folder("state"))

    assert str(tmp_path / "brand.toml") in file.read_text()
    assert other.port == page.port
    assert not other.prints_as(page)
