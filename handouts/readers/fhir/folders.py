"""A folder → the FHIR files that lie in it, and what else lies there, by kind.

What is not read is told: a part of an export with another ending may hold a patient's conditions.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ENOUGH = 1 << 16  # bytes in which a file of resources names the first one's type
NOT_FHIR = "not-fhir"  # such as the list of an export's files
ENDINGS = (".json", ".ndjson", ".json.gz", ".ndjson.gz", ".jsonl", ".jsonl.gz")
_MARKS = (b'"resourceType"', b"http://hl7.org/fhir")  # of JSON, of XML
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd")


def files_in(folder: Path) -> list[Path]:
    """The FHIR files of a folder and its folders, by name."""
    return sorted(path for path, kind in _lying(folder) if kind == "")


class LeftOut(NamedTuple):
    """What lies in a folder and is not read: how many, by why not (`not-fhir` holds nothing), and
    whether one is of conditions, by its name or its beginning."""

    counts: Counter[str]
    has_conditions: bool


def left_out(folder: Path) -> LeftOut:
    """What of a folder is not read; not what a batch leaves there, PDFs and hidden files."""
    counts, has_conditions = Counter[str](), False
    for path, why in _lying(folder):
        if why == "":
            continue
        start = _start(path) if why is None else b""
        kind = why or _other(path, start)
        if kind == NOT_FHIR and _is_a_batchs(path):
            continue
        counts[kind] += 1
        has_conditions |= kind != NOT_FHIR and _is_of_conditions(path, start or b"")
    return LeftOut(counts, has_conditions)


def names_a_resource(start: bytes) -> bool:
    """Whether a file that begins so is FHIR, in whatever encoding."""
    return any(mark in _plain(start) for mark in _MARKS)


def _plain(start: bytes) -> bytes:
    """The ASCII of UTF-8 and of UTF-16."""
    return start.replace(b"\0", b"")


def _lying(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """All that lies in a folder and its folders: why it can't be read, empty for what is FHIR by
    its name, None for a file of another name."""
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from ((Path(place, name), _lies_as(Path(place, name))) for name in (*links, *files))
    yield from ((folder, "unreadable") for _ in unread)


def _lies_as(path: Path) -> str | None:
    try:
        mode = path.stat().st_mode
    except OSError:
        return "link" if path.is_symlink() else "unreadable"
    if not stat.S_ISREG(mode):
        return "link" if path.is_symlink() else "no-file"
    is_named_so = path.name.lower().endswith(ENDINGS) and not path.name.startswith(".")
    return "" if is_named_so else None


def _is_a_batchs(path: Path) -> bool:
    return path.name.startswith(".") or path.suffix.lower() == ".pdf"


def _is_of_conditions(path: Path, start: bytes) -> bool:
    return "condition" in path.name.casefold() or any(
        mark in _plain(start) for mark in (b'"Condition"', b"<Condition"))


def _start(path: Path) -> bytes | None:
    """The beginning of a file; None where it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(ENOUGH)
    except OSError:
        return None


def _other(path: Path, start: bytes | None) -> str:
    """What a file of another name is."""
    if start is None:
        return "unreadable"
    if not (start.startswith(_PACKED) or names_a_resource(start)):
        return NOT_FHIR
    return "hidden" if path.name.startswith(".") else "other-name"
