"""Files of patients → rows: each a handout asked for, or why it can't be.

Nothing that a reader can't use is dropped in silence, and no row's problem stops the others; what
is wrong with a CSV file as a whole is told before the first row of all.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from handouts.errors import InputError
from handouts.pack.pack import Pack
from handouts.readers import fhir, tables
from handouts.readers.rows import Row
from handouts.readers.tables.csvfile import unreadable

_TABLES = (".csv", ".tsv", ".tab", ".txt")
_BOMS = b"\xef\xbb\xbf\xff\xfe"  # of UTF-8 and UTF-16
_PACKED = b"\x1f\x8b"
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PARTS = {"[Content_Types].xml", "content.xml"}  # of .xlsx, of .ods


def read(paths: Sequence[Path], pack: Pack, *, today: date,  # noqa: PLR0913
         columns: Mapping[str, str] | None = None, systems: Mapping[str, str] | None = None,
         saved: tables.Saved = tables.none_saved) -> Iterator[Row]:
    """The rows of CSV files, FHIR files and folders, numbered from 1 in the order given.

    All FHIR paths are one set, read where the first of them stands. `columns` gives the field of
    CSV columns with other names, `systems` what other code systems of FHIR are to be read as,
    `saved` the choices of a protocol's name. Raises InputError for a file that can't be used,
    UsageError for a field that does not exist: for CSV now, for FHIR at its first row.
    """
    exports = [path for path in paths if _is_fhir(path)]
    opened = {path: tables.open_table(path, columns or {}, saved, today=today,
                                       side_columns=pack.body.side_columns)
              for path in paths if path not in exports}
    records = fhir.read(exports, pack, numbers := count(1), today=today, systems=systems)
    return _rows(paths, opened, pack, records, numbers)


def _rows(paths: Sequence[Path], opened: Mapping[Path, tables.CsvTable], pack: Pack,
          records: Iterator[Row], numbers: Iterator[int]) -> Iterator[Row]:
    for path in paths:
        yield from tables.rows(opened[path], pack, numbers) if path in opened else records


def _is_fhir(path: Path) -> bool:
    """Whether a path is FHIR: by its content, but a table's name is believed."""
    if path.is_dir():
        return True
    if path.exists() and not path.is_file():
        raise InputError("is not a file", where=str(path),
                         cure="Save it as one: it is read more than once.")
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise unreadable(path, error) from error
    if start.startswith(_ZIP) and fhir.is_zip(path):
        return True
    if start.startswith(_OLD_WORKBOOK) or (start.startswith(_ZIP) and _is_workbook(path)):
        raise InputError("is a workbook, not text", where=str(path),
                         cure="Save the sheet as 'CSV UTF-8' and give that file.")
    if start.startswith(_ZIP):
        raise InputError("is a ZIP archive", where=str(path),
                         cure="Unpack it, and give the files or their folder.")
    if path.suffix.lower() in _TABLES:
        return False
    opening = start.replace(b"\0", b"").lstrip(_BOMS + b" \t\r\n")[:1]
    return start.startswith(_PACKED) or opening in (b"{", b"[", b"<") or path.suffix.lower() in (
        ".json", ".ndjson", ".jsonl")


def _is_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return not _PARTS.isdisjoint(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return path.suffix.lower() in (".xlsx", ".xlsm", ".ods")
