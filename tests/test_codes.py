"""Diagnosis codes: what they select, what they refuse, and the tables they come from."""

import csv
from collections import Counter

import pytest
from snomed import is_snomed_id

from handouts.coding import codes, flagcodes
from handouts.coding.codes import Coded
from handouts.errors import InputError, UsageError
from handouts.pack.pack import Pack, load_pack

SHORT_NAMES = ["icd10cm", "snomed"]


@pytest.fixture(scope="module")
def knee() -> Pack:
    return load_pack("knee")


def rows(pack: Pack, name: str) -> list[dict[str, str]]:
    with (pack.folder / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# -- what a code stands for ------------------------------------------------------------------------


def test_a_code_selects_cause_side_and_encounter_whole(knee: Pack) -> None:
    assert codes.select(knee, "S83.200A") == Coded(
        cause="meniscus-tear", side="right", encounter="new",
        description="Bucket-handle tear of unspecified meniscus, current injury, right knee, "
                    "initial encounter")


@pytest.mark.parametrize(("code", "side"), [
    ("S83.200A", "right"), ("S83.201A", "left"), ("S83.202A", ""),
    ("S83.203A", "right"), ("S83.204A", "left"), ("S83.205A", ""),
    ("S83.206A", "right"), ("S83.207A", "left"), ("S83.209A", ""),
    ("M25.561", "right"), ("M25.562", "left"), ("M25.569", ""),
    ("M17.0", "both"), ("M17.11", "right"), ("M17.12", "left"), ("M17.10", ""), ("M17.9", ""),
])
def test_the_side_is_read_from_the_table_not_from_the_last_digit(
        knee: Pack, code: str, side: str) -> None:
    assert codes.select(knee, code).side == side


@pytest.mark.parametrize(("code", "encounter"), [
    ("S83.206A", "new"), ("S83.206D", "healing"), ("S83.206S", "late"), ("M17.11", ""),
])
def test_the_seventh_character_tells_the_encounter(
        knee: Pack, code: str, encounter: str) -> None:
    assert codes.select(knee, code).encounter == encounter


@pytest.mark.parametrize("written", ["M17.11", "M1711", "m17.11", " M17.11\n"])
def test_a_code_is_known_however_it_is_written(knee: Pack, written: str) -> None:
    assert codes.find(knee, written) == codes.find(knee, "M17.11")


@pytest.mark.parametrize("code", ["", "M", "M25.57", "M17.119", "S83.511X", "J45.909"])
def test_a_code_outside_the_table_is_refused_and_its_value_is_not_repeated(
        knee: Pack, code: str) -> None:
    assert codes.find(knee, code) is None
    with pytest.raises(UsageError) as caught:
        codes.select(knee, code)
    assert str(caught.value) == (
        "code: the code stands for no cause in this pack\n"
        "Name the cause, or see codes/ in the pack for what is mapped.")


@pytest.mark.parametrize("system", SHORT_NAMES)
def test_every_code_that_does_not_fix_the_knee_is_refused(knee: Pack, system: str) -> None:
    asking = [row["code"] for row in rows(knee, system) if row["ask"]]
    assert asking
    for code in asking:
        with pytest.raises(InputError, match="does not fix one cause in the knee"):
            codes.select(knee, code, system=system)


def test_a_refused_code_names_the_cause_to_choose(knee: Pack) -> None:
    with pytest.raises(InputError) as caught:
        codes.select(knee, "90560007", system="snomed")
    assert str(caught.value) == (
        "code: the code does not fix one cause in the knee (Gout (no site))\n"
        "If it is the knee, name the cause, such as gout.")


# -- sides -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "side"), [
    ("M17.11", "right"), ("M17.0", "both"), ("M17.9", "left"), ("M17.11", ""),
])
def test_a_side_that_fits_the_code_is_accepted(knee: Pack, code: str, side: str) -> None:
    assert codes.select(knee, code, side=side) == codes.find(knee, code)


@pytest.mark.parametrize(("code", "side", "coded"), [
    ("M17.11", "left", "right"), ("S83.201A", "right", "left"), ("M17.0", "left", "both"),
    ("M17.12", "both", "left"),
])
def test_a_side_against_the_code_is_refused(
        knee: Pack, code: str, side: str, coded: str) -> None:
    with pytest.raises(InputError) as caught:
        codes.select(knee, code, side=side)
    assert str(caught.value) == (f"code: --side says {side}, the code says {coded}\n"
                                 "Mend the one that is wrong.")


# -- systems ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "short"), [
    ("icd10cm", "icd10cm"), ("http://hl7.org/fhir/sid/icd-10-cm", "icd10cm"),
    ("2.16.840.1.113883.6.90", "icd10cm"),
    ("snomed", "snomed"), ("http://snomed.info/sct", "snomed"),
    ("2.16.840.1.113883.6.96", "snomed"),
    ("urn:oid:2.16.840.1.113883.6.90", "icd10cm"), ("urn:oid:2.16.840.1.113883.6.96", "snomed"),
    ("https://hl7.org/fhir/sid/icd-10-cm/", "icd10cm"), ("ICD-10-CM", "icd10cm"),
    ("http://hl7.org/fhir/sid/icd-10-cm|2026", "icd10cm"), ("I10C", "icd10cm"),
    ("http://hl7.org/fhir/sid/icd-10-us", "icd10cm"), ("SNOMED-CT", "snomed"),
    ("SNOMEDCT_US", "snomed"), ("http://snomed.info/sct/900000000000207008", "snomed"),
    ("http://snomed.info/sct/731000124108/version/20260301", "snomed"),
    ("http://snomed.info/id", "snomed"),
])
def test_a_system_is_known_by_short_name_uri_oid_and_urn(name: str, short: str) -> None:
    assert codes.system_name(name) == short


@pytest.mark.parametrize("name", [
    "http://hl7.org/fhir/sid/icd-10", "2.16.840.1.113883.6.3", "http://hl7.org/fhir/sid/icd-9-cm",
    "icd10", "", "urn:oid:2.16.840.1.113883.6.3",
    "http://fhir.de/CodeSystem/bfarm/icd-10-gm", "http://hl7.org/fhir/sid/icd-10-am",
])
def test_another_system_is_refused_even_for_a_code_that_reads_the_same(
        knee: Pack, name: str) -> None:
    for look_up in (codes.find, flagcodes.flags_of):
        with pytest.raises(UsageError, match="there is no such code system"):
            look_up(knee, "M25.561", name)
    with pytest.raises(UsageError, match="there is no such code system"):
        codes.select(knee, "M25.561", system=name)


def test_the_same_text_stands_for_nothing_in_the_other_system(knee: Pack) -> None:
    assert codes.find(knee, "30989003", "http://snomed.info/sct") == Coded(
        "knee-pain", description="Knee pain")
    assert codes.find(knee, "30989003", "icd10cm") is None
    assert codes.find(knee, "M25.561", "snomed") is None


# -- flags -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "flags"), [
    ("Z79.01", ("anticoagulant",)), ("Z79.02", ("anticoagulant",)),
    ("I82.4", ("dvt",)), ("I82.401", ("dvt",)), ("i82.4z2", ("dvt",)), ("I82.5", ("clot-risk",)),
    ("O26.891", ("pregnant",)), ("Z33.1", ("pregnant",)),
    ("M80.061A", ("fragile-bones",)), ("Z96.653", ("knee-replacement",)), ("Z96.64", ()),
    ("M17.11", ()), ("", ()),
    ("OA", ()), ("osteoarthritis", ()), ("O", ()), ("O9A.111", ("pregnant",)),
])
def test_an_icd_code_sets_the_flag_of_its_prefix(
        knee: Pack, code: str, flags: tuple[str, ...]) -> None:
    assert flagcodes.flags_of(knee, code) == flags


@pytest.mark.parametrize(("code", "flags"), [
    ("77386006", ("pregnant",)), ("773860061", ()), ("7738600", ()), ("30989003", ()),
])
def test_a_snomed_id_sets_a_flag_only_when_whole(
        knee: Pack, code: str, flags: tuple[str, ...]) -> None:
    assert flagcodes.flags_of(knee, code, "snomed") == flags


# -- the tables ------------------------------------------------------------------------------------


@pytest.mark.parametrize("system", SHORT_NAMES)
def test_each_code_stands_in_its_table_once(knee: Pack, system: str) -> None:
    counts = Counter(row["code"].upper().replace(".", "") for row in rows(knee, system))
    assert [code for code, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("system", SHORT_NAMES)
def test_every_cause_of_a_table_is_in_the_pack(knee: Pack, system: str) -> None:
    assert {row["cause"] for row in rows(knee, system)} - set(knee.structure.causes) == set()


@pytest.mark.parametrize("system", SHORT_NAMES)
def test_every_flag_of_a_table_is_in_the_pack(knee: Pack, system: str) -> None:
    flags = {row["flag"] for row in rows(knee, f"{system}_flags")}
    assert flags - set(knee.structure.flags) == set()


def test_a_side_named_by_a_description_is_the_side_of_the_table(knee: Pack) -> None:
    wrong = []
    for row in rows(knee, "icd10cm"):
        said = {side for side in ("right", "left", "bilateral")
                if side in row["description"].lower().replace(",", "").split()}
        if said != {row["side"]} & {"right", "left", "bilateral"}:
            wrong.append((row["code"], row["side"], row["description"]))
    assert wrong == []


def snomed_ids(pack: Pack) -> list[str]:
    return [*(row["code"] for row in rows(pack, "snomed")),
            *(row["code_or_prefix"] for row in rows(pack, "snomed_flags"))]


def test_every_snomed_id_passes_the_verhoeff_check(knee: Pack) -> None:
    assert [code for code in snomed_ids(knee) if not is_snomed_id(code)] == []


def test_no_snomed_id_survives_one_wrong_digit(knee: Pack) -> None:
    slips = [f"{code[:at]}{digit}{code[at + 1:]}" for code in snomed_ids(knee)
             for at in range(len(code)) for digit in "0123456789" if digit != code[at]]
    assert [slip for slip in slips if is_snomed_id(slip)] == []


def test_no_snomed_id_survives_two_swapped_digits(knee: Pack) -> None:
    slips = [f"{code[:at]}{code[at + 1]}{code[at]}{code[at + 2:]}" for code in snomed_ids(knee)
             for at in range(len(code) - 1) if code[at] != code[at + 1]]
    assert [slip for slip in slips if is_snomed_id(slip)] == []


@pytest.mark.parametrize("code", ["", "2363", "73211009 ", "-73211009", "٧٣٢١١٠٠٩", "M17.11",
                                  "0" * 19])
def test_what_is_not_6_to_18_plain_digits_is_no_snomed_id(code: str) -> None:
    assert not is_snomed_id(code)


def test_well_known_snomed_ids_are_recognised() -> None:
    known = ["73211009", "22298006", "138875005"]
    assert [code for code in known if is_snomed_id(code)] == known
