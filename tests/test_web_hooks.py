"""Record systems ask from elsewhere: CDS Hooks, CORS, a public address behind a proxy.

The calls are as the client of github.com/cds-hooks/sandbox sends them: `service-exchange.js` and
`discovery-services-retrieval.js`, whose own code got its card here and opened the handout.
"""

import json

import pytest
from exports import CM, SCT, bundle, concept, condition, patient
from helpers import page_texts
from starlette.testclient import TestClient
from web_helpers import HOME, PORT

from handouts.web.app import make_app

PUBLIC = "https://handouts.example/knee"
ASKED = {"mainSearchCriteria.v.c": "M17.12", "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90"}
ELSEWHERE = {"Origin": "https://ehr.example", "Sec-Fetch-Site": "cross-site",
             "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
VIEW, NOTED = "/cds-services/handout-for-patient", "/cds-services/handout-for-problem"


@pytest.fixture(scope="module")
def outside(site):
    """The same page as the internet sees it through a proxy."""
    app = make_app(site, PORT, None, PUBLIC)
    with TestClient(app, base_url="http://handouts.example") as client:
        yield client


def call(*conditions, hook="patient-view", who=None, medicines=None, added=None, **more):
    """A call as a client sends it."""
    who = patient() if who is None else who
    context = {"userId": "Practitioner/example", "patientId": "ana", "encounterId": "89284"}
    if added is not None:
        context["conditions"] = bundle(*added)
    sent = {"patient": who, "conditions": bundle(*conditions) if conditions else None}
    if medicines is not None:
        sent |= {"medications": bundle(*medicines), "procedures": None}
    return {"hook": hook, "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
            "fhirServer": "https://fhir.example", "fhirAuthorization": {"access_token": "x"},
            "context": context, "prefetch": sent, **more}


KNEE = condition((CM, "M17.12"))
WARFARIN = {"resourceType": "MedicationRequest", "status": "active", "subject": {
    "reference": "Patient/ana"}, "medicationCodeableConcept": {"text": "Warfarin 5 mg"}}


# -- CDS Hooks -------------------------------------------------------------------------------------


def test_discovery_names_each_service_with_what_it_needs(web):
    services = web.get("/cds-services").json()["services"]

    assert [(each["hook"], each["id"]) for each in services] == [
        ("patient-view", "handout-for-patient"),
        ("problem-list-item-create", "handout-for-problem")]
    for each in services:  # CDS Hooks 2.0: required, recommended; templates of a read or a search
        assert all(each[name] for name in ("hook", "id", "title", "description"))
        assert each["prefetch"]["patient"] == "Patient/{{context.patientId}}"
        assert each["prefetch"]["conditions"] == "Condition?patient={{context.patientId}}"


def test_a_patient_with_a_knee_gets_a_card_that_opens_the_handout(web):
    card, = web.post(VIEW, json=call(KNEE, medicines=[WARFARIN])).json()["cards"]

    assert card["summary"] == "Handout: Ask us before any massage: Osteoarthritis"
    assert len(card["summary"]) < 140
    assert card["indicator"] in ("info", "warning", "critical")
    assert card["source"]["label"]
    assert [link["type"] for link in card["links"]] == ["absolute", "absolute"]
    pdf = web.get(card["links"][0]["url"].removeprefix(HOME))
    assert card["links"][0]["url"] == (
        f"{HOME}/handouts/osteoarthritis.pdf?side=left&flag=anticoagulant&lang=en")
    assert "Ask us before any massage" in page_texts(pdf.content)[0]
    assert "Ruiz" not in json.dumps(card)


def test_the_card_speaks_to_the_clinician_and_its_link_to_the_patient(web):
    spanish = patient(communication=[{"language": concept(("urn:ietf:bcp:47", "es"))}])
    card, = web.post(VIEW, json=call(KNEE, who=spanish)).json()["cards"]

    assert card["summary"].startswith("Handout: Massage for your left knee")
    assert "Not all of the record was sent" in card["detail"]
    assert card["links"][0]["url"].endswith("lang=es")
    assert web.post(VIEW, json=call(KNEE), headers={"Accept-Language": "es"}).json()["cards"][0][
        "summary"].startswith("Hoja: Masaje")


@pytest.mark.parametrize("sent", [
    call(), call(condition((CM, "I10"))), call(condition((CM, "M17.12"), clinical="resolved")),
    call(KNEE, who=patient(birthDate="2015-01-01")), call(KNEE, who=patient(active=False)),
    call(KNEE, who={"resourceType": "Patient", "id": "ana"})])
def test_who_has_none_of_ours_is_no_adult_or_not_there_gets_no_card(web, sent):
    assert web.post(VIEW, json=sent).json() == {"cards": []}


def test_where_something_may_forbid_it_the_card_says_to_look(web):
    sent = call(KNEE, condition((CM, "M84.361A")))
    page = call(KNEE)
    page["prefetch"]["conditions"]["link"] = [{"relation": "next", "url": "https://x.example/2"}]

    for asked in (sent, page):
        card, = web.post(VIEW, json=asked).json()["cards"]
        assert (card["summary"], card["links"]) == (
            "Look at the record before any handout is given", [])


@pytest.mark.parametrize("text", ["severe PAD", "lumbar something", "Frequent flyer"])
def test_a_card_tells_that_something_could_not_be_read(web, text):
    unread = {**condition(), "code": {"text": text}}
    card, = web.post(VIEW, json=call(KNEE, unread)).json()["cards"]
    plain, = web.post(VIEW, json=call(KNEE)).json()["cards"]

    assert "may be a warning" in card["detail"]
    assert "may be a warning" not in plain["detail"]


ADDED = {"hook": "problem-list-item-create"}


def test_a_noted_problem_gets_its_card_with_all_that_the_record_says(web):
    told = web.post(NOTED, json=call(condition((CM, "Z79.01")), added=[KNEE], **ADDED)).json()

    assert "flag=anticoagulant" in told["cards"][0]["links"][0]["url"]


@pytest.mark.parametrize("version", ["R4", "STU3"])
def test_the_specification_s_own_problem_is_answered(web, version):
    """The example of problem-list-item-create in each version: an ankle, so nothing of ours."""
    of_r4 = {"clinicalStatus": concept(("", "active")),
             "verificationStatus": concept(("", "confirmed"))}
    ankle = {"resourceType": "Condition", "id": "3a14127f", "category": "problem-list-item",
             "clinicalStatus": "active", "verificationStatus": "confirmed",
             "code": {"coding": [{"system": SCT, "code": "16114001",
                                  "display": "Fracture of ankle"}], "text": "Fracture of ankle"},
             "subject": {"reference": "Patient/1288992"},
             "onsetDateTime": "2018-10-15T04:13:17-04:00", "assertedDate": "2018-11-15",
             **(of_r4 if version == "R4" else {})}
    sent = call(KNEE, added=[ankle], who={
        "resourceType": "Patient", "gender": "male", "birthDate": "1925-12-23", "id": "1288992",
        "active": True}, **ADDED)
    sent["context"]["patientId"] = "1288992"
    knee = {**ankle, "code": {"coding": [{"system": SCT, "code": "239873007"}]}}

    assert web.post(NOTED, json=sent).json() == {"cards": []}
    sent["context"]["conditions"] = bundle(knee)
    sent["prefetch"]["conditions"] = None
    assert len(web.post(NOTED, json=sent).json()["cards"]) == 1


def without(name):
    sent = call(KNEE)
    del sent["prefetch"][name]
    return sent


@pytest.mark.parametrize(("path", "sent", "status"), [
    (VIEW, without("patient"), 412), (VIEW, without("conditions"), 412),
    (VIEW, {**call(KNEE), "prefetch": None}, 412), (VIEW, call(KNEE, who=patient("bo")), 412),
    (VIEW, call(KNEE, who=KNEE), 412), (VIEW, call(KNEE, hook="order-sign"), 400),
    (VIEW, {}, 400), (VIEW, [], 400), (VIEW, {"hook": 7}, 400),
    (NOTED, call(KNEE, **ADDED), 400), ("/cds-services/none", call(KNEE), 404),
    (VIEW, {**call(KNEE), "prefetch": {"patient": patient(), "conditions": 7}}, 200)])
def test_a_call_that_is_none_is_refused_without_its_values(web, path, sent, status):
    answer = web.post(path, json=sent)

    assert answer.status_code == status
    assert "Ruiz" not in answer.text


def test_feedback_is_taken_and_a_call_may_be_as_large_as_a_table(web):
    feedback = {"feedback": [{"card": "1", "outcome": "overridden"}]}
    large = call(KNEE, *[condition((CM, "I10"), note=[{"text": "x" * 900}]) for _ in range(200)])

    assert web.post(f"{VIEW}/feedback", json=feedback).json() == {}
    assert len(web.post(VIEW, json=large).json()["cards"]) == 1
    assert web.post(VIEW, content=b"x" * 5_000_001).status_code == 413


# -- a page of another origin ----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/infobutton", "/cds-services", VIEW, f"{VIEW}/feedback"])
def test_a_page_of_another_origin_may_ask_first(web, path):
    answer = web.options(path, headers={
        **ELSEWHERE, "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
        "Access-Control-Request-Private-Network": "true"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert {"authorization", "content-type"} <= {
        name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert answer.headers["access-control-allow-private-network"] == "true"


def test_it_may_read_the_answer_and_nothing_else_of_the_page(web):
    feed = web.get("/infobutton", params=ASKED, headers=ELSEWHERE)
    cards = web.post(VIEW, json=call(KNEE), headers=ELSEWHERE)

    for answer in (feed, cards, web.get("/infobutton", headers=ELSEWHERE)):
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    for path in ("/", "/many", "/handouts/gout.pdf", "/static/page.css"):
        answer = web.get(path, headers=ELSEWHERE)
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/infobutton", "/cds-services", "/handouts/gout.html"])
def test_head_says_what_get_would(web, path):
    asked, told = web.get(path, params=ASKED if path == "/infobutton" else None), web.head(
        path, params=ASKED if path == "/infobutton" else None)

    assert (told.status_code, told.content) == (200, b"")
    assert told.headers["content-type"] == asked.headers["content-type"]


# -- a button that opens a browser -----------------------------------------------------------------


@pytest.mark.parametrize(("parameters", "headers"), [
    ({"knowledgeResponseType": "text/html"}, {}), ({}, {"Accept": "text/html,*/*;q=0.8"})])
def test_a_browser_gets_the_page_with_the_handout(web, parameters, headers):
    answer = web.get("/infobutton", params={**ASKED, **parameters}, headers=headers)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Massage for your left knee" in answer.text
    assert answer.text == web.get("/handouts/osteoarthritis.html?side=left&lang=en").text


def test_where_none_fits_the_page_says_so(web):
    answer = web.get("/infobutton", params={**ASKED, "mainSearchCriteria.v.c": "J45"},
                     headers={"Accept": "text/html", "Accept-Language": "es"})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "No hay una hoja que convenga." in answer.text
    assert "/?" not in answer.text


JOINTS = {"M00.9": "2.16.840.1.113883.6.90", "M06.9": "2.16.840.1.113883.6.90",
          "M10.9": "2.16.840.1.113883.6.90", "M19.90": "2.16.840.1.113883.6.90",
          "396275006": "2.16.840.1.113883.6.96"}


@pytest.mark.parametrize("code", JOINTS)
@pytest.mark.parametrize(("tag", "said"), [
    ("en", "The code does not say which joint it is. It may not be the knee."),
    ("es-MX", "El código no dice qué articulación es. Quizá no es la rodilla.")])
def test_of_a_code_that_does_not_say_which_joint_the_page_leads_to_the_form(web, code, tag, said):
    answer = web.get("/infobutton", headers={"Accept": "text/html"}, params={
        "mainSearchCriteria.v.c": code, "mainSearchCriteria.v.cs": JOINTS[code],
        "mainSearchCriteria.v.c1": "Z79.01", "mainSearchCriteria.v.cs1": JOINTS["M06.9"],
        "informationRecipient.languageCode.c": tag})
    form = f"/?code={code}%2CZ79.01&amp;lang={tag[:2]}"

    assert said in answer.text
    assert f'lang="{tag[:2]}"' in answer.text
    assert f'{form}"' in answer.text
    assert code in web.get(form.replace("&amp;", "&")).text


@pytest.mark.parametrize("more", [
    {"age.v.v": "9", "age.v.u": "a"}, {"informationRecipient": "PAT"},
    {"mainSearchCriteria.v.c": "Ana Ruiz"}, {"mainSearchCriteria.v.cs": "1.2.3"}])
def test_a_child_a_patient_and_what_is_no_code_are_led_to_no_form(web, more):
    answer = web.get("/infobutton", headers={"Accept": "text/html"}, params={
        "mainSearchCriteria.v.c": "M06.9", "mainSearchCriteria.v.cs": JOINTS["M06.9"], **more})

    assert "No handout fits." in answer.text
    assert "/?" not in answer.text


# -- a public address ------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["handouts.example", "handouts.example:443", "HANDOUTS.example"])
def test_links_follow_the_public_address(outside, host):
    feed = outside.get("/infobutton", params={**ASKED, "knowledgeResponseType": "application/json"},
                       headers={"Host": host}).json()["feed"]
    card, = outside.post(VIEW, json=call(KNEE), headers={"Host": host}).json()["cards"]

    wanted = f"{PUBLIC}/handouts/osteoarthritis.pdf?side=left&lang=en"
    assert [feed["entry"][0]["link"][0]["href"], card["links"][0]["url"]] == [wanted, wanted]
    assert outside.get(wanted.removeprefix(PUBLIC), headers={"Host": host}).content[:5] == b"%PDF-"


@pytest.mark.parametrize("path", ["/", "/many", "/static/page.css", "/whose?challenge=x", "/none"])
def test_under_it_there_is_nothing_of_the_practice_s_own_page(outside, path):
    assert outside.get(path).status_code == 404
    assert outside.get(path, headers={"Host": f"127.0.0.1:{PORT}"}).status_code == (
        404 if path == "/none" else 200)


@pytest.mark.parametrize("host", ["other.example", "handouts.example.evil.example", ""])
def test_another_host_is_refused_as_before(outside, host):
    assert outside.get("/infobutton", params=ASKED, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(("beside", "flag"), [
    (condition((CM, "R69")), "dvt"), (condition((CM, "Z98.890")), "dvt"),
    (condition(), "hot-swollen")])
def test_words_of_a_condition_reach_the_card_as_they_reach_a_batch(web, beside, flag):
    text = {"dvt": "Deep vein thrombosis of left leg", "hot-swollen": "hot swollen left knee"}[flag]
    beside["code"] = {**beside["code"], "text": text}
    card, = web.post(VIEW, json=call(KNEE, beside)).json()["cards"]

    assert len(card["links"]) == 2
    assert all(flag in link["url"] for link in card["links"])


def test_what_is_urgent_in_words_beside_a_code_that_tells_nothing_says_to_look(web):
    beside = condition((CM, "M79.89"))
    beside["code"] = {**beside["code"], "text": "Septic arthritis left knee"}
    card, = web.post(VIEW, json=call(KNEE, beside)).json()["cards"]

    assert card["links"] == []
