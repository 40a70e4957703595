"""The words of every language beside those of the default one: nothing missing, nothing left over,
nothing left in English, the same numbers and sources, the agreed lines word for word."""

import re

import pytest

from handouts.catalogue import load_catalogue
from handouts.check import check
from handouts.packcheck import texts

KNEE = load_catalogue("knee")
OTHERS = KNEE.languages[1:]
DEFAULT = dict(texts(KNEE.words_in(KNEE.languages[0])))
# Words that are the same in both languages.
ALIKE = {"es": {"causes.bursitis.name", "glossary.bursa.term", "figures.parts.bursa",
                "interface.dose.short"}}
# Numbers that one language writes as a word.
NUMBERS = {"interface.dose.once"}

# From the clinical fact sheet, E and F; never from the pack.
FIXED = {"es": {
    "hot": "No dé masaje en una rodilla caliente, roja o muy hinchada.",
    "kneecap": "No presione la rótula ni la parte de atrás de la rodilla.",
    "cream": "No use crema para el dolor junto con calor.",
    "hurts": "Pare si le duele.",
    "calf": "¿Una pantorrilla con dolor, caliente o hinchada? No la frote. Busque atención hoy.",
    "breathe": "¿Le falta el aire o le duele el pecho? Llame al {EMERGENCY} ahora.",
}}
LONG = {"es": (
    "Esta hoja da información general sobre el dolor de rodilla y el masaje. Se basa en estudios "
    "publicados y en conocimientos de salud compartidos hasta el {REVIEW_DATE}. No es un "
    "diagnóstico. No es un plan de tratamiento. No reemplaza los consejos de su profesional de "
    "salud. Su profesional de salud conoce su caso. Hable siempre con un profesional de salud para "
    "saber la causa del dolor y antes de empezar con masaje, calor o ejercicio. Esto es más "
    "importante si está embarazada, si tuvo una cirugía, si toma anticoagulantes (medicinas para "
    "evitar coágulos), si tiene diabetes o zonas de piel dormida, o si ha tenido un coágulo. El "
    "masaje no cura la causa del dolor de rodilla. Los resultados cambian de una persona a otra. "
    "No deje ni cambie sus medicinas por esta hoja. No espere para pedir atención por lo que leyó "
    "aquí. Pare si el masaje duele. Si tiene una señal de alarma de la lista de esta hoja, busque "
    "ayuda de inmediato. En una emergencia llame al {EMERGENCY}. Los estudios cambian con el "
    "tiempo. Pida la versión más nueva después del {NEXT_REVIEW}.")}


@pytest.fixture(params=OTHERS)
def language(request):
    """Each language but the default one."""
    return request.param


@pytest.fixture
def said(language):
    """All texts of the language by slot."""
    return dict(texts(KNEE.words_in(language)))


def test_every_language_has_the_same_keys(said):
    assert said.keys() == DEFAULT.keys()


def test_no_text_is_empty_or_left_in_the_default_language(said, language):
    same = {slot for slot, text in said.items() if text == DEFAULT[slot] and text}

    assert same == ALIKE[language]
    assert {slot for slot, text in said.items() if not text} == {
        slot for slot, text in DEFAULT.items() if not text}


def test_numbers_sources_and_fields_are_those_of_the_default_language(said):
    def facts(text):
        return (sorted(re.findall(r"\d+", re.sub(r"\[[a-z0-9-]+\]", "", text))),
                re.findall(r"\[[a-z0-9-]+\]|\{\w+\}", text.replace("{min}", "{minutes}")))

    assert {slot for slot, text in said.items() if facts(text) != facts(DEFAULT[slot])} == NUMBERS


def test_the_agreed_safety_lines_and_the_long_disclaimer_stand_word_for_word(language):
    safety = KNEE.words_in(language).safety

    assert safety.fixed == FIXED[language]
    assert safety.disclaimer.long == LONG[language]
    assert safety.stop.calf == safety.fixed["calf"]


def test_the_rules_beside_the_routine_are_the_agreed_lines(language):
    words = KNEE.words_in(language)
    rail, fixed = words.routine.rail, words.safety.fixed

    assert (rail.check_rule, rail.off[0], rail.hurts, rail.emergency) == (
        fixed["hot"], fixed["kneecap"], fixed["hurts"], fixed["breathe"])
    assert fixed["cream"] in words.routine.cells["oil"].text


def test_spanish_questions_open_and_close():
    for slot, text in texts(KNEE.words_in("es")):
        assert text.count("¿") == text.count("?"), slot
        assert text.count("¡") == text.count("!"), slot
        assert text.count("«") == text.count("»"), slot
    questions = KNEE.words_in("es").questions.values()
    assert all(entry.question[0] == "¿" and entry.question[-1] == "?" for entry in questions)


@pytest.mark.parametrize(("cause", "state"), [
    ("osteoarthritis", None), ("osteoarthritis", "calm"), ("gout", "attack"), ("infection", None),
    ("injury", "cleared"), ("rheumatoid-arthritis", "calm"), ("tendonitis", "settled"),
    ("knee-pain", None)])
def test_a_check_of_a_handout_in_another_language_finds_nothing(printed, cause, state, language):
    report = check(printed(cause, state=state, side="left", language=language))

    assert report.findings == ()
    assert report.unchecked == ()


