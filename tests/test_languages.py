"""The words of every language beside those of the default one: nothing missing, nothing left over,
nothing left in English or translated from an older English text, the same numbers and sources, the
agreed lines word for word."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from handouts.check import check
from handouts.pack.pack import load_pack
from handouts.pack.texts import texts

KNEE = load_pack("knee")
OTHERS = KNEE.languages[1:]
DEFAULT = dict(texts(KNEE.words_in(KNEE.languages[0])))
# Words that are the same in both languages.
ALIKE = {"es": {"causes.bursitis.name", "glossary.bursa.term", "figures.parts.bursa",
                 "interface.dose.short", "body.code", "routine.cells.warm.effort",
                 "interface.pages.weekdays[6]", "topics.weight.trade.give",
                 "topics.weight.trade.get",
                 *(f"log.{row}.circle[1]" for row in ("dry-wound", "fever", "gave-way", "hot",
                                                      "new-redness", "numb-foot", "stands"))}}
# What each text was translated from: a line a slot, with a digest of the default language's text
# and one of its own. An English text that changed alone is told until its translation changes too,
# or until its line is deleted, for a translation that still says the same; then --update-refs.
TRANSLATED = Path(__file__).parent / "refs" / "translated"
# Numbers that one language writes as a word; a date, whose parts stand in another order.
NUMBERS = {"interface.dose.once", "interface.dates.pattern",
           "research.notes.osteoarthritis.findings.eases.full"}

# From the clinical sheet, E and F, as amended; never from the pack.
FIXED = {"es": {
    "hot": "No dé masaje en una rodilla caliente, roja o muy hinchada.",
    "kneecap": "No presione la rótula ni la parte de atrás de la rodilla.",
    "cream": "No use crema para el dolor junto con calor.",
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
    "No deje ni cambie sus medicinas por esta hoja. No retrase la atención por lo que leyó aquí. "
    "Pare si el dolor es punzante o pasa de 3 de 10. Si tiene una señal de alarma de esta hoja, "
    "busque ayuda de inmediato. En una emergencia llame al {EMERGENCY}. Los estudios cambian con "
    "el tiempo. Pida la versión más nueva después del {NEXT_REVIEW}.")}


@pytest.fixture(params=OTHERS)
def language(request):
    """Each language but the default one."""
    return request.param


@pytest.fixture
def said(language):
    """All texts of the language by slot."""
    return dict(texts(KNEE.words_in(language)))


def test_every_language_has_the_same_keys(said):
    def keys(texts):  # a word has as many forms as its language knows
        return {slot for slot in texts if ".forms[" not in slot}

    assert keys(said) == keys(DEFAULT)


def test_no_text_is_empty_or_left_in_the_default_language(said, language):
    same = {slot for slot, text in said.items() if text == DEFAULT.get(slot) and text}

    assert same == ALIKE[language]
    assert {slot for slot, text in said.items() if not text} == {
        slot for slot, text in DEFAULT.items() if not text}


def test_numbers_sources_and_fields_are_those_of_the_default_language(said):
    def facts(text):
        return (sorted(re.findall(r"\d+", re.sub(r"\[[a-z0-9-]+\]", "", text))),
                re.findall(r"\[[a-z0-9-]+\]|\{\w+\}", text.replace("{min}", "{minutes}")))

    assert {slot for slot, text in said.items()
            if facts(text) != facts(DEFAULT.get(slot, text))} == NUMBERS


def test_the_agreed_safety_lines_and_the_long_disclaimer_stand_word_for_word(language):
    safety = KNEE.words_in(language).safety

    assert safety.fixed == FIXED[language]
    assert safety.disclaimer.long == LONG[language]


def test_the_rules_beside_the_routine_are_the_agreed_lines(language):
    words = KNEE.words_in(language)
    rail, fixed = words.routine.rail, words.safety.fixed

    assert (rail.check_rule, rail.off[0], rail.emergency) == (
        fixed["hot"], fixed["kneecap"], fixed["breathe"])
    assert fixed["cream"] in words.routine.cells["oil"].never


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


@pytest.mark.parametrize(("paper", "side"), [("a4", "left"), ("a4", "both"), ("letter", "both")])
def test_no_line_of_another_language_is_too_long_on_any_paper_or_side(printed, paper, side,
                                                                     language):
    made = printed("osteoarthritis", paper, state="calm", side=side, language=language)

    assert check(made).findings == ()


# -- translations that are older than their English ------------------------------------------------


def digest(text):
    return sha256(text.encode()).hexdigest()[:12]


def current(said):
    """The line of each slot as it would be if every translation were of today's English."""
    return {slot: f"{digest(DEFAULT[slot])} {digest(text)}" for slot, text in said.items()
            if text and slot in DEFAULT}


def outdated(noted, now):
    """The slots whose English has changed since they were translated, or that are not noted."""
    def is_old(slot):
        (was, own), (is_now, own_now) = noted[slot].split(), now[slot].split()
        return was != is_now and own == own_now

    return sorted(slot for slot in now if slot in noted and is_old(slot))


def noted_in(file):
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(line.split(maxsplit=1) for line in lines)


def test_no_text_is_older_than_the_english_that_it_was_translated_from(said, language, request):
    file, now = TRANSLATED / f"{language}.txt", current(said)
    old = outdated(noted_in(file), now)
    if request.config.getoption("--update-refs"):
        kept = {slot: noted_in(file)[slot] for slot in old}
        lines = (f"{slot} {line}\n" for slot, line in sorted({**now, **kept}.items()))
        file.write_text("".join(lines), encoding="utf-8")

    assert old == [], "look at these translations again"
    assert noted_in(file) == now, "note what changed with --update-refs"


def test_an_english_text_that_changed_alone_is_told_and_is_not_noted_by_mistake():
    noted = {"a": "1 x", "b": "1 x", "c": "1 x"}

    assert outdated(noted, {"a": "2 x", "b": "2 y", "c": "1 y", "d": "1 x"}) == ["a"]


# -- who reviewed them -----------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "line"), [
    ("en", "Not yet reviewed by a clinician."),
    ("es", "Ningún profesional de salud ha revisado aún este texto.")])
def test_a_draft_says_so_in_its_language_in_bold(document, asked, line):
    made = document("gout", language=asked)

    assert [run.text for run in made.pages[-1].blocks[-1].paragraphs[-1] if run.strong] == [line]
