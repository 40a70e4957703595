"""A PDF's structure tree → elements in reading order, their content, and what is wrong with it.

Loops, shared elements and wrong types end the reading at their place and are told as findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from handouts.check import access
from handouts.check.access import Key, Opened
from handouts.check.findings import Finding, counted, fault
from handouts.check.painting import ContentKey

MAX_ELEMENTS = 100_000
MAX_DEPTH = 200
_INLINE = {"Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT",
           "RP", "Warichu", "WT", "WP", "Em", "Strong", "Sub"}


@dataclass(frozen=True)
class ContentClaim:
    """Content that an element says is its own."""

    content: ContentKey
    page: int | None  # from 0


@dataclass(eq=False)
class TreeNode:
    """One structure element; `label` names it for people: its kind and its number of that kind."""

    kind: str
    label: str
    node: Any
    parent: "TreeNode | None"
    page: int | None
    depth: int
    kids: "list[TreeNode | ContentClaim]" = field(default_factory=list)
    objects: list[Key] = field(default_factory=list)

    @property
    def key(self) -> Key | None:
        """Its object number."""
        return access.identity(self.node)

    def text_of(self, key: str) -> str:
        """One of its texts: Alt, ActualText, Lang, T."""
        return access.text(access.entry(self.node, key))

    def has(self, key: str) -> bool:
        """Whether the entry is there at all."""
        return access.entry(self.node, key) is not None

    @property
    def elements(self) -> "list[TreeNode]":
        """Its child elements."""
        return [kid for kid in self.kids if isinstance(kid, TreeNode)]

    def walk(self) -> "Iterator[TreeNode]":
        """Itself and all below, in reading order."""
        todo = [self]
        while todo:
            element = todo.pop()
            yield element
            todo += reversed(element.elements)

    def claims(self) -> Iterator[ContentClaim]:
        """All content of itself and below, in reading order."""
        todo: list[TreeNode | ContentClaim] = [self]
        while todo:
            kid = todo.pop()
            if isinstance(kid, ContentClaim):
                yield kid
            else:
                todo += reversed(kid.kids)

    def own_claims(self) -> Iterator[ContentClaim]:
        """Its content in reading order, with that of inline elements but not of blocks inside."""
        todo: list[TreeNode | ContentClaim] = list(reversed(self.kids))
        while todo:
            kid = todo.pop()
            if isinstance(kid, ContentClaim):
                yield kid
            elif kid.inline:
                todo += reversed(kid.kids)

    @property
    def inline(self) -> bool:
        """Part of a line rather than a block of its own."""
        return self.kind in _INLINE

    @property
    def block(self) -> "TreeNode":
        """The nearest element, from itself up, that is a block."""
        element = self
        while element.inline and element.parent is not None:
            element = element.parent
        return element

    @property
    def first_page(self) -> int | None:
        """The page, from 1, of its first content."""
        claim = next((claim for claim in self.claims() if claim.page is not None), None)
        page = claim.page if claim else self.page
        return None if page is None else page + 1


@dataclass
class Tree:
    """The structure tree as read; `top` stands for its root."""

    top: TreeNode
    elements: list[TreeNode]
    parents: dict[int, Any]
    findings: list[Finding]


def read_tree(opened: Opened) -> Tree | None:
    """The structure tree; None for a PDF that has none."""
    root = access.entry(opened.root, "StructTreeRoot")
    if not access.is_dict(root):
        return None
    return _TreeReader(opened, root).read()


class _TreeReader:
    def __init__(self, opened: Opened, root: Any) -> None:
        self.root = root
        self.roles = access.entries(access.entry(root, "RoleMap"))
        self.pages = {access.identity(page): at for at, page in enumerate(opened.pages)}
        self.seen: set[Key] = set()
        self.counts: dict[str, int] = {}
        self.wrong: dict[str, list[str]] = {}
        self.elements: list[TreeNode] = []

    def read(self) -> Tree:
        top = TreeNode("", "the root", self.root, None, None, 0)
        todo = [(kid, top) for kid in reversed(_kids(self.root))]
        while todo:
            node, parent = todo.pop()
            element = self._kid(node, parent)
            if element is not None:
                todo += [(kid, element) for kid in reversed(_kids(node))]
        findings = [fault("tree", None, f"{counted(len(labels), 'place')} where the structure tree "
                          f"{what}, first in {labels[0]}")
                    for what, labels in sorted(self.wrong.items())]
        parents = access.number_tree(access.entry(self.root, "ParentTree"))
        return Tree(top, self.elements, parents, findings)

    def _note(self, what: str, parent: TreeNode) -> None:
        self.wrong.setdefault(what, []).append(parent.label)

    def _kid(self, node: Any, parent: TreeNode) -> TreeNode | None:
        """Adds one kid to its parent; gives it back if it is an element with kids of its own."""
        mcid = access.whole(node)
        if mcid is not None:
            self._claim(parent, mcid, parent.page, None)
        elif not access.is_dict(node):
            self._note("holds something that is no element", parent)
        elif (type_ := access.name(access.entry(node, "Type"))) == "MCR":
            self._marked(node, parent)
        elif type_ == "OBJR":
            key = access.identity(access.entry(node, "Obj"))
            if key is not None:
                parent.objects.append(key)
        else:
            return self._element(node, parent)
        return None

    def _marked(self, node: Any, parent: TreeNode) -> None:
        mcid = access.whole(access.entry(node, "MCID"))
        if mcid is None:
            self._note("names content without an MCID", parent)
            return
        page = access.entry(node, "Pg")
        stream = access.identity(access.entry(node, "Stm"))
        at = parent.page if page is None else self.pages.get(access.identity(page))
        self._claim(parent, mcid, at, stream)

    def _claim(self, parent: TreeNode, mcid: int, page: int | None, stream: Key | None) -> None:
        owner = page if stream is None else stream
        if owner is None:
            self._note("names content on no page of the file", parent)
            return
        parent.kids.append(ContentClaim((owner, mcid), page))

    def _element(self, node: Any, parent: TreeNode) -> TreeNode | None:
        key = access.identity(node)
        if key is not None and key in self.seen:
            self._note("comes back to an element it holds already", parent)
            return None
        if parent.depth >= MAX_DEPTH or len(self.elements) >= MAX_ELEMENTS:
            self._note("goes on beyond what is read", parent)
            return None
        if key is not None:
            self.seen.add(key)
        kind = self._kind(access.name(access.entry(node, "S")))
        if not kind:
            self._note("holds an element without a kind", parent)
        up = access.identity(access.entry(node, "P"))
        if up != access.identity(parent.node):
            self._note("names another parent than the one that holds the element", parent)
        page = self.pages.get(access.identity(access.entry(node, "Pg")), parent.page)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        element = TreeNode(kind, f"{kind} {self.counts[kind]}", node, parent, page,
                           parent.depth + 1)
        parent.kids.append(element)
        self.elements.append(element)
        return element

    def _kind(self, kind: str) -> str:
        for _ in range(8):
            mapped = access.name(self.roles.get(kind))
            if not mapped or mapped == kind:
                return kind
            kind = mapped
        return kind


def _kids(node: Any) -> list[Any]:
    kids = access.entry(node, "K")
    if kids is None:
        return []
    return access.items(kids) if isinstance(kids, access.ARRAY) else [kids]
