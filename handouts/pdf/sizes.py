"""The four type sizes of a page: in normal and in large print, and for the wall."""

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


@dataclass(frozen=True)
class Sizes:
    """The types of a page: running text and its bold, headings, the fields to write in."""

    body: Type
    strong: Type
    h1: Type
    h2: Type
    h3: Type
    field: Type


NORMAL = Sizes(
    body=Type(12, 15), strong=Type(12, 15, bold=True), field=Type(12, 16),
    h1=Type(26, 31, bold=True, heading=True), h2=Type(18, 22, bold=True, heading=True),
    h3=Type(14, 18, bold=True, heading=True))
LARGE = Sizes(  # 18 point: the RNIB's and UKAAF's ideal for large print
    body=Type(18, 23), strong=Type(18, 23, bold=True), field=Type(18, 24),
    h1=Type(34, 40, bold=True, heading=True), h2=Type(26, 31, bold=True, heading=True),
    h3=Type(21, 26, bold=True, heading=True))

WALL = Sizes(  # read from 1.5 m
    body=Type(22, 25), strong=Type(22, 25, bold=True), field=Type(22, 28),
    h1=Type(44, 45, bold=True, heading=True), h2=Type(34, 40, bold=True, heading=True),
    h3=Type(25, 30, bold=True, heading=True))


def baseline(type_: Type) -> float:
    """How far the first baseline lies under the top of a line of this type, in points."""
    return (type_.leading - 1.24 * type_.size) / 2 + 0.95 * type_.size
