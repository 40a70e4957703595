"""A table on the page: what comes of it, its limits, and that nothing of it is kept."""

import json
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from helpers import page_texts
from web_helpers import JSON, client_of, new_site, texts

from handouts.web import guard, many, tables

TABLE = (b"patient,cause,side\nAna Ruiz,osteoarthritis,left\nMax Moor,gout,\nNo One,unheard,\n"
)


@pytest.fixture(scope="module")
def site():
    return new_site()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def web(site, folder):
    with client_of(site) as client:
        yield client


def sent(web, data=TABLE, name="clinic.csv", headers=JSON, **form):
    """The answer to a table."""
    return web.post("/many", data={"kind": "zip", **form}, headers=headers,
                    files={"table": (name, data, "text/csv")})


def ended(web, token):
    """The state of a batch that has ended."""
    for _ in range(600):
        answer = web.get(f"/many/{token}").json()
        if answer["state"] != "running":
            return answer
        time.sleep(0.02)
    raise AssertionError("the batch never ended")


def made(web, **form):
    """What a batch ended with, and its result."""
    token = sent(web, **form).json()["token"]
    return ended(web, token), web.post(f"/many/{token}/result")


def test_a_table_becomes_a_zip_with_a_report(web, folder):
    state, answer = made(web)
    packed = ZipFile(BytesIO(answer.content))
    report = json.loads(packed.read("report.json"))

    assert packed.namelist() == ["00001-osteoarthritis.pdf", "00002-gout.pdf", "report.json"]
    assert "Ana Ruiz" in page_texts(packed.read("00001-osteoarthritis.pdf"))[0]
    assert (state["say"], state["made"]) == ("Done: 2 made, 1 not made.", 2)
    assert [(row["row"], row["line"]) for row in state["failed"]] == [(3, 4)]
    assert state["failed"][0]["reason"].startswith("There is no such cause. ")
    assert (report["made"], report["failed"][0]["file"]) == ([1, 2], "table.csv")
    assert str(folder) not in json.dumps(report)
    assert answer.headers["content-disposition"] == 'attachment; filename="handouts.zip"'


def test_a_table_becomes_one_print_run(web):
    _, answer = made(web, kind="run", paper="a4", language="es")
    document = pypdfium2.PdfDocument(answer.content)

    assert len(document) >= 4
    assert round(document[0].get_width()) == 595
    assert "Masaje" in page_texts(answer.content)[0]


def test_a_fhir_export_is_taken_too(web):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "1", "name": [{"text": "Ana Ruiz"}]}},
        {"resource": {"resourceType": "Condition", "id": "2", "subject": {"reference": "Patient/1"},
                      "clinicalStatus": {"coding": [{"code": "active"}]},
                      "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm",
                                           "code": "M17.12"}]}}}]}
    state, answer = made(web, data=json.dumps(bundle).encode(), name="export.json")

    assert state["made"] == 1
    assert ZipFile(BytesIO(answer.content)).namelist()[0] == "00001-osteoarthritis.pdf"


def test_the_folder_is_private_and_gone_after_the_answer(web, folder):
    token = sent(web).json()["token"]
    ended(web, token)
    inside = list(folder.glob("handouts-*"))

    assert [path.stat().st_mode & 0o777 for path in inside] == [0o700]
    assert [path.name for path in inside[0].iterdir()] == ["handouts.zip"]

    web.post(f"/many/{token}/result")

    assert list(folder.glob("handouts-*")) == []
    assert web.post(f"/many/{token}/result").status_code == 404


@pytest.fixture
def slow(monkeypatch):
    """Batches whose rows wait, so that they can be met at work."""
    rows = many.Batch.next_rows

    def waiting(job):
        for row in rows(job):
            time.sleep(0.05)
            yield row

    monkeypatch.setattr(many.Batch, "next_rows", waiting)


LONG = b"cause\n" + b"gout\n" * 900


def gone(folder):
    """Whether all temporary folders are gone, soon."""
    for _ in range(200):
        if not list(folder.glob("handouts-*")):
            return True
        time.sleep(0.05)
    return False


def test_a_batch_tells_how_far_it_is_and_can_be_stopped(web, folder, slow):
    answer = sent(web, LONG).json()

    assert (answer["state"], answer["rows"]) == ("running", 900)
    assert web.post(f"/many/{answer['token']}/result").status_code == 409
    assert web.post(f"/many/{answer['token']}/stop").status_code == 204
    assert web.get(f"/many/{answer['token']}").status_code == 404
    assert gone(folder)


def test_one_batch_works_at_a_time(web, slow):
    first = sent(web, LONG).json()["token"]
    second = sent(web)
    web.post(f"/many/{first}/stop")

    assert second.status_code == 422
    assert second.json()["problems"][0]["text"] == "Another batch is at work."


def test_a_batch_that_nobody_looks_at_is_stopped_and_deleted(site, folder, slow, monkeypatch):
    monkeypatch.setattr(many, "UNSEEN_SECONDS", 0.1)
    monkeypatch.setattr(tables, "_SWEEP_SECONDS", 0.05)
    with client_of(site) as web:
        sent(web, LONG)

        assert gone(folder)


def test_a_result_that_nobody_fetches_is_deleted(site, folder, monkeypatch):
    monkeypatch.setattr(tables, "_SWEEP_SECONDS", 0.05)
    with client_of(site) as web:
        ended(web, sent(web).json()["token"])
        monkeypatch.setattr(many, "KEPT_SECONDS", 0.0)

        assert gone(folder)


def test_the_end_of_the_page_deletes_everything(site, folder, slow):
    with client_of(site) as web:
        sent(web, LONG)
        assert list(folder.glob("handouts-*"))

    assert gone(folder)


def test_a_batch_ends_when_its_time_is_over(web, folder, slow, monkeypatch):
    monkeypatch.setattr(many, "MOST_SECONDS", 0.1)
    state = ended(web, sent(web, LONG).json()["token"])

    assert (state["state"], state["say"]) == ("stopped", "Stopped. Nothing was kept.")
    assert gone(folder)  # though nobody asked for it to be deleted


@pytest.mark.parametrize(("data", "said"), [
    (b"", "No file is chosen"), (b"\n\n", "Is empty"), (b"a,b\n1,2\n", "No column says"),
    (b"PK\x03\x04", "workbook"), (b"cause\n" + b"gout\n" * 1001, "more than 1000 rows"),
    (b"\xff\xfe\x00", "")])
def test_a_file_that_can_t_be_used_is_told_and_gone(web, folder, data, said):
    answer = sent(web, data)
    problem = answer.json()["problems"][0]

    assert (answer.status_code, problem["field"]) == (422, "table")
    assert said in problem["text"]
    assert str(folder) not in str(problem)
    assert list(folder.glob("handouts-*")) == []


@pytest.mark.parametrize("form", [{"kind": "exe"}, {"paper": "a5"}, {"language": "../fr"}])
def test_a_choice_that_is_none_is_refused(web, form):
    assert sent(web, **form).status_code == 422


def test_a_file_that_is_too_large_is_refused(web):
    assert sent(web, b"x" * guard.UPLOAD_LIMIT).status_code == 413


@pytest.mark.parametrize("name", ["../../clinic.csv", "Ana Ruiz.csv", "\0.csv", "x" * 300, ""])
def test_the_name_of_the_file_is_never_used(web, folder, name):
    answer = sent(web, name=name) if name else sent(web, name=".csv")
    state = ended(web, answer.json()["token"])

    assert "Ana" not in json.dumps(state)
    assert state["made"] == 2


def test_without_a_script_the_answer_is_the_file(web, folder):
    answer = sent(web, headers={})

    assert ZipFile(BytesIO(answer.content)).namelist()[0] == "00001-osteoarthritis.pdf"
    assert list(folder.glob("handouts-*")) == []


def test_without_a_script_a_wrong_file_is_told_on_the_page(web):
    answer = sent(web, b"a,b\n1,2\n", headers={})

    assert answer.status_code == 422
    assert "No column says which handout to make." in texts(answer.text)
    assert 'aria-invalid="true"' in answer.text


def test_plates_are_all_that_stays(web, cache):
    made(web)
    kept = b"".join(path.read_bytes() for path in Path(cache).iterdir())

    assert kept
    assert b"Ruiz" not in kept
