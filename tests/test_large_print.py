"""Large print: set anew in 18 point type, one column, nothing split or lost."""

import dataclasses
import re
from itertools import cycle

import pypdfium2
import pytest
from helpers import TODAY, glyph_sizes, page_texts, standards
from layout import layout_faults, lone_words
from msgspec.structs import replace
from pairs import pairwise
from promises import ALL_STATES, CAUSES, KNEE, PAPERS, can_be

from handouts import document as doc
from handouts.errors import PackError
from handouts.paths import default_brand_path
from handouts.pdf.file import fonts
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Space
from handouts.pdf.layout.theme import BLACK_ONLY, Style
from handouts.pdf.pages import large as largepages
from handouts.pdf.pages.letterhead import footer_lines, letterhead
from handouts.press.press import Press
from handouts.request.look import Look
from handouts.request.request import Patient, Request
from handouts.rules.safety import decide

fonts.register()
STYLE = Style(Look(large=True), BLACK_ONLY, "left", footer_lines=4)
LONGEST = Patient("Maria de los Angeles Hernandez-Villanueva y Gutierrez de la Concha",
                  given_by="Dr. Bartholomew Featherstonehaugh-Cholmondeley",
                  note="Warm up first. Stop when your knee gets sore, and call us. " * 3)


LOOKS = pairwise(tuple(CAUSES), (None, *ALL_STATES), PAPERS, KNEE.languages, (False, True),
                 fits=can_be)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_look_keeps_every_promise(printed, look):
    """Every two of cause, state, paper, language and ink meet; tests/sweep/test_documents.py takes
    all."""
    keep_every_promise(printed, look)


def keep_every_promise(printed, look):
    cause, state, paper, language, mono = look
    data = printed(cause, paper, state=state, language=language, side="left", mono=mono,
                   format="large-print")
    pages = page_texts(data)

    assert min(glyph_sizes(data)) >= 18
    assert len(glyph_sizes(data)) <= 4
    assert layout_faults(data) == []
    assert lone_words(data) == []
    assert standards(data) == []
    care = decide(KNEE, cause, state).care
    words, whole = KNEE.words_in(language), KNEE.body.in_full
    signs = [words.signs[name] for name in care.signs if name != whole]
    signs += [words.safety.fixed[whole]] if whole in care.signs else []
    early = " ".join(pages[:3])
    assert all(sign in early for sign in signs)
    footer = KNEE.words_in(language).safety.disclaimer.short.replace("{EMERGENCY}", "911")
    assert all(footer in page for page in pages)


TITLES = {"Massage for your left knee": 3, "Your massage choices": 3,  # and their sheets
          "Your massage, step by step": 3, "Step 5: leg moves and rest": 4}
FLAGGED = [("osteoarthritis", "en"), ("meniscus-tear", "es")]


@pytest.mark.parametrize(("flag", "flagged"),
                         [*zip(KNEE.structure.flags, cycle(FLAGGED), strict=False)])
def test_every_flag_lays_out(printed, flag, flagged):
    """On one of them in turn; tests/sweep/test_documents.py takes both."""
    lay_out(printed, flag, flagged)


def lay_out(printed, flag, flagged):
    cause, language = flagged
    data = printed(cause, flags=(flag,), language=language, format="large-print")

    assert layout_faults(data) == []


def test_every_sheet_says_what_it_belongs_to(printed):
    pages = page_texts(printed("osteoarthritis", side="left", format="large-print"))

    assert [next(title for title in TITLES if title in page) for page in pages] == [
        title for title, sheets in TITLES.items() for _ in range(sheets)]


def test_a_calm_knee_has_at_most_13_sheets_and_step_pictures_of_8_cm(printed):
    for language, paper in (("en", "letter"), ("es", "a4")):
        data = printed("osteoarthritis", paper, state="calm", side="left", language=language,
                       format="large-print")
        pages = page_texts(data)
        title = KNEE.words_in(language).routine.cells["circles"].title
        [at] = [at for at, page in enumerate(pages) if title in page]
        widths = [form.get_bounds() for form in pypdfium2.PdfDocument(data)[at].get_objects()
                  if form.type == 5]

        assert len(pages) <= 13
        assert max(right - left for left, _, right, _ in widths) >= 80 * 72 / 25.4


def test_what_matters_now_stands_before_the_panel_and_the_signs(printed):
    screened = page_texts(printed("osteoarthritis", side="left", format="large-print"))[0]
    attack = " ".join(page_texts(printed("gout", state="attack", side="left",
                                         format="large-print")))

    assert screened.index("Nobody has examined") < screened.index("Call 911 now") < (
        screened.index("Given by"))
    assert attack.index("Do this now") < attack.index("Get care today")


def test_all_that_normal_print_says_is_said(printed):
    normal, large = (set(" ".join(page_texts(printed("gout", side="left", format=format_))).split())
                     for format_ in ("", "large-print"))

    # The brief disclaimer stands in for the long one where that has no room.
    brief = set(KNEE.words_in("en").safety.disclaimer.brief.split())
    assert {word for word in normal - large if word.isalpha()} - brief == set()


def test_nothing_offers_a_massage_before_the_list_to_check_first(printed):
    for language in KNEE.languages:
        pages = page_texts(printed("tendonitis", language=language, format="large-print"))
        said = KNEE.words_in(language)
        things = said.interface.pages.things.replace("{COUNT}", "3")
        checked, offered = (next(at for at, page in enumerate(pages) if words in page)
                            for words in (said.check_first.lead, things))

        assert checked < offered


# -- the panel -------------------------------------------------------------------------------------


def test_long_values_wrap_at_18_points(printed):
    data = printed("osteoarthritis", patient=LONGEST, format="large-print")
    shown = page_texts(data)[0]

    assert LONGEST.name in shown
    assert LONGEST.given_by in shown
    assert LONGEST.note.strip() in shown
    assert layout_faults(data) == []


@pytest.mark.parametrize("patient", [Patient(), LONGEST, Patient("محمد علي", note="A\nB\nC")])
def test_what_is_printed_does_not_depend_on_who_made_the_plate(press, patient):
    asked = Request("gout", format="large-print", patient=patient)
    press.handout(dataclasses.replace(asked, patient=Patient("Zoë O'Connor")), TODAY)

    assert press.handout(asked, TODAY).pdf == Press(default_brand_path()).handout(asked, TODAY).pdf


# -- the footer ------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize(("name", "shown"), [
    ("Riverside Physio", "Riverside Physio · 555-0142"),
    ("Riverside Physiotherapy and Sports Medicine Centre, North Side", "555-0142")])
def test_the_practice_and_the_page_share_a_line_of_the_footer(printed, name, shown, paper):
    practice = {"name": name, "phone": "555-0142", "address": ("12 River Street, Springfield",)}
    data = printed("osteoarthritis", paper, practice, format="large-print", language="es")
    last = page_texts(data)[-1]

    assert re.search(rf"911\. {shown} · Página (\d+) de \1$", last)
    assert layout_faults(data) == []


def test_a_disclaimer_of_six_lines_is_refused(document, brand):
    long = replace(document("gout").footer, disclaimer="Always ask first. " * 22)

    with pytest.raises(PackError, match="the short disclaimer takes 7 lines, 5 at most"):
        footer_lines(long, STYLE)


# -- sheets ----------------------------------------------------------------------------------------


class Block(Space):
    """A block of a height and nothing else."""

    def __init__(self, height):
        super().__init__(height)
        self.wrap(STYLE.width)


def _sheets(*heights, title=""):
    """How blocks of these heights are shared among sheets."""
    page = doc.Page("page", title, "", ())
    pieces = [largepages.Piece(None, [Block(height)]) for height in heights]
    return [[piece.flowables[0].height for piece in sheet.pieces]
            for sheet in largepages._shared(page, pieces, STYLE)]


def test_sheets_are_as_few_as_may_be_and_filled_evenly():
    assert _sheets(200, 200, 200, 200) == [[200, 200], [200, 200]]
    assert _sheets(100, 400, 150, 100, 300) == [[100, 400], [150, 100, 300]]
    assert _sheets(500, 50, 400, 100) == [[500, 50], [400, 100]]


def test_a_block_higher_than_a_sheet_is_an_error_of_the_pack():
    with pytest.raises(PackError, match="the page 'page' is 63 points too tall"):
        _sheets(100, 700)


def test_further_sheets_of_a_page_have_room_for_its_title():
    title = text.paragraph("Title", STYLE.type.strong).wrap(STYLE.width)[1]

    assert _sheets(500, 500, title="Title") == [[500], [title, 500]]


CONTACT = doc.Letterhead(
    "Riverside", tuple((doc.Run(line),) for line in ("12 River Street", "Springfield")),
    (doc.Run("555-0142"),), "Monday to Friday, 8 to 5")


def _head_height(style=STYLE, **changed):
    return letterhead(replace(CONTACT, **changed), None, style).wrap(style.width)[1]


def test_a_phone_stands_beside_a_name_or_under_a_long_one():
    assert _head_height() == 54 + 23
    assert _head_height(name="Riverside Physiotherapy and Sports") == 26 + 3 + 54 + 23


def test_a_close_opening_says_no_address_and_no_hours_but_how_the_review_stands():
    close = dataclasses.replace(STYLE, opening="close")

    assert _head_height(close) == 31
    assert _head_height(close, notice=(doc.Run("Draft"),)) == 31 + 23
