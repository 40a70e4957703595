"""Skins and black-only colours: each picture has them, and a photocopy keeps its lines."""


import pypdfium2
import pytest

from handouts import paths
from handouts.brand.brand import read_brand
from handouts.drawings import inks
from handouts.drawings.svg import PANEL
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.pdf.figures import figures
from handouts.pdf.figures.figures import dressed
from handouts.press.press import look_of
from handouts.request.look import SKINS, Look, skin_of
from handouts.request.request import Request

FOLDER = paths.data_folder("assets") / "figures"
PICTURES = sorted(path.stem for path in FOLDER.glob("*.svg"))
SIGNS = sorted(f"{path.parent.name}/{path.stem}" for folder in ("signs", "warnings")
               for path in (FOLDER / folder).glob("*.svg"))
LOOKS = [*(Look(skin=skin) for skin in SKINS), Look(mono=True)]
OWN_HANDS = ["step1", "step2", "step3a", "step3b", "step4", "flat-hand", "knee-friction",
             "trigger-point", "massager", "heat", "self-massage", "step5", "step5-end"]
PHOTOCOPY = 118  # a grey that is darker comes out black

# Lines, and what may be as dark as they are: hair, stripes of a towel, the shade of a muscle.
DARK = {"#24384A", "#B3261E", "#111111", "#5A4636", "#46362A", "#C8553D", "#A7402B", "#A94C42",
        "#8F3B33"}
FILLS = {
    "#FFFFFF", "#EAF2F5", "#CFDDE3", "#B9CBD3", "#F4F6F7", "#DEE4E8",  # panel, water, seats
    "#9FB8C4", "#86A2B0",  # a table's foot
    "#E8BE99", "#D39B73", "#FBE4D0", "#F0CFB2",  # a leg; hands, arms and face
    "#C4926C", "#AD7C57", "#FFF5EC", "#B97F5B",  # a therapist, nails
    "#6FA5C2", "#5589A7", "#E4EEF2", "#C9DAE2", "#72B5AB", "#57988D",  # clothes
    "#D5DEE4", "#8494A1", "#6C7C8A", "#FFF6DE", "#F0DDB0", "#D9E4EA",  # socks, shoes, towels
    "#F2C14E", "#D9A432", "#F6D27A", "#F2B8A8", "#D9705A", "#C4604C", "#E8A598",  # oil, warmth
    "#FAEBDD", "#C9966F", "#F4EAD2", "#FBF5E6", "#FBF3DF", "#E2D2AC", "#F7EBC8",  # knee: bone, fat
    "#4E93B5", "#4F9C94", "#E9A23B", "#C77F1E", "#F3E3DC", "#D9BDB0",
    "#C8665A", "#5E8FD0", "#9DBDE6", "#F0A79B", "#F6CFC6", "#EBD98C", "#7FB069"}


def luminance(colour):
    """The relative luminance of WCAG."""
    levels = [part / 255 for part in bytes.fromhex(colour[1:])]
    linear = [level / 12.92 if level <= .04045 else ((level + .055) / 1.055) ** 2.4
              for level in levels]
    return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + .05) / (low + .05)


def rendered(art, width=420):
    """A picture alone, in grey."""
    drawing = art.drawing
    page = (b"%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources %b>>"
            b"endobj\n4 0 obj<</Length %d>>stream\n%b\nendstream endobj\n"
            b"trailer<</Root 1 0 R>>\n%%%%EOF\n") % (
        drawing.width, drawing.height, drawing.resources, len(drawing.operators),
        drawing.operators)
    document = pypdfium2.PdfDocument(page)
    try:
        return document[0].render(scale=width / drawing.width).to_pil().convert("L")
    finally:
        document.close()


def black(image):
    """The share of a 1-bit photocopy that is black."""
    return sum(image.histogram()[:PHOTOCOPY + 1]) / (image.width * image.height)


@pytest.mark.parametrize("name", [*PICTURES, *SIGNS])
def test_a_picture_keeps_to_the_palette(name):
    assert figures.art(name).colours <= DARK | FILLS


@pytest.mark.parametrize("name", ["table", "deep-tissue", "friction"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_therapist_s_hands_are_told_from_the_leg_on_a_grey_copy(name, look):
    drawn = {inks.DRAWN.base, inks.DRAWN_THERAPIST[0]}
    shown = dict(inks.recolour(drawn, look.skin, mono=look.mono))
    dark, light = sorted(inks.luma(shown.get(colour, colour)) for colour in drawn)

    assert dark < .85 * light


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_lines_stand_out_from_the_fills_of_every_skin_and_in_black_only(name, look):
    drawn, shown = figures.art(name), dressed(name, look)
    line = "#000000" if look.mono else (
        inks.DARK_LINE if inks.DARK_LINE in shown.colours else inks.LINE)
    kept = DARK - {inks.DRAWN.hair, inks.DRAWN.hair_shade}
    fills = shown.colours - kept - {line, inks.DRAWN.nail_edge} - {
        part for tone in inks.TONES.values()
        for part in (tone.hair, tone.hair_shade, tone.nail_edge, tone.around_edge)}

    assert line in shown.colours or inks.LINE not in drawn.colours
    for fill in fills - {"#000000", "#404040"}:
        assert contrast(line, fill) >= 2.8, fill
        assert inks.luma(fill) > PHOTOCOPY, fill


@pytest.mark.parametrize("name", PICTURES)
def test_a_photocopy_of_any_skin_is_lines_not_blots(name):
    shares = {str(look): black(rendered(dressed(name, look))) for look in LOOKS}

    assert min(shares.values()) > .01
    assert max(shares.values()) < .2
    assert max(shares.values()) - min(shares.values()) < .04  # hair is grey or dark


@pytest.mark.parametrize("name", [*PICTURES, *SIGNS])
def test_black_only_is_black_and_greys(name):
    for art in (dressed(name, Look(mono=True)),
                *(sign.art for sign in dressed(name, Look(mono=True)).signs)):
        assert all(len({colour[1:3], colour[3:5], colour[5:]}) == 1 for colour in art.colours)


@pytest.mark.parametrize("name", [name for name in PICTURES
                                  if inks.DRAWN.base in figures.art(name).colours])
def test_a_skin_that_is_asked_for_is_that_of_the_person(name):
    for skin, tone in inks.TONES.items():
        assert tone.base in dressed(name, Look(skin=skin)).colours


def test_a_therapist_has_another_skin_than_the_person():
    for skin, tone in inks.TONES.items():
        shown = dressed("table", Look(skin=skin)).colours

        other = inks.TONES[inks.OTHER[skin]]

        assert tone.base in shown
        assert {other.base, other.arm} & shown
        assert inks.OTHER[skin] != skin


def test_a_person_s_hands_are_told_from_the_leg_that_they_lie_on():
    """On a grey copy of each skin, and in black only: a sixth lighter, the shades too."""
    for look in LOOKS:
        shown = dict(inks.recolour({inks.DRAWN.base, inks.DRAWN.arm, inks.DRAWN.shade,
                                    inks.DRAWN.arm_shade}, look.skin, mono=look.mono))
        leg, arm, leg_shade, arm_shade = (
            inks.luma(shown.get(colour, colour)) for colour in (
                inks.DRAWN.base, inks.DRAWN.arm, inks.DRAWN.shade, inks.DRAWN.arm_shade))

        assert leg < .86 * arm
        assert leg_shade < .86 * arm_shade
        assert leg < arm_shade


@pytest.mark.parametrize("name", OWN_HANDS)
def test_hands_on_the_own_leg_are_drawn_lighter_than_it(name):
    assert {inks.DRAWN.base, inks.DRAWN.arm} <= figures.art(name).colours


def test_mixed_skins_differ_from_cause_to_cause_and_all_are_shown():
    causes = load_pack("knee").structure.causes
    shown = {cause: skin_of("mixed", cause) for cause in causes}

    assert set(shown.values()) == set(inks.TONES)
    assert skin_of("dark", "gout") == "dark"


def test_all_pictures_of_a_handout_show_one_person():
    look = look_of(Request("gout"), read_brand(default_brand_path()))
    skins = {tone for tone in inks.TONES for name in OWN_HANDS
             if inks.TONES[tone].base in dressed(name, look).colours}

    assert len(skins) == 1


def test_differently_dressed_pictures_have_names_of_their_own():
    arts = [dressed("step1", look) for look in LOOKS]

    assert len({art.name for art in arts}) == len({art.drawing for art in arts})


def test_a_panel_on_a_card_is_white():
    assert PANEL in dressed("step1", Look()).colours
    assert PANEL not in dressed("step1", Look(), white=True).colours
