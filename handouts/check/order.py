"""Is the page read in the order in which the eye meets it?

Blocks that stand in one column are read from top to bottom. Of two blocks side by side the left
one comes first, unless the page also paints the right one first. Columns and cards may be read
one after the other: only blocks that share a column are held against each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.check.findings import Finding, counted, fault
from handouts.check.geometry import Rectangle
from handouts.check.painted import PaintedPdf
from handouts.check.tree import TreeNode

MAX_BLOCKS = 500  # a page; pairs are compared
_SHARED = 0.3  # of the narrower block's width: they stand in one column
_BESIDE = 0.5  # of the lower block's height: they stand side by side
_TOUCH = 2.0  # points by which blocks above each other may overlap
_CARDS = {"Sect", "Art", "Div", "LBody", "TD", "Caption"}
_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "yi")


@dataclass(frozen=True)
class _Placed:
    element: TreeNode
    page: int
    box: Rectangle
    painted: int


def problems(facts: PaintedPdf) -> list[Finding]:
    """One finding for each page whose blocks are read out of order."""
    if facts.tree is None:
        return []
    blocks = list(_blocks(facts))
    leftward = facts.language.lower().startswith(_RIGHT_TO_LEFT)
    findings = []
    for page in facts.pages:
        here = [block for block in blocks if block.page == page.number][:MAX_BLOCKS]
        late = _late(here, leftward)
        if late:
            findings.append(fault(
                "order", page.number, f"{counted(len(late), 'block')} read later than the page "
                f"shows, first {late[0].element.label}"))
    return [*findings, *_pages(blocks)]


def _blocks(facts: PaintedPdf) -> Iterator[_Placed]:
    assert facts.tree is not None
    painted = _painted(facts)
    for element in facts.tree.elements:
        if element.block is not element:
            continue
        pages = {claim.page for claim in element.claims() if claim.page is not None}
        for page in sorted(pages):
            box = facts.box_of(element, page + 1)
            if box is not None:
                at = min(painted.get(claim.content, 0) for claim in element.claims()
                         if claim.page == page)
                yield _Placed(element, page + 1, box, at)


def _painted(facts: PaintedPdf) -> dict[object, int]:
    """Each piece of content's place in the order of painting."""
    return {content: at for at, content in enumerate(
        content for page in facts.pages for content in page.marks)}


def _late(blocks: list[_Placed], leftward: bool) -> list[_Placed]:
    late = []
    for at, second in enumerate(blocks):
        if any(_comes_first(second, first, leftward) for first in blocks[:at]):
            late.append(second)
    return late


def _comes_first(second: _Placed, first: _Placed, leftward: bool) -> bool:
    """Whether the block that is read second should have been read first."""
    one, two = first.box, second.box
    across = min(one.right, two.right) - max(one.left, two.left)
    down = min(one.top, two.top) - max(one.bottom, two.bottom)
    if across > _SHARED * min(one.width, two.width):
        if second.element.kind == "Figure" and _share_card(first.element, second.element):
            return False  # a card may show its picture above its words
        return two.bottom >= one.top - _TOUCH
    beside = across <= 0 and down > _BESIDE * min(one.height, two.height)
    wrong_side = one.right <= two.left if leftward else two.right <= one.left
    return beside and wrong_side and second.painted < first.painted


def _share_card(words: TreeNode, figure: TreeNode) -> bool:
    """Whether both stand in one small group, with no other figure."""
    group = figure.parent
    return (group is not None and group is words.parent and group.kind in _CARDS
            and sum(kid.kind == "Figure" for kid in group.elements) == 1)


def _pages(blocks: list[_Placed]) -> Iterator[Finding]:
    """Blocks whose page is read after a later page."""
    firsts = {block.element: block.page for block in reversed(blocks)}
    reached = 0
    for element in dict.fromkeys(block.element for block in blocks):
        if firsts[element] < reached:
            yield fault("order", firsts[element],
                        f"{element.label} is read after content of page {reached}")
            return
        reached = max(reached, firsts[element])
