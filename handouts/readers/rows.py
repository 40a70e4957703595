"""The row that every reader yields: one handout asked for, or why it can't be."""

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.errors import HandoutError
from handouts.request.request import Request

# Why something was not used that nobody could read, so that it may be anything, a warning too.
_NOT_READ = {"no-code", "no-name", "other-system", "unreadable", "unknown-status",
             "modifier-extension"}
_WHOLE = "icd10cm"  # of all its codes the pack says whether they mean anything for it


def is_to_look_at(kind: str) -> bool:
    """Whether a kind of what was not used may be a warning: it could not be read, or not for sure.
    """
    return is_not_read(kind) or kind.startswith("to-ask:")


def is_not_read(kind: str) -> bool:
    """Whether a kind of what was not used, such as `code:unknown:snomed`, is one that could not be
    read, so that nobody knows what it says."""
    what, _, why = kind.partition(":")
    why, _, system = why.partition(":")
    return why in _NOT_READ or (what == "code" and why == "unknown" and system != _WHOLE)


class Slip(NamedTuple):
    """A word of a table's row that is not understood.

    It stands in the column at `place`, which counts from 1, as number `word` of so many `words`;
    `column` is what the table calls that, `field` what it holds: a field of a row, or `flag:ID`
    where it is named after a flag. `shape` is the word with its letters masked.
    """

    place: int
    column: str
    field: str
    word: int = 1
    words: int = 1
    shape: str = ""


@dataclass(frozen=True)
class Row:
    """One handout asked for by a file: where it stands, and the request or the reason against it.

    `number` counts from 1 over all files in the order given; `file` is named as JSON holds it
    (`paths.in_json`), `line` is the line of it on which the row starts. `unused` tells what stood
    beside it and was not used (a condition, a code that maps to nothing), by kind and without a
    value of the patient. A row with neither request nor problem was passed over, rightly, and
    `unused` tells why: `patient:deceased`, or all the patients of a hospital's export whose codes
    ask for nothing, together in one row of line 0.
    `patient_id` is that of a row with a problem, to find the patient's other rows; it is never
    told, nor is the `password` that its file opens with. `looked_at` counts the entries of a record
    that were read by kind, `by_name` the medicines and conditions that no code told, `systems` the
    conditions of an export by their code systems, `read_as` how its file was read
    (`encoding:cp1252`), told by the file's first row. `look_in` names the columns of a table in
    which something stands that is not used and may be a warning. `slips` are the words for which
    the row is not made, where another one in their place makes it so; `named` is what its table
    calls the column of each field.
    """

    number: int
    file: str
    line: int
    request: Request | None = None
    problem: HandoutError | None = None
    unused: Mapping[str, int] = field(default_factory=dict)
    patient_id: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    looked_at: Mapping[str, int] = field(default_factory=dict)
    by_name: Mapping[str, int] = field(default_factory=dict)
    read_as: Mapping[str, int] = field(default_factory=dict)
    systems: Mapping[str, int] = field(default_factory=dict)
    look_in: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def given_id(self) -> str:
        """The patient's id as two rows of one patient share it, of a row that fails as well: what
        that one says is not in the others' paper. Empty where there is none."""
        found = self.patient_id if self.request is None else self.request.patient.id
        return " ".join(found.casefold().split())


@dataclass
class Aside:
    """What all rows tell beside their requests, counted: see `Row`.

    `not_read` holds the numbers of rows of which something could not be read for sure, `look_in`
    the columns of those where it stands.
    """

    unused: Counter[str] = field(default_factory=Counter)
    looked_at: Counter[str] = field(default_factory=Counter)
    by_name: Counter[str] = field(default_factory=Counter)
    read_as: Counter[str] = field(default_factory=Counter)
    systems: Counter[str] = field(default_factory=Counter)
    not_read: "array[int]" = field(default_factory=lambda: array("q"))  # for there may be a million

    look_in: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Takes in what one more row tells."""
        self.unused.update(row.unused)
        self.looked_at.update(row.looked_at)
        self.by_name.update(row.by_name)
        self.read_as.update(row.read_as)
        self.systems.update(row.systems)
        if (row.request or row.problem) and any(map(is_to_look_at, row.unused)):
            self.not_read.append(row.number)
            if row.look_in:
                self.look_in[row.number] = row.look_in

    def as_dict(self) -> dict[str, dict[str, int]]:
        """The counts under the names of a report."""
        return {"unmapped": dict(sorted(self.unused.items())),
                "looked_at": dict(sorted(self.looked_at.items())),
                "by_name": dict(sorted(self.by_name.items())),
                "read_as": dict(sorted(self.read_as.items())),
                "code_systems": dict(self.systems.most_common())}
