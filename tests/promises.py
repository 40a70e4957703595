"""What each printed handout promises, and the choices that are printed to see it; no tests here."""

from helpers import glyph_sizes, page_texts, standards
from layout import layout_faults
from pairs import Row, pairwise

from handouts import document as doc
from handouts.pack.pack import load_pack

KNEE = load_pack("knee")
CAUSES = KNEE.structure.causes
ALL_STATES = tuple(dict.fromkeys(state for cause in CAUSES.values() for state in cause.states))
PAPERS, SIDES = ("letter", "a4"), ("", "left", "right", "both")
SIZES = 4  # of type, at most; the bar of an emergency has one more


def can_be(cause: str, state: str | None, *_) -> bool:
    """Whether a cause has a state; none was given where nobody was examined."""
    return state is None or state in CAUSES[cause].states


def sample(*flags: str | None) -> list[Row]:
    """Causes, states, flags, papers, languages and sides: every two of them meet."""
    return pairwise(tuple(CAUSES), (None, *ALL_STATES), flags, PAPERS, KNEE.languages, SIDES,
                    fits=can_be)


def broken_promises(data: bytes, document, *, with_flags: bool) -> list[str]:
    """What is wrong with the printed pages of a document."""
    pages, sizes = page_texts(data), glyph_sizes(data)
    emergency = {"en": "Emergency: 911.", "es": "Emergencia: 911."}[document.language]
    found = [*layout_faults(data), *standards(data)]
    # A wait keeps its pages; where massage is offered they go on to a page more.
    waits = document.pages[0].id == "wait"
    more = 0 if waits else 1
    if not with_flags and not 0 <= len(pages) - len(document.pages) <= more:
        found.append(f"{len(pages)} pages, not {len(document.pages)}")
    if not all(emergency in page for page in pages):
        found.append("a page without the number for an emergency")
    alarmed = any(isinstance(block, doc.Alarm) for block in document.pages[0].blocks)
    if min(sizes) < 12 or len(sizes) > SIZES + alarmed:
        found.append(f"type of {sorted(sizes)} points")
    return found
