"""A page's content stream → what it paints (ISO 32000-1, 8 and 9), within fixed bounds."""

import warnings
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from handouts.check import access, colours, geometry
from handouts.check.fonts import Font
from handouts.check.geometry import Box, Matrix
from handouts.check.opening import Opened
from handouts.check.painting import NO_MARK, ContentKey, Mark, PageContent, Paint
from handouts.check.showing import TextState, show

MAX_STEPS = 2_000_000  # operators and shown characters, over all pages
_TOKENS_A_STEP = 8
_STEPS_A_STREAM = 25  # what starting to read one costs
MAX_DEPTH = 12
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_TEXT_NUMBERS = {"Tc": "char_space", "Tw": "word_space", "TL": "leading", "Ts": "rise",
                 "Tz": "scale", "Tr": "mode"}


@dataclass
class State:
    """The graphics state, as far as it matters here."""

    matrix: Matrix
    text: TextState = field(default_factory=TextState)
    space: Any = None
    colour: colours.Colour | None = colours.BLACK
    alpha: float = 1.0


class Budget:
    """How many steps may still be taken, over all pages; and the fonts met so far."""

    def __init__(self) -> None:
        self.left = MAX_STEPS
        self.fonts: dict[access.Key, Font] = {}


def read_page(opened: Opened, index: int, budget: Budget) -> PageContent:
    """All that a page paints."""
    page = opened.pages[index]
    matrix, box = geometry.page_matrix(page)
    content = PageContent(index + 1, box)
    reader = _Reader(opened.pdf, content, budget)
    data = _page_bytes(page)
    if data is None:
        content.broken = True
        return content
    reader.run(data, geometry.inherited(page, "Resources"), State(matrix), owner=index)
    return content


def _page_bytes(page: Any) -> bytes | None:
    node = access.entry(page, "Contents")
    if node is None:
        return b""
    parts = [access.stream_bytes(part) for part in access.items(node) or [node]]
    if any(part is None for part in parts) or sum(len(part or b"") for part in parts) > (
            access.MAX_STREAM):
        return None
    return b"\n".join(part or b"" for part in parts)


class _Reader:
    """Reads content streams into one PageContent; forms are read where they are painted."""

    def __init__(self, pdf: pikepdf.Pdf, content: PageContent, budget: Budget) -> None:
        self.pdf, self.content, self.budget = pdf, content, budget
        self.marks: list[Mark] = []
        self.open_forms: list[access.Key | None] = []

    @property
    def mark(self) -> Mark:
        return self.marks[-1] if self.marks else NO_MARK

    def run(self, data: bytes, resources: Any, state: State, *, owner: access.Key | int) -> None:
        """One content stream; `owner` is whom its MCIDs belong to."""
        # Parsing holds all operators in memory, so that their number is guessed before.
        if sum(map(data.count, b" \n\r\t/[(<")) > self.budget.left * _TOKENS_A_STEP:
            self.budget.left = 0
        if self.budget.left <= 0:
            self.content.cut = True
            return
        self.budget.left -= _STEPS_A_STREAM
        stream = _Stream(self, resources, state, owner)
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

    def font(self, node: Any) -> Font:
        key = access.identity(node)
        if key is None:
            return Font(node)
        return self.budget.fonts.setdefault(key, Font(node))


class _Stream:
    """The operators of one content stream, one method a family."""

    def __init__(self, reader: _Reader, resources: Any, state: State,
                 owner: access.Key | int) -> None:
        self.reader, self.resources, self.state, self.owner = reader, resources, state, owner
        self.content = reader.content
        self.saved: list[State] = []
        self.path: list[tuple[float, float]] = []
        self.depth = len(reader.marks)

    def do(self, operator: str, operands: Any) -> None:
        """One instruction; what is not understood is passed over."""
        if operator in _FILLS:
            self._paint(geometry.around(self.path) if self.path else None)
            self.path = []
        elif operator in _TEXT_NUMBERS:
            value = access.number(operands[0]) if len(operands) else None
            setattr(self.state.text, _TEXT_NUMBERS[operator], value or 0.0)
        elif operator in _OPERATORS:
            _OPERATORS[operator](self, operands)
        elif operator in colours.OPERATORS:
            self.state.space, self.state.colour = colours.after(
                operator, operands, self.resources, self.state.space)

    def _paint(self, box: Box | None, picture: access.Key | None = None) -> None:
        self.content.paints.append(Paint(self.reader.mark, box, picture))

    # -- state

    def save(self, _: Any) -> None:
        if len(self.saved) < 4096:
            kept = copy(self.state)
            kept.text = copy(self.state.text)
            self.saved.append(kept)

    def restore(self, _: Any) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def concat(self, operands: Any) -> None:
        matrix = access.numbers(operands, 6)
        if matrix:
            self.state.matrix = geometry.times(matrix, self.state.matrix)  # type: ignore[arg-type]

    def graphics(self, operands: Any) -> None:
        named = access.entry(self.resources, "ExtGState", _first_name(operands))
        alpha = access.number(access.entry(named, "ca"))
        self.state.alpha = self.state.alpha if alpha is None else alpha
        font = access.items(access.entry(named, "Font"))
        if len(font) == 2:
            self.state.text.font = self.reader.font(font[0])
            self.state.text.size = access.number(font[1]) or 0.0

    # -- paths

    def points(self, operands: Any) -> None:
        values = [access.number(value) or 0.0 for value in operands]
        if len(self.path) < 100_000:
            self.path += [geometry.point(self.state.matrix, x, y)
                          for x, y in zip(values[::2], values[1::2], strict=False)]

    def rectangle(self, operands: Any) -> None:
        sides = access.numbers(operands, 4)
        if sides:
            x, y, width, height = sides
            self.path += [geometry.point(self.state.matrix, x + dx, y + dy)
                          for dx in (0, width) for dy in (0, height)]

    def end_path(self, _: Any) -> None:
        self.path = []

    def shade(self, _: Any) -> None:
        self._paint(None)

    def inline_image(self, _: Any) -> None:
        self._paint(geometry.moved(self.state.matrix, (0, 0, 1, 1)))

    # -- marks

    def begin_mark(self, operands: Any) -> None:
        tag = access.name(operands[0]) if len(operands) else ""
        listed = operands[1] if len(operands) > 1 else None
        if access.name(listed):
            listed = access.entry(self.resources, "Properties", access.name(listed))
        outer = self.reader.mark
        content: ContentKey | None = outer.content
        mcid = access.whole(access.entry(listed, "MCID"))
        if mcid is not None:
            content = (self.owner, mcid)
            self.content.marks[content] = self.content.marks.get(content, 0) + 1
        actual = access.entry(listed, "ActualText")
        said = access.text(actual) if actual is not None else None
        self.reader.marks.append(Mark(tag, content, outer.artifact or tag == "Artifact", said,
                                      outer.covered or said is not None))

    def end_mark(self, _: Any) -> None:
        if len(self.reader.marks) > self.depth:
            self.reader.marks.pop()
        else:
            self.content.broken = True

    # -- text

    def begin_text(self, _: Any) -> None:
        self.state.text.matrix = self.state.text.line = geometry.UNIT

    def choose_font(self, operands: Any) -> None:
        node = access.entry(self.resources, "Font", _first_name(operands))
        self.state.text.font = self.reader.font(node) if node is not None else None
        size = access.number(operands[1]) if len(operands) > 1 else None
        self.state.text.size = size or 0.0

    def move(self, operands: Any) -> None:
        shift = access.numbers(operands, 2)
        if shift:
            self.state.text.start_line(*shift)

    def move_leading(self, operands: Any) -> None:
        shift = access.numbers(operands, 2)
        if shift:
            self.state.text.leading = -shift[1]
            self.state.text.start_line(*shift)

    def set_matrix(self, operands: Any) -> None:
        matrix = access.numbers(operands, 6)
        if matrix:
            self.state.text.matrix = self.state.text.line = matrix  # type: ignore[assignment]

    def next_line(self, _: Any) -> None:
        self.state.text.start_line(0, -self.state.text.leading)

    def show_text(self, operands: Any) -> None:
        parts = access.items(operands[0]) or [operands[0]] if len(operands) else []
        shown = show(parts, self.state, self.content.number, self.reader.mark)
        if shown is not None:
            self.reader.budget.left -= len(shown.codes)
            self.content.shows.append(shown)

    def show_line(self, operands: Any) -> None:
        self.next_line(operands)
        self.show_text(operands)

    def show_spaced_line(self, operands: Any) -> None:
        if len(operands) == 3:
            self.state.text.word_space = access.number(operands[0]) or 0.0
            self.state.text.char_space = access.number(operands[1]) or 0.0
            self.show_line([operands[2]])

    # -- pictures and forms

    def paint_object(self, operands: Any) -> None:
        node = access.entry(self.resources, "XObject", _first_name(operands))
        key = access.identity(node)
        if access.name(access.entry(node, "Subtype")) != "Form":
            self._paint(geometry.moved(self.state.matrix, (0, 0, 1, 1)), key)
            return
        matrix = geometry.times(geometry.as_matrix(access.entry(node, "Matrix")),
                                self.state.matrix)
        sides = access.numbers(access.entry(node, "BBox"), 4)
        inside = self.reader.mark
        if inside.tagged:
            self._paint(geometry.moved(matrix, sides) if sides else None, key)
        self._read_form(node, key, matrix)

    def _read_form(self, node: Any, key: access.Key | None, matrix: Matrix) -> None:
        reader = self.reader
        if key in reader.open_forms or len(reader.open_forms) >= MAX_DEPTH:
            self.content.broken = True
            return
        data = access.stream_bytes(node)
        if data is None:
            self.content.broken = True
            return
        if key is not None:
            self.content.forms.add(key)
        state = copy(self.state)
        state.text, state.matrix = copy(self.state.text), matrix
        reader.open_forms.append(key)
        resources = access.entry(node, "Resources")
        reader.run(data, self.resources if resources is None else resources, state,
                   owner=key or (0, 0))
        reader.open_forms.pop()


def _first_name(operands: Any) -> str:
    return access.name(operands[0]) if len(operands) else ""


_OPERATORS = {
    "q": _Stream.save, "Q": _Stream.restore, "cm": _Stream.concat, "gs": _Stream.graphics,
    "m": _Stream.points, "l": _Stream.points, "c": _Stream.points, "v": _Stream.points,
    "y": _Stream.points, "re": _Stream.rectangle, "n": _Stream.end_path, "sh": _Stream.shade,
    "INLINE IMAGE": _Stream.inline_image, "BDC": _Stream.begin_mark, "BMC": _Stream.begin_mark,
    "EMC": _Stream.end_mark, "BT": _Stream.begin_text, "Tf": _Stream.choose_font,
    "Td": _Stream.move, "TD": _Stream.move_leading, "Tm": _Stream.set_matrix,
    "T*": _Stream.next_line, "Tj": _Stream.show_text, "TJ": _Stream.show_text,
    "'": _Stream.show_line, '"': _Stream.show_spaced_line, "Do": _Stream.paint_object,
}
