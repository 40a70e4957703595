"""The page's words: every language says the same things, in the languages that browsers ask for."""

import re
from pathlib import Path

import pytest

from handouts.paths import data_folder
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
