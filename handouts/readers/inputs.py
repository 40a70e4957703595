"""Files of patients → rows: each a handout asked for, or why it can't be.

Nothing that a reader can't use is dropped in silence, and no row's problem stops the others; what
is wrong with a table as a whole is told before the first row of all.
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
from handouts.readers.tables.encodings import unreadable
from handouts.readers.tables.table import is_workbook
from handouts.readers.zippedtables import is_zip_of_tables, with_tables

_TABLES = (".csv", ".tsv", ".tab", ".txt")
_BOMS = b"\xef\xbb\xbf\xff\xfe"  # of UTF-8 and UTF-16
_PACKED = b"\x1f\x8b"
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_SHEETS = "content.xml"  # of .ods
_WEB_PAGES = (b"<!doctype html", b"<html", b"<table", b"<?xml-stylesheet")
_SHEETS_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
_AS_CSV = "Save the sheet as .xlsx, or as 'CSV UTF-8', and give that file."


def read(paths: Sequence[Path], pack: Pack, *, today: date,  # noqa: PLR0913
         reading: tables.Reading | None = None, systems: Mapping[str, str] | None = None,
         saved: tables.Saved = tables.none_saved) -> Iterator[Row]:
    """The rows of tables, FHIR files, folders and ZIPs of them, numbered from 1 in the order given.

    All FHIR paths are one set, read where the first of them stands. `reading` says how tables are
    to be read, `systems` what other code systems of FHIR are to be read as, `saved` gives the
    choices of a protocol's name. Raises InputError for a file that can't be used, UsageError for a
    field that does not exist: for a table now, for FHIR at its first row.
    """
    paths = with_tables(paths)
    exports = [path for path in paths if _is_fhir(path)]
    opened = {path: tables.open_table(path, pack, reading, saved, today=today)
              for path in paths if path not in exports}
    records = fhir.read(exports, pack, numbers := count(1), today=today, systems=systems)
    return _rows(paths, opened, pack, records, numbers)


def _rows(paths: Sequence[Path], opened: Mapping[Path, tables.Table], pack: Pack,
          records: Iterator[Row], numbers: Iterator[int]) -> Iterator[Row]:
    for path in paths:
        yield from tables.rows(opened[path], pack, numbers) if path in opened else records


def is_table(path: Path) -> bool:
    """Whether a path is read as one table; raises InputError for what is no table, no ZIP of them
    and no FHIR."""
    return not (is_zip_of_tables(path) or _is_fhir(path))


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
    if start.startswith((_ZIP, _OLD_WORKBOOK)):
        _check_workbook(path, start)
        return False
    _check_no_page(path, start)
    if path.suffix.lower() in _TABLES:
        return False
    opening = start.replace(b"\0", b"").lstrip(_BOMS + b" \t\r\n")[:1]
    return start.startswith(_PACKED) or opening in (b"{", b"[", b"<") or path.suffix.lower() in (
        ".json", ".ndjson", ".jsonl")


def _check_workbook(path: Path, start: bytes) -> None:
    """Raises InputError where a file is a workbook that can't be read, or an archive."""
    if start.startswith(_OLD_WORKBOOK):
        raise InputError("is a workbook with a password, or of a form of before 2007",
                         where=str(path), cure=f"Open it. {_AS_CSV}")
    if is_workbook(path):
        return
    if _holds(path, _OTHER_SHEETS):
        raise InputError("is a workbook of another form than .xlsx", where=str(path), cure=_AS_CSV)
    raise InputError("is a ZIP archive", where=str(path),
                     cure="Unpack it, and give the files or their folder.")


def _check_no_page(path: Path, start: bytes) -> None:
    """Raises InputError for what record systems call .xls and is a web page."""
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(_WEB_PAGES) or _SHEETS_2003 in plain:
        raise InputError("is a web page or a sheet as XML, whatever its name says",
                         where=str(path), cure=f"Open it in a spreadsheet program. {_AS_CSV}")


def _holds(path: Path, name: str) -> bool:
    try:
        with path.open("rb") as file, ZipFile(file) as archive:
            return name in archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return path.suffix.lower() == ".ods"
