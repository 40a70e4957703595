"""The SQLite base in which a batch's folder keeps its ledger: only ever its own, and whole.

It is begun anew where it is damaged or of another version; another program's is not touched.
"""

import errno
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from handouts.errors import OutputError, reason
from handouts.system.locks import open_own

NAME = ".handouts-ledger.sqlite"
NAMES = (NAME, f"{NAME}-wal", f"{NAME}-shm", f"{NAME}-journal")  # and what SQLite lays beside it
_VERSION = 1
_TABLES = """
create table setting (name text primary key, value) without rowid;
create table file (mark blob primary key, name text, number integer, run integer, content blob,
                   size integer, digest blob) without rowid;
create table outcome (number integer, state text, file text, line integer, reason text);
"""
# Beside the tables of this version, so that a ledger from before it is gone on with.
_IDS = "create table if not exists patient_id (mark blob, number integer)"
_SPOILT = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
OWN = 0x68616E64  # SQLite application_id, which stands in the head of the file: "hand"
_HEAD, _OWN_AT = b"SQLite format 3\0", 68  # sqlite.org/fileformat2.html, 1.3
_REFUSALS = {
    sqlite3.SQLITE_FULL: "no space left on device", sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_IOERR: "input/output error", sqlite3.SQLITE_CANTOPEN: "can't be opened",
    sqlite3.SQLITE_PERM: "permission denied", sqlite3.SQLITE_NOMEM: "out of memory",
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it"}


class LedgerBase:
    """The base of a folder, open; every method raises OutputError."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with self.as_output_error():
            try:
                self._open()
            except sqlite3.DatabaseError as error:
                if getattr(error, "sqlite_errorcode", 0) not in _SPOILT:
                    raise
                self._forget()
                self._open()

    def commit(self) -> None:
        """Keeps what was told so far."""
        with self.as_output_error():
            self._base.commit()

    def close(self) -> None:
        """Closes it without what was told since the last commit."""
        with suppress(sqlite3.Error):  # the failure that ended the block is told, not this one
            self._base.rollback()
        self._base.close()

    def setting(self, name: str) -> Any:
        """A value that the ledger keeps for itself."""
        return self.do("select value from setting where name = ?", name).fetchone()[0]

    def set(self, name: str, value: object) -> None:
        """Keeps such a value."""
        self.do("update setting set value = ? where name = ?", value, name)

    def do(self, code: str, *values: object) -> sqlite3.Cursor:
        """What a statement of SQL finds."""
        with self.as_output_error():
            return self._base.execute(code, values)

    @contextmanager
    def as_output_error(self) -> Iterator[None]:
        """Tells a failure of the base or the system as what it means to the folder."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if getattr(error, "sqlite_errorcode", 0) in _SPOILT:
                self._forget()
                raise OutputError("its ledger was damaged, and is begun anew",
                                  where=str(self._path.parent),
                                  cure="Run the same again; every row is made again.") from error
            raise OutputError(
                f"its ledger can't be kept ({_why(error)})", where=str(self._path.parent),
                cure="Mend the folder's rights or space, then run the same again.") from error

    def _open(self) -> None:
        self._keep_strangers()
        self._base = sqlite3.connect(self._path)
        self._base.text_factory = os.fsdecode  # the name of a folder may be no UTF-8
        opened = Path(self._base.execute("pragma database_list").fetchone()[2])
        self._base.text_factory = str
        if opened.name != NAME or not opened.parent.samefile(self._path.parent):
            # SQLite follows a link, and one was laid here just now.
            raise OSError(errno.ELOOP, f"{NAME} is a link")
        if not self._path.stat().st_size:
            # In the head of the file before all else, and not in a log beside it.
            self._base.execute(f"pragma application_id = {OWN}")
        # One process at a time has the folder's lock, so the log needs no shared memory, which
        # a network share could not give. A kill loses nothing that was committed.
        self._base.execute("pragma locking_mode = exclusive")
        self._base.execute("pragma journal_mode = wal")
        self._base.execute("pragma synchronous = normal")
        if self._base.execute("pragma user_version").fetchone() != (_VERSION,):
            self._begin_anew()
        self._base.execute(_IDS)

    def _keep_strangers(self) -> None:
        """Raises OutputError where another program's base has the name; it isn't touched."""
        handle = open_own(self._path)
        try:
            head = os.read(handle, 100)
        finally:
            os.close(handle)
        own = int.from_bytes(head[_OWN_AT:_OWN_AT + 4])
        if head.startswith(_HEAD) and own != OWN:
            raise OutputError("is another program's, and not a batch's ledger",
                              where=str(self._path),
                              cure="Move it away, or choose another folder with -o.")

    def _begin_anew(self) -> None:
        """The tables, empty, in place of those of another version of this program."""
        for table in ("setting", "file", "outcome"):
            self._base.execute(f"drop table if exists {table}")
        self._base.executescript(_TABLES)
        self._base.executemany("insert into setting values (?, ?)", [
            ("key", secrets.token_bytes(32)), ("run", 0), ("day", None)])
        self._base.execute(f"pragma user_version = {_VERSION}")
        self._base.commit()

    def _forget(self) -> None:
        self._base.close()
        for name in NAMES:
            self._path.with_name(name).unlink(missing_ok=True)


def _why(error: sqlite3.Error | OSError) -> str:
    """Why the base or the system refuses, in our words or the system's."""
    if isinstance(error, OSError):
        return reason(error)
    return _REFUSALS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "the disk does not take it")
