"""A code of a known system → the safety flags that it sets, or asks for.

The rules are data: the pack's codes/ folder, whose README tells what a column means.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from handouts.coding import codes
from handouts.pack.pack import Pack

# Systems that select no cause, but may set a flag: by their short name, FHIR URI and OID.
PROCEDURES = {
    "cpt": ("http://www.ama-assn.org/go/cpt", "2.16.840.1.113883.6.12"),
    "icd10pcs": ("http://www.cms.gov/Medicare/Coding/ICD10", "2.16.840.1.113883.6.4"),
}
_NAMES = codes.names_of(codes.SYSTEMS | PROCEDURES)
_CATEGORY = 3  # characters of the shortest code of ICD-10-CM
_SIDES = ("right", "left", "both")
_VISIT = 6  # where the seventh character of ICD-10-CM stands


class Context(NamedTuple):
    """What is told beside a code: how many days ago it began (None: not told), and whether it is
    of the part (None: no site is told)."""

    days: int | None = None
    at_part: bool | None = None


NOTHING_MORE = Context()


class Flagged(NamedTuple):
    """A flag of a code, and the side that the code names.

    `asks`: the code does not tell whether it is of this part; counted, never printed. `holds`: a
    code that is not whole, or not of a system that is known; it may be what would forbid massage,
    so a person must look.
    """

    flag: str
    side: str = ""
    asks: bool = False
    holds: bool = False


@dataclass(frozen=True)
class _Rule:
    """A row of a table, for a code or for all that begin so."""

    flag: str
    code: str
    side: str
    ask: str
    visits: frozenset[str]
    days: int | None
    undated: bool


def sites(pack: Pack) -> Mapping[str, str]:
    """The SNOMED CT codes of sites of the part, each with its side or none."""
    return _sites(pack.folder)


def known_system(name: str) -> str:
    """The short name of a system whose codes may set a flag; else empty."""
    return _NAMES.get(codes.plain_system(name), "")


def flags_of(pack: Pack, code: str, system: str = "icd10cm", *,
             side: str = "") -> tuple[str, ...]:
    """The flags that a code sets for one side, where nothing is told beside it."""
    found = flagged(pack, code, codes.system_name(system))
    return tuple(each.flag for each in found if not each.asks and applies_to(side, {each.side}))


def applies_to(side: str, said: Iterable[str]) -> bool:
    """Whether what is said of these sides is said of this one, and not of the other side alone."""
    return side in ("", "both") or not {"", "both", side}.isdisjoint(said)


def flagged(pack: Pack, code: str, system: str,
            context: Context = NOTHING_MORE) -> tuple[Flagged, ...]:
    """The flags of a code of a system given by its short name, in the pack's order of rows."""
    found = codes.plain(code)
    rules = _rules_of(pack.folder, system, found)
    headed = () if rules or system != "icd10cm" else _headed(pack, found, context)
    if not pack.structure.flags.keys() >= {*(rule.flag for rule in rules), *headed}:
        raise codes.wrong_table(f"{system}_flags.csv", "a code names a flag that there is not")
    if headed:
        return tuple(Flagged(flag, asks=True, holds=True) for flag in headed)
    return tuple(Flagged(rule.flag, _side(rule.side, found, pack, system),
                         _asks(rule, context)) for rule in rules if _holds(rule, found, context))


def _headed(pack: Pack, code: str, context: Context) -> tuple[str, ...]:
    """The flags of the families that stand below a header; one of the table of causes asks there.
    """
    if len(code) < _CATEGORY or not codes.fits(code, "icd10cm") or codes.find(pack, code):
        return ()
    below = chain.from_iterable(rules for table in _tables(pack.folder, "icd10cm")
                                for start, rules in table.items() if start.startswith(code))
    return tuple(dict.fromkeys(rule.flag for rule in below
                               if rule.ask != "no" and _holds(rule, code, context)))


def category(pack: Pack, code: str) -> frozenset[str]:
    """The flags and causes that the tables list in the category of a code of ICD-10-CM (M10): what
    of these it is, its own place in them tells."""
    return _category(pack.folder, codes.plain(code)[:_CATEGORY])


@lru_cache(maxsize=4096)
def _category(folder: Path, start: str) -> frozenset[str]:
    flags = (rule.flag for table in _tables(folder, "icd10cm") for found, rules in table.items()
             if found.startswith(start) or start.startswith(found) for rule in rules)
    return frozenset((*flags, *codes.causes_below(folder, start)))


def unread(pack: Pack, system: str, code: str) -> tuple[tuple[Flagged, ...], str]:
    """What a code may mean that is of no system known, or not of its form: flags that hold, and a
    cause.

    Nobody knows what it says; but that it looks like a warning is enough for a person to look.
    """
    short = known_system(system)
    if short and codes.fits(code, short):
        return (), ""
    looks = next((name for name in codes.SYSTEMS if codes.fits(code, name)), "")
    if not looks:
        return (), ""
    coded = codes.find(pack, code, looks)
    names = dict.fromkeys(each.flag for each in flagged(pack, code, looks))
    return (tuple(Flagged(name, asks=True, holds=True) for name in names),
            coded.cause if coded else "")


def _holds(rule: _Rule, code: str, context: Context) -> bool:
    """Whether a rule speaks of a code at this visit, after so many days, at this site."""
    if rule.ask == "no" or (rule.ask == "site" and context.at_part is False):
        return False
    if rule.visits and len(code) > _VISIT and code[_VISIT] not in rule.visits:
        return False
    if rule.days is None:
        return True
    return rule.undated if context.days is None else 0 <= context.days <= rule.days


def _asks(rule: _Rule, context: Context) -> bool:
    return rule.ask == "ask" or (rule.ask == "site" and context.at_part is None)


def _side(rule: str, code: str, pack: Pack, system: str) -> str:
    """The side by a rule: itself, that of the cause (`cause`), or by a character (`5:12` has 1 for
    right and 2 for left as the fifth)."""
    if rule == "cause":
        coded = codes.find(pack, code, system)
        return coded.side if coded else ""
    place, _, signs = rule.partition(":")
    if not signs:
        return codes.SIDES.get(rule, "")
    at = int(place) - 1
    return dict(zip(signs, _SIDES, strict=False)).get(code[at:at + 1], "")


@lru_cache(maxsize=1 << 14)
def _rules_of(folder: Path, system: str, code: str) -> tuple[_Rule, ...]:
    """The rule of each flag that is nearest above a code: the code itself, else the longest family.
    """
    if not codes.fits(code, system):
        return ()  # or any word with an O before it would be a pregnancy
    nearest: dict[str, _Rule] = {}
    whole, families = _tables(folder, system)
    starts = [code[:length] for length in range(1, len(code) + 1)]
    for rule in (*(rule for start in starts for rule in families.get(start, ())),
                 *whole.get(code, ())):
        nearest[rule.flag] = rule
    return tuple(nearest.values())


@cache
def _sites(folder: Path) -> dict[str, str]:
    return {row["code"]: codes.SIDES.get(row["side"], "")
            for row in codes.rows_of(folder / "codes" / "sites.csv", ("code", "side"))}


_Table = dict[str, tuple[_Rule, ...]]


@cache
def _tables(folder: Path, system: str) -> tuple[_Table, _Table]:
    """The rules of whole codes, and of families: entries that end in `-`."""
    whole: _Table = {}
    families: _Table = {}
    name = f"{system}_flags.csv"
    for row in codes.rows_of(folder / "codes" / name, ("flag", "code_or_prefix")):
        entry = codes.plain(row["code_or_prefix"])
        table = families if entry.endswith("-") else whole
        rule = _rule(row, entry.rstrip("-"), name)
        table[rule.code] = (*table.get(rule.code, ()), rule)
    return whole, families


def _rule(row: Mapping[str, str], code: str, name: str) -> _Rule:
    """The rule of a row, whose columns beyond flag and code may not be there."""
    given = row.get("days", "")
    days = given.removesuffix("?")
    if days and not (days.isascii() and days.isdecimal()):
        raise codes.wrong_table(name, "'days' is no number")
    return _Rule(row["flag"], code, row.get("side", ""), row.get("ask", ""),
                 frozenset(row.get("visits", "").split()), int(days) if days else None,
                 given.endswith("?"))
