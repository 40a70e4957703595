"""The routine for the wall: safe for whoever reads it, legible, one valid page on both papers."""

from functools import cache

import pypdfium2
import pytest
from helpers import TODAY, document_text, glyph_sizes, page_texts, standards
from layout import layout_faults
from msgspec.structs import replace
from pairs import pairwise

from handouts import document as doc
from handouts.brand.brand import read_brand
from handouts.check import check
from handouts.compose.posters import poster
from handouts.pack.pack import load_pack
from handouts.paths import default_brand_path
from handouts.pdf.layout.text import plain
from handouts.pdf.poster.steps import MARGIN
from handouts.press.unaddressed import sheet
from handouts.request.look import WALL, Look
from handouts.request.request import Request
from handouts.rules.safety import decide

KNEE = load_pack()
BRAND = read_brand(default_brand_path())
PRACTICE = replace(BRAND, name="Riverside Clinic", phone="+1 555-0142 ext. 3",
                   web="www.riverside.example")
WITH_ROUTINE = [cause for cause in KNEE.structure.causes if decide(KNEE, cause, None).routine]
FOOT = 14  # the type of disclaimer, version and address, in points
PICTURE = 32 * 72 / 25.4  # points wide, at least: of a step, and of where not to press

# Every two of cause, language and paper meet; tests/sweep/test_posters.py takes all.
SAMPLE = pairwise(WITH_ROUTINE, KNEE.languages, tuple(WALL.values()))
every_poster = pytest.mark.parametrize(("cause", "language", "paper"), SAMPLE)
every_text = pytest.mark.parametrize(("cause", "language"), [row[:2] for row in SAMPLE])


def drawn(cause="osteoarthritis", language="en", paper="", *, mono=False):
    """The PDF of a poster, on the paper that it has in the sample if none is named."""
    return _drawn(cause, language,
                  paper or next(row[2] for row in SAMPLE if row[:2] == (cause, language)), mono)


@cache  # each is drawn once and asked many things
def _drawn(cause, language, paper, mono):
    return sheet(written(cause, language), PRACTICE, Look(paper=paper, mono=mono), TODAY).pdf


def written(cause, language="en", practice=PRACTICE):
    """The document of a poster."""
    return poster(Request(cause, language=language), KNEE, practice, today=TODAY).document


def block(kind, document):
    """The one block of a kind."""
    [found] = (block for page in document.pages for block in page.blocks if isinstance(block, kind))
    return found


# -- one page on the wall --------------------------------------------------------------------------


@every_poster
def test_every_poster_is_one_valid_page_without_a_finding(cause, language, paper):
    be_one_valid_page(drawn(cause, language, paper))


def be_one_valid_page(data):
    assert len(page_texts(data)) == 1
    assert layout_faults(data, (MARGIN, MARGIN)) == []
    report = check(data)  # by the standards, too
    assert (report.findings, report.unchecked) == ((), ())


@every_poster
def test_all_but_the_foot_is_read_from_a_metre_and_a_half(cause, language, paper):
    be_read_from_afar(drawn(cause, language, paper))


def be_read_from_afar(data):
    sizes = glyph_sizes(data)

    assert min(sizes) == FOOT
    assert min(sizes - {FOOT}) == 22
    assert max(sizes) == 2 * 22


@every_poster
def test_the_pictures_of_the_steps_and_of_where_not_to_press_are_large(cause, language, paper):
    have_large_pictures(written(cause, language), drawn(cause, language, paper))


def have_large_pictures(document, data):
    steps = block(doc.Routine, document).steps
    page = pypdfium2.PdfDocument(data)[0]
    forms = [form.get_bounds() for form in page.get_objects() if form.type == 5]
    large = [right - left for left, _, right, _ in forms if right - left >= PICTURE]

    assert len(large) >= len(steps) + 1  # and where not to press


@pytest.mark.parametrize("cause", WITH_ROUTINE)
def test_where_words_are_short_each_step_s_picture_is_5_cm_wide(cause):
    page = pypdfium2.PdfDocument(drawn(cause, "en", "tabloid"))[0]
    forms = [form.get_bounds() for form in page.get_objects() if form.type == 5]
    wide = sorted((right - left for left, _, right, _ in forms), reverse=True)
    steps = block(doc.Routine, written(cause)).steps

    assert wide[len(steps) - 1] >= 48 * 72 / 25.4


@pytest.mark.parametrize(("paper", "inches"), [("tabloid", (11, 17)), ("a3", (11.69, 16.54))])
def test_the_paper_is_a_wall_s(paper, inches):
    size = pypdfium2.PdfDocument(drawn(paper=paper))[0].get_size()

    assert [side / 72 for side in size] == pytest.approx(inches, abs=.01)


def test_black_only_uses_one_dark_ink_for_every_kind():
    assert drawn() != drawn(mono=True)
    assert standards(drawn(mono=True)) == []


@pytest.mark.parametrize("practice", [
    {}, {"phone": "555-0142"},
    {"name": "Widest Wound Management Medical Woodland", "phone": "+1 555-0142 ext. 123456",
     "web": "https://a-very-long-name-of-a-practice.example/knees/massages"}])
def test_any_practice_finds_its_place(practice):
    own = replace(BRAND, **practice)
    data = sheet(written("osteoarthritis", "es", own), own, Look(paper="a3"), TODAY).pdf

    assert standards(data) == []
    assert layout_faults(data, (MARGIN, MARGIN)) == []
    assert practice.get("name", "Knee Care") in page_texts(data)[0]


# -- what it says ----------------------------------------------------------------------------------


@every_text
def test_the_agreed_sentences_stand_on_it_word_for_word(cause, language):
    said = dict(KNEE.words_in(language).safety.fixed)
    if "heat" not in decide(KNEE, cause, None).routine.parts:
        del said["cream"]  # no heat, and no cream at all
    [text] = page_texts(drawn(cause, language))

    for line in said.values():
        assert line.replace("{EMERGENCY}", "911") in text


@every_text
def test_it_shows_the_whole_routine_of_the_handout(document, cause, language):
    handout, wall = document(cause, language=language), written(cause, language)

    def steps(one):
        return [(step.mark, step.title, step.figure) for step in block(doc.Routine, one).steps]

    def moves(one):
        return [move.title for move in block(doc.Finish, one).moves]

    assert (steps(wall), moves(wall)) == (steps(handout), moves(handout))
    for step, same in zip(block(doc.Routine, wall).steps, block(doc.Routine, handout).steps,
                          strict=True):
        assert plain(step.body).split(".")[0].split(",")[0] == same.effort.split(",")[0]


@every_text
def test_the_check_first_list_is_whole_and_leads(cause, language):
    words, document = KNEE.words_in(language), written(cause, language)
    own = words.causes[cause].check
    [text] = page_texts(drawn(cause, language))
    listed = block(doc.CheckFirst, document).items

    assert listed[:len(own)] == own
    own_words = [line for line in words.waiting.poster.checks.values() if line]
    assert len(listed) == len(own) + len(own_words)  # an empty one is told by another's line
    assert text.index(words.safety.fixed["calf"]) < text.index(
        block(doc.Routine, document).steps[0].title)


@pytest.mark.parametrize("cause", WITH_ROUTINE)
def test_nothing_is_shown_that_is_for_the_examined_alone(cause):
    assert "umb" not in document_text(written(cause)).replace("Numb", "").replace("numb", "")


@every_text
def test_the_minutes_of_the_steps_make_up_the_session_that_it_names(cause, language):
    made = poster(Request(cause, language=language), KNEE, BRAND, today=TODAY)
    session = made.choices.session

    assert sum(step.minutes[1] for step in session.steps) <= session.minutes[1]


@pytest.mark.parametrize("cause", sorted(set(KNEE.structure.causes) - set(WITH_ROUTINE)))
def test_a_cause_that_must_wait_has_no_poster(cause):
    assert poster(Request(cause), KNEE, BRAND, today=TODAY) is None


def test_rules_disclaimer_and_review_stand_on_it():
    [text] = page_texts(drawn())
    words = KNEE.words_in("en")

    for line in ("Above 3: stop", "outer bony bump", "a hot or bruised spot",
                 words.safety.disclaimer.short.replace("{EMERGENCY}", "911"),
                 "Not yet reviewed by a clinician.", "Riverside Clinic", "www.riverside.example"):
        assert line in text
