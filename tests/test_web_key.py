"""Who may use the page: whoever holds its key, and no page of another origin."""

import pytest
from starlette.testclient import TestClient
from web_helpers import ANA, HOME, JSON, PORT, texts

from handouts.paths import default_brand_path
from handouts.web import guard
from handouts.web.app import make_app
from handouts.web.guard import Key
from handouts.web.site import open_site

PICTURE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
VISIT = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
INFOBUTTON = ("/infobutton?mainSearchCriteria.v.c=M17.12"
              "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90")


@pytest.fixture
def key():
    return Key()


@pytest.fixture
def web(site, key):
    with TestClient(make_app(site, PORT, key), base_url=HOME, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("address", ["/", "/many", "/pages/x/1", "/?token=", "/?token=x",
                                     "/?token=x-y", "/?words=es", "/nowhere"])
def test_without_the_key_a_plain_page_says_where_to_find_it(web, address):
    answer = web.get(address)

    assert answer.status_code == 403
    assert "This page is for the person who started it." in texts(answer.text)
    assert "<form" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("address", ["/", "/preview", "/handout", "/protocols", "/find", "/many"])
def test_without_the_key_nothing_can_be_made_or_saved(web, address):
    assert web.post(address, data=ANA, headers=JSON).status_code == 403


def test_the_key_in_the_address_lets_in_and_leaves_the_address(web, key):
    entered = web.get(f"/?words=es&token={key.token}")

    assert (entered.status_code, entered.headers["location"]) == (303, "/?words=es")
    cookie = entered.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= {part.strip() for part in cookie.split(";")}
    assert key.token not in cookie
    assert web.get("/").status_code == 200
    assert web.post("/preview", data=ANA).json()["ready"]


def test_a_ticket_lets_in_once(site, key):
    ticket = key.ticket()
    app = make_app(site, PORT, key)
    answers = [TestClient(app, base_url=HOME, follow_redirects=False).get(f"/?token={ticket}")
               for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 403]
    assert not Key().admits(key.ticket())


def test_a_challenge_gives_neither_cookie_nor_ticket(web, key):
    answer = web.get("/whose?challenge=cookie")

    assert answer.text == key.proof("cookie")
    assert answer.text != key.cookie
    assert not key.admits(f"cookie-{answer.text}")


@pytest.mark.parametrize("address", [
    "/static/page.css", INFOBUTTON, "/handouts/gout.pdf", "/handouts/gout.html"])
def test_what_holds_nothing_about_patients_is_open(web, address):
    assert web.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/", "/many", "/static/page.css", "/handouts/gout.pdf"])
@pytest.mark.parametrize("site_of", ["cross-site", "same-site"])
def test_another_origin_s_page_gets_nothing_by_itself(web, key, address, site_of):
    web.get(f"/?token={key.token}")
    picture = {**PICTURE, "Sec-Fetch-Site": site_of}

    assert web.get(address, headers=picture).status_code == 403
    assert web.get(address, headers={**VISIT, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert web.get(address, headers=VISIT).status_code == 200


def test_a_question_of_an_ehr_s_page_is_answered(web):
    assert web.get(INFOBUTTON, headers=PICTURE).status_code == 200


def test_a_mere_get_writes_no_record_and_a_foreign_one_no_plate(records, cache):
    site = open_site(default_brand_path())
    kept = list(cache.iterdir())
    with TestClient(make_app(site, PORT, Key()), base_url=HOME) as web:
        for flag in site.pack.structure.flags:
            assert web.get(f"/handouts/gout.pdf?flag={flag}", headers=PICTURE).status_code == 403
        assert list(cache.iterdir()) == kept
        assert web.get("/handouts/gout.pdf").status_code == 200
        assert web.get("/handouts/gout.html").status_code == 200

    assert list(records.iterdir()) == []


@pytest.mark.parametrize(("busy", "free"), [("/handouts/gout.pdf", "/"), ("/", "/static/page.css")])
def test_too_many_requests_of_one_kind_are_told_and_leave_the_other_alone(busy, free):
    import anyio

    statuses = {}

    async def app(scope, receive, send):
        if scope["path"] == busy:
            statuses[busy] = await asked(busy)
            statuses[free] = await asked(free)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    own = guard.Guard(app, PORT, guard.Paths(public=("/handouts/", "/static/")), most=1)

    async def asked(path):
        sent = []

        async def send(message):
            sent.append(message)

        async def receive():
            return {"type": "http.request"}

        await own({"type": "http", "method": "GET", "path": path, "query_string": b"",
                   "headers": [(b"host", f"127.0.0.1:{PORT}".encode())]}, receive, send)
        names = {name.decode().lower() for name, _ in sent[0]["headers"]}
        return sent[0]["status"], {name.lower() for name in guard.HEADERS} <= names

    anyio.run(asked, busy)

    assert statuses == {busy: (503, True), free: (200, True)}


def test_a_link_in_a_record_system_leads_on_once_and_gives_nothing_to_who_lacks_the_key(web):
    first = web.get("/?code=M17.12&lang=es", headers={
        "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"})

    assert first.status_code == 200
    assert 'content="0;url=/?code=M17.12&amp;lang=es&amp;onward=1"' in first.text
    assert "Osteoarthritis" not in first.text
    assert web.get("/?code=M17.12&lang=es&onward=1").status_code == 403
    assert web.get('/?code="><script>').text.count("<script>") == 0
    assert web.get("/?words=es").status_code == 403
