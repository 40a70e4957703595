"""The weeks of the trial to fill in, and whom to call, as HTML."""

from markupsafe import Markup

from handouts import document as doc
from handouts.html.steplist import HtmlContext
from handouts.html.writing import element, in_lines, paragraph, text, together


def card(block: doc.Diary, place: HtmlContext) -> Markup:
    """The diary under its title."""
    table = element("div", _grid(block), class_="wide", role="region", tabindex="0",
                    aria_label=block.title)
    return place.card("do", block.title, paragraph(block.end, class_="lead"), table, badge="pen")


def _grid(block: doc.Diary) -> Markup:
    """The diary's table: a column a week, boxes to tick, cells to write in."""
    boxes = together([element("span", class_="box")] * block.boxes)
    lines = [(block.ticked, element("td", boxes)),
             *((label, element("td", element("span", class_="blank"))) for label in block.written)]
    weeks = [element("th", str(week + 1), scope="col") for week in range(block.weeks)]
    head = element("tr", element("th", block.week_word, scope="col"), *weeks)
    rows = (element("tr", element("th", label, scope="row"), *[cell] * block.weeks)
            for label, cell in lines)
    return element("table", element("thead", head), element("tbody", in_lines(rows)),
                   class_="diary")


def call(block: doc.Call, place: HtmlContext) -> Markup:
    """The number or a line for it, when somebody answers, and what to do at other times."""
    phone = text((block.phone,)) if block.phone.text else element("span", class_="blank")
    words = element("span", block.words, " ", phone)
    hours = [element("span", block.hours)] if block.hours else []
    closed = [paragraph(block.closed, class_="lead")] if block.closed else []
    said = paragraph(together([place.drawings.icon("phone"), words, *hours]), class_="call")
    return together([said, *closed])
