"""Tagging: what is drawn becomes marked content of the right element, all else an artifact."""

import re

import pytest

from handouts import document as doc
from handouts.pdf.file import fonts
from handouts.pdf.file.tagtree import HEADING, StructureElement, Tag, section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import Hidden, RowBox, Stack
from handouts.pdf.layout.canvas import Canvas, wrapped
from handouts.pdf.layout.theme import INK, NORMAL

BODY = NORMAL.body

SIZE = (300, 200)


@pytest.fixture
def canvas():
    """A canvas with the fonts at hand."""
    fonts.register()
    return Canvas(SIZE)


def drawn(canvas, flowable, width=200):
    """Draws a flowable and ends the page."""
    flowable.wrap(width, 1e6)
    flowable.drawOn(canvas, 10, 10)
    canvas.showPage()
    return canvas


def roles(element: StructureElement) -> list[object]:
    """The roles of a tree, and how many pieces of content each element has."""
    kids = [roles(kid) for kid in element.kids if isinstance(kid, StructureElement)]
    own = len(element.kids) - len(kids)
    return [element.role, *([own] if own else []), *kids]


def marks(canvas) -> list[str]:
    """The operators of the first page that open or close marked content."""
    return re.findall(r"/\w+ (?:<<.*?>> BDC|BMC)|EMC", canvas.pages[0].code)


def test_a_paragraph_is_one_piece_of_marked_content(canvas):
    drawn(canvas, text.paragraph("Move a little every day.", BODY))

    assert roles(canvas.root) == ["Document", ["P", 1]]
    assert marks(canvas) == ["/P <</MCID 0>> BDC", "EMC"]


def test_lines_but_the_last_end_in_a_space(canvas):
    words = text.paragraph("Move a little every day, and then some more of it.", BODY)
    drawn(canvas, words, width=90)

    assert words.words == "Move a little every day, and then some more of it."
    assert canvas.pages[0].code.count("Tj") > 1


def test_headings_take_their_level_from_the_sections_around(canvas):
    inner = Stack([text.paragraph("Inner", BODY, role=HEADING)], tag=section())
    drawn(canvas, Stack([text.paragraph("Top", NORMAL.h1),
                         Stack([text.paragraph("Outer", NORMAL.h1), inner], tag=section())]))

    assert roles(canvas.root) == [
        "Document", ["H1", 1], ["Sect", ["H2", 1], ["Sect", ["H3", 1]]]]
    assert [(mark.level, mark.words) for mark in canvas.bookmarks] == [(1, "Top"), (2, "Outer")]


def test_a_child_can_be_read_last_though_it_stands_first(canvas):
    row = RowBox([(text.paragraph("left", BODY, role="Lbl"), 50),
                  (text.paragraph("right", BODY), None)])
    drawn(canvas, row.reads_last(0))

    assert roles(canvas.root) == ["Document", ["P", 1], ["Lbl", 1]]


def test_a_link_is_an_element_of_its_own_with_a_box_for_each_line(canvas):
    runs = (doc.Run("Call "), doc.Run("the practice of ours now", link="tel:+15550142"),
            doc.Run(" please."))
    drawn(canvas, text.paragraph(runs, BODY), width=90)
    [link] = canvas.links

    assert roles(canvas.root) == ["Document", ["P", 2, ["Link", 2]]]
    assert (link.target, link.words) == ("tel:+15550142", "the practice of ours now")
    assert len(link.boxes) > 1
    assert all(10 <= left < right <= 110 for left, _, right, _ in link.boxes)
    assert canvas.linked[0].role == "Link"


def test_a_paragraph_that_is_all_link_has_no_content_of_its_own(canvas):
    drawn(canvas, text.paragraph((doc.Run("Our page", link="https://riverside.example"),), BODY))

    assert roles(canvas.root) == ["Document", ["P", ["Link", 2]]]


def test_the_same_target_twice_makes_two_links(canvas):
    runs = (doc.Run("one", link="tel:1"), doc.Run(" and "), doc.Run("two", link="tel:1"))
    drawn(canvas, text.paragraph(runs, BODY))

    assert [link.words for link in canvas.links] == ["one", "two"]


def test_words_of_another_language_are_a_span(canvas):
    runs = (doc.Run("Say "), doc.Run("rodilla", lang="es"), doc.Run("."))
    drawn(canvas, text.paragraph(runs, BODY))
    span = canvas.root.kids[0].kids[1]

    assert (span.role, span.tag.language) == ("Span", "es")
    assert canvas.links == []


def test_the_parts_of_a_split_paragraph_are_one_element(canvas):
    whole = text.paragraph("Move a little every day, and then some more of it.", BODY)
    whole.wrap(90, 1e6)
    parts = whole.split(90, 31)
    drawn(canvas, Stack(parts), width=90)

    assert roles(canvas.root) == ["Document", ["P", 2]]


def test_what_is_hidden_is_an_artifact_with_everything_in_it(canvas):
    drawn(canvas, Hidden(text.paragraph((doc.Run("again", link="tel:1"),), BODY)))

    assert roles(canvas.root) == ["Document"]
    assert (marks(canvas), canvas.links) == (["/Artifact BMC", "EMC"], [])


def test_a_typed_artifact_is_opened_and_closed_once(canvas):
    with canvas.artifact("/Type/Pagination/Subtype/Footer"):
        canvas.line(0, 0, 10, 10)
        text.show(canvas, "Page 1", BODY, INK, (0, 0))
    canvas.showPage()

    assert marks(canvas) == ["/Artifact <</Type/Pagination/Subtype/Footer>> BDC", "EMC"]


def test_a_picture_outside_a_mark_becomes_an_artifact(canvas):
    canvas.image("Logo", b"", 10, 10)
    canvas.showPage()

    assert marks(canvas) == ["/Artifact BMC", "EMC"]


def test_painting_outside_a_mark_becomes_an_artifact(canvas):
    canvas.roundRect(0, 0, 10, 10, 2, stroke=1, fill=1)
    with canvas.mark(Tag("P")):
        text.show(canvas, "words", BODY, INK, (0, 0))
    canvas.line(0, 0, 10, 10)
    canvas.showPage()

    assert marks(canvas) == ["/Artifact BMC", "EMC", "/P <</MCID 0>> BDC", "EMC",
                             "/Artifact BMC", "EMC"]


@pytest.mark.parametrize(("code", "out"), [
    (["q", "1 w", "0 0 m 5 5 l", "S", "Q"],
     ["q", "/Artifact BMC", "1 w", "0 0 m 5 5 l", "S", "EMC", "Q"]),
    (["q", "1 0 0 1 5 5 cm", "Q"], ["q", "1 0 0 1 5 5 cm", "Q"]),
    (["/F Do"], ["/Artifact BMC", "/F Do", "EMC"]),
    (["q 9 0 0 9 0 0 cm /F Do Q"], ["/Artifact BMC", "q 9 0 0 9 0 0 cm /F Do Q", "EMC"]),
    (["1 0 0 rg 0 0 9 9 re f 1 w"], ["/Artifact BMC", "1 0 0 rg 0 0 9 9 re f 1 w", "EMC"]),
])
def test_paths_and_their_painting_stay_together(code, out):
    assert wrapped(code) == out
