"""What observations and alerts of a FHIR record set; the people are invented."""

import json
from datetime import date
from itertools import count

import pytest
from exports import CM, SCT, condition, ndjson, patient

from handouts.pack.pack import load_pack
from handouts.readers import fhir

KNEE = load_pack("knee")
TODAY = date(2026, 11, 25)
LOINC = "http://loinc.org"


@pytest.fixture
def read(tmp_path):
    """The row of a patient with arthritis of the right knee, and these entries."""
    def row(*entries):
        path = tmp_path / "export.ndjson"
        given = patient()
        about = {"subject": {"reference": f"Patient/{given['id']}"}}
        path.write_text(ndjson(given, condition((CM, "M17.11")),
                               *(about | entry for entry in entries)))
        found, = (row for row in fhir.read([path], KNEE, count(1), today=TODAY) if row.line)
        return found

    return row


def observed(code, day="2026-11-22", **more):
    return {"resourceType": "Observation", "status": "final",
            "code": {"coding": [{"system": LOINC, "code": code}]}, **more} | (
                {"effectiveDateTime": day} if day else {})


def degrees(value, unit="Cel"):
    return {"valueQuantity": {"value": value, **({"code": unit} if unit else {})}}


PREGNANT = {"valueCodeableConcept": {"coding": [{"system": SCT, "code": "77386006"}]}}
IN_WORDS = {"valueCodeableConcept": {"text": "Pregnant"}}
NOT = {"valueCodeableConcept": {"coding": [{"system": SCT, "code": "60001007"}],
                                "text": "Not pregnant"}}


@pytest.mark.parametrize(("entry", "flags"), [
    (observed("82810-3", **PREGNANT), ("pregnant",)),
    (observed("82810-3", **IN_WORDS), ("pregnant",)), (observed("82810-3", **NOT), ()),
    (observed("82810-3", "2025-01-10", **PREGNANT), ()),
    (observed("82810-3", **PREGNANT) | {"status": "entered-in-error"}, ()),
    (observed("0", **IN_WORDS) | {"code": {"text": "Pregnancy status"}}, ("pregnant",)),
    (observed("8310-5", **degrees(39.5)), ("fever",)), (observed("8310-5", **degrees(37.2)), ()),
    (observed("8310-5", **degrees(102.2, "[degF]")), ("fever",)),
    (observed("8310-5", **degrees(98.6, "[degF]")), ()),
    (observed("8310-5", **degrees(98.6, "")), ()),
    (observed("8310-5", "2026-10-01", **degrees(39.5)), ()),
    (observed("8302-2", **degrees(170, "cm")), ())])
def test_a_pregnancy_status_and_a_temperature_of_late_set_their_flag(read, entry, flags):
    assert read(entry).request.flags == flags


def test_a_status_without_its_day_is_asked_and_a_fever_keeps_back(read):
    assert read(observed("82810-3", "", **PREGNANT)).unused == {"to-ask:pregnant": 1}
    assert read(observed("8310-5", "", **degrees(39.5))).request is None


def alert(text, **more):
    return {"resourceType": "Flag", "status": "active", "code": {"text": text}, **more}


@pytest.mark.parametrize(("entry", "flags"), [
    (alert("On anticoagulants"), ("anticoagulant",)), (alert("Warfarin"), ("anticoagulant",)),
    (alert("On anticoagulants", status="inactive"), ()),
    (alert("On anticoagulants", period={"end": "2026-01-01"}), ())])
def test_an_alert_is_read_as_a_condition_is(read, entry, flags):
    assert read(entry).request.flags == flags


def test_an_alert_that_nobody_understands_names_its_row(read):
    row = read(alert("Frequent flyer"))
    assert (row.request.flags, row.unused) == ((), {"alert:no-code": 1})
    assert read(alert("DVT?")).request is None


@pytest.mark.parametrize("text", ["Do not massage right leg", "No massage", "NWB right leg",
                                  "No dar masaje"])
def test_an_alert_against_massage_or_weight_keeps_back(read, text):
    assert read(alert(text)).request is None


def test_an_alert_of_surgery_or_of_bleeding_is_understood(read):
    assert read(alert("Recent knee surgery")).unused == {"to-ask:recent-surgery": 1}
    assert read(alert("Bleeding precautions")).request.flags == ("anticoagulant",)


def test_a_bundle_is_read_as_the_lines_of_a_file_are(tmp_path):
    path = tmp_path / "export.json"
    given = patient()
    about = {"subject": {"reference": f"Patient/{given['id']}"}}
    entries = [given, condition((CM, "M17.11")), about | observed("82810-3", **PREGNANT),
               about | alert("On anticoagulants")]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection",
                                "entry": [{"resource": entry} for entry in entries]}))
    row, = (row for row in fhir.read([path], KNEE, count(1), today=TODAY) if row.line)

    assert set(row.request.flags) == {"anticoagulant", "pregnant"}
    assert row.looked_at == {"conditions": 1, "observations": 1, "alerts": 1}


@pytest.mark.parametrize("entry", [observed("8310-5", valueQuantity="39"), alert("x", code=7)])
def test_one_that_can_t_be_read_is_counted_and_stops_nobody(read, entry):
    assert read(entry).request.flags == ()
