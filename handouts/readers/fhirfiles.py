"""FHIR files and folders → their resources, one at a time, each with its place.

A file is a JSON document (a Bundle, mostly) or NDJSON, packed with gzip or not; which one is seen
from its content. Only one line, or one document that is not NDJSON, is in memory at a time, and
what a file unpacks to is held against its size on disk (`fhirbytes`).
"""

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from handouts.errors import InputError, reason
from handouts.paths import shown
from handouts.readers.fhirbundles import unbundled
from handouts.readers.fhirbytes import Counted, opened
from handouts.readers.fhirfolders import ENOUGH, NOT_FHIR, files_in, left_out, names_a_resource
from handouts.readers.fhirresources import (
    EXPORT,
    READ,
    UNREADABLE,
    Fault,
    Page,
    Resource,
    ResourcePlace,
    decoded,
    head_of,
    plain_head,
    within_bounds,
)

MOST_FAULTS = 10_000  # lines of one file that are no resource: then it is no export
LEFT_OUT = "left-out"  # the kind of what lies in a folder and is no FHIR, or is not read
_PART = re.compile(rf"(?P<kind>{'|'.join(READ)})([._-]?[0-9]+)*\.(ndjson|jsonl)(\.gz)?")
_BOM = b"\xef\xbb\xbf"


def resources(paths: Iterable[Path]) -> Iterator[Resource | Fault | Page]:
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


def _folder_resources(folder: Path) -> Iterator[Resource | Fault | Page]:
    for number, file in enumerate(files_in(folder), 1):
        name = (shown(file) if _PART.fullmatch(file.name)
                else f"{shown(folder)}, file {number} by name")
        yield from _lying_resources(file, name)
    place, unread = ResourcePlace(shown(folder), 0), 0
    rest = left_out(folder)
    for kind, count in rest.counts.items():
        unread += count if kind != NOT_FHIR else 0
        for _ in range(count):
            yield Resource(place, LEFT_OUT, kind, b"")
    if unread:
        told = "1 file of the folder was" if unread == 1 else f"{unread} files of the folder were"
        yield Fault(place, InputError(
            f"{told} not read", where=shown(folder),
            cure="They may hold conditions: give them as .json or .ndjson, or take them out."),
            loses=rest.has_conditions)


def _lying_resources(path: Path, shown: str) -> Iterator[Resource | Fault | Page]:
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


def _shown_as(shown: str, resources: Iterable[Resource | Fault | Page]
              ) -> Iterator[Resource | Fault | Page]:
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


def _file_resources(path: Path) -> Iterator[Resource | Fault | Page]:
    faults = 0
    for found in _all_resources(path):
        faults += isinstance(found, Fault)
        if faults > MOST_FAULTS:
            raise InputError(f"has more than {MOST_FAULTS:,} parts that are no FHIR resource",
                             where=str(path), cure=EXPORT)
        yield found


def _all_resources(path: Path) -> Iterator[Resource | Fault | Page]:
    for line, data in _documents(path):
        found = _resource(ResourcePlace(shown(path), line), data)
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
