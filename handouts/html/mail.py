"""Document → an e-mail that mail programs keep: a draft to be addressed and sent.

They drop style sheets, scripts and inline SVG, and cut what is longer than 100 KB: every element
has its look in its own `style`, cards are tables, pictures are PNGs of the message. Nothing of the
patient is in it: no panel, no note; mail is read by many on its way.
"""

from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path
from typing import cast
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from markupsafe import Markup, escape

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.document.binding import bound
from handouts.html.blocks import build, titled
from handouts.html.drawings import Drawings
from handouts.html.page import closing, ordered
from handouts.html.steplist import HtmlContext
from handouts.html.writing import NOTHING, element, in_lines, paragraph
from handouts.request.look import Look

LIMIT = 100_000  # bytes of HTML: Gmail shows no more than 102 KB of a message
_WIDE, _TALL = 440, 200  # pixels of a picture that is wider than high, and of one that is not
_TEXT = "font-family:Verdana,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1E2F38"
_LARGE = _TEXT.replace("16px", "22px")
# Ink, ground and line of a kind of card, those of page.css on a light screen.
_KINDS = {"do": ("#14594A", "#E8F5EE", "solid"), "know": ("#1F4E79", "#EAF2F9", "solid"),
          "care": ("#7A4300", "#FDF2E2", "solid"), "stop": ("#9B1C15", "#FFFFFF", "solid"),
          "keep-off": ("#9B1C15", "#FFFFFF", "dashed"), "plain": ("#5A6B74", "#FFFFFF", "solid")}
_SIGNS = {"feel": "\u2713 ", "never": "\u2717 ", "tick": "\u2610 ", "box": "\u2610 ",
          "blank": "____________"}  # what stands for icons, boxes and lines to write on
_HEADINGS = {"h1": 26, "h2": 22, "h3": 18, "h4": 16, "h5": 16}
_KEPT = {"href", "src", "alt", "lang", "dir", "scope", "width"}
_INLINE = {"a", "b", "span", "strong"}

Pictures = Callable[[str, bool], bytes]  # a picture's name, whether it is mirrored → its PNG


class MailDrawings(Drawings):
    """A message's pictures, as parts of it; icons and signs, which are decoration, are left out."""

    def __init__(self, side: str, skin: str, folder: Path | None = None) -> None:
        super().__init__(side, skin, folder)
        self.shown: dict[str, bool] = {}

    def figure(self, figure: doc.Figure) -> Markup:
        """A picture by the id of its part."""
        self.shown[figure.name] = self._mirrored(figure.name)
        width = _WIDE if self.is_wide(figure) else _TALL
        return Markup('<img src="cid:{}" alt="{}" width="{}"/>').format(
            figure.name, figure.alt, width)

    def numbered(self, figure: doc.Figure, labels: tuple[doc.Label, ...]) -> Markup:
        """The picture alone: its labels are named under it."""
        return self.figure(figure)

    def icon(self, name: str) -> Markup:
        """Nothing."""
        return NOTHING

    def sign(self, name: str) -> Markup:
        """Nothing."""
        return NOTHING

    def badge(self, name: str, *, always_disc: bool = False) -> Markup:
        """Nothing."""
        return NOTHING


def message(document: doc.Document, brand: Brand, look: Look, pictures: Pictures) -> bytes:
    """The draft, as a file that mail programs open; its subject is the handout's title."""
    document = bound(document, brand.emergency)
    drawings = MailDrawings(document.side, look.skin, document.figures)
    column = _column(fromstring(str(_content(document, drawings))), brand, look)
    page = _page(column, document)
    shown = {name: pictures(name, mirror) for name, mirror in drawings.shown.items()}
    made = EmailMessage(policy=SMTP)
    made["X-Mailer"] = "handouts"
    made["X-Unsent"] = "1"  # Outlook opens it to be sent
    made["Subject"] = _title(document)  # without the diagnosis, which others may read over
    made.set_content("\n".join(_lines(column)) + "\n", cte="quoted-printable")
    made.add_alternative(page, subtype="html", cte="quoted-printable")
    _attach(made, shown)
    return made.as_bytes()


def _title(document: doc.Document) -> str:
    heroes = (block.title for block in document.pages[0].blocks
              if isinstance(block, doc.Hero | doc.Alarm))
    return next(filter(None, heroes), "") or document.pages[0].title or document.title


def _attach(made: EmailMessage, shown: Mapping[str, bytes]) -> None:
    """The pictures beside the HTML that shows them; the marks between parts tell what they part,
    so that the same handout is the same file."""
    page = cast("EmailMessage", made.get_payload(1))
    for name, data in shown.items():
        page.add_related(data, "image", "png", cid=f"<{name}>", disposition="inline",
                         filename=f"{name}.png")
    digest = sha256(b"".join(shown.values())).hexdigest()[:24]
    made.set_boundary(f"handouts-{digest}")
    if shown:
        page.set_boundary(f"pictures-{digest}")


def _content(document: doc.Document, drawings: Drawings) -> Markup:
    """What the message says, in the order of the handout."""
    head = document.letterhead
    lines = (*head.lines, head.phone, ((doc.Run(head.hours),) if head.hours else ()), head.notice)
    alarms = [build(block, HtmlContext(1, drawings)) for block in document.pages[0].blocks
              if isinstance(block, doc.Alarm)]
    parts = [*alarms, element("p", element("strong", head.name)),
             *(paragraph(line) for line in lines if line)]
    for number, page in enumerate(document.pages):
        level = 1 if number == 0 else 2
        if number:
            parts.append(titled(element("h2", page.title), page.pill))
        for block in ordered(number, document):
            parts.append(_built(block, HtmlContext(level + 1, drawings)))
    parts += [build(block, HtmlContext(2, drawings)) for block in closing(document)]
    parts += map(paragraph, (document.footer.disclaimer, *document.footer.lines))
    return element("div", in_lines(parts))


def _built(block: doc.Block, place: HtmlContext) -> Markup:
    """A block; of the opening its title, and nothing of the patient."""
    if isinstance(block, doc.Hero):
        return titled(element("h1", block.title), block.pill) if block.title else NOTHING
    return build(block, place)


# -- looks -----------------------------------------------------------------------------------------


def _column(tree: Element, brand: Brand, look: Look) -> Element:
    """The content with its looks, one column of 640 pixels at most."""
    base = _LARGE if look.large else _TEXT
    body = Element("td", {"style": f"{base};padding:16px;background:#FFFFFF"})
    _dress(tree, body, f"{base};margin:0 0 8px 0", brand.colours.brand)
    return _table(body, "width:100%;max-width:640px")


def _page(column: Element, document: doc.Document) -> str:
    """The HTML of the message."""
    outer = Element("td", {"align": "center"})
    outer.append(column)
    shown = tostring(_table(outer, "width:100%"), encoding="unicode")
    return (f'<!DOCTYPE html>\n<html lang="{escape(document.language)}"><head>'
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{escape(_title(document))}</title></head>"
            f'<body style="margin:0;padding:0;background:#F4F6F6">{shown}</body></html>\n')


def _table(cell: Element, style: str) -> Element:
    """A table that only places what is in its one cell."""
    table = Element("table", {"role": "presentation", "width": "100%", "cellpadding": "0",
                              "cellspacing": "0", "border": "0", "style": style})
    SubElement(table, "tr").append(cell)
    return table


def _dress(node: Element, into: Element, base: str, ink: str) -> None:
    """A copy of what is in an element, each part with its look in itself."""
    into.text = (into.text or "") + (node.text or "")
    for child in node:
        names = child.get("class", "").split()
        if "disc" in names and node.tag == "li":
            continue  # the list counts by itself
        kind = next((name for name in names if name in _KINDS), "")
        boxed = "card" in names or "message" in names or "bar" in names
        made, inner = (_boxed(kind, names, base, ink) if boxed
                       else (one := _plain(child, names, base, ink), one))
        into.append(made)
        written = node.tag == "td" and names == ["blank"]  # a cell is its own line
        if not written and (sign := next((_SIGNS[name] for name in names if name in _SIGNS), "")):
            inner.text = sign
        own = _KINDS[kind][0] if boxed and kind else "#FFFFFF" if boxed else ink
        _dress(child, inner, _voice(names, base), own)
        if "ticks" in names:
            for item in inner:
                item.text = _SIGNS["tick"] + (item.text or "")
        made.tail = child.tail or (" " if child.tag in _INLINE else "")


def _voice(names: list[str], base: str) -> str:
    """White on what is solid, else the text's own colour."""
    solid = "message" in names or "bar" in names
    return base.replace("color:#1E2F38", "color:#FFFFFF") if solid else base


def _boxed(kind: str, names: list[str], base: str, ink: str) -> tuple[Element, Element]:
    """A card as a table, and its cell."""
    edge, ground, line = _KINDS.get(kind, (ink, ink, "solid"))
    if "bar" in names:
        edge = ground = _KINDS["stop"][0]
    cell = Element("td", {"bgcolor": ground, "style": (
        f"{_voice(names, base)};border:2px {line} {edge};background:{ground};padding:12px 14px")})
    return _table(cell, "width:100%;margin:0 0 12px 0"), cell


def _plain(node: Element, names: list[str], base: str, ink: str) -> Element:
    """An element without what mail programs drop, and with its look."""
    tag = {"section": "div", "header": "div", "dl": "div", "dt": "p", "dd": "p"}.get(
        node.tag, node.tag)
    made = Element(tag, {key: value for key, value in node.attrib.items() if key in _KEPT})
    if made.get("href", "").startswith("#"):
        made.tag = "span"  # a place in the message: mail programs lead elsewhere
        del made.attrib["href"]
    style = _style(node.tag, names, base, ink)
    if style:
        made.set("style", style)
    if tag == "table":
        made.attrib |= {"cellpadding": "6", "cellspacing": "0", "border": "1"}
    return made


def _style(tag: str, names: list[str], base: str, ink: str) -> str:
    if size := _HEADINGS.get(tag):
        size = round(size * 1.4) if base.startswith(_LARGE) else size
        return f"{base};font-size:{size}px;line-height:1.3;font-weight:bold;color:{ink}"
    if tag in ("p", "li", "dd", "dt"):
        bold = tag == "dt" or "lead" in names or "pill" in names
        return f"{base};font-weight:bold" if bold else base
    if tag in ("td", "th"):
        kind = next((_KINDS[name] for name in names if name in _KINDS), None)
        ground = f";background:{kind[1]};color:{kind[0]}" if kind and tag == "th" else ""
        return f"{base};text-align:left;vertical-align:top;border:1px solid #6B7C83{ground}"
    listed = "margin:0 0 8px 0;padding:0 0 0 24px"
    return {"table": "width:100%;border-collapse:collapse;margin:0 0 12px 0",
            "ul": listed, "ol": listed,
            "img": "display:block;max-width:100%;height:auto;border:0;margin:0 0 6px 0",
            "a": "color:#0B5563"}.get(tag, "")


# -- plain text ------------------------------------------------------------------------------------


def _lines(node: Element, mark: str = "") -> Iterator[str]:
    """The same in plain text: a line for each block, pictures by their words."""
    words = [node.text or ""]
    for child in node:
        if child.tag in _INLINE:
            words.append("".join(child.itertext()))
        else:
            yield from _line(words, mark)
            words, mark = [], ""
            yield from _block(child)
        words.append(child.tail or "")
    yield from _line(words, mark)


def _block(node: Element) -> Iterator[str]:
    if node.tag == "img":
        yield f"[{node.get('alt')}]"
    elif node.tag in _HEADINGS:
        yield from ("", *_lines(node))
    elif node.tag == "tr" and len(node) > 1:
        yield " | ".join(" ".join(_lines(cell)) for cell in node)
    else:
        yield from _lines(node, "- " if node.tag == "li" else "")


def _line(words: list[str], mark: str) -> Iterator[str]:
    told = " ".join("".join(words).split())
    if told:
        yield mark + told
