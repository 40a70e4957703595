"""The page tree and the bookmarks of a PDF that is written as its pages come."""

from dataclasses import dataclass, field

from handouts.pdf.file.objects import array, dictionary, reference
from handouts.pdf.file.streamed import Streamed

KIDS = (0, 64, 128)  # at most, of the root (as many as come), a branch, a leaf


@dataclass
class _Node:
    """A node of the page tree that still takes kids; `count` is the number of pages below it."""

    own: int
    kids: list[int] = field(default_factory=list)
    count: int = 0


class PageTree:
    """A page tree (ISO 32000-1, 7.7.3) of root, branches and leaves, each written when it is full;
    `backwards` the page that comes last is the first of the file."""

    def __init__(self, out: Streamed, *, backwards: bool = False) -> None:
        self._out, self._backwards = out, backwards
        self._open = [_Node(out.reserve())]  # root, branch and leaf, as far as they are begun

    def add(self, page: bytes) -> int:
        """Adds a page, given by its entries but the parent; gives its number."""
        leaf, own = self._leaf(), self._out.reserve()
        self._out.pack(own, b"<<%b/Parent %d 0 R>>" % (page, leaf.own))
        leaf.kids.append(own)
        leaf.count += 1
        return own

    def close(self) -> int:
        """Writes what is not written yet; gives the number of the root."""
        root = self._open[0].own
        while self._open:
            self._end()
        return root

    def _leaf(self) -> _Node:
        nodes = self._open
        while len(nodes) > 1 and len(nodes[-1].kids) >= KIDS[len(nodes) - 1]:
            self._end()
        while len(nodes) < len(KIDS):
            nodes.append(_Node(self._out.reserve()))
        return nodes[-1]

    def _end(self) -> None:
        """Writes the lowest of the open nodes."""
        node = self._open.pop()
        above = self._open[-1] if self._open else None
        if above:
            above.kids.append(node.own)
            above.count += node.count
        kids = reversed(node.kids) if self._backwards else node.kids
        self._out.pack(node.own, dictionary({
            "Type": b"/Pages", "Kids": array(map(reference, kids)),
            "Count": b"%d" % node.count, "Parent": reference(above.own) if above else b""}))


@dataclass(frozen=True)
class _Bookmark:
    """A bookmark that waits for the number of the next one; `before` is that of the last."""

    own: int
    words: int
    page: int
    before: int


class Bookmarks:
    """A list of bookmarks whose words are numbers (ISO 32000-1, 12.3.3)."""

    def __init__(self, out: Streamed) -> None:
        self._out = out
        self._root = out.reserve()
        self._first = self.count = 0
        self._waiting: _Bookmark | None = None

    def add(self, number: int, page: int) -> None:
        """Adds a bookmark for a page."""
        own, last = self._out.reserve(), self._waiting
        if last:
            self._write(last, own)
        self._first = self._first or own
        self._waiting = _Bookmark(own, number, page, last.own if last else 0)
        self.count += 1

    def close(self) -> int:
        """Writes the last bookmark and the root; gives the root's number."""
        if last := self._waiting:
            self._write(last, 0)
            self._out.pack(self._root, dictionary({
                "Type": b"/Outlines", "First": reference(self._first),
                "Last": reference(last.own), "Count": b"%d" % self.count}))
        return self._root

    def _write(self, mark: _Bookmark, after: int) -> None:
        before = b"/Prev %d 0 R" % mark.before if mark.before else b""
        after_it = b"/Next %d 0 R" % after if after else b""
        self._out.pack(mark.own, b"<</Title(%d)/Parent %d 0 R%b%b/Dest[%d 0 R/Fit]>>" % (
            mark.words, self._root, before, after_it, mark.page))
