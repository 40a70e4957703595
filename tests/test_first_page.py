"""Page 1: what it says, and what gives way on it where it is full: never type, never a warning."""

import re
from dataclasses import replace
from datetime import date

import pytest
from helpers import glyph_sizes, page_texts
from layout import layout_faults

from handouts import document as doc
from handouts.compose.asking import opened, running
from handouts.pack.care import CheckData
from handouts.pack.pack import load_pack
from handouts.request.request import Patient
from handouts.rules.safety import decide

KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (*data.states, None) if not decide(KNEE, cause, state).waits]
RIVERSIDE = {"name": "Riverside Physio", "phone": "555-0142", "hours": "Monday to Friday, 8 to 5",
             "address": ("12 River Street, Springfield",)}
LONG = {"name": "Riverside Physiotherapy and Sports Medic", "phone": "(336) 555-0142 x2207",
        "hours": "Mon to Fri, 7:30 to 6",
        "address": ("4500 North Old Mill Parkway, Suite 210", "Winston-Salem, NC 27104")}
FULL = Patient("Maximiliana Featherstonehaugh-Cholmondeley", date(1951, 3, 4), "MRN-0001234",
               "Dr. A. Papadopoulou", date(2026, 11, 25), "Thu Dec 17, 10:30")


def _patient(cause, state):
    cleared = state and KNEE.structure.causes[cause].states[state].cleared
    return Patient(cleared_on=date(2026, 11, 1)) if cleared else Patient()


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("practice", [{}, RIVERSIDE, LONG], ids=["bare", "usual", "long"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_every_warning_stands_on_page_1(printed, cause, state, practice, language):
    data = printed(cause, "letter", practice, state=state, side="left", language=language,
                   patient=_patient(cause, state))
    first = page_texts(data)[0]
    words, whole = KNEE.words_in(language), KNEE.body.in_full
    for name in decide(KNEE, cause, state).care.signs:
        assert (words.safety.fixed[name] if name == whole else words.signs[name]) in first

    assert words.safety.disclaimer.short.replace("{EMERGENCY}", "911") in first
    assert min(glyph_sizes(data)) >= 12
    assert layout_faults(data) == []


@pytest.mark.parametrize("practice", [{}, RIVERSIDE])
def test_what_is_going_on_stays_beside_what_to_do(printed, practice):
    first = page_texts(printed("osteoarthritis", "letter", practice, state="calm", side="left"))[0]

    for said in ("3 things to do this week", "What is going on?", "A healthy knee",
                 "Your left knee", "Ask us before any massage", "We read this list together."):
        assert said in first


def test_all_that_a_brand_says_of_the_practice_stands_at_the_head(printed):
    practice = {**RIVERSIDE, "email": "hello@riverside.example"}
    first = page_texts(printed("gout", "letter", practice, state="attack"))[0]

    for said in ("Riverside Physio", "12 River Street, Springfield", "hello@riverside.example",
                 "555-0142", "Monday to Friday, 8 to 5"):
        assert said in first


def test_a_long_note_sends_what_is_going_on_and_what_to_ask_to_page_2(printed):
    note = ("You told me that the stairs at home are the hardest part of the day. " * 9)[:600]
    data = printed("osteoarthritis", "letter", LONG, state="calm", side="left",
                   patient=replace(FULL, note=note.strip()))
    first, second, *_ = page_texts(data)

    assert "Call 911 now." in first
    assert "3 things to do this week" in first
    assert "What is going on?" in second
    assert "Ask us before any massage if:" in second
    assert layout_faults(data) == []


@pytest.mark.parametrize("format_", ["", "large-print"])
@pytest.mark.parametrize(("cause", "state"), [("osteoarthritis", "calm"), ("gout", "between")])
def test_a_page_that_is_named_has_that_number(printed, cause, state, format_):
    pages = page_texts(printed(cause, state=state, format=format_))
    named = [int(found) for found in re.findall(
        r"(?:Massage \d times|Do the leg moves): page (\d+)", " ".join(pages))]
    said = KNEE.words_in("en").routine

    assert len(named) == 2
    assert said.title in pages[named[0] - 1]
    assert said.moves["heel-slide"].title in pages[named[1] - 1]


def test_flags_take_the_place_of_what_is_going_on(document):
    made = document("osteoarthritis", state="calm", flags=("anticoagulant", "numbness"))
    [columns] = [block for block in made.pages[0].blocks if isinstance(block, doc.Columns)]

    assert [type(column[0]) for column in columns.columns] == [doc.Things, doc.Warnings]
    [cards] = [block for block in made.pages[1].blocks if isinstance(block, doc.MassageCards)]
    [going_on] = cards.beside  # it stands beside the massages
    assert isinstance(going_on, doc.Card)
    assert any(isinstance(inner, doc.Pair) for inner in going_on.body)
    assert opened(made.pages[0].blocks, ()) == (made.pages[0].blocks, ())


def test_a_flag_leaves_its_words_out_of_what_to_ask(document):
    made = document("osteoarthritis", state="calm", flags=("numbness",))
    [ask] = [block.ask for block in made.pages[0].blocks if isinstance(block, doc.StopBox)]
    said = "".join(run.text for run in ask.text)

    assert "numb" not in said
    assert not any("numb" in item for item in ask.items)
    assert "take a blood thinner" in said


@pytest.mark.parametrize(("names", "text"), [
    (["a"], "Ask if you one."), (["a", "b"], "Ask if you one, or two."),
    (["a", "b", "c"], "Ask if you one, two, or three."), (["d"], "Had four?"),
    (["d", "a"], "Ask if you one. Had four?"), (["a", "e"], "Ask if you one."), (["e"], "")])
def test_what_to_ask_is_a_sentence_for_each_group(names, text):
    said = KNEE.words_in("en").check_first
    said = type(said)(**{**{name: getattr(said, name) for name in said.__struct_fields__},
                         "groups": {"you": "Ask if you {LIST}.", "had": "Had {LIST}?"},
                         "row": {"a": "one", "b": "two", "c": "three", "d": "four", "e": ""}})
    checks = {name: CheckData((), "had" if name == "d" else "you") for name in "abcde"}

    assert "".join(run.text for run in running(names, checks, said)) == text


@pytest.mark.parametrize("language", KNEE.languages)
def test_nobody_examined_is_told_first_with_both_lists(printed, language):
    first = page_texts(printed("osteoarthritis", language=language))[0]
    said = KNEE.words_in(language)

    halves = {half for check in KNEE.structure.checks.values() for half in check.halves}
    items = {name: item in first for name, item in said.check_first.items.items()}
    # A half of a line is asked where a flag answers the other half.
    assert {name for name, stands in items.items() if not stands} == halves
    assert said.check_first.today_lead in first
    assert said.safety.stop.now_title.replace("{EMERGENCY}", "911") in first


@pytest.mark.parametrize("language", KNEE.languages)
def test_an_unexamined_reader_is_asked_for_the_age_and_told_when_to_stop(printed, language):
    first = page_texts(printed("osteoarthritis", language=language))[0]
    said = KNEE.words_in(language)

    assert said.check_first.items["young"] in first
    assert said.safety.after.trial.replace("{WEEKS}", "6") in first  # J5.2


def pair_of(made):
    """The sides of the pictures to compare of a document."""
    [pair] = [inner for page in made.pages for block in page.blocks
              for column in (block.columns if isinstance(block, doc.Columns) else ((block,),))
              for card in column if isinstance(card, doc.Card)
              for inner in card.body if isinstance(inner, doc.Pair)]
    return pair.sides


def test_a_picture_is_called_the_patient_s_own_only_where_it_was_found(document):
    def names(**asked):
        return [side.name for side in pair_of(document(**asked))]

    assert names(cause="gout", state="attack", side="left")[1] == "Your left knee"
    assert names(cause="osteoarthritis", side="left")[1] == "With arthritis"
    assert names(cause="infection", state="active", side="left")[1] == "Joint infection"
    assert names(cause="ligament-tear", state="unchecked", side="left")[1] == "Ligament tear"
    assert names(cause="gout", state="between", side="left")[1] == "Gout"
    assert names(cause="overuse", state="settled", side="left")[1] == "One example"
    assert names(cause="ligament-tear", state="cleared", side="left",
                 patient=Patient(cleared_on=date(2026, 11, 1)))[1] == "Ligament tear"


def test_what_has_healed_is_not_drawn_as_broken(document):
    cleared = {"side": "left", "state": "cleared", "patient": Patient(cleared_on=date(2026, 11, 1))}
    healed, other = (pair_of(document(cause=cause, **cleared)) for cause in ("fracture", "injury"))

    assert [(side.name, side.figure.name) for side in healed] == [
        ("A healthy knee", "anatomy-healthy"), ("Your left knee", "anatomy-yours-fracture-healed")]
    assert [side.figure.name for side in other] == ["anatomy-healthy-ligament"]


@pytest.mark.parametrize(("cause", "state", "flag"), [
    ("osteoarthritis", None, "numbness"), ("tendonitis", None, "open-skin"),
    ("knee-pain", None, "knee-replacement"), ("fracture", "healing", "recent-injury"),
    ("fracture", "healing", "dvt"), ("infection", "home", "recent-injury"),
    ("injury", "unchecked", "skin-infection"), ("overuse", "flare", "recent-injury")])
def test_what_to_do_now_and_the_emergency_number_are_never_behind_it(printed, cause, state, flag):
    first, *behind = page_texts(printed(cause, state=state, side="left", flags=(flag,)))

    assert "911" in first.partition("based on research")[0]  # the footer's
    assert not any("Do this now" in page for page in behind)


@pytest.mark.parametrize(("flag", "said"), [
    ("anticoagulant", "Ask us. Then massage 2 times"), ("numbness", "Massage 2 times")])
def test_what_needs_a_yes_says_so_in_the_things_to_do(document, flag, said):
    made = document("osteoarthritis", state="calm", flags=(flag,))
    [title] = [item.title for page in made.pages for block in page.blocks
               for column in (block.columns if isinstance(block, doc.Columns) else ((block,),))
               for things in column if isinstance(things, doc.Things)
               for item in things.items if item.target == "routine"]

    assert title == said
