"""Document blocks as HTML: one builder a kind of block, in the order in which the PDF is read."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from handouts import document as doc
from handouts.html import diary, exercises, steplist, waits
from handouts.html.steplist import HtmlContext
from handouts.html.writing import (
    agreed,
    bullets,
    element,
    in_lines,
    paragraph,
    terms,
    text,
    together,
)
from handouts.request.request import NOTE

Builder = Callable[[Any, HtmlContext], Markup]


def build(block: doc.Block, place: HtmlContext) -> Markup:
    """The markup of a block."""
    return BUILDERS[type(block)](block, place)


def titled(heading: Markup, label: str) -> Markup:
    """A page's heading with its short label, if it has one."""
    return element("div", heading, *([_pill(label)] if label else []), class_="title")


def _pill(*label: str) -> Markup:
    """A short label in a rounded frame."""
    return paragraph(together(label), class_="pill")


# -- page 1 ----------------------------------------------------------------------------------------


def _hero(block: doc.Hero, place: HtmlContext) -> Markup:
    panel = block.panel
    rows = [_field(field) for field in (*panel.fields, panel.note)]
    head = [titled(place.heading(block.title), block.pill)] if block.title else []
    if block.pill and not block.title:
        head = [paragraph((doc.Run(block.pill, strong=True),))]
    return element("div", in_lines([
        *head, element("div", element("dl", in_lines(rows)), class_="panel"),
    ]), class_="hero")


def _field(field: doc.Field) -> Markup:
    """One thing about the patient: text in any script, with its line breaks, or a blank line."""
    value = (element("dd", field.value, dir="auto") if field.value
             else element("dd", class_="blank"))
    return element("div", element("dt", field.label), value,
                   class_="note" if field.id == NOTE else "field")


def _message(block: doc.Message, place: HtmlContext) -> Markup:
    return paragraph(block.text, class_="message")


def _things(block: doc.Things, place: HtmlContext) -> Markup:
    """The things in a numbered list; what only paper has (its pages) is left out."""
    items = (element("li", in_lines([element("strong", item.title), *_more(item)]))
             for item in block.items)
    return place.card("do", block.title, element("ol", in_lines(items), class_="things"),
                      badge="tick")


def _more(item: doc.Thing) -> list[Markup]:
    """What stands under the title of a thing to do."""
    lines = [element("p", item.line)] if item.line else []
    if item.days:
        days = together((element("span", day) for day in item.days), " ")
        lines.append(element("p", item.label, " ", element("span", days, class_="days")))
    elif item.label:
        lines.append(paragraph(together([item.label, " ", element("span", class_="blank")])))
    return lines


def _pair(block: doc.Pair, place: HtmlContext) -> Markup:
    return element("div", in_lines(
        element("div", in_lines([
            element("p", element("strong", side.name)), place.drawings.figure(side.figure),
            paragraph(side.label)])) for side in block.sides), class_="pair")


def _unexamined(block: doc.Unexamined, place: HtmlContext) -> Markup:
    """What this is, the two lists to tick, what to do without a tick."""
    today = place.card("stop", block.today.title, paragraph(block.today_lead, class_="lead"),
                       bullets((text(sign.runs) for sign in block.today.items), class_="ticks"),
                       badge=block.today.badge)
    ever = place.card("care", block.title, paragraph(block.title_lead, class_="lead"),
                      bullets(block.items, class_="ticks"), badge="bang")
    return in_lines([
        element("div", paragraph(block.lead), class_="card care"),
        element("div", today, id=steplist.STOP), ever,
        element("div", paragraph(block.go), class_="card do")])


def _warnings(block: doc.Warnings, place: HtmlContext) -> Markup:
    lead = [paragraph(block.lead)] if block.lead else []
    signed = [place.drawings.sign(name) for name in block.pictures]
    items = (together([sign, element("span", item)]) for sign, item in
             zip(signed, block.items, strict=True)) if signed else iter(block.items)
    kind = {"class_": "pictured-list"} if signed else {}
    return place.card("care", block.title, *lead, bullets(items, **kind), badge="bang")


def _stop_box(block: doc.StopBox, place: HtmlContext) -> Markup:
    columns = element("div", in_lines(
        place.section(column.title, *_number(column), bullets((together([
            place.drawings.sign(sign.picture), element("span", text(sign.runs))])
            for sign in column.items), class_="pictured-list"),
                      sign=place.drawings.badge(column.badge)) for column in block.columns),
        class_="columns")
    ask = [_ask_first(block.ask, place)] if block.ask else []
    tick = [paragraph(block.tick, class_="tick")] if block.tick else []
    # Where nobody has examined the patient, the list for today opens the page and has the name.
    named = {"id": steplist.STOP} if any(column.badge == "x" for column in block.columns) else {}
    return element("div", columns, *ask, *tick, class_="card stop", **named)


def _number(column: doc.StopColumn) -> list[Markup]:
    """The number to call under the order to call us, or a line to write it on."""
    said = [paragraph(column.phone)] if column.phone else []
    return [*said, waits.line(column.blank)] if column.blank else said


def _ask_first(block: doc.AskFirst, place: HtmlContext) -> Markup:
    return place.section(block.title, bullets(block.items), paragraph(block.tick, class_="tick"),
                         sign=place.drawings.badge("bang"))


# -- text and cards --------------------------------------------------------------------------------


def _card(block: doc.Card, place: HtmlContext) -> Markup:
    body = [build(inner, place.below()) for inner in block.body]
    pictured = any(isinstance(inner, doc.LabelledFigure) for inner in block.body)
    return place.card(block.kind, block.title, *body, badge=block.badge,
                      extra="pictured" if pictured else "")


def _columns(block: doc.Columns, place: HtmlContext) -> Markup:
    return element("div", in_lines(
        element("div", in_lines(build(inner, place) for inner in column))
        for column in block.columns), class_="columns")


def _labelled(block: doc.LabelledFigure, place: HtmlContext) -> Markup:
    """The picture with numbers, then the numbers' words."""
    names = (label.label for label in place.drawings.placed(block.figure, block.labels))
    words = (element("strong", label.text) if label.strong else label.text for label in names)
    return element("div", place.drawings.numbered(block.figure, block.labels),
                   element("ol", *(element("li", word) for word in words)), class_="labelled")


def _fine_print(block: doc.FinePrint, place: HtmlContext) -> Markup:
    more = [_web(code, place) for code in block.more]
    return element("div", in_lines([*map(paragraph, block.paragraphs), *more]), class_="fine")


# -- massages --------------------------------------------------------------------------------------


def _massage(block: doc.Massage, place: HtmlContext) -> Markup:
    badge, cautions = place.drawings.badge("bang"), list(map(text, block.cautions))
    if block.box:
        cautions[0] = agreed(block.cautions[0], block.box)
    words = [
        place.heading(block.name), _pill(place.drawings.icon("user"), block.who),
        terms(((fact.label, text(fact.runs)) for fact in block.facts), class_="facts"),
        *(paragraph(together([badge, element("span", caution)]), class_="caution")
          for caution in cautions)]
    return element("section", place.drawings.figure(block.figure),
                   element("div", in_lines(words)), class_="card do massage")


def _massages(block: doc.MassageCards, place: HtmlContext) -> Markup:
    return element("div", in_lines([*(_massage(one, place) for one in block.items),
                                    *(build(inner, place) for inner in block.beside)]),
                   class_="massages")


# -- the full edition ------------------------------------------------------------------------------


def _part(block: doc.Part, place: HtmlContext) -> Markup:
    return place.section(block.title, *(build(inner, place.below()) for inner in block.body))


def _title(block: doc.Title, place: HtmlContext) -> Markup:
    above = HtmlContext(place.level - 1, place.drawings)
    return titled(above.heading(block.title), block.pill)


# -- day to day ------------------------------------------------------------------------------------


def _tips(block: doc.Tips, place: HtmlContext) -> Markup:
    items = (together([place.drawings.badge(tip.icon, always_disc=True),
                       element("span", element("strong", tip.title), " ", tip.text)])
             for tip in block.items)
    listed = bullets(items, class_="tips")
    blank = [waits.line(block.blank)] if block.blank else []
    if block.title:
        return place.card("do", block.title, listed, *blank, badge="tick")
    return together([listed, *blank])


def _strip(block: doc.Strip, place: HtmlContext) -> Markup:
    items = (together([place.drawings.icon(tip.icon), element("strong", tip.title)])
             for tip in block.items)
    return bullets(items, class_="strip")


def _questions(block: doc.Questions, place: HtmlContext) -> Markup:
    inner = place.below() if block.title else place
    asked = [inner.section(question, paragraph(answer)) for question, answer in block.items]
    if not block.title:
        return element("div", in_lines(asked), class_="columns asked")
    return place.card("know", block.title, element("div", in_lines(asked), class_="columns"),
                      badge="q")


def _terms(block: doc.Terms, place: HtmlContext) -> Markup:
    return place.card("know", block.title, terms(block.items, class_="words"), badge="book")


# -- the waiting room ------------------------------------------------------------------------------


def _web(block: doc.QrCode, place: HtmlContext) -> Markup:
    """The address alone: whoever reads this on a screen can follow it."""
    return place.section(block.title, paragraph((doc.Run(block.words, link=block.link),)))


def _listing(block: doc.Listing, place: HtmlContext) -> Markup:
    head = element("tr", *(element("th", words, scope="col") for words in block.heads))
    rows = (element("tr", element("th", _cell(first), scope="row"),
                    *(element("td", _cell(words)) for words in others))
            for first, *others in block.rows)
    table = element("table", element("thead", head), element("tbody", in_lines(rows)))
    return place.card(block.kind, block.title, paragraph(block.lead),
                      element("div", table, class_="wide", role="region", tabindex="0",
                              aria_label=block.title), badge=block.badge)


def _cell(words: str | doc.Runs) -> Markup | str:
    return words if isinstance(words, str) else text(words)


BUILDERS: dict[type, Builder] = {
    doc.Paragraph: lambda block, place: paragraph(block.runs),
    doc.Bullets: lambda block, place: bullets(map(text, block.items)),
    doc.LabelledFigure: _labelled,
    doc.Line: exercises.line,
    doc.Ticks: lambda block, place: bullets(map(text, block.items), class_="ticks"),
    doc.Part: _part,
    doc.Title: _title,
    doc.Trade: exercises.trade,
    doc.Exercises: exercises.exercises,
    doc.MassageCards: _massages,
    doc.Massage: _massage,
    doc.Routine: steplist.routine,
    doc.Finish: steplist.finish,
    doc.Strip: _strip,
    doc.Tips: _tips,
    doc.Message: _message,
    doc.Things: _things,
    doc.Pair: _pair,
    doc.Diary: diary.card,
    doc.Call: diary.call,
    doc.Questions: _questions,
    doc.Terms: _terms,
    doc.Research: exercises.research,
    doc.Sources: exercises.sources,
    doc.Made: exercises.made,
    doc.Card: _card,
    doc.Columns: _columns,
    doc.Hero: _hero,
    doc.StopBox: _stop_box,
    doc.AskFirst: _ask_first,
    doc.Unexamined: _unexamined,
    doc.Warnings: _warnings,
    doc.Blank: lambda block, place: waits.line(block.label),
    doc.Alarm: waits.alarm,
    doc.NotNow: waits.not_now,
    doc.Plan: waits.plan,
    doc.Log: waits.log,
    doc.Blanks: waits.blanks,
    doc.QrCode: _web,
    doc.Listing: _listing,
    doc.FinePrint: _fine_print,
}
