"""The routine as HTML: the steps, and around them the rules that go with them."""

from markupsafe import Markup

from handouts import document as doc
from handouts.html.elements import bullets, element, in_lines, paragraph, text, together
from handouts.html.place import Place


def routine(block: doc.Routine, place: Place) -> Markup:
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


def _title(number: int, title: str, place: Place) -> Markup:
    return place.heading(element("span", str(number), class_="disc"), " ", element("span", title))


def _step(step: doc.Step, place: Place) -> Markup:
    words = element("div", _title(step.number, step.title, place),
                    paragraph(step.effort, class_="lead"), paragraph(step.body))
    return element("section", words, place.drawings.figure(step.figure), class_="step")


def _finish(finish: doc.Finish, place: Place) -> Markup:
    words = element("div", _title(finish.number, finish.title, place),
                    paragraph(finish.effort, class_="lead"), paragraph(finish.body))
    moves = [_move(move, place.below()) for move in finish.moves]
    return element("section", words, *moves, class_="finish")


def _move(move: doc.Move, place: Place) -> Markup:
    return element("section", place.heading(move.title), paragraph(move.body),
                   place.drawings.figure(move.figure), class_="move")


# -- rules -----------------------------------------------------------------------------------------


def _reminder(reminder: doc.Reminder, place: Place) -> Markup:
    return place.card("care", reminder.title, paragraph(reminder.rule, class_="lead"),
                      bullets(reminder.ticks, class_="ticks"))


def _scale(scale: doc.Scale, place: Place) -> Markup:
    words = together([element("strong", scale.fine_words), element("span", scale.stop_words)], " ")
    return place.card("do", scale.title, *map(paragraph, scale.lines),
                      paragraph(digits("cells", scale.fine)), paragraph(words, class_="ends"))


def _zones(zones: doc.Zones, place: Place) -> Markup:
    words = element("div", place.heading(zones.title), *map(paragraph, zones.sentences))
    return element("section", words, place.drawings.figure(zones.figure),
                   class_="card keep-off step")


def _stop(stop: doc.StopRules, place: Place) -> Markup:
    closing = text((doc.Run(stop.emergency, strong=True),))
    return place.card("stop", stop.title, bullets(stop.items), paragraph(closing), badge="x")
