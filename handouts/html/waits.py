"""A handout on which massage must wait, as HTML: the bar of an emergency, what not to do, what to
do now, the days to write down."""

from markupsafe import Markup

from handouts import document as doc
from handouts.html.steplist import HtmlContext
from handouts.html.writing import element, in_lines, paragraph, text, together


def alarm(block: doc.Alarm, place: HtmlContext) -> Markup:
    """What to do and why on a solid ground, then when to call which number."""
    bar = element("div", place.drawings.badge("hospital"), element(
        "div", place.heading(block.title), paragraph(block.lead)), class_="bar")
    number = element("a", block.number, href=f"tel:{block.number}")
    call = paragraph(together([element("span", text(block.call)), number], " "), class_="number")
    return element("section", bar, call, class_="alarm")


def not_now(block: doc.NotNow, place: HtmlContext) -> Markup:
    """What must not be done, and each reason."""
    return place.card("keep-off", block.order, *map(paragraph, block.reasons), badge="x")


def plan(block: doc.Plan, place: HtmlContext) -> Markup:
    """The picture, then the actions in their order."""
    shown = [place.drawings.figure(block.figure)] if block.figure else []
    items = (_action(number, action, place) for number, action in enumerate(block.actions, 1))
    steps = element("ol", *(element("li", item) for item in items), class_="actions", role="list")
    return place.card("do", block.title, *shown, steps, badge="tick", extra="plan")


def _action(number: int, action: doc.Action, place: HtmlContext) -> Markup:
    title = paragraph(together([place.drawings.icon(action.icon),
                                element("strong", action.title)]), class_="act")
    blank = [line(action.blank)] if action.blank else []
    return together([element("span", str(number), class_="disc"),
                     element("div", title, paragraph(action.body), *blank)])


def line(label: str) -> Markup:
    """A label and a line to write on."""
    return paragraph(together([label, " ", element("span", class_="blank")]))


def blanks(block: doc.Blanks, place: HtmlContext) -> Markup:
    """Lines to write on."""
    return element("div", in_lines(map(line, block.labels)), class_="blanks")


def log(block: doc.Log, place: HtmlContext) -> Markup:
    """The days to write down, as a table."""
    days = [element("th", str(day + 1), scope="col") for day in range(block.days)]
    head = element("tr", element("th", block.day_word, scope="col"), *days)
    rows = (element("tr", element("th", row.label, scope="row"), *[_cell(row)] * block.days)
            for row in block.rows)
    table = element("table", element("thead", head), element("tbody", in_lines(rows)))
    return place.card("do", block.title, paragraph(block.intro), element(
        "div", table, class_="wide", role="region", tabindex="0", aria_label=block.title),
        badge="pen")


def _cell(row: doc.LogRow) -> Markup:
    if row.circle:
        return element("td", together((element("span", word, class_="word")
                                       for word in row.circle), " "))
    boxes = [element("span", class_="box")] * row.boxes
    return element("td", together(boxes) if boxes else element("span", class_="blank"))
