"""What a request may ask for, and what is chosen when it leaves things out."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
import uharfbuzz
from hypothesis import example, given
from hypothesis import strategies as st

from handouts import lettering
from handouts.errors import HandoutError, InputError, UnsafeError, UsageError
from handouts.lettering import is_seen
from handouts.pack.pack import load_pack
from handouts.request.request import Dose, Patient, Request, check_patient, parse_dose, wrong_days
from handouts.rules.choices import choose

TODAY = date(2026, 11, 25)
CLEARED = Patient(cleared_on=date(2026, 11, 20))
LABELS = {"name": "patient", "id": "id", "given_by": "clinician", "next_visit": "review",
          "note": "note"}
SHORT = [name for name in LABELS if name != "note"]


def chosen(cause="osteoarthritis", state=None, **asked):
    return choose(Request(cause, state, **asked), load_pack(), today=TODAY)


def refused(kind, *args, **asked) -> str:
    """The message of exactly this kind of error."""
    with pytest.raises(HandoutError) as caught:
        chosen(*args, **asked)
    assert type(caught.value) is kind
    return str(caught.value)


# -- which field it is -----------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "field", "item"), [
    *(({"patient": Patient(**{name: "\x07"})}, name, "") for name in LABELS),
    *(({"patient": Patient(**{name: date(1850, 1, 1)})}, name, "") for name in (
        "born", "given_on")),
    ({"patient": Patient(born=date(2020, 1, 1))}, "born", ""),
    ({"patient": CLEARED}, "cleared_on", ""),
    ({"tips": tuple(load_pack().cause("osteoarthritis").tips)}, "tips", ""),
    ({"doses": {"self-massage": Dose(500, 2)}}, "doses", "self-massage"),
    ({"doses": {"self-massage": Dose(2, 2)}}, "doses", "self-massage")])
def test_what_is_refused_names_the_field_that_it_is_about(asked, field, item):
    with pytest.raises(InputError) as caught:
        chosen(**asked)

    assert (caught.value.field, caught.value.item) == (field, item)


# -- the patient panel -----------------------------------------------------------------------------


def test_a_note_of_600_characters_is_taken_and_a_longer_one_refused():
    assert chosen(patient=Patient(note="n" * 600)).request.patient.note == "n" * 600
    assert refused(InputError, patient=Patient(note="n" * 601)) == (
        "note: 601 characters, 600 at most\nShorten the text.")


@pytest.mark.parametrize("field", SHORT)
def test_any_other_field_takes_80_characters(field):
    chosen(patient=Patient(**{field: "n" * 80}))
    assert refused(InputError, patient=Patient(**{field: "n" * 81})) == (
        f"{LABELS[field]}: 81 characters, 80 at most\nShorten the text.")


@pytest.mark.parametrize(("char", "kind"), [
    *((char, "control characters") for char in ("\x00", "\x07", "\x1b", "\x7f", "\x85")),
    ("\ud800", "halves of characters"), ("\ue000", "private characters"),
    ("\uffff", "undefined characters"), ("陈", "Chinese letters")])
@pytest.mark.parametrize("field", LABELS)
def test_characters_that_cannot_be_printed_are_refused_by_their_kind(field, char, kind):
    assert refused(InputError, patient=Patient(**{field: f"Ana{char}"})) == (
        f"{LABELS[field]}: holds what can't be printed here: {kind}\n"
        "Type it again without them or in other letters, or leave it out and write it by hand.")


UNSEEN = st.text(st.characters(categories=("M", "Z", "C")), min_size=1, max_size=6)


@given(UNSEEN, st.sampled_from(sorted(LABELS)))
@example("\u200e", "name")
@example("\u061c", "name")
@example("\u3000", "name")
@example("\u00a0", "name")
@example("\u0301", "name")
@example("\u0301 \u0308", "id")
@example(" ", "name")
@example("\n", "note")
def test_a_value_of_which_nothing_would_be_seen_is_refused(text, field):
    with pytest.raises(InputError):
        check_patient(Patient(**{field: text}), TODAY)


@pytest.mark.parametrize("text", ["\u200b", "\u3164", "\u2800", "\U000e0041", "\ufe0f", "\u034f"])
def test_a_name_of_signs_that_draw_nothing_is_refused(text):
    refused(InputError, patient=Patient(text))


def test_what_counts_as_seen_is_what_the_faces_draw_with_ink():
    for name in lettering.face_names("Bold"):
        ink = _drawn(name)
        said = {char for char in lettering.face(name).glyphs
                if is_seen(char) and not lettering.missing(char)}
        unsaid = {char for char in ink - said
                  if unicodedata.category(char)[0] != "M" and not lettering.missing(char)}

        assert (said - ink, unsaid) == (set(), set())


def _drawn(name: str) -> set[str]:
    """The characters for which a face has a glyph with ink."""
    face = lettering.face(name)
    font = uharfbuzz.Font(uharfbuzz.Face(face.program))
    return {char for char, glyph in face.glyphs.items()
            if (box := font.get_glyph_extents(glyph)) and box.width and box.height}


@pytest.mark.parametrize("char", ["\n", "\r", "\t"])
def test_only_a_note_may_have_lines_and_tabs(char):
    chosen(patient=Patient(note=f"One{char}two"))
    assert refused(InputError, patient=Patient(name=f"One{char}two")) == (
        "patient: holds more than one line, or a tab\nWrite it on one line.")


CHECK = "Check the year, the month and the day."
YESTERDAY, TOMORROW = date(2026, 11, 24), date(2026, 11, 26)


@pytest.mark.parametrize(("panel", "problem"), [
    ({"born": TOMORROW}, "date of birth: lies after today or the handout's date"),
    ({"born": TODAY, "given_on": YESTERDAY},
     "date of birth: lies after today or the handout's date"),
    ({"born": TOMORROW, "given_on": date(2026, 12, 1)},
     "date of birth: lies after today or the handout's date"),
    ({"born": date(1906, 11, 25)}, "date of birth: is 120 years or more ago"),
    ({"given_on": date(2027, 11, 25)}, "date: is a year or more from today"),
    ({"given_on": date(2025, 11, 25)}, "date: is a year or more from today"),
    ({"cleared_on": TOMORROW}, "cleared-on: lies after today or the handout's date"),
    ({"cleared_on": TOMORROW, "given_on": date(2026, 12, 1)},
     "cleared-on: lies after today or the handout's date"),
    ({"cleared_on": TODAY, "given_on": YESTERDAY},
     "cleared-on: lies after today or the handout's date"),
    ({"cleared_on": date(2025, 11, 24)}, "cleared-on: is over a year old"),
    ({"cleared_on": date(2025, 11, 25), "given_on": TOMORROW}, "cleared-on: is over a year old"),
    ({"cleared_on": date(1, 1, 1)}, "cleared-on: is over a year old"),
    ({"cleared_on": date.max}, "cleared-on: lies after today or the handout's date")])
def test_a_day_that_can_t_be_is_refused(panel, problem):
    panel = {"cleared_on": TODAY, **panel} if panel.get("given_on") != YESTERDAY else panel
    panel = {"cleared_on": YESTERDAY, **panel}

    told = refused(InputError, "fracture", "cleared", patient=Patient(**panel))

    assert problem in told


def test_a_clearing_before_the_birth_is_refused():
    patient = Patient(born=date(1950, 1, 2), cleared_on=date(1950, 1, 1))

    assert [*wrong_days(patient, date(1950, 6, 1))] == [
        ("born", "child"), ("cleared_on", "before-birth")]


@pytest.mark.parametrize("panel", [
    {"cleared_on": TODAY}, {"cleared_on": date(2025, 11, 25)}, {"given_on": date(2026, 12, 1)},
    {"born": date(1906, 11, 26)}, {"born": date(2008, 11, 25)}, {"given_on": YESTERDAY}])
def test_a_day_that_may_well_be_is_taken(panel):
    patient = Patient(**{"cleared_on": YESTERDAY, **panel})

    assert chosen("fracture", "cleared", patient=patient).request.patient == patient


@pytest.mark.parametrize(("born", "given_on", "adult"), [
    (date(2008, 11, 25), None, True),
    (date(2008, 11, 26), None, False),
    (date(2008, 11, 26), date(2026, 11, 26), False),
    (date(2008, 11, 25), date(2026, 11, 24), False),
    (date(2008, 2, 29), date(2026, 2, 28), False),
    (date(2008, 2, 29), date(2026, 3, 1), True),
])
def test_a_patient_is_an_adult_from_the_eighteenth_birthday_on(born, given_on, adult):
    patient = Patient(born=born, given_on=given_on)
    if adult:
        chosen(patient=patient)
    else:
        assert refused(UnsafeError, patient=patient) == (
            "date of birth: these handouts are for adults of 18 years and over\n"
            "A child or teenager with pain needs a check first.")


def test_a_cleared_state_needs_its_day():
    assert refused(InputError, "fracture", "cleared") == (
        "cleared-on: the state 'cleared' needs the day on which it was cleared\n"
        "Write it with --cleared-on, as YYYY-MM-DD.")


@pytest.mark.parametrize(("cause", "state", "cure"), [
    ("fracture", "healing", "Use it with the state 'cleared'."),
    ("fracture", None, "Use it with the state 'cleared'."),
    ("gout", "between", "Leave it out."),
])
def test_no_other_state_takes_a_day_of_clearing(cause, state, cure):
    assert refused(InputError, cause, state, patient=CLEARED) == (
        f"cleared-on: a day of clearing goes only with a cleared state\n{cure}")


# -- ids -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "message"), [
    ({"cause": "osteoartritis"},
     "there is no such cause\nDid you mean osteoarthritis?"),
    ({"state": "flair"}, "there is no such state of osteoarthritis\nDid you mean flare?"),
    ({"flags": ("preganant",)}, "there is no such flag\nDid you mean pregnant?"),
    ({"massages": ("self-masage",)},
     "there is no such massage\nDid you mean self-massage?"),
    ({"doses": {"self-masage": Dose(5, 1)}},
     "there is no such massage\nDid you mean self-massage?"),
    ({"tips": ("wieght",)}, "there is no such tip\nDid you mean weight?"),
    ({"language": "eng"}, "there is no such language\nDid you mean en?"),
    ({"state": "zzz"}, "there is no such state of osteoarthritis\nKnown: calm, flare."),
])
def test_an_unknown_id_is_answered_with_the_nearest_or_with_all(asked, message):
    assert refused(UsageError, **asked) == message


# -- massages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cause", "state", "massages"), [
    ("osteoarthritis", "calm", ("self-massage", "professional", "heated-massager")),
    ("osteoarthritis", "flare", ()),
    ("tendonitis", "settled", ("self-massage", "professional", "massager")),
    ("fracture", "cleared", ("professional",)),
    ("gout", "between", ("self-massage", "professional")),
    ("infection", "active", ()),
])
def test_left_out_massages_are_the_recommended_ones(cause, state, massages):
    patient = CLEARED if state == "cleared" else Patient()
    assert chosen(cause, state, patient=patient).massages == massages


def test_left_out_massages_are_only_those_the_flags_allow():
    found = chosen("osteoarthritis", "calm", flags=("numbness",))
    allowed = [name for name, ruling in found.advice.rulings.items() if ruling.allowed]
    assert "heated-massager" not in allowed
    assert found.massages == ("self-massage", "professional")


def test_a_knee_that_nobody_has_seen_shows_two_massages_at_most():
    assert {cause: chosen(cause).massages for cause in load_pack().structure.causes} == {
        "osteoarthritis": ("self-massage", "professional"), "ligament-tear": (),
        "meniscus-tear": (), "fracture": (), "injury": (),
        "tendonitis": ("self-massage", "professional"), "bursitis": (),
        "overuse": (),
        "rheumatoid-arthritis": ("self-massage", "professional"),
        "gout": (), "infection": (),
        "knee-pain": ("self-massage",),
    }


def test_asked_massages_keep_their_order_and_lose_only_doubles():
    asked = ("knee-friction", "massager", "knee-friction", "professional", "self-massage")
    assert chosen(state="calm", massages=asked).massages == (
        "knee-friction", "massager", "professional", "self-massage")


def test_whom_nobody_has_examined_starts_with_the_massage_that_page_1_names():
    asked = ("massager", "professional", "self-massage")
    assert chosen(massages=asked).massages == ("self-massage", "massager", "professional")


def test_a_forbidden_massage_is_refused_with_rule_reason_and_what_is_allowed():
    assert refused(UnsafeError, massages=("self-massage", "deep-tissue")) == (
        "osteoarthritis, no state given: deep-tissue must not be printed "
        "(rule state:osteoarthritis.calm: the suitability matrix, calm: not hot, red, or very "
        "swollen; rule screened: only after a clinician has examined the patient; say what was "
        "found with --state)\n"
        "Allowed here: self-massage, professional, massager, heated-massager, knee-friction.")


# -- tips ------------------------------------------------------------------------------------------


def test_the_weight_tip_is_printed_only_when_asked_for():
    left_out = chosen("knee-pain", "unknown")
    assert "weight" in left_out.advice.tips
    assert left_out.tips == ("move", "pace", "breaks", "shoes", "cold", "sleep")
    assert chosen("knee-pain", "unknown", tips=("weight",)).tips == ("weight",)


def test_asked_tips_keep_their_order_and_lose_only_doubles():
    assert chosen(tips=("sleep", "move", "sleep", "pace")).tips == ("sleep", "move", "pace")


def test_a_tip_to_move_is_refused_while_everything_waits():
    assert refused(UnsafeError, "osteoarthritis", "flare", tips=("move",)) == (
        "osteoarthritis, flare: the tip 'move' does not fit what was found\n"
        "Fitting tips: weight, food, shoes, cane, sleep.")


# -- doses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", load_pack().structure.massages)
def test_a_dose_is_capped_by_the_pack(name):
    cause, state = ("osteoarthritis", "calm") if name != "cross-friction" else (
        "tendonitis", "settled")
    cap = load_pack().massage(name)
    most = Dose(cap.cap_minutes, cap.cap_times)
    assert chosen(cause, state, doses={name: most}).doses == {name: most}
    for dose in (replace(most, minutes=most.minutes + 1), replace(most, times=most.times + 1),
                 Dose(0, 1), Dose(1, 0)):
        assert refused(UnsafeError, cause, state, doses={name: dose}) == (
            f"dose of {name}: {dose.minutes} minutes, {dose.times} times a week is outside what "
            f"is safe\nAt most {most.minutes} minutes, {most.times} times a week.")


def test_a_dose_of_a_forbidden_massage_is_refused():
    assert "deep-tissue must not be printed (rule state:gout.between" in refused(
        UnsafeError, "gout", "between", doses={"deep-tissue": Dose(5, 1)})


@pytest.mark.parametrize("text", [
    "self-massage=20,2/week", "self-massage=20,2", " self-massage = 20 , 2 /week"])
def test_a_dose_is_read_in_these_forms(text):
    assert parse_dose(text) == ("self-massage", Dose(20, 2))


@pytest.mark.parametrize("text", [
    "", "self-massage", "self-massage=", "self-massage=20", "self-massage=,2", "self-massage=20,",
    "self-massage=-5,2", "self-massage=2.5,2", "self-massage=20,2/day", "self-massage:20,2",
    "self-massage=20,2,2", "self-massage=²,2"])
def test_any_other_form_of_dose_is_answered_with_the_right_one(text):
    with pytest.raises(UsageError) as caught:
        parse_dose(text)
    assert str(caught.value) == ("dose: the dose can't be read\n"
                                 "Write ID=MINUTES,TIMES/week, such as self-massage=20,2/week.")


# -- privacy ---------------------------------------------------------------------------------------

PRINTABLE = st.sampled_from(sorted(
    char for name in lettering.face_names(lettering.BOLD) for char in lettering.face(name).glyphs
    if not lettering.missing(f"a{char}")))
# Marked, for Hypothesis draws the program's own words, too, and messages are made of them.
WORDS = st.text(st.characters(categories=("Lu", "Lo")), min_size=6, max_size=28).map(
    "Q\u017d".__add__)
BROKEN = st.sampled_from(["{}\x07", "\x00{}", "{}" + "X" * 600, "{}\ud800{}"])
UNFIT = st.sampled_from([
    {"cause": "gowt"}, {"state": "flair"}, {"flags": ("x",)}, {"massages": ("deep-tissue",)},
    {"tips": ("x",)}, {"state": "flare", "tips": ("move",)}, {"language": "xx"},
    {"doses": {"self-massage": Dose(999, 2)}}, {"cause": "fracture", "state": "cleared"}])


def _seen(most: int) -> st.SearchStrategy[str]:
    return st.text(PRINTABLE, max_size=most).filter(lambda text: not text or is_seen(text))


@given(name=_seen(80), note=_seen(600))
@example(name="Zoë O’Connor-Łuczak Жанна", note="First line\r\n\tsecond line")
def test_any_printable_name_and_note_are_taken_as_they_are(name, note):
    patient = Patient(name, note=note)
    assert chosen(patient=patient).request.patient == patient


@given(field=st.sampled_from(list(LABELS)), value=WORDS, broken=BROKEN)
def test_a_refused_value_is_never_repeated(field, value, broken):
    message = refused(InputError, patient=Patient(**{field: broken.format(value, value)}))
    assert message.startswith(f"{LABELS[field]}: ")
    assert value not in message


@given(name=WORDS, note=WORDS, record=WORDS, asked=UNFIT)
def test_no_other_refusal_tells_who_the_patient_is(name, note, record, asked):
    patient = Patient(name, id=record, note=note, born=date(1961, 3, 7))
    with pytest.raises(HandoutError) as caught:
        chosen(**asked, patient=patient)
    for value in (name, note, record, "1961"):
        assert value not in str(caught.value)


@given(late=st.dates(min_value=date(2026, 11, 26), max_value=date(2999, 1, 1)))
def test_a_refused_date_of_birth_is_never_repeated(late):
    message = refused(InputError, patient=Patient(born=late))
    assert not any(char.isdecimal() for char in message)


@pytest.mark.parametrize("asked", [
    Request("osteoarthritis", tips=("antibiotics",)),
    Request("osteoarthritis", state="flare", tips=("thigh",)),
    Request("bursitis", flags=("numbness",), tips=("cold",)),
])
def test_a_tip_that_the_advice_does_not_hold_is_refused(asked):
    with pytest.raises(UnsafeError, match="does not fit what was found"):
        choose(asked, load_pack(), today=date(2026, 11, 25))
