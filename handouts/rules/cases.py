"""All that one patient's conditions say → the one handout to ask for, the most cautious."""

from collections import Counter
from dataclasses import dataclass, field
from typing import cast

from handouts.errors import InputError
from handouts.pack.catalogue import Catalogue
from handouts.request.request import Patient, Request, Side


@dataclass(frozen=True)
class CodedCondition:
    """What a Condition says; `clash` means that its code and its body site name two sides.

    `side` is that of the cause and of the flags. `doubted` is a cause that may stand behind it, but
    that it does not fix.
    """

    cause: str = ""
    side: str = ""
    clash: bool = False
    doubted: str = ""
    flags: tuple[str, ...] = ()
    unused: str = ""


@dataclass
class Case:
    """What a patient's conditions say together; `unread` tells that one can't be read."""

    causes: dict[str, list[CodedCondition]] = field(default_factory=dict)
    doubted: set[str] = field(default_factory=set)
    flags: dict[str, set[str]] = field(default_factory=dict)  # each with the sides it is said of
    unused: Counter[str] = field(default_factory=Counter)
    unread: bool = False

    def add(self, finding: CodedCondition) -> None:
        """Takes in what one more condition says."""
        if finding.cause:
            self.causes.setdefault(finding.cause, []).append(finding)
        if finding.doubted:
            self.doubted.add(finding.doubted)
        if finding.unused:
            self.unused[finding.unused] += 1
        for flag in finding.flags:
            self.flags.setdefault(flag, set()).add(finding.side)

    def join(self, other: "Case") -> None:
        """Takes in what the same patient's other conditions say."""
        for cause, findings in other.causes.items():
            self.causes.setdefault(cause, []).extend(findings)
        self.doubted |= other.doubted
        for flag, sides in other.flags.items():
            self.flags.setdefault(flag, set()).update(sides)
        self.unused += other.unused
        self.unread |= other.unread


def request_of(case: Case, catalogue: Catalogue, panel: Patient,
               language: str) -> tuple[Request, Counter[str]]:
    """The request for the most cautious cause, and how many conditions it leaves unused.

    Nobody has said what was found today, so no state: the screened variant. InputError
    where the conditions are at odds, or leave an urgent cause in doubt.
    """
    cause, *others = sorted(case.causes, key=lambda name: catalogue.cause(name).rank)
    _refuse_doubt(case, cause, catalogue)
    winners = case.causes[cause]
    if any(finding.clash for finding in winners):
        raise InputError("code and body site name two different sides", where="Condition",
                         cure="Mend the one that is wrong.")
    sides = {finding.side for finding in winners if finding.side}
    side = "both" if len(sides) > 1 else next(iter(sides), "")
    flags = [flag for flag in catalogue.structure.flags if _applies_to(side, case.flags.get(flag))]
    request = Request(cause=cause, side=cast(Side, side), flags=tuple(flags), language=language,
                      patient=panel)
    return request, +Counter({
        "condition:other-cause": sum(len(case.causes[name]) for name in others),
        "flag:other-side": len(case.flags) - len(flags)})


def _applies_to(side: str, said: set[str] | None) -> bool:
    """Whether a flag is said of the side that a handout is for, and not of the other one alone."""
    if said is None:
        return False
    return side in ("", "both") or bool(said & {"", "both", side})


def _refuse_doubt(case: Case, chosen: str, catalogue: Catalogue) -> None:
    """Something urgent may stand in what is not sure or can't be read: a person must look."""
    if case.unread:
        raise InputError("has another condition that can't be read", where="Condition",
                         cure="Mend that one; it has a row of its own.")
    waits = catalogue.structure.waits
    for name in sorted(case.doubted):
        cause = catalogue.cause(name)
        urgent = cause.screened_wait and waits[cause.screened_wait].urgency != "soon"
        if urgent and cause.rank < catalogue.cause(chosen).rank:
            raise InputError(
                f"may have something more urgent than {chosen} ({name}: not confirmed, or not "
                "said to be in this part of the body)", where="Condition",
                cure="Look at the record, then make this handout by itself.")
