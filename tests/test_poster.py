"""The routine for the wall: safe for whoever reads it, legible, one valid page on both papers."""

import pypdfium2
import pytest
from helpers import TODAY, document_text, glyph_sizes, page_texts, standards
from layout import layout_faults
from msgspec.structs import replace

from handouts import document as doc
from handouts.catalogue import load_catalogue
from handouts.check import check
from handouts.look import WALL, Look
from handouts.pdf.posterparts import MARGIN
from handouts.pdf.text import plain
from handouts.poster import poster
from handouts.request import Request
from handouts.safety import decide
from handouts.sheets import sheet

KNEE = load_catalogue()
PRACTICE = {"name": "Riverside Clinic", "phone": "+1 555-0142 ext. 3",
            "web": "www.riverside.example"}
WITH_ROUTINE = [cause for cause in KNEE.structure.causes if decide(KNEE, cause, None).routine]


@pytest.fixture
def drawn(brand):
    """A poster: drawn(cause, language, paper, practice=…, …) → its document and its bytes."""

    def made(cause="osteoarthritis", language="en", paper="tabloid", practice=PRACTICE, **look):
        practice = replace(brand, **practice)
        document = poster(Request(cause, language=language), KNEE, practice, today=TODAY).document
        return document, sheet(document, practice, Look(paper=paper, **look), TODAY).pdf

    return made


@pytest.mark.parametrize("language", KNEE.languages)
@pytest.mark.parametrize("cause", WITH_ROUTINE)
@pytest.mark.parametrize("paper", WALL.values())
def test_every_poster_is_one_valid_page_without_a_finding(drawn, cause, language, paper):
    _, data = drawn(cause, language, paper)

    assert len(page_texts(data)) == 1
    assert standards(data) == []
    assert not [fault for fault in layout_faults(data, (MARGIN, MARGIN))
                if "across a frame" not in fault]  # the scale's digits fill their cells
    assert check(data).findings == ()


@pytest.mark.parametrize(("paper", "inches"), [("tabloid", (11, 17)), ("a3", (11.69, 16.54))])
def test_the_paper_is_a_wall_s(drawn, paper, inches):
    size = pypdfium2.PdfDocument(drawn(paper=paper)[1])[0].get_size()

    assert [side / 72 for side in size] == pytest.approx(inches, abs=.01)


def test_all_but_the_foot_is_read_from_a_metre_and_a_half(drawn):
    sizes = glyph_sizes(drawn()[1])

    assert min(sizes) == 14  # the foot: disclaimer, version, address
    assert min(sizes - {14}) == 22
    assert max(sizes) >= 2 * 22


def test_pictures_are_at_least_half_as_large_again_as_in_a_handout(drawn):
    for language in KNEE.languages:
        for paper in WALL.values():
            page = pypdfium2.PdfDocument(drawn(language=language, paper=paper)[1])[0]
            forms = [form.get_bounds() for form in page.get_objects() if form.type == 5]
            widths = sorted(right - left for left, _, right, _ in forms)

            assert widths[-4] > 150  # four steps have one picture; it is 100 points in a handout


def test_the_check_first_list_is_whole_and_leads(drawn):
    document, data = drawn("gout")
    [listed] = (block for block in document.pages[0].blocks if isinstance(block, doc.CheckFirst))
    words, [text] = KNEE.words_in("en"), page_texts(data)

    assert len(listed.items) == len(KNEE.structure.checks) + 1
    assert listed.items[0] == words.causes["gout"].check[0]
    assert text.index(listed.items[-1]) < text.index("Loosen up")


def test_only_steps_that_the_screened_advice_leaves_are_shown(drawn):
    warm, swing = (KNEE.words_in("en").routine.cells[name].title for name in ("warm", "swing"))
    for cause in WITH_ROUTINE:
        parts = decide(KNEE, cause, None).routine.parts
        text = document_text(drawn(cause)[0])

        assert (warm in text) == ("heat" in parts)
        assert (swing in text) == ("heat" not in parts)
        assert "umb" not in text.replace("Numb", "").replace("numb", "")  # no thumb


@pytest.mark.parametrize("language", KNEE.languages)
def test_the_minutes_of_the_steps_make_up_the_session_that_it_names(brand, language):
    for cause in WITH_ROUTINE:
        made = poster(Request(cause, language=language), KNEE, brand, today=TODAY)
        [routine] = (block for block in made.document.pages[0].blocks
                     if isinstance(block, doc.Routine))
        session = made.choices.session

        assert [step.number for step in (*routine.steps, routine.finish)] == [1, 2, 3, 4, 5]
        for shown, step in zip(routine.steps, session.steps, strict=False):
            assert plain(shown.body).startswith(str(step.minutes[0]))
        assert sum(step.minutes[1] for step in session.steps) <= session.minutes[1]


@pytest.mark.parametrize("cause", sorted(set(KNEE.structure.causes) - set(WITH_ROUTINE)))
def test_a_cause_that_must_wait_has_no_poster(brand, cause):
    assert poster(Request(cause), KNEE, brand, today=TODAY) is None


def test_rules_disclaimer_and_review_stand_on_it(drawn):
    [text] = page_texts(drawn()[1])
    words = KNEE.words_in("en")

    for line in ("Stop if it hurts.", "Call 911 now.", "4 or more: let go", "outer bony bump",
                 words.safety.disclaimer.short.replace("{EMERGENCY}", "911"),
                 "Not yet reviewed by a clinician.", "Riverside Clinic", "www.riverside.example"):
        assert line in text


def test_black_only_uses_one_dark_ink_for_every_kind(drawn):
    coloured, black = drawn()[1], drawn(mono=True)[1]

    assert coloured != black
    assert standards(black) == []


@pytest.mark.parametrize("practice", [
    {}, {"phone": "555-0142"},
    {"name": "Widest Wound Management Medical Woodland", "phone": "+1 555-0142 ext. 123456",
     "web": "https://a-very-long-name-of-a-practice.example/knees/massages"}])
def test_any_practice_finds_its_place(drawn, practice):
    _, data = drawn("rheumatoid-arthritis", "es", practice=practice)

    assert standards(data) == []
    assert practice.get("name", "Knee Care") in page_texts(data)[0]
