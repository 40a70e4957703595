"""Logos: told apart by content, stripped to pixels or shapes, refused with every reason."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from handouts.errors import PackError
from handouts.logo import MAX_DATA, Logo, read_logo

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
DOT = '<circle cx="20" cy="20" r="9"/>'
NOTHING_BUT_SHAPES = "save the logo as plain SVG with nothing but shapes"


def svg(inside: str = DOT, box: str = 'viewBox="0 0 40 40"') -> bytes:
    xlink = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"<svg {XMLNS} {xlink} {box}>{inside}</svg>".encode()


def clean(inside: str, width: str = "40", height: str = "40") -> bytes:
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f"<svg {XMLNS} {box}>{inside}</svg>".encode()


def picture(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """A teal block on white (or on nothing), in a Pillow mode."""
    image = Image.new("RGBA", size, (255, 255, 255, 0))
    image.paste((11, 85, 99, 255), (0, 0, size[0] // 2, size[1] // 2))
    white = Image.new("RGBA", size, "white")
    return image if mode == "RGBA" else Image.alpha_composite(white, image).convert(
        mode, dither=Image.Dither.NONE)


def encoded(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def read(folder: Path, data: bytes, name: str = "logo") -> Logo:
    (folder / name).write_bytes(data)
    return read_logo(folder / name)


def problems(folder: Path, data: bytes) -> tuple[str, ...]:
    with pytest.raises(PackError) as refused:
        read(folder, data)
    return refused.value.problems


# SVG


def test_svg_is_read_with_the_size_of_its_view_box(tmp_path: Path) -> None:
    logo = read(tmp_path, svg(box='viewBox="0,0,80 40" width="20mm"'))

    assert logo == Logo("svg", clean(DOT.replace("/>", " />"), "80"), 80, 40)


def test_svg_without_view_box_gets_one_from_its_size(tmp_path: Path) -> None:
    logo = read(tmp_path, svg(box='width="80px" height="40"'))

    assert logo == Logo("svg", clean(DOT.replace("/>", " />"), "80"), 80, 40)


def test_a_clean_svg_is_read_again_as_it_is(tmp_path: Path) -> None:
    logo = read(tmp_path, svg())

    assert read(tmp_path, logo.data) == logo


def test_names_comments_and_editor_data_stay_behind(tmp_path: Path) -> None:
    editor = (
        '<?xml-stylesheet href="http://e.org/x.css"?><!-- Ana -->'
        '<title>Ana</title><desc>Ana</desc><metadata><x:rdf xmlns:x="urn:x">Ana</x:rdf></metadata>'
        '<x:view xmlns:x="urn:x" href="http://e.org"/>'
        '<g xmlns:x="urn:x" x:label="Ana" xml:base="http://e.org/">Ana<path d="M0 0h9"/></g>'
    )

    assert read(tmp_path, svg(editor)).data == clean('<g><path d="M0 0h9" /></g>')


def test_gradients_clips_and_classes_inside_the_file_are_kept(tmp_path: Path) -> None:
    inside = (
        '<style>.a{fill:url(#g);stroke:#000}</style>'
        '<defs><linearGradient id="g" href="#h"><stop offset="0" /></linearGradient>'
        '<rect id="r" width="9" height="9" /></defs>'
        '<clipPath id="c"><use href="#r" /></clipPath>'
        """<g clip-path="url( '#c')"><path class="a" d="M0 0h9" /></g>"""
    )

    assert read(tmp_path, svg(inside)).data == clean(inside)


def test_xlink_references_become_plain_ones(tmp_path: Path) -> None:
    logo = read(tmp_path, svg(f'<defs><g id="a">{DOT}</g></defs><use xlink:href="#a"/>'))

    assert b'<use href="#a" />' in logo.data


@pytest.mark.parametrize(("inside", "expected"), [
    ("<script>alert(1)</script>",
     "the SVG has a <script> element; a logo runs no code; delete it"),
    ("<foreignObject/>",
     "the SVG has a <foreignObject> element; trace the picture, or save the whole logo as PNG"),
    ('<image href="#a"/>',
     "the SVG has a <image> element; trace the picture, or save the whole logo as PNG"),
    ("<text>Knee</text>", "the SVG has a <text> element; "
     "convert text to paths, because no font travels with a logo"),
    ('<a href="#x"/>', f"the SVG has a <a> element; {NOTHING_BUT_SHAPES}"),
    ("<svg/>", f"the SVG has a <svg> element; {NOTHING_BUT_SHAPES}"),
    ("<set/>", f"the SVG has a <set> element; {NOTHING_BUT_SHAPES}"),
    ('<g onload="x()"/>', f"the SVG has code in 'onload'; {NOTHING_BUT_SHAPES}"),
    ('<g OnClick="x()"/>', f"the SVG has code in 'OnClick'; {NOTHING_BUT_SHAPES}"),
    ('<linearGradient href="other.svg#g"/>',
     f"the SVG has a reference outside itself in 'href'; {NOTHING_BUT_SHAPES}"),
    ('<linearGradient xlink:href="file:///etc/passwd"/>',
     f"the SVG has a reference outside itself in 'href'; {NOTHING_BUT_SHAPES}"),
    ('<linearGradient href="data:image/svg+xml;base64,AAAA"/>',
     f"the SVG has a reference outside itself in 'href'; {NOTHING_BUT_SHAPES}"),
    ('<g fill="url(http://e.org/#g)"/>',
     f"the SVG has a reference outside itself in 'fill'; {NOTHING_BUT_SHAPES}"),
    ('<g style="fill:URL( &quot;x.svg#g&quot;)"/>',
     f"the SVG has a reference outside itself in 'style'; {NOTHING_BUT_SHAPES}"),
    ('<g style="fill:u\\72l(x.svg)"/>',
     f"the SVG has a reference outside itself in 'style'; {NOTHING_BUT_SHAPES}"),
    ("<style>@import 'x.css';</style>",
     f"the SVG has a reference outside itself in <style>; {NOTHING_BUT_SHAPES}"),
    ("<style><![CDATA[.a{fill:url(//e.org)}]]></style>",
     f"the SVG has a reference outside itself in <style>; {NOTHING_BUT_SHAPES}"),
    ('<use href="#nowhere"/>',
     "the SVG has a <use> of a shape that is not there; expand its symbols"),
    ('<g id="a"><use href="#a"/></g>', "the SVG has a <use> inside a <use>; expand its symbols"),
    ('<g id="a"/>' + '<use href="#a"/>' * 51,
     "the SVG has more than 50 <use> elements; expand its symbols"),
    ("<g>" * 60 + "</g>" * 60, "the SVG is nested more than 50 deep; ungroup its shapes"),
])
def test_svg_with_more_than_its_own_shapes_is_refused(
    tmp_path: Path, inside: str, expected: str
) -> None:
    assert problems(tmp_path, svg(DOT + inside)) == (expected,)


@pytest.mark.parametrize("data", [
    b"<!DOCTYPE svg>" + svg(),
    b'<!doctype svg [<!ENTITY a "b">]>' + svg(),
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg(),
])
def test_svg_with_a_document_type_is_refused(tmp_path: Path, data: bytes) -> None:
    assert problems(tmp_path, data) == (
        "the SVG has a document type; delete its part <!DOCTYPE …>",)


@pytest.mark.parametrize("data", [
    b"<svg", svg("<g>"), b'<?xml version="1.0"?>' + svg("\N{BULLET}").decode().encode("utf-16-le"),
    svg(DOT + "&entity;"),
])
def test_svg_that_is_no_utf8_xml_is_refused(tmp_path: Path, data: bytes) -> None:
    assert problems(tmp_path, data) == (
        "the SVG is damaged (not UTF-8 or not XML); export it again",)


def test_a_named_encoding_can_not_hide_a_document_type(tmp_path: Path) -> None:
    declared = '<?xml version="1.0" encoding="cp037"?>'
    hidden = declared.encode() + f"<!DOCTYPE svg>{svg().decode()}".encode("cp037")

    assert problems(tmp_path, hidden) == (
        "the SVG is damaged (not UTF-8 or not XML); export it again",)


@pytest.mark.parametrize("inside", [
    "", "<g/>", f"<defs>{DOT}</defs>", '<path d="M5 5"/>', "<path/>", '<circle r="0"/>',
    '<rect width="9"/>', '<rect width="0.0" height="9"/>', "<polygon/>",
])
def test_svg_that_draws_nothing_is_refused(tmp_path: Path, inside: str) -> None:
    assert problems(tmp_path, svg(inside)) == (
        "the SVG draws nothing; export it with its shapes visible",)


@pytest.mark.parametrize("box", [
    "", 'viewBox="0 0 0 40"', 'viewBox="0 0 40"', 'viewBox="a 0 40 40"', 'viewBox="0 0 9999 40"',
    'viewBox="0 0 -4 40"', 'width="100%" height="100%"', 'viewBox="0 0 nan inf"',
])
def test_svg_without_a_usable_size_is_refused(tmp_path: Path, box: str) -> None:
    assert problems(tmp_path, svg(box=box)) == (
        "the SVG has no size up to 4000; give it a viewBox",)


def test_all_problems_of_an_svg_are_told_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, svg("<text/><script/>", box='onload="x()"')) == (
        "the SVG has a <text> element; convert text to paths, because no font travels with a logo",
        "the SVG has a <script> element; a logo runs no code; delete it",
        f"the SVG has code in 'onload'; {NOTHING_BUT_SHAPES}",
        "the SVG has no size up to 4000; give it a viewBox",
        "the SVG draws nothing; export it with its shapes visible",
    )


def test_svg_that_would_make_every_handout_heavy_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, svg('<path d="M0 0L1 1"/>' * 6000)) == (
        "the SVG holds over 100 KB of shapes; simplify its paths",)


# PNG and JPEG


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_png_of_any_mode_becomes_plain_rgb_on_white(tmp_path: Path, mode: str) -> None:
    source = picture("L").convert("I").point(lambda level: level * 257).convert("I;16") \
        if mode == "I;16" else picture(mode)

    logo = read(tmp_path, encoded(source))

    pixels = Image.open(BytesIO(logo.data))
    assert (logo.kind, logo.width, logo.height) == ("raster", 60, 40)
    assert (pixels.format, pixels.mode, pixels.info) == ("PNG", "RGB", {})
    assert pixels.getpixel((59, 39)) == (255, 255, 255)
    assert pixels.convert("L").tobytes()[0] < 100


def test_transparency_keeps_the_colours(tmp_path: Path) -> None:
    assert read(tmp_path, encoded(picture("RGBA"))) == read(tmp_path, encoded(picture("RGB")))


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_jpeg_is_told_by_content_whatever_its_name(tmp_path: Path, mode: str) -> None:
    logo = read(tmp_path, encoded(picture(mode), "JPEG"), "logo.svg")

    assert (logo.kind, logo.width, logo.height, logo.data[:4]) == ("raster", 60, 40, b"\x89PNG")


def test_camera_and_author_data_stay_behind(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Ana"
    author = PngImagePlugin.PngInfo()
    author.add_text("Author", "Ana")
    plain = read(tmp_path, encoded(picture()))

    marked = read(tmp_path, encoded(picture(), exif=exif, pnginfo=author, dpi=(300, 300)))

    assert marked == plain


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = picture().transpose(Image.Transpose.ROTATE_90)

    assert read(tmp_path, encoded(turned, exif=exif)) == read(tmp_path, encoded(picture()))


def test_a_large_picture_shrinks_to_what_the_header_can_show(tmp_path: Path) -> None:
    logo = read(tmp_path, encoded(picture("L", (4000, 2000))))

    assert (logo.width, logo.height) == (568, 284)


def test_a_noisy_picture_shrinks_until_a_handout_stays_light(tmp_path: Path) -> None:
    logo = read(tmp_path, encoded(Image.effect_noise((600, 300), 90)))

    assert len(logo.data) <= MAX_DATA
    assert logo.width / logo.height == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize("size", [(4001, 1), (1, 4001)])
def test_a_picture_over_4000_pixels_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    assert problems(tmp_path, encoded(picture("L", size))) == (
        "the picture is over 4000 pixels a side; export it smaller",)


def test_a_decompression_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    png = bytearray(encoded(picture("L")))
    png[16:24] = (60000).to_bytes(4, "big") * 2
    png[29:33] = crc32(png[12:29]).to_bytes(4, "big")

    assert problems(tmp_path, bytes(png)) == (
        "the picture is over 4000 pixels a side; export it smaller",)


@pytest.mark.parametrize("colour", ["white", "black", (0, 0, 0, 0), (255, 255, 255, 90)])
def test_a_blank_picture_is_refused(tmp_path: Path, colour: str | tuple[int, ...]) -> None:
    assert problems(tmp_path, encoded(Image.new("RGBA", (30, 30), colour))) == (
        "the picture is blank on white paper; export the dark version of the logo",)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_cut_off_picture_is_refused(tmp_path: Path, form: str) -> None:
    data = encoded(picture(), form)

    assert problems(tmp_path, data[: len(data) // 2]) == (
        f"the {form} picture is damaged; export it again",)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_logo_is_read_or_refused_and_nothing_else(
    tmp_path: Path, data: st.DataObject
) -> None:
    logo = data.draw(st.sampled_from([encoded(picture()), encoded(picture(), "JPEG"), svg()]))
    place = data.draw(st.integers(0, len(logo) - 1))
    damaged = logo[:place] + data.draw(st.binary(max_size=3)) + logo[place + 1:]

    with suppress(PackError):
        assert read(tmp_path, damaged).data


# Files


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF-1.7", b"\x00\x01"])
def test_any_other_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert problems(tmp_path, data) == (
        "the file is not a PNG, JPEG or SVG picture; export it as one of these",)


def test_xml_that_is_no_svg_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, b"<html/>") == (
        "the file is XML but not an SVG picture; export the logo as SVG",)


def test_a_file_over_1_mb_is_refused_unread(tmp_path: Path) -> None:
    assert problems(tmp_path, svg() + b" " * 1_000_000) == (
        "the file is larger than 1 MB; export it smaller",)


def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        read_logo(tmp_path / "nowhere.svg")

    assert refused.value.problems == ("the file can't be read (No such file or directory)",)
