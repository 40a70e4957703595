"""No handout contradicts itself: what incompatible.toml names never stands on one.

tests/sweep/test_contradictions.py holds every pair of flags to it.
"""

import dataclasses
import re

import pytest
from asked import asked_for, lots, never_printed
from helpers import TODAY, document_text
from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.compose import compose
from handouts.compose.contradictions import contradictions
from handouts.compose.posters import poster
from handouts.errors import PackError
from handouts.pack.checking import structure_problems
from handouts.pack.pack import load_pack
from handouts.pack.statements import table_problems, tags_by_slot
from handouts.request.request import Patient, Request
from handouts.rules.choices import TERMS_MOST, choose
from handouts.rules.safety import decide

KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
FLAGS = tuple(KNEE.structure.flags)


def changed(**parts):
    """The knee pack with other entries: changed(flags={"numbness": {"forbids": ()}})."""
    structure = KNEE.structure
    for table, entries in parts.items():
        known = getattr(structure, table)
        new = {name: replace(known[name], **fields) for name, fields in entries.items()}
        structure = replace(structure, **{table: {**known, **new}})
    return dataclasses.replace(KNEE, structure=structure)


def written(pack, brand, cause, state=None, flags=(), **asked):
    cleared = state and KNEE.cause(cause).states[state].cleared
    patient = Patient(cleared_on=TODAY) if cleared else Patient()
    request = Request(cause, state, flags, patient=patient, **asked)
    return compose(choose(request, pack, today=TODAY), pack, brand, today=TODAY)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_no_handout_contradicts_itself_with_any_one_flag(brand, cause, state, language):
    """The standard edition in one language, the full one, with all that it may say, in the other:
    tests/sweep/test_contradictions.py takes each in both."""
    edition = "full" if language == KNEE.languages[0] else "standard"
    for flags in [(), *((flag,) for flag in FLAGS)]:
        written(KNEE, brand, cause, state, flags, language=language,
                edition=edition)  # raises PackError


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", KNEE.structure.causes)
def test_no_poster_contradicts_itself(brand, cause, language):
    poster(Request(cause, language=language), KNEE, brand, today=TODAY)


def found_in(document, cause, state, flags):
    """The contradictions of a document of another pack under the rules of this one."""
    advice = decide(KNEE, cause, state, flags=flags)
    return contradictions(document, advice, KNEE, "en")


def test_cold_for_numb_skin_is_found(brand):
    slip = changed(flags={"numbness": {"forbids": ()}})
    made = written(slip, brand, "bursitis", "cleared", ("numbness",), tips=("cold",))

    found = found_in(made, "bursitis", "cleared", ("numbness",))

    assert len(found) == 1
    assert found[0].endswith(" beside forbids:cold: a flag forbids what the line offers")


def test_a_raised_leg_without_blood_flow_is_found(brand):
    slip = changed(flags={"poor-circulation": {"forbids": ("cold", "compress")}})
    made = written(slip, brand, "ligament-tear", None, ("poor-circulation",))

    assert "acts.raise.text beside forbids:raise: a flag forbids what the line offers" in found_in(
        made, "ligament-tear", None, ("poor-circulation",))


def test_a_headline_that_offers_what_a_flag_forbids_is_found(brand):
    waits = KNEE.structure.waits
    slip = dataclasses.replace(KNEE, structure=replace(KNEE.structure, waits={
        **waits, "gout-attack": replace(waits["gout-attack"], offers=())}))
    made = written(slip, brand, "gout", "attack", ("poor-circulation",))

    found = found_in(made, "gout", "attack", ("poor-circulation",))

    assert {line.partition(":")[0] for line in found} == {
        "waits.gout-attack.headline beside forbids"}


def tagged(tag, slot):
    """The knee pack whose table has one tag more."""
    table = KNEE.structure.incompatible
    return dataclasses.replace(KNEE, structure=replace(KNEE.structure, incompatible=replace(
        table, tags={**table.tags, tag: (slot,)})))


@pytest.mark.parametrize(("tag", "slot", "asked", "problem"), [
    ("asks:anticoagulant", "check_first.items.clot",
     ("osteoarthritis", "calm", ("anticoagulant",)), "beside flag:anticoagulant"),
    ("order:us", "acts.take-sheet.text", ("infection", None, ()), "beside urgency:now"),
    ("order-of-worse:us", "acts.off-weight.text", ("gout", "attack", ()),
     "order-of-worse:today and order-of-worse:us"),
    ("cold-dose:10", "acts.water.text", ("gout", "attack", ()), "cold-dose:20 and cold-dose:10"),
    ("trial:later", "routine.often", ("gout", "between", ()), "trial:"),
    ("part:heat", "routine.rail.guide.lead", ("rheumatoid-arthritis", None, ()),
     "beside without:heat"),
    ("takes-massage", "safety.stop.adults", ("gout", "attack", ()), "beside waits"),
])
def test_a_pair_of_the_table_is_refused_when_a_handout_is_composed(brand, tag, slot, asked,
                                                                   problem):
    with pytest.raises(PackError) as caught:
        written(tagged(tag, slot), brand, *asked)

    assert [line for line in caught.value.problems if problem in line or tag in line]
    assert caught.value.exit_code == 4
    assert "the handout contradicts itself" in str(caught.value)


def test_a_part_that_the_rules_leave_out_is_found_in_a_template_s_own_words(brand, tmp_path):
    said = KNEE.words_in("en").routine.cells["warm"].text
    (tmp_path / "tips.html.j2").write_text(f"<p>{said}</p>")

    choices = choose(Request("osteoarthritis", "calm", ("numbness",)), KNEE, today=TODAY)
    with pytest.raises(PackError) as caught:
        compose(choices, KNEE, brand, today=TODAY, templates=tmp_path)

    assert "routine.cells.warm.text beside without:heat: an instruction for a part that the rules" \
           " leave out" in caught.value.problems


def test_the_table_names_only_what_there_is():
    slots = set(tags_by_slot(KNEE.structure))
    assert list(table_problems(KNEE.structure, slots, "en")) == []
    table = KNEE.structure.incompatible
    row = replace(table.never[0], one="no-such-tag")
    wrong = replace(KNEE.structure, incompatible=replace(
        table, never=(*table.never, row), tags={**table.tags, "x": ("tips.none.text",)}))

    assert list(table_problems(wrong, slots, "en")) == [
        "en: incompatible.toml: there is no slot 'tips.none.text'",
        "en: incompatible.toml: no statement has the tag 'no-such-tag'"]


def test_ids_that_there_are_not_are_told():
    slip = changed(waits={"clot": {"do": ("fly",), "without": ("sneeze",)}},
                   acts={"rest": {"signs": ("yawn",)}}, causes={"gout": {"signs": ("hiccup",)}},
                   questions={"cure": {"massage": "tickle", "causes": ("love",)}})

    assert structure_problems(slip.structure, None) == [
        "causes.toml: gout.signs: there is no 'hiccup'",
        "waits.toml: clot.do: there is no 'fly'", "waits.toml: clot: there is no 'sneeze'",
        "acts.toml: rest.signs: there is no 'yawn'", "questions.toml: cure: there is no 'tickle'",
        "questions.toml: cure.causes: there is no 'love'"]


# -- what single sheets must say (clinical sheet, J5 and J8) ---------------------------------------


CALF = "One calf sore, warm, or swollen? Do not rub it. Get care today."


def stop_box(document):
    blocks = [block for page in document.pages for block in page.blocks]
    [box] = [block for block in blocks if isinstance(block, doc.StopBox)]
    ticked = [replace(block.today, title="No massage. Get care today.") for block in blocks
              if isinstance(block, doc.Unexamined)]
    return {column.title: ["".join(run.text for run in item.runs) for item in column.items]
            for column in (*ticked, *box.columns)}


def test_an_infection_has_no_order_weaker_than_its_headline(document):
    made = document("infection")

    assert made.title == "Go to the hospital now: Joint infection"
    assert list(stop_box(made)) == ["Call 911 now."]
    said = document_text(made)
    for weaker in ("today", "same day", "Closed?", "urgent care", "doctor"):
        assert weaker not in said.replace("Content version", ""), weaker


def test_an_infection_treated_at_home_says_when_to_call(document):
    made = document("infection", state="home")

    box = stop_box(made)

    assert list(box) == ["Get care today", "Call us the same day", "Call 911 now."]
    assert box["Get care today"] == ["You cannot stand on the leg or walk 4 steps.",
                                     "Your pain gets worse.",
                                     "You have a fever, or you feel ill again.",
                                     "There is new redness or swelling.", CALF]
    assert "Get care today, at a hospital, if the knee gets worse." in document_text(made)
    assert "Closed?" not in document_text(made)


def test_a_gout_attack_sends_only_what_is_no_attack_to_care(document):
    assert stop_box(document("gout", state="attack"))["Get care today"] == [
        "You have a fever, or you feel ill.", "The pain or swelling is getting worse.",
        "This is your first attack.", CALF]


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_each_finding_has_one_order_and_waiting_sheets_stop_no_massage(document, cause, state):
    made = document(cause, state=state)
    listed = [item for items in stop_box(made).values() for item in items]

    assert len(listed) == len(set(listed))
    waits = bool(decide(KNEE, cause, state).waits)
    assert ("No massage. Get care today." in stop_box(made)) is not waits


@pytest.mark.parametrize(("cause", "state"), STATES)
@pytest.mark.parametrize("language", KNEE.languages)
def test_every_sheet_is_for_adults_and_each_with_massage_says_when_to_stop(
        document, cause, state, language):
    words = KNEE.words_in(language).safety
    made = document(cause, state=state, language=language)
    said = document_text(made)
    guided = any(isinstance(block, doc.Finish) for page in made.pages for block in page.blocks)
    rows = KNEE.words_in(language).routine.rail.guide.rows
    worse = rows[-1].stop if guided else words.after.worse
    weeks = "6" if state is None or cause == "knee-pain" else "8"

    assert words.stop.adults in said
    offered = not decide(KNEE, cause, state).waits
    for line in (worse, words.after.trial.replace("{WEEKS}", weeks)):
        assert (line in said) is offered
    assert not re.search(rf"\b(?!{weeks}\b)[0-9]+ (?:weeks\b(?! of)|semanas\b)", re.sub(
        r"12 (weeks|semanas)|for 8 weeks\. People|por 8 semanas\. El dolor", "", said))


@pytest.mark.parametrize("cause", ["infection", "fracture"])
def test_where_to_call_beside_an_emergency_is_its_number(document, brand, cause):
    said = document_text(document(cause, brand=replace(brand, phone="555-0142")))

    assert "Closed?" not in said
    assert "Emergency: 911" in said


@pytest.mark.parametrize("cause", ["injury", "ligament-tear", "meniscus-tear", "fracture"])
def test_an_injury_names_what_needs_a_picture_of_the_bone(document, cause):
    box = stop_box(document(cause))

    for sign in ("age", "bump", "right-angle"):
        assert KNEE.words_in("en").signs[sign] in box["Get care today"]
    assert "A bone sticks out." in box["Call 911 now."]


@pytest.mark.parametrize("cause", ["fracture", "injury"])
def test_what_has_healed_is_sent_to_no_check_and_given_no_dose_of_a_trial(document, cause):
    said = document_text(document(cause, state="cleared"))

    for wrong in ("checked first", "1 hour", "once a week", "20 to 25", "splint"):
        assert wrong not in said, wrong
    assert "As your physical therapist tells you." in said


def test_heat_is_counted_once(document):
    said = document_text(document("osteoarthritis", state="calm"))
    assert "Skip the warm towel that day." in said
    assert "Skip it on days with the heated massager." in said
    alone = document_text(document("osteoarthritis", state="calm", massages=("self-massage",)))
    assert "heated massager" not in alone
    without = document_text(document("osteoarthritis", state="calm",
                                     massages=("heated-massager",)))
    assert "warm towel" not in without


def test_gout_in_the_record_rules_beside_another_cause():
    rulings = decide(KNEE, "osteoarthritis", "calm", flags=("gout-in-knee",)).rulings
    assert not rulings["deep-tissue"].allowed
    assert {"light", "not-lumps"} <= set(rulings["self-massage"].conditions)


@pytest.mark.parametrize("flag", ["pregnant", "cancer"])
def test_weight_and_food_are_core_but_not_beside_these_flags(document, flag):
    tips = decide(KNEE, "osteoarthritis", "calm").tips
    assert {"weight", "food"} <= set(tips[:6])
    assert not {"weight", "food"} & set(decide(KNEE, "osteoarthritis", "calm", flags=(flag,)).tips)
    assert "4 pounds" in document_text(document("osteoarthritis", state="calm"))


def test_rheumatoid_arthritis_where_germs_are_possible_asks_about_the_medicine(document):
    flare = document_text(document("rheumatoid-arthritis", state="flare"))
    assert "Ask us today about your arthritis medicine." in flare
    assert "Do not stop your arthritis medicine by yourself." in flare
    pregnant = document_text(document("rheumatoid-arthritis", state="flare", flags=("pregnant",)))
    assert "Do not stop" not in pregnant.replace("Do not stop or change your medicine because", "")
    assert "Stay on it" not in document_text(
        document("rheumatoid-arthritis", state="calm", flags=("pregnant",)))


def test_both_knees_are_done_one_after_the_other(document):
    both = "Do one knee, then the other."
    assert f"{both} It takes 40 to 50 minutes for both." in document_text(
        document("osteoarthritis", state="calm", side="both"))
    assert f"{both} The time is for each." in document_text(
        document("fracture", state="cleared", side="both"))
    assert both not in document_text(document("osteoarthritis", state="calm", side="left"))


# -- nothing is orphaned ---------------------------------------------------------------------------


def everything(pack=KNEE):
    """All advices of one flag at most."""
    return [decide(pack, cause, state, flags=flags) for cause, state in STATES
            for flags in [(), *((flag,) for flag in FLAGS)]]


def test_everybody_s_question_tip_sign_and_act_can_be_printed():
    found = everything()
    structure, words = KNEE.structure, KNEE.words_in("en")

    def missing(table, printed):
        return sorted(set(table) - {name for names in printed for name in names})

    assert missing(structure.questions, (advice.care.questions for advice in found)) == []
    assert missing(structure.tips, (advice.tips for advice in found)) == []
    assert missing(structure.helps, (advice.helps for advice in found)) == []
    assert missing(structure.acts, (advice.care.acts for advice in found)) == []
    assert missing(structure.signs, (advice.care.signs for advice in found)) == []
    assert missing(structure.checks, (advice.care.asks for advice in found)) == []
    assert missing(structure.waits, (advice.waits for advice in found)) == []
    assert missing(words.questions, [structure.questions]) == []


def test_every_statement_is_printed_by_somebody(brand):
    """tests/sweep/test_contradictions.py asks the same of every flag in every state."""
    readers = [flag for flag in FLAGS if KNEE.structure.flags[flag].instead]
    asked = [(cause, state, flags, request) for cause, state in STATES for flags, requests in [
        ((), asked_for(cause, state)), (("dvt",), [{}]),
        *(((flag,), [{}, {"edition": "full"}]) for flag in readers)] for request in requests]
    asked += [("osteoarthritis", state, (flag,), {"edition": "full"})
              for flag in FLAGS for state in (None, "calm")]
    asked += [("osteoarthritis", "calm", ("cannot-say-stop",), request)
              for request in asked_for("osteoarthritis", "calm", ("cannot-say-stop",))]
    asked += [("gout", None, (), {"terms": terms})
              for terms in lots(KNEE.words_in("en").glossary, TERMS_MOST)]

    assert never_printed(written(KNEE, brand, cause, state, flags, **request)
                         for cause, state, flags, request in asked) == []


@pytest.mark.parametrize("cause", KNEE.structure.causes)
def test_questions_and_terms_that_are_asked_for_are_printed(document, cause):
    fitting = decide(KNEE, cause).care.questions[-3:]
    terms = tuple(KNEE.words_in("en").glossary)[:3]
    said = document_text(document(cause, questions=fitting, terms=terms))
    words = KNEE.words_in("en")

    for name in fitting:
        assert words.questions[name].question in said
    for name in terms:
        assert words.glossary[name].meaning in said
