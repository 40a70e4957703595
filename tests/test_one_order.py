"""Rules that keep a handout from fighting itself, kind by kind: only light means light everywhere,
where is where on every card and step, a flag takes away no other question, a group asks what its
kinds ask, and whoever can't say stop is given nothing to say.

What may not stand together is held for every handout by tests/test_contradictions.py.
"""

import dataclasses
import re

import pytest
from helpers import document_text
from msgspec.structs import replace

from handouts import document as doc
from handouts.errors import UnsafeError
from handouts.pack.checking import problems, structure_problems
from handouts.pack.pack import load_pack
from handouts.rules.safety import Reason, Verdict, decide

KNEE = load_pack("knee")
EN, ES = KNEE.words_in("en"), KNEE.words_in("es")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
THIGH_ONLY = ("effusion", "open-skin", "recent-injection")


def changed(table, name, **fields):
    """The knee's structure with another entry."""
    entries = getattr(KNEE.structure, table)
    return replace(KNEE.structure, **{table: {**entries, name: replace(entries[name], **fields)}})


def pack(structure):
    return dataclasses.replace(KNEE, structure=structure)


# -- whoever can't say stop ------------------------------------------------------------------------


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("edition", ["sheet", "standard", "full"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_who_cannot_say_stop_is_given_no_number_and_no_pressure_to_tell(document, cause, state,
                                                                       edition, language):
    said = document_text(document(cause, state=state, flags=("cannot-say-stop",), edition=edition,
                                  language=language)).replace("\u00a0", " ").casefold()

    for wrong in ("3 or less", "above 3", "0 to 3", "0 to 10", "medium", "mild ache", "10 is the",
                  "say so if", "you control", "3 de 10", "0 a 3", "0 a 10", "a media",
                  "molestia leve", "10 es el", "diga si le duele", "usted decide"):
        assert not re.search(rf"\b{wrong}\b", said), wrong


def test_the_guide_for_who_cannot_say_stop_names_what_a_helper_sees(document):
    def guide(**asked):
        made = document("osteoarthritis", state="calm", **asked)
        [found] = [block.guide for page in made.pages for block in page.blocks
                   if isinstance(block, doc.Finish)]
        return found

    assert guide().lead == EN.routine.rail.guide.lead
    seen = guide(flags=("cannot-say-stop",))
    assert seen.title == EN.instead["helper"]["routine.rail.guide.title"]
    assert {line for row in seen.rows for line in row} <= {
        *EN.instead["helper"].values(), *(row.when for row in EN.routine.rail.guide.rows),
        EN.routine.rail.guide.rows[1].stop}


def test_words_for_somebody_else_stand_in_slots_that_there_are():
    assert {reader: set(told) for reader, told in EN.instead.items()} == {
        reader: set(told) for reader, told in ES.instead.items()}
    assert problems(KNEE.structure, EN, "en") == []
    assert problems(KNEE.structure, replace(EN, instead={
        **EN.instead, "helper": {"tips.none.text": "x"}}), "en") == [
        "en/instead.helper: there is no slot 'tips.none.text'"]


@pytest.mark.parametrize(("words", "told", "other"), [
    (EN, "Stop if the pain is sharp or above 3 of 10.", "Stop at any sign of pain."),
    (ES, "Pare si el dolor es punzante o pasa de 3 de 10.", "Pare ante cualquier señal de dolor.")])
def test_the_disclaimer_for_a_helper_differs_in_one_sentence(words, told, other):
    long = words.safety.disclaimer.long
    assert words.instead["helper"]["safety.disclaimer.long"] == long.replace(told, other)
    assert told in long


# -- where -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", THIGH_ONLY)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_a_flag_that_leaves_the_thigh_leaves_it_to_every_massage_and_step(document, cause, state,
                                                                         flag):
    rulings = decide(KNEE, cause, state, flags=(flag,)).rulings
    allowed = tuple(name for name, ruling in rulings.items() if ruling.allowed)

    assert all(rulings[name].on == {"thigh"} for name in allowed)
    if allowed:
        said = document_text(document(cause, state=state, flags=(flag,), massages=allowed))
        for wrong in (EN.conditions["on-thigh-calf"], "beside your knee"):
            assert wrong not in said, wrong
        assert EN.conditions["on-thigh"] in said


@pytest.mark.parametrize(("cause", "flag"), [("tendonitis", ()), ("meniscus-tear", ()),
                                             ("osteoarthritis", ("open-skin",))])
def test_the_steps_stay_where_one_s_own_hands_may_be(document, cause, flag):
    state = KNEE.cause(cause).calm
    assert decide(KNEE, cause, state, flags=flag).rulings["self-massage"].on == {"thigh"}
    said = document_text(document(cause, state=state, flags=flag))

    assert "Spread it on your thigh." in said
    assert "beside your knee" not in said


def test_a_cell_that_leaves_the_regions_of_its_massage_is_told():
    state = KNEE.cause("ligament-tear").states["cleared"]
    cell = replace(state.massages["self-massage"], on=("thigh", "calf"))
    slip = changed("causes", "ligament-tear", states={
        **KNEE.cause("ligament-tear").states,
        "cleared": replace(state, massages={**state.massages, "self-massage": cell})})

    assert structure_problems(slip, None) == [
        "causes.toml: ligament-tear.states.cleared.massages.self-massage.on: 'calf' is no region "
        "of the massage"]


def test_no_card_says_a_place_that_the_rules_do_not_leave():
    for cause, state in STATES:
        for flags in [(), *((flag,) for flag in KNEE.structure.flags)]:
            for name, ruling in decide(KNEE, cause, state, flags=flags).rulings.items():
                assert ruling.on <= set(KNEE.massage(name).regions)


# -- how hard --------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", ["knee-replacement", "gout-in-knee", "cannot-say-stop"])
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_where_only_light_is_allowed_no_massage_presses(cause, state, flag):
    rulings = decide(KNEE, cause, state, flags=(flag,)).rulings

    for name in ("trigger-point", "deep-tissue", "cross-friction"):
        assert not rulings[name].allowed, name


def test_light_rules_out_pressure_whatever_a_flag_says_of_the_massage():
    slip = pack(changed("flags", "knee-replacement",
                        no=("deep-tissue", "cross-friction", "massager"),
                        yes=("self-massage", "professional", "knee-friction", "trigger-point")))
    ruling = decide(slip, "osteoarthritis", "calm", flags=("knee-replacement",)).rulings[
        "trigger-point"]

    assert ruling.verdict is Verdict.NO
    assert Reason("flag", "knee-replacement") in ruling.reasons
    assert structure_problems(slip.structure, None) == [
        "flags.toml: knee-replacement: rule 'trigger-point' no: its pressure is more than the "
        "light that the flag leaves"]


def test_pressure_is_refused_for_a_new_joint(document):
    with pytest.raises(UnsafeError, match="flag:knee-replacement"):
        document("osteoarthritis", state="calm", flags=("knee-replacement",),
                 massages=("trigger-point",))


@pytest.mark.parametrize("flag", ["knee-replacement", "gout-in-knee"])
def test_heat_that_a_flag_leaves_by_agreement_is_never_chosen_by_default(document, flag):
    heat = EN.massages.massages["heated-massager"].about
    usual = document("osteoarthritis", state="calm", flags=(flag,))
    asked = document("osteoarthritis", state="calm", flags=(flag,), massages=("heated-massager",))

    assert heat in document_text(document("osteoarthritis", state="calm"))
    assert heat not in document_text(usual)
    assert heat in document_text(asked)


# -- what is asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("flags", "asks"), [
    ((), ["circulation"]), (("visible-veins",), ["arteries", "sore-veins"]),
    (("varicose-veins",), ["arteries"]), (("poor-circulation",), ["sore-veins"]),
    (("poor-circulation", "visible-veins"), ["sore-veins"]),
    (("poor-circulation", "varicose-veins"), [])])
def test_a_harmless_flag_takes_away_no_question_about_another_finding(flags, asks):
    care = decide(KNEE, "osteoarthritis", "calm", flags=flags).care

    assert [name for name in care.asks if name in ("circulation", "arteries", "sore-veins")] == asks


def test_a_line_that_several_flags_answer_names_its_halves():
    assert structure_problems(changed("checks", "circulation", halves=()), None) == [
        "checks.toml: circulation: poor-circulation and varicose-veins each answer a part of it; "
        "name its halves"]


def test_a_knee_that_gives_way_has_one_order(document):
    unseen = decide(KNEE, "knee-pain", flags=("gives-way",))
    assert (unseen.care.urgency, "check-today" in unseen.care.acts) == ("today", True)
    for state in (None, "unknown"):
        signs = decide(KNEE, "knee-pain", state, flags=("gives-way",)).care.signs
        assert "locked" in signs
        assert not {"locks", "unsteady"} & set(signs)
    assert "unsteady" in decide(KNEE, "knee-pain", flags=("locked-knee",)).care.signs


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_a_group_has_the_signs_and_acts_of_its_kinds(cause, state):
    data = KNEE.cause(cause)
    found = decide(KNEE, cause, state).care
    told = {sign for act in found.acts for sign in KNEE.structure.acts[act].signs}
    for kind in data.kinds:
        assert set(KNEE.cause(kind).signs) <= {*found.signs, *told}, kind
    assert bool(data.kinds) is (cause in ("injury", "overuse"))


# -- weight on the leg, pads -----------------------------------------------------------------------


@pytest.mark.parametrize("cause", KNEE.structure.causes)
def test_who_keeps_weight_off_the_leg_is_not_told_to_stand_on_it(document, cause):
    made = document(cause, flags=("cannot-stand",))
    said = document_text(made)
    off = EN.acts["no-weight"].text in said

    assert off
    for wrong in (EN.tips["cane"].title, EN.acts["splint"].text, EN.acts["stairs"].text,
                  EN.tips["load"].text, EN.log["stands"].label):
        assert not off or wrong not in said, wrong


def test_no_pads_stands_beside_no_other_pads(document):
    for cause in ("bursitis", "overuse"):
        said = document_text(document(cause, state=KNEE.cause(cause).calm, flags=("numbness",),
                                      tips=("pads",) if cause == "bursitis" else ()))
        assert said.count("pads") == said.count("Use no pads")


# -- several waits at once -------------------------------------------------------------------------


@pytest.mark.parametrize(("cause", "state", "flags", "wrong"), [
    ("osteoarthritis", "calm", ("dvt", "recent-injury"), ("bandage",)),
    ("osteoarthritis", "calm", ("dvt", "recent-surgery"), ("shown-moves",)),
    ("infection", "active", ("recent-surgery",), ("shown-moves",)),
    ("infection", "home", ("recent-surgery",), ("shown-moves",)),
    ("bursitis", "unchecked", ("recent-injury",), ("bandage",)),
    ("gout", "attack", ("recent-injury",), ("bandage",)),
    ("fracture", "healing", ("cannot-stand",), ("splint",)),
    ("knee-pain", None, ("cannot-stand", "gives-way"), ("stairs",)),
])
def test_what_one_wait_forbids_no_other_tells_to_do(cause, state, flags, wrong):
    care = decide(KNEE, cause, state, flags=flags).care

    assert not set(wrong) & set(care.acts)
    alone = [wait for wait in KNEE.structure.waits.values() if set(wrong) & set(wait.do)]
    assert alone  # another handout tells it


@pytest.mark.parametrize(("flags", "stands", "falls"), [
    (("recent-surgery",), "wound-today", "wound")])
def test_a_finding_told_in_two_ways_has_its_most_urgent_order(flags, stands, falls):
    assert falls in decide(KNEE, "infection", "home").care.signs
    signs = decide(KNEE, "infection", "home", flags=flags).care.signs
    assert (stands in signs, falls in signs) == (True, False)


def test_no_card_sends_hands_beside_the_tendon_that_may_touch_the_thigh_alone(document):
    said = document_text(document("tendonitis", state="settled", flags=("effusion",)))
    assert "Stay beside" not in said
    assert EN.conditions["on-thigh"] in said


# -- where to start --------------------------------------------------------------------------------


def test_whom_nobody_has_examined_starts_where_page_1_says(document):
    def cards(made):
        said = document_text(made)
        return sorted(("self-massage", "heated-massager"), key=lambda name: said.index(
            EN.massages.massages[name].about))

    both = document("osteoarthritis", massages=("heated-massager", "self-massage"))
    assert cards(both) == ["self-massage", "heated-massager"]
    seen = document("osteoarthritis", state="calm", massages=("heated-massager", "self-massage"))
    assert cards(seen) == ["heated-massager", "self-massage"]

    go, other = (text.rpartition("** ")[2] for text in (EN.check_first.go, EN.check_first.go_else))
    alone = document_text(document("osteoarthritis", massages=("heated-massager",)))
    assert go in document_text(both)
    assert (go in alone, other in alone) == (False, True)


def test_who_keeps_weight_off_is_given_no_shoes_to_walk_in(document):
    for cause, state, flags in (("gout", "attack", ()), ("tendonitis", "settled",
                                                         ("cannot-stand",))):
        assert EN.tips["shoes"].title not in document_text(
            document(cause, state=state, flags=flags))
