"""What a person sees of a table before its rows are asked for: never a patient's value."""

from datetime import date

import openpyxl
import pytest
from helpers import TODAY

from handouts import readers
from handouts.errors import InputError
from handouts.readers import tables
from handouts.readers.tables import Reading, inspect_table

NAME = "Zubehoerita Quill"


@pytest.fixture
def seen(tmp_path, knee):
    """What is seen of a table of this text."""
    def look(text, encoding="utf-8", **reading):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return inspect_table(path, knee, Reading(**reading))
    return look


def test_columns_say_what_they_hold_and_may_hold(seen):
    found = seen(f"Name,Born (D/M/Y),What hurts,Which,Chart no,DVT,Room\n"
                 f"{NAME},14.03.1958,gout,left,A-12345,no,4\n")

    assert [(each.key, each.name, each.field, each.candidates) for each in found.columns] == [
        ("#1", "Name", "patient", ()), ("#2", "Born (D/M/Y)", "dob", ()),
        ("#3", "What hurts", "", ("cause",)), ("#4", "Which", "", ("side",)),
        ("#5", "Chart no", "", ("id",)), ("#6", "DVT", "flag:dvt", ()), ("#7", "Room", "", ())]
    assert found.rows == (("Xxxxxxxxxxx Xxxxx", "99.99.9999", "xxxx", "xxxx", "X-99999", "xx",
                           "9"),)
    assert found.problem.field == "columns"
    assert found.encoding == "utf-8"


def test_a_column_is_named_by_its_place(seen):
    found = seen("Wer,Was\nZubehoerita Quill,gout\n", columns={"#1": "patient", "#2": "cause"})

    assert found.problem is None
    assert [each.field for each in found.columns] == ["patient", "cause"]
    assert len(found.rows) == 1


@pytest.mark.parametrize(("line", "field"), [
    ("name,born,cause\nAna,3/4/1958,gout\n", "dates"), ("name,cause\n1234,gout\n5678,gout\n",
                                                        "patient")])
def test_what_has_to_be_chosen_is_told_by_its_field(seen, line, field):
    assert seen(line).problem.field == field


def test_a_table_of_an_unknown_encoding_shows_its_columns(seen):
    found = seen("Name,Cause\nŁukasz Świątek,gout\n", encoding="cp1250")

    assert found.problem.field == "encoding"
    assert [each.field for each in found.columns] == ["patient", "cause"]


def test_the_sheets_of_a_workbook_are_named(tmp_path, knee):
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["about"])
    sheet = book.create_sheet("Clinic")
    sheet.append(["Patient", "DOB", "Dx code"])
    sheet.append([NAME, date(1950, 2, 3), "M17.11"])
    book.save(tmp_path / "book.xlsx")

    first, second, third = (inspect_table(tmp_path / "book.xlsx", knee, Reading(sheet=name))
                            for name in ("", "clinic", "5"))

    assert first.sheets == second.sheets == third.sheets == ("Read me", "Clinic")
    assert (first.sheet, second.sheet) == ("Read me", "Clinic")
    assert first.problem.field == "columns"
    assert second.problem is None
    assert third.problem.field == "sheet"


def test_what_is_no_table_is_refused(seen):
    with pytest.raises(InputError, match="is empty"):
        seen("\n")


# -- a table without a line of names ---------------------------------------------------------------

VALUES = ["Zubehoerita", "Quill", "58.03.14", "1958", "0171", "zubehoerita", "Wehweh"]
HEADLESS = [
    f"{NAME},14.03.1958,knee,Wehweh\n", f"{NAME},gout\n", f"{NAME},M17.11,knee,1234\n",
    f"{NAME},knee\n", f"{NAME},left,Wehweh,dvt\n", f"{NAME},last,zubehoerita@quill.example,dx\n",
    f"{NAME},0171 2345678,code,name\n"]


@pytest.mark.parametrize("line", HEADLESS)
def test_a_row_in_place_of_names_is_never_repeated(seen, tmp_path, knee, line):
    found = seen(line + line.replace("Z", "Y"))
    told = [each.name for each in found.columns] + [str(found.problem)]
    try:
        for row in readers.read([tmp_path / "table.csv"], knee, today=TODAY):
            told += [*row.unused, str(row.problem)]
    except InputError as error:
        told.append(str(error))

    assert [word for word in VALUES if any(word in text for text in told)] == []


def test_a_table_without_names_is_read_by_the_places_of_its_columns(seen, tmp_path, knee):
    seen(f"{NAME};14.03.1958;gout\nBo Lind;15.03.1959;M17.11\n")
    asked = Reading({"#1": "patient", "#2": "dob", "#3": "cause"})
    rows = [*readers.read([tmp_path / "table.csv"], knee, today=TODAY, reading=asked)]

    assert [(row.line, row.request.patient.name, row.request.cause) for row in rows] == [
        (1, NAME, "gout"), (2, "Bo Lind", "osteoarthritis")]
    assert not any(row.unused for row in rows)


def test_places_are_kept_in_a_mapping(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_bytes(tables.as_toml(Reading({"#2": "cause"})))

    assert tables.saved_reading(path).columns == {"#2": "cause"}


def test_a_place_that_is_not_there_is_refused(seen):
    assert "fewer columns" in str(seen("cause\ngout\n", columns={"#3": "id"}).problem)
