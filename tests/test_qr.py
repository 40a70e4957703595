"""QR codes: a reader decodes them from the printed page; they are pictures, links, and vectors."""

import re
from itertools import cycle

import pypdfium2
import pytest
import zxingcpp
from helpers import TODAY, page_texts, painted, standards, tag_tree
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from handouts import document as doc
from handouts.compose.markup import read
from handouts.compose.posters import poster
from handouts.errors import PackError
from handouts.pdf.blocks.qr import QRCode, matrix
from handouts.press.unaddressed import sheet
from handouts.request.look import Look
from handouts.request.request import Request

WEB = {"web": "www.riverside.example"}
LINK = "https://www.riverside.example"
ID = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
ALT = "QR code: www.riverside.example"


def decoded(data, dpi=150):
    """The texts of all QR codes on all pages, as a scanner of a print would read them."""
    pages = pypdfium2.PdfDocument(data)
    images = [page.render(scale=dpi / 72).to_pil().convert("L") for page in pages]
    return [code.text for image in images for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_code_on_a_handout_leads_to_the_practice(printed, paper):
    data = printed("tendonitis", paper, WEB)

    assert decoded(data) == [LINK]
    assert standards(data) == []


def test_a_practice_without_a_page_has_no_code(printed):
    data = printed("osteoarthritis", state="calm")

    assert decoded(data) == []
    assert "More on our page" not in " ".join(page_texts(data))


def test_the_code_never_costs_a_page_or_a_block(printed, knee):
    """Each cause in one language in turn; tests/sweep/test_documents.py takes all."""
    for cause, language in zip(knee.structure.causes, cycle(knee.languages), strict=False):
        cost_nothing(printed, cause, language)


def cost_nothing(printed, cause, language):
    bare = page_texts(printed(cause, language=language, practice={"phone": "555-0142"}))
    coded = page_texts(printed(cause, language=language, practice={"phone": "555-0142", **WEB}))

    assert len(coded) == len(bare)
    for before, after in zip(bare, coded, strict=True):
        assert set(ID.sub("", before).split()) <= set(ID.sub("", after).split())


@pytest.mark.parametrize("dpi", [60, 100, 300])
def test_the_code_on_a_poster_is_read_from_a_coarse_print(knee, brand, dpi):
    practice = replace(brand, **WEB)
    document = poster(Request("osteoarthritis"), knee, practice, today=TODAY).document
    data = sheet(document, practice, Look(paper="tabloid", mono=True), TODAY).pdf

    assert decoded(data, dpi) == [LINK]


def test_it_is_told_as_a_picture_in_a_link(printed):
    tree = tag_tree(printed("tendonitis", practice=WEB))
    lines = [line.strip() for line in tree.splitlines()]
    at = lines.index(f'Figure alt="{ALT}"')

    assert lines[at - 1] == "Link"
    assert any(line.startswith("Link") and "www.riverside.example" in line for line in lines)


@given(st.from_regex(r"https://[a-z]{1,20}\.example/[a-zA-Z0-9_.~/-]{0,30}", fullmatch=True))
@settings(max_examples=25, deadline=None)
def test_any_address_is_decoded_as_it_is(link):
    data = painted((100, 100), lambda canv: QRCode(
        doc.QrCode(link, "QR code", "Title", link), 100).drawOn(canv, 0, 0))

    assert decoded(data, 300) == [link]


def test_it_is_one_path_with_its_quiet_zone_on_white():
    data = painted((100, 100), lambda canv: QRCode(
        doc.QrCode(LINK, ALT, "Title", LINK), 100).drawOn(canv, 0, 0))
    page = pypdfium2.PdfDocument(data)[0]
    ground, code = page.get_objects()
    units = len(matrix(LINK)) + 2 * 4  # ISO/IEC 18004: four modules of white all around
    white = 100 * 4 / units

    assert ground.get_bounds() == pytest.approx((0, 0, 100, 100), abs=.1)
    assert code.get_bounds() == pytest.approx((white, white, 100 - white, 100 - white), abs=.1)


def test_a_template_may_write_a_code_but_only_of_a_safe_address():
    def page(href):
        return (f'<handout><page id="a" title="A"><qr href="{href}" alt="QR" title="T">words</qr>'
                "</page></handout>")

    [block] = read(page(LINK), {})[0].blocks

    assert block == doc.QrCode(LINK, "QR", "T", "words")
    with pytest.raises(PackError, match="a link starts with"):
        read(page("javascript:alert(1)"), {})


def test_the_print_has_every_module_where_the_standard_has_it():
    data = painted((100, 100), lambda canv: QRCode(
        doc.QrCode(LINK, ALT, "Title", LINK), 100).drawOn(canv, 0, 0))
    rows = matrix(LINK)
    units = len(rows) + 8
    image = pypdfium2.PdfDocument(data)[0].render(scale=units / 10).to_pil().convert("L")
    seen = [[image.getpixel((10 * (left + 4) + 5, 10 * (top + 4) + 5)) < 128
             for left in range(len(rows))] for top in range(len(rows))]

    assert seen == [[bool(dark) for dark in row] for row in rows]
