"""The row that every reader yields: one handout asked for, or why it can't be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.errors import HandoutError
from handouts.request.request import Request


@dataclass(frozen=True)
class Row:
    """One handout asked for by a file: where it stands, and the request or the reason against it.

    `number` counts from 1 over all files in the order given; `line` is the line of the file on
    which it starts. `unused` tells what stood beside it and was not used (a condition, a code that
    maps to nothing), by kind and without a value of the patient. A row with neither request nor
    problem was passed over, rightly, and `unused` tells why: `patient:deceased`, or all the
    patients of a hospital's export whose codes ask for nothing, together in one row of line 0.
    `patient_id` is that of a row with a problem, to find the patient's other rows; it is never
    told.
    """

    number: int
    file: str
    line: int
    request: Request | None = None
    problem: HandoutError | None = None
    unused: Mapping[str, int] = field(default_factory=dict)
    patient_id: str = field(default="", repr=False)
