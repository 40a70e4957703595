"""No picture is cut where it matters: neither by its frame nor by a page that is full."""

import pypdfium2
import pytest
from helpers import painted
from PIL import ImageChops

from handouts import document as doc
from handouts import paths
from handouts.pack.pack import load_pack
from handouts.pdf.blocks.tiles import SAFE, SAFE_VIEWS, tile
from handouts.pdf.figures.figures import Picture, art
from handouts.pdf.layout.theme import BLACK_ONLY, Style
from handouts.request.look import Look

FOLDER = paths.data_folder("assets") / "figures"
PICTURES = sorted(path.stem for path in FOLDER.glob("*.svg"))
STRUCTURE = load_pack("knee").structure
STEPS = sorted({cell.figure for cell in STRUCTURE.routine.cells if cell.figure})
VIEWS = ["zones", "zones-both"]
WIDE = 300  # dots: how large a picture is looked at
EDGE = 2  # dots
BLEEDS = {"anatomy-fracture", "anatomy-yours-fracture"}  # the break goes on down the bone


def marks(name):
    """The red of a picture as a mask: arrows, crosses, hatched places, what a cause changes."""
    drawn = art(name)
    data = painted((drawn.width, drawn.height),
                   lambda canvas: Picture(drawn, drawn.width).drawOn(canvas, 0, 0))
    page = pypdfium2.PdfDocument(data)[0].render(scale=WIDE / drawn.width).to_pil().convert("RGB")
    red, green, blue = page.split()
    strong = red.point(lambda value: 255 * (value >= 140))
    for other in (green, blue):
        strong = ImageChops.multiply(strong, other.point(lambda value: 255 * (value <= 80)))
    return strong


@pytest.mark.parametrize("name", [name for name in PICTURES if name not in BLEEDS])
def test_no_mark_is_cut_by_the_frame_of_its_picture(name):
    found = marks(name)
    left, top, right, bottom = found.getbbox() or (EDGE, EDGE, EDGE, EDGE)

    assert min(left, found.width - right, found.height - bottom) >= EDGE
    assert top >= EDGE or name.startswith("anatomy")  # the lining goes on above


@pytest.mark.parametrize(("name", "seen"), [*((name, SAFE) for name in STEPS),
                                            *((name, SAFE_VIEWS) for name in VIEWS)])
def test_what_a_full_page_cuts_off_a_picture_has_no_mark(name, seen):
    found = marks(name)
    off = found.height * (1 - seen) / 2
    _, top, _, bottom = found.getbbox() or (0, off, 0, off)

    assert off <= top
    assert bottom <= found.height - off


@pytest.mark.parametrize("name", ["step1", "heelslide-end", "step5-end", "zones"])
@pytest.mark.parametrize("size", [(172, 110), (172, 60), (84, 200), (40, 40)])
def test_a_tile_shows_the_whole_of_its_picture(name, size):
    style = Style(Look(), BLACK_ONLY, "left")
    made = tile(doc.Figure(name, "What it shows."), size, style)

    assert made.height == pytest.approx(made.whole)
    assert made.width <= size[0]
    assert made.height <= size[1] + .01


@pytest.mark.parametrize("size", [(172, 110), (172, 60), (172, 88)])
def test_a_tile_of_a_step_shows_at_least_what_matters(size):
    style = Style(Look(), BLACK_ONLY, "left")
    made = tile(doc.Figure("step1", "What it shows."), size, style, SAFE)

    assert made.height >= SAFE * made.whole - .01
