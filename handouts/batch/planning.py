"""Rows → tasks, held against the ledger: what each file is called, and whether it is there."""

from dataclasses import replace
from typing import Literal, NamedTuple

import msgspec

from handouts.batch.ledger import PLANNED, Failure, Ledger, LedgerEntry
from handouts.batch.names import Names
from handouts.batch.printing import MadeFile, Outcome, Setup, Task
from handouts.brand.reviews import Reviews
from handouts.errors import HandoutError, InputError
from handouts.pack.signatures import Standing, State, worst
from handouts.readers import Aside, Row
from handouts.readers.tables.columns import in_columns
from handouts.request.look import Edition
from handouts.request.request import Request


class Planned(NamedTuple):
    """A row's task, where the row stands, and what the ledger knows it by."""

    task: Task
    row: Row
    mark: bytes
    content: bytes


class Defaults(NamedTuple):
    """What holds for a request that leaves it out."""

    paper: str
    language: str
    edition: Edition | Literal[""] = ""


class Planner:
    """Plans the rows of a batch and keeps what came of them."""

    def __init__(self, ledger: Ledger, names: Names, reviews: Reviews, setup: Setup, *,
                 defaults: Defaults) -> None:
        self.ledger, self.setup = ledger, setup
        self.aside = Aside()
        self._names, self._reviews, self._defaults = names, reviews, defaults
        self._stand: dict[tuple[str, str], Standing] = {}

    @property
    def review(self) -> dict[str, State]:
        """How the content of each language that rows ask for stands, by its worst cause."""
        languages = sorted({language for language, _ in self._stand})
        return {name: worst(found.state for (language, _), found in self._stand.items()
                            if language == name) for name in languages}

    def plan(self, row: Row) -> Planned | None:
        """What to do for a row, or None if it failed or asks for nothing, as the ledger now knows.
        """
        self.aside.take(row)
        if row.request is None and row.problem is None:  # its reader passed it over, rightly
            self.ledger.passed(row.number)
            return None
        if patient_id := row.given_id:
            self.ledger.met(patient_id, row.number)
        try:
            request = self._request(row)
            return self._planned(row, request, self._names.name(row.number, request))
        except HandoutError as error:
            self._fail(row, in_columns(error))
            return None

    def keep(self, planned: Planned, outcome: Outcome) -> None:
        """Tells the ledger what came of a task."""
        if isinstance(outcome, MadeFile):
            entry = LedgerEntry(planned.task.number, True, planned.content, outcome.size,
                                outcome.digest)
            self.ledger.done(planned.mark, entry, outcome.state)
        else:
            self._fail(planned.row, outcome.reason, planned.mark)

    def _planned(self, row: Row, request: Request, name: str) -> Planned:
        mark, content = self.ledger.mark(name), self._content(request, bool(row.password))
        entry = self.ledger.entry(mark)
        if entry is not None and entry.is_of_this_run:
            raise InputError(f"its file would have the name of that of row {entry.number}",
                             cure="Use {number} in --name, or give each row an id of its own.")
        known = None
        # What is locked is made anew: the ledger doesn't know the password, nor any trace of it.
        if entry is not None and entry.content == content and entry.digest is not None and (
                not row.password):
            known = entry.size, entry.digest
            self.ledger.keep(mark, row.number)
        else:
            # Before the file is there, so that a run that is killed leaves none unknown.
            self.ledger.plan(mark, row.number, name if self._names.are_plain else None)
        task = Task(row.number, name, request, known, entry and entry.digest,
                    is_planned=entry is not None and entry.size == PLANNED,
                    password=row.password)
        return Planned(task, row, mark, content)

    def _request(self, row: Row) -> Request:
        """The row's request with what it leaves out; raises the row's problem."""
        if row.problem is not None or row.request is None:
            raise row.problem or InputError("asks for no handout")
        # A name in the wrong column must not come into a file's name.
        self._reviews.pack.cause(row.request.cause)
        return replace(row.request, paper=row.request.paper or self._defaults.paper,
                       language=row.request.language or self._defaults.language,
                       edition=row.request.edition or self._defaults.edition)

    def _content(self, request: Request, is_locked: bool) -> bytes:
        """The digest of all that decides what a row's file holds, but the day it was made on.

        What a handout says of its review is as of the day that the run began, dated or not.
        """
        asked = request.language or self._reviews.pack.languages[0], request.cause
        if asked not in self._stand:
            self._stand[asked] = self._reviews.standing(*asked)
        try:
            return self.ledger.digest(msgspec.json.encode(
                [self.setup.fingerprint, request, self._stand[asked], self._reviews.is_past,
                 *([is_locked] if is_locked else [])],
                order="deterministic"))
        except UnicodeEncodeError as error:
            raise InputError("holds halves of characters", where="the row", field="row",
                             cure="Type it again.") from error

    def _fail(self, row: Row, reason: str, mark: bytes | None = None) -> None:
        self.ledger.failed(Failure(row.number, row.file, row.line, reason), mark)
