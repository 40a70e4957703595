"""No warning of a FHIR export is lost in silence; the people are invented."""

import gzip
import json
import os
from datetime import date
from itertools import count

import pytest
from exports import CM, SCT, bundle, concept, condition, ndjson, patient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handouts import readers
from handouts.readers import fhir

TODAY = date(2026, 11, 25)
KNEE, CLOT = (CM, "M17.11"), (CM, "I82.401")
UUID = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"


@pytest.fixture
def read(tmp_path, knee):
    """The rows of documents, each of a file of its own: read(document, …)."""

    def rows(*documents):
        paths = []
        for number, content in enumerate(documents):
            paths.append(tmp_path / f"{number}.json")
            paths[-1].write_text(content if isinstance(content, str) else json.dumps(content))
        return list(fhir.read(paths, knee, count(1), today=TODAY))

    return rows


@pytest.fixture
def lying(tmp_path, knee):
    """The rows of files in a folder: lying(**{name: bytes})."""

    def rows(files):
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        return list(readers.read([tmp_path], knee, today=TODAY))

    return rows


def came(rows):
    """The flags of each handout, or the problem in its stead."""
    return [row.request.flags if row.request else row.problem.problem for row in rows
            if row.request or row.problem]


# -- two patients of one id ------------------------------------------------------------------------

TWINS = [patient("p1", name=[{"family": "Ruiz"}]), patient("p1", name=[{"family": "Ortiz"}])]
SAME_ID = "two patients have the same id"


def address(server, kind="Patient", name="p1"):
    return f"http://{server}.example/fhir/{kind}/{name}"


def test_a_relative_reference_is_of_the_server_of_its_entry(read):
    rows = read(bundle(
        *TWINS, condition(KNEE, of="Patient/p1"), condition(KNEE, of="Patient/p1"),
        condition(CLOT, of="Patient/p1"),
        urls=[address("s"), address("t"), address("s", "Condition", 1),
              address("t", "Condition", 1), address("t", "Condition", 2)]))

    assert [(row.request.patient.name, row.request.flags) for row in rows] == [
        ("Ruiz", ()), ("Ortiz", ("dvt",))]


@pytest.mark.parametrize("urls", [
    (), [address("s"), address("t")], [address("s"), address("t"), UUID, UUID],
    [address("s"), ""], ["Patient/p1", ""], [UUID, UUID[:-1] + "1"],
    [address("s"), address("t"), address("u", "Condition", 1), address("u", "Condition", 2)]])
def test_where_the_server_is_not_said_both_are_refused(read, urls):
    rows = read(bundle(*TWINS, condition(KNEE, of="Patient/p1"), condition(CLOT, of="Patient/p1"),
                       urls=urls))

    assert came(rows) == [SAME_ID, SAME_ID]


def test_two_servers_patients_who_look_the_same_are_not_one(read):
    rows = read(bundle(TWINS[0], TWINS[0], condition(KNEE, of="Patient/p1"),
                       condition(CLOT, of="Patient/p1"),
                       urls=[address("s"), address("t"), address("s", "Condition", 1),
                             address("t", "Condition", 1)]))

    assert came(rows) == [SAME_ID]


def test_an_address_of_another_server_is_of_another_patient(read):
    rows = read(bundle(TWINS[0], condition(KNEE, of="Patient/p1"), urls=[
        address("s"), address("s", "Condition")]), bundle(condition(CLOT, of=address("t"))))

    assert came(rows) == [SAME_ID]


def test_two_versions_of_one_address_are_refused(read):
    rows = read(*(bundle(one, condition(code, of="Patient/p1"), urls=[address("s")])
                  for one, code in zip(TWINS, (KNEE, CLOT), strict=True)))

    assert came(rows) == [SAME_ID]


def test_http_and_https_versions_and_pages_are_one_server(read):
    at = address("s")
    rows = read(bundle(patient("p1"), condition(KNEE, of=at.replace("http", "https")), urls=[at]),
                bundle(condition(CLOT, of="Patient/p1"), urls=[address("s", "Condition")]),
                bundle(condition((CM, "Z79.01"), of=f"{at}/_history/3")))

    assert came(rows) == [("dvt", "anticoagulant")]


SERVERS = st.sampled_from(["", "s", "t"])
CONDITIONS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([KNEE, CLOT]), st.booleans(),
                                st.booleans(), st.integers(0, 2)), max_size=8)


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.tuples(SERVERS, st.sampled_from(["p", "q"])), min_size=1, max_size=5,
                       unique=True), conditions=CONDITIONS, page_of=st.lists(st.integers(0, 2),
                                                                             min_size=5))
def test_a_paper_has_its_patients_warnings_and_no_others(read, people, conditions, page_of):
    pages = [[], [], []]
    warned = set()
    for at, (server, name) in enumerate(people):
        pages[page_of[at]].append((patient(name, name=[{"text": f"No {at}"}]),
                                   server and address(server, name=name)))
    for number, (whose, code, is_absolute, has_url, page) in enumerate(conditions):
        server, name = people[whose % len(people)]
        of = address(server, name=name) if server and is_absolute else f"Patient/{name}"
        if not (server and (is_absolute or has_url)):
            page = page_of[whose % len(people)]  # else it is of the patient whom the page has
        pages[page].append((condition(code, of=of),
                            server and has_url and address(server, "Condition", number)))
        if code == CLOT:
            warned.add(f"No {whose % len(people)}")

    rows = read(*(bundle(*(one for one, _ in page), urls=[url or "" for _, url in page])
                  for page in pages))

    made = {row.request.patient.name: row.request.flags for row in rows if row.request}
    assert made == {name: ("dvt",) if name in warned else () for name in made}


# -- warnings of nobody ----------------------------------------------------------------------------


@pytest.mark.parametrize("of", [UUID, "Patient/none", "Patient/ANA", "http://x.example/Patient/b"])
@pytest.mark.parametrize("warning", [CLOT, (CM, "M00.061"), (SCT, "396234004")])
def test_a_warning_whose_patient_is_not_there_is_a_row(read, of, warning):
    rows = read(bundle(patient(), condition(KNEE), condition(warning, of=of)))

    assert came(rows) == [(), "the patient of this condition is not in the files"]


@pytest.mark.parametrize("subject", [
    {"reference": "Patient/ana "}, {"reference": " Patient/ana"}, {"reference": "p1"},
    {"reference": "Patient?identifier=x|1"}, {"identifier": {"value": "R-7"}},
    {"display": "Ana Ruiz"}, {}, None])
def test_a_warning_that_names_no_patient_is_a_row(read, subject):
    rows = read(bundle(patient(), condition(KNEE), {**condition(CLOT), "subject": subject}))

    assert came(rows) == ["does not say whose it is", ()]


def test_a_warning_of_someone_without_a_knee_is_none(read):
    rows = read(bundle(condition(CLOT, of="Patient/bo"), patient(), patient("bo"), patient("cy"),
                       condition(KNEE), condition(CLOT, of=UUID), urls=["", "", "", UUID]))

    assert came(rows) == [()]


def test_a_condition_inside_a_patient_is_a_row_and_stops_this_patients_paper(read):
    rows = read(bundle(patient(contained=[condition(CLOT, of="#")]), condition(KNEE),
                       patient("bo", contained=[{"resourceType": "Organization"}]),
                       condition(KNEE, of="Patient/bo")))

    assert came(rows) == ["holds a condition, which is not read there",
                          "has another condition that can't be read", ()]


# -- what is not understood ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [
    (CLINICAL, "unknown"), (SCT, "55561003"), ("http://hl7.org/v3/NullFlavor", "UNK"),
    (CLINICAL, "bogus"), ("http://clinic.example/status", "resolved"), ("", "RESOLVED?")])
def test_a_status_that_is_not_known_keeps_the_warning_and_selects_nothing(read, status):
    odd = {"clinicalStatus": concept(status)}
    kept, = read(bundle(patient(), condition(KNEE), {**condition(CLOT), **odd}))
    rows = read(bundle(patient(), {**condition(KNEE), **odd}))

    assert (kept.request.flags, kept.unused) == (("dvt",), {"condition:unknown-status": 1})
    assert [row.unused for row in rows] == [
        {"condition:unknown-status": 1, "patient:no-cause": 1}]


@pytest.mark.parametrize("status", [
    (CLINICAL, "inactive"), (CLINICAL, "resolved"), ("", "Remission"),
    ("http://hl7.org/fhir/condition-clinical", "resolved")])
def test_a_clot_that_is_over_by_a_known_code_is_a_risk_and_no_clot(read, status):
    over = {**condition(CLOT), "clinicalStatus": concept(status, ("http://x.example", "x"))}

    assert came(read(bundle(patient(), condition(KNEE), over))) == [("clot-risk",)]


@pytest.mark.parametrize("verified", [
    concept(("http://clinic.example/status", "refuted")),
    concept(("", "refuted"), ("", "confirmed"))])
def test_a_warning_that_is_not_surely_refuted_is_kept(read, verified):
    rows = read(bundle(patient(), condition(KNEE), condition(CLOT, verificationStatus=verified)))

    assert came(rows) == [("dvt",)]


@pytest.mark.parametrize("clinical", ["active", "resolved"])
def test_a_modifier_that_is_not_understood_keeps_the_warning_and_selects_nothing(read, clinical):
    odd = {"modifierExtension": [{"url": "http://x.example/not", "valueBoolean": True}]}
    kept, = read(bundle(patient(), condition(KNEE), condition(CLOT, clinical=clinical, **odd)))
    rows = read(bundle(patient(), condition(KNEE, **odd)))

    assert (kept.request.flags, kept.unused) == (("dvt",), {"condition:modifier-extension": 1})
    assert [row.unused for row in rows] == [
        {"condition:modifier-extension": 1, "patient:no-cause": 1}]


# -- what is not whole -----------------------------------------------------------------------------

GOOD = ndjson(patient(), condition(KNEE)).encode()
CUT = ndjson(condition(CLOT)).encode()[:-20]
LOST = "a condition of this patient may be lost"


@pytest.mark.parametrize(("name", "content"), [
    ("Condition.ndjson", CUT), ("Condition.ndjson", ndjson(condition(CLOT)).encode() + CUT),
    ("Condition.ndjson", b""), ("Condition.2.ndjson.gz", gzip.compress(CUT, mtime=0)[:-9]),
    ("x.json", b'{"resourceType": "Bundle", "entry": [{"resource": {'),
    ("x.ndjson", b'{"resourceType": "Bundle", "entry": 3}\n'),
    ("x.json", ndjson(condition(CLOT)).encode("utf-16")[:-40]),
    ("x.json", ndjson(condition(CLOT)).encode("utf-16")[:-41])])
def test_where_nobody_knows_how_many_conditions_are_lost_no_paper_is_made(lying, name, content):
    first, second = came(lying({name: content, "good.ndjson": GOOD}))

    assert [first, second].count(LOST) == 1


def test_a_file_of_conditions_that_may_not_be_read_is_lost(lying, tmp_path, monkeypatch):
    (tmp_path / "Condition.ndjson").symlink_to("/proc/self/mem")  # opens, but can't be read

    assert LOST in came(lying({"good.ndjson": GOOD}))


PACKED = gzip.compress(GOOD, mtime=0)


@pytest.mark.parametrize(("name", "kind", "content", "paper"), [
    ("Condition.ndjson.2", "other-name", PACKED, LOST),
    ("conditions.txt", "other-name", GOOD, LOST),
    (".Condition.ndjson", "hidden", GOOD, LOST), ("x.txt", "other-name", GOOD, LOST),
    ("x.txt", "other-name", GOOD.decode().encode("utf-16"), LOST),
    ("x.xml", "other-name", b'<Condition xmlns="http://hl7.org/fhir"/>', LOST),
    ("x.txt", "other-name", ndjson(patient()).encode("utf-16"), ()),
    (".x", "hidden", ndjson(patient()).encode(), ()),
    ("export.zip", "other-name", b"PK\x03\x04", ()),
    ("x.xml", "other-name", b'<Patient xmlns="http://hl7.org/fhir"/>', ())])
def test_a_file_that_may_hold_conditions_and_is_not_read_is_told(lying, name, kind, content, paper):
    rows = lying({name: content, "good.ndjson": GOOD})

    assert came(rows) == ["1 file of the folder was not read", paper]
    assert rows[-1].unused == {f"file:{kind}": 1}


def test_what_is_no_file_is_told(lying, tmp_path):
    os.mkfifo(tmp_path / "Condition.ndjson")
    (tmp_path / "a.ndjson").symlink_to("gone")
    (tmp_path / "more").symlink_to("/tmp", target_is_directory=True)
    rows = lying({"good.ndjson": GOOD})

    assert came(rows) == ["3 files of the folder were not read", LOST]
    assert rows[-1].unused == {"file:link": 2, "file:no-file": 1}


def page(*resources, this="", following=""):
    links = [{"relation": "self", "url": this}, {"relation": "next", "url": following}]
    return {**bundle(*resources), "type": "searchset",
            "link": [link for link in links if link["url"]]}


def test_a_page_whose_next_one_is_not_there_is_told(read):
    first = page(patient(), condition(KNEE), following="http://x.example/2")
    second = page(condition(CLOT), this="http://x.example/2", following="http://x.example/3")
    last = page(this="http://x.example/3")
    untold = came(read(first, second, last))

    assert untold == [("dvt",)]
    assert came(read(first, second)) == [
        "is a page of several, not the whole: the next one is not among the files", ("dvt",)]


def history(*entries):
    return {"resourceType": "Bundle", "type": "history", "entry": list(entries)}


def version(number, one, of="c1"):
    return {"fullUrl": f"http://x.example/{one['resourceType']}/{of}", "request": {"method": "PUT"},
            "resource": {**one, "id": of, "meta": number and {"versionId": number}}}


DELETED = {"fullUrl": "http://x.example/Condition/c1", "request": {"method": "DELETE"}}
WHO = version("7", patient("p1"), "p1")
NOW, BEFORE = condition(KNEE, of="Patient/p1"), condition(CLOT, of="Patient/p1")
OLD_WHO = version("6", patient("p1", name=[{"family": "Old"}]), "p1")


@pytest.mark.parametrize("entries", [
    [version("2", NOW), version("1", BEFORE)], [version("9", BEFORE), version("10", NOW)],
    [version(None, NOW), version(None, BEFORE)], [version(None, NOW), DELETED],
    [version("1", NOW), {**DELETED, "fullUrl": DELETED["fullUrl"] + "2"},
     version("3", BEFORE, "c12")]])
def test_only_the_newest_version_of_a_history_counts(read, entries):
    row, = read(history(WHO, OLD_WHO, *entries))

    assert (row.request.patient.name, row.request.flags) == ("P1 Ruiz", ())


def test_what_was_deleted_last_does_not_count(read):
    row, = read(history(WHO, DELETED, version("1", NOW)))

    assert (row.request, row.problem) == (None, None)


@pytest.mark.parametrize("line", [
    json.dumps(condition(CLOT))[:-1] + ', "code": {}}',
    json.dumps(condition(CLOT)).replace('"coding"', '"coding": [], "coding"', 1),
    json.dumps(condition(CLOT))[:-1] + ', "resourceType": "Observation"}'])
@pytest.mark.parametrize("wrap", ["%s", '{"resourceType": "Bundle", "entry": [{"resource": %s}]}'])
def test_an_element_that_stands_twice_is_refused(read, line, wrap):
    rows = read("\n".join([*map(json.dumps, (patient(), condition(KNEE))), wrap % line, ""]))

    assert came(rows)[0] == "names an element twice"
    assert "I82" not in str(rows[0].problem)
    assert len(came(rows)) == 2


def test_a_bundle_that_names_its_entries_twice_is_refused(read):
    twice = json.dumps(bundle(condition(CLOT)))[:-1] + ', "entry": []}'

    assert came(read(ndjson(patient(), condition(KNEE)) + twice + "\n")) == [
        "names an element twice", LOST]


def test_a_patient_whose_elements_stand_twice_gets_no_paper(read):
    twice = json.dumps(patient(birthDate="2015-01-01"))[:-1] + ', "birthDate": "1950-01-01"}'

    assert came(read(twice + "\n" + ndjson(condition(KNEE)))) == ["names an element twice"]


def test_bundles_that_lie_too_deep_are_told(read):
    deep = bundle(condition(CLOT))
    for _ in range(6):
        deep = bundle(deep)

    assert came(read(bundle(patient(), condition(KNEE)), deep)) == [
        "lies too deep in other Bundles", LOST]
