"""The page at work for a year: 2,000 previews, 50 batches and their results; its memory stays."""

import gc
from pathlib import Path

import pytest
from test_web_many import ended, sent
from web_helpers import JSON, client_of, new_site

PREVIEWS, BATCHES, ROWS = 2_000, 50, 100
SETTLED = 0.4  # of all: until then what may be kept has been kept
MOST = 12  # megabytes more after that
STATES = ("", "calm", "flare")
LINES = b"".join(b"Patient %d,%s,%d-02-03\n" % (number, cause, 1940 + number % 60)
                 for number, cause in zip(range(ROWS), [b"gout", b"M17.12", b"tendinitis",
                                                        b"bursitis"] * ROWS, strict=False))
TABLE = b"patient,cause,dob\n" + LINES.replace(b"M17.12", b"osteoarthritis")

pytestmark = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")


def megabytes():
    """What this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def grown(times, act):
    """By how much the memory grows from when it has settled to the end."""
    before = 0.0
    for number in range(times):
        if number == int(times * SETTLED):
            before = megabytes()
        act(number)
    after = megabytes()
    print(f"{times}: {before:.0f} → {after:.0f} MB")
    return after - before


@pytest.fixture
def web():
    with client_of(new_site()) as client:
        yield client


def test_previews_leave_nothing_behind(web):
    token = ""

    def preview(number):
        nonlocal token
        answer = web.post("/preview", headers=JSON, data={
            "diagnosis": "osteoarthritis", "state": STATES[number % 3], "token": token,
            "patient": f"Patient {number}", "side": ("left", "right")[number % 2]}).json()
        assert answer["ready"]
        token = answer["form"].split('name="token" value="')[1].split('"')[0]
        assert web.get(f"/pages/{token}/1?width=400").status_code == 200

    assert grown(PREVIEWS, preview) < MOST


@pytest.mark.parametrize("kind", ["zip", "run"])
def test_batches_leave_nothing_behind(web, kind):
    def batch(_):
        state = ended(web, sent(web, TABLE, kind=kind).json()["token"])
        assert (state["made"], state["failed"]) == (ROWS, [])
        # Read in parts: an answer of 15 MB held whole would be the client's memory, not the page's.
        with web.stream("POST", f"/many/{state['token']}/result") as answer:
            assert sum(map(len, answer.iter_bytes())) > ROWS

    assert grown(BATCHES, batch) < MOST
