"""Nothing is painted outside tags and artifacts: every kind of page with all that a brand adds."""

import pytest
from helpers import TODAY, standards
from hostile import pdf, stream
from logos import cmyk_profile, encoded, picture, read, svg
from msgspec.structs import replace

from handouts.check import tagging
from handouts.check.access import open_pdf
from handouts.check.painted import read_facts
from handouts.compose.lists import ListEntry, index
from handouts.compose.posters import poster
from handouts.press.unaddressed import sheet
from handouts.request.look import Look
from handouts.request.request import Patient, Request

LOGOS = {
    "svg": svg(), "png-alpha": encoded(picture("RGBA")), "png-palette": encoded(picture("P")),
    "png-grey": encoded(picture("L")), "jpeg": encoded(picture(), "JPEG"),
    "webp": encoded(picture("RGBA"), "WEBP"),
    "pdf": pdf(stream(b"1 0 0 rg 200 400 60 20 re f")),
    "svg-picture": svg('<linearGradient id="g"><stop stop-opacity=".2"/><stop offset="1"/>'
                       '</linearGradient><path d="M0 0h40v40h-40z" fill="url(#g)"/>'),
    "jpeg-cmyk": encoded(picture("CMYK"), "JPEG", icc_profile=cmyk_profile())}
FULL = {"address": ("Suite 400, 1200 North Elm Street Building", "Greensboro, NC 27401"),
        "phone": "+1 555-0142 ext. 3", "hours": "Mon to Fri 8 to 5, Sat 9 to 12",
        "web": "www.riverside.example/knees", "email": "hello@riverside.example"}
ANA = Patient("Ana Ruiz", given_on=TODAY, note="Twice a day.")
HANDOUTS = {
    "screened": {"cause": "osteoarthritis"},
    "examined": {"cause": "osteoarthritis", "state": "calm", "side": "left", "patient": ANA},
    "waits": {"cause": "gout", "state": "attack", "paper": "a4"},
    "large": {"cause": "gout", "state": "between", "format": "large-print", "patient": ANA},
    "large-a4": {"cause": "knee-pain", "paper": "a4", "format": "large-print", "lang": "es"},
    "black": {"cause": "knee-pain", "mono": True}}
WALLS = ("poster", "poster-a3", "index", "index-a4")


@pytest.fixture
def drawn(printed, knee, brand, tmp_path):
    """Draws a kind of page for a practice with a logo."""

    def made(kind, logo, **practice):
        practice["logo"] = read(tmp_path, LOGOS[logo])
        if kind in HANDOUTS:
            asked = dict(HANDOUTS[kind])
            asked["language"] = asked.pop("lang", "en")
            return printed(practice=practice, **asked)
        own = replace(brand, **practice)
        if kind.startswith("poster"):
            document = poster(Request("osteoarthritis"), knee, own, today=TODAY).document
            look = Look(paper="a3" if kind == "poster-a3" else "tabloid")
        else:
            rows = (ListEntry("Gout", "Massage", "gout-en.pdf", 4, False),
                    ListEntry("Injury", "Not now", "injury-en.pdf", 2, True))
            document = index(rows, "en", knee, own, today=TODAY)
            look = Look(paper="a4" if kind == "index-a4" else "letter")
        return sheet(document, own, look, TODAY).pdf

    return made


def faults(data):
    """What is painted outside tags and artifacts, and all that breaks PDF/UA-1 or PDF/A-2a."""
    opened = open_pdf(data)
    found = [finding.problem for finding in tagging.marking_problems(read_facts(opened))]
    opened.pdf.close()
    return found + standards(data)


@pytest.mark.parametrize("kind", [*HANDOUTS, *WALLS])
@pytest.mark.parametrize("logo", ["png-alpha", "svg-picture"])
def test_no_page_paints_a_picture_of_a_logo_outside_tags(drawn, kind, logo):
    assert faults(drawn(kind, logo, **FULL)) == []


@pytest.mark.parametrize("logo", LOGOS)
def test_a_logo_of_any_kind_keeps_the_standards(drawn, logo):
    assert faults(drawn("waits", logo)) == []
