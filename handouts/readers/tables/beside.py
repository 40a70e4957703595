"""The words that stand with codes in a cell → what they add to what the codes ask for.

They are read for what warns like any other: a doubt of something urgent keeps the row back, and so
does a side that is not the code's.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from handouts.coding.codes import Coded
from handouts.coding.named import Around, Said, said_beside, said_by, sides_in
from handouts.errors import DoubtError
from handouts.pack.naming import cause_and_side
from handouts.pack.pack import Pack
from handouts.readers.tables import values
from handouts.rules.cases import Case, refuse_doubt

_JOINS = re.compile(r"[\W_]*(?:and|with|y|con|rt|lt)?[\W_]*", re.I)  # between two codes
_PARTS = re.compile(r"[;|\r\n]")


class CellDiagnosis(NamedTuple):
    """The cause that a row asks for, and what else its codes say."""

    cause: str
    side: str
    flags: tuple[str, ...] = ()
    unused: Mapping[str, int] = MappingProxyType({})


class WordsBeside(NamedTuple):
    """The words of one part of a cell, and what the codes in it stand for: None for one that
    stands for no cause. `replaced`: a person has something else read in their place, and they
    count for what they warn of alone."""

    text: str
    coded: tuple[Coded | None, ...] = ()
    replaced: bool = False

    def said(self, pack: Pack, day: date | None) -> Said:
        """What they tell; beside codes of other parts of the body they must name their place."""
        if None in self.coded:
            return said_by(pack, [self.text], Around(day=day))
        known = [name for each in self.coded if each
                 for name in (each.description, each.cause.replace("-", " "))]
        return said_beside(pack, [self.text], known, Around(day=day))

    def names_another_side(self, side: str, pack: Pack) -> bool:
        """Whether they name another side than their codes do, or the row where these name none."""
        if self.replaced or (self.coded and not any(self.coded)):
            return False
        own = {each.side for each in self.coded if each and each.side} or {side}
        said = sides_in(pack, [self.text])
        return bool(said) and len(own) == 1 and own != {""} and said != own


def words_beside(cell: str, known: Mapping[str, Coded | None]) -> list[WordsBeside]:
    """The words of a cell, part by part; `known` is what each of its codes stands for."""
    parts = [values.codes_in(part.strip()) for part in _PARTS.split(cell)]
    return [WordsBeside(part.text, tuple(known.get(code) for code, _ in part.codes))
            for part in parts if part.text]


def beside(asked: CellDiagnosis, words: Iterable[WordsBeside], pack: Pack,
           day: date | None = None) -> CellDiagnosis:
    """What codes ask for, with the flags that the words beside them name, on a day; DoubtError
    where these name another side, or may name something more urgent."""
    words = [each for each in words if not _JOINS.fullmatch(each.text)]
    if any(each.names_another_side(asked.side, pack) for each in words):
        raise DoubtError("the words beside a code name another side", where="code", field="side",
                         cure="Mend the one that is wrong.")
    said = [each.said(pack, day) for each in words]
    flags = [each for one in said for each in one.flags]
    sure = dict.fromkeys((*asked.flags, *(each.flag for each in flags if not each.asks)))
    doubted = {name for one in said for name in one.causes}
    unsure = {each.flag for each in flags} - {*sure}
    refuse_doubt(Case(doubted=doubted, asked=unsure), asked.cause, [*sure], pack, where="cause")
    unread = 0
    for each, one in zip(words, said, strict=True):
        named, _ = cause_and_side(pack, each.text)
        if asked.cause and named and pack.cause(named).rank < pack.cause(asked.cause).rank:
            raise at_odds()
        unread += not (named or one.flags or each.replaced)
    return asked._replace(flags=tuple(sure), unused={
        **asked.unused, **{f"to-ask:{flag}": 1 for flag in sorted(unsure)},
        **({"condition:no-code": unread} if unread else {})})


def at_odds() -> DoubtError:
    """That a cause stands beside a code of another one."""
    return DoubtError("cause and code stand for different causes", where="cause", field="cause",
                      cure="Keep the one that is right.")
