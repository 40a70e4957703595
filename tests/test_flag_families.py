"""Every family of codes that sets a flag, through every door, and the near misses that must not.

The codes were drawn evenly over the leaves of each family (tests/sweep/test_flag_families.py).
"""

import csv
import json
import re
from itertools import count
from pathlib import Path

import pytest
from helpers import TODAY
from test_code_meanings import by_infobutton, condition

from handouts import export, readers
from handouts.coding import codes, flagcodes
from handouts.coding.flagcodes import Context, Flagged
from handouts.pack.pack import load_pack
from handouts.readers import fhir

KNEE = load_pack("knee")
CM, SCT = (uri for uri, _ in codes.SYSTEMS.values())
with (Path(__file__).parent / "refs" / "flag_codes.csv").open(encoding="utf-8", newline="") as file:
    DRAWN = [(row["flag"], row["code"]) for row in csv.DictReader(file)]
BOTH_KNEES = "M17.0"


CAUSES = {code: coded for _, code in DRAWN if (coded := codes.find(KNEE, code))}


# Arteries shut just now and dead flesh: a person must look first, whatever else they say.
HELD = re.compile(r"I70\.[2-7]6|I73\.01|T34|E(08|09|1[013])\.52|I74\.[35]|I75\.02")


def beside(flag):
    """The codes of a family that stand for no cause themselves and keep no handout back."""
    return [code for each, code in DRAWN if each == flag and code not in CAUSES
            and not HELD.match(code)]


FLAGS = sorted({flag for flag, _ in DRAWN if beside(flag)})


@pytest.fixture
def by_table(tmp_path):
    """The flags of rows that have a cause and, beside it, a code."""
    def asked(*given, side="", system="icd10cm"):
        path = tmp_path / "clinic.csv"
        lines = (f"osteoarthritis,{code},{system},{side}" for code in given)
        path.write_text("\n".join(["cause,code,code_system,side", *lines]) + "\n")
        found = readers.read([path], KNEE, today=TODAY)
        return [row.request and row.request.flags for row in found]

    return asked


@pytest.fixture
def by_fhir(tmp_path):
    """The flags of patients with an arthritis of a knee and one more condition each."""
    def asked(*given, knee=BOTH_KNEES, system=CM, **more):
        path = tmp_path / "export.ndjson"
        resources = []
        for number, code in enumerate(given):
            about = {"subject": {"reference": f"Patient/p{number}"}}
            resources += [{"resourceType": "Patient", "id": f"p{number}",
                                                                "birthDate": "1950-02-03"},
                          condition(knee) | about, condition(code, system) | about | more]
        path.write_text("\n".join(map(json.dumps, resources)))
        rows = list(fhir.read([path], KNEE, count(1), today=TODAY))
        return [row.request and row.request.flags for row in rows if row.line]

    return asked


@pytest.mark.parametrize("flag", FLAGS)
def test_a_code_of_a_family_sets_its_flag_in_a_table(by_table, flag):
    given = beside(flag)

    assert [code for code, flags in zip(given, by_table(*given), strict=True)
            if flag not in flags] == []


@pytest.mark.parametrize("flag", FLAGS)
def test_in_a_fhir_record(by_fhir, flag):
    given = beside(flag)

    assert [code for code, flags in zip(given, by_fhir(*given), strict=True)
            if flag not in flags] == []


@pytest.mark.parametrize("flag", FLAGS)
def test_in_an_infobutton(flag):
    given = beside(flag)

    assert [code for code in given if flag not in by_infobutton(BOTH_KNEES, code).flags] == []


def test_a_code_that_is_a_cause_as_well_sets_its_flag_by_itself(tmp_path):
    given = [(flag, code) for flag, code in DRAWN if code in CAUSES and not CAUSES[code].asks]
    path = tmp_path / "clinic.csv"
    path.write_text("\n".join(["code", *(code for _, code in given)]) + "\n")
    rows = list(readers.read([path], KNEE, today=TODAY))

    assert given
    for (flag, code), row in zip(given, rows, strict=True):
        assert flag in row.request.flags, code
        assert flag in by_infobutton(code).flags, code


def test_in_openemr_where_the_code_asks_for_a_handout_too():
    served = {each.code: each.flags for each in export._served(KNEE, ["en"])}
    both = [(flag, code) for flag, code in DRAWN if code in served]

    assert both
    assert [(flag, code) for flag, code in both if flag not in served[code]] == []


@pytest.mark.parametrize("code", [
    "F17.210", "F10.21", "F10.10", "L89.150", "L03.113", "L03.114", "I82.621", "G56.01",
    "I80.8", "M79.A11", "M60.001", "M60.011", "T84.610A", "S40.021A", "Z89.421",
    "T45.511S", "S80.11XS", "D69.2", "Z96.641", "Z47.31", "T84.010A", "S81.011S", "S41.011A",
    "C40.01", "C50.911",
    "D16.02", "M12.211", "R22.32", "G90.511", "T33.512A", "T33.71XS", "Z32.02", "I73.00",
    "M1A.0710", "M1A.0711", "L98.411", "I27.20", "I70.0", "E11.319",
    "M10.071", "J45.909", "Z86.73"])
def test_a_near_miss_sets_none(by_table, by_fhir, code):
    assert (by_table(code), by_fhir(code)) == ([()], [()])
    assert by_infobutton(BOTH_KNEES, code).flags == ()


@pytest.mark.parametrize(("code", "flags"), [
    ("D68.51", ("clot-risk",)), ("I83.90", ("visible-veins",)), ("I82.501", ("clot-risk",)),
    ("D68.32", ("anticoagulant",)), ("I80.01", ("dvt",)), ("I82.91", ("clot-risk",)),
    ("I82.221", ("clot-risk",)), ("C81.90", ("cancer",)), ("C85.10", ("cancer",)),
    ("C88.00", ("cancer",)), ("I82.891", ("clot-risk",)), ("I87.001", ("clot-risk",)),
    ("I73.1", ("poor-circulation",)), ("R79.1", ("anticoagulant",)),
    ("T45.515A", ("anticoagulant",)), ("F17.220", ()), ("Z79.52", ("fragile-bones",))])
def test_a_neighbour_sets_its_own_flag_alone(by_table, by_fhir, code, flags):
    assert (by_table(code), by_fhir(code)) == ([flags], [flags])


@pytest.mark.parametrize(("code", "flag"), [
    ("O03.9", "pregnant"), ("L89.90", "open-skin"), ("Z48.817", "recent-surgery"),
    ("T81.31XA", "open-skin"), ("C41.4", "cancer"), ("C41.9", "cancer"), ("C79.9", "cancer"),
    ("Z85.830", "cancer"), ("Z85.6", "cancer"), ("D16.9", "cancer"), ("M12.20", "cancer"),
    ("R22.9", "cancer"), ("G90.50", "numbness"), ("L98.499", "open-skin"),
    ("D48.0", "cancer"), ("D49.2", "cancer")])
def test_what_does_not_tell_where_is_asked_and_never_printed(tmp_path, by_table, by_fhir, code,
                                                             flag):
    path = tmp_path / "clinic.csv"
    path.write_text(f"cause,code\nosteoarthritis,{code}\n")

    [row] = readers.read([path], KNEE, today=TODAY)

    assert (row.request.flags, row.unused) == ((), {f"to-ask:{flag}": 1})
    assert by_fhir(code) == [()]
    assert by_infobutton(BOTH_KNEES, code).flags == ()


HEADERS = [
    "L03.11", "L03.1", "L03", "L02", "C79.5", "C40", "C49", "E11.4", "E11.5", "I82", "I80", "I83",
    "I73", "I70", "D68", "D69", "Z33", "Z79", "Z86", "R65", "R78", "S81", "S91", "T84", "F10",
    "G31", "L89", "Z47", "I74", "I75", "I82.2", "I82.89", "M60", "M79.A", "S85", "T79.A", "T84.6",
    "Z89", "Z89.5"]


@pytest.mark.parametrize("code", [
    "A46", "L08.9", "L03.90", "A41.9", "A40.3", "R65.21", "I82.90", "I80.9", "S82.201A", "S72.301K",
    "I74.01", "I74.3", "I74.4", "I74.5", "I75.021", "S75.011A", "S85.001A", "S85.091D", "S85.139A",
    "I82.210", "I82.220", "I82.290", "I82.890", "I96", "I70.261", "I70.362", "I70.463", "I70.568",
    "I70.669", "I70.761", "E08.52", "E09.52", "E10.52", "E11.52", "E13.52", "A48.0", "L01.00",
    "L01.1", "M60.003", "M60.009", "M60.051", "M60.062", "M60.070", "M72.6", "M79.A21", "M79.A29",
    "T79.A0XA", "T79.A21A", "T79.A29D", "T81.40XA", "T81.49XD", "T84.50XA", "T84.51XA",
    "T84.59XD", "T84.60XA",
    "T84.620A", "T84.69XA", "T84.7XXA", "B02.9", "B02.8", "I73.01", "T34.71XA", "T34.822D",
    "Z89.511", "Z89.512", "Z89.611", "Z89.619",
    *HEADERS])
def test_what_may_be_seen_to_today_or_is_cut_short_keeps_the_handout_back(by_table, by_fhir, code):
    assert (by_table(code), by_fhir(code)) == ([None], [None])
    assert by_infobutton(BOTH_KNEES, code) is None


@pytest.mark.parametrize("code", ["E11", "E08", "E66", "M17", "I10", "J45"])
def test_a_header_above_nothing_or_of_diabetes_alone_keeps_nothing_back(by_fhir, code):
    assert by_fhir(code) == [()]


@pytest.mark.parametrize(("code", "flag"), [
    ("109989006", "cancer"), ("93143009", "cancer"), ("133971000119108", "clot-risk"),
    ("132281000119108", "dvt"), ("90935002", "anticoagulant"), ("402925001", "skin-infection"),
    ("312588002", "dvt")])
def test_a_snomed_code_of_the_value_sets_sets_its_flag(by_fhir, code, flag):
    assert by_fhir(code, system=SCT) == [(flag,)]


@pytest.mark.parametrize("code", [
    "439127006", "31978002", "71620000", "91302008", "128045006", "429098002", "47848000"])
def test_a_snomed_code_that_is_not_sure_but_urgent_keeps_the_handout_back(by_fhir, code):
    assert by_fhir(code, system=SCT) == [None]


@pytest.mark.parametrize(("site", "flags"), [
    ("72696002", ("skin-infection",)), ("61685007", ("skin-infection",)), ("40983000", ())])
def test_the_body_site_of_a_record_tells_where(by_fhir, site, flags):
    at = [{"coding": [{"system": SCT, "code": site}]}]

    assert by_fhir("L08.9", bodySite=at) == [flags]


@pytest.mark.parametrize(("code", "side", "flags"), [
    ("Z96.651", "right", ("knee-replacement",)), ("Z96.651", "left", ()),
    ("Z96.653", "left", ("knee-replacement",)), ("L97.111", "left", ()),
    ("T84.032A", "left", ()), ("I80.01", "left", ("dvt",)),
    ("C40.21", "left", ()), ("G57.01", "left", ()),
    ("I82.401", "left", ("dvt",)), ("M80.021A", "left", ("fragile-bones",)),
    ("I70.211", "left", ("poor-circulation",)), ("S80.11XA", "left", ()),
    ("S70.11XA", "right", ("recent-injury", "open-skin"))])
def test_what_is_of_the_other_knee_alone_does_not_mark_this_one(by_table, by_fhir, code, side,
                                                                flags):
    knee = {"right": "M17.11", "left": "M17.12"}[side]

    assert by_table(code, side=side) == [flags]
    assert by_fhir(code, knee=knee) == [flags]
    assert by_infobutton(knee, code).flags == flags


@pytest.mark.parametrize(("code", "begun", "flags"), [
    ("S80.01XA", "2026-11-23", ("recent-injury",)), ("S80.01XA", "2026-11-21", ()),
    ("S80.01XA", None, ()), ("S80.11XA", "2026-11-24", ("recent-injury", "open-skin")),
    ("S80.11XA", None, ("recent-injury", "open-skin")), ("S70.12XA", "2026-11-01", ("open-skin",)),
    ("S80.11XD", "2026-11-24", ()), ("S80.01XD", "2026-11-24", ()), ("S83.511A", "2026-11-24",
                                                             ("recent-injury",))])
def test_an_injury_is_new_for_three_days(by_fhir, code, begun, flags):
    more = {"onsetDateTime": begun} if begun else {}

    assert by_fhir(code, knee="M17.0", **more) == [flags]


@pytest.mark.parametrize(("recorded", "flags"), [
    ("2026-10-01", ("pregnant",)), ("2025-10-01", ()), (None, ("pregnant",))])
def test_a_birth_counts_for_twelve_weeks(by_fhir, recorded, flags):
    more = {"recordedDate": recorded} if recorded else {}

    assert by_fhir("Z39.2", **more) == [flags]


def test_a_clot_that_is_over_is_still_a_risk(by_fhir):
    over = {"clinicalStatus": {"coding": [{"code": "resolved"}]}}

    assert by_fhir("I82.401", **over) == [("clot-risk",)]
    assert by_fhir("G62.9", **over) == [()]


def snomed_rows():
    with (KNEE.folder / "codes" / "snomed_flags.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_concept_of_a_value_set_sets_its_flag():
    told = Context(days=0, at_part=True)
    wrong = [row for row in snomed_rows() if row["flag"] not in {
        each.flag for each in flagcodes.flagged(KNEE, row["code_or_prefix"], "snomed", told)}]

    assert wrong == []


def test_a_concept_of_one_leg_has_its_side():
    assert flagcodes.flagged(KNEE, "443681002", "snomed", Context(days=10)) == (
        Flagged("recent-surgery", "left"), Flagged("knee-replacement", "left"))


@pytest.mark.parametrize("system", ["icd10cm", "snomed", "cpt", "icd10pcs"])
def test_every_flag_of_a_table_is_one_of_the_pack(system):
    with (KNEE.folder / "codes" / f"{system}_flags.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["flag"] for row in rows} <= set(KNEE.structure.flags)
    assert {row["ask"] for row in rows} <= {"", "ask", "site", "no"}


@pytest.mark.parametrize("code", [
    "M96.662", "M96.672", "M96.69", "T84.043A", "T79.3XXA", "S82.52XA", "S82.62XA", "S89.102A",
    "T79.6XXA", "M62.82", "M79.81", "M97.02XA", "M00.072", "M86.172", "M65.062", "I82.1",
    "T81.72XA", "S88.112A", "S73.002A", "M61.052", "M25.162"])
def test_what_may_be_urgent_elsewhere_in_the_leg_keeps_the_handout_back(by_fhir, by_table, code):
    assert (by_fhir(code), by_table(code)) == ([None], [None])


@pytest.mark.parametrize(("code", "begun", "flags"), [
    ("S86.112A", "2026-11-24", ("recent-injury",)), ("S86.112A", "", ("recent-injury",)),
    ("S86.112A", "2026-06-01", ()), ("S86.112D", "", ()), ("S86.111A", "", ()),
    ("S76.312A", "", ("recent-injury",)), ("S87.02XA", "", ("recent-injury",)),
    ("S84.12XA", "2020-01-01", ("numbness",)), ("C44.729", "", ("cancer",)),
    ("C44.722", "", ()), ("C43.72", "", ("cancer",)), ("I87.302", "", ("varicose-veins",))])
def test_a_fresh_strain_and_a_skin_cancer_are_of_their_leg(by_fhir, code, begun, flags):
    more = {"onsetDateTime": begun} if begun else {}
    assert by_fhir(code, knee="M17.12", **more) == [flags]


@pytest.mark.parametrize("code", ["C79.2", "C46.0", "M87.062", "M23.42", "M02.362", "I89.0",
                                  "D17.24", "M88.862"])
def test_what_is_less_grave_is_asked(tmp_path, code):
    path = tmp_path / "clinic.csv"
    path.write_text(f"cause,code\nosteoarthritis,{code}\n")
    row, = readers.read([path], KNEE, today=TODAY)

    assert row.request.flags == ()
    assert any(kind.startswith("to-ask:") for kind in row.unused)
