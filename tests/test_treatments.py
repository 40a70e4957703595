"""Medicines and procedures of a FHIR record: what sets a flag, what asks, what does neither."""

import json
from itertools import count

import pytest
from helpers import TODAY, document_text
from test_code_meanings import condition

from handouts.batch import report
from handouts.coding import codes, medicines
from handouts.infobutton.feed import matched
from handouts.infobutton.question import question
from handouts.pack.pack import load_pack
from handouts.readers import Aside, fhir
from handouts.readers.fhir.systems import shown_system
from handouts.rules.safety import decide

KNEE = load_pack("knee")
SCT = codes.SYSTEMS["snomed"][0]
RXNORM, ATC, NDC = (uri for uri, _ in medicines.SYSTEMS.values())
CPT, PCS = "http://www.ama-assn.org/go/cpt", "http://www.cms.gov/Medicare/Coding/ICD10"
THINNERS = [medicine.name for medicine in medicines._medicines(KNEE.folder).medicines
            if medicine.flag == "anticoagulant"]


def coded(system, code, **more):
    return {"coding": [{"system": system, "code": code, **more}]}


def request(concept, **more):
    made = {"resourceType": "MedicationRequest", "status": "active",
            "subject": {"reference": "Patient/a"}, "authoredOn": "2026-11-20"}
    return made | ({"medicationCodeableConcept": concept} if concept else {}) | more


def procedure(concept, day="2026-11-01", **more):
    made = {"resourceType": "Procedure", "status": "completed", "code": concept,
            "subject": {"reference": "Patient/a"}}
    return made | ({"performedDateTime": day} if day else {}) | more


@pytest.fixture
def read(tmp_path):
    """The row of a patient with an arthritis of the right knee and these entries."""
    def row(*entries, knee="M17.11"):
        path = tmp_path / "export.ndjson"
        resources = [{"resourceType": "Patient", "id": "a",
                      "birthDate": "1950-02-03"}, condition(knee), *entries]
        path.write_text("\n".join(map(json.dumps, resources)))
        found, = (row for row in fhir.read([path], KNEE, count(1), today=TODAY) if row.line)
        return found

    return row


# -- medicines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", THINNERS)
def test_a_blood_thinner_is_known_by_its_name_its_ingredient_and_its_class(read, name):
    medicine = next(each for each in medicines._medicines(KNEE.folder).medicines
                    if each.name == name)
    given = [{"text": f"{name.upper()} 5 mg oral tablet"}, coded(ATC, medicine.atc[0]),
             *(coded(RXNORM, code) for code in {*medicine.rxnorm[:1], *medicine.rxnorm[-1:]}),
             *({"text": f"Take {brand}, daily"} for brand in medicine.names)]

    assert {read(request(each)).request.flags for each in given} == {("anticoagulant",)}


def test_a_medicine_that_a_reference_only_names_counts(read):
    row = read(request(None, medicationReference={"display": "Warfarin 3 mg"}))

    assert row.request.flags == ("anticoagulant",)


@pytest.mark.parametrize("name", ["Right TKA", "total hip replacement", "ORIF tibial plateau"])
def test_an_operation_counts_by_its_short_name(read, name):
    row = read(procedure({"text": name}))

    assert "recent-surgery" in row.request.flags


@pytest.mark.parametrize("concept", [
    {"text": "heparin lock flush 10 UNT/ML"}, {"text": "Heparina gel 1000"}, {"text": "aspirin 81"},
    {"text": "warfarinol"}, coded(RXNORM, "1191"), coded(ATC, "B01AC06"), coded(ATC, "C05BA03"),
    {"text": "apixaban eye drops"}, coded(RXNORM, "855332", display="Warfarin topical cream"),
    coded(SCT, "11289")])
def test_what_is_none_or_stays_where_it_is_put_sets_nothing(read, concept):
    assert read(request(concept)).request.flags == ()


@pytest.mark.parametrize("status", [
    "completed", "stopped", "cancelled", "entered-in-error", "draft"])
def test_what_is_not_taken_any_more_sets_nothing(read, status):
    row = read(request({"text": "warfarin"}, status=status))

    assert (row.request.flags, row.unused) == ((), {"medicine:not-taken": 1})


@pytest.mark.parametrize("status", ["active", "on-hold", "unknown", None])
def test_what_may_be_taken_does(read, status):
    assert read(request({"text": "warfarin"}, status=status)).request.flags == ("anticoagulant",)


def statement(days, text="prednisone 5 MG oral tablet", **more):
    return {"resourceType": "MedicationStatement", "status": "active",
            "subject": {"reference": "Patient/a"}, "medicationCodeableConcept": {"text": text},
            "effectivePeriod": {"start": days}, **more}


def bounds(value, unit):
    return {"timing": {"repeat": {"boundsDuration": {"value": value, "code": unit}}}}


@pytest.mark.parametrize(("entry", "flags"), [
    (statement("2026-08-01"), ("fragile-bones",)), (statement("2026-11-20"), ()),
    (statement("2026-01-01", effectivePeriod={"start": "2026-01-01", "end": "2026-01-06"}), ()),
    (statement("2026-01-01", "dexamethasone 4 MG/ML injection"), None),
    (statement("2026-01-01", "prednisolone eye drops"), None),
    (statement("2026-01-01", dosage=[{"route": coded(SCT, "54485002")}]), None),
    (request(coded(RXNORM, "312617"), authoredOn="2025-01-01"), ("fragile-bones",)),
    (request(coded(RXNORM, "312617"), authoredOn="2025-01-01",
             dosageInstruction=[bounds(5, "d")]), ()),
    (request(coded(RXNORM, "312617"), dosageInstruction=[bounds(4, "mo")]), ("fragile-bones",)),
    (request(coded(RXNORM, "312617"), dispenseRequest={
        "expectedSupplyDuration": {"value": 30, "unit": "days"}, "numberOfRepeatsAllowed": 3}),
     ("fragile-bones",)),
    (request(coded(RXNORM, "312617"), authoredOn=None), ())])
def test_steroids_by_mouth_count_from_three_months_on(read, entry, flags):
    """A shorter course is asked for; None: not even that."""
    row = read(entry)

    assert row.request.flags == (flags or ())
    assert row.unused == ({"to-ask:fragile-bones": 1} if flags == () else {})


@pytest.mark.parametrize("reference", ["Medication/m", "https://x.example/fhir/Medication/m", "#m"])
def test_a_medicine_may_be_told_by_reference(read, reference):
    medication = {"resourceType": "Medication", "id": "m", "code": coded(RXNORM, "11289")}
    inside = {"contained": [medication]} if reference == "#m" else {}
    beside = [] if inside else [medication]

    row = read(*beside, request(None, medicationReference={"reference": reference}, **inside))

    assert row.request.flags == ("anticoagulant",)


WARFARIN = coded(RXNORM, "11289")


@pytest.mark.parametrize("ingredient", [
    {"itemCodeableConcept": WARFARIN}, {"itemCodeableConcept": {"text": "Warfarin"}},
    {"itemReference": {"display": "Warfarin"}}, {"item": {"concept": WARFARIN}},
    {"item": {"concept": {"text": "warfarin sodium"}}},
    {"item": {"reference": {"display": "Warfarin"}}}])
@pytest.mark.parametrize("code", [None, {"text": "Capsule, compounded"}])
def test_a_medicine_is_known_by_what_it_holds(read, ingredient, code):
    medication = {"resourceType": "Medication", "id": "m", "ingredient": [ingredient]} | (
        {"code": code} if code else {})
    inside = request(None, medicationReference={"reference": "#m"}, contained=[medication])
    beside = request(None, medicationReference={"reference": "Medication/m"})

    assert read(inside).request.flags == ("anticoagulant",)
    assert read(medication, beside).request.flags == ("anticoagulant",)


@pytest.mark.parametrize("medication", [
    {"concept": WARFARIN}, {"concept": {"text": "Warfarin 3 mg"}},
    {"concept": {}, "reference": {"display": "Warfarin 3 mg"}}])
def test_r5_names_a_medicine_in_one_element(read, medication):
    assert read(request(None, medication=medication)).request.flags == ("anticoagulant",)
    for over in ({"status": "ended"}, {"status": "completed"},
                 {"adherence": {"code": {"coding": [{"code": "not-taking"}]}}}):
        row = read(request(None, medication=medication, **over))

        assert (row.request.flags, row.unused) == ((), {"medicine:not-taken": 1})


def test_what_was_looked_at_and_what_a_name_alone_told_is_counted(read):
    row = read(request({"text": "Coumadin"}), request(coded(RXNORM, "1364445")),
               procedure({"text": "Appendectomy"}))

    assert row.looked_at == {"conditions": 1, "medicines": 2, "procedures": 1}
    assert row.by_name == {"warfarin": 1}


def test_a_report_tells_what_was_looked_at_and_what_was_not_understood(read):
    aside = Aside()
    aside.take(read(
        request({"text": "Coumadin"}), request(coded("https://pharmacy.example/Ana-Ruiz", "77")),
        condition("M17.11", "http://hl7.org/fhir/sid/icd-10", 1), condition("E66.9", number=2),
        procedure(coded("http://loinc.org", "1-8"))))

    assert list(report.aside_lines(aside)) == [
        "not used: code:other-system:http://hl7.org/fhir/sid/icd-10 (1)",
        "not used: code:unknown:icd10cm (1)",
        "not used: medicine:other-system:another of pharmacy.example (1)",
        "not used: procedure:other-system:http://loinc.org (1)",
        "looked at, of the patients with a diagnosis of the pack: "
        "3 conditions, 2 medicines, 1 procedures",
        "code systems of the conditions: icd10cm (2), http://hl7.org/fhir/sid/icd-10 (1)",
        "known by its name alone: warfarin (1)",
        "row 1: something in the record could not be read for sure, and may be a warning; look "
            "at it before you give the handout"]


@pytest.mark.parametrize("entry", [
    {"medicationCodeableConcept": 7}, {"dosageInstruction": "Ana"}, {"subject": "Ana"}])
def test_a_medicine_that_can_t_be_read_is_counted_and_stops_nobody(tmp_path, entry):
    path = tmp_path / "export.ndjson"
    resources = [{"resourceType": "Patient", "id": "a",
                  "birthDate": "1950-02-03"}, condition("M17.11"),
                 request({"text": "warfarin"}) | entry]
    path.write_text("\n".join(map(json.dumps, resources)))

    row, rest = fhir.read([path], KNEE, count(1), today=TODAY)

    assert (row.request.cause, rest.unused) == ("osteoarthritis", {"medicine:unreadable": 1})


@pytest.mark.parametrize(("system", "address"), [
    ("http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10"), ("", "none"),
    ("urn:oid:2.16.840.1.113883.6.3", "urn:oid:2.16.840.1.113883.6.3"), ("Ana Ruiz", "another"),
    ("http://ehr.example/ana-ruiz", "another of ehr.example"),
    ("urn:oid:1.2.840.114350.1.13.0.1.7.2.727688", "urn:oid:1.2.840.114350.1.13.0.1.7.2.727688"),
    ("http://Ana Ruiz.example", "another"), ("urn:oid:1960.02.29", "another"),
    ("http://hl7.org/fhir/" + "a" * 80, "another of hl7.org")])
def test_a_public_system_is_named_and_of_a_private_one_the_server_alone(system, address):
    assert shown_system(system) == address


# -- procedures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("entry", "flags"), [
    (procedure(coded(SCT, "609588000")), ("recent-surgery", "knee-replacement")),
    (procedure(coded(SCT, "609588000"), "2026-08-01"), ("knee-replacement",)),
    (procedure(coded(SCT, "609588000"), "2012-01-01"), ("knee-replacement",)),
    (procedure(coded(CPT, "27447"), "2026-10-05"), ("recent-surgery", "knee-replacement")),
    (procedure(coded(PCS, "0SRC0J9"), "2026-10-05"), ("recent-surgery", "knee-replacement")),
    (procedure(coded(PCS, "0SRD0J9"), "2026-10-05"), ()),
    (procedure(coded(CPT, "29881"), "2026-10-05"), ("recent-surgery",)),
    (procedure(coded(CPT, "27369"), "2026-11-24"), ("recent-injection",)),
    (procedure({"text": "Arthroscopy of left knee"}, "2026-10-05",
               bodySite=[coded(SCT, "82169009")]), ()),
    (procedure({"text": "Arthroscopic meniscectomy"}, "2026-10-05"), ("recent-surgery",)),
    (procedure({"text": "Knee X-ray"}), ()), (procedure({"text": "Physical therapy, knee"}), ()),
    (procedure(coded(SCT, "74016001", display="Knee X-ray")), ()),
    (procedure({"text": "Appendectomy"}), ()), (procedure(coded(CPT, "58150")), ()),
    (procedure(coded(CPT, "27130"), "2026-10-05"), ("recent-surgery",)),
    (procedure(coded(CPT, "27096"), "2026-10-05"), ()),
    (procedure(coded(CPT, "36475"), "2026-10-05"), ("recent-surgery",)),
    (procedure(coded(CPT, "36481"), "2026-10-05"), ()),
    (procedure(coded(CPT, "59510"), "2026-10-05"), ("pregnant",)),
    (procedure(coded(CPT, "59510"), "2026-08-05"), ()),
    (procedure(coded(CPT, "59400"), None), ("pregnant",)),
    (procedure(coded(PCS, "10D00Z1"), "2026-10-05"), ("pregnant",)),
    (procedure(coded(SCT, "11466000"), "2026-10-05"), ("pregnant",)),
    (procedure({"text": "Knee joint injection"}, "2026-11-20"), ("recent-injection",)),
    (procedure({"text": "Knee joint injection"}, "2026-11-10"), ()),
    (procedure(coded(CPT, "20610"), "2026-11-20", bodySite=[coded(SCT, "72696002")]),
     ("recent-injection",)),
    (procedure(coded(CPT, "20610"), "2026-11-20", bodySite=[coded(SCT, "16982005")]), ()),
    (procedure(coded(CPT, "29881"), None, performedPeriod={"start": "2026-11"}),
     ("recent-surgery",)),
    (procedure(coded(CPT, "29881"), "2026-12-24"), ()),
    (procedure(coded(CPT, "29881"), "2026-10-05", status="not-done"), ()),
    (procedure(coded(CPT, "29881"), "2026-10-05", status="in-progress"), ("recent-surgery",))])
def test_an_operation_counts_for_twelve_weeks_and_an_injection_for_seven_days(read, entry, flags):
    order = [flag for flag in KNEE.structure.flags if flag in flags]

    assert list(read(entry).request.flags) == order


@pytest.mark.parametrize(("code", "asked"), [
    ("27130", {"to-ask:recent-surgery": 1}), ("36475", {"to-ask:recent-surgery": 1}),
    ("27369", {"to-ask:recent-injection": 1}), ("20610", {"to-ask:recent-injection": 1}),
    ("27447", {"to-ask:recent-surgery": 1})])
def test_an_operation_of_an_unknown_day_is_asked_for(read, code, asked):
    row = read(procedure(coded(CPT, code), None))

    assert row.unused == asked
    assert "recent-surgery" not in row.request.flags


def test_an_injection_of_a_joint_that_is_not_named_is_asked_for(read):
    row = read(procedure(coded(CPT, "20610"), "2026-11-20"))

    assert (row.request.flags, row.unused) == ((), {"to-ask:recent-injection": 1})


# -- an infobutton ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("system", "code", "name", "flags"), [
    ("2.16.840.1.113883.6.88", "855332", "", ("anticoagulant",)),
    ("2.16.840.1.113883.6.69", "00003089421", "", ("anticoagulant",)),
    ("2.16.840.1.113883.6.69", "0003-0894-21", "", ("anticoagulant",)),
    ("2.16.840.1.113883.6.69", "99999-999-99", "Xarelto 20 mg tablet", ("anticoagulant",)),
    ("2.16.840.1.113883.6.73", "B01AA03", "", ("anticoagulant",)),
    ("2.16.840.1.113883.6.88", "1191", "aspirin", ()),
    ("2.16.840.1.113883.6.88", "312617", "prednisone", ())])
def test_an_infobutton_takes_a_medicine_beside_the_diagnosis(system, code, name, flags):
    pairs = [("mainSearchCriteria.v.c", "M17.11"),
             ("mainSearchCriteria.v.cs", "2.16.840.1.113883.6.90"),
             ("mainSearchCriteria.v.c1", code), ("mainSearchCriteria.v.cs1", system),
             ("mainSearchCriteria.v.dn1", name)]

    assert matched(question(pairs), KNEE).flags == flags
    alone = [(key.replace("1", ""), value) for key, value in pairs[2:]]
    assert matched(question(alone), KNEE) is None


# -- a record such as Synthea's --------------------------------------------------------------------

# What such a record calls each, and the flag.
SYNTHEA = {
    "fragile-bones": condition("64859006", SCT, 1),
    "cannot-say-stop": condition("26929004", SCT, 2),
    "dvt": condition("128053003", SCT, 3),
    "pregnant": condition("72892002", SCT, 4), "poor-circulation": condition("399957001", SCT, 5),
    "knee-replacement": procedure(coded(SCT, "609588000"), "2019-05-01"),
    "anticoagulant": request(coded(RXNORM, "855332", display="Warfarin Sodium 5 MG Oral Tablet")),
}


def bundled(tmp_path, *names):
    """The row of a Bundle with an arthritis of the knee and these."""
    patient = {"resourceType": "Patient", "id": "a", "birthDate": "1950-02-03",
               "name": [{"use": "official", "family": "Walsh511", "given": ["Bo12"]}]}
    knee = condition("239873007", SCT)
    entries = [{"fullUrl": f"urn:uuid:{number}", "resource": {**resource, **(
        {} if resource is patient else {"subject": {"reference": "urn:uuid:0"}})}}
        for number, resource in enumerate([patient, knee, *(SYNTHEA[name] for name in names)])]
    path = tmp_path / "Bo12_Walsh511.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}))
    [row] = fhir.read([path], KNEE, count(1), today=TODAY)
    return row.request


@pytest.mark.parametrize("name", SYNTHEA)
def test_a_bundle_with_one_of_them_has_its_flag(tmp_path, name):
    made = bundled(tmp_path, name)

    assert (made.cause, made.flags) == ("osteoarthritis", (name,))


def test_a_bundle_with_all_of_them_has_all_flags_and_waits(tmp_path):
    made = bundled(tmp_path, *SYNTHEA)

    assert set(made.flags) == set(SYNTHEA)
    assert decide(KNEE, made.cause, flags=made.flags).waits[0] == "clot"


@pytest.mark.parametrize("name", SYNTHEA)
def test_what_it_prints_has_the_flag_s_own_words(tmp_path, document, name):
    made = bundled(tmp_path, name)
    words = KNEE.words_in("en")
    [wait] = decide(KNEE, made.cause, flags=made.flags).waits or [""]
    wanted = {"": words.flags[name].warning, "clot": words.waits["clot"].why}

    assert wanted.get(wait, words.flags[name].why) in document_text(
        document(made.cause, flags=made.flags))


# -- by words and side -----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "flag"), [
    ("Knee surgery", "recent-surgery"), ("Right knee operation", "recent-surgery"),
    ("Operation on leg", "recent-surgery"), ("Vein stripping right leg", "recent-surgery"),
    ("Skin graft right thigh", "recent-surgery"), ("Cirugía de rodilla", "recent-surgery"),
    ("Cesarean section", "pregnant"), ("Parto", "pregnant")])
def test_an_operation_is_known_by_a_general_word(read, name, flag):
    assert read(procedure({"text": name})).request.flags == (flag,)
    assert flag not in read(procedure({"text": name}, day="2026-06-01")).request.flags


@pytest.mark.parametrize("name", ["Arthrocentesis knee", "Synvisc right knee",
                                  "PRP injection, right knee"])
def test_a_needle_in_the_knee_is_an_injection(read, name):
    assert read(procedure({"text": name}, day="2026-11-22")).request.flags == ("recent-injection",)


@pytest.mark.parametrize("name", ["Knee surgery consultation", "Education about knee surgery",
                                  "Appendectomy", "Eye surgery"])
def test_what_only_speaks_of_one_is_none(read, name):
    assert read(procedure({"text": name})).request.flags == ()


@pytest.mark.parametrize(("entry", "flags"), [
    (procedure({"text": "Total knee replacement"}, bodySite=[{"text": "Left knee"}]), ()),
    (procedure({"text": "Below-knee amputation left"}), ()),
    (procedure(coded(CPT, "27447"), bodySite=[{"text": "Left knee"}]), ()),
    (procedure({"text": "Total knee replacement"}, bodySite=[{"text": "Right knee"}]),
     ("recent-surgery", "knee-replacement")),
    (procedure({"text": "Left knee arthroscopy"}, bodySite=[{"text": "Right knee"}]),
     ("recent-surgery",))])
def test_an_operation_is_of_the_leg_that_words_and_site_name(read, entry, flags):
    """Both where they are at odds."""
    assert read(entry).request.flags == flags


@pytest.mark.parametrize("name", [
    "Aggrenox 25-200 mg", "Pletal 100 mg", "Coumadine 5 mg", "ticlopidine 250 mg", "cangrelor",
    "dipyridamole 75 mg"])
def test_more_that_thin_the_blood(read, name):
    assert read(request({"text": name})).request.flags == ("anticoagulant",)


@pytest.mark.parametrize("name", [
    "deflazacort 6 mg", "hydrocortisone 20 mg oral tablet", "cortisone acetate 25 mg",
    "budesonide EC 9 mg"])
def test_more_steroids_by_mouth_for_long(read, name):
    assert read(statement("2025-06-01", name)).request.flags == ("fragile-bones",)
    assert read(statement("2026-11-20", name)).request.flags == ()


@pytest.mark.parametrize("name", [
    "hydrocortisone 1% cream", "budesonide 0.5 MG/2ML inhalation suspension",
    "budesonide-formoterol 160-4.5", "cortisone injection"])
def test_steroids_that_are_not_swallowed_set_nothing(read, name):
    assert read(statement("2025-06-01", name)).request.flags == ()


def test_of_many_columns_a_message_names_the_first(read):
    aside = Aside()
    aside.unused.update({f"column:Field {at}": 1 for at in range(1_000)})

    lines = list(report.aside_lines(aside))
    assert len(lines) == report.SHOWN + 2
    assert lines[report.SHOWN].startswith(f"not used: {1_000 - report.SHOWN} more columns")


@pytest.mark.parametrize("name", ["Right total knee arthroplasty", "Prosthetic knee replacement",
                                  "Prótesis de rodilla", "TKR"])
@pytest.mark.parametrize("day", ["2012-05-01", "2012", None])
def test_a_replaced_knee_is_known_by_its_name_however_long_ago(read, name, day):
    site = [{"text": "Right knee"}]
    assert read(procedure({"text": name}, day, bodySite=site)).request.flags == (
        "knee-replacement",)
    assert read(procedure({"text": name}, "2027-05-01", bodySite=site)).request.flags == ()


@pytest.mark.parametrize("name", [
    "IM nail right femur", "Hemiarthroplasty hip right", "fem-pop bypass right",
    "Revision of knee prosthesis", "Removal of hardware right tibia", "HTO right",
    "MPFL reconstruction right", "Achilles tendon repair right", "Ankle fusion right",
    "Varicose vein ablation right leg", "EVLT right", "Vein stripping right",
    "IVC filter placement"])
def test_an_operation_of_leg_or_veins_sets_its_flag(read, name):
    assert "recent-surgery" in read(procedure({"text": name})).request.flags
    assert "recent-surgery" not in read(procedure({"text": name}, "2026-06-01")).request.flags


@pytest.mark.parametrize("name", ["Thrombectomy right leg",
                                  "Catheter-directed thrombolysis right leg"])
def test_a_clot_taken_out_of_the_leg_is_a_clot(read, name):
    assert set(read(procedure({"text": name})).request.flags) == {"dvt", "recent-surgery"}


@pytest.mark.parametrize(("name", "unused"), [
    ("Tenotomy", {"to-ask:recent-surgery": 1}), ("Saucerization right knee",
                                                 {"to-ask:recent-surgery": 1}),
    ("Shoulder tenotomy", {}), ("Knee X-ray", {}), ("Flu shot", {})])
def test_a_procedure_of_late_that_is_not_known_names_its_row(read, name, unused):
    assert read(procedure({"text": name})).unused == unused
    assert read(procedure({"text": name}, "2026-06-01")).unused == {}
