"""The steps of the routine with their minutes, which together are the length that the page tells.

Each step has its time from the pack. Where a session must be shorter, the step with the most to
spare gives a minute, then the next; where a clinician's is longer, the rest at the end takes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handouts.errors import InputError
from handouts.pack.contract import MEDIUM
from handouts.pack.pack import Pack
from handouts.pack.routine import CellData
from handouts.request.request import Dose
from handouts.rules.safety import Advice

Minutes = tuple[int, int]  # at least, at most


class SessionStep(NamedTuple):
    """A cell of the routine, its minutes, and how few of them will do."""

    cell: CellData
    minutes: Minutes
    least: int

    @property
    def is_short(self) -> bool:
        """Whether it has less than the time that its usual words ask for."""
        return self.minutes[1] < self.cell.minutes[0]

    @property
    def seconds(self) -> int:
        """The seconds that each of its spots may have."""
        each = self.minutes[0] * 60 // max(self.cell.spots, 1)
        return min(each, self.cell.most_seconds or each)

    def within(self, low: int, high: int) -> "SessionStep":
        """The step with other minutes."""
        return self._replace(minutes=(low, high))


@dataclass(frozen=True)
class Session:
    """The routine as it is printed: its steps, the moves of the last, its rest and whole length."""

    steps: tuple[SessionStep, ...]
    moves: tuple[str, ...]
    rest: Minutes
    minutes: Minutes

    @property
    def parts(self) -> frozenset[str]:
        """The parts of the routine that it holds."""
        return frozenset(step.cell.part for step in self.steps if step.cell.part)

    @property
    def medium(self) -> bool:
        """Whether a stroke may be more than light."""
        return any(MEDIUM in step.cell.needs for step in self.steps)


def session_of(advice: Advice, massages: Sequence[str], doses: Mapping[str, Dose],
               pack: Pack) -> Session | None:
    """The routine that the Advice leaves, or None; InputError for a dose that is too short for it.
    """
    own = pack.body.routine
    if advice.routine is None or own not in massages:
        return None
    data, asked = pack.massage(own), doses.get(own)
    usual = data.gentle_minutes if advice.screened else data.minutes
    wanted = (asked.minutes, asked.minutes) if asked else usual
    steps = _shortened(_steps(advice, doses, pack), wanted[1], own)
    if asked:
        steps = _lengthened(steps, asked.minutes)
    whole = sum(step.minutes[0] for step in steps), sum(step.minutes[1] for step in steps)
    if wanted[0] <= whole[0]:
        whole = wanted  # the steps lie within it, and it is what was studied
    moves, rest = _finish(steps[-1], advice.routine.moves)
    return Session(tuple(steps), moves, rest, whole)


def least_minutes(advice: Advice, doses: Mapping[str, Dose], pack: Pack) -> int:
    """The fewest minutes that the routine's steps take, beside doses of other massages."""
    others = {name: dose for name, dose in doses.items() if name != pack.body.routine}
    return sum(step.least for step in _steps(advice, others, pack))


def _steps(advice: Advice, doses: Mapping[str, Dose], pack: Pack) -> list[SessionStep]:
    """The cells that the Advice leaves, with the pack's minutes or those of a dose of their own."""
    parts = set(advice.routine.parts) if advice.routine else set[str]()
    if not advice.screened and not advice.rulings[pack.body.routine].is_light(
            pack):
        parts.add(MEDIUM)
    return [_step(cell, doses) for cell in pack.structure.routine.cells
            if parts.issuperset(filter(None, [cell.part, *cell.needs]))
            and parts.isdisjoint(cell.unless)]


def _step(cell: CellData, doses: Mapping[str, Dose]) -> SessionStep:
    if cell.dosed_by not in doses:
        return SessionStep(cell, cell.minutes, cell.least)
    asked = doses[cell.dosed_by].minutes
    return SessionStep(cell, (asked, asked), asked)


def _shortened(steps: list[SessionStep], most: int, massage: str) -> list[SessionStep]:
    """The steps with so much less time that all together take at most this long."""
    least = sum(step.least for step in steps)
    if least > most:
        raise InputError(f"{most} minutes are too few for the steps", where=f"dose of {massage}",
                         field="doses", item=massage, cure=f"Give it {least} or more.")
    highs = [step.minutes[1] for step in steps]
    while sum(highs) > most:
        spare = [high - step.least for high, step in zip(highs, steps, strict=True)]
        highs[spare.index(max(spare))] -= 1
    return [step.within(min(step.minutes[0], high), high)
            for step, high in zip(steps, highs, strict=True)]


def _lengthened(steps: list[SessionStep], minutes: int) -> list[SessionStep]:
    """The steps at their longest, and the last so much longer that all take just this long."""
    longest = [step.within(step.minutes[1], step.minutes[1]) for step in steps]
    *others, last = longest
    end = minutes - sum(step.minutes[1] for step in others)
    return [*others, last.within(end, end)]


def _finish(last: SessionStep, moves: tuple[str, ...]) -> tuple[tuple[str, ...], Minutes]:
    """The moves that the last step has time for, a minute each, and the minutes of its rest."""
    if last.is_short:
        return moves[:max(last.minutes[1] - 1, 1)], (1, 1)
    more = last.minutes[1] - last.cell.minutes[1]
    return moves, (1 + more, 2 + more)
