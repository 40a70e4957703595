"""What the tests measure with: samples in which all pairs meet, faults of layout that are seen."""

from itertools import combinations, product

import pytest
from helpers import glyph_sizes, painted
from layout import END, SIDE, layout_faults
from pairs import pairwise

from handouts.pdf.file import fonts
from handouts.pdf.layout import text
from handouts.pdf.layout.theme import NORMAL

fonts.register()
SIZE = 300, 400


def test_every_two_values_that_can_meet_meet_in_a_sample():
    def fits(one, _two, three):
        return (one, three) != ("a", 2)

    factors = ("ab", (1, 2, 3), (1, 2, 3, 4))

    def pairs(rows):
        return {pair for row in rows for pair in combinations(enumerate(row), 2)}

    rows = [row for row in product(*factors) if fits(*row)]
    sample = pairwise(*factors, fits=fits)

    assert pairs(sample) == pairs(rows)
    assert len(sample) < len(rows)
    assert all(fits(*row) for row in sample)


def page(*places):
    """A page with a line of text at each of these places; pdfium takes the same words twice in one
    place for bold ones."""
    lines = "Rest the knee", "Walk a little", "Sit down"

    def draw(canvas):
        for (x, y), said in zip(places, lines, strict=False):
            words = text.paragraph(said, NORMAL.body)
            words.wrap(120, 100)
            words.drawOn(canvas, x, y)

    return painted(SIZE, draw)


@pytest.mark.parametrize(("places", "fault"), [
    ([(SIDE, 300), (SIDE, 200)], ""),
    ([(SIDE, 300), (SIDE, 307)], "runs into"),
    ([(SIDE, 200), (SIDE, 300), (SIDE + 20, 204)], "runs into"),
    ([(SIDE - 9, 300)], "leaves the margins"),
    ([(SIDE, END - 20)], "leaves the margins")])
def test_lines_that_meet_or_leave_the_margins_are_seen(places, fault):
    found = layout_faults(page(*places))

    assert bool(found) is bool(fault)
    assert all(fault in told for told in found)


def test_sizes_are_those_that_are_seen():
    def draw(canvas):
        canvas.saveState()
        canvas.scale(.5, .5)
        words = text.paragraph("Rest", NORMAL.body)
        words.wrap(120, 100)
        words.drawOn(canvas, 200, 200)
        canvas.restoreState()

    assert glyph_sizes(painted(SIZE, draw)) == {6.0}
