"""Logos: told apart by content, stripped to pixels or shapes, refused with every reason."""

import struct
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zlib import crc32

import pytest
from hostile import jpeg, pdf, stream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logos import DOT, XMLNS, cmyk_profile, encoded, picture, read, svg
from PIL import Image, ImageCms, PngImagePlugin

from handouts.brand.brand import read_brand
from handouts.brand.logo import Logo, read_logo
from handouts.brand.raster import MAX_DATA, decoded
from handouts.errors import PackError
from handouts.system import limits
from handouts.system.store import Store

NOTHING_BUT_SHAPES = "save the logo as plain SVG with nothing but shapes"


def clean(inside: str, width: str = "40", height: str = "40") -> bytes:
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f"<svg {XMLNS} {box}>{inside}</svg>".encode()


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
    ('<image href="logo.png"/>',
     f"the SVG has a reference outside itself in 'href'; {NOTHING_BUT_SHAPES}"),
    ('<image href="data:image/svg+xml;base64,AAAA"/>',
     f"the SVG has a reference outside itself in 'href'; {NOTHING_BUT_SHAPES}"),
    ("<text>Knee</text>", "the SVG has a <text> element; "
     "convert text to paths, because no font travels with a logo"),
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
    ('<g id="a"><use href="#a"/></g>',
     "the SVG repeats over 20000 shapes by <use>; simplify them"),
    ("".join(f'<g id="g{at}">' + f'<use href="#g{at + 1}"/>' * 9 + "</g>" for at in range(40)),
     "the SVG repeats over 20000 shapes by <use>; simplify them"),
    ("<g>" * 60 + "</g>" * 60, "the SVG is nested more than 50 deep; ungroup its shapes"),
])
def test_svg_with_more_than_its_own_shapes_is_refused(
    tmp_path: Path, inside: str, expected: str
) -> None:
    assert problems(tmp_path, svg(DOT + inside)) == (expected,)


ILLUSTRATOR = (b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://e.org/svg11.dtd" [\n'
               b'\t<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>\n')


@pytest.mark.parametrize("data", [
    b"<!DOCTYPE svg>" + svg(),
    b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://e.org/svg11.dtd">' + svg(),
    ILLUSTRATOR + svg().replace(XMLNS.encode(), b'xmlns="&ns_svg;"'),
    b"\xff\xfe" + svg().decode().encode("utf-16-le"),
    b'<?xml version="1.0" encoding="ISO-8859-1"?><!-- M\xfcller -->' + svg(),
])
def test_svg_of_any_usual_head_is_read(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == read(tmp_path, svg())


@pytest.mark.parametrize("data", [
    b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;"),
    b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + svg("&b;"),
    b'<!DOCTYPE svg [<!ENTITY a "]]>">]>' + svg("&a;"),
    b"<!DOCTYPE svg><!DOCTYPE svg>" + svg(),
])
def test_svg_with_entities_of_entities_is_refused(tmp_path: Path, data: bytes) -> None:
    [problem] = problems(tmp_path, data)

    assert "document type" in problem or "is damaged" in problem


def test_entities_without_end_are_refused(tmp_path: Path) -> None:
    big = b'<!DOCTYPE svg [<!ENTITY a "' + b"a" * 200 + b'">]>' + svg("<g/>" + "&a;" * 20_000)

    assert problems(tmp_path, big) == (
        "the SVG repeats entities without end; save it as plain SVG",)


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
    "", 'viewBox="0 0 0 40"', 'viewBox="0 0 40"', 'viewBox="a 0 40 40"', 'viewBox="0 0 1e9 40"',
    'viewBox="0 0 -4 40"', 'width="100%" height="100%"', 'viewBox="0 0 nan inf"',
])
def test_svg_without_a_usable_size_is_refused(tmp_path: Path, box: str) -> None:
    assert problems(tmp_path, svg(box=box)) == (
        "the SVG has no size; give it a viewBox",)


def test_all_problems_of_an_svg_are_told_at_once(tmp_path: Path) -> None:
    assert problems(tmp_path, svg("<text/><script/>", box='onload="x()"')) == (
        "the SVG has a <text> element; convert text to paths, because no font travels with a logo",
        "the SVG has a <script> element; a logo runs no code; delete it",
        f"the SVG has code in 'onload'; {NOTHING_BUT_SHAPES}",
        "the SVG has no size; give it a viewBox",
        "the SVG draws nothing; export it with its shapes visible",
    )


@pytest.mark.parametrize(("box", "seen", "width", "height"), [
    ('width="20mm" height="10mm"', (0, 0, 75.5906, 37.7953), 75.5906, 37.7953),
    ('width="2in" height="1in" viewBox="0 0 80 40"', (0, 0, 80, 40), 80, 40),
    ('width="24" height="24" viewBox="0 0 80 40"', (0, -20, 80, 80), 80, 80),
    ('width="24" height="24" viewBox="0 0 80 40" preserveAspectRatio="xMinYMax meet"',
     (0, -40, 80, 80), 80, 80),
    ('width="24" height="24" viewBox="0 0 80 40" preserveAspectRatio="xMidYMid slice"',
     (20, 0, 40, 40), 40, 40),
    ('width="9pt" viewBox="0 0 9000 40"', (0, 0, 9000, 40), 9000, 40),
])
def test_the_size_of_an_svg_is_what_a_viewer_shows_of_it(
    tmp_path: Path, box: str, seen: tuple[float, ...], width: float, height: float
) -> None:
    logo = read(tmp_path, svg(box=box))

    assert (logo.width, logo.height) == pytest.approx((width, height), abs=1e-3)
    assert 'viewBox="{:g} {:g} {:g} {:g}"'.format(*seen).encode() in logo.data


def test_links_movements_and_what_other_programs_show_stay_behind(tmp_path: Path) -> None:
    inside = (f'<a href="http://e.org" target="_blank">{DOT}</a><animate attributeName="r"/>'
              f'<switch><foreignObject requiredExtensions="urn:x"/><g>{DOT}</g></switch>')

    dot = DOT.replace("/>", " />")
    assert read(tmp_path, svg(inside)).data == clean(
        f'<g target="_blank">{dot}</g><switch><g>{dot}</g></switch>')


# PNG, JPEG, WebP and PDF


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
    profile = {"icc_profile": cmyk_profile()} if mode == "CMYK" else {}
    logo = read(tmp_path, encoded(picture(mode), "JPEG", **profile), "logo.svg")

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

    assert (logo.width, logo.height) == (600, 300)


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


def pixel(logo: Logo, x: int, y: int) -> tuple[int, ...]:
    """A pixel of a picture as it will be printed."""
    return Image.open(BytesIO(logo.data)).getpixel((x, y))


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 4 for a, b in zip(one, other, strict=True))


def test_printing_inks_become_the_colours_that_their_profile_means(tmp_path: Path) -> None:
    inks = Image.new("CMYK", (60, 40), (255, 0, 0, 0))
    inks.paste((204, 0, 102, 26), (0, 0, 30, 40))
    logo = read(tmp_path, encoded(inks, "JPEG", icc_profile=cmyk_profile(), quality=100))

    assert is_near(pixel(logo, 10, 20), (1, 151, 155))  # a teal; without the profile a neon green
    assert is_near(pixel(logo, 50, 20), (0, 147, 217))


@pytest.mark.parametrize("profile", [b"", cmyk_profile()[:300]])
def test_printing_inks_without_a_profile_are_usual_ones_and_told(
    tmp_path: Path, profile: bytes
) -> None:
    inks = Image.new("CMYK", (60, 40), (255, 0, 0, 0))
    logo = read(tmp_path, encoded(inks, "JPEG", icc_profile=profile, quality=100))

    assert is_near(pixel(logo, 9, 9), (0, 147, 217))
    assert logo.note == (
        "the picture is in printing inks (CMYK) without a colour profile of its own, so its "
        "colours are those of usual inks on coated paper; if they are not yours, export it as RGB")


@pytest.mark.parametrize("options", [{}, {"lossless": True}])
def test_webp_is_a_picture_like_any_other(tmp_path: Path, options: dict[str, bool]) -> None:
    logo = read(tmp_path, encoded(picture("RGBA"), "WEBP", **options))

    assert (logo.kind, logo.width, logo.height, logo.data[:4]) == ("raster", 60, 40, b"\x89PNG")
    assert is_near(pixel(logo, 9, 9), (11, 85, 99))
    assert pixel(logo, 50, 30) == (255, 255, 255)


LETTER = stream(b"1 0 0 rg 200 400 60 20 re f")


def test_the_first_page_of_a_pdf_is_a_picture_without_its_margins(tmp_path: Path) -> None:
    logo = read(tmp_path, pdf(LETTER))

    assert logo.kind == "raster"
    assert logo.width / logo.height == pytest.approx(3, rel=.02)
    assert logo.width >= 850
    assert pixel(logo, 400, 150) == (255, 0, 0)
    assert logo.note == ("the PDF's first page is printed as a picture, 600 dots to the inch, "
                         "without its margins")


@pytest.mark.parametrize(("data", "told"), [
    (b"%PDF-1.7", "the PDF is damaged or locked; export it again"),
    (pdf(stream(b"")),
     "the picture is blank on white paper; export the dark version of the logo"),
    (pdf(LETTER, pages=b"/Kids[]/Count 0"), "the PDF is damaged or locked; export it again")])
def test_a_pdf_that_shows_nothing_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    assert problems(tmp_path, data) == (told,)


def test_the_library_that_reads_a_pdf_is_told_with_its_cure(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(PackError) as refused:
        decoded(pdf(LETTER), "PDF")
    assert refused.value.problems == (
        "a PDF needs a library more (pip install 'handouts[png]'); or export the logo as SVG or "
        "PNG",)


def wide_profile() -> bytes:
    """An RGB profile of other colours than sRGB: red and green change places."""
    own = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = own.index(b"rXYZ"), own.index(b"gXYZ")
    own[red:red + 4], own[green:green + 4] = b"gXYZ", b"rXYZ"
    return bytes(own)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_a_picture_of_another_profile_keeps_its_colours(tmp_path: Path, mode: str) -> None:
    red = Image.new("RGB", (60, 40), (220, 30, 30))
    red = red.quantize(4) if mode == "P" else red.convert(mode)

    assert is_near(pixel(read(tmp_path, encoded(red, icc_profile=wide_profile())), 9, 9),
                   (30, 220, 30))


def test_a_profile_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    plain = read(tmp_path, encoded(picture()))

    assert read(tmp_path, encoded(picture(), icc_profile=b"junk")) == plain
    assert read(tmp_path, encoded(picture(), icc_profile=cmyk_profile())) == plain


def test_grey_in_16_bits_keeps_its_transparency(tmp_path: Path) -> None:
    row = 30 * struct.pack("<H", 40_000) + 30 * struct.pack("<H", 20_000)
    grey = Image.frombytes("I;16", (60, 40), 40 * row)
    logo = read(tmp_path, encoded(grey, transparency=40_000))

    assert pixel(logo, 9, 9) == (255, 255, 255)
    assert is_near(pixel(logo, 50, 9), (78, 78, 78))


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
@pytest.mark.parametrize("colour", ["black", "#0B5563", "#FFD54F"])
def test_a_picture_of_one_colour_is_a_logo(tmp_path: Path, colour: str, form: str) -> None:
    assert read(tmp_path, encoded(Image.new("RGB", (30, 30), colour), form)).width == 30


def test_a_speck_is_blank(tmp_path: Path) -> None:
    speck = Image.new("L", (300, 100), 255)
    speck.putpixel((9, 9), 0)

    assert problems(tmp_path, encoded(speck)) == (
        "the picture is blank on white paper; export the dark version of the logo",)


@pytest.mark.parametrize("colour", ["white", "#F4F4F4", (0, 0, 0, 0), (255, 255, 255, 90)])
def test_a_blank_picture_is_refused(tmp_path: Path, colour: str | tuple[int, ...]) -> None:
    assert problems(tmp_path, encoded(Image.new("RGBA", (30, 30), colour))) == (
        "the picture is blank on white paper; export the dark version of the logo",)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_cut_off_picture_is_refused(tmp_path: Path, form: str) -> None:
    data = encoded(picture(), form)

    assert problems(tmp_path, data[: len(data) // 2]) == (
        f"the {form} picture is damaged; export it again",)


@given(st.integers(5, 30))  # the last four are a checksum of nothing
def test_a_png_that_lacks_its_end_is_refused_though_all_its_pixels_are_there(lacking: int) -> None:
    with pytest.raises(PackError, match="is damaged"):
        decoded(encoded(picture())[:-lacking], "PNG")


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


# Limits


def test_a_picture_that_takes_too_long_to_decode_is_refused(tmp_path, monkeypatch) -> None:
    with limits.Child(seconds=0.3) as child:
        monkeypatch.setattr(limits, "shared", lambda: child)

        assert problems(tmp_path, jpeg(2000)) == (
            "the JPEG picture takes too long to open, or too much memory; export it again, "
            "smaller",)


def test_a_logo_that_the_store_knows_starts_no_process(tmp_path, monkeypatch) -> None:
    brand = tmp_path / "brand.toml"
    brand.write_text('name = "Clinic"\nlogo = "logo.png"')
    (tmp_path / "logo.png").write_bytes(encoded(picture()))
    store = Store(tmp_path / "kept")
    first = read_brand(brand, store).logo
    monkeypatch.setattr(limits, "shared", None)

    assert read_brand(brand, store).logo == first
    (tmp_path / "logo.png").write_bytes(encoded(picture("L")))
    with pytest.raises(TypeError):
        read_brand(brand, store)


def test_copies_of_too_many_shapes_are_refused(tmp_path: Path) -> None:
    inside = f'<g id="a">{DOT * 500}</g>' + '<use href="#a"/>' * 45

    assert problems(tmp_path, svg(inside)) == (
        "the SVG repeats over 20000 shapes by <use>; simplify them",)


# Files


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK", b"\x00\x01", b"\x80<"])
def test_any_other_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert problems(tmp_path, data) == (
        "the file is not an SVG, PNG, JPEG, WebP or PDF; export the logo as one of these",)


def test_xml_that_is_no_svg_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, b"<html/>") == (
        "the file is XML but not an SVG picture; export the logo as SVG",)


def test_a_file_over_1_mb_is_refused_unread(tmp_path: Path) -> None:
    assert problems(tmp_path, svg() + b" " * 1_000_000) == (
        "the file is larger than 1 MB; export it smaller",)


def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        read_logo(tmp_path / "nowhere.svg")

    assert refused.value.problems == ("the file can't be read (no such file or directory)",)
