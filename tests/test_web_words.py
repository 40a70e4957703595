"""The page's words: every language says the same things, in the languages that browsers ask for."""

import re
from pathlib import Path

import pytest
from web_helpers import JSON, client_of, new_site

from handouts.paths import data_folder
from handouts.web.problems import name_of
from handouts.web.texts import all_words, language_of


def leaves(table, path=""):
    """Every text of a table by its path."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(table, list):
        for at, value in enumerate(table):
            yield from leaves(value, f"{path}[{at}]")
    else:
        yield path, table


def gaps(text):
    """What is filled into a text."""
    return {*re.findall(r"{\w+[:,]*}", text)}


@pytest.mark.parametrize("language", sorted(all_words()))
def test_every_language_has_the_same_texts_with_the_same_gaps(language):
    wanted, found = dict(leaves(all_words()["en"])), dict(leaves(all_words()[language]))

    assert found.keys() == wanted.keys()
    for path, text in found.items():
        assert gaps(text) == gaps(wanted[path]), path
        assert text.strip()


def test_every_text_is_used():
    folder = data_folder("templates") / "web"
    code = Path(__file__).parent.parent / "handouts" / "web"
    used = "".join(path.read_text("utf-8") for path in [
        *folder.glob("*.j2"), *folder.glob("static/*.js"), *code.glob("*.py")])
    tables = {"languages", "sides", "papers", "editions", "formats", "skins", "refusals",
              "columns", "fields", "rows", "unused", "look", "standing",
              "standing_short", "clinic_wrong"}  # by their ids
    unused = [path for path in dict(leaves(all_words()["en"]))
              if path.split(".")[1] not in tables and not re.search(rf"\b{_name(path)}\b", used)]

    assert unused == []


def _name(path):
    return path.split(".")[-1].split("[")[0]


# What a message begins with that does not say what it is about.
UNSAID = {"en": r"(this|that|it|there|these|those)\b"
                r"(?! code| choices| dose of| handouts| logo| row| table)",
          "es": r"(est[aeo]s?|es|son|eso|no es|tiene|ocupa|hay)\b"
                r"(?! código| opciones| dosis de| hojas| elecciones| logotipo| fila| tabla)"}


@pytest.mark.parametrize("language", sorted(all_words()))
def test_every_message_says_what_it_is_about(language):
    words = all_words()[language]
    told = {path: text for path, text in leaves({name: words[name] for name in (
        "problems", "clinic_wrong", "rows")}) if not path.endswith("[1]")}
    unsaid = [path for path, text in told.items() if re.match(UNSAID[language], text, re.I)]

    assert len(told) > 60
    assert unsaid == []


LONG, TAB, OPEN = "x" * 700, "Ana\tRuiz", "陈伟"
WRONG = [({"born": text}, "born") for text in ("soon", "2030-01-01", "0001-01-01")] + [
    ({"given_on": text}, "given_on") for text in ("soon", "9999-12-31")] + [
    ({"given_on": "2026-11-20", "born": "2026-11-25"}, "born")] + [
    ({name: text}, name) for name in ("patient", "record", "given_by", "next_visit")
    for text in (LONG, TAB, OPEN)] + [
    ({"note": text}, "note") for text in (LONG, OPEN, "x\n" * 40)] + [
    ({"state": "cleared", "cleared_on": text}, "cleared_on")
    for text in ("soon", "2001-01-01", "2030-01-01")] + [
    ({name: "unheard"}, name) for name in (
        "state", "side", "language", "paper", "format", "mono", "skin", "edition", "flags",
        "massages", "tips", "questions", "massages_by", "tips_by")] + [
    ({"state": "calm", f"{one}.self-massage": "99", f"{other}.self-massage": "1"}, "massage")
    for one, other in (("minutes", "times"), ("times", "minutes"))] + [
    ({"state": "calm", "minutes.self-massage": "9"}, "massage")]


@pytest.fixture(scope="module")
def site():
    return new_site()


@pytest.mark.parametrize("language", sorted(all_words()))
@pytest.mark.parametrize(("form", "field"), WRONG, ids=lambda it: str(it)[:60])
def test_a_message_of_a_field_names_it(site, language, form, field):
    words = all_words()[language]
    cause = "fracture" if "cleared_on" in form else "osteoarthritis"
    massage = site.pack.words_in(language).massages.massages["self-massage"].name
    with client_of(site) as web:
        problems = web.post("/handout", headers=JSON, data={
            "diagnosis": cause, "words": language, **form}).json()["problems"]
    told = " ".join(each["text"] for each in problems)

    assert (massage if field == "massage" else name_of(field, words)) in told or re.search(
        "handout's date|fecha de la hoja", told), told


@pytest.mark.parametrize(("asked", "accepted", "language"), [
    ("", "", "en"), ("es", "en", "es"), ("fr", "es", "es"), ("", "fr-FR, es;q=0.5, en;q=0.9", "en"),
    ("", "es-419", "es"), ("", "ES", "es"), ("", "de, fr", "en"), ("", "*", "en"),
    ("", ";;q=,,", "en"), ("", "en;q=.....,es", "es"), ("<script>", "\0" * 500, "en")])
def test_the_language_is_the_best_of_those_asked_for(asked, accepted, language):
    assert language_of(asked, accepted) == language


@pytest.mark.parametrize("language", sorted(all_words()))
def test_no_text_speaks_as_the_command_line_does(language):
    told = [text for path, text in leaves(all_words()[language])
            if re.search(r"(?<![\w-])--[a-z]|\bhandouts (serve|brand|batch|make|protocol)\b", text)]

    assert told == []
