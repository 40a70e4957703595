"""CSV files read as rows: columns, values, broken records, encodings; the people are invented."""

import csv as written
import io
import tracemalloc
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest
from helpers import TODAY
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from handouts import readers
from handouts.errors import HandoutError, InputError, UsageError, unknown
from handouts.readers import tables as csv
from handouts.readers.tables import csvfile
from handouts.readers.tables.names import NAMES
from handouts.readers.tables.values import is_number
from handouts.request.request import Dose, Patient, Request

NAME = "Zubehoerita Quill"
SETTINGS = settings(max_examples=150, deadline=None,
                    suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def read(tmp_path, knee):
    """The rows of a CSV file with this content: read(text or bytes, column=field, …)."""

    def rows(content, saved=csv.none_saved, **named):
        path = tmp_path / "clinic.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        table = csv.open_table(path, knee, csv.Reading(named), saved, today=TODAY)
        return list(csv.rows(table, knee, count(1)))

    return rows


def problems(rows):
    return [str(row.problem) if row.problem else "" for row in rows]


# -- columns ---------------------------------------------------------------------------------------


def test_every_column_of_the_design_reaches_its_place(read):
    rows = read("patient,dob,id,cause,state,cleared_on,side,massages,tips,flags,lang,clinician,"
                "date,review,note,paper,format\n"
                f"{NAME},1950-02-03,R-7,bursitis,cleared,2026-11-01,right,self-massage;professional,"
                "cold,pregnant;numbness,en,Dr Ode,2026-11-25,in May,Go slowly,a4,Large print\n")

    assert [(row.number, row.line, row.problem, row.unused) for row in rows] == [(1, 2, None, {})]
    assert rows[0].request == Request(
        "bursitis", state="cleared", flags=("pregnant", "numbness"),
        massages=("self-massage", "professional"), tips=("cold",), side="right", language="en",
        paper="a4", format="large-print", patient=Patient(
            NAME, born=date(1950, 2, 3), id="R-7", given_by="Dr Ode", given_on=date(2026, 11, 25),
            next_visit="in May", cleared_on=date(2026, 11, 1), note="Go slowly"))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_sign_between_columns_and_the_ends_of_line_are_seen(read, sign, ending):
    lines = [["Name", "Date of Birth", "Diagnosis", "flags"],
             ["Ana Ruiz", "1950-02-03", "Knee pain", "dvt"], ["Bo", "", "gout", ""]]

    rows = read(ending.join(sign.join(line) for line in lines))

    assert [row.request for row in rows] == [
        Request("knee-pain", flags=("dvt",), patient=Patient("Ana Ruiz", born=date(1950, 2, 3))),
        Request("gout", patient=Patient("Bo"))]


@pytest.mark.parametrize("header", ["cause,patient", "CAUSE,Patient ", " Cause ,\tPATIENT",
                                    "diagnosis,Full_Name", '"Cause","Name"', "\ufeffcause,name"])
def test_the_names_of_columns_are_forgiven(read, header):
    rows = read(f"{header}\ngout,Ana Ruiz\n")

    assert [row.request for row in rows] == [Request("gout", patient=Patient("Ana Ruiz"))]


def test_given_and_family_name_are_joined(read):
    rows = read("First name,Surname,cause\nAna,Ruiz,gout\nAna,,gout\n,Ruiz,gout\n")

    assert [row.request.patient.name for row in rows] == ["Ana Ruiz", "Ana", "Ruiz"]


def test_unknown_columns_are_told_once_by_their_name(read):
    rows = read("room,cause,shoe size\n4,gout,9\n5,gout,8\n")

    assert [row.unused for row in rows] == [{"column:room": 1, "column:shoe size": 1}, {}]


def test_a_column_with_another_name_can_be_given_a_field(read):
    rows = read("who,what,name\nAna,gout,the cat\n", **{"Who": "patient", "what": "cause"})

    assert [(row.request, row.unused) for row in rows] == [
        (Request("gout", patient=Patient("Ana")), {"column:name": 1})]


@pytest.mark.parametrize(("named", "kind"), [
    ({"who": "pateint"}, UsageError), ({"who": "dob", "x": "dob"}, UsageError),
    ({"absent": "cause"}, InputError)])
def test_a_wrong_map_is_refused(read, named, kind):
    with pytest.raises(kind):
        read("who,x\nAna,gout\n", **named)


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", f"{NAME},gout\n", "cause,name,patient\n",
                                     "cause,dob,born\n", "cause\0\n", "patient\n"])
def test_a_file_without_usable_columns_is_refused_without_repeating_it(read, content):
    with pytest.raises(InputError) as caught:
        read(content)

    assert "Zubehoerita" not in str(caught.value)


def test_a_file_with_a_first_line_only_has_no_rows(read):
    assert read("cause\n") == []


# -- saved choices ---------------------------------------------------------------------------------


def saved(name):
    """The choices of the one protocol there is."""
    if name != "gout-visit":
        raise unknown("protocol", name, ["gout-visit"])
    return Request("gout", "between", ("anticoagulant",), ("self-massage",), ("shoes",),
                   {"self-massage": Dose(10, 2)}, patient=Patient(note="Go slowly"))


def test_what_stands_beside_a_protocol_wins_and_flags_are_added(read):
    plain, beside, none = read(
        "protocol,patient,side,tips,flags,note,cause,state,examined_on\n"
        f"Gout visit,Ana,left,,,,,,{TODAY}\n"
        "gout-visit,Bo,,cold,pregnant,Rest,knee pain,unknown,\n,Cy,,,,,,,\n", saved)
    asked = saved("gout-visit")

    assert plain.request == replace(asked, side="left", patient=Patient("Ana", note="Go slowly"))
    assert beside.request == replace(
        asked, cause="knee-pain", state="unknown", tips=("cold",),
        flags=("anticoagulant", "pregnant"), patient=Patient("Bo", note="Rest"))
    assert "neither cause nor code" in str(none.problem)


def test_a_protocol_that_is_unknown_or_can_t_be_had_fails_its_row_alone(read):
    text = "cause,protocol\ngout,gowt-visit\ngout,\n"

    assert problems(read(text, saved)) == [
        "there is no such protocol\nDid you mean gout-visit?", ""]
    assert problems(read(text)) == [
        "protocol: there are no saved choices here\nLeave the column empty.", ""]


# -- values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "asked"), [
    ("M17.11", ("osteoarthritis", "right", ())), ("m1712", ("osteoarthritis", "left", ())),
    ("Z96.651", None), ("M25.56", ("knee-pain", "", ())), ("M10.9", None), ("OA", None),
    ("nonsense", None)])
def test_a_code_selects_as_it_does_for_make(read, code, asked):
    rows = read(f"ICD10 code\n{code}\n")

    got = rows[0].request and (rows[0].request.cause, rows[0].request.side, rows[0].request.flags)
    assert got == asked


@pytest.mark.parametrize(("line", "asked"), [
    ("tendonitis,34840004,snomed,left", ("tendonitis", "left", (), {})),  # it asks; the row answers
    ("knee pain,Z33.1,,", ("knee-pain", "", ("pregnant",), {})),
    ("gout,J45.909,,", ("gout", "", (), {"code:unknown:icd10cm": 1})),
    ("osteoarthritis,M17.11,icd10cm,", ("osteoarthritis", "right", (), {}))])
def test_cause_and_code_that_agree_are_joined(read, line, asked):
    row, = read(f"cause,code,code system,side\n{line}\n")

    assert (row.request.cause, row.request.side, row.request.flags, row.unused) == asked


@pytest.mark.parametrize("line", [
    ",,,", "gout,M17.11,,", ",M17.11,,left", "osteoarthritis,M17.11,,left", ",M17.11,icd10,",
    "gout,M17.11,icd10who,"])
def test_cause_code_and_side_at_odds_are_the_rows_problem(read, line):
    rows = read(f"cause,code,code_system,side,patient\n{line},{NAME}\ngout,,,,Bo\n")

    assert [row.request is None for row in rows] == [True, False]


@pytest.mark.parametrize("field", ["dob", "date", "cleared_on"])
@pytest.mark.parametrize("value", ["1950-02-30", "19500230", "1950-W05-3", "٢٠٢٠-٠١-٠١",
                                   "14-Mar-58", "3-2-50", "1950", "31/31/1950", "unknown"])
def test_a_date_in_another_form_is_refused_without_repeating_it(read, field, value):
    row, = read(f"cause,{field}\ngout,{value}\n")

    assert str(row.problem) == (f"{field}: is not a date\n"
                                "Write it with a year of four figures, such as 2026-11-25 or "
                                "25-Nov-2026.")


@pytest.mark.parametrize(("field", "value"), [
    ("format", "x"), ("side", "middle"),
    ("paper", "a3")])
def test_what_can_not_be_had_is_the_rows_problem(read, field, value):
    row, = read(f"cause,{field}\ngout,{value}\n")

    assert (row.request, row.problem.where) == (None, field)
    assert value not in row.problem.problem


def test_a_list_takes_any_sign_between_its_ids(read):
    rows = read('cause;flags\ngout;"dvt; pregnant"\ngout;dvt,Pregnant\ngout;dvt|pregnant,,dvt\n')

    assert [row.request.flags for row in rows] == [("dvt", "pregnant")] * 3


def test_a_language_is_the_packs_where_it_has_it(read):
    rows = read("cause,language\ngout,EN\ngout,en-US\ngout,xx\ngout,\n")

    assert [row.request.language for row in rows] == ["en", "en", "xx", ""]


def test_a_note_may_have_several_lines(read):
    row, = read('cause,note\r\ngout,"Rest.\r\nThen ""walk"".\n\rSlowly"\r\n')

    assert row.request.patient.note == 'Rest.\nThen "walk".\n\nSlowly'


# -- records that can't be read --------------------------------------------------------------------


def test_a_quote_that_is_never_closed_costs_its_own_line_only(read):
    rows = read('patient,cause\nAna,gout\n"Bo,gout\nCy,gout\n"Di, the elder",gout\n')

    assert [(row.line, row.request and row.request.patient.name) for row in rows] == [
        (2, "Ana"), (3, None), (4, "Cy"), (5, "Di, the elder")]
    assert "quote" in str(rows[1].problem)


def test_a_quote_closed_lines_later_swallows_no_row(read):
    rows = read('cause,patient\ngout,"Ana\ngout,Bo\ngout,"\ngout,Cy\n')

    assert [(row.line, row.request and row.request.patient.name) for row in rows] == [
        (2, None), (3, "Bo"), (4, None), (5, "Cy")]


@pytest.mark.parametrize("line", ["Ana", "Ana,gout,left,more", 'Ana,"gout"x,left'])
def test_a_ragged_row_is_a_problem_and_the_next_is_not(read, line):
    rows = read(f"patient,cause,side\n{line}\nBo,gout,left\n")

    assert [row.request is None for row in rows] == [True, False]
    assert not any("Ana" in text for text in problems(rows))


def test_empty_cells_at_the_end_and_blank_lines_are_nothing(read):
    rows = read("cause,side\n\ngout,left,,\n , \n,,\n\r\ngout,right\n\n")

    assert [(row.number, row.line, row.request.side) for row in rows] == [
        (1, 3, "left"), (2, 7, "right")]


def test_a_very_long_line_or_field_is_the_rows_problem(read):
    long, field = "x" * (csvfile.MOST_CHARACTERS + 7), "y" * 200_000

    rows = read(f"cause,note\ngout,{long}\ngout,a\ngout,{field}\ngout,b\n")

    assert [(row.line, row.request is None) for row in rows] == [
        (2, True), (3, False), (4, True), (5, False)]
    assert not any("xx" in text or "yy" in text for text in problems(rows))


def test_a_nul_in_a_name_stays_in_its_row(read):
    rows = read("cause,patient\ngout,A\0na\ngout,Bo\n")

    assert [row.number for row in rows] == [1, 2]


# -- encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_come_in_whole_from_each_encoding(read, encoding):
    rows = read("cause,patient\ngout,Zoë Łuka 👵\n".encode(encoding))

    assert [row.request.patient.name for row in rows] == ["Zoë Łuka 👵"]


def test_utf_16_with_its_mark_at_the_big_end_is_read(read):
    rows = read(b"\xfe\xff" + "cause\ngout\n".encode("utf-16-be"))

    assert [row.request.cause for row in rows] == ["gout"]


@pytest.mark.parametrize(("name", "encoding"), [
    ("Zoë", "mac-roman"), ("José", "cp850"), ("Łukasz Świątek", "cp1250"), ("Иванова", "cp1251"),
    ("Παπαδοπούλου", "cp1253")])
def test_another_encoding_is_refused_by_the_line_before_any_row(tmp_path, knee, name, encoding):
    path = tmp_path / "old.csv"
    path.write_bytes(f"cause,patient\r\ngout,Ana\r\ngout,{name}\r\n".encode(encoding))

    with pytest.raises(InputError) as caught:
        readers.read([path], knee, today=date(2026, 11, 25))
    row = [*readers.read([path], knee, today=TODAY, reading=csv.Reading(encoding=encoding))][1]

    assert str(caught.value).startswith(f"{path}: line 3 holds a character that is not UTF-8\n")
    assert "--encoding cp1252" in caught.value.cure
    assert (row.request.patient.name, row.read_as) == (name, {})


@pytest.mark.parametrize("name", ["Zoë", "José Núñez", "ÅSA ÖBERG", "O’Hara", "Günter Weiß",
                                  "Anaïs “Nana” Lœuf", "Ana – Ruiz", "NUÑEZ", "Élodie Çelik"])
@pytest.mark.parametrize("many", [1, 400_000])
def test_a_table_in_the_code_page_of_windows_is_read_and_that_is_told(read, name, many):
    rows = read(b"cause,patient\r\n" + b"gout,Ana\r\n" * (many // 100)
                + f"gout,{name}\r\n".encode("cp1252"))

    assert rows[-1].request.patient.name == name
    assert [row.read_as for row in rows if row.read_as] == [{"encoding:cp1252": 1}]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_and_that_is_told(read, encoding):
    row, = read("cause,patient\ngout,Zoë\n".encode(encoding))

    assert (row.request.patient.name, row.read_as) == ("Zoë", {f"encoding:{encoding}": 1})


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le"])
def test_text_without_a_known_mark_is_refused(read, encoding):
    with pytest.raises(InputError, match="is not UTF-8"):
        read("cause\ngout\n".encode(encoding))


def test_half_a_character_at_the_end_is_refused(read):
    with pytest.raises(InputError, match="line 2 holds"):
        read("cause,patient\ngout,Zoë".encode()[:-1])


def test_a_file_that_changes_while_it_is_read_is_an_error_not_a_crash(tmp_path, knee):
    path = tmp_path / "clinic.csv"
    path.write_text("cause\n" + "gout\n" * 5_000)

    rows = readers.read([path], knee, today=TODAY)
    next(rows)
    with path.open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xff\xff")

    with pytest.raises(InputError, match="to its end"):
        list(rows)


# -- any text --------------------------------------------------------------------------------------

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6)


@SETTINGS
@given(rows=tables, sign=st.sampled_from(",;\t|"), quoting=st.sampled_from([0, 1]))
def test_as_many_rows_come_out_as_a_table_holds(read, rows, sign, quoting):
    assume(not any("\n" in cell.replace("\r", "\n") and cell.count(sign) > 1
                   for row in rows for cell in row))  # reads as rows after a quote left open
    file = io.StringIO()
    writer = written.writer(file, delimiter=sign, quoting=quoting)
    writer.writerows([["cause", "patient", "note"], *rows])

    names = [row[1].strip() for row in rows if row[1].strip()]
    assume(not names or not all(map(is_number, names)))  # which is refused as a whole
    read_rows = read(file.getvalue())

    full = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.number for row in read_rows] == list(range(1, len(full) + 1))
    for row, cells in zip(read_rows, full, strict=True):
        if row.request:
            # A cell of odd blanks alone is kept, for whoever prints it to refuse.
            assert row.request.patient.name.strip() == cells[1].strip()


@SETTINGS
@given(line=st.lists(st.sampled_from(sorted(NAMES)), unique=True, min_size=1),
       value=st.text("abzq ", min_size=4, max_size=9).filter(str.strip))
def test_no_message_repeats_what_was_typed(read, line, value):
    typed = f"Xy{value.strip()}yX"
    try:
        told = problems(read(",".join(line) + "\n" + ",".join(typed for _ in line) + "\n"))
    except HandoutError as error:
        told = [str(error)]

    assert not any(typed in text for text in told)


@SETTINGS
@given(text=st.text(st.sampled_from('ab",;|\t\n\r\0é "\u2028\x85\x0b'), max_size=60))
def test_any_text_gives_rows_or_an_error_and_loses_no_line(read, text):
    rows = read("cause,patient\n" + text)

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert all(row.request or isinstance(row.problem, HandoutError) for row in rows)


@SETTINGS
@given(content=st.binary(max_size=80))
def test_any_bytes_give_rows_or_a_handout_error(read, content):
    for opening in (b"", b"cause,patient\n", b"\xff\xfe", b"\xef\xbb\xbfcause\n"):
        try:
            rows = read(opening + content)
        except HandoutError:
            continue
        assert all(row.request or isinstance(row.problem, HandoutError) for row in rows)


# -- size ------------------------------------------------------------------------------------------


def test_memory_does_not_grow_with_the_file(tmp_path, knee):
    def peak(rows):
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write("patient,cause,dob,note\n")
            file.writelines(f"Ana {n},gout,1950-02-03,Go slowly\n" for n in range(rows))
        tracemalloc.start()
        total = sum(1 for _ in readers.read([Path(path)], knee, today=TODAY))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return total, size

    few, many = peak(1_000), peak(8_000)

    assert (few[0], many[0]) == (1_000, 8_000)
    # The encoding is checked by the megabyte: this quarter of one is held; nothing else grows.
    assert many[1] < few[1] + (1 << 19)


# -- what would be lost ----------------------------------------------------------------------------


def test_a_column_without_a_name_is_told_where_it_first_holds_something(read):
    rows = read("cause,,id, ,more\ngout,,,,\ngout,DVT,,,\ngout,DVT,,x,\n")

    assert [row.unused for row in rows] == [{"column:more": 1}, {"column:2": 1}, {"column:4": 1}]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;\r", '"sep=;"', "\ufeffsep=;", "\nsep=;",
                                  "sep=;;"])
def test_the_line_of_excel_that_names_the_separator_is_read(read, line):
    rows = read(f"{line}\ncause;note\ngout;a, b\n")

    assert [(row.request.cause, row.request.patient.note) for row in rows] == [("gout", "a, b")]
    assert rows[0].line == line.count("\n") + 3


@pytest.mark.parametrize("sign", ["\t", ",", ":", "^"])
def test_the_separator_that_is_named_is_the_one(read, sign):
    row, = read(f"sep={sign}\nside{sign}cause\nleft{sign}gout\n")

    assert (row.request.cause, row.request.side) == ("gout", "left")




@pytest.mark.parametrize(("given_on", "is_made"), [
    ("0001-01-01", False), ("3026-11-25", False), ("1999-12-31", False), ("2027-12-01", False),
    ("2026-12-01", True), ("2025-12-01", True), ("2025-01-01", False)])
def test_a_handouts_date_that_can_not_be_meant_fails_its_row(tmp_path, knee, given_on, is_made):
    (tmp_path / "clinic.csv").write_text(f"cause,dob,date\ngout,1950-01-01,{given_on}\n")
    row, = readers.read([tmp_path / "clinic.csv"], knee, today=TODAY)

    assert (row.request is not None) == is_made
    assert is_made or row.problem.where == "date"
    assert given_on not in str(row.problem)


def test_a_row_that_fails_still_says_whose_it_is_but_not_to_people(read):
    row, = read("id,code\nR-7,I82.401\n")

    assert (row.request, row.patient_id) == (None, "R-7")
    assert "R-7" not in f"{row!r}{row.problem}"


@pytest.mark.parametrize(("names", "told"), [
    (["clinic.bin", "b.pdf"], "is a ZIP archive"),
    (["[Content_Types].xml", "xl/workbook.xml"], "is a workbook that can't be read"),
    (["[Content_Types].xml", "word/document.xml"], "is a ZIP archive"),
    (["mimetype", "content.xml"], "is a workbook of another form")])
def test_a_zip_is_told_for_what_it_is(tmp_path, knee, names, told):
    with ZipFile(tmp_path / "export.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
    with pytest.raises(InputError, match=told):
        readers.read([tmp_path / "export.zip"], knee, today=TODAY)


def test_millions_of_blank_lines_cost_next_to_nothing(read):
    blank = "\n" * 500_000 + ",\n" * 500_000
    start = process_time()
    rows = read(f"cause,patient\n{blank}gout,Ana\n{blank}gout,{'x' * 1_100_000}\ngout,Bo\n")

    assert [(row.line, row.problem is None) for row in rows] == [
        (1_000_002, True), (2_000_003, False), (2_000_004, True)]
    assert process_time() - start < 8


@pytest.mark.parametrize("name", ["Anticoag", "Anticoag?", "OAC", "AC", "On AC", "Bleeding risk"])
def test_a_column_named_after_blood_thinners_in_short_sets_the_flag(read, name):
    row, = read(f"cause,{name}\nosteoarthritis,Y\n")
    assert row.request.flags == ("anticoagulant",)


@pytest.mark.parametrize(("name", "flag"), [
    ("Preg", "pregnant"), ("Preg?", "pregnant"), ("Knee replaced", "knee-replacement")])
def test_other_short_names_of_flags(read, name, flag):
    row, = read(f"cause,{name}\nosteoarthritis,Y\n")
    assert row.request.flags == (flag,)


@pytest.mark.parametrize(("name", "cell", "is_named"), [
    ("EDD", "2027-03-04", True), ("EDD", "", False), ("Red flags", "Y", True),
    ("Red flags", "none", False), ("Fall risk", "high", True), ("Allergies", "arnica oil", True),
    ("Allergies", "NKDA", False), ("Contraindication", "see chart", True),
    ("Anticoag tx", "Y", True), ("Anticoag tx", "N", False), ("Osteop.", "Yes", True),
    ("Alergias", "no", False), ("Insurance", "Y", False), ("Room", "Y", False)])
def test_an_unknown_column_of_risks_or_like_a_flag_names_its_row(read, name, cell, is_named):
    row, = read(f"cause,{name}\nosteoarthritis,{cell}\n")
    assert ("flag:unreadable" in row.unused) is is_named
    assert row.look_in == ((name,) if is_named else ())


def test_a_column_lat_is_the_side(read):
    row, = read("cause,Lat\nosteoarthritis,L\n")
    assert row.request.side == "left"


def test_a_table_of_far_too_many_columns_is_refused_at_once(tmp_path, knee):
    path = tmp_path / "wide.csv"
    path.write_text(",".join(["cause", *map(str, range(100_000))]) + "\ngout\n")

    with pytest.raises(InputError) as refused:
        list(readers.read([path], knee, today=TODAY))
    assert "more than 1000 columns" in str(refused.value)


def test_a_refusal_names_no_more_columns_than_are_read(tmp_path, knee):
    path = tmp_path / "wide.csv"
    path.write_text(",".join(["patient", "dob", *(f"Field {at}x" for at in range(500))]) + "\nA\n")

    with pytest.raises(InputError) as refused:
        list(readers.read([path], knee, today=TODAY))
    assert "and 480 more" in str(refused.value)


@pytest.mark.parametrize(("text", "flag"), [
    ("hot swollen left knee", "hot-swollen"), ("on Coumadin", "anticoagulant"),
    ("ACL reconstruction 2 weeks ago", "recent-surgery")])
def test_words_of_one_condition_of_several_are_read_as_of_a_record(read, text, flag):
    row, = read(f"cause\nosteoarthritis; {text}\n")
    assert row.request.flags == (flag,)


@pytest.mark.parametrize("text", ["Swollen left calf", "Crush injury left knee"])
def test_what_is_urgent_among_them_fails_the_row(read, text):
    row, = read(f"cause\nosteoarthritis; {text}\n")
    assert row.request is None


def test_a_heading_that_may_be_somebody_is_told_by_its_place(read):
    row, = read("patient,cause,Ann Smith 1958\nA B,gout,y\n")
    assert row.unused == {"column:3": 1}
