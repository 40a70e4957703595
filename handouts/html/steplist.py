"""The routine as HTML: the steps, and around them the rules that go with them."""

from dataclasses import dataclass, replace
from typing import Self

from markupsafe import Markup

from handouts import document as doc
from handouts.document import Kind
from handouts.html.inline import Drawings
from handouts.html.writing import NOTHING, bullets, element, in_lines, paragraph, text, together


@dataclass(frozen=True)
class HtmlContext:
    """The level of the next heading, 1 to 6, and the page's drawings."""

    level: int
    drawings: Drawings

    def below(self) -> Self:
        """The place under a heading of this level."""
        return replace(self, level=self.level + 1)

    def heading(self, *words: str) -> Markup:
        """A heading of this level."""
        return element(f"h{self.level}", *words)

    def section(self, title: str, *body: Markup, sign: Markup = NOTHING) -> Markup:
        """A heading, behind a sign if it has one, and what belongs to it."""
        return element("section", in_lines([self._signed(title, sign), *body]))

    def card(self, kind: Kind, title: str, *body: Markup, badge: str = "",
             extra: str = "") -> Markup:
        """A section in a frame that tells its kind; `extra` names what else it is."""
        sign = self.drawings.badge(badge) if badge else NOTHING
        return element("section", in_lines([self._signed(title, sign), *body]),
                       class_=f"card {kind} {extra}".rstrip())

    def _signed(self, title: str, sign: Markup) -> Markup:
        return self.heading(sign, element("span", title)) if sign else self.heading(title)


def routine(block: doc.Routine, place: HtmlContext) -> Markup:
    """The routine from the reminder to the stop rules."""
    if block.rules is None:
        raise ValueError("a routine is never shown without its rules")
    rules = block.rules
    steps = [_step(step, place) for step in block.steps]
    return in_lines([
        _reminder(rules.reminder, place),
        element("div", in_lines([*steps, _scale(rules.scale, place)]), class_="steps"),
        _finish(block.finish, place),
        element("div", _zones(rules.zones, place), _stop(rules.stop, place), class_="columns"),
    ])


def digits(name: str, fine: int = -1) -> Markup:
    """The numbers 0 to 10 in a row; those up to `fine` stand out."""
    cells = (element("span", str(digit), **{"class_": "fine"} if digit <= fine else {})
             for digit in range(11))
    return element("span", together(cells, " "), class_=name)


def _title(number: int, title: str, place: HtmlContext) -> Markup:
    return place.heading(element("span", str(number), class_="disc"), " ", element("span", title))


def _step(step: doc.Step, place: HtmlContext) -> Markup:
    words = element("div", _title(step.number, step.title, place),
                    paragraph(step.effort, class_="lead"), paragraph(step.body))
    return element("section", words, place.drawings.figure(step.figure), class_="step")


def _finish(finish: doc.Finish, place: HtmlContext) -> Markup:
    words = element("div", _title(finish.number, finish.title, place),
                    paragraph(finish.effort, class_="lead"), paragraph(finish.body))
    moves = [_move(move, place.below()) for move in finish.moves]
    return element("section", words, *moves, class_="finish")


def _move(move: doc.Move, place: HtmlContext) -> Markup:
    return element("section", place.heading(move.title), paragraph(move.body),
                   place.drawings.figure(move.figure), class_="move")


# -- rules -----------------------------------------------------------------------------------------


def _reminder(reminder: doc.Reminder, place: HtmlContext) -> Markup:
    return place.card("care", reminder.title, paragraph(reminder.rule, class_="lead"),
                      bullets(reminder.ticks, class_="ticks"))


def _scale(scale: doc.Scale, place: HtmlContext) -> Markup:
    words = together([element("strong", scale.fine_words), element("span", scale.stop_words)], " ")
    return place.card("do", scale.title, *map(paragraph, scale.lines),
                      paragraph(digits("cells", scale.fine)), paragraph(words, class_="ends"))


def _zones(zones: doc.Zones, place: HtmlContext) -> Markup:
    words = element("div", place.heading(zones.title), *map(paragraph, zones.sentences))
    return element("section", words, place.drawings.figure(zones.figure),
                   class_="card keep-off step")


def _stop(stop: doc.StopRules, place: HtmlContext) -> Markup:
    closing = text((doc.Run(stop.emergency, strong=True),))
    return place.card("stop", stop.title, bullets(stop.items), paragraph(closing), badge="x")
