"""Where not to press: a leg twice, the names of what is marked, and the sentences that say it.

It fills what the steps leave of their last row, and says of this patient's own places as many as
there is room for.
"""

from collections.abc import Iterable
from dataclasses import replace

from msgspec import structs
from reportlab.platypus import Flowable

from handouts import document as doc
from handouts.pdf.blocks.cards import heading, skin_of
from handouts.pdf.blocks.tiles import SAFE_VIEWS, tile
from handouts.pdf.file.tagtree import section
from handouts.pdf.layout import text
from handouts.pdf.layout.boxes import CardBox, Centred, RowBox, Space, Stack
from handouts.pdf.layout.theme import GUTTER, Style

ABREAST = 3  # steps
SHRUNK = (0.0, 8.0, 16.0, 24.0, 32.0, 40.0)  # points off the height of the picture
MOST = .35  # of its height may be taken off
LEAST = 24.0  # the same where its height rules the row's
GROWN = (1.3, 1.15, 1.0)  # times as wide as a step: the picture beside one or two steps
LEAST_VIEWS = 136.0  # wide: the names under two views


def least(zones: doc.Zones, share: float, style: Style) -> float:
    """The height in one column, of a width, with a small picture; without the patient's own places
    where the pictures beside it are as small as they may be."""
    own = zones.own if style.shrunk < SHRUNK[-1] else ()
    small = replace(style, shrunk=SHRUNK[-1] if own else max(style.shrunk, LEAST))
    return float(_narrow(structs.replace(zones, own=own), share, small).wrap(share, 1e6)[1])


def beside(off: doc.Zones, wide: float, tall: float, style: Style) -> CardBox:
    """Where not to press, in one column of a width and a height; its picture as large as there is
    room."""
    cards = (_narrow(said, wide, replace(style, shrunk=by)) for said in _said(off)
             for by in sorted({*SHRUNK, style.shrunk}))
    return _first_that_fits(cards, wide, tall)


def filling(off: doc.Zones, free: int, share: float, tall: float,
            style: Style) -> tuple[CardBox, float]:
    """The same in the columns that are left of a row and as high as it, and how wide that is."""
    if free == 1:
        return beside(off, share, tall, style), share
    wide = free * share + (free - 1) * GUTTER
    cards = (across(said, wide, share * by, style) for said in _said(off) for by in GROWN)
    return _first_that_fits(cards, wide, tall), wide


def _said(off: doc.Zones) -> tuple[doc.Zones, ...]:
    """What is said, with and, as the last choice, without the patient's own places."""
    return (off, structs.replace(off, own=())) if off.own else (off,)


def _first_that_fits(cards: Iterable[CardBox], wide: float, tall: float) -> CardBox:
    for card in cards:
        card.least = tall
        if card.wrap(wide, 1e6)[1] <= tall:
            break
    return card


def share_of(style: Style) -> float:
    """The width of one of the columns of the steps."""
    return (style.width - (ABREAST - 1) * GUTTER) / ABREAST


def _narrow(zones: doc.Zones, wide: float, style: Style) -> CardBox:
    """Where not to press, in one column: the views, no wider than a step, their names, the
    sentences."""
    padding = (5.0, 10.0, 6.0, 10.0) if "low" in style.given else (8.0, 10.0, 9.0, 10.0)
    inner = wide - padding[1] - padding[3]
    title = heading(zones.title, "keep-off", "x", style)
    body = Stack([title, Space(5), *_views(zones, min(inner, share_of(style)), style), Space(3),
                  *_sentences(zones, style)], tag=section())
    return CardBox(body, skin_of("keep-off", style, padding=padding))


def across(zones: doc.Zones, wide: float, share: float, style: Style) -> CardBox:
    """Where not to press, across several columns: the views left of the sentences."""
    padding = (8.0, 12.0, 9.0, 12.0)
    shown = min(share, wide * .6)
    words = Stack([heading(zones.title, "keep-off", "x", style), Space(4),
                   *_sentences(zones, style)])
    row = RowBox([(Stack(_views(zones, shown, style)), shown), (words, None)],
                 gap=style.sized(14), align="middle", tag=section()).reads_last(0)
    return CardBox(row, skin_of("keep-off", style, padding=padding), middle=True)


def _views(zones: doc.Zones, wide: float, style: Style) -> list[Flowable]:
    """The drawing, and under each view its name and the places that it marks."""
    whole = tile(zones.figure, (wide, 1e6), style).whole
    picture = tile(zones.figure, (wide, whole - min(style.shrunk, MOST * whole)), style, SAFE_VIEWS)
    names: list[tuple[Flowable, float | None]] = [
        (Stack([text.paragraph(name, style.type.strong, align="centre"),
                *(text.paragraph(place, style.type.body, align="centre") for place in places)]),
         None) for name, places in zones.views]
    parts = [picture, Space(style.sized(3)), RowBox(names, gap=4)] if names else [picture]
    return [Centred(Stack(parts), max(picture.width, LEAST_VIEWS))]


def _sentences(zones: doc.Zones, style: Style) -> list[Flowable]:
    made: list[Flowable] = []
    for sentence in (*zones.own, *zones.sentences):
        made += [Space(3), text.paragraph(sentence, style.type.body)]
    return made[1:]
