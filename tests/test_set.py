"""The waiting-room set: complete, valid, listed as it is, never deleting what is not its own."""

import json
import re

import pikepdf
import pytest
from helpers import TODAY, page_texts, standards, tag_tree

import cli
from handouts.check import check
from handouts.compose.lists import sort_key
from handouts.errors import ExitCode, OutputError, UsageError
from handouts.paths import default_brand_path
from handouts.press.press import Press
from handouts.request.request import Request
from handouts.waiting import WaitingRoom


@pytest.fixture(scope="module")
def room(press, knee):
    """A waiting room that prints with the built-in brand."""
    return WaitingRoom(press, Request(""), TODAY)


@pytest.fixture(scope="module")
def filled(room, tmp_path_factory):
    """A folder filled with the handouts of all languages, and what was made."""
    folder = tmp_path_factory.mktemp("room") / "new"
    return folder, room.handouts(folder)


def rows(data):
    """The rows of the tables of a PDF, as lists of their cells' texts."""
    cells, found = re.compile(r'^ *(TR|TH|TD)(?: "(.*)")?$', re.M), []
    for kind, words in cells.findall(tag_tree(data)):
        if kind == "TR":
            found.append([])
        else:
            found[-1].append(words)
    return found


# -- the files -------------------------------------------------------------------------------------


def test_there_is_a_handout_for_every_cause_and_language_and_a_list(filled, knee):
    folder, made = filled
    wanted = {f"{name}-{language}.pdf" for language in knee.languages
              for name in ("index", *knee.structure.causes)}

    assert {file.file for file in made.files} == wanted
    assert {path.name for path in folder.iterdir()} == wanted


def test_every_file_is_valid_and_in_its_language(filled):
    folder, made = filled
    for file in made.files:
        data = (folder / file.file).read_bytes()

        assert standards(data) == [], file
        with pikepdf.open(folder / file.file) as pdf:
            assert str(pdf.Root.Lang) == file.language
            assert len(pdf.pages) == file.pages


def test_a_handout_is_the_screened_one_with_blanks(filled, press):
    folder, _ = filled
    data = (folder / "osteoarthritis-en.pdf").read_bytes()

    assert data == press.handout(Request("osteoarthritis", language="en"), TODAY).pdf
    assert "Nobody has examined your knee for this sheet." in page_texts(data)[0]


def test_causes_stand_in_the_order_of_their_names(filled, knee):
    _, made = filled
    names = [knee.words_in("es").causes[file.cause].name for file in made.files
             if file.language == "es" and file.cause]

    assert names == sorted(names, key=sort_key)
    assert names[0] == "Artritis reumatoide"


def test_accents_do_not_change_the_order():
    assert sorted(["Zona", "Ácido", "Bursitis", "acné"], key=sort_key) == [
        "Ácido", "acné", "Bursitis", "Zona"]


# -- the list --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_list_tells_of_every_file_what_it_is(filled, knee, language):
    folder, made = filled
    words = knee.words_in(language)
    listed = [row for row in rows((folder / f"index-{language}.pdf").read_bytes())
              if row[0] != words.waiting.index.cause]
    wanted, shown = [], []
    for file in made.files:
        if file.language == language and file.cause:
            with pikepdf.open(folder / file.file) as pdf:
                wanted.append([words.causes[file.cause].name, file.file, str(len(pdf.pages))])
                shown.append([words.causes[file.cause].name,
                              str(pdf.docinfo.Title).split(":")[0]])

    assert sorted(listed) == sorted([*wanted, *shown])


def test_what_must_wait_stands_under_the_agreed_line(filled, knee):
    text, files = page_texts((filled[0] / "index-en.pdf").read_bytes())
    line = text.index(knee.words_in("en").safety.fixed["hot"])

    assert text.index("Osteoarthritis") < line < text.index("Fracture")
    assert ".pdf" not in text  # that is for the staff
    assert "fracture-en.pdf" in files


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_list_is_a_page_for_patients_and_one_for_the_staff(filled, language):
    _, made = filled
    [listed] = [file for file in made.files if file.file == f"index-{language}.pdf"]

    assert listed.pages == 2
    assert check((filled[0] / listed.file).read_bytes()).findings == ()


def test_a_list_for_one_knee_on_another_paper_in_black_is_two_pages_without_a_finding(
        press, tmp_path):
    """Both papers in both languages are in tests/sweep/test_documents.py."""
    be_two_pages_without_a_finding(press, tmp_path, "es", "a4")


def be_two_pages_without_a_finding(press, tmp_path, language, paper):
    room = WaitingRoom(press, Request("", paper=paper, side="left", mono=True), TODAY)
    made = room.handouts(tmp_path, (language,))
    data = (tmp_path / f"index-{language}.pdf").read_bytes()

    assert made.files[-1].pages == 2
    assert check(data).findings == ()


# -- the folder ------------------------------------------------------------------------------------


def test_a_second_run_makes_the_same_bytes(filled, room):
    folder, made = filled
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert room.handouts(folder) == made
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_of_no_set_are_told_and_stay(room, tmp_path):
    for name in ("gone-en.pdf", "poster-tendonitis-es.pdf", "notes.txt"):
        (tmp_path / name).write_bytes(b"of an earlier year")
    made = room.handouts(tmp_path, ("en", "en"))

    assert made.stale == ("gone-en.pdf",)
    assert (tmp_path / "gone-en.pdf").read_bytes() == b"of an earlier year"
    assert (tmp_path / "poster-tendonitis-es.pdf").exists()


def test_a_file_that_no_set_made_stops_it_before_anything_is_made(room, tmp_path):
    path = tmp_path / "osteoarthritis-en.pdf"
    path.write_bytes(b"%PDF-1.7 of another program")
    with pytest.raises(UsageError) as caught:
        room.handouts(tmp_path, ("en",))

    assert caught.value.where == str(path)
    assert [file.read_bytes()[9:] for file in tmp_path.iterdir()] == [b"of another program"]
    room.handouts(tmp_path, ("en",), force=True)
    assert path.stat().st_size > 40_000


def test_a_language_that_the_pack_lacks_is_refused_before_anything_is_made(room, tmp_path):
    with pytest.raises(UsageError):
        room.handouts(tmp_path / "new", ("en", "xx"))
    assert not (tmp_path / "new").exists()


def test_a_folder_that_can_t_be_made_is_told(room, tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="can't be used as a folder"):
        room.handouts(tmp_path / "file")


def test_posters_are_made_where_there_is_a_routine(knee, tmp_path):
    room = WaitingRoom(Press(default_brand_path()), Request("", paper="a4"), TODAY)
    made = room.posters(tmp_path, ("en",))

    assert [file.file for file in made.files] == [
        f"poster-{name}-en.pdf" for name in ("knee-pain", "osteoarthritis", "rheumatoid-arthritis",
                                             "tendonitis")]
    assert {file.pages for file in made.files} == {1}


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Runs a command line in a folder of its own → code, stdout, stderr."""
    monkeypatch.setenv("HANDOUTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HANDOUTS_RECORDS", str(tmp_path / "records"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    monkeypatch.chdir(tmp_path)

    def ran(*words):
        code = cli.run(words)
        return code, *capsys.readouterr()

    return ran


def test_the_command_says_what_it_made(run, tmp_path):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "old.pdf").write_bytes(b"")
    code, out, err = run("set", "-o", "room", "--lang", "en")

    assert code == ExitCode.DONE
    assert out.splitlines()[-1] == "room/index-en.pdf"
    assert "old.pdf belongs to no set" in err


def test_the_command_says_it_as_json_and_a_poster_is_known_by_its_id(run, tmp_path):
    _, out, _ = run("set", "-o", "room", "--layout", "poster", "--lang", "es", "--json")
    told = json.loads(out)
    [text] = page_texts((tmp_path / "room" / "poster-tendonitis-es.pdf").read_bytes())
    own = re.search(r"Hoja ([0-9A-Z]{4}-[0-9A-Z]{4})", text)[1]
    code, shown, _ = run("show", own, "--json")

    assert told["folder"] == "room"
    assert told["stale"] == []
    assert told["files"][0] == {
        "file": "poster-rheumatoid-arthritis-es.pdf", "language": "es", "pages": 1,
        "cause": "rheumatoid-arthritis", "title": "Masaje para su rodilla", "waits": False}
    assert (code, json.loads(shown)["cause"]) == (ExitCode.DONE, "tendonitis")


@pytest.mark.parametrize(("words", "wanted"), [
    (("set",), ExitCode.USAGE),
    (("set", "-o", "room", "--lang", "tlh"), ExitCode.USAGE),
    (("set", "-o", "room", "--layout", "poster", "--large-print"), ExitCode.USAGE),
    (("set", "-o", "file"), ExitCode.OUTPUT)])
def test_a_wrong_call_ends_with_its_code(run, tmp_path, words, wanted):
    (tmp_path / "file").write_bytes(b"")
    code, out, err = run(*words)

    assert code == wanted
    assert out == ""
    assert "Traceback" not in err
