"""Conditions that a record tells by words alone → the flags that they set, or ask for.

The words are data: conditions.toml in the pack's codes/ folder. They count as whole words, whatever
their case and accents.
"""

import re
import unicodedata
from collections.abc import Container, Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from handouts.coding import codes, flagcodes
from handouts.coding.dated import days_ago
from handouts.coding.flagcodes import Flagged
from handouts.coding.medicines import named_procedures, read_list, taken
from handouts.errors import UsageError
from handouts.pack.naming import cause_and_side, id_of
from handouts.pack.pack import Pack

Words = tuple[str, ...]
_PARTING = re.compile(r"[;,|\r\n]|\.\s")
_SIDES = {"left", "right", "both"}
_WORD = re.compile(r"[\w/]+")  # with its stroke: r/o is no right


class NamedCondition(Struct, frozen=True):
    """A condition by its words: a flag, or a cause that may stand behind it.

    `placed`: it counts at the places of the list, and asks where none is told. `asks`: the words
    never tell it for sure. `beside`: it counts only beside what is of the part. It counts only with
    one of `at`, where there are any; with one of `never` it is something else.
    """

    words: Words
    flag: str = ""
    cause: str = ""
    placed: bool = False
    asks: bool = False
    beside: bool = False
    at: Words = ()
    never: Words = ()


class Over(Struct, frozen=True):
    """What is left of a condition for so many days after its end: `flags` hold on, and what is to
    be seen today needs a clearance."""

    days: int = 0
    flags: Words = ()


class _Conditions(Struct, frozen=True):
    """conditions.toml: `others` are not about this patient nor is what stands `aside`, which
    alone is taken out, `unsure` turn what is said round, `vague` are the
    beginnings of codes that say neither place nor illness."""

    conditions: tuple[NamedCondition, ...] = ()
    vague: Words = ()
    over: Over = Over()
    others: Words = ()
    aside: Words = ()
    unsure: Words = ()
    places: Words = ()
    elsewhere: Words = ()
    left: Words = ()
    right: Words = ()
    both: Words = ()


class _Once:
    """A pack that is known by its folder, for what was said before to be found again."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and other.pack.folder == self.pack.folder

    def __hash__(self) -> int:
        return hash(self.pack.folder)


class Said(NamedTuple):
    """What words tell: flags, the causes that may stand behind them, and which of these are named
    outright: not turned round, and at the part where a place is needed."""

    flags: tuple[Flagged, ...] = ()
    causes: tuple[str, ...] = ()
    outright: tuple[str, ...] = ()


class Around(NamedTuple):
    """What stands around words: the names of sites, whether a coded site is of the part (None: none
    is), and the day from which "2 weeks ago" is counted."""

    places: Words = ()
    at_part: bool | None = None
    day: date | None = None


NOTHING = Around()


def said_by(pack: Pack, texts: Iterable[str], around: Around = NOTHING) -> Said:
    """What the names of a condition tell, and those of its places."""
    return _said(_Once(pack), tuple(texts), around)


def said_with(pack: Pack, code: str, texts: Iterable[str], around: Around = NOTHING) -> Said:
    """What words tell more than a code of ICD-10-CM that stands for no cause.

    Of what the tables list in its category the code decides, and a place that is not named is
    another one; but a code that says neither tells nothing.
    """
    table, given = _table(pack.folder), tuple(texts)
    if not given:
        return Said()
    if codes.plain(code).startswith(tuple(map(codes.plain, table.vague))):
        return said_by(pack, given, around)
    if around.at_part is None:
        named = bool(_place(table, [_plain(text) for text in (*given, *around.places)]))
        around = around._replace(at_part=named)
    settled = flagcodes.category(pack, code)
    return _without(said_by(pack, given, around), settled, settled)


def said_beside(pack: Pack, texts: Iterable[str], known: Iterable[str] = (),
                around: Around = NOTHING) -> Said:
    """What words tell beside a code or a name of the part, more than the `known` words of that do.

    Their place is the part as far as they name no other, and each piece of a text speaks for
    itself: what one says of somebody's family takes nothing from the next.
    """
    once, pieces = _Once(pack), tuple(_pieces(texts))
    before = _said(once, tuple(known), NOTHING, beside=True)
    return _without(_said(once, pieces, around, beside=True),
                    {each.flag for each in before.flags}, before.causes)


def _without(said: Said, flags: Container[str], causes: Container[str]) -> Said:
    """What is told but for these flags and causes."""
    return Said(tuple(each for each in said.flags if each.flag not in flags), *(
        tuple(name for name in names if name not in causes)
        for names in (said.causes, said.outright)))


def over(pack: Pack) -> Over:
    """What is left of a condition that is over."""
    return _table(pack.folder).over


def _pieces(texts: Iterable[str]) -> list[str]:
    return [piece for text in texts for piece in _PARTING.split(text) if piece.strip()]


@lru_cache(maxsize=4096)  # an export says the same of many
def _said(once: "_Once", texts: Words, around: Around, *, beside: bool = False) -> Said:
    pack = once.pack
    table = _table(pack.folder)
    texts = tuple(text for text in texts if not _holds(table.others, _plain(text)))
    plain, at_part = [_without_aside(table, _plain(text)) for text in texts], around.at_part
    if at_part is None:
        said = _place(table, [*plain, *map(_plain, around.places)])
        at_part = True if said is None and beside else said
    unsure = any(_holds(table.unsure, text) for text in plain)
    flags, causes = dict[str, Flagged](), dict[str, bool]()
    for each in (one for one in table.conditions
                 if _counts(one, plain, at_part, beside=beside)):
        asks = each.asks or unsure or (each.placed and at_part is None)
        if each.cause:
            causes[each.cause] = causes.get(each.cause, False) or not asks
        else:
            _set(flags, Flagged(each.flag, asks=asks))
    for one in (*_taken(pack, texts, unsure=unsure, beside=beside),
                *_done(pack, texts, around.day)):
        _set(flags, one)
    for name in filter(None, (_exactly(pack, _plain(text)) for text in texts)):
        flags.setdefault(name, Flagged(name, asks=pack.flag(name).sided and not at_part))
    for name in filter(None, (_cause(pack, text) for text in plain)):
        causes.setdefault(name, bool(at_part))
    return Said(tuple(flags.values()), tuple(causes),
                tuple(name for name, sure in causes.items() if sure))


def _without_aside(table: _Conditions, text: str) -> str:
    return _pattern(table.aside).sub(" ", text) if table.aside else text


def _set(flags: dict[str, Flagged], one: Flagged) -> None:
    """Notes a flag; one that is sure stands over one that asks."""
    if one.flag not in flags or not one.asks:
        flags[one.flag] = one


def _taken(pack: Pack, texts: Words, *, unsure: bool, beside: bool) -> list[Flagged]:
    """The flags of the medicines that texts name: asked for where that is turned round, or where
    they need to be taken for long, but beside what is of the part."""
    return [Flagged(each.flag, asks=not beside and (unsure or bool(each.days)))
            for text in texts for each, _ in taken(pack, (), [text])]


def _done(pack: Pack, texts: Words, day: date | None) -> list[Flagged]:
    """The flags of operations and the like that texts name with a day of late."""
    return [Flagged(each.flag) for text in texts if day
            for each in named_procedures(pack, [text])
            if any(0 <= ago <= each.days for ago in days_ago(text, day))]


def _counts(each: NamedCondition, texts: list[str], at_part: bool | None, *,
            beside: bool) -> bool:
    """Whether texts name a condition, at a place where it counts."""
    named = any(_holds(each.words, text) and not _holds(each.never, text)
                and (not each.at or _holds(each.at, text)) for text in texts)
    elsewhere = each.placed and at_part is False
    return named and not elsewhere and (not each.beside or bool(beside and at_part))


def is_of_part(pack: Pack, text: str) -> bool:
    """Whether words name a place of the part."""
    return bool(_place(_table(pack.folder), [_plain(text)]))


def at_part(pack: Pack, texts: Iterable[str]) -> bool | None:
    """Whether words name a place of the part; False for others alone, None where they name none."""
    return _place(_table(pack.folder), [_plain(text) for text in texts])


def sides_in(pack: Pack, texts: Iterable[str]) -> set[str]:
    """The sides that words name; a text that names two is of both."""
    return {side for text in texts if (side := _side_in(_Once(pack), text))}


@lru_cache(maxsize=4096)
def _side_in(once: _Once, text: str) -> str:
    table, plain = _table(once.pack.folder), _plain(text)
    sides = {side for side, words in (("left", table.left), ("right", table.right),
                                      ("both", table.both)) if _holds(words, plain)}
    sides |= {id_of(once.pack, "sides", word) for word in _WORD.findall(plain)} & _SIDES  # L, R
    return "both" if len(sides) > 1 else "".join(sides)


def _place(table: _Conditions, texts: list[str]) -> bool | None:
    """Whether words name a place of the part, or only others; None where they name none."""
    if any(_holds(table.places, text) for text in texts):
        return True
    return False if any(_holds(table.elsewhere, text) for text in texts) else None


def _exactly(pack: Pack, text: str) -> str:
    """The flag whose name or synonym a text is, whole."""
    found = id_of(pack, "flags", text)
    return found if found in pack.structure.flags else ""


def _cause(pack: Pack, text: str) -> str:
    """The cause whose name or synonym a text is, whole; none where it may be several."""
    try:
        return cause_and_side(pack, text)[0]
    except UsageError:
        return ""


def _plain(text: str) -> str:
    """A text without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold())
                   if not unicodedata.combining(char))


def _holds(words: Words, text: str) -> bool:
    return bool(words) and _pattern(words).search(text) is not None


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(
        rf"(?<!\w){re.escape(_plain(word))}(?!\w)" if word[:1].isalnum() else re.escape(word)
        for word in words))  # a sign, as the last of `DVT?`, stands anywhere


@cache
def _table(folder: Path) -> _Conditions:
    """The list of a pack; one without it knows no words."""
    return read_list(folder / "codes" / "conditions.toml", _Conditions)
