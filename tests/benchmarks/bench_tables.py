"""How fast tables of 100,000 rows are read, and that the memory they take does not grow with them.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROWS = 100_000
# Reads a table that it writes first; of both, the reading alone is timed, in a process of its own.
WRITE = """
import csv, sys
from datetime import date
from itertools import count, islice
HEAD = ["Patient Name", "DOB", "MRN", "Diagnosis Code", "Side", "Language", "Flags", "Provider"]
path, rows = sys.argv[1], int(sys.argv[2])
lines = ([f"Ana Ruiz {at}", date(1940 + at % 50, 1 + at % 12, 1 + at % 28), 100_000 + at,
          "M17.11 - Unilateral primary osteoarthritis, right knee", "Rt", "Spanish",
          "blood thinner", "Dr Ode"] for at in range(rows))
if path.endswith(".xlsx"):
    # As Excel writes it: texts are shared, days are numbers with a format. openpyxl writes others.
    from zipfile import ZIP_DEFLATED, ZipFile
    MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
    TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    shared, number = {}, count()
    def cell(value):
        if isinstance(value, date):
            return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        at = shared[value] if value in shared else shared.setdefault(value, next(number))
        return f'<c t="s"><v>{at}</v></c>'
    parts = {"sheet": "worksheets/sheet1", "styles": "styles", "sharedStrings": "sharedStrings"}
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {MAIN}><sheetData>".encode())
            for line in (HEAD, *lines):
                sheet.write(f"<row>{''.join(map(cell, line))}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
        book.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>" + "".join(
            f"<si><t>{text}</t></si>" for text in shared) + "</sst>")
        book.writestr("xl/styles.xml", f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/>'
                      '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
        book.writestr("xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{REL}"><sheets>'
                      '<sheet name="Clinic" sheetId="1" r:id="rsheet"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels",
                      f'<Relationships xmlns="{PACKAGE}relationships">' + "".join(
                          f'<Relationship Id="r{kind}" Type="{REL}/'
                          f'{kind if kind != "sheet" else "worksheet"}" Target="{name}.xml"/>'
                          for kind, name in parts.items()) + "</Relationships>")
        book.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}relationships"><Relationship '
                      f'Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/>'
                      "</Relationships>")
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types">'
                      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
                      'package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
                      f'ContentType="{TYPE}sheet.main+xml"/>' + "".join(
                          f'<Override PartName="/xl/{name}.xml" ContentType="{TYPE}'
                          f'{kind if kind != "sheet" else "worksheet"}+xml"/>'
                          for kind, name in parts.items()) + "</Types>")
else:
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEAD, *lines])
"""
READ = """
import json, resource, sys
from datetime import date
from pathlib import Path
from time import process_time
from handouts import readers
from handouts.pack.pack import load_pack
pack, start = load_pack(), process_time()
made = sum(row.request is not None
           for row in readers.read([Path(sys.argv[1])], pack, today=date(2026, 11, 25)))
print(json.dumps([made, process_time() - start,
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def ran(code, *arguments):
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)],
                          stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parent)
    return done.stdout


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_large_table(table, tmp_path, suffix):
    figures = []
    for rows in (1_000, ROWS):
        ran(WRITE, tmp_path / f"{rows}{suffix}", rows)
        figures.append(json.loads(ran(READ, tmp_path / f"{rows}{suffix}")))
    (_, _, few), (made, seconds, most) = figures

    table[f"read a {suffix} table of {ROWS:,} rows"] = (
        f"{made / seconds:,.0f} rows a second; {most:.0f} MB", f"{most - few:.0f} MB more than one "
        "of 1,000 rows", "≤ 40 MB more")

    assert made == ROWS
    assert most - few <= 40
