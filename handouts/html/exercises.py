"""What only the full edition has, as HTML: lines to write on, what so much of one thing brings of
another, the drawn exercises.
"""

from markupsafe import Markup

from handouts import document as doc
from handouts.html.steplist import HtmlContext
from handouts.html.writing import element, in_lines, paragraph, together


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
