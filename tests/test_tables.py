"""What is made of tables as record systems and people write them: see tables_sent.py."""

from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from helpers import TODAY
from tables_sent import SENT

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


@pytest.mark.parametrize("one", SENT, ids=[one.name for one in SENT])
def test_each_table_comes_to_what_it_says(one, sent):
    found = sent(one)

    lines = [f"!! {found.problem}"] if isinstance(found, HandoutError) else [*map(told, found)]
    assert len(lines) == len(one.made)
    for line, wanted in zip(lines, one.made, strict=True):
        assert line.startswith(wanted) if wanted.startswith("!") else line == wanted
    if not isinstance(found, HandoutError):
        assert sorted({kind for row in found for kind in row.read_as}) == sorted(one.read_as)
        assert sorted({kind for row in found if row.request for kind in row.unused}) == sorted(
            one.unused)


def test_the_tables_are_many():
    assert len(SENT) >= 40


# -- what must not be lost -------------------------------------------------------------------------


@pytest.fixture
def rows(tmp_path, knee):
    """The rows of a table that is written as CSV."""
    def read(*lines):
        path = tmp_path / "clinic.csv"
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return [*readers.read([path], knee, today=TODAY)]
    return read


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
    ("on warfarin", ("anticoagulant",)), ("DVT", ("dvt",)), ("?septic arthritis", None),
    ("I 82.401", None)])
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


def test_words_that_turn_a_warning_round_set_nothing(rows):
    for words in ("no fracture", "rule out DVT", "sin fractura", "DVT?", "no tumor in leg"):
        row, = rows("code,side", f"M17.11; {words},right")

        assert (row.request.cause, row.request.flags) == ("osteoarthritis", ()), words
        assert any(map(is_to_look_at, row.unused)), words


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
