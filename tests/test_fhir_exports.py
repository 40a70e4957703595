"""What record systems really export: read as it is meant, or said once; the people are invented."""

import gzip
import io
import json
from datetime import date
from itertools import count
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from exports import CM, SCT, WHO, bundle, concept, condition, ndjson, patient

import cli
from handouts import readers
from handouts.errors import InputError, UsageError
from handouts.readers import fhir
from handouts.readers.tables.columns import in_columns
from handouts.web.memory import held

TODAY = date(2026, 11, 25)
OID = "urn:oid:2.16.840.1.113883.6.96"


@pytest.fixture
def read(tmp_path, knee):
    """The rows of resources, or of files by name: read(resource, …, systems={…})."""

    def rows(*resources, systems=None, **files):
        files = files or {"export.ndjson": ndjson(*resources)}
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(fhir.read([tmp_path / name for name in files], knee, count(1), today=TODAY,
                              systems=systems))

    return rows


def asked(rows):
    """Cause, side and flags of each row that asks for a handout."""
    return [(row.request.cause, row.request.side, row.request.flags) for row in rows if row.request]


def told(rows):
    """All that was not used, by kind."""
    return {kind: number for row in rows for kind, number in row.unused.items()}


RIGHT_KNEE = [("osteoarthritis", "right", ())]


# -- code systems ----------------------------------------------------------------------------------


@pytest.mark.parametrize("system", [
    "http://hl7.org/fhir/sid/icd-10-cm|2026", "https://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM",
    "http://hl7.org/fhir/sid/icd-10-us", "urn:oid:2.16.840.1.113883.6.90", "I10C"])
def test_a_system_is_known_by_what_it_is_usually_called(read, system):
    assert asked(read(patient(), condition((system, "M17.11")))) == RIGHT_KNEE


@pytest.mark.parametrize("system", [SCT, OID, "https://snomed.info/sct/", "SNOMED CT"])
def test_so_is_that_of_a_body_site(read, system):
    site = {"bodySite": [concept((system, "6757004"))]}

    assert asked(read(patient(), condition((SCT, "239873007"), **site))) == RIGHT_KNEE


@pytest.mark.parametrize(("system", "name"), [(WHO, WHO), ("", "none"), (f"{WHO}|2019", WHO)])
def test_a_practice_that_knows_better_says_what_a_system_is(read, system, name):
    export = patient(), condition((system, "M17.11")), {
        "resourceType": "MedicationRequest", "subject": {"reference": "Patient/ana"},
        "status": "active", "medicationCodeableConcept": concept(("urn:own:drugs", "11289"))}

    assert asked(read(*export)) == []
    assert asked(read(*export, systems={name: "ICD-10-CM", "urn:own:drugs": "rxnorm"})) == [
        ("osteoarthritis", "right", ("anticoagulant",))]


def test_a_system_that_there_is_not_is_refused(read):
    with pytest.raises(UsageError, match="there is no such code system"):
        read(patient(), systems={WHO: "icd-11"})


def test_every_system_is_named_with_its_conditions(read):
    rows = read(patient(), condition((CM, "M17.11"), (SCT, "239873007")),
                condition((WHO, "I10")), condition((WHO, "J45")), condition(("", "x")),
                condition(("https://ehr.example/Ana-Ruiz", "x"), of="Patient/bo"))

    assert rows[0].systems == {"icd10cm": 1, "snomed": 1, WHO: 2, "none": 1,
                               "another of ehr.example": 1}
    assert [row.systems for row in rows[1:]] == [{}] * len(rows[1:])


def test_each_system_of_a_condition_that_is_not_known_is_told(read):
    assert told(read(patient(), condition((WHO, "M17"), ("urn:oid:1.2.276.0.76.5.409", "M17.1")))
                ) == {f"code:other-system:{WHO}": 1,
                      "code:other-system:urn:oid:1.2.276.0.76.5.409": 1, "patient:no-cause": 1}


@pytest.mark.parametrize(("conditions", "problem"), [
    ([condition((WHO, "M17.11"))], "nothing was made of the one condition with a code"),
    ([condition((CM, "I10")), condition((SCT, "38341003"))],
     "nothing was made of 2 conditions with codes"),
    ([condition(code={"text": "Osteoarthritis of the left knee"})],
     "the one condition is told in words alone"),
    ([condition(code={"text": "Knee pain"})] * 2, "2 conditions are told in words alone"),
    ([condition(code={"text": "Knee pain"}), condition((CM, "I10"))],
     "nothing was made of the one condition with a code"),
    ([], None)])
def test_an_export_with_conditions_of_which_nothing_is_made_is_a_problem(read, conditions, problem):
    rows = read(patient(), *conditions)

    assert [row.problem and row.problem.problem for row in rows] == [problem]


def test_of_conditions_in_words_alone_it_is_said_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HANDOUTS_RECORDS", str(tmp_path / "records"))
    (tmp_path / "export.ndjson").write_text(ndjson(patient(), condition(code={"text": "Gout"})))

    code = cli.run(["batch", str(tmp_path / "export.ndjson"), "-o", str(tmp_path / "out")])
    told = capsys.readouterr().err

    assert code == 1
    assert "Words are not read as a diagnosis. Export the conditions with their codes" in told
    assert "Gout" not in told


def test_words_without_a_code_are_counted_as_not_understood(read):
    assert told(read(patient(), condition(code={"text": "Something of his own"}),
                     condition((CM, "M17.11")))) == {"condition:no-code": 1}


# -- encounter diagnoses ---------------------------------------------------------------------------

ENCOUNTER = {"category": [concept((
    "http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis"))]}
TAKEN = "encounter diagnoses without a status, taken as active"


@pytest.mark.parametrize(("parts", "made"), [
    (ENCOUNTER, 1), ({"category": [{"text": "Encounter Diagnosis"}]}, 1),
    ({"category": concept(("", "encounter-diagnosis"))}, 1), ({}, 0),
    ({"category": [concept(("", "problem-list-item"))]}, 0),
    ({**ENCOUNTER, "abatementDateTime": "2026-01"}, 0), ({**ENCOUNTER, "abatementString": "x"}, 0),
    ({**ENCOUNTER, "abatementAge": {"value": 60}}, 0),
    ({**ENCOUNTER, "verificationStatus": concept(("", "provisional"))}, 0)])
def test_a_diagnosis_of_an_encounter_without_a_status_is_active_and_told(read, parts, made):
    rows = read(patient(), condition((CM, "M17.11"), clinical=None, **parts))

    assert len(asked(rows)) == made
    assert rows[0].looked_at.get(TAKEN, 0) == made


# -- language --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [
    {"coding": [{"system": "https://x.example/codeSet/36", "code": "312345"},
                {"system": "urn:ietf:bcp:47", "code": "es"}]},
    concept(("", "spa")), concept(("", "es-419")), {"text": "Spanish"}, {"text": "español"},
    {"text": "Spanish (Mexico)"}, {"text": "Spanish; Castilian"},
    {"coding": [{"code": "132", "display": "Spanish"}]}])
def test_the_language_is_found_in_any_coding_then_in_words(read, language):
    row, = read(patient(communication=[{"language": language}]), condition((CM, "M17.11")))

    assert (row.request.language, row.unused) == ("es", {})


# -- merged records --------------------------------------------------------------------------------


def linked(who, kind, to):
    return patient(who, link=[{"other": {"reference": f"Patient/{to}"}, "type": kind}])


KNEE, THINNER = condition((CM, "M17.11"), of="Patient/old"), condition((CM, "Z79.01"),
                                                                      of="Patient/new")


@pytest.mark.parametrize("people", [
    [linked("old", "replaced-by", "new"), patient("new")],
    [patient("new"), linked("old", "replaced-by", "new")],
    [patient("old"), linked("new", "replaces", "old")], [linked("new", "replaces", "old")],
    [linked("old", "replaced-by", "mid"), linked("mid", "replaced-by", "new"), patient("new")]])
@pytest.mark.parametrize("packed", [False, True])
def test_merged_records_are_one_patient_with_all_that_each_says(read, people, packed):
    export = [*people, KNEE, THINNER]
    rows = read(bundle(*export)) if packed else read(*export)

    assert asked(rows) == [("osteoarthritis", "right", ("anticoagulant",))]
    assert [row.problem for row in rows if row.problem] == []
    assert [row.request.patient.name for row in rows if row.request] == ["New Ruiz"]


@pytest.mark.parametrize("people", [
    [linked("old", "replaced-by", "new")],
    [linked("old", "replaced-by", "new"), linked("new", "replaced-by", "old")]])
def test_a_record_whose_successor_is_not_there_is_not_used(read, people):
    rows = read(*people, KNEE)

    assert asked(rows) == []
    assert "was replaced by another record" in str(rows[0].problem)


# -- older versions --------------------------------------------------------------------------------


def dstu2(*, clinical="active"):
    return [
        {**patient(), "name": [{"family": ["Ruiz", "Soto"], "given": ["Ana"]}]},
        {"resourceType": "Condition", "patient": {"reference": "Patient/ana"},
         "code": concept((CM, "M17.11")), "clinicalStatus": clinical,
         "verificationStatus": "confirmed", "category": concept(("", "diagnosis"))},
        {"resourceType": "MedicationOrder", "patient": {"reference": "Patient/ana"},
         "status": "active", "medicationCodeableConcept": {"text": "Warfarin"}}]


@pytest.mark.parametrize(("clinical", "made"), [("active", 1), ("Active ", 1), ("resolved", 0)])
def test_the_plain_shapes_of_dstu2_are_read(read, clinical, made):
    rows = read(*dstu2(clinical=clinical))

    assert asked(rows) == [("osteoarthritis", "right", ("anticoagulant",))] * made
    assert [row.request.patient.name for row in rows if row.request] == ["Ana Ruiz Soto"] * made


@pytest.mark.parametrize(("never", "flags"), [
    ({"taken": "n"}, ()), ({"taken": "y"}, ("anticoagulant",)), ({"wasNotTaken": True}, ()),
    ({"wasNotTaken": False}, ("anticoagulant",))])
def test_so_are_those_of_stu3(read, never, flags):
    rows = read(patient(), {**condition((CM, "M17.11")), "clinicalStatus": "active",
                            "verificationStatus": "confirmed"},
                {"resourceType": "MedicationStatement", "subject": {"reference": "Patient/ana"},
                 "status": "active", "medicationCodeableConcept": {"text": "Warfarin"}, **never})

    assert asked(rows) == [("osteoarthritis", "right", flags)]


@pytest.mark.parametrize("medication", [
    {"concept": {"text": "Warfarin"}}, {"reference": {"reference": "Medication/w"}}])
def test_so_are_those_of_r5(read, medication):
    about = {"subject": {"reference": "Patient/ana"}}
    rows = read(
        patient(), condition((CM, "M17.11")),
        {"resourceType": "Medication", "id": "w", "code": {"text": "Warfarin"}},
        {"resourceType": "MedicationRequest", "status": "active", "medication": medication,
         **about},
        {"resourceType": "Procedure", "status": "completed", "occurrenceDateTime": "2026-11-01",
         "code": {"text": "Arthroscopy of knee"}, **about})

    assert asked(rows) == [("osteoarthritis", "right", ("recent-surgery", "anticoagulant"))]


R5 = {"resourceType": "Bundle", "type": "collection", "entry": [
    {"fullUrl": "urn:uuid:1", "resource": {**patient(), "id": None}},
    {"fullUrl": "urn:uuid:2", "resource": {
        **condition((CM, "M17.11")), "subject": {"reference": "urn:uuid:1"},
        "participant": [{"actor": {"reference": "urn:uuid:3"}}]}},
    {"fullUrl": "urn:uuid:4", "resource": {
        "resourceType": "MedicationStatement", "status": "recorded",
        "subject": {"reference": "urn:uuid:1"},
        "adherence": {"code": {"text": "taking"}},
        "medication": {"concept": {"text": "Warfarin"}}}}]}


def searchset(*resources, **parts):
    """The answer to a search, with what came along."""
    entries = [{"resource": one, "fullUrl": f"https://x.example/{one['resourceType']}/{at}",
                "search": {"mode": "match" if one["resourceType"] == "Condition" else "include"}}
               for at, one in enumerate(resources)]
    return {"resourceType": "Bundle", "type": "searchset", "total": 1, "entry": entries,
            "link": [{"relation": "self", "url": "https://x.example/Condition"}], **parts}


OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "information"}]}


@pytest.mark.parametrize("whole", [
    R5, bundle(*dstu2()), searchset(*dstu2(), OUTCOME),
    {**bundle(), "type": "batch-response", "entry": [{"resource": bundle(*dstu2()),
                                                      "response": {"status": "200"}}]}])
def test_bundles_of_other_versions_and_kinds_are_read_whole(read, whole):
    whole = json.loads(json.dumps(whole), object_hook=lambda one: {
        name: value for name, value in one.items() if value is not None})
    rows = read(**{"export.json": json.dumps(whole)})

    assert asked(rows) == [("osteoarthritis", "right", ("anticoagulant",))]
    assert [row.problem for row in rows if row.problem] == []


# -- how files are packed --------------------------------------------------------------------------

ANA = [patient(), condition((CM, "M17.11"))]


def zipped(files, compression=ZIP_DEFLATED):
    data = io.BytesIO()
    with ZipFile(data, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("form", [
    json.dumps(ANA), json.dumps(ANA, indent=1), "\n [\n" + json.dumps(bundle(*ANA)) + "]",
    json.dumps(ANA).encode("utf-16"), ndjson(*ANA).encode("utf-16"),
    json.dumps(bundle(*ANA), indent=1).encode("utf-16-be"), ndjson(*ANA).encode("utf-16-le"),
    gzip.compress(ndjson(*ANA).encode("utf-16"), mtime=0), json.dumps(ANA).encode("utf-8-sig"),
    ndjson(*ANA).encode("utf-8-sig"), json.dumps(bundle(*ANA), indent=1).encode("utf-8-sig"),
    gzip.compress(ndjson(*ANA).encode("utf-8-sig"), mtime=0),
    gzip.compress(json.dumps(bundle(*ANA)).encode(), mtime=0),
    ndjson(*ANA).replace("\n", "\r\n"), ndjson(*ANA).replace("\n", "\n\n"), ndjson(*ANA).strip(),
    ndjson(bundle(ANA[0]), bundle(ANA[1]))])
@pytest.mark.parametrize("name", ["export.json", "export.ndjson", "export.ndjson.gz", "export"])
def test_a_list_and_utf_16_are_read_as_any_export(tmp_path, knee, form, name):
    (tmp_path / name).write_bytes(form if isinstance(form, bytes) else form.encode())

    rows = list(readers.read([tmp_path / name], knee, today=TODAY))

    assert asked(rows) == RIGHT_KNEE
    assert [row.problem for row in rows if row.problem] == []


def test_a_resource_of_a_list_has_its_line(read):
    rows = read(**{"export.json": json.dumps([*ANA, {"resourceType": 7}], indent=0)})

    assert [(row.line, row.problem is None) for row in rows] == [
        (json.dumps(ANA, indent=0).count("\n") + 1, False), (2, True)]


@pytest.mark.parametrize("files", [
    {"Patient.ndjson": ndjson(ANA[0]), "Condition.ndjson": ndjson(ANA[1]), "log.txt": "ready"},
    {"fhir/Ana_Ruiz.json": json.dumps(bundle(*ANA)), "__MACOSX/x": b"\0"},
    {"all.ndjson.gz": gzip.compress(ndjson(*ANA).encode(), mtime=0)},
    {"all.json": json.dumps(ANA).encode("utf-16")}])
def test_a_zip_of_an_export_is_read(tmp_path, knee, files):
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(files))
    rows = list(readers.read([path], knee, today=TODAY))

    assert asked(rows) == RIGHT_KNEE
    assert [row.problem for row in rows if row.problem] == []
    assert "Ana_Ruiz" not in str([row.file for row in rows])


def test_what_of_a_zip_is_not_read_is_told_and_keeps_the_handouts_back(read):
    rows = read(**{"export.zip": zipped({"a.ndjson": ndjson(*ANA), "b.xml": '<Condition xmlns='
                                         '"http://hl7.org/fhir"/>'})})

    assert [row.problem.problem for row in rows if row.problem] == [
        "1 file of the ZIP was not read", "a condition of this patient may be lost"]


@pytest.mark.parametrize(("data", "told"), [
    (zipped({"a.ndjson": ndjson(*ANA)})[:-30], None),
    (zipped({"a.ndjson": b" " * 40_000_000}), "unpacks to far more than an export")])
def test_a_zip_that_is_broken_or_a_bomb_is_refused(tmp_path, knee, data, told):
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    with pytest.raises(InputError, match=told):
        list(readers.read([path], knee, today=TODAY))


# -- the list of a bulk export's files -------------------------------------------------------------


def manifest(**files):
    return json.dumps({"transactionTime": "2026-11-01T00:00:00Z", "requiresAccessToken": True,
                       "request": "https://x.example/$export", "error": [],
                       "output": [{"type": kind, "url": f"https://x.example/files/{name}"}
                                  for name, kind in files.items()]})


LISTED = {"p1": "Patient", "c1": "Condition"}


@pytest.mark.parametrize(("named", "ending"), [
    ("manifest.json", ""), ("manifest.json", ".ndjson"), (".", ".ndjson")])
def test_the_files_that_a_manifest_names_are_read(tmp_path, knee, named, ending):
    for name, content in {f"p1{ending}": ndjson(ANA[0]), f"c1{ending}": ndjson(ANA[1]),
                          "manifest.json": manifest(**LISTED)}.items():
        (tmp_path / name).write_text(content)
    rows = list(readers.read([tmp_path / named], knee, today=TODAY))

    assert asked(rows) == RIGHT_KNEE
    assert [row.problem for row in rows if row.problem] == []


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_part_that_is_not_there_is_told_and_keeps_the_handouts_back(tmp_path, knee, as_folder):
    names = {**LISTED, "c2": "Condition", "o1": "Observation"}
    for name, content in {"p1.ndjson": ndjson(ANA[0]), "c1.ndjson": ndjson(ANA[1]),
                          "manifest.json": manifest(**names)}.items():
        (tmp_path / name).write_text(content)
    path = tmp_path if as_folder else tmp_path / "manifest.json"
    rows = list(readers.read([path], knee, today=TODAY))

    assert asked(rows) == []
    assert rows[0].problem.problem == "names 2 files that are not there (Condition, another type)"


def test_a_folder_whose_client_named_its_files_by_type_is_whole(tmp_path, knee):
    for name, content in {"1.Patient.ndjson": ndjson(ANA[0]), "Condition_1.ndjson": ndjson(ANA[1]),
                          "manifest.json": manifest(**LISTED)}.items():
        (tmp_path / name).write_text(content)

    assert asked(readers.read([tmp_path], knee, today=TODAY)) == RIGHT_KNEE


def test_a_manifest_alone_is_refused(tmp_path, knee):
    (tmp_path / "manifest.json").write_text(manifest(**LISTED))
    with pytest.raises(InputError, match="none of them lies beside it"):
        list(readers.read([tmp_path / "manifest.json"], knee, today=TODAY))


def test_a_manifest_that_was_sent_reads_no_file_of_this_machine(tmp_path, knee, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, content in {"p1.ndjson": ndjson(ANA[0]), "c1.ndjson": ndjson(ANA[1]),
                          "table.json": "{}"}.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match="none of them lies beside it"):
        list(readers.read([held(manifest(**LISTED).encode(), ".json")], knee, today=TODAY))


def test_a_page_of_a_search_is_told_not_to_be_the_whole(read):
    page = {**bundle(*ANA), "type": "searchset", "total": 57, "link": [
        {"relation": "self", "url": "https://x.example/1"},
        {"relation": "next", "url": "https://x.example/2"}]}
    rows = read(**{"page.json": json.dumps(page)})

    assert "is a page of several, not the whole" in str(rows[0].problem)
    assert read(**{"page.json": json.dumps(page), "next.json": json.dumps({
        **bundle(), "link": [{"relation": "self", "url": "https://x.example/2"}]})})[0].request


def test_the_cure_of_an_export_names_the_option_of_the_command(read):
    [row] = read(patient(), condition((WHO, "M17.11")))

    assert "--code-system URI=icd10cm says what a system is." in in_columns(row.problem)
