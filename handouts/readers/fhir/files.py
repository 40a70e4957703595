"""FHIR files and folders → their resources, one at a time, each with its place.

A file is a JSON document (a Bundle, mostly) or NDJSON, packed with gzip or not; which one is seen
from its content. Only one line, or one document that is not NDJSON, is in memory at a time. What a
file unpacks to is held against its size on disk: a few hundred kilobytes of gzip can unpack to
gigabytes, or to millions of empty lines.
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path

import msgspec

from handouts.errors import InputError, reason
from handouts.paths import in_json
from handouts.readers.fhir.bundles import unbundled
from handouts.readers.fhir.folders import ENOUGH, NOT_FHIR, files_in, left_out, names_a_resource
from handouts.readers.fhir.resources import (
    EXPORT,
    READ,
    UNREADABLE,
    BundlePage,
    Fault,
    Resource,
    ResourcePlace,
    decoded,
    head_of,
    plain_head,
    within_bounds,
)

MOST_BYTES = 128 << 20  # of one line or one document
UNPACKS_TO = 40  # times a packed file's size: exports unpack to ten or twenty times theirs
BYTES_A_LINE = 64  # of a plain file: the shortest Condition that says whose it is
PACKED_A_LINE = 20  # of a packed one, whose ids alone take as much
_FREE_BYTES, _FREE_LINES = 32 << 20, 200_000  # what any file may hold, however small it is
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20
_UNPACK = "Unpack it, look at what is in it, and give the unpacked file."
_BY_LINE = "Export as Bulk Data NDJSON, one resource a line."
MOST_FAULTS = 10_000  # lines of one file that are no resource: then it is no export
LEFT_OUT = "left-out"  # the kind of what lies in a folder and is no FHIR, or is not read
_PART = re.compile(rf"(?P<kind>{'|'.join(READ)})([._-]?[0-9]+)*\.(ndjson|jsonl)(\.gz)?")
_BOM = b"\xef\xbb\xbf"


def opened(path: Path) -> gzip.GzipFile | BufferedReader:
    """The file's bytes, unpacked; which kind it is is seen from its content."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path) if packed else path.open("rb")


class Counted:
    """The lines of a file; InputError for more bytes or lines than its size on disk allows."""

    def __init__(self, file: gzip.GzipFile | BufferedReader, path: Path) -> None:
        size = path.stat().st_size
        self._file, self._path = file, path
        self._is_packed = isinstance(file, gzip.GzipFile)
        self._bytes = _FREE_BYTES + size * UNPACKS_TO
        self._lines = _FREE_LINES + (size / PACKED_A_LINE if self._is_packed else 0)

    def line(self) -> bytes:
        """The next line with its end, or nothing at the end of the file."""
        line = self._file.readline(min(MOST_BYTES, self._bytes + 1))
        self._lines -= 1
        if not self._is_packed:  # what was read so far is what there was on disk
            self._lines += len(line) / BYTES_A_LINE
        self._spend(len(line))
        if self._lines < 0:
            raise self._refused("has far too many lines for its size", _UNPACK)
        if len(line) >= MOST_BYTES:
            raise self._too_long()
        return line

    def rest(self, *before: bytes) -> bytearray:
        """All that follows, after what was read of it before."""
        whole = bytearray().join(before)
        while chunk := self._file.read(_CHUNK):
            self._spend(len(chunk))
            whole += chunk
            if len(whole) >= MOST_BYTES:
                raise self._too_long()
        return whole

    def _spend(self, count: int) -> None:
        self._bytes -= count
        if self._bytes < 0:
            raise self._refused("unpacks to far more than an export of its size can hold", _UNPACK)

    def _too_long(self) -> InputError:
        return self._refused(f"holds a resource of more than {MOST_BYTES >> 20} MB", _BY_LINE)

    def _refused(self, problem: str, cure: str) -> InputError:
        return InputError(problem, where=str(self._path), cure=cure)


# -- files and folders -----------------------------------------------------------------------------


def resources(paths: Iterable[Path]) -> Iterator[Resource | Fault | BundlePage]:
    """Every resource of the files and folders, in order; those of a Bundle know their siblings.

    A file that can't be used at all raises InputError if it was named, and is a Fault if it only
    lay in a folder. There only the parts of a bulk export are told by their names, all others by
    their number: an export may name a file after its patient.
    """
    for path in paths:
        if path.is_dir():
            yield from _folder_resources(path)
        else:
            yield from _file_resources(path)


def _folder_resources(folder: Path) -> Iterator[Resource | Fault | BundlePage]:
    for number, file in enumerate(files_in(folder), 1):
        name = (in_json(file) if _PART.fullmatch(file.name)
                else f"{in_json(folder)}, file {number} by name")
        yield from _lying_resources(file, name)
    place, unread = ResourcePlace(in_json(folder), 0), 0
    rest = left_out(folder)
    for kind, count in rest.counts.items():
        unread += count if kind != NOT_FHIR else 0
        for _ in range(count):
            yield Resource(place, LEFT_OUT, kind, b"")
    if unread:
        told = "1 file of the folder was" if unread == 1 else f"{unread} files of the folder were"
        yield Fault(place, InputError(
            f"{told} not read", where=str(folder),
            cure="They may hold conditions: give them as .json or .ndjson, or take them out."),
            loses=rest.has_conditions)


def _lying_resources(path: Path, shown: str) -> Iterator[Resource | Fault | BundlePage]:
    """The resources of a file that lies in a folder, where it need not be FHIR at all."""
    place = ResourcePlace(shown, 1)
    try:
        with opened(path) as file:
            is_fhir = names_a_resource(file.read(ENOUGH)) or bool(_PART.fullmatch(path.name))
    except (OSError, EOFError, zlib.error):
        is_fhir = True  # what is wrong with it is told below
    if not is_fhir:
        yield Resource(place, LEFT_OUT, NOT_FHIR, b"")
        return
    try:
        yield from _shown_as(shown, _file_resources(path))
    except InputError as error:
        yield Fault(place, InputError(error.problem, where=shown, cure=error.cure), _loses(path))


def _loses(path: Path) -> bool:
    """Whether conditions may be lost with what can't be read of a file."""
    part = _PART.fullmatch(path.name)
    return part is None or part["kind"] == "Condition"


def _shown_as(shown: str, resources: Iterable[Resource | Fault | BundlePage]
              ) -> Iterator[Resource | Fault | BundlePage]:
    """What was found, its file told in other words."""
    siblings: tuple[Resource, ...] = ()
    renamed: tuple[Resource, ...] = ()
    for found in resources:
        place = found.place._replace(file=shown)
        if not isinstance(found, Resource):
            yield found._replace(place=place)
            continue
        if found.bundle is not siblings:  # one tuple for all resources of a Bundle
            siblings = found.bundle
            renamed = tuple(one._replace(place=one.place._replace(file=shown)) for one in siblings)
        yield found._replace(place=place, bundle=renamed)


def _file_resources(path: Path) -> Iterator[Resource | Fault | BundlePage]:
    faults = 0
    for found in _all_resources(path):
        faults += isinstance(found, Fault)
        if faults > MOST_FAULTS:
            raise InputError(f"has more than {MOST_FAULTS:,} parts that are no FHIR resource",
                             where=str(path), cure=EXPORT)
        yield found


def _all_resources(path: Path) -> Iterator[Resource | Fault | BundlePage]:
    for line, data in _documents(path):
        found = _resource(ResourcePlace(in_json(path), line), data)
        if isinstance(found, Fault) and not data.endswith(b"\n"):
            found = found._replace(loses=_loses(path))  # the file is cut off within this line
        if isinstance(found, Resource) and found.kind == "Bundle":
            yield from unbundled(found.place, data)
        else:
            yield found


def _resource(place: ResourcePlace, data: bytes | bytearray) -> Resource | Fault:
    try:
        head = head_of(data)
    except UNREADABLE as error:
        return Fault(place, InputError(decoded(error), where="the line", field="Bundle",
                                       cure=EXPORT))
    if head.resourceType:
        return within_bounds(Resource(place, head.resourceType, head.id, data))
    return Fault(place, InputError("is not a FHIR resource", where="the line", field="Bundle",
                                   cure=EXPORT))


# -- bytes -----------------------------------------------------------------------------------------


def _documents(path: Path) -> Iterator[tuple[int, bytes | bytearray]]:
    """The JSON documents of a file, each with the line that it starts on."""
    try:
        with opened(path) as file:
            yield from _split(Counted(file, path), path)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError("is a broken gzip file", where=str(path), cure="Copy it again.") from error
    except OSError as error:
        raise InputError(f"can't be read ({reason(error)})", where=str(path),
                         cure="Check the name and who may read it.") from error


def _split(file: Counted, path: Path) -> Iterator[tuple[int, bytes | bytearray]]:
    first, line = b"", 0
    while not first.strip():
        first = file.line().removeprefix(_BOM)
        line += 1
        if not first:
            raise InputError("is empty", where=str(path), cure=EXPORT)
    second = file.line()
    is_split = _is_ndjson(path) and _is_whole(second)
    if not first.lstrip().startswith(b"{") and not is_split:
        raise InputError("is not FHIR JSON", where=str(path), cure=EXPORT)
    if not is_split and not _is_whole(first):
        yield line, _whole(file.rest(first, second), path)
        return
    yield line, first
    while second:
        line += 1
        if second.strip():
            yield line, second
        second = file.line()


def _whole(data: bytearray, path: Path) -> bytearray:
    if not _is_whole(data):
        raise InputError("is not whole JSON", where=str(path), cure=EXPORT)
    return data


def _is_whole(data: bytes | bytearray) -> bool:
    try:
        plain_head(data)
    except msgspec.ValidationError:
        return True
    except UNREADABLE:
        return False
    return True


def _is_ndjson(path: Path) -> bool:
    return path.name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl"))
