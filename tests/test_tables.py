"""What is made of tables as record systems and people write them: see tables_sent.py."""

import cProfile
import pstats
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from helpers import TODAY
from tables_exported import EXPORTED
from tables_sent import SENT, csv

from handouts import readers
from handouts.errors import HandoutError
from handouts.readers.rows import is_not_read, is_to_look_at


def told(row):
    """A row in one line."""
    if row.problem is not None:
        return f"! {row.problem}".partition("\n")[0]
    if row.request is None:
        return f"- {next(kind for kind in row.unused if not kind.startswith('column:'))}"
    asked = row.request
    someone = asked.patient
    return (f"{asked.cause} {asked.side or '-'} {asked.language or '-'} [{' '.join(asked.flags)}] "
            f"{someone.name}|{someone.born or ''}|{someone.id}")


@pytest.fixture
def sent(tmp_path, knee):
    """The rows of a file that somebody sends, or why it is refused."""
    def read(one):
        path = tmp_path / f"sent{one.suffix}"
        path.write_bytes(one.content)
        try:
            return [*readers.read([path], knee, today=TODAY, reading=one.reading)]
        except HandoutError as error:
            return error
    return read


@pytest.mark.parametrize("one", [*SENT, *EXPORTED], ids=lambda one: one.name)
def test_each_table_comes_to_what_it_says(one, sent):
    found = sent(one)

    lines = [f"!! {found.problem}"] if isinstance(found, HandoutError) else [*map(told, found)]
    assert len(lines) == len(one.made)
    for line, wanted in zip(lines, one.made, strict=True):
        assert line.startswith(wanted) if wanted.startswith("!") else line == wanted
    if not isinstance(found, HandoutError):
        assert sorted({kind for row in found for kind in row.read_as}) == sorted(one.read_as)
        assert [kind for kind in sorted({kind for row in found if row.request
                                         for kind in row.unused})
                if one in SENT or not kind.startswith("column:")] == sorted(one.unused)


def test_the_tables_are_many():
    assert len(SENT) + len(EXPORTED) >= 60


@pytest.mark.parametrize(("born", "made"), [
    ("14.03.58", "1958-03-14"), ("14/03/27", "1927-03-14"), ("3/14/58", "1958-03-14"),
    ("3/4/58", None), ("14.03.26", None), ("14.03.06", None), ("14-03-58", None),
    ("58-03-14", None), ("14.03.1958 (68 J.)", "1958-03-14")])
def test_two_figures_of_a_birth_year_are_read_where_they_mean_one_century(sent, born, made):
    found = sent(csv("", f"cause;dob\ngout;{born}\n"))

    days = [str(row.request.patient.born) if row.request else None for row in found] if isinstance(
        found, list) else [None]
    assert days == [made]


def test_two_figures_of_a_year_are_read_of_births_alone(sent):
    row, = sent(csv("", "cause;date\ngout;24.11.26\n"))

    assert row.problem.field == "given_on"


@pytest.mark.parametrize(("lines", "said"), [
    ("Geburtsdatum;ICD-10\n14.03.1958;M17.1\n", "not of ICD-10-CM"),
    ("code,code_system\n715.16,ICD9\n", "codes of ICD-9-CM are not read"),
    ("code\n715.16\n", "codes of ICD-9-CM are not read"),
    ("code\nICD9:715.16\n", "codes of ICD-9-CM are not read"),
    ("code,code_system\nD020370,MeSH\n", "codes of MeSH are not read"),
    ("Nachname;Diagnosen\nRuiz;M17.1 G; Z92.1 G\n", "another edition of ICD-10"),
    ("Nachname;ICD-10;Code-System\nRuiz;M17.11;ICD-10-GM\n", "no such code system")])
def test_codes_of_other_editions_are_refused(sent, lines, said):
    found = sent(csv("", lines.replace("G; Z", "G, Z")))
    problem = found if isinstance(found, HandoutError) else found[0].problem

    assert said in str(problem)


def test_codes_of_another_edition_beside_a_cause_are_told_as_not_read(sent):
    row, = sent(csv("", "Nachname;Diagnose;ICD-10-GM\nRuiz;Gonarthrose;Z92.1 G\n"))

    assert row.request.cause == "osteoarthritis"
    assert is_not_read("code:other-system")
    assert row.unused == {"column:ICD-10-GM": 1, "code:other-system": 1}


@pytest.mark.parametrize(("names", "row", "name"), [
    ("Name;Vorname", "Ruiz;Ana", "Ana Ruiz"), ("Surname;Name", "Ruiz;Ana", "Ana Ruiz"),
    ("Nom;Prénom", "Ruiz;Ana", "Ana Ruiz"), ("Cognome;Nome", "Ruiz;Ana", "Ana Ruiz"),
    ("Nombre;Apellidos", "Ana;Ruiz", "Ana Ruiz"), ("Name;Room", "Ana Ruiz;4", "Ana Ruiz"),
    ("Nom;Salle", "Ana Ruiz;4", "Ana Ruiz"),
    ("Name;Given;Family", "Ana M. Ruiz;Ana;Ruiz", "Ana M. Ruiz")])
def test_a_name_is_whole_whichever_columns_hold_its_parts(sent, names, row, name):
    found, = sent(csv("", f"{names};Cause\n{row};gout\n"))

    assert found.request.patient.name == name


@pytest.mark.parametrize(("columns", "cells", "kind"), [
    ("problem status,patient status", "active,Deceased", "patient:deceased"),
    ("status,stop,resolved date", "active,,2020-01-02", "condition:inactive"),
    ("deceased,death date", "no,2020-01-02", "patient:deceased")])
def test_every_column_that_says_a_row_is_over_counts(sent, columns, cells, kind):
    row, = sent(csv("", f"cause,{columns}\ngout,{cells}\n"))

    assert row.request is None
    assert row.unused == {kind: 1}


@pytest.mark.parametrize(("beside", "is_ours"), [("City", False), ("Start At", False),
                                                 ("Room", True)])
def test_a_state_of_an_address_is_not_what_was_found(sent, beside, is_ours):
    row, = sent(csv("", f"cause,State,{beside}\ngout,attack,x\n"))

    assert (row.request.state == "attack") == is_ours
    assert ("column:State" in row.unused) != is_ours


# -- what must not be lost -------------------------------------------------------------------------


@pytest.fixture
def rows(tmp_path, knee):
    """The rows of a table that is written as CSV."""
    def read(*lines):
        path = tmp_path / "clinic.csv"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return [*readers.read([path], knee, today=TODAY)]
    return read


@pytest.mark.parametrize(("one", "two"), [
    ("pregnancy", "anticoagulant"), ("", "pregnancy; anticoagulant"),
    ("none", "pregnancy, anticoagulant")])
def test_every_column_of_flags_counts(rows, one, two):
    row, = rows("cause,Precautions,Contraindications", f'osteoarthritis,{one},"{two}"')

    assert {*row.request.flags} == {"pregnant", "anticoagulant"}


@pytest.mark.parametrize("between", [
    ";", ";  ", ";\u00a0", " ", "\t", " + ", " & ", " and ", " - ", "-", ": ", "；", "、",
    ";\u200b",
    "; - ", "; Dx: ", "; 2. ", '; "" ""', " RT ", " (", " → "])
@pytest.mark.parametrize(("first", "second"), [("M17.11", "I82.401"), ("M1711", "I82401")])
def test_no_code_behind_another_is_taken_for_text(rows, between, first, second):
    cell = f"{first}{between}{second}".replace('""', '"')
    quoted = cell.replace('"', '""')
    row, = rows("code,side,state", f'"{quoted}",right,calm')

    assert row.problem is not None or "dvt" in row.request.flags


@pytest.mark.parametrize(("beside", "flags"), [
    ("on warfarin", ("anticoagulant",)), ("DVT", ("dvt",)),
    ("knee replaced 2024", ("knee-replacement",)), ("numb feet", ("numbness",)),
    ("?septic arthritis", None), ("I 82.401", None)])
def test_words_beside_a_code_are_read_or_refused(rows, beside, flags):
    row, = rows("code,side,state", f"M17.11; {beside},right,calm")

    assert (row.request.flags if row.request else None) == flags


@pytest.mark.parametrize("words", [
    "fx", "tibia fx", "septic joint", "rodilla infectada", "fractura de tibia", "mets", "tumor",
    "DVT", "clot", "no fracture", "rule out DVT", "sin fractura", "r/o septic arthritis",
    "hemarthrosis"])
@pytest.mark.parametrize("cell", [
    "cause,side|OA; {},right", "code,side|M17.11; {},right", "code,side|M17.11 OA knee; {},right",
    "cause,code,side|OA; {},M17.11,right"])
def test_words_that_may_warn_are_never_passed_over_without_a_word(rows, cell, words):
    head, line = cell.format(words).split("|")
    row, = rows(head, line)

    assert (row.request is None or row.request.flags or row.request.cause != "osteoarthritis"
            or any(map(is_to_look_at, row.unused)))


@pytest.mark.parametrize("cell", [
    "{} vs septic arthritis", "{} infected", "{} prosthesis infected", "{} possible fracture",
    "{}; possible fracture", "{}; infected", "{}\tinfectada", "{} suspected DVT", "{} r/o clot",
    "OA right knee ({}), septic?", "{} OA, at risk of falls; pus", "{} (broken)", "{}: torn ACL",
    "{} OA right knee, torn tendon", "{} sepsis", "{}, family history of gout. Infected",
    "{} no fracture", "{} sin fractura", "{} rule out DVT", "{} DVT?"])
@pytest.mark.parametrize("code", ["M17.11", "ICD10:M17.11", "239873007"])
def test_a_doubt_beside_a_code_keeps_back_what_is_urgent(rows, cell, code):
    row, = rows("code,state", f'"{cell.format(code)}",calm')

    assert row.request is None


def test_a_code_in_the_column_of_causes_counts_beside_one_in_its_own(rows):
    row, = rows("cause,code", "I82.401,M17.11")

    assert row.request is None or "dvt" in row.request.flags


def test_words_that_turn_a_warning_round_set_nothing(rows):
    row, = rows("code,side", "M17.11; no tumor in leg,right")

    assert (row.request.cause, row.request.flags) == ("osteoarthritis", ())
    assert any(map(is_to_look_at, row.unused))


@pytest.mark.parametrize("cell", [
    "M17.11 Unilateral primary osteoarthritis, right knee", "M23.221 torn medial meniscus",
    "S83.511A tear of ACL", "M17.11; S62.101A fracture of right wrist", "M17.11 non-infectious"])
def test_words_that_say_no_more_than_their_code_keep_nothing_back(rows, cell):
    row, = rows("code", f'"{cell}"')

    assert row.request


@pytest.mark.parametrize("cell", [
    "M17.11 Unilateral primary osteoarthritis left knee", "Left knee OA (M17.11)", "M17.12 (right)",
    "M17.11; left knee", "M17.11 L knee", "M17.12 rodilla derecha", "M17.11 both knees",
    "M17.0 left knee", "M17.11 OA right knee; M17.12 OA right knee"])
@pytest.mark.parametrize("column", ["code", "cause"])
def test_words_beside_a_code_that_name_another_side_are_refused(rows, cell, column):
    row, = rows(column, f'"{cell}"')

    assert "another side" in str(row.problem)


def test_words_beside_a_code_without_a_side_are_held_against_the_row(rows):
    row, = rows("code,side", "M17.9 left knee,right")

    assert row.request is None


@pytest.mark.parametrize("cell", [
    "M17.11 R knee", "M17.12 (left)", "M17.11 OA right knee; L03.116 Cellulitis of left lower limb",
    "M17.11 OA right knee; M17.12 OA left knee", "M17.9 left knee"])
def test_words_that_name_their_code_s_side_are_taken(rows, cell):
    row, = rows("code", f'"{cell}"')

    assert row.request


def test_words_beside_a_code_that_nobody_understands_are_told(rows):
    row, = rows("code,side,state", "M17.11 odd words here,right,calm")

    assert row.unused["condition:no-code"] == 1
    assert is_not_read("condition:no-code")


def test_what_is_said_of_the_other_leg_clears_no_doubt_about_this_one(rows):
    row, = rows("code,side", "M17.11; L03.116; I96,right")  # cellulitis on the left; gangrene

    assert row.request is None


@pytest.mark.parametrize(("age", "made"), [
    ("9", False), ("17 y", False), ("17.9", False), ("11 months", False), ("old", False),
    ("18", True), ("72 years", True), ("", True)])
def test_an_age_keeps_children_out(rows, age, made):
    row, = rows("code,age,side", f"M17.11,{age},right")

    assert (row.request is not None) == made


@pytest.mark.parametrize("inner", ["<c/>" * 3_000_000, "<row>" + " " * 90_000_000 + "</row>"])
def test_a_workbook_that_is_packed_to_fill_a_memory_is_refused_at_once(tmp_path, knee, inner):
    path = tmp_path / "x.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{inner}</worksheet>")

    with pytest.raises(HandoutError, match="too large a workbook"):
        readers.read([path], knee, today=TODAY)


def workbook(tmp_path, *cells):
    """A workbook whose one row holds these cells of XML, under the names `id` and `cause`."""
    book = openpyxl.Workbook()
    book.active.append(["id", "cause"])
    book.save(plain := tmp_path / "plain.xlsx")
    row = f'<row r="2">{"".join(cells)}</row></sheetData>'
    with ZipFile(plain) as old, ZipFile(path := tmp_path / "x.xlsx", "w") as new:
        for part in old.infolist():
            content = old.read(part).replace(b"</sheetData>", row.encode())
            new.writestr(part.filename, content)
    return path


@pytest.mark.parametrize("cell", [
    '<c r="A2"><f>B1</f></c>', '<c r="A2"><f>B1</f><v></v></c>', '<c r="A2"><f>B1</f><v /></c>',
    '<c r="A2"><f>B1</f><v xml:space="preserve"> </v></c>', '<c\nr="A2"><f>B1</f></c>',
    '<c r="A2"><f t="shared" si="0"/></c>', '<c r="A2" t="str"><f>B1</f></c>'])
def test_a_formula_that_nobody_worked_out_is_told_with_its_row(tmp_path, knee, cell):
    path = workbook(tmp_path, cell, '<c r="B2" t="inlineStr"><is><t>gout</t></is></c>')

    with pytest.raises(HandoutError, match="formulas without their values, the first in row 2"):
        readers.read([path], knee, today=TODAY)


def test_a_formula_that_came_to_an_empty_text_is_empty(tmp_path, knee):
    path = workbook(tmp_path, '<c r="A2" t="str"><f>""</f><v></v></c>',
                    '<c r="B2" t="inlineStr"><is><t>gout</t></is></c>')
    row, = readers.read([path], knee, today=TODAY)

    assert row.request.cause == "gout"


@pytest.mark.parametrize(("number", "made"), [
    ("123456789012345", True), ("1234567890123456", False), ("12345678901234567", False),
    ("1.2345678901234568E+16", False)])
def test_a_number_of_which_a_spreadsheet_rounds_digits_is_no_id(tmp_path, knee, number, made):
    path = workbook(tmp_path, f'<c r="A2"><v>{number}</v></c>',
                    '<c r="B2" t="inlineStr"><is><t>gout</t></is></c>')
    row, = readers.read([path], knee, today=TODAY)

    assert (row.request is not None) == made
    assert made or "format Text" in str(row.problem)


@pytest.mark.parametrize(("column", "says", "told"), [
    ("medications", "warfarin 5 mg", True), ("comments", "had a DVT in May", True),
    ("comments", "septic joint?", True), ("history", "I82.401", True),
    ("medications", "metformin", False), ("comments", "likes to swim", False)])
def test_a_column_that_is_not_used_and_may_warn_is_told_with_its_row(rows, column, says, told):
    row, = rows(f"code,side,{column}", f"M17.11,right,{says}")

    assert row.unused[f"column:{column}"] == 1
    assert (row.unused.get("flag:unreadable") == 1) is told


@pytest.mark.parametrize("column", [
    "knee hot today", "Knee hot?", "hot knee (Y/N)", "on warfarin?", "Taking Eliquis now",
    "on apixaban today?", "Warfarin", "fever today", "Fiebre hoy", "onWarfarin", "has_fever_now",
    "Is the knee infected?", "Fracture suspected", "Recent DVT", "calf clot", "open wound on leg",
    "Pregnant now?", "Pt is pregnant", "rodilla caliente hoy", "locked knee this week"])
@pytest.mark.parametrize(("says", "counts"), [("yes", True), ("Y", True), ("no", False),
                                              ("", False)])
def test_a_column_whose_name_warns_and_that_says_yes_is_never_passed_over(rows, column, says,
                                                                           counts):
    row, = rows(f"code,{column}", f"M17.11,{says}")
    told = any(map(is_to_look_at, row.unused))

    assert (bool(row.request.flags) or told) is counts


def test_each_column_of_one_flag_counts(rows):
    row, = rows("code,on warfarin?,blood thinner", "M17.11,no,yes")

    assert row.request.flags == ("anticoagulant",)


@pytest.mark.parametrize(("cause", "state", "day", "left"), [
    ("osteoarthritis", "calm", "2026-11-20", "calm"),
    ("osteoarthritis", "calm", "2026-09-01", None),
    ("osteoarthritis", "calm", "", "calm"), ("osteoarthritis", "flare", "2026-09-01", "flare")])
def test_a_state_of_a_day_long_ago_makes_nobody_examined(rows, cause, state, day, left):
    row, = rows("cause,state,examined_on,massages", f"{cause},{state},{day},deep-tissue")

    assert row.request.state == left
    assert bool(row.request.massages) is (left is not None)
    assert ("state:not-examined" in row.unused) is (left is None)


def test_a_row_takes_few_steps_whatever_the_pack_knows(tmp_path, knee):
    path = tmp_path / "x.csv"
    path.write_text("patient,dob,code,side,lang,flags\n" + "".join(
        f"Ana Ruiz {at},1950-02-03,M17.11 - Unilateral osteoarthritis of the knee,Rt,Spanish,PAD\n"
        for at in range(200)))
    read = cProfile.Profile()

    first = len([*readers.read([path], knee, today=TODAY)])  # and what is worked out once is
    again = read.runcall(lambda: len([*readers.read([path], knee, today=TODAY)]))

    assert first == again == 200
    assert pstats.Stats(read).total_calls / again <= 1_200  # 6,300 where a row asks all names
