"""What DESIGN promises of speed and size, measured; `--update-refs` writes the guide's table.

    pip install --editable '.[benchmark]' && pytest tests/benchmarks/bench_speed.py --update-refs

CPU time, the best of several rounds; ratios are taken within the run, for machines differ.
"""

import os
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import count
from time import process_time

import plain
import pytest
from measuring import best, milliseconds

from handouts import Patient, Press, Request, batch, find_brand, load_pack, readers
from handouts.compose.compose import compose
from handouts.paths import default_brand_path
from handouts.pdf.file.imposition import PrintRun
from handouts.pdf.file.plate import printed_lines
from handouts.pdf.layout import text
from handouts.pdf.layout.canvas import Canvas, Painted
from handouts.pdf.pages import typeset as setting
from handouts.request.look import Look
from handouts.rules.choices import choose
from handouts.system.files import write_whole

DAY = date(2026, 11, 25)
PATIENT = Patient("Ana Ruiz", date(1950, 1, 1), "004711", "Dr Grey", DAY, note="Twice a day.")
REQUEST = Request("osteoarthritis", state="calm", side="left", patient=PATIENT)
MAKE = [sys.executable, "-c", "import cli; cli.main()", "make", "osteoarthritis", "--side", "left",
        "--patient", "Ana Ruiz", "-o"]
PATIENTS = 500
ROWS = 400
PYTHON = .01  # seconds of an empty Python where the promises were made: they grow with it
AS_USED = {name: value for name, value in os.environ.items()
           if name != "PYTHONDONTWRITEBYTECODE"}  # whoever uses it has its bytecode at hand


class Untagged(Canvas):
    """The product's canvas with no structure tree and no marked content."""

    def __init__(self, size, *, black=False):
        super().__init__(size, black=black)
        self._hidden = 1

    def showPage(self):
        self.pages.append(Painted("\n".join(self._code)))
        self._code = []
        self._startPage()


@pytest.fixture(scope="session")
def brand():
    return find_brand(default_brand_path())


@pytest.fixture(scope="session")
def document(brand):
    knee = load_pack()
    return compose(choose(REQUEST, knee, today=DAY), knee, brand, today=DAY)


@pytest.fixture(scope="session")
def ready():
    """The sample ready for print."""
    return Press(default_brand_path()).prepare(REQUEST, DAY)


@pytest.fixture(scope="session")
def plain_layout(document, brand):
    """The seconds of CPU that ReportLab alone takes for the same pages, best of 15."""
    with plain.reportlab_alone():
        return best(plain.Layout(document, brand, Look()).pdf, 15)


def measured(benchmark, job, *, rounds, iterations=1):
    """The least CPU time of a job, by pytest-benchmark."""
    benchmark.pedantic(job, rounds=rounds, iterations=iterations, warmup_rounds=1)
    return benchmark.stats.stats.min


timed = pytest.mark.benchmark(timer=process_time)


@timed
def test_print_in_memory(benchmark, table, ready, plain_layout):
    spent = measured(benchmark, lambda: printed_lines(ready.plate, ready.lines, ready.day),
                     rounds=30, iterations=50)
    table["print a tagged handout from its plate, in memory"] = (
        milliseconds(spent), f"{plain_layout / spent:.0f}× less than a plain layout",
        "about 0.1 ms, 200× less")

    assert plain_layout / spent >= 200


@pytest.mark.parametrize(("what", "patient", "most"), [
    ("`Press.handout()` on a plate in memory, as a caller sees it", PATIENT, 3),
    ("the same, a note of 500 characters", replace(PATIENT, note="Do the moves. " * 36), 3),
    ("the same, a name in Arabic", replace(PATIENT, name="محمد علي"), 6)])
def test_a_call_of_the_library(table, what, patient, most):
    press, request = Press(default_brand_path()), replace(REQUEST, patient=patient)
    ready = press.prepare(request, DAY)

    def spent(job):
        return best(lambda: [job() for _ in range(40)], 1) / 40

    both = [(spent(lambda: press.handout(request, DAY)), spent(ready.handout)) for _ in range(40)]
    whole, alone = map(min, zip(*both, strict=True))
    table[what] = (milliseconds(whole), f"{whole / alone:.1f}× the print alone", f"≤ {most}×")

    assert whole / alone <= most


def test_a_row_of_a_table(table, tmp_path):
    """The row's print and write are those of `make`: a file that is whole or not there."""
    rows = "".join(f"Ana Ruiz {number},1950-01-01,{number:06},{cause},left,Twice a day.\n"
                   for number in range(ROWS) for cause in [("gout", "osteoarthritis")[number % 2]])
    (tmp_path / "rows.csv").write_text(f"patient,dob,id,cause,side,note\n{rows}")
    press, folders = Press(default_brand_path()), count()

    def read():
        return readers.read([tmp_path / "rows.csv"], load_pack(), today=DAY)

    def batched():
        batch.run(read(), batch.Job(tmp_path / f"out-{next(folders)}", default_brand_path(),
                                    cache=tmp_path / "cache", jobs=1), today=DAY)

    def printed():
        for request in requests:
            write_whole(tmp_path / f"{request.patient.id}.pdf", press.handout(request, DAY).pdf,
                        private=True)

    requests = [row.request for row in read()]
    batched(), printed()  # lay out, and keep
    whole, alone = best(batched, 4) / ROWS, best(printed, 4) / ROWS
    table["a table's row, from its line to its file"] = (
        milliseconds(whole), f"{whole / alone:.2f}× print and write", "≤ 1.6×")

    assert whole / alone <= 1.6


@timed
def test_print_to_disk(benchmark, table, ready, plain_layout, tmp_path):
    spent = measured(benchmark, lambda: write_whole(
        tmp_path / "a.pdf", printed_lines(ready.plate, ready.lines, ready.day), private=True),
        rounds=20, iterations=20)
    table["the same, written to disk"] = (
        milliseconds(spent), f"{plain_layout / spent:.0f}× less", "about 0.5 ms")


@timed
def test_print_run(benchmark, table, ready, plain_layout):
    files = []

    def run():
        files.append(BytesIO())
        with PrintRun(files[-1], DAY) as made:
            for number in range(1, PATIENTS + 1):
                made.add(ready.plate, ready.lines, number=number)

    spent = measured(benchmark, run, rounds=5) / PATIENTS
    size = len(files[-1].getvalue()) / PATIENTS
    table[f"print run of {PATIENTS} patients, a patient"] = (
        f"{milliseconds(spent)}, {size / 1000:.1f} KB", f"{plain_layout / spent:.0f}× less",
        "about 0.1 ms, ≤ 2 KB")

    assert size <= 2000


@timed
def test_typeset(benchmark, table, document, brand, plain_layout):
    def first():
        text.read.cache_clear()
        setting.typeset(document, brand, Look())

    spent = measured(benchmark, first, rounds=15)
    table["typeset a new plate, four pages, tagged"] = (
        milliseconds(spent), f"{spent / plain_layout:.2f}× a plain layout", "≤ 1.5×")
    again = best(lambda: setting.typeset(document, brand, Look()), 15)
    table["the same, its sentences read before"] = (
        milliseconds(again), f"{again / plain_layout:.2f}×", "")

    assert spent / plain_layout <= 1.5


@timed
def test_tagging(benchmark, table, document, brand, monkeypatch):
    spent = measured(benchmark, lambda: setting.typeset(document, brand, Look()), rounds=15)
    monkeypatch.setattr(setting, "Canvas", Untagged)
    untagged = best(lambda: setting.typeset(document, brand, Look()), 15)
    table["the same layout without its tags"] = (
        milliseconds(untagged), f"tagging costs {spent / untagged:.2f}×", "≤ 1.3×")

    assert spent / untagged <= 1.3


def process(arguments, environment):
    """The CPU seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(("what", "before", "most"), [
    ("cold `handouts make`, plate cached", MAKE, .07),
    ("cold `handouts make`, a new plate", [*MAKE[:4], "gout", "-o"], .35),
    ("cold `handouts make`, the first of all", None, None)])
def test_cold(table, tmp_path, what, before, most):
    spent = []
    for at in range(8):
        environment = {**AS_USED, "HANDOUTS_CACHE": str(tmp_path / str(at))}
        if before:
            process([*before, str(tmp_path / "before.pdf")], environment)
        spent.append(process([*MAKE, str(tmp_path / "a.pdf")], environment))
    bare = min(process([sys.executable, "-c", "pass"], AS_USED) for _ in range(8))
    ratio = min(spent) / bare
    table["an empty Python"] = (milliseconds(bare), "", "")
    table[what] = (milliseconds(min(spent)), f"{ratio:.0f}× an empty Python",
                   f"≤ {most / PYTHON:.0f}×, {most * 1000:.0f} ms" if most else "")

    assert most is None or ratio * PYTHON <= most


def test_size(table, ready):
    size = len(ready.handout().pdf)
    table["size of a handout"] = (f"{size / 1000:.0f} KB", "", "≤ 250 KB")

    assert size <= 250_000
