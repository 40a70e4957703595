"""The four type sizes of a page."""

from dataclasses import dataclass

from handouts.pdf import fonts


@dataclass(frozen=True)
class Type:
    """A type size with its leading, in points; headings say so."""

    size: float
    leading: float
    bold: bool = False
    heading: bool = False

    @property
    def font(self) -> str:
        """The name of the font."""
        return fonts.BOLD if self.bold else fonts.REGULAR


BODY = Type(12, 15)
STRONG = Type(12, 15, bold=True)
H1 = Type(26, 31, bold=True, heading=True)
H2 = Type(18, 22, bold=True, heading=True)
H3 = Type(14, 18, bold=True, heading=True)


def baseline(type_: Type) -> float:
    """How far the first baseline lies under the top of a line of this type, in points."""
    return (type_.leading - 1.24 * type_.size) / 2 + 0.95 * type_.size
