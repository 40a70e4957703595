"""The sides that one entry of a record names → the one that it is of.

The codes of an entry, its body site and its words are to say the same thing (FHIR R4,
CodeableConcept): where they name two sides one of them is wrong, and nobody can tell which. Two
entries may well be of two sides.
"""

from collections.abc import Iterable


def one_side(said: Iterable[str]) -> tuple[str, bool]:
    """The side that all agree on (empty: none says one), and whether they are at odds.

    What is at odds is of both sides, for whatever only ever restricts.
    """
    sides = {side for side in said if side}
    if len(sides) > 1:
        return "both", True
    return next(iter(sides), ""), False
