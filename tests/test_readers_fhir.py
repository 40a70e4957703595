"""FHIR exports read as rows: whose, which cause, what is not used; the people are invented."""

import gzip
import json
import os
import random
import tracemalloc
from datetime import date
from itertools import count

import pytest
from exports import CM, SCT, WHO, bundle, concept, condition, ndjson, patient
from hostile import EXPORTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from snomed import is_snomed_id

from handouts import readers
from handouts.coding import codes, flagcodes
from handouts.errors import HandoutError, InputError
from handouts.readers import fhir
from handouts.readers.fhir import bundles, files, resources, sources
from handouts.request.request import Patient, Request

TODAY = date(2026, 11, 25)

@pytest.fixture
def read(tmp_path, knee):
    """The rows of resources, or of files: read(resource, …) or read(**{name: text or bytes})."""

    def rows(*resources, **files):
        if resources:
            files = {"export.ndjson": ndjson(*resources)}
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths = [tmp_path / name for name in files]
        return list(fhir.read(paths, knee, count(1), today=TODAY))

    return rows


def asked(rows):
    """Cause, side and flags of each row that asks for a handout."""
    return [(row.request.cause, row.request.side, row.request.flags) for row in rows if row.request]


# -- what another system says must not be taken as it stands ---------------------------------------


RULES = {"implicitRules": "https://x.example/rules"}
TOLD = "has implicitRules, which are not known here: what it says may mean something else"


@pytest.mark.parametrize(("resources", "problems", "made"), [
    ((patient(), condition((CM, "M17.11"), **RULES)), [TOLD], 0),
    ((patient(**RULES), condition((CM, "M17.11"))), [TOLD], 0),
    ((patient(), condition((CM, "M17.11")), condition((CM, "M10.061"), **RULES)),
     [TOLD, "has another condition that can't be read"], 0),
    ((patient(), condition((CM, "M17.11")),
      {"resourceType": "Observation", "id": "o", **RULES}), [], 1)])
def test_a_resource_of_implicit_rules_is_refused_and_never_taken_as_it_stands(
        read, resources, problems, made):
    rows = read(*resources)

    assert [row.problem.problem for row in rows if row.problem][:len(problems)] == problems
    assert len(asked(rows)) == made


def test_a_bundle_of_implicit_rules_is_refused_whole(read):
    whole = {**bundle(patient(), condition((CM, "M17.11"))), **RULES}
    rows = read(**{"export.json": json.dumps(whole)})

    assert (rows[0].problem.problem, rows[0].problem.field, asked(rows)) == (TOLD, "Bundle", [])


@pytest.mark.parametrize("kind", ["MedicationRequest", "Procedure", "Medication"])
def test_a_treatment_of_implicit_rules_is_counted_as_one_that_can_t_be_read(read, kind):
    rows = read(patient(), condition((CM, "M17.11")), {
        "resourceType": kind, "id": "m", "subject": {"reference": "Patient/ana"}, **RULES})
    counted = {name: count for row in rows for name, count in row.unused.items()
               if name.endswith(":unreadable")}

    assert counted == {"procedure:unreadable" if kind == "Procedure" else
                       "medicine:unreadable": 1}


@pytest.mark.parametrize(("link", "made"), [("replaced-by", 0), ("replaces", 1), ("seealso", 1)])
def test_a_record_that_another_one_replaced_is_told_and_not_used(read, link, made):
    rows = read(patient(link=[{"other": {"reference": "Patient/new"}, "type": link}]),
                condition((CM, "M17.11")))

    assert len(asked(rows)) == made
    assert [row.problem.problem for row in rows if row.problem] == [
        "was replaced by another record, and must not be used any more"] * (1 - made)


# -- one patient -----------------------------------------------------------------------------------


def test_a_patient_with_a_knee_code_asks_for_the_screened_variant(read):
    rows = read(
        patient(birthDate="1950-02-03", name=[
            {"use": "nickname", "given": ["Nana"]},
            {"use": "usual", "given": ["Ana"], "family": "R"},
            {"use": "official", "given": ["Ana", None, "Maria"], "family": "Ruiz"}],
            identifier=[{"value": "first"}, {"type": concept(("", "MR")), "value": "R-7"}],
            communication=[{"language": concept(("urn:ietf:bcp:47", "en-US"))}]),
        condition((CM, "M17.11")))

    assert [(row.number, row.line, row.problem, row.unused) for row in rows] == [(1, 1, None, {})]
    assert rows[0].request == Request(
        "osteoarthritis", side="right", language="en",
        patient=Patient("Ana Maria Ruiz", born=date(1950, 2, 3), id="R-7"))


@pytest.mark.parametrize(("names", "printed"), [
    ([{"use": "usual", "text": "Ana R"}, {"family": "Old"}], "Ana R"),
    ([{"use": "maiden", "family": "Old"}, {"use": "usual", "family": "New"}], "New"),
    ([{"family": "First"}, {"family": "Second"}], "First"),
    ([{"use": "official"}, {"family": "Second"}], "Second"),
    ([{"given": ["Ana\t\n Maria "]}], "Ana Maria"), ([], "")])
def test_the_name_is_the_official_then_the_usual_then_the_first(read, names, printed):
    row, = read(patient(name=names), condition((CM, "M17.11")))

    assert row.request.patient.name == printed


@pytest.mark.parametrize(("numbers", "printed"), [
    ([{"value": "A"}, {"value": "B"}], "A"), ([], ""), ([{"system": "x"}, {"value": " B "}], "B"),
    ([{"type": concept(("", "SS")), "value": "999-99-9999"}, {"value": "B"}], "B"),
    ([{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "999-99-9999"}], ""),
    ([{"use": "old", "type": concept(("", "MR")), "value": "A"}, {"value": "B"}], "B")])
def test_the_number_is_the_medical_records_and_never_a_private_one(read, numbers, printed):
    row, = read(patient(identifier=numbers), condition((CM, "M17.11")))

    assert row.request.patient.id == printed


@pytest.mark.parametrize(("born", "result"), [
    ("1950-02-03", date(1950, 2, 3)), ("1950-02", None), ("1950", None), ("2007", None),
    ("2008-10", None), ("2008-11-25", date(2008, 11, 25))])
def test_a_birth_date_that_is_not_whole_is_not_guessed(read, born, result):
    row, = read(patient(birthDate=born), condition((CM, "M17.11")))

    assert row.request.patient.born == result


@pytest.mark.parametrize("born", ["2009", "2008", "2008-11", "2008-12", "2008-12-", "2015-07",
                                  "1950-13", "1950-W05-3", "about", "19500203", " 1950"])
def test_who_may_be_a_child_or_no_date_at_all_is_the_rows_problem(read, born):
    row, = read(patient(birthDate=born), condition((CM, "M17.11")))

    assert row.request is None
    assert born not in str(row.problem)


@pytest.mark.parametrize(("parts", "kind"), [
    ({"deceasedBoolean": True}, "patient:deceased"), ({"active": False}, "patient:inactive"),
    ({"deceasedDateTime": "2025-01-01"}, "patient:deceased")])
def test_who_has_died_or_has_a_record_out_of_use_is_passed_over_and_told(read, parts, kind):
    row, = read(patient(**parts), condition((CM, "M17.11")))

    assert (row.request, row.problem, row.unused) == (None, None, {kind: 1})


@pytest.mark.parametrize(("spoken", "language", "unused"), [
    ([("vi", None)], "", {"language": 1}), ([("en", None)], "en", {}), ([], "", {}),
    ([("vi", True), ("en", None)], "en", {"language": 1}),
    ([("vi", None), ("en-GB", True)], "en", {})])
def test_the_language_is_the_preferred_one_that_the_pack_has(read, spoken, language, unused):
    row, = read(patient(communication=[
        {"language": concept(("", tag)), "preferred": preferred} for tag, preferred in spoken]),
        condition((CM, "M17.11")))

    assert (row.request.language, row.unused) == (language, unused)


# -- which conditions ------------------------------------------------------------------------------


@pytest.mark.parametrize(("clinical", "verified"), [
    ("active", "confirmed"), ("recurrence", None), ("relapse", "confirmed")])
def test_active_and_confirmed_conditions_select(read, clinical, verified):
    rows = read(patient(), condition((CM, "M17.11"), clinical=clinical, verified=verified))

    assert asked(rows) == [("osteoarthritis", "right", ())]


@pytest.mark.parametrize(("clinical", "verified", "kind"), [
    ("inactive", "confirmed", "condition:inactive"), ("resolved", None, "condition:inactive"),
    ("remission", None, "condition:inactive"), ("active", "refuted", "condition:refuted"),
    ("active", "entered-in-error", "condition:entered-in-error"),
    (None, "entered-in-error", "condition:entered-in-error"),
    ("active", "provisional", "condition:unconfirmed"),
    ("active", "unconfirmed", "condition:unconfirmed"), (None, None, "condition:no-status")])
def test_other_conditions_do_not_and_are_told_by_kind(read, clinical, verified, kind):
    asking = condition((CM, "M17.11"), clinical=clinical, verified=verified)

    assert [row.unused for row in read(patient(), asking)] == [
        {kind: 1, "patient:no-cause": 1}]
    assert [row.unused for row in read(patient(), asking, condition((CM, "M25.561")))] == [
        {kind: 1}]


@pytest.mark.parametrize(("pair", "kind"), [
    ((WHO, "M17.11"), f"code:other-system:{WHO}"), (("", "M17.11"), "code:other-system:none"),
    (("urn:Ana Ruiz", "M17.11"), "code:other-system:another"),
    (("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "M17.11"),
     "code:other-system:http://fhir.de/CodeSystem/bfarm/icd-10-gm"),
    ((CM, "239873007"), "code:unknown:icd10cm"), ((SCT, "M17.11"), "code:unknown:snomed"),
    ((SCT, "586686014"), "code:unknown:snomed"), ((CM, "M25.57"), "code:unknown:icd10cm"),
    ((SCT, "34840004"), "code:ask"), ((CM, "M84.361A"), "code:ask")])
def test_a_code_means_something_only_in_its_own_system(read, pair, kind):
    row, = read(patient(), condition(pair))

    assert (row.request, row.unused) == (None, {kind: 1, "patient:no-cause": 1})


@pytest.mark.parametrize("system", [CM, "urn:oid:2.16.840.1.113883.6.90"])
def test_a_system_is_known_by_address_and_by_oid(read, system):
    assert asked(read(patient(), condition((system, "M17.12")))) == [("osteoarthritis", "left", ())]


def test_one_condition_may_have_codes_of_several_systems(read):
    rows = read(patient(), condition((WHO, "M10.0"), (SCT, "90560007"), (CM, "M10.062")))

    assert asked(rows) == [("gout", "left", ("gout-in-knee",))]


ORDER = ["M00.061", "S82.001A", "S83.511A", "S83.241A", "M10.061", "M05.761", "M70.41", "M76.51",
         "M17.11", "M25.561"]


@pytest.mark.parametrize("at", range(len(ORDER) - 1))
def test_the_most_cautious_cause_wins_in_any_order(read, knee, at):
    codes_left = ORDER[at:]
    random.Random(at).shuffle(codes_left)

    row, = read(*(condition((CM, code)) for code in codes_left), patient())

    assert row.request.cause == codes.find(knee, ORDER[at]).cause
    same = sum(codes.find(knee, code).cause == row.request.cause for code in codes_left)
    assert row.unused == {"condition:other-cause": len(codes_left) - same}


def test_flags_come_from_flag_codes_in_the_order_of_the_pack(read, knee):
    rows = read(condition((CM, "Z79.01")), condition((SCT, "77386006")), patient(),
                condition((CM, "M17.0")), condition((CM, "I82.401")))

    flags = tuple(flag for flag in knee.structure.flags
                  if flag in ("dvt", "pregnant", "anticoagulant"))
    assert [(asked([row]), row.unused) for row in rows] == [
        ([("osteoarthritis", "both", flags)], {})]


@pytest.mark.parametrize(("status", "flags"), [
    ({"verified": "provisional"}, ("dvt",)), ({"clinical": None}, ("dvt",)),
    ({"clinical": "resolved"}, ("clot-risk",)), ({"verified": "refuted"}, ())])
def test_a_flag_that_may_be_so_restricts_and_one_that_is_not_does_not(read, status, flags):
    rows = read(patient(), condition((CM, "M17.11")), condition((CM, "I82.401"), **status))

    assert asked(rows) == [("osteoarthritis", "right", flags)]


@pytest.mark.parametrize("doubt", [
    condition((SCT, "396234004")), condition((CM, "M00.061"), verified="provisional"),
    condition((CM, "S82.001A"), clinical=None)])
def test_a_doubt_about_something_urgent_stops_the_row(read, doubt):
    row, = read(patient(), condition((CM, "M17.11")), doubt)

    assert row.request is None
    assert "more urgent than osteoarthritis" in str(row.problem)


def test_a_doubt_about_something_calmer_does_not(read):
    row, = read(patient(), condition((CM, "M00.061")), condition((SCT, "34840004")))

    assert (row.request.cause, row.unused) == ("infection", {"code:ask": 1})


# -- sides -----------------------------------------------------------------------------------------

LATERALITY = {"extension": [{"url": "http://x.org/laterality-qualifier",
                             "valueCodeableConcept": concept((SCT, "7771000"))}]}


@pytest.mark.parametrize(("code", "parts", "side"), [
    ((CM, "M17.12"), {}, "left"), ((CM, "M17.0"), {}, "both"), ((CM, "M25.569"), {}, ""),
    ((SCT, "239873007"), {}, ""),
    ((SCT, "239873007"), {"bodySite": [concept((SCT, "82169009"))]}, "left"),
    ((SCT, "239873007"), {"bodySite": [concept((SCT, "6757004"))]}, "right"),
    ((SCT, "239873007"), {"bodySite": [concept((SCT, "72696002"))]}, ""),
    ((SCT, "239873007"), {"bodySite": [concept((SCT, "72696002"), (SCT, "51440002"))]}, "both"),
    ((SCT, "239873007"), {"bodySite": [concept((SCT, "82169009")), concept((SCT, "6757004"))]},
     "both"),
    ((SCT, "239873007"), {"bodySite": [{**concept((SCT, "72696002")), **LATERALITY}]}, "left"),
    ((SCT, "239873007"), LATERALITY, "left"),
    ((CM, "M17.9"), {"bodySite": [concept((SCT, "82169009"))]}, "left")])
def test_the_side_comes_from_the_code_then_the_body_site(read, code, parts, side):
    row, = read(patient(), condition(code, **parts))

    assert row.request.side == side


def test_both_knees_by_two_conditions_of_the_winning_cause_only(read):
    rows = read(patient(), condition((CM, "M17.11")), condition((CM, "M17.12")),
                condition((CM, "M25.562")))

    assert asked(rows) == [("osteoarthritis", "both", ())]


def test_code_and_body_site_at_odds_are_the_rows_problem(read):
    row, = read(patient(), condition((CM, "M17.11"), bodySite=[concept((SCT, "82169009"))]))

    assert "name different sides" in str(row.problem)


def test_the_concepts_of_sites_pass_the_check_of_their_digits(knee):
    assert [code for code in flagcodes.sites(knee) if not is_snomed_id(code)] == []


# -- whose -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("reference", [
    "Patient/ana", "https://ehr.example/fhir/Patient/ana", "Patient/ana/_history/3"])
def test_a_reference_finds_its_patient(read, reference):
    assert len(asked(read(condition((CM, "M17.11"), of=reference), patient()))) == 1


def test_references_by_uuid_and_by_address_find_the_patients_of_a_bundle(read):
    uuid, url = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "https://ehr.example/Patient/bo"
    nameless = {key: value for key, value in patient().items() if key != "id"}

    rows = read(bundle(nameless, patient("bo"), condition((CM, "M17.11"), of=uuid),
                       condition((CM, "M10.062"), of=url), urls=(uuid, url)))

    assert [(row.request.patient.name, row.request.cause) for row in rows] == [
        ("Ana Ruiz", "osteoarthritis"), ("Bo Ruiz", "gout")]


def test_a_patient_inside_the_condition_is_found(read):
    row, = read(condition((CM, "M17.11"), of="#ana", contained=[patient()]))

    assert (row.request.patient.name, row.request.cause) == ("Ana Ruiz", "osteoarthritis")


@pytest.mark.parametrize("codes", [(("http://snomed.info/sct", "195967001"),), ()])
def test_an_export_without_any_patient_is_a_problem(read, codes):
    *_, row = [row for row in read(condition(*codes, of="Patient/ana")) if row.problem]

    assert str(row.problem).startswith("Patient: there is no patient in the files\n")


@pytest.mark.parametrize("of", ["#ana", "Group/all", "", "Patient?identifier=x"])
def test_a_knee_that_is_nobodys_is_a_problem(read, of):
    row, = read(condition((CM, "M17.11"), of=of))

    assert "does not say whose it is" in str(row.problem)


@pytest.mark.parametrize("of", ["Patient/gone", "urn:uuid:1"])
def test_a_knee_of_somebody_who_is_not_in_the_files_is_a_problem(read, of):
    rows = read(patient(), condition((CM, "M17.11"), of=of))

    assert ["not in the files" in str(row.problem) for row in rows] == [True, False]


def test_bundles_that_use_the_same_id_for_two_people_keep_them_apart(read):
    rows = read(bundle(patient("p"), condition((CM, "M17.11"), of="Patient/p")),
                bundle({**patient("p"), "birthDate": "1950-01-01"},
                       condition((CM, "M10.062"), of="Patient/p")),
                bundle({**patient("p"), "birthDate": "1970-01-01"}))

    assert [row.request and row.request.cause for row in rows] == ["osteoarthritis", "gout", None]


def test_pages_that_repeat_a_patient_make_one_handout_of_all(read):
    rows = read(**{
        "1.json": json.dumps(bundle(patient(), condition((CM, "M17.11")))),
        "2.json": json.dumps(bundle(patient(), condition((CM, "M00.061"))), indent=1),
        "3.json": json.dumps(bundle(condition((CM, "I82.401"))))})

    assert asked(rows) == [("infection", "right", ("dvt",))]


def test_a_condition_that_may_be_of_two_people_stops_both(read):
    rows = read(patient(), {**patient(), "birthDate": "1950-01-01"}, condition((CM, "M17.11")))

    assert ["the same id" in str(row.problem) for row in rows] == [True, True]


# -- files -----------------------------------------------------------------------------------------


def test_resources_of_one_patient_may_stand_in_any_file(tmp_path, read, knee):
    (tmp_path / "export").mkdir()
    for name, content in {
            "a.ndjson.gz": gzip.compress(ndjson(condition((CM, "M17.11"))).encode()),
            "b.json": json.dumps(patient(), indent=2).encode(),
            "c.ndjson": ndjson({"resourceType": "Observation"}, condition((CM, "Z79.01"))).encode(),
            "manifest.json": b'{"output": []}', "notes.txt": b"x", ".own": b"x"}.items():
        (tmp_path / "export" / name).write_bytes(content)

    row, rest = readers.read([tmp_path / "export"], knee, today=TODAY)

    assert asked([row]) == [("osteoarthritis", "right", ("anticoagulant",))]
    assert (row.file, row.line) == (f"{tmp_path / 'export'}, file 2 by name", 1)
    assert (rest.request, rest.problem, rest.unused) == (
        None, None, {"file:not-fhir": 2, "not-looked-at:Observation": 1})


def test_the_place_of_a_resource_in_a_bundle_is_its_line(read):
    text = json.dumps(bundle(condition((CM, "M17.11")), patient("bo"), patient()), indent=1)

    row, _ = read(**{"bundle.json": text})

    before = text[:text.rindex('"resourceType": "Patient"')]
    assert row.line == before.count("\n")  # the brace on the line before


def test_a_bundle_with_an_entry_a_line_is_one_document(read):
    entries = ",\n".join(json.dumps({"resource": one})
                         for one in (patient(), condition((CM, "M17.11"))))

    rows = read(**{"bundle.json": '{"resourceType": "Bundle", "entry": [\n' + entries + "]}"})

    assert len(asked(rows)) == 1


def test_a_bundle_in_a_bundle_and_entries_without_a_resource_are_read(read):
    inner = bundle(patient(), condition((CM, "M17.11")))
    outer = bundle(inner, {"resourceType": "OperationOutcome"})
    outer["entry"] += [{"request": {}}, {"resource": None}]

    assert len(asked(read(outer))) == 1


@pytest.mark.parametrize("line", [
    '{"resourceType": "Condition", "code": 5}', '{"resourceType": "Condition"', "nonsense", "[]",
    '{"resourceType": 7}', '{"a": 1}', '{"resourceType": "Condition", "clinicalStatus": 7}',
    '{"resourceType":"Bundle","entry":[{"resource":5}]}',
    '{"x":' * 3000])
def test_a_malformed_line_is_a_problem_and_the_others_go_on(read, line):
    good = ndjson(patient(), condition((CM, "M17.11")))

    for text, at in ((good + line + "\n", 3), (line + "\n" + good, 1)):
        rows = read(**{"x.ndjson": text})
        assert [(row.line, row.request is None) for row in rows if row.problem] == [(at, True)]
        assert len(asked(rows)) == 1


def test_a_malformed_patient_who_matters_is_told_once(read):
    rows = read({**patient(), "name": "Zubehoerita"}, {**patient("bo"), "name": "x"},
                condition((CM, "M17.11")))

    assert ["Patient: is not as FHIR R4 has it" in str(row.problem) for row in rows] == [
        True, False]
    assert "Zubehoerita" not in str(rows[0].problem)


def test_a_patient_with_a_condition_that_can_not_be_read_gets_no_handout_that_may_be_wrong(read):
    rows = read(patient(), condition((CM, "M17.11")), {**condition((CM, "I82.401")), "code": "x"},
                patient("bo"), condition((CM, "M17.11"), of="Patient/bo"))

    assert [(row.line, row.request is None) for row in rows] == [(3, True), (1, True), (4, False)]


@pytest.mark.parametrize("content", [
    b"", b"\n \n", b"hello", b"<Bundle/>", b"[]", b"{", b'{"resourceType": "Patient"',
    b'{"resourceType": "Observation"}', "{".encode("utf-16"), gzip.compress(b"{}", mtime=0)[:-4],
    b"\x1f\x8b\x08nonsense", gzip.compress(b"cause\ngout\n", mtime=0)])
def test_a_file_that_is_no_export_is_refused_with_a_cure(read, content):
    with pytest.raises(InputError) as caught:
        read(**{"export.json": content})

    assert caught.value.cure


@pytest.mark.parametrize("content", [b"", b'{"resourceType": "Pat', b"\x1f\x8b\x08nonsense"])
def test_a_broken_file_of_patients_is_a_row_and_the_others_go_on(tmp_path, knee, content):
    (tmp_path / "Patient.2.ndjson").write_bytes(content)
    (tmp_path / "b.ndjson").write_text(ndjson(patient(), condition((CM, "M17.11"))))

    rows = list(readers.read([tmp_path], knee, today=TODAY))

    assert [row.request is None for row in rows] == [True, False]


# -- all files together ----------------------------------------------------------------------------


def test_tables_and_exports_are_numbered_in_the_order_given(tmp_path, knee):
    files = {"a.csv": "cause\ngout\ngout\n", "b.ndjson": ndjson(condition((CM, "M17.11"))),
             "c.txt": "cause\nbursitis\n", "d.data": ndjson(patient())}
    paths = []
    for name, content in files.items():
        paths.append(tmp_path / name)
        paths[-1].write_text(content)

    rows = list(readers.read(paths, knee, today=TODAY))

    assert [(row.number, row.request.cause) for row in rows] == [
        (1, "gout"), (2, "gout"), (3, "osteoarthritis"), (4, "bursitis")]


@pytest.mark.parametrize(("name", "content"), [
    ("book.xlsx", b"PK\x03\x04x"), ("book.csv", b"PK\x03\x04x"), ("gone.csv", None),
    ("gone.json", None)])
def test_what_can_not_be_read_is_refused_before_any_row(tmp_path, knee, name, content):
    (tmp_path / "a.csv").write_text("cause\ngout\n")
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(InputError):
        readers.read([tmp_path / "a.csv", tmp_path / name], knee, today=TODAY)


def test_what_can_be_read_only_once_is_refused(tmp_path, knee):
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(InputError, match="is not a file"):
        readers.read([tmp_path / "pipe.csv"], knee, today=TODAY)


# -- anything --------------------------------------------------------------------------------------

SECRET = "Zubehoerita"
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from([SECRET, f"{SECRET} 2"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(
        st.sampled_from(["coding", "code", "system", "reference", "value", "use", "given"]), inner,
        max_size=2), max_leaves=6)
ELEMENTS = ["code", "subject", "clinicalStatus", "bodySite", "extension", "contained", "name",
            "birthDate", "identifier", "communication", "id", "active", "deceasedBoolean"]


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.sampled_from(["Patient", "Condition"]), name=st.sampled_from(ELEMENTS),
       value=values, packed=st.booleans())
def test_any_value_in_any_element_gives_rows_and_never_repeats_it(
        read, which, name, value, packed):
    both = [patient(), condition((CM, "M17.11"))]
    both[which == "Condition"][name] = value
    both += [patient("bo"), condition((CM, "M10.062"), of="Patient/bo")]

    rows = read(bundle(*both)) if packed else read(*both)

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert "gout" in [row.request.cause for row in rows if row.request]
    assert all(isinstance(row.problem, HandoutError) for row in rows if row.problem)
    assert not any(SECRET in f"{row.problem}{row.unused}" for row in rows)


def test_memory_does_not_grow_with_the_patients_who_do_not_match(tmp_path, knee):
    def peak(people):
        path = tmp_path / f"{people}.ndjson"
        with path.open("w") as file:
            for at in range(people):
                file.write(ndjson(condition((CM, "M17.11" if at < 20 else "I10"),
                                            of=f"Patient/p{at}"), patient(f"p{at}")))
        tracemalloc.start()
        rows = sum(1 for _ in fhir.read([path], knee, count(1), today=TODAY))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return rows, size

    few, many = peak(300), peak(3_000)

    assert (few[0], many[0]) == (21, 21)
    assert many[1] < few[1] * 1.3 + 100_000


# -- more than an export of its size can hold ------------------------------------------------------


@pytest.mark.parametrize(("name", "told"), [
    ("line ends.ndjson.gz", "far too many lines"), ("line ends.ndjson", "far too many lines"),
    ("blanks.json.gz", "unpacks to far more"), ("blanks.ndjson.gz", "unpacks to far more"),
    ("empty entries.json.gz", "unpacks to far more"),
    ("empty objects.ndjson", "far too many lines"),
    ("one letter a line.ndjson", "far too many lines"),
    ("patients of one line.ndjson.gz", "far too many lines"),
    ("a string without end.json.gz", "unpacks to far more"),
    ("two files in one.json.gz", "unpacks to far more")])
def test_a_file_that_only_seems_an_export_is_refused_early(read, monkeypatch, name, told):
    monkeypatch.setattr(sources, "_FREE_BYTES", 10_000)
    monkeypatch.setattr(sources, "_FREE_LINES", 100)

    with pytest.raises(InputError, match=told) as refused:
        read(**{name: EXPORTS[name](200_000)})
    assert refused.value.cure == "Unpack it, look at what is in it, and give the unpacked file."


def test_a_bundle_of_too_many_parts_is_told(read, monkeypatch):
    monkeypatch.setattr(bundles, "MOST_OBJECTS", 500)
    [row] = read(**{"export.json": EXPORTS["empty entries.json"](60_000)})

    assert row.problem.problem == "holds too many parts to be read at once"


def test_a_patient_of_megabytes_is_told_and_the_others_are_read(read, monkeypatch):
    monkeypatch.setattr(resources, "MOST_OF_ONE", 500)
    huge = patient("bo", photo=[{"data": "x" * 600}])
    for rows in (read(huge, condition((CM, "M17.11")), patient()),
                 read(bundle(huge, condition((CM, "M17.11")), patient()))):
        assert [row.problem and row.problem.where for row in rows] == ["Patient", None]


def test_a_file_of_lines_that_are_no_resource_is_no_export(read, monkeypatch):
    monkeypatch.setattr(files, "MOST_FAULTS", 9)
    with pytest.raises(InputError, match="more than 9 parts that are no FHIR resource"):
        read(**{"export.ndjson": ndjson(patient()) + (" " * 40 + "{}\n") * 10})


def test_a_real_export_packs_well_and_is_read(read):
    people = [one for at in range(2000) for one in (
        patient(f"{at:08x}"), condition((CM, "I10" if at else "M17.11"), of=f"Patient/{at:08x}"))]
    packed = gzip.compress(ndjson(*people).encode())

    assert len(ndjson(*people)) > 8 * len(packed)
    assert [row.request.cause for row in read(**{"export.ndjson.gz": packed}) if row.request] == [
        "osteoarthritis"]
