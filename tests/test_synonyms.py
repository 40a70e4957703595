"""What people call a cause, a massage, a flag, a side, a language, wherever a name is read."""

import json
from datetime import date
from itertools import count

import pytest
from helpers import DRAFT

import cli
from handouts import readers
from handouts.errors import UsageError
from handouts.pack import naming
from handouts.pack.naming import language_of
from handouts.pack.pack import load_pack
from handouts.readers import fhir
from handouts.web.diagnosis import Diagnoses

KNEE = load_pack("knee")
SAID = KNEE.structure.synonyms
KINDS = ("causes", "massages", "flags", "sides", "languages")


@pytest.mark.parametrize(("kind", "text", "id_"), [
    ("causes", "OA", "osteoarthritis"), ("causes", "gonarthrosis", "osteoarthritis"),
    ("causes", "A.C.L.", "ligament-tear"), ("causes", "ACL", "ligament-tear"),
    ("causes", "mcl", "ligament-tear"), ("causes", "PFPS", "overuse"),
    ("causes", "Runner\u2019s knee", "overuse"), ("causes", "Bakers cyst", "knee-pain"),
    ("causes", "RA", "rheumatoid-arthritis"), ("causes", "gota", "gout"),
    ("causes", "Dolor de rodilla", "knee-pain"), ("causes", "Menisco roto", "meniscus-tear"),
    ("massages", "automasaje", "self-massage"), ("massages", "massage gun", "massager"),
    ("causes", "Kreuzbandriss", "ligament-tear"), ("flags", "enceinte", "pregnant"),
    ("sides", "beidseits", "both"), ("languages", "espagnol", "es"),
    ("flags", "Blood thinner", "anticoagulant"), ("flags", "TKR", "knee-replacement"),
    ("sides", "Rt", "right"), ("sides", "B/L", "both"), ("sides", "izquierda", "left"),
    ("languages", "Espanol", "es"), ("languages", "eng", "en")])
def test_a_name_means_its_id(kind, text, id_):
    assert naming.id_of(KNEE, kind, text) == id_


def test_a_name_that_may_mean_two_is_refused_with_both():
    with pytest.raises(UsageError) as caught:
        naming.id_of(KNEE, "causes", "tear")

    assert str(caught.value) == ("cause: this may mean more than one\n"
                                 "Write ligament-tear or meniscus-tear.")


def test_what_means_nothing_is_left_as_it_is():
    assert naming.id_of(KNEE, "causes", "Ana Ruiz") == "Ana Ruiz"


@pytest.mark.parametrize("kind", KINDS)
def test_every_name_means_its_id_or_is_one_of_the_few_that_mean_two(kind):
    double = {"tear", "arthritis", "knee arthritis", "artritis"}
    every = [*getattr(SAID, kind).items(), *SAID.abroad.get(kind, {}).items()]
    wrong = [(name, id_) for id_, names in every for name in names
             if name not in double and naming.id_of(KNEE, kind, name) != id_]

    assert wrong == []


def test_an_id_means_itself_and_every_cause_and_massage_has_other_names():
    pack = KNEE.structure
    for kind in ("causes", "massages", "flags"):
        for id_ in getattr(pack, kind):
            assert naming.id_of(KNEE, kind, id_) == id_
    assert set(SAID.causes) == set(pack.causes)
    assert set(SAID.massages) == set(pack.massages)


def test_a_table_reads_names(tmp_path):
    path = tmp_path / "clinic.csv"
    path.write_text("cause,flags,massages,side,lang\n"
                    "OA,Blood thinner; PAD,automasaje,Rt,Spanish\ntear,,,,\n", encoding="utf-8")

    row, refused = readers.read([path], KNEE, today=date(2026, 11, 25))

    made = row.request
    assert (made.cause, made.flags, made.massages, made.side, made.language) == (
        "osteoarthritis", ("anticoagulant", "poor-circulation"), ("self-massage",), "right", "es")
    assert "may mean more than one" in str(refused.problem)


@pytest.mark.parametrize("language", [
    {"coding": [{"system": "https://ehr.example/36", "code": "312345"},
                {"system": "urn:ietf:bcp:47", "code": "es"}]},
    {"coding": [{"code": "spa"}]}, {"text": "Spanish"}])
def test_a_record_s_language_is_looked_for_in_all_that_names_it(tmp_path, language):
    path = tmp_path / "export.ndjson"
    person = {"resourceType": "Patient", "id": "a",
              "birthDate": "1950-02-03", "communication": [{"language": language}]}
    knee = {"resourceType": "Condition", "subject": {"reference": "Patient/a"}, "code": {"coding": [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M17.11"}]},
        "clinicalStatus": {"coding": [{"code": "active"}]}}
    path.write_text(f"{json.dumps(person)}\n{json.dumps(knee)}\n")

    [row] = fhir.read([path], KNEE, count(1), today=date(2026, 11, 25))

    assert (row.request.language, row.unused) == ("es", {})


def test_the_page_s_field_takes_names():
    diagnoses = Diagnoses(KNEE)

    assert diagnoses.find("PFPS").cause == "overuse"
    assert diagnoses.find("quiste de baker").cause == "knee-pain"
    assert diagnoses.find("M17.11").cause == "osteoarthritis"


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Runs a command line in a folder of its own: code, stdout, stderr."""
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    for name in ("XDG_CONFIG_HOME", "HANDOUTS_CACHE", "HANDOUTS_RECORDS"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return lambda *words: (int(cli.run([*words])), *capsys.readouterr())


def test_the_command_takes_names(run):
    code, out, err = run("make", "Runner's knee", "--state", "settled", "--side", "Rt", "--flag",
                         "blood thinner", "--lang", "Spanish", "--json", "-o", "a.pdf")
    made = json.loads(out)

    assert (code, err) == (0, DRAFT.replace("content en", "content es"))
    assert (made["cause"], made["side"], made["flags"], made["language"]) == (
        "overuse", "right", ["anticoagulant"], "es")
    assert run("make", "tear", "-o", "b.pdf")[0] == 2
    assert language_of("fr", KNEE) == ""
