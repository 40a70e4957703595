"""The list of a bulk export's files (FHIR Bulk Data, 2.5.4) → which of them are there."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import msgspec

from handouts.readers.fhir.resources import READ, UNREADABLE

_MOST = 4 << 20  # bytes of a manifest; an export of 10,000 files has two
_MARKS = (b'"transactionTime"', b'"output"')


class ListedFile(msgspec.Struct):
    """A file of an export, and what it holds."""

    url: str = ""
    type: str = ""

    @property
    def name(self) -> str:
        """Its name at the end of its address."""
        return unquote(PurePosixPath(urlsplit(self.url).path).name)


class Manifest(msgspec.Struct):
    """The part of a manifest that names files."""

    output: list[ListedFile]
    transactionTime: str

    def missing(self, names: Iterable[str]) -> list[str]:
        """The types of the files that are not among these: each is there by its own name, or by
        one that tells its type, as clients save it."""
        there = {*names}
        by_type = Counter(kind for name in there for kind in READ if f"{kind}." in f"{name}."
                          .replace("_", ".").replace("-", "."))
        missing = []
        for kind, count in Counter(one.type for one in self.output).items():
            own = sum(_is_there(one, there) for one in self.output if one.type == kind)
            missing += [kind] * (count - max(own, min(by_type[kind], count)))
        return missing


def manifest_in(path: Path) -> Manifest | None:
    """The manifest in a file; None for any other file."""
    try:
        if path.stat().st_size > _MOST or path.suffix.lower() != ".json":
            return None
        with path.open("rb") as file:
            whole = file.read()
        return _read(whole) if all(mark in whole for mark in _MARKS) else None
    except (*UNREADABLE, OSError):
        return None  # told when the file is read


def sources_of(manifest: Manifest, path: Path) -> list[Path]:
    """The files beside it that it names, in its order."""
    beside = {file.name: file for file in sorted(path.parent.iterdir()) if file.is_file()}
    names = dict.fromkeys(name for one in manifest.output for name in _names(one))
    return [beside[name] for name in names if name in beside]


def _is_there(one: ListedFile, names: set[str]) -> bool:
    return any(name in names for name in _names(one))


def _names(one: ListedFile) -> tuple[str, ...]:
    """What a file may be called: as in its address, packed or not."""
    return (one.name, f"{one.name}.gz", one.name.removesuffix(".gz"), f"{one.name}.ndjson")


_read = msgspec.json.Decoder(Manifest).decode
