"""The operators of one content stream → what it paints (ISO 32000-1, 8 and 9)."""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from handouts.check import access, geometry, painting
from handouts.check.fontcodes import Font
from handouts.check.geometry import Matrix, Rectangle
from handouts.check.painting import ContentKey, MarkedContent, PageContent, Paint
from handouts.check.showing import TextState, show

MAX_DEPTH = 12
_FILLS = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
_TEXT_NUMBERS = {"Tc": "char_space", "Tw": "word_space", "TL": "leading", "Ts": "rise",
                 "Tz": "scale", "Tr": "mode"}
# Paths, their inks and the matrix: no text, mark, form or picture (ISO 32000-1, table 51). Nothing
# is tried twice, however long the stream.
_ONLY_PATHS = re.compile(
    rb"(?:[\t\n\f\r ]*+(?:\[[-+.\d ]*+\]|"  # the dashes of a line
    rb"(?:[-+]?+(?:\d{1,9}+(?:\.\d{0,9}+)?+|\.\d{1,9}+)|re|cm|RG|rg|[fBbW]\*?+"
    rb"|[mlcvyhFSsnqQwJjMdiGgKk])(?=[\t\n\f\r ]|\Z)))*+[\t\n\f\r ]*+")
_BYTES_A_STEP = 64


@dataclass
class State:
    """The graphics state, as far as it matters here."""

    matrix: Matrix
    text: TextState = field(default_factory=TextState)
    space: Any = None
    colour: painting.Colour | None = painting.BLACK
    alpha: float = 1.0

    def kept(self) -> "State":
        """A copy, which later operators leave alone."""
        state, text = object.__new__(State), object.__new__(TextState)
        state.__dict__.update(self.__dict__)  # copy.copy takes ten times as long
        text.__dict__.update(self.text.__dict__)
        state.text = text
        return state


class Reader(Protocol):
    """Who reads the streams of a page, as a stream sees it."""

    content: PageContent
    marks: list[MarkedContent]
    open_forms: list[access.Key | None]
    plain_forms: set[access.Key | None]

    @property
    def mark(self) -> MarkedContent:
        """The innermost mark that is open."""

    def run(self, data: bytes, resources: Any, state: State, *, owner: access.Key | int) -> None:
        """Reads one content stream; `owner` is whom its MCIDs belong to."""

    def font(self, node: Any) -> Font:
        """The font of a font dictionary, read once."""

    def spend(self, steps: int) -> None:
        """Counts steps against the bounds."""


class Stream:
    """The operators of one content stream, one method a family."""

    def __init__(self, reader: Reader, resources: Any, state: State,
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
        elif operator in painting.COLOUR_OPERATORS:
            self.state.space, self.state.colour = painting.colour_after(
                operator, operands, self.resources, self.state.space)

    def _paint(self, box: Rectangle | None, picture: access.Key | None = None) -> None:
        self.content.paints.append(Paint(self.reader.mark, box, picture))

    # -- state

    def _save(self, _: Any) -> None:
        if len(self.saved) < 4096:
            self.saved.append(self.state.kept())

    def _restore(self, _: Any) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _concat(self, operands: Any) -> None:
        matrix = access.numbers(operands, 6)
        if matrix:
            self.state.matrix = geometry.times(matrix, self.state.matrix)  # type: ignore[arg-type]

    def _graphics(self, operands: Any) -> None:
        named = access.entry(self.resources, "ExtGState", _first_name(operands))
        alpha = access.number(access.entry(named, "ca"))
        self.state.alpha = self.state.alpha if alpha is None else alpha
        font = access.items(access.entry(named, "Font"))
        if len(font) == 2:
            self.state.text.font = self.reader.font(font[0])
            self.state.text.size = access.number(font[1]) or 0.0

    # -- paths

    def _points(self, operands: Any) -> None:
        values = [access.number(value) or 0.0 for value in operands]
        if len(self.path) < 100_000:
            self.path += [geometry.point(self.state.matrix, x, y)
                          for x, y in zip(values[::2], values[1::2], strict=False)]

    def _rectangle(self, operands: Any) -> None:
        sides = access.numbers(operands, 4)
        if sides:
            x, y, width, height = sides
            self.path += [geometry.point(self.state.matrix, x + dx, y + dy)
                          for dx in (0, width) for dy in (0, height)]

    def _end_path(self, _: Any) -> None:
        self.path = []

    def _shade(self, _: Any) -> None:
        self._paint(None)

    def _inline_image(self, _: Any) -> None:
        self._paint(geometry.moved(self.state.matrix, (0, 0, 1, 1)))

    # -- marks

    def _begin_mark(self, operands: Any) -> None:
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
        self.reader.marks.append(MarkedContent(
            tag, content, outer.artifact or tag == "Artifact", said,
            outer.covered or said is not None))

    def _end_mark(self, _: Any) -> None:
        if len(self.reader.marks) > self.depth:
            self.reader.marks.pop()
        else:
            self.content.broken = True

    # -- text

    def _begin_text(self, _: Any) -> None:
        self.state.text.matrix = self.state.text.line = geometry.UNIT

    def _choose_font(self, operands: Any) -> None:
        node = access.entry(self.resources, "Font", _first_name(operands))
        self.state.text.font = self.reader.font(node) if node is not None else None
        size = access.number(operands[1]) if len(operands) > 1 else None
        self.state.text.size = size or 0.0

    def _move(self, operands: Any) -> None:
        shift = access.numbers(operands, 2)
        if shift:
            self.state.text.start_line(*shift)

    def _move_leading(self, operands: Any) -> None:
        shift = access.numbers(operands, 2)
        if shift:
            self.state.text.leading = -shift[1]
            self.state.text.start_line(*shift)

    def _set_matrix(self, operands: Any) -> None:
        matrix = access.numbers(operands, 6)
        if matrix:
            self.state.text.matrix = self.state.text.line = matrix  # type: ignore[assignment]

    def _next_line(self, _: Any) -> None:
        self.state.text.start_line(0, -self.state.text.leading)

    def _show_text(self, operands: Any) -> None:
        parts = access.items(operands[0]) or [operands[0]] if len(operands) else []
        shown = show(parts, self.state, self.content.number, self.reader.mark)
        if shown is not None:
            self.reader.spend(len(shown.codes))
            self.content.shows.append(shown)

    def _show_line(self, operands: Any) -> None:
        self._next_line(operands)
        self._show_text(operands)

    def _show_spaced_line(self, operands: Any) -> None:
        if len(operands) == 3:
            self.state.text.word_space = access.number(operands[0]) or 0.0
            self.state.text.char_space = access.number(operands[1]) or 0.0
            self._show_line([operands[2]])

    # -- pictures and forms

    def _paint_object(self, operands: Any) -> None:
        node = access.entry(self.resources, "XObject", _first_name(operands))
        key = access.identity(node)
        if access.name(access.entry(node, "Subtype")) != "Form":
            self._paint(geometry.moved(self.state.matrix, (0, 0, 1, 1)), key)
            return
        matrix = geometry.times(geometry.as_matrix(access.entry(node, "Matrix")),
                                self.state.matrix)
        sides = access.numbers(access.entry(node, "BBox"), 4)
        if not self.reader.mark.tagged:
            self._read_form(node, key, matrix)
            return
        self._paint(geometry.moved(matrix, sides) if sides else None, key)
        if key not in self.reader.plain_forms:
            self._read_tagged_form(node, key, matrix)

    def _read_tagged_form(self, node: Any, key: access.Key | None, matrix: Matrix) -> None:
        """Reads a form; one that holds nothing but paths says no more than its own box."""
        content = self.content
        before, painted = self._seen(), len(content.paints)
        self._read_form(node, key, matrix)
        if key is not None and before == self._seen() and not any(
                paint.picture for paint in content.paints[painted:]):
            del content.paints[painted:]
            self.reader.plain_forms.add(key)

    def _seen(self) -> tuple[int, int, bool, bool]:
        content = self.content
        return len(content.shows), len(content.marks), content.broken, content.cut

    def _read_form(self, node: Any, key: access.Key | None, matrix: Matrix) -> None:
        reader = self.reader
        if key in reader.open_forms or len(reader.open_forms) >= MAX_DEPTH:
            self.content.broken, self.content.drawable = True, False
            return
        data = access.stream_bytes(node)
        if data is None:
            self.content.broken, self.content.drawable = True, False
            return
        if reader.mark.tagged and is_only_paths(data):
            reader.spend(len(data) // _BYTES_A_STEP)
            return  # it says no more than its own box: most pictures, and most of what is read
        state = self.state.kept()
        state.matrix = matrix
        reader.open_forms.append(key)
        resources = access.entry(node, "Resources")
        reader.run(data, self.resources if resources is None else resources, state,
                   owner=key or (0, 0))
        reader.open_forms.pop()


def is_only_paths(data: bytes) -> bool:
    """Whether a content stream says no more than that something is painted."""
    return _ONLY_PATHS.fullmatch(data) is not None


def _first_name(operands: Any) -> str:
    return access.name(operands[0]) if len(operands) else ""


_OPERATORS = {
    "q": Stream._save, "Q": Stream._restore, "cm": Stream._concat, "gs": Stream._graphics,
    "m": Stream._points, "l": Stream._points, "c": Stream._points, "v": Stream._points,
    "y": Stream._points, "re": Stream._rectangle, "n": Stream._end_path, "sh": Stream._shade,
    "INLINE IMAGE": Stream._inline_image, "BDC": Stream._begin_mark, "BMC": Stream._begin_mark,
    "EMC": Stream._end_mark, "BT": Stream._begin_text, "Tf": Stream._choose_font,
    "Td": Stream._move, "TD": Stream._move_leading, "Tm": Stream._set_matrix,
    "T*": Stream._next_line, "Tj": Stream._show_text, "TJ": Stream._show_text,
    "'": Stream._show_line, '"': Stream._show_spaced_line, "Do": Stream._paint_object,
}
