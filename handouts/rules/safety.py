"""What may be printed for one patient: decide(cause, state, flags, age) → Advice.

Templates can print nothing that is not in the Advice. The rules are data (causes.toml, flags.toml);
this module only joins them, and joining never allows more: verdicts of massages and of parts take
the minimum, regions the intersection, conditions the union.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import reduce
from typing import Literal, NamedTuple, TypeVar

from handouts.errors import unknown
from handouts.pack.pack import Pack
from handouts.pack.routine import PartData
from handouts.pack.structure import CauseData, FlagData, RoutineData, StateData, VerdictData
from handouts.request.days import refuse_children
from handouts.rules.care import Care, Situation, care_of

T = TypeVar("T")


class Reason(NamedTuple):
    """A rule that narrowed what may be printed: a `name`d flag or wait, the state of that name of
    a `cause`, or that nobody has examined the patient."""

    kind: Literal["state", "flag", "wait", "screened"]
    name: str = ""
    cause: str = ""

    def __str__(self) -> str:
        """The id of the rule, such as `flag:numbness` or `state:gout.between`."""
        return self.kind + (self.name and f":{self.cause and f'{self.cause}.'}{self.name}")


class Verdict(IntEnum):
    """Whether a massage may be used: no, only if a clinician said so, or yes (gently)."""

    NO = 0
    IF = 1
    YES = 2


@dataclass(frozen=True)
class Ruling:
    """What the rules say of one massage; `reasons` are the rules that narrowed it."""

    verdict: Verdict
    on: frozenset[str]
    conditions: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be printed as something to do."""
        return self.verdict is not Verdict.NO

    def is_light(self, pack: Pack) -> bool:
        """Whether only light pressure may be printed."""
        return not set(pack.body.light).isdisjoint(self.conditions)


@dataclass(frozen=True)
class RoutineAdvice:
    """The verdict of each part that the routine may show, and its moves.

    `verdict` is that of the strokes, which every routine has, and so of the routine as a whole.
    """

    verdict: Verdict
    parts: Mapping[str, Verdict]
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """All that may be printed; with anything in `waits`, massage must wait and none is allowed.

    `state` is what a clinician found; None: nobody has examined the patient.
    """

    cause: str
    state: str | None
    flags: tuple[str, ...]
    rulings: Mapping[str, Ruling]
    routine: RoutineAdvice | None
    tips: tuple[str, ...]
    helps: tuple[str, ...]
    waits: tuple[str, ...]
    care: Care

    @property
    def screened(self) -> bool:
        """Whether nobody has examined the patient."""
        return self.state is None


def decide(pack: Pack, cause: str, state: str | None = None, *,
           flags: Collection[str] = (), age: int | None = None) -> Advice:
    """The Advice for a cause in a state (None: nobody has said, the screened variant).

    Raises UsageError for an unknown cause, state or flag, UnsafeError under 18 years.
    """
    data = pack.cause(cause)
    if state is not None and state not in data.states:
        raise unknown(f"state of {cause}", state, data.states)
    restrictions = {name: pack.flag(name) for name in flags}
    refuse_children(age)
    ordered = tuple(name for name in pack.structure.flags if name in restrictions)
    rulings = _rulings(pack, cause, state or data.calm)
    for name in (name for name in ordered if not restrictions[name].wait):  # those rule by waiting
        rulings = {massage: _restrict(pack, ruling, massage, name)
                   for massage, ruling in rulings.items()}
    if state is None:
        rulings = {massage: _unexamined(ruling) for massage, ruling in rulings.items()}
    waits = _waits(pack, data, state, restrictions, rulings)
    if waits:
        rulings = {massage: _stop(ruling, waits) for massage, ruling in rulings.items()}
    routine = _routine(pack, cause, state, restrictions.values(), rulings)
    allowed = {massage: ruling.on for massage, ruling in rulings.items() if ruling.allowed}
    forbidden = frozenset(forbidden_by(pack, ordered, waits))
    light = frozenset(name for name in allowed if rulings[name].is_light(pack))
    found = Situation(cause, data, restrictions, waits, allowed, forbidden, state is not None,
                      light)
    care = care_of(found, pack)
    return Advice(
        cause=cause, state=state, flags=ordered,
        rulings=rulings, routine=routine, waits=waits,
        tips=() if care.urgency == "now" else _tips(pack, state, found),
        helps=() if waits else _helps(pack, found), care=care,
    )


def readers_of(advice: Advice, pack: Pack) -> tuple[str, ...]:
    """Whom the words are told to, tables of instead.toml in the order of the flags: where a flag
    takes away what a sentence relies on, another one stands in its place."""
    found = (pack.flag(name).instead for name in advice.flags)
    return tuple(dict.fromkeys(filter(None, found)))


def forbidden_by(pack: Pack, flags: Iterable[str],
                 waits: Iterable[str]) -> Iterator[str]:
    """All that nothing on the handout may offer, beside these flags and waits."""
    for name in flags:
        yield from pack.body.forbidden(pack.flag(name))
    for name in waits:
        yield from pack.structure.waits[name].forbids


# -- massages --------------------------------------------------------------------------------------


def _rulings(pack: Pack, cause: str, state: str) -> dict[str, Ruling]:
    """The matrix row of a cause's state; a group's row is the most cautious of its kinds."""
    data = pack.cause(cause).states[state]
    rule = Reason("state", state, cause)
    if data.of:
        rows = [_rulings(pack, kind, inner) for kind, inner in data.of.items()]
        return {massage: _lightly(pack, massage, reduce(_join, (row[massage] for row in rows)))
                for massage in pack.structure.massages}
    return {massage: _ruling(pack, massage, data, rule)
            for massage in pack.structure.massages}


def _ruling(pack: Pack, massage: str, state: StateData, rule: Reason) -> Ruling:
    cell = state.massages.get(massage, VerdictData("no"))
    verdict = Verdict[cell.verdict.upper()]
    regions = frozenset(cell.on or pack.massage(massage).regions)
    agreed = pack.body.agreed
    conditions = (agreed, *cell.conditions) if verdict is Verdict.IF else cell.conditions
    return _lightly(pack, massage, Ruling(
        verdict, regions, conditions, () if verdict is Verdict.YES else (rule,)))


def _lightly(pack: Pack, massage: str, ruling: Ruling) -> Ruling:
    """The ruling; none of a massage that presses harder, where only light pressure is allowed."""
    body = pack.body
    if ruling.is_light(pack) and not body.can_be_light(pack.massage(massage)):
        return replace(ruling, verdict=Verdict.NO)
    return ruling


def _join(first: Ruling, second: Ruling) -> Ruling:
    """The more cautious of two rulings in every respect."""
    regions = first.on & second.on
    return Ruling(
        min(first.verdict, second.verdict) if regions else Verdict.NO, regions,
        _union(first.conditions, second.conditions), _union(first.reasons, second.reasons))


def _restrict(pack: Pack, ruling: Ruling, massage: str, name: str) -> Ruling:
    """The ruling after one flag; never wider than before."""
    flag = pack.flag(name)
    ceiling = Verdict.YES if massage in flag.yes else (
        Verdict.IF if massage in flag.ask else Verdict.NO)
    if not pack.body.forbidden(flag).isdisjoint(pack.massage(massage).offers):
        ceiling = Verdict.NO
    regions = ruling.on - set(flag.keep_off)
    verdict = min(ruling.verdict, ceiling) if regions else Verdict.NO
    asked = (pack.body.agreed,) if verdict is Verdict.IF else ()
    after = _lightly(pack, massage, Ruling(
        verdict, regions, _union(asked, ruling.conditions, flag.conditions), ruling.reasons))
    touched = after.verdict < ruling.verdict or regions != ruling.on
    own = (Reason("flag", name),) if touched else ()
    return replace(after, reasons=_union(ruling.reasons, own))


def _unexamined(ruling: Ruling) -> Ruling:
    """Nobody has examined the patient: nothing that is only allowed if a clinician says so."""
    if ruling.verdict is not Verdict.IF:
        return ruling
    return replace(ruling, verdict=Verdict.NO,
                   reasons=_union(ruling.reasons, (Reason("screened"),)))


def _stop(ruling: Ruling, waits: tuple[str, ...]) -> Ruling:
    rules = tuple(Reason("wait", wait) for wait in waits)
    return replace(ruling, verdict=Verdict.NO, reasons=_union(ruling.reasons, rules))


def _waits(pack: Pack, cause: CauseData, state: str | None,
           flags: Mapping[str, FlagData], rulings: Mapping[str, Ruling]) -> tuple[str, ...]:
    """The situations that make everything wait, the most urgent first."""
    found = {flag.wait or flag.screened_wait for flag in flags.values()
             if flag.wait or (flag.screened_wait and state is None)}
    said = cause.states[state].wait if state is not None else cause.screened_wait
    if said:
        worse = pack.structure.waits[said].worse
        found.update((said, *(wait for name, wait in worse.items() if name in flags)))
    elif not any(ruling.allowed for ruling in rulings.values()):
        found.add(pack.body.ask_first)
    return tuple(sorted(found, key=lambda wait: pack.structure.waits[wait].first))


# -- the routine, tips and helps -------------------------------------------------------------------


def _routine(pack: Pack, cause: str, state: str | None,
             flags: Iterable[FlagData], rulings: Mapping[str, Ruling]) -> RoutineAdvice | None:
    data = pack.cause(cause)
    found = state or data.calm
    base = _routine_data(pack, data, data.states[found])
    strokes = rulings[pack.body.routine]
    if base is None or not strokes.allowed:
        return None
    unflagged = _rulings(pack, cause, found)
    by_state = () if state is None else base.parts
    given = {name: Verdict.NO if (part.by_state and name not in by_state)
             or (part.region and part.region not in strokes.on)
             else _verdict(part, unflagged, rulings)
             for name, part in pack.body.parts.items()}
    least = Verdict.YES if state is None else Verdict.IF
    ruled = {part: min([verdict, *(Verdict[flag.parts.get(part, "no").upper()] for flag in flags)])
             for part, verdict in given.items()}
    moves = tuple(move for move in base.moves
                  if all(flag.moves.get(move, "no") == "yes" for flag in flags))
    return RoutineAdvice(strokes.verdict, {part: verdict for part, verdict in ruled.items()
                                           if verdict >= least}, moves)


def _verdict(part: PartData, unflagged: Mapping[str, Ruling],
             rulings: Mapping[str, Ruling]) -> Verdict:
    """The verdict of a part's massage, before or after the flags; those rule the part, too."""
    return (unflagged if part.follows == "state" else rulings)[part.massage].verdict


def _routine_data(pack: Pack, cause: CauseData, state: StateData) -> RoutineData | None:
    """What the state's routine may hold; a group's is what all of its kinds may hold."""
    if not state.of:
        return state.routine
    kinds = [pack.cause(kind) for kind in state.of]
    rows = [_routine_data(pack, kind, kind.states[inner])
            for kind, inner in zip(kinds, state.of.values(), strict=True)]
    found = [row for row in rows if row is not None]
    if len(found) < len(rows):
        return None
    shared = tuple(move for move in found[0].moves if all(move in row.moves for row in found))
    parts = tuple(part for part in found[0].parts if all(part in row.parts for row in found))
    return RoutineData(parts, shared)


def _tips(pack: Pack, state: str | None, found: Situation) -> tuple[str, ...]:
    tips, data = pack.structure.tips, found.data
    cleared = state is not None and data.states[state].cleared
    return tuple(tip for tip in data.tips if found.forbidden.isdisjoint(tips[tip].offers)
                 and not (found.waits and tips[tip].active)
                 and not (cleared and not found.waits and tips[tip].resting))


def _helps(pack: Pack, found: Situation) -> tuple[str, ...]:
    return tuple(name for name in found.data.helps
                 if found.forbidden.isdisjoint(pack.structure.helps[name].offers))


def _union(*groups: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
