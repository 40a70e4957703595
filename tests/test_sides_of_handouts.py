"""Every picture of a handout shows the side that it is for, or the left one; in PDF and in HTML."""

import re
from io import BytesIO

import html5lib
import pikepdf
import pytest

from handouts import paths
from handouts.drawings import svg as drawings
from handouts.errors import PackError
from handouts.html import page as html
from handouts.pack import contract
from handouts.pack.pack import load_pack
from handouts.request.look import Look

PICTURES = sorted(path.stem for path in (paths.data_folder("assets") / "figures").glob("*.svg"))
SHOWN = {"left": "left", "right": "right", "both": "left", "": "left"}  # by the handout's side
OTHER = {"left": "right", "right": "left", "none": "none"}


@pytest.mark.parametrize(("side", "shown"), SHOWN.items())
def test_every_picture_of_the_pack_shows_the_side_of_the_handout_or_the_left_one(side, shown):
    for name in contract.figure_names(load_pack("knee").structure):
        drawn = drawings.drawn_side(name)
        seen = OTHER[drawn] if drawings.mirrored(name, side) else drawn

        assert seen in (shown, "none"), name


def test_a_picture_without_a_side_is_never_mirrored():
    assert [name for name in PICTURES if drawings.drawn_side(name) == "none"] == [
        "cycle", "sitstand", "sitstand-end", "sitstand-start", "swim", "walk", "zones-both"]
    assert not any(drawings.mirrored("walk", side) for side in SHOWN)


def test_a_picture_that_does_not_tell_its_side_is_refused_and_how_to_mend_it_is_told(
        monkeypatch, tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "elbow.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><g data-side="left"/></svg>', encoding="utf-8")
    monkeypatch.setattr(paths, "data_folder", lambda name: tmp_path)

    with pytest.raises(PackError, match="'elbow' doesn't tell which side it shows") as told:
        drawings.mirrored("elbow", "right")
    assert 'data-side="left", "right" or "none"' in str(told.value)


HANDOUTS = [
    ("osteoarthritis", {"state": "calm",
                        "massages": ("self-massage", "professional", "deep-tissue")}),
    ("tendonitis", {"state": "settled", "massages": ("cross-friction",)})]


@pytest.mark.parametrize(("side", "shown"), SHOWN.items())
@pytest.mark.parametrize(("cause", "asked"), HANDOUTS, ids=["osteoarthritis", "tendonitis"])
def test_every_picture_on_a_handout_s_pages_shows_its_side(  # in PDF and HTML alike
        printed, document, brand, cause, asked, side, shown):
    asked = {**asked, "side": side}
    on_paper = list(pdf_pictures(printed(cause, **asked)))
    on_screen = list(html_pictures(html.page(document(cause, **asked), brand, Look())))

    assert {name.removesuffix("-near") for name, _ in on_paper} == {  # beside the message
        name for name, _ in on_screen}
    assert len(on_paper) > 1
    for name, mirrored in [*on_paper, *on_screen]:
        drawn = drawings.drawn_side(name)
        assert (OTHER[drawn] if mirrored else drawn) in (shown, "none"), name


def pdf_pictures(data):
    """The pictures that a PDF's pages show, and whether each is mirrored."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            sign, kept = 1, []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        kept.append(sign)
                    case "Q":
                        sign = kept.pop()
                    case "cm":
                        sign *= -1 if operands[0] < 0 else 1
                    case "Do":
                        drawn = str(operands[0])[1:]
                        name = re.sub("(-[0-9a-f]{8})?(-turned)?$", "", drawn)
                        if name in PICTURES:
                            yield name, sign < 0 or drawn.endswith("-turned")


def html_pictures(page):
    """The pictures that an HTML page shows, and whether each is mirrored."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)
    for use in tree.iter("{http://www.w3.org/2000/svg}use"):
        name = use.get("href").removeprefix("#drawing-")
        if name in PICTURES:
            yield name, use.get("transform", "").startswith("matrix(-1 ")
