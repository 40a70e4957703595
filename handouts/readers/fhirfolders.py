"""A folder → the FHIR files that lie in it, and what else lies there, by kind.

What is not read is told: a part of an export with another ending may hold a patient's conditions.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ENOUGH = 1 << 16  # bytes in which a file of resources names the first one's type
NOT_FHIR = "not-fhir"  # such as the list of an export's files
_ENDINGS = (".json", ".ndjson", ".json.gz", ".ndjson.gz", ".jsonl", ".jsonl.gz")
_MARKS = (b'"resourceType"', b"http://hl7.org/fhir")  # of JSON, of XML
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd")


def files_in(folder: Path) -> list[Path]:
    """The FHIR files of a folder and its folders, by name."""
    return sorted(path for path, kind in _lying(folder) if kind == "")


def left_out(folder: Path) -> Counter[str]:
    """How many of what lies in a folder are not read: `not-fhir`, or by why they are not.

    What a batch leaves there, PDFs and hidden files of its own, is not counted.
    """
    found = ((path, kind or _other(path)) for path, kind in _lying(folder) if kind != "")
    return Counter(kind for path, kind in found if kind != NOT_FHIR or not _is_a_batchs(path))


def names_a_resource(start: bytes) -> bool:
    """Whether a file that begins so is FHIR, in whatever encoding."""
    return any(mark in start.replace(b"\0", b"") for mark in _MARKS)


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
    is_named_so = path.name.lower().endswith(_ENDINGS) and not path.name.startswith(".")
    return "" if is_named_so else None


def _is_a_batchs(path: Path) -> bool:
    return path.name.startswith(".") or path.suffix.lower() == ".pdf"


def _other(path: Path) -> str:
    """What a file of another name is."""
    try:
        with path.open("rb") as file:
            start = file.read(ENOUGH)
    except OSError:
        return "unreadable"
    if not (start.startswith(_PACKED) or names_a_resource(start)):
        return NOT_FHIR
    return "hidden" if path.name.startswith(".") else "other-name"
