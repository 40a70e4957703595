"""A pack owns its part of the body: another one prints everything, and code knows no id of either.

The pack in tests/packs/back has regions of its own, four steps, no heat and no oil.
"""

import dataclasses
import json
import re
import shutil
from datetime import date
from pathlib import Path

import feedparser
import pytest
from helpers import TODAY, page_texts, standards
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from web_helpers import JSON, client_of

import cli
from handouts import batch, readers
from handouts import document as doc
from handouts.brand.brand import read_brand
from handouts.brand.reviews import Reviews
from handouts.check import check
from handouts.coding import codes
from handouts.compose.compose import compose
from handouts.errors import PackError, UnsafeError
from handouts.infobutton import answer
from handouts.pack.pack import Pack, load_pack
from handouts.pack.structure import VerdictData
from handouts.paths import default_brand_path, pack_path
from handouts.press.press import Press
from handouts.press.summary import summary
from handouts.request.request import Patient, Request
from handouts.rules.choices import choose
from handouts.rules.safety import decide
from handouts.system.store import Store
from handouts.waiting import WaitingRoom
from handouts.web.site import open_site

ROOT = Path(__file__).parent.parent
BACK = ROOT / "tests" / "packs" / "back"
KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in load_pack(folder=BACK).structure.causes.items()
          for state in (None, *data.states)]
# Words of a part of the body, in the languages that the built-in pack has.
BODY = re.compile("knee|kneecap|calf|thigh|rodilla|rótula|pantorrilla|muslo", re.IGNORECASE)


@pytest.fixture(scope="module")
def back():
    """The pack of the back."""
    return load_pack(folder=BACK)


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """A brand whose name is about no part of the body."""
    file = tmp_path_factory.mktemp("brand") / "brand.toml"
    file.write_text('name = "Riverside"\nphone = "555-0100"\n')
    return file


@pytest.fixture(scope="module")
def back_press(practice):
    """A press that prints it."""
    return Press(practice, pack=BACK)


@pytest.fixture
def copied(tmp_path):
    """Copies a pack: copied(folder) → an editor of the copy, edit(file, old, new), and its folder.
    """

    def made(folder):
        copy = Path(shutil.copytree(folder, tmp_path / "copy",
                                    ignore=shutil.ignore_patterns("codes")))

        def edit(file, old, new):
            before = (copy / file).read_text(encoding="utf-8")
            assert old in before
            (copy / file).write_text(before.replace(old, new, 1), encoding="utf-8")

        return edit, copy

    return made


def problems(folder):
    """All that is wrong with a pack."""
    with pytest.raises(PackError) as caught:
        load_pack(folder=folder)
    return sorted(caught.value.problems)


def test_no_module_and_no_page_text_knows_a_part_of_the_body():
    files = [ROOT / "cli.py", *(path for folder in ("handouts", "templates")
                                for path in (ROOT / folder).rglob("*") if path.is_file()
                                and path.suffix in (".py", ".j2", ".toml", ".css", ".js"))]
    found = [f"{path.relative_to(ROOT)}: {line.strip()}" for path in files
             for line in path.read_text(encoding="utf-8").splitlines() if BODY.search(line)]

    assert found == []


# -- another pack prints all that there is ---------------------------------------------------------


@pytest.mark.parametrize("layout", ["", "large-print"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_a_pack_of_another_part_prints_valid_handouts(back_press, cause, state, layout):
    made = back_press.handout(Request(cause, state=state, side="left", format=layout), TODAY)

    assert standards(made.pdf) == []
    assert check(made.pdf, BACK).findings == ()
    assert "back" in " ".join(page_texts(made.pdf))
    assert BODY.search(" ".join(page_texts(made.pdf))) is None


def test_its_routine_has_four_steps_and_the_ball_only_for_the_examined(back_press):
    calm = back_press.handout(Request("osteoarthritis", state="calm"), TODAY)
    screened = back_press.handout(Request("osteoarthritis"), TODAY)

    assert "Only if we said yes. Put a soft ball" in page_texts(calm.pdf)[2]
    assert re.findall(r"\b([1-9])(?= (?:Loosen up|Rub|Flat hands)|: move and rest)",
                      " ".join(page_texts(screened.pdf)[2:])) == ["1", "2", "3", "4"]
    assert "ball" not in " ".join(page_texts(screened.pdf))


def test_it_prints_html_poster_batch_and_an_infobutton_answer(back, back_press, practice, tmp_path):
    page = back_press.page(Request("osteoarthritis", state="calm", side="right"), TODAY).decode()
    assert "Massage for the right of your back" in page
    assert BODY.search(page) is None

    posters = WaitingRoom(back_press, Request("", side="left"), TODAY).posters(tmp_path)
    [poster] = posters.files  # the pack names the one that it has a poster of
    assert poster.file == "poster-back-strain-en.pdf"
    assert standards((tmp_path / poster.file).read_bytes()) == []
    assert check(tmp_path / poster.file, BACK).findings == ()

    table = tmp_path / "rows.csv"
    table.write_text("code,back side,name\nM47.816,left,Ana Ruiz\nS39.012D,right,Bo Lee\n")
    rows = readers.read([table], back, today=TODAY)
    job = batch.Job(tmp_path / "out", practice, pack=BACK, jobs=1,
                    fhir_out=tmp_path / "refs.ndjson")
    report = batch.run(rows, job, today=TODAY)
    made = sorted((tmp_path / "out").glob("*.pdf"))
    assert (report.exit_code, len(made)) == (0, 2)
    assert [standards(file.read_bytes()) for file in made] == [[], []]
    assert ["the left of your back" in page_texts(made[0].read_bytes())[0],
            "the right of your back" in page_texts(made[1].read_bytes())[0]] == [True, True]
    told = json.loads((tmp_path / "refs.ndjson").read_text().splitlines()[0])
    assert told["description"] == "Handout on massage for back pain: osteoarthritis"

    asked = [("mainSearchCriteria.v.c", "M47.816"),
             ("mainSearchCriteria.v.cs", "2.16.840.1.113883.6.90")]
    feed = feedparser.parse(answer(asked, Reviews(back, read_brand(practice), TODAY)).body)
    assert [entry.title for entry in feed.entries] == ["Massage for your back: Worn back joints"]


def test_its_summary_for_a_record_is_about_the_back(back, back_press):
    request = Request("osteoarthritis", state="calm", side="left")
    facts = back_press.handout(request, TODAY).facts

    assert summary(choose(request, back, today=TODAY), facts, back)[0].startswith(
        f"Handout {facts['id']} on massage for back pain given: Worn back joints; left side of "
        "the back; calm")


def test_packs_that_share_a_cause_share_no_plate_and_no_id(tmp_path):
    store = Store(tmp_path)
    request = Request("osteoarthritis", patient=Patient("Ana Ruiz"))
    presses = [Press(default_brand_path(), pack=pack, store=store) for pack in
               (None, BACK, None, BACK)]
    made = [press.handout(request, TODAY) for press in presses]

    assert len({press.fingerprint for press in presses}) == 2
    assert [handout.facts["pack"] for handout in made] == ["knee", "back"] * 2
    assert (made[0], made[1]) == (made[2], made[3])
    assert made[0].facts["id"] != made[1].facts["id"]


def test_a_pack_of_the_same_words_under_another_id_has_other_ids_of_handouts(copied):
    edit, copy = copied(BACK)
    edit("pack.toml", 'id = "back"', 'id = "loin"')
    ids = {Press(default_brand_path(), pack=pack).handout(Request("strain"), TODAY).facts["id"]
           for pack in (BACK, copy)}

    assert len(ids) == 2


def test_a_change_in_a_pack_s_own_folder_is_a_change_of_the_press(copied):
    edit, copy = copied(BACK)
    before = Press(default_brand_path(), pack=copy).fingerprint
    edit("figures/flat.svg", "Flat hands", "Flat palms")

    assert Press(default_brand_path(), pack=copy).fingerprint != before


def test_the_default_pack_is_the_one_that_is_named_beside_the_packs():
    assert pack_path(None) == pack_path("knee") == KNEE.folder
    assert pack_path(str(BACK)) == BACK
    assert KNEE.prefix == ""


# -- the command line ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [
    ("make", "strain", "-o", "a.pdf"), ("list", "causes"), ("set", "-o", "set"),
    ("infobutton", "mainSearchCriteria.v.c=M47.816&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90"),
    ("make", "--code", "M47.816", "-o", "a.pdf", "--summary")])
def test_a_command_takes_another_pack(capsys, monkeypatch, tmp_path, practice, words):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOUTS_BRAND", str(practice))

    assert cli.run([*words, "--pack", str(BACK)]) == 0
    told = capsys.readouterr()
    assert BODY.search(told.out + told.err) is None


def test_check_holds_a_handout_against_the_disclaimer_of_its_pack(capsys, tmp_path, back_press):
    file = tmp_path / "a.pdf"
    file.write_bytes(back_press.handout(Request("strain"), TODAY).pdf)

    assert cli.run(["check", str(file), "--pack", str(BACK)]) == 0
    assert cli.run(["check", str(file)]) == 1
    assert "short disclaimer is not at the foot" in capsys.readouterr().out


def test_the_page_asks_for_the_side_in_the_words_of_the_pack(practice):
    site = open_site(practice, pack=BACK, keep=False)
    with client_of(site) as browser:
        page = browser.get("/").text
        form = browser.post("/preview", data={"diagnosis": "strain"}, headers=JSON).json()["form"]

    assert "Which side of the back?" in form
    assert "For example worn back joints, back strain, or M47.816." in page
    assert BODY.search(page + form) is None


def test_a_pack_that_is_not_there_is_refused_without_a_word_of_what_was_typed(capsys):
    assert cli.run(["make", "strain", "--pack", "Ana Ruiz"]) == 4
    assert capsys.readouterr().err == (
        "handouts: --pack: there is no such pack\n"
        "Name one that is built in (knee), or a folder that holds a pack.toml.\n")


# -- what the program asks of a pack ---------------------------------------------------------------


@pytest.mark.parametrize(("file", "old", "new", "told"), [
    ("body.toml", 'routine = "own-hands"', 'routine = "own-hand"',
     "body.toml: routine: there is no 'own-hand'"),
    ("body.toml", 'routine = "own-hands"\n', "", "copy/body.toml.routine: missing"),
    ("body.toml", 'ask_first = "ask-first"', 'ask_first = "ask"',
     "body.toml: ask_first: there is no 'ask'"),
    ("body.toml", 'agreed = "agreed"', 'agreed = "yes"', "en/conditions: no words for 'yes'"),
    ("body.toml", 'light = ["light"]', 'light = ["lihgt"]',
     "body.toml: light: there is no 'lihgt'"),
    ("body.toml", 'keep_off = "keep-off"', 'keep_off = "zones"',
     "zones.svg: there is no figure 'zones'; add the SVG, or name another figure."),
    ("body.toml", 'in_full = "water"', 'in_full = "calf"',
     "body.toml: in_full: there is no 'calf'"),
    ("body.toml", 'agreed = "agreed"', 'agreed = "agreed"\nguided = "ice"',
     "body.toml: guided: there is no 'ice'"),
    ("massages.toml", "times = 3\n", "times = 3\nbeside = { towel = \"light\" }\n",
     "massages.toml: own-hands.beside: there is no 'towel'"),
    ("routine.toml", 'dosed_by = "ball"', 'not_with = "bal"',
     "routine.toml: ball: there is no 'bal'"),
    ("waits.toml", '"no-rub"]', '"no-run"]', "waits.toml: nerve.do: there is no 'no-run'"),
    ("acts.toml", 'signs = ["hot"]', 'signs = ["hto"]',
     "acts.toml: call-today.signs: there is no 'hto'"),
    ("signs.toml", 'flags = ["numb-legs"]\n', "",
     "checks.toml, signs.toml: no line asks for the flag 'numb-legs'"),
    ("questions.toml", 'massage = "own-hands"', 'massage = "spa"',
     "questions.toml: each-day: there is no 'spa'"),
    ("incompatible.toml", '"safety.after.sore"', '"safety.after.pain"',
     "en: incompatible.toml: there is no slot 'safety.after.pain'"),
    ("body.toml", 'massage = "ball"', 'massage = "roller"',
     "body.toml: parts.ball.massage: there is no 'roller'"),
    ("body.toml", 'region = "muscle"', 'region = "neck"',
     "body.toml: parts.ball.region: there is no 'neck'"),
    ("body.toml", 'regions = ["muscle", "buttock"]', 'regions = ["muscle"]',
     "massages.toml: own-hands.regions: there is no 'buttock'"),
    ("body.toml", '"spine", "hip-bone"]', '"spine", "rib"]',
     "spine-joints.anchors.json, for causes.toml: osteoarthritis: there is no 'rib'"),
    ("body.toml", 'joint = "spine"', 'joint = "disc"',
     "body.toml: labels, for causes.toml: osteoarthritis.part: there is no 'disc'"),
    ("body.toml", 'posters = ["strain"]', 'posters = ["sprain"]',
     "body.toml: waiting.posters: there is no 'sprain'"),
    ("body.toml", '[fixed]\n', '[fixed]\nbreathe = ["routine.rail.emergency"]\n',
     "en/safety.fixed: no words for 'breathe'"),
    ("en/safety.toml", 'hurts = "Stop if it hurts."', 'hurts = "Stop when it hurts."',
     "en/waiting.poster.stop_title: does not hold the fixed line 'hurts' word for word"),
    ("en/conditions.toml", 'on-buttock = "On the buttock only."\n', "", ""),
    ("en/conditions.toml", 'on-muscle = "On the long back muscles only."\n', "",
     "en/conditions: no words for 'on-muscle'"),
    ("en/body.toml", 'which = "Which side of the back?"\n', "", "en/body.toml.which: missing"),
    ("pack.toml", 'en = ["cures", "heals", "slipped disc back in"]', "",
     "pack.toml: banned.en: name what no text in this language may claim"),
    ("pack.toml", 'id = "back"', 'id = "My back"',
     "pack.toml: id: write it in small letters, digits and hyphens"),
    ("pack.toml", 'figures = "figures"', 'figures = "../figures"',
     "pack.toml: figures: name a folder inside the pack"),
    ("figures/hug.svg", ' data-side="none"', "",
     "hug.svg: the figure 'hug' doesn't tell which side it shows; "
     'write data-side="left", "right" or "none" into its <svg>.'),
    ("figures/muscles.anchors.json", "[\n    0.4,\n    0.5\n  ]", "7",
     "muscles.anchors.json, for causes.toml: strain: write it, with a place for each label: "
     '{"NAME": [across, down]}'),
    ("causes.toml", "rank = 2\n", 'rank = 2\nkinds = ["osteoarthritis"]\n',
     "causes.toml: osteoarthritis.kinds: 'osteoarthritis' is of several kinds itself; name those"),
    ("routine.toml", 'part = "ball"', 'part = "heat"',
     "routine.toml: ball.part: there is no 'heat'"),
    ("routine.toml", 'id = "finish"\nstep = 4', 'id = "finish"\nstep = 4\nfigure = "flat"',
     "routine.toml: let the last cell be one that no rule takes out, without a figure"),
    ("routine.toml", "minutes = [3, 3]\nleast = 1", "minutes = [9, 9]\nleast = 9",
     "routine.toml: the cells take 13 minutes at least, and a dose of own-hands has 10"),
    ("signs.toml", 'order = "today"\n', 'order = "today"\npicture = "rain"\n',
     "signs.toml: fall.picture: there is no 'rain'"),
    ("causes.toml", 'figure = "spine-joints"\n', 'figure = "spine-joints"\npair = ["spine"]\n',
     "spine.svg: there is no figure 'spine'; add the SVG, or name another figure."),
    ("tips.toml", 'icon = "moon"', 'icon = "mon"', "tips.toml: sleep.icon: there is no 'mon'"),
    ("causes.toml", 'parts = ["ball"]', 'parts = ["heat"]',
     "causes.toml: osteoarthritis.states.calm.routine.parts: there is no 'heat'"),
    ("causes.toml", 'routine = { parts = ["ball"], moves = ["roll", "hug"] }', "",
     "causes.toml: osteoarthritis.states.calm: allow 'own-hands' with a routine, or not at all"),
    ("flags.toml", 'moves = { roll = "yes", hug = "no" }', 'moves = { roll = "yes" }',
     "flags.toml: weak-bones.moves: rule 'hug' once, as yes or no"),
    ("flags.toml", 'no = ["ball"]\n', "",
     "flags.toml: weak-bones: rule 'ball' once, as no, ask or yes"),
])
def test_what_a_pack_lacks_is_told_with_its_place(copied, file, old, new, told):
    edit, copy = copied(BACK)
    edit(file, old, new)

    if told:
        assert told in problems(copy)
    else:  # a line that no rule of this pack leads to
        assert load_pack(folder=copy).languages == ("en",)


@pytest.mark.parametrize(("text", "told"), [
    ('{"clock": [0.5, 0.5, 0.2]}',
     "clock.svg: there is no figure 'signs/clock'; add the SVG, or name another figure."),
    ('{"clock": 1}', 'hug.signs.json: write it as {"SIGN": [across, down, width]}'),
    ("{", 'hug.signs.json: write it as {"SIGN": [across, down, width]}')])
def test_a_wrong_sign_on_a_drawing_is_told_with_its_place(copied, text, told):
    _, copy = copied(BACK)
    (copy / "figures" / "hug.signs.json").write_text(text)

    assert problems(copy) == [told]


def test_a_code_table_that_names_what_is_not_there_is_told(tmp_path):
    copy = Path(shutil.copytree(BACK, tmp_path / "copy"))
    table = copy / "codes" / "icd10cm.csv"
    table.write_text(table.read_text().replace("osteoarthritis,M47", "arthrosis,M47"))

    with pytest.raises(PackError, match=r"codes/icd10cm\.csv: a code names a cause"):
        codes.find(load_pack(folder=copy), "M47.816")
    table.write_text("code,cause\n")
    other = Path(shutil.copytree(copy, tmp_path / "other"))
    with pytest.raises(PackError, match="there is no column 'ask'"):
        codes.find(load_pack(folder=other), "M47.816")


def test_a_pack_without_a_code_table_has_no_codes(back):
    assert codes.find(back, "30989003", "snomed") is None
    assert codes.mapped(back, "snomed") == ()


# -- rules fail closed -----------------------------------------------------------------------------

ROLLER = """
[foam-roller]
who = "you"
figure = "massager"
regions = ["thigh", "calf"]
standing = ["lowest"]
pressure = "lowest"
minutes = [5, 5]
gentle_minutes = [5, 5]
times = 2
cap_minutes = 10
cap_times = 7
"""


@pytest.fixture
def with_roller(copied):
    """A copy of the knee pack with a massage more, ruled in every state, under no flag."""
    _, copy = copied(KNEE.folder)
    with (copy / "massages.toml").open("a") as file:
        file.write(ROLLER)
    for language in ("en", "es"):
        with (copy / language / "massages.toml").open("a") as file:
            file.write('\n[foam-roller]\nname = "Foam roller"\nabout = "You roll on it."\n')
    causes = copy / "causes.toml"
    causes.write_text(re.sub(r"^(massager = .*)$", r'\1\nfoam-roller = { verdict = "yes" }',
                             causes.read_text(), flags=re.M))
    return copy


def unruled_flags(folder):
    """The flags of a pack of which a problem says that they do not rule the roller."""
    return [found[1] for problem in problems(folder) if (found := re.fullmatch(
        r"flags\.toml: ([a-z-]+): rule 'foam-roller' once, as no, ask or yes", problem))]


def test_a_massage_that_no_flag_rules_is_refused_naming_flag_and_massage(with_roller):
    restricting = [name for name, flag in KNEE.structure.flags.items() if not flag.wait]

    assert unruled_flags(with_roller) == sorted(restricting)
    assert len(problems(with_roller)) == len(restricting)


def test_ruled_for_all_flags_but_one_it_is_refused_and_ruled_for_all_it_prints(with_roller):
    flags = with_roller / "flags.toml"
    ruled = re.sub(r"^parts = ", 'others = "no"\nparts = ', flags.read_text(), flags=re.M)
    before, _, after = ruled.partition("[cancer]")
    flags.write_text(before + "[cancer]" + after.replace('others = "no"\n', "", 1))
    assert unruled_flags(with_roller) == ["cancer"]

    flags.write_text(ruled)
    copy = Path(shutil.copytree(with_roller, with_roller.parent / "ruled"))
    press = Press(default_brand_path(), pack=copy)
    request = Request("osteoarthritis", state="calm", massages=("foam-roller",))
    assert "Foam roller" in " ".join(page_texts(press.handout(request, TODAY).pdf))
    with pytest.raises(UnsafeError, match="foam-roller must not be printed"):
        press.handout(dataclasses.replace(request, flags=("anticoagulant",)), TODAY)


def with_massage(pack, name, *, ruled):
    """The pack with a massage more that a state may rule, but no flag does."""
    structure = pack.structure
    more = {**structure.massages, name: structure.massages[structure.body.routine]}
    causes = {cause: replace(data, states={
        state: replace(one, massages={**one.massages, name: VerdictData("yes")})
        if ruled and one.massages else one for state, one in data.states.items()})
        for cause, data in structure.causes.items()}
    return Pack(pack.folder, replace(structure, massages=more, causes=causes), pack.words)


NEW = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20).filter(
    lambda name: name not in KNEE.structure.massages)


@given(NEW, st.sampled_from(sorted(KNEE.structure.causes)), st.data())
def test_a_massage_that_is_ruled_nowhere_is_no_in_every_state(name, cause, data):
    pack = with_massage(KNEE, name, ruled=False)
    state = data.draw(st.sampled_from([None, *pack.cause(cause).states]))
    flags = data.draw(st.sets(st.sampled_from(sorted(pack.structure.flags)), max_size=3))

    assert not decide(pack, cause, state, flags=flags).rulings[name].allowed


@given(NEW, st.sampled_from(sorted(KNEE.structure.causes)),
       st.sampled_from(sorted(KNEE.structure.flags)), st.data())
def test_a_massage_that_a_state_allows_and_no_flag_rules_is_no_under_every_flag(
        name, cause, flag, data):
    pack = with_massage(KNEE, name, ruled=True)
    state = data.draw(st.sampled_from([None, *pack.cause(cause).states]))
    more = data.draw(st.sets(st.sampled_from(sorted(pack.structure.flags)), max_size=2))

    assert not decide(pack, cause, state, flags={flag, *more}).rulings[name].allowed


@given(st.sampled_from(sorted(KNEE.structure.causes)),
       st.sampled_from(sorted(KNEE.structure.flags)), st.data())
def test_a_move_or_part_that_a_flag_does_not_rule_is_not_done(cause, flag, data):
    flags = {name: replace(one, moves={}, parts={}) if name == flag else one
             for name, one in KNEE.structure.flags.items()}
    pack = Pack(KNEE.folder, replace(KNEE.structure, flags=flags), KNEE.words)
    state = data.draw(st.sampled_from([None, *pack.cause(cause).states]))
    routine = decide(pack, cause, state, flags=[flag]).routine

    assert routine is None or (routine.moves, dict(routine.parts)) == ((), {})


def test_a_part_by_leave_of_a_state_is_never_done_where_nobody_has_examined(back):
    causes = back.structure.causes
    calm = causes["osteoarthritis"].states["calm"]
    free = replace(calm, massages={**calm.massages, "ball": VerdictData("yes")})
    cause = replace(causes["osteoarthritis"], states={"calm": free})
    pack = Pack(back.folder, replace(
        back.structure, causes={**causes, "osteoarthritis": cause}), back.words)

    assert [*decide(pack, "osteoarthritis", "calm").routine.parts] == ["ball"]
    assert [*decide(pack, "osteoarthritis").routine.parts] == []


def test_a_massage_without_cautions_prints_none(back, practice):
    choices = choose(Request("osteoarthritis", state="calm"), back, today=TODAY)
    made = compose(choices, back, read_brand(practice), today=TODAY)
    [cards] = [block for block in made.pages[1].blocks if isinstance(block, doc.MassageCards)]
    _, visit = cards.items

    assert visit.cautions == ()


def test_a_flag_takes_out_the_move_that_it_rules_out(back, back_press):
    request = Request("osteoarthritis", state="calm", flags=("weak-bones",))

    assert choose(request, back, today=TODAY).session.moves == ("roll",)
    assert "Hug" not in " ".join(page_texts(back_press.handout(request, date(2026, 12, 1)).pdf))
