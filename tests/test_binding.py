"""Numbers keep to what they belong to: no line ends between them, in PDF, HTML and e-mail."""

import re

import pytest
from helpers import text_pages
from msgspec.structs import replace

from handouts import document as doc
from handouts.document.binding import bound

# What a line must not begin with, after what it may not end with: in every language of the pack.
BROKEN = re.compile(r"\d[ ]?\r?\n(?:minut|second|segund|hour|hora|week|semana|day|día|time|ve[cz]|"
                    r"to |a |or |o |of |de )\S*|(?:page|página|call|llame|al)[ ]?\r?\n\d|"
                    r"911[ ]?\r?\n(?:now|ahora)", re.IGNORECASE)


@pytest.mark.parametrize(("text", "said"), [
    ("Hold for 5 seconds.", "Hold for 5~seconds."),
    ("Rest 5 to 10 seconds.", "Rest 5~to~10~seconds."),
    ("Duele de 0 a 3.", "Duele de 0~a~3."),
    ("Keep pain at 3 or less of 10.", "Keep pain at 3~or less of~10."),
    ("See page 2.", "See page~2."),
    ("See pages {PAGE} and {LAST}.", "See pages~{PAGE}~and {LAST}."),
    ("Chest pain? Call 911 now.", "Chest pain? Call~911~now."),
    ("Llame al 911 ahora.", "Llame~al~911~ahora."),
    ("Wait. 3 days have passed.", "Wait. 3~days have passed."),
    ("Nov 23, 2026", "Nov 23, 2026")])
def test_a_number_keeps_to_its_words(document, text, said):
    whole = document("gout", state="attack")
    page = replace(whole.pages[0], blocks=(doc.Paragraph((doc.Run(text),)),))

    [block] = bound(replace(whole, pages=(page,)), "911").pages[0].blocks
    assert block.runs[0].text.replace("\u00a0", "~") == said


def test_what_a_patient_is_called_stays_as_it_was_written(document):
    whole = document("gout", state="attack")
    field = doc.Field("note", "Note", "Call 911 now. Wait 3 days.")
    page = replace(whole.pages[0], blocks=(doc.Hero("", "", doc.Panel((), field)),))

    [hero] = bound(replace(whole, pages=(page,)), "911").pages[0].blocks
    assert hero.panel.note == field


@pytest.mark.parametrize(("language", "paper"), [("en", "letter"), ("es", "a4")])
@pytest.mark.parametrize(("cause", "state"), [
    ("osteoarthritis", "calm"), ("osteoarthritis", None), ("gout", "attack"),
    ("infection", "active"), ("tendonitis", "settled")])
def test_no_line_ends_within_a_number_s_words(printed, cause, state, language, paper):
    for page in text_pages(printed(cause, paper, state=state, language=language)):
        assert not BROKEN.search(page.get_text_range())
