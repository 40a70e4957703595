"""`handouts serve`: its address, its port, its end."""

import os
import signal
import socket
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import cli


@pytest.fixture
def served():
    """A page that is served, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "import cli; cli.main()", "serve", "--port", "0", "--no-open"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"})
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


def test_the_address_is_told_and_answers_until_ctrl_c(served):
    process, address = served
    with urlopen(address, timeout=20) as answer:
        page = answer.read().decode()
    process.send_signal(signal.SIGINT)

    assert address.startswith("http://127.0.0.1:")
    assert "What is the cause?" in page
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 0


def test_it_is_not_to_be_had_from_elsewhere_or_by_another_name(served):
    _, address = served
    port = int(address.rstrip("/").rsplit(":", 1)[1])
    with pytest.raises(HTTPError, match="421"):
        urlopen(Request(address, headers={"Host": f"evil.example:{port}"}), timeout=5)
    outside = socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)[0][4]
    if not outside[0].startswith("127."):
        with socket.socket() as other:
            other.settimeout(2)
            assert other.connect_ex(outside) != 0


def test_a_port_in_use_is_told(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = cli.run(["serve", "--no-open", "--port", str(port)])
    out, err = capsys.readouterr()

    assert (code, out) == (2, "")
    assert err == (f"handouts: port {port}: can't be had (address already in use)\n"
                   "Is the page open already? Or choose another: handouts serve --port 0 takes "
                   "any free one.\n")


def test_what_is_missing_is_told_with_its_cure(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    monkeypatch.delitem(sys.modules, "handouts.web.serve", raising=False)

    assert cli.run(["serve", "--no-open"]) == 2
    assert capsys.readouterr().err == (
        "handouts: serve: needs a few libraries more\npip install 'handouts[web]'\n")


def test_a_brand_that_is_wrong_is_told_at_once(capsys, tmp_path):
    assert cli.run(["serve", "--no-open", "--brand", str(tmp_path / "none.toml")]) == 4
    assert "there is no such brand" in capsys.readouterr().err
