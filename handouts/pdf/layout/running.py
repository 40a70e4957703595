"""A paragraph as a flowable: ReportLab breaks its lines, they are drawn and tagged here.

It is one text object, in which links and changes of language have marked content of their own.
Every line but the last ends in a space, so that text is found and read aloud as it was written.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from handouts.pdf.file.objects import shades
from handouts.pdf.file.tagtree import StructureElement, Tag
from handouts.pdf.layout.canvas import text_operators
from handouts.pdf.layout.theme import Type, baseline

WIDOW_STEP = 5.0  # points by which a paragraph narrows, again and again, to mend a last line
LANGUAGE = "lang:"  # how a run's language rides in ReportLab's link of a fragment


@dataclass
class _Fragment:
    """Text in one font and colour on one line, and the link or language that it belongs to."""

    text: str
    font: str
    colour: Color
    target: tuple[int, str] | None


@dataclass
class _Drawn:
    """What a paragraph's drawing gathers: its operators, and the boxes of its links."""

    code: list[str] = field(default_factory=list)
    boxes: dict[tuple[int, str], list[tuple[float, float, float, float]]] = field(
        default_factory=dict)
    colour: Color | None = None
    target: tuple[int, str] | None = None


class _Broken(NamedTuple):
    """A paragraph's lines as ReportLab broke them, the width they were broken for, the height."""

    lines: Any
    width: float
    height: float


@dataclass
class Read:
    """What paragraphs of the same words in the same type share: ReportLab's fragments; their lines
    by width; by width and height, the parts that they were split into."""

    text: str
    style: ParagraphStyle
    frags: list[Any]
    lines: dict[float, _Broken] = field(default_factory=dict)
    parts: dict[tuple[float, float], list["RunningText"]] = field(default_factory=dict)


class RunningText(Paragraph):  # type: ignore[misc]
    """A paragraph; its last line is not a single word where the lines above can spare one, and in
    two lines not two.

    `tag` says what it is; None: it is the content of the element around it.
    """

    tag: Tag | None
    type_: Type
    read: Read
    width: float
    height: float
    blPara: Any

    def wrap(self, width: float, height: float = 1e6) -> tuple[float, float]:
        """The width at hand and the height, in points."""
        if width not in self.read.lines:
            self._break(width, height)
            self.read.lines[width] = _Broken(self.blPara, self.width, self.height)
        self.blPara, self.width, self.height = self.read.lines[width]
        return width, self.height

    def _break(self, width: float, height: float) -> None:
        """Breaks the lines; `width` becomes what they were broken for."""
        super().wrap(width, height)
        lines = len(self.blPara.lines)
        wanted = 3 if lines == 2 else 2  # words in the last line
        if self.style.alignment != TA_LEFT or lines < 2 or self._words_in_last_line() >= wanted:
            return
        best, most = width, self._words_in_last_line()
        narrower = width
        while most < wanted and (narrower := narrower - WIDOW_STEP) >= self.minWidth():
            super().wrap(narrower, height)
            if len(self.blPara.lines) > lines:
                break
            if self._words_in_last_line() > most:
                best, most = narrower, self._words_in_last_line()
        super().wrap(best, height)

    @property
    def last_width(self) -> float:
        """How far its last line goes, in points."""
        *_, (pieces, left) = self._lines()
        return left + sum(float(stringWidth(piece.text, piece.font, self.type_.size))
                          for piece in pieces)

    def _words_in_last_line(self) -> int:
        last = self.blPara.lines[-1]
        return len(last[1]) if isinstance(last, tuple) else int(last.wordCount)

    def split(self, width: float, height: float) -> list["RunningText"]:
        """The parts above and below a height; both belong to the same element."""
        if (self.width, height) not in self.read.parts:
            super().wrap(self.width, height)  # lines of its own, for ReportLab writes into them
            parts: list[RunningText] = super().split(width, height)
            for part in parts:
                part.type_, part.read = self.type_, Read("", part.style, part.frags)
            self.read.parts[self.width, height] = parts
        parts = [copy(part) for part in self.read.parts[self.width, height]]
        for part in parts:
            part.tag = self.tag
        return parts

    @property
    def words(self) -> str:
        """All its text on one line."""
        return "".join(piece.text for line, _ in self._lines() for piece in line)

    def draw(self) -> None:
        """Paints the lines as marked content, or as an artifact inside one."""
        canv = self.canv
        with canv.group(self.tag):
            element = canv.element(self.tag) if self.tag and not canv.hidden else None
            self._draw_lines(canv)
            if element is not None and self.type_.heading and element.role.startswith("H"):
                canv.bookmark(element, self.words, self.height)

    def _draw_lines(self, canv: Any) -> None:
        drawn = _Drawn()
        base = self.height - baseline(self.type_)
        owners = _Owners(canv)
        for at, (line, left) in enumerate(self._lines()):
            self._draw_line(line, (left, base - at * self.type_.leading), drawn, owners)
        if not drawn.code:
            return
        end = [] if canv.hidden else ["EMC"]
        canv.text_object("\n".join(["BT", *drawn.code, *end, "ET"]))
        for target, boxes in drawn.boxes.items():
            canv.link(owners.element(target), target[1], owners.words[target], boxes)

    def _draw_line(self, line: list[_Fragment], at: tuple[float, float], drawn: _Drawn,
                   owners: "_Owners") -> None:
        left, base = at
        for piece in line:
            owners.switch(piece.target, drawn)
            if piece.colour != drawn.colour:
                drawn.code.append(f"{shades(owners.canv.ink(piece.colour).rgb()).decode()} rg")
                drawn.colour = piece.colour
            drawn.code.append(text_operators(piece.font, self.type_.size, (left, base),
                                             piece.text))
            width = stringWidth(piece.text, piece.font, self.type_.size)
            if piece.target and owners.links(piece.target):
                drawn.boxes.setdefault(piece.target, []).append(
                    (left, base - .29 * self.type_.size, left + width,
                     base + .95 * self.type_.size))
                owners.add_words(piece.target, piece.text)
            left += width

    def _lines(self) -> Iterator[tuple[list[_Fragment], float]]:
        """Each line's pieces, with its start from the left edge; lines end in a space."""
        last = len(self.blPara.lines) - 1
        for at, line in enumerate(self.blPara.lines):
            spare, pieces = self._pieces(line)
            pieces = [piece for piece in pieces if piece.text]
            if pieces and at < last and not pieces[-1].text.endswith(" "):
                pieces[-1].text += " "
            share = {TA_RIGHT: 1.0, TA_CENTER: .5}.get(self.style.alignment, 0)
            yield pieces, spare * share

    def _pieces(self, line: Any) -> tuple[float, list[_Fragment]]:
        if isinstance(line, tuple):
            spare, words = line
            frag = self.frags[0]
            return spare, [_Fragment(" ".join(words), frag.fontName, frag.textColor, _target(frag))]
        return line.extraSpace, [_Fragment(frag.text, frag.fontName, frag.textColor, _target(frag))
                                 for frag in line.words]


class _Owners:
    """Which element the text of a paragraph goes to: itself, its links, its spans."""

    def __init__(self, canv: Any) -> None:
        self.canv = canv
        self.words: dict[tuple[int, str], str] = {}
        self._tags: dict[tuple[int, str], Tag] = {}
        self._open = False

    def element(self, target: tuple[int, str]) -> StructureElement:
        """The Link or Span of a target."""
        made: StructureElement = self.canv.element(self._tag(target))
        return made

    def _tag(self, target: tuple[int, str]) -> Tag:
        if target not in self._tags:
            language = target[1].removeprefix(LANGUAGE)
            self._tags[target] = (Tag("Span", language=language) if language != target[1]
                                  else Tag("Link"))
        return self._tags[target]

    def links(self, target: tuple[int, str]) -> bool:
        """Whether a target is a link to be followed here, not a language or an artifact's."""
        return not self.canv.hidden and not target[1].startswith(LANGUAGE)

    def switch(self, target: tuple[int, str] | None, drawn: _Drawn) -> None:
        """Opens the mark of what comes next, unless it is open already."""
        if self.canv.hidden or (self._open and target == drawn.target):
            return
        if self._open:
            drawn.code.append("EMC")
        element = self.element(target) if target else self.canv.around
        drawn.code.append(self.canv.open_mark(element))
        drawn.target, self._open = target, True

    def add_words(self, target: tuple[int, str], words: str) -> None:
        """Gathers what a link says."""
        self.words[target] = self.words.get(target, "") + words


def _target(frag: Any) -> tuple[int, str] | None:
    """A fragment's link or language with its number in the paragraph."""
    found = getattr(frag, "link", None)
    return found[0] if found else None
