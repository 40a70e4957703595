"""The ledger of a folder: what later runs know of earlier ones, and nothing of a patient."""

import os
import sqlite3
import stat
import sys
import unicodedata
from contextlib import closing, suppress
from datetime import date, timedelta

import pytest

from handouts.batch.folder import file_digest
from handouts.batch.ledger import (
    MADE,
    PLANNED,
    RESUMED_WITHIN,
    SKIPPED,
    Failure,
    Ledger,
    LedgerEntry,
)
from handouts.batch.ledgerbase import NAME, OWN
from handouts.errors import OutputError

DAY = date(2026, 11, 25)
WRITTEN = b"what a batch wrote"


@pytest.fixture
def ledger(tmp_path):
    """A ledger in an empty folder, in its first run."""
    with Ledger(tmp_path) as opened:
        opened.begin(DAY)
        yield opened


def made(ledger, number, name="00001-gout.pdf"):
    mark = ledger.mark(name)
    ledger.plan(mark, number, name)
    written = file_digest(ledger.key, WRITTEN)
    ledger.done(mark, LedgerEntry(number, True, b"content", 10, written), MADE)
    return mark


def test_a_file_that_was_made_is_known_to_the_next_run(ledger, tmp_path):
    mark = made(ledger, 7)
    ledger.end()
    ledger.__exit__()

    with Ledger(tmp_path) as later:
        later.begin(DAY)
        digest = file_digest(later.key, WRITTEN)
        assert later.entry(mark) == LedgerEntry(7, False, b"content", 10, digest)
        later.keep(mark, 8)
        assert later.entry(mark) == LedgerEntry(8, True, b"content", 10, digest)


def test_a_planned_or_failed_file_is_known_without_content(ledger):
    mark = ledger.mark("a.pdf")
    ledger.plan(mark, 1, "a.pdf")
    planned = ledger.entry(mark)
    made(ledger, 1, "a.pdf")
    ledger.failed(Failure(1, "rows.csv", 2, "refused"), mark)

    assert planned == LedgerEntry(1, True, None, PLANNED, None)
    assert ledger.entry(mark).content is None


def test_what_was_not_committed_is_forgotten(ledger, tmp_path):
    made(ledger, 1, "kept.pdf")
    ledger.commit()
    made(ledger, 2, "lost.pdf")
    ledger.__exit__()

    with Ledger(tmp_path) as later:
        assert later.entry(later.mark("kept.pdf")).number == 1
        assert later.entry(later.mark("lost.pdf")) is None


def test_rows_are_counted_and_told_in_their_order(ledger):
    for number in (3, 1):
        made(ledger, number, f"{number}.pdf")
    ledger.done(ledger.mark("2.pdf"), LedgerEntry(2, True, b"", 0, b""), SKIPPED)
    failures = [Failure(5, "b.csv", 2, "no"), Failure(4, "a.csv", 9, "nor this")]
    for failure in failures:
        ledger.failed(failure)

    assert ledger.counts() == {"made": 2, "skipped": 1, "failed": 2}
    assert (list(ledger.numbers(MADE)), list(ledger.numbers(SKIPPED))) == ([1, 3], [2])
    assert list(ledger.failures()) == failures[::-1]


def test_files_of_no_row_are_stale_if_they_are_there(ledger, tmp_path):
    for number, name in enumerate(("there.pdf", "gone.pdf", "again.pdf", "failed.pdf"), 1):
        mark = made(ledger, number, name)
    ledger.plan(ledger.mark("Ana.pdf"), 9, None)
    ledger.begin(DAY)
    ledger.keep(ledger.mark("again.pdf"), 1)
    ledger.failed(Failure(4, "rows.csv", 5, "refused"), mark)
    for name in ("there.pdf", "again.pdf", "failed.pdf", "foreign.pdf"):
        (tmp_path / name).write_bytes(WRITTEN)
    (tmp_path / "Ana.pdf").write_bytes(
        b"<pdf:Producer>handouts</pdf:Producer>\n<pdfaid:part>, by a run that was killed")

    assert ledger.stale(tmp_path) == [(1, "there.pdf"), (4, "failed.pdf"), (9, None)]


@pytest.mark.parametrize("shape", ["NFC", "NFD"])
def test_a_stale_file_is_known_whichever_form_of_its_letters_the_system_tells(ledger, tmp_path,
                                                                              shape):
    """HFS+ takes `é` as one character and tells it as two."""
    made(ledger, 1, "Zoé.pdf")
    ledger.begin(DAY)
    (tmp_path / unicodedata.normalize(shape, "Zoé.pdf")).write_bytes(WRITTEN)

    assert [number for number, _ in ledger.stale(tmp_path)] == [1]


def test_what_no_batch_wrote_is_not_stale(ledger, tmp_path):
    for number, name in enumerate(("changed.pdf", "never.pdf"), 1):
        mark = made(ledger, number, name) if number == 1 else ledger.mark(name)
        ledger.plan(mark, number, name)
        ledger.failed(Failure(number, "rows.csv", 5, "refused"), mark)
        (tmp_path / name).write_bytes(b"by somebody else")

    assert ledger.stale(tmp_path) == []


@pytest.mark.parametrize(("later", "ended", "day"), [
    (timedelta(days=1), False, DAY),
    (RESUMED_WITHIN, False, DAY),
    (RESUMED_WITHIN + timedelta(days=1), False, DAY + RESUMED_WITHIN + timedelta(days=1)),
    (timedelta(days=-1), False, DAY - timedelta(days=1)),
    (timedelta(days=1), True, DAY + timedelta(days=1))])
def test_a_run_that_was_broken_off_keeps_its_day(ledger, later, ended, day):
    if ended:
        ledger.end()

    assert ledger.begin(DAY + later) == day


def test_digests_of_two_folders_can_not_be_compared(ledger, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with Ledger(other) as second:
        assert ledger.digest(b"Ana Ruiz") != second.digest(b"Ana Ruiz")
        assert file_digest(ledger.key, b"%PDF") != file_digest(second.key, b"%PDF")


def test_the_ledger_is_its_owners_alone_and_one_file_when_closed(ledger, tmp_path):
    made(ledger, 1)
    ledger.end()
    ledger.__exit__()

    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("spoilt", [b"", b"no base at all" * 999])
def test_a_ledger_that_can_not_be_read_is_begun_anew(tmp_path, spoilt):
    (tmp_path / NAME).write_bytes(spoilt)

    with Ledger(tmp_path) as ledger:
        assert ledger.begin(DAY) == DAY
        made(ledger, 1)
        assert ledger.counts()["made"] == 1


def test_a_ledger_spoilt_inside_is_begun_anew_too(ledger, tmp_path):
    for number in range(500):
        made(ledger, number, f"{number}.pdf")
    ledger.end()
    ledger.__exit__()
    data = bytearray((tmp_path / NAME).read_bytes())
    data[100:4000] = bytes(3900)
    (tmp_path / NAME).write_bytes(data)

    with Ledger(tmp_path) as anew:
        anew.begin(DAY)
        assert anew.entry(anew.mark("1.pdf")) is None


def test_a_ledger_of_another_version_is_begun_anew(ledger, tmp_path):
    mark = made(ledger, 1)
    ledger.commit()
    ledger.__exit__()
    with closing(sqlite3.connect(tmp_path / NAME)) as base:
        base.execute("pragma user_version = 99")

    with Ledger(tmp_path) as anew:
        assert anew.entry(mark) is None


def test_the_base_of_another_program_is_refused_and_not_touched(tmp_path):
    with closing(sqlite3.connect(tmp_path / NAME)) as base:
        base.execute("pragma journal_mode = wal")
        base.execute("create table file (a)")
        base.commit()
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        with pytest.raises(OutputError, match="is another program's"):
            Ledger(tmp_path)

        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_ledger_that_was_killed_while_it_was_begun_is_begun_anew(tmp_path):
    with closing(sqlite3.connect(tmp_path / NAME)) as base:
        base.execute(f"pragma application_id = {OWN}")

    with Ledger(tmp_path) as ledger:
        assert ledger.begin(DAY) == DAY


@pytest.mark.parametrize("name", [NAME, f"{NAME}-wal", f"{NAME}-journal"])
def test_what_a_link_in_place_of_the_ledger_leads_to_is_not_touched(tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "victim").write_bytes(b"a stranger's" * 999)
    (tmp_path / "folder" / name).symlink_to(tmp_path / "victim")
    with suppress(OutputError), Ledger(tmp_path / "folder") as ledger:
        ledger.begin(DAY)

    assert (tmp_path / "victim").read_bytes() == b"a stranger's" * 999


def test_a_folder_that_is_not_there_is_told_with_the_cure(tmp_path):
    with pytest.raises(OutputError) as caught:
        Ledger(tmp_path / "none")

    assert str(caught.value) == (
        f"{tmp_path / 'none'}: its ledger can't be kept (no such file or directory)\n"
        "Mend the folder's rights or space, then run the same again.")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="every name is Unicode there")
def test_a_folder_whose_name_is_not_utf8_has_its_ledger(tmp_path):
    folder = tmp_path / os.fsdecode(b"M\xfcller")
    folder.mkdir()

    with Ledger(folder) as ledger:
        assert ledger.begin(date(2026, 11, 25)) == date(2026, 11, 25)
