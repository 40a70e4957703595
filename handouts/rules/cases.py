"""All that one patient's record says → the one handout to ask for, the most cautious."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import cast

from handouts.coding.flagcodes import Flagged, applies_to
from handouts.errors import DoubtError
from handouts.pack.pack import Pack
from handouts.request.request import Patient, Request, Side


@dataclass(frozen=True)
class RecordEntry:
    """What a condition, a medicine or a procedure of a record says.

    `clash` means that its codes, its body site and its words name two sides. `doubted` is a cause
    that may stand behind it, but that it does not fix. `unused` holds the kinds of what was not
    used, `by_name` the medicines and conditions that were known by their name alone. `adult` tells
    that its patient is of age.
    """

    cause: str = ""
    side: str = ""
    clash: bool = False
    doubted: str = ""
    flags: tuple[Flagged, ...] = ()
    unused: tuple[str, ...] = ()
    by_name: tuple[str, ...] = ()
    adult: bool = False


@dataclass
class Case:
    """What a patient's record says together; `unread` tells that a condition can't be read.

    `looked_at` counts the entries by kind.
    """

    causes: dict[str, list[RecordEntry]] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)
    flags: dict[str, set[str]] = field(default_factory=dict)  # each with the sides it is said of
    unused: Counter[str] = field(default_factory=Counter)
    looked_at: Counter[str] = field(default_factory=Counter)
    by_name: Counter[str] = field(default_factory=Counter)
    unread: bool = False
    asked: set[str] = field(default_factory=set)  # flags that may be so
    held: set[str] = field(default_factory=set)  # those that nobody could read
    adult: bool = False

    def add(self, entry: RecordEntry, kind: str = "conditions") -> None:
        """Takes in what one more entry says."""
        if entry.cause:
            self.causes.setdefault(entry.cause, []).append(entry)
        if entry.doubted:
            self.doubted.add(entry.doubted)
        self.looked_at[kind] += 1
        self.by_name.update(entry.by_name)
        self.unused.update(entry.unused)
        self.adult |= entry.adult
        for flag, side, asks, holds in entry.flags:
            if asks:
                self.unused[f"to-ask:{flag}"] += 1
                (self.held if holds else self.asked).add(flag)
            else:
                self.flags.setdefault(flag, set()).add(side)

    def join(self, other: "Case") -> None:
        """Takes in what the rest of the same patient's record says."""
        for cause, entries in other.causes.items():
            self.causes.setdefault(cause, []).extend(entries)
        self.doubted |= other.doubted
        for flag, sides in other.flags.items():
            self.flags.setdefault(flag, set()).update(sides)
        self.unused += other.unused
        self.looked_at += other.looked_at
        self.by_name += other.by_name
        self.unread |= other.unread
        self.asked |= other.asked
        self.held |= other.held
        self.adult |= other.adult


def request_of(case: Case, pack: Pack, panel: Patient, language: str, *,
               where: str = "Condition") -> tuple[Request, Counter[str]]:
    """The request for the most cautious cause, and how many conditions it leaves unused.

    Nobody has said what was found today, so no state: the screened variant. DoubtError, of the
    place `where`, for conditions that are at odds, or leave an urgent cause in doubt.
    """
    cause, *others = sorted(case.causes, key=lambda name: pack.cause(name).rank)
    winners = case.causes[cause]
    sides = {entry.side for entry in winners if entry.side}
    side = "both" if len(sides) > 1 else next(iter(sides), "")
    flags = [flag for flag in pack.structure.flags
             if flag in case.flags and applies_to(side, case.flags[flag])]
    refuse_doubt(case, cause, flags, pack, where=where)
    if any(entry.clash for entry in winners):
        raise DoubtError("codes, body site and words of a condition name different sides",
                         where=where, field=where, cure="Mend the one that is wrong.")
    request = Request(cause=cause, side=cast(Side, side), flags=tuple(flags), language=language,
                      patient=panel)
    stricter = [name for name in case.doubted - case.causes.keys()
                if _is_stricter(pack, name, cause)]
    return request, +Counter({
        **dict.fromkeys((f"to-ask:{name}" for name in stricter), 1),
        "condition:other-cause": sum(len(case.causes[name]) for name in others),
        "flag:other-side": len(case.flags) - len(flags)})


def _is_stricter(pack: Pack, doubted: str, chosen: str) -> bool:
    """Whether a cause that may stand behind something forbids a massage that the chosen one offers,
    each at its calmest."""
    kinds = [pack.cause(name).states[pack.cause(name).calm].massages for name in (doubted, chosen)]
    refused, offered = ({name for name, ruled in kind.items() if (ruled.verdict == "no") is is_no}
                        for kind, is_no in zip(kinds, (True, False), strict=True))
    return pack.cause(doubted).rank < pack.cause(chosen).rank and bool(refused & offered)


def most_cautious(pack: Pack, causes: Iterable[str]) -> str:
    """Of several causes the most cautious one, or nothing."""
    return min(causes, key=lambda name: pack.cause(name).rank, default="")


def refuse_doubt(case: Case, chosen: str, flags: Sequence[str], pack: Pack, *,
                 where: str = "Condition") -> None:
    """Raises DoubtError where something urgent may stand in what is not sure or can't be read: a
    person must look. Only `flags` that are sure of this side leave nothing to ask."""
    if case.unread:
        raise DoubtError("has another condition that can't be read", where=where, field=where,
                         cure="Mend that one; it has a row of its own.")
    refuse_doubted_flags(pack, case.asked.difference(flags), case.held.difference(flags),
                         where=where)
    for name in sorted(case.doubted):
        cause = pack.cause(name)
        if _is_urgent(pack, cause.screened_wait) and cause.rank < pack.cause(chosen).rank:
            raise DoubtError(
                f"may have something more urgent than {chosen} ({name}: not confirmed, or not "
                "said to be in this part of the body)", where=where, field=where,
                cure="Look at the record, then make this handout by itself.")


def refuse_doubted_flags(pack: Pack, asked: Iterable[str], held: Iterable[str] = (), *,
                         where: str) -> None:
    """Raises DoubtError for flags that may be so, where massage could do harm before anyone asks.

    That is each that could not be read (`held`), and of those that are only to be asked for
    (`asked`) what is to be seen today.
    """
    urgent = {name for name in asked if _is_urgent(pack, pack.flag(name).wait)}
    if doubted := [name for name in pack.structure.flags if name in {*held, *urgent}]:
        raise DoubtError(
            f"may say {' or '.join(doubted)}, but codes and words do not tell for sure",
            where=where, field=where,
            cure="Look at the record, then make this handout by itself, with that flag or without.")


def _is_urgent(pack: Pack, wait: str) -> bool:
    """Whether a wait says to be seen now or today."""
    return bool(wait) and pack.structure.waits[wait].urgency != "soon"
