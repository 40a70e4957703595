"""A table on the page: what comes of it, its limits, and that nothing of it is kept."""

import gzip
import json
import re
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from helpers import page_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tables_sent import SENT
from web_helpers import JSON, client_of, texts

from handouts.paths import default_brand_path
from handouts.web import batches, guard, looking, table, tablewords
from handouts.web.site import open_site
from handouts.web.texts import all_words

UNREADABLE = ("The workbook can't be read: it is locked, damaged, of another form than .xlsx, or "
              "has formulas that nobody worked out.")
TABLE = (b"patient,cause,side\nAna Ruiz,osteoarthritis,left\nMax Moor,gout,\nNo One,unheard,\n"
)
EXPORT = json.dumps({
    "resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": {"resourceType": "Patient", "id": "1", "birthDate": "1950-02-03",
                      "name": [{"text": "Ana Ruiz"}]}},
        {"resource": {"resourceType": "Condition", "id": "2", "subject": {"reference": "Patient/1"},
                      "clinicalStatus": {"coding": [{"code": "active"}]},
                      "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm",
                                           "code": "M17.12"}]}}}]}).encode()


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
    assert (state["say"], state["made"]) == ("Done. Made: 2. Not made: 1.", 2)
    assert [(row["row"], row["line"]) for row in state["failed"]] == [(3, 4)]
    assert state["failed"][0]["reason"].startswith("Column cause can't be used. One of: osteoar")
    assert state["failed"][0]["short"] == "Column cause can't be used."
    assert (report["made"], report["failed"][0]["file"]) == ([1, 2], "table")
    assert report["rows"] == 3
    assert answer.headers["content-disposition"] == 'attachment; filename="handouts.zip"'


def test_a_zip_has_the_same_bytes_each_time_and_its_sizes_before_its_entries(web):
    token = sent(web).json()["token"]
    ended(web, token)
    first, second = (web.post(f"/many/{token}/result").content for _ in range(2))

    assert first == second
    assert all(not entry.flag_bits & 0x8 for entry in ZipFile(BytesIO(first)).infolist())
    assert ZipFile(BytesIO(first)).testzip() is None


@pytest.mark.parametrize("one", [one for one in SENT if not one.reading.columns
                                 and not one.reading.sheet], ids=lambda one: one.name)
def test_the_page_reads_a_table_as_the_command_line_does(web, one):
    answer = sent(web, one.content, name=f"sent{one.suffix}", dates=one.reading.dates,
                  encoding=one.reading.encoding if one.reading.encoding in looking.ENCODINGS
                  else "")
    wanted = [line[:2] for line in one.made]
    if wanted == ["!!"]:
        assert answer.status_code == 422
        return
    state = ended(web, answer.json()["token"])

    failed = [row["row"] for row in state["failed"]]
    passed = re.search(r"passed over: (\d+)", state["say"])
    # A language that is none of the pack's fails when it is to be printed.
    assert failed == [at for at, line in enumerate(one.made, 1)
                      if line[0] == "!" or "pt_BR" in line]
    assert int(passed[1] if passed else 0) == wanted.count("- ")
    assert len([text for text in state["look"] if "Rows" not in text and "row" not in text]) == len(
        one.read_as)


def test_a_table_whose_encoding_was_found_shows_by_its_first_lines_whether_it_is_right(web):
    data = "patient,cause\nAna,gout\nJosé Núñez,gout\n".encode("cp1252")
    found, _ = made(web, data=data)
    chosen, _ = made(web, data=data, encoding="mac_roman")

    assert found["look"] == [
        "The table was read in the encoding cp1252. If these lines look wrong, choose another one "
        "under the file: Xxxé Xúñxx,xxxx"]
    assert (chosen["look"], chosen["made"]) == ([], 2)
    web.post(f"/many/{found['token']}/stop")
    assert web.get(f"/many/{found['token']}").status_code == 404


@pytest.mark.parametrize(("data", "form", "said"), [
    (b"patient,dob,cause\nA,3/4/1958,gout\nB,4/4/1958,gout\n", {},
     "Dates in the table can be read two ways, as month or day first."),
    (b"patient,cause\n0011,gout\n0012,gout\n", {},
     "The column of names holds numbers of records."),
    (b"patient,cause\nA,gout\n", {"encoding": "rot13"}, None),
    (b"patient,cause\nA,gout\n", {"dates": "ymd"}, None)])
def test_what_a_table_does_not_show_is_asked_for_on_the_page(web, data, form, said):
    answer = sent(web, data, **form)

    assert answer.status_code == 422
    assert said in (None, answer.json()["problems"][0]["text"])


def test_a_table_becomes_one_print_run(web):
    _, answer = made(web, kind="run", paper="a4", language="es")
    document = pypdfium2.PdfDocument(answer.content)

    assert len(document) >= 4
    assert round(document[0].get_width()) == 595
    assert "Masaje" in page_texts(answer.content)[0]


def test_a_fhir_export_is_taken_too(web):
    state, answer = made(web, data=EXPORT, name="export.json")

    assert state["made"] == 1
    assert ZipFile(BytesIO(answer.content)).namelist()[0] == "00001-osteoarthritis.pdf"


def test_a_result_is_gone_when_its_page_is_left(web):
    token = sent(web).json()["token"]
    ended(web, token)
    web.post(f"/many/{token}/stop")

    assert web.post(f"/many/{token}/result").status_code == 404


def test_only_the_last_results_are_kept(web):
    tokens = [sent(web).json()["token"] for _ in range(5) if ended_all(web)]
    ended(web, tokens[-1])

    assert [web.get(f"/many/{token}").status_code for token in tokens] == [404, 404, 200, 200, 200]


def ended_all(web):
    """True, as soon as no batch is at work."""
    batches = web.app._app.state.batches
    while any(job.state == "running" for job in batches._known.values()):
        time.sleep(0.02)
    return True


def test_what_is_given_is_recorded_when_it_is_fetched(folder, records):
    with client_of(open_site(default_brand_path())) as web:
        token = sent(web).json()["token"]
        ended(web, token)
        assert list(records.iterdir()) == []

        web.post(f"/many/{token}/result")

    assert len(list(records.iterdir())) == 2


@pytest.fixture
def slow(monkeypatch):
    """Batches whose rows take long, so that they can be met at work."""
    take = batches.Batches._take

    def taken(*given):
        time.sleep(0.05)
        take(*given)

    monkeypatch.setattr(batches.Batches, "_take", taken)


LONG = b"cause\n" + b"gout\n" * 900


def forgotten(web, token):
    """Whether a batch is known no more, soon; nobody asks for it meanwhile."""
    batches = web.app._app.state.batches
    for _ in range(200):
        if token not in batches._known:
            return True
        time.sleep(0.05)
    return False


def test_a_batch_tells_how_far_it_is_and_can_be_stopped(web, folder, slow):
    answer = sent(web, LONG).json()

    assert (answer["state"], answer["rows"]) == ("running", 900)
    assert web.post(f"/many/{answer['token']}/result").status_code == 409
    assert web.post(f"/many/{answer['token']}/stop").status_code == 204
    assert web.get(f"/many/{answer['token']}").status_code == 404


def test_one_batch_works_at_a_time(web, slow):
    first = sent(web, LONG).json()["token"]
    second = sent(web)
    web.post(f"/many/{first}/stop")

    assert second.status_code == 422
    assert second.json()["problems"][0]["text"] == "Another batch is at work."


def test_a_batch_that_nobody_looks_at_is_stopped_and_forgotten(site, slow, monkeypatch):
    monkeypatch.setattr(batches, "UNSEEN_SECONDS", 0.1)
    monkeypatch.setattr(table, "_SWEEP_SECONDS", 0.05)
    with client_of(site) as web:
        assert forgotten(web, sent(web, LONG).json()["token"])


def test_a_result_that_nobody_fetches_is_forgotten(site, monkeypatch):
    monkeypatch.setattr(table, "_SWEEP_SECONDS", 0.05)
    with client_of(site) as web:
        token = sent(web).json()["token"]
        ended(web, token)
        monkeypatch.setattr(batches, "KEPT_SECONDS", 0.0)

        assert forgotten(web, token)


def test_the_end_of_the_page_ends_a_batch_at_once(site, slow):
    began = time.monotonic()
    with client_of(site) as web:
        sent(web, LONG)

    assert time.monotonic() - began < 40  # of 45 seconds, on a machine however busy


def test_a_batch_ends_when_its_time_is_over(web, slow, monkeypatch):
    monkeypatch.setattr(batches, "MOST_SECONDS", 0.1)
    token = sent(web, LONG).json()["token"]
    state = ended(web, token)

    assert (state["state"], state["say"]) == ("stopped", "Stopped. Nothing was kept.")
    assert web.app._app.state.batches._known[token].ready == []


def test_a_bug_in_a_batch_is_told_and_no_later_batch_waits_for_it(web, monkeypatch, capsys):
    with monkeypatch.context() as broken:
        broken.setattr(batches.Batches, "_take", lambda *_: 1 / 0)
        token = sent(web).json()["token"]
        ended_all(web)
    answer = web.get(f"/many/{token}")

    assert answer.status_code == 500
    assert "a bug, sorry: ZeroDivisionError" in capsys.readouterr().err
    assert sent(web).status_code == 202


@pytest.mark.parametrize("name", ["clinic.csv", "export.json"])
def test_nothing_of_a_table_ever_comes_onto_the_disk(folder, monkeypatch, cache, name):
    opened = []
    monkeypatch.setattr("tempfile._mkstemp_inner", lambda *given: opened.append(given))
    monkeypatch.setattr("tempfile.mkdtemp", lambda *given, **named: opened.append(given))
    data = TABLE + b"patient two,gout,\n" * 40 + b"#" * 2_000_000  # more than is spooled
    with client_of(open_site(default_brand_path())) as web:
        state, answer = made(web, data=data if name.endswith("csv") else EXPORT, name=name)
    kept = b"".join(path.read_bytes() for path in Path(cache).iterdir())

    assert state["made"]
    assert answer.status_code == 200
    assert opened == []
    assert list(folder.iterdir()) == []
    assert kept  # the plates
    assert b"Ruiz" not in kept


@pytest.mark.parametrize(("data", "said"), [
    (b"", "No file is chosen."), (b"\n\n", "The file is empty."),
    (b"a,b\n1,2\n", "The first line does not name the columns, or names one twice."),
    (b"cause,dob,born\n", "The first line does not name the columns, or names one twice."),
    (b"cause\n" + b"gout\n" * 10_001, "The file has more than 10,000 rows."),
    (b"PK\x03\x04 xl/workbook.xml", UNREADABLE), (b"\xd0\xcf\x11\xe0", UNREADABLE),
    (b"PK\x03\x04 word/document.xml", "The file is a text document, not a table."),
    (b"{\\rtf1 a}", "The file is a text document, not a table."),
    (b"PK\x03\x04 export.ndjson", "The file is packed."),
    (b"7z\xbc\xaf\x27\x1c", "The file is packed."),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "The file is a PDF, not a table."),
    (b"\xef\xbb\xbf\r\n%PDF-1.7\n", "The file is a PDF, not a table."),
    (b"\x89PNG\r\n\x1a\n\x00", "The file is a picture, not a table."),
    (b"\xff\xd8\xff\xe0", "The file is a picture, not a table."),
    (b"<!DOCTYPE html><p>", "The file is a web page, not a table."),
    (b"\xff\xfe\x00", "The file holds letters that can't be read."),
    (gzip.compress(TABLE, mtime=0), "The file is packed.")])
def test_a_file_that_can_t_be_used_is_told(web, folder, data, said):
    answer = sent(web, data)
    problem = answer.json()["problems"][0]

    assert (answer.status_code, problem["field"], problem["text"]) == (422, "table", said)
    assert "--" not in problem["cure"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("data", "name"), [
    (b"cause\n", "header.csv"), (b"patient,cause\nAna,foo\n", "bad.csv"),
    (b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}',
     "no-knee.json")])
@pytest.mark.parametrize("kind", ["run", "zip"])
@pytest.mark.parametrize("headers", [JSON, {}])
def test_where_nothing_is_made_no_download_is_offered(web, data, name, kind, headers):
    answer = sent(web, data, name=name, kind=kind, headers=headers)
    if headers:
        token = answer.json()["token"]
        assert ended(web, token)["made"] == 0
    else:
        assert answer.status_code == 200
        form, = re.findall(r'<form id="result"[^>]*>', answer.text)
        assert " hidden" in form
        token = re.search("/many/([^/]+)/result", form)[1]

    assert web.post(f"/many/{token}/result").status_code == 404


BAD = (b"patient,dob,cause,state,massages,side,cleared_on\nAna Ruiz,,gout,,,,\nB,1-2-60,gout,,,,\n"
       b"C,2020-01-01,gout,,,,\nD,,gout,attack,self-massage,,\nE,,gout,calmly,,,\n"
       b"F,,gout,,,top,\nG,,gout\nH,,ligament-tear,cleared,,,\n")
WHY = [
    (2, "Column dob can't be used. Date of birth, such as 1960-02-29 or 29-Feb-1960; not later "
        "than the handout's date."),
    (3, "These handouts are for adults of 18 years and over. Check the date of birth. A child or "
        "teenager with pain needs a check first."),
    (4, None), (5, None),
    (6, "Column side can't be used. Empty, or: left, right, both."),
    (7, "This row has more or fewer columns than the first line. Put quotes round a field that "
        "holds a comma, a quote, or a new line."),
    (8, "Column cleared_on can't be used. The day on which massage was cleared, such as "
        "2026-11-20. A cleared state needs it; no other takes it.")]


def test_why_a_row_was_not_made_is_told_in_the_page_s_words(web):
    state, _ = made(web, data=BAD)
    told = {row["row"]: row["reason"] for row in state["failed"]}

    assert state["made"] == 1
    assert {row: told[row] for row, why in WHY if why} == {row: why for row, why in WHY if why}
    assert told[4].startswith("The safety rules don't allow Self-massage. ")
    assert told[5].startswith("Column state can't be used. Empty if nobody has examined the "
                              "patient, or: ")
    assert "attack" in told[5]


@pytest.mark.parametrize("data", [BAD, b"cause,x,y\nfoo,1,2\n", b"protocol\nnone\n",
                                  b"code,code_system\nM17,icd9\nX,\nM06.9,\n",
                                  "patient,cause,note\n\U000e0001,gout,\nA,gout,"
                                  f"{'x' * 700}\n".encode()])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_message_speaks_the_command_line_or_another_language(web, data, language):
    state, _ = made(web, data=data, words=language)
    said = " ".join([row["reason"] for row in state["failed"]] + state["unused"])

    assert state["failed"]
    assert not re.search(r"--|rule |:\w+\.|column:|matrix|handouts (batch|list|make)", said)
    assert language == "en" or not re.search(r"can't|must|Write|Column", said)
    assert all_words()[language]["rows"]["other"] not in said


def test_what_was_not_used_is_told_in_words(web):
    state, _ = made(web, data=b"cause,x,code\ngout,1,J45\n")

    assert state["unused"] == ["column x, for its name is not known",
                               "codes that ask for no handout: 1"]


CLOT = {"resourceType": "Condition", "id": "3", "subject": {"reference": "Patient/1"},
        "clinicalStatus": {"coding": [{"code": "active"}]}}


@pytest.mark.parametrize(("code", "said"), [
    ({"text": "Anything at all"}, "conditions that could not be read: 1"),
    ({"coding": [{"system": "http://example.org", "code": "1"}]},
     "codes that could not be read: 1"),
    ({"coding": [{"system": "http://snomed.info/sct", "code": "1"}]},
     "codes that could not be read: 1")])
def test_what_could_not_be_read_is_told_as_that_with_its_rows(web, code, said):
    export = json.loads(EXPORT)
    export["entry"].append({"resource": CLOT | {"code": code}})
    state, _ = made(web, data=json.dumps(export).encode(), name="export.json")

    assert state["unused"] == [said]
    assert state["look"] == [
        "Something in row 1 could not be read, and it may be a warning. Look at the record "
        "before anything is handed out."]


@pytest.mark.parametrize(("unused", "said"), [
    ({"code:unknown:icd10cm": 2}, ["codes that ask for no handout: 2"]),
    ({"condition:inactive": 1}, ["conditions that ask for no handout: 1"]),
    ({"condition:no-code": 1, "condition:unreadable": 2}, ["conditions that could not be read: 3"]),
    ({"medicine:other-system:x": 1}, ["medicines that could not be read: 1"]),
    ({"procedure:no-name": 1}, ["procedures that could not be read: 1"]),
    ({"Observation:unreadable": 1}, ["other entries that could not be read: 1"])])
def test_what_was_not_read_is_never_called_harmless(unused, said):
    assert tablewords.of_unused(unused, all_words()["en"]) == said


def test_rows_with_the_same_record_number_are_told_and_reported(web):
    state, answer = made(web, data=(
        b"id,cause\nA-1,gout\nB,gout\na-1 ,osteoarthritis\nA-1,x\n,gout\n"))
    report = json.loads(ZipFile(BytesIO(answer.content)).read("report.json"))

    assert report["same_id"] == [[1, 3, 4]]
    assert state["look"] == [
        "Rows 1, 3, 4 have the same record number. If they are of one patient, each handout knows "
        "its own row alone: look whether one warns of what another allows."]
    assert "A-1" not in str(state)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode)
       | st.lists(st.sampled_from(["cause", "gout", ",", "\n", '"', "{", "}", "dob", "M17.12", ";",
                                   '"resourceType":"Patient"', "\t", "1960-02-29"]))
       .map(lambda parts: "".join(parts).encode()),
       name=st.sampled_from(["a.csv", "a.json", "a.ndjson", "a"]),
       kind=st.sampled_from(["zip", "run"]))
def test_no_file_is_a_bug(web, data, name, kind):
    answer = sent(web, data, name=name, kind=kind)
    if answer.status_code == 202:
        state = ended(web, answer.json()["token"])
        fetched = web.post(f"/many/{state['token']}/result")

        assert fetched.status_code == (200 if state["made"] else 404)
    else:
        assert answer.status_code == 422


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


@pytest.mark.parametrize("kind", ["zip", "run"])
def test_without_a_script_what_is_missing_is_told_before_the_download(web, kind):
    answer = sent(web, headers={}, kind=kind)
    said = texts(answer.text)
    address = re.search(r'action="(/many/[^"]+/result)"', answer.text)[1]

    assert answer.headers["content-type"].startswith("text/html")
    assert "Done. Made: 2. Not made: 1." in said
    assert "3 4 Column cause can't be used." in said
    assert said.index("Column cause can't") < said.index("does not hold these rows") < said.index(
        "Download what was made (2)")
    assert web.post(address).content[:2] == {"zip": b"PK", "run": b"%P"}[kind]


def test_without_a_script_a_wrong_file_is_told_on_the_page(web):
    answer = sent(web, b"a,b\n1,2\n", headers={})

    assert answer.status_code == 422
    assert "The first line does not name the columns" in texts(answer.text)
    assert 'aria-invalid="true"' in answer.text
