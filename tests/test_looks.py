"""Pages look as they did when somebody last looked at them; `--update-refs` keeps their look.

The references are grey and small. A page may differ by what another version of the renderer does to
edges, not by a block that moved a point, a colour of its own, or a picture redrawn.
"""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from helpers import TODAY
from PIL import Image, ImageChops

from handouts.request.request import Patient, Request

REFS = Path(__file__).parent / "refs" / "pages"
SCALE = 0.75  # 54 dots an inch
NEAR = 24  # of 255: what anti-aliasing may change
MOST = 0.002  # the share of dots that may differ by more
ANA = Patient("Ana Ruiz", date(1950, 2, 3), "R-7", "Dr. Kim", date(2026, 11, 25), "in May",
              note="Start on Monday.")
PAGES = {
    "screened-1": (Request("osteoarthritis", side="left"), 0),
    "choices-2": (Request("osteoarthritis", "calm", side="right", paper="a4"), 1),
    "routine-4": (Request("osteoarthritis", "calm", side="right", patient=ANA), 3),
    "moves-4": (Request("gout", "between", language="es"), 3),
    "more-5": (Request("tendonitis", side="left"), 4),
    "leaf-1": (Request("osteoarthritis", "calm", side="right", edition="sheet"), 0),
    "research-8": (Request("osteoarthritis", "calm", edition="full"), 7),
    "not-now-1": (Request("infection", paper="a4", patient=ANA), 0),
    "log-2": (Request("gout", "attack", side="left"), 1),
    "black-only-3": (Request("rheumatoid-arthritis", "calm", mono=True), 2),
    "large-1": (Request("osteoarthritis", side="left", format="large-print", patient=ANA), 0),
    "large-steps-8": (Request("osteoarthritis", "calm", format="large-print", mono=True), 7),
}


def looks(press, name: str) -> Image.Image:
    """One page in grey."""
    request, at = PAGES[name]
    document = pypdfium2.PdfDocument(press.handout(request, TODAY).pdf)
    try:
        return document[at].render(scale=SCALE).to_pil().convert("L")
    finally:
        document.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_its_reference(press, request, name):
    shown, path = looks(press, name), REFS / f"{name}.png"
    if request.config.getoption("--update-refs"):
        REFS.mkdir(exist_ok=True)
        shown.quantize(32).save(path, optimize=True)

    kept = Image.open(path).convert("L")
    assert shown.size == kept.size
    far = ImageChops.difference(shown, kept).histogram()[NEAR:]
    assert sum(far) <= MOST * shown.width * shown.height


def test_the_references_are_those_of_the_pages():
    assert {path.stem for path in REFS.glob("*.png")} == set(PAGES)


def test_a_moved_line_of_text_would_be_seen(press):
    shown = looks(press, "routine-4")
    moved = ImageChops.offset(shown.crop((0, 300, shown.width, 320)), 0, 1)
    other = shown.copy()
    other.paste(moved, (0, 300))

    far = ImageChops.difference(shown, other).histogram()[NEAR:]
    assert sum(far) > MOST * shown.width * shown.height
