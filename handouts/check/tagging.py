"""Are the tags in order? Headings: one H1 that comes first, no level left out, none tagged as a
paragraph; all content marked; lists and tables of the elements that they may hold."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from handouts.check.findings import Finding, counted, fault
from handouts.check.painted import PaintedPdf
from handouts.check.painting import PageContent
from handouts.check.tree import TreeNode

LEVELS = {f"H{level}": level for level in range(1, 7)}
_GROUPS = {"Document", "Part", "Art", "Sect", "Div", ""}
_LARGE, _LARGE_BOLD = 1.4, 1.1  # times the size of most of the text
_LONGEST = 120  # characters of a heading


def problems(facts: PaintedPdf) -> list[Finding]:
    """What is wrong with the headings."""
    if facts.tree is None:
        return []
    headings = [element for element in facts.tree.elements if element.kind in LEVELS]
    hidden = list(_as_paragraphs(facts))
    generic = any(element.kind == "H" for element in facts.tree.elements)
    if not headings:
        missing = [fault("h1", None, "no H1")] if facts.shows and not hidden and not generic else []
        return [*hidden, *missing]
    return [*hidden, *_first(headings), *_levels(headings)]


def _first(headings: list[TreeNode]) -> Iterator[Finding]:
    tops = [heading for heading in headings if heading.kind == "H1"]
    if not tops:
        yield fault("h1", headings[0].first_page, "no H1")
    elif headings[0] is not tops[0]:
        yield fault("h1", headings[0].first_page, f"{headings[0].label} stands before the H1")
    for extra in tops[1:]:
        yield fault("h1", extra.first_page, f"a further H1: {extra.label}")


def _levels(headings: list[TreeNode]) -> Iterator[Finding]:
    for before, heading in pairwise(headings):
        if LEVELS[heading.kind] > LEVELS[before.kind] + 1:
            yield fault("heading-level", heading.first_page,
                        f"{heading.kind} follows {before.kind} ({heading.label})")


def _as_paragraphs(facts: PaintedPdf) -> Iterator[Finding]:
    """Pages and sections without any heading that hold a paragraph which looks like one."""
    assert facts.tree is not None
    body = body_size(facts)
    headed = [element for element in facts.tree.elements
              if element.kind in LEVELS or element.kind == "H"]
    pages = {element.first_page for element in headed}
    groups = {group for element in headed for group in _groups(element)}
    wrong: dict[int | None, list[TreeNode]] = {}
    for element in facts.tree.elements:
        if element.kind == "P" and _looks_like_heading(facts, element, body):
            section = next(_groups(element), None)
            if element.first_page not in pages or (
                    section is not None and section.kind in ("Sect", "Art")
                    and section not in groups):
                wrong.setdefault(element.first_page, []).append(element)
    for page, elements in wrong.items():
        yield fault("heading-as-p", page, f"{counted(len(elements), 'paragraph')} set as a heading "
                    f"where no heading is tagged, first {elements[0].label}")


def _groups(element: TreeNode) -> Iterator[TreeNode]:
    """The groups around an element, the nearest first."""
    above = element.parent
    while above is not None:
        if above.kind in _GROUPS:
            yield above
        above = above.parent


def body_size(facts: PaintedPdf) -> float:
    """The size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for page in facts.pages:
        for show in page.shows:
            if show.visible:
                sizes[round(show.size, 1)] += len(show.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _looks_like_heading(facts: PaintedPdf, element: TreeNode, body: float) -> bool:
    shows = [show for show in facts.shows_of(element) if show.visible]
    text = facts.text_of(element)
    if not shows or len(text) > _LONGEST or not any(letter.isalpha() for letter in text):
        return False
    smallest = min(show.size for show in shows)
    return smallest >= _LARGE * body or (
        smallest >= _LARGE_BOLD * body and all(show.font.bold for show in shows))


def marking_problems(facts: PaintedPdf) -> list[Finding]:
    """Pages that paint outside marked content, and what could not be read."""
    findings = []
    if facts.opened.mended:
        findings.append(fault("damaged", None, "the file is damaged and was mended for reading"))
    if not facts.pages:
        findings.append(fault("no-pages", None, "the file has no page"))
    if facts.opened.page_count > len(facts.pages):
        findings.append(fault("too-big", None, f"only the first {len(facts.pages)} of "
                              f"{facts.opened.page_count} pages were read"))
    for page in facts.pages:
        if page.broken:
            findings.append(fault("content", page.number, "part of the content can't be read"))
        if page.cut:
            findings.append(fault("too-big", page.number, "the content goes on beyond what is "
                                  "read"))
    if facts.tree is None:
        return [*findings, fault("untagged", None, "there is no structure tree")]
    return [*findings, *facts.tree.findings, *_bare(facts)]


def scans(facts: PaintedPdf) -> set[int]:
    """The pages (from 1) that are a picture without text; of one that is tagged as a figure, its
    alternative text is the text."""
    if facts.tree is not None and any(element.has("Alt") for element in facts.tree.elements):
        return set()
    return {page.number for page in facts.pages
            if not any(show.text.strip() for show in page.shows) and _is_pictured(page)}


def _is_pictured(page: PageContent) -> bool:
    """Whether pictures cover most of a page."""
    covered = sum(max(0.0, min(box.right, page.box.right) - max(box.left, page.box.left))
                  * max(0.0, min(box.top, page.box.top) - max(box.bottom, page.box.bottom))
                  for paint in page.paints if paint.picture and (box := paint.box))
    return covered > page.box.width * (page.box.top - page.box.bottom) / 2


def _bare(facts: PaintedPdf) -> list[Finding]:
    findings = []
    for page in facts.pages:
        strings = sum(1 for show in page.shows if not show.mark.tagged)
        paints = sum(1 for paint in page.paints if not paint.mark.tagged)
        if strings or paints:
            findings.append(fault(
                "untagged-paint", page.number, f"{counted(strings, 'string')} and "
                f"{counted(paints, 'path or picture', 'paths or pictures')} outside tags and "
                "artifacts"))
    return findings


_INSIDE = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TOCI": {"TOC"},
}
_ONLY = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "TR": {"TH", "TD"},
}


def nesting_problems(facts: PaintedPdf) -> list[Finding]:
    """Elements of lists and tables that stand where they may not."""
    findings = []
    for element in facts.tree.elements if facts.tree else ():
        above = element.parent.kind if element.parent else ""
        if element.kind in _INSIDE and above not in _INSIDE[element.kind]:
            findings.append(fault("nesting", element.first_page,
                                  f"{element.label} stands in {above or 'the root'}"))
        elif above in _ONLY and element.kind not in _ONLY[above]:
            findings.append(fault("nesting", element.first_page,
                                  f"{above} holds {element.label}"))
    return findings
