"""HTML elements as markup: whatever is not markup already is text, and every character of it shows.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from handouts.document import Run, Runs

NOTHING = Markup("")


def element(tag: str, *inside: str, **attributes: str) -> Markup:
    """An element around its parts; `class_` is the attribute class, `aria_label` aria-label."""
    told = _attributes(attributes)
    return Markup(f"<{tag}{told}>{together(inside)}</{tag}>")


def void(tag: str, **attributes: str) -> Markup:
    """An element that never has content."""
    return Markup(f"<{tag}{_attributes(attributes)}>")


def together(parts: Iterable[str], between: str = "") -> Markup:
    """Parts in a row; those that are plain text are escaped."""
    return Markup(between).join(parts)


def in_lines(parts: Iterable[str]) -> Markup:
    """Parts on lines of their own, for whoever reads the source."""
    return together(parts, "\n")


def _attributes(values: dict[str, str]) -> Markup:
    return together(Markup(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"')
                    for name, value in values.items())


# -- text ------------------------------------------------------------------------------------------


def text(runs: Runs) -> Markup:
    """Runs as text with its strong parts, links and other languages."""
    return together(map(_run, runs))


def paragraph(runs: Runs | str, **attributes: str) -> Markup:
    """A paragraph of runs or of plain text."""
    return element("p", runs if isinstance(runs, str) else text(runs), **attributes)


def agreed(condition: Runs, box: str) -> Markup:
    """The box of this name that a clinician ticks who said yes, and the condition."""
    return together([element("span", class_="box", role="img", aria_label=box), " ",
                     text(condition)])


def _run(run: Run) -> Markup:
    said = escape(run.text)
    if run.lang:
        said = element("span", said, lang=run.lang)
    if run.strong:
        said = element("strong", said)
    return element("a", said, href=run.link) if run.link else said


# -- lists -----------------------------------------------------------------------------------------


def bullets(items: Iterable[str], **attributes: str) -> Markup:
    """A list.

    One without bullets says that it is a list: some browsers take it for none otherwise.
    """
    plain = {"role": "list", **attributes} if attributes else {}
    return element("ul", *(element("li", item) for item in items), **plain)


def terms(pairs: Iterable[tuple[str, str]], **attributes: str) -> Markup:
    """A list of terms, each with what it stands for."""
    return element("dl", *(element("div", element("dt", term), element("dd", meaning))
                           for term, meaning in pairs), **attributes)
