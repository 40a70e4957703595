"""What was given, by id: kept once, found again, never about a patient, never in the way."""

import json
import os
from datetime import date

import pytest
from helpers import DRAFT, TODAY, full_disk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows import WORDS, rows

import cli
from handouts import batch
from handouts.errors import InputError, UsageError
from handouts.paths import default_brand_path, records_folder
from handouts.press.press import Press
from handouts.press.records import Records
from handouts.request.request import Patient, Request
from handouts.system.store import Store

KEYS = {"id", "pack", "content_version", "content", "review", "words", "cause", "state", "screened",
        "flags", "massages", "doses", "routine", "waits", "tips", "side", "language", "edition",
        "first_printed"}
LATER = date(2026, 12, 24)
# Marked, for Hypothesis draws the program's own words, too: `professional` stands in records.
WORDING = st.text(st.characters(min_codepoint=0x41, max_codepoint=0x17F, categories=["L"]),
                  min_size=12, max_size=30).map("Q\u017d".__add__)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Where all presses here keep their plates."""
    return Store(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def kept(records, store):
    """A press that keeps records."""
    return Press(default_brand_path(), store=store, records=Records(records))


def files(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_the_first_print_keeps_what_was_given_and_no_other_changes_it(kept, records):
    asked = Request("gout", "between", side="left", massages=("self-massage",))
    facts = kept.handout(asked, TODAY).facts
    first = files(records)
    kept.handout(asked, LATER)
    again = Press(default_brand_path(), records=Records(records))
    again.handout(asked, LATER)

    assert list(first) == [f"{facts['id']}.json"]
    assert files(records) == first
    told = Records(records).of(facts["id"])
    assert told.keys() == KEYS
    assert (told["cause"], told["side"], told["first_printed"]) == ("gout", "left", "2026-11-25")
    assert told["doses"] == {"self-massage": {"minutes": [20, 25], "times": 2}}


@settings(max_examples=20, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDING, min_size=5, max_size=5, unique=True), st.dates(date(1920, 1, 1),
                                                                       date(2000, 1, 1)))
def test_nothing_of_a_patient_is_ever_in_a_record(kept, records, words, born):
    kept.records = Records(records)
    kept.handout(Request("gout", patient=Patient(
        words[0], born, words[1], words[2], date(2026, 11, 3), words[3], note=words[4])), TODAY)

    text = "".join(f"{name} {content}" for name, content in files(records).items())
    assert not any(value in text for value in (*words, born.isoformat(), "2026-11-03"))


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise there")
def test_the_user_s_own_folder_is_closed_to_others(tmp_path, press, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("HANDOUTS_RECORDS")
    folder = records_folder()
    folder.mkdir(parents=True)
    folder.chmod(0o755)  # as an earlier edition made it
    Records(folder).note(press.handout(Request("gout"), TODAY).facts, TODAY)

    assert [path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())] == [0o700, 0o600]


def test_each_process_of_a_batch_keeps_records(records, tmp_path):
    job = batch.Job(tmp_path / "out", default_brand_path(), jobs=2, records=records)
    batch.run(rows(40), job, today=TODAY)

    kept = files(records)
    assert len(kept) == 2
    assert not any(word in text for word in WORDS for text in kept.values())


def test_a_folder_that_can_not_be_written_is_never_in_the_way(tmp_path, press):
    (tmp_path / "file").write_text("")
    own = Records(tmp_path / "file" / "given")
    own.note({"id": "AAAA-AAAA"}, TODAY)

    assert own.problem()
    assert Records(tmp_path / "new").problem() == ""
    assert list((tmp_path / "new").iterdir()) == []


def test_a_full_disk_that_took_no_record_is_told_by_who_was_to_keep_it_and_by_others(
        tmp_path, monkeypatch):
    own = Records(tmp_path)
    full_disk(monkeypatch)
    own.note({"id": "AAAA-AAAA"}, TODAY)

    assert "no space left" in own.problem()
    assert "no space left" in Records(tmp_path).problem()
    assert files(tmp_path) == {}


def test_what_a_run_before_could_not_delete_goes_even_where_nothing_new_is_kept(tmp_path):
    left = tmp_path / ".handout-2bb7d45fc3d2c35d.part"
    left.write_bytes(bytes(1000))

    assert Records(tmp_path).problem() == ""
    assert not left.exists()


def test_a_pipe_in_the_place_of_a_record_is_waited_for_by_nobody(tmp_path):
    os.mkfifo(tmp_path / "AAAA-AAAA.json")
    own = Records(tmp_path)
    own.note({"id": "AAAA-AAAA"}, TODAY)

    with pytest.raises(InputError, match="not a file"):
        own.of("AAAA-AAAA")


def test_a_folder_that_is_none_is_mended_and_no_record_deleted(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="the folder of records can't be read") as caught:
        Records(tmp_path / "file" / "given").of("AAAA-AAAA")

    assert "HANDOUTS_RECORDS" in caught.value.cure
    assert "Delete" not in caught.value.cure


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "BBBB-BBBB"}', "\udcff"])
def test_a_spoilt_record_is_told(tmp_path, text):
    (tmp_path / "AAAA-AAAA.json").write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(InputError, match="can't be read"):
        Records(tmp_path).of("AAAA-AAAA")


def test_an_unknown_id_is_told_with_near_ones_or_with_where_to_look(tmp_path):
    own = Records(tmp_path)
    with pytest.raises(UsageError, match="HANDOUTS_RECORDS"):
        own.of("7K3F-9Q2M")
    own.note({"id": "7K3F-9Q2M"}, TODAY)
    with pytest.raises(UsageError, match="Did you mean 7K3F-9Q2M"):
        own.of("7K3F-9Q2N")


# -- on the command line ---------------------------------------------------------------------------


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795608000")  # 25 November 2026

    def ran(*arguments):
        code = cli.run(arguments)
        return (int(code), *capsys.readouterr())

    return ran


def test_show_tells_what_the_id_of_a_handout_stands_for(run):
    made = json.loads(run("make", "gout", "--state", "between", "--massage", "self-massage",
                          "--flag", "anticoagulant", "--tip", "drink-water", "--dose",
                          "self-massage=15,1/week", "--patient", "Ana Ruiz", "--json")[1])
    typed = made["id"].lower().replace("-", "")

    assert run("show", typed) == (0, (
        f"id\t{made['id']}\ncontent version\t1.0\ncontent\t{made['content']}\n"
        "review\tnot yet reviewed by a clinician\npack\tknee\ncause\tgout\nstate\tbetween\n"
        "side\tnot told\nflags\tanticoagulant\nmassages\tself-massage (15 min, 1/week)\n"
        "tips\tdrink-water\n"
        "edition\tstandard\nlanguage\ten\nfirst printed here\t2026-11-25\n"), "")
    assert json.loads(run("show", typed, "--json")[1])["doses"] == made["doses"]
    assert run("show", "gout")[0] == 2


def test_a_practice_that_named_a_folder_is_told_when_it_can_t_be_used(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HANDOUTS_RECORDS", str(tmp_path / "file" / "given"))
    code, out, err = run("make", "gout")

    assert (code, out) == (0, "gout.pdf\n")
    assert "no record of what was given is kept" in err


def test_a_summary_is_three_lines_for_the_record_without_the_patient(run):
    code, out, err = run("make", "osteoarthritis", "--state", "calm", "--side", "left", "--lang",
                         "es", "--flag", "anticoagulant", "--massage", "self-massage", "--tip",
                         "shoes", "--patient", "Ana Ruiz", "--summary")
    what, massages, beside = out.splitlines()

    assert (code, err) == (0, f"{DRAFT.replace(' en ', ' es ')}osteoarthritis.pdf\n")
    assert what.endswith("given: Osteoarthritis; left knee; calm: not hot, red, or very swollen. "
                         "Content version 1.0, Spanish.")
    assert massages == ("Massages: Self-massage, 20 to 25 minutes, 2 times a week, for up to 8 "
                        "weeks (only if the clinician says that it is safe).")
    assert beside == "Flags: blood thinner, or bleeds easily. Tips: Wear soft shoes."


def test_a_summary_says_that_massage_must_wait(run):
    assert run("make", "gout", "--state", "attack", "--summary")[1].splitlines()[1] == (
        "No massage for now. Gout attack: massage must wait.")


@pytest.mark.parametrize("other", [["--json"], ["-o", "-"]])
def test_a_summary_goes_with_no_other_words_on_stdout(run, other):
    assert run("make", "gout", "--summary", *other)[0] == 2


def test_records_are_readable_in_a_shared_folder(kept, records):
    before = os.umask(0o002)
    try:
        kept.records = Records(records / "deep" / "given")
        kept.handout(Request("gout"), TODAY)
    finally:
        os.umask(before)

    file, = (records / "deep" / "given").iterdir()
    assert file.stat().st_mode & 0o777 == 0o664
