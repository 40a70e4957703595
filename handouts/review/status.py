"""How each language and cause stands: signed, changed, or when it expires; what has no claim."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from handouts.brand.reviews import Reviews
from handouts.pack.signatures import State


class Line(NamedTuple):
    """How a cause stands in a language; `days` is how many the signature holds for yet."""

    language: str
    cause: str
    content: str
    state: State
    by: tuple[str, ...]
    on: date | None
    until: date | None
    days: int | None

    def is_due(self, within: int) -> bool:
        """Whether somebody must review it now, or within so many days."""
        return self.state != "signed" or (self.days is not None and self.days <= within)


def lines(reviews: Reviews) -> Iterator[Line]:
    """A line for each language and cause."""
    for language in reviews.catalogue.languages:
        for cause in reviews.catalogue.structure.causes:
            found = reviews.standing(language, cause)
            last = min(filter(None, [found.until, reviews.catalogue.info.next_review]))
            days = (last - reviews.day).days if found.state == "signed" else None
            yield Line(language, cause, reviews.digest(language), found.state,
                       tuple(name for name, _ in found.by),
                       max((day for _, day in found.by), default=None), found.until, days)


def ahead_of_their_day(reviews: Reviews) -> list[str]:
    """The signatures that are dated in the future, which hold for nothing yet."""
    given = (*reviews.catalogue.structure.review.signatures, *reviews.brand.signatures)
    return [f"a signature of {one.on} for {one.language} is dated in the future"
            for one in given if one.on > reviews.day]
