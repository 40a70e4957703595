"""What only the full edition has, as HTML: lines to write on, what so much of one thing brings of
another, the drawn exercises, the sources; and what the research says.
"""

from markupsafe import Markup

from handouts import document as doc
from handouts.html.steplist import HtmlContext
from handouts.html.writing import element, in_lines, paragraph, text, together


def line(block: doc.Line, place: HtmlContext) -> Markup:
    """A label and a line to write on."""
    sign = [place.drawings.icon(block.icon), " "] if block.icon else []
    words = [element("strong", block.label), " "] if block.label else []
    return paragraph(together([*sign, *words, element("span", class_="blank")]), class_="write")


def trade(block: doc.Trade, place: HtmlContext) -> Markup:
    """The sentence that both numbers make."""
    return paragraph(together([
        element("b", block.give), element("span", block.of), element("span", block.brings),
        element("b", block.get), element("span", block.less)], " "), class_="trade")


def exercises(block: doc.Exercises, place: HtmlContext) -> Markup:
    """Each exercise: its words, then its pictures."""
    return in_lines(_exercise(one, place) for one in block.items)


def _exercise(one: doc.Exercise, place: HtmlContext) -> Markup:
    signs = (("tick", "feel", one.feel), ("bang", "caution", one.care), ("x", "never", one.stop))
    lines = [paragraph(together([place.drawings.badge(sign), element("span", words)]),
                       class_=kind) for sign, kind, words in signs if words]
    blank = [line(doc.Line(one.blank), place)] if one.blank else []
    words = element("div", in_lines([place.heading(one.title), paragraph(one.body), *lines,
                                     *blank]))
    frames = [together([element("span", caption), place.drawings.figure(figure)])
              for caption, figure in zip(one.captions or ("",), one.figures, strict=True)]
    shown = element("div", *(element("div", frame) for frame in frames), class_="frames")
    return element("section", words, shown, class_="step exercise")


def research(block: doc.Research, place: HtmlContext) -> Markup:
    """What studies found, under its title or that of the page."""
    found = [paragraph((doc.Run(f"{title} ", strong=True), *runs))
             for title, runs in block.findings]
    if not block.title:
        return element("div", in_lines(found), class_="card know")
    return place.card("know", block.title, *found, badge="book")


def sources(block: doc.Sources, place: HtmlContext) -> Markup:
    """The numbered sources, then when they were checked."""
    items = (element("li", text((doc.Run(f"{one.lead} ", strong=True), doc.Run(f"{one.work} "),
                                 doc.Run(one.place, link=one.link)))) for one in block.items)
    return place.section(block.title, element("ol", in_lines(items), class_="sources"),
                         *map(paragraph, block.checked))


def made(block: doc.Made, place: HtmlContext) -> Markup:
    """How the content was made."""
    return paragraph((doc.Run(f"{block.title}. ", strong=True), *block.body))
