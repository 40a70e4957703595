"""A batch: every row is a file or a reason, whatever comes between, and nothing leaks."""

import base64
import contextlib
import errno
import gc
import hashlib
import json
import os
import random
import re
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
import tracemalloc
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from itertools import count, pairwise
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pypdfium2
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.documentreference import DocumentReference
from helpers import TODAY, full_disk, page_texts
from rows import WORDS, refused, row, rows

from handouts import batch, readers
from handouts.batch import flow, folder, names, pool
from handouts.batch.folder import alone, locked
from handouts.batch.pool import Here, processes
from handouts.batch.printing import print_rows
from handouts.batch.report import NAME, SHOWN
from handouts.errors import ExitCode, InputError, OutputError, PackError, UsageError
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.press import press
from handouts.readers import Row
from handouts.request.request import Patient, Request
from handouts.system import parts
from handouts.system.store import Store

TESTS = Path(__file__).parent
MINOR = Patient("Zebra", born=date(2015, 1, 1))
SCRIPT = """
import sys, time
from datetime import date
from itertools import count
from pathlib import Path
from handouts import batch
from rows import rows

def slowly(count):
    for row in rows(count):
        time.sleep({pause})
        yield row

if __name__ == "__main__":
    report = batch.run(
        slowly({count}), batch.Job(Path({folder!r}), Path({brand!r}), cache=Path({cache!r}),
                                   jobs={jobs}, {more}), today=date.fromisoformat({day!r}))
    sys.exit(report.exit_code)
"""


@pytest.fixture(autouse=True)
def heard():
    """Ctrl-C is heard, also where the tests run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache that holds the plates of all rows here, so that no test waits for a layout."""
    return tmp_path_factory.mktemp("warm")


@pytest.fixture
def job(tmp_path, warm):
    """A job into the folder `out`, in this process."""
    return batch.Job(tmp_path / "out", default_brand_path(), cache=warm, jobs=1)


def run(given, job, today=TODAY):
    return batch.run(given, job, today=today)


def pdfs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def report_of(job):
    return json.loads((job.folder / "report.json").read_text())


@pytest.fixture
def started():
    """Starts a batch in a process of its own, which is ended with the test."""
    processes = []

    def begun(job, count=400, pause=.003, day=TODAY, more="", **process):
        code = SCRIPT.format(
            folder=str(job.folder), brand=str(job.brand), cache=str(job.cache), jobs=job.jobs,
            count=count, pause=pause, day=day.isoformat(), more=more)
        path = os.pathsep.join([str(TESTS), *sys.path])
        processes.append(subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE,
                                          env={**os.environ, "PYTHONPATH": path}, **process))
        return processes[-1]

    yield begun
    for process in processes:
        with process:
            process.kill()


def wait_for_files(folder, count):
    end = time.monotonic() + 60
    while len(list(folder.glob("*.pdf"))) < count:
        assert time.monotonic() < end
        time.sleep(.01)


# -- what is made ----------------------------------------------------------------------------------


def test_each_file_is_what_the_press_prints_for_its_row(job, press):
    report = run(rows(5), job)

    assert pdfs(job.folder) == {
        f"{row.number:05}-{row.request.cause}.pdf": press.handout(row.request, TODAY).pdf
        for row in rows(5)}
    assert {stat.S_IMODE(path.stat().st_mode) for path in job.folder.iterdir()} == {0o600}
    assert (report.rows, report.made, report.exit_code) == (5, 5, ExitCode.DONE)
    assert report_of(job) == {"complete": True, "rows": 5, "unmapped": {}, "not_read": [],
                              "looked_at": {}, "by_name": {}, "read_as": {}, "code_systems": {},
                              "review": {"en": "draft"},
                              "made": [1, 2, 3, 4, 5], "skipped": [], "failed": [], "same_id": [],
                              "stale": []}


def test_several_processes_make_the_same_files_and_report_as_one(job):
    several = replace(job, folder=job.folder.with_name("several"), jobs=2)
    given = [*rows(100), refused(101), row(102, patient=MINOR)]
    reports = [run(given, each) for each in (job, several)]

    assert pdfs(job.folder) == pdfs(several.folder)
    assert (job.folder / "report.json").read_bytes() == (
        several.folder / "report.json").read_bytes()
    assert reports[0].failures == reports[1].failures


@pytest.fixture
def dask(monkeypatch):
    """Stands in for `distributed`, whose clusters give an executor of the standard's kind."""

    def with_executor(executor):
        class Client(contextlib.AbstractContextManager):
            def __init__(self, address, timeout):
                if address != "tcp://here:1":
                    raise OSError

            def __exit__(self, *_):
                pass

            def get_executor(self, *, pure):
                return executor

        monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))

    return with_executor


@pytest.mark.parametrize(("count", "jobs", "pools"), [
    (40, 0, 0), (300, 0, 1), (20, 2, 0), (40, 2, 1), (300, 1, 0)])
def test_processes_start_when_rows_are_many_or_when_they_are_asked_for(
        job, monkeypatch, count, jobs, pools):
    begun = []
    monkeypatch.setattr(flow, "processes", lambda jobs: begun.append(jobs) or nullcontext(Here()))
    monkeypatch.setattr(flow, "_processors", lambda: 2)
    run(rows(count), replace(job, jobs=jobs))

    assert begun == [2] * pools


def test_a_cluster_prints_the_same(job, dask):
    with ThreadPoolExecutor(1) as threads:
        dask(threads)
        run(rows(40), replace(job, dask="tcp://here:1"))
    here = replace(job, folder=job.folder.with_name("here"))
    run(rows(40), here)

    assert pdfs(job.folder) == pdfs(here.folder)


@pytest.mark.parametrize(("there", "problem"), [
    (True, "is the address of no cluster that answers"), (False, "needs Dask")])
def test_a_cluster_that_is_not_there_is_told(job, dask, monkeypatch, there, problem):
    dask(None)
    if not there:
        monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError) as caught:
        run(rows(1), replace(job, dask="tcp://nowhere:1"))

    assert (caught.value.where, caught.value.problem) == ("--dask", problem)


def test_language_and_paper_are_for_rows_that_name_none(job):
    run([row(1), row(2, paper="letter")], replace(job, paper="a4"))

    heights = [round(pypdfium2.PdfDocument(data)[0].get_height())
               for data in pdfs(job.folder).values()]
    assert heights == [842, 792]


def test_a_batch_of_no_rows_is_a_report_of_none(job):
    assert run([], job).as_dict() == {
        "report": str(job.folder / "report.json"), "complete": True, "rows": 0, "made": 0,
        "skipped": 0, "failed": 0, "stale": 0, "same_id": 0, "not_read": 0, "unmapped": {},
        "looked_at": {}, "by_name": {}, "read_as": {}, "code_systems": {}, "review": {}}


def test_a_layout_is_kept_for_whoever_prints_the_same_next(job, tmp_path):
    run(rows(1), replace(job, cache=tmp_path / "cache"))

    kept, _ = Store(tmp_path / "cache").info()

    assert kept


def test_progress_adds_up_to_the_rows(job):
    told = []
    batch.run([*rows(40), refused(41)], job, today=TODAY, progress=told.append)

    assert (sum(told), len(told)) == (41, 3)


# -- bad rows --------------------------------------------------------------------------------------


def test_a_bad_row_is_told_and_stops_nothing(job):
    given = [row(1), refused(2), row(3, patient=MINOR), row(4, "Zebra Quagga"),
             row(5, patient=Patient("Zebra 陈伟")), row(6, state="Quagga"), row(7),
             replace(row(8), request=None)]
    report = run(given, job)
    told = report_of(job)

    assert (report.rows, report.made, report.failed, report.skipped) == (8, 2, 5, 1)
    assert report.exit_code == ExitCode.FINDINGS
    assert list(pdfs(job.folder)) == ["00001-bursitis.pdf", "00007-bursitis.pdf"]
    assert told["unmapped"] == {"condition": 2}
    assert [entry["row"] for entry in told["failed"]] == [2, 3, 4, 5, 6]
    assert told["failed"][0] == {"row": 2, "file": "rows.csv", "line": 3, "reason":
                                 "dob: is not a date\nWrite it as YYYY-MM-DD."}


def test_why_a_row_failed_names_its_columns_and_no_option(job, tmp_path, knee):
    table = tmp_path / "clinic.csv"
    table.write_text("code,cause,side,state,cleared_on,massages\nM17.11,,left,,,\n"
                     ",fracture,,cleared,,\n,gout,,between,2026-11-20,\n"
                     ",fracture,,healing,2026-11-20,\n,gout,,attack,,deep-tissue\n"
                     ",osteoarthritis,,,,deep-tissue\n")
    told = run(readers.read([table], knee, today=TODAY), job).failures

    assert [each.row for each in told] == [1, 2, 3, 4, 5, 6]
    assert [each.reason for each in told if re.search("--|cleared-on", each.reason)] == []
    assert [each.reason for each in told[:2]] == [
        "code: column side says left, the code says right\nMend the one that is wrong.",
        "cleared_on: the state 'cleared' needs the day on which it was cleared\n"
        "Write it with column cleared_on, as YYYY-MM-DD."]
    assert "say what was found with column state" in told[5].reason


def test_only_the_first_failures_are_kept_at_hand(job):
    report = run(map(refused, range(1, 101)), job)

    assert len(report.failures) == SHOWN
    assert [*report.lines()] == [
        "rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 80 more "
        "(rows.csv, line 2 first): dob: is not a date\nWrite it as YYYY-MM-DD.",
        "not used: condition (200)", "100 rows: 0 made, 0 skipped, 100 failed"]
    assert len(report_of(job)["failed"]) == 100


def test_after_rows_changed_places_each_file_is_of_its_row_and_the_others_are_named(job, tmp_path,
                                                                                    knee):
    table, lines = tmp_path / "clinic.csv", ["Ana,gout", "Bo,bursitis", "Cy,gout"]

    def printed(*order):
        table.write_text("\n".join(("patient,cause", *(lines[at] for at in order))))
        return run(readers.read([table], knee, today=TODAY), job)

    printed(0, 1, 2)
    report = printed(2, 0, 1)
    found = {name: page_texts(data)[0] for name, data in pdfs(job.folder).items()}

    assert ["Cy" in found["00001-gout.pdf"], "Ana" in found["00002-gout.pdf"],
            "Bo" in found["00003-bursitis.pdf"]] == [True] * 3
    assert [*report.lines()][-2] == (
        "2 older files belong to no row of this table as it is now; none was deleted, so hand none "
        "of them out:\n  00002-bursitis.pdf\n  00003-gout.pdf")


def test_each_reason_is_told_once_and_of_many_reasons_the_first(job):
    kinds = [InputError(f"is wrong in way {at % 30}") for at in range(90)]
    report = run((Row(at + 1, "rows.csv", at + 2, problem=kind)
                  for at, kind in enumerate(kinds)), job)

    lines = [*report.lines()]
    assert lines[0] == "rows 1, 31 and 61 (rows.csv, line 2 first): is wrong in way 0"
    assert lines[SHOWN:] == ["… and 30 more", "90 rows: 0 made, 0 skipped, 90 failed"]


def test_a_row_that_failed_counts_among_those_of_its_patient(job):
    failed = replace(refused(2), patient_id="qx-1")
    report = run([row(1, patient=Patient(id="QX-1")), failed], job)

    assert "rows 1 and 2 have the same patient's id" in "\n".join(report.lines())
    assert report_of(job)["same_id"] == [[1, 2]]


def test_rows_that_share_an_id_are_told_by_their_numbers_and_never_by_it(job):
    one, other = (Patient(f"Zebra {id}", id=id) for id in ("QX-1", "qx-1 "))
    given = [row(1, patient=one), row(2), row(3, patient=other), row(4, patient=Patient()),
             row(5, patient=Patient()), row(6, patient=one)]
    reports = [run(given, job) for _ in range(2)]

    assert [report.exit_code for report in reports] == [ExitCode.DONE] * 2
    assert {next(report.lines()) for report in reports} == {
        "rows 1, 3 and 6 have the same patient's id: look whether they are of one patient, for "
        "each handout knows its own row alone"}
    assert (report_of(job)["same_id"], reports[1].as_dict()["same_id"]) == ([[1, 3, 6]], 1)
    assert b"QX-1" not in b"".join(path.read_bytes() for path in job.folder.iterdir()
                                   if path.suffix != ".pdf")


def test_a_row_of_halves_of_characters_stops_no_other(job):
    report = run([row(1, patient=Patient("Zebra \ud800", id="\ud800")), row(2)], job)

    assert (report.made, report.failed) == (1, 1)
    assert report_of(job)["failed"][0]["reason"].startswith("the row: holds halves of characters")


def test_a_file_that_fails_is_stale_if_an_older_one_has_its_name(job):
    run(rows(2), job)
    report = run([row(1, patient=replace(MINOR, id="1")), row(2)], job)

    assert (report.failed, report.skipped, report.stale) == (1, 1, 1)
    assert report_of(job)["stale"] == [{"row": 1, "file": "00001-bursitis.pdf"}]


@pytest.mark.parametrize("more", [{}, {"name": "{id}"}])
def test_nothing_of_a_patient_is_anywhere_but_in_the_handouts(job, more, capfd):
    job = replace(job, **more)
    given = [*rows(3), row(4, "Zebra Quagga"), row(5, patient=Patient("Zebra 陈伟", id="QX-5")),
             row(6, patient=Patient("Zebra", id="QX-1")), refused(7)]
    run(given, job)
    report = run([row(2), row(3, patient=Patient("Zebra", note="Okapi " * 200))], job)
    (job.folder / ".seen").write_text("\n".join(report.lines()) + json.dumps(report.as_dict()))

    assert report.stale > 0
    for path in job.folder.iterdir():
        if path.suffix != ".pdf":
            assert not [word for word in WORDS if word.encode() in path.read_bytes()], path.name
        if not more:
            assert not [word for word in WORDS if word in path.name]
    assert capfd.readouterr() == ("", "")


# -- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pattern", "record", "name"), [
    ("{number}-{cause}", "x", "00007-gout.pdf"),
    ("{id}", "MRN 12/3", "MRN-12-3.pdf"),
    ("{cause}_{id}", "Ä1", "gout_Ä1.pdf"),
    ("{id}", "../../etc/passwd", "etc-passwd.pdf"),
    ("{id}", "/tmp/x", "tmp-x.pdf"),
    ("{id}", "..\\x\0y\n", "x-y.pdf"),
    ("../{number}", "x", "00007.pdf"),
    ("{id}", "nul.1", "_nul.1.pdf"),
    ("{id}", "COM¹", "_COM¹.pdf"),
    ("{id}", ".hidden", "hidden.pdf")])
def test_a_name_is_safe_and_stays_in_the_folder(pattern, record, name):
    request = Request("gout", patient=Patient(id=record))

    assert names.Names(pattern).name(7, request) == name


@pytest.mark.parametrize("pattern", [
    "{cause}", "all", "{patient}", "{number:d}", "{number!r}", "{id.x}", "{", "{}"])
def test_a_pattern_that_makes_no_names_is_refused(pattern, job):
    with pytest.raises(UsageError, match=r"is no pattern|would give"):
        run(rows(1), replace(job, name=pattern))

    assert not job.folder.exists()


@pytest.mark.parametrize("record", ["", " / ", "x" * 201])
def test_an_id_that_makes_no_name_is_an_error_of_its_row(job, record):
    report = run([row(1, patient=Patient(id=record)), row(2)], replace(job, name="{id}"))

    assert (report.made, report.failed, list(pdfs(job.folder))) == (1, 1, ["QX-2.pdf"])


def test_two_rows_of_one_name_are_an_error_of_the_second(job, press):
    given = [row(1, patient=Patient(id="a/1")), row(2, patient=Patient(id="A-1")), row(3)]
    report = run(given, replace(job, name="{id}"))

    assert [(failure.row, failure.reason) for failure in report.failures] == [
        (2, "its file would have the name of that of row 1\n"
            "Use {number} in --name, or give each row an id of its own.")]
    assert pdfs(job.folder)["a-1.pdf"] == press.handout(given[0].request, TODAY).pdf


# -- a second run ----------------------------------------------------------------------------------


def test_a_second_run_writes_no_handout_again(job):
    run(rows(40), job)
    before = {path: path.stat().st_mtime_ns for path in job.folder.glob("*.pdf")}
    report = run(rows(40), replace(job, jobs=2), today=date(2026, 11, 30))

    assert (report.made, report.skipped) == (0, 40)
    assert {path: path.stat().st_mtime_ns for path in job.folder.glob("*.pdf")} == before


def test_what_changed_is_made_again_and_nothing_else(job, press):
    run(rows(5), job)
    (job.folder / "00002-infection.pdf").unlink()
    report = run([row(1, side="left"), *list(rows(5))[1:]], job)

    assert (report.skipped, report_of(job)["made"]) == (3, [1, 2])
    assert pdfs(job.folder)["00001-bursitis.pdf"] == press.handout(
        row(1, side="left").request, TODAY).pdf


@pytest.mark.parametrize("side", ["", "left"])
@pytest.mark.parametrize("stranger", ["text", "handout", "changed"])
def test_what_took_the_place_of_a_file_of_the_batch_is_kept(job, press, stranger, side):
    run(rows(2), job)
    file = job.folder / "00001-bursitis.pdf"
    other = {"text": b"Dear Ana", "handout": press.handout(Request("gout"), TODAY).pdf,
             "changed": file.read_bytes().replace(b"0", b"1")}[stranger]
    file.write_bytes(other)
    reports = [run([row(1, side=side), row(2)], job) for _ in range(2)]

    assert [(report.skipped, report.failed, report.stale) for report in reports] == [(1, 1, 0)] * 2
    assert "no batch made it as it is" in report_of(job)["failed"][0]["reason"]
    assert file.read_bytes() == other
    assert run([row(1, side=side), row(2)], replace(job, force=True)).made == 1


@pytest.mark.parametrize("change", ["brand", "paper", "templates", "review"])
def test_another_brand_option_template_or_a_passed_review_makes_all_again(job, tmp_path, change,
                                                                          knee):
    brand = tmp_path / "brand.toml"
    brand.write_text('name = "Riverside"\n', encoding="utf-8")
    job = replace(job, brand=brand)
    run(rows(2), job)
    today = date(2040, 1, 1) if change == "review" else TODAY
    assert today > knee.info.next_review or change != "review"
    if change == "brand":
        brand.write_text('name = "Brookside"\n', encoding="utf-8")
    elif change == "paper":
        job = replace(job, paper="a4")
    elif change == "templates":
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "tips.html.j2").write_text("")
        job = replace(job, templates=tmp_path / "own")

    assert run(rows(2), job, today).made == 2


def test_files_whose_row_is_gone_are_listed_and_kept(job):
    run(rows(4), job)
    report = run([row(1, "infection"), row(2)], job)

    assert report.stale == 3
    assert report_of(job)["stale"] == [
        {"row": 1, "file": "00001-bursitis.pdf"}, {"row": 3, "file": "00003-bursitis.pdf"},
        {"row": 4, "file": "00004-infection.pdf"}]
    assert len(pdfs(job.folder)) == 5


# -- broken off ------------------------------------------------------------------------------------


def test_killed_at_any_moment_and_resumed_the_set_is_that_of_an_unbroken_run(started, job, press):
    for jobs, made in ((1, 0), (2, 1), (2, 60)):
        broken = replace(job, jobs=jobs)
        process = started(broken)
        wait_for_files(job.folder, made)
        time.sleep(random.random() / 10)
        process.kill()
        process.communicate()
        for data in pdfs(job.folder).values():
            assert data.endswith(b"%%EOF\n")
    left = [f".handout-{mark}{'0' * 16}.part" for mark in ("", folder.MARK, "0f0f0f0f-")]
    for name in left:
        (job.folder / name).write_bytes(b"%PDF-1.7 Zebra")
    report = run(rows(400), job, today=date(2026, 11, 26))

    assert (report.made + report.skipped, report.stale) == (400, 0)
    assert pdfs(job.folder) == {
        f"{row.number:05}-{row.request.cause}.pdf": press.handout(row.request, TODAY).pdf
        for row in rows(400)}
    assert sorted(path.name for path in job.folder.glob(".*")) == [
        ".handouts-ledger.sqlite", ".handouts-lock"]


@pytest.mark.parametrize(("number", "jobs"), [
    (signal.SIGINT, 1), (signal.SIGHUP, 2), (signal.SIGTERM, 2)])
def test_a_signal_stops_cleanly_and_soon(started, job, number, jobs):
    job = replace(job, jobs=jobs)
    process = started(job, count=4000, more=f"print_run=Path({str(job.folder / 'run.pdf')!r})",
                      start_new_session=True)
    wait_for_files(job.folder, 40)
    os.killpg(process.pid, number)  # as a terminal does
    _, said = process.communicate(timeout=60)
    told = report_of(job)

    assert (process.returncode, said) == (130, b"")
    assert told["complete"] is False
    assert 0 < told["rows"] == len(told["made"]) == len(pdfs(job.folder)) < 4000
    assert not (job.folder / "run.pdf").exists()
    assert not list(job.folder.glob("*.part"))


def test_a_reader_that_is_slow_can_be_interrupted(job):
    def slow():
        yield row(1)
        signal.raise_signal(signal.SIGINT)
        time.sleep(60)

    report = run(slow(), job)

    assert (report.complete, report.exit_code) == (False, ExitCode.INTERRUPTED)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_signal_that_is_to_be_ignored_still_is(job):
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    report = batch.run(rows(40), job, today=TODAY,
                       progress=lambda _: signal.raise_signal(signal.SIGINT))

    assert (report.complete, signal.getsignal(signal.SIGINT)) == (True, signal.SIG_IGN)


def test_a_second_wish_to_stop_is_heard_at_once(job):
    def asked(_rows):
        signal.raise_signal(signal.SIGINT)

    def twice(_rows):
        asked(_rows)
        asked(_rows)

    for wish in (asked, twice):
        report = batch.run(rows(100), job, today=TODAY, progress=wish)
        assert (report.complete, report.rows) == (False, 32)


def test_a_reader_that_fails_leaves_what_is_done_and_a_report(job):
    def failing():
        yield from rows(40)
        raise InputError("can't be read", where="rows.csv")

    with pytest.raises(InputError):
        run(failing(), job)

    assert (len(pdfs(job.folder)), report_of(job)["complete"]) == (32, False)
    assert run(rows(40), job).skipped == 32


def test_a_files_name_stands_in_the_report_as_it_is_and_in_the_summary_on_one_line(job, tmp_path):
    path = tmp_path / "day\none.csv"
    path.write_text("cause\nbursitis of the moon\n")
    report = run(readers.read([path], load_pack(), today=TODAY), job)

    assert [failure["file"] for failure in report_of(job)["failed"]] == [str(path)]
    assert next(report.lines()).startswith(f"row 1 ({tmp_path}/day\\none.csv, line 2): ")


# -- the folder ------------------------------------------------------------------------------------


def test_two_runs_in_one_folder_are_kept_apart_and_it_says_who_is_there(job):
    job.folder.mkdir()
    with locked(job.folder), pytest.raises(OutputError) as caught:
        run(rows(1), job)

    assert caught.value.problem == (f"another run is at work here (process {os.getpid()} on "
                                    f"{socket.gethostname()})")
    assert run(rows(1), job).made == 1


def test_who_is_there_is_told_where_the_first_byte_can_t_be_read(job, monkeypatch):
    """As on Windows, where that byte is the one that is locked."""
    job.folder.mkdir()
    read = os.read

    def guarded(handle, count):
        if os.fstat(handle).st_ino == (job.folder / folder.LOCK).stat().st_ino and not os.lseek(
                handle, 0, os.SEEK_CUR):
            raise PermissionError(13, "Permission denied")
        return read(handle, count)

    monkeypatch.setattr(os, "read", guarded)
    with locked(job.folder), pytest.raises(OutputError, match=f"process {os.getpid()} on "):
        run(rows(1), job)


def test_a_full_disk_ends_the_batch_with_nothing_broken(job, monkeypatch):
    full_disk(monkeypatch, after=10)
    with pytest.raises(OutputError) as caught:
        run(rows(40), replace(job, name="{id}"))

    assert (caught.value.where, caught.value.problem) == (
        str(job.folder), "can't be written (no space left on device)")
    assert len(pdfs(job.folder)) == 10
    assert not list(job.folder.glob("*.part"))
    assert f"{NAME} could not be written either" in caught.value.cure
    monkeypatch.undo()
    again = run(rows(40), replace(job, name="{id}"))
    assert (again.skipped, again.made) == (10, 30)


def test_the_report_of_a_batch_that_a_full_disk_ended_tells_what_is_there(job, monkeypatch):
    new, taken = folder.parts.new, count()

    def begun(path):
        if folder.MARK in path.name and next(taken) == 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return new(path)

    monkeypatch.setattr(folder.parts, "new", begun)
    with pytest.raises(OutputError, match="no space left"):
        run(rows(40), job)

    assert len(pdfs(job.folder)) == 7
    assert (report_of(job)["complete"], report_of(job)["made"]) == (False, [*range(1, 8)])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full_ends_the_batch_with_nothing_broken(job):
    job.folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(job.folder)],
                             capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    try:
        with pytest.raises(OutputError, match=r"no space left|is full"):
            run(rows(60), replace(job, jobs=2))
        for data in pdfs(job.folder).values():
            assert data.endswith(b"%%EOF\n")
        assert not list(job.folder.glob("*.part"))
    finally:
        subprocess.run(["umount", "-l", str(job.folder)], check=True)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EMFILE])
def test_a_folder_that_takes_no_file_ends_the_batch(job, monkeypatch, code):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(parts, "new", refuse)
    with pytest.raises(OutputError, match=os.strerror(code).lower()) as caught:
        run(rows(3), job)

    assert "report.json could not be written either" in caught.value.cure
    assert pdfs(job.folder) == {}


def test_a_folder_that_may_not_be_written_to_is_told_before_a_row_is_read(job, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError) as caught:
        run(map(pytest.fail, ["a row was read"]), job)

    assert (caught.value.where, caught.value.problem) == (
        str(job.folder), "can't be written to (read-only file system)")


def test_too_few_open_files_end_in_one_message(started, job):
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (14, 14))  # noqa: E731
    process = started(replace(job, jobs=2), count=80, pause=0, preexec_fn=limit)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1
    assert b"OutputError: " in said.splitlines()[-2]
    assert not list(job.folder.glob("*.part"))


@pytest.mark.parametrize("folder", ["file", "file/inside"])
def test_a_folder_that_can_not_be_one_is_told(job, tmp_path, folder):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="can't be made"):
        run(rows(1), replace(job, folder=tmp_path / folder))


def test_a_name_that_is_taken_by_a_folder_is_an_error_of_its_row(job):
    (job.folder / "00001-bursitis.pdf").mkdir(parents=True)
    report = run(rows(2), job)

    assert (report.made, report.failures[0].reason) == (
        1, "its file can't be written (is a directory)")


@pytest.mark.parametrize(("failure", "problem"), [
    (BrokenProcessPool(), "ended before its rows were printed"),
    (OSError(errno.EMFILE, "Too many open files"), "can't run (too many open files)")])
def test_a_process_that_dies_or_can_not_start_is_told(job, dask, failure, problem):
    class Broken(Here):
        def submit(self, *_):
            raise failure

    dask(Broken())
    with pytest.raises(OutputError) as caught:
        run(rows(1), replace(job, dask="tcp://here:1"))

    assert caught.value.problem == problem


def test_a_process_that_is_killed_is_replaced_and_its_rows_are_made(started, job, press):
    process = started(replace(job, jobs=2), count=200)
    wait_for_files(job.folder, 40)
    killed = workers(process.pid)[0]
    os.kill(killed, signal.SIGKILL)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()

    assert (process.returncode, said) == (0, b"")
    assert pdfs(job.folder) == {
        f"{row.number:05}-{row.request.cause}.pdf": press.handout(row.request, TODAY).pdf
        for row in rows(200)}
    assert report_of(job)["made"] == [*range(1, 201)]
    assert not list(job.folder.glob(".handout-*"))


@pytest.mark.parametrize("later", [True, False], ids=["a job comes", "none comes"])
@pytest.mark.parametrize("which", [0, 1])  # one of two that wait has the lock of the other
def test_a_process_that_dies_while_there_is_nothing_to_do_stops_nobody(which, later):
    got = []

    def work():
        with processes(2) as two:
            for future in [two.submit(time.sleep, .3) for _ in range(2)]:
                future.result()
            os.kill(workers(os.getpid(), of=at)[which], signal.SIGKILL)
            time.sleep(.5)  # until the pool has seen it
            if later:
                got.append(two.submit(abs, -3).result())
        got.append("ended")

    at = Thread(target=work, daemon=True)
    at.start()
    at.join(30)
    assert got == ([3] if later else []) + ["ended"]


def workers(parent: int, of: Thread | None = None) -> list[int]:
    """The processes that print for another one, or that one of its threads began."""
    task = of.native_id if of else parent
    found = Path(f"/proc/{parent}/task/{task}/children").read_text().split()
    return [int(pid) for pid in found
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


class Dying(Here):
    """A pool whose process dies of some rows, and once for another reason; `ran` counts tries."""

    def __init__(self, *deadly: int, by_chance: int = 0, starts: int = 0) -> None:
        self.deadly, self.by_chance, self.starts, self.ran = deadly, by_chance, starts, []

    def submit(self, job, *values):
        if job is not print_rows:
            self.starts -= 1
            if self.starts >= 0:
                future = Future()
                future.set_exception(BrokenProcessPool())
                return future
            return super().submit(job, *values)
        numbers = [task.number for task in values[1]]
        self.ran.append(numbers)
        if set(numbers) & set(self.deadly) or (self.by_chance in numbers and len(self.ran) == 1):
            future = Future()
            future.set_exception(BrokenProcessPool())
            return future
        return super().submit(job, *values)


def test_a_row_that_its_process_dies_of_twice_fails_and_stops_nothing(job, monkeypatch):
    pool = Dying(7)
    monkeypatch.setattr(flow, "processes", lambda jobs: nullcontext(pool))
    report = run(rows(70), replace(job, jobs=2))

    assert (report.made, report.failed, report.exit_code) == (69, 1, ExitCode.FINDINGS)
    assert [(failure.row, failure.reason) for failure in report.failures] == [
        (7, "its printing ended the process that was at it, twice")]
    assert pool.ran.count([7]) == 2


def test_the_rows_of_a_process_that_died_by_chance_are_all_made(job, monkeypatch):
    monkeypatch.setattr(flow, "processes", lambda jobs: nullcontext(Dying(by_chance=7)))

    assert run(rows(70), replace(job, jobs=2)).made == 70


def test_a_process_that_is_killed_as_it_takes_the_place_of_another_is_replaced_too(
        job, monkeypatch):
    dying = Dying(by_chance=7, starts=3)
    monkeypatch.setattr(flow, "processes", lambda jobs: nullcontext(dying))

    assert run(rows(70), replace(job, jobs=2)).made == 70


def test_processes_that_can_not_live_at_all_end_the_batch(job, monkeypatch):
    class Dead(Here):
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenProcessPool())
            return future

    monkeypatch.setattr(flow, "processes", lambda jobs: nullcontext(Dead()))
    with pytest.raises(OutputError, match="ended before its rows were printed"):
        run(rows(70), replace(job, jobs=2))


def test_files_are_on_the_disk_before_they_have_their_names(job, monkeypatch):
    names = []
    monkeypatch.setattr(folder, "_sync", lambda folder, parts: names.append(
        (len(list(folder.glob("*.pdf"))), len(list(parts)))))
    run(rows(40), job)

    assert names == [(0, 32), (32, 8)]


def test_a_disk_that_does_not_keep_the_files_ends_the_batch_and_leaves_the_old_ones(
        job, monkeypatch):
    run(rows(3), job)
    before = pdfs(job.folder)

    def refuse(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(folder, "_sync", refuse)
    with pytest.raises(OutputError, match="input/output error"):
        run(rows(3, side="left"), job)

    assert pdfs(job.folder) == before
    assert not list(job.folder.glob(".handout-*"))


def test_the_disk_is_asked_of_the_whole_folder_or_of_each_file(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(os, "fsync", lambda handle: asked.append(os.fstat(handle).st_size))
    for syncfs in (lambda handle: asked.append(os.fstat(handle).st_mode) or 0, None):
        monkeypatch.setattr(folder, "_syncfs", lambda syncfs=syncfs: syncfs)
        files = folder.FileGroup(tmp_path)
        files.add("a.pdf", b"12")
        files.add("b.pdf", b"345")
        assert files.settle() == {}

    assert asked == [tmp_path.stat().st_mode, 2, 3]


def test_on_windows_a_process_begins_without_hearing_ctrl_c(monkeypatch):
    told = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(pool.ctypes, "windll", SimpleNamespace(kernel32=SimpleNamespace(
        SetConsoleCtrlHandler=lambda handler, deaf: told.append((handler, deaf)))), raising=False)
    with pool._unheard():
        told.append("begun")

    assert told == [(None, True), "begun", (None, False)]


def test_a_pool_that_can_not_be_made_is_told(job, monkeypatch):
    def refuse(_method):
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(pool, "get_context", refuse)
    with pytest.raises(OutputError, match="can't run"):
        run(rows(40), replace(job, jobs=2))


def test_a_brand_that_can_not_be_used_is_told_once_and_makes_no_folder(job, tmp_path):
    with pytest.raises(PackError, match="there is no such file"):
        run(rows(3), replace(job, brand=tmp_path / "none.toml"))

    assert not job.folder.exists()


def test_a_brand_that_changes_while_the_batch_runs_ends_it(job, tmp_path):
    brand = tmp_path / "brand.toml"
    brand.write_text('name = "Riverside"\n', encoding="utf-8")

    def changing():
        brand.write_text('name = "Brookside"\n', encoding="utf-8")
        yield from rows(2)

    with pytest.raises(PackError, match="changed while the batch ran"):
        run(changing(), replace(job, brand=brand))

    assert pdfs(job.folder) == {}


def test_memory_does_not_grow_with_the_rows(job):
    held, jobs = [], count()

    def seen(_rows):
        if next(jobs) in (2, 16, 31):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        batch.run(rows(1000), job, today=TODAY, progress=seen)
    finally:
        tracemalloc.stop()

    # What is read once, such as a pack, is of one half; a name kept for each row is of both.
    assert min(later - sooner for sooner, later in pairwise(held)) < 30_000


# -- all together ----------------------------------------------------------------------------------


@pytest.fixture
def whole(job):
    """A job with a print run and FHIR's references, in several processes."""
    return replace(job, jobs=2, print_run=job.folder / "run.pdf",
                   fhir_out=job.folder.with_name("documents.ndjson"))


def test_a_print_run_holds_every_handout_in_the_order_of_the_rows(whole):
    run([*rows(40), row(41, patient=MINOR), row(42)], whole)
    pages = page_texts((whole.folder / "run.pdf").read_bytes())
    shown = [text.split("Zebra Quagga ")[1].split()[0] for text in pages if "Zebra" in text]

    assert shown == [*map(str, range(1, 41)), "42"]


def test_a_reference_describes_each_file_and_no_patient(whole):
    run([row(1), row(2, patient=MINOR), row(3)], whole)
    text = whole.fhir_out.read_text()
    told = [json.loads(line) for line in text.splitlines()]
    data = (whole.folder / "00003-bursitis.pdf").read_bytes()

    assert not [word for word in WORDS if word in text]
    assert len(told) == 2
    assert told[1] == {
        "resourceType": "DocumentReference", "status": "current",
        "type": {"coding": [{"system": "http://loinc.org", "code": "34895-3",
                             "display": "Education note"}]},
        "docStatus": "preliminary",
        "description": "Handout on massage for knee pain: bursitis",
        "content": [{"attachment": {
            "contentType": "application/pdf", "language": "en", "url": "out/00003-bursitis.pdf",
            "size": len(data), "hash": base64.b64encode(hashlib.sha1(data).digest()).decode(),
            "title": "Handout on massage for knee pain: bursitis", "creation": "2026-11-25"}}]}


@pytest.mark.parametrize("count", [1, 3])
def test_references_are_as_fhir_r4b_has_them(whole, count):
    run(rows(count), whole)

    for line in whole.fhir_out.read_text().splitlines():
        kept = DocumentReference.model_validate_json(line)
        assert kept.content[0].attachment.contentType == "application/pdf"


@pytest.mark.parametrize("count", [1, 3])
def test_a_transaction_holds_each_handout_before_its_reference(whole, count):
    whole = replace(whole, fhir_out=whole.folder.with_name("documents.json"))
    run([*rows(count), row(9, patient=MINOR)], whole)
    text = whole.fhir_out.read_text()
    told = Bundle.model_validate_json(text)

    assert not [word for word in WORDS if word in text]
    assert (told.type, [(entry.request.method, entry.request.url) for entry in told.entry]) == (
        "transaction", [("POST", "Binary"), ("POST", "DocumentReference")] * count)
    for number, (held, kept) in enumerate(zip(told.entry[::2], told.entry[1::2], strict=True), 1):
        attachment = kept.resource.content[0].attachment
        data = (whole.folder / f"{number:05}-{row(number).request.cause}.pdf").read_bytes()
        assert attachment.url == held.fullUrl
        assert held.resource.data == data
        assert (attachment.size, attachment.hash) == (
            len(data), hashlib.sha1(data).digest())
    assert stat.S_IMODE(whole.fhir_out.stat().st_mode) == 0o600
    assert len({entry.fullUrl for entry in told.entry}) == 2 * count
    run(rows(count), whole)  # what is ours is replaced
    assert len(json.loads(whole.fhir_out.read_text())["entry"]) == 2 * count


def test_a_stranger_in_place_of_a_transaction_stays(whole):
    whole = replace(whole, fhir_out=whole.folder.with_name("documents.json"))
    whole.fhir_out.write_text('{"resourceType": "Bundle", "type": "transaction", "entry": []}')

    with pytest.raises(UsageError, match="is no such file of this program"):
        run(rows(1), whole)


def test_a_second_run_makes_the_same_print_run_and_references(whole):
    run(rows(40), whole)
    before = (whole.folder / "run.pdf").read_bytes(), whole.fhir_out.read_bytes()
    report = run(rows(40), whole)

    assert (report.skipped, report.stale) == (40, 0)
    assert ((whole.folder / "run.pdf").read_bytes(), whole.fhir_out.read_bytes()) == before


@pytest.mark.parametrize("beside", ["print_run", "fhir_out"])
def test_of_two_runs_with_one_file_beside_them_the_second_is_refused(whole, beside):
    path = getattr(whole, beside)
    path.parent.mkdir(exist_ok=True)
    with alone(path):
        held = {*path.parent.glob(".handout-*")}
        with pytest.raises(OutputError, match="another run is at work on it"):
            run(rows(3), whole)
        assert {*path.parent.glob(".handout-*")} >= held

    assert len(held) == 1
    assert run(rows(3), whole).skipped + run(rows(3), whole).skipped >= 3
    assert not list(path.parent.glob(".handout-*"))


def test_names_with_glob_signs_and_long_ones_are_names_like_others(whole):
    run_path = whole.folder.parent / ("a**[b" + "膝" * 80 + ".pdf")
    run(rows(3), replace(whole, print_run=run_path))

    assert run_path.stat().st_size > 10_000
    assert sorted(path.name for path in whole.folder.parent.iterdir()) == sorted(
        [run_path.name, "out", "documents.ndjson"])


def test_with_no_handout_there_is_no_print_run(whole):
    assert run([refused(1)], whole).failed == 1
    assert not whole.print_run.exists()
    assert not whole.fhir_out.exists()


def test_a_print_run_that_can_not_be_written_is_told(whole, tmp_path):
    with pytest.raises(OutputError, match="can't be written"):
        run(rows(1), replace(whole, print_run=tmp_path / "none" / "run.pdf"))


def test_the_press_tells_what_it_prints_with(tmp_path):
    brand = tmp_path / "brand.toml"
    brand.write_text('name = "Riverside"\n', encoding="utf-8")
    first, again = (press.Press(brand, store=Store(tmp_path)).fingerprint for _ in range(2))
    brand.write_text('name = "Brookside"\n', encoding="utf-8")

    assert first == again != press.Press(brand).fingerprint
