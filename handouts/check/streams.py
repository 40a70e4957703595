"""A page's content stream → what it paints (ISO 32000-1, 8 and 9), within fixed bounds."""

import warnings
from collections.abc import Iterator
from typing import Any

import pikepdf

from handouts.check import access, geometry
from handouts.check.access import Opened
from handouts.check.fontcodes import Font
from handouts.check.operators import State, Stream
from handouts.check.painting import NO_MARK, MarkedContent, PageContent

MAX_STEPS = 2_000_000  # operators and shown characters, over all pages
_TOKENS_A_STEP = 8
MAX_TOKENS = 400_000  # of one stream: an operator without operands takes 650 bytes once parsed
_STEPS_A_STREAM = 25  # what starting to read one costs


class Budget:
    """How many steps may still be taken, over all pages; the fonts and pages met so far, and the
    forms that hold nothing but paths."""

    def __init__(self) -> None:
        self.left = MAX_STEPS
        self.fonts: dict[access.Key, Font] = {}
        self.plain_forms: set[access.Key | None] = set()
        self.pages: dict[tuple[Any, ...], PageContent] = {}


def read_page(opened: Opened, index: int, budget: Budget) -> PageContent:
    """All that a page paints; one of the same streams as an earlier one is not read again."""
    page = opened.pages[index]
    matrix, box = geometry.page_matrix(page)
    resources = geometry.inherited(page, "Resources")
    node = access.entry(page, "Contents")
    parts = access.items(node) or [node]
    key = (matrix, box, access.identity(resources), *map(access.identity, parts))
    if key in budget.pages:
        return budget.pages[key].repeated(index + 1)
    content = PageContent(index + 1, box)
    data = _page_bytes(node, parts)
    if data is None:
        content.broken, content.drawable = True, False
        return content
    _Reader(opened.pdf, content, budget).run(data, resources, State(matrix), owner=index)
    if None not in key and not content.cut:
        budget.pages[key] = content
    return content


def _page_bytes(node: Any, parts: list[Any]) -> bytes | None:
    if node is None:
        return b""
    data, left = list[bytes](), access.MAX_STREAM
    for part in parts:
        read = access.stream_bytes(part, left) if left > 0 else None
        if read is None:
            return None
        data.append(read)
        left -= len(read)
    return b"\n".join(data)


class _Reader:
    """Reads content streams into one PageContent; forms are read where they are painted."""

    def __init__(self, pdf: pikepdf.Pdf, content: PageContent, budget: Budget) -> None:
        self.pdf, self.content, self.budget = pdf, content, budget
        self.marks: list[MarkedContent] = []
        self.open_forms: list[access.Key | None] = []
        self.plain_forms = budget.plain_forms

    @property
    def mark(self) -> MarkedContent:
        return self.marks[-1] if self.marks else NO_MARK

    def run(self, data: bytes, resources: Any, state: State, *, owner: access.Key | int) -> None:
        """One content stream; `owner` is whom its MCIDs belong to."""
        # Parsing holds all operators in memory, so that their number is guessed before.
        tokens = sum(map(data.count, b" \n\r\t/[(<"))
        if tokens > self.budget.left * _TOKENS_A_STEP:
            self.budget.left = 0
        if self.budget.left <= 0 or tokens > MAX_TOKENS:
            self.content.cut = True
            return
        self.budget.left -= _STEPS_A_STREAM
        stream = Stream(self, resources, state, owner)
        before = len(self.marks)
        for operator, operands in self._instructions(data):
            self.budget.left -= 1
            if self.budget.left < 0:
                self.content.cut = True
                break
            stream.do(operator, operands)
        if len(self.marks) != before:
            self.content.broken = True
        del self.marks[before:]

    def _instructions(self, data: bytes) -> Iterator[tuple[str, list[Any]]]:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                parsed = pikepdf.parse_content_stream(pikepdf.Stream(self.pdf, data))
            except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
                parsed, self.content.broken = [], True  # TypeError: a lone keyword such as 'R'
        self.content.broken |= bool(told)
        for item in parsed:
            try:
                operator = str(item.operator)
            except ValueError:  # bytes that are not UTF-8
                self.content.broken = True
                continue
            yield operator, list(item.operands)

    def spend(self, steps: int) -> None:
        self.budget.left -= steps

    def font(self, node: Any) -> Font:
        key = access.identity(node)
        if key is None:
            return Font(node)
        return self.budget.fonts.setdefault(key, Font(node))
