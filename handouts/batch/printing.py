"""Some rows → their files: what each process of a batch does, here or on another machine."""

import errno
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha1
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple

from handouts.batch.folder import FileGroup, file_digest, is_own, read_file
from handouts.batch.ledger import MADE, SKIPPED
from handouts.errors import HandoutError, NoRoomError, OutputError, PackError
from handouts.press.press import Press
from handouts.press.records import Records
from handouts.readers.tables.columns import in_columns
from handouts.request.request import Request
from handouts.system.store import Store

# What is wrong with the folder or the machine, and not with one file: no further row would do.
_ENDS_ALL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.EIO,
             errno.ENOENT}
_PRESSES: dict["Setup", Press] = {}  # that of this process; at most one


@dataclass(frozen=True)
class Setup:
    """What all rows of a batch share; `key` is the ledger's, `described` asks for a File's facts
    beyond its size, `force` to replace what no batch made."""

    folder: Path
    brand: Path
    pack: Path
    templates: Path | None
    cache: Path | None
    records: Path | None
    fingerprint: str
    day: date
    key: bytes
    described: bool
    force: bool


class Task(NamedTuple):
    """A row to print: its file's name, the size and digest of the file that is believed to be
    there already, the digest of what a batch last wrote there, whether one that was killed may have
    written something else (see `is_own`), and the password that its file opens with."""

    number: int
    name: str
    request: Request
    known: tuple[int, bytes] | None
    written: bytes | None
    is_planned: bool
    password: str = ""


class MadeFile(NamedTuple):
    """A row's file that is there: made or skipped; SHA-1, language and whether its content is
    signed only where described."""

    state: str
    size: int
    digest: bytes
    sha1: str
    language: str
    signed: bool = False


class Refusal(NamedTuple):
    """Why a row was not printed."""

    reason: str


Outcome = MadeFile | Refusal


class Printed(NamedTuple):
    """What came of rows, in their order; `end` is what ended the batch before the others, or None.
    """

    outcomes: list[Outcome]
    end: OutputError | PackError | None = None


def print_rows(setup: Setup, tasks: Sequence[Task]) -> Printed:
    """Prints rows into their files, in order; they have their names when this ends.

    A folder that takes no more, and a template that is wrong, is what `end` says. Raises
    OutputError where the folder takes none at all, PackError where brand, templates or program are
    no longer those that the batch began with.
    """
    press, group = press_for(setup), FileGroup(setup.folder)
    outcomes: list[Outcome] = []
    end = None
    try:
        for task in tasks:
            outcomes.append(_outcome(press, setup, task, group))
    except (OutputError, PackError) as error:
        end = error
    finally:  # what was printed stays, whatever ends the batch
        failures = group.settle()
    return Printed([_refusal(failures[task.name], setup) if task.name in failures else outcome
                    for task, outcome in zip(tasks, outcomes, strict=False)], end)


def press_for(setup: Setup) -> Press:
    """The press of this process for a batch."""
    if setup not in _PRESSES:
        press = Press(setup.brand, pack=setup.pack, templates=setup.templates,
                      store=Store(setup.cache) if setup.cache else None,
                      records=Records(setup.records) if setup.records else None)
        if press.fingerprint != setup.fingerprint:
            raise PackError("changed while the batch ran, or is another one on this machine",
                            where="program, pack, brand or templates",
                            cure="Let it be as it is until the batch is done; run the same again.")
        _PRESSES.clear()
        _PRESSES[setup] = press
    return _PRESSES[setup]


def _outcome(press: Press, setup: Setup, task: Task, group: FileGroup) -> Outcome:
    try:
        return _kept(press, setup, task) or _made(press, setup, task, group)
    except OutputError as error:
        return _refusal(error, setup)
    except HandoutError as error:
        if isinstance(error, PackError) and not isinstance(error, NoRoomError):
            raise  # a text without room may be the row's own note; all else is of every row
        return Refusal(in_columns(error))


def _refusal(error: OutputError, setup: Setup) -> Refusal:
    """Why a file could not be written; raises what no further file could be written for either."""
    # Its place is the file, and a file may be named after an id.
    if isinstance(error.__cause__, OSError) and error.__cause__.errno in _ENDS_ALL:
        raise OutputError(error.problem, where=str(setup.folder), cure=error.cure) from error
    return Refusal(f"its file {error.problem}")


def _kept(press: Press, setup: Setup, task: Task) -> MadeFile | None:
    """The row's file if it is there, as it was made."""
    if task.known is None:
        return None
    path, (size, digest) = setup.folder / task.name, task.known
    try:
        if path.stat().st_size != size:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    if file_digest(setup.key, data) != digest:
        return None
    return _file(SKIPPED, press, setup, task, data)


def _made(press: Press, setup: Setup, task: Task, group: FileGroup) -> Outcome:
    data = press.handout(task.request, setup.day).pdf
    if task.password:
        from handouts.press.locked import checked, locked

        data = locked(data, checked(task.password))
    path = setup.folder / task.name
    if not (setup.force or _may_replace(path, data, setup, task)):
        return Refusal("its file is there already, and no batch made it as it is\n"
                       "Move it, choose another folder with -o, or give --force to replace it.")
    group.add(task.name, data)
    return _file(MADE, press, setup, task, data)


def _may_replace(path: Path, data: bytes, setup: Setup, task: Task) -> bool:
    """Whether nothing is lost where a file has the row's name: a batch wrote it as it is, or it is
    the same handout, made by a run that no ledger tells of."""
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return True
    except OSError:
        return False
    if not S_ISREG(kind):
        return not S_ISLNK(kind)  # of anything else, the writing tells
    there = read_file(path)
    return there == data or is_own(there, setup.key, task.written, is_planned=task.is_planned)


def _file(state: str, press: Press, setup: Setup, task: Task, data: bytes) -> MadeFile:
    known = file_digest(setup.key, data)
    if not setup.described:
        return MadeFile(state, len(data), known, "", "")
    told = press.prepare(task.request, setup.day).plate.facts
    hashed = b64encode(sha1(data, usedforsecurity=False).digest()).decode()
    return MadeFile(state, len(data), known, hashed, told["language"],
                    told["review"]["state"] == "signed")
