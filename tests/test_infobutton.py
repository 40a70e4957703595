"""The Infobutton responder: what fits is answered, nothing of a patient is, and never an error."""

import json
from datetime import date
from urllib.parse import parse_qsl, urlencode

import feedparser
import msgspec
import pytest
from helpers import TODAY
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from handouts.brand.reviews import Reviews
from handouts.coding import codes
from handouts.infobutton import Accepted, answer, pairs_of
from handouts.infobutton.feed import matched
from handouts.infobutton.question import question
from handouts.pack.signatures import Signature
from handouts.request import addresses
from handouts.request.request import Request

CODE, SYSTEM = "mainSearchCriteria.v.c", "mainSearchCriteria.v.cs"
ICD, SNOMED = (oid for _, oid in codes.SYSTEMS.values())
LANGUAGE, FORM = "informationRecipient.languageCode.c", "knowledgeResponseType"
BASE = "https://handouts.example/knee"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def ask(knee, brand):
    """Asks a question: ask((name, value), …, base_url=…) → the Answer."""

    def asked(*pairs, base_url=BASE, brand=brand, today=TODAY):
        return answer(pairs, Reviews(knee, brand, today), base_url=base_url)

    return asked


@pytest.fixture(scope="module")
def found(ask):
    """The requests of the handouts that codes find, by the links of the feed."""

    def asked(*pairs):
        told = ask(*pairs)
        assert told.status == 200
        feed = feedparser.parse(told.body)
        links = [link for entry in feed.entries for link in entry.links]
        assert [link.type for link in links] == ["application/pdf", "text/html"] * len(feed.entries)
        return [addresses.read(link.href.removeprefix(BASE)).request for link in links[::2]]

    return asked


JSONP = ("JSONP is not answered, for it runs what another server sends; ask with "
         f"{FORM}=application/json: CORS lets a page of any origin read it")


def coded(*given, system=ICD):
    """The parameters for codes, the further ones numbered."""
    return [pair for at, code in enumerate(given)
            for pair in ((f"{CODE}{at or ''}", code), (f"{SYSTEM}{at or ''}", system))]


# -- what fits -------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", [ICD, f"urn:oid:{ICD}", "http://hl7.org/fhir/sid/icd-10-cm"])
def test_a_code_finds_its_handout_by_oid_and_by_uri(found, system):
    assert found(*coded("M17.11", system=system)) == [
        Request("osteoarthritis", side="right", language="en")]


def test_a_snomed_code_finds_its_handout(found):
    assert found(*coded("30989003", system=SNOMED)) == [Request("knee-pain", language="en")]


@pytest.mark.parametrize("pairs", [
    coded("J45.909"), coded("M17.11", system="2.16.840.1.113883.6.103"),
    coded("M17.11", system=SNOMED), coded("Z79.01"), coded("396275006", system=SNOMED),
    coded("knee pain"),
])
def test_what_is_no_cause_of_a_known_system_or_only_asks_finds_nothing(found, pairs):
    assert found(*pairs) == []


def test_the_most_cautious_of_several_codes_wins_and_flags_are_collected(found):
    assert found(*coded("M17.11", "M10.062", "Z79.01", "J45.909")) == [
        Request("gout", side="left", flags=("gout-in-knee", "anticoagulant"), language="en")]


def test_two_knees_of_one_cause_are_both(found):
    assert found(*coded("M17.11", "M17.12")) == [
        Request("osteoarthritis", side="both", language="en")]


def test_something_urgent_that_is_not_certain_leaves_the_answer_to_a_person(found):
    assert found(*coded("M17.11", "M84.361A")) == []
    assert found(*coded("M17.11", "M84.361A")[:2]) != []


@pytest.mark.parametrize(("tag", "language"), [
    ("es", "es"), ("es-MX", "es"), ("ES_us", "es"), ("en", "en"), ("fr", "en"), ("", "en"),
    ("../x", "en")])
def test_languages_match_exactly_then_by_their_base_then_by_default(ask, found, tag, language):
    pairs = [*coded("M17.11"), (LANGUAGE, tag)]

    assert [request.language for request in found(*pairs)] == [language]
    feed = feedparser.parse(ask(*pairs).body)
    assert feed.feed.language == language
    assert {link.hreflang for link in feed.entries[0].links} == {language}


def test_the_handout_is_for_the_recipient_not_for_who_asks(found):
    asked = [*coded("M17.11"), ("performer.languageCode.c", "en"), (LANGUAGE, "es")]

    assert found(*asked)[0].language == "es"
    assert found(*coded("M17.11"), ("performer.languageCode.c", "es"))[0].language == "es"


@pytest.mark.parametrize(("age", "entries"), [
    ([("age.v.v", "17"), ("age.v.u", "a")], 0), ([("age.v.v", "18"), ("age.v.u", "a")], 1),
    ([("age.v.v", "17.9")], 0), ([("age.v.v", "200"), ("age.v.u", "mo")], 0),
    ([("age.v.v", "400"), ("age.v.u", "mo")], 1), ([("age.v.v", "6000"), ("age.v.u", "D")], 0),
    ([("ageGroup.v.c", "D000293")], 0), ([("ageGroup.v.c", "d000293")], 0),
    ([("ageGroup.v.c", "D000328")], 1), ([("ageGroup.v.c", "D000369")], 1),
    ([("ageGroup.v.dn", "child")], 0), ([("ageGroup.v.dn", "Aged")], 1),
    ([("ageGroup.v.dn", "Adolescent"), ("ageGroup.v.c", "D000328")], 0),
    ([("ageGroup.v.dn", "Erwachsene"), ("ageGroup.v.c", "D000328")], 1),
    ([("ageGroup.v.c", "x")], 0), ([("ageGroup.v.dn", "?"), ("age.v.v", "50")], 0),
    ([("AGE.V.V", "9"), ("AGE.V.U", "A")], 0), ([("AgeGroup.V.C", "D000293")], 0),
    ([("age.v.v", "1e3"), ("age.v.u", "d")], 0), ([("age.v.v", "NaN")], 0),
    ([("age.v.v", "-50")], 0), ([("age.v.v", "inf")], 0), ([("age.v.v", "600")], 0),
    ([("age.v.v", "40"), ("age.v.u", "min")], 0), ([("age.v.v", "40"), ("age.v.u", "?")], 0),
    ([("age.v.v", "40"), ("age.v.u", "years")], 1), ([("age.v.u", "a")], 1),
    ([("age.v.v", "old")], 0), ([("age.v.v", "")], 1)])
def test_who_may_be_a_child_gets_no_handout(found, age, entries):
    assert len(found(*coded("M17.11"), *age)) == entries


@pytest.mark.parametrize("number", ["01", "1", "0", "00", "100", "000000007"])
def test_a_code_counts_however_its_name_is_written(found, number):
    asked = [*coded("M17.11"), (f"MAINSEARCHCRITERIA.V.C{number}", "Z79.01"),
             (f"mainsearchcriteria.v.cs{number}", ICD)]

    assert found(*asked) == [
        Request("osteoarthritis", side="right", flags=("anticoagulant",), language="en")]


def test_a_name_in_another_case_is_the_same_name(ask, found):
    assert found((CODE.upper(), "M17.11"), (SYSTEM.lower(), ICD), (LANGUAGE.lower(), "es"))[
        0].language == "es"
    assert ask(*coded("M17.11"), (CODE.upper(), "M10.062")).status == 400


# -- what systems really ask -----------------------------------------------------------------------


@pytest.mark.parametrize(("code", "side"), [("M17", ""), ("M17.1", ""), ("M17.11", "right")])
def test_a_parent_code_finds_what_all_below_it_have(found, code, side):
    assert found(*coded(code)) == [Request("osteoarthritis", side=side, language="en")]


@pytest.mark.parametrize(("system", "code", "flags"), [
    ("2.16.840.1.113883.6.88", "11289", ("anticoagulant",)),
    ("2.16.840.1.113883.6.69", "00056017270", ("anticoagulant",)),
    ("http://www.nlm.nih.gov/research/umls/rxnorm", "161", ())])
def test_a_medicine_sets_its_flag_and_selects_nothing_by_itself(found, system, code, flags):
    medicine = [(f"{CODE}1", code), (f"{SYSTEM}1", system)]

    assert found(*coded("M17.11"), *medicine) == [
        Request("osteoarthritis", side="right", flags=flags, language="en")]
    assert found(*coded(code, system=system)) == []


ICD9, MESH = "2.16.840.1.113883.6.103", "urn:oid:2.16.840.1.113883.6.177"


@pytest.mark.parametrize(("system", "code", "cause"), [
    (ICD9, "715.96", "osteoarthritis"), (ICD9, "71516", "osteoarthritis"),
    (ICD9, "719.46", "knee-pain"), (MESH, "D020370", "osteoarthritis")])
def test_a_code_of_an_older_system_finds_its_handout(ask, found, system, code, cause):
    assert found(*coded(code, system=system)) == [Request(cause, language="en")]
    assert b"not-read" not in ask(*coded(code, system=system)).body


def test_beside_one_of_which_the_warnings_are_not_known_it_finds_none(ask, found):
    clot = [(f"{CODE}1", "453.40"), (f"{SYSTEM}1", ICD9)]

    assert found(*coded("715.96", system=ICD9), *clot) == []
    assert found(*coded("M17.12"), *clot)[0].cause == "osteoarthritis"
    assert b"not-read" in ask(*coded("M17.12"), *clot).body
    assert found(*coded("715.96", system=ICD9), (f"{CODE}1", "Z79.01"), (f"{SYSTEM}1", ICD))[
        0].flags == ("anticoagulant",)


def test_a_code_that_is_not_of_its_system_s_form_is_told_as_not_read(ask):
    assert b"not-read" in ask(*coded("M17.12", "XYZ")).body
    assert b"not-read" not in ask(*coded("M17.12", "I10")).body


DN = "mainSearchCriteria.v.dn"


@pytest.mark.parametrize(("name", "cause", "side"), [
    ("Osteoarthritis of knee", "osteoarthritis", ""),
    ("osteoarthritis of knee (disorder)", "osteoarthritis", ""), ("Knee OA", "osteoarthritis", ""),
    ("Unilateral primary osteoarthritis, left knee", "osteoarthritis", "left"),
    ("Knee pain", "knee-pain", ""), ("Rodilla del corredor", "overuse", "")])
@pytest.mark.parametrize("coded", [
    [], [(CODE, "999.99"), (SYSTEM, "2.16.840.1.113883.6.103")],
    [(CODE, "K-17"), (SYSTEM, "2.16.840.1.113883.3.999")]])
def test_a_name_that_tells_its_place_finds_its_handout(found, coded, name, cause, side):
    assert found(*coded, (DN, name)) == [Request(cause, side=side, language="en")]


@pytest.mark.parametrize("name", [
    "Fracture", "bursitis", "tear", "Osteoarthritis", "Pain", "Asthma", "Deep venous thrombosis",
    "Knee infection, septic", "Ana Ruiz", "x" * 300])
def test_a_name_that_does_not_find_none(found, name):
    assert found((DN, name)) == []


def test_names_of_warnings_count_and_one_that_is_urgent_keeps_the_handout_back(found):
    assert found(*coded("M17.11"), (f"{DN}1", "Osteoporosis")) == [
        Request("osteoarthritis", side="right", flags=("fragile-bones",), language="en")]
    assert found(*coded("M17.11"), (f"{DN}1", "Septic arthritis of knee")) == []


# The examples of MedlinePlus Connect, of the HL7 guide (its first two) and of PMC5052552, without
# their servers; the last one is what programs really send.
EXAMPLES = [
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.103&mainSearchCriteria.v.c=250.33"
    "&mainSearchCriteria.v.dn=Diabetes%20mellitus%20with%20other%20coma%20type%201%20uncontrolled"
    "&informationRecipient.languageCode.c=en",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.96&mainSearchCriteria.v.c=41381004"
    "&mainSearchCriteria.v.dn=&informationRecipient.languageCode.c=es"
    "&knowledgeResponseType=application/json",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&mainSearchCriteria.v.c=J45.40",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.88&mainSearchCriteria.v.c=637188"
    "&mainSearchCriteria.v.dn=Chantix%200.5%20MG%20Oral%20Tablet"
    "&informationRecipient.languageCode.c=en",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.69&mainSearchCriteria.v.c=00310-0751-39"
    "&mainSearchCriteria.v.dn=Crestor",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.1&mainSearchCriteria.v.c=3187-2"
    "&mainSearchCriteria.v.dn=Factor%20IX%20assay",
    "knowledgeRequestNotification.effectiveTime.v=20060706001023&holder.assignedEntity.n="
    "Organizationusername&holder.assignedEntity.certificateText=organizationpassword&"
    "patientPerson.administrativeGenderCode.c=M&patientPerson.administrativeGenderCode.dn=Male&"
    "age.v.v=77&age.v.u=a&ageGroup.v.c=D000368&taskContext.c.c=PROBLISTREV&subTopic.v.c=Q000628&"
    "subTopic.v.cs=2.16.840.1.113883.6.177&subTopic.v.dn=therapy&mainSearchCriteria.v.c=D018410&"
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.177&mainSearchCriteria.v.dn=Bacterial+Pneumonia&"
    "mainSearchCriteria.v.ot=Pneumonia",
    "knowledgeRequestNotification.effectiveTime.v=20060706001023&"
    "patientPerson.administrativeGenderCode.c=F&age.v.v=8&age.v.u=a&taskContext.c.c=MEDLISTREV&"
    "performer=PROV&informationRecipient=PAT&performer.languageCode.c=en&"
    "informationRecipient.languageCode.c=es&performer.healthCareProvider.c.c=163W00000X&"
    "mainSearchCriteria.v.c=49502-693-03&mainSearchCriteria.v.cs=2.16.840.1.113883.6.69&"
    "mainSearchCriteria.v.dn=Albuterol+Sulfate",
    "representedOrganization.id.root=1.3.6.1.4.1.3768&patientPerson.administrativeGenderCode.c=F"
    "&age.v.v=67&age.v.u=a&mainSearchCriteria.v.c=749196&mainSearchCriteria.v.cs="
    "2.16.840.1.113883.6.88&mainSearchCriteria.v.dn=Clopidogrel&performer=PROV&taskContext.c.c=MLREV"
    "&informationRecipient=PROV&knowledgeResponseType=application/json",
    "mainSearchCriteria.v.cs=2.16.840.1.113883.6.177&mainSearchCriteria.v.dn=Type+2+Diabetes",
]


@pytest.mark.parametrize("query", EXAMPLES)
def test_the_examples_of_the_guides_are_answered(ask, query):
    told = ask(*pairs_of(query))

    assert told.status == 200
    if told.content_type.startswith("application/json"):
        assert json.loads(told.body)["feed"]["entry"] == []
    else:
        assert checked(told.body).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("query", EXAMPLES)
def test_so_are_they_about_a_knee(found, query):
    pairs = {name: value for name, value in pairs_of(query)
             if name not in (CODE, SYSTEM, DN, FORM)}
    of_a_child = pairs.get("age.v.v") == "8"

    assert [request.cause for request in found(*coded("M17.12"), *pairs.items())] == (
        [] if of_a_child else ["osteoarthritis"])


# -- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize(("pairs", "status", "message"), [
    ([], 400, f"{CODE} is missing"),
    ([(CODE, "M17.11")], 400, f"{SYSTEM} is missing"),
    ([(CODE, " "), (SYSTEM, ICD)], 400, f"{CODE} is missing"),
    (coded("M17.11", ""), 400, f"{CODE}1 is missing"),
    ([*coded("M17.11"), (f"{CODE}1", "M10.062")], 400, f"{SYSTEM}1 is missing"),
    ([*coded("M17.11"), (CODE, "M17.11")], 400,
     f"{CODE} is given twice; number the further ones: {CODE}1"),
    ([*coded("M17.11"), ("Ana", "1"), ("Ana", "1")], 400,
     f"a parameter is given twice; number the further ones: {CODE}1"),
    (coded("M17.11\x00"), 400, f"{CODE} holds a control character"),
    (coded("M" * 301), 400, f"{CODE} is longer than 300 characters"),
    ([*coded("M17.11"), *((f"x{n}", "") for n in range(200))], 400,
     "there are more than 200 parameters"),
    ([*coded("M17.11"), (FORM, "text/csv")], 415, f"{FORM} must be one of application/atom+xml, "
     "text/xml, application/xml, application/json, text/html"),
    ([*coded("M17.11"), (FORM, "text/html")], 415, "a page is shown by 'handouts serve' alone"),
    ([*coded("M17.11"), (FORM, "application/javascript"), ("callback", "run")], 415, JSONP),
    ([*coded("M17.11"), (FORM, "application/json"), ("callback", "run")], 415, JSONP),
])
def test_a_question_that_is_none_is_told_what_is_wrong(ask, pairs, status, message):
    told = ask(*pairs)

    assert (told.status, told.content_type) == (status, "text/plain; charset=utf-8")
    assert told.body.decode() == f"{message}\n"


@pytest.mark.parametrize(("asked", "kind"), [
    ("", "application/atom+xml"), ("text/xml", "text/xml"), ("application/XML", "application/xml"),
    ("application/json; charset=utf-8", "application/json"),
    ("application/atom xml", "application/atom+xml"),  # a plus that was not encoded
    (" Application/Atom xml ; charset=utf-8", "application/atom+xml")])
def test_the_answer_has_the_type_that_was_asked_for(ask, asked, kind):
    assert ask(*coded("M17.11"), (FORM, asked)).content_type == f"{kind}; charset=utf-8"


@pytest.mark.parametrize(("accept", "kind"), [
    ("*/*", "application/atom+xml"), ("", "application/atom+xml"),
    ("application/json", "application/json"),
    ("text/csv, application/json;q=0.5", "application/json"),
    ("application/json;q=0.1, text/xml;q=0.9", "text/xml"),
    ("application/json;q=0", "application/atom+xml"), (";q=,,x", "application/atom+xml"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9", "text/html")])
def test_without_a_type_in_the_question_what_is_accepted_decides(knee, brand, accept, kind):
    reviews = Reviews(knee, brand, TODAY)
    told = answer(coded("M17.11"), reviews, accepted=Accepted(accept))

    assert told.content_type == f"{kind}; charset=utf-8"
    assert answer([*coded("M17.11"), (FORM, "text/xml")], reviews, accepted=Accepted(accept)
                  ).content_type == "text/xml; charset=utf-8"


@pytest.mark.parametrize(("header", "asked", "language"), [
    ("es-MX,en;q=0.8", None, "es"), ("fr, en;q=0.1, es;q=0.9", None, "es"), ("", None, "en"),
    ("es", "en", "en"), ("es", "fr", "en")])
def test_the_language_of_the_question_goes_before_that_of_the_client(knee, brand, header, asked,
                                                                    language):
    pairs = [*coded("M17.11"), *([(LANGUAGE, asked)] if asked else [])]
    told = answer(pairs, Reviews(knee, brand, TODAY), accepted=Accepted("", header))

    assert feedparser.parse(told.body).feed.language == language


# -- what an answer looks like ---------------------------------------------------------------------

SECRETS = [
    ("patientPerson.administrativeGenderCode.c", "SECRET"), ("age.v.v", "70SECRET"),
    ("ageGroup.v.c", "SECRET"), ("mainSearchCriteria.v.ot", "SECRET"), ("Ana SECRET", "SECRET"),
    ("representedOrganization.id.root", "SECRET"), ("holder.assignedEntity.n", "SECRET"),
    ("locationOfInterest.addr.city", "SECRET"), ("assignedAuthorizedPerson.id.root", "SECRET"),
    ("observation.v.c", "SECRET"), ("encounter.c.c", "SECRET"), ("patient", "SECRET"),
]
SAID = [*coded("M17.11"), ("mainSearchCriteria.v.dn", 'OA "knee" <b> & 100 %'),
        ("taskContext.c.c", "PROBLISTREV"), ("informationRecipient", "PAT"), (LANGUAGE, "es-MX")]
ECHOED = [pair for pair in SAID if not pair[0].endswith(".dn")]


@pytest.mark.parametrize("form", ["text/xml", "application/json"])
def test_search_parameters_are_echoed_and_what_may_be_about_a_patient_never(ask, form):
    told = ask(*SAID, *SECRETS, (FORM, form))

    assert told.status == 200
    assert b"SECRET" not in told.body
    if form == "text/xml":
        tags = [(tag.scheme, tag.term) for tag in feedparser.parse(told.body).feed.tags]
    else:
        tags = [(tag["scheme"], tag["term"]) for tag in json.loads(told.body)["feed"]["category"]]
    assert tags == [*ECHOED, (FORM, form)]


@pytest.mark.parametrize("name", [
    "mainSearchCriteria.v.dn", "mainSearchCriteria.v.c1", "mainSearchCriteria.v.cs1",
    "subTopic.v.dn", "subTopic.v.c", "subTopic.v.cs", "taskContext.c.dn", "taskContext.c.c",
    LANGUAGE, "performer.languageCode.c", "informationRecipient", "performer", "executionMode"])
@pytest.mark.parametrize("text", ["Ana Ruiz", "ruiz", "Ana-Ruiz", "Ruiz, 1960-02-29"])
def test_free_text_is_never_echoed_whatever_it_is_given_as(ask, name, text):
    pairs = dict([*coded("M17.11", "M10.062"), (name, text)])
    body = ask(*pairs.items()).body.decode()

    assert text not in body
    assert urlencode({"": text})[1:] not in body
    assert "M17.11" in body


def checked(body):
    """A feed that holds what RFC 4287 asks of one: section 4.1."""
    root = etree.fromstring(body)
    assert root.tag == f"{ATOM}feed"
    for part in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
            assert part.findtext(f"{ATOM}{name}")
        assert part.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert part.findtext(f"{ATOM}updated").endswith("T00:00:00Z")
        kinds = [(link.get("type"), link.get("hreflang")) for link in part.iterfind(f"{ATOM}link")
                 if link.get("rel") == "alternate"]
        assert len(kinds) == len(set(kinds))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    return root


def test_a_feed_is_valid_atom(ask):
    told = ask(*SAID)
    feed = feedparser.parse(told.body)
    checked(told.body)

    assert (feed.bozo, feed.version) == (False, "atom10")
    assert feed.feed.title == "Knee Care"
    assert (feed.entries[0].title, feed.entries[0].updated) == (
        "Masaje: rodilla derecha: Artrosis", "2026-11-23T00:00:00Z")
    assert feed.entries[0].summary.startswith("La artrosis")
    assert "**" not in feed.entries[0].summary
    assert [link.href for link in feed.entries[0].links] == [
        f"{BASE}/handouts/osteoarthritis.{form}?side=right&lang=es" for form in ("pdf", "html")]


def test_a_feed_names_its_own_address_without_the_patient(ask):
    feed = feedparser.parse(ask(*SAID, *SECRETS).body).feed
    itself = feed.links[0]

    assert (itself.rel, itself.href) == ("self", f"{BASE}/infobutton?{urlencode(ECHOED)}")
    assert "links" not in feedparser.parse(ask(*SAID, base_url="").body).feed
    assert b'href="/handouts/osteoarthritis.pdf' in ask(*SAID, base_url="").body


def test_a_handout_that_says_wait_says_so_in_its_entry(ask):
    entry = feedparser.parse(ask(*coded("M17.11", "Z79.01")).body).entries[0]
    assert entry.title == "Ask us before any massage: Osteoarthritis"
    assert "clinician says yes" in entry.summary.lower()


def test_json_has_the_shape_of_medlineplus_connect(ask):
    feed = json.loads(ask(*SAID, (FORM, "application/json")).body)["feed"]
    entry, = feed["entry"]

    assert list(feed) == ["xsi", "base", "lang", "title", "subtitle", "author", "updated",
                          "category", "id", "entry"]
    assert (feed["title"], feed["lang"], feed["base"]) == (
        {"_value": "Knee Care", "type": "text"}, "es", BASE)
    assert list(entry) == ["lang", "title", "link", "id", "updated", "summary", "category"]
    assert entry["category"][1] == {"scheme": "review", "term": "draft"}
    assert entry["link"][0] == {
        "title": "Masaje: rodilla derecha: Artrosis", "rel": "alternate", "type": "application/pdf",
        "hreflang": "es", "href": f"{BASE}/handouts/osteoarthritis.pdf?side=right&lang=es"}


def test_both_forms_say_the_same(ask):
    atom = feedparser.parse(ask(*SAID).body).entries[0]
    entry = json.loads(ask(*SAID, (FORM, "application/json")).body)["feed"]["entry"][0]

    assert (entry["id"]["_value"], entry["title"]["_value"], entry["summary"]["_value"]) == (
        atom.id, atom.title, atom.summary)


def test_ids_are_those_of_the_handout_and_stay_the_same(ask):
    def entry_id(*pairs, **more):
        return feedparser.parse(ask(*pairs, **more).body).entries[0].id

    same = entry_id(*coded("M17.11"))
    assert same == "urn:uuid:764e34fa-9846-53f8-96b0-25fcafb4702a"
    assert entry_id(*coded("M17.11", "J45.909"), base_url="") == same
    assert entry_id(*coded("M17.12")) != same
    assert entry_id(*coded("M17.11"), (LANGUAGE, "es")) != same


@pytest.mark.parametrize(("today", "updated"), [
    (date(2026, 11, 23), "2026-11-23"), (date(2026, 11, 25), "2026-11-24"),
    (date(2027, 1, 10), "2027-01-10"), (date(2029, 1, 1), "2028-11-24")])
def test_a_signature_its_end_and_the_content_s_are_updates(ask, brand, today, updated):
    signature = Signature("en", "BBBB-CCCC", "1.0", "Dr. Kim Lee", "Doctor", "GMC 1234567",
                          on=date(2026, 11, 24), until=date(2027, 1, 9))
    signed = msgspec.structs.replace(brand, signatures=(signature,))

    feed = feedparser.parse(ask(*coded("M17.11"), brand=signed, today=today).body)
    assert feed.entries[0].updated == f"{updated}T00:00:00Z"


# -- any question ----------------------------------------------------------------------------------

NAMES = st.sampled_from([CODE, SYSTEM, f"{CODE}1", f"{SYSTEM}1", f"{CODE}2", LANGUAGE, FORM,
                         "mainSearchCriteria.v.dn", "age.v.v", "age.v.u", "taskContext.c.c"])
VALUES = st.sampled_from(["M17.11", "M10.062", "Z79.01", "M84.361A", ICD, SNOMED, "30989003", "es",
                          "application/json", "text/xml", "12", ""])


@given(pairs=st.lists(st.tuples(NAMES | st.text(), VALUES | st.text()), max_size=12),
       start=st.booleans())
@example(pairs=[("mainSearchCriteria.v.dn", "\ud800")], start=True)
@example(pairs=[(LANGUAGE, "\uffff"), (FORM, "\x0b")], start=True)
def test_any_question_has_a_well_formed_answer(ask, pairs, start):
    told = ask(*(coded("M17.11") if start else []), *pairs)

    assert told.status in (200, 400, 415)
    if told.status != 200:
        assert told.content_type == "text/plain; charset=utf-8"
    elif told.content_type.startswith("application/json"):
        assert json.loads(told.body)["feed"]["id"]["_value"]
    else:
        checked(told.body)


@given(query=st.text())
def test_any_query_is_read_as_pairs(ask, query):
    assert ask(*pairs_of(query)).status in (200, 400, 415)


def test_a_query_is_decoded_once_and_only_so_long(ask):
    query = urlencode(SAID)
    assert pairs_of(f"?{query}") == SAID == parse_qsl(query)
    assert ask(*pairs_of("&".join(f"p{n}=1" for n in range(100_000)))).status == 400


@pytest.mark.parametrize(("code", "name"), [
    ("M17.12", "Right knee osteoarthritis"), ("M17.11", "gout"), ("M17.11", "Septic arthritis"),
    ("M17.11", "r/o DVT")])
def test_a_code_beside_a_name_that_says_something_else_finds_nothing(found, code, name):
    assert found(*coded(code), ("mainSearchCriteria.v.dn", name)) == []


@pytest.mark.parametrize(("code", "name", "side", "flags"), [
    ("M17.12", "Left knee osteoarthritis", "left", ()), ("M17.9", "OA of right knee", "right", ()),
    ("M17.11", "Osteoarthritis, on warfarin", "right", ("anticoagulant",))])
def test_a_name_beside_a_code_adds_what_it_says(found, code, name, side, flags):
    asked, = found(*coded(code), ("mainSearchCriteria.v.dn", name))
    assert (asked.side, asked.flags) == (side, flags)


def test_a_name_is_read_beside_a_code_that_tells_nothing(found):
    pairs = [*coded("M17.11", "R69"), ("mainSearchCriteria.v.dn1", "Deep vein thrombosis of leg")]
    assert [each.flags for each in found(*pairs)] == [("dvt",)]


def test_the_official_name_of_each_code_says_what_the_code_does(knee):
    wrong = []
    for code, told in codes.mapped(knee):
        name = told.description.split("\t")[0]
        asked = question([*coded(code), ("mainSearchCriteria.v.dn", name)])
        bare = question(coded(code))
        if matched(asked, knee) is None and matched(bare, knee) is not None:
            wrong.append(code)
    assert wrong == []
