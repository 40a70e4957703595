"""A ZIP of tables: each of them is read, and nothing in it is dropped in silence."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from helpers import TODAY

import cli
from handouts import readers
from handouts.errors import InputError
from handouts.readers.tables import inspect_table

HEAD = "patient,cause,lang\n"
ANA, BO = f"{HEAD}Ana Ruiz,gout,es\n", "Nombre;Diagnóstico\nBo Muñoz;gota\n"


def workbook():
    file, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["patient", "cause"])
    book.active.append(["Cy Moe", "bursitis"])
    book.save(file)
    return file.getvalue()


@pytest.fixture
def zipped(tmp_path):
    def pack(**files):
        path = tmp_path / "clinic.zip"
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return path
    return pack


def test_each_table_of_a_zip_is_read(zipped, knee, tmp_path):
    path = zipped(**{"a/Ana Ruiz.csv": ANA, "b.CSV": BO.encode("cp1252"), "c.xlsx": workbook(),
                     "__MACOSX/b.csv": b"\0\5", "a/.DS_Store": b"\0"})
    (tmp_path / "last.csv").write_text(ANA)

    rows = [*readers.read([path, tmp_path / "last.csv"], knee, today=TODAY)]

    assert [(row.number, row.line, row.request.patient.name, row.request.cause)
            for row in rows] == [(1, 2, "Ana Ruiz", "gout"), (2, 2, "Bo Muñoz", "gout"),
                                 (3, 2, "Cy Moe", "bursitis"), (4, 2, "Ana Ruiz", "gout")]
    assert [row.file for row in rows] == [
        *(f"{path}, file {number} by name" for number in (1, 2, 3)), str(tmp_path / "last.csv")]
    assert rows[1].read_as == {"encoding:cp1252": 1}


@pytest.mark.parametrize(("files", "told"), [
    ({"a.csv": ANA, "letter.pdf": b"%PDF-"}, "holds tables, and a file that is none"),
    ({"a.csv": ANA, "b.csv": "x,y\n1,2\n"}, "file 2 by name: no column"),
    ({"a.csv": "cause\n" + "\n" * 80_000_000}, "unpacks to far more"),
    ({"letter.pdf": b"%PDF-"}, "is a ZIP archive")])
def test_a_zip_that_can_t_be_used_whole_is_refused_before_its_first_row(zipped, knee, files, told):
    with pytest.raises(InputError, match=told):
        readers.read([zipped(**files)], knee, today=TODAY)


def test_a_workbook_is_no_zip_of_tables_whatever_lies_in_it(zipped, knee, tmp_path):
    (tmp_path / "x.zip").write_bytes(workbook())
    with ZipFile(tmp_path / "x.zip", "a") as archive:
        archive.writestr("xl/embeddings/a.csv", ANA)

    assert inspect_table(tmp_path / "x.zip", knee).sheet == "Sheet"
    row, = readers.read([tmp_path / "x.zip"], knee, today=TODAY)
    assert row.request.cause == "bursitis"


def test_the_command_says_how_each_is_read(zipped, capsys):
    path = zipped(**{"a.csv": ANA, "b.csv": f"{HEAD}Bo Lind,bursitis,\n"})

    code = int(cli.run(["batch", str(path), "--dry-run"]))

    assert code == 0
    assert capsys.readouterr().out.count("by name\n  'patient': patient") == 2
