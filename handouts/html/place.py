"""Where a block stands in the page: the level of its heading, and the drawings it may show."""

from dataclasses import dataclass, replace
from typing import Self

from markupsafe import Markup

from handouts.document import Kind
from handouts.html.elements import NOTHING, element, in_lines
from handouts.html.pictures import Drawings


@dataclass(frozen=True)
class Place:
    """The level of the next heading, 1 to 6, and the page's drawings."""

    level: int
    drawings: Drawings

    def below(self) -> Self:
        """The place under a heading of this level."""
        return replace(self, level=self.level + 1)

    def heading(self, *words: str) -> Markup:
        """A heading of this level."""
        return element(f"h{self.level}", *words)

    def section(self, title: str, *body: Markup, sign: Markup = NOTHING) -> Markup:
        """A heading, behind a sign if it has one, and what belongs to it."""
        return element("section", in_lines([self._signed(title, sign), *body]))

    def card(self, kind: Kind, title: str, *body: Markup, badge: str = "",
             extra: str = "") -> Markup:
        """A section in a frame that tells its kind; `extra` names what else it is."""
        sign = self.drawings.badge(badge) if badge else NOTHING
        return element("section", in_lines([self._signed(title, sign), *body]),
                       class_=f"card {kind} {extra}".rstrip())

    def _signed(self, title: str, sign: Markup) -> Markup:
        return self.heading(sign, element("span", title)) if sign else self.heading(title)
