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
from handouts.pack.catalogue import Catalogue
from handouts.pack.structure import (
    CauseData,
    FlagData,
    PartData,
    RoutineData,
    StateData,
    VerdictData,
)
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

    def is_light(self, catalogue: Catalogue) -> bool:
        """Whether only light pressure may be printed."""
        return not set(catalogue.body.light).isdisjoint(self.conditions)


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


def decide(catalogue: Catalogue, cause: str, state: str | None = None, *,
           flags: Collection[str] = (), age: int | None = None) -> Advice:
    """The Advice for a cause in a state (None: nobody has said, the screened variant).

    Raises UsageError for an unknown cause, state or flag, UnsafeError under 18 years.
    """
    data = catalogue.cause(cause)
    if state is not None and state not in data.states:
        raise unknown(f"state of {cause}", state, data.states)
    restrictions = {name: catalogue.flag(name) for name in flags}
    refuse_children(age)
    ordered = tuple(name for name in catalogue.structure.flags if name in restrictions)
    rulings = _rulings(catalogue, cause, state or data.calm)
    for name in (name for name in ordered if not restrictions[name].wait):  # those rule by waiting
        rulings = {massage: _restrict(catalogue, ruling, massage, name)
                   for massage, ruling in rulings.items()}
    if state is None:
        rulings = {massage: _unexamined(ruling) for massage, ruling in rulings.items()}
    waits = _waits(catalogue, data, state, restrictions.values(), rulings)
    if waits:
        rulings = {massage: _stop(ruling, waits) for massage, ruling in rulings.items()}
    routine = _routine(catalogue, cause, state, restrictions.values(), rulings)
    allowed = {massage: ruling.on for massage, ruling in rulings.items() if ruling.allowed}
    forbidden = frozenset(forbidden_by(catalogue, ordered, waits))
    light = frozenset(name for name in allowed if rulings[name].is_light(catalogue))
    found = Situation(cause, data, restrictions, waits, allowed, forbidden, state is not None,
                      light)
    care = care_of(found, catalogue)
    return Advice(
        cause=cause, state=state, flags=ordered,
        rulings=rulings, routine=routine, waits=waits,
        tips=() if care.urgency == "now" else _tips(catalogue, state, found),
        helps=() if waits else _helps(catalogue, found), care=care,
    )


def needs_helper(advice: Advice, catalogue: Catalogue) -> bool:
    """Whether the patient can't say what hurts, so that words are told to a helper who watches."""
    return any(catalogue.flag(name).helper for name in advice.flags)


def forbidden_by(catalogue: Catalogue, flags: Iterable[str],
                 waits: Iterable[str]) -> Iterator[str]:
    """All that nothing on the handout may offer, beside these flags and waits."""
    for name in flags:
        yield from catalogue.body.forbidden(catalogue.flag(name))
    for name in waits:
        yield from catalogue.structure.waits[name].forbids


# -- massages --------------------------------------------------------------------------------------


def _rulings(catalogue: Catalogue, cause: str, state: str) -> dict[str, Ruling]:
    """The matrix row of a cause's state; a group's row is the most cautious of its kinds."""
    data = catalogue.cause(cause).states[state]
    rule = Reason("state", state, cause)
    if data.of:
        rows = [_rulings(catalogue, kind, inner) for kind, inner in data.of.items()]
        return {massage: _lightly(catalogue, massage, reduce(_join, (row[massage] for row in rows)))
                for massage in catalogue.structure.massages}
    return {massage: _ruling(catalogue, massage, data, rule)
            for massage in catalogue.structure.massages}


def _ruling(catalogue: Catalogue, massage: str, state: StateData, rule: Reason) -> Ruling:
    cell = state.massages.get(massage, VerdictData("no"))
    verdict = Verdict[cell.verdict.upper()]
    regions = frozenset(cell.on or catalogue.massage(massage).regions)
    agreed = catalogue.body.agreed
    conditions = (agreed, *cell.conditions) if verdict is Verdict.IF else cell.conditions
    return _lightly(catalogue, massage, Ruling(
        verdict, regions, conditions, () if verdict is Verdict.YES else (rule,)))


def _lightly(catalogue: Catalogue, massage: str, ruling: Ruling) -> Ruling:
    """The ruling; none of a massage that presses harder, where only light pressure is allowed."""
    body = catalogue.body
    if ruling.is_light(catalogue) and not body.can_be_light(catalogue.massage(massage)):
        return replace(ruling, verdict=Verdict.NO)
    return ruling


def _join(first: Ruling, second: Ruling) -> Ruling:
    """The more cautious of two rulings in every respect."""
    regions = first.on & second.on
    return Ruling(
        min(first.verdict, second.verdict) if regions else Verdict.NO, regions,
        _union(first.conditions, second.conditions), _union(first.reasons, second.reasons))


def _restrict(catalogue: Catalogue, ruling: Ruling, massage: str, name: str) -> Ruling:
    """The ruling after one flag; never wider than before."""
    flag = catalogue.flag(name)
    ceiling = Verdict.YES if massage in flag.yes else (
        Verdict.IF if massage in flag.ask else Verdict.NO)
    if not catalogue.body.forbidden(flag).isdisjoint(catalogue.massage(massage).offers):
        ceiling = Verdict.NO
    regions = ruling.on - set(flag.keep_off)
    verdict = min(ruling.verdict, ceiling) if regions else Verdict.NO
    asked = (catalogue.body.agreed,) if verdict is Verdict.IF else ()
    after = _lightly(catalogue, massage, Ruling(
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


def _waits(catalogue: Catalogue, cause: CauseData, state: str | None,
           flags: Iterable[FlagData], rulings: Mapping[str, Ruling]) -> tuple[str, ...]:
    """The situations that make everything wait, the most urgent first."""
    found = {flag.wait or flag.screened_wait for flag in flags
             if flag.wait or (flag.screened_wait and state is None)}
    said = cause.states[state].wait if state is not None else cause.screened_wait
    if said:
        found.add(said)
    elif not any(ruling.allowed for ruling in rulings.values()):
        found.add(catalogue.body.ask_first)
    return tuple(sorted(found, key=lambda wait: catalogue.structure.waits[wait].first))


# -- the routine, tips and helps -------------------------------------------------------------------


def _routine(catalogue: Catalogue, cause: str, state: str | None,
             flags: Iterable[FlagData], rulings: Mapping[str, Ruling]) -> RoutineAdvice | None:
    data = catalogue.cause(cause)
    found = state or data.calm
    base = _routine_data(catalogue, data, data.states[found])
    strokes = rulings[catalogue.body.routine]
    if base is None or not strokes.allowed:
        return None
    unflagged = _rulings(catalogue, cause, found)
    by_state = () if state is None else base.parts
    given = {name: Verdict.NO if (part.by_state and name not in by_state)
             or (part.region and part.region not in strokes.on)
             else _verdict(part, unflagged, rulings)
             for name, part in catalogue.body.parts.items()}
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


def _routine_data(catalogue: Catalogue, cause: CauseData, state: StateData) -> RoutineData | None:
    """What the state's routine may hold; a group's is what all of its kinds may hold."""
    if not state.of:
        return state.routine
    kinds = [catalogue.cause(kind) for kind in state.of]
    rows = [_routine_data(catalogue, kind, kind.states[inner])
            for kind, inner in zip(kinds, state.of.values(), strict=True)]
    found = [row for row in rows if row is not None]
    if len(found) < len(rows):
        return None
    shared = tuple(move for move in found[0].moves if all(move in row.moves for row in found))
    parts = tuple(part for part in found[0].parts if all(part in row.parts for row in found))
    return RoutineData(parts, shared)


def _tips(catalogue: Catalogue, state: str | None, found: Situation) -> tuple[str, ...]:
    tips, data = catalogue.structure.tips, found.data
    cleared = state is not None and data.states[state].cleared
    return tuple(tip for tip in data.tips if found.forbidden.isdisjoint(tips[tip].offers)
                 and not (found.waits and tips[tip].active)
                 and not (cleared and tips[tip].resting))


def _helps(catalogue: Catalogue, found: Situation) -> tuple[str, ...]:
    return tuple(name for name in found.data.helps
                 if found.forbidden.isdisjoint(catalogue.structure.helps[name].offers))


def _union(*groups: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
