"""What can go wrong, and the exit code each kind of it ends with.

HandoutError
├── UsageError      2   a cause, option or id that does not exist (with near matches)
├── InputError      3   a request, CSV or FHIR input that can't be used
│   ├── DoubtError  3   what only a person who looks at the record can decide
│   └── UnsafeError 3   a choice that the safety rules forbid
├── PackError       4   a content pack, brand or template is wrong
│   └── NoRoomError 4   its words take more room than the page has
└── OutputError     5   a file can't be written
    └── StdoutError 5   stdout does not take the result

A message says what is wrong, where, and how to cure it; never a patient's value. It is text that
every stream and every JSON can hold, whatever bytes the name of a file is made of.
"""

import re
from collections.abc import Iterable
from enum import IntEnum

from handouts.paths import shown


class ExitCode(IntEnum):
    """The exit codes of the command line; the numbers are a promise."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    PACK = 4
    OUTPUT = 5
    BUG = 70
    INTERRUPTED = 130


class HandoutError(Exception):
    """A problem that a person can mend: what it is, where it is, and the cure.

    Those are words for people. Whoever does one thing or another tells errors apart by their class
    and by `field`: the field of `Request` or `Patient` that is wrong, another one that a row has
    (code, protocol, examined_on), "row" for its shape, or FHIR's name of the part of a record;
    `item` is the one of several that a field holds, such as the massage of a dose.
    """

    exit_code = ExitCode.BUG

    def __init__(self, problem: str, *, where: str = "", cure: str = "", field: str = "",
                 item: str = "") -> None:
        self.problem, self.cure = _lines(problem), _lines(cure)
        self.where, self.field, self.item = shown(where), field, item
        super().__init__(self.problem)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f"\n{self.cure}" if self.cure else ""
        return f"{place}{self.problem}{cure}"


class UsageError(HandoutError):
    """Something was asked for that does not exist."""

    exit_code = ExitCode.USAGE


class InputError(HandoutError):
    """A request or an input file can't be used."""

    exit_code = ExitCode.INPUT


class DoubtError(InputError):
    """What is said is at odds, or may mean something more urgent: a person must look, and no other
    word in its place settles it."""


class UnsafeError(InputError):
    """The safety rules forbid what was chosen; there is no override."""


class PackError(HandoutError):
    """A content pack, brand or template is wrong; tells every problem found in it."""

    exit_code = ExitCode.PACK

    def __init__(self, problem: str, *, where: str = "", cure: str = "",
                 problems: Iterable[str] = ()) -> None:
        self.problems = tuple(problems)
        listed = "".join(f"\n  {line}" for line in self.problems)
        super().__init__(problem + listed, where=where, cure=cure)


class NoRoomError(PackError):
    """What the pack says takes more room than a page has."""


class OutputError(HandoutError):
    """A file can't be written."""

    exit_code = ExitCode.OUTPUT


class StdoutError(OutputError):
    """stdout does not take the result: `is_closed` if it was never there, `is_unread` if whoever
    read it has gone, which is told to nobody."""

    def __init__(self, problem: str, *, is_closed: bool = False, is_unread: bool = False) -> None:
        super().__init__(problem, where="stdout",
                         cure="Send it to a file or a program that takes it.")
        self.is_closed, self.is_unread = is_closed, is_unread


def _lines(text: str) -> str:
    """Text that may name paths, with its own ends of line."""
    return "\n".join(map(shown, text.split("\n")))


def reason(error: OSError) -> str:
    """Why the system refuses, in its own words, as a part of a sentence."""
    return (error.strerror or "unknown error").lower()


# As in ICD-10-CM (with a point behind the third character) and SNOMED CT.
_CODE = re.compile(r"[A-Za-z][0-9][0-9A-Za-z](\.[0-9A-Za-z]{1,4})?|[0-9]{6,18}")


def unknown(kind: str, value: str, known: Iterable[str], *, where: str = "",
            otherwise: str = "") -> UsageError:
    """The error for an id that is not among `known`, naming the nearest ones; where none is near,
    its cure is `otherwise`, or to name all.

    What was typed is not repeated: a name without quotes puts its surname where an id belongs.
    """
    from difflib import get_close_matches

    ids = sorted(known)
    near = get_close_matches(value, ids, n=3, cutoff=0.65)
    cure = f"Did you mean {' or '.join(near)}?" if near else (
        otherwise or f"Known: {', '.join(ids)}.")
    if _CODE.fullmatch(value.strip()):
        cure = f"It is written as a diagnosis code: give it as a code, not as the {kind}."
    return UsageError(f"there is no such {kind}", where=where, cure=cure)
