"""A Document without a patient → a finished PDF: posters, the index of a set."""

from datetime import date

from handouts import document as doc
from handouts.brand.brand import Brand
from handouts.pdf.file.plate import printed
from handouts.pdf.pages import typeset
from handouts.pdf.poster import poster
from handouts.press.press import Handout
from handouts.request.look import WALL, Look


def sheet(document: doc.Document, brand: Brand, look: Look, day: date) -> Handout:
    """The PDF of a document that has no panel, made on a day; on a wall's paper it is a poster."""
    typesetter = poster if look.paper in WALL.values() else typeset
    plate = typesetter.typeset(document, brand, look)
    return Handout(printed(plate, {}, day), plate.pages, plate.facts)
