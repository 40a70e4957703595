"""A ZIP of tables → each of them as a path of its own, never unpacked onto the disk."""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from stat import S_IFREG
from typing import IO, Any
from zipfile import ZipFile, ZipInfo

from handouts.errors import InputError
from handouts.readers import fhir
from handouts.readers.fhir.sources import ZIP, members, names_in
from handouts.readers.tables.table import is_workbook

TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")  # what systems put beside files


class _Opened(io.BufferedReader):
    """A file in a ZIP, which closes the ZIP with it."""

    def __init__(self, file: IO[bytes], member: ZipInfo) -> None:
        self._file = file
        try:
            inside = ZipFile(file).open(member)  # noqa: SIM115  # `close` closes both
            super().__init__(inside)  # type: ignore[arg-type]
        except BaseException:
            file.close()
            raise

    def close(self) -> None:
        super().close()
        self._file.close()


class _Member(type(Path())):  # type: ignore[misc]  # a class for each system
    """The path of a file in a ZIP, of which a reader may ask what it asks of any file."""

    archive: Path
    member: ZipInfo

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.member.filename).suffix

    def open(self, *_: Any, **__: Any) -> _Opened:
        return _Opened(self.archive.open("rb"), self.member)

    def stat(self, **_: Any) -> os.stat_result:
        size = self.member.compress_size
        return os.stat_result((S_IFREG | 0o600, 0, 0, 1, 0, 0, size, 0, 0, 0))

    def exists(self, **_: Any) -> bool:
        return True

    def is_file(self, **_: Any) -> bool:
        return True

    def is_dir(self, **_: Any) -> bool:
        return False


def is_zip_of_tables(path: Path) -> bool:
    """Whether a file is a ZIP that holds tables, and is neither a workbook nor a FHIR export."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return False
    return (any(map(_is_table, names_in(path))) and not is_workbook(path)
            and not fhir.is_zip(path))


def with_tables(paths: Sequence[Path]) -> list[Path]:
    """The paths, with its tables in the place of each ZIP that holds some. InputError for one that
    can't be used, or holds anything else: nothing is dropped in silence."""
    return [one for path in paths
            for one in (_tables_in(path) if is_zip_of_tables(path) else (path,))]


def _tables_in(path: Path) -> Iterator[Path]:
    with members(path) as (_, found):
        files = [one for one in found if not _is_junk(one.filename)]
    others = sum(not _is_table(one.filename) for one in files)
    if others:
        told = "a file that is" if others == 1 else f"{others} files that are"
        raise InputError(f"holds tables, and {told} none", where=str(path),
                         cure="Take out of the ZIP what is no table (.csv or .xlsx).")
    for number, one in enumerate(files, 1):
        # Told by its number: it may have the name of its patient.
        table = _Member(f"{path}, file {number} by name")
        table.archive, table.member = path, one
        yield table


def _is_junk(name: str) -> bool:
    return name.startswith(_JUNK[0]) or PurePosixPath(name).name in _JUNK


def _is_table(name: str) -> bool:
    return not _is_junk(name) and name.lower().endswith(TABLES)
