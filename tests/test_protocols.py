"""Saved choices: what is saved comes back, the nearer one wins, nothing of a patient is kept."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from helpers import DRAFT, TODAY, page_texts

import cli
from handouts.errors import InputError, PackError, UnsafeError, UsageError
from handouts.pack.reading import LARGEST
from handouts.request import protocols
from handouts.request.days import today
from handouts.request.protocols import Protocol, check, find, named, read, save
from handouts.request.request import Dose, Request, joined
from handouts.rules.choices import choose

FULL = Protocol("osteoarthritis", "calm", ("anticoagulant",), ("self-massage",), ("move", "pace"),
                {"self-massage": "10,2/week"}, 'Say "hello".\nThen rest.')


@pytest.fixture
def places(tmp_path):
    return tmp_path / "own", tmp_path / "practice"


@pytest.fixture
def keep(knee, places):
    def kept(name, protocol, *, at=0):
        check(name, protocol, knee)
        choose(protocol.request, knee, today=TODAY)
        return save(name, protocol, places[at])

    return kept


@pytest.mark.parametrize("protocol", [
    FULL, Protocol("gout"), Protocol("gout", note="Ünï\tcode Жанна"),
    Protocol("gout", edition="sheet", language="es", format="large-print", paper="a4", mono=True,
             skin="dark")])
def test_a_protocol_reads_back_as_it_was_saved(keep, protocol, knee):
    assert read(keep("mine", protocol), knee) == protocol


def test_a_protocol_asks_for_what_was_saved():
    asked = FULL.request

    assert (asked.cause, asked.state) == ("osteoarthritis", "calm")
    assert asked.massages == ("self-massage",)
    assert asked.doses == {"self-massage": Dose(10, 2)}
    assert asked.patient.note.startswith("Say")


def test_one_s_own_protocol_wins_over_the_practice_s(keep, places, knee):
    keep("oa", Protocol("gout"), at=1)
    keep("other", Protocol("gout"), at=1)
    keep("oa", FULL, at=0)

    assert find("oa", places, knee) == FULL
    assert list(named(places)) == ["oa", "other"]


def test_an_unknown_name_is_told_with_near_ones(keep, places, knee):
    with pytest.raises(UsageError, match="there is no protocol yet"):
        find("oa-first", places, knee)
    keep("oa-first", FULL)
    with pytest.raises(UsageError, match="Did you mean oa-first"):
        find("oa-frist", places, knee)


@pytest.mark.parametrize(("protocol", "error"), [
    (Protocol("gout", "attack", massages=("deep-tissue",)), UnsafeError),
    (Protocol("gowt"), UsageError), (Protocol("gout", "flair"), UsageError),
    (Protocol("osteoarthritis", "calm", doses={"self-massage": "999,2"}), UnsafeError),
    (Protocol("osteoarthritis", "calm", doses={"self-massage": "often"}), UsageError),
    (Protocol("fracture", "cleared"), InputError), (Protocol("gout", note="n" * 601), InputError)])
def test_what_the_rules_forbid_is_never_saved(keep, places, protocol, error):
    with pytest.raises(error):
        keep("mine", protocol)

    assert named(places) == {}


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a\\b", "a:b", "x" * 41, "-a", " a", "a ",
                                  "a.", ".a", "con", "NUL", "aux.1", "a\nb", "a\0"])
def test_a_name_that_no_file_can_have_everywhere_is_refused(keep, name):
    with pytest.raises(UsageError, match="a protocol's name"):
        keep(name, FULL)


@pytest.mark.parametrize("name", ["OA, first visit", "Über", "日本", "a", "Rodilla (dos) + té"])
def test_a_name_is_kept_as_a_person_writes_it(keep, places, knee, name):
    keep(name, FULL)

    assert find(name, places, knee) == FULL


@pytest.mark.parametrize(("text", "problem"), [
    ("cause = 3", "cause"), ("state = 'calm'", "cause: missing"),
    ("cause =", "not written as toml is, at its end"),
    ("cause = 'gout'\npatient = 'Ana'", "patient: unknown field"),
    ("cause = 'gout'\ncleared_on = 2026-01-01", "cleared_on: unknown field"),
    ("cause = 'fracture'\nstate = 'cleared'", "state: a cleared state belongs to one patient")])
def test_a_file_that_is_no_protocol_is_told_by_its_problem(tmp_path, knee, text, problem):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(PackError) as caught:
        read(path, knee)
    assert problem in str(caught.value).lower()


@pytest.mark.parametrize("kind", ["pipe", "device", "large"])
def test_what_is_no_plain_file_of_a_usual_size_is_never_read(tmp_path, knee, kind):
    path = tmp_path / "bad.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(LARGEST + 1)

    with pytest.raises(PackError) as caught:
        read(path, knee)
    assert ("is over 1 MB" if kind == "large" else "is not a file") in str(caught.value)


def test_the_practice_s_folder_lies_beside_its_brand(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("HANDOUTS_PROTOCOLS", raising=False)
    beside = protocols.folders(tmp_path / "brand.toml")
    monkeypatch.setenv("HANDOUTS_PROTOCOLS", str(tmp_path / "shared"))

    assert beside == (tmp_path / "config" / "handouts" / "protocols", tmp_path / "protocols")
    assert protocols.folders(tmp_path / "brand.toml")[1] == tmp_path / "shared"


# -- on the command line ---------------------------------------------------------------------------


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HANDOUTS_PROTOCOLS", str(tmp_path / "practice"))

    def ran(*arguments):
        code = cli.run(arguments)
        return (int(code), *capsys.readouterr())

    return ran


def test_a_handout_by_protocol_is_the_one_by_its_options(run, tmp_path):
    run("protocol", "new", "oa", "osteoarthritis", "--state", "calm", "--massage", "self-massage",
        "--dose", "self-massage=10,2/week", "--note", "Rest.")
    run("make", "--protocol", "oa", "--flag", "anticoagulant", "--date", "2026-11-25",
        "--examined-on", str(today()), "-o", "a.pdf")
    run("make", "osteoarthritis", "--state", "calm", "--massage", "self-massage", "--dose",
        "self-massage=10,2/week", "--note", "Rest.", "--flag", "anticoagulant", "--date",
        "2026-11-25", "-o", "b.pdf")

    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_options_beside_a_protocol_win(run):
    run("protocol", "new", "oa", "osteoarthritis", "--state", "calm", "--tip", "move")
    _, out, _ = run("make", "--protocol", "oa", "--tip", "pace", "-o", "a.pdf", "--json",
                    "--examined-on", str(today()))

    assert (json.loads(out)["tips"], json.loads(out)["state"]) == (["pace"], "calm")


def test_saved_choices_are_listed_and_shown(run, tmp_path):
    run("protocol", "new", "gout-calm", "gout", "--practice")
    listed, shown = run("protocol", "list"), run("protocol", "show", "gout-calm")
    file = tmp_path / "practice" / "gout-calm.toml"

    assert listed == (0, f"gout-calm\tgout\tpractice\t{file}\n", "")
    assert shown == (0, file.read_text(encoding="utf-8"), "")


def test_a_protocol_is_held_against_the_pack_that_is_asked_for(run, tmp_path):
    """Only the knee's pack has this state, and says that a clinician cleared it."""
    back = ["--pack", str(Path(__file__).parent / "packs" / "back")]
    (tmp_path / "practice").mkdir(exist_ok=True)
    (tmp_path / "practice" / "a.toml").write_text(
        "cause = 'fracture'\nstate = 'cleared'\n", encoding="utf-8")

    assert [run("protocol", "list")[0], run("protocol", "show", "a")[0]] == [1, 4]
    assert [run("protocol", "list", *back)[0], run("protocol", "show", "a", *back)[0]] == [0, 0]


def test_the_list_tells_which_folder_wins_and_what_can_t_be_used(run, tmp_path):
    run("protocol", "new", "a", "gout", "--practice")
    run("protocol", "new", "a", "osteoarthritis")
    run("protocol", "new", "b", "gout", "--practice")
    code, out, err = run("protocol", "list", "--json")
    (tmp_path / "practice" / "b.toml").write_text("cause = 3", encoding="utf-8")
    broken = run("protocol", "list")

    entries = [json.loads(line) for line in out.splitlines()]
    hidden = str(tmp_path / "practice" / "a.toml")
    assert (code, err) == (0, "")
    assert [list(entry.values())[:3] for entry in entries] == [
        ["a", "osteoarthritis", "own"], ["b", "gout", "practice"]]
    assert [entry["hides"] for entry in entries] == [hidden, None]
    assert broken[0] == 1
    assert broken[1].endswith(f"\thides {hidden}\n")
    assert "the protocol can't be used" in broken[2]


def test_a_row_may_name_a_protocol_and_a_changed_one_makes_it_anew(run, tmp_path):
    def said(*arguments):
        code, out, _ = run("batch", "clinic.csv", "-o", "out", "--json", *arguments)
        return code, json.loads(out)["made"], json.loads(out)["skipped"]

    (tmp_path / "clinic.csv").write_text(
        f"protocol,patient,examined_on\noa,Ana,{today()}\n,Bo,\nao,Cy,\n")
    run("protocol", "new", "oa", "osteoarthritis", "--state", "calm", "--practice")
    first, again = said(), said()
    run("protocol", "new", "oa", "osteoarthritis", "--state", "flare", "--practice",
        "--force")
    changed = said()
    (tmp_path / "practice" / "oa.toml").write_text("cause = 3", encoding="utf-8")
    run("batch", "clinic.csv", "-o", "out")
    failed = json.loads((tmp_path / "out" / "report.json").read_text())["failed"]

    assert (first, again, changed) == ((1, 1, 0), (1, 0, 1), (1, 1, 0))
    assert [entry["row"] for entry in failed] == [1, 2, 3]
    assert "the protocol can't be used" in failed[0]["reason"]
    assert "Known: oa." in failed[2]["reason"]


# -- a saved state -----------------------------------------------------------------------------


@pytest.fixture
def made(run):
    """The facts of a handout by the protocol `sa`, and what stderr says of it."""
    run("protocol", "new", "sa", "osteoarthritis", "--state", "calm", "--massage", "knee-friction",
        "--flag", "pregnant")

    def facts(*options):
        code, out, err = run("make", *options, "--protocol", "sa", "-o", "a.pdf", "--json")
        assert code == 0, err
        return json.loads(out), err

    return facts


def _days_ago(days):
    return str(today() - timedelta(days=days))


@pytest.mark.parametrize("other", [("rheumatoid-arthritis",), ("--code", "M06.861")])
def test_the_state_of_a_protocol_is_never_that_of_another_cause(made, other):
    told, err = made(*other, "--examined-on", str(today()))

    assert (told["cause"], told["state"], told["screened"]) == ("rheumatoid-arthritis", None, True)
    assert "knee-friction" not in told["massages"]
    assert "the protocol's state is of another cause" in err


@pytest.mark.parametrize("given", [(), ("--examined-on", _days_ago(31)), (
    "--examined-on", _days_ago(0), "--date", str(today() + timedelta(days=31)))])
def test_a_saved_state_is_no_examination(made, given):
    told, err = made(*given)

    assert (told["screened"], told["massages"]) == (True, [])
    assert told["flags"] == ["pregnant"]
    assert "a saved state is no examination" in err


@pytest.mark.parametrize("given", [("--examined-on", _days_ago(30)), ("--state", "calm"),
                                   ("--code", "M17.11", "--examined-on", _days_ago(0))])
def test_a_saved_state_holds_for_a_knee_that_was_examined(made, given):
    told, err = made(*given)

    assert (told["state"], told["massages"], err) == ("calm", ["knee-friction"], DRAFT)


def test_a_day_of_examination_is_past_and_goes_with_a_protocol(run, made):
    future = run("make", "--protocol", "sa", "--examined-on", _days_ago(-1), "-o", "b.pdf")
    alone = run("make", "gout", "--examined-on", _days_ago(0), "-o", "b.pdf")

    assert (future[0], future[2].splitlines()[0]) == (
        3, "handouts: examined-on: lies in the future")
    assert (alone[0], "--examined-on goes with --protocol" in alone[2]) == (2, True)


def test_a_row_s_saved_state_holds_for_its_cause_and_an_examined_knee(run, tmp_path):
    run("protocol", "new", "sa", "osteoarthritis", "--state", "calm", "--practice")
    (tmp_path / "clinic.csv").write_text(
        "protocol,cause,code,state,examined_on\n"
        f"sa,,,,{_days_ago(1)}\nsa,,,,\nsa,,,,{_days_ago(40)}\n"
        f"sa,rheumatoid-arthritis,,,{today()}\nsa,,M06.861,,{today()}\nsa,,,calm,\nsa,,,,{_days_ago(-1)}\n")
    run("batch", "clinic.csv", "-o", "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    made = sorted((tmp_path / "out").glob("*.pdf"))
    screened = ["Nobody has examined your knee" in page_texts(path.read_bytes())[0]
                for path in made]

    assert report["unmapped"] == {"protocol-state:not-examined": 2,
                                  "protocol-state:other-cause": 2}
    assert [entry["row"] for entry in report["failed"]] == [7]
    assert screened == [False, True, True, True, True, False]


def test_how_it_is_printed_is_saved_and_what_is_asked_for_wins():
    saved = Protocol("gout", language="es", format="large-print", paper="a4", mono=True,
                     skin="dark").request
    alone, beside = (joined(saved, asked).request for asked in (
        Request(""), Request("", language="en", paper="letter", skin="light")))

    assert (alone.language, alone.format, alone.paper, alone.mono, alone.skin) == (
        "es", "large-print", "a4", True, "dark")
    assert (beside.language, beside.paper, beside.skin) == ("en", "letter", "light")
