"""How the content that a practice prints stands on a day: by the pack's signatures and its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from handouts.brand.brand import Brand
from handouts.pack.content import content_digest
from handouts.pack.pack import Pack
from handouts.pack.signatures import (
    Asked,
    Signature,
    Standing,
    is_licensed,
    standing,
    turns,
    worst,
)


class Reviews(NamedTuple):
    """The signatures under a pack, as a practice prints it on a day; `templates` are its own."""

    pack: Pack
    brand: Brand
    day: date
    templates: Path | None = None

    @property
    def is_past(self) -> bool:
        """Whether the content is older than it may be, whoever signed it."""
        return self.day > self.pack.info.next_review

    def digest(self, language: str) -> str:
        """The letters of the content in a language."""
        return content_digest(self.pack, language, self.templates)

    def standing(self, language: str, cause: str = "") -> Standing:
        """How the content of a cause stands; without one, that of the cause that stands worst."""
        if not cause:
            each = [self.standing(language, name) for name in self.pack.structure.causes]
            state = worst(one.state for one in each)
            return next(one for one in each if one.state == state)
        asked = Asked(language, cause, self.digest(language), self.day,
                      since=self.pack.info.date, own=self.templates is not None)
        found = standing(self.pack.structure.review.signatures, self.own(language), asked)
        late = found.state == "signed" and self.is_past
        return found._replace(state="expired") if late else found

    def own(self, language: str) -> tuple[Signature, ...]:
        """The practice's signatures in a language; what an older brand file says of a review names
        no content, so it holds for none."""
        old = self.brand.review
        before = ([Signature(language, "", old.content_version, old.by, "", "", old.on, old.on)]
                  if old.on and language in old.languages else [])
        return (*before, *(one for one in self._signed() if one.language == language))

    def _signed(self) -> Iterator[Signature]:
        """The practice's signatures by somebody licensed: of nobody else is one a review."""
        return (one for one in self.brand.signatures
                if is_licensed(one.role, self.pack.info.roles))

    @property
    def is_signed_here(self) -> bool:
        """Whether a signature of the practice holds for this content on this day."""
        return any(one.digest == self.digest(one.language) and one.on <= self.day <= one.until
                   for one in self._signed() if one.language in self.pack.languages)

    def turns(self, language: str) -> tuple[date, ...]:
        """The days after which it may stand otherwise."""
        signed = (*self.pack.structure.review.signatures, *self.own(language))
        return tuple(sorted({self.pack.info.next_review, *turns(signed)}))

    def facts(self, language: str, cause: str = "") -> dict[str, Any]:
        """The same in JSON's types: `make --json` and the records promise these keys."""
        found = self.standing(language, cause)
        return {"state": found.state, "by": [name for name, _ in found.by],
                "on": max((day.isoformat() for _, day in found.by), default=None),
                "until": found.until.isoformat() if found.until else None}
