"""How pages are filled, for a sample in which every two of cause, state, paper, language, side,
edition and note meet: no page half empty, no heading alone, the leaf on one sheet of paper."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from helpers import TODAY, page_texts
from layout import layout_faults
from pairs import pairwise
from promises import ALL_STATES, CAUSES, KNEE, PAPERS, can_be

from handouts import document as doc
from handouts.request.request import Patient

FULL = .58  # of a page: one with less on it is half empty
FULLER = .68  # the same of one that another follows
FOOTER = 26 + 3 * 15 + 8  # points from the edge to the body
HEADING = 13.5  # points: larger type is a heading's
NOTE = ("The stairs at home are the hardest part. Start with the massage on Tuesday and Friday "
        "evenings, and write down how your knee is the next day.")
SAMPLE = pairwise(tuple(CAUSES), (None, *ALL_STATES), PAPERS, KNEE.languages, ("left", "both"),
                  ("standard", "sheet"), ("", NOTE), fits=can_be)


def made(printed, document, row):
    """The pages of a row as a PDF, and its document."""
    cause, state, paper, language, side, edition, note = row
    cleared = state is not None and CAUSES[cause].states[state].cleared
    asked = {"state": state, "language": language, "side": side, "edition": edition,
             "patient": Patient(note=note, cleared_on=TODAY if cleared else None)}
    return printed(cause, paper, **asked), document(cause, paper=paper, **asked)


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: "-".join(map(str, row[:6])))
def test_pages_are_full_and_the_leaf_is_one_sheet_of_paper(printed, document, row):
    data, whole = made(printed, document, row)

    assert layout_faults(data) == []
    ends = [foot(data, page) for page in range(len(page_texts(data)))]
    assert min(share for share, _, _ in ends) >= FULL
    assert min([share for share, _, _ in ends[:-1]], default=1) >= FULLER
    alone = [words for _, size, words in ends if size > HEADING and not words[-1:].isdigit()]
    assert alone == []
    leaf = [at for at, page in enumerate(whole.pages) if page.closed]
    if leaf:
        assert sides(whole, data) == ([0, 1] if leaf == [0, 1] else [2, 3])
    if whole.pages[0].id == "wait" or leaf == [0, 1]:
        assert len(ends) == 2
    else:
        assert len(ends) <= len(whole.pages) + 1


def sides(document, data):
    """The numbers, from 0, of the pages that hold the leaf: where its blocks stand."""
    texts = page_texts(data)
    routine, finish = (next(block for page in document.pages for block in page.blocks
                            if isinstance(block, kind)) for kind in (doc.Routine, doc.Finish))
    said = [plain(step.title) for step in routine.steps], [plain(routine.rules.zones.title)]
    front = [at for at, text in enumerate(texts) if all(
        word in plain(text) for words in said for word in words)]
    back = [at for at, text in enumerate(texts) if plain(finish.guide.title) in plain(text)]
    return [front[0], *back]


def plain(text):
    return " ".join(text.split())


def foot(data, number):
    """How much of a page is filled, and its lowest words above the footer with their size."""
    page = pypdfium2.PdfDocument(data)[number]
    words, height = page.get_textpage(), page.get_height()
    lines = [(words.get_rect(at), at) for at in range(words.count_rects())]
    low, _ = min((box for box in lines if box[0][1] > FOOTER), key=lambda box: box[0][1])
    size = max(item.get_font_size() for item in page.get_objects(
        [pdfium.FPDF_PAGEOBJ_TEXT], textpage=words)
        if abs(item.get_bounds()[1] - low[1]) < 4 and item.extract().strip())
    share = 1 - (low[1] - FOOTER) / (height - FOOTER - 28)
    return share, size, plain(words.get_text_bounded(*low))
