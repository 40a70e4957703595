"""What tagging costs: a tagged layout beside the same layout without tags, in the same run."""

from datetime import date
from time import process_time

from handouts import Patient, Request, find_brand, load_catalogue, pdf
from handouts.compose import compose
from handouts.pdf.canvas import Canvas, Painted
from handouts.request import choose

DAY = date(2026, 11, 25)
ROUNDS = 25


class Untagged(Canvas):
    """The same drawing with no structure tree and no marked content."""

    def __init__(self, size):
        super().__init__(size)
        self._hidden = 1

    def showPage(self):
        self.pages.append(Painted("\n".join(self._code)))
        self._code = []
        self._startPage()


def seconds(job):
    start = process_time()
    job()
    return process_time() - start


def test_tagging_costs_at_most_three_tenths_of_a_layout(monkeypatch):
    knee, brand = load_catalogue(), find_brand(None)
    request = Request("osteoarthritis", state="calm", patient=Patient("Sample Patient"))
    document = compose(choose(request, knee, today=DAY), knee, brand, today=DAY)
    times = {Canvas: [], Untagged: []}
    for _ in range(ROUNDS):
        for canvas, taken in times.items():
            monkeypatch.setattr(pdf, "Canvas", canvas)
            taken.append(seconds(lambda: pdf.typeset(document, brand, "letter")))

    tagged, plain = min(times[Canvas]), min(times[Untagged])

    print(f"\ntagged {tagged * 1000:.1f} ms, untagged {plain * 1000:.1f} ms, "
          f"{tagged / plain:.2f} times")
    assert tagged / plain <= 1.3
