"""Connections that ask for nothing never keep a browser out."""

import json
import socket
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from io import BytesIO
from zipfile import ZipFile

import pytest
import uvicorn
from web_helpers import new_site

from handouts.web.app import make_app
from handouts.web.server import Connection, listening


class Quick(Connection):
    head_seconds, most = 0.5, 5


@pytest.fixture(scope="module")
def port():
    """The port of a page that waits half a second for the head of a request, on five at once."""
    with listening(0) as listener:
        number = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(make_app(new_site(), number), http=Quick,
                                               log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield number
        server.should_exit = True
        thread.join()


def opened(port, data):
    """A connection that sent something."""
    link = socket.create_connection(("127.0.0.1", port), timeout=60)
    link.sendall(data)
    return link


def is_closed(link, within):
    """Whether the server ends a connection in time."""
    link.settimeout(within)
    try:
        while link.recv(65536):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"


def test_half_open_connections_keep_nobody_out(port):
    links = [opened(port, HEAD % port) for _ in range(12)]
    answer = HTTPConnection("127.0.0.1", port, timeout=60)
    answer.request("GET", "/static/page.css")
    status = answer.getresponse().status
    closed = [is_closed(link, 60) for link in links]
    for link in (*links, answer):
        link.close()

    assert status == 200
    assert all(closed)


@pytest.mark.parametrize("first", [b"", HEAD + b"\r\n"])
def test_a_head_that_trickles_ends(port, first):
    link = opened(port, first % port if first else b"")
    time.sleep(0.1)
    began = time.monotonic()
    with suppress(OSError), link:  # a broken pipe or a reset, as it comes
        while time.monotonic() - began < 60:
            link.sendall(b"G")
            time.sleep(0.05)

    assert time.monotonic() - began < 60


def test_a_download_that_was_broken_off_can_be_fetched_again(port):
    table = "patient,cause\n" + "".join(f"Ana {at},gout\n" for at in range(100))
    body = (f'--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nzip\r\n'
            f'--x\r\nContent-Disposition: form-data; name="table"; filename="t.csv"\r\n\r\n'
            f"{table}\r\n--x--\r\n")
    token = asked(port, "/many", body, {"Content-Type": "multipart/form-data; boundary=x",
                                        "Accept": "application/json"})["token"]
    while asked(port, f"/many/{token}")["state"] == "running":
        time.sleep(0.05)
    first = opened(port, b"POST /many/%b/result HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                         b"Content-Length: 0\r\n\r\n" % (token.encode(), port))
    assert first.recv(15) == b"HTTP/1.1 200 OK"
    first.close()
    time.sleep(0.5)
    again = asked(port, f"/many/{token}/result", "")

    assert len(ZipFile(BytesIO(again)).namelist()) == 101


def asked(port, address, body=None, headers=None):
    """What the page answers, read from JSON where it is that."""
    link = HTTPConnection("127.0.0.1", port, timeout=20)
    link.request("GET" if body is None else "POST", address, body, headers or {})
    answer = link.getresponse()
    data = answer.read()
    link.close()
    return json.loads(data) if "json" in answer.headers["content-type"] else data


def test_a_request_may_take_longer_than_its_head(port):
    body = b"POST /infobutton HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 3\r\n\r\n" % port
    link = opened(port, body)
    time.sleep(0.8)
    link.sendall(b"a=b")

    assert link.recv(15) == b"HTTP/1.1 400 Ba"
    link.close()


@pytest.mark.parametrize("rest", [b"Content-Length: 30\r\n\r\na=b",
                                  b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\nno number\r\n"])
@pytest.mark.parametrize("path", [b"infobutton", b"preview", b"many"])
def test_who_hangs_up_within_what_is_sent_is_no_bug(port, cache, capfd, path, rest):
    kind = b"Content-Type: multipart/form-data; boundary=x\r\n" if path == b"many" else b""
    link = opened(port, b"POST /%b HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%b%b" % (
        path, port, kind, rest))
    time.sleep(0.2)
    link.close()
    time.sleep(0.3)

    assert capfd.readouterr().err == ""
    assert not (cache / "bugs.log").exists()
    assert asked(port, "/static/page.css")
