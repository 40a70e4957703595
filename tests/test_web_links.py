"""What an EHR asks the page for: the responder, and the handouts that its answers lead to."""

from xml.etree import ElementTree

import pytest
from helpers import page_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_helpers import HOME

from handouts.html.page import policy

ICD = "2.16.840.1.113883.6.90"
ASKED = {"mainSearchCriteria.v.c": "M17.12", "mainSearchCriteria.v.cs": ICD}
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "\"><script>{{7*7}}</script>../../etc/passwd"


def links(feed):
    """The addresses in a feed's entries, by their type."""
    return {link.get("type"): link.get("href")
            for entry in ElementTree.fromstring(feed).iter(f"{ATOM}entry")
            for link in entry.iter(f"{ATOM}link")}


def test_a_code_leads_to_the_screened_handout_in_both_forms(web):
    answer = web.get("/infobutton", params=ASKED)
    found = links(answer.content)
    pdf, page = (web.get(found[kind].removeprefix(HOME))
                 for kind in ("application/pdf", "text/html"))

    assert (answer.status_code, answer.headers["content-type"]) == (
        200, "application/atom+xml; charset=utf-8")
    assert all(address.startswith(f"{HOME}/handouts/") for address in found.values())
    assert "Massage for your left knee" in page_texts(pdf.content)[0]
    assert "Nobody has examined your knee for this sheet." in page_texts(pdf.content)[0]
    assert pdf.headers["content-type"] == "application/pdf"
    assert "Massage for your left knee" in page.text


def test_a_question_may_come_as_a_form_of_any_origin(web):
    asked = web.get("/infobutton", params=ASKED)
    sent = web.post("/infobutton", data=ASKED, headers={
        "Origin": "https://ehr.example", "Sec-Fetch-Site": "cross-site"})

    assert (sent.status_code, sent.content) == (200, asked.content)


@pytest.mark.parametrize(("query", "status"), [
    ("", 400), ("mainSearchCriteria.v.c=M17.12", 400),
    (f"mainSearchCriteria.v.c=a&mainSearchCriteria.v.c=b&mainSearchCriteria.v.cs={ICD}", 400),
    (f"mainSearchCriteria.v.c=M17.12&mainSearchCriteria.v.cs={ICD}"
     "&knowledgeResponseType=text/csv", 415)])
def test_a_question_that_is_none_is_refused(web, query, status):
    assert web.get(f"/infobutton?{query}").status_code == status
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert web.post("/infobutton", content=query, headers=kind).status_code == status


def test_no_code_of_ours_gets_a_feed_without_entries(web):
    answer = web.get("/infobutton", params={**ASKED, "mainSearchCriteria.v.c": "J45"})

    assert (answer.status_code, links(answer.content)) == (200, {})


def test_json_is_answered_where_it_is_asked_for(web):
    answer = web.get("/infobutton", params={**ASKED, "knowledgeResponseType": "application/json"})

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert len(answer.json()["feed"]["entry"]) == 1


def test_the_page_keeps_its_own_policy(web, site):
    answer = web.get("/handouts/gout.html")

    assert answer.headers["content-security-policy"] == (
        f"{policy(site.brand)}; frame-ancestors 'none'")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_is_composed_once_a_day(web, site, monkeypatch):
    first = web.get("/handouts/bursitis.html?side=left").content
    monkeypatch.setattr(site.press, "page", None)

    assert web.get("/handouts/bursitis.html?side=left").content == first


@pytest.mark.parametrize(("address", "status"), [
    ("/handouts/none.pdf", 404), ("/handouts/gout.exe", 400), ("/handouts/gout", 400),
    ("/handouts/../pyproject.toml", 404), ("/handouts/%2e%2e%2fgout.pdf", 404),
    ("/handouts/gout.pdf?flag=none", 404), ("/handouts/gout.pdf?lang=fr", 404),
    ("/handouts/gout.pdf?side=top", 400), ("/handouts/gout.pdf?state=attack", 400),
    ("/handouts/gout.pdf?patient=Ana", 400), ("/handouts/gout.pdf?side=left&side=left", 400),
    ("/handouts/GOUT.PDF", 400)])
def test_what_is_no_address_of_a_handout_is_refused(web, address, status):
    answer = web.get(address)

    assert answer.status_code == status
    assert "Ana" not in answer.text


@pytest.mark.parametrize("name", [
    *ASKED, "taskContext.c.c", "informationRecipient.languageCode.c", "age.v.v", "patientPerson",
    "knowledgeResponseType", "unheard-of"])
def test_hostile_values_are_refused_or_plain_text(web, name):
    for answer in (web.get("/infobutton", params={**ASKED, name: HOSTILE}),
                   web.post("/infobutton", data={**ASKED, name: HOSTILE})):
        assert answer.status_code in (200, 400, 415)
        assert "<script>" not in answer.text


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=300))
def test_any_bytes_are_answered(web, body):
    assert web.post("/infobutton", content=body).status_code in (200, 400, 415)


def test_a_question_that_is_too_large_is_refused(web):
    assert web.post("/infobutton", content=b"x" * 64_001).status_code == 413
    assert web.get("/infobutton", params={**ASKED, "x": "x" * 4_000}).status_code == 414
