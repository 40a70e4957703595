"""Compiled drawings: what resvg draws, smaller, and nothing but shapes; pixels for the rest."""

import subprocess
import sys
from contextlib import suppress
from io import BytesIO

import pypdfium2
import pytest
from helpers import painted
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from handouts import paths
from handouts.errors import PackError
from handouts.pdf.figures import figures, vectors
from handouts.pdf.figures.figures import Art, Picture
from handouts.pdf.figures.plainsvg import read_svg, size_of
from handouts.pdf.figures.proof import Pixels, proved
from handouts.pdf.figures.proof import drawn as resvg_drawn
from handouts.pdf.figures.vectors import Compiled, compile_svg
from handouts.pdf.file.objects import deflated

FOLDER = paths.data_folder("assets") / "figures"
ALL = sorted(FOLDER.rglob("*.svg"))
SIDE = 160  # points wide, and pixels
FINE = 4  # drawn so many times as large where two programs are compared: each has edges of its own
RED, BLUE, WHITE, BLACK = (255, 0, 0), (0, 0, 255), (255, 255, 255), (0, 0, 0)
DOT = '<circle cx="20" cy="20" r="9"/>'


def svg(inside: str, box: str = "0 0 40 40") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{inside}</svg>'.encode()


def pixels(data: bytes, scale: int = 1) -> Image.Image:
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image


def compiled_pixels(drawing: Compiled, *, mirror: bool = False, scale: int = 1) -> Image.Image:
    picture = Picture(Art("drawing", drawing), SIDE, mirror=mirror)
    return pixels(painted((SIDE, 1.6 * SIDE), lambda canv: picture.drawOn(canv, 0, 0)), scale)


def wanted_pixels(source: bytes) -> Image.Image:
    """What resvg draws of it, cut at the edges of its box as SVG wants it."""
    wide, high = size_of(read_svg(source, "logo"), FINE * SIDE)
    high = round(high * SIDE * FINE / wide)
    return resvg_drawn(source, "logo", (FINE * SIDE, high))


def differs(drawing: Compiled, source: bytes) -> tuple[float, float]:
    """How far a drawing is from what resvg draws: on the whole, and its part of other dots."""
    wanted = wanted_pixels(source)
    got = compiled_pixels(drawing, scale=FINE)
    got = got.crop((0, got.height - wanted.height, got.width, got.height))
    difference = ImageChops.difference(got.reduce(FINE), wanted.reduce(FINE)).convert("L")
    return ImageStat.Stat(difference).mean[0], sum(difference.histogram()[64:]) / (SIDE * SIDE)


def drawn(inside: str, box: str = "0 0 40 40") -> Image.Image:
    return compiled_pixels(compile_svg(svg(inside, box), "logo"))


def at(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place of a 40-unit drawing."""
    return image.getpixel((int(x * SIDE / 40), image.height - SIDE + int(y * SIDE / 40)))


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...], by: int = 3) -> bool:
    return all(abs(one - two) <= by for one, two in zip(colour, wanted, strict=True))


# -- sameness --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_figure_looks_as_resvg_draws_it(path):
    source = path.read_bytes()

    mean, other = differs(compile_svg(source, path.name), source)

    assert mean < 2
    assert other < 0.001


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
    '<path d="M10 10h20v20zl8 8"/>',
    '<path d="M5 20a9 5 0 0110 5 9 5 0 1010 0"/><path d="m5 5 5 0 0 5zm9 0 5 0 0 5z"/>',
    '<path d="M5 5q9 -4 9 9t9 9s4 -9 9 9v3H2" fill="none" stroke="#000"/>',
    '<path d="M5 20H35" stroke="#00a" stroke-width="3" stroke-dasharray="4" '
    'stroke-dashoffset="3"/>',
    '<g stroke="#a00" stroke-width="4"><path d="M5 20L20 16L35 20" fill="none"/>'
    '<path d="M5 30L20 26L35 30" fill="none" stroke-miterlimit="20"/></g>',
    '<path d="M9 9h20v20z" stroke="#a00" stroke-width="4" paint-order="stroke"/>',
    '<rect width="50%" height="5mm" fill="rgba(10,20,30,.5)"/>'
    '<rect x="20" y="20" width="9" height="9" rx="2" fill="#123c69ff"/>',
    '<g transform="matrix(1 0 0 1-5-6)skewX(10)"><path d="M9 9h20v20z"/></g>',
    '<switch><g systemLanguage="xx"><path d="M0 0h40v40z"/></g><g><path d="M9 9h9v9z"/></g>'
    '</switch>',
    '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="6"/></symbol>'
    '<use href="#s" x="2" y="2" width="12" height="30"/>',
    '<g id="u"><use href="#v"/></g><defs><path id="v" d="M3 3h5v5z"/></defs>'
    '<use href="#u" x="20" y="20"/>',
    '<clipPath id="c"><rect width="20" height="20"/><circle cx="25" cy="25" r="9"/></clipPath>'
    '<path d="M0 0h40v40h-40z" clip-path="url(#c)"/>',
    '<clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/>'
    '</clipPath><path d="M5 5h30v20h-30z" clip-path="url(#c)"/>',
    '<mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" width="40" height="40">'
    '<rect width="40" height="40" fill="#fff"/></mask><g mask="url(#m)"><path d="M9 9h9v9z"/></g>',
    '<mask id="m" style="mask-type:alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="40" '
    'height="40"><circle cx="12" cy="12" r="6" fill="#D9D9D9"/></mask><g mask="url(#m)">'
    '<path d="M9 9h19v19z"/></g>',
    '<style>g > path:first-child{fill:#a00} @charset "x"; .b{fill:#00a !important}</style>'
    '<g><path d="M5 5h9v9z"/><path class="b" fill="#000" d="M20 20h9v9z"/></g>',
    '<radialGradient id="g" cx="50%" cy="50%" r="50%" gradientTransform="rotate(20)">'
    '<stop offset="" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></radialGradient>'
    '<path d="M5 5h30v30h-30z" fill="url(#g)"/>',
    '<path d="M5 5h9v9z" fill="url(#none) #a00"/><path d="M20 20h9v9z" visibility="hidden"/>',
])
def test_any_shape_looks_as_resvg_draws_it(inside):
    assert differs(compile_svg(svg(inside), "logo"), svg(inside))[0] < 1


def test_a_mirrored_picture_is_the_picture_mirrored():
    drawing = figures.art("step1").drawing

    there, back = compiled_pixels(drawing), compiled_pixels(drawing, mirror=True)

    flipped = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert ImageStat.Stat(ImageChops.difference(there, flipped).convert("L")).mean[0] < 2


def test_a_view_box_may_begin_anywhere():
    moved = drawn('<circle cx="120" cy="-30" r="9"/>', "100 -50 40 40")

    assert ImageChops.difference(moved, drawn(DOT)).getbbox() is None


# -- what is easily drawn wrong --------------------------------------------------------------------


def test_an_opacity_stays_in_the_form_that_has_it():
    drawing = compile_svg(svg(f'<g opacity=".5"><g opacity="50%">{DOT}</g></g>'), "logo")
    picture = Picture(Art("logo", drawing), SIDE)
    data = painted((SIDE, SIDE), lambda canv: picture.drawOn(canv, 0, 0))

    assert drawing.resources == b"<</ExtGState<</G0<</ca .25/CA 1>>>>>>"
    assert b"/Resources" + drawing.resources in data
    assert is_near(at(pixels(data), 20, 20), (191, 191, 191))


def test_opaque_shapes_after_a_translucent_one_are_opaque():
    image = drawn('<path d="M0 0h20v40h-20z" opacity=".5"/><path d="M20 0h20v40h-20z"/>')

    assert is_near(at(image, 10, 20), (127, 127, 127))
    assert at(image, 30, 20) == BLACK


@pytest.mark.parametrize(("rule", "middle"), [("evenodd", WHITE), ("nonzero", BLACK)])
def test_a_fill_rule_is_kept(rule, middle):
    image = drawn(f'<path d="M5 5h30v30h-30zM12 12h16v16h-16z" fill-rule="{rule}"/>')

    assert (at(image, 8, 20), at(image, 20, 20)) == (BLACK, middle)


@pytest.mark.parametrize("clip", [
    '<g clip-path="url(#c)"><path d="M0 0h40v40h-40z"/></g>',
    """<g style="clip-path:url('#c')"><path d="M0 0h40v40h-40z"/></g>""",
    '<g clip-path="url(#c)"><g clip-path="url(#d)"><path d="M0 0h40v40h-40z"/></g></g>',
    '<path d="M0 0h40v40h-40z" clip-path="url(#u)"/>',
])
def test_a_clip_path_cuts_its_group_and_nothing_after_it(clip):
    image = drawn(
        f'{clip}<path d="M30 30h9v9h-9z" fill="#00f"/>'
        '<clipPath id="c"><circle cx="20" cy="20" r="10"/></clipPath>'
        '<defs><clipPath id="d"><rect width="40" height="40"/></clipPath>'
        '<circle id="r" r="5"/></defs>'
        '<clipPath id="u"><use href="#r" transform="translate(20 20)scale(2)"/></clipPath>')

    assert [at(image, x, x) for x in (20, 8, 35)] == [BLACK, WHITE, BLUE]


ENDS = '<stop offset="0" stop-color="#f00"/><stop offset="100%" style="stop-color:blue"/>'


@pytest.mark.parametrize(("gradient", "left", "middle", "right"), [
    (f'<linearGradient id="g">{ENDS}</linearGradient>', RED, (127, 0, 127), BLUE),
    (f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="20" y1="0" x2="40" y2="0">{ENDS}'
     '</linearGradient>', RED, RED, BLUE),
    (f'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="1" y2="0" '
     f'gradientTransform="translate(40)scale(-40 1)">{ENDS}</linearGradient>',
     BLUE, (127, 0, 127), RED),
    (f'<linearGradient id="h">{ENDS}</linearGradient><linearGradient id="g" href="#h" x1="1" '
     'x2="0"/>', BLUE, (127, 0, 127), RED),
    (f'<radialGradient id="g">{ENDS}</radialGradient>', BLUE, RED, BLUE),
    ('<linearGradient id="g"><stop offset=".5" stop-color="red"/><stop offset=".5" '
     'stop-color="blue"/></linearGradient>', RED, None, BLUE),
    ('<linearGradient id="g"><stop stop-color="red"/></linearGradient>', RED, RED, RED),
])
def test_a_gradient_is_kept(gradient, left, middle, right):
    image = drawn(f'{gradient}<rect width="40" height="20" fill="url(#g)"/>')

    places = ((0.5, left), (20, middle), (39.5, right))
    assert all(is_near(at(image, x, 10), colour, 8) for x, colour in places if colour)


def test_style_sheets_and_styles_are_followed():
    image = drawn('<style>/* x */ path, .a {fill:blue} #b{fill:#f00}</style>'
                  '<path d="M0 0h9v9h-9z"/>'
                  '<path id="b" class="a" d="M10 0h9v9h-9z"/>'
                  '<path class="a" style="fill:black" d="M20 0h9v9h-9z"/>')

    assert [at(image, x, 5) for x in (5, 15, 25)] == [BLUE, RED, BLACK]


def test_a_copy_stands_at_its_place_and_takes_its_colour():
    image = drawn('<use href="#a" x="20" y="20" fill="red" transform="scale(.5)"/>'
                  '<defs><path id="a" d="M0 0h20v20h-20z"/></defs>')

    assert [at(image, x, x) for x in (5, 15, 25)] == [WHITE, RED, WHITE]


def test_a_polyline_without_a_fill_of_its_own_is_black():
    assert at(drawn('<polyline points="5,5 35,5 20,35"/>'), 20, 15) == BLACK


@pytest.mark.parametrize(("inside", "what"), [
    (f'<g opacity=".5">{DOT}<circle cx="26" cy="20" r="9"/></g>',
     "an effect that shapes can't keep"),
    (f'<g stroke="red" stroke-width="6" opacity=".5">{DOT}</g>',
     "an effect that shapes can't keep"),
    ('<filter id="f"><feGaussianBlur stdDeviation="1"/></filter><circle cx="20" cy="20" r="9" '
     'filter="url(#f)"/>', "the property 'filter'"),
    (f'<g style="mix-blend-mode:multiply">{DOT}</g>', "the property 'mix-blend-mode'"),
    (f'<linearGradient id="g">{ENDS}</linearGradient><path d="M0 9h40v1h-40z" stroke="url(#g)"/>',
     "a gradient along a line"),
    (f'<pattern id="p" width=".1" height=".1">{DOT}</pattern>{DOT}<path d="M0 0h40v40h-40z" '
     'fill="url(#p)"/>', "a <pattern> element"),
    (f'<mask id="m"><circle cx="20" cy="20" r="6" fill="#888"/></mask><g mask="url(#m)">{DOT}</g>',
     "a mask"),
    (f'<clipPath id="c"><path clip-rule="evenodd" d="M0 0h30v30h-30z"/>{DOT}</clipPath>'
     f'<g clip-path="url(#c)">{DOT}</g>', "a clip path of shapes that can't be joined"),
    ('<style>@media print{circle{fill:red}}</style>' + DOT,
     "a style sheet with more than plain rules"),
    (f'<linearGradient id="g" spreadMethod="repeat" x2=".2">{ENDS}</linearGradient>'
     '<path d="M0 0h40v40h-40z" fill="url(#g)"/>', "a gradient that repeats"),
    ('<linearGradient id="g"><stop stop-opacity=".5"/><stop offset="1"/></linearGradient>'
     '<path d="M0 0h40v40h-40z" fill="url(#g)"/>', "a gradient that fades to nothing"),
    ('<g transform="scale(2 1)"><path d="M2 9h9v9" fill="none" stroke="red" stroke-width="4"/>'
     '</g>', "a line that is stretched or slanted"),
    (f'<svg x="9" width="20" height="20">{DOT}</svg>', "a <svg> element"),
    ('<image width="40" height="40" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB'
     'CAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"/>', "a <image> element"),
    (f'<path d="M0 0h40v40h-40z" fill="nocolour"/>{DOT}', "a colour that nobody knows"),
])
def test_what_shapes_can_not_keep_is_a_picture_of_it(inside, what):
    found = proved(svg(inside), "logo")

    assert isinstance(found, Pixels)
    assert found.why == what
    picture = Image.open(BytesIO(found.png)).convert("RGB").resize((SIDE, SIDE))
    wanted = wanted_pixels(svg(inside)).reduce(FINE)
    difference = ImageChops.difference(picture, wanted).convert("L")
    assert ImageStat.Stat(difference).mean[0] < 3
    assert min(Image.open(BytesIO(found.png)).size) == 300  # 600 to the inch at 36 points
    assert Pixels.unpacked(found.packed()) == found


def test_too_many_shapes_for_a_light_page_are_a_picture():
    rows = "".join(f'<path d="M{at % 97} {at % 89}l3 {at % 7}v9z" fill="#{at:06x}"/>'
                   for at in range(15_000))

    assert proved(svg(rows, "0 0 100 100"), "logo").why == "too many shapes for a light page"


@pytest.mark.parametrize(("source", "what"), [
    (b"<svg", "the SVG is damaged"),
    (svg("<g/>"), "the SVG is blank on white paper"),
    (svg('<path d="M0 0X9"/>'), "the SVG is blank on white paper"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>',
     "the SVG has no viewBox"),
])
def test_what_can_not_be_drawn_at_all_is_refused(source, what):
    with pytest.raises(PackError) as refused:
        proved(source, "logo.svg")

    assert refused.value.problem == what


RICH = svg(
    f'<defs><linearGradient id="g" gradientTransform="matrix(1 0 0 1 2 3)">{ENDS}</linearGradient>'
    f'<g id="u">{DOT}</g></defs><style>.a{{fill:url(#g);stroke-miterlimit:2}}</style>'
    '<clipPath id="c"><rect width="9" height="9"/></clipPath><use href="#u" x="3" opacity="9"/>'
    '<g clip-path="url(#c)" transform="rotate(5 1 2)"><path class="a" d="M1 1c1 1 2 2 3 4a3 2 0 '
    '1 0 5 5z" stroke="red" stroke-dasharray="1 2"/><polyline points="1,2 3,4 5,1"/></g>')


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, len(RICH) - 1), cut=st.integers(0, 3),
       put=st.sampled_from([b"", b"0", b"-", b"1e99", b"99999999", b"%", b" ", b"#", b"none"]))
def test_a_damaged_drawing_is_compiled_or_refused_and_nothing_else(place, cut, put):
    with suppress(PackError):
        drawing = compile_svg(RICH[:place] + put + RICH[place + cut:], "logo")

        assert vectors.unpacked(vectors.packed(drawing)) == drawing


# -- the compiled form -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_figure_is_nothing_but_shapes_and_small(path):
    drawing = compile_svg(path.read_bytes(), path.name)

    assert drawing.resources == b"<<>>"
    assert vectors.is_only_shapes(drawing)
    assert len(deflated(drawing.operators)) < 20_000
    assert vectors.unpacked(vectors.packed(drawing)) == drawing


def test_a_drawing_with_opacity_clip_and_gradient_is_kept_and_read_back():
    drawing = compile_svg(svg(
        f'<radialGradient id="g">{ENDS}</radialGradient><clipPath id="c">{DOT}</clipPath>'
        '<g clip-path="url(#c)"><rect width="40" height="40" fill="url(#g)" opacity=".5"/></g>'
        '<path d="M0 20H40" stroke="red" stroke-dasharray="4 2"/>'), "logo")

    assert vectors.unpacked(vectors.packed(drawing)) == drawing


@pytest.mark.parametrize("change", [
    lambda data: data[:-1], lambda data: data + b"\n", lambda data: data.replace(b" m", b" l", 1),
    lambda data: data.replace(b"vectors 1 1000", b"vectors 1 1001"), lambda data: b"",
])
def test_damaged_bytes_are_refused(change):
    data = vectors.packed(figures.art("icons/tick").drawing)

    with pytest.raises(ValueError, match="drawing"):
        vectors.unpacked(change(data))


@pytest.mark.parametrize(("operators", "resources"), [
    (b"/Im0 Do", b"<<>>"), (b"BT (x) Tj ET", b"<<>>"), (b"0 0 m", b"<</XObject<</X 9 0 R>>>>"),
    (b"0 0 m", b"<<>> endobj"),
])
def test_kept_bytes_that_hold_more_than_shapes_are_refused(operators, resources):
    with pytest.raises(ValueError, match="more than shapes"):
        vectors.unpacked(vectors.packed(Compiled(operators, resources, 9, 9)))


def test_colours_are_replaced_all_at_once():
    drawing = compile_svg(svg('<path d="M0 0h9v9z" fill="#f00"/>'
                              '<path d="M0 0h9v9z" fill="#0f0" stroke="#f00"/>'), "logo")

    swapped = vectors.recoloured(drawing, (("#FF0000", "#00FF00"), ("#00FF00", "#FF0000")))

    assert swapped == compile_svg(svg('<path d="M0 0h9v9z" fill="#0f0"/>'
                                      '<path d="M0 0h9v9z" fill="#f00" stroke="#0f0"/>'), "logo")


def test_operators_are_short():
    drawing = compile_svg(svg('<path d="M4 4h4h4v4l8 0v0" fill="#fff"/>'
                              '<path d="M4 4c0 4 4 8 8 8" fill="#fff"/>', "0 0 1000 1000"), "logo")

    assert drawing.operators.decode().split("\n") == [
        "1 1 1 rg", "4 996 m", "12 996 l", "12 992 l", "20 992 l", "f",
        "4 996 m", "4 992 8 988 12 988 c", "f"]


def test_compressed_operators_never_end_like_a_line():
    ends = {deflated(b"%d 0 m" % number)[-1:] for number in range(3000)}

    assert not ends & {b"\r", b"\n"}


def test_what_reads_svg_is_imported_only_to_compile():
    code = ("import sys, handouts.pdf.pages.typeset; "
            "sys.exit(any(name in sys.modules for name in ('resvg_py', 'tinycss2', 'cssselect2')))")

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_any_process_compiles_the_same_bytes():
    code = ("import sys; from handouts.pdf.figures import figures, vectors; "
            "sys.stdout.buffer.write(vectors.packed(figures.art('zones').drawing))")

    runs = [subprocess.run([sys.executable, "-c", code], check=True, capture_output=True,
                           env={"PYTHONHASHSEED": seed}).stdout for seed in "12"]

    assert runs == [vectors.packed(figures.art("zones").drawing)] * 2


@pytest.mark.parametrize("inside", [
    '<g color="#f00"><path d="M0 0h40v40H0z" fill="currentColor"/></g>',
    '<g style="color:#f00"><path d="M0 0h40v40H0z" style="fill:currentcolor"/></g>',
    '<g fill="currentColor" color="#00f"><path color="#f00" d="M0 0h40v40H0z"/></g>',
    '<g color="#f00"><path color="inherit" d="M0 0h40v40H0z" fill="currentColor"/></g>',
    '<defs><path id="p" d="M0 0h40v40H0z" fill="currentColor"/></defs>'
    '<use href="#p" color="#f00"/>',
    '<g fill="currentColor"><g fill="#f00"><path color="#00f" d="M0 0h40v40H0z"/></g></g>'])
def test_the_current_colour_is_that_of_the_element_or_of_those_around_it(inside):
    assert vectors.colours(compile_svg(svg(inside), "logo")) == {"#FF0000"}


def test_the_current_colour_is_black_where_nobody_says_one():
    inside = '<path d="M0 0h40v40H0z" fill="currentColor"/>'

    assert vectors.colours(compile_svg(svg(inside), "logo")) == {"#000000"}


def test_dots_made_of_paths_without_length_are_seen():
    inside = ('<path d="M10 20zM20 20zM30 20z" stroke-width="8" stroke-linecap="round" '
              'stroke="#f00"/>')
    drawn = compiled_pixels(compile_svg(svg(inside), "logo"))

    assert [drawn.getpixel((SIDE * at // 4, drawn.height - SIDE // 2)) for at in (1, 2, 3)] == [
        RED] * 3


@pytest.mark.parametrize(("sheet", "colour"), [
    (".a{fill:#f00}/* .a{fill:#00f} */", "#FF0000"), ("/**/.a/* b */{fill:/**/#f00}", "#FF0000"),
    (".a{fill:#00f} .a{fill:#f00} /* left open .a{fill:#000}", "#FF0000")])
def test_comments_in_a_style_sheet_say_nothing(sheet, colour):
    inside = f'<style>{sheet}</style><path class="a" d="M0 0h40v40H0z"/>'

    assert vectors.colours(compile_svg(svg(inside), "logo")) == {colour}


@pytest.mark.parametrize("sheet", ["/*" * 100_000, "a" * 200_000, "{" * 200_000, "a{" * 100_000])
def test_a_style_sheet_is_read_once_however_long(sheet):
    with suppress(PackError):
        compile_svg(svg(f"<style>{sheet}</style>{DOT}"), "logo")
