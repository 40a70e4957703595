"""The leaf for the fridge as HTML: the steps and the moves, and the rules that go with them."""

from dataclasses import dataclass, replace
from typing import Self

from markupsafe import Markup

from handouts import document as doc
from handouts.document import Kind
from handouts.html.drawings import Drawings
from handouts.html.writing import (
    NOTHING,
    agreed,
    bullets,
    element,
    in_lines,
    paragraph,
    text,
    together,
)

STOP = "stop"  # the id of the Stop box


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
    """The front of the leaf: what to check and to get ready, the steps, where not to press."""
    if not isinstance(block.rules, doc.RoutineRules):
        raise ValueError("a routine is never shown without its rules")
    rules = block.rules
    ready = [paragraph(together([place.drawings.icon("chair"),
                                 element("span", text(rules.ready))]), class_="ready")]
    steps = [_step(step, place) for step in block.steps]
    return in_lines([
        _reminder(rules.reminder, place), *(ready if rules.ready else []),
        element("div", in_lines([*steps, _zones(rules.zones, place)]), class_="steps")])


def finish(block: doc.Finish, place: HtmlContext) -> Markup:
    """The back of the leaf: the moves, the rest, how much it may hurt."""
    if block.guide is None:
        raise ValueError("the last step is never shown without its guide")
    moves = element("div", in_lines(_move(move, place) for move in block.moves), class_="moves")
    return in_lines([*([moves] if block.moves else []), paragraph(block.body),
                     _guide(block.guide, place)])


def _said(body: doc.Runs, feel: str, never: str, place: HtmlContext,
          box: str = "") -> list[Markup]:
    """What to do, how it should feel behind a tick, what not to do behind an octagon; with a `box`
    first the condition that leads it, and the box that a clinician ticks."""
    lines = [paragraph(agreed(body[:1], box)), paragraph(body[1:])] if box else [paragraph(body)]
    for words, sign, name in ((feel, place.drawings.icon("tick"), "feel"),
                              (never, place.drawings.badge("x"), "never")):
        if words:
            lines.append(paragraph(together([sign, element("span", words)]), class_=name))
    return lines


def _step(step: doc.Step, place: HtmlContext) -> Markup:
    title = place.heading(element("span", step.mark, class_="disc"), " ",
                          element("span", step.title))
    return element("section", title, paragraph(step.effort, class_="lead"),
                   place.drawings.figure(step.figure),
                   *_said(step.body, step.feel, step.never, place, step.box), class_="step")


def _move(move: doc.Move, place: HtmlContext) -> Markup:
    frames = (element("div", *([paragraph(frame.caption, class_="lead")] if frame.caption else []),
                      place.drawings.figure(frame.figure)) for frame in move.frames)
    over = " over" if all(place.drawings.is_wide(frame.figure) for frame in move.frames) else ""
    return element("section", place.heading(move.title), paragraph(move.count, class_="lead"),
                   element("div", *frames, class_=f"frames{over}"),
                   *_said(move.body, move.feel, move.never, place), class_="move")


# -- rules -----------------------------------------------------------------------------------------


def _reminder(reminder: doc.Reminder, place: HtmlContext) -> Markup:
    """What to check each time; its end leads to the Stop box, for there are no pages here."""
    end = element("a", reminder.unpaged, href=f"#{STOP}")
    return place.card("care", reminder.title, paragraph(reminder.rule, class_="lead"),
                      bullets(reminder.ticks, class_="ticks"), paragraph(end, class_="lead"),
                      badge="bang")


def _zones(zones: doc.Zones, place: HtmlContext) -> Markup:
    """Where not to press; under each view of the picture its name and the places that it marks."""
    names = [element("li", element("strong", name), *(element("span", word) for word in words))
             for name, words in zones.views]
    listed = [element("ul", *names, role="list", class_="views")] if names else []
    return place.card("keep-off", zones.title, place.drawings.figure(zones.figure), *listed,
                      *map(paragraph, (*zones.own, *zones.sentences)), badge="x", extra="zones")


GUIDE = (("do", "tick"), ("care", "bang"), ("stop", "x"))  # the kinds and signs of its columns


def _guide(guide: doc.Guide, place: HtmlContext) -> Markup:
    heads = (element("th", element("span", place.drawings.badge(badge), element("span", words)),
                     scope="col", class_=kind)
             for words, (kind, badge) in zip(guide.heads, GUIDE, strict=True))
    rows = (element("tr", element("th", when, scope="row"),
                    *(element("td", words, class_=kind)
                      for words, (kind, _) in zip(cells, GUIDE, strict=True)))
            for when, *cells in guide.rows)
    table = element("table", element("thead", element("tr", element("td"), *heads)),
                    element("tbody", in_lines(rows)), class_="guide")
    also = text((doc.Run(f"{guide.also} "), doc.Run(guide.emergency, strong=True)))
    shown = [element("div", table, class_="wide", role="region", tabindex="0",
                     aria_label=guide.title)] if guide.rows else []
    return element("section", place.heading(guide.title), paragraph(guide.lead), *shown,
                   paragraph(also))
