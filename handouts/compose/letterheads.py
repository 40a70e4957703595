"""The practice at the head of page 1."""

from handouts import document as doc
from handouts.brand.brand import Brand


def letterhead(brand: Brand, notice: doc.Runs = ()) -> doc.Letterhead:
    """Name, address, phone or else the web address, e-mail, hours; and how the review stands."""
    lines = [*map(doc.Run, brand.address),
             *([] if brand.phone else [doc.Run(brand.web, link=brand.web_link)]),
             doc.Run(brand.email, link=brand.email_link)]
    phone = (doc.Run(brand.phone, strong=True, link=brand.phone_link),) if brand.phone else ()
    return doc.Letterhead(brand.name, tuple((line,) for line in lines if line.text), phone,
                          brand.hours, notice)
