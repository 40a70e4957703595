"""Compiled drawings: the pictures that svglib's own way draws, smaller, and nothing but shapes."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from reportlab.graphics import renderPDF
from reportlab.pdfgen.canvas import Canvas
from svglib.svglib import svg2rlg

from handouts import paths
from handouts.pdf import figures
from handouts.pdf.figures import Art, Picture
from handouts.pdf.vectors import Compiled, compile_svg

FOLDER = paths.data_folder("assets") / "figures"
ALL = sorted(FOLDER.rglob("*.svg"))
SIDE = 160  # points wide, and pixels
GREY = (127, 127, 127)
DOT = '<circle cx="20" cy="20" r="9"/>'


def svg(inside: str, box: str = "0 0 40 40") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'.encode()


def pdf(draw) -> bytes:
    """A page on which `draw(canvas)` has drawn."""
    buffer = BytesIO()
    canv = Canvas(buffer, pagesize=(SIDE, 1.2 * SIDE), invariant=1)
    draw(canv)
    canv.showPage()
    canv.save()
    return buffer.getvalue()


def pixels(data: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    return image


def compiled_pixels(drawing: Compiled, *, mirror: bool = False) -> Image.Image:
    picture = Picture(Art("drawing", drawing), SIDE, mirror=mirror)
    return pixels(pdf(lambda canv: picture.drawOn(canv, 0, 0)))


def old_pixels(source: bytes) -> Image.Image:
    """What svglib and ReportLab's renderPDF draw."""
    drawing = svg2rlg(BytesIO(source))
    scale = SIDE / drawing.width

    def draw(canv):
        canv.scale(scale, scale)
        renderPDF.draw(drawing, canv, 0, 0)

    return pixels(pdf(draw))


def drawn(inside: str, box: str = "0 0 40 40") -> Image.Image:
    return compiled_pixels(compile_svg(svg(inside, box), "logo"))


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place of a 40-unit drawing."""
    return image.getpixel((int(x * SIDE / 40), int(y * SIDE / 40)))


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], by: int = 3) -> bool:
    return all(abs(one - two) <= by for one, two in zip(colour, wanted, strict=True))


# -- sameness --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_figure_looks_as_svglib_draws_it(path):
    source = path.read_bytes()

    difference = ImageChops.difference(compiled_pixels(compile_svg(source, path.name)),
                                       old_pixels(source)).convert("L")

    assert ImageStat.Stat(difference).mean[0] < 0.4
    assert sum(difference.histogram()[64:]) < SIDE * SIDE * 0.0005


@pytest.mark.parametrize("inside", [
    '<path d="M5 5Q20 0 35 5T35 30L5 30Z"/>',
    '<path d="M10 20a10 6 30 1 0 15-8z" fill="#0a5"/>',
    '<path d="M5 5h30v30h-30zM12 12h16v16h-16z" fill-rule="evenodd"/>',
    '<path d="M5 5h30v30h-30zM12 12h16v16h-16z"/>',
    '<path d="M5 35L20 5L35 35" stroke="#a00" stroke-width="3" fill="#eee" '
    'stroke-linejoin="round" stroke-linecap="square"/>',
    '<path d="M5 20H35" stroke="#00a" stroke-width="3" stroke-dasharray="4 2"/>',
    '<g transform="translate(20 20) rotate(30) scale(.7)"><rect x="-15" y="-10" width="30" '
    'height="20" rx="4" stroke="#a0a" fill="none" stroke-width="2"/></g>',
    '<ellipse cx="20" cy="20" rx="15" ry="8" fill="#123456"/>',
    '<polygon points="5,5 35,10 20,35" fill="#fa0"/>',
    '<line x1="5" y1="5" x2="35" y2="30" stroke="#000" stroke-width="2"/>',
    '<path d="M5 5h30v30h-30z" fill-opacity=".4"/>',
])
def test_any_shape_looks_as_svglib_draws_it(inside):
    difference = ImageChops.difference(drawn(inside), old_pixels(svg(inside))).convert("L")

    assert ImageStat.Stat(difference).mean[0] < 0.4


def test_a_mirrored_picture_is_the_picture_mirrored():
    drawing = figures.art("step1").drawing

    there, back = compiled_pixels(drawing), compiled_pixels(drawing, mirror=True)

    flipped = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert ImageStat.Stat(ImageChops.difference(there, flipped).convert("L")).mean[0] < 2


def test_a_view_box_may_begin_anywhere():
    moved = drawn('<circle cx="120" cy="-30" r="9"/>', "100 -50 40 40")

    assert ImageChops.difference(moved, drawn(DOT)).getbbox() is None
