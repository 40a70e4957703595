"""Making a handout: the day and the bytes."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

import cli
from handouts.errors import InputError, UsageError
from handouts.press.pictures import pictures
from handouts.request.days import today
from handouts.request.request import Patient, Request

EPOCH = str(int(datetime(2026, 11, 25, 12, tzinfo=UTC).timestamp()))
ANA = Request("gout", "between", flags=("anticoagulant",), side="left",
              patient=Patient("Ana Ruiz", born=date(1960, 2, 29), note="Twice a day."))
ANA_TYPED = ("make", "gout", "--state", "between", "--flag", "anticoagulant", "--side", "left",
             "--patient", "Ana Ruiz", "--dob", "1960-02-29", "--note", "Twice a day.", "-o", "-")


# -- the day ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("epoch", "day"), [
    ("0", date(1970, 1, 1)),
    (EPOCH, date(2026, 11, 25)),
    ("1795651199", date(2026, 11, 25)),
    ("1795651200", date(2026, 11, 26)),
])
def test_source_date_epoch_is_the_day_in_utc(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", ["yesterday", "2026-11-25", "1.5", "9" * 30])
def test_source_date_epoch_that_is_no_number_of_seconds_is_refused(monkeypatch, epoch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(InputError) as caught:
        today()
    assert str(caught.value) == ("SOURCE_DATE_EPOCH: is not a number of seconds\n"
                                 "Unset it, or set it to seconds since 1970.")


@pytest.mark.parametrize("empty", [True, False])
def test_without_source_date_epoch_the_day_is_today(monkeypatch, empty):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if empty:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()


# -- the same bytes --------------------------------------------------------------------------------


def test_other_processes_and_hash_seeds_give_the_same_bytes(monkeypatch, press, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    here = press.handout(ANA, today()).pdf
    there = [subprocess.run([sys.executable, cli.__file__, *ANA_TYPED], cwd=tmp_path, check=True,
                            capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
             for seed in ("1", "4242")]
    assert [data == here for data in there] == [True, True]


def test_another_day_gives_other_bytes(monkeypatch, press):
    made = []
    for epoch in (EPOCH, "1795651200"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        made.append(press.handout(ANA, today()).pdf)
    assert made[0] != made[1]


def test_the_library_that_draws_pages_is_told_with_its_cure(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(UsageError, match=r"pip install 'handouts\[png\]'"):
        pictures(b"%PDF-1.7")


def test_each_page_becomes_one_png(press):
    handout = press.handout(Request("infection", "active"), today())
    made = pictures(handout.pdf)
    assert len(made) == handout.pages
    assert {picture[:8] for picture in made} == {b"\x89PNG\r\n\x1a\n"}
