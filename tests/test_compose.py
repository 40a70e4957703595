"""A handout says only what the rules allow, whatever a template or a clinician asks for."""

import re
from datetime import date
from itertools import chain

import pytest
from helpers import document_text

from handouts import document as doc
from handouts.compose import rendering
from handouts.compose.compose import compose
from handouts.compose.holding import _nodes
from handouts.errors import InputError, PackError
from handouts.pack.pack import load_pack
from handouts.request.request import Dose, Patient, Request
from handouts.rules.choices import choose
from handouts.rules.safety import decide

KNEE = load_pack("knee")
STATES = [(cause, state) for cause, data in KNEE.structure.causes.items()
          for state in (None, *data.states)]
FLAGS = ("", *KNEE.structure.flags)
NO_THUMB = ("anticoagulant", "numbness", "pregnant", "fragile-bones", "cancer",
            "cannot-say-stop")
NO_HEAT = ("numbness", "poor-circulation", "open-skin", "recent-injection", "cancer",
           "cannot-say-stop")


def blocks(document):
    return list(chain.from_iterable(page.blocks for page in document.pages))


def of(kind, document):
    found = blocks(document)
    return [block for outer in found for block in (outer, *getattr(outer, "items", ()))
            if isinstance(block, kind)]


@pytest.mark.parametrize("flag", FLAGS)
@pytest.mark.parametrize(("cause", "state"), STATES)
def test_only_allowed_massages_and_steps_are_printed(document, cause, state, flag):
    flags = (flag,) if flag else ()
    advice = decide(KNEE, cause, state, flags=flags)
    made = document(cause, state=state, flags=flags)
    words = KNEE.words_in("en").massages.massages
    named = {massage.name for massage in of(doc.Massage, made)}

    assert named <= {words[name].name for name, ruling in advice.rulings.items()
                     if ruling.allowed}
    assert bool(of(doc.Routine, made)) is (advice.routine is not None)
    assert (not named) is bool(advice.waits)


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_the_stop_box_and_the_disclaimers_stand_in_every_handout(document, cause, state):
    made = document(cause, state=state)

    assert isinstance(made.pages[0].blocks[-1], doc.StopBox)
    assert [len(block.paragraphs) for block in of(doc.FinePrint, made)] == [2]
    assert "does not replace medical advice" in made.footer.disclaimer


@pytest.mark.parametrize("cause", ["infection", "fracture", "injury"])
def test_infection_fracture_and_injury_print_no_step(document, cause):
    for state in (None, *KNEE.cause(cause).states):
        assert of(doc.Routine, document(cause, state=state)) == []


def test_a_handout_without_a_state_opens_with_check_first(document):
    made = document("tendonitis")

    assert [type(block) for block in made.pages[0].blocks[:2]] == [doc.Hero, doc.Unexamined]
    assert of(doc.Unexamined, document("tendonitis", state="settled")) == []


TAKEN_FOR_GRANTED = ("sore", "every-day", "cross-friction", "ra-massage", "gout-attack")


@pytest.mark.parametrize(("language", "offer"), [
    ("en", "may feel good"), ("es", "puede ser agradable")])
def test_what_a_cause_is_never_offers_massage_to_everybody(language, offer):
    """Those words stand on the sheets of knees that must not be touched, too; the message does not.
    """
    causes = KNEE.words_in(language).causes.values()

    assert any(offer in cause.message for cause in causes)
    assert not any(offer in text for cause in causes for text in cause.what)


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_where_massage_waits_no_question_takes_it_for_granted(document, cause, state):
    said = document_text(document(cause, state=state))
    words = KNEE.words_in("en").questions

    waits = bool(decide(KNEE, cause, state).waits)
    assert (words["heat-now"].question in said) is waits
    assert not (waits and any(words[name].question in said for name in TAKEN_FOR_GRANTED))


@pytest.mark.parametrize("cause", ["fracture", "injury"])
def test_who_was_cleared_is_not_told_to_keep_a_splint_on(document, cause):
    assert "Keep on any splint" in document_text(document(cause))
    assert "Keep on any splint" not in document_text(document(cause, state="cleared"))


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("flag", NO_THUMB)
def test_these_flags_print_no_thumb_pressing(document, flag, language):
    made = document("osteoarthritis", state="calm", flags=(flag,), language=language)

    assert not re.search("humb|pulgar", document_text(made), re.IGNORECASE)


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("flag", NO_HEAT)
def test_these_flags_print_no_heat(document, flag, language):
    made = document("osteoarthritis", state="calm", flags=(flag,), language=language)
    offered = document_text(tuple(
        block for block in blocks(made) if isinstance(
            block, doc.Massage | doc.Routine | doc.Things | doc.Tips)))
    hot_line = KNEE.words_in(language).safety.fixed["hot"]  # stands beside every routine

    assert not re.search(r"\b(warm|heat|warmth|towel on|calor|tibi\w+|calienta)\b",
                         offered.replace(hot_line, ""), re.IGNORECASE)
    assert "heat" not in {massage.figure.name for massage in of(doc.Massage, made)}


@pytest.mark.parametrize("language", KNEE.languages)
def test_fixed_safety_lines_stand_word_for_word(document, language):
    said = document_text(document("osteoarthritis", state="calm", language=language))

    for line in KNEE.words_in(language).safety.fixed.values():
        assert line.replace("{EMERGENCY}", "911") in said


def test_the_patient_stands_in_the_panel_and_nowhere_else(document):
    patient = Patient("Zebra Quagga", id="R-77", given_by="Dr. Okapi", note="Bongo",
                      born=date(1950, 2, 3))
    made = document("osteoarthritis", patient=patient)
    hero = made.pages[0].blocks[0]

    assert [field.value for field in hero.panel.fields] == [
        "Zebra Quagga", "Feb 3, 1950", "R-77", "Dr. Okapi", "", ""]
    said = document_text(made)
    for value in ("Zebra Quagga", "R-77", "Dr. Okapi", "Bongo"):
        assert said.count(value) == 1


def test_markup_and_template_code_in_a_name_are_printed_as_they_are(document):
    name = '<b>A & "Ü"</b> {{7*7}}'

    made = document("gout", patient=Patient(name))

    assert made.pages[0].blocks[0].panel.fields[0].value == name


def test_a_clinic_overrides_one_part_and_keeps_the_safety_blocks(document, tmp_path):
    (tmp_path / "about.html.j2").write_text('<page id="about" title="Ours"><p>Hello</p></page>')

    made = document("osteoarthritis", templates=tmp_path)

    assert [type(block).__name__ for block in made.pages[0].blocks] == [
        "Hero", "Unexamined", "StopBox"]
    assert made.pages[1].blocks[0] == doc.Paragraph((doc.Run("Hello"),))


@pytest.mark.parametrize(("part", "written", "problem"), [
    ("about", "<page id='about' title='Gout'><p>Massage <b>cures</b> gout.</p></page>",
     "page 'about' says 'cures', which claims more than is known"),
    ("about", "<page id='about' title='Proven'><p>a</p></page>",
     "page 'about' says 'proven', which claims more than is known"),
    ("massages", "<page id='massages' title='M'><massage id='self-massage'/></page>",
     "the massage 'professional' must stand there once, and stands 0x"),
    ("massages", "<page id='massages' title='M'><massage id='self-massage'/>"
     "<massage id='self-massage'/><massage id='professional'/></page>",
     "the massage 'self-massage' must stand there once, and stands 2x"),
    ("routine", "<page id='routine' title='R'><finish>{% for move in routine.moves %}"
     "<move id='{{ move.id }}'/>{% endfor %}</finish></page>",
     "the routine must stand there 1x, and stands 0x"),
    ("routine", "<page id='routine' title='R'><routine><step id='warm'/></routine><finish>"
     "{% for move in routine.moves %}<move id='{{ move.id }}'/>{% endfor %}</finish>"
     "</page>", "the routine lacks a step, or has them in another order"),
    ("routine", "<page id='routine' title='R'><routine>{% for step in routine.steps %}"
     "<step id='{{ step.id }}'/>{% endfor %}</routine><finish/></page>",
     "the routine lacks a move, or has them in another order"),
    ("routine", "<page id='routine' title='R'><routine>{% for step in routine.steps %}"
     "<step id='{{ step.id }}'/>{% endfor %}</routine></page>",
     "the last step must stand there 1x, and stands 0x"),
])
def test_a_template_that_says_other_than_the_rules_is_refused(document, tmp_path, part, written,
                                                              problem):
    (tmp_path / f"{part}.html.j2").write_text(written)

    with pytest.raises(PackError) as caught:
        document("gout", state="between", templates=tmp_path)

    assert list(caught.value.problems) == [problem]
    assert caught.value.exit_code == 4


def test_a_template_cannot_claim_anything_on_the_sheet_of_an_attack(document, tmp_path):
    (tmp_path / "anatomy.html.j2").write_text("<p>Massage cures gout</p>")

    with pytest.raises(PackError, match="page 'later' says 'cures'"):
        document("gout", state="attack", templates=tmp_path)


def test_a_patient_s_note_may_claim_no_more_than_the_handout(document):
    document("gout", patient=Patient(note="Told that no cure is known; wait."))
    with pytest.raises(InputError, match="claims more than is known"):
        document("gout", patient=Patient(note="Told that nothing cures it."))


@pytest.mark.parametrize(("template", "problem"), [
    ("{{ nothing }}", "asks for 'nothing', which there is not"),
    ("{{ ''.nothing.at.all }}", "asks for 'nothing', which there is not"),
    ("{{ {}['no such thing'] }}", "asks for something that there is not"),
    ("{% if %}", "can't be understood as a template"),
    ("{{ 1|no_such_filter }}", "can't be understood as a template"),
    ("{% include 'no-such.html.j2' %}", "asks for a template that there is not"),
    ("{{ ''.__class__.__mro__ }}", "does what a template may not do"),
    ("{{ 1 + 'a' }}", "puts together what does not go together"),
    ("{{ 1 / 0 }}", "divides by zero"),
    ("{{ 'x'|int('y') + [] }}", "puts together what does not go together"),
    ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "uses itself without an end"),
    ("{% include 'about.html.j2' %}", "uses itself without an end"),
    ("{% for n in range(10**8) %}{% endfor %}", "counts further than a template may"),
    ("{{ 'x' * 10**10 }}", "counts further than a template may"),
    ("{{ 10**10 * 'x' }}", "counts further than a template may"),
    ("{{ [1] * 10**9 }}", "counts further than a template may"),
    ("{{ 10**(10**10) }}", "counts further than a template may"),
    ("{{ 'x'.ljust(10**10) }}", "counts further than a template may"),
    ("{{ 'x'|center(10**10) }}", "counts further than a template may"),
    ("{{ '%10000000000d' % 1 }}", "counts further than a template may"),
    ("{{ '%10000000000d'|format(1) }}", "counts further than a template may"),
    ("{{ '{:>10000000000}'.format(1) }}", "counts further than a template may"),
    ("{{ '{:>{}}'.format(1, 10**10) }}", "counts further than a template may"),
    ("{{ 'a'.index('b') }}", "asks for what can't be done"),
    ("{{ [1].pop() }}", "does what a template may not do"),
])
def test_a_template_s_mistake_is_told_with_its_file_and_line_in_words_of_our_own(
        document, tmp_path, template, problem):
    (tmp_path / "about.html.j2").write_text(f"<page id='x' title='y'>\n{template}</page>")

    with pytest.raises(PackError) as caught:
        document("osteoarthritis", templates=tmp_path)

    assert str(caught.value) == (f"about.html.j2, line 2: {problem}\n"
                                 "Mend the template, or leave --templates out.")


@pytest.mark.parametrize("template", [
    "{{ 6 * 7 }}", "{{ 'ab' * 3 }}", "{{ 2 ** 10 }}", "{{ '%05d' % 7 }}", "{{ '{:>5}'.format(7) }}",
    "{{ 'x'|center(9) }}", "{{ 3 * 250000 }}", "{{ -3 * 2.5 }}", "{{ 'x' * -1 }}"])
def test_what_a_template_counts_within_bounds_is_printed(document, tmp_path, template):
    (tmp_path / "about.html.j2").write_text(
        f"<page id='x' title='y'><p>so {template} it is</p></page>")

    assert "it is" in repr(document("osteoarthritis", templates=tmp_path))


def test_a_template_in_another_encoding_is_told_by_its_line(document, tmp_path):
    (tmp_path / "about.html.j2").write_bytes("<p>\n\nÜben</p>".encode("cp1252"))

    with pytest.raises(PackError) as caught:
        document("osteoarthritis", templates=tmp_path)

    assert str(caught.value) == "about.html.j2, line 3: is not UTF-8 text\nSave it as UTF-8."


@pytest.mark.parametrize(("written", "problem"), [
    ("<script/>", "<script> is not a tag of the markup"),
    ("<columns><column share='9999999999'/></columns>", "is not a number, in share of <column>"),
    ("<columns><column share='0'/></columns>", "is not a number, in share of <column>"),
    ("<p>", "a tag is not closed before the one around it"),
    ("<ul>" * 3000 + "</ul>" * 3000, "does not belong into"),
    ("<card kind='know' title='t' badge='b'>" * 3000 + "</card>" * 3000, "nested too deeply"),
    ("<p>\x07</p>", "a tag or a sign is written wrong: write & as &amp;"),
])
def test_what_a_template_may_not_write_is_refused_by_the_line_of_its_output(
        document, tmp_path, written, problem):
    (tmp_path / "about.html.j2").write_text(f"<page id='x' title='y'>{written}</page>")

    with pytest.raises(PackError, match=re.escape(problem)) as caught:
        document("osteoarthritis", templates=tmp_path)

    assert re.fullmatch("(about.html.j2, which writes|template,) line [0-9]+ of (the|its) output",
                        caught.value.where)


def test_a_bad_tag_is_told_by_the_template_that_wrote_it(document, tmp_path):
    (tmp_path / "about.html.j2").write_text(
        "<page id='x' title='y'>\n<p>Well.</p>\n{% include 'mine.html.j2' %}\n</page>")
    (tmp_path / "mine.html.j2").write_text(
        "{% if true %}\n<p>Well.</p>\n{% endif %}\n<p>So.</p>\n<blink>{{ 'x' }}</blink>\n")

    with pytest.raises(PackError) as caught:
        document("osteoarthritis", templates=tmp_path)

    assert str(caught.value).startswith(
        "mine.html.j2, which writes line ")
    assert ": <blink> is not a tag of the markup\n" in str(caught.value)


def test_a_mistake_of_our_own_beside_a_template_is_not_put_down_to_it(
        document, tmp_path, monkeypatch):
    monkeypatch.setattr(rendering, "STRONG", None)
    (tmp_path / "about.html.j2").write_text("{{ 'text'|rich }}")

    with pytest.raises(AttributeError):
        document("osteoarthritis", templates=tmp_path)


def test_past_its_review_date_the_handout_says_so(knee, brand):
    def said(today):
        choices = choose(Request("gout"), knee, today=today)
        return document_text(compose(choices, knee, brand, today=today))

    assert "past its review date" in said(date(2029, 1, 1))
    assert "past its review date" not in said(date(2026, 11, 25))


def test_the_cane_goes_into_the_other_hand(document):
    tips = {tip.title: tip.text for tip in of(doc.Tips, document(
        "osteoarthritis", side="left", tips=("cane",)))[0].items}

    assert tips["A cane can help"] == "Hold it in your right hand."


@pytest.mark.parametrize(("cause", "state"), STATES)
def test_only_if_stands_first_and_alone_on_its_card(document, cause, state):
    for massage in of(doc.Massage, document(cause, state=state)):
        said = ["".join(run.text for run in caution) for caution in massage.cautions]
        inside = [line for line in said if "only if your clinician says" in line]

        assert inside in ([], ["Do this only if your clinician says it is safe for you."])
        assert inside == said[:len(inside)]


def test_a_caution_is_left_out_beside_a_stricter_one(document):
    made = document("osteoarthritis", state="calm", flags=("anticoagulant", "fragile-bones"))
    said = document_text(made.pages[1])

    assert "Use very light strokes only" in said
    assert "Use light strokes only" not in said


@pytest.mark.parametrize(("massage", "screened", "examined"), [
    ("self-massage", "20 minutes, 2 times a week", "20 to 25 minutes, 2 times a week"),
    ("professional", "30 to 60 minutes, once a week", "1 hour, once a week"),
    ("massager", "5 minutes, 2 times a week", "5 to 10 minutes, 2 times a week"),
    ("heated-massager", "10 minutes, 2 times a week", "10 minutes, 2 times a week"),
    ("knee-friction", "2 minutes, 2 times a week", "2 minutes, 2 times a week")])
def test_who_was_not_examined_is_given_the_gentle_dose(document, massage, screened, examined):
    unseen = document_text(document("osteoarthritis", massages=(massage,)))
    seen = document_text(document("osteoarthritis", state="calm", massages=(massage,)))

    assert screened in unseen
    assert examined in seen
    assert screened == examined or (examined not in unseen and screened not in seen)


def test_nobody_is_kneaded_where_the_touch_must_be_light(document):
    asked = {"massages": ("professional",)}
    light = [document("osteoarthritis", **asked),
             document("osteoarthritis", state="calm", flags=("knee-replacement",), **asked)]

    assert "They stroke and knead." in document_text(
        document("osteoarthritis", state="calm", **asked))
    assert all("They stroke lightly." in document_text(made) for made in light)


@pytest.mark.parametrize(("times", "language", "told"), [
    (7, "en", "5 minutes, every day"), (6, "en", "5 minutes, 6 times a week"),
    (1, "en", "5 minutes, once a week"), (7, "es", "5 minutos, todos los días")])
def test_how_often_is_said_as_people_say_it(document, times, language, told):
    assert told in document_text(document("osteoarthritis", state="calm", massages=("massager",),
                                          doses={"massager": Dose(5, times)}, language=language))


@pytest.mark.parametrize(("side", "title"), [
    ("", "Massage for your knee"), ("left", "Massage for your left knee"),
    ("right", "Massage for your right knee"), ("both", "Massage for your knees")])
def test_the_title_names_the_knee(document, side, title):
    made = document("osteoarthritis", side=side)
    hero = next(block for block in made.pages[0].blocks if isinstance(block, doc.Hero))

    assert (made.title, hero.title) == (f"{title}: Osteoarthritis", title)
    assert document("fracture", side=side).title == (
        "Protect the broken bone: Fracture (broken bone)")


def pairs(document):
    """The drawings of what is going on, wherever they stand."""
    return [node for node in _nodes(document.pages) if isinstance(node, doc.Pair)]


@pytest.mark.parametrize("cause", ["osteoarthritis", "meniscus-tear"])
def test_of_a_replaced_knee_the_parts_of_its_replacement_are_drawn(document, cause):
    state, day = ("cleared", date(2026, 11, 20)) if cause == "meniscus-tear" else ("calm", None)
    made = document(cause, state=state, flags=("knee-replacement",), side="left",
                    patient=Patient(cleared_on=day))
    [pair] = pairs(made)

    assert [(side.name, side.figure.name, side.label) for side in pair.sides] == [
        ("A healthy knee", "anatomy-healthy", "Bone and its cover"),
        ("Your left knee", "anatomy-yours-replacement", "Cap, spacer, and tray")]


def test_while_massage_waits_a_replaced_knee_shows_what_it_waits_for(document):
    [pair] = pairs(document("infection", flags=("knee-replacement",), side="left"))

    assert pair.sides[1].figure.name == "anatomy-yours-germs"
