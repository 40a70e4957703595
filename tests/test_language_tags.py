"""A language is known by its tag with a region, its codes and its names, wherever it is typed."""

import json
import re

import pytest
from exports import CM, condition, ndjson, patient
from helpers import TODAY, page_texts
from web_helpers import client_of, new_site

import cli
from handouts import readers
from handouts.pack.naming import language_of
from handouts.pack.pack import load_pack

KNEE = load_pack()
SPANISH = ["es", "es-MX", "es_MX", "ES-419", "es_419", "es-Latn-US", "spa", "sp", "SP",
           "Spanish", "Español", "espanol", "Spanish; Castilian", "Spanish (Mexico)",
           "Spanish - Mexico"]
OTHERS = ["pt_BR", "fr", "xx-es", "Haitian", "", "deaf, English"]


@pytest.mark.parametrize("name", SPANISH)
def test_a_name_or_tag_is_the_language_of_the_pack(name):
    assert language_of(name, KNEE) == "es"


@pytest.mark.parametrize("name", OTHERS)
def test_what_the_pack_does_not_have_is_none_of_its_languages(name):
    assert language_of(name, KNEE) == ""


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    """Runs a command line in a folder of its own: code, stdout, stderr."""
    monkeypatch.delenv("HANDOUTS_BRAND", raising=False)
    for name in ("XDG_CONFIG_HOME", "HANDOUTS_CACHE", "HANDOUTS_RECORDS"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.chdir(tmp_path)
    return lambda *words: (int(cli.run([*words])), *capsys.readouterr())


@pytest.mark.parametrize("tag", ["es-MX", "es_419", "spa"])
def test_every_command_knows_a_tag_with_a_region(run, tmp_path, tag):
    (tmp_path / "t.csv").write_text("cause\ngout\n")

    assert json.loads(run("make", "gout", "--lang", tag, "--json")[1])["language"] == "es"
    assert run("batch", "t.csv", "-o", "out", "--lang", tag)[0] == 0
    assert "Gota" in page_texts((tmp_path / "out/00001-gout.pdf").read_bytes())[0]
    assert run("set", "-o", "posters", "--layout", "poster", "--lang", tag)[0] == 0
    assert {path.name[-6:] for path in (tmp_path / "posters").glob("*.pdf")} == {"es.pdf"}
    assert run("review", "diff", "--lang", tag)[2] == run("review", "diff", "--lang", "es")[2]
    code, _, told = run("make", "gout", "--lang", "pt_BR", "-o", "b.pdf")
    assert (code, "there is no such language" in told) == (2, True)


@pytest.mark.parametrize("tag", SPANISH)
def test_a_table_an_address_and_a_record_system_know_it_too(tmp_path, tag):
    path = tmp_path / "t.csv"
    path.write_text(f"cause,lang\ngout,{tag}\n", encoding="utf-8")
    export = tmp_path / "e.ndjson"
    export.write_text(ndjson(condition((CM, "M17.11")), patient(
        communication=[{"language": {"coding": [{"code": tag}]}}])), encoding="utf-8")
    asked = ("/infobutton?mainSearchCriteria.v.c=M17.11&mainSearchCriteria.v.cs="
             f"2.16.840.1.113883.6.90&informationRecipient.languageCode.c={tag}")

    assert {row.request.language for row in readers.read([path, export], KNEE, today=TODAY)} == {
        "es"}
    with client_of(new_site()) as web:
        assert re.search(r"/handouts/[^\"]*lang=es\b", web.get(asked).text)
        assert 'lang="es"' in web.get(asked.replace("M17.11", "J45"),
                                      headers={"Accept": "text/html"}).text
        if re.fullmatch("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,3})?", tag):  # an address holds no names
            page = web.get(f"/handouts/gout.html?lang={tag}")
            assert (page.status_code, 'lang="es"' in page.text) == (200, True)
