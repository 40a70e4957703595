"""All that is read out of a PDF once, for the questions that are asked of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from handouts.check import access, streams
from handouts.check.access import Opened
from handouts.check.findings import Finding
from handouts.check.geometry import Rectangle, union
from handouts.check.painting import ContentKey, PageContent, Paint, Show
from handouts.check.tree import Tree, TreeNode, read_tree


@dataclass
class PaintedPdf:
    """A PDF's pages as painted, and its structure tree."""

    opened: Opened
    pages: list[PageContent]
    tree: Tree | None

    @cached_property
    def language(self) -> str:
        """The document's language as said, or ''."""
        return access.text(access.entry(self.opened.root, "Lang"))

    @cached_property
    def shows(self) -> dict[ContentKey, list[Show]]:
        """The strings of each piece of tagged content."""
        table: dict[ContentKey, list[Show]] = {}
        for page in self.pages:
            for show in page.shows:
                if show.mark.content is not None:
                    table.setdefault(show.mark.content, []).append(show)
        return table

    @cached_property
    def paints(self) -> dict[ContentKey, list[Paint]]:
        """The paths and pictures of each piece of tagged content."""
        table: dict[ContentKey, list[Paint]] = {}
        for page in self.pages:
            for paint in page.paints:
                if paint.mark.content is not None:
                    table.setdefault(paint.mark.content, []).append(paint)
        return table

    def shows_of(self, element: TreeNode) -> list[Show]:
        """All strings of an element, in reading order."""
        return [show for claim in element.claims() for show in self.shows.get(claim.content, ())]

    def own_shows(self, block: TreeNode) -> list[Show]:
        """A block's strings in reading order, those of blocks inside it left out."""
        return [show for claim in block.own_claims() for show in self.shows.get(claim.content, ())]

    def text_of(self, element: TreeNode) -> str:
        """The text of an element as a reader hears it, white space run together."""
        return joined(self.shows_of(element))

    def box_of(self, block: TreeNode, page: int) -> Rectangle | None:
        """Where a block stands on a page (from 1), those inside it left out."""
        shown = [show.box for show in self.own_shows(block) if show.page == page and show.inked]
        if shown:
            return union(shown)
        painted = [paint.box for claim in block.own_claims() if claim.page == page - 1
                   for paint in self.paints.get(claim.content, ()) if paint.box]
        return union(painted) if painted else None


def joined(shows: list[Show]) -> str:
    """The text of strings; ActualText stands for the characters it covers; lines part words."""
    parts: list[str] = []
    last: Show | None = None
    for show in shows:
        if show.mark.actual is not None:
            if last is None or last.mark is not show.mark:
                parts.append(show.mark.actual)
        else:
            parts.append(_gap(last, show) + show.text)
        last = show
    return " ".join("".join(parts).split())


def _gap(last: Show | None, show: Show) -> str:
    if last is None:
        return ""
    same_line = abs(last.baseline - show.baseline) < 0.5 * max(last.size, show.size)
    return "" if same_line and show.box.left - last.box.right < 0.2 * show.size else " "


def read_facts(opened: Opened) -> PaintedPdf:
    """Reads all pages and the structure tree, within fixed bounds."""
    budget = streams.Budget()
    pages = [streams.read_page(opened, index, budget) for index in range(len(opened.pages))]
    return PaintedPdf(opened, pages, read_tree(opened))


def of_each_page(pages: Iterable[PageContent],
                 ask: Callable[[PageContent], Iterable[Finding]]) -> list[Finding]:
    """What is found on each page; a page like an earlier one has the same, without asking."""
    known: dict[int, list[Finding]] = {}
    findings = []
    for page in pages:
        first = page.like or page.number
        if first not in known:
            known[first] = list(ask(page))
        findings += [replace(finding, page=page.number) for finding in known[first]]
    return findings
