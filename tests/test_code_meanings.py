"""Codes that mean "do not massage", and their neighbours that do not, through every door.

The table was copied from the clinical sheet by hand. `waits` is why massage waits while nobody has
looked at the knee; a code of `ASKS` fixes no knee and selects nothing by itself.
"""

import json
import re
from itertools import count

import pytest
from helpers import TODAY, document_text

import cli
from handouts import export, readers
from handouts.coding import codes
from handouts.errors import HandoutError
from handouts.infobutton.feed import matched
from handouts.infobutton.question import question
from handouts.pack.pack import load_pack
from handouts.readers import fhir
from handouts.rules.safety import decide

KNEE = load_pack("knee")
OID = codes.SYSTEMS["icd10cm"][1]
CM, SCT = (uri for uri, _ in codes.SYSTEMS.values())

MEANINGS = """
M10.061   gout             right  gout-unseen
M10.162   gout             left   gout-unseen
M10.269   gout             -      gout-unseen
M10.361   gout             right  gout-unseen
M10.461   gout             right  gout-unseen
M10.06    gout             -      gout-unseen
M1A.0610  gout             right  gout-unseen
M1A.4621  gout             left   gout-unseen
M25.461   knee-pain        right  fluid
M25.462   knee-pain        left   fluid
M25.46    knee-pain        -      fluid
M25.061   injury           right  unchecked
S83.004A  injury           right  unchecked
S83.105A  injury           left   unchecked
S83.105D  injury           left   unchecked
S76.111A  injury           right  unchecked
S76.121A  injury           right  unchecked
M66.261   injury           right  unchecked
M66.252   injury           left   unchecked
M24.361   injury           right  unchecked
S80.01XA  injury           right  unchecked
S83.511A  ligament-tear    right  unchecked
S82.042A  fracture         left   fracture
S82.042K  fracture         left   fracture
S82.042P  fracture         left   fracture
S82.042S  fracture         left   fracture
M11.262   knee-pain        left   -
M22.2X1   overuse          right  ask-first
M22.42    overuse          left   ask-first
M71.21    knee-pain        right  -
M70.41    bursitis         right  swollen-bursa
M23.51    knee-pain        right  gives-way
M25.362   knee-pain        left   gives-way
M22.01    knee-pain        right  gives-way
M17       osteoarthritis   -      -
M17.1     osteoarthritis   -      -
M17.11    osteoarthritis   right  -
M25.56    knee-pain        -      -
S83.511   ligament-tear    right  unchecked
S83.51    ligament-tear    -      unchecked
S82.0     fracture         -      fracture
M00.061   infection        right  infection
"""
SNOMED = """
202381003 knee-pain        -      fluid
250102002 knee-pain        -      gives-way
30832001  injury           -      unchecked
430725003 overuse          -      ask-first
"""
# No knee is certain: beside knee pain an infection, a broken bone or an injury leaves the handout
# to a person, acute gout makes it wait, and the others change nothing.
ASKS = """
M00.9     infection            held
M01.X0    infection            held
M01.X9    infection            held
A54.42    infection            held
M86.161   infection            held
T81.42XA  infection            held
M84.40XA  fracture             held
M84.361A  fracture             held
S82       fracture             held
S89.91XA  injury               held
M25.00    injury               held
M10.9     gout                 ask-first
M10.00    gout                 ask-first
M10       gout                 ask-first
M1A.9XX0  gout                 -
M05.9     rheumatoid-arthritis -
M06.9     rheumatoid-arthritis -
M19.90    osteoarthritis       -
"""
# Other joints, other bones, or no such code.
NOTHING = ["M10.071", "M1A.0710", "S92.001A", "M25.471", "M25.071", "M11.271",
           "S83.511X", "M17.119", "M66.211", "S80.11XD", "M70.61", "M84.311A"]


def table(text):
    return [tuple("" if cell == "-" else cell for cell in line.split())
            for line in text.strip().splitlines()]


def waiting(request):
    advice = decide(KNEE, request.cause, request.state, flags=request.flags)
    return advice.waits[0] if advice.waits else ""


def told(request):
    return request and (request.cause, request.side, waiting(request))


def condition(code, system=CM, number=0):
    return {"resourceType": "Condition", "id": f"c{number}", "subject": {"reference": "Patient/a"},
            "code": {"coding": [{"system": system, "code": code}]},
            "clinicalStatus": {"coding": [{"code": "active"}]}}


@pytest.fixture(scope="module")
def by_fhir(tmp_path_factory):
    def asked(*given, system=CM):
        path = tmp_path_factory.mktemp("export") / "export.ndjson"
        resources = [{"resourceType": "Patient", "id": "a",
                      "birthDate": "1950-02-03", "name": [{"text": "Bo"}]},
                     *(condition(code, system, at) for at, code in enumerate(given))]
        path.write_text("\n".join(map(json.dumps, resources)))
        [row] = fhir.read([path], KNEE, count(1), today=TODAY)
        return row.request

    return asked


@pytest.fixture(scope="module")
def by_table(tmp_path_factory):
    def asked(code, system="icd10cm", **more):
        path = tmp_path_factory.mktemp("table") / "clinic.csv"
        fields = {"code": code, "code_system": system, **more}
        path.write_text(f"{','.join(fields)}\n{','.join(fields.values())}\n")
        [row] = readers.read([path], KNEE, today=TODAY)
        return row.request or row.problem

    return asked


def by_infobutton(*given, system=OID):
    pairs = [pair for at, code in enumerate(given)
             for pair in ((f"mainSearchCriteria.v.c{at or ''}", code),
                          (f"mainSearchCriteria.v.cs{at or ''}", system))]
    found = matched(question(pairs), KNEE)
    return found and found.request


@pytest.fixture(scope="module")
def in_openemr():
    """What the folder for OpenEMR holds for each code."""
    return {served.code: (served.cause, served.side,
                          next(iter(decide(KNEE, served.cause, flags=served.flags).waits), ""))
            for served in export._served(KNEE, ["en"])}


@pytest.mark.parametrize(("code", "cause", "side", "wait"), table(MEANINGS))
def test_a_code_means_the_same_in_a_table_in_fhir_in_an_infobutton_and_in_openemr(
        by_table, by_fhir, in_openemr, code, cause, side, wait):
    wanted = cause, side, wait

    assert told(by_table(code)) == wanted
    assert told(by_fhir(code)) == wanted
    assert told(by_infobutton(code)) == wanted
    assert in_openemr[code] == wanted


@pytest.mark.parametrize(("code", "cause", "side", "wait"), table(SNOMED))
def test_so_does_a_snomed_code(by_table, by_fhir, in_openemr, code, cause, side, wait):
    wanted = cause, side, wait

    assert told(by_table(code, "snomed")) == wanted
    assert told(by_fhir(code, system=SCT)) == wanted
    assert told(by_infobutton(code, system=codes.SYSTEMS["snomed"][1])) == wanted
    assert in_openemr[code] == wanted


@pytest.mark.parametrize(("code", "cause", "beside"), table(ASKS))
def test_a_code_without_the_knee_selects_nothing_and_beside_one_is_minded(
        by_table, by_fhir, in_openemr, code, cause, beside):
    wanted = None if beside == "held" else ("knee-pain", "right", beside)

    assert codes.find(KNEE, code).cause == cause
    assert isinstance(by_table(code), HandoutError)
    assert by_fhir(code) is None
    assert by_infobutton(code) is None
    assert code not in in_openemr
    assert told(by_fhir("M25.561", code)) == wanted
    assert told(by_infobutton("M25.561", code)) == wanted


@pytest.mark.parametrize("code", NOTHING)
def test_a_neighbour_that_is_no_knee_says_nothing(by_table, by_fhir, in_openemr, code):
    assert isinstance(by_table(code), HandoutError)
    assert code not in in_openemr
    for asked in (by_fhir, by_infobutton):
        assert asked(code) is None
        assert told(asked("M25.561", code)) == ("knee-pain", "right", "")


@pytest.mark.parametrize("code", ["S82.201A", "S72.301B", "S82.391K"])
def test_a_leg_broken_elsewhere_selects_nothing_and_keeps_a_knee_s_handout_back(
        by_table, by_fhir, in_openemr, code):
    assert isinstance(by_table(code), HandoutError)
    assert code not in in_openemr
    for asked in (by_fhir, by_infobutton):
        assert asked(code) is None
        assert told(asked("M25.561", code)) is None


@pytest.mark.parametrize("asked", ["fhir", "infobutton"])
def test_both_knees_get_one_handout(by_fhir, asked):
    ask = by_fhir if asked == "fhir" else by_infobutton

    assert told(ask("M17.11", "M17.12")) == ("osteoarthritis", "both", "")


@pytest.mark.parametrize(("knee", "beside", "flags"), [
    ("M17.11", "M25.461", {"effusion"}), ("M17.11", "M25.462", set()),
    ("M17.11", "M25.46", {"effusion"}), ("M17.10", "M25.462", {"effusion"}),
    ("M17.0", "M25.462", {"effusion"}), ("M17.11", "M23.51", {"gives-way"}),
    ("M17.11", "M23.52", set()), ("M17.11", "Z96.651", {"knee-replacement"}),
    ("M17.11", "Z96.652", set()), ("M17.11", "Z96.653", {"knee-replacement"}),
    ("M17.11", "Z96.659", {"knee-replacement"})])
@pytest.mark.parametrize("asked", ["fhir", "infobutton"])
def test_what_is_said_of_the_other_knee_alone_is_not_told_of_this_one(
        by_fhir, asked, knee, beside, flags):
    ask = by_fhir if asked == "fhir" else by_infobutton

    assert set(ask(knee, beside).flags) == flags


@pytest.mark.parametrize(("code", "system"), [("R50.9", CM), ("386661006", SCT)])
def test_a_fever_beside_a_knee_waits(by_fhir, tmp_path, code, system):
    path = tmp_path / "export.ndjson"
    resources = [{"resourceType": "Patient", "id": "a",
                  "birthDate": "1950-02-03"}, condition("M17.11"),
                 condition(code, system, 1)]
    path.write_text("\n".join(map(json.dumps, resources)))
    [row] = fhir.read([path], KNEE, count(1), today=TODAY)

    assert told(row.request) == ("osteoarthritis", "right", "fever")


# -- a clinician's state ---------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "state"), [
    ("M10.061", "between"), ("M25.461", "unknown"), ("M23.51", "unknown")])
def test_a_state_opens_what_only_waited_for_somebody_to_look(by_table, code, state):
    assert waiting(by_table(code, state=state)) == ""
    assert waiting(by_table(code, state="attack" if code == "M10.061" else "")) != ""


CLEARED = {"state": "cleared", "cleared_on": "2026-11-20"}


@pytest.mark.parametrize("last", "ABCKMN")
def test_what_has_not_healed_is_never_cleared(by_table, last):
    refused = by_table(f"S82.042{last}", **CLEARED)

    assert str(refused) == (
        "code: the state 'cleared' does not go with a code of active treatment, or of a bone that "
        "has not united\nGive the code of the later visit (7th character D and after), or name the "
        "cause instead of a code.")
    assert isinstance(by_table(f"S82.042{last}", cause="fracture", **CLEARED), HandoutError)
    assert waiting(by_table(f"S82.042{last}")) == "fracture"


@pytest.mark.parametrize("last", "DEFGHJPQRS")
def test_what_heals_may_be_cleared_by_a_clinician(by_table, last):
    assert by_table(f"S82.042{last}", **CLEARED).state == "cleared"
    assert waiting(by_table(f"S82.042{last}")) == "fracture"


def test_a_header_that_names_no_visit_may_be_cleared(by_table):
    assert by_table("S83.511", **CLEARED).state == "cleared"


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def make(tmp_path, monkeypatch, capsys):
    """Runs `make`: (exit code, stdout, stderr)."""
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HANDOUTS_RECORDS", str(tmp_path / "given"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026

    def made(*options):
        code = cli.run(["make", "--json", "-o", str(tmp_path / "made.pdf"), *options])
        return (int(code), *capsys.readouterr())

    return made


@pytest.mark.parametrize(("code", "wanted"), [
    ("M10.061", ("gout", "right", ["gout-unseen"])), ("M25.462", ("knee-pain", "left", ["fluid"])),
    ("M17", ("osteoarthritis", None, [])), ("M71.21", ("knee-pain", "right", []))])
def test_make_reads_a_code_as_all_others_do(make, code, wanted):
    made = json.loads(make("--code", code)[1])

    assert (made["cause"], made["side"], made["waits"]) == wanted


@pytest.mark.parametrize("asked", [
    ("gout",), ("--code", "M10.061"), ("--code", "M1A.0610"), ("--code", "M10.06")])
def test_gout_waits_until_somebody_has_looked_however_it_is_named(make, asked):
    made = json.loads(make(*asked)[1])

    assert (made["cause"], made["massages"], made["waits"]) == ("gout", [], ["gout-unseen"])


@pytest.mark.parametrize(("code", "ends", "says"), [
    ("S83.511A", 3, "active treatment"), ("S82.042C", 3, "active treatment"),
    ("S82.042N", 3, "has not united"), ("M00.9", 3, "does not fix one cause in the knee"),
    ("M10.071", 2, "stands for no cause")])
def test_make_refuses_what_is_not_healed_and_what_is_no_knee(make, tmp_path, code, ends, says):
    told = make("--code", code, "--state", "cleared", "--cleared-on", "2026-11-20")

    assert told[:2] == (ends, "")
    assert says in told[2]
    assert not list(tmp_path.iterdir())


# -- the words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cause", "flag", "says", "never"), [
    ("gout", "gout-in-knee", "Your record lists gout in your knee.", "You have a gout attack"),
    ("knee-pain", "effusion", "Your record lists fluid in your knee.", "Your knee holds fluid"),
    ("knee-pain", "gives-way", "Your record says that this knee can give way.", "Your knee gives"),
    ("osteoarthritis", "gout-in-record", "Your record lists gout, but does not say where.",
     "in this knee"),
    ("osteoarthritis", "fever", "Your record lists a fever.", "You have a fever.")])
def test_an_unseen_knee_is_told_of_in_the_record_s_words(document, cause, flag, says, never):
    text = document_text(document(cause, flags=(flag,)))

    told = text
    for sign in KNEE.words_in("en").signs.values():  # what anybody is asked to look out for
        told = told.replace(sign, "")

    assert says in told
    assert never not in told
    assert re.search("[Hh]ot, red", text)
    assert "Get care today." in text
