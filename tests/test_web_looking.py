"""What is seen of a table before its handouts are made, what a person says of it, and what is
mended in place: on the page, without a value of a patient.
"""

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from exports import CM, bundle, condition, patient
from helpers import page_texts
from test_web_many import ended, sent
from web_helpers import JSON, client_of, new_site, texts

from handouts.web import batches
from handouts.web.texts import all_words

OWN = b"Wer,Wann,Was\nZoe Quagga,03/04/1958,gout\nBo Lind,05/06/1949,M17.11\n"
MAPPED = {"column.1": "patient", "column.2": "dob", "column.3": "cause", "dates": "dmy"}


@pytest.fixture(scope="module")
def site():
    return new_site()


@pytest.fixture
def web(site):
    with client_of(site) as client:
        yield client


def looked(web, data=OWN, name="clinic.csv", **form):
    """What is seen of a table."""
    answer = web.post("/many/look", data={"kind": "zip", **form}, headers=JSON,
                      files={"table": (name, data)})
    assert answer.status_code == 200, answer.text
    return answer.json()["seen"]


def result(web, answer):
    """The first pages of what a batch made, by name."""
    state = ended(web, answer.json()["token"])
    packed = ZipFile(BytesIO(web.post(f"/many/{state['token']}/result").content))
    return state, {name: page_texts(packed.read(name))[0] for name in packed.namelist()
                   if name.endswith(".pdf")}


def test_columns_are_shown_with_masked_rows_and_what_is_to_be_chosen(web):
    seen = looked(web)

    assert 'name="column.3"' in seen
    assert "Xxx Xxxxxx" in seen
    assert "99/99/9999" in seen
    assert "Quagga" not in seen
    assert "1958" not in seen
    assert "Choose under the file what each column holds" in texts(seen)


def test_what_columns_hold_is_chosen_and_then_made_so(web):
    seen = looked(web, **MAPPED)
    state, pages = result(web, sent(web, OWN, **MAPPED))

    assert "seen-problem" not in seen
    assert 'value="dob" selected' in seen
    assert (state["made"], state["failed"]) == (2, [])
    assert [*pages] == ["00001-gout.pdf", "00002-osteoarthritis.pdf"]
    assert "Zoe Quagga" in pages["00001-gout.pdf"]
    assert "Apr 3, 1958" in pages["00001-gout.pdf"]


def test_two_columns_of_one_content_are_refused(web):
    twice = {"kind": "zip", **MAPPED, "column.2": "patient"}
    answer = web.post("/many/look", data=twice, headers=JSON, files={"table": ("a.csv", OWN)})

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["text"] == "Two columns are said to hold the same."


@pytest.mark.parametrize("chosen", [{}, {"column.3": "flags"}])
def test_no_column_of_flags_drops_another(web, chosen):
    data = (b"patient,cause,Precautions,Meds\nAna Ruiz,osteoarthritis,pregnant,anticoagulant\n"
            b"Bo Lind,osteoarthritis,,\n")
    chosen = {**chosen, "column.4": "flags"}
    seen = looked(web, data, **chosen)
    state, _ = result(web, sent(web, data, **chosen))

    assert 'class="unknown"' not in seen
    assert state["made"] == 2
    assert state["unused"] == []


def test_a_column_that_another_one_would_drop_stops_the_table(web):
    data = b"Patient,cause,Remarks\nAna Ruiz,gout,Bo Lind\n"
    form = {"kind": "zip", "column.3": "patient"}
    answers = [web.post(path, data=form, headers=JSON, files={"table": ("a.csv", data)})
               for path in ("/many/look", "/many")]

    assert "Patient" in texts(answers[0].json()["seen"])
    assert "would be lost" in texts(answers[0].json()["seen"])
    assert "would be lost" in answers[1].json()["problems"][0]["text"]
    assert sent(web, data, **{"column.1": "-", "column.3": "patient"}).status_code == 202


def test_days_that_can_be_read_two_ways_are_asked_once(web):
    seen = looked(web, b"name,dob,cause\nAna Ruiz,03/04/1958,gout\n")

    assert "Dates in the table can be read two ways" in texts(seen)
    assert "seen-problem" not in looked(web, b"name,dob,cause\nAna Ruiz,03/04/1958,gout\n",
                                        dates="mdy")


def test_an_encoding_is_offered_with_lines_that_show_it(web):
    data = "name,cause\nŁukasz Świątek,gout\n".encode("cp1250")

    assert "letters that can't be read" in texts(looked(web, data))
    seen = looked(web, data, encoding="cp1250")
    assert "Łxxxxx Śxxąxxx" in seen
    assert "ukasz" not in seen


def test_a_sheet_of_a_workbook_is_chosen(web):
    book, file = openpyxl.Workbook(), BytesIO()
    book.active.append(["about"])
    sheet = book.create_sheet("Clinic")
    sheet.append(["Patient", "Dx code"])
    sheet.append(["Ana Ruiz", "M17.11"])
    book.save(file)

    seen = looked(web, file.getvalue(), "book.xlsx")
    chosen = looked(web, file.getvalue(), "book.xlsx", sheet="Clinic")
    state, _ = result(web, sent(web, file.getvalue(), "book.xlsx", sheet="Clinic"))

    assert '<option value="Clinic">Clinic</option>' in seen
    assert '<option value="Clinic" selected>' in chosen
    assert "Xxx Xxxx" in chosen
    assert state["made"] == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_has_its_words(site, language):
    from handouts.readers.tables.columns import NAMES

    assert {*all_words()[language]["fields"]} == {*NAMES}


# -- remembered ------------------------------------------------------------------------------------


@pytest.fixture
def remembering(tmp_path):
    site = new_site()
    site.mappings = tmp_path / "mappings"
    with client_of(site) as client:
        yield client


def test_what_was_chosen_is_remembered_for_the_same_columns_without_a_value(remembering, tmp_path):
    assert 'name="remember"' in looked(remembering, **MAPPED)
    ended(remembering, sent(remembering, OWN, remember="1", **MAPPED).json()["token"])
    kept, = (tmp_path / "mappings").iterdir()
    other = OWN.replace(b"Zoe Quagga", b"Ana Ruiz")

    assert 'value="dob" selected' in looked(remembering, other)
    assert "Read as you chose for such a table before." in texts(looked(remembering, other))
    assert all(word not in kept.read_bytes() for word in (b"Zoe", b"Quagga", b"1958", b"gout"))
    assert 'value="dob" selected' not in looked(remembering, other.replace(b"Wer", b"Who"))
    assert 'value="dob" selected' not in looked(remembering, other, forget="1", **MAPPED)
    assert not kept.exists()


def test_a_table_without_names_is_never_remembered(remembering, tmp_path):
    data, chosen = b"Zoe Quagga,14.03.1958,gout\n", {"column.1": "patient", "column.3": "cause"}
    assert 'name="remember"' not in looked(remembering, data, **chosen)
    ended(remembering, sent(remembering, data, remember="1", **chosen).json()["token"])

    assert not (tmp_path / "mappings").exists()


def test_a_row_that_may_hold_a_warning_is_named_with_its_column_and_its_handout(web):
    data = b"patient,cause,Medications\nBo Lind,gout,\nAna Ruiz,gout,warfarin 5 mg\n"
    token = sent(web, data).json()["token"]
    state = ended(web, token)
    packed = ZipFile(BytesIO(web.post(f"/many/{token}/result").content))

    assert "row 2 (column Medications)" in " ".join(state["look"])
    assert state["first"] == ["Row 2 – column Medications – 00002-gout.pdf"]
    assert json.loads(packed.read("report.json"))["not_read"] == [2]


# -- mended in place -------------------------------------------------------------------------------

SLIPS = (b"patient,Dx,state,side,Precautions\nAna Ruiz,gowt,,left,\nBo Lind,gout,attak,,\n"
         b"Cy Moor,gout,between,lefft,\nDi Noor,gout,between,left,thinner blood\n")


def menus(state):
    """The menus of rows that were not made: their choices by name."""
    return {each["name"]: dict(map(tuple, each["choices"]))
            for row in state["failed"] for each in row["menus"]}


def test_a_word_that_is_wrong_is_mended_from_a_menu_of_what_may_stand_there(web):
    state = ended(web, sent(web, SLIPS).json()["token"])
    offered = menus(state)

    assert [*offered] == ["mended.2.2.1", "mended.3.3.1", "mended.4.4.1", "mended.5.5.1"]
    assert offered["mended.2.2.1"]["gout"] == "Gout"
    assert {*offered["mended.3.3.1"]} == {"-", "!", "attack", "between"}
    assert offered["mended.4.4.1"]["left"] == "Left"
    assert offered["mended.5.5.1"]["-"] == "None of these: take it out"
    assert all(choices["!"] == "Leave this row out" for choices in offered.values())
    assert "-" not in offered["mended.2.2.1"]  # without a cause there is no handout

    state, pages = result(web, sent(web, SLIPS, **{
        "mended.2.2.1": "gout", "mended.3.3.1": "-", "mended.4.4.1": "left",
        "mended.5.5.1": "anticoagulant"}))
    assert (state["made"], state["failed"]) == (4, [])
    assert "Ana Ruiz" in pages["00001-gout.pdf"]
    assert "left knee" in pages["00003-gout.pdf"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_row_names_the_columns_of_its_own_table(web, language):
    state = ended(web, sent(web, SLIPS, words=language).json()["token"])
    told = [row["short"] for row in state["failed"]]

    assert [("Dx" in told[0], "Precautions" in told[3])] == [(True, True)]
    assert "Dx" in state["failed"][0]["reason"]
    assert "cause" not in told[0]
    assert "Precautions" in state["failed"][3]["menus"][0]["label"]
    state = ended(web, sent(web, b"Cause,Birth date\ngout,soon\n").json()["token"])
    assert state["failed"][0]["reason"].startswith("Column Birth date can't be used.")


# What a row of two columns of flags holds; word, its place, and what it is read as; what is lost.
FLAGS = b"patient,Dx,Precautions,Flags,Pregnant?\nAna Ruiz,gout,%s,%s,%s\n"


def allowed(web, data, **mended):
    """What a table of one row says on page 1, or why it is not made."""
    state, pages = result(web, sent(web, data, **mended))
    return "".join(pages.values()) or state["failed"][0]["reason"]


WAITS = "You may have a blood clot"


@pytest.mark.parametrize(("cells", "name", "value"), [
    ((b"dvt; thinner blood", b"", b""), "mended.2.3.2", "anticoagulant"),
    ((b"thinner blood", b"dvt", b""), "mended.2.3.1", "anticoagulant"),
    ((b"dvt; thinner blood", b"", b""), "mended.2.3.2", "-"),
    ((b"dvt and thinner blood", b"", b""), "mended.2.3.1", "-"),
    ((b'"dvt, thinner blood"', b"", b"maybe"), "mended.2.5.1", "no"),
    ((b"", b"thinner blood", b""), "mended.2.4.1", "dvt")])
def test_what_a_cell_says_stays_when_another_word_of_it_is_mended(web, cells, name, value):
    data = FLAGS % cells
    others = {each: "-" for each in menus(ended(web, sent(web, data).json()["token"]))}
    assert name in others
    state, pages = result(web, sent(web, data, **{**others, name: value}))

    assert (state["made"], [*pages]) == (1, ["00001-gout.pdf"])
    assert WAITS in pages["00001-gout.pdf"]


def test_a_word_that_is_taken_out_on_purpose_is_out_and_its_row_is_to_be_looked_at(web):
    data = FLAGS % (b"thinner blood", b"", b"")
    state = ended(web, sent(web, data, **{"mended.2.3.1": "-"}).json()["token"])
    packed = ZipFile(BytesIO(web.post(f"/many/{state['token']}/result").content))

    assert state["made"] == 1
    assert WAITS not in page_texts(packed.read("00001-gout.pdf"))[0]
    assert json.loads(packed.read("report.json"))["not_read"] == [1]


@pytest.mark.parametrize(("cause", "value"), [
    (b"gowt; dvt", "gout"), (b"gowt with clot in the leg", "gout"), (b"dvt", "gout")])
def test_a_cause_that_is_mended_keeps_what_its_cell_warns_of(web, cause, value):
    data = b"patient,Dx\nAna Ruiz,%s\n" % cause
    name, = menus(ended(web, sent(web, data).json()["token"]))
    told = allowed(web, data, **{name: value})

    assert WAITS in told or "something more urgent" in told, told


def test_a_cause_that_is_mended_keeps_the_side_of_its_cell(web):
    data = b"patient,Dx\nAna Ruiz,gowt left\n"

    assert "left knee" in allowed(web, data, **{"mended.2.2.1": "gout"})


@pytest.mark.parametrize("cell", [
    b"osteoarthritis; DVT?", b"osteoarthritis; possible septic arthritis"])
def test_what_may_be_urgent_has_no_menu(web, cell):
    state = ended(web, sent(web, b"patient,Dx\nAna Ruiz,%s\n" % cell).json()["token"])

    assert (state["made"], menus(state)) == (0, {})
    assert "something more urgent" in state["failed"][0]["reason"]


def test_a_row_is_left_out_on_purpose_and_its_record_is_still_told(web):
    data = (b"patient,id,Dx,Precautions\nAna Ruiz,4711,gout,thinner blood\n"
            b"Ana Ruiz,4711,osteoarthritis,\n")
    state, pages = result(web, sent(web, data, **{"mended.2.4.1": "!"}))

    assert (state["made"], state["failed"], [*pages]) == (1, [], ["00002-osteoarthritis.pdf"])
    assert state["say"] == "Done. Made: 1. Not made: 0."
    assert state["unused"] == ["rows that you left out: 1"]
    assert "Rows 1, 2 have the same record number." in " ".join(state["look"])


def test_no_word_of_a_row_is_told_but_its_shape(web):
    answer = json.dumps(ended(web, sent(web, FLAGS % (
        b"dvt; Quagga's powder", b"Zebra", b"")).json()["token"]))

    assert "Xxxxxx" in answer
    assert not any(word in answer for word in ("Quagga", "powder", "Zebra", "Ana"))


def test_a_mended_word_is_held_against_the_rules_like_any_other(web):
    state = ended(web, sent(web, SLIPS, **{"mended.2.2.1": "gowt"}).json()["token"])

    assert state["failed"][0]["menus"][0]["name"] == "mended.2.2.1"


@pytest.mark.parametrize("name", ["mended.x.1.1", "mended.2.nothing", "mended.2.1", "column.1"])
def test_what_the_page_never_sends_is_refused(web, name):
    assert sent(web, SLIPS, **{name: "nonsense"}).status_code == 422


# -- several files, many rows ----------------------------------------------------------------------

PERSON, KNEE = patient(), condition((CM, "M17.12"))


def test_the_files_of_an_export_are_chosen_together(web):
    files = [("table", (f"{each['resourceType']}.ndjson", json.dumps(each).encode()))
             for each in (PERSON, KNEE)]
    answer = web.post("/many", data={"kind": "zip"}, headers=JSON, files=files)
    state, pages = result(web, answer)

    assert state["made"] == 1
    assert [*pages] == ["00001-osteoarthritis.pdf"]


def test_a_zip_of_an_export_is_read(web):
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("export.json", json.dumps(bundle(PERSON, KNEE)))
    state, _ = result(web, sent(web, file.getvalue(), "export.zip"))

    assert state["made"] == 1


@pytest.mark.parametrize(("second", "said"), [
    (b"patient,cause\nBo Lind,gout\n", ""),
    (b"a,b\n1,2\n", "The first line does not name the columns, or names one twice.")])
def test_a_zip_of_tables_is_read_or_what_is_wrong_with_them_is_told(web, second, said):
    file = BytesIO()
    with ZipFile(file, "w") as packed:
        packed.writestr("a.csv", b"patient,cause\nAna Ruiz,gout\nCy Moe,gowt\n")
        packed.writestr("b.csv", second)
    seen, answer = looked(web, file.getvalue(), "x.zip"), sent(web, file.getvalue(), "x.zip")

    assert "column." not in seen
    if said:
        assert answer.json()["problems"][0]["text"] == said
    else:
        state, pages = result(web, answer)
        assert (state["made"], len(pages)) == (2, 2)
        assert state["failed"][0]["menus"] == []  # a line would be one of each table


@pytest.mark.parametrize("inside", [b"\0", b"\n"])
def test_a_zip_that_would_fill_the_memory_is_refused(web, inside):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("Patient.ndjson", inside * 50_000_000)

    assert sent(web, file.getvalue(), "export.zip").status_code == 422


def test_more_kinds_than_there_is_memory_for_are_told_row_by_row(web, monkeypatch):
    monkeypatch.setattr(batches, "MOST_PLATES", 1)
    state = ended(web, sent(web, b"cause\ngout\nbursitis\ngout\n").json()["token"])

    assert state["made"] == 2
    assert [each["reason"] for each in state["failed"]] == [
        "This table asks for too many different handouts. Split it into smaller ones."]
