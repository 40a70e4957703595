"""Reading a content pack: the knee pack holds, and a wrong pack is told all that is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from handouts import paths
from handouts.errors import PackError, UsageError
from handouts.pack.pack import kept_pack, load_pack
from handouts.system.store import Store

KNEE = paths.data_folder("assets") / "packs" / "knee"
Edit = Callable[[str, str, str], None]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the knee pack; each has a folder of its own, so that the cache never mixes them."""
    return Path(shutil.copytree(KNEE, tmp_path / "knee", ignore=shutil.ignore_patterns("codes")))


@pytest.fixture
def edit(pack: Path) -> Edit:
    """Replaces the first place of a text in a file of the copy."""
    def change(file: str, old: str, new: str) -> None:
        before = (pack / file).read_text(encoding="utf-8")
        assert old in before, f"{file} no longer holds {old!r}"
        (pack / file).write_text(before.replace(old, new, 1), encoding="utf-8")
    return change


def problems(pack: Path) -> list[str]:
    """All problems that loading tells in its one error, sorted."""
    with pytest.raises(PackError) as caught:
        load_pack("knee", pack)
    return sorted(caught.value.problems)


# -- the knee pack ---------------------------------------------------------------------------------


def test_the_knee_pack_loads_with_words_for_each_of_its_languages() -> None:
    knee = load_pack()
    assert (knee.folder, knee.languages, tuple(knee.words)) == (KNEE, ("en", "es"), ("en", "es"))


def test_an_untouched_copy_holds_the_same(pack: Path) -> None:
    copy = load_pack("knee", pack)
    assert (copy.structure, copy.words) == (load_pack().structure, load_pack().words)


def test_a_pack_is_read_once() -> None:
    assert load_pack("knee") is load_pack("knee")


def test_what_is_looked_up_is_the_entry_of_that_id() -> None:
    knee = load_pack()
    assert knee.cause("gout") is knee.structure.causes["gout"]
    assert knee.flag("dvt") is knee.structure.flags["dvt"]
    assert knee.massage("massager") is knee.structure.massages["massager"]
    assert knee.tip("shoes") is knee.structure.tips["shoes"]
    assert knee.words_in("en") is knee.words["en"]


@pytest.mark.parametrize(("kind", "name", "told"), [
    ("cause", "gouty", "there is no such cause\nDid you mean gout?"),
    ("flag", "pregnnt", "there is no such flag\nDid you mean pregnant?"),
    ("massage", "masager",
     "there is no such massage\nDid you mean massager?"),
    ("tip", "shoe", "there is no such tip\nDid you mean shoes?"),
    ("words_in", "xx", "there is no such language\nKnown: en, es."),
])
def test_an_unknown_id_is_told_with_what_is_near_it(kind: str, name: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        getattr(load_pack(), kind)(name)
    assert str(caught.value) == told


# -- one thing wrong -------------------------------------------------------------------------------

WAITING = '[osteoarthritis.states.flare]\nwait = "hot-knee"'


@pytest.mark.parametrize(("slip", "told"), [
    pytest.param(
        ("massages.toml", "cap_times = 2", "cap_times = 2\nfigur = 1"),
        "knee/massages.toml.self-massage.figur: unknown field; did you mean 'figure'?",
        id="unknown field with a near match"),
    pytest.param(
        ("en/tips.toml", 'text = "Ask us about vitamin D."', 'text = "Ask."\nzzz = "a"'),
        "en/tips.toml.bones.zzz: unknown field; known: text, text_left, text_right, title",
        id="unknown field with none"),
    pytest.param(
        ("flags.toml", '[cannot-stand]\nwait', '[cannot-stand]\nwith_ = ["light"]\nwait'),
        "knee/flags.toml.cannot-stand.with_: unknown field; did you mean 'with'?",
        id="unknown field near a renamed one"),
    pytest.param(
        ("causes.toml", "rank = 11\n", ""),
        "knee/causes.toml.osteoarthritis.rank: missing",
        id="missing field"),
    pytest.param(
        ("causes.toml", "rank = 11", 'rank = "11"'),
        "knee/causes.toml.osteoarthritis.rank: must be a whole number",
        id="wrong type"),
    pytest.param(
        ("en/tips.toml", "[bones]\n", "[bonez]\n"),
        "en/tips: no words for 'bones'",
        id="no words for a tip"),
    pytest.param(
        ("en/conditions.toml", "agreed =", "agreedx ="),
        "en/conditions: no words for 'agreed'",
        id="no words for a condition"),
    pytest.param(
        ("en/causes.toml", 'flare = "hot or swollen flare"', ""),
        "en/causes: osteoarthritis.states: there is no 'flare'",
        id="no words for a state"),
    pytest.param(
        ("en/massages.toml", "[deep-tissue]", "[deep]"),
        "en/massages: no words for 'deep-tissue'",
        id="no words for a massage"),
    pytest.param(
        ("en/tips.toml", "Ask us about vitamin D.", "Ask us about vitamin D. " * 4),
        "en/tips.bones.text: 96 characters, the slot holds 95",
        id="over budget"),
    pytest.param(
        ("en/questions.toml", "No. It does not fix the cause.", "It CURES it."),
        "en/questions.cure.answer: the phrase 'cures' claims more than is known",
        id="banned phrase"),
    pytest.param(
        ("en/research.toml", "[perlman-2006]", "[perlman-1906]"),
        "en/research.notes.osteoarthritis.findings.eases.full: there is no 'perlman-1906'",
        id="unknown source"),
    pytest.param(
        ("causes.toml", WAITING, '[osteoarthritis.states.flare]\nwait = "hot"'),
        "causes.toml: osteoarthritis.states.flare.wait: there is no 'hot'",
        id="unknown wait"),
    pytest.param(
        ("causes.toml", 'massager = { verdict = "yes" }',
         'massager = { verdict = "yes" }\nmassagr = { verdict = "no" }'),
        "causes.toml: osteoarthritis.states.calm.massages: there is no 'massagr'",
        id="unknown massage in a state"),
    pytest.param(
        ("causes.toml", 'massager = { verdict = "yes" }\n', ""),
        "causes.toml: osteoarthritis.states.calm.massages: rule 'massager' once, as yes, if or no",
        id="a state without a verdict"),
    pytest.param(
        ("checks.toml", '[pregnant]\nflags = ["pregnant"]\ngroup = "birth"\n', ""),
        "checks.toml, signs.toml: no line asks for the flag 'pregnant'",
        id="a flag that no line asks for"),
    pytest.param(
        ("checks.toml", '["anticoagulant"]', '["anticoagulant", "tired"]'),
        "checks.toml, signs.toml: there is no 'tired'",
        id="a line that asks for an unknown flag"),
    pytest.param(
        ("en/interface.toml", '"Oct", "Nov", "Dec"]', '"Oct", "Nov"]'),
        "en/interface.dates.months: name the twelve months",
        id="a month without its name"),
    pytest.param(
        ("en/interface.toml", '"{month} {day}, {year}"', '"{month} {day}"'),
        "en/interface.dates.pattern: say {day}, {month} or {number}, and {year}, each once",
        id="a date without its year"),
    pytest.param(
        ("en/interface.toml", '"{month} {day}, {year}"', '"{month} {dai}, {year}"'),
        "en/interface.dates.pattern: say {day}, {month} or {number}, and {year}, each once",
        id="a date with an unknown field"),
    pytest.param(
        ("en/interface.toml", 'es = "Spanish"\n', ""),
        "en/interface.languages: no name for 'es'",
        id="a language without a name"),
])
def test_one_slip_is_told_as_one_problem(
        pack: Path, edit: Edit, slip: tuple[str, str, str], told: str) -> None:
    edit(*slip)
    assert problems(pack) == [told]


def test_marks_do_not_count_against_the_budget(pack: Path, edit: Edit) -> None:
    edit("en/tips.toml", "Ask us about vitamin D.", "Ask us about **vitamin D** or K.")
    assert load_pack("knee", pack).words_in("en").tips["bones"].text == (
        "Ask us about **vitamin D** or K.")


def test_bad_toml_is_told_with_its_line(pack: Path) -> None:
    (pack / "tips.toml").write_text("[bones\n", encoding="utf-8")
    assert problems(pack) == [
        "knee/tips.toml: not written as TOML is, at line 1, column 7; mend that place"]


def test_a_missing_file_is_told(pack: Path) -> None:
    (pack / "tips.toml").unlink()
    assert problems(pack) == ["knee/tips.toml: the file is missing"]


def test_a_file_that_is_not_utf_8_is_told(pack: Path) -> None:
    (pack / "tips.toml").write_bytes("# Rückseite\n".encode("latin-1"))
    assert problems(pack) == ["knee/tips.toml: not UTF-8 text; save it as UTF-8"]


@pytest.mark.parametrize("name", ["folder", "nowhere"])
def test_where_there_is_no_pack_it_is_refused_without_repeating_what_was_typed(
        tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(PackError) as caught:
        load_pack(folder=tmp_path / name)
    assert str(caught.value) == (
        "pack: there is no such pack\n"
        "Name one that is built in (knee), or a folder that holds a pack.toml.")


# -- many things wrong -----------------------------------------------------------------------------


def test_all_slips_in_the_files_free_of_language_are_told_at_once(pack: Path, edit: Edit) -> None:
    edit("massages.toml", "cap_times = 2", "cap_times = 2\nfigur = 1")
    edit("causes.toml", "rank = 11", 'rank = "11"')
    edit("causes.toml", "rank = 4\n", "")
    (pack / "tips.toml").unlink()
    (pack / "helps.toml").write_bytes(b"\xff")
    (pack / "waits.toml").write_text("x = ", encoding="utf-8")
    assert problems(pack) == [
        "knee/causes.toml.ligament-tear.rank: missing",
        "knee/causes.toml.osteoarthritis.rank: must be a whole number",
        "knee/helps.toml: not UTF-8 text; save it as UTF-8",
        "knee/massages.toml.self-massage.figur: unknown field; did you mean 'figure'?",
        "knee/tips.toml: the file is missing",
        "knee/waits.toml: not written as TOML is, at its end; mend that place",
    ]


def test_a_wrong_structure_does_not_hide_what_is_wrong_with_the_words(
        pack: Path, edit: Edit) -> None:
    (pack / "tips.toml").unlink()
    edit("en/tips.toml", "[bones]\n", "[bones]\nicon = 1\n")

    told = problems(pack)

    assert told[0].startswith("en/tips.toml.bones.icon: unknown field")
    assert told[1:] == ["knee/tips.toml: the file is missing"]


def test_a_folder_in_place_of_a_file_is_told(pack: Path) -> None:
    (pack / "tips.toml").unlink()
    (pack / "tips.toml").mkdir()

    assert problems(pack) == ["knee/tips.toml: is not a file"]


def test_a_pack_without_a_language_is_told(pack: Path, edit: Edit) -> None:
    edit("pack.toml", 'languages = ["en", "es"]', "languages = []")

    assert problems(pack) == ["pack.toml: languages: name at least one"]


def test_another_language_may_be_a_quarter_longer(pack: Path, edit: Edit) -> None:
    edit("es/tips.toml", "Pregunte por la vitamina D.", "Pregunte por la vitamina D. " * 4)
    assert load_pack("knee", pack).languages == ("en", "es")


def test_a_text_over_that_quarter_and_a_banned_claim_are_told_in_that_language(
        pack: Path, edit: Edit) -> None:
    edit("es/tips.toml", "Pregunte por la vitamina D.",
         f"{'Pregunte por la vitamina D. ' * 4}Está comprobado.")
    assert problems(pack) == [
        "es/tips.bones.text: 128 characters, the slot holds 118",
        "es/tips.bones.text: the phrase 'comprobado' claims more than is known"]


SIGNED = ('[[signature]]\nlanguage = "en"\ndigest = "BBBB-CCCC"\nversion = "1.0"\n'
          'name = "Dr. Kim Lee"\nrole = "Family doctor"\nregistration = "GMC 1234567"\n'
          'on = 2026-11-24\nuntil = 2028-11-24\n')


@pytest.mark.parametrize(("old", "new", "told"), [
    ('"en"', '"fr"', "review.toml: signature 1: language: there is no 'fr'"),
    ('"GMC 1234567"', '" "', "knee/review.toml.signature[0].registration: must be one line of "
                             "text, in quotes, of at most 60 characters"),
    ("on = 2026-11-24\n", "", "knee/review.toml.signature[0].on: missing"),
    ("on = 2026-11-24", "on = 2026-11-22", "review.toml: signature 1: on: the content is of "
                                           "2026-11-23, and nobody reviewed it before"),
    ("until =", 'causes = ["gou"]\nuntil =', "review.toml: signature 1: causes: there is no 'gou'"),
])
def test_a_signature_is_whole_and_of_what_the_pack_has(pack: Path, edit: Edit, old: str, new: str,
                                                       told: str) -> None:
    (pack / "review.toml").write_text(SIGNED.replace(old, new), encoding="utf-8")
    assert problems(pack) == [told]


def test_all_slips_between_the_files_are_told_at_once(pack: Path, edit: Edit) -> None:
    edit("causes.toml", WAITING, '[osteoarthritis.states.flare]\nwait = "hot"')
    edit("checks.toml", '[pregnant]\nflags = ["pregnant"]\ngroup = "birth"\n', "")
    edit("en/tips.toml", "[bones]\n", "[bonez]\n")
    edit("en/tips.toml", "Take them all, on time.", "Take them all, on time. " * 4)
    edit("en/questions.toml", "No. It does not fix the cause.", "No. It is proven.")
    edit("en/research.toml", "[perlman-2006]", "[perlman-1906]")
    assert problems(pack) == [
        "causes.toml: osteoarthritis.states.flare.wait: there is no 'hot'",
        "checks.toml, signs.toml: no line asks for the flag 'pregnant'",
        "en/questions.cure.answer: the phrase 'proven' claims more than is known",
        "en/research.notes.osteoarthritis.findings.eases.full: there is no 'perlman-1906'",
        "en/tips.antibiotics.text: 96 characters, the slot holds 95",
        "en/tips: no words for 'bones'",
    ]


def test_the_error_counts_and_lists_the_problems_and_names_the_pack(pack: Path) -> None:
    (pack / "tips.toml").unlink()
    with pytest.raises(PackError) as caught:
        load_pack("knee", pack)
    assert str(caught.value) == ("knee: the pack has 1 problem(s)\n"
                                 "  knee/tips.toml: the file is missing\n"
                                 "Mend the fields named above.")


# -- kept ------------------------------------------------------------------------------------------


def test_what_was_kept_is_the_pack_as_it_was_read(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = (kept_pack(store, "a") for _ in range(2))

    assert first is load_pack()
    assert second is not first
    assert second == first


def test_a_changed_or_damaged_pack_is_read_anew(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept_pack(store, "a")
    [path] = tmp_path.iterdir()
    key = path.stem.removeprefix("handouts-")
    store.put(key, b"no pack")

    assert kept_pack(store, "a") is load_pack()
    assert kept_pack(store, "b") is load_pack()
    assert kept_pack(store, "a") is not load_pack()
