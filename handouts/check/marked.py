"""Do the tags and the content belong together? MCIDs, StructParents, ParentTree, links."""

from collections.abc import Iterable, Iterator
from typing import Any

from handouts.check import access
from handouts.check.access import Key
from handouts.check.findings import Finding, counted, fault
from handouts.check.painted import PaintedPdf
from handouts.check.painting import ContentKey
from handouts.check.tree import Tree, TreeNode

_HIDDEN = 0b100010  # annotation flags: hidden, no view


def problems(facts: PaintedPdf) -> list[Finding]:
    """What is wrong between the structure tree and the content of the pages."""
    if facts.tree is None:
        return []
    return _Claims(facts, facts.tree).problems()


class _Claims:
    def __init__(self, facts: PaintedPdf, tree: Tree) -> None:
        self.facts, self.tree = facts, tree
        self.page_of = {content: page.number for page in facts.pages for content in page.marks}
        self.unsure = {page.number for page in facts.pages if page.broken or page.cut}
        self.owners: dict[ContentKey, list[TreeNode]] = {}
        for element in tree.elements:
            for kid in element.kids:
                if not isinstance(kid, TreeNode):
                    self.owners.setdefault(kid.content, []).append(element)

    def problems(self) -> list[Finding]:
        swapped, absent, unclaimed = self._sorted_out()
        shared = [content for content, owners in self.owners.items()
                  if len(owners) > 1 and content in self.page_of
                  and not any(owner in swapped for owner in owners)]
        return [
            *self._swaps(swapped),
            *self._findings("mcid-absent", absent, "claimed by an element is not there"),
            *self._findings("mcid-unclaimed", unclaimed, "belongs to no element"),
            *self._findings("mcid-shared", shared, "belongs to more than one place in the tree"),
            *self._findings("mcid-repeated", [
                content for page in self.facts.pages for content, count in page.marks.items()
                if count > 1 and isinstance(content[0], int)], "stands on its page twice"),
            *self._parents(), *self._links()]

    def _sorted_out(self) -> tuple[dict[TreeNode, tuple[int, int]], list[ContentKey],
                                   list[ContentKey]]:
        """Elements with a wrong MCID (wrong, right), claims without content, and the reverse.

        A piece of content that no element claims, and whose ParentTree entry names an element
        that claims something else, tells a wrong MCID.
        """
        unclaimed = [content for content in self.page_of if content not in self.owners]
        absent = {content: owners for content, owners in self.owners.items()
                  if content not in self.page_of and not self._unread(content)}
        swapped: dict[TreeNode, tuple[int, int]] = {}
        by_key = {element.key: element for element in self.tree.elements if element.key}
        for content in list(unclaimed):
            element = by_key.get(access.identity(self._parent_entry(content)) or (0, 0))
            wrong = self._foreign(element, content, absent) if element else None
            if element is not None and wrong is not None:
                swapped[element] = (wrong[1], content[1])
                unclaimed.remove(content)
                absent.pop(wrong, None)
        return swapped, list(absent), unclaimed

    def _foreign(self, element: TreeNode, own: ContentKey,
                 absent: dict[ContentKey, list[TreeNode]]) -> ContentKey | None:
        """What the element claims in place of its own content."""
        for kid in element.kids:
            if isinstance(kid, TreeNode) or kid.content[0] != own[0]:
                continue
            entry = access.identity(self._parent_entry(kid.content))
            if kid.content in absent or entry != element.key:
                return kid.content
        return None

    def _unread(self, content: ContentKey) -> bool:
        """Whether the content may stand where nothing was read."""
        owner = content[0]
        if isinstance(owner, int):
            return owner >= len(self.facts.pages) or owner + 1 in self.unsure
        return bool(self.unsure)

    def _swaps(self, swapped: dict[TreeNode, tuple[int, int]]) -> Iterator[Finding]:
        for element, (wrong, right) in swapped.items():
            yield fault("mcid-wrong", element.first_page,
                        f"{element.label} claims MCID {wrong}; its content is MCID {right}")

    def _findings(self, rule: str, contents: Iterable[ContentKey], what: str) -> Iterator[Finding]:
        by_page: dict[int | None, list[int]] = {}
        for content in contents:
            owner = content[0]
            page = self.page_of.get(content, owner + 1 if isinstance(owner, int) else None)
            by_page.setdefault(page, []).append(content[1])
        for page, mcids in by_page.items():
            listed = ", ".join(map(str, mcids[:5])) + (" …" if len(mcids) > 5 else "")
            yield fault(rule, page, f"content with MCID {listed} {what}")

    # -- StructParents and ParentTree

    def _holder(self, owner: Key | int) -> Any:
        if isinstance(owner, int):
            return self.facts.opened.pages[owner] if owner < len(self.facts.opened.pages) else None
        return access.fetched(self.facts.opened.pdf, owner)

    def _row(self, owner: Key | int) -> list[Any] | None:
        """The ParentTree's row for a page or form; None if there is none."""
        number = access.whole(access.entry(self._holder(owner), "StructParents"))
        row = None if number is None else self.tree.parents.get(number)
        return access.items(row) if isinstance(row, access.ARRAY) else None

    def _parent_entry(self, content: ContentKey) -> Any:
        row = self._row(content[0]) or []
        return row[content[1]] if 0 <= content[1] < len(row) else None

    def _parents(self) -> Iterator[Finding]:
        numbers: dict[int, Key | int] = {}
        for owner in dict.fromkeys(content[0] for content in self.page_of):
            page = owner + 1 if isinstance(owner, int) else None
            number = access.whole(access.entry(self._holder(owner), "StructParents"))
            if number is None:
                yield fault("struct-parents", page, "tagged content without StructParents")
            elif numbers.setdefault(number, owner) != owner:
                yield fault("struct-parents", page, "StructParents is that of another page")
            elif self._row(owner) is None:
                yield fault("struct-parents", page, "StructParents names no row of the ParentTree")
            else:
                yield from self._entries(owner, page)

    def _entries(self, owner: Key | int, page: int | None) -> Iterator[Finding]:
        empty, wrong = [], []
        for content in self.page_of:
            owners = self.owners.get(content, [])
            if content[0] != owner or len(owners) != 1 or owners[0].key is None:
                continue
            entry = access.identity(self._parent_entry(content))
            if entry is None:
                empty.append(content[1])
            elif entry != owners[0].key:
                wrong.append(content[1])
        for mcids, what in ((empty, "empty"), (wrong, "another element than its holder")):
            if mcids:
                yield fault("parent-tree", page, f"the ParentTree entry for MCID {mcids[0]} is "
                            f"{what} ({counted(len(mcids), 'entry', 'entries')} in all)")

    # -- links

    def _links(self) -> Iterator[Finding]:
        holders = {key: element for element in self.tree.elements for key in element.objects}
        for index, page in enumerate(self.facts.opened.pages):
            loose = [node for node in access.items(access.entry(page, "Annots"))
                     if _visible_link(node) and not self._held(node, holders)]
            if loose:
                yield fault("link", index + 1, f"{counted(len(loose), 'link')} outside the "
                            "structure, or with a wrong ParentTree entry")

    def _held(self, node: Any, holders: dict[Key, TreeNode]) -> bool:
        holder = holders.get(access.identity(node) or (0, 0))
        number = access.whole(access.entry(node, "StructParent"))
        if holder is None or number is None:
            return False
        return access.identity(self.tree.parents.get(number)) == holder.key


def _visible_link(node: Any) -> bool:
    return (access.name(access.entry(node, "Subtype")) == "Link"
            and not (access.whole(access.entry(node, "F")) or 0) & _HIDDEN)
