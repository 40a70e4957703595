"""What a FHIR record says by words, by codes of odd systems, of sides and ages; the people are
invented."""

import json
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from exports import CM, SCT, WHO, concept, condition, ndjson, patient
from msgspec import convert

from handouts.batch.report import BatchReport
from handouts.brand.reviews import Reviews
from handouts.coding import codes, flagcodes
from handouts.coding.named import Said, said_by, sides_in
from handouts.errors import ExitCode, HandoutError
from handouts.infobutton import answer
from handouts.pack.pack import load_pack
from handouts.readers import fhir
from handouts.readers.fhir.conditions import Conditions
from handouts.readers.fhir.elements import ConditionPart
from handouts.readers.rows import Aside, is_to_look_at
from handouts.rules.laterality import one_side

KNEE = load_pack("knee")
TODAY = date(2026, 11, 25)
RIGHT = (CM, "M17.11")


@pytest.fixture
def read(tmp_path):
    """The rows of resources."""
    def rows(*resources):
        path = tmp_path / "export.ndjson"
        path.write_text(ndjson(*resources))
        return list(fhir.read([path], KNEE, count(1), today=TODAY))

    return rows


@pytest.fixture
def beside(read):
    """The row of a patient with arthritis of the right knee, and one more condition."""
    def row(*pairs, text=None, display=None, **parts):
        more = condition(*pairs, **parts)
        more["code"] = {**more["code"], **({"text": text} if text else {})}
        if display:
            more["code"]["coding"][0]["display"] = display
        return read(patient(), condition(RIGHT), more)[0]

    return row


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "flag"), [
    ("Acute deep vein thrombosis, right leg", "dvt"), ("DVT", "dvt"),
    ("Trombosis venosa profunda", "dvt"),
    ("Thrombosis of popliteal vein", "dvt"), ("Embolia pulmonar", "dvt"), ("Fever", "fever"),
    ("Cellulitis of right leg", "skin-infection"), ("Celulitis de la pierna", "skin-infection"),
    ("Haemophilia A", "anticoagulant"), ("Hemofilia", "anticoagulant"),
    ("On anticoagulants", "anticoagulant"), ("Diabetic neuropathy", "numbness"),
    ("Osteoporosis", "fragile-bones"), ("Embarazo", "pregnant"),
    ("ALZHEIMER'S DISEASE", "cannot-say-stop"),
    ("Claudicación intermitente", "poor-circulation"), ("blood thinners", "anticoagulant"),
    ("bone mets", "cancer"), ("Knee tumor", "cancer"), ("Bulto en la pierna", "cancer"),
    ("Leukemia", "cancer"), ("saddle embolus", "dvt"), ("temp 39.4", "fever"),
    ("B-cell lymphoma", "cancer"), ("NHL", "cancer"), ("CLL", "cancer"),
    ("Hodgkin's disease", "cancer"), ("Synovial sarcoma", "cancer"), ("Linfoma", "cancer"),
    ("Mieloma múltiple", "cancer"), ("CRPS", "numbness"),
    ("gout flare", "gout-in-record"), ("Gota", "gout-in-record"), ("gout of knee", "gout-in-knee"),
    ("Hot knee", "hot-swollen"), ("Cesárea", "pregnant"), ("leg wound", "open-skin")])
def test_a_condition_without_a_code_is_known_by_its_words(beside, text, flag):
    row = beside(text=text)

    assert row.request.flags == (flag,)
    assert row.by_name == {flag: 1}


def test_words_tell_what_a_code_that_is_not_in_the_tables_does_not(beside):
    assert beside((SCT, "1234567890"), display="Deep venous thrombosis of calf").request.flags == (
        "dvt",)


@pytest.mark.parametrize("text", [
    "History of DVT", "Suspected pulmonary embolism", "Sin fiebre", "Cellulitis", "Sepsis",
    "Septic arthritis, left knee", "Artritis séptica", "Fracture", "Broken leg", "Bacteremia",
    "Fractura de tibia", "fx", "tibia fx", "Fx de rótula", "r/o fx", "no fracture", "sin fractura",
    "septic joint", "Septic knee", "Rodilla infectada", "infected knee", "DVT?", "?DVT",
    "rule out DVT", "clot", "PE", "TEP", "Dislocation", "Luxación de rodilla", "hemarthrosis",
    "patellar tendon rupture", "shingles", "Gangrena", "compartment syndrome", "sprained knee",
    "surgical site infection", "ruptured Baker's cyst", "Popliteal cyst, ruptured",
    "broken kneecap", "acute infection of right TKA", "Infected TKA right",
    "Possible infected prosthesis R knee", "Prótesis de rodilla infectada"])
def test_words_that_do_not_tell_for_sure_keep_back_what_is_urgent(beside, text):
    row = beside(text=text)

    assert row.request is None
    assert text not in str(row.problem)


@pytest.mark.parametrize("text", ["Mother had DVT", "DVT unlikely", "DVT risk"])
def test_a_clot_of_a_relative_or_an_unlikely_one_names_its_row_alone(beside, text):
    row = beside(text=text)

    assert (row.request.flags, row.unused) == ((), {"condition:no-code": 1})
    assert beside(text=f"DVT right leg. {text}").request.flags == ("dvt",)


@pytest.mark.parametrize("text", [
    "Family history of deep vein thrombosis", "Antecedentes familiares de trombosis",
    "Cellulitis of left arm", "Hay fever", "Carpal tunnel neuropathy", "Fracture of wrist",
    "Fractura de tobillo",
    "Esophageal varices", "Coronary thrombosis", "Hypertension", "History of osteoporosis",
    "Elevated body mass index", "Peptic ulcer", "Pseudogout", "Achilles tendon rupture",
    "Breast cancer", "Dislocation of shoulder", "mets", "tumor", "Neoplasia"])
def test_words_of_others_of_other_places_or_not_urgent_keep_nothing_back(beside, text):
    assert beside(text=text).request.flags == ()


@pytest.mark.parametrize(("pairs", "why"), [
    ((), "condition:no-code"), ((("http://snomed.info/sct", "999999"),), "code:unknown:snomed")])
def test_words_that_tell_nothing_leave_the_condition_counted(beside, pairs, why):
    row = beside(*pairs, text="Common cold")

    assert (row.request.flags, row.unused) == ((), {why: 1})


@pytest.mark.parametrize(("code", "display"), [
    ("L03.113", "Cellulitis of right lower limb"), ("I82.621", "Acute deep vein thrombosis"),
    ("Z82.49", "Family history of deep vein thrombosis"), ("M10.071", "Gout, right foot"),
    ("S72.301D", "Fracture of shaft of right femur"), ("C61", "Malignant neoplasm of prostate"),
    ("F10.21", "Alcohol dependence, in remission"), ("Z85.3", "History of breast cancer"),
    ("D23.72", "Benign neoplasm of skin of left lower limb"),
    ("K57.20", "Diverticulitis with abscess"), ("S52.501A", "Fracture of right radius")])
def test_of_what_the_tables_list_near_a_code_of_the_classification_they_decide(beside, code,
                                                                              display):
    row = beside((CM, code), display=display)

    assert row.request.flags == ()
    assert not any(kind.startswith("to-ask") for kind in row.unused)


@pytest.mark.parametrize(("code", "display"), [
    ("Z86.711", "Personal history of pulmonary embolism"), ("Z86.718", "History of DVT"),
    ("I27.82", "Chronic pulmonary embolism"), ("Z86.72", "History of thrombophlebitis")])
def test_a_clot_of_long_ago_by_its_code_is_none_of_now_by_its_words(beside, code, display):
    assert beside((CM, code), display=display).request.flags == ("clot-risk",)


TELLS_NOTHING = ["R69", "Z98890", "M79.89", "I10", "Z82.49"]


@pytest.mark.parametrize("code", TELLS_NOTHING)
@pytest.mark.parametrize(("text", "flag"), [
    ("Deep vein thrombosis of left leg", "dvt"), ("Foot drop", "numbness"),
    ("Hematoma of right calf", "open-skin"), ("on Coumadin", "anticoagulant"),
    ("Melanoma of right leg", "cancer")])
def test_words_beside_a_code_that_tells_nothing_are_read(beside, code, text, flag):
    assert beside((CM, code), text=text).request.flags == (flag,)


@pytest.mark.parametrize("code", [*TELLS_NOTHING, "E11.42"])
@pytest.mark.parametrize("text", [
    "Septic arthritis right knee", "Periprosthetic fracture around right knee prosthesis",
    "r/o DVT", "Crush injury right knee"])
def test_what_is_urgent_in_them_keeps_the_handout_back(beside, code, text):
    assert beside((CM, code), text=text).request is None


@pytest.mark.parametrize(("text", "flag"), [
    ("hot swollen right knee", "hot-swollen"), ("Right knee red and warm", "hot-swollen"),
    ("giving way of right knee", "gives-way"), ("G1P0 at 30 weeks", "pregnant"),
    ("chronic steroid use", "fragile-bones"), ("takes Eliquis", "anticoagulant"),
    ("ACL reconstruction 2 weeks ago", "recent-surgery"), ("hace 3 semanas, artroscopia de rodilla",
                                                           "recent-surgery"),
    ("s/p right TKA 11/20/2026", "recent-surgery"), ("Knee arthroscopy Nov 10, 2026",
                                                     "recent-surgery"),
    ("knee injection yesterday", "recent-injection")])
def test_more_that_a_condition_without_a_code_tells(beside, text, flag):
    assert flag in beside(text=text).request.flags


@pytest.mark.parametrize("text", [
    "Swollen left calf", "calf tenderness", "Crush injury left knee", "hamstring strain",
    "Fell yesterday, knee swollen", "Swollen right knee"])
def test_more_that_keeps_the_handout_back(beside, text):
    assert beside(text=text).request is None


@pytest.mark.parametrize("text", [
    "ACL reconstruction 2 years ago", "right TKA planned 12/20/2026", "knee arthroscopy 3/4/2019",
    "Hot flashes", "G2P2", "Miscarriage in first trimester", "warm pack to knee", "Fall risk",
    "prednisone"])
def test_what_is_long_past_to_come_or_something_else_does_not(beside, text):
    assert not {"recent-surgery", "hot-swollen", "pregnant", "recent-injury", "fragile-bones"
                }.intersection(beside(text=text).request.flags)


@pytest.mark.parametrize(("code", "ended", "flags"), [
    ("Z33.1", "2026-11-10", ("pregnant",)), ("Z33.1", "2026-06-10", ()), ("Z33.1", "", ()),
    ("O80", "2026-11-10", ("pregnant",)), ("M00.861", "2026-06-10", ()), ("S82.001A", "", ())])
def test_a_pregnancy_that_is_over_of_late_is_a_birth(beside, code, ended, flags):
    ended = {"abatementDateTime": ended} if ended else {}
    assert beside((CM, code), clinical="resolved", **ended).request.flags == flags


@pytest.mark.parametrize("code", ["M00.861", "S82.001A"])
def test_what_was_urgent_and_ended_of_late_needs_a_clearance(beside, code):
    assert beside((CM, code), clinical="resolved", abatementDateTime="2026-11-24").request is None


def test_what_was_words_and_is_over_is_over(beside):
    assert beside(text="DVT", clinical="resolved").request.flags == ("clot-risk",)


def test_a_pack_without_words_knows_none():
    back = load_pack(folder=Path(__file__).parent / "packs" / "back")

    assert said_by(back, ["Deep vein thrombosis"]) == Said()


# -- systems ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", [
    f"{CM}/", CM.replace("http", "https"), CM.upper(), "2.16.840.1.113883.6.90", "ICD10CM",
    f"URN:OID:{codes.SYSTEMS['icd10cm'][1]}"])
def test_a_system_is_one_in_any_case_by_https_and_with_a_stroke(beside, system):
    assert beside((system, "I82.401")).request.flags == ("dvt",)


@pytest.mark.parametrize("pair", [
    (WHO, "I80.2"), ("", "I82.401"), ("http://hl7.org/fhir/sid/icd-10-cmm", "L03.115"),
    ("urn:x", "404223003"), (CM, "404223003"), (SCT, "I82.401"), (WHO, "M00.9"), (WHO, "D66"),
    (WHO, "E11.4")])
def test_a_code_that_can_t_be_read_and_looks_like_a_warning_keeps_the_handout_back(beside, pair):
    assert beside(pair).request is None


@pytest.mark.parametrize("pair", [(WHO, "E11"), (WHO, "I10"), (WHO, "M17.1"), ("", "387713003")])
def test_one_that_does_not_is_counted(beside, pair):
    row = beside(pair)

    assert row.request.flags == ()
    assert all(kind.startswith("code:other-system") for kind in row.unused)


def test_beside_a_code_that_is_read_one_that_is_not_says_nothing(beside):
    assert beside((WHO, "I80.2"), (CM, "I10")).request.flags == ()


def test_a_row_of_which_something_could_not_be_read_is_named(read, beside):
    aside = Aside()
    for row in (beside((CM, "I10")), beside((WHO, "I10")), beside(text="Something else"),
                beside(text="Tumor")):
        aside.take(row)

    assert list(aside.not_read) == [1, 1, 1]
    report = BatchReport(Path("report.json"), True, 3, 3, 0, 0, 0, (), aside, (), (), {})
    assert "rows 1, 1 and 1: something in the record could not be read for sure, and may be a " \
           "warning; look at it before you give the handout" in list(report.lines())
    assert report.as_dict()["not_read"] == 3
    assert report.exit_code == ExitCode.FINDINGS


@pytest.mark.parametrize(("system", "code", "entries"), [
    ("2.16.840.1.113883.6.3", "I80.2", 0), ("2.16.840.1.113883.6.3", "I10", 1)])
def test_an_infobutton_tells_the_systems_that_it_does_not_read(system, code, entries, brand):
    asked = [("mainSearchCriteria.v.c", "M17.11"), ("mainSearchCriteria.v.cs", CM),
             ("mainSearchCriteria.v.c1", code), ("mainSearchCriteria.v.cs1", system),
             ("knowledgeResponseType", "application/json")]

    feed = json.loads(answer(asked, Reviews(KNEE, brand, TODAY)).body)["feed"]

    assert len(feed["entry"]) == entries
    assert {"scheme": "not-read", "term": system} in feed["category"]


@pytest.fixture
def called(read):
    """The row of a patient with one condition of a knee, in these words."""
    def row(text, code=RIGHT, **parts):
        entry = condition(code, **parts)
        entry["code"]["text"] = text
        return read(patient(), entry)[0]

    return row


@pytest.mark.parametrize("text", [
    "OA right knee, suspect septic joint", "OA right knee, infected", "OA vs fracture",
    "Knee OA; DVT?", "Prosthesis infected", "torn ligament", "OA rodilla derecha, rota",
    "At risk of falls; pus in the knee"])
@pytest.mark.parametrize("code", [RIGHT, (SCT, "239873007")])
def test_words_beside_a_code_that_say_more_keep_back_what_is_urgent(called, text, code):
    row = called(text, code)

    assert row.request is None
    assert text not in str(row.problem)


@pytest.mark.parametrize(("text", "flags"), [
    ("OA right knee, on warfarin", ("anticoagulant",)), ("OA right knee with a tumor", ("cancer",)),
    ("OA of right knee, DVT", ("dvt",)), ("Right knee OA, family history of DVT", ()),
    ("Unilateral primary osteoarthritis, right knee", ())])
def test_words_beside_a_code_set_the_flags_that_they_name(called, text, flags):
    assert called(text).request.flags == flags


@pytest.mark.parametrize("system", codes.SYSTEMS)
def test_the_names_of_codes_say_no_more_than_the_codes(system):
    reader = Conditions(KNEE, TODAY)
    uri = codes.SYSTEMS[system][0]
    for code, coded in codes.listed(KNEE, system)[::7]:
        plain, worded = (convert(condition((uri, code)), ConditionPart) for _ in range(2))
        worded.code.text = coded.description
        assert reader.entry(worded).flags == reader.entry(plain).flags, code
        assert reader.entry(worded).doubted == reader.entry(plain).doubted, code


# -- sides -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pairs", [
    [(CM, "M17.12"), RIGHT], [(CM, "M25.562"), RIGHT], [(CM, "M17.0"), RIGHT]])
def test_codes_of_one_condition_that_name_two_sides_are_refused(read, pairs):
    row, = read(patient(), condition(*pairs))

    assert "name different sides" in str(row.problem)


@pytest.mark.parametrize("words", [
    {"text": "OA left knee"}, {"display": "Osteoarthritis, left knee"}, {"site": "left knee"},
    {"site": "rodilla izquierda"}, {"text": "both knees"}, {"text": "left and right knee"}])
def test_words_of_another_side_than_the_code_s_are_refused(read, words):
    entry = condition(RIGHT, **({"bodySite": [{"text": words["site"]}]} if "site" in words else {}))
    entry["code"]["text"] = words.get("text")
    entry["code"]["coding"][0]["display"] = words.get("display")

    row, = read(patient(), entry)

    assert "name different sides" in str(row.problem)


@pytest.mark.parametrize(("pairs", "text", "side"), [
    ([(SCT, "239873007"), RIGHT], None, "right"), ([(SCT, "239873007")], "OA, left knee", "left"),
    ([(SCT, "239873007")], "Gonartrosis derecha", "right"),
    ([(CM, "M17.9")], "knees, both", "both"),
    ([RIGHT], "Unilateral primary osteoarthritis, right knee", "right")])
def test_the_side_is_that_of_any_code_or_of_the_words(read, pairs, text, side):
    entry = condition(*pairs)
    entry["code"]["text"] = text

    row, = read(patient(), entry)

    assert row.request.side == side


def test_another_condition_of_the_other_side_makes_both(read):
    row, = read(patient(), condition((SCT, "239873007"), RIGHT), condition((CM, "M17.12")))

    assert row.request.side == "both"


def test_a_flag_whose_side_is_at_odds_counts_for_both(read):
    entry = condition((CM, "L03.115"))
    entry["code"]["text"] = "Cellulitis of left leg"

    row, = read(patient(), condition((CM, "M17.12")), entry)

    assert row.request.flags == ("skin-infection",)


@pytest.mark.parametrize(("said", "result"), [
    ([], ("", False)), (["", "left"], ("left", False)), (["left", "left"], ("left", False)),
    (["left", "right"], ("both", True)), (["both", "left"], ("both", True))])
def test_one_side_is_what_all_agree_on(said, result):
    assert one_side(said) == result


def test_words_with_two_sides_are_of_both():
    assert sides_in(KNEE, ["left and right knee"]) == {"both"}
    assert sides_in(KNEE, ["bright, unrightly"]) == set()


# -- age -------------------------------------------------------------------------------------------

UNKNOWN = {"birthDate": None}
ABSENT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                         "valueCode": "masked"}]}
BORN_AT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                          "valueDateTime": "1960-01-02T03:04:05Z"}]}


@pytest.mark.parametrize("beside_it", [{}, {"_birthDate": ABSENT}])
def test_without_a_birth_date_nothing_is_made(read, beside_it):
    row, = read(patient(**UNKNOWN, **beside_it), condition(RIGHT))

    assert row.request is None
    assert "birth date" in str(row.problem)


def test_a_time_of_birth_tells_the_day(read):
    row, = read(patient(**UNKNOWN, _birthDate=BORN_AT), condition(RIGHT))

    assert row.request.patient.born == date(1960, 1, 2)


@pytest.mark.parametrize(("age", "made"), [
    ({"value": 52, "unit": "years", "code": "a"}, True), ({"value": 18, "unit": "years"}, True),
    ({"value": 17, "code": "a"}, False), ({"value": 52, "code": "mo"}, False),
    ({"code": "a"}, False)])
def test_an_age_at_which_a_condition_began_tells_an_adult(read, age, made):
    row, = read(patient(**UNKNOWN), condition(RIGHT, onsetAge=age))

    assert (row.request is not None) == made


@pytest.mark.parametrize("entry", [
    {"resourceType": "MedicationStatement", "status": "active",
     "medicationCodeableConcept": {"text": "warfarin 5 mg"}},
    {"resourceType": "Procedure", "status": "completed", "performedDateTime": "2026-11-01",
     "code": {"text": "knee replacement"}}])
def test_a_medicine_or_a_procedure_tells_no_adult(read, entry):
    row, = read(patient(**UNKNOWN), condition(RIGHT),
                {**entry, "subject": {"reference": "Patient/ana"}})

    assert row.request is None
    assert "birth date" in str(row.problem)


# -- medicines handed out and given, and what is not looked at -------------------------------------


@pytest.mark.parametrize(("entry", "flags"), [
    ({"resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": "2026-11-01"},
     ("anticoagulant",)),
    ({"resourceType": "MedicationDispense", "status": "completed"}, ("anticoagulant",)),
    ({"resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": "2024-01-01"},
     ()),
    ({"resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": "2026-05-01",
      "daysSupply": {"value": 365, "code": "d"}}, ("anticoagulant",)),
    ({"resourceType": "MedicationDispense", "status": "cancelled"}, ()),
    ({"resourceType": "MedicationDispense", "status": "declined"}, ()),
    ({"resourceType": "MedicationAdministration", "status": "completed",
      "effectiveDateTime": "2026-11-20", "dosage": {"route": concept((SCT, "78421000"))}},
     ("anticoagulant",)),
    ({"resourceType": "MedicationAdministration", "status": "completed",
      "effectivePeriod": {"start": "2025-01-01", "end": "2025-01-02"}}, ()),
    ({"resourceType": "MedicationAdministration", "status": "not-done"}, ())])
def test_what_was_handed_out_or_given_counts(read, entry, flags):
    row, *rest = read(patient(), condition(RIGHT), {
        **entry, "subject": {"reference": "Patient/ana"},
        "medicationCodeableConcept": {"text": "warfarin 5 mg"}})

    assert row.request.flags == flags
    assert row.looked_at["medicines"] == 1
    assert rest == []


@pytest.mark.parametrize("wrap", [False, True])
def test_what_is_not_looked_at_is_counted_by_its_type(read, tmp_path, wrap):
    others = [{"resourceType": "Observation"}, {"resourceType": "Observation"},
              {"resourceType": "AnaRuiz"}]
    given = [patient(), condition(RIGHT), *others]
    if wrap:
        given = [{"resourceType": "Bundle", "entry": [{"resource": one} for one in given]}]

    *_, rest = read(*given)

    assert rest.unused == {"not-looked-at:Observation": 2, "not-looked-at:another": 1}


# -- hints -----------------------------------------------------------------------------------------


def test_a_code_in_the_wrong_place_is_told_where_it_belongs():
    with pytest.raises(HandoutError, match="snomed"):
        codes.select(KNEE, "239873007")
    for code in ("M17.12", "m17.12", "239873007"):
        with pytest.raises(HandoutError, match="written as a diagnosis code"):
            KNEE.cause(code)


def test_what_is_written_in_no_form_is_no_warning():
    assert flagcodes.unread(KNEE, "urn:x", "DVT-1") == ((), "")


@pytest.mark.parametrize("text", [
    "mets", "tumor", "Metástasis", "wound", "ulcer", "post-op", "not a known tumor",
    "no osteoporosis", "no DVT today", "fracture of wrist", "ACL tear", "swelling"])
def test_words_that_may_warn_are_set_held_back_or_told_of_by_the_row(beside, text):
    row = beside(text=text)

    assert row.request is None or (not row.request.flags and any(map(is_to_look_at, row.unused)))


def test_a_stricter_cause_that_does_not_say_where_is_asked(beside):
    """Rheumatoid arthritis somewhere, beside an arthritis of wear in this knee."""
    row = beside((CM, "M06.9"))

    assert (row.request.cause, row.unused["to-ask:rheumatoid-arthritis"]) == ("osteoarthritis", 1)
    assert "to-ask:osteoarthritis" not in beside((CM, "M19.90")).unused
