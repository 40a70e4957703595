"""What programs write into the XML of a workbook: see tables_sent.py for what people do."""

import cProfile
import pstats
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from helpers import TODAY

from handouts import readers
from handouts.errors import InputError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHARED = ('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
          'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>')
HEAD = '<row r="1"><c t="inlineStr"><is><t>patient</t></is></c><c t="inlineStr"><is><t>cause</t>' \
       "</is></c></row>"


def written(path, sheet, *, shared=""):
    """A workbook of two sheets whose first one, or all of it, is written by hand."""
    whole = path.with_name("book.xlsx")
    made = openpyxl.Workbook()
    made.active.append(["-"])
    made.create_sheet("Other").append(['="go"&"ut"'])
    made.save(whole)
    with ZipFile(whole) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = sheet.encode()
            if name == "[Content_Types].xml":  # openpyxl writes no shared texts
                content = content.replace(b"</Types>", f"{SHARED}</Types>".encode())
            new.writestr(name, content)
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{shared}</sst>')
    return path


def sheet_of(*rows, prefix=""):
    inner = HEAD + "".join(rows)
    if prefix:
        inner = inner.replace("</", "</~").replace("<", "<" + prefix).replace(f"{prefix}/~",
                                                                            f"/{prefix}")
    return (f'<{prefix}worksheet xmlns{":" * bool(prefix)}{prefix.rstrip(":")}="{MAIN}">'
            f"<{prefix}sheetData>{inner}</{prefix}sheetData></{prefix}worksheet>")


@pytest.fixture
def made(tmp_path, knee):
    """The rows of a sheet: name, cause and line, or what is wrong."""
    def read(sheet, **more):
        path = written(tmp_path / "x.xlsx", sheet, **more)
        return [(row.request.patient.name, row.request.cause, row.line) if row.request
                else str(row.problem).partition("\n")[0]
                for row in readers.read([path], knee, today=TODAY)]
    return read


def inline(*texts):
    return "".join(f'<c t="inlineStr"><is>{text}</is></c>' for text in texts)


ANA = f"<row>{inline('<t>Ana Ruiz</t>', '<t>gout</t>')}</row>"


@pytest.mark.parametrize(("rows", "told"), [
    ((ANA,), [("Ana Ruiz", "gout", 2)]),
    (('<row r="7"><c r="B7" t="str"><v>gout</v></c></row>',), [("", "gout", 7)]),
    (('<row r="9">' + ANA[5:], '<row r="3">' + ANA[5:]),
     [("Ana Ruiz", "gout", 9), ("Ana Ruiz", "gout", 10)]),
    (("<row/>", '<row><c s="0"/></row>', ANA), [("Ana Ruiz", "gout", 4)]),
    ((f"<row>{inline('<r><t>Ana </t></r><r><t>Ruiz</t></r>', '<t>gout</t>')}</row>",),
     [("Ana Ruiz", "gout", 2)]),
    ((f"<row>{inline('<t>安娜</t><rPh><t>アナ</t></rPh>', '<t>gout</t>')}</row>",),
     [("安娜", "gout", 2)]),
    (('<row><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>gout</v></c></row>',),
     [("Ana _x41_", "gout", 2)]),
    (('<row><c t="s"><v>0</v></c><c t="e"><f>A1</f><v>#REF!</v></c></row>',),
     ["the row: a formula of it ends in an error"])])
def test_cells_are_read_as_programs_write_them(made, rows, told):
    shared = "<si><t>Ana _x005F_x41_</t></si>"

    assert made(sheet_of(*rows), shared=shared) == told


def test_a_sheet_whose_elements_have_a_prefix_is_read(made):
    assert made(sheet_of(ANA, prefix="x:")) == [("Ana Ruiz", "gout", 2)]


@pytest.mark.parametrize("sheet", [
    sheet_of(ANA)[:-30], f"<!DOCTYPE worksheet>{sheet_of(ANA)}",
    sheet_of('<row><c r="ZZZ1" t="str"><v>gout</v></c></row>'),
    sheet_of('<row><c t="s"><v>99</v></c></row>')])
def test_a_damaged_sheet_is_told(made, sheet):
    with pytest.raises(InputError, match="is a workbook that can't be read"):
        made(sheet)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_formulas_that_nobody_worked_out_are_told(made, prefix):
    rows = '<row><c t="n"><f>1+1</f></c></row>'

    with pytest.raises(InputError, match="has formulas without their values"):
        made(sheet_of(rows, prefix=prefix))


def test_a_row_of_a_sheet_takes_few_steps(tmp_path, knee):
    row = inline("<t>Ana Ruiz</t>", "<t>gout</t>")
    path = written(tmp_path / "x.xlsx", sheet_of(*[f"<row>{row}</row>"] * 500))
    read = cProfile.Profile()

    first = len([*readers.read([path], knee, today=TODAY)])
    again = read.runcall(lambda: len([*readers.read([path], knee, today=TODAY)]))

    assert first == again == 500
    assert pstats.Stats(read).total_calls / again <= 700  # 1,900 where each cell is an object
