"""Black only: no ink but black on white, and nothing told by colour alone."""

import re
from io import BytesIO

import pikepdf
import pytest
from helpers import page_texts, standards, tag_tree
from PIL import Image

from handouts.brand.logo import read_logo
from handouts.request.request import Patient

INKS = re.compile(rb"(?m)(?:^|\s)(\S+ \S+ \S+) (?:rg|RG)\b")
LOGO = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
        '<rect width="40" height="40" fill="#0B5563"/>{}</svg>')


def page_inks(data) -> set[bytes]:
    """The colours that pages ask for, those inside pictures left out."""
    with pikepdf.open(BytesIO(data)) as opened:
        return {ink for page in opened.pages for stream in (
            page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents])
            for ink in INKS.findall(stream.read_bytes())}


@pytest.mark.parametrize("format_", ["", "large-print"])
@pytest.mark.parametrize(("cause", "asked"), [
    ("osteoarthritis", {"flags": ("anticoagulant",)}), ("gout", {"state": "attack"}),
    ("osteoarthritis", {"state": "calm", "patient": Patient("Ana Ruiz", note="Twice a day.")})])
def test_text_and_shapes_are_black_or_white(printed, cause, asked, format_):
    data = printed(cause, mono=True, format=format_, **asked)

    assert page_inks(data) == {b"0 0 0", b"1 1 1"}
    assert standards(data) == []


def test_it_says_the_same_as_in_colour(printed):
    asked = {"cause": "osteoarthritis", "state": "calm", "side": "left"}

    assert tag_tree(printed(**asked, mono=True)) == tag_tree(printed(**asked))
    assert page_texts(printed(**asked, mono=True)) == page_texts(printed(**asked))


def forms(data) -> list[bytes]:
    """The operators of each drawing."""
    with pikepdf.open(BytesIO(data)) as opened:
        return [stream.read_bytes() for name, stream in
                opened.pages[0].Resources.XObject.items() if name.startswith("/logo")]


@pytest.mark.parametrize(("inside", "black"), [
    ('<path d="M5 5h9v9z" fill="#fff"/>', True), ('<path d="M5 5h9v9z" fill="#c00"/>', False)])
def test_a_logo_of_one_colour_is_black_and_one_of_more_stays(printed, tmp_path, inside, black):
    file = tmp_path / "logo.svg"
    file.write_text(LOGO.format(inside))
    [drawn] = forms(printed("gout", practice={"logo": read_logo(file)}, mono=True))

    assert (b"0 0 0 rg" in drawn) is black


def test_a_picture_of_a_logo_is_grey(printed, tmp_path):
    file = tmp_path / "logo.png"
    drawn = Image.new("RGB", (40, 40), "white")
    drawn.paste((200, 0, 0), (0, 0, 20, 40))
    drawn.save(file)
    data = printed("gout", practice={"logo": read_logo(file)}, mono=True)
    with pikepdf.open(BytesIO(data)) as opened:
        pixels = opened.pages[0].Resources.XObject["/Logo"].read_bytes()

    assert set(pixels) != {255}
    assert pixels[::3] == pixels[1::3] == pixels[2::3]
