"""The waiting room on the page: its handouts and posters, one by one or all in a ZIP."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from helpers import page_texts
from web_helpers import texts

pytestmark = pytest.mark.usefixtures("own_place")


def fetched(web, **given):
    answer = web.post("/room", data=given)
    assert answer.status_code == 200
    return answer, ZipFile(BytesIO(answer.content))


def test_the_page_offers_each_handout_to_look_at(web, site):
    page = web.get("/room?words=es").text

    assert "Sala de espera" in texts(page)
    for cause in site.pack.structure.causes:
        assert f'href="/handouts/{cause}.pdf?lang=es"' in page
        assert web.get(f"/handouts/{cause}.pdf?lang=es").status_code == 200


def test_all_handouts_of_a_language_come_with_their_list(web, site):
    answer, files = fetched(web, kind="handouts", language="es", paper="a4")

    assert answer.headers["content-disposition"] == 'attachment; filename="waiting-room.zip"'
    assert len(files.namelist()) == len(site.pack.structure.causes) + 1
    assert all(name.endswith("-es.pdf") for name in files.namelist())
    assert "rodilla" in page_texts(files.read("osteoarthritis-es.pdf"))[0]


def test_posters_come_alone(web):
    answer, files = fetched(web, kind="posters", language="en", format="large-print")

    assert answer.headers["content-disposition"] == 'attachment; filename="posters.zip"'
    assert all(name.startswith("poster-") for name in files.namelist())


def test_a_choice_that_is_not_on_the_page_is_none(web):
    _, files = fetched(web, kind="posters", language="en", paper="x", edition="y", mono="1")

    assert files.namelist()
