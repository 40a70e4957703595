"""Files of patients → rows: each a handout asked for, or why it can't be.

A reader is a function `read(path) -> Iterator[Row]`; nothing that it can't use is dropped in
silence, and no row's problem stops the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from handouts.errors import HandoutError
from handouts.request import Request


@dataclass(frozen=True)
class Row:
    """One handout asked for by a file: where it stands, and the request or the reason against it.

    `number` counts from 1 over all files in the order given; `line` is the line of the file on
    which it starts. `unused` tells what stood beside it and was not used (a condition, a code that
    maps to nothing), by kind and without a value of the patient.
    """

    number: int
    file: str
    line: int
    request: Request | None = None
    problem: HandoutError | None = None
    unused: Mapping[str, int] = field(default_factory=dict)
